/* What every file includes first: fixed-width types, the status a call returns, and the bans.
 *
 * In:  nothing.  Out: nothing.  Owns nothing.
 * Two planes of trouble: a cn_status says whether the program can go on; what is odd about a notice is a diagnostic
 * (diag.h). Memory that runs out is neither: it leaves through the trap (see cn_trap). */
#ifndef CN_BASE_H
#define CN_BASE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#if defined(__GNUC__)
#define CN_MUST_USE __attribute__((warn_unused_result))
#define CN_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define CN_UNUSED __attribute__((unused))
#else
#define CN_MUST_USE
#define CN_PRINTF(f, a)
#define CN_UNUSED
#endif

/* Whether the program can go on. Anything but CN_OK goes up untouched; only app/ turns it into an exit code. */
typedef enum cn_status {
  CN_OK = 0,
  CN_STOP,   /* the reader of our output has gone (head -1): end quietly */
  CN_USAGE,  /* the call was wrong: unknown format, unknown layout          exit 2 */
  CN_IO,     /* reading or writing failed, or the input is not a notice     exit 3 */
  CN_LIMIT,  /* a limit on size, depth or count was reached                 exit 4 */
  CN_NOMEM,  /* memory ran out                                              exit 4 */
  CN_BROKEN, /* the input's container or event stream is malformed          exit 3 */
} cn_status;

/* Passes a status that is not CN_OK up. The one macro that hides control flow. */
#define CN_TRY(call)                                                                                                   \
  do {                                                                                                                 \
    cn_status cn_try_status_ = (call);                                                                                 \
    if (cn_try_status_ != CN_OK) return cn_try_status_;                                                                \
  } while (0)

#define CN_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The way out when memory ends. Arenas and buffers hold a pointer to it, so that no caller has to check an allocation:
 * `if (setjmp(trap.env)) …` stands once, in app/ (and once in each test that injects faults). Never jumped to for
 * anything but memory, and never set while a third party's callback is on the stack above state it must clean up. */
typedef struct cn_trap {
  jmp_buf env;
  size_t limit, used; /* bytes that arenas and buffers may take, and have taken; a limit of 0 is none */
} cn_trap;

/* Takes `size` bytes off the budget, or springs; gives them back. For the owners of memory. */
void cn_trap_charge(cn_trap *trap, size_t size);
void cn_trap_credit(cn_trap *trap, size_t size);

_Noreturn void cn_trap_spring(cn_trap *trap);

/* Bans. An owner of memory or of a package says `#define CN_OWNER` before including anything. */
#ifndef CN_OWNER
#define CN_BANNED(name) cn_##name##_is_banned_see_core_base_h
#undef malloc
#define malloc(n) CN_BANNED(malloc)
#undef calloc
#define calloc(n, m) CN_BANNED(calloc)
#undef realloc
#define realloc(p, n) CN_BANNED(realloc)
#undef strdup
#define strdup(s) CN_BANNED(strdup)
#undef strndup
#define strndup(s, n) CN_BANNED(strndup)
#undef strcpy
#define strcpy(d, s) CN_BANNED(strcpy)
#undef strcat
#define strcat(d, s) CN_BANNED(strcat)
#undef strncpy
#define strncpy(d, s, n) CN_BANNED(strncpy)
#undef strncat
#define strncat(d, s, n) CN_BANNED(strncat)
#undef sprintf
#define sprintf(...) CN_BANNED(sprintf)
#undef vsprintf
#define vsprintf(...) CN_BANNED(vsprintf)
#undef strtok
#define strtok(s, d) CN_BANNED(strtok)
#undef atoi
#define atoi(s) CN_BANNED(atoi)
#undef atol
#define atol(s) CN_BANNED(atol)
#undef atof
#define atof(s) CN_BANNED(atof)
#undef strtod
#define strtod(s, e) CN_BANNED(strtod)
#undef localtime
#define localtime(t) CN_BANNED(localtime)
#undef gmtime
#define gmtime(t) CN_BANNED(gmtime)
#undef ctime
#define ctime(t) CN_BANNED(ctime)
#undef asctime
#define asctime(t) CN_BANNED(asctime)
#endif

#endif
