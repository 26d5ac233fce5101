/* What earlier clauses said and later ones rely on.
 *
 * In:  clauses in order.  Out: metric, verb and change for a number that says none itself:
 * 实现税收190亿元，增长10%; 开展执法检查，每月不少于两次; 开工建设保障性住房5万套，…，全年筹集15万套.
 * Only the latest targets are kept, so that a task of a million numbers stays linear. */
#include "normalize/grammar.h"

static cn_span none(void) { return (cn_span){0, 0}; }

void cn_memory_clause(cn_reading *r, size_t first, size_t last) {
  cn_memory *m = r->memory;
  m->object = m->verb = none();
  m->verb_word = NULL;
  size_t i = cn_edge_skip(r, first, last);
  if (i >= last) return;
  cn_member member = {.first = i, .number = last, .last = last, .tail = last};
  if (cn_token_verb(&r->tokens[i])) {
    size_t end = i + 1;
    while (end < last && cn_token_uses(&r->tokens[end - 1], CN_USE_LEAD) && cn_token_uses(&r->tokens[end], CN_USE_TAIL))
      end++;
    m->verb = (cn_span){r->tokens[i].begin, r->tokens[end - 1].end};
    m->verb_word = r->tokens[end - 1].word;
    member.first = end;
  }
  m->object = cn_phrase_span(r, cn_metric_trim(r, (cn_phrase){member.first, last}));
}

void cn_memory_target(cn_reading *r, size_t quantity) {
  cn_memory *m = r->memory;
  m->object = m->verb = none();
  if (m->recent_n == CN_COUNT(m->recent)) {
    memmove(m->recent, m->recent + 1, sizeof m->recent - sizeof *m->recent);
    m->recent_n--;
    if (m->sentence) m->sentence--;
  }
  m->recent[m->recent_n++] = quantity;
}

void cn_memory_sentence(cn_reading *r) {
  r->memory->sentence = r->memory->recent_n;
  r->memory->object = r->memory->verb = none();
}

static bool same_unit(const cn_quantity *a, const cn_quantity *b) {
  if (!a->unit.n || !b->unit.n || !cn_view_equal(a->unit_code, b->unit_code)) return false;
  return a->unit.n >= 3 && b->unit.n >= 3 && memcmp(a->unit.p, b->unit.p, 3) == 0; /* 套 and 套（间） */
}

/* The target that a bare number goes back to: the latest of the same unit where it counts, else the latest. */
static size_t source_of(const cn_reading *r, size_t quantity, bool makes) {
  const cn_memory *m = r->memory;
  const cn_quantity *q = &r->quantities.items[quantity];
  for (size_t k = m->recent_n; k-- > 0 && q->dimension != CN_DIMENSION_RATIO;)
    if (same_unit(q, &r->quantities.items[m->recent[k]]) && !cn_span_empty(r->findings[m->recent[k]].metric))
      return m->recent[k];
  if (makes) return SIZE_MAX; /* 发生率降至0.5%，脱贫|1.2万人: made, but not of that */
  for (size_t k = m->recent_n; k-- > 0;)
    if (!cn_span_empty(r->findings[m->recent[k]].metric)) return m->recent[k];
  return SIZE_MAX;
}

void cn_memory_fill(const cn_reading *r, size_t quantity, cn_finding *f) {
  const cn_memory *m = r->memory;
  bool has_verb = !cn_span_empty(f->action);
  if (!cn_span_empty(m->object)) {
    f->metric = m->object;
    f->inherited = true;
    if (!has_verb) f->action = m->verb;
    return;
  }
  size_t source = source_of(r, quantity, has_verb && f->change == CN_CHANGE_OUTPUT);
  if (source == SIZE_MAX) return;
  const cn_finding *from = &r->findings[source];
  f->metric = from->metric;
  f->inherited = true;
  if (has_verb) return;
  f->action = from->action;
  if (r->quantities.items[quantity].dimension != CN_DIMENSION_RATIO) f->change = from->change;
}

cn_span cn_memory_condition(const cn_reading *r, size_t quantity) {
  const cn_memory *m = r->memory;
  const cn_quantity *q = &r->quantities.items[quantity];
  if (!m->recent_n) return none();
  size_t target = m->recent[m->recent_n - 1];
  for (size_t k = target < quantity ? target : quantity, steps = 0; k-- > 0 && steps < 4; steps++) {
    const cn_finding *f = &r->findings[k];
    if (f->verdict == CN_VERDICT_CONDITION && f->owner == target &&
        cn_view_equal(r->quantities.items[k].unit_code, q->unit_code))
      return f->metric;
  }
  return none();
}
