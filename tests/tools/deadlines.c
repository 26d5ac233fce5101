/* Shows what the rules of time make of phrases: one a line on standard input, `# ` and the phrase out, then its stages.
 *
 * usage: deadlines [--task] [--year YEAR] [--issued DATE]
 * A stage: dates | text | outcome | grade | precision, `~` where its year is assumed; then the diagnostics, `! code`.
 */
#define CN_OWNER
#include "normalize/deadline.h"

static cn_trap trap;

static cn_status on_event(void *self, const cn_event *event) {
  (void)self;
  if (event->type == CN_EVENT_DIAGNOSTIC)
    printf("  ! %.*s\n", (int)event->diagnostic->code.n, event->diagnostic->code.p);
  return CN_OK;
}
static cn_status on_end(void *self) {
  (void)self;
  return CN_OK;
}
static const cn_sink sink = {NULL, on_event, on_end};

static const char *or_dash(const char *name) { return name ? name : "-"; }

static void show(cn_buf *buf, const cn_stage *s) {
  cn_buf_reset(buf);
  cn_stage_brief(buf, s);
  cn_view outcome = s->outcome.p ? s->outcome : CN_VIEW("-");
  printf("  %.*s | %.*s | %.*s | %s | %s%s\n", (int)buf->n, buf->p, (int)s->text.n, s->text.p, (int)outcome.n,
         outcome.p, or_dash(cn_enum_name(&cn_grade_names, (int)s->grade)),
         or_dash(cn_enum_name(&cn_precision_names, (int)s->precision)), s->year_assumed ? " ~" : "");
}

static cn_status read(cn_arena *arena, cn_deadlines *d, cn_view line, cn_years years, bool task,
                      cn_stage_list *stages) {
  cn_folded text = cn_fold(arena, line);
  cn_times times = {{NULL, 0}, {NULL, 0}};
  const cn_deadline *deadline = NULL;
  if (task) {
    CN_TRY(cn_times_find(arena, d, &text, years, &sink, (cn_place){0}, &times));
    *stages = times.dates;
    return CN_OK;
  }
  CN_TRY(cn_deadline_read(arena, d, &text, years, &sink, (cn_place){0}, &deadline));
  *stages = deadline->stages;
  return CN_OK;
}

typedef struct options {
  cn_years years;
  bool task;
} options;

static options read_options(int argc, char **argv) {
  options o = {{CN_NONE, CN_NONE, 2021, {0, 0, 0}}, false};
  for (int i = 1; i < argc; i++) {
    if (!strcmp(argv[i], "--task")) o.task = true;
    if (!strcmp(argv[i], "--year") && i + 1 < argc) o.years.notice = strtol(argv[++i], NULL, 10);
    if (!strcmp(argv[i], "--issued") && i + 1 < argc) o.years.issued = cn_date_parse(cn_view_of(argv[++i]));
  }
  if (!o.years.notice) o.years.notice = CN_NONE;
  return o;
}

static cn_status run(cn_arena *arena, cn_arena *row, const options *o) {
  cn_rules *rules;
  cn_deadlines *deadlines;
  cn_view error;
  cn_buf buf;
  static char line[1 << 16];
  CN_TRY(cn_rules_open(arena, NULL, &rules, &error));
  CN_TRY(cn_deadlines_new(arena, rules, NULL, &deadlines, &error));
  cn_buf_init(&buf, arena->trap);
  while (fgets(line, sizeof line, stdin)) {
    cn_stage_list stages;
    line[strcspn(line, "\n")] = 0;
    printf("# %s\n", line);
    CN_TRY(read(row, deadlines, cn_view_of(line), o->years, o->task, &stages));
    for (size_t i = 0; i < stages.n; i++) show(&buf, &stages.items[i]);
    cn_arena_reset(row);
  }
  cn_buf_free(&buf);
  cn_deadlines_free(deadlines);
  return CN_OK;
}

int main(int argc, char **argv) {
  cn_arena arena, row;
  if (setjmp(trap.env)) return 4;
  options o = read_options(argc, argv);
  cn_arena_init(&arena, &trap);
  cn_arena_init(&row, &trap);
  cn_status status = run(&arena, &row, &o);
  cn_arena_free(&row);
  cn_arena_free(&arena);
  return status == CN_OK ? 0 : 3;
}
