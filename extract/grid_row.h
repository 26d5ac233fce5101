/* grid_row: cells collected one after another, then added to a flow as a ROW. For layouts that do not know beforehand
 * how many cells a row has. */
#ifndef CN_EXTRACT_GRID_ROW_H
#define CN_EXTRACT_GRID_ROW_H

#include "core/limits.h"
#include "extract/flow.h"

typedef struct cn_grid_row {
  cn_grid_cell *cells;
  size_t count, capacity;
} cn_grid_row;

/* Appends a cell in the next column; text is trimmed here. Cells beyond CN_MAX_COLUMNS are dropped. */
void cn_grid_row_add(cn_arena *arena, cn_grid_row *row, cn_view text, uint32_t line);
/* How many cells are not empty, and which is the first of them. */
size_t cn_grid_row_filled(const cn_grid_row *row, size_t *first);
/* Adds the ROW element; the cells belong to the flow from then on and `row` is empty. */
void cn_grid_row_emit(cn_arena *arena, cn_flow *flow, cn_grid_row *row, uint32_t line);

#endif
