/* Checks for tests/unit: CHECK(condition, "what would be broken for a user").
 *
 * In:  conditions and texts.  Out: a line for each failure, one summary line, the exit code.
 * A test program is a main() that checks and ends with `return check_done();`. A failed check does not stop the
 * program. A program that made no check at all fails: a test that checks nothing is no test. */
#ifndef CN_CHECK_H
#define CN_CHECK_H

#include "core/view.h"

static int check_made, check_failed;

static inline bool check_that(bool ok, const char *what, const char *condition, const char *file, int line) {
  check_made++;
  if (ok) return true;
  check_failed++;
  printf("%s:%d: FAILED: %s\n  %s\n", file, line, what, condition);
  return false;
}

static inline bool check_text(cn_view got, const char *want, const char *what, const char *file, int line) {
  check_made++;
  if (cn_view_is_null(got) == (want == NULL) && cn_view_equal(got, cn_view_of(want))) return true;
  check_failed++;
  printf("%s:%d: FAILED: %s\n  got  %.*s\n  want %s\n", file, line, what, got.p ? (int)got.n : 6,
         got.p ? got.p : "(null)", want ? want : "(null)");
  return false;
}

static inline bool check_int(int64_t got, int64_t want, const char *what, const char *file, int line) {
  check_made++;
  if (got == want) return true;
  check_failed++;
  printf("%s:%d: FAILED: %s\n  got  %lld\n  want %lld\n", file, line, what, (long long)got, (long long)want);
  return false;
}

static inline cn_view check_view_of_view(cn_view v) { return v; }
static inline cn_view check_view_of_string(const char *s) { return cn_view_of(s); }
/* A cn_view or a C string, as a view. */
#define CHECK_VIEW_OF(text) _Generic((text), cn_view : check_view_of_view, default : check_view_of_string)(text)

/* Each gives whether the check held, so that what depends on it can be left out. `want` NULL is "no text" (JSON null).
 */
#define CHECK(condition, what) check_that((condition), (what), #condition, __FILE__, __LINE__)
#define CHECK_TEXT(got, want, what) check_text(CHECK_VIEW_OF(got), (want), (what), __FILE__, __LINE__)
#define CHECK_INT(got, want, what) check_int((int64_t)(got), (int64_t)(want), (what), __FILE__, __LINE__)

CN_MUST_USE static inline int check_done(void) {
  printf("%d checks, %d failed\n", check_made, check_failed);
  return check_failed || !check_made;
}

#endif
