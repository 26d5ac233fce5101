/* grid_row: see grid_row.h. In: cells.  Out: ROW elements.  The arena owns them. */
#include "extract/grid_row.h"

void cn_grid_row_add(cn_arena *arena, cn_grid_row *row, cn_view text, uint32_t line) {
  if (row->count >= CN_MAX_COLUMNS) return;
  row->cells = cn_arena_grow(arena, row->cells, row->count, &row->capacity, sizeof *row->cells);
  row->cells[row->count] = (cn_grid_cell){cn_view_trim(text), line, (uint16_t)row->count, 1, false, false};
  row->count++;
}

size_t cn_grid_row_filled(const cn_grid_row *row, size_t *first) {
  size_t filled = 0;
  for (size_t i = 0; i < row->count; i++) {
    if (!row->cells[i].text.n) continue;
    if (filled++ == 0) *first = i;
  }
  return filled;
}

void cn_grid_row_emit(cn_arena *arena, cn_flow *flow, cn_grid_row *row, uint32_t line) {
  cn_element *element = cn_flow_add(arena, flow, CN_ELEMENT_ROW, line);
  element->cells = row->cells;
  element->cell_count = row->count;
  *row = (cn_grid_row){0};
}
