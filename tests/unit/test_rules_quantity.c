/* Every line of units.tsv, comparison.tsv and names.tsv: its example, run through the real stage, must come out as the
 * line says. A line without an example fails. */
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
  CHECK(n != SIZE_MAX && n >= least, "a table of number words has lost most of its lines");
  check_made += (int)n;
}

/* A check that cannot fail is none: a wrong expectation must be reported. */
static void count_failure(void *self, const cn_rule_failure *f) {
  (void)f;
  ++*(int *)self;
}

static void check_the_check(cn_arena *arena) {
  int failures = 0;
  char folder[] = "/tmp/chengnuo-rules-XXXXXX", path[64];
  if (!CHECK(mkdtemp(folder) != NULL, "no place for a user's rules")) return;
  snprintf(path, sizeof path, "%s/units.tsv", folder);
  FILE *out = fopen(path, "w");
  fputs("unit\tcode\tdimension\tsource\texample\texpected\n堆\t1\tcount\tuser\t新增20堆\t20堆 eq 21 堆 1 count\n", out);
  fclose(out);
  cn_rules *rules;
  cn_view error;
  cn_status status = cn_rules_open(arena, folder, &rules, &error);
  CHECK(status == CN_OK, "a user's unit cannot be added");
  cn_rules_check(arena, rules, CN_RULES_UNITS, &(cn_rules_report){&failures, count_failure});
  CHECK_INT(failures, 1, "a wrong expectation in a user's units.tsv is not reported");
  remove(path);
  remove(folder);
}

int main(void) {
  cn_arena arena;
  cn_rules *rules;
  cn_view error;
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  if (cn_rules_open(&arena, NULL, &rules, &error) != CN_OK) return 1;
  check_set(&arena, rules, CN_RULES_UNITS, 400);
  check_set(&arena, rules, CN_RULES_COMPARISON, 100);
  check_set(&arena, rules, CN_RULES_NAMES, 300);
  check_the_check(&arena);
  cn_arena_free(&arena);
  return check_done();
}
