/* read_html: a page, or a piece of one, to a flow. */
#ifndef CN_EXTRACT_READ_HTML_H
#define CN_EXTRACT_READ_HTML_H

#include "extract/flow.h"

/* Reads a piece of HTML that stands in another text (a table in Markdown) and begins on `line` of it. Appends to flow;
 * marks no page furniture. `text` is decoded. */
void cn_html_fragment(cn_document *document, cn_view text, uint32_t line, cn_flow *flow);

/* Whether text is HTML by its first tag. */
bool cn_html_begins(cn_view text);

#endif
