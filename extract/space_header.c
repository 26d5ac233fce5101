/* space_header: the header of a table held apart by blanks. See space_table.h.
 *
 * In:  words of one line, or of two or three where a narrow column breaks its header (责任领 / 导).  Out: the columns.
 */
#include "core/utf8.h"
#include "extract/space_table.h"

enum { HEADER_POINTS = 16, NEAR = 6 };

static cn_field field_of(const cn_space *space, cn_view text, bool *exact) {
  *exact = false;
  if (!text.n || text.n > 3 * HEADER_POINTS) return CN_FIELD_NONE;
  cn_view compact = cn_compact(space->document->window, text);
  if (cn_view_find(compact, CN_VIEW("："), 0) != SIZE_MAX) return CN_FIELD_NONE;
  return cn_header_field(space->words, compact, exact);
}

static bool is_exact(const cn_space *space, cn_view text) {
  bool exact;
  return field_of(space, text, &exact) != CN_FIELD_NONE && exact;
}

static cn_view concat(const cn_space *space, cn_view a, cn_view b) {
  return cn_arena_format(space->document->window, "%.*s%.*s", (int)a.n, a.p, (int)b.n, b.p);
}

/* How many of the words from `at` make one header: 责 任 人 is one, and so is 序 号. */
static size_t letters(const cn_space *space, const cn_space_line *line, size_t at) {
  size_t best = 1;
  cn_view text = line->words[at].text;
  for (size_t n = 2; n <= 5 && at + n <= line->count; n++) {
    const cn_space_word *word = &line->words[at + n - 1];
    if (word->gap > 4 || cn_utf8_count(word->text) > 2) break;
    text = concat(space, text, word->text);
    if (is_exact(space, text)) best = n;
  }
  return best;
}

static void add_column(const cn_space *space, cn_space_header *h, const cn_space_line *line, size_t at, size_t n) {
  cn_space_column *column = &h->columns[h->count++];
  const cn_space_word *first = &line->words[at], *last = &line->words[at + n - 1];
  column->title = cn_view_between(first->text.p, last->text.p + last->text.n);
  memcpy(column->begin, first->begin, sizeof column->begin);
  memcpy(column->end, last->end, sizeof column->end);
  bool exact;
  column->field = field_of(space, column->title, &exact);
}

static void read_line(const cn_space *space, const cn_space_line *line, cn_space_header *h) {
  for (size_t at = 0; at < line->count && h->count < CN_SPACE_COLUMNS;) {
    size_t n = letters(space, line, at);
    add_column(space, h, line, at, n);
    at += n;
  }
}

static size_t distance(uint32_t a, uint32_t b) { return a > b ? a - b : b - a; }

/* How far a word of another line stands from a column's, under the count that brings them nearer. */
static size_t apart(const cn_space_column *column, const cn_space_word *word) {
  size_t points = distance(column->begin[CN_METRIC_POINTS], word->begin[CN_METRIC_POINTS]);
  size_t columns = distance(column->begin[CN_METRIC_COLUMNS], word->begin[CN_METRIC_COLUMNS]);
  return points < columns ? points : columns;
}

/* 完成 over 时限: a word below (or above) a column's own that makes a known header with it. */
static bool complete_column(const cn_space *space, cn_space_column *column, const cn_space_word *word, bool below) {
  cn_view title = below ? concat(space, column->title, word->text) : concat(space, word->text, column->title);
  bool exact;
  cn_field field = field_of(space, title, &exact);
  if (field == CN_FIELD_NONE || (!exact && column->field != CN_FIELD_NONE)) return false;
  column->title = title;
  column->field = field;
  return true;
}

/* A word above and one below with nothing between them: a column of its own, 责任领 … 导. */
static bool insert_column(const cn_space *space, cn_space_header *h, const cn_space_word *above,
                          const cn_space_word *below) {
  cn_space_column made = {.title = concat(space, above->text, below->text)};
  bool exact;
  made.field = field_of(space, made.title, &exact);
  if (made.field == CN_FIELD_NONE || h->count >= CN_SPACE_COLUMNS) return false;
  memcpy(made.begin, above->begin, sizeof made.begin);
  memcpy(made.end, above->end, sizeof made.end);
  size_t at = 0;
  while (at < h->count && h->columns[at].begin[CN_METRIC_POINTS] < made.begin[CN_METRIC_POINTS]) at++;
  memmove(h->columns + at + 1, h->columns + at, (h->count - at) * sizeof *h->columns);
  h->columns[at] = made;
  h->count++;
  return true;
}

/* Gives the word below to the nearest column from `from` on whose own word it completes; SIZE_MAX: to none. */
static size_t complete_near(const cn_space *space, cn_space_header *h, const cn_space_word *word, size_t from) {
  size_t best = SIZE_MAX, least = NEAR + 1;
  cn_space_column completed = {0};
  for (size_t c = from; c < h->count; c++) {
    cn_space_column tried = h->columns[c];
    size_t d = apart(&tried, word);
    if (d >= least || !complete_column(space, &tried, word, true)) continue;
    best = c;
    least = d;
    completed = tried;
  }
  if (best != SIZE_MAX) h->columns[best] = completed;
  return best;
}

static bool are_short(const cn_space_line *line) {
  for (size_t i = 0; i < line->count; i++)
    if (cn_utf8_count(line->words[i].text) > 6 || strchr("0123456789", line->words[i].text.p[0])) return false;
  return line->count > 0;
}

/* Takes the words of the line below into the columns; all of them or none. */
static void take_below(const cn_space *space, cn_space_header *h, size_t at) {
  if (at >= space->count || space->lines[at].kind != CN_SPACE_TEXT || !are_short(&space->lines[at])) return;
  cn_space_header tried = *h;
  const cn_space_line *line = &space->lines[at];
  for (size_t i = 0, from = 0; i < line->count; i++) {
    from = complete_near(space, &tried, &line->words[i], from) + 1;
    if (from == 0) return;
  }
  *h = tried;
  h->last = at;
}

/* The same for a pair of lines above and below: a word above belongs to the one below it, or to the column under it. */
static void take_around(const cn_space *space, cn_space_header *h) {
  if (h->first == 0 || h->last + 1 >= space->count) return;
  const cn_space_line *above = &space->lines[h->first - 1], *below = &space->lines[h->last + 1];
  if (above->kind != CN_SPACE_TEXT || below->kind != CN_SPACE_TEXT || !are_short(above) || !are_short(below)) return;
  if (above->count != below->count) return;
  cn_space_header tried = *h;
  for (size_t i = 0; i < above->count; i++)
    if (distance(above->words[i].begin[0], below->words[i].begin[0]) > NEAR ||
        !insert_column(space, &tried, &above->words[i], &below->words[i]))
      return;
  *h = tried;
  h->first--;
  h->last++;
}

/* Three known words, or two that are all there is; a task or serial among them; nothing that reads like a sentence. */
static bool is_header(const cn_space *space, const cn_space_header *h) {
  size_t known = 0, exact_words = 0, telling = 0;
  for (size_t c = 0; c < h->count; c++) {
    cn_field field = h->columns[c].field;
    known += field != CN_FIELD_NONE;
    exact_words += is_exact(space, h->columns[c].title);
    telling += field == CN_FIELD_SERIAL || field == CN_FIELD_TASK || field == CN_FIELD_MEASURE;
    if (h->columns[c].title.n > 3 * HEADER_POINTS || cn_view_find(h->columns[c].title, CN_VIEW("。"), 0) != SIZE_MAX)
      return false;
  }
  if (h->count < 2 || !telling || exact_words < 2) return false;
  return known >= 3 ? known * 2 >= h->count : known == h->count;
}

static bool find_header(const cn_space *space, size_t at, cn_space_header *h) {
  *h = (cn_space_header){.first = at, .last = at, .serial = SIZE_MAX, .task = SIZE_MAX};
  const cn_space_line *line = &space->lines[at];
  if (line->kind != CN_SPACE_TEXT || line->count < 2 || line->count > 3 * CN_SPACE_COLUMNS || line->line.text.n > 600)
    return false;
  if (memchr(line->line.text.p, '|', line->line.text.n)) return false; /* a table drawn with | */
  read_line(space, line, h);
  if (!is_header(space, h)) {
    take_below(space, h, at + 1);
    if (h->last == at || !is_header(space, h)) return false;
  } else {
    take_below(space, h, at + 1);
    take_around(space, h);
  }
  cn_space_levels(space, h);
  for (size_t c = h->count; c-- > 0;) {
    if (h->columns[c].field == CN_FIELD_SERIAL) h->serial = c;
    if (h->columns[c].field == CN_FIELD_TASK) h->task = c;
  }
  for (size_t c = h->count; h->task == SIZE_MAX && c-- > 0;)
    if (h->columns[c].field == CN_FIELD_MEASURE) h->task = c;
  return true;
}

bool cn_space_find_header(const cn_space *space, size_t at, cn_space_header *header) {
  if (space->lines[at].headless) return false;
  cn_arena_mark mark = cn_arena_get_mark(space->document->window);
  bool found = find_header(space, at, header);
  if (!found) cn_arena_rewind(space->document->window, mark);
  space->lines[at].headless = !found;
  return found;
}

bool cn_space_same_header(const cn_space_header *a, const cn_space_header *b) {
  if (a->count != b->count) return false;
  for (size_t c = 0; c < a->count; c++)
    if (a->columns[c].field != b->columns[c].field) return false;
  return true;
}
