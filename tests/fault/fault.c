/* An allocator that fails on request, linked into a copy of the program (chengnuo_fault) ahead of every library.
 *
 * In:  CN_FAULT_AT=n in the environment: the nth allocation after start-up gives NULL; CN_FAULT_REST=1: all later ones
 * too; CN_FAULT_COUNT=file: the number of allocations is written there at the end. Out: what the real allocator gives.
 * Because the executable's own malloc comes first, the libraries' calls are counted too. */
#define CN_OWNER
#include "core/base.h"

#include <errno.h>

#if defined(__SANITIZE_ADDRESS__)
#define REAL(name) __interceptor_##name
#else
#define REAL(name) __libc_##name
#endif

extern void *REAL(malloc)(size_t);
extern void *REAL(calloc)(size_t, size_t);
extern void *REAL(realloc)(void *, size_t);

static bool armed, rest;
static unsigned long made, fail_at;
static const char *count_path;

static bool fails(void) {
  if (!armed) return false;
  made++;
  if (made != fail_at && !(rest && fail_at && made > fail_at)) return false;
  errno = ENOMEM;
  return true;
}

void *malloc(size_t n) { return fails() ? NULL : REAL(malloc)(n); }
void *calloc(size_t n, size_t m) { return fails() ? NULL : REAL(calloc)(n, m); }
void *realloc(void *p, size_t n) { return fails() ? NULL : REAL(realloc)(p, n); }

__attribute__((constructor)) static void arm(void) {
  const char *at = getenv("CN_FAULT_AT");
  fail_at = at ? strtoul(at, NULL, 10) : 0;
  rest = getenv("CN_FAULT_REST") != NULL;
  count_path = getenv("CN_FAULT_COUNT");
  armed = at || count_path;
}

__attribute__((destructor)) static void report(void) {
  armed = false;
  FILE *out = count_path ? fopen(count_path, "w") : NULL;
  if (!out) return;
  fprintf(out, "%lu\n", made);
  fclose(out);
}
