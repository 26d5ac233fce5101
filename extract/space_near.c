/* space_near: where columns begin in the lines around one. See space_assign.h.
 *
 * In:  a line and its neighbours.  Out: places. pdftotext sets each row by itself: the same column may begin ten
 * characters further right in the row below. The words behind wide gaps of the lines around show the places, and what
 * they look like shows whose they are. */
#include "extract/space_assign.h"

/* The run of cell lines around `at`, at most REACH lines up and down. */
enum { REACH = 5, PLACES_NEAR = 64 };

static void lines_near(const cn_assigner *a, size_t at, size_t *from, size_t *to) {
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
static int32_t place_near(const cn_assigner *a, size_t at, size_t column, int32_t otherwise) {
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
static cn_looks chunk_looks(const cn_assigner *a, const cn_space_line *line, size_t w) {
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
static void places_near(const cn_assigner *a, size_t at, places *grouped) {
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
static void match_places(const cn_assigner *a, const places *found, const cn_space_page *p, int32_t *at) {
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
      int32_t fit = found->fit[j - 1][c] / 4, off = minimum(absolute(found->at[j - 1] - p->at[c]), CN_SPACE_FAR);
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

void cn_space_move(cn_assigner *a, size_t at, cn_space_page *before, bool settled) {
  cn_space_page place = *before;
  places found;
  a->h->columns[a->h->task].at = before->at[a->h->task];
  places_near(a, at, &found);
  match_places(a, &found, before, place.at);
  memcpy(before->at, place.at, sizeof before->at);
  for (size_t c = 0; c < a->h->count; c++)
    a->h->columns[c].at = settled ? place_near(a, at, c, place.at[c]) : place.at[c];
}
