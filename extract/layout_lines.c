/* layout lines: one task a line. In: lines, the first of them the title.  Out: a HEADING, then a ROW of one cell for
 * each. Never bids: only --layout lines says that lines of prose are tasks. */
#include "extract/lines.h"

static int bid(const cn_document *document, cn_lines lines) {
  (void)document, (void)lines;
  return 0;
}

static void add_row(cn_document *document, cn_flow *flow, cn_line line) {
  cn_grid_cell *cell = cn_arena_new(document->window, cn_grid_cell, 1);
  *cell = (cn_grid_cell){.text = cn_view_trim(line.text), .line = line.number, .columns = 1};
  cn_element *row = cn_flow_add(document->window, flow, CN_ELEMENT_ROW, line.number);
  row->cells = cell;
  row->cell_count = 1;
}

static cn_status read_lines(cn_document *document, cn_window *window, cn_flow *flow) {
  for (size_t i = 0; i < window->lines.count; i++) {
    cn_line line = window->lines.items[i];
    if (cn_line_is_blank(line.text)) continue;
    if (window->state) {
      add_row(document, flow, line);
      continue;
    }
    window->state = document;
    cn_flow_add(document->window, flow, CN_ELEMENT_HEADING, line.number)->text = cn_view_trim(line.text);
    cn_flow_add(document->window, flow, CN_ELEMENT_TABLE, line.number);
  }
  if (window->last && window->state) cn_flow_add(document->window, flow, CN_ELEMENT_TABLE_END, 0);
  return CN_OK;
}

const cn_layout cn_layout_lines = {
    .name = "lines",
    .help = "a title, then one task a line (only when asked for)",
    .bid = bid,
    .read = read_lines,
    .streams = true,
};
