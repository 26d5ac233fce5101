/* Columns: which field each column of a table stands for, by its header's words or, without header, by its content.
 *
 * In:  rows of a flow.  Out: cn_columns in the keep arena. See parts.h. */
#include "extract/parts.h"

#include "core/utf8.h"

enum { HEADER_POINTS = 18, PROFILE_ROWS = 400 };

const cn_grid_cell *cn_cell_at(const cn_element *row, size_t column) {
  if (column < row->cell_count && row->cells[column].column == column) return &row->cells[column];
  for (size_t i = 0; i < row->cell_count && row->cells[i].column <= column; i++)
    if (column < (size_t)row->cells[i].column + (row->cells[i].columns ? row->cells[i].columns : 1))
      return &row->cells[i];
  return NULL;
}

size_t cn_filled_cells(const cn_element *row, const cn_grid_cell **first) {
  size_t n = 0;
  for (size_t i = 0; i < row->cell_count; i++) {
    if (!row->cells[i].text.n || row->cells[i].merged) continue;
    if (!n++ && first) *first = &row->cells[i];
  }
  return n;
}

static size_t row_width(const cn_element *row) {
  if (!row->cell_count) return 0;
  const cn_grid_cell *last = &row->cells[row->cell_count - 1];
  return (size_t)last->column + (last->columns ? last->columns : 1);
}

/* --- the header row -------------------------------------------------------------------------------------------- */

bool cn_is_header_row(cn_segmenter *s, const cn_element *row) {
  size_t filled = 0, known = 0, exact = 0, marked = 0;
  bool telling = false, is_exact;
  if (row->kind != CN_ELEMENT_ROW || row->cell_count < 2) return false;
  for (size_t i = 0; i < row->cell_count; i++)
    if (row->cells[i].text.n > HEADER_POINTS * 8) return false;
  for (size_t i = 0; i < row->cell_count; i++) {
    if (!row->cells[i].text.n) continue;
    cn_view text = cn_compact(s->scratch, row->cells[i].text);
    if (cn_utf8_count(text) > HEADER_POINTS) return false;
    cn_field field = cn_header_field(s->words, text, &is_exact);
    filled++;
    marked += row->cells[i].header;
    known += field != CN_FIELD_NONE;
    exact += field != CN_FIELD_NONE && is_exact;
    telling = telling || field == CN_FIELD_TASK || field == CN_FIELD_MEASURE || field == CN_FIELD_SERIAL ||
              field == CN_FIELD_DEADLINE;
  }
  if (known < 2 || !telling || known * 2 < filled) return false;
  return exact >= 2 || (exact && known >= 3) || marked == filled;
}

size_t cn_find_header(cn_segmenter *s, const cn_flow *flow, size_t table, size_t end) {
  size_t seen = 0;
  for (size_t i = table; i < end && seen < 12; i++) {
    if (flow->items[i].kind != CN_ELEMENT_ROW || flow->items[i].chrome) continue;
    if (cn_is_header_row(s, &flow->items[i])) return i;
    seen++;
  }
  return SIZE_MAX;
}

static size_t next_row(const cn_flow *flow, size_t at, size_t end) {
  while (at < end && flow->items[at].kind != CN_ELEMENT_ROW) at++;
  return at;
}

static bool is_numeric(cn_view compact) {
  bool digit = false;
  for (size_t i = 0; i < compact.n; i++) {
    if (compact.p[i] >= '0' && compact.p[i] <= '9')
      digit = true;
    else if (!strchr("+-.,%()~", compact.p[i]))
      return false;
  }
  return digit;
}

/* The second line of a header: 任务内容 and 分值 under 重点任务. It stands only where the first line has a cell over
 * several columns, or left a column empty that the second one fills. */
static bool is_second_level(cn_segmenter *s, const cn_element *first, const cn_element *second) {
  size_t filled = 0, under = 0, marked = 0;
  for (size_t i = 0; i < second->cell_count; i++) {
    const cn_grid_cell *cell = &second->cells[i], *above = cn_cell_at(first, cell->column);
    if (!cell->text.n || cell->merged) continue;
    cn_view text = cn_compact(s->scratch, cell->text);
    if (cn_utf8_count(text) > HEADER_POINTS || is_numeric(text)) return false;
    filled++;
    marked += cell->header;
    bool exact;
    bool known = cn_header_field(s->words, text, &exact) != CN_FIELD_NONE;
    if (above && above->columns > 1)
      under++;
    else if (!above || !above->text.n)
      under++;
    else if (known && cn_cell_at(first, cell->column + 1u) && !cn_cell_at(first, cell->column + 1u)->text.n)
      under++;
  }
  return filled && (under == filled || marked == filled);
}

static cn_view header_text(cn_segmenter *s, const cn_element *row, size_t column, bool *over) {
  const cn_grid_cell *cell = row ? cn_cell_at(row, column) : NULL;
  *over = cell && cell->columns > 1;
  if (!cell || !cell->text.n) return CN_VIEW("");
  return cn_arena_copy(s->keep, cn_join_name(s->scratch, cn_strip(cell->text, "*：:")));
}

/* --- roles ----------------------------------------------------------------------------------------------------- */

static size_t average_length(const cn_flow *flow, size_t begin, size_t end, size_t column) {
  size_t rows = 0, bytes = 0;
  for (size_t i = begin; i < end && rows < PROFILE_ROWS; i++) {
    if (flow->items[i].kind != CN_ELEMENT_ROW) continue;
    const cn_grid_cell *cell = cn_cell_at(&flow->items[i], column);
    if (!cell || !cell->text.n || cell->columns > 2) continue;
    rows++;
    bytes += cell->text.n;
  }
  return rows ? bytes / rows : 0;
}

static int longest_of(const cn_flow *flow, size_t begin, size_t end, const cn_columns *c, cn_field field,
                      size_t least) {
  int best = -1;
  size_t best_length = least;
  for (size_t i = 0; i < c->count; i++) {
    if (c->items[i].field != field) continue;
    size_t length = average_length(flow, begin, end, i);
    if (length > best_length || (best < 0 && length >= least)) best = (int)i, best_length = length;
  }
  return best;
}

static int first_of(const cn_columns *c, cn_field field) {
  for (size_t i = 0; i < c->count; i++)
    if (c->items[i].field == field) return (int)i;
  return -1;
}

static bool names_somebody(cn_field f) {
  return f == CN_FIELD_UNIT || f == CN_FIELD_LEAD || f == CN_FIELD_PERSON || f == CN_FIELD_SUPERVISOR ||
         f == CN_FIELD_OWNER || f == CN_FIELD_BLOCK || f == CN_FIELD_SUPPORT;
}

static bool choose_roles(const cn_flow *flow, size_t begin, size_t end, cn_columns *c) {
  bool owners = false;
  for (size_t i = 0; i < c->count; i++) owners = owners || names_somebody(c->items[i].field);
  c->serial = first_of(c, CN_FIELD_SERIAL);
  c->deadline = first_of(c, CN_FIELD_DEADLINE);
  c->task = longest_of(flow, begin, end, c, CN_FIELD_TASK, 0);
  if (c->task < 0) c->task = longest_of(flow, begin, end, c, CN_FIELD_MEASURE, 0);
  bool enough = c->serial >= 0 || c->deadline >= 0 || owners;
  if (c->task < 0 && enough) c->task = longest_of(flow, begin, end, c, CN_FIELD_OTHER, 24);
  if (c->task < 0 || !enough) return false;
  for (size_t i = 0; i < c->count; i++) {
    cn_field *f = &c->items[i].field;
    bool second = (*f == CN_FIELD_TASK && (int)i != c->task) || (*f == CN_FIELD_DEADLINE && (int)i != c->deadline) ||
                  (*f == CN_FIELD_SERIAL && (int)i != c->serial);
    if (second) *f = CN_FIELD_OTHER;
  }
  c->items[c->task].field = CN_FIELD_TASK;
  return true;
}

static void note_unknown(cn_segmenter *s, const cn_element *row, const cn_columns *c) {
  for (size_t i = 0; i < c->count; i++)
    if (c->items[i].field == CN_FIELD_OTHER && c->items[i].header.n) {
      const cn_grid_cell *cell = cn_cell_at(row, i);
      cn_view h = c->items[i].header;
      cn_note_add(
          s, CN_DIAG_HEADER_UNKNOWN, cell && cell->line ? cell->line : row->line, 1, CN_NONE,
          cn_arena_format(s->scratch, "column %.*s stands for no known field; it is kept in extra", (int)h.n, h.p));
    }
}

bool cn_read_header(cn_segmenter *s, const cn_flow *flow, size_t header, size_t end, cn_columns *columns,
                    size_t *next) {
  const cn_element *top = &flow->items[header], *leaf = NULL;
  size_t second = next_row(flow, header + 1, end);
  *next = header + 1;
  if (second < end && is_second_level(s, top, &flow->items[second])) {
    leaf = &flow->items[second];
    *next = second + 1;
  }
  size_t width = row_width(top), leaf_width = leaf ? row_width(leaf) : 0;
  *columns = (cn_columns){
      .count = width > leaf_width ? width : leaf_width, .serial = -1, .task = -1, .deadline = -1, .group = -1};
  columns->items = cn_arena_new(s->keep, cn_column, columns->count + 1);
  for (size_t i = 0; i < columns->count; i++) {
    bool over, over_leaf, exact;
    cn_view upper = header_text(s, top, i, &over), lower = header_text(s, leaf, i, &over_leaf);
    const cn_grid_cell *below = leaf ? cn_cell_at(leaf, i) : NULL;
    bool own = lower.n && below && !below->merged;
    cn_column *c = &columns->items[i];
    c->header = own ? lower : upper;
    c->field = cn_header_field(s->words, cn_compact(s->scratch, c->header), &exact);
    /* 牵头 and 配合 under 责任单位 say more than the cell above; 名称 under 责任单位 does not. */
    if (own && c->field == CN_FIELD_NONE && over && i && columns->items[i - 1].header.n == 0)
      c->field = cn_header_field(s->words, cn_compact(s->scratch, upper), &exact);
    if (c->field == CN_FIELD_NONE) c->field = CN_FIELD_OTHER;
  }
  if (!choose_roles(flow, *next, end, columns)) return false;
  note_unknown(s, top, columns);
  return true;
}

/* --- no header ------------------------------------------------------------------------------------------------- */

typedef struct profile {
  size_t filled, serials, dues, bodies, names, bytes;
} profile;

static bool is_short_name(cn_view compact) {
  size_t points = cn_utf8_count(compact);
  for (size_t at = 0; at < compact.n;) {
    size_t len;
    uint32_t c = cn_utf8_at(compact.p + at, &len);
    if (!cn_is_han(c) && c != 0x3001) return false;
    at += len;
  }
  return points >= 2 && points <= 16;
}

static void profile_cell(cn_segmenter *s, cn_view text, profile *p) {
  cn_serial serial;
  cn_view folded = cn_fold(s->scratch, text).text, compact = cn_compact(s->scratch, text);
  p->filled++;
  p->bytes += compact.n;
  if (cn_serial_cell(folded, &serial) && serial.style != CN_SERIAL_DECIMAL && serial.value > 0)
    p->serials++;
  else if (cn_is_due(s->words, folded))
    p->dues++;
  else if (compact.n < 400 && cn_is_body_list(s->words, folded))
    p->bodies++;
  else if (is_short_name(compact))
    p->names++;
}

static cn_field guess_field(const profile *p) {
  if (!p->filled) return CN_FIELD_OTHER;
  if (p->serials * 10 >= p->filled * 8) return CN_FIELD_SERIAL;
  if (p->dues * 10 >= p->filled * 6) return CN_FIELD_DEADLINE;
  if (p->bodies * 10 >= p->filled * 7) return CN_FIELD_UNIT;
  if (p->names * 10 >= p->filled * 8) return CN_FIELD_PERSON;
  return p->bytes / p->filled >= 30 ? CN_FIELD_TASK : CN_FIELD_OTHER;
}

bool cn_guess_columns(cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end, cn_columns *columns) {
  size_t width = 0, rows = 0;
  for (size_t i = begin; i < end; i++)
    if (flow->items[i].kind == CN_ELEMENT_ROW && row_width(&flow->items[i]) > width) width = row_width(&flow->items[i]);
  if (width < 2) return false;
  profile *profiles = cn_arena_new(s->scratch, profile, width);
  for (size_t i = begin; i < end && rows < PROFILE_ROWS; i++) {
    const cn_element *row = &flow->items[i];
    if (row->kind != CN_ELEMENT_ROW || cn_filled_cells(row, NULL) < 2) continue;
    rows++;
    for (size_t k = 0; k < row->cell_count; k++)
      if (row->cells[k].text.n && row->cells[k].columns <= 1)
        profile_cell(s, row->cells[k].text, &profiles[row->cells[k].column]);
  }
  *columns = (cn_columns){.count = width, .serial = -1, .task = -1, .deadline = -1, .group = -1, .guessed = true};
  columns->items = cn_arena_new(s->keep, cn_column, width);
  for (size_t i = 0; i < width; i++) {
    columns->items[i].field = guess_field(&profiles[i]);
    columns->items[i].header = CN_VIEW("");
  }
  if (rows < 2 || !choose_roles(flow, begin, end, columns)) return false;
  return average_length(flow, begin, end, (size_t)columns->task) >= 30 &&
         (columns->serial >= 0 || columns->deadline >= 0);
}
