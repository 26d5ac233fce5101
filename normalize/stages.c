/* A deadline cell's stages: 6月底前完成主体施工，12月底竣工 -> two, each with its outcome and grade.
 *
 * In:  the cell and its moments.  Out: stages in the order written; text and outcome are the cell's own characters.
 * A stage reaches from behind the last comma (or 并) before its moment to there before the next moment. */
#include "core/utf8.h"
#include "normalize/moment.h"

typedef struct cutter {
  cn_arena *arena;
  cn_deadlines *d;
  const cn_folded *cell;
  cn_view text;
  cn_moment *moments; /* those that make a stage */
  size_t n;
} cutter;

static const char *const stops[] = {"，", "；", "。", "、", "（", "(", ",", ";", "\n", "：", ":", NULL};
static const char *const joints[] = {"并且", "同时", "以及", "此后", "之后", "后续", "转入",
                                     "今后", "并",   "且",   "和",   "及",   "再",   NULL};
static const char *const modal[] = {"力争", "争取", "确保", "务必", "必须", "原则上", "计划", "预计",
                                    "须",   "应",   "拟",   "要",   "于",   "在",     "需",   "均",
                                    "最迟", "最晚", "限",   "自",   "从",   "到",     "至",   NULL};
static const char *const parts[] = {"，", "；", "。", "（", "(",
                                    ",",  ";",  "\n", NULL}; /* not ：, which says of what: A项目：6月底前 */
static const char *const labels[] = {"时限", "时间", "期限", "日期", "节点", "要求", "阶段", NULL};
static const char *const closers[] = {"，", "；", "。", "、", ",", ";", ".", "（", "(", "：", ":", NULL};
static const char *const openers[] = {"，", "；", "。", "、", ",", ";", "：", ":", "）", ")", NULL};

static size_t suffix_length(cn_view v, const char *const *words) {
  for (size_t i = 0; words[i]; i++)
    if (cn_view_ends(v, cn_view_of(words[i]))) return strlen(words[i]);
  return 0;
}
static size_t prefix_length(cn_view v, const char *const *words) {
  for (size_t i = 0; words[i]; i++)
    if (cn_view_starts(v, cn_view_of(words[i]))) return strlen(words[i]);
  return 0;
}

/* Without blanks and any of the words at the front (at the back); offsets stay those of the cell. */
static cn_span trim_front(cn_view t, cn_span s, const char *const *words) {
  for (size_t n; s.begin < s.end; s.begin += n) {
    cn_view v = cn_view_slice(t, s.begin, s.end);
    n = v.p[0] == ' ' || v.p[0] == '\n' ? 1 : prefix_length(v, words);
    if (!n) break;
  }
  return s;
}
static cn_span trim_back(cn_view t, cn_span s, const char *const *words) {
  for (size_t n; s.begin < s.end; s.end -= n) {
    cn_view v = cn_view_slice(t, s.begin, s.end);
    n = v.p[v.n - 1] == ' ' || v.p[v.n - 1] == '\n' ? 1 : suffix_length(v, words);
    if (!n) break;
  }
  return s;
}

static size_t count_of(cn_view v, const char *word) {
  size_t n = 0;
  for (size_t at = 0; (at = cn_view_find(v, cn_view_of(word), at)) != SIZE_MAX; at += strlen(word)) n++;
  return n;
}

/* A closing bracket whose opening one lies before the stage. */
static cn_span trim_bracket(cn_view t, cn_span s) {
  cn_view v = cn_view_slice(t, s.begin, s.end);
  if (cn_view_ends(v, CN_VIEW("）")) && count_of(v, "）") > count_of(v, "（")) s.end -= 3;
  if (cn_view_ends(v, CN_VIEW(")")) && count_of(v, ")") > count_of(v, "(")) s.end -= 1;
  return s;
}

/* --- which moments make a stage -------------------------------------------------------------------------------- */

static bool opens_part(cn_view t, size_t at) {
  for (int i = 0; i < 8 && at > 0 && (t.p[at - 1] == ' ' || t.p[at - 1] == '\n'); i++) at--;
  cn_view before = cn_view_slice(t, 0, at);
  return at == 0 || suffix_length(before, stops) || suffix_length(before, joints) || suffix_length(before, modal);
}

static bool separated(cn_view t, size_t from, size_t to) {
  cn_view between = cn_view_slice(t, from, to);
  for (size_t i = 0; stops[i]; i++)
    if (cn_view_find(between, cn_view_of(stops[i]), 0) != SIZE_MAX) return true;
  return false;
}

/* 12月底完成2021年任务: the second date is part of the outcome. So is a term or a standing word inside a clause.
 * `parted`: a stop stands between the moment and the stage before. */
static bool makes_stage(const cutter *c, const cn_moment *m, const cn_moment *before, bool parted) {
  if (m->kind == CN_RESOLVE_SPAN) return false;
  bool opens = opens_part(c->text, m->at.begin);
  if (m->kind == CN_RESOLVE_TERM && m->stage.relative->event.p)
    return opens || !before || parted; /* 合同签订后6个月内 */
  if (m->kind == CN_RESOLVE_STANDING || m->kind == CN_RESOLVE_SOFT || m->kind == CN_RESOLVE_TERM ||
      m->kind == CN_RESOLVE_EVENT || m->kind == CN_RESOLVE_EVERY)
    return opens;
  bool whole = m->stage.precision == CN_PRECISION_YEAR || m->stage.precision == CN_PRECISION_PLAN;
  bool open_end = whole && cn_date_known(m->stage.start) && cn_date_known(m->stage.end);
  return !before || before->joined || !open_end || parted;
}

static void choose(cutter *c, cn_moment_list all) {
  bool parted = false;
  c->moments = cn_arena_new(c->arena, cn_moment, all.n + 1);
  for (size_t i = 0; i < all.n; i++) {
    const cn_moment *before = c->n ? &c->moments[c->n - 1] : NULL;
    parted = parted || separated(c->text, i ? all.items[i - 1].at.end : 0, all.items[i].at.begin);
    if (!makes_stage(c, &all.items[i], before, parted)) continue;
    c->moments[c->n++] = all.items[i];
    parted = false;
  }
}

/* --- cutting --------------------------------------------------------------------------------------------------- */

static bool is_circled(cn_view t, size_t at) {
  uint32_t point = cn_utf8_at(t.p + at, NULL);
  return point >= 0x2460 && point <= 0x2473; /* ① to ⑳ */
}

/* Behind the last stop in [from, to), or `otherwise` where there is none. */
static size_t behind_stop(const cutter *c, const char *const *words, size_t from, size_t to, size_t otherwise) {
  for (size_t at = to; at > from;) {
    size_t previous = (size_t)(cn_utf8_before(c->text.p, c->text.p + at) - c->text.p);
    if (prefix_length(cn_view_slice(c->text, previous, at), words)) return at;
    at = previous;
  }
  return otherwise;
}

/* Where the stage of moment k begins: behind the last comma since the moment before; without one, behind a 、 or
 * bracket, or before a circled number: 完成设计，第二阶段（7月—12月）, but 12月底（持续推进）. */
static size_t stage_begin(const cutter *c, size_t k) {
  static const char *const commas[] = {"，", "；", "。", ",", ";", "\n", NULL};
  static const char *const weaker[] = {"、", "（", "(", NULL};
  if (k == 0) return 0;
  size_t from = c->moments[k - 1].at.end, to = c->moments[k].at.begin;
  if (c->moments[k - 1].joined || to <= from) return to;
  size_t at = behind_stop(c, commas, from, to, SIZE_MAX);
  if (at != SIZE_MAX) return at;
  size_t circled = (size_t)(cn_utf8_before(c->text.p, c->text.p + to) - c->text.p);
  if (circled >= from && is_circled(c->text, circled)) return circled;
  return behind_stop(c, weaker, from, to, to);
}

/* 分两批，6月底前完成第一批: only the part that the moment stands in belongs to its outcome. */
static size_t part_begin(const cutter *c, size_t from, size_t to) { return behind_stop(c, parts, from, to, from); }

/* 1. and （一） and 一是 before a stage are numbering. */
static size_t behind_serial(cn_view t, size_t begin, size_t limit) {
  size_t at = begin;
  if (at + 3 <= limit && is_circled(t, at)) return at + 3;
  while (at < limit && t.p[at] >= '0' && t.p[at] <= '9') at++;
  cn_view rest = cn_view_slice(t, at, limit);
  static const char *const marks[] = {".", "、", ")", "）", NULL}, *const brackets[] = {"（", "(", NULL};
  static const char *const words[] = {"一是",   "二是", "三是", "四是", "五是", "（一）", "（二）", "（三）",
                                      "（四）", "一、", "二、", "三、", "四、", "五、",   NULL};
  if (at > begin && prefix_length(rest, marks)) return at + prefix_length(rest, marks);
  size_t open = prefix_length(cn_view_slice(t, begin, limit), brackets), digits = begin + open;
  while (open && digits < limit && t.p[digits] >= '0' && t.p[digits] <= '9') digits++;
  size_t shut = prefix_length(cn_view_slice(t, digits, limit), marks + 2);
  if (open && digits > begin + open && shut) return digits + shut; /* （1） */
  return begin + prefix_length(cn_view_slice(t, begin, limit), words);
}

static cn_view source(const cutter *c, cn_span s) { return cn_fold_source(c->cell, s.begin, s.end); }

/* What is due: the text behind the moment, with what stands before it but 力争, 于, 完成时限：. */
static cn_view outcome_of(const cutter *c, cn_span before, cn_span behind) {
  before = trim_back(c->text, trim_front(c->text, before, openers), modal);
  cn_view said = cn_view_slice(c->text, before.begin, before.end);
  bool colon = cn_view_ends(said, CN_VIEW("：")) || cn_view_ends(said, CN_VIEW(":"));
  for (size_t i = 0; labels[i] && colon; i++)
    if (cn_view_find(said, cn_view_of(labels[i]), 0) != SIZE_MAX) before.end = before.begin; /* 完成时限：6月底前 */
  before = trim_back(c->text, before, closers);
  behind = trim_bracket(c->text, trim_back(c->text, trim_front(c->text, behind, openers), closers));
  cn_view v = cn_view_slice(c->text, behind.begin, behind.end);
  if (cn_view_starts(v, CN_VIEW("（")) && cn_view_find(v, CN_VIEW("）"), 0) == v.n - 3)
    behind = (cn_span){behind.begin + 3, behind.end - 3};
  if (before.begin == before.end) return behind.begin == behind.end ? CN_NULL_VIEW : source(c, behind);
  if (behind.begin == behind.end) return source(c, before);
  cn_view a = source(c, before), b = source(c, behind);
  return cn_arena_format(c->arena, "%.*s%.*s", (int)a.n, a.p, (int)b.n, b.p);
}

static cn_stage make_stage(const cutter *c, size_t k, size_t outer_end) {
  const cn_moment *m = &c->moments[k];
  size_t begin = behind_serial(c->text, stage_begin(c, k), m->at.begin),
         end = k + 1 < c->n ? stage_begin(c, k + 1) : outer_end;
  cn_span all = {begin, end < m->at.end ? m->at.end : end};
  all = trim_front(c->text, trim_front(c->text, all, openers), joints);
  for (size_t before = 0; before != all.end;) { /* ，并 and ；同时 */
    before = all.end;
    all = trim_back(c->text, trim_back(c->text, all, closers), joints);
  }
  if (all.end < m->at.end) all.end = m->at.end;
  if (all.begin > m->at.begin) all.begin = m->at.begin;
  all = trim_bracket(c->text, all);
  cn_stage s = m->stage;
  s.text = source(c, all);
  size_t part = m->kind == CN_RESOLVE_TERM ? m->at.begin : part_begin(c, all.begin, m->at.begin);
  s.outcome = outcome_of(c, (cn_span){part, m->at.begin}, (cn_span){m->at.end, all.end});
  if (m->kind == CN_RESOLVE_SOFT) s.outcome = s.text;
  bool soft = m->kind == CN_RESOLVE_SOFT && !cn_view_starts(s.text, CN_VIEW("已")); /* 按节点完成; but 已完成 */
  s.grade = soft || m->kind == CN_RESOLVE_STANDING ? CN_GRADE_NONE : cn_grade_of(c->d, s.outcome);
  return s;
}

/* 各 stage of a list has the list's outcome: 6月、12月底前各完成一半. */
static void share_outcomes(const cutter *c, cn_stage *stages) {
  for (size_t k = c->n; k-- > 1;) {
    if (!c->moments[k - 1].joined || stages[k - 1].outcome.p) continue;
    stages[k - 1].outcome = stages[k].outcome;
    stages[k - 1].grade = stages[k].grade;
  }
}

/* --- cells without a moment ------------------------------------------------------------------------------------ */

/* The length of the event's name in front of 前 or 后, where that ends the text or a verb follows; 0 for none. */
static size_t event_length(cn_view t, size_t *behind) {
  static const char *const words[] = {"之前", "以前", "之后", "以后", "之後", "前", "后", "後", "时", "期间", NULL};
  static const char *const verbs[] = {"完成", "建成", "投用", "投入", "启动", "到位", "办结",
                                      "实现", "开工", "竣工", "交付", "提交", "报送", NULL};
  for (size_t at = 0, length; at < t.n; at += length) {
    length = cn_utf8_len((unsigned char)t.p[at]);
    size_t n = prefix_length(cn_view_slice(t, at, t.n), words);
    cn_view rest = cn_view_slice(t, at + n, t.n);
    if (!n || (rest.n && !prefix_length(rest, verbs))) continue;
    *behind = at + n;
    return at;
  }
  return 0;
}

/* 竣工验收前, 项目开工后, 省级验收前完成: before or after something that has no date. */
static bool event_only(const cutter *c, cn_span all, cn_stage *s) {
  static const char *const units[] = {"年", "月", "日", "周",
                                      "季", "天", NULL}; /* 下月底前 is a date, if not one we know */
  cn_view t = cn_view_slice(c->text, all.begin, all.end);
  size_t behind = 0, n = event_length(t, &behind), points = cn_utf8_count(cn_view_slice(t, 0, n));
  for (size_t i = 0; units[i]; i++)
    if (cn_view_find(t, cn_view_of(units[i]), 0) != SIZE_MAX) return false;
  if (points < 2 || points > 16 || separated(c->text, all.begin, all.end)) return false;
  cn_relative *r = cn_arena_alloc(c->arena, sizeof *r);
  r->event = source(c, (cn_span){all.begin, all.begin + n});
  s->relative = r;
  if (behind < t.n) s->outcome = source(c, (cn_span){all.begin + behind, all.end});
  s->grade = cn_grade_of(c->d, s->outcome);
  return true;
}

static cn_stage_list without_moment(const cutter *c, bool any) {
  cn_stage *s = cn_arena_new(c->arena, cn_stage, 1);
  cn_span all = trim_back(c->text, trim_front(c->text, (cn_span){0, c->text.n}, openers), closers);
  cn_record_init(&cn_stage_shape, s);
  s->text = cn_view_trim(c->cell->source);
  if (!any) event_only(c, all, s);
  return (cn_stage_list){s, 1};
}

cn_stage_list cn_stages_of(cn_arena *arena, cn_deadlines *d, const cn_folded *text, cn_moment_list moments) {
  cutter c = {.arena = arena, .d = d, .cell = text, .text = text->text};
  choose(&c, moments);
  if (!c.n) return without_moment(&c, moments.n > 0);
  cn_stage *stages = cn_arena_new(arena, cn_stage, c.n);
  for (size_t k = 0; k < c.n; k++) stages[k] = make_stage(&c, k, c.text.n);
  share_outcomes(&c, stages);
  return (cn_stage_list){stages, c.n};
}

/* The strongest grade of an outcome's words: complete, then substantial, progress, milestone. */
cn_grade cn_grade_of(const cn_deadlines *d, cn_view outcome) {
  cn_grade best = CN_GRADE_NONE;
  for (size_t i = 0; outcome.p && i < cn_table_count(d->grades); i++) {
    const cn_rule *r = cn_table_at(d->grades, i);
    cn_grade g = (cn_grade)cn_enum_value(&cn_grade_names, r->fields[1]);
    bool better = g && (!best || g < best);
    if (better && cn_view_find(outcome, cn_rule_key(r), 0) != SIZE_MAX) best = g;
  }
  return best;
}
