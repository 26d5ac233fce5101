/* Amounts: see amount.h. One number is read by the first reader that knows its form; then a dash or 至 may join a
 * second.
 *
 * In:  folded text.  Out: cn_amount.  Owns nothing. */
#include "normalize/amount.h"

#include "core/utf8.h"

/* --- a numeral and the unit behind it
 * ------------------------------------------------------------------------------------ */

/* 七成五 is 75 %, 一倍半 1.5, 两年半 2.5: a digit of the next lower place, or half a unit, behind the unit. */
static void read_after_unit(cn_view text, cn_amount *a) {
  if (a->range || !a->value.known) return;
  bool tenth = cn_decimal_compare(a->unit.factor, cn_decimal_int(10)) == 0;
  cn_numeral n = cn_numeral_read(text, a->at.end);
  if (tenth && n.chinese && n.value.known && n.end - a->at.end == 3 && n.value.mantissa < 10) {
    a->value = cn_decimal_add(a->value, n.value);
    a->at.end = n.end;
  } else if (cn_follows(text, a->at.end, "半") && !cn_follows_any(text, a->at.end, "半年 半个 半天 半数") &&
             (a->unit.dimension == CN_DIMENSION_MULTIPLE || a->unit.dimension == CN_DIMENSION_DURATION)) {
    a->value = cn_decimal_add(a->value, (cn_decimal){5, 1, true});
    a->at.end += strlen("半");
  }
}

/* 3公里多, 两万元余: more than, said behind the unit; not the 多 of 5个多功能厅. */
static void read_more_behind(cn_view text, cn_amount *a) {
  if (a->more || !cn_follows_any(text, a->at.end, "多 余 餘")) return;
  size_t end = a->at.end + strlen("多");
  if (cn_is_han(cn_point_at(text, end)) && !cn_follows(text, end, "的")) return;
  a->more = true;
  a->at.end = end;
}

/* 1小时30分钟, 一年零三个月: in the smaller unit, which is always exact. */
static void read_smaller_time(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, cn_amount *a) {
  static const struct {
    const char *large, *small;
    int64_t factor;
  } steps[] = {{"a", "mo", 12}, {"h", "min", 60}, {"min", "s", 60}, {"d", "h", 24}};
  if (a->unit.dimension != CN_DIMENSION_DURATION || a->range || a->more || !a->value.known || a->unit.per.p) return;
  size_t at = a->at.end + (cn_follows_any(text, a->at.end, "零 又") ? strlen("零") : 0);
  cn_numeral n = cn_numeral_read(text, at);
  cn_unit u;
  if (n.end == at || !n.value.known || !cn_unit_read(arena, rules, text, n.end, false, &u)) return;
  for (size_t i = 0; i < CN_COUNT(steps); i++) {
    if (!cn_view_is(a->unit.code, steps[i].large) || !cn_view_is(u.code, steps[i].small)) continue;
    a->value = cn_decimal_add(cn_decimal_mul(a->value, cn_decimal_int(steps[i].factor)), n.value);
    a->unit = u;
    a->number.end = n.end;
    a->at.end = u.end;
    return;
  }
}

/* 3个多月, 两个半小时, 1个多百分点: 多 or 半 inside the unit. */
static void read_split_unit(const cn_quantity_rules *rules, cn_view text, cn_amount *a) {
  bool more = cn_follows_any(text, a->unit.end, "多 余");
  if (!cn_precedes_any(text, a->unit.end, "个 個") || !(more || cn_follows(text, a->unit.end, "半"))) return;
  size_t at = a->unit.end + strlen("多");
  static const char *const words[] = {"月", "小时", "小時", "星期", "钟头", "百分点", "工作日", "季度"};
  for (size_t i = 0; i < CN_COUNT(words); i++) {
    char whole[32];
    snprintf(whole, sizeof whole, "个%s", words[i]);
    const cn_rule *rule = cn_follows(text, at, words[i]) ? cn_table_find(rules->units, cn_view_of(whole)) : NULL;
    if (!rule) continue;
    cn_unit_at(rules, rule, (cn_span){at, at + strlen(words[i])}, &a->unit);
    a->at.end = a->unit.end;
    a->more |= more;
    if (!more && a->value.known) a->value = cn_decimal_add(a->value, (cn_decimal){5, 1, true});
    return;
  }
}

static bool same_code(const cn_unit *a, const cn_unit *b) { return cn_view_equal(a->code, b->code); }

/* 壹佰元伍角贰分, 100元整: smaller money behind money. */
static void read_small_money(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, cn_amount *a) {
  if (a->unit.dimension != CN_DIMENSION_CURRENCY || a->range) return;
  for (int i = 0; i < 2; i++) {
    cn_unit u;
    cn_numeral n = cn_numeral_read(text, a->at.end);
    if (n.end == a->at.end || !n.value.known) break;
    if (!cn_unit_read(arena, rules, text, n.end, false, &u) && !cn_follows(text, n.end, "分")) break;
    bool cent = cn_follows(text, n.end, "分") && !cn_follows(text, n.end, "分之");
    if (!cent && !(cn_follows(text, n.end, "角") && same_code(&u, &a->unit))) break;
    a->value = cn_decimal_add(a->value, cn_decimal_shift(n.value, cent ? -2 : -1));
    a->at.end = n.end + 3;
  }
  if (cn_follows_any(text, a->at.end, "整 正") && (a->numeral.formal || !cn_is_han(cn_point_at(text, a->at.end + 3))))
    a->at.end += 3;
}

/* -3%, −5℃: a dash is a sign only where nothing stands before it that it could join to the number. */
static bool is_minus(cn_view text, size_t at, const cn_amount *a) {
  uint32_t before = cn_point_before(text, at);
  bool free = !before || cn_is_space(before) || cn_precedes_any(text, at, "为 至 到 是 （ ( ： : ， , = ≥ ≤ > <");
  bool rate = a->unit.dimension == CN_DIMENSION_RATIO || a->unit.dimension == CN_DIMENSION_TEMPERATURE;
  return free || (rate && cn_is_han(before));
}

/* -3%, 零下5℃, 负五度: what stands before the number makes it negative. */
static void read_sign(cn_view text, cn_amount *a) {
  static const char *const signs[] = {"-", "−", "零下", "负", "負"};
  if (a->range || !a->value.known) return;
  for (size_t i = 0; i < CN_COUNT(signs); i++) {
    size_t begin = a->at.begin - strlen(signs[i]);
    if (!cn_precedes(text, a->at.begin, signs[i])) continue;
    if (i < 2 && !is_minus(text, begin, a)) return;
    if (i >= 2 && cn_follows(text, a->unit.at.begin, "度")) { /* 零下5度 is no electricity */
      a->unit.code = CN_VIEW("Cel");
      a->unit.dimension = CN_DIMENSION_TEMPERATURE;
    }
    if (i == 2 && a->unit.dimension != CN_DIMENSION_TEMPERATURE) return;
    if (i > 2 && !is_minus(text, begin, a)) return; /* 税费减负2亿元 */
    if (i > 2 && cn_precedes_any(text, begin, "减 減 担 擔 胜 勝 抱 自 背")) return;
    a->value.mantissa = -a->value.mantissa;
    a->at.begin = begin;
    if (a->unit.at.begin >= a->number.begin) a->number.begin = begin;
    return;
  }
}

/* 两个亿, 3个亿元: 个 stands ahead of the magnitude. */
static void read_counted_magnitude(cn_view text, cn_amount *a) {
  if (a->numeral.magnitude || !cn_follows_any(text, a->at.end, "个亿 個億")) return;
  cn_amount_scale(a, cn_decimal_int(100000000));
  a->at.end = a->number.end = a->at.end + strlen("个亿");
  a->numeral.magnitude = true;
}

static void read_unit(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, cn_amount *a) {
  cn_unit before;
  read_counted_magnitude(text, a);
  bool priced = cn_unit_before(rules, text, a->at.begin, &before);
  a->has_unit = cn_unit_read(arena, rules, text, a->at.end, !a->numeral.chinese || a->numeral.magnitude, &a->unit);
  if (priced && !a->has_unit) {
    a->unit = before;
    a->has_unit = true;
    a->at.begin = before.at.begin;
    return;
  }
  if (!a->has_unit) return;
  a->at.end = a->unit.end;
  read_split_unit(rules, text, a);
  if (cn_decimal_compare(a->unit.factor, cn_decimal_int(1)) != 0) {
    bool discount = a->numeral.positional && cn_follows(text, a->unit.at.begin, "折"); /* 八五折 is 85 % */
    cn_amount_scale(a, discount ? cn_decimal_int(1) : a->unit.factor);
  }
  read_after_unit(text, a);
  read_small_money(arena, rules, text, a);
  read_smaller_time(arena, rules, text, a);
  read_more_behind(text, a);
}

/* One number with its unit. */
static bool read_one(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, size_t at, cn_amount *a) {
  *a = (cn_amount){0};
  bool word = !cn_is_digit(cn_point_at(text, at));
  if (word && cn_amount_read_word(arena, rules, text, at, a)) {
    read_sign(text, a);
    return true;
  }
  cn_numeral n = cn_numeral_read(text, at);
  if (n.end == at) return false;
  if (cn_amount_read_fraction(text, at, &n, a)) return true;
  cn_amount_set_numeral(a, &n);
  a->at = a->number = (cn_span){at, n.end};
  if (!a->coded) read_unit(arena, rules, text, a);
  read_sign(text, a);
  return true;
}

/* --- ranges
 * -------------------------------------------------------------------------------------------------------------- */

/* Length of what joins two numbers at `at`, blanks around it included, or 0; *word: 至 or 到. */
static size_t connector_at(cn_view text, size_t at, bool *word) {
  static const char *const dashes[] = {"——", "—", "-", "~", "–", "―", "〜", "∼", "─", "‐", "‑", "−", "～"};
  size_t from = cn_skip_blanks(text, at);
  *word = cn_follows_any(text, from, "至 到");
  if (*word) return from + 3 - at;
  for (size_t i = 0; i < CN_COUNT(dashes); i++)
    if (cn_follows(text, from, dashes[i])) return cn_skip_blanks(text, from + strlen(dashes[i])) - at;
  return 0;
}

/* 5—8亿元: the magnitude of the second is the first's too, where the first has none and is smaller without it. */
static cn_decimal shared_low(const cn_amount *low, const cn_amount *high) {
  bool shares = !low->numeral.magnitude && high->numeral.shift > 1 && high->numeral.base.known && !low->has_unit &&
                cn_decimal_compare(low->value, high->numeral.base) < 0;
  return shares ? cn_decimal_shift(low->value, high->numeral.shift) : low->value;
}

static bool units_agree(const cn_amount *low, const cn_amount *high) {
  if (!low->has_unit || !high->has_unit) return !low->has_unit || low->unit.at.begin < low->number.begin;
  return same_code(&low->unit, &high->unit) || (low->unit.at.end == low->unit.at.begin);
}

/* 1-3-5, 0539-8160123, 27-2005-1: what goes on behind the second number is a code. */
static size_t skip_chain(cn_view text, size_t at) {
  bool word;
  for (size_t n; (n = connector_at(text, at, &word)) && !word && cn_is_digit(cn_point_at(text, at + n));)
    at = cn_numeral_read(text, at + n).end;
  return at;
}

static bool join_range(cn_amount *a, const cn_amount *b) {
  if (a->range || b->range || !a->value.known || !b->value.known || !units_agree(a, b)) return false;
  cn_decimal low = a->has_unit || !b->has_unit ? a->value : cn_decimal_mul(a->value, b->unit.factor);
  if (low.known && !a->has_unit && !cn_decimal_compare(low, a->value)) low = shared_low(a, b);
  bool bound = a->has_unit && !b->has_unit; /* 百分之三至五 */
  if (!low.known || cn_decimal_compare(low, b->value) >= 0) return false;
  a->range = true;
  a->min = low;
  a->max = b->value;
  a->value = (cn_decimal){0, 0, false};
  a->number.end = b->number.end;
  a->at.end = b->at.end;
  a->more |= b->more;
  if (!bound) {
    a->unit = b->unit;
    a->has_unit = b->has_unit;
  }
  return true;
}

/* 三、四千元, 2、3个: neighbours in a list are a guess at one number, as 三四千 is; 1、2个 is item 1 of a list. */
static bool is_guess(cn_view text, const cn_amount *a, const cn_amount *b) {
  cn_decimal high = b->numeral.base.known ? b->numeral.base : b->value;
  if (a->has_unit || !b->has_unit || a->range || b->range || !a->value.known || !high.known || a->coded || b->coded)
    return false;
  size_t width = a->numeral.chinese ? 3 : 1;
  if (a->number.end - a->number.begin != width || a->numeral.chinese != b->numeral.chinese ||
      (a->value.mantissa < 2 && !cn_is_han(cn_point_before(text, a->number.begin))))
    return false;
  return !cn_precedes_any(text, a->number.begin, "第 、 .") &&
         cn_decimal_compare(cn_decimal_add(a->value, cn_decimal_int(1)), high) == 0;
}

static void read_guess(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, cn_amount *a) {
  cn_amount b, first = *a;
  size_t at = a->at.end + strlen("、");
  if (a->has_unit || !cn_follows(text, a->at.end, "、") || !cn_numeral_can_begin(text, at) ||
      !read_one(arena, rules, text, at, &b))
    return;
  if (!is_guess(text, a, &b) || !join_range(a, &b)) *a = first;
}

static void read_range(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, cn_amount *a) {
  bool word;
  cn_amount b;
  size_t n = connector_at(text, a->at.end, &word);
  if (!n) read_guess(arena, rules, text, a);
  if (!n || !cn_amount_can_begin(text, a->at.end + n)) return;
  if (word && a->has_unit && cn_precedes_any(text, a->at.begin, "从 由 自 從"))
    return; /* 从5%到8% is a baseline and a level, 从3到6个 a range */
  cn_amount first = *a;
  if (!read_one(arena, rules, text, a->at.end + n, &b)) return;
  if (b.coded || a->coded || skip_chain(text, b.at.end) > b.at.end) {
    if (word || a->has_unit) return;
    a->coded = true;
    a->at.end = a->number.end = skip_chain(text, b.number.end);
    return;
  }
  if (join_range(a, &b)) return;
  *a = first;
  if (word || a->has_unit || b.has_unit || a->numeral.chinese || b.numeral.chinese) return;
  a->coded = true; /* 3095-2012 */
  a->at.end = a->number.end = b.number.end;
}

bool cn_amount_can_begin(cn_view text, size_t at) {
  return cn_numeral_can_begin(text, at) || cn_follows_any(text, at, "百分之 千分之 万分之 萬分之 百分百 翻 半");
}

bool cn_amount_read(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, size_t at, cn_amount *amount) {
  if (!read_one(arena, rules, text, at, amount)) return false;
  read_range(arena, rules, text, amount);
  return true;
}
