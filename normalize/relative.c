/* Terms that run from an event: 受理后5个工作日内 -> {"event":"受理","offset":"P5D","business":true}.
 *
 * In:  a term's match and the clause before it.  Out: the event, the ISO 8601 duration and, where the event is a date,
 * the last day of the term. The trigger lines of rules/deadlines.tsv know what can be an event. */
#include "core/utf8.h"
#include "normalize/moment.h"

/* --- the duration --------------------------------------------------------------------------------------------- */

static bool holds(cn_view v, const char *word) { return v.p && cn_view_find(v, cn_view_of(word), 0) != SIZE_MAX; }

/* Twice the number, so that 半 and .5 are whole; -1 for anything finer. Of 两三 and 三五 the larger. */
static int doubled(cn_view v) {
  bool two = v.n == 6 && cn_utf8_count(v) == 2, tens = holds(v, "十") || holds(v, "百");
  if (two && !tens) v = cn_view_slice(v, 3, 6);
  size_t point = cn_view_find(v, CN_VIEW("."), 0);
  int whole = cn_small_number(point == SIZE_MAX ? v : cn_view_slice(v, 0, point));
  if (whole < 0) return -1;
  if (point == SIZE_MAX) return whole * 2;
  cn_view fraction = cn_view_slice(v, point + 1, v.n);
  return cn_view_is(fraction, "5") ? whole * 2 + 1 : cn_view_is(fraction, "0") ? whole * 2 : -1;
}

/* ISO 8601 for `halves` half units. */
static cn_view years_and_months(cn_arena *arena, int months) {
  if (months % 12 == 0) return cn_arena_format(arena, "P%dY", months / 12);
  return months < 12 ? cn_arena_format(arena, "P%dM", months)
                     : cn_arena_format(arena, "P%dY%dM", months / 12, months % 12);
}

static cn_view duration(cn_arena *arena, int halves, cn_view unit) {
  int whole = halves / 2, half = halves % 2;
  if (holds(unit, "年")) return years_and_months(arena, whole * 12 + half * 6);
  if (holds(unit, "季")) return half ? CN_NULL_VIEW : years_and_months(arena, whole * 3);
  if (holds(unit, "月")) {
    if (half) return whole ? cn_arena_format(arena, "P%dM15D", whole) : CN_VIEW("P15D");
    return cn_arena_format(arena, "P%dM", whole);
  }
  if (holds(unit, "周") || holds(unit, "週") || holds(unit, "星期"))
    return half ? cn_arena_format(arena, "P%dD", (halves * 7 + 1) / 2) : cn_arena_format(arena, "P%dW", whole);
  if (holds(unit, "刻")) return cn_arena_format(arena, "PT%dM", halves * 15 / 2);
  if (holds(unit, "分")) return half ? CN_NULL_VIEW : cn_arena_format(arena, "PT%dM", whole);
  if (holds(unit, "秒")) return half ? CN_NULL_VIEW : cn_arena_format(arena, "PT%dS", whole);
  if (holds(unit, "时") || holds(unit, "時"))
    return half ? cn_arena_format(arena, "PT%dM", halves * 30) : cn_arena_format(arena, "PT%dH", whole);
  if (holds(unit, "工作"))
    return half ? cn_arena_format(arena, "P%d.5D", whole) : cn_arena_format(arena, "P%dD", whole);
  if (half) return whole ? cn_arena_format(arena, "P%dDT12H", whole) : CN_VIEW("PT12H");
  return cn_arena_format(arena, "P%dD", whole);
}

const cn_relative *cn_term_relative(cn_arena *arena, const cn_match *m, cn_view event) {
  cn_view unit = m->group[CN_GROUP_unit];
  int halves = m->group[CN_GROUP_halfof].p ? 1 : m->group[CN_GROUP_n].p ? doubled(m->group[CN_GROUP_n]) : -1;
  if (m->group[CN_GROUP_plus].p || holds(unit, "半")) halves += 1; /* 一年半, 两个半月 */
  cn_relative *r = cn_arena_alloc(arena, sizeof *r);
  r->event = event;
  r->offset = halves > 0 && unit.p ? duration(arena, halves, unit) : CN_NULL_VIEW;
  r->business = holds(unit, "工作");
  return r;
}

/* --- the event ------------------------------------------------------------------------------------------------ */

/* Byte offset before a connector that ends at `end`: 之日起, 后, 起 …; `end` itself where there is none. */
static size_t before_connector(cn_view text, size_t end) {
  static const char *const words[] = {"之日起算", "之日起的", "之日起", "之日后", "之日後", "之时起",
                                      "之日",     "之后",     "之後",   "以后",   "以後",   "后的",
                                      "日起",     "时起",     "起",     "后",     "後",     NULL};
  for (size_t i = 0; words[i]; i++)
    if (cn_view_ends(cn_view_slice(text, 0, end), cn_view_of(words[i]))) return end - strlen(words[i]);
  return end;
}

/* Where the last `points` code points of text[from, to) begin. */
static size_t last_points(cn_view text, size_t from, size_t to, int points) {
  while (points-- > 0 && to > from) to = (size_t)(cn_utf8_before(text.p + from, text.p + to) - text.p);
  return to;
}

static size_t after_preposition(cn_view text, size_t from, size_t to) {
  static const char *const words[] = {"自", "从", "在", "于", "於", "应", "须", "需", "可", "对", "将", NULL};
  size_t best = from;
  for (size_t i = 0; words[i]; i++) {
    size_t at = cn_view_rfind(cn_view_slice(text, from, to), cn_view_of(words[i]));
    if (at != SIZE_MAX && from + at + strlen(words[i]) > best) best = from + at + strlen(words[i]);
  }
  return best;
}

static bool trimmed_comma(cn_view text, size_t *at) {
  while (*at > 0 && text.p[*at - 1] == ' ') --*at;
  return *at > 0;
}

size_t cn_term_event(cn_deadlines *d, cn_view text, size_t clause, size_t term, cn_view *event) {
  enum { REACH = 14, GUESS = 8 };
  size_t end = term;
  *event = CN_NULL_VIEW;
  if (!trimmed_comma(text, &end)) return term;
  size_t stop = before_connector(text, end);
  if (stop <= clause) return term;
  size_t from = last_points(text, clause, stop, REACH);
  cn_span found;
  if (cn_patterns_trigger(d->patterns, cn_view_slice(text, from, stop), stop == end, &found)) {
    *event = cn_view_slice(text, from + found.begin, stop);
    return from + found.begin;
  }
  if (stop == end) return term;
  /* No known trigger, but 后 or 起 says that there is one: the words since the last preposition, where they are few. */
  size_t begin = after_preposition(text, clause, stop);
  if (cn_utf8_count(cn_view_slice(text, begin, stop)) > GUESS) begin = last_points(text, begin, stop, 2);
  *event = cn_view_slice(text, begin, stop);
  return event->n ? begin : term;
}
