/* space_rows: lines into rows. See space_table.h.
 *
 * In:  lines whose words have their columns.  Out: ROW elements, and PARAGRAPH for the lines that run across.
 * A row may take many lines. Where blank lines part the rows, they decide; else the serial number begins a row, except
 * where it stands in the middle of its row's height, as vertically centred cells have it. */
#include "core/utf8.h"
#include "extract/space_table.h"

enum { SLACK = 2 };

typedef struct rower {
  cn_space *space;
  const cn_space_header *h;
  size_t from, to;
  bool *starts; /* of each line from `from`: a row begins here */
  uint32_t widest[CN_SPACE_COLUMNS];
} rower;

static bool is_cells(const rower *r, size_t at) { return r->space->lines[at].kind == CN_SPACE_CELLS; }
static bool has_serial(const rower *r, size_t at) { return is_cells(r, at) && r->space->lines[at].serial != CN_NONE; }

/* The line's words in a column, with the blanks between them. */
static cn_view cell_of(const cn_space_line *line, size_t column, uint32_t *width) {
  const cn_space_word *first = NULL, *last = NULL;
  for (size_t i = 0; i < line->count; i++) {
    if (line->words[i].column != column) continue;
    if (!first) first = &line->words[i];
    last = &line->words[i];
  }
  if (!first) return CN_NULL_VIEW;
  if (width) *width = last->end[CN_METRIC_COLUMNS] - first->begin[CN_METRIC_COLUMNS];
  return cn_view_between(first->text.p, last->text.p + last->text.n);
}

static void measure(rower *r) {
  for (size_t c = 0; c < r->h->count; c++) r->widest[c] = r->h->columns[c].full;
  if (r->h->metric == CN_METRIC_POINTS) return;
  for (size_t i = r->from; i < r->to; i++)
    for (size_t c = 0; is_cells(r, i) && c < r->h->count; c++) {
      uint32_t width = 0;
      if (cell_of(&r->space->lines[i], c, &width).p && width > r->widest[c]) r->widest[c] = width;
    }
}

/* The next line from `at` on that is not dropped, to r->to. Blank lines count as lines. */
static size_t skip_dropped(const rower *r, size_t at) {
  while (at < r->to && r->space->lines[at].kind == CN_SPACE_DROPPED) at++;
  return at;
}

/* End of the run of cell lines that begins at `at`: a blank line or a text ends it, page furniture does not. */
static size_t chunk_end(const rower *r, size_t at) {
  size_t end = at;
  while (at < r->to && (is_cells(r, at) || r->space->lines[at].kind == CN_SPACE_DROPPED)) {
    if (is_cells(r, at)) end = at + 1;
    at++;
  }
  return end;
}

static size_t count_serials(const rower *r, size_t from, size_t to) {
  size_t n = 0;
  for (size_t i = from; i < to; i++) n += has_serial(r, i);
  return n;
}

/* ---- Where rows begin ---- */

static bool ends_sentence(cn_view text) {
  static const char *const marks[] = {"。", "；", "！", "”", "）", ".", ";"};
  for (size_t i = 0; i < CN_COUNT(marks); i++)
    if (cn_view_ends(text, cn_view_of(marks[i]))) return true;
  return false;
}

/* Whether task text stands in a line, and whether it ends there: with a full stop, or well ahead of the column's edge.
 */
static bool task_line(const rower *r, size_t at, bool *ends) {
  uint32_t width = 0;
  if (r->h->task == SIZE_MAX) return false;
  cn_view text = cell_of(&r->space->lines[at], r->h->task, &width);
  *ends = text.p && (ends_sentence(text) || width + 6 < r->h->columns[r->h->task].full);
  return text.p != NULL;
}

/* Whether a page ends in the lines [from, to] or just ahead of them. */
static bool has_page(const rower *r, size_t from, size_t to) {
  for (size_t i = from; i <= to && i < r->to; i++)
    if (r->space->lines[i].page || r->space->lines[i].kind == CN_SPACE_DROPPED) return true;
  return false;
}

/* Serials in the middle: task text stands in lines above the first serial of most runs. */
static bool is_centred(const rower *r) {
  size_t above = 0, beside = 0, before = r->from;
  for (size_t at = r->from; at < r->to;) {
    size_t end = chunk_end(r, at);
    if (end == at) {
      at++;
      continue;
    }
    size_t serial = at;
    while (serial < end && !has_serial(r, serial)) serial++;
    bool ends, text = false;
    for (size_t i = at; i < serial; i++) text = text || (is_cells(r, i) && task_line(r, i, &ends));
    if (serial < end && !has_page(r, before, at)) above += text, beside += !text;
    at = before = end;
  }
  return above > beside / 3 && above > 0;
}

/* ---- Rows of a run of lines that holds several serials ---- */

/* The run's cell lines and, of these, the ones with a serial. */
typedef struct chunk {
  size_t *lines, count;
  size_t *serials, rows; /* indices into lines */
} chunk;

static chunk chunk_of(const rower *r, size_t from, size_t to) {
  cn_arena *arena = r->space->document->window;
  chunk k = {.lines = cn_arena_new(arena, size_t, to - from + 1),
             .serials = cn_arena_new(arena, size_t, to - from + 1)};
  for (size_t i = from; i < to; i++) {
    if (!is_cells(r, i)) continue;
    if (has_serial(r, i)) k.serials[k.rows++] = k.count;
    k.lines[k.count++] = i;
  }
  return k;
}

/* What it costs to begin a row at line `at` of the chunk: the task's text above should have come to an end. */
static int64_t begin_cost(const rower *r, const chunk *k, size_t at) {
  bool ends = true, text = false;
  for (size_t i = at; i-- > 0 && !text;) text = task_line(r, k->lines[i], &ends);
  return !text || ends ? 0 : 9;
}

/* What a row of lines [begin, end) costs whose number stands in line `serial`: in the middle it should, or at the top,
 * as where a page's end cuts the row. */
static int64_t row_cost(size_t begin, size_t serial, size_t end) {
  int64_t off = (int64_t)(begin + end - 1) - 2 * (int64_t)serial, cost = off < 0 ? -off : off;
  return begin == serial && cost > 2 ? 3 : cost * 2;
}

/* Begins of the rows so that all of them cost least together. A row begins behind the number above and not behind its
 * own. */
static void part_centred(rower *r, const chunk *k) {
  cn_arena *arena = r->space->document->window;
  int64_t *cost = cn_arena_new(arena, int64_t, k->count + 1);
  size_t *from = cn_arena_new(arena, size_t, k->count + 1);
  for (size_t row = 1; row < k->rows; row++) {
    size_t above = k->serials[row - 1], before = row > 1 ? k->serials[row - 2] + 1 : 0;
    for (size_t at = above + 1; at <= k->serials[row]; at++) {
      int64_t begin = begin_cost(r, k, at);
      cost[at] = INT64_MAX;
      for (size_t up = before; up <= above; up++) {
        if (row == 1 && up > 0) break;
        int64_t sum = (row > 1 ? cost[up] : 0) + row_cost(up, above, at) + begin;
        if (sum < cost[at]) cost[at] = sum, from[at] = up;
      }
    }
  }
  size_t best = k->rows > 1 ? k->serials[k->rows - 2] + 1 : 0;
  for (size_t at = best; k->rows > 1 && at <= k->serials[k->rows - 1]; at++)
    if (cost[at] + row_cost(at, k->serials[k->rows - 1], k->count) <
        cost[best] + row_cost(best, k->serials[k->rows - 1], k->count))
      best = at;
  for (size_t row = k->rows; row-- > 0; best = from[best]) r->starts[k->lines[best] - r->from] = true;
}

static void part_chunk(rower *r, size_t from, size_t to, bool centred) {
  chunk k = chunk_of(r, from, to);
  if (centred && k.rows) part_centred(r, &k);
  for (size_t i = 0; !centred && i < k.rows; i++) r->starts[k.lines[k.serials[i]] - r->from] = true;
}

/* Without serials: a line that fills most columns begins a row. */
static void part_plain(rower *r, size_t from, size_t to) {
  bool ended = true;
  for (size_t i = from; i < to; i++) {
    if (!is_cells(r, i)) continue;
    size_t filled = 0;
    for (size_t c = 0; c < r->h->count; c++) filled += cell_of(&r->space->lines[i], c, NULL).p != NULL;
    bool ends = ended, text = task_line(r, i, &ends);
    if (i == from || (ended && text && filled * 2 > r->h->count)) r->starts[i - r->from] = true;
    if (text) ended = ends;
  }
}

/* Whether blank lines part the rows: most runs hold one serial. */
static bool is_parted(const rower *r) {
  size_t one = 0, more = 0;
  for (size_t at = r->from; at < r->to;) {
    size_t end = chunk_end(r, at), n = count_serials(r, at, end);
    one += n == 1;
    more += n > 1 ? n : 0;
    at = end > at ? end : at + 1;
  }
  return one > more;
}

static void find_starts(rower *r) {
  bool serials = r->h->serial != SIZE_MAX && count_serials(r, r->from, r->to) > 0, open = false;
  bool centred = serials && is_centred(r), parted = serials && is_parted(r);
  for (size_t at = r->from; at < r->to;) {
    size_t end = chunk_end(r, at), n = count_serials(r, at, end);
    if (end == at) {
      if (r->space->lines[at].kind == CN_SPACE_TEXT) open = false;
      at++;
      continue;
    }
    if (!serials)
      part_plain(r, at, end);
    else if (n == 1 && parted)
      r->starts[at - r->from] = true;
    else
      part_chunk(r, at, end, centred);
    if (!open && !n) r->starts[at - r->from] = true;
    open = true;
    at = end;
  }
}

/* ---- Cells of several lines ---- */

static bool begins_with_mark(cn_view v) {
  static const char *const marks[] = {"，", "。", "、", "；", "：", "）", "”", "》", "！", "？", ")", ",", "%"};
  for (size_t i = 0; i < CN_COUNT(marks); i++)
    if (cn_view_starts(v, cn_view_of(marks[i]))) return true;
  return false;
}

/* Columns that the first piece of v needs that cannot be broken: an ideograph, or a run of Latin letters and digits. */
static uint32_t first_unit(cn_view v) {
  uint32_t columns = 0;
  size_t len;
  for (size_t i = 0; i < v.n; i += len) {
    uint32_t c = cn_utf8_at(v.p + i, &len);
    if (c >= 0x80 || cn_is_space(c)) return columns ? columns : 2;
    columns++;
  }
  return columns;
}

static cn_view last_word(cn_view v) {
  const char *p = v.p + v.n;
  while (p > v.p) {
    const char *q = cn_utf8_before(v.p, p);
    uint32_t c = cn_utf8_at(q, NULL);
    if (cn_is_space(c) || c == 0x3001 || c == 0xFF0C) break;
    p = q;
  }
  return cn_view_between(p, v.p + v.n);
}

static cn_view first_word(cn_view v) {
  size_t at = 0, len;
  for (; at < v.n; at += len) {
    uint32_t c = cn_utf8_at(v.p + at, &len);
    if (cn_is_space(c) || c == 0x3001 || c == 0xFF0C) break;
  }
  return cn_view_slice(v, 0, at);
}

/* 孙立成 孙 | 述涛: the name goes on. 孙立成 | 孙述涛: the blank was lost at the line's end. */
static bool name_goes_on(const rower *r, cn_view above, cn_view below) {
  cn_view left = last_word(above), right = first_word(below);
  size_t l = cn_utf8_count(left), n = cn_utf8_count(right);
  if (l == 0) return false;
  if (l == 1 || n == 1) return l + n <= 4;
  if (l + n > 4) return false;
  return !cn_table_prefix(cn_rules_table(r->space->document->rules, CN_RULES_SURNAMES), right, 0);
}

/* 县自然资源局 | 县水利局: a body ends, another begins. */
static bool body_ends(const rower *r, cn_view above, cn_view below) {
  static const char *const heads[] = {"市", "县", "区", "省", "各"};
  if (!cn_word_ends(r->space->words, CN_WORD_BODY, above)) return false;
  for (size_t i = 0; i < CN_COUNT(heads); i++)
    if (cn_view_starts(below, cn_view_of(heads[i]))) return true;
  return false;
}

/* Whether the cell's next line goes on where this one was cut by the column's width. */
static bool goes_on(const rower *r, size_t column, cn_view above, uint32_t width, cn_view below) {
  cn_field field = r->h->columns[column].field;
  if (begins_with_mark(below) || cn_view_ends(above, CN_VIEW("、")) || cn_view_ends(above, CN_VIEW("，"))) return true;
  bool full = width + first_unit(below) + SLACK > r->widest[column];
  if (field == CN_FIELD_PERSON || field == CN_FIELD_SUPERVISOR || field == CN_FIELD_CONTACT)
    return full && name_goes_on(r, above, below);
  if (field == CN_FIELD_UNIT || field == CN_FIELD_LEAD || field == CN_FIELD_SUPPORT || field == CN_FIELD_OWNER)
    return full && !body_ends(r, above, below);
  return full || !ends_sentence(above);
}

typedef struct building {
  cn_joined cells[CN_SPACE_COLUMNS];
  uint32_t lines[CN_SPACE_COLUMNS], line;
  uint32_t width[CN_SPACE_COLUMNS]; /* of the cell's last line */
} building;

static void add_line(rower *r, building *b, const cn_space_line *line) {
  if (!b->line) b->line = line->line.number;
  for (size_t c = 0; c < r->h->count; c++) {
    uint32_t width = 0;
    cn_view text = cell_of(line, c, &width);
    if (!text.p) continue;
    bool on = b->cells[c].text.n && goes_on(r, c, b->cells[c].text, b->width[c], text);
    (on ? cn_join : cn_join_break)(r->space->document->window, &b->cells[c], text);
    if (!b->lines[c]) b->lines[c] = line->line.number;
    b->width[c] = width;
  }
}

static void emit(rower *r, building *b) {
  if (!b->line) return;
  cn_grid_row row = {0};
  cn_arena *arena = r->space->document->window;
  for (size_t c = 0; c < r->h->count; c++) {
    cn_view text = b->cells[c].text.p ? cn_space_clean(r->space, b->cells[c].text) : CN_VIEW("");
    cn_grid_row_add(arena, &row, text, b->lines[c] ? b->lines[c] : b->line);
  }
  cn_grid_row_emit(arena, r->space->flow, &row, b->line);
  *b = (building){0};
}

/* ---- A block's name that stands in the middle of its rows ---- */

static cn_grid_cell *block_cell(const rower *r, cn_element *row) {
  return row->kind == CN_ELEMENT_ROW && row->cell_count > r->h->serial ? (cn_grid_cell *)(uintptr_t)row->cells : NULL;
}

static bool is_first(const rower *r, const cn_element *row) {
  return cn_view_is(row->cells[r->h->serial].text, "1") || cn_view_is(row->cells[r->h->serial].text, "一");
}

/* Rows [from, to) of a run of numbers: a name that is not in the first of them, but in pieces further down, goes up. */
static void lift_name(rower *r, size_t from, size_t to) {
  cn_joined name = {0};
  size_t pieces = 0, rows = 0;
  for (size_t i = from; i < to; i++) {
    cn_grid_cell *cells = block_cell(r, &r->space->flow->items[i]);
    if (!cells) continue;
    rows++;
    if (!cells[0].text.n) continue;
    pieces++;
    cn_join(r->space->document->window, &name, cells[0].text);
  }
  cn_grid_cell *first = from < to ? block_cell(r, &r->space->flow->items[from]) : NULL;
  if (!first || !pieces || pieces * 2 > rows + 1 || (pieces == 1 && first[0].text.n)) return;
  for (size_t i = from; i < to; i++) {
    cn_grid_cell *cells = block_cell(r, &r->space->flow->items[i]);
    if (cells) cells[0].text = CN_VIEW("");
  }
  first[0].text = name.text;
}

static void lift_names(rower *r, size_t first) {
  if (r->h->serial == SIZE_MAX || r->h->serial == 0) return;
  size_t run = SIZE_MAX;
  for (size_t i = first; i <= r->space->flow->count; i++) {
    bool end = i == r->space->flow->count;
    if (!end && (!block_cell(r, &r->space->flow->items[i]) || !is_first(r, &r->space->flow->items[i]))) continue;
    if (run != SIZE_MAX) lift_name(r, run, i);
    run = i;
  }
}

void cn_space_rows(cn_space *space, const cn_space_header *header, size_t from, size_t to) {
  rower r = {.space = space, .h = header, .from = from, .to = to};
  r.starts = cn_arena_new(space->document->window, bool, to - from + 1);
  size_t first = space->flow->count;
  building b = {0};
  measure(&r);
  find_starts(&r);
  for (size_t i = skip_dropped(&r, from); i < to; i = skip_dropped(&r, i + 1)) {
    const cn_space_line *line = &space->lines[i];
    if (line->kind == CN_SPACE_BLANK) continue;
    if (line->kind == CN_SPACE_TEXT || r.starts[i - from]) emit(&r, &b);
    if (line->kind == CN_SPACE_CELLS) {
      add_line(&r, &b, line);
      continue;
    }
    cn_line text = {cn_space_clean(space, line->line.text), line->line.number};
    cn_text_line(space->document, space->flow, text, false);
  }
  emit(&r, &b);
  lift_names(&r, first);
}
