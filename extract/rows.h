/* A row of a table on its way to an entry: what rows.c (which row is one) and cells.c (what its cells say) share.
 *
 * In:  a row of a flow and the segmenter's columns.  Out: a draft in the scratch arena, then an entry. */
#ifndef CN_EXTRACT_ROWS_H
#define CN_EXTRACT_ROWS_H

#include "extract/parts.h"

/* One row of the table with the rows that continue it, its cells by column. */
typedef struct cn_draft {
  const cn_element *row;
  cn_view *cells; /* raw text by column; empty where there is none */
  const cn_grid_cell **sources;
  int64_t line;
} cn_draft;

cn_draft cn_draft_make(cn_segmenter *s, const cn_element *row);
/* Whether the cell of this column stands in the row itself, not carried down from a merged one. */
bool cn_draft_owns(const cn_draft *d, size_t column);
/* Adds the entry; empty cells take the value above, unless the table has merged cells, whose values are given. */
void cn_draft_add(cn_segmenter *s, cn_draft *d, bool merges);

#endif
