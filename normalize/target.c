/* Targets: see target.h. Joins the parts of the grammar and writes the record.
 *
 * In:  a folded task, its time spans.  Out: targets and mentions in the caller's arena, diagnostics to the sink. */
#include "normalize/grammar.h"

#include "core/utf8.h"

/* --- reading
 * ------------------------------------------------------------------------------------------------------------ */

static bool ends_sentence(const cn_reading *r, size_t i) {
  cn_view mark = cn_view_slice(r->text, r->tokens[i].begin, r->tokens[i].end);
  return cn_view_is(mark, "。") || cn_view_is(mark, "\n") || cn_view_is(mark, "！") || cn_view_is(mark, "？");
}

cn_reading cn_reading_of(cn_arena *arena, const cn_target_rules *rules, const cn_folded *task, cn_span_list times) {
  cn_reading r = {.arena = arena, .rules = rules, .text = cn_simplified(arena, task->text), .times = times};
  r.quantities = cn_quantities_find(arena, rules->quantities, task, times);
  r.findings = cn_arena_new(arena, cn_finding, r.quantities.n + 1);
  r.pairs = cn_pairs_find(arena, task->text);
  return r;
}

cn_reading cn_reading_inside(const cn_reading *r) {
  cn_reading inside = *r;
  inside.tokens = NULL;
  inside.inner = NULL;
  inside.count = inside.inner_n = inside.inner_capacity = 0;
  inside.depth++;
  return inside;
}

static void read_range(cn_reading *r, size_t begin, size_t end);

/* （其中旧城区7座，景区20座） is read behind the clause it stands in, by the same memory. */
static void read_inner(const cn_reading *r, const cn_inner *inner) {
  cn_reading inside = cn_reading_inside(r);
  read_range(&inside, inner->begin, inner->end);
}

static void read_range(cn_reading *r, size_t begin, size_t end) {
  cn_tokens_cut(r, begin, end);
  size_t first = 0, inner = 0;
  for (size_t i = 0; i <= r->count; i++) {
    if (i < r->count && r->tokens[i].kind != CN_TOKEN_STOP) continue;
    cn_clause_read(r, first, i);
    for (; inner < r->inner_n && r->inner[inner].token <= i; inner++) read_inner(r, &r->inner[inner]);
    if (i < r->count && ends_sentence(r, i)) cn_memory_sentence(r);
    first = i + 1;
  }
}

/* --- writing
 * ------------------------------------------------------------------------------------------------------------ */

typedef struct writer {
  cn_reading *r;
  const cn_folded *task;
  size_t byte, point; /* how far code points are counted */
} writer;

static int64_t point_at(writer *w, size_t byte) {
  if (byte < w->byte) w->byte = w->point = 0;
  w->point += cn_utf8_count(cn_view_slice(w->r->text, w->byte, byte));
  w->byte = byte;
  return (int64_t)w->point;
}

static cn_view source_of(const writer *w, cn_span s) {
  return cn_span_empty(s) ? CN_NULL_VIEW : cn_view_trim(cn_fold_source(w->task, s.begin, s.end));
}

static cn_view own_unit(cn_view unit) { return unit.n ? unit : CN_NULL_VIEW; }

static void write_condition(writer *w, size_t quantity, cn_condition *c) {
  const cn_quantity *q = &w->r->quantities.items[quantity];
  cn_record_init(&cn_condition_shape, c);
  c->text = source_of(w, q->at);
  c->start = point_at(w, q->at.begin);
  c->end = point_at(w, q->at.end);
  c->metric = source_of(w, w->r->findings[quantity].metric);
  c->relation = q->relation;
  c->value = q->value;
  c->min = q->min;
  c->max = q->max;
  c->unit = own_unit(q->unit);
  c->unit_code = own_unit(q->unit_code);
  c->dimension = q->dimension;
  c->per = own_unit(q->per);
}

static void write_target(writer *w, size_t quantity, cn_target *t) {
  const cn_quantity *q = &w->r->quantities.items[quantity];
  const cn_finding *f = &w->r->findings[quantity];
  cn_record_init(&cn_target_shape, t);
  t->text = source_of(w, q->at);
  t->start = point_at(w, q->at.begin);
  t->end = point_at(w, q->at.end);
  t->metric = source_of(w, f->metric);
  t->inherited = f->inherited;
  t->action = source_of(w, f->action);
  t->change = f->change;
  t->relation = f->relation;
  t->value = q->value;
  t->min = q->min;
  t->max = q->max;
  t->unit = own_unit(q->unit);
  t->unit_code = own_unit(q->unit_code);
  t->dimension = q->dimension;
  t->per = own_unit(q->per);
  t->modality = f->modality;
}

static void write_mention(writer *w, size_t quantity, cn_mention *m) {
  const cn_quantity *q = &w->r->quantities.items[quantity];
  const cn_finding *f = &w->r->findings[quantity];
  cn_record_init(&cn_mention_shape, m);
  m->text = source_of(w, q->at);
  m->start = point_at(w, q->at.begin);
  m->end = point_at(w, q->at.end);
  m->role = q->role != CN_ROLE_NONE              ? q->role
            : f->verdict == CN_VERDICT_CONDITION ? CN_ROLE_CONDITION
            : f->role != CN_ROLE_NONE            ? f->role
                                                 : CN_ROLE_NAME; /* inside “…” or 《…》 */
}

static bool is_target(const cn_reading *r, size_t i) {
  return r->quantities.items[i].role == CN_ROLE_NONE && r->findings[i].verdict == CN_VERDICT_TARGET;
}

static bool is_owned(const cn_reading *r, size_t i) {
  const cn_finding *f = &r->findings[i];
  return f->verdict == CN_VERDICT_CONDITION && f->owner != SIZE_MAX && is_target(r, f->owner);
}

/* Conditions stand near their owner; each is handed to it in order of appearance. */
static void write_conditions(writer *w, cn_target *targets, const size_t *slot) {
  size_t n = w->r->quantities.n;
  size_t *counts = cn_arena_new(w->r->arena, size_t, n);
  for (size_t i = 0; i < n; i++)
    if (is_owned(w->r, i)) counts[w->r->findings[i].owner]++;
  for (size_t i = 0; i < n; i++) {
    if (!is_owned(w->r, i)) continue;
    cn_target *t = &targets[slot[w->r->findings[i].owner]];
    if (!t->where.items) t->where.items = cn_arena_new(w->r->arena, cn_condition, counts[w->r->findings[i].owner]);
    write_condition(w, i, (cn_condition *)&t->where.items[t->where.n++]);
  }
}

static void write_targets(writer *w, cn_target_result *result) {
  const cn_reading *r = w->r;
  size_t n = 0, *slot = cn_arena_new(r->arena, size_t, r->quantities.n + 1);
  for (size_t i = 0; i < r->quantities.n; i++)
    if (is_target(r, i)) slot[i] = n++;
  cn_target *targets = cn_arena_new(r->arena, cn_target, n + 1);
  for (size_t i = 0; i < r->quantities.n; i++)
    if (is_target(r, i)) write_target(w, i, &targets[slot[i]]);
  write_conditions(w, targets, slot);
  result->targets = (cn_target_list){targets, n};
}

static void write_mentions(writer *w, cn_target_result *result) {
  const cn_reading *r = w->r;
  cn_mention *mentions = cn_arena_new(r->arena, cn_mention, r->quantities.n + 1);
  size_t n = 0;
  for (size_t i = 0; i < r->quantities.n; i++)
    if (!is_target(r, i) && !is_owned(r, i)) write_mention(w, i, &mentions[n++]);
  result->mentions = (cn_mention_list){mentions, n};
}

static cn_status report(writer *w, const cn_sink *out, cn_place place) {
  for (size_t i = 0; i < w->r->quantities.n; i++) {
    const cn_quantity *q = &w->r->quantities.items[i];
    if (q->trouble == CN_DIAG_COUNT || !(is_target(w->r, i) || is_owned(w->r, i))) continue;
    cn_view text = source_of(w, q->at);
    place.column = point_at(w, q->at.begin) + 1;
    CN_TRY(cn_diagnose(out, q->trouble, place,
                       cn_arena_format(w->r->arena, "%.*s: %s", (int)text.n, text.p, cn_diag_table[q->trouble].doc)));
  }
  return CN_OK;
}

cn_status cn_targets_find(cn_arena *arena, const cn_target_rules *rules, const cn_folded *task, cn_span_list times,
                          bool all, const cn_sink *out, cn_place place, cn_target_result *result) {
  cn_memory memory = {.recent_n = 0};
  cn_reading r = cn_reading_of(arena, rules, task, times);
  r.memory = &memory;
  *result = (cn_target_result){.targets = {NULL, 0}};
  if (!r.quantities.n) return CN_OK;
  read_range(&r, 0, task->text.n);
  writer w = {.r = &r, .task = task};
  write_targets(&w, result);
  if (all) write_mentions(&w, result);
  return report(&w, out, place);
}
