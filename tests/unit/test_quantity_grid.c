/* Every unit of rules/units.tsv under every comparison word of rules/comparison.tsv, with numbers in several styles:
 * one quantity comes out, with the value, unit and relation that the tables say.
 *
 * The text is built from the tables and the answer from the tables too, so a word that hides another one shows here. */
#include "normalize/quantity.h"

#include "check.h"

static cn_trap trap;
static cn_arena arena;
static const cn_quantity_rules *rules;

typedef struct number {
  const char *text;
  int64_t value;
} number;

static const number numbers[] = {
    {"20", 20}, {"2.5万", 25000}, {"1亿2000万", 120000000}, {"一百五十", 150}, {"三千零六", 3006}};

/* "10*%" is 10 and %; 10*-4 is a code of its own. */
static cn_decimal split_code(cn_view *code) {
  const char *star = memchr(code->p, '*', code->n);
  cn_decimal factor = star ? cn_decimal_parse(cn_view_between(code->p, star)) : cn_decimal_int(1);
  if (!star || !factor.known || star[1] == '-') return cn_decimal_int(1);
  *code = cn_view_between(star + 1, code->p + code->n);
  return factor;
}

static bool is_sign(cn_view unit) {
  return cn_view_ends(unit, CN_VIEW("$")) || cn_view_is(unit, "¥") || cn_view_is(unit, "€") || cn_view_is(unit, "£");
}

/* 三千零六瓦 and 三千零六千瓦 share characters with the number, 20级水泵 is a name: ambiguous in the language itself.
 */
static bool is_ambiguous(const number *n, cn_view unit) {
  static const char *const prefixed[] = {"瓦", "米", "克", "伏", "卡", "安", "焦", "赫", "帕", "兆",
                                         "乏", "级", "級", "类", "類", "期", "届", "千", "百"};
  bool chinese = (unsigned char)n->text[0] >= 0x80;
  for (size_t i = 0; i < CN_COUNT(prefixed); i++)
    if (cn_view_starts(unit, cn_view_of(prefixed[i]))) return chinese || unit.n <= 3;
  return false;
}

static void check_one(const number *n, const cn_rule *unit, cn_view before, cn_view after, cn_relation relation) {
  cn_view name = cn_rule_key(unit), code = unit->fields[1];
  if (cn_view_is(code, "-") || is_sign(name) || is_ambiguous(n, name)) return;
  cn_decimal want = cn_decimal_mul(split_code(&code), cn_decimal_int(n->value));
  cn_arena_mark mark = cn_arena_get_mark(&arena);
  cn_view text = cn_arena_format(&arena, "规模%.*s%s%.*s%.*s。", (int)before.n, before.p, n->text, (int)name.n, name.p,
                                 (int)after.n, after.p);
  cn_folded folded = cn_fold(&arena, text);
  cn_quantity_list list = cn_quantities_find(&arena, rules, &folded, (cn_span_list){0});
  const cn_quantity *q = list.n == 1 ? &list.items[0] : NULL;
  bool ok =
      q && !q->role && q->relation == relation && cn_view_equal(q->unit, name) && cn_view_equal(q->unit_code, code);
  ok = ok && q->value.known && cn_decimal_compare(q->value, want) == 0 && q->at.begin == strlen("规模") &&
       q->at.end == folded.text.n - strlen("。");
  if (!check_that(ok, "a unit with a comparison word is not read", "ok", __FILE__, __LINE__))
    printf("  %.*s\n", (int)text.n, text.p);
  cn_arena_rewind(&arena, mark);
}

static void check_words(const cn_table *units, const cn_rule *word, size_t from) {
  bool before = cn_view_is(word->fields[1], "before"), after = cn_view_is(word->fields[1], "after");
  cn_relation relation = (cn_relation)cn_enum_value(&cn_relation_names, word->fields[2]);
  if ((!before && !after) || relation == CN_RELATION_RANGE) return;
  for (size_t i = from % 3; i < cn_table_count(units); i += 3)
    check_one(&numbers[(i + from) % CN_COUNT(numbers)], cn_table_at(units, i), before ? cn_rule_key(word) : CN_VIEW(""),
              after ? cn_rule_key(word) : CN_VIEW(""), relation);
}

int main(void) {
  cn_rules *all;
  cn_view error;
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  if (cn_rules_open(&arena, NULL, &all, &error) != CN_OK) return 1;
  rules = cn_quantity_rules_new(&arena, all);
  const cn_table *units = cn_rules_table(all, CN_RULES_UNITS), *words = cn_rules_table(all, CN_RULES_COMPARISON);
  for (size_t i = 0; i < cn_table_count(units); i++)
    for (size_t n = 0; n < CN_COUNT(numbers); n++)
      check_one(&numbers[n], cn_table_at(units, i), CN_VIEW(""), CN_VIEW(""), CN_RELATION_EQ);
  for (size_t w = 0; w < cn_table_count(words); w++) check_words(units, cn_table_at(words, w), w);
  cn_arena_free(&arena);
  return check_done();
}
