/* Ordinals: see ordinal.h. Owns nothing. */
#include "extract/ordinal.h"

#include "core/utf8.h"

static size_t write_decimal(char *out, int64_t number, int width) {
  return (size_t)snprintf(out, CN_ORDINAL_ROOM, "%0*lld", width, (long long)number);
}

static size_t add(char *out, size_t n, const char *s) {
  size_t length = strlen(s);
  if (n + length > CN_ORDINAL_ROOM) return n;
  memcpy(out + n, s, length);
  return n + length;
}

static const char *const plain_digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
static const char *const legal_digits[] = {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"};
static const char *const plain_powers[] = {"", "十", "百", "千"};
static const char *const legal_powers[] = {"", "拾", "佰", "仟"};

/* 1 … 9999: 十二 (not 一十二), 一百零三. */
static size_t write_chinese(char *out, int64_t number, bool legal) {
  const char *const *digits = legal ? legal_digits : plain_digits, *const *powers = legal ? legal_powers : plain_powers;
  size_t n = 0;
  bool zero = false;
  int64_t unit = 1000;
  for (int power = 3; power >= 0; power--, unit /= 10) {
    int64_t digit = number / unit % 10;
    if (!digit) {
      zero = n > 0;
      continue;
    }
    if (zero) n = add(out, n, digits[0]);
    zero = false;
    bool bare_ten = !legal && power == 1 && digit == 1 && n == 0;
    if (!bare_ten) n = add(out, n, digits[digit]);
    n = add(out, n, powers[power]);
  }
  return n;
}

static size_t write_digits(char *out, int64_t number) {
  char decimal[CN_ORDINAL_ROOM];
  size_t n = 0, length = write_decimal(decimal, number, 1);
  for (size_t i = 0; i < length; i++) n = add(out, n, decimal[i] == '0' ? "〇" : plain_digits[decimal[i] - '0']);
  return n;
}

static size_t write_letters(char *out, int64_t number, char first) {
  size_t repeat = (size_t)((number - 1) / 26) + 1; /* as Word counts: z, aa, bb */
  if (repeat > 8) return write_decimal(out, number, 1);
  memset(out, first + (int)((number - 1) % 26), repeat);
  return repeat;
}

static size_t write_roman(char *out, int64_t number, bool upper) {
  static const struct {
    int value;
    const char *lower, *upper;
  } steps[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"},  {400, "cd", "CD"}, {100, "c", "C"},
               {90, "xc", "XC"}, {50, "l", "L"},    {40, "xl", "XL"}, {10, "x", "X"},    {9, "ix", "IX"},
               {5, "v", "V"},    {4, "iv", "IV"},   {1, "i", "I"}};
  size_t n = 0;
  for (size_t i = 0; i < CN_COUNT(steps); i++)
    for (; number >= steps[i].value; number -= steps[i].value) n = add(out, n, upper ? steps[i].upper : steps[i].lower);
  return n;
}

size_t cn_ordinal_write(char *out, cn_ordinal style, int64_t number) {
  if (style == CN_ORDINAL_NONE) return 0;
  if (number < 1 || number > 9999) return write_decimal(out, number, 1);
  switch (style) {
  case CN_ORDINAL_PADDED: return write_decimal(out, number, 2);
  case CN_ORDINAL_CHINESE: return write_chinese(out, number, false);
  case CN_ORDINAL_LEGAL: return write_chinese(out, number, true);
  case CN_ORDINAL_DIGITS: return write_digits(out, number);
  case CN_ORDINAL_LOWER: return write_letters(out, number, 'a');
  case CN_ORDINAL_UPPER: return write_letters(out, number, 'A');
  case CN_ORDINAL_LOWER_ROMAN: return write_roman(out, number, false);
  case CN_ORDINAL_UPPER_ROMAN: return write_roman(out, number, true);
  case CN_ORDINAL_CIRCLED:
    if (number <= 20) return cn_utf8_put(out, 0x2460 + (uint32_t)number - 1);
    return number <= 35 ? cn_utf8_put(out, 0x3251 + (uint32_t)number - 21) : write_decimal(out, number, 1);
  case CN_ORDINAL_BRACKETED:
    return number <= 20 ? cn_utf8_put(out, 0x2474 + (uint32_t)number - 1) : write_decimal(out, number, 1);
  case CN_ORDINAL_WIDE: {
    char decimal[CN_ORDINAL_ROOM];
    size_t n = 0, length = write_decimal(decimal, number, 1);
    for (size_t i = 0; i < length; i++) n += cn_utf8_put(out + n, 0xFF10 + (uint32_t)(decimal[i] - '0'));
    return n;
  }
  case CN_ORDINAL_NONE:
  case CN_ORDINAL_DECIMAL: break;
  }
  return write_decimal(out, number, 1);
}

cn_ordinal cn_ordinal_of(cn_view name) {
  static const struct {
    const char *name;
    cn_ordinal style;
  } names[] = {
      {"decimal", CN_ORDINAL_DECIMAL},
      {"1", CN_ORDINAL_DECIMAL},
      {"decimalZero", CN_ORDINAL_PADDED},
      {"decimal-leading-zero", CN_ORDINAL_PADDED},
      {"decimalFullWidth", CN_ORDINAL_WIDE},
      {"decimalFullWidth2", CN_ORDINAL_WIDE},
      {"１, ２, ３, ...", CN_ORDINAL_WIDE},
      {"chineseCounting", CN_ORDINAL_CHINESE},
      {"chineseCountingThousand", CN_ORDINAL_CHINESE},
      {"taiwaneseCounting", CN_ORDINAL_CHINESE},
      {"taiwaneseCountingThousand", CN_ORDINAL_CHINESE},
      {"japaneseCounting", CN_ORDINAL_CHINESE},
      {"ideographTraditional", CN_ORDINAL_DECIMAL},
      {"cjk-ideographic", CN_ORDINAL_CHINESE},
      {"simp-chinese-informal", CN_ORDINAL_CHINESE},
      {"一, 二, 三, ...", CN_ORDINAL_CHINESE},
      {"chineseLegalSimplified", CN_ORDINAL_LEGAL},
      {"ideographLegalTraditional", CN_ORDINAL_LEGAL},
      {"壹, 贰, 叁, ...", CN_ORDINAL_LEGAL},
      {"ideographDigital", CN_ORDINAL_DIGITS},
      {"japaneseDigitalTenThousand", CN_ORDINAL_DIGITS},
      {"taiwaneseDigital", CN_ORDINAL_DIGITS},
      {"decimalEnclosedCircle", CN_ORDINAL_CIRCLED},
      {"decimalEnclosedCircleChinese", CN_ORDINAL_CIRCLED},
      {"①, ②, ③, ...", CN_ORDINAL_CIRCLED},
      {"decimalEnclosedParen", CN_ORDINAL_BRACKETED},
      {"lowerLetter", CN_ORDINAL_LOWER},
      {"lower-alpha", CN_ORDINAL_LOWER},
      {"a", CN_ORDINAL_LOWER},
      {"upperLetter", CN_ORDINAL_UPPER},
      {"upper-alpha", CN_ORDINAL_UPPER},
      {"A", CN_ORDINAL_UPPER},
      {"lowerRoman", CN_ORDINAL_LOWER_ROMAN},
      {"lower-roman", CN_ORDINAL_LOWER_ROMAN},
      {"i", CN_ORDINAL_LOWER_ROMAN},
      {"upperRoman", CN_ORDINAL_UPPER_ROMAN},
      {"upper-roman", CN_ORDINAL_UPPER_ROMAN},
      {"I", CN_ORDINAL_UPPER_ROMAN},
      {"bullet", CN_ORDINAL_NONE},
      {"none", CN_ORDINAL_NONE},
      {"disc", CN_ORDINAL_NONE},
      {"square", CN_ORDINAL_NONE},
      {"circle", CN_ORDINAL_NONE},
      {"", CN_ORDINAL_NONE},
  };
  for (size_t i = 0; i < CN_COUNT(names); i++)
    if (cn_view_is(name, names[i].name)) return names[i].style;
  return CN_ORDINAL_DECIMAL;
}
