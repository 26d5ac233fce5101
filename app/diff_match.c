/* Rows of two notices, paired. In: two collections.  Out: pairs.  Texts are compared by their pairs of code points
 * (Dice), so 增长10%左右 and 增长12%左右 are the same promise; blanks do not count. */
#include "app/diff.h"

#include "core/utf8.h"

typedef struct bigrams {
  uint64_t *items; /* sorted */
  size_t n;
} bigrams;

typedef struct side {
  const cn_collection *rows;
  bigrams *texts;
  size_t *partner; /* index on the other side, or SIZE_MAX */
} side;

typedef struct candidate {
  size_t old_index, new_index;
  unsigned score;
} candidate;

enum { ALIKE = 500, SAME_BLOCK = 120, SAME_SERIAL = 80, MOST_COMPARISONS = 4000000 };

static int by_value(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

static bigrams bigrams_of(cn_arena *arena, cn_view text) {
  bigrams b = {cn_arena_new(arena, uint64_t, text.n + 1), 0};
  uint32_t before = 0;
  size_t len;
  for (size_t i = 0; i < text.n; i += len) {
    uint32_t c = cn_utf8_at(text.p + i, &len);
    if (cn_is_space(c)) continue;
    if (before) b.items[b.n++] = (uint64_t)before << 32 | c;
    before = c;
  }
  if (b.n == 0 && before) b.items[b.n++] = before;
  if (b.n) qsort(b.items, b.n, sizeof *b.items, by_value);
  return b;
}

/* Dice in thousandths. */
static unsigned alike(bigrams a, bigrams b) {
  size_t common = 0;
  for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
    if (a.items[i] == b.items[k]) {
      common++;
      i++;
      k++;
    } else if (a.items[i] < b.items[k])
      i++;
    else
      k++;
  }
  return a.n + b.n ? (unsigned)(2000 * common / (a.n + b.n)) : 1000;
}

static side side_of(cn_arena *arena, const cn_collection *rows) {
  side s = {rows, cn_arena_new(arena, bigrams, rows->n), cn_arena_new(arena, size_t, rows->n)};
  for (size_t i = 0; i < rows->n; i++) {
    s.texts[i] = bigrams_of(arena, rows->rows[i].row->task);
    s.partner[i] = SIZE_MAX;
  }
  return s;
}

static const cn_row *row_at(const side *s, size_t i) { return s->rows->rows[i].row; }

static bool same_text(cn_view a, cn_view b) { return (a.p == NULL) == (b.p == NULL) && cn_view_equal(a, b); }

/* How good a pair is, 0 when it is none. */
static unsigned score(const side *o, size_t i, const side *n, size_t k) {
  unsigned likeness = alike(o->texts[i], n->texts[k]);
  if (likeness < ALIKE) return 0;
  bool block = same_text(row_at(o, i)->block, row_at(n, k)->block);
  bool serial = block && same_text(row_at(o, i)->label, row_at(n, k)->label);
  return likeness + (block ? SAME_BLOCK : 0) + (serial ? SAME_SERIAL : 0);
}

static int better(const void *a, const void *b) {
  const candidate *x = a, *y = b;
  if (x->score != y->score) return x->score > y->score ? -1 : 1;
  if (x->new_index != y->new_index) return x->new_index < y->new_index ? -1 : 1;
  return x->old_index < y->old_index ? -1 : x->old_index > y->old_index;
}

/* Two lists of thousands of rows each would cost millions of comparisons: then only rows of one block are compared, and
 * of those only near ones. */
static bool worth_comparing(const side *o, size_t i, const side *n, size_t k) {
  if (o->rows->n == 0 || n->rows->n <= MOST_COMPARISONS / o->rows->n) return true;
  size_t apart = i > k ? i - k : k - i;
  return apart <= MOST_COMPARISONS / 2 / (o->rows->n > n->rows->n ? o->rows->n : n->rows->n) &&
         same_text(row_at(o, i)->block, row_at(n, k)->block);
}

static void pair_up(cn_arena *arena, side *o, side *n) {
  candidate *found = NULL;
  size_t count = 0, capacity = 0;
  for (size_t i = 0; i < o->rows->n; i++)
    for (size_t k = 0; k < n->rows->n; k++) {
      unsigned s = worth_comparing(o, i, n, k) ? score(o, i, n, k) : 0;
      if (!s) continue;
      found = cn_arena_grow(arena, found, count, &capacity, sizeof *found);
      found[count++] = (candidate){i, k, s};
    }
  if (count) qsort(found, count, sizeof *found, better);
  for (size_t c = 0; c < count; c++) {
    if (o->partner[found[c].old_index] != SIZE_MAX || n->partner[found[c].new_index] != SIZE_MAX) continue;
    o->partner[found[c].old_index] = found[c].new_index;
    n->partner[found[c].new_index] = found[c].old_index;
  }
}

cn_pair_list cn_diff_match(cn_arena *arena, const cn_collection *old_rows, const cn_collection *new_rows) {
  side o = side_of(arena, old_rows), n = side_of(arena, new_rows);
  cn_pair_list list = {cn_arena_new(arena, cn_pair, old_rows->n + new_rows->n), 0};
  size_t next_old = 0;
  pair_up(arena, &o, &n);
  for (size_t k = 0; k < new_rows->n; k++) {
    size_t partner = n.partner[k];
    /* Dropped rows come where they stood: ahead of the first kept row that followed them. */
    for (; partner != SIZE_MAX && next_old < partner; next_old++)
      if (o.partner[next_old] == SIZE_MAX) list.items[list.n++] = (cn_pair){row_at(&o, next_old), NULL};
    if (partner != SIZE_MAX && next_old == partner) next_old++;
    list.items[list.n++] = (cn_pair){partner == SIZE_MAX ? NULL : row_at(&o, partner), row_at(&n, k)};
  }
  for (; next_old < old_rows->n; next_old++)
    if (o.partner[next_old] == SIZE_MAX) list.items[list.n++] = (cn_pair){row_at(&o, next_old), NULL};
  return list;
}
