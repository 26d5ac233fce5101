/* layout cells: a table that has lost its borders, one cell a line, as HTML flattened to text is. In: lines.  Out:
 * TABLE, ROW …, TABLE_END; lines that stand in no column as PARAGRAPH.
 *
 * The header's words, each on a line of its own, give the columns. Then every line is put into the column where it fits
 * (a serial, a term, names …) so that the whole fits best, going through the columns from left to right, row after row:
 * a cell may take several lines or be left out. Serial numbers that go on by one hold the rows in step. */
#include "core/utf8.h"
#include "extract/cell_fit.h"
#include "extract/grid_row.h"
#include "extract/wrap.h"

enum { MOST_COLUMNS = 24, LOOK = 4000, HEADER_POINTS = 14, NEVER = -1000000 };

/* A cell-to-be: a line, or where blank lines part the cells, the lines between two of them. */
typedef struct piece {
  cn_view text;
  uint32_t line;
} piece;

typedef struct pieces {
  piece *items;
  size_t count;
} pieces;

/* Where a table's header stands among the pieces. */
typedef struct header {
  size_t from, columns;
  size_t serial; /* its column, or SIZE_MAX */
  cn_field fields[MOST_COLUMNS];
} header;

typedef struct reader {
  cn_document *document;
  cn_flow *flow;
  const cn_words *words;
  pieces pieces;
} reader;

static cn_field header_word(const reader *r, cn_view text, bool first) {
  if (cn_utf8_count(text) > HEADER_POINTS) return CN_FIELD_NONE;
  cn_arena_mark mark = cn_arena_get_mark(r->document->window);
  bool exact;
  cn_view compact = cn_compact(r->document->window, text);
  cn_field field = cn_header_field(r->words, compact, &exact);
  bool plain = compact.n && !strchr("0123456789", compact.p[0]) && cn_view_find(compact, CN_VIEW("："), 0) == SIZE_MAX;
  cn_arena_rewind(r->document->window, mark);
  return plain && (exact || (!first && cn_utf8_count(text) <= 8)) ? field : CN_FIELD_NONE;
}

static cn_looks looks_of(const reader *r, size_t at) {
  return cn_looks_of(r->document->window, r->document->rules, r->words, r->pieces.items[at].text);
}

/* Words of the header that nobody knows stand before the first row's serial: 单位 序号 任务 时限 评分 | 柳河镇 1. */
static size_t unknown_tail(const reader *r, const header *h) {
  if (h->serial == SIZE_MAX) return 0;
  size_t at = h->from + h->columns, end = at + h->serial + 4;
  for (; at < r->pieces.count && at <= end; at++) {
    if (looks_of(r, at).serial) break;
    if (cn_utf8_count(r->pieces.items[at].text) > HEADER_POINTS) return 0;
  }
  size_t between = at - (h->from + h->columns);
  return at < r->pieces.count && at <= end && between > h->serial ? between - h->serial : 0;
}

/* Whether a header begins at piece `at`: three or more known words in succession, with at most one unknown in between.
 */
static bool find_header(const reader *r, size_t at, header *h) {
  *h = (header){.from = at, .serial = SIZE_MAX};
  size_t known = 0, tasks = 0, last = 0;
  for (size_t i = 0; at + i < r->pieces.count && i < MOST_COLUMNS && i <= last + 1; i++) {
    cn_field field = header_word(r, r->pieces.items[at + i].text, i == 0);
    h->fields[i] = field;
    if (field == CN_FIELD_NONE) {
      if (i == 0) return false;
      continue;
    }
    if (field == CN_FIELD_SERIAL && h->serial == SIZE_MAX) h->serial = i;
    tasks += field == CN_FIELD_TASK || field == CN_FIELD_MEASURE || field == CN_FIELD_SERIAL;
    known++;
    last = i;
  }
  h->columns = last + 1;
  if (known < 3 || !tasks) return false;
  size_t tail = unknown_tail(r, h);
  for (size_t i = 0; i < tail && h->columns < MOST_COLUMNS; i++) h->fields[h->columns++] = CN_FIELD_OTHER;
  return true;
}

/* Lines become pieces; where the header's words are parted by blank lines, so are all cells. */
static void add_pieces(reader *r, cn_lines lines, bool parted) {
  r->pieces.items = cn_arena_new(r->document->window, piece, lines.count + 1);
  r->pieces.count = 0;
  bool blank = true;
  for (size_t i = 0; i < lines.count; i++) {
    cn_view text = cn_view_trim(lines.items[i].text);
    if (text.n && parted && !blank) {
      piece *last = &r->pieces.items[r->pieces.count - 1];
      cn_joined joined = {last->text, 0};
      cn_join_break(r->document->window, &joined, text);
      last->text = joined.text;
    } else if (text.n) {
      r->pieces.items[r->pieces.count++] = (piece){text, lines.items[i].number};
    }
    blank = !text.n;
  }
}

static size_t first_header(const reader *r, header *h) {
  size_t at = 0;
  while (at < r->pieces.count && at < LOOK && !find_header(r, at, h)) at++;
  return at < r->pieces.count && at < LOOK ? at : SIZE_MAX;
}

/* Blank lines stand between all words of the header. */
static bool is_parted(const reader *r, const header *h) {
  for (size_t i = 1; i < h->columns; i++)
    if (r->pieces.items[h->from + i].line < r->pieces.items[h->from + i - 1].line + 2) return false;
  return true;
}

static bool prepare(reader *r, cn_document *document, cn_lines lines, header *h) {
  r->document = document;
  r->words = cn_words_new(document->window, document->rules);
  add_pieces(r, lines, false);
  if (first_header(r, h) == SIZE_MAX) return false;
  if (!is_parted(r, h)) return true;
  add_pieces(r, lines, true);
  return first_header(r, h) != SIZE_MAX;
}

static int bid(const cn_document *document, cn_lines lines) {
  cn_arena_mark mark = cn_arena_get_mark(document->window);
  cn_document copy = *document;
  reader r = {0};
  header h;
  if (lines.count > LOOK) lines.count = LOOK;
  bool found = prepare(&r, &copy, lines, &h) && r.pieces.count >= h.from + 2 * h.columns;
  cn_arena_rewind(document->window, mark);
  return found ? 75 : 0;
}

/* ---- The way through the columns ---- */

enum { STAY = 0x80 }; /* the line goes on with the cell of the line before */

typedef struct path {
  const header *header;
  size_t count, states;       /* the last state is "in no column" */
  int skip[MOST_COLUMNS + 1]; /* skip[c]: cost of leaving out the columns before c */
  int *score;
  uint8_t *back; /* [piece * states + state]: the state before, with STAY */
} path;

static int skip_cost(const header *h, size_t column) {
  if (h->serial != SIZE_MAX && column < h->serial) return 2;
  switch (h->fields[column]) {
  case CN_FIELD_SERIAL:
  case CN_FIELD_TASK: return 60;
  case CN_FIELD_REMARK:
  case CN_FIELD_OTHER:
  case CN_FIELD_NONE:
  case CN_FIELD_BLOCK:
  case CN_FIELD_CATEGORY: return 8;
  case CN_FIELD_SUPPORT:
  case CN_FIELD_MEASURE:
  case CN_FIELD_PHONE:
  case CN_FIELD_CONTACT: return 14;
  case CN_FIELD_DEADLINE:
  case CN_FIELD_PERSON:
  case CN_FIELD_UNIT:
  case CN_FIELD_LEAD:
  case CN_FIELD_SUPERVISOR:
  case CN_FIELD_OWNER: break;
  }
  return 25;
}

static int stay_cost(cn_field field) {
  if (field == CN_FIELD_SERIAL) return 200;
  return field == CN_FIELD_BLOCK || field == CN_FIELD_CATEGORY ? 25 : field == CN_FIELD_DEADLINE ? 14 : 10;
}

static int move_cost(const path *p, size_t from, size_t to, bool *stay) {
  size_t columns = p->states - 1;
  const int *skip = p->skip;
  *stay = false;
  if (from == columns) return to == columns ? 0 : skip[to];
  if (to == columns) return skip[columns] - skip[from + 1] + 12;
  if (to > from) return skip[to] - skip[from + 1];
  int again = skip[columns] - skip[from + 1] + skip[to], on = stay_cost(p->header->fields[to]);
  *stay = to == from && on <= again;
  return *stay ? on : again;
}

static void advance(path *p, size_t at, const int *fit) {
  int *now = p->score + (at & 1) * p->states, *before = p->score + (~at & 1) * p->states;
  for (size_t to = 0; to < p->states; to++) {
    now[to] = NEVER;
    for (size_t from = 0; from < p->states; from++) {
      bool stay;
      int score = before[from] - move_cost(p, from, to, &stay) + fit[to];
      if (score <= now[to]) continue;
      now[to] = score;
      p->back[at * p->states + to] = (uint8_t)(from | (stay ? STAY : 0));
    }
  }
}

/* A text ahead of the serial's column opens a block: a name, or followed by the number 1. Otherwise it is rather the
 * last cell of the row above: 市重点项目 | 3 | …. */
static int weigh_block(const reader *r, size_t at, cn_looks looks) {
  if (looks.serial || looks.due || looks.points > 20) return -40;
  if (looks.body) return 12;
  if (at + 1 == r->pieces.count) return -12;
  cn_looks next = looks_of(r, at + 1);
  return next.serial && next.value == 1 ? 12 : -12;
}

/* Fits of one piece to each column; a number counts as serial only where it goes on or begins anew. */
static void weigh(const reader *r, const header *h, size_t at, int64_t *serial, int *fit) {
  cn_looks looks = looks_of(r, at);
  bool next = looks.serial && (looks.value == *serial + 1 || looks.value == 1);
  if (next) *serial = looks.value;
  for (size_t c = 0; c < h->columns; c++) {
    fit[c] = cn_cell_fit(looks, h->fields[c]);
    if (h->fields[c] == CN_FIELD_SERIAL && looks.serial && !next) fit[c] = 10;
    if (h->serial != SIZE_MAX && c < h->serial) fit[c] = weigh_block(r, at, looks);
    if (looks.contact) fit[c] -= 60;
  }
  bool block = h->serial != SIZE_MAX && h->serial > 0; /* then 二、学有优教 is a cell of the first column */
  fit[h->columns] = looks.contact ? 40 : looks.section && !block ? 30 : 0;
}

/* The state of each of the pieces [from, to), STAY where it goes on with the cell before. */
static uint8_t *find_path(const reader *r, const header *h, size_t from, size_t to) {
  cn_arena *arena = r->document->window;
  path p = {.header = h, .count = to - from, .states = h->columns + 1};
  for (size_t c = 0; c < h->columns; c++) p.skip[c + 1] = p.skip[c] + skip_cost(h, c);
  p.score = cn_arena_new(arena, int, 2 * p.states);
  p.back = cn_arena_new(arena, uint8_t, p.count * p.states + 1);
  uint8_t *states = cn_arena_new(arena, uint8_t, p.count + 1);
  int fit[MOST_COLUMNS + 1];
  int64_t serial = 0;
  for (size_t s = 0; s < p.states; s++) p.score[p.states + s] = s == h->columns ? 0 : NEVER;
  for (size_t i = 0; i < p.count; i++) {
    weigh(r, h, from + i, &serial, fit);
    advance(&p, i, fit);
  }
  size_t best = h->columns;
  const int *last = p.score + ((p.count + 1) & 1) * p.states;
  for (size_t s = 0; s < p.states; s++)
    if (last[s] - (s < h->columns ? p.skip[h->columns] - p.skip[s + 1] : 0) > last[best]) best = s;
  for (size_t i = p.count; i-- > 0;) {
    uint8_t back = p.back[i * p.states + best];
    states[i] = (uint8_t)(best | (back & STAY));
    best = back & (STAY - 1);
  }
  return states;
}

/* ---- Rows ---- */

static void emit_row(reader *r, const header *h, cn_joined *cells, const uint32_t *cell_lines, uint32_t line) {
  cn_grid_row row = {0};
  for (size_t c = 0; c < h->columns; c++) {
    cn_grid_row_add(r->document->window, &row, cells[c].text.p ? cells[c].text : CN_VIEW(""),
                    cell_lines[c] ? cell_lines[c] : line);
    cells[c] = (cn_joined){0};
  }
  if (line) cn_grid_row_emit(r->document->window, r->flow, &row, line);
}

static void add_rows(reader *r, const header *h, size_t from, size_t to) {
  const uint8_t *states = find_path(r, h, from, to);
  cn_joined cells[MOST_COLUMNS] = {0};
  uint32_t lines[MOST_COLUMNS] = {0}, line = 0;
  size_t before = h->columns;
  for (size_t i = from; i < to; i++) {
    size_t state = states[i - from] & (STAY - 1);
    bool stay = states[i - from] & STAY;
    if (line && !stay && (state <= before || state == h->columns)) {
      emit_row(r, h, cells, lines, line);
      memset(lines, 0, sizeof lines);
      line = 0;
    }
    if (state == h->columns) {
      cn_text_line(r->document, r->flow, (cn_line){r->pieces.items[i].text, r->pieces.items[i].line}, false);
    } else {
      if (!line) line = r->pieces.items[i].line;
      if (!lines[state]) lines[state] = r->pieces.items[i].line;
      cn_join_break(r->document->window, &cells[state], r->pieces.items[i].text);
    }
    before = state;
  }
  emit_row(r, h, cells, lines, line);
}

static void add_header(reader *r, const header *h) {
  cn_grid_row row = {0};
  cn_flow_add(r->document->window, r->flow, CN_ELEMENT_TABLE, r->pieces.items[h->from].line);
  for (size_t i = 0; i < h->columns; i++)
    cn_grid_row_add(r->document->window, &row, r->pieces.items[h->from + i].text, r->pieces.items[h->from + i].line);
  cn_grid_row_emit(r->document->window, r->flow, &row, r->pieces.items[h->from].line);
}

static bool same_columns(const header *a, const header *b) {
  return a->columns == b->columns && memcmp(a->fields, b->fields, a->columns * sizeof *a->fields) == 0;
}

/* The table under one header; a header that comes again, as on each printed page, is no other table. */
static size_t read_table(reader *r, const header *h) {
  add_header(r, h);
  size_t kept = h->from + h->columns, at = kept;
  header next = {0};
  for (; at < r->pieces.count; at++) {
    if (!find_header(r, at, &next)) {
      r->pieces.items[kept++] = r->pieces.items[at];
      continue;
    }
    if (!same_columns(h, &next)) break;
    at += next.columns - 1;
  }
  add_rows(r, h, h->from + h->columns, kept);
  cn_flow_add(r->document->window, r->flow, CN_ELEMENT_TABLE_END, 0);
  return at;
}

static cn_status read_cells(cn_document *document, cn_window *window, cn_flow *flow) {
  reader r = {.flow = flow};
  header h;
  bool table = prepare(&r, document, window->lines, &h);
  size_t at = 0;
  while (at < r.pieces.count) {
    if (table && find_header(&r, at, &h)) {
      at = read_table(&r, &h);
      continue;
    }
    cn_text_line(document, flow, (cn_line){r.pieces.items[at].text, r.pieces.items[at].line}, true);
    at++;
  }
  return CN_OK;
}

const cn_layout cn_layout_cells = {
    .name = "cells",
    .help = "a table with one cell a line, as flattened HTML has it",
    .bid = bid,
    .most = 75,
    .read = read_cells,
};
