/* Comparison and rate words that touch a number: 不低于每人8元, 每月不少于两次, 5亿元以上.
 *
 * In:  folded text at the edge of a number.  Out: relation, rate, and how far the words reach.  Owns nothing.
 * The words are lines of rules/comparison.tsv. A line with side `none` says that its word is no comparison, so that the
 * longer 节约 hides 约, and 超过 (a verb, which the clause grammar reads) hides 过. */
#include "normalize/vocabulary.h"

static cn_side side_of(cn_view name) {
  static const char *const names[] = {"none", "before", "after", "measure", "bare", "rate"};
  for (size_t i = 0; i < CN_COUNT(names); i++)
    if (cn_view_is(name, names[i])) return (cn_side)i;
  return CN_SIDE_NONE;
}

void cn_comparison_compile(cn_arena *arena, cn_quantity_rules *rules) {
  size_t n = cn_table_count(rules->comparison);
  cn_word_rule *words = cn_arena_new(arena, cn_word_rule, n + 1);
  for (size_t i = 0; i < n; i++) {
    const cn_rule *r = cn_table_at(rules->comparison, i);
    words[i].side = side_of(r->fields[1]);
    words[i].relation = (cn_relation)cn_enum_value(&cn_relation_names, r->fields[2]);
    if (words[i].side == CN_SIDE_RATE) words[i].per = r->fields[2];
  }
  rules->word_rules = words;
}

static const cn_word_rule *word_of(const cn_quantity_rules *rules, const cn_rule *rule) {
  return &rules->word_rules[rule - cn_table_at(rules->comparison, 0)];
}

/* The line of this word (a word may have several) with one of two sides. */
static const cn_word_rule *with_side(const cn_quantity_rules *rules, const cn_rule *rule, cn_side a, cn_side b) {
  for (; rule; rule = cn_table_next(rules->comparison, rule)) {
    const cn_word_rule *w = word_of(rules, rule);
    if (w->side == a || w->side == b) return w;
  }
  return NULL;
}

/* 每千人, 每10万人, 每平方米: 每, perhaps a numeral, and a unit, ending at `at`. Returns where it begins, or `at`. */
static size_t counted_rate(const cn_quantity_rules *rules, cn_view text, size_t at, cn_view *per) {
  size_t from = at > 30 ? at - 30 : 0, word = at;
  while (word > from && !cn_precedes(text, word, "每")) word--;
  if (word <= from) return at;
  size_t unit = cn_numeral_read(text, word).end;
  const cn_rule *rule = unit < at ? cn_table_find(rules->units, cn_view_slice(text, unit, at)) : NULL;
  if (!rule || cn_view_is(rule->fields[1], "-")) return at;
  const cn_unit_rule *u = &rules->unit_rules[rule - cn_table_at(rules->units, 0)];
  bool time = u->dimension == CN_DIMENSION_DURATION && unit == word;
  *per = time ? u->code : cn_view_slice(text, word, at);
  return word - strlen("每");
}

static bool is_time_code(cn_view per) { return per.p && per.n <= 3 && (unsigned char)per.p[0] < 0x80; }

/* The word next to the number wins; of two rates (每人每年) the time is the one that counts. */
static void take_rate(cn_before *b, cn_view per) {
  if (!b->per.p || (is_time_code(per) && !is_time_code(b->per))) b->per = per;
}

static bool step_back(const cn_quantity_rules *rules, cn_view text, size_t at, bool bare, cn_before *b) {
  const cn_rule *rule = cn_table_suffix(rules->comparison, text, at);
  const cn_word_rule *w = NULL;
  if (rule && bare) w = with_side(rules, rule, CN_SIDE_BARE, CN_SIDE_BARE);
  if (rule && !w) w = with_side(rules, rule, CN_SIDE_BEFORE, CN_SIDE_RATE);
  if (w && w->side == CN_SIDE_RATE) {
    take_rate(b, w->per);
    if (!b->rate) b->rate = rule;
  } else if (w) {
    if (!b->relation) b->rule = rule;
    if (!b->relation) b->relation = w->relation;
  } else {
    cn_view per;
    size_t begin = rule ? at : counted_rate(rules, text, at, &per);
    if (begin == at) return false;
    take_rate(b, per);
    b->begin = begin;
    return true;
  }
  b->begin = at - cn_rule_key(rule).n;
  return true;
}

cn_before cn_compare_before(const cn_quantity_rules *rules, cn_view text, size_t at, bool bare) {
  cn_before b = {.begin = at};
  size_t from = cn_skip_blanks_back(text, at);
  for (int i = 0; i < 5 && step_back(rules, text, from, bare, &b); i++) {
    from = b.begin;
    bare = false;
  }
  return b;
}

cn_after cn_compare_after(const cn_quantity_rules *rules, cn_view text, size_t at, bool measure) {
  size_t from = cn_skip_blanks(text, at);
  const cn_rule *rule = cn_table_prefix(rules->comparison, text, from);
  const cn_word_rule *w =
      rule ? with_side(rules, rule, CN_SIDE_AFTER, measure ? CN_SIDE_MEASURE : CN_SIDE_AFTER) : NULL;
  if (!w) return (cn_after){at, CN_RELATION_NONE, NULL};
  return (cn_after){from + cn_rule_key(rule).n, w->relation, rule};
}
