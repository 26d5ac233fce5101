/* Checking rules: each line of a table names an example and what the real stage must make of it.
 *
 * In:  rules (built in or a user's).  Out: a call for each line whose example does not come out as expected.
 * `chengnuo rules check` and the unit tests run the same functions. One function per table, listed in rules_check.c. */
#ifndef CN_NORMALIZE_RULES_CHECK_H
#define CN_NORMALIZE_RULES_CHECK_H

#include "normalize/quantity.h"

typedef struct cn_rule_failure {
  cn_rule_set set;
  const cn_rule *rule;
  cn_view example, expected, got;
} cn_rule_failure;

typedef struct cn_rules_report {
  void *self;
  void (*on_failure)(void *self, const cn_rule_failure *failure);
} cn_rules_report;

/* Checks every line of one table. Gives how many examples were run; SIZE_MAX where normalize has no check for this
 * table. */
size_t cn_rules_check(cn_arena *arena, const cn_rules *rules, cn_rule_set set, const cn_rules_report *report);

/* The same for deadlines, grades, festivals and holidays (deadline_check.c). */
size_t cn_deadlines_check(cn_arena *arena, const cn_rules *rules, cn_rule_set set, const cn_rules_report *report);

/* How a quantity is written in `expected`, and by debugging tools: "5亿元以上 ge 500000000 元 CNY currency", with " per
 * d" where it has one; "name 5G" where it is no amount; several are joined by " ; ", none is "-". */
void cn_quantities_describe(cn_buf *out, const cn_folded *text, cn_quantity_list list);

#endif
