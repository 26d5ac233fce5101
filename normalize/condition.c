/* Conditions: numbers that describe what another number counts.
 *
 * In:  a number and its neighbours.  Out: whether it describes (总投资|10亿元以上|制造业项目|260个) and what it
 * measures (总投资).  Ages always describe; sizes do when a noun follows them and a comparison or a noun stands before;
 * counts only when a noun stands before (职工|100人以上|企业|20家), for otherwise they count: 完成|20户以上|国企改革.
 */
#include "normalize/grammar.h"

static bool is_age(const cn_quantity *q) { return cn_view_ends(q->unit, CN_VIEW("岁")); }

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
  return !cn_token_verb(t) || n - 1 > edge; /* 改造|50个: the verb at the head is none */
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

bool cn_condition_describes(const cn_reading *r, size_t first, size_t n, size_t from, size_t to) {
  const cn_quantity *q = cn_number(r, n);
  bool de = from < to && r->tokens[from].kind == CN_TOKEN_DE;
  size_t noun = de ? from + 1 : from;
  bool at_number = de && noun == to && to < r->count && r->tokens[to].kind == CN_TOKEN_NUMBER; /* 3520亿元|的|144个 */
  if (!at_number && !noun_follows(r, noun, to)) return false;
  if (is_age(q) || at_number) return true;
  if (de && (noun_before(r, first, n) || clause_before(r, first, n))) return true;
  if (is_count(q) || q->dimension == CN_DIMENSION_RATIO) return compared(q) && noun_before(r, first, n);
  return compared(q) || fact_before(r, n);
}

bool cn_condition_behind(const cn_reading *r, size_t n, size_t after, size_t last) {
  if (after != n + 1 && !(after == n + 2 && r->tokens[n + 1].kind == CN_TOKEN_DE)) return false;
  if (!is_count(cn_number(r, n)) && cn_number(r, n)->dimension != CN_DIMENSION_RATIO) return false;
  const cn_quantity *q = cn_number(r, after);
  size_t from = after + 1;
  if (from < last && r->tokens[from].kind == CN_TOKEN_DE) from++;
  return noun_follows(r, from, last) && (is_age(q) || compared(q) || !is_count(q));
}

cn_span cn_condition_metric(const cn_reading *r, size_t first, size_t n) {
  if (is_age(cn_number(r, n))) return (cn_span){0, 0};
  size_t edge = cn_edge_skip(r, first, n), last = n;
  if (edge < n && cn_token_verb(&r->tokens[edge])) edge++;
  while (last > edge && (cn_token_particle(&r->tokens[last - 1]) ||
                         (cn_token_verb(&r->tokens[last - 1]) && !cn_token_uses(&r->tokens[last - 1], CN_USE_NOUN))))
    last--;
  size_t begin = last;
  while (begin > edge && cn_token_noun(&r->tokens[begin - 1])) begin--;
  return cn_phrase_span(r, (cn_phrase){begin, last});
}
