/* space_share: a line's words into columns. See space_assign.h.
 *
 * In:  words, and columns with places and widths.  Out: each word's column. pdftotext leaves one blank between full
 * cells and lets the columns behind a line rich in Latin digits drift, so position, gap, width and looks all have a
 * say. */
#include "core/utf8.h"
#include "extract/space_assign.h"

enum { IMPOSSIBLE = 1 << 28 };

/* ---- What a place costs ---- */

bool cn_space_is_number(cn_view text) {
  cn_serial serial;
  return text.n < 24 && cn_serial_cell(text, &serial);
}

/* How far a word stands from the header's word: nothing where one is above the other. */
static int32_t from_header(const cn_assigner *a, const cn_space_word *word, uint32_t end, size_t c) {
  cn_metric m = a->h->metric;
  int32_t b = (int32_t)word->begin[m], e = (int32_t)end, hb = (int32_t)a->h->columns[c].begin[m],
          he = (int32_t)a->h->columns[c].end[m];
  int32_t apart = e < hb ? hb - e + 1 : b > he ? b - he + 1 : 0;
  return minimum(absolute(b - hb), apart + (apart == 0 && b != hb ? 1 : 0));
}

static int32_t place_cost(const cn_assigner *a, const cn_space_word *word, uint32_t end, size_t c) {
  int32_t off =
      a->settled ? absolute((int32_t)word->begin[a->h->metric] - a->h->columns[c].at) : from_header(a, word, end, c);
  return 2 * minimum(off, CN_SPACE_FAR);
}

/* Whether a number goes on from the row above or begins anew. */
static bool is_next(const cn_assigner *a, int64_t value) { return value == 1 || value == a->last + 1; }

/* A number at the line's head that goes on is the serial wherever it stands; one that is far off is rather a line of
 * the task that begins with a number: 新增停车泊位2500— | 3000 | 个. A row or two may be missing. */
static int32_t serial_cost(const cn_assigner *a, cn_view text, size_t at) {
  cn_serial serial;
  if (text.n >= 24 || !cn_serial_cell(text, &serial)) return 80;
  if (!a->counting) return 0;
  if (is_next(a, serial.value)) return a->local && at < 2 ? -16 : 0;
  bool near = serial.value > a->last && serial.value <= a->last + 3;
  return near || !a->last ? 0 : 10;
}

static int32_t fit_cost(const cn_assigner *a, const cn_looks *looks, size_t from, size_t c) {
  int32_t number = from == 0 && looks->serial && a->h->serial != SIZE_MAX && (!a->counting || is_next(a, looks->value))
                       ? 12
                       : 0,
          fit = cn_cell_fit(*looks, a->h->columns[c].field);
  return number + (a->h->aligned ? -fit / 6 : -fit);
}

static int32_t looks_cost(const cn_assigner *a, const cn_sharing *s, const cn_space_line *line, size_t from, size_t to,
                          size_t c) {
  cn_view text = cn_view_between(line->words[from].text.p, line->words[to - 1].text.p + line->words[to - 1].text.n);
  if (c == a->h->serial) return to == from + 1 ? serial_cost(a, text, from) : 80;
  if (text.n > 200 || !s->looks) return 0;
  for (size_t i = from + 1; i < to; i++)
    if (line->words[i].gap > 3) return 0;
  cn_looks *looks = &s->looks[from * (line->count + 1) + to];
  if (!looks->points)
    *looks = cn_looks_of(a->space->document->window, a->space->document->rules, a->space->words, text);
  return fit_cost(a, looks, from, c);
}

/* Cost of going on with a cell over a blank: wide gaps part cells, and so does the place where another column begins.
 */
static int32_t join_cost(const cn_assigner *a, const cn_space_word *word, size_t c) {
  const char before = word[-1].text.p[word[-1].text.n - 1], after = word->text.p[0];
  bool numbers =
      before >= '0' && before <= '9' && after >= '0' && after <= '9'; /* no writer parts digits from digits */
  int32_t gap = (int32_t)word->gap, cost = numbers ? 10 : 0;
  cost += gap < 2 ? 0 : gap < 4 ? 6 * (gap - 1) : minimum(20 + gap, 50);
  for (size_t right = c + 1; a->settled && right < a->h->count; right++)
    if (absolute((int32_t)word->begin[a->h->metric] - a->h->columns[right].at) <= 1) return cost + 6;
  return cost;
}

/* 12 月底 is one thing, where a PDF has put blanks between digits and ideographs; a serial number is another. */
static int32_t cut_cost(const cn_assigner *a, const cn_space_line *line, size_t from, size_t c) {
  if (!a->space->spaced || from < 2 || line->words[from].gap > 1 || c == a->h->serial + 1) return 0;
  cn_view left = line->words[from - 1].text;
  char digit = left.p[left.n - 1];
  return digit >= '0' && digit <= '9' && cn_is_han(cn_utf8_at(line->words[from].text.p, NULL)) ? 30 : 0;
}

/* Whether the cell of the column before is full and ends one blank ahead of word `from`: pdftotext has then pushed this
 * cell to wherever there was room. */
static bool is_pushed(const cn_assigner *a, const cn_sharing *s, const cn_space_line *line, size_t from, size_t c) {
  if (a->h->metric != CN_METRIC_POINTS || !a->settled || c == 0 || from == 0 || line->words[from].gap > 1) return false;
  size_t begin = s->begin[c][from];
  uint32_t full = a->h->columns[c - 1].width;
  uint32_t width = line->words[from - 1].end[CN_METRIC_COLUMNS] - line->words[begin].begin[CN_METRIC_COLUMNS];
  return begin < from && full && width + 2 >= full && width <= full + 2;
}

/* Cost of words [from, to) as the cell of column c. */
static int32_t cell_cost(const cn_assigner *a, const cn_sharing *s, const cn_space_line *line, size_t from, size_t to,
                         size_t c) {
  const cn_space_word *first = &line->words[from], *last = &line->words[to - 1];
  int32_t cost = looks_cost(a, s, line, from, to, c);
  if (!a->h->aligned) return cost;
  int32_t place = place_cost(a, first, last->end[a->h->metric], c);
  bool pushed = is_pushed(a, s, line, from, c);
  if (pushed) place = minimum(place, 4);
  cost += place + cut_cost(a, line, from, c);
  if (from > 0 && first->gap < 2) cost += pushed || (a->local && place <= 2) ? 1 : 7;
  for (size_t i = from + 1; i < to; i++) cost += join_cost(a, &line->words[i], c);
  int32_t width = (int32_t)(last->end[CN_METRIC_COLUMNS] - first->begin[CN_METRIC_COLUMNS]);
  int32_t slack = a->h->columns[c].width < 20 ? 1 : 2, over = width - (int32_t)a->h->columns[c].width - slack;
  if (a->settled && a->h->columns[c].width && over > 0) cost += minimum(6 * over, 90);
  return cost;
}

/* ---- The cheapest way ---- */

/* Looks are asked for many times, round after round: a line keeps them, unless it has so many words that they are many.
 */
static cn_looks *looks_of(const cn_assigner *a, cn_space_line *line) {
  enum { MOST_KEPT = 12 };
  size_t count = (line->count + 1) * (line->count + 1);
  cn_looks *looks = line->looks;
  if (a->blind || looks) return a->blind ? NULL : looks;
  looks = cn_arena_new(a->space->document->window, cn_looks, count);
  if (line->count <= MOST_KEPT) line->looks = looks;
  return looks;
}

static void fill_costs(const cn_assigner *a, const cn_space_line *line, cn_sharing *s) {
  size_t n = line->count, k = a->h->count;
  for (size_t i = 0; i <= n; i++) s->cost[0][i] = i ? IMPOSSIBLE : 0;
  for (size_t c = 0; c < k; c++)
    for (size_t to = 0; to <= n; to++) {
      s->cost[c + 1][to] = s->cost[c][to];
      s->begin[c + 1][to] = (uint8_t)to;
      for (size_t from = to; from-- > 0;) {
        if (s->cost[c][from] >= IMPOSSIBLE) continue;
        int32_t cost = s->cost[c][from] + cell_cost(a, s, line, from, to, c);
        if (cost >= s->cost[c + 1][to]) continue;
        s->cost[c + 1][to] = cost;
        s->begin[c + 1][to] = (uint8_t)from;
      }
    }
}

void cn_space_share(const cn_assigner *a, cn_space_line *line, cn_sharing *s) {
  cn_arena_mark mark = cn_arena_get_mark(a->space->document->window);
  s->looks = looks_of(a, line);
  fill_costs(a, line, s);
  for (size_t c = a->h->count, to = line->count; c-- > 0;) {
    size_t from = s->begin[c + 1][to];
    for (size_t i = from; i < to; i++) line->words[i].column = (uint8_t)c;
    to = from;
  }
  if (!line->looks) cn_arena_rewind(a->space->document->window, mark);
}
