/* space_places: where the columns of a page begin, and how wide they are. See space_assign.h.
 *
 * In:  the page's words.  Out: places and widths. Whole chunks (words with wide gaps around them) are shared out; where
 * most of a column's begin is its place, and what is most frequent among wide ones its width. */
#include "extract/space_assign.h"

enum { WIDE_GAP = 3 };

/* ---- Where columns begin ---- */

/* Words with less than a wide gap between them, as one. */
static cn_space_line chunks_of(const cn_assigner *a, const cn_space_line *line, cn_space_word *words) {
  cn_space_line chunks = *line;
  chunks.words = words;
  chunks.count = 0;
  for (size_t i = 0; i < line->count; i++) {
    bool number = i == 1 && cn_space_is_number(line->words[0].text) && a->h->serial != SIZE_MAX;
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
  int32_t from = column->at - CN_SPACE_FAR < left ? left : column->at - CN_SPACE_FAR,
          to = minimum(column->at + CN_SPACE_FAR, CN_SPACE_PLACES - 1);
  for (int32_t i = from < 0 ? 0 : from; i <= to; i++) {
    uint64_t near = 2 * (uint64_t)seen[i] + (i ? seen[i - 1] : 0) + (i + 1 < CN_SPACE_PLACES ? seen[i + 1] : 0);
    if (near > best) best = near, column->at = i;
  }
  if (best && column->at < left) column->at = left;
  return best > 0;
}

/* Counts a chunk's width, if it ends ahead of the next column. */
static void count_width(cn_assigner *a, const cn_space_word *chunk) {
  const cn_space_header *h = a->h;
  size_t c = chunk->column;
  uint32_t width = chunk->end[CN_METRIC_COLUMNS] - chunk->begin[CN_METRIC_COLUMNS];
  bool inside = c + 1 == h->count || (int32_t)chunk->end[h->metric] <= h->columns[c + 1].at + 1;
  if (inside && width < CN_SPACE_PLACES && absolute((int32_t)chunk->begin[h->metric] - h->columns[c].at) < 4)
    a->widths[c][width]++;
}

/* How wide a column's full lines are: the upper end of the widths that are most frequent, wide ones counting more. What
 * is wider is two cells with one blank between them. */
static uint32_t full_width(const uint32_t *widths, int power) {
  uint64_t best = 0;
  uint32_t found = 0;
  for (uint32_t w = 1; w < CN_SPACE_PLACES; w++) {
    uint64_t near = 0;
    for (uint32_t i = w > 3 ? w - 3 : 0; i <= w; i++) near += widths[i];
    for (int i = 0; i < power; i++) near *= w;
    if (widths[w] && near > best) best = near, found = w;
  }
  return found;
}

/* Where people align columns, with two blanks or more between them, the widest cell tells a column's width. */
static void find_widths(cn_assigner *a) {
  for (size_t c = 0; c < a->h->count; c++) {
    uint32_t most = CN_SPACE_PLACES - 1;
    while (most && !a->widths[c][most]) most--;
    a->h->columns[c].full = full_width(a->widths[c], 2);
    a->h->columns[c].width = a->h->metric == CN_METRIC_COLUMNS ? most : full_width(a->widths[c], 1);
  }
}

/* Room for what a line's chunks look like, asked for in each round. */
static void make_room(const cn_assigner *a) {
  for (size_t i = a->from; a->h->metric == CN_METRIC_POINTS && i < a->to; i++) {
    cn_space_line *line = &a->space->lines[i];
    cn_space_word words[CN_SPACE_WORDS];
    if (line->kind != CN_SPACE_CELLS || line->chunk_looks) continue;
    size_t count = chunks_of(a, line, words).count + 1;
    if (count <= 13) line->chunk_looks = cn_arena_new(a->space->document->window, cn_looks, count * count);
  }
}

/* One round over a page's chunks: shares them out, then moves the columns to where their cells begin, or counts widths.
 */
static void settle(cn_assigner *a, cn_sharing *s, bool places) {
  make_room(a);
  cn_arena_mark mark = cn_arena_get_mark(a->space->document->window);
  uint32_t(*seen)[CN_SPACE_PLACES] = cn_arena_array(a->space->document->window, sizeof *seen, CN_SPACE_COLUMNS);
  for (size_t i = a->from; i < a->to; i++) {
    cn_space_word words[CN_SPACE_WORDS];
    if (a->space->lines[i].kind != CN_SPACE_CELLS) continue;
    cn_space_line chunks = chunks_of(a, &a->space->lines[i], words);
    chunks.looks = a->space->lines[i].chunk_looks;
    cn_space_share(a, &chunks, s);
    for (size_t w = 0; w < chunks.count; w++) {
      uint32_t begin = words[w].begin[a->h->metric];
      if (!places) count_width(a, &words[w]);
      if (begin < CN_SPACE_PLACES) seen[words[w].column][begin]++;
    }
  }
  int32_t left = 0;
  for (size_t c = 0; places && c < a->h->count; c++)
    if (settle_column(&a->h->columns[c], seen[c], left)) left = a->h->columns[c].at + 2;
  cn_arena_rewind(a->space->document->window, mark);
}

void cn_space_enter(cn_assigner *a, const cn_space_page *p) {
  a->from = p->from;
  a->to = p->to;
  for (size_t c = 0; c < a->h->count; c++) a->h->columns[c].at = p->at[c];
}

static void leave(const cn_assigner *a, cn_space_page *p) {
  for (size_t c = 0; c < a->h->count; c++) p->at[c] = a->h->columns[c].at;
}

/* The header has come again: its words stand for the columns' places, until the cells below it are shared out. */
static void begin_again(cn_assigner *a, const cn_space_header *header) {
  for (size_t c = 0; c < a->h->count; c++) {
    cn_space_column *column = &a->h->columns[c];
    memcpy(column->begin, header->columns[c].begin, sizeof column->begin);
    memcpy(column->end, header->columns[c].end, sizeof column->end);
    column->at = (int32_t)column->begin[a->h->metric];
  }
  a->settled = false;
}

void cn_space_settle(cn_assigner *a, cn_sharing *s, cn_space_page *pages, size_t count) {
  a->blind = a->h->metric == CN_METRIC_COLUMNS;
  for (size_t i = 0; i < count; i++) {
    if (pages[i].header) begin_again(a, pages[i].header);
    for (size_t c = 0; c < a->h->count; c++) pages[i].at[c] = a->h->columns[c].at;
    cn_space_enter(a, &pages[i]);
    settle(a, s, true);
    a->settled = true;
    leave(a, &pages[i]);
  }
  memset(a->widths, 0, CN_SPACE_COLUMNS * sizeof *a->widths);
  for (size_t i = 0; i < count; i++) {
    cn_space_enter(a, &pages[i]);
    settle(a, s, false);
  }
  find_widths(a);
  a->blind = false;
}
