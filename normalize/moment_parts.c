/* From a match's named groups to numbers: 二〇二〇 is 2020, 廿三 is 23, 110 of 民國110年 is 2021, 中下旬 is the 11th to
 * the end.
 *
 * In:  one match.  Out: cn_parts. Owns nothing. */
#include "core/utf8.h"
#include "normalize/moment.h"

static int digit_of(uint32_t c) {
  static const struct {
    uint32_t c;
    int value;
  } han[] = {{0x3007, 0}, {0x25CB, 0}, {0x96F6, 0}, {'O', 0},    {'o', 0},    {0x4E00, 1},
             {0x5143, 1}, {0x6B63, 1}, {0x4E8C, 2}, {0x4E24, 2}, {0x5169, 2}, {0x4E09, 3},
             {0x56DB, 4}, {0x4E94, 5}, {0x516D, 6}, {0x4E03, 7}, {0x516B, 8}, {0x4E5D, 9}};
  if (c >= '0' && c <= '9') return (int)(c - '0');
  for (size_t i = 0; i < CN_COUNT(han); i++)
    if (han[i].c == c) return han[i].value;
  return -1;
}

static int tens_of(uint32_t c) {
  return c == 0x5341 ? 10 : c == 0x5EFF ? 20 : c == 0x5345 ? 30 : c == 0x767E ? 100 : 0; /* 十 廿 卅 百 */
}

int cn_small_number(cn_view v) {
  int total = 0, digits = 0;
  bool pending = false, any = false;
  size_t length;
  for (const char *p = v.p, *end = p + v.n; p < end; p += length) {
    uint32_t c = cn_utf8_at(p, &length);
    int digit = digit_of(c), tens = tens_of(c);
    if (digit < 0 && !tens) return -1;
    if (tens) total += (c == 0x5EFF || c == 0x5345 || !pending ? 1 : digits) * tens;
    digits = tens ? 0 : (pending ? digits * 10 : 0) + digit;
    pending = !tens;
    any = true;
    if (digits > 99999 || total > 99999) return -1;
  }
  return any ? total + digits : -1;
}

static int number(const cn_match *m, cn_moment_group g) { return m->group[g].p ? cn_small_number(m->group[g]) : 0; }

static bool holds(cn_view v, const char *word) { return v.p && cn_view_find(v, cn_view_of(word), 0) != SIZE_MAX; }
static bool one_of(cn_view v, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (holds(v, words[i])) return true;
  return false;
}
#define ONE_OF(v, ...) one_of((v), (const char *const[]){__VA_ARGS__}, CN_COUNT(((const char *const[]){__VA_ARGS__})))

static cn_edge edge_of(cn_view v) {
  if (ONE_OF(v, "底", "末", "终", "終", "尾")) return CN_EDGE_END;
  if (holds(v, "初")) return CN_EDGE_BEGIN;
  if (holds(v, "中")) return CN_EDGE_MIDDLE;
  return ONE_OF(v, "内", "內", "全") ? CN_EDGE_WHOLE : CN_EDGE_NONE;
}

static cn_bound bound_of(cn_view v) {
  if (ONE_OF(v, "前后", "前後", "左右", "上下")) return CN_BOUND_AROUND;
  if (holds(v, "前")) return CN_BOUND_BEFORE;
  if (ONE_OF(v, "后", "後")) return CN_BOUND_AFTER;
  if (ONE_OF(v, "期间", "期間", "时期", "時期", "期内", "间", "間")) return CN_BOUND_DURING;
  if (ONE_OF(v, "止")) return CN_BOUND_STOP;
  return ONE_OF(v, "起", "开始", "開始", "以来", "以來") ? CN_BOUND_SINCE : CN_BOUND_NONE;
}

static cn_every every_of(cn_view v) {
  if (holds(v, "工作日")) return CN_EVERY_WORKDAY;
  if (ONE_OF(v, "日", "天")) return CN_EVERY_DAY;
  if (ONE_OF(v, "周", "週", "星期")) return CN_EVERY_WEEK;
  if (holds(v, "月")) return CN_EVERY_MONTH;
  if (holds(v, "季")) return CN_EVERY_QUARTER;
  if (holds(v, "半年")) return CN_EVERY_HALF;
  return holds(v, "年") ? CN_EVERY_YEAR : CN_EVERY_NONE;
}

static cn_year_word word_of(cn_view v) {
  if (ONE_OF(v, "明", "来年", "來年")) return CN_YEAR_NEXT;
  if (ONE_OF(v, "后年", "後年")) return CN_YEAR_AFTER_NEXT;
  if (ONE_OF(v, "次", "翌", "下")) return CN_YEAR_FOLLOWING;
  if (ONE_OF(v, "当", "當")) return CN_YEAR_SAME;
  return ONE_OF(v, "今", "本") ? CN_YEAR_THIS : CN_YEAR_NONE;
}

/* Ten-day parts by first and last: 上旬 11, 中旬 22, 下旬 33, 上中旬 12, 中下旬 23. */
static int ten_of(cn_view v) {
  bool first = holds(v, "上"), middle = holds(v, "中"), last = holds(v, "下");
  if (!first && !middle && !last) return 0;
  return (first ? 10 : middle ? 20 : 30) + (last ? 3 : middle ? 2 : 1);
}

static int year_of(const cn_match *m) {
  if (m->group[CN_GROUP_year].p) return number(m, CN_GROUP_year);
  if (m->group[CN_GROUP_roc].p) return 1911 + number(m, CN_GROUP_roc);
  if (!m->group[CN_GROUP_yy].p) return 0;
  int two = number(m, CN_GROUP_yy);
  return two < 0 ? -1 : two < 70 ? 2000 + two : 1900 + two;
}

static int lunar_of(cn_view v) {
  if (!v.p) return 0;
  if (holds(v, "冬")) return 11;
  if (holds(v, "腊") || holds(v, "臘")) return 12;
  return cn_small_number(v); /* 正 is 1 */
}

static int months_upto(const cn_match *m) {
  if (m->group[CN_GROUP_upto].p) return 3 * number(m, CN_GROUP_upto);
  return number(m, CN_GROUP_uptomonth);
}

static int quarter_month_of(cn_view v) {
  if (!v.p) return 0;
  if (holds(v, "末") || holds(v, "后") || holds(v, "後")) return 3;
  return holds(v, "首") ? 1 : cn_small_number(v);
}

cn_parts cn_parts_of(const cn_match *m) {
  cn_parts p = {
      .year0 = number(m, CN_GROUP_year0),
      .year = year_of(m),
      .lunar = lunar_of(m->group[CN_GROUP_lunar]),
      .month0 = number(m, CN_GROUP_month0),
      .month = number(m, CN_GROUP_month),
      .day0 = number(m, CN_GROUP_day0),
      .day = number(m, CN_GROUP_day),
      .ten = ten_of(m->group[CN_GROUP_ten]),
      .quarter0 = number(m, CN_GROUP_quarter0),
      .quarter = m->group[CN_GROUP_first].p ? 1 : number(m, CN_GROUP_quarter),
      .half = holds(m->group[CN_GROUP_half], "上")   ? 1
              : holds(m->group[CN_GROUP_half], "下") ? 2
                                                     : 0,
      .upto = months_upto(m),
      .weekdays = m->group[CN_GROUP_wd],
      .festival = m->group[CN_GROUP_festival],
      .word = word_of(m->group[CN_GROUP_word]),
      .every = every_of(m->group[CN_GROUP_every]),
      .edge = edge_of(m->group[CN_GROUP_edge]),
      .bound = bound_of(m->group[CN_GROUP_bound]),
      .quarter_month = quarter_month_of(m->group[CN_GROUP_qmonth]),
  };
  if (m->group[CN_GROUP_plan].p) p.plan = cn_small_number(cn_view_slice(m->group[CN_GROUP_plan], 0, 6));
  if (p.every && m->group[CN_GROUP_n].p) p.interval = number(m, CN_GROUP_n);
  cn_view said = m->group[CN_GROUP_ctx];
  bool this_one = ONE_OF(said, "本", "当", "當");
  if (said.p) p.context = holds(said, "季") ? (this_one ? 'Q' : 'q') : 'm';
  return p;
}
