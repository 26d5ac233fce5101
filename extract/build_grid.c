/* A table's grid: merged cells resolved. In: the rows of a table, all at once or one after the other.  Out: TABLE, ROW
 * … with every cell in its column, TABLE_END. Owns nothing: one grid, in the arena, serves all tables of a document. */
#include "extract/build.h"

#include "core/utf8.h"

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
  uint32_t width; /* columns of the widest row of several cells, or 0: not measured yet */
  cn_item table;
  size_t first;                       /* the table's first row among the flow's elements */
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

size_t cn_grid_next_row(const cn_build *build, size_t at, size_t end) {
  while (at < end && build->items[at].kind != CN_ITEM_ROW)
    at = build->items[at].kind == CN_ITEM_TABLE ? at + 1 : build->items[at].next;
  return at;
}

/* First walk: how many columns the rows of several cells have. A section row's colspan=100 says nothing. */
static void measure(grid *g, size_t begin, size_t end) {
  cn_build *build = g->build;
  uint32_t width = 1;
  cn_arena_mark mark = cn_arena_get_mark(build->arena);
  for (size_t i = cn_grid_next_row(build, begin, end); i < end;
       i = cn_grid_next_row(build, build->items[i].next, end)) {
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

static uint32_t linked_bytes(const cn_build *build, size_t begin, size_t end) {
  uint32_t sum = 0;
  for (size_t i = begin; i < end; i++) sum += build->items[i].kind == CN_ITEM_PARAGRAPH ? build->items[i].linked : 0;
  return sum;
}

void cn_grid_rows(cn_build *build, size_t begin, size_t end) {
  grid *g = build->grid;
  g->table.linked += linked_bytes(build, begin, end);
  for (size_t i = cn_grid_next_row(build, begin, end); i < end;
       i = cn_grid_next_row(build, build->items[i].next, end)) {
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
static void close_gaps(grid *g) {
  uint16_t dense = 0;
  for (size_t i = 0; i <= CN_MAX_COLUMNS; i++) {
    g->dense[i] = dense;
    if (g->begins[i]) dense++;
  }
  for (size_t i = g->first; i < g->build->flow->count; i++) {
    const cn_element *row = &g->build->flow->items[i];
    cn_grid_cell *cells = (cn_grid_cell *)(uintptr_t)row->cells; /* made by lay_rows a moment ago */
    for (size_t k = 0; row->kind == CN_ELEMENT_ROW && k < row->cell_count; k++) {
      uint32_t end = (uint32_t)cells[k].column + cells[k].columns;
      cells[k].column = g->dense[cells[k].column];
      cells[k].columns = (uint16_t)(g->dense[end] - cells[k].column);
    }
  }
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

void cn_grid_begin(cn_build *build, size_t begin, size_t end, cn_view caption) {
  grid *g = fresh_grid(build);
  measure(g, begin, end);
  g->table = build->items[begin];
  g->table.linked = 0;
  cn_build_add(build, CN_ELEMENT_TABLE, &g->table)->text = caption;
  g->first = build->flow->count;
}

void cn_grid_end(cn_build *build) {
  grid *g = build->grid;
  close_gaps(g);
  build->origins[g->first - 1 - build->first_element].linked = g->table.linked;
  cn_build_add(build, CN_ELEMENT_TABLE_END, &g->table);
}
