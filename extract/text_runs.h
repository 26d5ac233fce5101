/* Runs of paragraphs that are text laid out as a table: one cell a paragraph, columns by tabs or blanks. */
#ifndef CN_EXTRACT_TEXT_RUNS_H
#define CN_EXTRACT_TEXT_RUNS_H

#include "extract/flow.h"

/* A page or a Word file may hold a table that was pasted as text. Each run of paragraphs for which a text layout of
 * tables bids is laid out by it; everything else of the flow stays as it is. */
CN_MUST_USE cn_status cn_flow_lay_out(cn_document *document, cn_flow *flow);

#endif
