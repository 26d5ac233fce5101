/* Runs of paragraphs as text: see text_runs.h. Owns nothing: the document's arena does. */
#include "extract/text_runs.h"

#include "extract/lines.h"
#include "extract/registry.h"

enum { LEAST_LINES = 6 };

static bool is_text(const cn_element *e) { return e->kind == CN_ELEMENT_PARAGRAPH && !e->chrome; }

/* The lines of elements [from, to): a paragraph's own breaks are line ends. They are numbered from 1, for layouts look
 * at distances, and a whole page may stand on one line; *sources gets the lines that they come from. */
static cn_lines lines_of(cn_document *document, const cn_flow *flow, size_t from, size_t to, uint32_t **sources) {
  size_t count = 0, n = 0;
  for (size_t i = from; i < to; i++) count += 1 + cn_line_count(flow->items[i].text, '\n');
  cn_line *lines = cn_arena_new(document->window, cn_line, count);
  *sources = cn_arena_new(document->window, uint32_t, count);
  for (size_t i = from; i < to; i++) {
    cn_view rest = flow->items[i].text, line;
    while (cn_view_split(&rest, '\n', &line)) {
      (*sources)[n] = flow->items[i].line;
      lines[n] = (cn_line){.text = line, .number = (uint32_t)n + 1};
      n++;
    }
  }
  return (cn_lines){lines, n};
}

/* A layout that finds a table in the lines, or NULL. */
static const cn_layout *table_layout(const cn_document *document, cn_lines lines) {
  static const char *const names[] = {"tabs", "spaces", "cells", "pipe"};
  if (lines.count < LEAST_LINES) return NULL;
  const cn_layout *layout = cn_layout_for(document, lines);
  for (size_t i = 0; i < CN_COUNT(names); i++)
    if (strcmp(layout->name, names[i]) == 0) return layout;
  return NULL;
}

static uint32_t source_line(const uint32_t *sources, size_t count, uint32_t number) {
  return number && number <= count ? sources[number - 1] : 0;
}

static void restore_lines(cn_flow *flow, size_t from, const uint32_t *sources, size_t count) {
  for (; from < flow->count; from++) {
    cn_element *e = &flow->items[from];
    cn_grid_cell *cells = (cn_grid_cell *)(uintptr_t)e->cells; /* made by the layout a moment ago */
    e->line = source_line(sources, count, e->line);
    for (size_t i = 0; i < e->cell_count; i++) cells[i].line = source_line(sources, count, cells[i].line);
  }
}

static cn_status lay_run(cn_document *document, const cn_flow *flow, size_t from, size_t to, cn_flow *out) {
  uint32_t *sources;
  size_t before = out->count;
  cn_window window = {.lines = lines_of(document, flow, from, to, &sources), .first = from == 0, .last = true};
  const cn_layout *layout = table_layout(document, window.lines);
  if (!layout) {
    for (size_t i = from; i < to; i++) *cn_flow_add(document->window, out, flow->items[i].kind, 0) = flow->items[i];
    return CN_OK;
  }
  CN_TRY(layout->read(document, &window, out));
  restore_lines(out, before, sources, window.lines.count);
  return CN_OK;
}

cn_status cn_flow_lay_out(cn_document *document, cn_flow *flow) {
  cn_flow out = {.title = flow->title};
  for (size_t i = 0, end; i < flow->count; i = end) {
    for (end = i; end < flow->count && is_text(&flow->items[end]);) end++;
    if (end > i) CN_TRY(lay_run(document, flow, i, end, &out));
    for (; end < flow->count && !is_text(&flow->items[end]); end++)
      *cn_flow_add(document->window, &out, flow->items[end].kind, 0) = flow->items[end];
  }
  *flow = out;
  return CN_OK;
}
