/* Tables and paragraphs: layout or data. In: the builder's items.  Out: elements: of a table that only lays out the
 * page those of its cells' contents, of one that holds data its grid. A long table is emitted row by row. Owns nothing.
 */
#include "extract/build.h"

#include "core/utf8.h"
#include "extract/lines.h"
#include "extract/registry.h"

/* ---- Paragraphs ---- */

/* A box that is one long <p> with a <br> at each line's end holds several paragraphs: a line ends one when it ends a
 * sentence, is empty, or when the next begins indented. A title or signature broken over lines stays one. */
static bool ends_sentence(cn_view line) {
  static const char *const ends[] = {"。", "；", "：", "！", "？", ".", ";", ":", "）", "”"};
  for (size_t i = 0; i < CN_COUNT(ends); i++)
    if (cn_view_ends(line, cn_view_of(ends[i]))) return true;
  return false;
}

/* Text without the soft wraps ('\r') of its source. */
static cn_view unwrapped(cn_build *build, cn_view text) {
  if (!text.n || !memchr(text.p, '\r', text.n)) return text;
  char *out = cn_arena_alloc(build->arena, text.n), *at = out;
  for (size_t i = 0; i < text.n; i++)
    if (text.p[i] != '\r') *at++ = text.p[i];
  return cn_view_between(out, at);
}

cn_view cn_build_tidy(cn_build *build, cn_view text) {
  text = unwrapped(build, text);
  if (!text.n || !memchr(text.p, '\n', text.n)) return text;
  char *out = cn_arena_alloc(build->arena, text.n), *at = out;
  cn_view line;
  while (cn_view_split(&text, '\n', &line)) {
    line = cn_view_trim(line);
    if (!line.n) continue;
    if (at > out) *at++ = '\n';
    memcpy(at, line.p, line.n);
    at += line.n;
  }
  return cn_view_between(out, at);
}

static void emit_text(cn_build *build, const cn_item *item, cn_view text, uint32_t line) {
  text = cn_view_trim(text);
  if (!text.n || cn_build_fields(build, item, text)) return;
  text = cn_build_tidy(build, text);
  cn_element *element = cn_build_add(build, item->style.level ? CN_ELEMENT_HEADING : CN_ELEMENT_PARAGRAPH, item);
  element->level = item->style.level;
  element->text = text;
  element->line = line;
}

/* What stands in <pre> is laid out as text is: columns by tabs or blanks, cells by lines. */
static void emit_verbatim(cn_build *build, const cn_item *item) {
  cn_view rest;
  cn_window window = {.first = true, .last = true};
  window.lines = cn_lines_split(build->arena, item->text, item->line ? item->line : 1, true, &rest);
  size_t before = build->flow->count;
  cn_status status = cn_layout_for(build->document, window.lines)->read(build->document, &window, build->flow);
  size_t added = build->flow->count - before;
  for (size_t i = 0; i < added; i++) cn_build_origin(build, item);
  if (status != CN_OK) cn_build_limit(build, item->line, "preformatted text could not be read to its end");
}

static void emit_paragraph(cn_build *build, const cn_item *item) {
  if (item->style.verbatim) {
    emit_verbatim(build, item);
    return;
  }
  cn_view rest = item->text, line;
  bool whole = item->style.level || item->style.centered || item->style.right;
  if (whole || !memchr(rest.p, '\n', rest.n)) {
    emit_text(build, item, item->text, item->line);
    return;
  }
  const char *begin = rest.p, *end = rest.p;
  while (cn_view_split(&rest, '\n', &line)) {
    bool full = cn_view_trim(line).n == 0 || ends_sentence(line) || (rest.n && cn_is_space(cn_utf8_at(rest.p, NULL)));
    end = line.p + line.n;
    if (!full && rest.n) continue;
    emit_text(build, item, cn_view_between(begin, end), item->line);
    begin = rest.p;
  }
}

/* ---- Layout or data ---- */

typedef struct traits {
  size_t rows, cells, cells_a_row, filled, nesting, headers, long_cells, titles;
  bool first_row_short;
} traits;

static void look_at_cell(const cn_build *build, size_t at, traits *t, bool first_row) {
  size_t paragraphs = 0, bytes = 0, tables = 0;
  for (size_t i = at + 1; i < build->items[at].next; i++) {
    const cn_item *item = &build->items[i];
    tables += item->kind == CN_ITEM_TABLE;
    if (item->kind != CN_ITEM_PARAGRAPH) continue;
    paragraphs++, bytes += item->text.n;
    t->titles += item->style.level > 0;
  }
  t->cells++, t->filled += bytes > 0, t->nesting += tables > 0;
  t->headers += build->items[at].header;
  t->long_cells += paragraphs > 8 && bytes > 1500;
  if (first_row && (bytes > 90 || bytes == 0)) t->first_row_short = false;
}

static traits look(const cn_build *build, size_t begin, size_t end) {
  traits t = {.first_row_short = true};
  for (size_t i = cn_grid_next_row(build, begin, end); i < end;
       i = cn_grid_next_row(build, build->items[i].next, end)) {
    size_t before = t.cells, filled = t.filled;
    for (size_t k = i + 1; k < build->items[i].next; k = build->items[k].next)
      if (build->items[k].kind == CN_ITEM_CELL) look_at_cell(build, k, &t, t.rows == 0);
    if (t.filled == filled) continue;
    t.rows++;
    if (t.cells - before > t.cells_a_row) t.cells_a_row = t.cells - before;
  }
  return t;
}

/* A page of a Chinese content system is tables in tables; what holds a table is layout, unless the inner one is a rare
 * guest in a table of many cells. */
static bool is_data(const cn_build *build, size_t begin, size_t end) {
  if (build->keep_tables) return true;
  traits t = look(build, begin, end);
  if (t.rows < 2 || t.cells_a_row < 2) return false;
  if (t.nesting) return t.rows >= 3 && t.cells_a_row >= 3 && t.nesting * 8 <= t.filled;
  if (t.headers >= 2) return true;
  if (t.long_cells && t.rows <= 3 && !(t.first_row_short && t.rows >= 2)) return false;
  return !(t.titles && t.cells_a_row <= 2 && t.rows <= 3);
}

/* What stands in a table but in none of its cells comes before it. */
static void emit_loose(cn_build *build, size_t begin, size_t end, cn_view *caption) {
  for (size_t i = begin + 1; i < end; i = build->items[i].kind == CN_ITEM_TABLE ? i + 1 : build->items[i].next) {
    const cn_item *item = &build->items[i];
    if (item->kind == CN_ITEM_PARAGRAPH && item->style.caption) *caption = cn_build_tidy(build, item->text);
    if (item->kind == CN_ITEM_PARAGRAPH && !item->style.caption) emit_paragraph(build, item);
  }
}

static void emit_data(cn_build *build, size_t begin, size_t end) {
  cn_view caption = CN_NULL_VIEW;
  emit_loose(build, begin, end, &caption);
  cn_grid_begin(build, begin, end, caption);
  cn_grid_rows(build, begin, end);
  cn_grid_end(build);
}

static void emit_layout(cn_build *build, size_t table) {
  for (size_t i = table + 1; i < build->items[table].next; i = build->items[i].next) {
    if (build->items[i].kind != CN_ITEM_ROW) {
      cn_build_emit(build, i, build->items[i].next);
      continue;
    }
    for (size_t k = i + 1; k < build->items[i].next; k = build->items[k].next)
      cn_build_emit(build, build->items[k].kind == CN_ITEM_CELL ? k + 1 : k, build->items[k].next);
  }
}

/* A table of one row is a slice of the table beside it that has as many columns: a header that stays in place when the
 * page is scrolled, or rows that a converter has cut apart. Items behind the last slice. */
static size_t slices_end(const cn_build *build, size_t table, size_t to) {
  size_t end = build->items[table].next;
  if (build->keep_tables) return end;
  traits t = look(build, table, end);
  while (end < to && build->items[end].kind == CN_ITEM_TABLE && t.cells_a_row >= 3 && !t.nesting) {
    traits next = look(build, end, build->items[end].next);
    if (next.nesting || next.cells_a_row != t.cells_a_row || (t.rows != 1 && next.rows != 1)) break;
    t = next;
    end = build->items[end].next;
  }
  return end;
}

void cn_build_emit(cn_build *build, size_t from, size_t to) {
  for (size_t i = from, end; i < to; i = end) {
    const cn_item *item = &build->items[i];
    end = item->next;
    if (item->kind == CN_ITEM_PARAGRAPH) emit_paragraph(build, item);
    if (item->kind != CN_ITEM_TABLE || cn_build_field_box(build, i)) continue;
    end = slices_end(build, i, to);
    if (is_data(build, i, end)) {
      emit_data(build, i, end);
    } else {
      end = item->next;
      emit_layout(build, i);
    }
  }
}

/* ---- Long tables ---- */

/* Tables that wait before the open one are emitted, so that it is the first item. */
static void bring_forward(cn_build *build) {
  uint32_t shift = build->open[0];
  cn_build_emit(build, 0, shift);
  build->count -= shift;
  memmove(build->items, build->items + shift, build->count * sizeof *build->items);
  for (size_t i = 0; i < build->count; i++) build->items[i].next -= shift;
  build->open[0] = 0;
}

static void begin_stream(cn_build *build) {
  bring_forward(build);
  build->items[0].next = (uint32_t)build->count;
  if (!is_data(build, 0, build->count)) return;
  cn_view caption = CN_NULL_VIEW;
  emit_loose(build, 0, build->count, &caption);
  cn_grid_begin(build, 0, build->count, caption);
  cn_grid_rows(build, 0, build->count);
  build->streams = true;
  build->count = 1;
}

void cn_build_row_done(cn_build *build, size_t row) {
  build->rows++;
  if (build->streams) {
    cn_grid_rows(build, row, build->count);
    build->count = row;
  } else if (build->rows == CN_BUILD_LONG) {
    begin_stream(build);
  }
}

void cn_build_stream_end(cn_build *build) {
  build->rows = 0;
  if (!build->streams) return;
  cn_view caption = CN_NULL_VIEW;
  cn_grid_end(build);
  build->streams = false;
  emit_loose(build, 0, build->count, &caption);
  build->count = 0;
}
