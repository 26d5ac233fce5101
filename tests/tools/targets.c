/* Prints what the target stage makes of each line of standard input: the line, then one line a target or mention.
 *
 * In:  lines.  Out: text for people. Not installed. Usage: targets [--all] [--flat] [--no-times] [--why] < lines
 * --why: also the lines of the rule tables that took part.
 * --flat: input and targets on one line, tab between: the columns example and expected of a rule table. */
#define CN_OWNER
#include "normalize/deadline.h"
#include "normalize/describe.h"
#include "normalize/target.h"

static cn_status swallow(void *self, const cn_event *event) {
  (void)self;
  if (event->type == CN_EVENT_DIAGNOSTIC)
    printf("    %s: %.*s\n", cn_enum_name(&cn_severity_names, (int)event->diagnostic->severity),
           (int)event->diagnostic->message.n, event->diagnostic->message.p);
  return CN_OK;
}
static cn_status swallow_end(void *self) {
  (void)self;
  return CN_OK;
}

typedef struct session {
  cn_arena arena, scratch;
  cn_buf buf;
  const cn_target_rules *targets;
  cn_deadlines *deadlines;
  bool all, flat, no_times, why;
} session;

static void show(session *s, cn_view line, const cn_target_result *result) {
  cn_buf_reset(&s->buf);
  if (s->flat) {
    cn_targets_describe(&s->buf, result->targets);
    printf("%.*s\t%.*s\n", (int)line.n, line.p, (int)s->buf.n, s->buf.p);
    return;
  }
  printf("# %.*s\n", (int)line.n, line.p);
  for (size_t i = 0; i < result->targets.n; i++) {
    cn_buf_reset(&s->buf);
    cn_target_describe(&s->buf, &result->targets.items[i]);
    printf("    %.*s\n", (int)s->buf.n, s->buf.p);
  }
  for (size_t i = 0; i < result->mentions.n; i++) {
    const cn_mention *m = &result->mentions.items[i];
    printf("    ~ %.*s %s\n", (int)m->text.n, m->text.p, cn_enum_name(&cn_role_names, (int)m->role));
  }
}

static void explain(session *s, const cn_folded *task, cn_span_list times) {
  cn_trace_list list = cn_targets_trace(&s->scratch, s->targets, task, times);
  for (size_t i = 0; i < list.n; i++) {
    cn_view text = cn_fold_source(task, list.items[i].at.begin, list.items[i].at.end);
    cn_view key = cn_rule_key(list.items[i].rule), second = list.items[i].rule->fields[1];
    printf("    %.*s: %s:%u %.*s %.*s\n", (int)text.n, text.p, cn_rules_file(list.items[i].set),
           list.items[i].rule->line, (int)key.n, key.p, (int)second.n, second.p);
  }
}

static cn_status one_line(session *s, cn_view line) {
  cn_place place = {CN_NULL_VIEW, CN_NULL_VIEW, CN_NONE, CN_NONE, CN_NONE};
  cn_sink sink = {s, swallow, swallow_end};
  cn_folded task = cn_fold(&s->scratch, line);
  cn_times times = {{NULL, 0}, {NULL, 0}};
  cn_target_result result;
  cn_years years = {.header = CN_NONE, .block = CN_NONE, .notice = 2026};
  if (!s->no_times) CN_TRY(cn_times_find(&s->scratch, s->deadlines, &task, years, &sink, place, &times));
  CN_TRY(cn_targets_find(&s->scratch, s->targets, &task, times.spans, s->all, &sink, place, &result));
  show(s, line, &result);
  if (s->why) explain(s, &task, times.spans);
  return CN_OK;
}

int main(int argc, char **argv) {
  session s = {.all = false};
  cn_trap trap = {.limit = 0};
  if (setjmp(trap.env)) return 4;
  cn_arena_init(&s.arena, &trap);
  cn_arena_init(&s.scratch, &trap);
  cn_buf_init(&s.buf, &trap);
  for (int i = 1; i < argc; i++) {
    s.all |= strcmp(argv[i], "--all") == 0;
    s.flat |= strcmp(argv[i], "--flat") == 0;
    s.why |= strcmp(argv[i], "--why") == 0;
    s.no_times |= strcmp(argv[i], "--no-times") == 0;
  }
  cn_rules *rules;
  cn_view error;
  if (cn_rules_open(&s.arena, NULL, &rules, &error) != CN_OK) return 3;
  s.targets = cn_target_rules_new(&s.arena, rules, cn_quantity_rules_new(&s.arena, rules));
  if (cn_deadlines_new(&s.arena, rules, NULL, &s.deadlines, &error) != CN_OK) return 3;
  char *line = NULL;
  size_t capacity = 0;
  for (ssize_t n; (n = getline(&line, &capacity, stdin)) > 0;) {
    cn_view text = cn_view_trim((cn_view){line, (size_t)n});
    if (text.n && one_line(&s, text) != CN_OK) return 3;
    cn_arena_reset(&s.scratch);
  }
  free(line);
  cn_deadlines_free(s.deadlines);
  cn_buf_free(&s.buf);
  cn_arena_free(&s.scratch);
  cn_arena_free(&s.arena);
  return 0;
}
