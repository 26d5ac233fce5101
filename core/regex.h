/* PCRE2 behind one door: the only file that includes pcre2.h is regex.c.
 *
 * Patterns are UTF, compiled once with PCRE2_ANCHORED when asked (the JIT serves a compiled-in anchor; the same flag at
 * match time leaves it), matched without a new validity check. Three outcomes, never folded into two: match, no match,
 * error (match or heap limit). Compile cost matters for small notices: a pattern is compiled at its first use and given
 * to the JIT after some use. */
#ifndef CN_REGEX_H
#define CN_REGEX_H

#include "core/arena.h"

typedef struct cn_regex cn_regex;

typedef enum cn_regex_mode { CN_REGEX_SEARCH, CN_REGEX_ANCHORED } cn_regex_mode;
typedef enum cn_regex_outcome { CN_REGEX_ERROR = -1, CN_REGEX_NO = 0, CN_REGEX_MATCH = 1 } cn_regex_outcome;

enum { CN_REGEX_GROUPS = 24 };

/* Captures as byte offsets into the subject; SIZE_MAX where a group took no part. */
typedef struct cn_captures {
  size_t count;
  size_t at[CN_REGEX_GROUPS][2];
} cn_captures;

/* Makes a regex from `pattern` (kept by pointer: it must outlive the regex). Does not compile yet. The regex and its
 * match data live until cn_regex_free. */
cn_regex *cn_regex_new(cn_trap *trap, cn_view pattern, cn_regex_mode mode);
void cn_regex_free(cn_regex *regex);
/* Compiles now; false with *message (static text or in arena) and *offset for a bad pattern. For rules check. */
bool cn_regex_compile(cn_regex *regex, cn_arena *arena, cn_view *message, size_t *offset);
/* Matches at byte `from` of subject. A bad pattern is CN_REGEX_ERROR. */
cn_regex_outcome cn_regex_match(cn_regex *regex, cn_view subject, size_t from, cn_captures *captures);
/* Number of the named group, or -1. */
int cn_regex_group(cn_regex *regex, const char *name);
static inline cn_view cn_capture(cn_view subject, const cn_captures *c, int group) {
  if (group < 0 || (size_t)group >= c->count || c->at[group][0] == SIZE_MAX) return CN_NULL_VIEW;
  return cn_view_slice(subject, c->at[group][0], c->at[group][1]);
}

#endif
