/* Amounts that are no numeral with a unit behind it: 百分之三十, 三分之二, 1/3, 一半, 半天, 翻一番, 10/10万.
 *
 * In:  folded text.  Out: cn_amount.  Owns nothing. */
#include "core/utf8.h"
#include "normalize/amount.h"

static void set_unit(cn_amount *a, size_t begin, size_t end, const char *code, cn_dimension dimension) {
  a->unit = (cn_unit){{begin, end}, end, cn_view_of(code), CN_NULL_VIEW, cn_decimal_int(1), dimension, NULL};
  a->has_unit = true;
}

void cn_amount_set_numeral(cn_amount *a, const cn_numeral *n) {
  a->numeral = *n;
  a->more = n->more;
  a->coded = n->coded;
  a->range = n->min.known || n->max.known;
  a->value = n->value;
  a->min = n->min;
  a->max = n->max;
  a->unreadable = a->range ? !n->min.known || !n->max.known : !n->value.known;
}

void cn_amount_scale(cn_amount *a, cn_decimal factor) {
  if (a->value.known) a->unreadable = !(a->value = cn_decimal_mul(a->value, factor)).known;
  if (a->min.known) a->min = cn_decimal_mul(a->min, factor);
  if (a->max.known) a->max = cn_decimal_mul(a->max, factor);
}

/* 百分之三十, 千分之五, 万分之三, 百分之百: the unit stands before the number. */
static bool read_per_hundred(cn_view text, size_t at, cn_amount *a) {
  static const struct {
    const char *word, *code;
  } parts[] = {{"百分之", "%"}, {"千分之", "[ppth]"}, {"万分之", "10*-4"}, {"萬分之", "10*-4"}};
  for (size_t i = 0; i < CN_COUNT(parts); i++) {
    if (!cn_follows(text, at, parts[i].word)) continue;
    size_t begin = at + strlen(parts[i].word);
    cn_numeral n = cn_numeral_read(text, begin);
    if (n.end == begin) return false;
    cn_amount_set_numeral(a, &n);
    a->at = (cn_span){at, n.end};
    a->number = (cn_span){begin, n.end};
    set_unit(a, at, begin, parts[i].code, CN_DIMENSION_RATIO);
    return true;
  }
  return false;
}

/* 三分之二, 五分之四: percent, exact or not at all. */
static bool read_fraction(cn_view text, size_t at, const cn_numeral *under, cn_amount *a) {
  size_t behind = under->end + strlen("分之");
  if (!cn_follows(text, under->end, "分之")) return false;
  cn_numeral over = cn_numeral_read(text, behind);
  if (over.end == behind || !over.value.known || !under->value.known) return false;
  cn_amount_set_numeral(a, &over);
  a->value = cn_decimal_div(cn_decimal_mul(over.value, cn_decimal_int(100)), under->value);
  a->unreadable = !a->value.known;
  a->at = a->number = (cn_span){at, over.end};
  set_unit(a, over.end, over.end, "%", CN_DIMENSION_RATIO);
  return true;
}

/* 一又二分之一: 150 %. */
static bool read_mixed_fraction(cn_view text, size_t at, const cn_numeral *whole, cn_amount *a) {
  cn_amount part = {0};
  size_t begin = whole->end + strlen("又");
  if (!cn_follows(text, whole->end, "又") || !whole->value.known) return false;
  cn_numeral under = cn_numeral_read(text, begin);
  if (under.end == begin || !read_fraction(text, begin, &under, &part)) return false;
  *a = part;
  a->at.begin = a->number.begin = at;
  a->value = cn_decimal_add(part.value, cn_decimal_mul(whole->value, cn_decimal_int(100)));
  return true;
}

/* 1/3 in a sentence; 2021/3 and 1/3/5 are no fractions. */
static bool read_slash_fraction(cn_view text, size_t at, const cn_numeral *over, cn_amount *a) {
  if (over->chinese || !cn_follows(text, over->end, "/") || over->end - at > 2 || cn_precedes(text, at, "/"))
    return false;
  cn_numeral under = cn_numeral_read(text, over->end + 1);
  size_t width = under.end - over->end - 1;
  if (width == 0 || width > 2 || under.chinese || under.coded || !under.value.known || !over->value.known) return false;
  if (cn_decimal_compare(over->value, under.value) >= 0 || cn_follows_any(text, under.end, "/ 年 月 日")) return false;
  cn_amount_set_numeral(a, over);
  a->value = cn_decimal_div(cn_decimal_mul(over->value, cn_decimal_int(100)), under.value);
  a->unreadable = !a->value.known;
  a->at = a->number = (cn_span){at, under.end};
  set_unit(a, under.end, under.end, "%", CN_DIMENSION_RATIO);
  return true;
}

/* 一半, 半数, 过半 (its 过 is a comparison word), 百分百: whole shares without a unit. */
static bool read_share(cn_view text, size_t at, cn_amount *a) {
  static const struct {
    const char *word, *unless;
    int64_t percent;
  } shares[] = {{"百分百", "", 100}, {"一半", "", 50}, {"半数", "", 50}, {"半數", "", 50}, {"半", "", 50}};
  for (size_t i = 0; i < CN_COUNT(shares); i++) {
    size_t end = at + strlen(shares[i].word);
    if (!cn_follows(text, at, shares[i].word)) continue;
    if (strcmp(shares[i].word, "半") == 0 &&
        (!cn_precedes_any(text, at, "过 超 近 過") || cn_is_han(cn_point_at(text, end))))
      return false; /* 过半年, 半个月 */
    cn_numeral n = {.end = end, .value = cn_decimal_int(shares[i].percent), .chinese = true};
    cn_amount_set_numeral(a, &n);
    a->at = a->number = (cn_span){at, end};
    set_unit(a, end, end, "%", CN_DIMENSION_RATIO);
    return true;
  }
  return false;
}

/* 半天, 半小时, 半公里, 半个百分点: half of a measure; not 上半年, which is a date, and not 半个 of anything counted.
 */
static bool read_half(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, size_t at, cn_amount *a) {
  size_t end = at + strlen("半");
  if (!cn_follows(text, at, "半") || cn_precedes_any(text, at, "上 下 前 后 後 大 多 夜 对 参 一")) return false;
  if (!cn_unit_read(arena, rules, text, end, false, &a->unit) || cn_unit_is_count(&a->unit)) return false;
  cn_numeral n = {.end = end, .value = (cn_decimal){5, 1, true}, .chinese = true};
  cn_amount_set_numeral(a, &n);
  a->number = (cn_span){at, end};
  a->at = (cn_span){at, a->unit.end};
  a->has_unit = true;
  cn_amount_scale(a, a->unit.factor);
  return true;
}

static cn_decimal doubled(cn_decimal times) {
  int64_t v = 1;
  if (!times.known || times.scale || times.mantissa < 1 || times.mantissa > 50) return (cn_decimal){0, 0, false};
  for (int64_t i = 0; i < times.mantissa; i++) v *= 2;
  return cn_decimal_int(v);
}

/* 翻番 2, 翻两番 4, 翻一番半 3, 翻倍 2, with 了 between. */
static bool read_doubling(cn_view text, size_t at, cn_amount *a) {
  if (!cn_follows(text, at, "翻")) return false;
  size_t begin = at + strlen("翻");
  if (cn_follows(text, begin, "了")) begin += strlen("了");
  cn_numeral n = cn_numeral_read(text, begin);
  bool times = cn_follows(text, n.end, "倍");
  if (!cn_follows(text, n.end, "番") && !(times && n.end == begin)) return false;
  size_t end = n.end + strlen("番");
  if (n.end == begin) n.value = cn_decimal_int(1);
  n.chinese = true;
  n.value = doubled(n.value);
  cn_amount_set_numeral(a, &n);
  a->number = (cn_span){begin, n.end > begin ? n.end : end};
  set_unit(a, n.end, end, "x", CN_DIMENSION_MULTIPLE);
  if (cn_follows(text, end, "半")) {
    a->value = cn_decimal_mul(a->value, (cn_decimal){15, 1, true});
    end += strlen("半");
  }
  a->at = (cn_span){at, end};
  return true;
}

/* 城乡收入比缩小到1.85:1: a proportion, where 比 says so; else it is a formula or a time of day. */
static bool read_proportion(cn_view text, size_t at, const cn_numeral *over, cn_amount *a) {
  static const char *const marks[] = {":", "：", "∶"};
  size_t begin = over->end;
  for (size_t i = 0; i < CN_COUNT(marks) && begin == over->end; i++)
    if (cn_follows(text, over->end, marks[i])) begin += strlen(marks[i]);
  if (over->chinese || begin == over->end || !cn_proportion_said(text, at)) return false;
  cn_numeral under = cn_numeral_read(text, begin);
  if (under.end == begin || under.chinese || !under.value.known || !over->value.known) return false;
  cn_amount_set_numeral(a, over);
  a->value = cn_decimal_div(over->value, under.value);
  a->unreadable = !a->value.known;
  a->at = a->number = (cn_span){at, under.end};
  set_unit(a, under.end, under.end, "1", CN_DIMENSION_RATIO);
  return true;
}

/* 10/10万: so many in a hundred thousand (孕产妇死亡率控制在10/10万以内). */
static bool read_incidence(cn_view text, size_t at, const cn_numeral *n, cn_amount *a) {
  size_t begin = n->end + 1;
  if (n->chinese || n->coded || !cn_follows(text, n->end, "/")) return false;
  cn_numeral under = cn_numeral_read(text, begin);
  if (under.end == begin || !under.magnitude || !under.value.known) return false;
  int power = 0;
  cn_decimal ten = cn_decimal_int(1);
  for (; power < 9 && cn_decimal_compare(ten, under.value) < 0; power++) ten = cn_decimal_shift(ten, 1);
  static const char *const codes[] = {"1",     "10*-1", "%",     "[ppth]", "10*-4",
                                      "10*-5", "[ppm]", "10*-7", "10*-8",  "[ppb]"};
  if (cn_decimal_compare(ten, under.value) != 0) return false;
  size_t end = under.end + (cn_follows(text, under.end, "人") ? strlen("人") : 0);
  cn_amount_set_numeral(a, n);
  a->number = (cn_span){at, n->end};
  a->at = (cn_span){at, end};
  set_unit(a, n->end, end, codes[power], CN_DIMENSION_RATIO);
  return true;
}

/* Forms that begin with a word and not with a numeral. */
bool cn_amount_read_word(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, size_t at, cn_amount *a) {
  return read_per_hundred(text, at, a) || read_share(text, at, a) || read_half(arena, rules, text, at, a) ||
         read_doubling(text, at, a);
}

bool cn_amount_read_fraction(cn_view text, size_t at, const cn_numeral *n, cn_amount *a) {
  return read_fraction(text, at, n, a) || read_mixed_fraction(text, at, n, a) || read_slash_fraction(text, at, n, a) ||
         read_incidence(text, at, n, a) || read_proportion(text, at, n, a);
}
