/* Targets: what of a task's numbers is promised, of what, by which verb, under which conditions.
 *
 * In:  a task (folded), its time spans.  Out: the target list of the record (positions in code points of the source
 * text), and, when asked, the mentions that are no targets; in the caller's arena. A clause grammar over the quantities
 * found (docs/targets.md), not a list of sentences. */
#ifndef CN_NORMALIZE_TARGET_H
#define CN_NORMALIZE_TARGET_H

#include "normalize/quantity.h"

typedef struct cn_target_rules cn_target_rules;
const cn_target_rules *cn_target_rules_new(cn_arena *arena, const cn_rules *rules, const cn_quantity_rules *quantities);

typedef struct cn_target_result {
  cn_target_list targets;
  cn_mention_list mentions; /* filled only when `all` */
} cn_target_result;

/* Diagnostics go to `out` with place `place` (column set by the callee). */
CN_MUST_USE cn_status cn_targets_find(cn_arena *arena, const cn_target_rules *rules, const cn_folded *task,
                                      cn_span_list times, bool all, const cn_sink *out, cn_place place,
                                      cn_target_result *result);

/* One line of a rule table that took part in reading a task: for `rules why`. */
typedef struct cn_trace {
  cn_span at; /* bytes of the folded task that the rule matched */
  cn_rule_set set;
  const cn_rule *rule;
} cn_trace;

typedef struct cn_trace_list {
  const cn_trace *items;
  size_t n;
} cn_trace_list;

/* Every line of units, comparison, names, actions and words that made something of `task`, in order of place. */
cn_trace_list cn_targets_trace(cn_arena *arena, const cn_target_rules *rules, const cn_folded *task,
                               cn_span_list times);

#endif
