/* The scan: where in a text moments are, and how they hang together.
 *
 * In:  folded text.  Out: matches in order, each with the words that lead to it (截至, 自), the event a term runs from,
 * and how it is joined to the one before: a range (6月—9月), a list (6月、9月底前), a term from a date. One pass; a run
 * of digits that is no moment is skipped whole. */
#include "core/utf8.h"
#include "normalize/moment.h"

typedef struct scan {
  cn_arena *arena;
  cn_deadlines *d;
  cn_view text;
  unsigned where;
  size_t clause; /* where the clause at hand begins */
  bool month_known;
  cn_found_list list;
} scan;

static bool ends_with(cn_view text, size_t at, const char *word) {
  size_t n = strlen(word);
  return at >= n && memcmp(text.p + at - n, word, n) == 0;
}
static bool ends_with_any(cn_view text, size_t at, const char *const *words) {
  for (size_t i = 0; words[i]; i++)
    if (ends_with(text, at, words[i])) return true;
  return false;
}

/* Some blanks, not any number: a cell of blanks must not be walked again from each of them. */
static size_t skip_blanks_back(cn_view text, size_t at) {
  for (int i = 0; i < 8 && at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\n'); i++) at--;
  return at;
}

static bool part_begins(cn_view text, size_t at) {
  static const char *const stops[] = {"，", "；", "。", "、", "（", "(",  ",", ";",
                                      "：", ":",  "并", "且", "在", "于", NULL};
  at = skip_blanks_back(text, at);
  return at == 0 || ends_with_any(text, at, stops);
}

/* --- what a match must satisfy beyond its pattern ------------------------------------------------------------- */

/* 1、6月底前 is item 1, due in June; 6、9、12月底前 is a list. */
static bool is_serial(const scan *s, const cn_match *m) {
  static const char *const stops[] = {"；", ";", "。", "\n", NULL};
  cn_view month = m->group[CN_GROUP_month];
  if (m->resolver != CN_RESOLVE_POINT || !month.p || month.n != m->at.end - m->at.begin) return false;
  size_t before = skip_blanks_back(s->text, m->at.begin);
  bool opens = before == 0 || ends_with_any(s->text, before, stops);
  return opens && (before > 0 || cn_view_is(month, "1") || cn_view_is(month, "一"));
}

/* 压缩到30小时、2小时以内: the second is a quantity like the first, which no pattern took for a term. */
static bool follows_quantity(const scan *s, size_t begin) {
  static const char *const joins[] = {"、", "和", "或", "及", "/", NULL};
  static const char *const units[] = {"时", "時", "日", "天", "月", "年", "周", "分钟", "秒", "内", "个", "個", NULL};
  size_t at = begin;
  if (!ends_with_any(s->text, at, joins)) return false;
  at = (size_t)(cn_utf8_before(s->text.p, s->text.p + at) - s->text.p);
  bool digit = at > 0 && s->text.p[at - 1] >= '0' && s->text.p[at - 1] <= '9';
  if (!digit && !ends_with_any(s->text, at, units)) return false;
  return !s->list.n || s->list.items[s->list.n - 1].match.at.end != at;
}

static bool acceptable(const scan *s, const cn_match *m) {
  if (is_serial(s, m)) return false;
  return m->resolver != CN_RESOLVE_TERM || s->where != CN_IN_TASK || !follows_quantity(s, m->at.begin);
}

/* --- adding --------------------------------------------------------------------------------------------------- */

static cn_found *add(scan *s, const cn_match *m, cn_resolver link) {
  s->list.items = cn_arena_grow(s->arena, s->list.items, s->list.n, &s->list.capacity, sizeof *s->list.items);
  cn_found *f = &s->list.items[s->list.n++];
  *f = (cn_found){.match = *m, .parts = cn_parts_of(m), .begin = m->at.begin, .lead = CN_RESOLVE_COUNT, .link = link};
  if (f->parts.month > 0 || f->parts.every == CN_EVERY_MONTH) s->month_known = true;
  return f;
}

static size_t end_of_last(const scan *s) { return s->list.n ? s->list.items[s->list.n - 1].match.at.end : 0; }

/* 2021年3月1日起5个工作日内 */
static bool runs_from_date(const scan *s, const cn_match *term) {
  if (!s->list.n) return false;
  const cn_found *last = &s->list.items[s->list.n - 1];
  return last->match.resolver == CN_RESOLVE_POINT && last->parts.day > 0 && last->match.at.end == term->at.begin;
}

static void add_first(scan *s, const cn_match *m) {
  bool dated = m->resolver == CN_RESOLVE_TERM && runs_from_date(s, m);
  size_t floor = end_of_last(s) > s->clause ? end_of_last(s) : s->clause, begin;
  cn_found *f = add(s, m, dated ? CN_RESOLVE_TERM : CN_RESOLVE_COUNT);
  if (m->resolver == CN_RESOLVE_TERM && !dated) {
    f->match.at.begin = f->begin = cn_term_event(s->d, s->text, floor, m->at.begin, &f->event);
    return;
  }
  if (m->resolver != CN_RESOLVE_POINT && m->resolver != CN_RESOLVE_PLAN && m->resolver != CN_RESOLVE_FESTIVAL) return;
  cn_resolver lead = cn_patterns_lead(s->d->patterns, s->text, m->at.begin, &begin);
  if (begin < floor) return;
  f->lead = lead;
  f->begin = begin;
}

/* --- chains --------------------------------------------------------------------------------------------------- */

static const unsigned chained =
    1u << CN_RESOLVE_POINT | 1u << CN_RESOLVE_EVERY | 1u << CN_RESOLVE_FESTIVAL | 1u << CN_RESOLVE_PLAN;

static bool follow(scan *s, cn_resolver link, size_t *at) {
  cn_match join, next;
  if (*at >= s->text.n || !cn_patterns_match(s->d->patterns, s->text, *at, 1u << link, s->where, &join)) return false;
  if (join.at.end >= s->text.n) return false;
  if (!cn_patterns_match(s->d->patterns, s->text, join.at.end, chained, s->where | CN_AFTER_LINK, &next)) return false;
  if (next.at.begin != join.at.end) return false;
  add(s, &next, link);
  *at = next.at.end;
  return true;
}

/* Follows 6月、9月—12月 from the match just added; gives where it ends. */
static size_t chain(scan *s) {
  size_t at = end_of_last(s);
  bool open = (chained >> s->list.items[s->list.n - 1].match.resolver & 1) != 0;
  while (open) {
    const cn_found *last = &s->list.items[s->list.n - 1];
    cn_bound bound = last->parts.bound;
    bool may_range = last->link != CN_RESOLVE_TO && (bound == CN_BOUND_NONE || bound == CN_BOUND_SINCE);
    open = (may_range && follow(s, CN_RESOLVE_TO, &at)) || follow(s, CN_RESOLVE_AND, &at);
  }
  return at;
}

/* --- the pass ------------------------------------------------------------------------------------------------- */

/* Behind the 》 that closes the 《 at `at`; numbers of a title are no dates. */
static size_t behind_title(cn_view text, size_t at) {
  size_t close = cn_view_find(cn_view_slice(text, 0, at + 600), CN_VIEW("》"), at);
  return close == SIZE_MAX ? at + 3 : close + 3;
}

static bool is_stop(uint32_t c) {
  static const uint32_t stops[] = {0xFF0C, 0x3002, 0xFF1B, 0xFF1A, 0x3001,
                                   0xFF08, 0xFF09, ',',    ';',    '\n'}; /* ，。；：、（） */
  for (size_t i = 0; i < CN_COUNT(stops); i++)
    if (c == stops[i]) return true;
  return false;
}

static size_t step(cn_view text, size_t at) {
  bool digit = text.p[at] >= '0' && text.p[at] <= '9';
  at += cn_utf8_len((unsigned char)text.p[at]);
  while (digit && at < text.n && text.p[at] >= '0' && text.p[at] <= '9') at++;
  return at;
}

/* Where the lines that may match here apply. */
static unsigned places(const scan *s, size_t at) {
  unsigned where = s->where | (s->month_known ? CN_IN_CONTEXT : 0);
  uint32_t before = at > 0 ? cn_utf8_at(cn_utf8_before(s->text.p, s->text.p + at), NULL) : 0;
  bool event = before == 0x540E || before == 0x5F8C || before == 0x8D77 || /* 后 後 起 */
               (before == 0x65E5 && ends_with(s->text, at, "之日"));
  if (event || (s->where == CN_IN_CELL && part_begins(s->text, at))) where |= CN_AFTER_EVENT;
  return where;
}

/* Punctuation at `at`: ends clauses and sentences, and opens titles, which are passed over. */
static size_t punctuation(scan *s, size_t at) {
  uint32_t c = cn_utf8_at(s->text.p + at, NULL);
  if (c == 0x300A && s->where == CN_IN_TASK) return behind_title(s->text, at); /* 《 */
  if (is_stop(c)) s->clause = step(s->text, at);
  if (c == 0x3002) s->month_known = false; /* 。 */
  return at;
}

cn_found_list cn_moments_scan(cn_arena *arena, cn_deadlines *d, cn_view text, unsigned where) {
  scan s = {.arena = arena, .d = d, .text = text, .where = where};
  cn_match m;
  for (size_t at = 0; at < text.n;) {
    unsigned char lead = (unsigned char)text.p[at];
    if (lead == 0xE3 || lead == 0xEF || lead < 0x80) { /* the lead bytes of punctuation */
      size_t behind = punctuation(&s, at);
      if (behind != at) {
        at = behind;
        continue;
      }
    }
    bool hit =
        cn_patterns_begin(d->patterns, text, at) && cn_patterns_match(d->patterns, text, at, 0, places(&s, at), &m);
    if (!hit || m.at.begin < end_of_last(&s) || !acceptable(&s, &m)) {
      at = step(text, at);
      continue;
    }
    add_first(&s, &m);
    at = chain(&s);
  }
  return s.list;
}
