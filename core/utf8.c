/* UTF-8: the one check of validity, counting, stepping, and display width. The tables are made by tools/foldgen.c. */
#include "core/utf8.h"

#include "core/fold.h"
#include "fold_table.h"

size_t cn_utf8_put(char *out, uint32_t c) {
  unsigned char *s = (unsigned char *)out;
  if (c < 0x80) {
    s[0] = (unsigned char)c;
    return 1;
  }
  if (c < 0x800) {
    s[0] = (unsigned char)(0xC0 | c >> 6);
    s[1] = (unsigned char)(0x80 | (c & 0x3F));
    return 2;
  }
  if (c < 0x10000) {
    s[0] = (unsigned char)(0xE0 | c >> 12);
    s[1] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
    s[2] = (unsigned char)(0x80 | (c & 0x3F));
    return 3;
  }
  s[0] = (unsigned char)(0xF0 | c >> 18);
  s[1] = (unsigned char)(0x80 | (c >> 12 & 0x3F));
  s[2] = (unsigned char)(0x80 | (c >> 6 & 0x3F));
  s[3] = (unsigned char)(0x80 | (c & 0x3F));
  return 4;
}

size_t cn_utf8_count(cn_view v) {
  size_t n = 0;
  for (size_t i = 0; i < v.n; i++) n += ((unsigned char)v.p[i] & 0xC0) != 0x80;
  return n;
}

/* Length of the valid sequence at s (at most `left` bytes), or 0. Table 3-7 of the Unicode Standard. */
static size_t sequence(const unsigned char *s, size_t left) {
  unsigned char a = s[0], low = 0x80, high = 0xBF;
  size_t n = a < 0x80 ? 1 : a >= 0xC2 && a < 0xE0 ? 2 : a >= 0xE0 && a < 0xF0 ? 3 : a >= 0xF0 && a < 0xF5 ? 4 : 0;
  if (n == 0 || n > left) return 0;
  if (a == 0xE0) low = 0xA0;
  if (a == 0xED) high = 0x9F;
  if (a == 0xF0) low = 0x90;
  if (a == 0xF4) high = 0x8F;
  for (size_t i = 1; i < n; i++, low = 0x80, high = 0xBF)
    if (s[i] < low || s[i] > high) return 0;
  return n;
}

size_t cn_utf8_valid_prefix(cn_view v) {
  const unsigned char *s = (const unsigned char *)v.p;
  size_t i = 0;
  while (i < v.n) {
    uint64_t word;
    if (v.n - i >= 8 && (memcpy(&word, s + i, 8), (word & 0x8080808080808080u) == 0)) {
      i += 8;
      continue;
    }
    /* The common case of Chinese text: three bytes, lead E1..EC or EE..EF. */
    if (v.n - i >= 3 && s[i] >= 0xE1 && s[i] <= 0xEF && s[i] != 0xED && (s[i + 1] & 0xC0) == 0x80 &&
        (s[i + 2] & 0xC0) == 0x80) {
      i += 3;
      continue;
    }
    size_t n = sequence(s + i, v.n - i);
    if (n == 0) return i;
    i += n;
  }
  return i;
}

static bool in_ranges(const uint32_t (*ranges)[2], size_t count, uint32_t c) {
  size_t low = 0, high = count;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (c > ranges[mid][1])
      low = mid + 1;
    else if (c < ranges[mid][0])
      high = mid;
    else
      return true;
  }
  return false;
}

int cn_utf8_width(uint32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return 0;
  if (c < 0x300) return 1;
  bool zero = c <= 0x36F || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
              (c >= 0x2060 && c <= 0x2064) || (c >= 0x20D0 && c <= 0x20F0) || (c >= 0xFE00 && c <= 0xFE0F) ||
              c == 0xFEFF;
  if (zero) return 0;
  return in_ranges(cn_wide_ranges, CN_COUNT(cn_wide_ranges), c) ? 2 : 1;
}

size_t cn_utf8_columns(cn_view v) {
  size_t columns = 0, len;
  for (size_t i = 0; i < v.n; i += len) columns += (size_t)cn_utf8_width(cn_utf8_at(v.p + i, &len));
  return columns;
}

bool cn_is_han(uint32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x323AF);
}

bool cn_is_space(uint32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x3000 || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) ||
         c == 0xFEFF;
}

/* Folding lives beside the table it needs. */
uint32_t cn_fold_point(uint32_t c) {
  if (c < 0x3000) return c;
  size_t low = 0, high = CN_COUNT(cn_fold_pairs);
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (cn_fold_pairs[mid][0] < c)
      low = mid + 1;
    else
      high = mid;
  }
  return low < CN_COUNT(cn_fold_pairs) && cn_fold_pairs[low][0] == c ? cn_fold_pairs[low][1] : c;
}
