/* The characters that numerals are written with. Internal to numeral.c.
 *
 * In:  folded text and a byte offset.  Out: what kind of numeral character stands there. */
#ifndef CN_NORMALIZE_NUMERAL_TOKEN_H
#define CN_NORMALIZE_NUMERAL_TOKEN_H

#include "core/view.h"

typedef enum cn_token_kind {
  CN_TOKEN_NONE,
  CN_TOKEN_DIGIT,
  CN_TOKEN_SMALL, /* 十 百 千 */
  CN_TOKEN_BIG,   /* 万 亿 */
  CN_TOKEN_TENS,  /* 廿 卅 卌 */
  CN_TOKEN_FEW,   /* 几 数 */
  CN_TOKEN_POINT, /* 点 */
  CN_TOKEN_MORE,  /* 余 多 来 */
  CN_TOKEN_ARABIC
} cn_token_kind;

typedef struct cn_token {
  cn_token_kind kind;
  int value;   /* a digit, a power of ten, or 20, 30, 40 */
  bool formal; /* of 壹佰贰拾: also ordinary characters (陆港, 队伍), so they need company */
} cn_token;

/* The token at byte `at`, and its length in bytes (0 at the end of the text). */
cn_token cn_token_at(cn_view text, size_t at, size_t *length);
/* Sets the bit of each code point that a Chinese numeral can begin with, in a map of the 65536 first ones. */
void cn_tokens_mark(uint8_t *points);
/* Whether a magnitude is no magnitude here: 千 of 千瓦, 百 of 百分点, 兆 of 兆瓦 (but not of 三兆元); and, where it
 * would be the `first` character of the numeral, 万 of 万分之三. */
bool cn_is_unit_prefix(cn_view text, size_t at, cn_token t, size_t length, bool first);

#endif
