/* Numerals: one pass over Arabic runs, Chinese digits and magnitudes, kept as a pair (lowest, highest reading).
 *
 * In:  folded text.  Out: cn_numeral.  Owns nothing.
 * A numeral is a sum of levels: 1亿2000万3百 = 1 × 亿 + 2000 × 万 + 3 × 百. A magnitude takes all that stands below it
 * and has not been taken yet, so that 一万二千亿 is (1 × 万 + 2 × 千) × 亿. Where what follows cannot belong to the
 * numeral any more (一万两万), the reader falls back to its last good state. */
#include "normalize/numeral.h"

#include "core/utf8.h"
#include "normalize/numeral_token.h"
#include "normalize/vocabulary.h"

typedef struct pair {
  cn_decimal low, high;
} pair;

typedef struct state {
  size_t at;                   /* behind the last token taken */
  pair top, high, middle, low; /* taken by 兆, by 亿, by 万, and hundreds and tens not yet taken */
  pair digit;                  /* the coefficient that waits for a magnitude */
  int digits;                  /* how many Chinese digits it has; -1: an Arabic run */
  int64_t spelled;             /* those digits read one by one, -1 when too many */
  int last_small;              /* power of the last 十百千 in `low`, 0: none */
  int last_power;              /* power of the last magnitude, for the terse 三百五 */
  cn_token_kind last;          /* the token before `at` */
  bool near_digits;            /* 七八: neighbours, so 7 to 8 */
  bool zero;                   /* a 零 since the last magnitude: 一百零五 is no terse form */
  bool coefficient;            /* something other than a bare magnitude has been seen */
  int coefficients;
  bool more, few, pointed;
} state;

/* --- arithmetic on pairs ----------------------------------------------------------------------------------------- */

static const pair nothing;

static bool is_set(pair a) { return a.low.known || a.high.known; }
static pair of_int(int64_t low, int64_t high) { return (pair){cn_decimal_int(low), cn_decimal_int(high)}; }
/* What has overflowed stays overflowed: a mark that no sum can undo. */
static const cn_decimal overflow = {INT64_MAX, 0, true};
static bool overflowed(cn_decimal a) { return a.mantissa == INT64_MAX; }

static cn_decimal sum(cn_decimal a, cn_decimal b) {
  if (overflowed(a) || overflowed(b)) return overflow;
  cn_decimal s = cn_decimal_add(a, b);
  return s.known ? s : overflow;
}

static pair add(pair a, pair b) {
  if (!is_set(a)) return b;
  if (!is_set(b)) return a;
  return (pair){sum(a.low, b.low), sum(a.high, b.high)};
}

static cn_decimal raise(cn_decimal a, int power) {
  if (overflowed(a)) return overflow;
  cn_decimal s = cn_decimal_shift(a, power);
  return s.known ? s : overflow;
}

static pair times(pair a, int power) { return (pair){raise(a.low, power), raise(a.high, power)}; }

/* --- taking tokens ------------------------------------------------------------------------------------------------ */

static void clear_digit(state *s) {
  s->digit = nothing;
  s->digits = 0;
  s->spelled = 0;
  s->near_digits = false;
}

static bool take_digit(state *s, int d, size_t length) {
  if (s->digits < 0 || s->pointed) return false;
  int before = (int)(s->spelled % 10);
  if (s->digits == 0) {
    s->digit = of_int(d, d);
  } else if (s->digits == 1 && before > 0 && (d == before + 1 || (before == 3 && d == 5))) {
    s->digit = of_int(before, d); /* 七八个, 三五家 */
    s->near_digits = true;
  } else {
    s->near_digits = false;
  }
  s->digits++;
  if (s->spelled >= 0) s->spelled = s->digits > 18 ? -1 : s->spelled * 10 + d;
  if (s->digits > 1 && !s->near_digits)
    s->digit = s->spelled < 0 ? (pair){overflow, overflow} : of_int(s->spelled, s->spelled);
  if (d == 0) s->zero = true;
  s->coefficients += s->digits == 1;
  s->coefficient = true;
  s->at += length;
  s->last = CN_TOKEN_DIGIT;
  return true;
}

/* 零 between levels (一百零五, 一万零三百) is a filler, not a digit. */
static bool take_zero(cn_view text, state *s, size_t length) {
  size_t n;
  bool spelled = s->digits > 0 || s->last == CN_TOKEN_NONE;
  if (spelled) return take_digit(s, 0, length);
  cn_token next = cn_token_at(text, s->at + length, &n);
  if (next.kind != CN_TOKEN_DIGIT && next.kind != CN_TOKEN_FEW && next.kind != CN_TOKEN_SMALL &&
      next.kind != CN_TOKEN_ARABIC)
    return false;
  s->zero = true;
  s->at += length;
  return true;
}

static bool take_small(state *s, int power, size_t length) {
  if (s->last_small && power >= s->last_small) return false;                                    /* 三百二千 */
  if (s->digits == 0 && s->last_small && s->last == CN_TOKEN_SMALL && power != 1) return false; /* 千百 */
  pair coefficient = is_set(s->digit) ? s->digit : of_int(1, 1);
  s->low = add(s->low, times(coefficient, power));
  clear_digit(s);
  s->pointed = s->zero = false;
  s->last_small = s->last_power = power;
  s->coefficient |= power == 1; /* 十万 is an amount, 百万 a size */
  s->at += length;
  s->last = CN_TOKEN_SMALL;
  return true;
}

static pair *level_of(state *s, int power) { return power == 12 ? &s->top : power == 8 ? &s->high : &s->middle; }

/* Everything below a magnitude that no smaller one may follow: 亿 takes what 万 has taken (2万亿), 兆 what both have.
 */
static pair take_below(state *s, int power) {
  pair below = add(s->low, s->digit);
  if (power >= 8) {
    below = add(s->middle, below);
    s->middle = nothing;
  }
  if (power >= 12) {
    below = add(s->high, below);
    s->high = nothing;
  }
  return below;
}

static bool take_big(state *s, int power, size_t length) {
  pair *level = level_of(s, power);
  if (s->last == CN_TOKEN_BIG && power <= s->last_power) {
    pair *last = level_of(s, s->last_power);
    *last = times(*last, power); /* 亿万, 万万: multiplied */
  } else {
    if (is_set(*level)) return false; /* 一万两万 */
    pair below = take_below(s, power);
    *level = times(is_set(below) ? below : of_int(1, 1), power);
    s->last_power = power;
  }
  s->low = nothing;
  clear_digit(s);
  s->last_small = 0;
  s->pointed = s->zero = false;
  s->at += length;
  s->last = CN_TOKEN_BIG;
  return true;
}

static bool take_tens(state *s, int tens, size_t length) {
  if (s->digits || s->last_small == 1) return false;
  s->low = add(s->low, of_int(tens, tens));
  s->last_small = 1;
  s->last_power = 0; /* 廿三 is 23, nothing terse about it */
  s->coefficient = true;
  s->coefficients++;
  s->at += length;
  s->last = CN_TOKEN_TENS;
  return true;
}

/* 几十 is 20 to 90, 十几 is 11 to 19; 几 by itself (几个) is no number. */
static bool take_few(cn_view text, state *s, size_t length) {
  size_t n;
  bool after_ten = s->last == CN_TOKEN_SMALL || s->last == CN_TOKEN_TENS;
  uint32_t c = cn_utf8_at(text.p + s->at, NULL);
  bool number = c == 0x6570 || c == 0x6578; /* 数, 數: 数十, but never 十数 */
  cn_token next = cn_token_at(text, s->at + length, &n);
  bool opens = next.kind == CN_TOKEN_SMALL || next.kind == CN_TOKEN_BIG;
  if (s->digits || s->few || (after_ten ? number : s->last != CN_TOKEN_NONE || !opens)) return false;
  s->digit = of_int(after_ten ? 1 : 2, 9);
  s->digits = 1;
  s->few = s->coefficient = true;
  s->coefficients++;
  s->at += length;
  s->last = CN_TOKEN_FEW;
  return true;
}

/* 三点五, 二十三点五: digits behind the point, whatever stands before it. */
static bool take_point(cn_view text, state *s, size_t length) {
  size_t n, at = s->at + length;
  bool whole = (s->digits > 0 && !s->near_digits) || s->last == CN_TOKEN_SMALL || s->last == CN_TOKEN_TENS;
  if (!whole || s->few || s->pointed || cn_token_at(text, at, &n).kind != CN_TOKEN_DIGIT) return false;
  int64_t mantissa = 0;
  int scale = 0;
  for (cn_token t; (t = cn_token_at(text, at, &n)).kind == CN_TOKEN_DIGIT; at += n) {
    if (scale < 15) {
      mantissa = mantissa * 10 + t.value;
      scale++;
    }
  }
  cn_decimal part = cn_decimal_shift(cn_decimal_int(mantissa), -scale);
  s->digit = add(s->digit, (pair){part, part});
  s->digits = 1;
  s->pointed = true;
  s->last_power = 0;
  s->at = at;
  s->last = CN_TOKEN_DIGIT;
  return true;
}

/* 多 of 多功能 and 余 of 余热 open the next word. */
static bool opens_word(cn_view text, size_t at) {
  return cn_follows_any(
      text, at,
      "多元化 多样 多功能 多维 多媒 多措 多跨 多式 多层 余额 余热 余电 来自 来源 来访 来宾 来电 来信 来往 來自 來源");
}

static bool take_more(cn_view text, state *s, size_t length) {
  bool behind_magnitude = s->last == CN_TOKEN_SMALL || s->last == CN_TOKEN_BIG || s->last == CN_TOKEN_TENS;
  bool behind_run = s->digits < 0 && cn_decimal_compare(s->digit.low, cn_decimal_int(10)) >= 0;
  uint32_t c = cn_utf8_at(text.p + s->at, NULL);
  bool come = c == 0x6765 || c == 0x4F86; /* 十来个, but 500来 is not said */
  if (come && behind_run)
    come = !cn_follows_any(text, s->at + length, "人 个 家 户 名 项 亩 元 次 年 天 岁"); /* 3000来人 */
  if (s->more || s->few || !(behind_magnitude || (behind_run && !come)) || opens_word(text, s->at)) return false;
  s->more = true;
  s->at += length;
  s->last = CN_TOKEN_MORE;
  return true;
}

/* --- Arabic runs -------------------------------------------------------------------------------------------------- */

static bool digit_at(cn_view text, size_t at) { return cn_is_digit((unsigned char)text.p[at]); }

/* Length of a thousands separator at `at` (`,` or `，`) with exactly three digits behind it, or 0. */
static size_t separator_at(cn_view text, size_t at) {
  size_t n = at < text.n && text.p[at] == ',' ? 1 : cn_follows_any(text, at, "，") ? 3 : 0;
  if (!n || at + n + 3 > text.n) return 0;
  for (size_t i = 0; i < 3; i++)
    if (!digit_at(text, at + n + i)) return 0;
  return at + n + 3 < text.n && digit_at(text, at + n + 3) ? 0 : n;
}

typedef struct arabic {
  size_t end;
  cn_decimal value;
  bool grouped, coded;
} arabic;

static size_t skip_digits(cn_view text, size_t at) {
  while (at < text.n && digit_at(text, at)) at++;
  return at;
}

static bool has_fraction(cn_view text, size_t at) {
  return at + 1 < text.n && text.p[at] == '.' && digit_at(text, at + 1);
}

/* The value of the digits in [from, to), separators left out. */
static cn_decimal digits_value(cn_view text, size_t from, size_t to) {
  char digits[48];
  size_t n = 0, start = from;
  while (start < to && text.p[start] == '0' && start + 1 < to && digit_at(text, start + 1)) start++;
  for (size_t i = start; i < to; i++) {
    if (!digit_at(text, i) && text.p[i] != '.') continue;
    if (n == sizeof digits) return overflow;
    digits[n++] = text.p[i];
  }
  cn_decimal v = cn_decimal_parse((cn_view){digits, n});
  return v.known ? v : overflow;
}

static arabic read_arabic(cn_view text, size_t at) {
  arabic a = {.end = skip_digits(text, at)};
  size_t n;
  if (a.end - at <= 3 && text.p[at] != '0')
    for (; (n = separator_at(text, a.end)); a.grouped = true) a.end += n + 3;
  a.coded = a.end - at > 1 && text.p[at] == '0';
  if (has_fraction(text, a.end)) a.end = skip_digits(text, a.end + 1);
  a.value = digits_value(text, at, a.end);
  for (; has_fraction(text, a.end); a.coded = true) a.end = skip_digits(text, a.end + 1); /* 1.2.3 */
  return a;
}

static bool take_arabic(cn_view text, state *s, cn_numeral *numeral) {
  if (s->last != CN_TOKEN_NONE && s->last != CN_TOKEN_BIG && s->last != CN_TOKEN_SMALL) return false;
  arabic a = read_arabic(text, s->at);
  if (s->last != CN_TOKEN_NONE && (a.coded || a.grouped)) return false;
  s->digit = (pair){a.value, a.value};
  s->digits = -1;
  s->coefficient = true;
  s->coefficients++;
  numeral->grouped |= a.grouped;
  numeral->coded |= a.coded;
  if (s->last != CN_TOKEN_NONE && a.end - s->at > 1) s->zero = true; /* 1万2000 is no terse form, 3万5 is */
  s->at = a.end;
  s->last = CN_TOKEN_ARABIC;
  return true;
}

/* --- putting it together -------------------------------------------------------------------------------------------
 */

/* 三万五千克 is 35000克: behind 三万 the 五 needs its 千, which 5千克 leaves to the unit. */
static bool is_counted(const state *s) { return is_set(s->middle) && is_set(s->digit) && !s->more; }

static bool take(cn_view text, state *s, cn_numeral *numeral) {
  size_t n;
  if (s->last == CN_TOKEN_ARABIC && text.p[s->at] == ' ' &&
      cn_follows_any(text, s->at + 1, "万 亿 萬 億 兆 百 千 余 餘 多"))
    s->at++; /* 10 万元 */
  cn_token t = cn_token_at(text, s->at, &n);
  if (s->last == CN_TOKEN_MORE && t.kind != CN_TOKEN_BIG && t.kind != CN_TOKEN_SMALL) return false;
  switch (t.kind) {
  case CN_TOKEN_ARABIC: return take_arabic(text, s, numeral);
  case CN_TOKEN_DIGIT: return t.value ? take_digit(s, t.value, n) : take_zero(text, s, n);
  case CN_TOKEN_SMALL:
    return (is_counted(s) || !cn_is_unit_prefix(text, s->at, t, n, s->last == CN_TOKEN_NONE)) &&
           take_small(s, t.value, n);
  case CN_TOKEN_BIG: return !cn_is_unit_prefix(text, s->at, t, n, s->last == CN_TOKEN_NONE) && take_big(s, t.value, n);
  case CN_TOKEN_TENS: return take_tens(s, t.value, n);
  case CN_TOKEN_FEW: return take_few(text, s, n);
  case CN_TOKEN_POINT: return numeral->chinese && take_point(text, s, n);
  case CN_TOKEN_MORE: return take_more(text, s, n);
  case CN_TOKEN_NONE: break;
  }
  if (n == 1 && text.p[s->at] == 'O' && s->digits > 0 && s->last == CN_TOKEN_DIGIT)
    return take_digit(s, 0, 1); /* 二O一一 */
  return false;
}

/* A digit left over behind a magnitude: 三百五 is 350, 两万五 25000; but in 一百五、 what is 一百零五 stays 105. */
static bool is_terse(const state *s) {
  return is_set(s->digit) && !s->zero && !s->few && !s->pointed && s->last_power >= 2 &&
         (s->digits == 1 || s->digits == -1 || s->near_digits) && !overflowed(s->digit.low);
}

static cn_decimal known_or_not(cn_decimal a) { return overflowed(a) ? (cn_decimal){0, 0, false} : a; }

static void finish(state *s, cn_numeral *numeral) {
  if (is_terse(s)) s->digit = times(s->digit, s->last_power - 1);
  pair whole = add(add(add(s->top, s->high), s->middle), add(s->low, s->digit));
  numeral->end = s->at;
  numeral->more = s->more;
  numeral->magnitude = s->digits == 0 && s->last_power > 0;
  numeral->bare = numeral->magnitude && !s->coefficient && s->last_power > 1;
  numeral->positional = s->digits > 1 && !s->near_digits;
  numeral->shift = s->digits == 0 ? s->last_power : 0;
  bool ranged = s->few || (is_set(whole) && cn_decimal_compare(whole.low, whole.high) != 0);
  if (ranged) {
    numeral->min = known_or_not(whole.low);
    numeral->max = known_or_not(whole.high);
  } else {
    numeral->value = known_or_not(whole.low);
  }
  if (!ranged && numeral->value.known && s->coefficients <= 1)
    numeral->base = cn_decimal_shift(numeral->value, -numeral->shift);
}

/* Whether the state may be the end of the numeral; if not, what was read since the last good end is given back. */
static bool is_good_end(cn_view text, const state *s, const cn_numeral *numeral) {
  if (s->last == CN_TOKEN_DIGIT && s->last_power >= 2 && s->digits == 1 && !s->zero && !s->pointed) {
    size_t n;
    /* 10万一个, 三百一家: an article, not a terse 三百一; mixed scripts are never terse: 3万五 */
    cn_token next = cn_token_at(text, s->at, &n);
    if (!numeral->chinese || next.kind == CN_TOKEN_SMALL || next.kind == CN_TOKEN_BIG) return false;
    if (s->last_power >= 2 && s->spelled == 1 && cn_is_han(cn_point_at(text, s->at))) return false;
  }
  /* 1万5G基站: the 5 belongs to the name */
  if (s->last == CN_TOKEN_ARABIC && s->last_power && s->at < text.n && (text.p[s->at] | 0x20) >= 'a' &&
      (text.p[s->at] | 0x20) <= 'z')
    return false;
  return true;
}

cn_numeral cn_numeral_read(cn_view text, size_t at) {
  cn_numeral numeral = {.end = at};
  if (at >= text.n || !cn_numeral_can_begin(text, at)) return numeral;
  size_t n;
  cn_token first = cn_token_at(text, at, &n);
  numeral.chinese = first.kind != CN_TOKEN_ARABIC;
  numeral.formal = first.formal;
  state s = {.at = at}, good = s;
  while (s.at < text.n && take(text, &s, &numeral))
    if (is_good_end(text, &s, &numeral)) good = s;
  if (good.at > at) finish(&good, &numeral);
  return numeral;
}
