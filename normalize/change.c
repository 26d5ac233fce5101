/* What a number does to what it measures: level, increase, decrease or output; and the relation of a bare number.
 *
 * In:  the quantity, its verb, whether its noun is an indicator.  Out: the record's change and relation.
 * A word that touches the number outranks the verb before it: 达到600家左右 is approx, 控制在53以内 is le. */
#include "normalize/grammar.h"

static bool growing(cn_change c) { return c == CN_CHANGE_INCREASE || c == CN_CHANGE_DECREASE; }

/* No verb: 落实率90%以上 and 重污染天数不超过5天 are levels, 乡级河长巡河每月不少于4次 is done. */
static cn_change without_verb(const cn_quantity *q, bool measured) {
  if (measured) return CN_CHANGE_LEVEL;
  switch (q->dimension) {
  case CN_DIMENSION_COUNT:
  case CN_DIMENSION_LENGTH:
  case CN_DIMENSION_AREA: return CN_CHANGE_OUTPUT;
  case CN_DIMENSION_NONE:
  case CN_DIMENSION_CURRENCY:
  case CN_DIMENSION_RATIO:
  case CN_DIMENSION_VOLUME:
  case CN_DIMENSION_MASS:
  case CN_DIMENSION_ENERGY:
  case CN_DIMENSION_POWER:
  case CN_DIMENSION_CONCENTRATION:
  case CN_DIMENSION_DURATION:
  case CN_DIMENSION_SPEED:
  case CN_DIMENSION_TEMPERATURE:
  case CN_DIMENSION_MULTIPLE:
  case CN_DIMENSION_OTHER: break;
  }
  return CN_CHANGE_LEVEL;
}

/* 完成投资210亿元 makes, 一般公共预算收入完成28.6亿元 stands at; 实现税收190亿元 stands at, 100个事项实现零跑腿 makes.
 */
static cn_change reached(const cn_quantity *q, const cn_action *a, bool measured, bool number_first) {
  if (number_first) return CN_CHANGE_OUTPUT;
  bool reaches = a->right && a->word->change == CN_CHANGE_OUTPUT && a->word->relation != CN_RELATION_NONE;
  if (reaches) return measured || q->dimension == CN_DIMENSION_CURRENCY ? CN_CHANGE_LEVEL : CN_CHANGE_OUTPUT;
  if (a->word->change == CN_CHANGE_LEVEL && !a->right && q->dimension == CN_DIMENSION_COUNT && !measured)
    return CN_CHANGE_OUTPUT;
  return a->word->change;
}

cn_change cn_change_decide(const cn_quantity *q, const cn_action *a, bool measured, bool number_first) {
  bool multiple_of = cn_view_is(q->unit, "番");
  cn_change verb = a->word ? a->word->change : CN_CHANGE_NONE;
  if (multiple_of) return CN_CHANGE_LEVEL;
  if (growing(verb) && !a->to && !a->predicate) {
    if (a->compound && !a->right) return CN_CHANGE_OUTPUT; /* 改造提升 4500个 */
    bool adds = verb == CN_CHANGE_INCREASE && !a->right && q->dimension == CN_DIMENSION_COUNT && !measured;
    return adds ? CN_CHANGE_OUTPUT : verb; /* 增加就业岗位5000个 */
  }
  if (q->dimension == CN_DIMENSION_RATIO || q->dimension == CN_DIMENSION_CONCENTRATION) return CN_CHANGE_LEVEL;
  if (number_first)
    return verb == CN_CHANGE_LEVEL && !a->predicate && !(a->word->use & CN_USE_PIVOT) ? CN_CHANGE_LEVEL
                                                                                      : CN_CHANGE_OUTPUT;
  if (a->to || growing(verb)) return CN_CHANGE_LEVEL;
  if (!a->word || verb == CN_CHANGE_NONE)
    return a->word && (!measured || !a->right) ? CN_CHANGE_OUTPUT : without_verb(q, measured);
  return reached(q, a, measured, number_first);
}

cn_relation cn_relation_decide(const cn_quantity *q, const cn_action *a) {
  if (q->compared || q->relation != CN_RELATION_EQ || !a->word || a->word->relation == CN_RELATION_NONE)
    return q->relation;
  bool says_level = a->word->change == CN_CHANGE_LEVEL ? a->right : a->to; /* 稳定就业岗位|8万个 says no level */
  return says_level && !a->predicate ? a->word->relation : q->relation;
}
