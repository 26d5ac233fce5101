/* A view: bytes that somebody else owns. The unit of text everywhere; always valid UTF-8 once a document is decoded.
 *
 * p == NULL means "no text" (JSON null); an empty text has p != NULL and n == 0. Offsets into a view are bytes; code
 * points are counted only where the record asks for positions (utf8.h). */
#ifndef CN_VIEW_H
#define CN_VIEW_H

#include "core/base.h"

typedef struct cn_view {
  const char *p;
  size_t n;
} cn_view;

#define CN_VIEW(literal) ((cn_view){(literal), sizeof(literal) - 1})
#define CN_NULL_VIEW ((cn_view){NULL, 0})

static inline cn_view cn_view_of(const char *s) { return s ? (cn_view){s, strlen(s)} : CN_NULL_VIEW; }
static inline cn_view cn_view_between(const char *begin, const char *end) {
  return (cn_view){begin, (size_t)(end - begin)};
}
static inline bool cn_view_is_null(cn_view v) { return v.p == NULL; }
static inline bool cn_view_equal(cn_view a, cn_view b) {
  return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool cn_view_is(cn_view a, const char *s) { return cn_view_equal(a, cn_view_of(s)); }
/* Bytes [from, to) of v; both are clamped to v. */
static inline cn_view cn_view_slice(cn_view v, size_t from, size_t to) {
  if (to > v.n) to = v.n;
  if (from > to) from = to;
  return (cn_view){v.p ? v.p + from : NULL, to - from};
}
static inline bool cn_view_starts(cn_view v, cn_view prefix) {
  return prefix.n <= v.n && (prefix.n == 0 || memcmp(v.p, prefix.p, prefix.n) == 0);
}
static inline bool cn_view_ends(cn_view v, cn_view suffix) {
  return suffix.n <= v.n && (suffix.n == 0 || memcmp(v.p + v.n - suffix.n, suffix.p, suffix.n) == 0);
}
/* Byte offset of the first (last) `needle` in v at or after `from`, or SIZE_MAX. */
size_t cn_view_find(cn_view v, cn_view needle, size_t from);
size_t cn_view_rfind(cn_view v, cn_view needle);
/* Without white space at both ends: ASCII blanks, U+3000, U+00A0, U+FEFF, U+200B, U+2002..U+200A. */
cn_view cn_view_trim(cn_view v);
/* Splits off the bytes before the next `separator` and moves *rest behind it; false when *rest is used up. */
bool cn_view_split(cn_view *rest, char separator, cn_view *part);

#endif
