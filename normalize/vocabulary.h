/* The vocabulary of numbers: rules/units.tsv, comparison.tsv and names.tsv, compiled for looking up at a number.
 *
 * In:  the rule tables.  Out: units, comparison and rate words, names that hold numbers, each found at a byte offset.
 * Made once in the caller's arena, const and shared afterwards. Internal to normalize. */
#ifndef CN_NORMALIZE_VOCABULARY_H
#define CN_NORMALIZE_VOCABULARY_H

#include "normalize/numeral.h"
#include "normalize/quantity.h"

/* --- units: rules/units.tsv -------------------------------------------------------------------------------------- */

typedef struct cn_unit_rule {
  cn_view code;      /* UCUM, ISO 4217, 1, pp, x, mu; null where the line only says that this is no unit (条例) */
  cn_decimal factor; /* 10 for 成 (10*%), 0.5 for 斤 (0.5*kg); the value is multiplied by it */
  cn_dimension dimension;
} cn_unit_rule;

/* A unit as it stands in the text. */
typedef struct cn_unit {
  cn_span at; /* 元, 套（户）, 微克/立方米, without what makes it a rate */
  size_t end; /* behind the rate too: 元/人 */
  cn_view code, per;
  cn_decimal factor;
  cn_dimension dimension;
  const cn_rule *rule;
} cn_unit;

/* --- comparison words: rules/comparison.tsv ----------------------------------------------------------------------- */

typedef enum cn_side {
  CN_SIDE_NONE,
  CN_SIDE_BEFORE,
  CN_SIDE_AFTER,
  CN_SIDE_MEASURE,
  CN_SIDE_BARE,
  CN_SIDE_RATE
} cn_side;

typedef struct cn_word_rule {
  cn_side side;
  cn_relation relation;
  cn_view per; /* of a rate word: mo of 每月 */
} cn_word_rule;

/* What touches a number from before. */
typedef struct cn_before {
  size_t begin; /* of the first word that touches */
  cn_relation relation;
  cn_view per;
  const cn_rule *rule, *rate; /* the lines that say so, or NULL */
} cn_before;

/* What touches it from behind. */
typedef struct cn_after {
  size_t end; /* behind the word; where the number ends when there is none */
  cn_relation relation;
  const cn_rule *rule;
} cn_after;

/* --- names: rules/names.tsv ----------------------------------------------------------------------------------------
 */

/* 第{n}批, {a}G, {n}年*行动: a name with a place for a number; `*` is up to eight characters of one word. */
typedef struct cn_name_shape {
  cn_view before, after, last; /* last: what stands behind `*` */
  char numeral;                /* n any, c Chinese, d Chinese up to 30, a Arabic, s up to ten */
  cn_role role;
  bool number, word; /* number: still a quantity (班{c}期); word: no number at all */
  const cn_rule *rule;
} cn_name_shape;

typedef struct cn_name {
  cn_span at;
  cn_role role;
  bool word; /* 统一, 千方百计: not even a mention */
  const cn_rule *rule;
} cn_name;

struct cn_quantity_rules {
  const cn_table *units, *comparison, *names, *actions;
  const cn_unit_rule *unit_rules;
  const cn_word_rule *word_rules;
  const cn_name_shape *shapes; /* sorted by bucket_of(after), those without `after` first */
  size_t shape_count;
  uint16_t shape_from[258];
  uint8_t begins[8192]; /* bit c: an amount can begin with code point c; what the scan looks at */
  uint32_t offsets;     /* bit i: some name has i bytes before its first numeral */
};

/* Each compiles its table into `rules`. */
void cn_units_compile(cn_arena *arena, cn_quantity_rules *rules);
void cn_comparison_compile(cn_arena *arena, cn_quantity_rules *rules);
void cn_names_compile(cn_arena *arena, cn_quantity_rules *rules);

/* The unit that begins at `at` (a blank before it is allowed when `spaced`); false where there is none. */
bool cn_unit_read(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, size_t at, bool spaced, cn_unit *unit);
/* The currency sign that ends at `at` (¥100), or false. */
bool cn_unit_before(const cn_quantity_rules *rules, cn_view text, size_t at, cn_unit *unit);
/* The unit of a line of units.tsv, as written at `at`. */
void cn_unit_at(const cn_quantity_rules *rules, const cn_rule *rule, cn_span at, cn_unit *unit);
bool cn_unit_is_count(const cn_unit *unit);

/* The words before a number that begins at `at`; `bare`: 百, 千万 … with nothing before the magnitude (上百). */
cn_before cn_compare_before(const cn_quantity_rules *rules, cn_view text, size_t at, bool bare);
/* The word behind a number that ends at `at`. `measure`: 内 counts too. */
cn_after cn_compare_after(const cn_quantity_rules *rules, cn_view text, size_t at, bool measure);

/* The name that holds the numeral at `at`; false where there is none. */
bool cn_name_find(const cn_quantity_rules *rules, cn_view text, size_t at, const cn_numeral *numeral, cn_name *name);

/* Small things about text that all of them ask. */
bool cn_follows(cn_view text, size_t at, const char *word);
bool cn_precedes(cn_view text, size_t at, const char *word);
/* Any word of a list separated by blanks. */
bool cn_follows_any(cn_view text, size_t at, const char *words);
bool cn_precedes_any(cn_view text, size_t at, const char *words);
/* Whether the clause says, a dozen characters or fewer before `at`, that the number is a proportion: 甲与乙之比,
 * 城乡收入比. */
bool cn_proportion_said(cn_view text, size_t at);
/* The code point at, or ending before, byte `at`; 0 at the text's ends. */
uint32_t cn_point_at(cn_view text, size_t at);
uint32_t cn_point_before(cn_view text, size_t at);
/* Behind (before) up to two blanks at `at`. */
size_t cn_skip_blanks(cn_view text, size_t at);
size_t cn_skip_blanks_back(cn_view text, size_t at);
static inline bool cn_is_letter(uint32_t c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
static inline bool cn_is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

#endif
