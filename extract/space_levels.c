/* space_levels: the second line of a header held apart by blanks: 牵头单位 and 配合单位 under 责任单位.
 *
 * In:  a header and the lines around it.  Out: the same header with the lower words as columns of their own. The word
 * above them may stand in the header's line, or one line up where the cells are centred. See space_table.h. */
#include "extract/space_table.h"

enum { LONGEST = 24, FAR = 2 };

static bool is_known(const cn_space *space, cn_view text) {
  bool exact;
  if (text.n > LONGEST) return false;
  return cn_header_field(space->words, cn_compact(space->document->window, text), &exact) != CN_FIELD_NONE && exact;
}

static bool overlap(uint32_t begin, uint32_t end, uint32_t other_begin, uint32_t other_end) {
  return begin < other_end && other_begin < end;
}

static bool over(const cn_space_column *column, const cn_space_word *word) {
  return overlap(column->begin[1], column->end[1], word->begin[1], word->end[1]);
}

/* All words of the line below are headers: 牵头单位　配合单位. */
static bool is_lower(const cn_space *space, size_t at) {
  if (at >= space->count || space->lines[at].kind != CN_SPACE_TEXT) return false;
  const cn_space_line *line = &space->lines[at];
  for (size_t i = 0; i < line->count; i++)
    if (!is_known(space, line->words[i].text)) return false;
  return line->count >= 2;
}

static bool covers(const cn_space_word *word, const cn_space_line *lower) {
  return overlap(word->begin[1], word->end[1], lower->words[0].begin[1], lower->words[lower->count - 1].end[1]);
}

/* The column that the lower words stand under; h->count: none, they stand in a gap; SIZE_MAX: under several. */
static size_t upper_column(const cn_space_header *h, const cn_space_line *lower) {
  size_t found = h->count;
  for (size_t c = 0; c < h->count; c++) {
    cn_space_word column = {.begin = {0, h->columns[c].begin[1]}, .end = {0, h->columns[c].end[1]}};
    if (!covers(&column, lower)) continue;
    if (found != h->count) return SIZE_MAX;
    found = c;
  }
  return found;
}

/* A line of one word that stands over the lower words: 责任单位. */
static bool is_upper(const cn_space *space, size_t at, const cn_space_line *lower) {
  const cn_space_line *line = &space->lines[at];
  return line->kind == CN_SPACE_TEXT && line->count == 1 && is_known(space, line->words[0].text) &&
         covers(&line->words[0], lower);
}

static void put_columns(const cn_space *space, cn_space_header *h, size_t at, size_t drop, const cn_space_line *lower) {
  size_t after = h->count - at - drop;
  memmove(h->columns + at + lower->count, h->columns + at + drop, after * sizeof *h->columns);
  for (size_t i = 0; i < lower->count; i++) {
    const cn_space_word *word = &lower->words[i];
    cn_space_column *column = &h->columns[at + i];
    bool exact;
    *column = (cn_space_column){.title = word->text};
    column->field = cn_header_field(space->words, cn_compact(space->document->window, word->text), &exact);
    memcpy(column->begin, word->begin, sizeof column->begin);
    memcpy(column->end, word->end, sizeof column->end);
  }
  h->count = at + lower->count + after;
}

/* The header's own line has the lower words, and a word that covers two of them stands in the line above. */
static void take_cover(const cn_space *space, cn_space_header *h) {
  if (h->first == 0) return;
  const cn_space_line *line = &space->lines[h->first - 1];
  if (line->kind != CN_SPACE_TEXT || line->count != 1 || !is_known(space, line->words[0].text)) return;
  const cn_space_word *word = &line->words[0];
  for (size_t c = 0; c + 1 < h->count; c++) {
    const cn_space_column *left = &h->columns[c], *right = &h->columns[c + 1];
    bool between = word->begin[1] + FAR >= left->begin[1] && word->end[1] <= right->end[1] + FAR;
    if (between && (over(left, word) || left->end[1] <= word->begin[1] + FAR) && word->end[1] > left->end[1]) {
      h->first--;
      return;
    }
  }
}

void cn_space_levels(const cn_space *space, cn_space_header *h) {
  size_t below = h->last + 1;
  if (!is_lower(space, below)) {
    take_cover(space, h);
    return;
  }
  const cn_space_line *lower = &space->lines[below];
  size_t column = upper_column(h, lower), drop = column < h->count;
  if (column == SIZE_MAX || h->count + lower->count > CN_SPACE_COLUMNS) return;
  if (!drop) {
    if (h->first > 0 && is_upper(space, h->first - 1, lower)) h->first--;
    for (column = 0; column < h->count && h->columns[column].begin[1] < lower->words[0].begin[1];) column++;
  }
  put_columns(space, h, column, drop, lower);
  h->last = below;
}
