/* Checking the rules of time: each line's example through the real stage.
 *
 * In:  deadlines, grades, festivals or holidays.  Out: a failure for each line that does not give what it says, or
 * whose example another line reads. The notice of an example is of 2021. */
#include "normalize/moment.h"
#include "normalize/rules_check.h"

typedef struct checker {
  cn_arena *arena;
  cn_deadlines *deadlines;
  cn_buf got;
} checker;

static const cn_years example_years = {CN_NONE, CN_NONE, 2021, {0}};

static cn_status ignore_event(void *self, const cn_event *event) {
  (void)self, (void)event;
  return CN_OK;
}
static cn_status ignore_end(void *self) {
  (void)self;
  return CN_OK;
}
static const cn_sink nowhere = {NULL, ignore_event, ignore_end};

static void add_stages(checker *c, cn_stage_list stages) {
  for (size_t i = 0; i < stages.n; i++) {
    if (i) cn_buf_add_string(&c->got, " | ");
    cn_stage_brief(&c->got, &stages.items[i]);
  }
  if (!stages.n) cn_buf_add_string(&c->got, "none");
}

static void add_spans(checker *c, const cn_folded *text, cn_span_list spans) {
  for (size_t i = 0; i < spans.n; i++) {
    cn_buf_add_string(&c->got, i ? " | span " : "span ");
    cn_buf_add_view(&c->got, cn_fold_source(text, spans.items[i].begin, spans.items[i].end));
  }
  if (!spans.n) cn_buf_add_string(&c->got, "none");
}

/* Whether the line itself reads its example; joining, leading and trigger lines only help others. */
static bool reads(checker *c, const cn_rule *rule, const cn_folded *text, unsigned where) {
  cn_found_list found = cn_moments_scan(c->arena, c->deadlines, text->text, where);
  for (size_t i = 0; i < found.n; i++)
    if (cn_match_line(&found.items[i].match) == rule->line) return true;
  return false;
}

static bool is_used(checker *c, const cn_rule *rule, const cn_folded *text, unsigned where) {
  static const char *const helpers[] = {"to", "and", "until", "from", "trigger"};
  for (size_t i = 0; i < CN_COUNT(helpers); i++)
    if (cn_view_is(rule->fields[1], helpers[i])) return true;
  /* A line that serves behind a joining word, or in cells and tasks, may be the one in tasks only. */
  return reads(c, rule, text, where) || (!cn_view_is(rule->fields[2], "cell") && reads(c, rule, text, CN_IN_TASK));
}

/* A definition is tried by itself: what it matches of its example. */
static void run_definition(checker *c, const cn_rule *rule) {
  cn_view got = cn_patterns_try(c->deadlines->patterns, rule->fields[0], rule->fields[5]);
  if (!got.p)
    cn_buf_add_string(&c->got, "no match");
  else if (!cn_view_trim(got).n)
    cn_buf_add_string(&c->got, got.n ? "blank" : "empty");
  else
    cn_buf_add_view(&c->got, got);
}

static void run_deadline(checker *c, const cn_rule *rule) {
  if (cn_view_is(rule->fields[1], "define")) {
    run_definition(c, rule);
    return;
  }
  cn_folded text = cn_fold(c->arena, rule->fields[5]);
  bool span = cn_view_is(rule->fields[1], "span"), task = span || cn_view_is(rule->fields[2], "task");
  cn_times times = {{NULL, 0}, {NULL, 0}};
  const cn_deadline *deadline = NULL;
  cn_status status =
      task ? cn_times_find(c->arena, c->deadlines, &text, example_years, &nowhere, (cn_place){0}, &times)
           : cn_deadline_read(c->arena, c->deadlines, &text, example_years, &nowhere, (cn_place){0}, &deadline);
  if (status != CN_OK || !is_used(c, rule, &text, task ? CN_IN_TASK : CN_IN_CELL))
    cn_buf_add_string(&c->got, "not read by this line");
  else if (span)
    add_spans(c, &text, times.spans);
  else
    add_stages(c, task ? times.dates : deadline->stages);
}

static void run_cell(checker *c, cn_view example, bool grade) {
  cn_folded text = cn_fold(c->arena, example);
  const cn_deadline *deadline;
  if (cn_deadline_read(c->arena, c->deadlines, &text, example_years, &nowhere, (cn_place){0}, &deadline) != CN_OK)
    return;
  const char *name = cn_enum_name(&cn_grade_names, (int)deadline->stages.items[0].grade);
  if (grade)
    cn_buf_add_string(&c->got, name ? name : "none");
  else
    add_stages(c, deadline->stages);
}

/* A day off or worked is no example: the line is checked for being one. */
static void run_holiday(checker *c, const cn_rule *rule) {
  bool kind = cn_view_is(rule->fields[1], "off") || cn_view_is(rule->fields[1], "work");
  if (!cn_date_known(cn_date_parse(rule->fields[0])) || !kind || !rule->fields[3].n)
    cn_buf_add_string(&c->got, "not a date, off or work, name, source");
}

size_t cn_deadlines_check(cn_arena *arena, const cn_rules *rules, cn_rule_set set, const cn_rules_report *report) {
  const cn_table *table = cn_rules_table(rules, set);
  checker c = {.arena = arena};
  cn_view error = CN_NULL_VIEW;
  size_t made = 0;
  if (cn_deadlines_new(arena, rules, NULL, &c.deadlines, &error) != CN_OK) return 0;
  cn_buf_init(&c.got, arena->trap);
  for (size_t i = 0; i < cn_table_count(table); i++) {
    const cn_rule *rule = cn_table_at(table, i);
    int e = cn_table_column(table, "example");
    cn_view example = e < 0 ? rule->fields[0] : rule->fields[e], expected = e < 0 ? CN_VIEW("") : rule->fields[e + 1];
    made++;
    cn_buf_reset(&c.got);
    if (set == CN_RULES_DEADLINES)
      run_deadline(&c, rule);
    else if (set == CN_RULES_HOLIDAYS)
      run_holiday(&c, rule);
    else
      run_cell(&c, example, set == CN_RULES_GRADES);
    if (!cn_view_equal(cn_buf_view(&c.got), expected))
      report->on_failure(report->self, &(cn_rule_failure){set, rule, example, expected, cn_buf_view(&c.got)});
  }
  cn_buf_free(&c.got);
  cn_deadlines_free(c.deadlines);
  return made;
}
