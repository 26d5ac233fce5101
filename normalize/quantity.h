/* Quantities: every number in a text, with its unit, comparison and what kind of mention it is.
 *
 * In:  one folded text, and the spans that are already known to be time expressions.
 * Out: quantities in order, in the caller's arena. Says nothing about metric, action or change: that is target.h's.
 * Linear in the text: a run of numerals is read once and never restarted inside. */
#ifndef CN_NORMALIZE_QUANTITY_H
#define CN_NORMALIZE_QUANTITY_H

#include "core/event.h"
#include "core/fold.h"
#include "core/rules.h"

typedef struct cn_span {
  size_t begin, end; /* bytes in the folded text */
} cn_span;

typedef struct cn_span_list {
  const cn_span *items;
  size_t n;
} cn_span_list;

typedef struct cn_quantity {
  cn_span at; /* number, magnitude, unit and the comparison and rate words that touch it: 每人不低于8元, 5亿元以上 */
  cn_span number;             /* numerals and magnitude only: 5亿, 三百, 1—3 */
  cn_span unit_at;            /* the unit as written; empty where there is none */
  cn_decimal value, min, max; /* as in the record; min and max only when relation is RANGE */
  cn_relation relation;       /* by the words that touch it, before and after; EQ where there are none */
  bool compared;          /* a comparison word touches it (so a verb before it, 达到 or 控制在, does not decide) */
  cn_view unit;           /* as written without magnitude, from the source text; null where there is none */
  cn_view unit_code, per; /* per: UCUM time or count text */
  cn_dimension dimension;
  cn_role role; /* NONE: may be a target. Else what it is instead: NAME (5G, 十大, “四个意识”, 《…2035…》), ORDINAL
                   (第3批, 二期), DATE (inside a time span), REFERENCE (article, document, phone), COUNT (bare number
                   nobody counts) */
  cn_diag trouble; /* CN_DIAG_COUNT: none; else NUMBER_UNREADABLE, UNIT_UNKNOWN, COMPARISON_DOUBLE,
                      COMPARISON_CONTRADICTS */
  /* The lines of units.tsv, comparison.tsv and names.tsv that made it so, for `rules why`; NULL where none did. */
  const cn_rule *unit_rule, *before_rule, *after_rule, *rate_rule, *name_rule;
} cn_quantity;

typedef struct cn_quantity_list {
  const cn_quantity *items;
  size_t n;
} cn_quantity_list;

/* What finding quantities needs: made once from the rules, const and shared afterwards. */
typedef struct cn_quantity_rules cn_quantity_rules;
const cn_quantity_rules *cn_quantity_rules_new(cn_arena *arena, const cn_rules *rules);

/* Finds all quantities of `text`. `times` are spans that are dates or terms (sorted, not overlapping): numbers inside
 * them are given with role DATE. */
cn_quantity_list cn_quantities_find(cn_arena *arena, const cn_quantity_rules *rules, const cn_folded *text,
                                    cn_span_list times);

#endif
