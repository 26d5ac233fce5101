/* What changed in a pair of rows. In: a pair.  Out: changes, in the order a reader wants them: where it stands, its
 * deadline, its targets, its people, its words. */
#include "app/diff.h"

static void add(cn_arena *arena, cn_row_change_list *list, cn_row_change change) {
  list->items = cn_arena_grow(arena, list->items, list->n, &list->capacity, sizeof *list->items);
  list->items[list->n++] = change;
}

static bool same(cn_view a, cn_view b) { return (a.p == NULL) == (b.p == NULL) && cn_view_equal(a, b); }

static bool same_number(cn_decimal a, cn_decimal b) {
  return a.known == b.known && (!a.known || cn_decimal_compare(a, b) == 0);
}

static bool same_amount(const cn_target *a, const cn_target *b) {
  return a->relation == b->relation && same_number(a->value, b->value) && same_number(a->min, b->min) &&
         same_number(a->max, b->max) && same(a->unit_code, b->unit_code) && same(a->per, b->per);
}

/* The same thing promised, whatever the figure: the same metric, measured alike. */
static bool same_promise(const cn_target *a, const cn_target *b, bool strict) {
  if (!same(a->metric, b->metric) || a->dimension != b->dimension) return false;
  return !strict || a->change == b->change;
}

static bool same_deadline(const cn_deadline *a, const cn_deadline *b) {
  if (!a || !b) return a == b;
  return same(a->text, b->text) || (cn_date_compare(a->due, b->due) == 0 && a->ongoing == b->ongoing &&
                                    a->stages.n == b->stages.n && cn_date_known(a->due));
}

bool cn_diff_names(const cn_responsible_list *list, const cn_responsible *one) {
  for (size_t i = 0; i < list->n; i++)
    if (cn_view_equal(list->items[i].name, one->name) && list->items[i].role == one->role) return true;
  return false;
}

static bool same_people(const cn_responsible_list *a, const cn_responsible_list *b) {
  for (size_t i = 0; i < a->n; i++)
    if (!cn_diff_names(b, &a->items[i])) return false;
  for (size_t i = 0; i < b->n; i++)
    if (!cn_diff_names(a, &b->items[i])) return false;
  return true;
}

/* Pairs targets in three rounds: unchanged ones, the same promise with another figure, the same metric. */
static void add_targets(cn_arena *arena, cn_pair pair, cn_row_change_list *list) {
  const cn_target_list *o = &pair.old_row->targets, *n = &pair.new_row->targets;
  const cn_target **partner = cn_arena_new(arena, const cn_target *, n->n + 1);
  bool *taken = cn_arena_new(arena, bool, o->n + 1);
  for (int round = 0; round < 3; round++)
    for (size_t k = 0; k < n->n; k++)
      for (size_t i = 0; i < o->n && !partner[k]; i++) {
        if (taken[i] || !same_promise(&o->items[i], &n->items[k], round < 2)) continue;
        if (round == 0 && !same_amount(&o->items[i], &n->items[k])) continue;
        partner[k] = &o->items[i];
        taken[i] = true;
      }
  for (size_t k = 0; k < n->n; k++)
    if (!partner[k] || !same_amount(partner[k], &n->items[k]))
      add(arena, list, (cn_row_change){CN_CHANGED_TARGET, pair, partner[k], &n->items[k]});
  for (size_t i = 0; i < o->n; i++)
    if (!taken[i]) add(arena, list, (cn_row_change){CN_CHANGED_TARGET, pair, &o->items[i], NULL});
}

void cn_diff_changes(cn_arena *arena, cn_pair pair, cn_row_change_list *list) {
  const cn_row *o = pair.old_row, *n = pair.new_row;
  if (!o || !n) {
    add(arena, list, (cn_row_change){o ? CN_CHANGED_DROPPED : CN_CHANGED_ADDED, pair, NULL, NULL});
    return;
  }
  if (!same(o->block, n->block) || !same(o->label, n->label))
    add(arena, list, (cn_row_change){CN_CHANGED_MOVED, pair, NULL, NULL});
  if (!same_deadline(o->deadline, n->deadline))
    add(arena, list, (cn_row_change){CN_CHANGED_DEADLINE, pair, NULL, NULL});
  add_targets(arena, pair, list);
  if (!same_people(&o->responsible, &n->responsible))
    add(arena, list, (cn_row_change){CN_CHANGED_PEOPLE, pair, NULL, NULL});
  if (!same(o->task, n->task)) add(arena, list, (cn_row_change){CN_CHANGED_REWORDED, pair, NULL, NULL});
}
