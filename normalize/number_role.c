/* What a number is: an amount, a name (5G, 7×24, 百亿级), a reference (GB 3095-2012), or only a number.
 *
 * In:  folded text and an amount in it.  Out: its role.  Owns nothing. */
#include "normalize/number_role.h"

#include "core/utf8.h"

static bool ends_clause(cn_view text, size_t at) {
  uint32_t c = cn_point_at(text, at);
  return !c || !(cn_is_han(c) || cn_is_letter(c) || cn_is_digit(c)) || cn_follows_any(text, at, "的 和 与 及");
}

/* A count word that the table does not have: one or two characters between an Arabic number and the clause's end or a
 * comparison word. 新增课桌300副。 */
bool cn_number_unknown_unit(const cn_quantity_rules *rules, cn_view text, const cn_amount *a, cn_span *span) {
  size_t at = a->at.end;
  const cn_rule *word = cn_table_prefix(rules->units, text, at); /* a line with code "-": 5条例 */
  if (a->numeral.chinese || word || cn_compare_after(rules, text, at, false).relation) return false;
  for (int i = 0; i < 2 && cn_is_han(cn_point_at(text, at)); i++) {
    if (cn_follows_any(text, at, "年 月 日 号 时 点 的 和 与 及 等 为 是 至 到 大 来") ||
        cn_numeral_can_begin(text, at))
      return false;
    at += cn_utf8_len((unsigned char)text.p[at]);
    if (ends_clause(text, at) || cn_compare_after(rules, text, at, false).relation) {
      *span = (cn_span){a->at.end, at};
      return true;
    }
  }
  return false;
}

static bool is_year(const cn_amount *a) {
  cn_decimal v = a->value;
  return v.known && v.scale == 0 && v.mantissa >= 1900 && v.mantissa <= 2100 && a->number.end - a->number.begin >= 4 &&
         !a->numeral.magnitude;
}

/* What a number without a unit is: an amount (0.58, 24万以上), or only a number. */
static cn_role bare_role(cn_view text, const cn_amount *a, bool compared) {
  bool long_run = !a->numeral.chinese && !a->numeral.magnitude && !a->numeral.grouped &&
                  a->number.end - a->number.begin >= 7 && a->value.scale == 0;
  if (a->coded || (long_run && !compared)) return CN_ROLE_REFERENCE; /* 13812345678 */
  if (a->numeral.chinese && !compared && a->number.end - a->number.begin > 3 && !a->numeral.positional)
    return CN_ROLE_COUNT;
  if (a->numeral.chinese)
    return compared && (a->numeral.magnitude || a->number.end - a->number.begin > 3) ? CN_ROLE_NONE : CN_ROLE_NAME;
  if (compared) return CN_ROLE_NONE;
  bool listed = cn_follows(text, a->at.end, "、") || cn_precedes(text, a->at.begin, "、");
  if (listed && !a->value.scale && a->value.mantissa <= 31) return CN_ROLE_COUNT; /* 第1、2、3项 */
  bool said = cn_is_han(cn_point_before(text, a->at.begin)) && ends_clause(text, a->at.end);
  if (!said) return CN_ROLE_COUNT;
  return is_year(a) ? CN_ROLE_DATE : CN_ROLE_NONE;
}

/* Whether a noun follows: a character that is no comparison word. */
static bool noun_follows(const cn_quantity_rules *rules, cn_view text, size_t at) {
  return cn_is_han(cn_point_at(text, at)) && !cn_compare_after(rules, text, at, false).relation;
}

/* 百亿元产业, 百名干部: a size or a manner of speaking, where no comparison word makes an amount of it (百家以上). */
static bool is_size(const cn_quantity_rules *rules, cn_view text, const cn_amount *a, bool compared) {
  if (cn_follows(text, a->at.end, "级")) return true; /* 万吨级码头 */
  if (cn_follows(text, a->number.end, "级"))          /* 50亿级, 6级地震, but 7级以上 and 提升1级 */
    return a->numeral.magnitude || noun_follows(rules, text, a->at.end);
  return a->numeral.bare && !compared && a->has_unit && cn_is_han(cn_point_at(text, a->at.end));
}

/* 实行一套材料, 一个平台: 一 and a count word before a noun only introduce it, unless a verb that governs targets
 * stands right before (新建一座水厂). */
static bool is_indefinite(const cn_quantity_rules *rules, cn_view text, const cn_amount *a, bool compared) {
  if (compared || !a->has_unit || !cn_unit_is_count(&a->unit) || !cn_follows(text, a->at.begin, "一")) return false;
  if (a->number.end - a->number.begin != 3 || a->range || !noun_follows(rules, text, a->at.end)) return false;
  return !cn_table_suffix(rules->actions, text, a->at.begin);
}

/* What of a name made of letters, digits and signs stands around the number: 5G, G220, 7×24, 1:15. */
cn_span cn_number_whole_code(cn_view text, cn_span at) {
  static const char *const signs[] = {"×", "：", "+", "*", ":", ".", "-"};
  for (bool grown = true; grown;) {
    grown = false;
    while (at.end < text.n && (cn_is_letter(cn_point_at(text, at.end)) || cn_is_digit(cn_point_at(text, at.end))))
      at.end++;
    while (cn_is_letter(cn_point_before(text, at.begin)) || cn_is_digit(cn_point_before(text, at.begin))) at.begin--;
    for (size_t i = 0; i < CN_COUNT(signs); i++) {
      size_t n = strlen(signs[i]);
      uint32_t behind = cn_follows(text, at.end, signs[i]) ? cn_point_at(text, at.end + n) : 0;
      uint32_t before = cn_precedes(text, at.begin, signs[i]) ? cn_point_before(text, at.begin - n) : 0;
      if (cn_is_letter(behind) || cn_is_digit(behind)) at.end += n, grown = true;
      if (cn_is_letter(before) || cn_is_digit(before)) at.begin -= n, grown = true;
    }
  }
  return at;
}

/* 一村一品, 一户一档: the same numeral twice in four characters. */
bool cn_number_couplet(cn_view text, const cn_amount *a, cn_span *at) {
  if (!a->numeral.chinese || a->number.end - a->number.begin != 3 || !cn_is_han(cn_point_at(text, a->number.end)))
    return false;
  size_t second = a->number.end + cn_utf8_len((unsigned char)text.p[a->number.end]), last = second + 3;
  cn_view rest = cn_view_slice(text, second, text.n), digit = cn_view_slice(text, a->number.begin, a->number.end);
  if (!cn_view_starts(rest, digit) || !cn_is_han(cn_point_at(text, last)) || cn_numeral_can_begin(text, last))
    return false;
  *at = (cn_span){a->number.begin, last + cn_utf8_len((unsigned char)text.p[last])};
  return true;
}

/* 7×24小时, 5+2, 1:15: a sign that joins the number to another, or to a letter (1+X). */
static bool is_formula(cn_view text, const cn_amount *a) {
  static const char *const signs[] = {"×", "：", "+", "*", ":"};
  for (size_t i = 0; i < CN_COUNT(signs); i++) {
    size_t n = strlen(signs[i]);
    uint32_t behind = cn_follows(text, a->number.end, signs[i]) ? cn_point_at(text, a->number.end + n) : 0;
    uint32_t before = cn_precedes(text, a->number.begin, signs[i]) ? cn_point_before(text, a->number.begin - n) : 0;
    if (cn_is_letter(behind) || cn_is_digit(behind) || cn_is_letter(before) || cn_is_digit(before)) return true;
  }
  return false;
}

/* G220, A4, Wi-Fi6: letters right before; but 新增APP10个, 引进CEO20名 count. */
static bool is_lettered(cn_view text, const cn_amount *a) {
  if (a->numeral.chinese) return false;
  if (cn_is_letter(cn_point_at(text, a->number.end)) && !(a->has_unit && a->unit.at.begin == a->number.end))
    return true;
  size_t at = a->number.begin, letters = 0;
  if (at > 1 && text.p[at - 1] == '-') at--;
  while (at > letters && cn_is_letter((uint32_t)(unsigned char)text.p[at - letters - 1])) letters++;
  if (!letters) return false;
  return !(letters >= 2 && at == a->number.begin && a->has_unit && cn_is_han(cn_point_at(text, a->unit.at.begin)));
}

/* GB 3095-2012, CJJ 27-2005: a standard's number behind its letters. */
static bool is_standard(cn_view text, const cn_amount *a) {
  uint32_t c = cn_precedes(text, a->number.begin, " ") ? cn_point_before(text, a->number.begin - 1) : 0;
  return c >= 'A' && c <= 'Z' && !a->has_unit;
}

static bool follows_each(cn_view text, size_t at) { return cn_precedes(text, cn_skip_blanks_back(text, at), "每"); }

cn_role cn_number_role(const cn_quantity_rules *rules, cn_view text, const cn_amount *a, bool compared, bool counted) {
  if (is_lettered(text, a) || is_formula(text, a)) return CN_ROLE_NAME;
  if (is_standard(text, a)) return CN_ROLE_REFERENCE;
  if (follows_each(text, a->at.begin)) return CN_ROLE_COUNT;
  if (!counted && !a->has_unit) return bare_role(text, a, compared);
  if (is_size(rules, text, a, compared)) return CN_ROLE_NAME;
  if (is_indefinite(rules, text, a, compared)) return CN_ROLE_COUNT;
  if (is_year(a) && cn_follows(text, a->number.end, "年")) return CN_ROLE_DATE;
  return CN_ROLE_NONE;
}
