/* Tables: layout or data, merged cells. In: a table's items.  Out: the elements of its cells' contents where it only
 * lays out the page, else TABLE, ROW …, TABLE_END with every cell in its column. Owns nothing. */
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

/* ---- Cells ---- */

static bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static bool has_lines(cn_view v) {
  for (size_t i = 0; i < v.n; i++)
    if (is_line_end(v.p[i])) return true;
  return false;
}

/* Soft wraps are line breaks in a cell: 王磊 and 陈国栋 may stand on lines of their own. */
static bool next_line(cn_view *rest, cn_view *line) {
  if (!rest->n) return false;
  size_t n = 0;
  while (n < rest->n && !is_line_end(rest->p[n])) n++;
  *line = cn_view_trim(cn_view_slice(*rest, 0, n));
  *rest = cn_view_slice(*rest, n + 1, rest->n);
  return true;
}

cn_view cn_build_cell_text(cn_build *build, size_t at) {
  size_t end = build->items[at].next, pieces = 0, bytes = 0, only = 0;
  for (size_t i = at + 1; i < end; i++) {
    if (build->items[i].kind != CN_ITEM_PARAGRAPH) continue;
    pieces++, bytes += build->items[i].text.n + 1, only = i;
  }
  if (!pieces) return CN_VIEW("");
  if (pieces == 1 && !has_lines(build->items[only].text)) return build->items[only].text;
  char *out = cn_arena_alloc(build->arena, bytes), *to = out;
  for (size_t i = at + 1; i < end; i++) {
    cn_view rest = build->items[i].text, line;
    if (build->items[i].kind != CN_ITEM_PARAGRAPH) continue;
    while (next_line(&rest, &line)) {
      if (!line.n) continue;
      if (to > out) *to++ = '\n';
      memcpy(to, line.p, line.n);
      to += line.n;
    }
  }
  return cn_view_between(out, to);
}

/* ---- Columns ---- */

enum { ABSURD_COLSPAN = 200 };

/* A cell that reaches down into the rows below. */
typedef struct reach {
  cn_grid_cell cell;
  uint32_t rows; /* still to come */
} reach;

typedef struct grid {
  cn_build *build;
  reach *reaches, *next; /* by column; those of the row above, those of the row below */
  size_t reach_count, next_count;
  cn_grid_cell *cells; /* the row being made */
  size_t count;
  const cn_grid_cell *above; /* the row before */
  size_t above_count;
  uint32_t width;                     /* columns of the widest row of several cells, or 0: not measured yet */
  bool begins[CN_MAX_COLUMNS + 1];    /* a cell begins here */
  uint16_t dense[CN_MAX_COLUMNS + 1]; /* the column's number among those where a cell begins */
} grid;

static void put(grid *g, cn_grid_cell cell, uint32_t rows_below) {
  if (cell.column >= CN_MAX_COLUMNS) {
    if (g->width) cn_build_limit(g->build, cell.line, "a table has too many columns; the last ones were not read");
    return;
  }
  if (cell.column + cell.columns > CN_MAX_COLUMNS) cell.columns = (uint16_t)(CN_MAX_COLUMNS - cell.column);
  g->cells[g->count++] = cell;
  if (rows_below) g->next[g->next_count++] = (reach){cell, rows_below};
}

/* Puts the cells that reach into this row and begin at `column`; returns the first free column. */
static uint32_t put_reaches(grid *g, size_t *at, uint32_t column) {
  for (; *at < g->reach_count && g->reaches[*at].cell.column <= column; ++*at) {
    reach r = g->reaches[*at];
    r.cell.merged = true;
    column = (uint32_t)r.cell.column + r.cell.columns;
    put(g, r.cell, r.rows - 1);
  }
  return column;
}

/* Word's vMerge: the text of the cell above in the same column. */
static void continue_above(grid *g, cn_grid_cell *cell) {
  for (size_t i = 0; i < g->above_count; i++)
    if (g->above[i].column == cell->column) cell->text = g->above[i].text, cell->header = g->above[i].header;
  cell->merged = true;
}

static uint32_t put_own(grid *g, size_t at, size_t reach_at, uint32_t column, bool alone) {
  const cn_item *item = &g->build->items[at];
  uint32_t columns = item->columns;
  if (reach_at < g->reach_count && column + columns > g->reaches[reach_at].cell.column)
    columns = g->reaches[reach_at].cell.column - column;
  if (!alone && columns > ABSURD_COLSPAN) columns = 1; /* colspan="100000" beside other cells means nothing */
  if (alone && columns > 1) columns = g->width > column ? g->width - column : 1;
  cn_grid_cell cell = {.text = CN_VIEW(""),
                       .line = item->line,
                       .column = (uint16_t)(column < CN_MAX_COLUMNS ? column : CN_MAX_COLUMNS),
                       .columns = (uint16_t)columns,
                       .header = item->header};
  if (g->width) cell.text = cn_build_cell_text(g->build, at);
  if (item->above) continue_above(g, &cell);
  put(g, cell, item->rows - 1u);
  return column + columns;
}

/* Lays the cells of one row into columns. */
static void lay_row(grid *g, size_t row) {
  cn_build *build = g->build;
  size_t end = build->items[row].next, reach_at = 0, own = 0;
  uint32_t column = 0;
  g->count = g->next_count = 0;
  for (size_t i = row + 1; i < end; i = build->items[i].next) own += build->items[i].kind == CN_ITEM_CELL;
  g->cells = cn_arena_new(build->arena, cn_grid_cell, own + g->reach_count);
  for (size_t i = row + 1; i < end; i = build->items[i].next) {
    if (build->items[i].kind != CN_ITEM_CELL) continue;
    column = put_reaches(g, &reach_at, column);
    column = put_own(g, i, reach_at, column, own == 1);
  }
  while (reach_at < g->reach_count) column = put_reaches(g, &reach_at, g->reaches[reach_at].cell.column);
  reach *swap = g->reaches;
  g->reaches = g->next, g->reach_count = g->next_count, g->next = swap;
}

/* The next row of the tables in items [at, end), or end. */
static size_t next_row(const cn_build *build, size_t at, size_t end) {
  while (at < end && build->items[at].kind != CN_ITEM_ROW)
    at = build->items[at].kind == CN_ITEM_TABLE ? at + 1 : build->items[at].next;
  return at;
}

/* First walk: how many columns the rows of several cells have. A section row's colspan=100 says nothing. */
static void measure(grid *g, size_t begin, size_t end) {
  cn_build *build = g->build;
  uint32_t width = 1;
  cn_arena_mark mark = cn_arena_get_mark(build->arena);
  for (size_t i = next_row(build, begin, end); i < end; i = next_row(build, build->items[i].next, end)) {
    lay_row(g, i);
    if (g->count < 2) continue;
    const cn_grid_cell *last = &g->cells[g->count - 1];
    uint32_t columns = (uint32_t)last->column + last->columns;
    if (columns > width) width = columns;
    cn_arena_rewind(build->arena, mark);
  }
  cn_arena_rewind(build->arena, mark);
  g->width = width, g->reach_count = 0;
}

/* Whether the row says anything of its own. */
static bool row_speaks(const grid *g) {
  for (size_t i = 0; i < g->count; i++)
    if (!g->cells[i].merged && g->cells[i].text.n) return true;
  return false;
}

static void count_cells(grid *g, const cn_item *row) {
  cn_build *build = g->build;
  for (size_t i = 0; i < g->count; i++) *(g->cells[i].merged ? &build->merged : &build->own) += 1;
  if (build->merged < 4 * build->own + (1u << 20)) return;
  cn_build_limit(build, row->line, "merged cells cover too many rows; they are not carried further");
  g->reach_count = 0;
}

static void lay_rows(grid *g, size_t begin, size_t end) {
  cn_build *build = g->build;
  for (size_t i = next_row(build, begin, end); i < end; i = next_row(build, build->items[i].next, end)) {
    const cn_item *row = &build->items[i];
    lay_row(g, i);
    count_cells(g, row);
    g->above = g->cells, g->above_count = g->count;
    if (!row_speaks(g)) continue;
    for (size_t k = 0; k < g->count; k++) g->begins[g->cells[k].column] = true;
    cn_element *element = cn_build_add(build, CN_ELEMENT_ROW, row);
    element->cells = g->cells, element->cell_count = g->count;
  }
}

/* Columns in which no cell begins are no columns: a table out of a word processor has more grid lines than columns. */
static void close_gaps(grid *g, size_t first) {
  uint16_t dense = 0;
  for (size_t i = 0; i <= CN_MAX_COLUMNS; i++) {
    g->dense[i] = dense;
    if (g->begins[i]) dense++;
  }
  for (size_t i = first; i < g->build->flow->count; i++) {
    const cn_element *row = &g->build->flow->items[i];
    cn_grid_cell *cells = (cn_grid_cell *)(uintptr_t)row->cells; /* made by lay_rows a moment ago */
    for (size_t k = 0; row->kind == CN_ELEMENT_ROW && k < row->cell_count; k++) {
      uint32_t end = (uint32_t)cells[k].column + cells[k].columns;
      cells[k].column = g->dense[cells[k].column];
      cells[k].columns = (uint16_t)(g->dense[end] - cells[k].column);
    }
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
  for (size_t i = next_row(build, begin, end); i < end; i = next_row(build, build->items[i].next, end)) {
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

static uint32_t linked_bytes(const cn_build *build, size_t begin, size_t end) {
  uint32_t sum = 0;
  for (size_t i = begin; i < end; i++) sum += build->items[i].kind == CN_ITEM_PARAGRAPH ? build->items[i].linked : 0;
  return sum;
}

/* One grid serves all tables of a document, one after the other. */
static grid *fresh_grid(cn_build *build) {
  grid *g = build->grid;
  if (!g) {
    g = build->grid = cn_arena_new(build->arena, grid, 1);
    g->build = build;
    g->reaches = cn_arena_new(build->arena, reach, CN_MAX_COLUMNS + 1);
    g->next = cn_arena_new(build->arena, reach, CN_MAX_COLUMNS + 1);
  }
  g->reach_count = g->above_count = g->width = 0;
  memset(g->begins, 0, sizeof g->begins);
  return g;
}

static void emit_data(cn_build *build, size_t begin, size_t end) {
  cn_view caption = CN_NULL_VIEW;
  emit_loose(build, begin, end, &caption);
  grid *g = fresh_grid(build);
  measure(g, begin, end);
  cn_item table = build->items[begin];
  table.linked = linked_bytes(build, begin, end);
  cn_build_add(build, CN_ELEMENT_TABLE, &table)->text = caption;
  size_t first = build->flow->count;
  lay_rows(g, begin, end);
  close_gaps(g, first);
  cn_build_add(build, CN_ELEMENT_TABLE_END, &table);
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
