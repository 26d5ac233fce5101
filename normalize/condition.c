/* Conditions: numbers that describe what another number counts.
 *
 * In:  a number and its neighbours.  Out: whether it describes (总投资|10亿元以上|制造业项目|260个) and what it
 * measures (总投资).  Ages always describe; sizes do when a noun follows them and a comparison or a noun stands before;
 * counts only when a noun stands before (职工|100人以上|企业|20家), for otherwise they count: 完成|20户以上|国企改革.
 */
#include "normalize/grammar.h"

/* Numbers that never count by themselves: ages and voltages (60岁以上老年人, 110千伏变电站). */
static bool is_class(const cn_quantity *q) {
  return cn_view_ends(q->unit, CN_VIEW("岁")) || cn_view_is(q->unit_code, "kV");
}

static bool is_count(const cn_quantity *q) {
  return q->dimension == CN_DIMENSION_COUNT || (q->dimension == CN_DIMENSION_NONE && !q->unit.n);
}

static bool compared(const cn_quantity *q) { return q->compared || q->relation != CN_RELATION_EQ; }

/* Whether a noun, and no verb or mark, stands right before the number. */
static bool noun_before(const cn_reading *r, size_t first, size_t n) {
  size_t edge = cn_edge_skip(r, first, n);
  if (n <= edge) return false;
  const cn_token *t = &r->tokens[n - 1];
  if (!cn_token_noun(t)) return false;
  if (n - 1 == edge && t->kind == CN_TOKEN_TEXT && t->end - t->begin == 6 && is_count(cn_number(r, n)))
    return false; /* 挑选|3—5个 */
  cn_dimension d = cn_number(r, n)->dimension;
  if (cn_token_verb(t) && (d == CN_DIMENSION_RATIO || d == CN_DIMENSION_COUNT))
    return false;                                             /* 体系|覆盖|100%的自然村 */
  while (edge < n && cn_token_verb(&r->tokens[edge])) edge++; /* 开发|储备|8000个: verbs at the head are none */
  return edge < n;
}

/* 营业收入|达到|50亿元: a noun and its verb. */
static bool clause_before(const cn_reading *r, size_t first, size_t n) {
  size_t edge = cn_edge_skip(r, first, n);
  while (n > edge && cn_token_particle(&r->tokens[n - 1])) n--;
  if (n < edge + 2 || !cn_token_verb(&r->tokens[n - 1])) return false;
  return cn_token_noun(&r->tokens[n - 2]) && r->tokens[n - 1].word->change == CN_CHANGE_LEVEL;
}

static bool fact_before(const cn_reading *r, size_t n) {
  return n > 0 && cn_token_is(&r->tokens[n - 1], CN_CLASS_FACT);
}

static bool noun_follows(const cn_reading *r, size_t from, size_t to) {
  if (from >= to || !cn_metric_begins(r, from, to)) return false;
  return !cn_token_verb(&r->tokens[from]) || from + 1 < to;
}

/* 100人以上|的企业: people, said of what has people. */
static bool sorts_body(const cn_reading *r, const cn_quantity *q, size_t from, size_t to) {
  if (!compared(q) || q->relation == CN_RELATION_APPROX || (!cn_view_is(q->unit, "人") && !cn_view_is(q->unit, "名")))
    return false;
  for (size_t i = from; i < to && i < from + 3; i++)
    if (cn_token_is(&r->tokens[i], CN_CLASS_HEAD)) return r->tokens[i].word->body;
  return false;
}

bool cn_condition_describes(const cn_reading *r, size_t first, size_t n, size_t from, size_t to) {
  const cn_quantity *q = cn_number(r, n);
  bool counts_next = from == to && to < r->count && r->tokens[to].kind == CN_TOKEN_NUMBER && is_count(cn_number(r, to));
  if (counts_next && !is_count(q) && q->dimension != CN_DIMENSION_RATIO)
    return compared(q) || is_class(q); /* 10亿元以上|5个 */
  bool de = from < to && r->tokens[from].kind == CN_TOKEN_DE;
  size_t noun = de ? from + 1 : from;
  bool at_number = de && noun == to && to < r->count && r->tokens[to].kind == CN_TOKEN_NUMBER; /* 3520亿元|的|144个 */
  if (!at_number && !noun_follows(r, noun, to)) return false;
  if (is_class(q) || at_number || sorts_body(r, q, noun, to)) return true;
  if (de && (noun_before(r, first, n) || clause_before(r, first, n))) return true;
  if (is_count(q) || q->dimension == CN_DIMENSION_RATIO) return compared(q) && noun_before(r, first, n);
  return compared(q) || fact_before(r, n);
}

/* With nothing counted behind, a verb right before makes it a target (给予|3000元以下|的补助), except where it sorts
 * things: 推动|5亿元以上|项目|落地. */
bool cn_condition_alone(const cn_reading *r, size_t first, size_t n, size_t last) {
  if (!cn_condition_describes(r, first, n, n + 1, last)) return false;
  if (n == first || !cn_token_verb(&r->tokens[n - 1]) || is_class(cn_number(r, n)) || clause_before(r, first, n))
    return true;
  for (size_t i = n + 1; i < last && (cn_token_noun(&r->tokens[i]) || r->tokens[i].kind == CN_TOKEN_DE); i++)
    if (cn_token_is(&r->tokens[i], CN_CLASS_HEAD)) return true;
  return false;
}

enum { NOUN_REACH = 8 }; /* tokens of a noun between a count and the condition in it */

/* 89个|总投资|560亿元|的省市重点项目: a noun, and nothing else, stands between. */
static bool noun_between(const cn_reading *r, size_t from, size_t to) {
  if (to - from > NOUN_REACH) return false;
  for (size_t i = from; i < to; i++)
    if (!cn_token_noun(&r->tokens[i]) && !(i == from && r->tokens[i].kind == CN_TOKEN_DE)) return false;
  return true;
}

bool cn_condition_behind(const cn_reading *r, size_t first, size_t n, size_t after, size_t last) {
  const cn_quantity *q = cn_number(r, after);
  if (!is_count(cn_number(r, n)) && cn_number(r, n)->dimension != CN_DIMENSION_RATIO) return false;
  if (noun_before(r, first, n) || !noun_between(r, n + 1, after)) return false;
  size_t next = after + 1;
  while (next < last && r->tokens[next].kind != CN_TOKEN_NUMBER) next++;
  if (after > n + 1 && r->tokens[after - 1].kind != CN_TOKEN_DE)
    return !is_count(q) && cn_condition_describes(r, n + 1, after, after + 1, next);
  size_t from = after + 1;
  if (from < last && r->tokens[from].kind == CN_TOKEN_DE) from++;
  return noun_follows(r, from, last) && (is_class(q) || compared(q) || !is_count(q));
}

/* 建成|10千伏|线路|200公里, 学前|三年|毛入园率|达到|98%: no verb of its own, and its noun is measured by the next
 * number. */
bool cn_condition_size(const cn_reading *r, size_t first, size_t n, size_t from, size_t to) {
  const cn_quantity *q = cn_number(r, n);
  if (is_count(q) || q->dimension == CN_DIMENSION_RATIO || compared(q) || !noun_follows(r, from, to)) return false;
  size_t last = to;
  while (last > from && (cn_token_particle(&r->tokens[last - 1]) || cn_token_is(&r->tokens[last - 1], CN_CLASS_ADVERB)))
    last--;
  bool level =
      last > from && cn_token_verb(&r->tokens[last - 1]) && r->tokens[last - 1].word->change != CN_CHANGE_OUTPUT;
  bool named =
      q->dimension == CN_DIMENSION_DURATION && cn_edge_skip(r, first, n) >= n; /* 24小时|自助服务区|达到|10个 */
  if (level && !named && !noun_before(r, first, n)) return false;
  for (size_t i = from; i < last - (level ? 1 : 0); i++)
    if (cn_token_is(&r->tokens[i], CN_CLASS_JOIN) ||
        (cn_token_verb(&r->tokens[i]) && !cn_token_uses(&r->tokens[i], CN_USE_NOUN)))
      return false;
  return true;
}

cn_span cn_condition_metric(const cn_reading *r, size_t first, size_t n) {
  if (is_class(cn_number(r, n))) return (cn_span){0, 0};
  size_t edge = cn_edge_skip(r, first, n), last = n;
  if (edge < n && cn_token_verb(&r->tokens[edge])) edge++;
  while (last > edge && (cn_token_particle(&r->tokens[last - 1]) ||
                         (cn_token_verb(&r->tokens[last - 1]) && !cn_token_uses(&r->tokens[last - 1], CN_USE_NOUN))))
    last--;
  size_t begin = last;
  while (begin > edge && cn_token_noun(&r->tokens[begin - 1])) begin--;
  return cn_phrase_span(r, (cn_phrase){begin, last});
}
