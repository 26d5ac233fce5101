/* Width folding: a copy for matching, with the way back to the source's bytes. */
#include "core/fold.h"

#include "core/utf8.h"

/* Whether the code point at s may change: only U+3000, U+F900..FAFF (EF A4..AB) and U+FE50..FFEF (EF B9..BF) do, and
 * all supplementary compatibility ideographs (F0 AF). Skips most text without decoding it. */
static bool may_fold(const unsigned char *s) {
  return (s[0] == 0xEF && s[1] >= 0xA4) || (s[0] == 0xE3 && s[1] == 0x80 && s[2] == 0x80) ||
         (s[0] == 0xF0 && s[1] == 0xAF);
}

static size_t first_change(cn_view v) {
  const unsigned char *s = (const unsigned char *)v.p;
  for (size_t i = 0; i < v.n; i += cn_utf8_len(s[i])) {
    if (!may_fold(s + i)) continue;
    uint32_t c = cn_utf8_at(v.p + i, NULL);
    if (cn_fold_point(c) != c) return i;
  }
  return v.n;
}

cn_folded cn_fold(cn_arena *arena, cn_view v) {
  cn_folded f = {v, v, NULL};
  size_t same = first_change(v);
  if (same == v.n) return f;
  char *out = cn_arena_alloc(arena, v.n + 1);
  uint32_t *map = cn_arena_new(arena, uint32_t, v.n + 1);
  memcpy(out, v.p, same);
  for (size_t i = 0; i < same; i++) map[i] = (uint32_t)i;
  size_t n = same, len;
  for (size_t i = same; i < v.n; i += len) {
    len = cn_utf8_len((unsigned char)v.p[i]);
    if (!may_fold((const unsigned char *)v.p + i)) { /* nearly every character: its bytes as they are */
      for (size_t k = 0; k < len; k++, n++) {
        out[n] = v.p[i + k];
        map[n] = (uint32_t)(i + k);
      }
      continue;
    }
    uint32_t c = cn_utf8_at(v.p + i, NULL);
    size_t m = cn_utf8_put(out + n, cn_fold_point(c)); /* never longer than what it stands for */
    for (size_t k = 0; k < m; k++) map[n + k] = (uint32_t)(i + (k < len ? k : len));
    n += m;
  }
  map[n] = (uint32_t)v.n;
  f.text = (cn_view){out, n};
  f.map = map;
  return f;
}
