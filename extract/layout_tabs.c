/* layout tabs: a table of tab-separated cells, prose around it. In: lines.  Out: TABLE, ROW for each line with a tab,
 * PARAGRAPH for the others, TABLE_END.  Cells are views of the text: nothing is copied, nothing looked at twice. */
#include "core/limits.h"
#include "extract/lines.h"

enum { LOOK = 2000 };

/* Tables are made of lines with as many tabs as others have: a line that merely begins with a tab is an indented one.
 */
static int bid(const cn_document *document, cn_lines lines) {
  (void)document;
  size_t rows = 0, texts = 0;
  for (size_t i = 0; i < lines.count && i < LOOK; i++) {
    cn_view text = lines.items[i].text;
    size_t lead = 0;
    while (lead < text.n && text.p[lead] == '\t') lead++;
    bool row = memchr(text.p + lead, '\t', text.n - lead) != NULL;
    rows += row;
    texts += !row && !cn_line_is_blank(text);
  }
  if (rows < 2) return 0;
  return rows * 2 >= texts ? 90 : rows * 8 >= texts ? 60 : 20;
}

/* The parts of a line between tabs. */
static void add_row(cn_document *document, cn_flow *flow, cn_line line) {
  size_t count = cn_line_count(line.text, '\t') + 1;
  if (count > CN_MAX_COLUMNS) count = CN_MAX_COLUMNS;
  cn_grid_cell *cells = cn_arena_new(document->window, cn_grid_cell, count);
  cn_view rest = line.text, part;
  for (size_t i = 0; i < count && cn_view_split(&rest, '\t', &part); i++)
    cells[i] = (cn_grid_cell){cn_view_trim(part), line.number, (uint16_t)i, 1, false, false};
  cn_element *row = cn_flow_add(document->window, flow, CN_ELEMENT_ROW, line.number);
  row->cells = cells;
  row->cell_count = count;
}

static cn_status read_tabs(cn_document *document, cn_window *window, cn_flow *flow) {
  bool open = window->state != NULL;
  for (size_t i = 0; i < window->lines.count; i++) {
    cn_line line = window->lines.items[i];
    if (!line.text.n) continue;
    if (!memchr(line.text.p, '\t', line.text.n)) {
      cn_text_line(document, flow, line, !open);
      continue;
    }
    if (cn_line_is_blank(line.text)) continue;
    if (!open) cn_flow_add(document->window, flow, CN_ELEMENT_TABLE, line.number);
    open = true;
    add_row(document, flow, line);
  }
  if (open) window->state = document;
  if (open && window->last) cn_flow_add(document->window, flow, CN_ELEMENT_TABLE_END, 0);
  return CN_OK;
}

const cn_layout cn_layout_tabs = {
    .name = "tabs",
    .help = "a table whose cells are separated by tabs",
    .bid = bid,
    .read = read_tabs,
    .streams = true,
};
