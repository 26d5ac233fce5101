/* Numerals: the value of a run of Arabic or Chinese digits and magnitudes, exact.
 *
 * In:  folded text and a byte offset.  Out: how far the numeral reaches, and its value.
 * 1,234.5  2.1万亿  1亿2000万  3万5千  三百二十  两千  二〇二〇  十五  廿三  壹佰万  三点五  百  几十  七八  十几  数百
 * 30余  100多 */
#ifndef CN_NORMALIZE_NUMERAL_H
#define CN_NORMALIZE_NUMERAL_H

#include "core/decimal.h"

typedef struct cn_numeral {
  size_t end;       /* byte after the numeral; == begin when there is none */
  cn_decimal value; /* not known when it does not fit */
  cn_decimal min,
      max; /* known for 七八 (7–8), 十几 (11–19), 几十 (20–90), 数百 …: a range by itself, value not known */
  bool more;       /* 余 or 多 or 来 inside or behind: 30余, 100多, 2万余, 三百多 */
  bool chinese;    /* begins with a Chinese numeral (affects what may be a name: 五位一体) */
  bool formal;     /* capital numerals of cheques: 壹佰万 */
  bool magnitude;  /* ends in 万, 亿, 百, 千 …: 百亿, 30亿 */
  bool bare;       /* is nothing but magnitude: 百亿, 千万, 亿 (but not 十) */
  bool positional; /* digit by digit: 二〇二〇, 一二三四五 */
  bool grouped;    /* thousands separators */
  bool coded;      /* no amount but a code: 1.2.3, 0539, 2021.3.15 */
  int shift;       /* power of ten of the trailing magnitude: 8亿 has 8, 3万5千 has 3, 5 has 0 */
  cn_decimal base; /* value without that magnitude: 8 of 8亿 (known only for a single coefficient) */
} cn_numeral;

/* Reads the numeral that begins at byte `at` of folded text. Linear in what it reads. */
cn_numeral cn_numeral_read(cn_view text, size_t at);
/* Whether a numeral can begin with the code point at this byte: the cheap test of the scan. */
bool cn_numeral_can_begin(cn_view text, size_t at);

#endif
