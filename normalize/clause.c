/* Clauses: which number of a clause is a target, which a condition of another, which neither.
 *
 * In:  the tokens of one clause.  Out: a finding for each of its numbers.
 * Between two numbers stands a gap. What it begins and ends with says whether they are two members of a list
 * (20家|、数字化车间|30家), a condition and its target (5万元以上|的村达到|80%) or two predicates (3个百分点|至|28%).
 */
#include "normalize/grammar.h"

static size_t next_number(const cn_reading *r, size_t i, size_t last) {
  while (i < last && r->tokens[i].kind != CN_TOKEN_NUMBER) i++;
  return i;
}

static void reject(cn_reading *r, size_t n, cn_role role) {
  r->findings[r->tokens[n].quantity] = (cn_finding){.verdict = CN_VERDICT_MENTION, .role = role};
}

/* --- gaps
 * ------------------------------------------------------------------------------------------------------------- */

typedef struct gap {
  bool condition;   /* the number before describes what the one behind counts */
  size_t cut, next; /* end of what belongs to the number before, begin of what belongs to the next */
  bool listed;
} gap;

static bool begins_predicate(const cn_token *t) {
  if (t->kind != CN_TOKEN_WORD) return false;
  if (cn_token_verb(t)) return !cn_token_uses(t, CN_USE_NOUN);
  return cn_token_particle(t) || cn_token_is(t, CN_CLASS_ADVERB) || cn_token_is(t, CN_CLASS_CONNECT) ||
         cn_token_is(t, CN_CLASS_EACH) || cn_token_is(t, CN_CLASS_COVERB) || cn_token_is(t, CN_CLASS_FROM) ||
         cn_token_is(t, CN_CLASS_PART) || cn_token_modal(t);
}

/* 5000名群众|人均|增收: an average begins the next indicator. */
static bool is_average(const cn_token *t) {
  return cn_token_is(t, CN_CLASS_NOUN) && cn_view_ends(cn_rule_key(t->word->rule), CN_VIEW("均"));
}

/* 20家绿色工厂、|数字化车间30家; 500名干部|包联|企业300家: where the noun of the number before ends. */
static gap split_inside(const cn_reading *r, size_t from, size_t to) {
  if (cn_token_is(&r->tokens[to - 1], CN_CLASS_JOIN)) return (gap){false, to - 1, to, true};
  for (size_t k = from + 1; k < to; k++)
    if (cn_token_is(&r->tokens[k], CN_CLASS_JOIN)) return (gap){false, k, k + 1, true};
  for (size_t k = from + 1; k < to; k++)
    if (begins_predicate(&r->tokens[k]) || is_average(&r->tokens[k])) return (gap){false, k, k, false};
  return (gap){false, to, to, false};
}

static gap read_gap(const cn_reading *r, size_t first, size_t n, size_t from, size_t to) {
  while (from < to && r->tokens[from].kind == CN_TOKEN_OPAQUE && r->tokens[from].round) from++;
  if (from == to && cn_condition_describes(r, first, n, from, to)) return (gap){.condition = true};
  if (from == to) return (gap){false, from, from, false};
  const cn_token *t = &r->tokens[from];
  if (cn_token_is(t, CN_CLASS_JOIN)) return (gap){false, from, from + 1, true};
  if (cn_condition_describes(r, first, n, from, to)) return (gap){.condition = true};
  if (begins_predicate(t)) return (gap){false, from, from, false};
  if (cn_condition_size(r, first, n, from, to)) return (gap){.condition = true};
  return split_inside(r, from, to);
}

/* --- numbers that promise nothing
 * -------------------------------------------------------------------------------------- */

enum { BASELINE_REACH = 8 }; /* tokens between 由 and its number, and to the verb */

/* The verb that a baseline rises by: 由|78%|提高到, 从|209元、280元|提高到, 从|15个|县（市）|扩大到. Gives the last
 * number of the baseline, SIZE_MAX where this is none. */
static size_t baseline_end(const cn_reading *r, size_t n, size_t last) {
  size_t end = n;
  for (size_t i = n + 1; i < last && i < end + BASELINE_REACH; i++) {
    const cn_token *t = &r->tokens[i];
    if (cn_token_verb(t) && !cn_token_uses(t, CN_USE_NOUN)) return end;
    if (cn_token_particle(t) || cn_token_modal(t)) return end;
    if (t->kind == CN_TOKEN_NUMBER)
      end = i;
    else if (!cn_token_noun(t) && !cn_token_is(t, CN_CLASS_JOIN) && !cn_token_is(t, CN_CLASS_ADVERB))
      break;
  }
  return SIZE_MAX;
}

/* 由|78%|提高到82%: takes 由78% out of the clause and gives its last number; SIZE_MAX: no baseline. */
static size_t take_baseline(cn_reading *r, size_t first, size_t n, size_t last) {
  size_t k = n, reach = 0;
  while (k > first && reach++ < BASELINE_REACH && !cn_token_is(&r->tokens[k - 1], CN_CLASS_FROM) &&
         r->tokens[k - 1].kind != CN_TOKEN_NUMBER)
    k--;
  if (k == first || !cn_token_is(&r->tokens[k - 1], CN_CLASS_FROM)) return SIZE_MAX;
  for (size_t i = k; i < n; i++) /* 由目前的78%, not 由各县新建20家 */
    if (cn_token_verb(&r->tokens[i])) return SIZE_MAX;
  size_t end = baseline_end(r, n, last);
  if (end == SIZE_MAX) return end;
  size_t stop = end + 1;
  while (stop < last && (cn_token_noun(&r->tokens[stop]) && !cn_token_verb(&r->tokens[stop]))) stop++;
  for (size_t i = k - 1; i < stop; i++) {
    if (r->tokens[i].kind == CN_TOKEN_NUMBER) reject(r, i, CN_ROLE_REFERENCE);
    r->tokens[i].kind = CN_TOKEN_SKIP;
  }
  return end;
}

/* 全市|三年|累计培育60个, 资产总额|五年|增长64%: says when. It becomes a time, and what stands before it stays. */
static bool take_term(cn_reading *r, size_t first, size_t n, size_t last) {
  const cn_quantity *q = cn_number(r, n);
  if (q->dimension != CN_DIMENSION_DURATION || q->compared || cn_view_ends(q->unit, CN_VIEW("岁"))) return false;
  if (n > first && (cn_token_verb(&r->tokens[n - 1]) || cn_token_particle(&r->tokens[n - 1]))) return false;
  const cn_token *t = &r->tokens[n + 1];
  bool of = n > first && r->tokens[n - 1].kind == CN_TOKEN_DE; /* 极不平凡|的|一年 */
  bool predicate = n + 1 < last && (cn_token_verb(t) || cn_token_is(t, CN_CLASS_ADVERB) || cn_token_modal(t));
  if (!of && !predicate) return false;
  reject(r, n, CN_ROLE_DATE);
  r->tokens[n].kind = CN_TOKEN_TIME;
  return true;
}

/* 按|采购金额的|30%|预付: the measure by which something is done. */
static bool is_yardstick(const cn_reading *r, size_t i, const cn_member *m) {
  if (!cn_token_is(&r->tokens[i], CN_CLASS_COVERB) || m->number + 1 >= m->last) return false;
  cn_view word = cn_rule_key(r->tokens[i].word->rule);
  if (!cn_view_is(word, "按") && !cn_view_is(word, "以") && !cn_view_is(word, "根据")) return false;
  for (size_t k = i + 1; k < m->number; k++)
    if (cn_token_verb(&r->tokens[k]) && !cn_token_uses(&r->tokens[k], CN_USE_NOUN | CN_USE_THAN)) return false;
  return true;
}

/* Whether what governs the number only refers to it (围绕3个方面) or reports it (已建成20家). */
static bool refers(const cn_reading *r, const cn_member *m, const cn_clause *c) {
  if (c->past < m->number) return true;
  for (size_t i = m->first; i < m->number; i++) {
    if (is_yardstick(r, i, m)) return true;
    if (cn_token_is(&r->tokens[i], CN_CLASS_REFER)) {
      size_t verb = i + 1;
      while (verb < m->number && !cn_token_verb(&r->tokens[verb])) verb++;
      return verb >= m->number;
    }
    if (cn_token_verb(&r->tokens[i])) return false;
  }
  return false;
}

static bool measures_thing(const cn_quantity *q) {
  return q->dimension != CN_DIMENSION_COUNT && q->dimension != CN_DIMENSION_NONE;
}

static bool chinese_small(const cn_reading *r, const cn_quantity *q) {
  return (unsigned char)r->text.p[q->number.begin] >= 0x80 && q->value.known && !q->compared &&
         cn_decimal_compare(q->value, cn_decimal_int(10)) <= 0;
}

/* 一 before a noun is an article (打造一支队伍, 一张蓝图绘到底), except where things are made one by one
 * (新建一所学校). */
static bool is_article(const cn_reading *r, const cn_quantity *q, const cn_action *a) {
  static const char *const loose[] = {"支", "套", "张", "批", "种", "场", "类", "盘",
                                      "件", "片", "条", "站", "网", "次", "轮"};
  if (!chinese_small(r, q)) return false;
  bool makes = a->word && !a->predicate && a->word->change == CN_CHANGE_OUTPUT;
  bool one = cn_decimal_compare(q->value, cn_decimal_int(1)) == 0; /* 实现一次申报 */
  if (!makes) return one || !a->word || a->word->change != CN_CHANGE_LEVEL;
  if (!one) return false;
  for (size_t i = 0; i < CN_COUNT(loose); i++)
    if (cn_view_is(q->unit, loose[i])) return true;
  return false;
}

/* --- members
 * ------------------------------------------------------------------------------------------------------------ */

/* 其中10亿元以上|5个: a condition, and no noun. */
static bool only_numbers(const cn_reading *r, cn_phrase p) {
  while (p.first < p.last && r->tokens[p.first].kind == CN_TOKEN_NUMBER) p.first++;
  return p.first == p.last;
}

/* Which side the noun stands on: behind a bare verb or a list (…等40项|城市路网工程), else before the number. */
static bool number_first(const cn_reading *r, const cn_member *m, const cn_action *a, cn_phrase left, cn_phrase right) {
  if (right.first >= right.last) return false;
  bool counts = !measures_thing(cn_number(r, m->number)) || r->tokens[m->number + 1].kind == CN_TOKEN_DE;
  bool takes = !a->word || a->word->change == CN_CHANGE_OUTPUT || (a->word->use & CN_USE_PIVOT) != 0;
  if (a->word && a->right && !a->to && left.first >= left.last) /* 守牢|120万亩|耕地红线, 减少|30个|审批事项 */
    takes |=
        a->word->change == CN_CHANGE_LEVEL ? a->word->relation == CN_RELATION_EQ : a->word->change != CN_CHANGE_NONE;
  if (left.first >= left.last) return takes || !a->right;
  return counts && (takes || !a->right);
}

static void add_predicate(const cn_reading *r, size_t predicate, cn_action *a) {
  if (a->word || predicate == SIZE_MAX) return;
  a->word = r->tokens[predicate].word;
  a->at = (cn_span){r->tokens[predicate].begin, r->tokens[predicate].end};
  a->predicate = true;
}

/* 分别: this member's name by position. */
static bool each_name(cn_reading *r, cn_clause *c, cn_finding *f) {
  cn_each *e = &c->each;
  if (e->next >= e->n) return false;
  if (e->owners) {
    f->metric = r->findings[e->owners[e->next++]].metric;
    f->inherited = true;
  } else {
    f->metric = e->names[e->next++];
  }
  return true;
}

static size_t each_count(const cn_reading *r, const cn_clause *c, size_t n) {
  size_t count = 1;
  for (size_t i = n + 1; i < c->last; i++) {
    const cn_token *t = &r->tokens[i];
    if (t->kind == CN_TOKEN_NUMBER)
      count++;
    else if (cn_token_noun(t) && !cn_token_verb(t) && !(t->kind == CN_TOKEN_OPAQUE && t->round))
      break;
    else if (cn_token_is(t, CN_CLASS_EACH))
      break;
  }
  return count;
}

/* Begins a pairing where the member holds 分别: names before it, else the objects of the clause before, else the latest
 * targets. */
static void begin_each(cn_reading *r, cn_clause *c, const cn_member *m, cn_phrase noun) {
  bool each = false;
  for (size_t i = m->first; i < m->number; i++) each |= cn_token_is(&r->tokens[i], CN_CLASS_EACH);
  if (!each) return;
  size_t n = each_count(r, c, m->number);
  c->each = (cn_each){.n = n};
  c->each.names = cn_arena_new(r->arena, cn_span, n);
  if (noun.first < noun.last) {
    if (!cn_metric_split(r, noun, c->each.names, n)) /* 城乡居民收入分别增长5.5%和7%: one name for all */
      for (size_t i = 0; i < n; i++) c->each.names[i] = cn_phrase_span(r, noun);
  } else if (r->memory->recent_n >= n && n > 1) {
    c->each.owners = cn_arena_new(r->arena, size_t, n);
    memcpy(c->each.owners, r->memory->recent + r->memory->recent_n - n, n * sizeof(size_t));
  } else {
    c->each.n = 0;
  }
}

static void own_conditions(cn_reading *r, const cn_member *m, size_t pending, size_t owner) {
  for (size_t i = pending; i <= m->tail; i++) {
    if (r->tokens[i].kind != CN_TOKEN_NUMBER || i == m->number) continue;
    cn_finding *f = &r->findings[r->tokens[i].quantity];
    if (f->verdict == CN_VERDICT_CONDITION) f->owner = owner;
  }
}

static void inherit_verb(const cn_clause *c, const cn_member *m, cn_action *a) {
  if (a->word || !m->listed || !c->action.word) return;
  bool predicate = c->action.predicate;
  bool to = a->to;
  *a = c->action;
  a->to = to || c->action.to;
  a->predicate = predicate;
}

/* Whether the number is of a part: 其中博士120人; and the next part: ，硕士900人. */
enum { BRIEF_NAME = 12 }; /* bytes */

static bool is_part(const cn_reading *r, const cn_clause *c, const cn_quantity *q, cn_phrase left) {
  bool brief = left.last - left.first <= 2 && left.first < left.last &&
               r->tokens[left.last - 1].end - r->tokens[left.first].begin <= BRIEF_NAME; /* 国家级2项，|省级|3项 */
  if (c->part || !(r->memory->part || brief) || r->memory->recent_n <= r->memory->sentence) return c->part;
  const cn_quantity *before = &r->quantities.items[r->memory->recent[r->memory->recent_n - 1]];
  return q->unit.n > 0 && cn_view_equal(before->unit, q->unit);
}

/* The target that a part is part of: 储备项目200个，总投资1500亿元，其中10亿元以上项目|40个. */
static size_t whole_of(const cn_reading *r, const cn_quantity *q) {
  const cn_memory *m = r->memory;
  for (size_t k = m->recent_n; k-- > m->sentence;)
    if (q->unit.n && cn_view_equal(r->quantities.items[m->recent[k]].unit, q->unit)) return m->recent[k];
  return m->recent[m->recent_n - 1];
}

/* 至少|召开|1次, 最多|改造|50个: a comparison word ahead of the verb. */
static cn_relation before_verb(const cn_reading *r, const cn_member *m, const cn_action *a) {
  for (size_t i = m->first; i < m->number && r->tokens[i].end <= a->at.begin; i++) {
    if (!cn_token_is(&r->tokens[i], CN_CLASS_ADVERB) || r->tokens[i].end != a->at.begin) continue;
    cn_view word = cn_rule_key(r->tokens[i].word->rule);
    if (cn_view_is(word, "至少") || cn_view_is(word, "至少要")) return CN_RELATION_GE;
    if (cn_view_is(word, "最多") || cn_view_is(word, "至多")) return CN_RELATION_LE;
  }
  return CN_RELATION_NONE;
}

static void settle(cn_reading *r, cn_clause *c, const cn_member *m, cn_action *a, bool own, cn_phrase noun,
                   bool first) {
  size_t quantity = r->tokens[m->number].quantity;
  const cn_quantity *q = &r->quantities.items[quantity];
  cn_finding *f = &r->findings[quantity];
  *f = (cn_finding){.verdict = CN_VERDICT_TARGET, .owner = SIZE_MAX, .modality = c->modality, .action = a->at};
  f->metric = cn_phrase_span(r, noun);
  bool measured = cn_metric_measured(r, noun);
  begin_each(r, c, m, noun);
  bool paired = !first && each_name(r, c, f);
  f->change = cn_change_decide(q, a, measured, first);
  f->relation = cn_relation_decide(q, a);
  if (f->relation == CN_RELATION_EQ && own && before_verb(r, m, a)) f->relation = before_verb(r, m, a);
  if (cn_view_is(q->unit, "番")) f->action = (cn_span){q->at.begin, q->at.begin + 3};
  if (!paired && cn_span_empty(f->metric)) {
    if (m->listed && c->before != SIZE_MAX && !own) {
      f->metric = r->findings[c->before].metric; /* 126个、1.8万户 */
      f->action = r->findings[c->before].action;
      f->change = r->findings[c->before].change;
    } else {
      cn_memory_fill(r, quantity, f);
      bool made = cn_span_empty(f->metric) && a->word && f->change == CN_CHANGE_OUTPUT;
      if (made) f->metric = a->at; /* 投资2.6亿元，脱贫1.2万人: nothing else is said */
    }
  } else if (!own && is_part(r, c, q, noun) && r->memory->recent_n &&
             q->dimension != CN_DIMENSION_RATIO) { /* 其中博士120人 */
    const cn_finding *whole = &r->findings[whole_of(r, q)];
    if (!measured || whole->change == CN_CHANGE_OUTPUT) f->change = whole->change;
    f->action = whole->action;
  }
  r->memory->part = is_part(r, c, q, noun);
  cn_memory_target(r, quantity);
  c->before = quantity;
}

/* 守牢|120万亩|耕地红线: two characters that no table has, alone before a number with its noun behind, are a verb. */
static bool unknown_verb(const cn_reading *r, cn_phrase left, cn_phrase right, cn_action *a) {
  const cn_token *t = &r->tokens[left.first];
  if (a->word || left.last != left.first + 1 || right.first >= right.last) return false;
  if (t->kind != CN_TOKEN_TEXT || t->end - t->begin != 6) return false;
  a->at = (cn_span){t->begin, t->end};
  a->word = r->rules->guess;
  return true;
}

/* 投入|3000万元|实施|校园食堂改造: what the money goes to. */
static cn_phrase object_behind(const cn_reading *r, const cn_member *m, const cn_action *a) {
  size_t i = m->number + 1;
  bool follows =
      a->word && i + 1 < m->last && (cn_token_verb(&r->tokens[i]) || cn_token_is(&r->tokens[i], CN_CLASS_CONNECT));
  if (!follows || a->word->change != CN_CHANGE_OUTPUT) return (cn_phrase){i, i};
  while (i < m->last && (cn_token_verb(&r->tokens[i]) || cn_token_is(&r->tokens[i], CN_CLASS_CONNECT))) i++;
  cn_member behind = {.first = i, .number = i - 1, .last = m->last, .tail = i - 1};
  size_t predicate;
  return cn_metric_right(r, &behind, a, &predicate);
}

/* 项目|占地300亩, 该园区|共3层: describes what is there. */
static bool is_fact(const cn_reading *r, const cn_member *m, const cn_action *a, cn_phrase left) {
  if (a->word || m->number == m->first || cn_number(r, m->number)->compared) return false;
  const cn_token *before = &r->tokens[m->number - 1];
  bool total = cn_token_is(before, CN_CLASS_ADVERB) && cn_view_is(cn_rule_key(before->word->rule), "共");
  return total || (left.first < left.last && cn_token_is(&r->tokens[left.last - 1], CN_CLASS_FACT));
}

/* 落实3%|征收率政策: a rate in a policy's name. */
static bool names_policy(const cn_reading *r, const cn_member *m) {
  if (cn_number(r, m->number)->dimension != CN_DIMENSION_RATIO) return false;
  size_t i = m->number + 1, reach = 0;
  while (i < m->last && reach++ < 4 && cn_token_noun(&r->tokens[i]) && !cn_token_is(&r->tokens[i], CN_CLASS_POLICY))
    i++;
  return i < m->last && cn_token_is(&r->tokens[i], CN_CLASS_POLICY);
}

/* 分3个|阶段; 严守3个|不发生底线: nothing is made or reached. */
static bool counts_no_work(const cn_reading *r, const cn_quantity *q, const cn_action *a, cn_phrase right) {
  if (cn_token_is(&r->tokens[right.last - 1], CN_CLASS_ASPECT) || cn_token_is(&r->tokens[right.first], CN_CLASS_ASPECT))
    return true;
  bool holds = a->word && a->word->change == CN_CHANGE_LEVEL && !(a->word->use & CN_USE_PIVOT) && !a->predicate;
  return holds && q->dimension == CN_DIMENSION_COUNT && !a->to;
}

static void read_member(cn_reading *r, cn_clause *c, const cn_member *m, size_t pending) {
  const cn_quantity *q = cn_number(r, m->number);
  for (size_t i = m->first; i < m->number; i++) {
    if (cn_token_is(&r->tokens[i], CN_CLASS_ENSURE)) c->modality = CN_MODALITY_ENSURE;
    if (cn_token_is(&r->tokens[i], CN_CLASS_STRIVE)) c->modality = CN_MODALITY_STRIVE;
    c->part |= cn_token_is(&r->tokens[i], CN_CLASS_PART);
  }
  cn_phrase left;
  size_t predicate;
  cn_action a = cn_action_find(r, m, &left);
  left = cn_metric_trim(r, left);
  if (only_numbers(r, left)) left.last = left.first;
  if (a.word && a.word->rule && cn_table_find(r->rules->words, cn_rule_key(a.word->rule)))
    c->modality = CN_MODALITY_NONE;
  if (refers(r, m, c)) {
    reject(r, m->number, CN_ROLE_COUNT);
    r->memory->object = cn_phrase_span(r, left); /* 去年完成投资80亿元，今年计划完成100亿元 */
    r->memory->verb = a.at;
    return;
  }
  cn_action listed = a;
  inherit_verb(c, m, &listed);
  cn_phrase right = cn_metric_right(r, m, &listed, &predicate);
  if (unknown_verb(r, left, right, &a)) left.last = left.first;
  if (right.first >= right.last && left.first >= left.last) right = object_behind(r, m, &a);
  bool first = number_first(r, m, &a, left, right);
  if (!(m->listed && c->action.word) && is_fact(r, m, &a, left)) {
    reject(r, m->number, CN_ROLE_CONDITION);
    return;
  }
  if (first || (left.first >= left.last && right.first >= right.last)) add_predicate(r, predicate, &a);
  bool own = a.word != NULL;
  if (!own) a = listed;
  bool term = q->dimension == CN_DIMENSION_DURATION && !q->compared && !a.word && left.first >= left.last;
  if (term) { /* 全市|三年|累计培育60个 */
    reject(r, m->number, CN_ROLE_DATE);
    return;
  }
  bool supposes =
      m->number + 2 == c->last && r->tokens[m->number + 1].kind == CN_TOKEN_DE; /* 企业在3家及以上|的，采取招标 */
  if (supposes) {
    reject(r, m->number, CN_ROLE_CONDITION);
    return;
  }
  if (names_policy(r, m)) {
    reject(r, m->number, CN_ROLE_NAME);
    return;
  }
  if (first && (is_article(r, q, &a) || counts_no_work(r, q, &a, right))) {
    reject(r, m->number, CN_ROLE_COUNT);
    return;
  }
  if (!first && left.first >= left.last && a.right && a.word && a.word->change != CN_CHANGE_LEVEL) a.right = false;
  settle(r, c, m, &a, own, first ? right : left, first);
  if (!a.predicate) c->action = a;
  own_conditions(r, m, pending, r->tokens[m->number].quantity);
}

/* --- the clause
 * ---------------------------------------------------------------------------------------------------------- */

/* 已, 目前, 去年 (also where it was read as a time), but not 已建成|的|: that only says which. */
static bool is_past(const cn_reading *r, size_t i, size_t last) {
  const cn_token *t = &r->tokens[i];
  size_t n;
  const cn_word *w = t->kind == CN_TOKEN_TIME ? cn_word_at(r->rules, r->text, t->begin, &n) : NULL;
  if (!cn_token_is(t, CN_CLASS_PAST) && !(w && w->class == CN_CLASS_PAST)) return false;
  for (size_t k = i + 1; k < last && k < i + 4 && r->tokens[k].kind != CN_TOKEN_NUMBER; k++)
    if (r->tokens[k].kind == CN_TOKEN_DE) return false;
  return true;
}

static size_t find_past(const cn_reading *r, size_t first, size_t last) {
  while (first < last && !is_past(r, first, last)) first++;
  return first;
}

static void note_condition(cn_reading *r, const cn_clause *c, size_t first, size_t n, bool listed) {
  size_t quantity = r->tokens[n].quantity;
  cn_finding *f = &r->findings[quantity];
  const cn_quantity *q = &r->quantities.items[quantity];
  *f = (cn_finding){.verdict = CN_VERDICT_CONDITION, .owner = SIZE_MAX, .relation = q->relation};
  if (q->dimension == CN_DIMENSION_DURATION && !cn_view_ends(q->unit, CN_VIEW("岁")) && !q->compared) {
    reject(r, n, CN_ROLE_CONDITION); /* 学前三年: part of a name */
    return;
  }
  f->metric = cn_condition_metric(r, first, n);
  if (cn_span_empty(f->metric) && (listed || c->part)) f->metric = cn_memory_condition(r, quantity);
}

void cn_clause_read(cn_reading *r, size_t first, size_t last) {
  size_t n = next_number(r, first, last);
  if (n == last) {
    if (first < last) cn_memory_clause(r, first, last);
    return;
  }
  cn_clause c = {.first = first, .last = last, .past = find_past(r, first, last), .before = SIZE_MAX};
  c.part = cn_token_is(&r->tokens[first], CN_CLASS_PART);
  cn_member m = {.first = first};
  size_t pending = first;
  while (n < last) {
    size_t after = next_number(r, n + 1, last);
    if (take_term(r, m.first, n, last)) {
      n = after;
      continue;
    }
    size_t baseline = take_baseline(r, m.first, n, last);
    if (baseline != SIZE_MAX) {
      n = next_number(r, baseline + 1, last);
      continue;
    }
    m.number = m.tail = n;
    if (after < last && cn_condition_behind(r, m.first, n, after, last)) {
      note_condition(r, &c, n + 1, after, m.listed);
      m.tail = after;
      after = next_number(r, after + 1, last);
    }
    gap g = after < last ? read_gap(r, m.first, n, m.tail + 1, after) : (gap){.cut = last, .next = last};
    if (after == last && m.tail == n) g.condition = cn_condition_alone(r, m.first, n, last);
    if (g.condition) {
      note_condition(r, &c, m.first, n, m.listed);
    } else {
      m.last = g.cut;
      read_member(r, &c, &m, pending);
      pending = m.first = g.next;
      m.listed = g.listed;
    }
    n = after;
  }
}
