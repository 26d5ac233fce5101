/* rules: list, check, why: what a rule writer needs.
 *
 * In:  the built-in tables and those of --rules DIR.  Out: text.  `check` runs the example of every line through the
 * real stage; `why TEXT` shows the answers for a text and the line of the table that each part of them comes from. */
#include "app/pipeline.h"
#include "core/utf8.h"
#include "extract/words_check.h"
#include "normalize/describe.h"
#include "normalize/moment.h"
#include "normalize/rules_check.h"
#include "normalize/target.h"

typedef struct rules_command {
  cn_app *app;
  const char *directory;
  cn_buf text;
  size_t failures;
  cn_rule_set set; /* being checked */
} rules_command;

static cn_status open_rules(rules_command *c) {
  cn_view error = CN_NULL_VIEW;
  cn_status status = cn_rules_open(&c->app->arena, c->directory, &c->app->rules, &error);
  if (status != CN_OK) cn_complain("%.*s", (int)error.n, error.p);
  return status;
}

static void add_place(rules_command *c, cn_rule_set set, const cn_rule *rule) {
  if (rule->user) cn_buf_format(&c->text, "%s/", c->directory);
  cn_buf_format(&c->text, "%s:%u", cn_rules_file(set), rule->line);
}

/* --- list -----------------------------------------------------------------------------------------------------------
 */

static const char *const purposes[] = {
#define CN_RULE_SET(constant, file, columns, doc) doc,
#include "core/rules.def"
};

static void list_tables(rules_command *c) {
  for (int i = 0; i < CN_RULES_COUNT; i++) {
    const cn_table *table = cn_rules_table(c->app->rules, (cn_rule_set)i);
    size_t user = 0;
    for (size_t k = 0; k < cn_table_count(table); k++) user += cn_table_at(table, k)->user;
    cn_buf_format(&c->text, "%-16s %5zu lines", cn_rules_file((cn_rule_set)i), cn_table_count(table));
    if (user) cn_buf_format(&c->text, ", %zu yours", user);
    cn_buf_format(&c->text, "  %s\n", purposes[i]);
  }
}

static const char *file_at(size_t i) { return i < CN_RULES_COUNT ? cn_rules_file((cn_rule_set)i) : NULL; }

static cn_status find_table(const rules_command *c, const char *name, cn_rule_set *set) {
  const char *file = cn_arena_format(&c->app->arena, "%s%s", name, strstr(name, ".tsv") ? "" : ".tsv").p;
  for (int i = 0; i < CN_RULES_COUNT; i++) {
    *set = (cn_rule_set)i;
    if (strcmp(cn_rules_file(*set), file) == 0) return CN_OK;
  }
  const char *near = cn_suggest(file, file_at);
  return near ? cn_usage(c->app, "no table '%s'; did you mean '%s'?", name, near)
              : cn_usage(c->app, "no table '%s'", name);
}

static cn_status list_rules(rules_command *c) {
  cn_rule_set set;
  if (c->app->operand_count == 1) {
    list_tables(c);
    return CN_OK;
  }
  CN_TRY(find_table(c, c->app->operands[1], &set));
  const cn_table *table = cn_rules_table(c->app->rules, set);
  for (size_t i = 0; i < cn_table_count(table); i++) {
    const cn_rule *rule = cn_table_at(table, i);
    add_place(c, set, rule);
    for (size_t k = 0; k < cn_table_columns(table); k++) {
      cn_buf_add_char(&c->text, '\t');
      cn_buf_add_view(&c->text, rule->fields[k]);
    }
    cn_buf_add_char(&c->text, '\n');
  }
  return CN_OK;
}

/* --- check ----------------------------------------------------------------------------------------------------------
 */

static void say_failure(rules_command *c, cn_rule_set set, const cn_rule *rule, cn_view example, cn_view expected,
                        cn_view got) {
  c->failures++;
  add_place(c, set, rule);
  cn_buf_format(&c->text, ": \"%.*s\" gives\n  %.*s\nand not what the line expects:\n  %.*s\n", (int)example.n,
                example.p, (int)got.n, got.p, (int)expected.n, expected.p);
}

static void on_failure(void *self, const cn_rule_failure *f) {
  say_failure(self, f->set, f->rule, f->example, f->expected, f->got);
}

static void on_word_failure(void *self, const cn_rule *rule, cn_view got) {
  rules_command *c = self;
  const cn_table *table = cn_rules_table(c->app->rules, c->set);
  int example = cn_table_column(table, "example"), expected = cn_table_column(table, "expected");
  say_failure(c, c->set, rule, rule->fields[example < 0 ? 0 : example], rule->fields[expected < 0 ? 0 : expected], got);
}

static cn_status check_rules(rules_command *c) {
  const cn_rules_report report = {c, on_failure};
  size_t examples = 0;
  for (int i = 0; i < CN_RULES_COUNT; i++) {
    c->set = (cn_rule_set)i;
    bool words = c->set == CN_RULES_HEADERS || c->set == CN_RULES_STRUCTURE;
    size_t n = words ? cn_words_check(&c->app->document, c->app->rules, c->set, on_word_failure, c)
                     : cn_rules_check(&c->app->document, c->app->rules, c->set, &report);
    if (n != SIZE_MAX) examples += n;
    cn_arena_reset(&c->app->document);
  }
  cn_buf_format(&c->text, "%zu examples, %zu failed\n", examples, c->failures);
  c->app->failed = c->failures > 0;
  return CN_OK;
}

/* --- why -------------------------------------------------------------------------------------------------------------
 */

static void say_rule(rules_command *c, const char *what, cn_rule_set set, const cn_rule *rule) {
  if (!rule) return;
  cn_view key = cn_rule_key(rule);
  cn_buf_format(&c->text, "  %s %.*s  ", what, (int)key.n, key.p);
  add_place(c, set, rule);
  cn_buf_add_char(&c->text, '\n');
}

/* Every line of a table whose key stands in the text between two bytes, longest first at each place. */
static size_t say_words(rules_command *c, const char *what, cn_rule_set set, cn_view text, size_t begin, size_t end) {
  const cn_table *table = cn_rules_table(c->app->rules, set);
  size_t said = 0;
  for (size_t at = begin; at < end;) {
    const cn_rule *rule = cn_table_prefix(table, text, at);
    bool inside = rule && at + cn_rule_key(rule).n <= end;
    if (inside) say_rule(c, what, set, rule);
    said += inside;
    at += inside ? cn_rule_key(rule).n : cn_utf8_len((unsigned char)text.p[at]);
  }
  return said;
}

static void why_times(rules_command *c, const cn_folded *text, const cn_times *times) {
  cn_patterns *patterns = cn_patterns_new(&c->app->arena, c->app->rules);
  for (size_t i = 0; i < times->spans.n; i++) {
    cn_span span = times->spans.items[i];
    cn_match match;
    cn_buf_format(&c->text, "time    %.*s", (int)(span.end - span.begin), text->text.p + span.begin);
    for (size_t k = 0; k < times->dates.n; k++) {
      const cn_stage *stage = &times->dates.items[k];
      if (!cn_view_equal(stage->text, cn_fold_source(text, span.begin, span.end))) continue;
      cn_buf_add_string(&c->text, "  ");
      if (cn_date_known(stage->start)) cn_date_write(&c->text, stage->start);
      cn_buf_add_string(&c->text, "..");
      if (cn_date_known(stage->end)) cn_date_write(&c->text, stage->end);
    }
    cn_buf_add_char(&c->text, '\n');
    if (cn_patterns_match(patterns, text->text, span.begin, 0, CN_IN_TASK, &match))
      cn_buf_format(&c->text, "  pattern  %s:%u\n", cn_rules_file(CN_RULES_DEADLINES), cn_match_line(&match));
  }
  cn_patterns_free(patterns);
}

static void why_quantities(rules_command *c, const cn_folded *text, cn_quantity_list list) {
  for (size_t i = 0; i < list.n; i++) {
    const cn_quantity *q = &list.items[i];
    cn_buf_add_string(&c->text, "number  ");
    cn_quantities_describe(&c->text, text, (cn_quantity_list){q, 1});
    cn_buf_add_char(&c->text, '\n');
    if (q->role == CN_ROLE_NAME || q->role == CN_ROLE_ORDINAL) {
      size_t from = q->at.begin > 30 ? q->at.begin - 30 : 0,
             to = q->at.end + 30 < text->text.n ? q->at.end + 30 : text->text.n;
      while (from > 0 && ((unsigned char)text->text.p[from] & 0xC0) == 0x80) from--;
      while (to < text->text.n && ((unsigned char)text->text.p[to] & 0xC0) == 0x80) to++;
      if (!say_words(c, "name", CN_RULES_NAMES, text->text, from, to))
        cn_buf_add_string(&c->text, "  name by its shape\n");
      continue;
    }
    if (q->unit_at.end > q->unit_at.begin)
      say_words(c, "unit", CN_RULES_UNITS, text->text, q->unit_at.begin, q->unit_at.end);
    say_words(c, "comparison", CN_RULES_COMPARISON, text->text, q->at.begin, q->number.begin);
    say_words(c, "comparison", CN_RULES_COMPARISON, text->text,
              q->unit_at.end > q->number.end ? q->unit_at.end : q->number.end, q->at.end);
  }
}

static void why_targets(rules_command *c, cn_target_list targets) {
  const cn_table *actions = cn_rules_table(c->app->rules, CN_RULES_ACTIONS);
  for (size_t i = 0; i < targets.n; i++) {
    cn_view action = targets.items[i].action;
    cn_buf_add_string(&c->text, "target  ");
    cn_target_describe(&c->text, &targets.items[i]);
    cn_buf_add_char(&c->text, '\n');
    const cn_rule *rule = action.n ? cn_table_find(actions, action) : NULL;
    if (!rule && action.n) rule = cn_table_prefix(actions, action, 0);
    say_rule(c, "verb", CN_RULES_ACTIONS, rule);
    if (action.n && !rule) cn_buf_format(&c->text, "  verb %.*s  by its place\n", (int)action.n, action.p);
  }
}

static cn_status swallow(CN_UNUSED void *self, CN_UNUSED const cn_event *event) { return CN_OK; }
static cn_status swallow_end(CN_UNUSED void *self) { return CN_OK; }

static cn_status why(rules_command *c, cn_view source) {
  cn_arena *arena = &c->app->arena;
  const cn_sink nowhere = {NULL, swallow, swallow_end};
  const cn_place place = {.line = CN_NONE, .column = CN_NONE, .no = CN_NONE};
  const cn_quantity_rules *quantities = cn_quantity_rules_new(arena, c->app->rules);
  const cn_target_rules *targets = cn_target_rules_new(arena, c->app->rules, quantities);
  cn_deadlines *deadlines;
  cn_view error = CN_NULL_VIEW;
  cn_years years = {CN_NONE, CN_NONE, CN_NONE, {0, 0, 0}};
  cn_times times;
  cn_target_result result;
  CN_TRY(cn_option_year(c->app, &years.notice));
  CN_TRY(cn_deadlines_new(arena, c->app->rules, NULL, &deadlines, &error));
  cn_folded text = cn_fold(arena, source);
  cn_status status = cn_times_find(arena, deadlines, &text, years, &nowhere, place, &times);
  if (status == CN_OK) status = cn_targets_find(arena, targets, &text, times.spans, true, &nowhere, place, &result);
  if (status == CN_OK) {
    why_times(c, &text, &times);
    why_quantities(c, &text, cn_quantities_find(arena, quantities, &text, times.spans));
    why_targets(c, result.targets);
  }
  cn_deadlines_free(deadlines);
  return status;
}

/* --- the command
 * ------------------------------------------------------------------------------------------------------ */

static cn_status run(rules_command *c) {
  cn_app *app = c->app;
  const char *verb = app->operand_count ? app->operands[0] : "";
  c->directory = app->option[CN_OPTION_RULES];
  if (strcmp(verb, "check") == 0 && app->operand_count <= 2) {
    if (app->operand_count == 2) c->directory = app->operands[1];
    CN_TRY(open_rules(c));
    return check_rules(c);
  }
  if (strcmp(verb, "list") == 0 && app->operand_count <= 2) {
    CN_TRY(open_rules(c));
    return list_rules(c);
  }
  if (strcmp(verb, "why") == 0 && app->operand_count == 2) {
    cn_view text = cn_view_of(app->operands[1]);
    if (cn_utf8_valid_prefix(text) < text.n) return cn_usage(app, "the text is not UTF-8");
    CN_TRY(open_rules(c));
    return why(c, text);
  }
  return cn_usage(app, "rules takes: list [TABLE], check [DIR], or why TEXT");
}

cn_status cn_command_rules(cn_app *app);
cn_status cn_command_rules(cn_app *app) {
  rules_command c = {.app = app};
  cn_buf_init(&c.text, &app->trap);
  cn_status status = run(&c);
  if (status == CN_OK) status = cn_pipeline_send(app, cn_buf_view(&c.text));
  cn_buf_free(&c.text);
  return status;
}
