/* Amounts: a number with its unit, or two of them as a range, before comparison words are looked at.
 *
 * In:  folded text and where a number begins.  Out: value or min and max, unit, and what kind of number it was.
 * 5亿元  5—8亿元  7%至8%  百分之三十  三分之二  三成五  一半  翻一番  ¥100  -3%  壹佰元伍角.  Internal to normalize. */
#ifndef CN_NORMALIZE_AMOUNT_H
#define CN_NORMALIZE_AMOUNT_H

#include "normalize/vocabulary.h"

typedef struct cn_amount {
  cn_span at, number;
  cn_decimal value, min, max; /* in unit.code; min and max where it is a range */
  cn_numeral numeral;         /* the first one */
  cn_unit unit;
  bool has_unit; /* unit is filled; unit.at may be empty (三分之二) */
  bool range, more;
  bool unreadable; /* 三分之一, or more than 18 digits */
  bool coded;      /* 1-3-5, 1.2.3, 0539-8160123 */
} cn_amount;

/* Parts of the reader, amount_forms.c: forms that begin with a word (百分之三, 半天, 翻番), and fractions that begin
 * with numeral `n` at `at` (三分之二, 1/3, 10/10万). */
bool cn_amount_read_word(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, size_t at, cn_amount *amount);
bool cn_amount_read_fraction(cn_view text, size_t at, const cn_numeral *n, cn_amount *amount);
/* Takes over what the numeral says; multiplies all values. */
void cn_amount_set_numeral(cn_amount *amount, const cn_numeral *n);
void cn_amount_scale(cn_amount *amount, cn_decimal factor);

/* Whether an amount can begin here: a numeral, 半数, 翻番. */
bool cn_amount_can_begin(cn_view text, size_t at);
/* Reads the amount at `at`; false when there is none. */
bool cn_amount_read(cn_arena *arena, const cn_quantity_rules *rules, cn_view text, size_t at, cn_amount *amount);

#endif
