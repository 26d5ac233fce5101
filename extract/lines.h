/* lines: a text cut into lines, and what layouts ask about a line.
 *
 * A line ends at LF, CRLF, CR, U+0085, U+2028 or U+2029; a form feed is a blank of the line behind it. Nothing is
 * copied. */
#ifndef CN_EXTRACT_LINES_H
#define CN_EXTRACT_LINES_H

#include "extract/flow.h"

/* Cuts `text`, whose first line has number `first`. Without `last`, a line that has no end yet is left out; *rest is
 * what was left out. */
cn_lines cn_lines_split(cn_arena *arena, cn_view text, uint32_t first, bool last, cn_view *rest);

bool cn_line_is_blank(cn_view line);
/* Leading blanks, in columns; a tab reaches to the next multiple of eight. */
uint32_t cn_line_indent(cn_view line);
/* How often the byte c stands in the line. */
size_t cn_line_count(cn_view line, char c);

/* Adds a line of running text: FIELD elements where `head` and the line is made of labels that rules/head.tsv knows
 * (索 引 号： 000014349/2018-00219 主题分类： …), a HEADING for
 * a line such as `## 责任清单`, else a PARAGRAPH with its indent. Blank lines add nothing. */
void cn_text_line(cn_document *document, cn_flow *flow, cn_line line, bool head);
/* Adds FIELD elements if the whole line is labels and values, and says whether it was. */
bool cn_text_fields(cn_document *document, cn_flow *flow, cn_line line);

#endif
