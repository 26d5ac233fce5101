/* Views: finding, cutting and trimming borrowed text. */
#include "core/utf8.h"

size_t cn_view_find(cn_view v, cn_view needle, size_t from) {
  if (from > v.n || needle.n > v.n - from) return SIZE_MAX;
  if (needle.n == 0) return from;
  const char *hit = memmem(v.p + from, v.n - from, needle.p, needle.n);
  return hit ? (size_t)(hit - v.p) : SIZE_MAX;
}

size_t cn_view_rfind(cn_view v, cn_view needle) {
  if (needle.n > v.n) return SIZE_MAX;
  for (size_t at = v.n - needle.n + 1; at-- > 0;)
    if (memcmp(v.p + at, needle.p, needle.n) == 0) return at;
  return SIZE_MAX;
}

cn_view cn_view_trim(cn_view v) {
  size_t len;
  while (v.n > 0 && cn_is_space(cn_utf8_at(v.p, &len))) v = cn_view_slice(v, len, v.n);
  while (v.n > 0) {
    const char *last = cn_utf8_before(v.p, v.p + v.n);
    if (!cn_is_space(cn_utf8_at(last, NULL))) break;
    v.n = (size_t)(last - v.p);
  }
  return v;
}

bool cn_view_split(cn_view *rest, char separator, cn_view *part) {
  if (!rest->p) return false;
  const char *hit = rest->n ? memchr(rest->p, separator, rest->n) : NULL;
  if (!hit) {
    *part = *rest;
    *rest = CN_NULL_VIEW;
    return true;
  }
  *part = cn_view_between(rest->p, hit);
  *rest = cn_view_between(hit + 1, rest->p + rest->n);
  return true;
}
