/* UTF-8: stepping over, counting and checking code points. Text inside the program is valid, so stepping is unchecked;
 * cn_utf8_valid_prefix is the one check, made once when a document is decoded. */
#ifndef CN_UTF8_H
#define CN_UTF8_H

#include "core/view.h"

/* Length in bytes of the code point that begins at lead byte c (valid text only). */
static inline size_t cn_utf8_len(unsigned char c) { return c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4; }
/* The code point at p (valid text only); *len, if not NULL, gets its length. */
static inline uint32_t cn_utf8_at(const char *p, size_t *len) {
  const unsigned char *s = (const unsigned char *)p;
  size_t n = cn_utf8_len(s[0]);
  if (len) *len = n;
  if (n == 3) return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
  if (n == 1) return s[0];
  if (n == 2) return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
  return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 | (uint32_t)(s[2] & 0x3F) << 6 | (s[3] & 0x3F);
}
/* Start of the code point that ends just before p; p must be > begin. */
static inline const char *cn_utf8_before(const char *begin, const char *p) {
  do p--;
  while (p > begin && ((unsigned char)*p & 0xC0) == 0x80);
  return p;
}
/* Writes code point c to out (4 bytes room); returns its length. */
size_t cn_utf8_put(char *out, uint32_t c);
/* Number of code points in v. Vectorised by the compiler: counts non-continuation bytes. */
size_t cn_utf8_count(cn_view v);
/* Length of the longest prefix that is valid UTF-8 (no surrogates, no overlong forms, at most U+10FFFF). */
size_t cn_utf8_valid_prefix(cn_view v);
/* Columns a terminal needs: 2 for East Asian Wide and Fullwidth, 0 for combining marks and controls, else 1. */
int cn_utf8_width(uint32_t c);
size_t cn_utf8_columns(cn_view v);
/* Whether c is an ideograph (URO, extensions, compatibility, 〇). */
bool cn_is_han(uint32_t c);
/* Whether c is white space in a notice: ASCII blanks, U+3000, U+00A0, U+2002..U+200B, U+FEFF. */
bool cn_is_space(uint32_t c);

#endif
