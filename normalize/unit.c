/* Units: the longest spelling of rules/units.tsv behind a number, with brackets (套（户）), denominators (元/平方米)
 * and rates (吨/日, 元/人).
 *
 * In:  folded text behind a number.  Out: cn_unit.  Owns nothing; joined codes (CNY/m2) go to the caller's arena. */
#include "core/utf8.h"
#include "normalize/vocabulary.h"

/* "10*%" is a factor and a code; UCUM's own 10*-4 keeps its star. */
static cn_unit_rule compile_unit(const cn_rule *rule) {
  cn_view code = rule->fields[1];
  cn_unit_rule u = {.code = code, .factor = cn_decimal_int(1)};
  u.dimension = (cn_dimension)cn_enum_value(&cn_dimension_names, rule->fields[2]);
  const char *star = code.n ? memchr(code.p, '*', code.n) : NULL;
  cn_decimal factor = star ? cn_decimal_parse(cn_view_between(code.p, star)) : u.factor;
  if (star && factor.known && star[1] != '-') {
    u.factor = factor;
    u.code = cn_view_between(star + 1, code.p + code.n);
  }
  if (cn_view_is(code, "-")) u.code = CN_NULL_VIEW;
  return u;
}

void cn_units_compile(cn_arena *arena, cn_quantity_rules *rules) {
  size_t n = cn_table_count(rules->units);
  cn_unit_rule *units = cn_arena_new(arena, cn_unit_rule, n + 1);
  for (size_t i = 0; i < n; i++) units[i] = compile_unit(cn_table_at(rules->units, i));
  rules->unit_rules = units;
}

static const cn_unit_rule *rule_of(const cn_quantity_rules *rules, const cn_rule *rule) {
  return &rules->unit_rules[rule - cn_table_at(rules->units, 0)];
}

/* km of 5km/h, but not the m of 5mobile, and not the G of 5G. */
static bool ends_inside_word(cn_view text, size_t end) {
  uint32_t last = cn_point_before(text, end), next = cn_point_at(text, end);
  return cn_is_letter(last) && (cn_is_letter(next) || cn_is_digit(next));
}

void cn_unit_at(const cn_quantity_rules *rules, const cn_rule *rule, cn_span at, cn_unit *unit) {
  const cn_unit_rule *u = rule_of(rules, rule);
  *unit = (cn_unit){at, at.end, u->code, CN_NULL_VIEW, u->factor, u->dimension, rule};
}

/* 5条例 is no 5条, but 4处以上 is no 处以 (a fine): a comparison word that reaches further keeps the unit. */
static const cn_rule *unless_compared(const cn_quantity_rules *rules, cn_view text, size_t at, const cn_rule *word) {
  size_t end = at + cn_rule_key(word).n;
  const cn_rule *rule = cn_table_prefix(rules->units, cn_view_slice(text, 0, end - 1), at);
  if (!rule || !rule_of(rules, rule)->code.p) return NULL;
  return cn_compare_after(rules, text, at + cn_rule_key(rule).n, false).end > end ? rule : NULL;
}

static bool read_plain(const cn_quantity_rules *rules, cn_view text, size_t at, cn_unit *unit) {
  const cn_rule *rule = cn_table_prefix(rules->units, text, at);
  if (rule && !rule_of(rules, rule)->code.p) rule = unless_compared(rules, text, at, rule);
  if (!rule) return false;
  size_t end = at + cn_rule_key(rule).n;
  if (ends_inside_word(text, end)) return false;
  cn_unit_at(rules, rule, (cn_span){at, end}, unit);
  return true;
}

bool cn_unit_is_count(const cn_unit *unit) { return cn_view_is(unit->code, "1"); }

static size_t bracket_at(cn_view text, size_t at, const char *wide, const char *narrow) {
  return cn_follows(text, at, wide) ? strlen(wide) : cn_follows(text, at, narrow) ? strlen(narrow) : 0;
}

/* 套（户）, 台（套）, 县（市、区）is no unit: one count word in brackets, nothing else. */
static void read_bracket(const cn_quantity_rules *rules, cn_view text, cn_unit *unit) {
  cn_unit inner;
  size_t open = bracket_at(text, unit->end, "（", "(");
  if (!open || !cn_unit_is_count(unit) || !read_plain(rules, text, unit->end + open, &inner)) return;
  size_t close = bracket_at(text, inner.end, "）", ")");
  if (close && cn_unit_is_count(&inner)) unit->at.end = unit->end = inner.end + close;
}

/* Times that are no units by themselves (5月 is a date), or too short to be (d). */
static cn_view short_time(cn_view text, size_t at, size_t *end) {
  static const char *const words[][2] = {{"月", "mo"}, {"d", "d"}, {"s", "s"}, {"a", "a"}};
  for (size_t i = 0; i < CN_COUNT(words); i++) {
    *end = at + strlen(words[i][0]);
    if (cn_follows(text, at, words[i][0]) && !ends_inside_word(text, *end)) return cn_view_of(words[i][1]);
  }
  return CN_NULL_VIEW;
}

/* The word that a rate is counted on: 日, 人, 千人, 10万人; *time: its code where it is a time. */
static bool read_denominator(const cn_quantity_rules *rules, cn_view text, size_t at, cn_span *span, cn_unit *word,
                             cn_view *time) {
  size_t unit_at = cn_numeral_read(text, at).end;
  *span = (cn_span){at, at};
  *word = (cn_unit){0};
  *time = short_time(text, at, &span->end);
  if (time->p) return true;
  if (!read_plain(rules, text, unit_at, word)) return false;
  if (word->dimension == CN_DIMENSION_DURATION) *time = word->code;
  span->end = word->end;
  return true;
}

static cn_dimension joined_dimension(cn_dimension over, cn_dimension under) {
  if (over == CN_DIMENSION_MASS && under == CN_DIMENSION_VOLUME) return CN_DIMENSION_CONCENTRATION;
  return over == CN_DIMENSION_CURRENCY ? over : CN_DIMENSION_OTHER;
}

/* One denominator: of time or of things counted it makes a rate, of a measure a joined unit (元/平方米, 公斤/亩). Where
 * there are two (元/人·年) the time is the one that counts. */
static bool read_rate(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, cn_unit *unit, bool first) {
  static const char *const marks[] = {"/", "每", "·"};
  cn_span span;
  cn_unit word;
  cn_view time;
  size_t mark = 0;
  for (size_t i = 0; i < CN_COUNT(marks) && !mark; i++)
    if (cn_follows(text, unit->end, marks[i])) mark = strlen(marks[i]);
  if (!mark || !read_denominator(rules, text, unit->end + mark, &span, &word, &time)) return false;
  if (text.p[unit->end] == (char)0xC2 && first) return false; /* · only behind a slash: 元/人·年 */
  bool counted = word.code.p && cn_unit_is_count(&word);
  if (time.p || (counted && !unit->per.p)) {
    unit->per = time.p ? time : cn_view_slice(text, span.begin, span.end);
  } else if (!counted && !unit->per.p && word.code.p && text.p[unit->end] == '/') {
    unit->code = cn_arena_format(arena, "%.*s/%.*s", (int)unit->code.n, unit->code.p, (int)word.code.n, word.code.p);
    unit->dimension = joined_dimension(unit->dimension, word.dimension);
    unit->at.end = span.end;
  } else if (!counted) {
    return false;
  }
  unit->end = span.end;
  return true;
}

bool cn_unit_read(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, size_t at, bool spaced,
                  cn_unit *unit) {
  if (spaced) at = cn_skip_blanks(text, at);
  if (!read_plain(rules, text, at, unit)) return false;
  read_bracket(rules, text, unit);
  for (int i = 0; i < 3 && read_rate(arena, rules, text, unit, i == 0); i++) continue;
  return true;
}

bool cn_unit_before(const cn_quantity_rules *rules, cn_view text, size_t at, cn_unit *unit) {
  const cn_rule *rule = cn_table_suffix(rules->units, text, at);
  if (!rule) return false;
  const cn_unit_rule *u = rule_of(rules, rule);
  cn_view key = cn_rule_key(rule);
  uint32_t last = cn_point_before(text, at);
  bool sign = last == '$' || last == 0xA5 || last == 0x20AC || last == 0xA3; /* $ ¥ € £ */
  if (!sign || u->dimension != CN_DIMENSION_CURRENCY) return false;
  cn_unit_at(rules, rule, (cn_span){at - key.n, at}, unit);
  return true;
}
