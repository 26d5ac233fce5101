/* A sheet: see sheet.h. */
#include "extract/sheet.h"

#include "core/utf8.h"

void cn_sheet_put(cn_arena *arena, cn_sheet *sheet, cn_sheet_cell cell) {
  cell.text = cn_view_trim(cell.text);
  if (!cell.text.n) return;
  if (!cell.rows) cell.rows = 1;
  if (!cell.columns) cell.columns = 1;
  sheet->cells = cn_arena_grow(arena, sheet->cells, sheet->count, &sheet->capacity, sizeof *sheet->cells);
  sheet->cells[sheet->count++] = cell;
}

static bool is_before(const cn_sheet_cell *a, uint32_t row, uint32_t column) {
  return a->row < row || (a->row == row && a->column < column);
}

/* Index of the first cell at or behind (row, column). */
static size_t lower_bound(const cn_sheet *sheet, uint32_t row, uint32_t column) {
  size_t low = 0, high = sheet->count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (is_before(&sheet->cells[middle], row, column))
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void cn_sheet_merge(cn_sheet *sheet, uint32_t row, uint32_t column, uint32_t last_row, uint32_t last_column) {
  size_t at = lower_bound(sheet, row, column);
  if (at == sheet->count || sheet->cells[at].row != row || sheet->cells[at].column != column) return;
  if (last_row < row || last_column < column) return;
  sheet->cells[at].rows = last_row - row < CN_MAX_ROWSPAN ? last_row - row + 1 : CN_MAX_ROWSPAN;
  sheet->cells[at].columns = last_column - column + 1;
}

static int compare(const void *a, const void *b) {
  const cn_sheet_cell *x = a, *y = b;
  if (x->row != y->row) return x->row < y->row ? -1 : 1;
  return (x->column > y->column) - (x->column < y->column);
}

/* Writers put cells in order; one that does not is put right. Of two cells in one place the first stays. */
static void sort(cn_sheet *sheet) {
  bool ordered = true;
  for (size_t i = 1; i < sheet->count && ordered; i++) ordered = compare(&sheet->cells[i - 1], &sheet->cells[i]) < 0;
  if (ordered) return;
  if (sheet->count) qsort(sheet->cells, sheet->count, sizeof *sheet->cells, compare);
  size_t kept = 1;
  for (size_t i = 1; i < sheet->count; i++)
    if (compare(&sheet->cells[kept - 1], &sheet->cells[i]) != 0) sheet->cells[kept++] = sheet->cells[i];
  sheet->count = kept;
}

/* The rows that hold several cells, or cells reaching over several rows, are the table; lone cells above it are titles,
 * below it closing lines. */
typedef struct extent {
  size_t first, last; /* cells of the table: [first, last) */
  uint32_t left, right;
} extent;

static size_t row_end(const cn_sheet *sheet, size_t at) {
  size_t end = at;
  while (end < sheet->count && sheet->cells[end].row == sheet->cells[at].row) end++;
  return end;
}

static void set_sides(const cn_sheet *sheet, extent *e) {
  e->left = UINT32_MAX, e->right = 0;
  for (size_t i = e->first; i < e->last; i++) {
    const cn_sheet_cell *c = &sheet->cells[i];
    if (c->column < e->left) e->left = c->column;
    if (c->column > e->right) e->right = c->column;
  }
}

/* 单位：万元 … 填报人：王五 between title and header fills few of the columns, and the row below it more. */
static void leave_notes_out(const cn_sheet *sheet, extent *e) {
  for (;;) {
    size_t end = row_end(sheet, e->first), next = end < e->last ? row_end(sheet, end) : end;
    uint32_t covered = 0;
    bool reaches = false;
    for (size_t i = e->first; i < end; i++) {
      covered += sheet->cells[i].columns;
      reaches |= sheet->cells[i].rows > 1;
    }
    if (next == end || reaches || covered * 2 > e->right - e->left + 1 || next - end <= end - e->first) return;
    e->first = end;
  }
}

/* A cell that goes on with the row above stands right below it, inside of the table and not at its left edge. */
static void take_continuations_in(const cn_sheet *sheet, extent *e) {
  while (e->last < sheet->count) {
    const cn_sheet_cell *c = &sheet->cells[e->last], *above = &sheet->cells[e->last - 1];
    if (c->row != above->row + 1 || c->columns > 1 || c->column <= e->left || c->column > e->right) return;
    e->last = row_end(sheet, e->last);
  }
}

static extent measure(const cn_sheet *sheet) {
  extent e = {sheet->count, 0, UINT32_MAX, 0};
  uint32_t covered_to = 0; /* the row behind the last that a cell of several rows reaches */
  for (size_t i = 0, end; i < sheet->count; i = end) {
    end = row_end(sheet, i);
    if (end - i < 2 && sheet->cells[i].row >= covered_to) continue;
    if (i < e.first) e.first = i;
    e.last = end;
    for (size_t k = i; k < end; k++)
      if (sheet->cells[k].rows > 1 && end - i > 1 && sheet->cells[k].row + sheet->cells[k].rows > covered_to)
        covered_to = sheet->cells[k].row + sheet->cells[k].rows;
  }
  set_sides(sheet, &e);
  if (e.first >= e.last) return e;
  leave_notes_out(sheet, &e);
  take_continuations_in(sheet, &e);
  return e;
}

static void put_lines(cn_build *build, cn_sheet *sheet, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    const cn_sheet_cell *c = &sheet->cells[i];
    cn_build_paragraph(build, (cn_style){.centered = c->centered});
    cn_build_text(build, c->text, c->row + 1);
  }
  cn_build_paragraph(build, (cn_style){0});
}

static void put_gap(cn_build *build, uint32_t row, uint32_t column, uint32_t until, const uint32_t *busy) {
  for (; column < until; column++)
    if (busy[column] <= row) cn_build_cell(build, (cn_span){.columns = 1, .rows = 1}, row + 1);
}

/* Empty places are empty cells, so that every cell stands in its column. `busy`: by column, the row behind the last
 * that a cell from above reaches. */
static void put_row(cn_build *build, cn_sheet *sheet, size_t from, size_t to, const extent *e, uint32_t *busy) {
  uint32_t row = sheet->cells[from].row, column = 0, width = e->right - e->left + 1;
  cn_build_row(build, row + 1);
  for (size_t i = from; i < to; i++) {
    const cn_sheet_cell *c = &sheet->cells[i];
    uint32_t at = c->column - e->left, columns = c->columns;
    if (at < column || busy[at] > row) continue; /* below a merged cell: not shown */
    if (columns > width - at) columns = width - at;
    put_gap(build, row, column, at, busy);
    cn_build_cell(build, (cn_span){.columns = columns, .rows = c->rows}, row + 1);
    cn_build_text(build, c->text, row + 1);
    for (uint32_t k = at; k < at + columns; k++) busy[k] = row + c->rows;
    column = at + columns;
  }
  put_gap(build, row, column, width, busy);
  cn_build_row_end(build);
}

static void put_table(cn_build *build, cn_sheet *sheet, const extent *e) {
  if (e->first >= e->last) return;
  uint32_t busy[CN_MAX_COLUMNS] = {0};
  uint32_t next_row = sheet->cells[e->first].row;
  cn_build_table(build, next_row + 1);
  for (size_t i = e->first, end; i < e->last; i = end) {
    /* Rows in which nothing stands count for what reaches down through them. */
    for (; next_row < sheet->cells[i].row; next_row++) {
      bool reached = false;
      for (uint32_t k = 0; k <= e->right - e->left; k++) reached |= busy[k] > next_row;
      if (!reached) break;
      cn_build_row(build, next_row + 1);
      put_gap(build, next_row, 0, e->right - e->left + 1, busy);
      cn_build_row_end(build);
    }
    next_row = sheet->cells[i].row + 1;
    end = row_end(sheet, i);
    put_row(build, sheet, i, end, e, busy);
  }
  cn_build_table_end(build);
}

/* The sheet's name heads its table: 济南市 above the rows of 济南市. */
static void put_name(cn_build *build, const cn_sheet *sheet) {
  cn_build_paragraph(build, (cn_style){.level = 1});
  cn_build_text(build, sheet->name, 1);
  cn_build_paragraph(build, (cn_style){0});
}

void cn_sheet_build(cn_sheet *sheet, cn_build *build, bool named) {
  if (!sheet->count) return;
  sort(sheet);
  extent e = measure(sheet);
  if (e.first < e.last && e.right - e.left >= CN_MAX_COLUMNS) {
    cn_build_limit(build, sheet->cells[e.first].row + 1, "a sheet has too many columns; the last ones were not read");
    e.right = e.left + CN_MAX_COLUMNS - 1;
    size_t kept = 0;
    for (size_t i = 0; i < sheet->count; i++)
      if (sheet->cells[i].column <= e.right) sheet->cells[kept++] = sheet->cells[i];
    sheet->count = kept;
    uint32_t right = e.right;
    e = measure(sheet);
    if (e.right > right) e.right = right;
  }
  if (e.first >= e.last) {
    if (named) put_name(build, sheet);
    put_lines(build, sheet, 0, sheet->count);
    return;
  }
  put_lines(build, sheet, 0, e.first);
  if (named) put_name(build, sheet);
  put_table(build, sheet, &e);
  put_lines(build, sheet, e.last, sheet->count);
}
