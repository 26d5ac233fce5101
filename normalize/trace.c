/* Which lines of the tables made something of a task: see cn_targets_trace.
 *
 * In:  a folded task, its time spans.  Out: the rules in order of place, in the caller's arena. */
#include "normalize/grammar.h"

typedef struct tracer {
  cn_arena *arena;
  cn_trace *items;
  size_t n, capacity;
} tracer;

static void add(tracer *t, cn_span at, cn_rule_set set, const cn_rule *rule) {
  if (!rule) return;
  t->items = cn_arena_grow(t->arena, t->items, t->n, &t->capacity, sizeof *t->items);
  t->items[t->n++] = (cn_trace){at, set, rule};
}

static void add_quantity(tracer *t, const cn_quantity *q) {
  add(t, q->at, CN_RULES_NAMES, q->name_rule);
  if (q->role != CN_ROLE_NONE) return;
  add(t, q->at, CN_RULES_COMPARISON, q->before_rule);
  add(t, q->at, CN_RULES_COMPARISON, q->rate_rule);
  add(t, q->unit_at, CN_RULES_UNITS, q->unit_rule);
  add(t, q->at, CN_RULES_COMPARISON, q->after_rule);
}

static void add_tokens(tracer *t, cn_reading *r, size_t begin, size_t end) {
  cn_tokens_cut(r, begin, end);
  size_t inner = 0;
  for (size_t i = 0; i <= r->count; i++) {
    for (; inner < r->inner_n && r->inner[inner].token <= i; inner++) {
      cn_reading inside = cn_reading_inside(r);
      add_tokens(t, &inside, r->inner[inner].begin, r->inner[inner].end);
    }
    if (i == r->count) break;
    const cn_token *token = &r->tokens[i];
    cn_span at = {token->begin, token->end};
    if (token->kind == CN_TOKEN_NUMBER) add_quantity(t, cn_number(r, i));
    if (token->kind != CN_TOKEN_WORD || !token->word->rule) continue;
    add(t, at, token->word->class == CN_CLASS_VERB ? CN_RULES_ACTIONS : CN_RULES_WORDS, token->word->rule);
  }
}

/* Numbers that are names stand in no token of their own. */
static void add_names(tracer *t, const cn_reading *r) {
  for (size_t i = 0; i < r->quantities.n; i++)
    if (r->quantities.items[i].role != CN_ROLE_NONE) add_quantity(t, &r->quantities.items[i]);
}

static int by_place(const void *a, const void *b) {
  const cn_trace *x = a, *y = b;
  return x->at.begin < y->at.begin ? -1 : x->at.begin > y->at.begin;
}

cn_trace_list cn_targets_trace(cn_arena *arena, const cn_target_rules *rules, const cn_folded *task,
                               cn_span_list times) {
  tracer t = {.arena = arena};
  cn_reading r = cn_reading_of(arena, rules, task, times);
  add_tokens(&t, &r, 0, task->text.n);
  add_names(&t, &r);
  if (t.n) qsort(t.items, t.n, sizeof *t.items, by_place);
  return (cn_trace_list){t.items, t.n};
}
