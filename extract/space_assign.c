/* space_assign: words into columns. See space_table.h.
 *
 * In:  the words of lines and a header.  Out: each word's column. First whole chunks (words with wide gaps around them)
 * tell where columns begin and how wide they are; then each line's words are shared out among the columns from left to
 * right at the least cost. pdftotext leaves one blank between full cells and lets the columns behind a line rich in
 * Latin digits drift, so position, gap, width and looks all have a say and none decides. */
#include "core/fold.h"
#include "core/utf8.h"
#include "extract/serial.h"
#include "extract/space_table.h"

enum { WIDE_GAP = 3, PLACES = 512, FAR = 14, IMPOSSIBLE = 1 << 28 };

typedef struct assigner {
  cn_space *space;
  cn_space_header *h;
  size_t from, to;
  bool settled;               /* columns' places are known; before, the header's words stand for them */
  bool local;                 /* they are those of the lines around */
  int64_t last;               /* the serial number found last */
  uint32_t (*widths)[PLACES]; /* of each column's chunks, how many are how wide */
} assigner;

static int32_t minimum(int32_t a, int32_t b) { return a < b ? a : b; }
static int32_t absolute(int32_t a) { return a < 0 ? -a : a; }

/* ---- Which metric, and whether there are columns at all ---- */

static void choose_metric(assigner *a) {
  uint64_t best = 0;
  size_t wide = 0, all = 0;
  for (int metric = 0; metric < CN_METRICS; metric++) {
    uint32_t seen[PLACES] = {0};
    uint64_t score = 0;
    for (size_t i = a->from; i < a->to; i++)
      for (size_t w = 1; w < a->space->lines[i].count; w++) {
        const cn_space_word *word = &a->space->lines[i].words[w];
        all++;
        if (word->gap < 2) continue;
        wide++;
        if (word->begin[metric] < PLACES) seen[word->begin[metric]]++;
      }
    for (size_t i = 0; i < PLACES; i++) score += (uint64_t)seen[i] * seen[i];
    if (metric == 0 || score >= best) a->h->metric = (cn_metric)metric;
    if (score > best) best = score;
  }
  bool gaps = false;
  for (size_t w = 1; w < a->space->lines[a->h->first].count; w++)
    gaps = gaps || a->space->lines[a->h->first].words[w].gap > 1;
  a->h->aligned = wide * 8 > all || (gaps && wide);
}

/* ---- What a place costs ---- */

static bool is_number(cn_view text) {
  cn_serial serial;
  return text.n < 24 && cn_serial_cell(text, &serial);
}

/* How far a word stands from the header's word: nothing where one is above the other. */
static int32_t from_header(const assigner *a, const cn_space_word *word, uint32_t end, size_t c) {
  cn_metric m = a->h->metric;
  int32_t b = (int32_t)word->begin[m], e = (int32_t)end, hb = (int32_t)a->h->columns[c].begin[m],
          he = (int32_t)a->h->columns[c].end[m];
  int32_t apart = e < hb ? hb - e + 1 : b > he ? b - he + 1 : 0;
  return minimum(absolute(b - hb), apart + (apart == 0 && b != hb ? 1 : 0));
}

static int32_t place_cost(const assigner *a, const cn_space_word *word, uint32_t end, size_t c) {
  int32_t off =
      a->settled ? absolute((int32_t)word->begin[a->h->metric] - a->h->columns[c].at) : from_header(a, word, end, c);
  return 2 * minimum(off, FAR);
}

/* Costs of one line's sharing; looks are asked for once for each run of words, whatever the column. */
typedef struct sharing {
  int32_t cost[CN_SPACE_COLUMNS + 1][CN_SPACE_WORDS + 1];
  uint8_t begin[CN_SPACE_COLUMNS + 1][CN_SPACE_WORDS + 1]; /* first word of the last column's cell */
  cn_looks *looks;                                         /* of words [from, to): at from * (count + 1) + to */
} sharing;

/* A number at the line's head that goes on from the row above, or begins anew, is the serial wherever it stands. */
static int32_t serial_cost(const assigner *a, cn_view text, size_t at) {
  cn_serial serial;
  if (text.n >= 24 || !cn_serial_cell(text, &serial)) return 80;
  bool next = serial.value == a->last + 1 || (serial.value == 1 && serial.style == CN_SERIAL_ARABIC);
  return a->local && at < 2 && next ? -16 : 0;
}

static int32_t looks_cost(const assigner *a, const sharing *s, const cn_space_line *line, size_t from, size_t to,
                          size_t c) {
  cn_view text = cn_view_between(line->words[from].text.p, line->words[to - 1].text.p + line->words[to - 1].text.n);
  if (c == a->h->serial) return to == from + 1 ? serial_cost(a, text, from) : 80;
  if (text.n > 200) return 0;
  cn_looks *looks = &s->looks[from * (line->count + 1) + to];
  if (!looks->points)
    *looks = cn_looks_of(a->space->document->window, a->space->document->rules, a->space->words, text);
  int fit = cn_cell_fit(*looks, a->h->columns[c].field);
  int32_t number = from == 0 && looks->serial && a->h->serial != SIZE_MAX ? 12 : 0;
  return number + (a->h->aligned ? -fit / 6 : -fit);
}

/* Cost of going on with a cell over a blank: wide gaps part cells, and so does the place where another column begins.
 */
static int32_t join_cost(const assigner *a, const cn_space_word *word, size_t c) {
  const char before = word[-1].text.p[word[-1].text.n - 1], after = word->text.p[0];
  bool numbers = before >= '0' && before <= '9' && after >= '0' && after <= '9'; /* no writer parts digits from digits */
  int32_t gap = (int32_t)word->gap, cost = numbers ? 10 : 0;
  cost += gap < 2 ? 0 : gap < 4 ? 6 * (gap - 1) : minimum(20 + gap, 50);
  for (size_t right = c + 1; a->settled && right < a->h->count; right++)
    if (absolute((int32_t)word->begin[a->h->metric] - a->h->columns[right].at) <= 1) return cost + 6;
  return cost;
}

/* 12 月底 is one thing, where a PDF has put blanks between digits and ideographs; a serial number is another. */
static int32_t cut_cost(const assigner *a, const cn_space_line *line, size_t from, size_t c) {
  if (!a->space->spaced || from < 2 || line->words[from].gap > 1 || c == a->h->serial + 1) return 0;
  cn_view left = line->words[from - 1].text;
  char digit = left.p[left.n - 1];
  return digit >= '0' && digit <= '9' && cn_is_han(cn_utf8_at(line->words[from].text.p, NULL)) ? 30 : 0;
}

/* Whether the cell of the column before is full and ends one blank ahead of word `from`: pdftotext has then pushed this
 * cell to wherever there was room. */
static bool is_pushed(const assigner *a, const sharing *s, const cn_space_line *line, size_t from, size_t c) {
  if (a->h->metric != CN_METRIC_POINTS || !a->settled || c == 0 || from == 0 || line->words[from].gap > 1) return false;
  size_t begin = s->begin[c][from];
  uint32_t full = a->h->columns[c - 1].width;
  uint32_t width = line->words[from - 1].end[CN_METRIC_COLUMNS] - line->words[begin].begin[CN_METRIC_COLUMNS];
  return begin < from && full && width + 2 >= full && width <= full + 2;
}

/* Cost of words [from, to) as the cell of column c. */
static int32_t cell_cost(const assigner *a, const sharing *s, const cn_space_line *line, size_t from, size_t to,
                         size_t c) {
  const cn_space_word *first = &line->words[from], *last = &line->words[to - 1];
  int32_t cost = looks_cost(a, s, line, from, to, c);
  if (!a->h->aligned) return cost;
  int32_t place = place_cost(a, first, last->end[a->h->metric], c);
  bool pushed = is_pushed(a, s, line, from, c);
  if (pushed) place = minimum(place, 8);
  cost += place + cut_cost(a, line, from, c);
  if (from > 0 && first->gap < 2) cost += pushed || (a->local && place <= 2) ? 1 : 7;
  for (size_t i = from + 1; i < to; i++) cost += join_cost(a, &line->words[i], c);
  int32_t width = (int32_t)(last->end[CN_METRIC_COLUMNS] - first->begin[CN_METRIC_COLUMNS]);
  int32_t over = width - (int32_t)a->h->columns[c].width - 2;
  if (a->settled && a->h->columns[c].width && over > 0) cost += minimum(6 * over, 90);
  return cost;
}

/* ---- The cheapest way ---- */

static void share(const assigner *a, cn_space_line *line, sharing *s) {
  size_t n = line->count, k = a->h->count;
  cn_arena *arena = a->space->document->window;
  cn_arena_mark mark = cn_arena_get_mark(arena);
  s->looks = cn_arena_new(arena, cn_looks, (n + 1) * (n + 1));
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
  for (size_t c = k, to = n; c-- > 0;) {
    size_t from = s->begin[c + 1][to];
    for (size_t i = from; i < to; i++) line->words[i].column = (uint8_t)c;
    to = from;
  }
  cn_arena_rewind(arena, mark);
}

/* ---- Where columns begin ---- */

/* Words with less than a wide gap between them, as one. */
static cn_space_line chunks_of(const assigner *a, const cn_space_line *line, cn_space_word *words) {
  cn_space_line chunks = *line;
  chunks.words = words;
  chunks.count = 0;
  for (size_t i = 0; i < line->count; i++) {
    bool number = i == 1 && is_number(line->words[0].text) && a->h->serial != SIZE_MAX;
    if (i && line->words[i].gap < WIDE_GAP - 1 && !number) {
      cn_space_word *last = &words[chunks.count - 1];
      last->text = cn_view_between(last->text.p, line->words[i].text.p + line->words[i].text.n);
      memcpy(last->end, line->words[i].end, sizeof last->end);
    } else {
      words[chunks.count++] = line->words[i];
    }
  }
  return chunks;
}

/* The place where most cells of a column begin, neighbours counting half; right of the column before, not far from
 * where it was thought to be. False where it has no cells. */
static bool settle_column(cn_space_column *column, const uint32_t *seen, int32_t left) {
  uint64_t best = 0;
  int32_t from = column->at - FAR < left ? left : column->at - FAR, to = minimum(column->at + FAR, PLACES - 1);
  for (int32_t i = from < 0 ? 0 : from; i <= to; i++) {
    uint64_t near = 2 * (uint64_t)seen[i] + (i ? seen[i - 1] : 0) + (i + 1 < PLACES ? seen[i + 1] : 0);
    if (near > best) best = near, column->at = i;
  }
  if (best && column->at < left) column->at = left;
  return best > 0;
}

/* Counts a chunk's width, if it ends ahead of the next column. */
static void count_width(assigner *a, const cn_space_word *chunk) {
  const cn_space_header *h = a->h;
  size_t c = chunk->column;
  uint32_t width = chunk->end[CN_METRIC_COLUMNS] - chunk->begin[CN_METRIC_COLUMNS];
  bool inside = c + 1 == h->count || (int32_t)chunk->end[h->metric] <= h->columns[c + 1].at + 1;
  if (inside && width < PLACES && absolute((int32_t)chunk->begin[h->metric] - h->columns[c].at) < 4)
    a->widths[c][width]++;
}

/* How wide a column's full lines are: the upper end of the widths that are most frequent, wide ones counting more. What
 * is wider is two cells with one blank between them. */
static uint32_t full_width(const uint32_t *widths, int power) {
  uint64_t best = 0;
  uint32_t found = 0;
  for (uint32_t w = 1; w < PLACES; w++) {
    uint64_t near = 0;
    for (uint32_t i = w > 3 ? w - 3 : 0; i <= w; i++) near += widths[i];
    for (int i = 0; i < power; i++) near *= w;
    if (widths[w] && near > best) best = near, found = w;
  }
  return found;
}

/* Where people align columns, with two blanks or more between them, the widest cell tells a column's width. */
static void find_widths(assigner *a) {
  for (size_t c = 0; c < a->h->count; c++) {
    uint32_t most = PLACES - 1;
    while (most && !a->widths[c][most]) most--;
    a->h->columns[c].full = full_width(a->widths[c], 2);
    a->h->columns[c].width = a->h->metric == CN_METRIC_COLUMNS ? most : full_width(a->widths[c], 1);
  }
}

/* One round over a page's chunks: shares them out, then moves the columns to where their cells begin, or counts widths.
 */
static void settle(assigner *a, sharing *s, bool places) {
  uint32_t(*seen)[PLACES] = cn_arena_array(a->space->document->window, sizeof *seen, CN_SPACE_COLUMNS);
  for (size_t i = a->from; i < a->to; i++) {
    cn_space_word words[CN_SPACE_WORDS];
    if (a->space->lines[i].kind != CN_SPACE_CELLS) continue;
    cn_space_line chunks = chunks_of(a, &a->space->lines[i], words);
    share(a, &chunks, s);
    for (size_t w = 0; w < chunks.count; w++) {
      uint32_t begin = words[w].begin[a->h->metric];
      if (!places) count_width(a, &words[w]);
      if (begin < PLACES) seen[words[w].column][begin]++;
    }
  }
  int32_t left = 0;
  for (size_t c = 0; places && c < a->h->count; c++)
    if (settle_column(&a->h->columns[c], seen[c], left)) left = a->h->columns[c].at + 2;
}

/* ---- What a line is ---- */

static const cn_space_column *task_of(const cn_space_header *h) {
  return h->task == SIZE_MAX ? NULL : &h->columns[h->task];
}

/* 一、提升审批服务效能; （二）…: a section's heading, unless such numerals are the table's own serials. */
static bool is_section(const assigner *a, cn_view text) {
  cn_serial serial;
  cn_view folded = cn_fold(a->space->document->window, text).text;
  if (!cn_serial_read(folded, 0, &serial) || serial.weak || serial.end >= folded.n) return false;
  return serial.style <= CN_SERIAL_HAN_PAREN && serial.style != CN_SERIAL_NONE;
}

/* Whether the line runs across the columns: a heading, a contact line, prose below the table. */
static bool runs_across(const assigner *a, const cn_space_line *line) {
  cn_metric m = a->h->metric;
  const cn_space_word *first = &line->words[0];
  cn_view text = cn_view_trim(line->line.text);
  const cn_space_column *task = task_of(a->h);
  int32_t begin = (int32_t)first->begin[m], end = (int32_t)first->end[m], task_at = task ? task->at : 0;
  if (line->count == CN_SPACE_WORDS) return true;
  if (cn_looks_of(a->space->document->window, a->space->document->rules, a->space->words, text).contact ||
      *text.p == '#')
    return true;
  if (!a->h->aligned) return !is_number(first->text) && line->count < 2;
  bool left = begin < task_at - 1;
  if (left && is_section(a, text)) return true;
  if (left && !is_number(first->text) && end > task_at + 3) return true;
  size_t c = 0;
  while (c + 1 < a->h->count && a->h->columns[c + 1].at <= begin + 1) c++;
  uint32_t width = first->end[CN_METRIC_COLUMNS] - first->begin[CN_METRIC_COLUMNS];
  return line->count == 1 && a->h->columns[c].width && width > a->h->columns[c].width + 8;
}

/* 15加强…: a number in the serial's place with the text behind it, cut apart. */
static void part_serial(const assigner *a, cn_space_line *line, size_t at) {
  if (a->h->serial == SIZE_MAX || at >= line->count || line->count >= CN_SPACE_WORDS) return;
  cn_space_word *word = &line->words[at];
  size_t digits = 0, len = 0;
  while (digits < word->text.n && word->text.p[digits] >= '0' && word->text.p[digits] <= '9') digits++;
  if (!digits || digits > 3 || digits == word->text.n || !cn_is_han(cn_utf8_at(word->text.p + digits, &len))) return;
  const cn_space_column *task = task_of(a->h);
  int32_t begin = (int32_t)word->begin[a->h->metric], serial_at = a->h->columns[a->h->serial].at;
  if (!task || begin > serial_at + 2 || begin >= task->at - 1) return;
  size_t capacity = line->count;
  line->words = cn_arena_grow(a->space->document->window, line->words, line->count, &capacity, sizeof *line->words);
  memmove(line->words + at + 2, line->words + at + 1, (line->count - at - 1) * sizeof *line->words);
  word = &line->words[at];
  word[1] = *word;
  word->text.n = digits;
  word[1].text = cn_view_slice(word[1].text, digits, word[1].text.n);
  word[1].gap = 2;
  for (int m = 0; m < CN_METRICS; m++) {
    word->end[m] = word->begin[m] + (uint32_t)digits;
    word[1].begin[m] = (uint32_t)task->at > word->end[m] ? (uint32_t)task->at : word->end[m];
  }
  line->count++;
}

/* ---- Page by page, line by line ---- */

typedef struct page {
  size_t from, to;
  int32_t at[CN_SPACE_COLUMNS];
} page;

static void enter(assigner *a, const page *p) {
  a->from = p->from;
  a->to = p->to;
  for (size_t c = 0; c < a->h->count; c++) a->h->columns[c].at = p->at[c];
}

static void leave(const assigner *a, page *p) {
  for (size_t c = 0; c < a->h->count; c++) p->at[c] = a->h->columns[c].at;
}

/* The lines between two form feeds or, where a PDF's tables are told apart by lines that run across, two such lines:
 * columns may stand elsewhere in each. */
static size_t find_pages(const assigner *a, size_t from, size_t to, page **pages) {
  size_t count = 0, capacity = 0;
  *pages = NULL;
  for (size_t i = from; i < to; i++) {
    const cn_space_line *line = &a->space->lines[i];
    bool across = a->h->metric == CN_METRIC_POINTS && line->kind == CN_SPACE_TEXT;
    if (i > from && !line->page && !across) continue;
    *pages = cn_arena_grow(a->space->document->window, *pages, count, &capacity, sizeof **pages);
    if (count) (*pages)[count - 1].to = i;
    (*pages)[count++] = (page){.from = i, .to = to};
  }
  return count;
}

static void settle_pages(assigner *a, sharing *s, page *pages, size_t count) {
  for (size_t i = 0; i < count; i++) {
    for (size_t c = 0; c < a->h->count; c++) pages[i].at[c] = a->h->columns[c].at;
    enter(a, &pages[i]);
    settle(a, s, true);
    a->settled = true;
    leave(a, &pages[i]);
  }
  memset(a->widths, 0, CN_SPACE_COLUMNS * sizeof *a->widths);
  for (size_t i = 0; i < count; i++) {
    enter(a, &pages[i]);
    settle(a, s, false);
  }
  find_widths(a);
}

static bool is_cells(const assigner *a, size_t at) { return a->space->lines[at].kind == CN_SPACE_CELLS; }

/* The run of cell lines around `at`, at most REACH lines up and down. */
enum { REACH = 5, PLACES_NEAR = 64 };

static void lines_near(const assigner *a, size_t at, size_t *from, size_t *to) {
  *from = *to = at;
  while (*from > a->from && at - *from < REACH && is_cells(a, *from - 1)) --*from;
  while (*to + 1 < a->to && *to - at < REACH && is_cells(a, *to + 1)) ++*to;
}

typedef struct places {
  int32_t at[PLACES_NEAR];
  int32_t fit[PLACES_NEAR][CN_SPACE_COLUMNS]; /* how well what begins there looks in each column */
  size_t count;
} places;

static void add_place(places *p, int32_t at) {
  size_t k = p->count;
  if (k == PLACES_NEAR) return;
  for (; k > 0 && p->at[k - 1] > at; k--) p->at[k] = p->at[k - 1];
  p->at[k] = at;
  p->count++;
}

/* Where a column's cells begin in the lines around `at`: the median; `otherwise` where that says little. */
static int32_t place_near(const assigner *a, size_t at, size_t column, int32_t otherwise) {
  places found = {.count = 0};
  size_t from, to;
  lines_near(a, at, &from, &to);
  for (size_t i = from; i <= to; i++)
    for (size_t w = 0; w < a->space->lines[i].count; w++) {
      if (a->space->lines[i].words[w].column != column) continue;
      add_place(&found, (int32_t)a->space->lines[i].words[w].begin[a->h->metric]);
      break;
    }
  int32_t middle = found.count > 2 ? found.at[found.count / 2] : otherwise;
  return absolute(middle - otherwise) <= 3 ? middle : otherwise;
}

/* What the words from `w` to the next wide gap look like. */
static cn_looks chunk_looks(const assigner *a, cn_space_line *line, size_t w) {
  cn_space_word *first = &line->words[w];
  if (!first->looks) {
    size_t last = w;
    while (last + 1 < line->count && line->words[last + 1].gap < 2) last++;
    cn_looks *looks = cn_arena_new(a->space->document->window, cn_looks, 1);
    *looks = cn_looks_of(a->space->document->window, a->space->document->rules, a->space->words,
                         cn_view_between(first->text.p, line->words[last].text.p + line->words[last].text.n));
    first->looks = looks;
  }
  return *first->looks;
}

/* The places, right of the task, where words begin behind a wide gap in the lines around `at`; near ones are one. */
static void places_near(const assigner *a, size_t at, places *grouped) {
  places all = {.count = 0};
  size_t from, to;
  int32_t left = a->h->columns[a->h->task].at + 8;
  lines_near(a, at, &from, &to);
  for (size_t i = from; i <= to; i++)
    for (size_t w = 0; w < a->space->lines[i].count; w++) {
      const cn_space_word *word = &a->space->lines[i].words[w];
      if (word->gap >= 2 && (int32_t)word->begin[a->h->metric] > left)
        add_place(&all, (int32_t)word->begin[a->h->metric]);
    }
  grouped->count = 0;
  for (size_t i = 0; i < all.count;) {
    size_t n = i + 1;
    while (n < all.count && all.at[n] - all.at[n - 1] <= 2) n++;
    grouped->at[grouped->count++] = all.at[i + (n - i) / 2];
    i = n;
  }
  memset(grouped->fit, 0, grouped->count * sizeof *grouped->fit);
  for (size_t i = from; i <= to; i++)
    for (size_t w = 0; w < a->space->lines[i].count; w++) {
      const cn_space_word *word = &a->space->lines[i].words[w];
      for (size_t g = 0; word->gap >= 2 && g < grouped->count; g++) {
        if (absolute((int32_t)word->begin[a->h->metric] - grouped->at[g]) > 2) continue;
        cn_looks looks = chunk_looks(a, &a->space->lines[i], w);
        for (size_t c = a->h->task + 1; c < a->h->count; c++)
          grouped->fit[g][c] += cn_cell_fit(looks, a->h->columns[c].field);
      }
    }
}

/* Gives each of the columns right of the task the place, in order, that costs least in all; a column may go without. */
static void match_places(const assigner *a, const places *found, const page *p, int32_t *at) {
  enum { WITHOUT = 6, UNUSED = 20, APART = 5 };
  bool matched[CN_SPACE_COLUMNS];
  memset(matched, true, sizeof matched);
  size_t k = a->h->count, first = a->h->task + 1, n = found->count;
  int32_t cost[CN_SPACE_COLUMNS + 1][PLACES_NEAR + 1];
  bool used[CN_SPACE_COLUMNS + 1][PLACES_NEAR + 1];
  for (size_t j = 0; j <= n; j++) cost[first][j] = UNUSED * (int32_t)j;
  for (size_t c = first; c < k; c++)
    for (size_t j = 0; j <= n; j++) {
      cost[c + 1][j] = cost[c][j] + WITHOUT;
      used[c + 1][j] = false;
      if (j && cost[c + 1][j - 1] + UNUSED < cost[c + 1][j]) cost[c + 1][j] = cost[c + 1][j - 1] + UNUSED;
      if (!j) continue;
      int32_t fit = found->fit[j - 1][c] / 4, off = minimum(absolute(found->at[j - 1] - p->at[c]), FAR);
      off += cost[c][j - 1] - (fit > 15 ? 15 : fit < -15 ? -15 : fit);
      if (off < cost[c + 1][j]) cost[c + 1][j] = off, used[c + 1][j] = true;
    }
  for (size_t c = k, j = n; c > first;) {
    if (used[c][j])
      at[--c] = found->at[--j];
    else if (j && cost[c][j] == cost[c][j - 1] + UNUSED)
      j--;
    else
      matched[--c] = false;
  }
  for (size_t c = k - 1; c > first; c--)
    if (!matched[c - 1] && at[c - 1] >= at[c] - 1) at[c - 1] = at[c] - APART;
  for (size_t c = first + 1; c < k; c++)
    if (!matched[c] && at[c] <= at[c - 1] + 1) at[c] = at[c - 1] + APART;
}

static void find_serial(const assigner *a, cn_space_line *line) {
  cn_serial serial;
  for (size_t i = 0; i < line->count; i++)
    if (line->words[i].column == a->h->serial && cn_serial_cell(line->words[i].text, &serial))
      line->serial = serial.value;
}

static void share_line(assigner *a, sharing *s, size_t at) {
  cn_space_line *line = &a->space->lines[at];
  share(a, line, s);
  line->serial = CN_NONE;
  find_serial(a, line);
  if (line->serial != CN_NONE) a->last = line->serial;
}

static void share_page(assigner *a, sharing *s, const page *p) {
  int64_t last = a->last;
  enter(a, p);
  a->local = false;
  for (size_t i = p->from; i < p->to; i++)
    if (is_cells(a, i)) share_line(a, s, i);
  if (!a->h->aligned || a->h->metric != CN_METRIC_POINTS || a->h->task == SIZE_MAX) return;
  a->local = true;
  for (int round = 0; round < 3; round++) {
    page before = *p; /* the places of the line above: columns drift, they do not jump */
    a->last = last;
    for (size_t i = p->from; i < p->to; i++) {
      int32_t at[CN_SPACE_COLUMNS];
      if (!is_cells(a, i)) continue;
      memcpy(at, before.at, sizeof at);
      a->h->columns[a->h->task].at = p->at[a->h->task];
      places found;
      places_near(a, i, &found);
      match_places(a, &found, &before, at);
      memcpy(before.at, at, sizeof at);
      for (size_t c = 0; c < a->h->count; c++) a->h->columns[c].at = round ? place_near(a, i, c, at[c]) : at[c];
      share_line(a, s, i);
    }
  }
}

static void sort_lines(const assigner *a, const page *p) {
  for (size_t i = p->from; i < p->to; i++) {
    cn_space_line *line = &a->space->lines[i];
    if (line->kind == CN_SPACE_CELLS && runs_across(a, line)) line->kind = CN_SPACE_TEXT;
  }
}

void cn_space_assign(cn_space *space, cn_space_header *header, size_t from, size_t to) {
  assigner a = {.space = space, .h = header, .from = from, .to = to};
  sharing *s = cn_arena_new(space->document->window, sharing, 1);
  page *pages;
  a.widths = cn_arena_array(space->document->window, sizeof *a.widths, CN_SPACE_COLUMNS);
  choose_metric(&a);
  for (size_t c = 0; c < header->count; c++) header->columns[c].at = (int32_t)header->columns[c].begin[header->metric];
  for (size_t i = from; i < to; i++)
    if (space->lines[i].kind == CN_SPACE_TEXT && space->lines[i].count) space->lines[i].kind = CN_SPACE_CELLS;
  size_t count = 0;
  for (int round = 0; round < 3; round++) {
    count = find_pages(&a, from, to, &pages);
    if (header->aligned) settle_pages(&a, s, pages, count);
    for (size_t i = 0; round < 2 && i < count; i++) {
      enter(&a, &pages[i]);
      sort_lines(&a, &pages[i]);
    }
    if (!header->aligned) break;
    for (size_t c = 0; count && c < header->count; c++) header->columns[c].at = pages[0].at[c];
  }
  for (size_t p = 0; p < count; p++) {
    enter(&a, &pages[p]);
    for (size_t i = pages[p].from; i < pages[p].to; i++) {
      if (!is_cells(&a, i)) continue;
      part_serial(&a, &space->lines[i], 0);
      part_serial(&a, &space->lines[i], 1);
    }
    share_page(&a, s, &pages[p]);
  }
}
