/* wrap: lines that a fixed width has cut, put together again.
 *
 * In:  lines of prose as a terminal, a mail or pdftotext prints them.  Out: whole paragraphs. Nothing is inserted
 * between Chinese characters; a blank stands between two Latin words. */
#ifndef CN_EXTRACT_WRAP_H
#define CN_EXTRACT_WRAP_H

#include "extract/lines.h"

/* Display columns of a line without the blanks at its end; a form feed counts nothing. */
uint32_t cn_line_width(cn_view line);

/* The width at which the lines are cut, or 0 where they are not: a good part of them ends within the last columns
 * before it, and hardly any goes beyond. */
uint32_t cn_wrap_width(cn_lines lines);

/* Text being joined; text.n == 0 at first. Single pieces stay views. */
typedef struct cn_joined {
  cn_view text;
  size_t capacity; /* 0: text is a view */
} cn_joined;

/* Appends a trimmed piece: nothing between, or a blank where both sides are Latin letters or digits. */
void cn_join(cn_arena *arena, cn_joined *joined, cn_view piece);
/* Appends a piece behind a '\n'. */
void cn_join_break(cn_arena *arena, cn_joined *joined, cn_view piece);

/* Adds lines[from] as running text, with the lines behind it that continue it; returns the index of the next line. */
size_t cn_wrap_paragraph(cn_document *document, cn_flow *flow, cn_lines lines, size_t from, uint32_t width, bool head);
/* Whether the text begins as a new paragraph does, whatever stands above: 一、 （二） 3. 附件 or a label and a colon.
 */
bool cn_begins_paragraph(const cn_document *document, cn_view text);

#endif
