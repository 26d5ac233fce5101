/* PCRE2: the only file that includes pcre2.h.
 *
 * A pattern is compiled at its first match and handed to the JIT after it has been used a while: a notice of twenty
 * rows never pays for the JIT, an archive pays once. */
#define CN_OWNER
#define PCRE2_CODE_UNIT_WIDTH 8
#include "core/regex.h"

#include <pcre2.h>

enum { JIT_AFTER = 512, MATCH_LIMIT = 1000000, HEAP_LIMIT_KIB = 16384 };

struct cn_regex {
  cn_trap *trap;
  cn_view pattern;
  cn_regex_mode mode;
  pcre2_code *code;
  pcre2_match_data *data;
  pcre2_match_context *context;
  unsigned uses;
  bool bad, jit_tried, jit;
};

cn_regex *cn_regex_new(cn_trap *trap, cn_view pattern, cn_regex_mode mode) {
  cn_regex *r = calloc(1, sizeof *r);
  if (!r) cn_trap_spring(trap);
  r->trap = trap;
  r->pattern = pattern;
  r->mode = mode;
  return r;
}

void cn_regex_free(cn_regex *r) {
  if (!r) return;
  pcre2_match_data_free(r->data);
  pcre2_match_context_free(r->context);
  pcre2_code_free(r->code);
  free(r);
}

/* PCRE2's own error number, 0 when the pattern is ready. */
static int compile(cn_regex *r, size_t *offset) {
  int error = 0;
  PCRE2_SIZE at = 0;
  if (r->code) return 0;
  uint32_t flags = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOLLAR_ENDONLY;
  /* An anchored pattern is tried at many places of one long text. PCRE2's start optimization would look, at each of
   * them, for the pattern's last literal (the 日 of 3月5日) in the next 5000 bytes: 1、1、1、… took 40 s a megabyte. */
  if (r->mode == CN_REGEX_ANCHORED) flags |= PCRE2_ANCHORED | PCRE2_NO_START_OPTIMIZE;
  /* The pattern itself comes from a file: its UTF is checked. */
  r->code =
      pcre2_compile((PCRE2_SPTR)r->pattern.p, r->pattern.n, flags & ~(uint32_t)PCRE2_NO_UTF_CHECK, &error, &at, NULL);
  if (!r->code) {
    if (error == PCRE2_ERROR_HEAP_FAILED || error == PCRE2_ERROR_NOMEMORY) cn_trap_spring(r->trap);
    r->bad = true;
    *offset = at;
    return error;
  }
  r->data = pcre2_match_data_create_from_pattern(r->code, NULL);
  r->context = pcre2_match_context_create(NULL);
  if (!r->data || !r->context) cn_trap_spring(r->trap);
  pcre2_set_match_limit(r->context, MATCH_LIMIT);
  pcre2_set_heap_limit(r->context, HEAP_LIMIT_KIB);
  return 0;
}

bool cn_regex_compile(cn_regex *r, cn_arena *arena, cn_view *message, size_t *offset) {
  *offset = 0;
  int error = compile(r, offset);
  if (!error) return true;
  PCRE2_UCHAR text[256];
  pcre2_get_error_message(error, text, sizeof text);
  *message = cn_arena_copy(arena, cn_view_of((const char *)text));
  return false;
}

/* Without a JIT the interpreter serves as well. */
static void warm(cn_regex *r) {
  r->jit_tried = true;
  r->jit = pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE) == 0;
}

cn_regex_outcome cn_regex_match(cn_regex *r, cn_view subject, size_t from, cn_captures *captures) {
  size_t offset;
  if (r->bad || (!r->code && compile(r, &offset))) return CN_REGEX_ERROR;
  if (!r->jit_tried && ++r->uses >= JIT_AFTER) warm(r);
  PCRE2_SPTR text = (PCRE2_SPTR)(subject.p ? subject.p : "");
  int n = r->jit ? pcre2_jit_match(r->code, text, subject.n, from, 0, r->data, r->context)
                 : pcre2_match(r->code, text, subject.n, from, PCRE2_NO_UTF_CHECK, r->data, r->context);
  if (n == PCRE2_ERROR_NOMATCH) return CN_REGEX_NO;
  if (n == PCRE2_ERROR_NOMEMORY) cn_trap_spring(r->trap); /* the heap limit is another number */
  if (n < 0) return CN_REGEX_ERROR;
  captures->count = (size_t)n < CN_REGEX_GROUPS ? (size_t)n : CN_REGEX_GROUPS;
  const PCRE2_SIZE *at = pcre2_get_ovector_pointer(r->data);
  for (size_t i = 0; i < captures->count; i++) {
    captures->at[i][0] = at[2 * i] == PCRE2_UNSET ? SIZE_MAX : at[2 * i];
    captures->at[i][1] = at[2 * i + 1] == PCRE2_UNSET ? SIZE_MAX : at[2 * i + 1];
  }
  return CN_REGEX_MATCH;
}

int cn_regex_group(cn_regex *r, const char *name) {
  size_t offset;
  if (r->bad || (!r->code && compile(r, &offset))) return -1;
  int n = pcre2_substring_number_from_name(r->code, (PCRE2_SPTR)name);
  return n < 0 ? -1 : n;
}
