/* Checking rules: see rules_check.h.
 *
 * In:  rule tables.  Out: failures, reported one by one.  Owns nothing: texts live in the caller's arena until rewind.
 */
#include "normalize/rules_check.h"

#include "normalize/describe.h"
#include "normalize/people.h"
#include "normalize/target.h"

static void add_text(cn_buf *out, cn_view v) { cn_buf_add_view(out, v.n ? v : CN_VIEW("-")); }

static void describe_amount(cn_buf *out, const cn_folded *text, const cn_quantity *q) {
  cn_buf_add_view(out, cn_fold_source(text, q->at.begin, q->at.end));
  cn_buf_format(out, " %s ", cn_enum_name(&cn_relation_names, (int)q->relation));
  if (q->relation == CN_RELATION_RANGE) {
    cn_decimal_write(out, q->min);
    cn_buf_add_string(out, "..");
    cn_decimal_write(out, q->max);
  } else {
    cn_decimal_write(out, q->value);
  }
  cn_buf_add_char(out, ' ');
  add_text(out, q->unit);
  cn_buf_add_char(out, ' ');
  add_text(out, q->unit_code);
  cn_buf_add_char(out, ' ');
  add_text(out, cn_view_of(cn_enum_name(&cn_dimension_names, (int)q->dimension)));
  if (q->per.p) cn_buf_format(out, " per %.*s", (int)q->per.n, q->per.p);
  if (q->trouble != CN_DIAG_COUNT) cn_buf_format(out, " !%s", cn_diag_table[q->trouble].code);
}

void cn_quantities_describe(cn_buf *out, const cn_folded *text, cn_quantity_list list) {
  if (!list.n) cn_buf_add_char(out, '-');
  for (size_t i = 0; i < list.n; i++) {
    const cn_quantity *q = &list.items[i];
    if (i) cn_buf_add_string(out, " ; ");
    if (!q->role) {
      describe_amount(out, text, q);
      continue;
    }
    cn_buf_format(out, "%s ", cn_enum_name(&cn_role_names, (int)q->role));
    cn_buf_add_view(out, cn_fold_source(text, q->at.begin, q->at.end));
  }
}

/* --- what each table's examples are run through ---------------------------------------------------------------------
 */

typedef void run_example(cn_arena *arena, const void *stage, const cn_rule *rule, cn_view example, cn_buf *got);

static void run_quantities(cn_arena *arena, const void *stage, CN_UNUSED const cn_rule *rule, cn_view example,
                           cn_buf *got) {
  cn_folded text = cn_fold(arena, example);
  cn_quantities_describe(got, &text, cn_quantities_find(arena, stage, &text, (cn_span_list){0}));
}

static cn_status swallow(void *self, const cn_event *event) {
  (void)self, (void)event;
  return CN_OK;
}
static cn_status swallow_end(void *self) {
  (void)self;
  return CN_OK;
}

static void run_targets(cn_arena *arena, const void *stage, CN_UNUSED const cn_rule *rule, cn_view example,
                        cn_buf *got) {
  cn_folded text = cn_fold(arena, example);
  cn_place place = {.line = CN_NONE, .column = CN_NONE, .no = CN_NONE};
  cn_sink nowhere = {NULL, swallow, swallow_end};
  cn_target_result result;
  if (cn_targets_find(arena, stage, &text, (cn_span_list){0}, false, &nowhere, place, &result) == CN_OK)
    cn_targets_describe(got, result.targets);
}

static size_t check_lines(cn_arena *arena, const cn_rules *rules, cn_rule_set set, const cn_rules_report *report,
                          run_example *run, const void *stage) {
  const cn_table *table = cn_rules_table(rules, set);
  int example = cn_table_column(table, "example"), expected = cn_table_column(table, "expected");
  cn_buf got;
  cn_buf_init(&got, arena->trap);
  for (size_t i = 0; i < cn_table_count(table); i++) {
    const cn_rule *rule = cn_table_at(table, i);
    cn_arena_mark mark = cn_arena_get_mark(arena);
    cn_buf_reset(&got);
    run(arena, stage, rule, rule->fields[example], &got);
    if (!cn_view_equal(cn_buf_view(&got), rule->fields[expected]))
      report->on_failure(report->self, &(cn_rule_failure){set, rule, rule->fields[example], rule->fields[expected],
                                                          cn_buf_view(&got)});
    cn_arena_rewind(arena, mark);
  }
  cn_buf_free(&got);
  return cn_table_count(table);
}

/* "*王浩 / >市财政局": * a person, > leads, < supports, ^ supervises. */
static void describe_people(cn_buf *out, const cn_responsible_builder *list) {
  static const char *const marks[] = {
      [CN_DUTY_NONE] = "", [CN_DUTY_LEAD] = ">", [CN_DUTY_SUPPORT] = "<", [CN_DUTY_SUPERVISOR] = "^"};
  for (size_t i = 0; i < list->n; i++) {
    cn_buf_format(out, "%s%s%s", i ? " / " : "", marks[list->items[i].role],
                  list->items[i].kind == CN_PARTY_PERSON ? "*" : "");
    cn_buf_add_view(out, list->items[i].name);
  }
}

/* A post's example is a cell of people, every other one a cell of bodies. */
static void run_bodies(cn_arena *arena, const void *stage, const cn_rule *rule, cn_view example, cn_buf *got) {
  cn_responsible_builder list = {NULL, 0, 0};
  bool post = cn_view_is(rule->fields[1], "title");
  cn_cell cell = {.field = post ? CN_FIELD_PERSON : CN_FIELD_UNIT, .header = CN_VIEW("责任"), .text = example};
  cn_sink nowhere = {NULL, swallow, swallow_end};
  cn_place place = {.line = CN_NONE, .column = CN_NONE, .no = CN_NONE};
  if (cn_people_read(arena, stage, &cell, &nowhere, place, &list) == CN_OK) describe_people(got, &list);
}

size_t cn_rules_check(cn_arena *arena, const cn_rules *rules, cn_rule_set set, const cn_rules_report *report) {
  switch ((int)set) {
  case CN_RULES_UNITS:
  case CN_RULES_COMPARISON:
  case CN_RULES_NAMES:
    return check_lines(arena, rules, set, report, run_quantities, cn_quantity_rules_new(arena, rules));
  case CN_RULES_ACTIONS:
  case CN_RULES_WORDS:
    return check_lines(arena, rules, set, report, run_targets,
                       cn_target_rules_new(arena, rules, cn_quantity_rules_new(arena, rules)));
  case CN_RULES_BODIES: return check_lines(arena, rules, set, report, run_bodies, cn_people_rules_new(arena, rules));
  case CN_RULES_DEADLINES:
  case CN_RULES_GRADES:
  case CN_RULES_FESTIVALS:
  case CN_RULES_HOLIDAYS: return cn_deadlines_check(arena, rules, set, report);
  default: return SIZE_MAX;
  }
}
