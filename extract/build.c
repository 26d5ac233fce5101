/* The builder's surface: see build.h. In: a reader's calls.  Out: items in document order, handed to build_table.c when
 * the outermost table has ended or a paragraph stands outside of all tables. */
#include "extract/build.h"

void cn_build_init(cn_build *build, cn_document *document, cn_flow *flow) {
  *build = (cn_build){.document = document, .flow = flow, .arena = document->window, .first_element = flow->count};
  cn_build_box(build);
  build->block = 0;
}

void cn_build_limit(cn_build *build, uint32_t line, const char *message) {
  if (build->limit_told) return;
  build->limit_told = true;
  cn_document_note(build->document, CN_DIAG_LIMIT_EXCEEDED, line ? (int64_t)line : CN_NONE, CN_NONE,
                   cn_view_of(message));
}

void cn_build_box(cn_build *build) {
  build->boxes =
      cn_arena_grow(build->arena, build->boxes, build->box_count, &build->box_capacity, sizeof *build->boxes);
  build->boxes[build->box_count] = (cn_block_box){.parent = build->block};
  build->block = (uint32_t)build->box_count++;
}

char *cn_build_room(cn_build *build, size_t n) {
  if (build->room - build->length < n) {
    size_t room = 2 * build->room + n + 1024;
    char *text = cn_arena_alloc(build->arena, room);
    if (build->length) memcpy(text, build->text, build->length);
    build->text = text, build->room = room;
  }
  return build->text + build->length;
}

void cn_build_text(cn_build *build, cn_view text, uint32_t line) {
  if (!text.n) return;
  if (!build->length) build->line = line;
  memcpy(cn_build_room(build, text.n), text.p, text.n);
  build->length += text.n;
  if (build->link) build->linked += (uint32_t)text.n;
}

static cn_item *add(cn_build *build, cn_item_kind kind, uint32_t line) {
  build->items = cn_arena_grow(build->arena, build->items, build->count, &build->capacity, sizeof *build->items);
  cn_item *item = &build->items[build->count++];
  *item = (cn_item){.kind = (uint8_t)kind, .line = line, .block = build->block, .next = (uint32_t)build->count};
  return item;
}

/* Paragraphs outside of tables go on at once; items are kept only while a table is open. */
static void flush(cn_build *build) {
  if (build->depth) return;
  cn_build_emit(build, 0, build->count);
  build->count = 0;
}

static cn_view stripped(cn_view text) {
  while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == ' ')) text.n--;
  while (text.n && text.p[0] == '\n') text.p++, text.n--;
  return text;
}

static void end_paragraph(cn_build *build) {
  if (!build->length) return;
  cn_view text = {build->text, build->length};
  text = build->style.verbatim ? stripped(text) : cn_view_trim(text);
  build->length = 0;
  if (text.n) {
    text = cn_arena_copy(build->arena, text);
    flush(build);
    cn_item *item = add(build, CN_ITEM_PARAGRAPH, build->line);
    item->text = text, item->style = build->style, item->linked = build->linked;
    flush(build);
  }
  build->linked = 0;
}

void cn_build_paragraph(cn_build *build, cn_style style) {
  end_paragraph(build);
  build->style = style;
}

static cn_item *top(cn_build *build) { return build->depth ? &build->items[build->open[build->depth - 1]] : NULL; }
static bool top_is(cn_build *build, cn_item_kind kind) { return build->depth && top(build)->kind == kind; }
bool cn_build_in_cell(const cn_build *build) {
  return build->depth && build->items[build->open[build->depth - 1]].kind == CN_ITEM_CELL;
}

static void open_item(cn_build *build, cn_item_kind kind, uint32_t line) {
  add(build, kind, line);
  build->open[build->depth++] = (uint32_t)(build->count - 1);
}

static void close_item(cn_build *build) {
  top(build)->next = (uint32_t)build->count;
  build->depth--;
}

void cn_build_table(cn_build *build, uint32_t line) {
  end_paragraph(build);
  if (build->skipped || build->depth + 3 > CN_COUNT(build->open)) {
    cn_build_limit(build, line, "tables are nested too deep; the innermost are read as text");
    build->skipped++;
    return;
  }
  open_item(build, CN_ITEM_TABLE, line);
}

void cn_build_cell_end(cn_build *build) {
  end_paragraph(build);
  if (!build->skipped && top_is(build, CN_ITEM_CELL)) close_item(build);
}

void cn_build_row_end(cn_build *build) {
  cn_build_cell_end(build);
  if (build->skipped || !top_is(build, CN_ITEM_ROW)) return;
  size_t row = build->open[build->depth - 1];
  close_item(build);
  if (build->depth == 1) cn_build_row_done(build, row);
}

/* A row outside of any table (a saved fragment that begins with <tbody>) opens one. */
void cn_build_row(cn_build *build, uint32_t line) {
  cn_build_row_end(build);
  if (build->skipped) return;
  if (!build->depth) cn_build_table(build, line);
  open_item(build, CN_ITEM_ROW, line);
}

void cn_build_cell(cn_build *build, cn_span span, uint32_t line) {
  cn_build_cell_end(build);
  if (build->skipped) return;
  if (!top_is(build, CN_ITEM_ROW)) cn_build_row(build, line);
  open_item(build, CN_ITEM_CELL, line);
  cn_item *item = top(build);
  item->header = span.header, item->above = span.above;
  item->columns = (uint16_t)(span.columns < 1 ? 1 : span.columns > CN_MAX_COLUMNS ? CN_MAX_COLUMNS : span.columns);
  item->rows = (uint16_t)(span.rows < 1 ? 1 : span.rows > CN_MAX_ROWSPAN - 1 ? CN_MAX_ROWSPAN - 1 : span.rows);
}

void cn_build_table_end(cn_build *build) {
  end_paragraph(build);
  if (build->skipped) {
    build->skipped--;
    return;
  }
  cn_build_row_end(build);
  if (!build->depth) return;
  close_item(build); /* not flushed: the next table may be a slice of this one */
  if (!build->depth) cn_build_stream_end(build);
}

void cn_build_finish(cn_build *build) {
  end_paragraph(build);
  while (build->depth || build->skipped) cn_build_table_end(build);
  flush(build);
}

/* Remembers where the element that is added now, or was a moment ago, stands on the page. */
void cn_build_origin(cn_build *build, const cn_item *item) {
  build->origins =
      cn_arena_grow(build->arena, build->origins, build->origin_count, &build->origin_capacity, sizeof *build->origins);
  build->origins[build->origin_count++] =
      (cn_origin){.block = item->block, .linked = item->linked, .listed = item->style.listed};
}

cn_element *cn_build_add(cn_build *build, cn_element_kind kind, const cn_item *item) {
  cn_build_origin(build, item);
  cn_element *element = cn_flow_add(build->arena, build->flow, kind, item->line);
  element->centered = item->style.centered, element->right = item->style.right;
  return element;
}
