/* space_line: lines into words, and what a printed page adds to them. See space_table.h. */
#include "core/utf8.h"
#include "extract/space_table.h"

static void add_word(cn_space *space, cn_space_line *line, size_t *capacity, cn_space_word word) {
  if (line->count >= CN_SPACE_WORDS) return;
  line->words = cn_arena_grow(space->document->window, line->words, line->count, capacity, sizeof *line->words);
  line->words[line->count++] = word;
}

/* A blank's share of a gap: U+3000 alone may stand inside a name (李　刚), so that one counts as one. */
static uint32_t gap_of(uint32_t columns, uint32_t points) { return points == 1 ? 1 : columns; }

static void cut_line(cn_space *space, cn_space_line *line) {
  cn_view text = line->line.text;
  size_t capacity = 0, len;
  uint32_t at[CN_METRICS] = {0}, gap = 0, blanks = 0;
  cn_space_word word = {0};
  for (size_t i = 0; i < text.n; i += len) {
    uint32_t c = cn_utf8_at(text.p + i, &len), width = (uint32_t)cn_utf8_width(c);
    if (c == '\f') {
      line->page = true;
      continue;
    }
    if (c == '\t') width = 8 - at[CN_METRIC_COLUMNS] % 8;
    bool blank = cn_is_space(c);
    if (blank && word.text.p) {
      add_word(space, line, &capacity, word);
      word = (cn_space_word){0};
      gap = blanks = 0;
    }
    if (blank) {
      gap += width;
      blanks++;
    } else if (!word.text.p) {
      word = (cn_space_word){.text = {text.p + i, 0}, .gap = gap_of(gap, blanks)};
      memcpy(word.begin, at, sizeof at);
    }
    at[CN_METRIC_POINTS] += c == '\t' ? width : 1;
    at[CN_METRIC_COLUMNS] += width;
    if (blank) continue;
    word.text.n += len;
    memcpy(word.end, at, sizeof at);
  }
  if (word.text.p) add_word(space, line, &capacity, word);
  line->kind = line->count ? CN_SPACE_TEXT : CN_SPACE_BLANK;
}

/* ---- Page furniture ---- */

static cn_view strip_dashes(cn_view v) {
  static const char *const marks[] = {"—", "–", "-", "－", "·", "第", "共"};
  for (size_t i = 0; i < CN_COUNT(marks); i++) {
    cn_view mark = cn_view_of(marks[i]);
    while (v.n && cn_view_starts(v, mark)) v = cn_view_trim(cn_view_slice(v, mark.n, v.n)), i = 0;
    while (v.n && cn_view_ends(v, mark)) v = cn_view_trim(cn_view_slice(v, 0, v.n - mark.n)), i = 0;
  }
  return v;
}

static bool is_page_word(uint32_t c) { return c == 0x9875 || c == 0x5171 || c == 0x7B2C || c == 0xFF0C; } /* 页共第， */

/* — 2 —, - 2 -, 第 2 页 共 5 页, 2/5. A number alone is one only where `alone` says so. */
static bool is_page_number(cn_view line, bool alone) {
  cn_view text = cn_view_trim(line), inner = strip_dashes(text);
  if (!inner.n || inner.n > 24) return false;
  size_t digits = 0, others = 0, len;
  bool page = cn_view_find(text, CN_VIEW("页"), 0) != SIZE_MAX, slash = false;
  for (size_t i = 0; i < inner.n; i += len) {
    uint32_t c = cn_utf8_at(inner.p + i, &len);
    slash = slash || c == '/';
    if (c >= '0' && c <= '9')
      digits++;
    else if (!cn_is_space(c) && c != 0x2F && c != 0x2C && !(page && is_page_word(c)))
      others++;
  }
  if (page) return digits > 0 && cn_view_starts(text, CN_VIEW("第")) && inner.n - digits < 18;
  return digits > 0 && digits <= 8 && !others && (inner.n < text.n || slash || alone);
}

/* The text with digits masked, for comparing running heads. */
static cn_view masked(const cn_space *space, cn_view line) {
  cn_view text = cn_view_trim(line);
  char *out = cn_arena_new(space->document->window, char, text.n + 1);
  for (size_t i = 0; i < text.n; i++) out[i] = text.p[i] >= '0' && text.p[i] <= '9' ? '0' : text.p[i];
  return (cn_view){out, text.n};
}

/* The nearest line with text, going `step` from `at`; space->count for none. */
static size_t near_text(const cn_space *space, size_t at, size_t step) {
  while (at < space->count && (space->lines[at].kind == CN_SPACE_BLANK || space->lines[at].kind == CN_SPACE_DROPPED))
    at += step;
  return at < space->count ? at : space->count;
}

/* A running head is held off the page's text by a blank line or stands on the table's header. */
static bool stands_apart(const cn_space *space, size_t at, bool down) {
  cn_space_header header;
  size_t next = down ? at + 1 : at - 1;
  if (cn_space_find_header(space, at, &header)) return false;
  return next >= space->count || space->lines[next].kind != CN_SPACE_TEXT || cn_space_find_header(space, next, &header);
}

/* Drops the lines at the same place of two pages or more that say the same: a title at each page's head, a URL at its
 * foot. `down`: the first line of each page, else the last. */
static void drop_running(cn_space *space, bool down) {
  size_t pages = 0, *at = cn_arena_new(space->document->window, size_t, space->count + 1);
  for (size_t i = 0; i <= space->count; i++) {
    bool first = down && i < space->count && (i == 0 || space->lines[i].page);
    bool last = !down && i > 0 && (i == space->count || space->lines[i].page);
    if (!first && !last) continue;
    size_t line = down ? near_text(space, i, 1) : near_text(space, i - 1, SIZE_MAX);
    if (line < space->count) at[pages++] = line;
  }
  for (size_t i = 0; i < pages && i < 2000; i++) {
    size_t same = 0, near = i > 8 ? i - 8 : 0;
    cn_view text = masked(space, space->lines[at[i]].line.text);
    for (size_t j = near; j < pages && j < i + 8; j++)
      same += j != i && at[j] != at[i] && cn_view_equal(text, masked(space, space->lines[at[j]].line.text));
    if (same && text.n < 200 && stands_apart(space, at[i], down)) space->lines[at[i]].words->column = 1;
  }
  for (size_t i = 0; i < pages && i < 2000; i++) {
    cn_space_line *line = &space->lines[at[i]];
    if (line->words->column) line->words->column = 0, line->kind = CN_SPACE_DROPPED;
  }
}

static bool ends_page(const cn_space *space, size_t at) {
  size_t next = at + 1;
  while (next < space->count && space->lines[next].kind == CN_SPACE_BLANK && !space->lines[next].page) next++;
  return next == space->count || space->lines[next].page;
}

/* ------ ----------: pandoc's line under a header. */
static bool is_ruler(const cn_space_line *line) {
  for (size_t i = 0; i < line->count; i++) {
    cn_view word = line->words[i].text;
    for (size_t k = 0; k < word.n; k++)
      if (word.p[k] != '-' && word.p[k] != '=' && word.p[k] != '_') return false;
  }
  return line->count > 1 && line->words[0].text.n > 1;
}

static void drop_furniture(cn_space *space) {
  bool paged = false;
  for (size_t i = 0; i < space->count; i++) paged = paged || space->lines[i].page;
  for (size_t i = 0; i < space->count; i++) {
    cn_space_line *line = &space->lines[i];
    if (line->kind != CN_SPACE_TEXT) continue;
    bool alone = line->words[0].begin[CN_METRIC_POINTS] > 15 && paged && ends_page(space, i);
    if (is_page_number(line->line.text, alone) || is_ruler(line)) line->kind = CN_SPACE_DROPPED;
  }
  if (!paged) return;
  for (int round = 0; round < 2; round++) {
    drop_running(space, true);
    drop_running(space, false);
  }
}

/* ---- Blanks between digits and ideographs ---- */

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }
static bool is_narrow(uint32_t c) {
  return is_digit(c) || c == '%' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Counts digit-ideograph borders with and without a blank. */
static void count_borders(cn_view text, size_t *with, size_t *without) {
  uint32_t before = 0, last = 0;
  size_t len;
  for (size_t i = 0; i < text.n; i += len) {
    uint32_t c = cn_utf8_at(text.p + i, &len);
    *without += (is_digit(last) && cn_is_han(c)) || (cn_is_han(last) && is_digit(c));
    *with += last == ' ' && ((is_digit(before) && cn_is_han(c)) || (cn_is_han(before) && is_digit(c)));
    before = last;
    last = c;
  }
}

cn_view cn_space_clean(const cn_space *space, cn_view text) {
  if (!space->spaced || !text.n || !memchr(text.p, ' ', text.n)) return text;
  char *out = cn_arena_new(space->document->window, char, text.n + 1);
  uint32_t before = 0, last = 0;
  size_t n = 0, len;
  for (size_t i = 0; i < text.n; i += len) {
    uint32_t c = cn_utf8_at(text.p + i, &len);
    bool border = (is_narrow(before) && cn_is_han(c)) || (cn_is_han(before) && is_narrow(c));
    if (last == ' ' && border) n--;
    memcpy(out + n, text.p + i, len);
    n += len;
    before = last;
    last = c;
  }
  return (cn_view){out, n};
}

static bool has_pages(cn_lines lines) {
  for (size_t i = 0; i < lines.count; i++)
    if (lines.items[i].text.n && memchr(lines.items[i].text.p, '\f', lines.items[i].text.n)) return true;
  return false;
}

void cn_space_cut(cn_space *space, cn_lines lines) {
  size_t with = 0, without = 0;
  space->lines = cn_arena_new(space->document->window, cn_space_line, lines.count + 1);
  space->count = lines.count;
  for (size_t i = 0; i < lines.count; i++) {
    space->lines[i] = (cn_space_line){.line = lines.items[i], .serial = CN_NONE};
    cut_line(space, &space->lines[i]);
    count_borders(lines.items[i].text, &with, &without);
  }
  space->spaced = with >= 4 && with > 2 * without;
  space->paged = has_pages(lines);
  drop_furniture(space);
}
