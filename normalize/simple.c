/* Traditional characters as their simplified forms, for looking words up: 達到 is found as 达到.
 *
 * In:  text.  Out: the same text where nothing is traditional, else a copy in the arena; offsets stay, because every
 * ideograph of the table is three bytes, as is its form. For matching only: the record keeps what is written. */
#include "core/utf8.h"
#include "normalize/grammar.h"

#include "simple_forms.h"

static uint32_t form_of(cn_view text, size_t at, size_t *n) {
  uint32_t c = cn_utf8_at(text.p + at, n);
  if (c < 0x4E00 || c - 0x4E00 >= CN_COUNT(cn_simple_forms)) return 0;
  return cn_simple_forms[c - 0x4E00];
}

cn_view cn_simplified(cn_arena *arena, cn_view text) {
  size_t n, at = 0;
  while (at < text.n && !form_of(text, at, &n)) at += n;
  if (at >= text.n) return text;
  char *copy = (char *)cn_arena_copy(arena, text).p;
  for (; at < text.n; at += n) {
    uint32_t form = form_of(text, at, &n);
    if (form) cn_utf8_put(copy + at, form);
  }
  return (cn_view){copy, text.n};
}
