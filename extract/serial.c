/* Serial numbers in all their spellings: see serial.h. */
#include "extract/serial.h"

#include "core/utf8.h"
#include "extract/words.h"

static int digit_of(uint32_t c) {
  static const char *const digits[] = {"〇零○", "一壹",   "二贰貳两", "三叁參", "四肆",
                                       "五伍",  "六陆陸", "七柒",     "八捌",   "九玖"};
  for (int i = 0; i < 10; i++)
    for (const char *p = digits[i]; *p;) {
      size_t len;
      if (cn_utf8_at(p, &len) == c) return i;
      p += len;
    }
  return -1;
}

static int64_t chinese_number(cn_view v, size_t *at) {
  int64_t total = 0, digit = -1;
  size_t start = *at;
  while (*at < v.n && (unsigned char)v.p[*at] >= 0x80) {
    size_t len;
    uint32_t c = cn_utf8_at(v.p + *at, &len);
    int d = digit_of(c);
    if (d >= 0)
      digit = digit > 0 && total == 0 ? digit * 10 + d : d;
    else if (c == 0x5341 || c == 0x62FE)
      total += (digit < 0 ? 1 : digit) * 10, digit = -1; /* 十 拾 */
    else if (c == 0x767E || c == 0x4F70)
      total += (digit < 0 ? 1 : digit) * 100, digit = -1; /* 百 佰 */
    else if (c == 0x5EFF)
      total += 20, digit = -1; /* 廿 */
    else
      break;
    *at += len;
    if (*at - start > 30) break;
  }
  return *at == start ? -1 : total + (digit < 0 ? 0 : digit);
}

int64_t cn_serial_number(cn_view v, size_t *at, bool *chinese) {
  int64_t value = 0;
  size_t start = *at;
  *chinese = false;
  while (*at < v.n && v.p[*at] >= '0' && v.p[*at] <= '9' && *at - start < 9) value = value * 10 + (v.p[(*at)++] - '0');
  if (*at > start) return value;
  *chinese = true;
  return chinese_number(v, at);
}

static bool is_digit_at(cn_view v, size_t at) { return at < v.n && v.p[at] >= '0' && v.p[at] <= '9'; }

static bool finish(cn_view v, cn_serial *s, cn_serial_style style, size_t label_end, size_t end) {
  s->style = style;
  s->label_end = label_end;
  s->end = cn_skip_blank(v, end);
  size_t at = s->end;
  bool chinese;
  s->glued = cn_serial_number(v, &at, &chinese) >= 0 && at > s->end;
  return true;
}

/* ① ⑴ ⒈ ㈠: one code point each. */
static bool read_single(cn_view v, size_t at, cn_serial *s) {
  static const struct {
    uint32_t first, last;
    cn_serial_style style;
  } runs[] = {{0x2460, 0x2473, CN_SERIAL_CIRCLE},
              {0x2776, 0x277F, CN_SERIAL_CIRCLE},
              {0x2474, 0x2487, CN_SERIAL_ARABIC_PAREN},
              {0x2488, 0x249B, CN_SERIAL_ARABIC},
              {0x3220, 0x3229, CN_SERIAL_HAN_PAREN}};
  size_t len;
  uint32_t c = cn_utf8_at(v.p + at, &len);
  for (size_t i = 0; i < CN_COUNT(runs); i++)
    if (c >= runs[i].first && c <= runs[i].last) {
      s->value = (int64_t)(c - runs[i].first) + 1;
      return finish(v, s, runs[i].style, at + len, at + len);
    }
  return false;
}

static bool read_paren(cn_view v, size_t at, cn_serial *s) {
  bool chinese;
  size_t open = v.p[at] == '(' ? 1 : 3, p = cn_skip_blank(v, at + open), from = p;
  s->value = cn_serial_number(v, &p, &chinese);
  if (s->value < 0 || (!chinese && p - from > 3)) return false;
  p = cn_skip_blank(v, p);
  if (!cn_at(v, p, "）") && !cn_at(v, p, ")")) return false;
  p += v.p[p] == ')' ? 1 : 3;
  size_t end = cn_at(v, p, "、") ? p + 3 : p;
  return finish(v, s, chinese ? CN_SERIAL_HAN_PAREN : CN_SERIAL_ARABIC_PAREN, p, end);
}

static bool read_ordinal(cn_view v, size_t at, cn_serial *s) {
  static const struct {
    const char *word;
    cn_serial_style style;
  } kinds[] = {{"条", CN_SERIAL_ARTICLE}, {"條", CN_SERIAL_ARTICLE}, {"章", CN_SERIAL_CHAPTER},
               {"节", CN_SERIAL_SECTION}, {"節", CN_SERIAL_SECTION}, {"篇", CN_SERIAL_PART},
               {"部分", CN_SERIAL_PART}};
  bool chinese;
  size_t p = cn_skip_blank(v, at + 3);
  s->value = cn_serial_number(v, &p, &chinese);
  if (s->value < 0) return false;
  p = cn_skip_blank(v, p);
  for (size_t i = 0; i < CN_COUNT(kinds); i++)
    if (cn_at(v, p, kinds[i].word)) {
      size_t end = p + strlen(kinds[i].word);
      s->weak = end < v.n && cn_skip_blank(v, end) == end; /* 第三条规定 in running text */
      return finish(v, s, kinds[i].style, end, end);
    }
  size_t item = p + strlen("项"); /* 第一项 …, 第一项：…, but not 第一项任务 */
  if ((!cn_at(v, p, "项") && !cn_at(v, p, "項")) || item >= v.n) return false;
  bool colon = cn_at(v, item, "：") || cn_at(v, item, ":");
  if (!colon && cn_skip_blank(v, item) == item) return false;
  return finish(v, s, CN_SERIAL_ARTICLE, item, colon ? item + (v.p[item] == ':' ? 1 : 3) : item);
}

static bool read_han(cn_view v, size_t at, cn_serial *s) {
  size_t p = at;
  s->value = chinese_number(v, &p);
  if (s->value <= 0) return false;
  size_t mark = cn_skip_blank(v, p);
  if (cn_at(v, mark, "、")) return finish(v, s, CN_SERIAL_HAN, p, mark + 3);
  if (cn_at(v, mark, ".")) return finish(v, s, CN_SERIAL_HAN, p, mark + 1);
  return false;
}

static bool is_date_tail(cn_view v, size_t at) {
  return cn_at(v, at, "年") || cn_at(v, at, "月") || cn_at(v, at, "日");
}

/* 1.2 or 1.4月19日: what follows the point decides. */
static bool read_decimal(cn_view v, size_t first_end, cn_serial *s) {
  size_t p = first_end;
  int64_t last = s->value, upper = 0;
  size_t parts = 1;
  while (p < v.n && v.p[p] == '.' && is_digit_at(v, p + 1) && parts < 4) {
    size_t q = p + 1;
    bool chinese;
    int64_t part = cn_serial_number(v, &q, &chinese);
    if (is_date_tail(v, cn_skip_blank(v, q)) || q - p > 3) break;
    upper = parts == 1 ? last : upper * 100 + last;
    last = part;
    p = q;
    parts++;
  }
  if (parts == 1) {
    s->upper = -1;
    return finish(v, s, CN_SERIAL_ARABIC, first_end, first_end + 1);
  }
  s->upper = upper;
  s->value = last;
  size_t end = p < v.n && (v.p[p] == '.' || cn_at(v, p, "、")) ? p + (v.p[p] == '.' ? 1 : 3) : p;
  s->weak = end == p;
  return finish(v, s, CN_SERIAL_DECIMAL, p, end);
}

static bool read_arabic(cn_view v, size_t at, cn_serial *s) {
  bool chinese;
  size_t p = at;
  s->value = cn_serial_number(v, &p, &chinese);
  if (p - at > 3 || is_digit_at(v, p)) return false;
  size_t mark = cn_skip_blank(v, p);
  if (cn_at(v, mark, "、")) return finish(v, s, CN_SERIAL_ARABIC, p, mark + 3);
  if (cn_at(v, mark, ".") && is_digit_at(v, mark + 1) && mark == p) return read_decimal(v, p, s);
  if (cn_at(v, mark, ".") || cn_at(v, mark, "．")) return finish(v, s, CN_SERIAL_ARABIC, p, mark + 1);
  if (cn_at(v, mark, "）")) return finish(v, s, CN_SERIAL_ARABIC_PAREN, p, mark + 3);
  if (cn_at(v, mark, ")")) return finish(v, s, CN_SERIAL_ARABIC_PAREN, p, mark + 1);
  s->weak = true;
  return mark > p && mark < v.n && (unsigned char)v.p[mark] >= 0xE3 && finish(v, s, CN_SERIAL_ARABIC, p, mark);
}

bool cn_serial_read(cn_view v, size_t at, cn_serial *s) {
  *s = (cn_serial){.begin = at};
  if (at >= v.n) return false;
  unsigned char c = (unsigned char)v.p[at];
  if (c >= '0' && c <= '9') return read_arabic(v, at, s);
  if (c == '(' || cn_at(v, at, "（")) return read_paren(v, at, s);
  if (c < 0xE2) return false;
  if (cn_at(v, at, "第")) return read_ordinal(v, at, s);
  if (c == 0xE2 || cn_at(v, at, "㈠") || (c == 0xE3 && (unsigned char)v.p[at + 1] == 0x88))
    return read_single(v, at, s);
  return read_han(v, at, s);
}

bool cn_serial_cell(cn_view v, cn_serial *s) {
  v = cn_view_trim(v);
  *s = (cn_serial){0};
  if (!v.n) return false;
  size_t p = 0;
  bool chinese;
  if (cn_serial_read(v, 0, s) && s->end == v.n && !s->glued) return true;
  *s = (cn_serial){0};
  if (cn_at(v, 0, "第")) p = 3;
  s->value = cn_serial_number(v, &p, &chinese);
  if (s->value < 0) return false;
  if (p == v.n || cn_at(v, p, "项") || cn_at(v, p, "号") || cn_at(v, p, "件"))
    return (p == v.n || p + 3 == v.n) && finish(v, s, chinese ? CN_SERIAL_HAN : CN_SERIAL_ARABIC, v.n, v.n);
  if (v.p[p] != '-' && v.p[p] != '.') return false; /* 1-2 */
  size_t q = p + 1;
  s->upper = s->value;
  s->value = cn_serial_number(v, &q, &chinese);
  return s->value >= 0 && q == v.n && finish(v, s, CN_SERIAL_DECIMAL, v.n, v.n);
}
