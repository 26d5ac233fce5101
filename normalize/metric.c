/* The noun phrase that a number counts or measures, and where it ends.
 *
 * In:  tokens right of a number.  Out: the phrase up to its predicate: 1006个|贫困村|全部达标;
 * 推动1.2万家|工业企业|开展技术改造. How far it reaches depends on the verb: an activity is taken whole
 * (完成20户以上|市属国企混合所有制改革), what is moved to act ends where it acts. */
#include "core/utf8.h"
#include "normalize/grammar.h"

enum { LONGEST_MEASURE = 6, AVERAGE_REACH = 5 }; /* characters of a word of class measure; tokens */

typedef enum reach { REACH_WHOLE, REACH_THING, REACH_ACTOR } reach;

/* 组织|2次|应急演练: what happens so many times does not act. */
static bool counts_events(const cn_quantity *q) {
  static const char *const units[] = {"次", "场", "场次", "期", "届", "轮", "次数", "批次"};
  for (size_t i = 0; i < CN_COUNT(units); i++)
    if (cn_view_is(q->unit, units[i])) return true;
  return false;
}

static reach reach_of(const cn_action *a, const cn_quantity *q) {
  if (a->word && !a->predicate && counts_events(q)) return REACH_THING;
  if (!a->word || a->predicate) return REACH_ACTOR;
  if (a->word->use & CN_USE_PIVOT) return REACH_ACTOR;
  return a->word->use & CN_USE_WHOLE ? REACH_WHOLE : REACH_THING;
}

static bool ends_any(const cn_token *t) {
  bool level = cn_token_verb(t) && t->word->change == CN_CHANGE_LEVEL; /* 村庄规划编制|实现应编尽编 */
  if (level && !cn_token_uses(t, CN_USE_SHORT)) return true;
  return t->kind == CN_TOKEN_STOP || t->kind == CN_TOKEN_NUMBER || cn_token_is(t, CN_CLASS_CONNECT) ||
         cn_token_modal(t) || cn_token_is(t, CN_CLASS_EACH) || cn_token_is(t, CN_CLASS_PIVOT);
}

/* 签约|项目, 建设|项目: a verb right before the thing it is said of. */
static bool attribute(const cn_reading *r, size_t i, size_t last) {
  const cn_token *t = &r->tokens[i];
  if (!cn_token_verb(t) || i + 1 >= last || !cn_token_is(t + 1, CN_CLASS_HEAD)) return false;
  return cn_token_uses(t, CN_USE_NOUN) || t[1].end - t[1].begin > 3; /* 实施|校园食堂: 校 alone decides nothing */
}

static bool ends_thing(const cn_reading *r, size_t k, size_t last) {
  const cn_token *t = &r->tokens[k];
  if (attribute(r, k, last)) return false;
  return t->kind == CN_TOKEN_TIME || cn_token_is(t, CN_CLASS_COVERB) || cn_token_is(t, CN_CLASS_FROM) ||
         cn_token_is(t, CN_CLASS_PARTICLE) || cn_token_is(t, CN_CLASS_PAST) || cn_token_is(t, CN_CLASS_PREDICATE) ||
         (cn_token_verb(t) && !cn_token_uses(t, CN_USE_NOUN) && !cn_token_uses(t, CN_USE_SHORT));
}

/* 改造 in 高标准农田建设|项目 is an attribute, in 老旧小区|改造 what is done. */
static bool ends_actor(const cn_reading *r, size_t k, size_t last) {
  const cn_token *t = &r->tokens[k];
  if (t->kind == CN_TOKEN_OPAQUE && !t->round && k + 1 >= last) return true; /* 企业“上云用数” */
  if (cn_token_is(t, CN_CLASS_ADVERB) && k + 1 < last && (cn_token_verb(t + 1) || cn_token_is(t + 1, CN_CLASS_ADVERB)))
    return true;
  if (!cn_token_verb(t)) return false;
  bool noun = cn_token_uses(t, CN_USE_NOUN) || cn_token_is(t - 1, CN_CLASS_ADVERB);
  bool followed = attribute(r, k, last) ||
                  (k + 1 < last && (cn_token_is(t + 1, CN_CLASS_MEASURE) || cn_token_is(t + 1, CN_CLASS_NOUN)));
  return !(noun && followed);
}

size_t cn_metric_begins(const cn_reading *r, size_t i, size_t last) {
  size_t adverbs = i;
  while (i < last && cn_token_is(&r->tokens[i], CN_CLASS_ADVERB)) i++;
  if (i >= last) return 0;
  const cn_token *t = &r->tokens[i];
  if (t->kind == CN_TOKEN_OPAQUE) return t->round ? 0 : i + 1;
  if (cn_token_is(t, CN_CLASS_TAIL)) return 0;
  if (cn_token_is(t, CN_CLASS_PAST) && i + 2 < last && cn_token_verb(t + 1) && cn_token_noun(t + 2))
    return i + 3; /* 已|建成|自然村 */
  if (attribute(r, i, last)) return i + 2;
  if (cn_token_verb(t)) return cn_token_uses(t, CN_USE_NOUN) && (i == adverbs || i + 1 < last) ? i + 1 : 0;
  return cn_token_noun(t) || cn_token_is(t, CN_CLASS_PLACE) ? i + 1 : 0;
}

/* 数字化|转型: the way something is done, not part of who does it. */
static size_t drop_manner(const cn_reading *r, size_t first, size_t last) {
  if (last <= first) return last;
  cn_token *t = &r->tokens[last - 1];
  cn_view text = cn_view_slice(r->text, t->begin, t->end);
  if (t->kind != CN_TOKEN_TEXT || !cn_view_ends(text, CN_VIEW("化"))) return last;
  if (text.n == 9 && last - 1 > first) return last - 1;
  if (text.n >= 15) t->end -= 9; /* 中小企业|数字化 */
  return last;
}

/* 20项|任务: behind a count it is what is counted, behind an amount it is not (突破500亿元目标). */
static bool counts_tail(const cn_reading *r, size_t i, const cn_quantity *q) {
  const cn_token *t = &r->tokens[i];
  return cn_token_is(t, CN_CLASS_TAIL) && q->dimension == CN_DIMENSION_COUNT && t->end - t->begin > 3;
}

cn_phrase cn_metric_right(const cn_reading *r, const cn_member *m, const cn_action *action, size_t *predicate) {
  size_t i = m->number + 1, last = m->last, k;
  *predicate = SIZE_MAX;
  while (i < last && (r->tokens[i].kind == CN_TOKEN_DE || (r->tokens[i].kind == CN_TOKEN_OPAQUE && r->tokens[i].round)))
    i++;
  if (m->tail > m->number) {
    size_t noun = m->tail + 1; /* 306个|5亿元以上|重点签约项目 */
    if (noun < last && r->tokens[noun].kind == CN_TOKEN_DE) noun++;
    k = cn_metric_begins(r, noun, last) ? cn_metric_begins(r, noun, last) : noun;
  } else {
    if (i < last && counts_tail(r, i, cn_number(r, m->number))) {
      *predicate = SIZE_MAX;
      return (cn_phrase){i, i + 1};
    }
    if (i >= last || !cn_metric_begins(r, i, last)) {
      if (i < last && cn_token_verb(&r->tokens[i])) *predicate = i;
      return (cn_phrase){i, i};
    }
    k = cn_metric_begins(r, i, last);
  }
  reach how = reach_of(action, cn_number(r, m->number));
  for (; k < last; k++) {
    const cn_token *t = &r->tokens[k];
    if (ends_any(t) || (how != REACH_WHOLE && ends_thing(r, k, last)) || (how == REACH_ACTOR && ends_actor(r, k, last)))
      break;
  }
  for (size_t p = k; p < last && *predicate == SIZE_MAX; p++) {
    if (cn_token_verb(&r->tokens[p])) *predicate = p;
    if (ends_any(&r->tokens[p]) && !cn_token_modal(&r->tokens[p]) && !cn_token_is(&r->tokens[p], CN_CLASS_EACH)) break;
  }
  if (how == REACH_ACTOR && k < last) k = drop_manner(r, i, k);
  return cn_metric_trim(r, (cn_phrase){i, k});
}

static bool trims(const cn_token *t) {
  return t->kind == CN_TOKEN_DE || t->kind == CN_TOKEN_SKIP || t->kind == CN_TOKEN_STOP ||
         cn_token_is(t, CN_CLASS_JOIN) || cn_token_is(t, CN_CLASS_CONNECT);
}

cn_phrase cn_metric_trim(const cn_reading *r, cn_phrase p) {
  while (p.first < p.last &&
         (trims(&r->tokens[p.first]) || r->tokens[p.first].kind == CN_TOKEN_TIME ||
          cn_token_is(&r->tokens[p.first], CN_CLASS_PLACE) || cn_token_is(&r->tokens[p.first], CN_CLASS_TIME)))
    p.first++;
  while (p.first < p.last) {
    const cn_token *t = &r->tokens[p.last - 1];
    bool small = trims(t) || cn_token_is(t, CN_CLASS_ADVERB) || cn_token_is(t, CN_CLASS_EACH) || cn_token_modal(t) ||
                 cn_token_is(t, CN_CLASS_PARTICLE) || t->kind == CN_TOKEN_TIME;
    if (!small) break;
    p.last--;
  }
  return p;
}

/* 日均到发旅客, 户均存粮: an average is an indicator. */
static bool averages(const cn_reading *r, cn_phrase p) {
  for (size_t i = p.first; i < p.last && i < p.first + AVERAGE_REACH; i++)
    if (cn_view_ends(cn_view_slice(r->text, r->tokens[i].begin, r->tokens[i].end), CN_VIEW("均"))) return true;
  return false;
}

bool cn_metric_measured(const cn_reading *r, cn_phrase p) {
  while (p.last > p.first &&
         (r->tokens[p.last - 1].kind == CN_TOKEN_OPAQUE || r->tokens[p.last - 1].kind == CN_TOKEN_SKIP))
    p.last--; /* 细颗粒物浓度（PM2.5） */
  if (p.first >= p.last) return false;
  if (averages(r, p)) return true;
  const cn_token *t = &r->tokens[p.last - 1];
  if (t->kind != CN_TOKEN_TEXT && t->kind != CN_TOKEN_WORD) return false;
  if (cn_token_is(t, CN_CLASS_HEAD)) return false; /* 社会力量 */
  size_t at = t->end;
  for (int n = 0; n < LONGEST_MEASURE && at > t->begin; n++) { /* 整改率 is a word of its own and ends in 率 */
    at = (size_t)(cn_utf8_before(r->text.p + t->begin, r->text.p + at) - r->text.p);
    const cn_rule *rule = cn_table_find(r->rules->words, cn_view_slice(r->text, at, t->end));
    if (rule && r->rules->word_words[rule - cn_table_at(r->rules->words, 0)].class == CN_CLASS_MEASURE) return true;
  }
  return false;
}

static bool between_names(const cn_reading *r, size_t k, bool marks_only) {
  const cn_token *t = &r->tokens[k];
  if (!cn_token_is(t, CN_CLASS_JOIN)) return false;
  return !marks_only || cn_view_starts(cn_view_slice(r->text, t->begin, t->end), CN_VIEW("、"));
}

static size_t split(const cn_reading *r, cn_phrase p, bool marks_only, cn_span *names, size_t n) {
  size_t found = 0, first = p.first;
  for (size_t k = p.first; k <= p.last; k++) {
    if (k < p.last && !between_names(r, k, marks_only)) continue;
    if (found < n) names[found] = cn_phrase_span(r, cn_metric_trim(r, (cn_phrase){first, k}));
    found++;
    first = k + 1;
  }
  return found;
}

bool cn_metric_split(const cn_reading *r, cn_phrase p, cn_span *names, size_t n) {
  p = cn_metric_trim(r, p);
  return split(r, p, true, names, n) == n || split(r, p, false, names, n) == n;
}
