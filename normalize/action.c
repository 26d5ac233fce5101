/* The governing verb of a number, and the noun phrase that goes with it.
 *
 * In:  a member: the tokens left of its number.  Out: the verb (before its object: 新增|绿色工厂|20家; right before the
 * number: 固定资产投资|增长|10%; in mid-phrase: 零工市场|提供|就业岗位|2000个) and the noun phrase.
 * Verbs that are nouns too (改造, 培训) govern only at the head of a clause: 既有建筑节能改造45万平方米 has none. */
#include "normalize/grammar.h"

enum { PHRASE_REACH = 64 }; /* tokens a coverb phrase may take before its verb: keeps hostile text linear */

static bool strong(const cn_token *t) {
  return cn_token_verb(t) && !cn_token_uses(t, CN_USE_NOUN) && !cn_token_uses(t, CN_USE_SHORT);
}

static bool filler(const cn_token *t) {
  return t->kind == CN_TOKEN_SKIP || cn_token_is(t, CN_CLASS_ADVERB) || cn_token_is(t, CN_CLASS_EACH) ||
         cn_token_is(t, CN_CLASS_PIVOT) || cn_token_modal(t);
}

/* --- left edge ------------------------------------------------------------------------------------------------------
 */

/* 为残疾人|适配智能辅具: the verb behind the phrase that the coverb at i begins; i + 1 where none follows. */
static size_t coverb_end(const cn_reading *r, size_t i, size_t last) {
  size_t limit = last - i > PHRASE_REACH ? i + PHRASE_REACH : last, soft = 0;
  for (size_t k = i + 2; k < limit; k++) {
    if (strong(&r->tokens[k])) return k;
    if (!soft && cn_token_verb(&r->tokens[k]) && k + 1 < last && !cn_token_is(&r->tokens[k + 1], CN_CLASS_HEAD))
      soft = k;
  }
  return soft ? soft : i + 1;
}

static bool edge_word(const cn_token *t) {
  if (t->kind == CN_TOKEN_TIME || t->kind == CN_TOKEN_SKIP || t->kind == CN_TOKEN_DE) return true;
  if (t->kind != CN_TOKEN_WORD) return false;
  switch (t->word->class) {
  case CN_CLASS_PLACE:
  case CN_CLASS_TIME:
  case CN_CLASS_JOIN:
  case CN_CLASS_CONNECT:
  case CN_CLASS_PART:
  case CN_CLASS_ENSURE:
  case CN_CLASS_STRIVE:
  case CN_CLASS_PIVOT:
  case CN_CLASS_EACH:
  case CN_CLASS_TAIL: return true;
  case CN_CLASS_NONE:
  case CN_CLASS_VERB:
  case CN_CLASS_ADVERB:
  case CN_CLASS_COVERB:
  case CN_CLASS_FROM:
  case CN_CLASS_PAST:
  case CN_CLASS_FACT:
  case CN_CLASS_MEASURE:
  case CN_CLASS_INDICATOR:
  case CN_CLASS_HEAD:
  case CN_CLASS_NOUN:
  case CN_CLASS_POLICY:
  case CN_CLASS_ASPECT:
  case CN_CLASS_PARTICLE:
  case CN_CLASS_REFER:
  case CN_CLASS_PREDICATE:
  case CN_CLASS_MORPHEME: return false;
  }
  return false;
}

/* Whether the token at k begins a predicate: 年度|完成|投资, but 年度|投资|1.2万亿元. */
static bool predicate_at(const cn_reading *r, size_t k, size_t last) {
  const cn_token *t = &r->tokens[k];
  if (cn_token_verb(t)) {
    bool before_number =
        k + 1 == last && (last == r->count || cn_metric_begins(r, last + 1, r->count)); /* 重点|建设|40个绿美点 */
    return !cn_token_uses(t, CN_USE_NOUN) || (k + 1 < last && cn_token_noun(t + 1)) || before_number;
  }
  return cn_token_modal(t) || cn_token_is(t, CN_CLASS_PIVOT) || cn_token_is(t, CN_CLASS_COVERB) ||
         cn_token_is(t, CN_CLASS_REFER) || cn_token_is(t, CN_CLASS_EACH);
}

/* Adverbs go only where a verb follows: 持续|优化…, but 平均费率下降 keeps its 平均. */
static size_t adverbs_end(const cn_reading *r, size_t i, size_t last) {
  size_t k = i;
  while (k < last && cn_token_is(&r->tokens[k], CN_CLASS_ADVERB)) k++;
  return k == last || predicate_at(r, k, last) ? k : i;
}

size_t cn_edge_skip(const cn_reading *r, size_t i, size_t last) {
  while (i < last) {
    const cn_token *t = &r->tokens[i];
    size_t next = i;
    if (edge_word(t))
      next = i + 1;
    else if (cn_token_particle(t) && i + 1 < last && t[1].kind == CN_TOKEN_TIME)
      next = i + 2;
    else if (cn_token_is(t, CN_CLASS_ADVERB))
      next = adverbs_end(r, i, last);
    else if (cn_token_is(t, CN_CLASS_COVERB) || cn_token_is(t, CN_CLASS_FROM) || cn_token_is(t, CN_CLASS_REFER))
      next = coverb_end(r, i, last);
    if (next == i) break;
    i = next;
  }
  return i;
}

/* --- compounds ------------------------------------------------------------------------------------------------------
 */

/* 新建|蓄水|池, 带动|脱贫|户: one character is no object, the verb is part of the noun. */
static bool is_piece(const cn_reading *r, size_t k, size_t last) {
  return k + 2 == last && cn_token_noun(&r->tokens[k + 1]) && r->tokens[k + 1].end - r->tokens[k + 1].begin <= 3;
}

/* 新增|签约|项目, 新增|蓄水|能力: the second verb says what kind. 整改|完成|问题, 引进|培育|企业: it does not. */
static bool attributive(const cn_reading *r, size_t second, size_t last) {
  const cn_token *t = &r->tokens[second];
  if (second + 1 >= last || cn_token_uses(t, CN_USE_WHOLE)) return false;
  if (is_piece(r, second, last)) return true;
  if (cn_token_is(t + 1, CN_CLASS_MEASURE)) return second + 2 == last;
  if (!cn_token_is(t + 1, CN_CLASS_HEAD)) return false;
  bool short_noun = second + 2 == last && t[1].end - t[1].begin <= 6;
  return cn_token_uses(t, CN_USE_NOUN) ? short_noun : !cn_token_uses(t - 1, CN_USE_LEAD);
}

static bool continues(const cn_reading *r, size_t k, size_t last) {
  const cn_token *t = &r->tokens[k], *before = t - 1;
  if (!cn_token_verb(t) || cn_token_uses(before, CN_USE_PIVOT) || attributive(r, k, last)) return false;
  bool both = strong(t) && !cn_token_uses(before, CN_USE_WHOLE) && (strong(before) || cn_token_uses(t, CN_USE_WHOLE));
  if (both && !cn_token_uses(t, CN_USE_PIVOT | CN_USE_THAN) && t->word->change == CN_CHANGE_OUTPUT)
    return k + 1 == last || cn_token_noun(t + 1) || cn_token_verb(t + 1) ||
           t[1].kind == CN_TOKEN_NUMBER; /* 除险|加固 */
  return cn_token_uses(before, CN_USE_LEAD) && cn_token_uses(t, CN_USE_TAIL);
}

/* The end of the verb that begins at i: 新建|改造, 新建|和|改造, 启动|建设. */
static size_t compound_end(const cn_reading *r, size_t i, size_t last) {
  size_t k = i + 1;
  while (k < last) {
    const cn_token *t = &r->tokens[k];
    bool joined = cn_token_is(t, CN_CLASS_JOIN) && k + 1 < last && cn_token_uses(t - 1, CN_USE_LEAD) &&
                  (cn_token_uses(t + 1, CN_USE_TAIL | CN_USE_LEAD) || strong(t + 1));
    if (!joined && !continues(r, k, last)) break;
    k += joined ? 2 : 1;
  }
  return k;
}

static cn_action verb_of(const cn_reading *r, size_t first, size_t end) {
  return (cn_action){.at = {r->tokens[first].begin, r->tokens[end - 1].end},
                     .word = r->tokens[end - 1].word,
                     .compound = end - first > 1};
}

/* --- right verb ------------------------------------------------------------------------------------------------------
 */

/* Walks back over what may stand between verb and number: 到, 均, 力争. */
static size_t before_number(const cn_reading *r, size_t first, size_t n, bool *to) {
  if (n > first + 3 && r->tokens[n - 1].kind == CN_TOKEN_DE && r->tokens[n - 2].kind == CN_TOKEN_TIME &&
      cn_token_particle(&r->tokens[n - 3]))
    n -= 2; /* 恢复到|2019年|的|90% */
  while (n > first) {
    const cn_token *t = &r->tokens[n - 1];
    if (cn_token_particle(t))
      *to = true;
    else if (!filler(t))
      break;
    n--;
  }
  return n;
}

/* A verb that is a noun too governs a number behind it only with 到, or where it says the size of a change:
 * 应急能力提升20%, but 森林抚育提升|190万亩. */
static bool is_right(const cn_reading *r, size_t first, size_t verb, const cn_quantity *q, bool to) {
  const cn_token *t = &r->tokens[verb];
  if (!cn_token_verb(t)) return false;
  if (!cn_token_uses(t, CN_USE_NOUN) || to) return true;
  if (t->word->change != CN_CHANGE_INCREASE && t->word->change != CN_CHANGE_DECREASE) return false;
  return q->dimension == CN_DIMENSION_RATIO || q->dimension == CN_DIMENSION_MULTIPLE ||
         cn_metric_measured(r, (cn_phrase){first, verb});
}

/* The end of the noun phrase before a right verb: 人均纯收入|稳定|达到, 进出口规模|力争|突破. */
static size_t noun_end(const cn_reading *r, size_t first, size_t last) {
  while (last > first) {
    const cn_token *t = &r->tokens[last - 1];
    bool level = strong(t) && t->word->change == CN_CHANGE_LEVEL;
    bool compares = t->kind == CN_TOKEN_TIME || cn_token_is(t, CN_CLASS_FROM); /* 用水量|较2020年|下降 */
    if (!filler(t) && !level && !compares && !cn_token_particle(t)) break;
    last--;
  }
  return last;
}

/* --- verb in mid-phrase
 * ----------------------------------------------------------------------------------------------- */

/* The last verb in [i, last) that has an object: 支持龙头企业牵头|组建|创新联合体. SIZE_MAX: none. */
static size_t middle_verb(const cn_reading *r, size_t i, size_t last) {
  for (size_t k = last; k-- > i;) {
    const cn_token *t = &r->tokens[k];
    if (!strong(t) || k + 1 >= last || !cn_token_noun(t + 1) || is_piece(r, k, last)) continue;
    while (k > i && cn_token_uses(t - 1, CN_USE_LEAD) && cn_token_uses(t, CN_USE_TAIL)) k--, t--;
    return k;
  }
  return SIZE_MAX;
}

static cn_action take_middle(const cn_reading *r, size_t k, cn_phrase *noun) {
  size_t end = compound_end(r, k, noun->last);
  cn_action a = verb_of(r, k, end);
  noun->first = end;
  return a;
}

/* 城镇新增就业: the verb inside an established name is its action. */
static cn_action inside_indicator(const cn_reading *r, cn_phrase noun) {
  const cn_token *t = &r->tokens[noun.first];
  if (noun.first >= noun.last || !cn_token_is(t, CN_CLASS_INDICATOR)) return (cn_action){.word = NULL};
  for (size_t at = t->begin, n; at < t->end; at += 3) {
    const cn_rule *rule = cn_table_prefix(r->rules->actions, r->text, at);
    const cn_word *w = rule ? &r->rules->action_words[rule - cn_table_at(r->rules->actions, 0)] : NULL;
    n = rule ? cn_rule_key(rule).n : 0;
    if (w && !(w->use & (CN_USE_NOUN | CN_USE_SHORT)) && at + n <= t->end)
      return (cn_action){.at = {at, at + n}, .word = w};
  }
  return (cn_action){.word = NULL};
}

/* 规上工业增加值增速|高于|全省平均水平|1个百分点: what is measured stands before the verb, not behind it. */
static bool than_action(const cn_reading *r, size_t i, size_t last, cn_action *a, cn_phrase *noun) {
  for (size_t k = i; k < last; k++) {
    if (!cn_token_uses(&r->tokens[k], CN_USE_THAN)) continue;
    *a = verb_of(r, k, k + 1);
    a->to = a->right = true;
    *noun = (cn_phrase){i, noun_end(r, i, k)};
    return true;
  }
  return false;
}

/* 失业保险金标准|提高|到|最低工资标准|的|90%: what it is a share of stands behind the verb. */
static bool share_action(const cn_reading *r, size_t i, size_t last, cn_action *a, cn_phrase *noun) {
  if (last < i + 4 || r->tokens[last - 1].kind != CN_TOKEN_DE) return false;
  for (size_t k = last - 2; k-- > i + 1;) {
    const cn_token *t = &r->tokens[k];
    if (t->kind == CN_TOKEN_STOP || t->kind == CN_TOKEN_NUMBER || !strong(t)) continue;
    if (t->word->change == CN_CHANGE_OUTPUT || t->word->change == CN_CHANGE_NONE || !cn_token_particle(t + 1))
      return false;
    *a = verb_of(r, k, k + 1);
    a->to = a->right = true;
    *noun = (cn_phrase){i, noun_end(r, i, k)};
    return true;
  }
  return false;
}

/* --- the three places
 * ------------------------------------------------------------------------------------------------- */

/* 上云|企业|突破5000家: the verb says which. */
static bool sorts(const cn_reading *r, cn_phrase p) {
  return p.last == p.first + 2 && cn_token_is(&r->tokens[p.first + 1], CN_CLASS_HEAD);
}

/* 新增|减税: the change is what is made. */
static bool makes_change(const cn_token *maker, const cn_token *change) {
  return strong(maker) && maker->word->change == CN_CHANGE_OUTPUT && cn_token_verb(change) &&
         change->word->change == CN_CHANGE_DECREASE && !change->word->relation && !cn_token_uses(change, CN_USE_SHORT);
}

/* A verb right before the number: what stands before it is the noun, less a verb that only makes it happen. */
static cn_action right_action(const cn_reading *r, size_t first, size_t i, size_t verb, bool to, cn_phrase *noun) {
  cn_action a = verb_of(r, verb, verb + 1);
  a.right = true;
  a.to = to;
  *noun = (cn_phrase){i, noun_end(r, i, verb)};
  const cn_token *t = &r->tokens[i];
  if (makes_change(t, &r->tokens[verb]) && noun->last == i + 1) { /* 新增|减税降费|5亿元 */
    *noun = (cn_phrase){verb, verb + 1};
    a = verb_of(r, i, i + 1);
    return a;
  }
  if (cn_token_verb(t) && cn_metric_measured(r, *noun)) /* 集中|供养|孤儿保障标准|提高到: no predicate after all */
    while (noun->first > first && cn_token_is(&r->tokens[noun->first - 1], CN_CLASS_ADVERB)) noun->first--;
  bool growth = !to && (a.word->change == CN_CHANGE_INCREASE || a.word->change == CN_CHANGE_DECREASE);
  if (i < noun->last && cn_token_uses(t, CN_USE_PIVOT) && i + 1 < noun->last)
    noun->first = i + 1;
  else if (i + 1 < noun->last && strong(t) && !growth && !sorts(r, *noun) && !cn_metric_measured(r, *noun))
    noun->first = compound_end(r, i, noun->last) < noun->last ? compound_end(r, i, noun->last) : noun->first;
  return a;
}

/* 推动|建设|幸福河湖: a verb that may be a noun, right behind the one that moves, with an object of its own. */
static bool soft_verb(const cn_reading *r, size_t i, size_t last) {
  const cn_token *t = &r->tokens[i];
  if (i + 1 >= last || !cn_token_uses(t, CN_USE_NOUN) || attributive(r, i, last)) return false;
  if (t->word->change != CN_CHANGE_OUTPUT) return false; /* 选派|驻村|第一书记 */
  return cn_token_noun(&r->tokens[i + 1]) && !cn_token_verb(&r->tokens[i + 1]) &&
         !cn_token_is(&r->tokens[i + 1], CN_CLASS_HEAD);
}

/* A verb at the head, its object behind; a later verb takes over where the first only moves others to act. */
static cn_action left_action(const cn_reading *r, size_t i, size_t last, bool to, bool phrase, cn_dimension dimension,
                             cn_phrase *noun) {
  size_t end = compound_end(r, i, last);
  cn_action a = verb_of(r, i, end);
  a.to = to;
  a.right = end == last;
  *noun = (cn_phrase){end, last};
  if (!phrase && !cn_token_uses(&r->tokens[end - 1], CN_USE_PIVOT)) return a;
  size_t k = middle_verb(r, end, last);
  if (k == SIZE_MAX && soft_verb(r, end, last)) k = end;
  if (k != SIZE_MAX) return take_middle(r, k, noun);
  bool indicator = a.word->change == CN_CHANGE_OUTPUT && !phrase && end < last && cn_metric_measured(r, *noun) &&
                   dimension != CN_DIMENSION_CURRENCY;
  return indicator ? (cn_action){.word = NULL, .to = to} : a; /* 推动|学生活动时间|不低于2小时 */
}

static cn_action no_left_action(const cn_reading *r, size_t i, size_t last, bool to, cn_phrase *noun) {
  *noun = (cn_phrase){i, last};
  cn_action inside = inside_indicator(r, *noun);
  if (inside.word) return inside;
  size_t k = cn_metric_measured(r, *noun) ? SIZE_MAX : middle_verb(r, i, last);
  cn_action a = k == SIZE_MAX ? (cn_action){.word = NULL} : take_middle(r, k, noun);
  a.to = to;
  return a;
}

/* 以保函|替代现金缴纳…: behind a phrase the last verb governs. */
static bool after_phrase(const cn_reading *r, size_t first, size_t i) {
  while (i > first && !cn_token_is(&r->tokens[i - 1], CN_CLASS_COVERB)) i--;
  return i > first;
}

/* 争取上级资金20亿元, 利用秸秆120万吨: small words that are verbs where no other verb follows. */
static cn_action edge_verb(const cn_reading *r, size_t first, size_t i) {
  for (size_t k = i; k > first; k--) {
    const cn_token *t = &r->tokens[k - 1];
    if (!cn_token_modal(t) && !cn_token_is(t, CN_CLASS_COVERB)) continue;
    const cn_rule *rule = cn_table_find(r->rules->actions, cn_view_slice(r->text, t->begin, t->end));
    if (rule)
      return (cn_action){.at = {t->begin, t->end},
                         .word = &r->rules->action_words[rule - cn_table_at(r->rules->actions, 0)]};
  }
  return (cn_action){.word = NULL};
}

/* Whether the verb before the number governs, though another stands at the head: 人均纯收入|增长, but
 * 选送文艺节目|进社区|120场; 推动每个乡镇|建成|1所幼儿园. */
static bool right_wins(const cn_reading *r, const cn_member *m, size_t i, size_t e, bool to) {
  const cn_token *head = &r->tokens[i], *t = &r->tokens[e - 1];
  if (e - 1 <= i || !is_right(r, i, e - 1, cn_number(r, m->number), to)) return false;
  bool makes = t->word->change == CN_CHANGE_OUTPUT || t->word->change == CN_CHANGE_NONE;
  bool moves = cn_metric_begins(r, m->number + 1, m->last) != 0;
  return !makes || to || moves || !strong(head);
}

/* 服务|数量|超75万人次; 参加|职业伤害保障|的|劳动者|超640万人: the verb is part of the noun. */
static bool is_name(const cn_reading *r, size_t i, size_t e) {
  const cn_token *t = &r->tokens[i];
  if (cn_token_uses(t, CN_USE_NOUN) && e == i + 2 && cn_token_is(t + 1, CN_CLASS_MEASURE)) return true;
  if (t->word->change != CN_CHANGE_NONE) return false;
  for (size_t k = i + 1; k + 1 < e; k++)
    if (r->tokens[k].kind == CN_TOKEN_DE) return true;
  return false;
}

cn_action cn_action_find(const cn_reading *r, const cn_member *m, cn_phrase *noun) {
  size_t i = cn_edge_skip(r, m->first, m->number), last = m->number;
  bool to = false;
  size_t e = before_number(r, i, last, &to);
  const cn_token *t = &r->tokens[i];
  if (e == i) { /* only small words: nothing said */
    *noun = (cn_phrase){i, i};
    return (cn_action){.word = NULL, .to = to};
  }
  cn_action than;
  bool before_verb = cn_token_verb(&r->tokens[e - 1]) && e - 1 > i; /* 优于三类比例|保持100% */
  if (!before_verb && (than_action(r, i, e, &than, noun) || share_action(r, i, e, &than, noun))) return than;
  size_t head = cn_token_verb(t) ? compound_end(r, i, e) : i;
  bool bare = cn_token_verb(t) && head == e; /* 新增|20家, 达到|50% */
  if (!bare && right_wins(r, m, i, e, to)) return right_action(r, m->first, i, e - 1, to, noun);
  bool whole = cn_token_verb(t) && !cn_token_uses(t, CN_USE_PIVOT) && !t->word->relation && !bare &&
               cn_number(r, m->number)->dimension == CN_DIMENSION_RATIO &&
               cn_metric_measured(r, (cn_phrase){i, e}); /* 培训合格率95%以上 */
  whole |= cn_token_verb(t) && !bare && is_name(r, i, e);
  whole |= m->listed && cn_token_verb(t) && !cn_token_uses(t, CN_USE_LEAD) && is_piece(r, i, e); /* 、|救助|站|3个 */
  if (cn_token_verb(t) && !whole)
    return left_action(r, i, e, to, after_phrase(r, m->first, i), cn_number(r, m->number)->dimension, noun);
  cn_action a = no_left_action(r, i, e, to, noun);
  return a.word || whole ? a : edge_verb(r, m->first, i);
}
