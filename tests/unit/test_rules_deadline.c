/* Every line of deadlines.tsv, grades.tsv, festivals.tsv and holidays.tsv: its example, read by the real stage and by
 * that line itself, must come out as the line says. */
#include "normalize/moment.h"
#include "normalize/rules_check.h"

#include "check.h"

static cn_trap trap;

static void on_failure(void *self, const cn_rule_failure *f) {
  (void)self;
  check_failed++;
  printf("rules/%s:%u: %.*s\n  example  %.*s\n  expected %.*s\n  got      %.*s\n", cn_rules_file(f->set), f->rule->line,
         (int)cn_rule_key(f->rule).n, cn_rule_key(f->rule).p, (int)f->example.n, f->example.p, (int)f->expected.n,
         f->expected.p, (int)f->got.n, f->got.p);
}

static void check_set(cn_arena *arena, const cn_rules *rules, cn_rule_set set, size_t least) {
  cn_rules_report report = {NULL, on_failure};
  size_t n = cn_rules_check(arena, rules, set, &report);
  CHECK(n != SIZE_MAX && n >= least, "a table of time has lost most of its lines");
  check_made += (int)n;
}

/* A check that cannot fail is none: a wrong expectation, and an example that another line reads, must be reported. */
static void count_failure(void *self, const cn_rule_failure *f) {
  (void)f;
  ++*(int *)self;
}

static void check_the_check(cn_arena *arena) {
  int failures = 0;
  char folder[] = "/tmp/chengnuo-rules-XXXXXX", path[64];
  if (!CHECK(mkdtemp(folder) != NULL, "no place for a user's rules")) return;
  snprintf(path, sizeof path, "%s/grades.tsv", folder);
  FILE *out = fopen(path, "w");
  if (!CHECK(out != NULL, "no place for a user's rules")) return;
  fputs("word\tgrade\texample\texpected\n封顶\tmilestone\t9月底前封顶\tcomplete\n", out);
  fclose(out);
  cn_rules *rules;
  cn_view error;
  CHECK(cn_rules_open(arena, folder, &rules, &error) == CN_OK, "a user's grade cannot be added");
  cn_rules_check(arena, rules, CN_RULES_GRADES, &(cn_rules_report){&failures, count_failure});
  CHECK_INT(failures, 1, "a wrong expectation in a user's grades.tsv is not reported");
  remove(path);
  remove(folder);
}

static void check_patterns(cn_arena *arena, const cn_rules *rules) {
  cn_patterns *patterns = cn_patterns_new(arena, rules);
  cn_view message = CN_VIEW("");
  uint32_t line = cn_patterns_broken(patterns, arena, &message);
  if (line) printf("rules/deadlines.tsv:%u: %.*s\n", line, (int)message.n, message.p);
  CHECK_INT(line, 0, "a pattern of deadlines.tsv does not compile");
  cn_patterns_free(patterns);
}

int main(void) {
  cn_arena arena;
  cn_rules *rules;
  cn_view error;
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  if (cn_rules_open(&arena, NULL, &rules, &error) != CN_OK) return 1;
  check_patterns(&arena, rules);
  check_set(&arena, rules, CN_RULES_DEADLINES, 80);
  check_set(&arena, rules, CN_RULES_GRADES, 25);
  check_set(&arena, rules, CN_RULES_FESTIVALS, 40);
  check_set(&arena, rules, CN_RULES_HOLIDAYS, 200);
  check_the_check(&arena);
  cn_arena_free(&arena);
  return check_done();
}
