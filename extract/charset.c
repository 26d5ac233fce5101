/* charset: see charset.h. In: bytes.  Out: a charset's name.  Owns nothing.
 *
 * UTF-8 is told by its own structure: text in GB18030 or Big5 is hardly ever made of valid UTF-8 sequences, so a few
 * damaged bytes do not change the answer. GB18030 and Big5 share their structure and are told apart by where common
 * characters lie: 一级汉字 in B0A1..D7F9 of GB 2312, 常用字 in A440..C67E of Big5. */
#include "extract/charset.h"

#include "core/utf8.h"

#include <strings.h>

static const struct {
  const char *alias;
  cn_charset charset;
} aliases[] = {
    {"utf-8", {"UTF-8", NULL, 0, false}},
    {"utf8", {"UTF-8", NULL, 0, false}},
    {"unicode-1-1-utf-8", {"UTF-8", NULL, 0, false}},
    {"ascii", {"UTF-8", NULL, 0, false}},
    {"us-ascii", {"UTF-8", NULL, 0, false}},
    {"gb2312", {"GB18030", "GB18030", 0, false}},
    {"gb_2312-80", {"GB18030", "GB18030", 0, false}},
    {"euc-cn", {"GB18030", "GB18030", 0, false}},
    {"gbk", {"GB18030", "GB18030", 0, false}},
    {"x-gbk", {"GB18030", "GB18030", 0, false}},
    {"cp936", {"GB18030", "GB18030", 0, false}},
    {"ms936", {"GB18030", "GB18030", 0, false}},
    {"windows-936", {"GB18030", "GB18030", 0, false}},
    {"gb18030", {"GB18030", "GB18030", 0, false}},
    {"big5", {"Big5", "BIG5-HKSCS", 0, false}},
    {"big-5", {"Big5", "BIG5-HKSCS", 0, false}},
    {"cn-big5", {"Big5", "BIG5-HKSCS", 0, false}},
    {"x-x-big5", {"Big5", "BIG5-HKSCS", 0, false}},
    {"cp950", {"Big5", "BIG5-HKSCS", 0, false}},
    {"big5-hkscs", {"Big5", "BIG5-HKSCS", 0, false}},
    {"utf-16le", {"UTF-16LE", "UTF-16LE", 0, false}},
    {"utf-16be", {"UTF-16BE", "UTF-16BE", 0, false}},
    {"unicode", {"UTF-16LE", "UTF-16LE", 0, false}},
    {"utf-16", {"UTF-16LE", "UTF-16LE", 0, false}},
};

cn_charset cn_charset_named(const char *name) {
  for (size_t i = 0; i < CN_COUNT(aliases); i++)
    if (strcasecmp(aliases[i].alias, name) == 0) return aliases[i].charset;
  return (cn_charset){.name = name, .iconv = name};
}

static const struct {
  cn_view mark;
  cn_charset charset;
} marks[] = {
    {{"\xEF\xBB\xBF", 3}, {"UTF-8", NULL, 3, false}},
    {{"\xFF\xFE\0\0", 4}, {"UTF-32LE", "UTF-32LE", 4, false}},
    {{"\0\0\xFE\xFF", 4}, {"UTF-32BE", "UTF-32BE", 4, false}},
    {{"\xFF\xFE", 2}, {"UTF-16LE", "UTF-16LE", 2, false}},
    {{"\xFE\xFF", 2}, {"UTF-16BE", "UTF-16BE", 2, false}},
    {{"\x84\x31\x95\x33", 4}, {"GB18030", "GB18030", 4, false}},
};

cn_charset cn_charset_by_mark(cn_view bytes) {
  for (size_t i = 0; i < CN_COUNT(marks); i++)
    if (cn_view_starts(bytes, marks[i].mark)) return marks[i].charset;
  return (cn_charset){0};
}

static size_t count_high(cn_view v) {
  size_t n = 0;
  for (size_t i = 0; i < v.n; i++) n += (unsigned char)v.p[i] >> 7;
  return n;
}

bool cn_charset_is_utf8(cn_view sample) {
  return cn_utf8_valid_prefix(sample) + 3 >= sample.n && count_high(sample) > 3;
}

/* What a sample looks like when read as one charset. */
typedef struct reading {
  size_t units;  /* characters of more than one byte */
  size_t common; /* of these, in the zone that everyday text is made of */
  size_t errors;
} reading;

static reading read_utf8(cn_view v) {
  reading r = {0};
  while (v.n) {
    size_t valid = cn_utf8_valid_prefix(v);
    cn_view run = cn_view_slice(v, 0, valid);
    r.units += cn_utf8_count(run) - (valid - count_high(run));
    if (valid + 3 >= v.n) break;
    r.errors++;
    v = cn_view_slice(v, valid + 1, v.n);
    while (v.n && ((unsigned char)*v.p & 0xC0) == 0x80) v = cn_view_slice(v, 1, v.n);
  }
  r.common = r.units;
  return r;
}

static bool in(unsigned char c, unsigned low, unsigned high) { return c >= low && c <= high; }

typedef bool zone(unsigned char lead, unsigned char trail);

/* 汉字 of level one and the punctuation, letters and digits of GB 2312's first three rows. */
static bool gb_common(unsigned char lead, unsigned char trail) {
  return trail >= 0xA1 && (in(lead, 0xB0, 0xD7) || in(lead, 0xA1, 0xA3));
}
static bool big5_common(unsigned char lead, unsigned char trail) {
  return in(lead, 0xA4, 0xC6) || (in(lead, 0xA1, 0xA3) && trail != 0xFF);
}
static bool gb_trail(unsigned char lead, unsigned char trail) {
  return in(lead, 0x81, 0xFE) && trail != 0x7F && in(trail, 0x40, 0xFE);
}
static bool big5_trail(unsigned char lead, unsigned char trail) {
  return in(lead, 0x87, 0xFE) && (in(trail, 0x40, 0x7E) || in(trail, 0xA1, 0xFE));
}

/* A text in a two-byte charset; `four` allows GB18030's four-byte form. A character cut at the end is no error. */
static reading read_pairs(cn_view v, zone *valid, zone *common, bool four) {
  reading r = {0};
  const unsigned char *p = (const unsigned char *)v.p, *end = p + v.n;
  while (p < end) {
    size_t left = (size_t)(end - p);
    if (*p < 0x80) {
      p++;
    } else if (left == 1) {
      break;
    } else if (valid(p[0], p[1])) {
      r.units++;
      r.common += common(p[0], p[1]);
      p += 2;
    } else if (four && in(p[1], 0x30, 0x39) && left >= 4 && in(p[2], 0x81, 0xFE) && in(p[3], 0x30, 0x39)) {
      r.units++;
      p += 4;
    } else {
      r.errors++;
      p++;
    }
  }
  return r;
}

/* 16-bit units that Chinese text is made of: ASCII, dashes and quotes, CJK punctuation, ideographs, full-width forms.
 */
static bool utf16_common(unsigned unit) {
  return (unit >= 0x20 && unit < 0x7F) || unit == 0x0A || unit == 0x0D || unit == 0x09 ||
         (unit >= 0x2010 && unit <= 0x203F) || (unit >= 0x3000 && unit <= 0x303F) ||
         (unit >= 0x4E00 && unit <= 0x9FFF) || (unit >= 0xFF00 && unit <= 0xFFEF);
}

static reading read_utf16(cn_view v, size_t high) {
  reading r = {0};
  for (size_t i = 0; i + 1 < v.n; i += 2) {
    unsigned unit = (unsigned)((unsigned char)v.p[i + high] << 8 | (unsigned char)v.p[i + 1 - high]);
    r.units++;
    r.common += utf16_common(unit);
  }
  r.errors = r.units - r.common;
  return r;
}

/* U+0000 is rare in a text, and every second byte in one of ASCII characters of 16 bits. */
static size_t count_zeros(cn_view v) {
  size_t n = 0;
  for (size_t i = 0; i < v.n; i++) n += v.p[i] == 0;
  return n;
}

/* At least `percent` of the characters are everyday ones. */
static bool is_everyday(reading r, size_t percent) { return r.units && r.common * 100 >= r.units * percent; }
static bool is_clean(reading r) { return r.errors * 50 <= r.units; }

static cn_charset by_ucsdet(cn_view sample) {
  int confidence = 0;
  const char *name = cn_charset_ucsdet(cn_view_slice(sample, 0, (size_t)64 << 10), &confidence);
  if (!name || confidence < 40) return (cn_charset){0};
  cn_charset found = cn_charset_named(name);
  found.guessed = true;
  return found;
}

cn_charset cn_charset_by_content(cn_view sample) {
  const cn_charset utf8_charset = {.name = "UTF-8"};
  if (cn_utf8_valid_prefix(sample) + 3 >= sample.n && count_zeros(sample) * 4 < sample.n) return utf8_charset;
  reading little = read_utf16(sample, 1), big = read_utf16(sample, 0);
  if (is_everyday(little, 90) && little.common > big.common) return cn_charset_named("utf-16le");
  if (is_everyday(big, 90)) return cn_charset_named("utf-16be");
  reading utf8 = read_utf8(sample);
  if (utf8.units >= 3 * utf8.errors) return utf8_charset;
  reading gb = read_pairs(sample, gb_trail, gb_common, true);
  reading big5 = read_pairs(sample, big5_trail, big5_common, false);
  if (is_clean(gb) && is_everyday(gb, 70)) return cn_charset_named("gb18030");
  if (is_clean(big5) && is_everyday(big5, 85)) return cn_charset_named("big5");
  if (is_clean(gb) && gb.errors <= big5.errors && is_everyday(gb, 30)) return cn_charset_named("gb18030");
  cn_charset found = by_ucsdet(sample);
  if (found.name) return found;
  found = big5.errors < gb.errors ? cn_charset_named("big5") : cn_charset_named("gb18030");
  if (utf8.errors <= gb.errors && utf8.errors <= big5.errors) found = utf8_charset;
  found.guessed = true;
  return found;
}

bool cn_charset_is_binary(cn_view sample) {
  size_t controls = 0;
  for (size_t i = 0; i < sample.n; i++) {
    unsigned char c = (unsigned char)sample.p[i];
    controls += (c < 0x20 && !(c >= 0x09 && c <= 0x0D) && c != 0x1A && c != 0x1B) || c == 0x7F;
  }
  return (controls > 8 && controls * 50 > sample.n) || controls * 4 > sample.n;
}
