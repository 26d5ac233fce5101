/* From matches to moments: which year a part without one takes, what ranges and lists share, what is reported.
 *
 * In:  the chains of a text and the years that bare months may take.  Out: one cn_moment a stage.
 * The days themselves are moment_period.c's. Rules: docs/deadlines.md. */
#include "core/utf8.h"
#include "normalize/moment.h"

/* --- years ---------------------------------------------------------------------------------------------------- */

/* What the text so far has said. */
typedef struct context {
  cn_years years;
  unsigned where;
  int64_t year;      /* a year that the text has named, 0: none */
  int64_t link_year; /* of the chain at hand */
  bool link_given;
  int month, quarter;
} context;

static int64_t default_year(const cn_years *y) {
  if (y->header != CN_NONE) return y->header;
  return y->block != CN_NONE ? y->block : y->notice != CN_NONE ? y->notice : 0;
}

/* The year of parts, 0 where it cannot be known. */
static int64_t year_for(const context *c, const cn_parts *p, bool linked, bool *assumed) {
  int64_t base = default_year(&c->years), said = linked && c->link_year ? c->link_year : c->year;
  *assumed = false;
  if (p->plan) return 2025;
  if (p->year) return p->year;
  *assumed = true;
  switch (p->word) {
  case CN_YEAR_THIS: return base;
  case CN_YEAR_NEXT: return base ? base + 1 : 0;
  case CN_YEAR_AFTER_NEXT: return base ? base + 2 : 0;
  case CN_YEAR_FOLLOWING: *assumed = !(linked && c->link_given); return said ? said + 1 : base ? base + 1 : 0;
  case CN_YEAR_SAME: return said ? said : base;
  case CN_YEAR_NONE: break;
  }
  if (linked && c->link_year) *assumed = !c->link_given;
  return said ? said : base;
}

/* 元旦前 of a notice about 2021 is the end of 2021; 6月底前 in a notice issued in December 2020 is 2021's. */
static int64_t shifted_year(const context *c, const cn_parts *p, int64_t year, const cn_period *period) {
  if (p->festival.p && p->bound == CN_BOUND_BEFORE && cn_date_known(period->end) && period->end.year < year)
    return year + 1;
  bool late = cn_date_known(c->years.issued) && c->years.issued.month >= 11 && year == c->years.issued.year;
  return late && cn_date_known(period->end) && cn_date_compare(period->end, c->years.issued) < 0 ? year + 1 : year;
}

static cn_moment_trouble period_of(cn_deadlines *d, context *c, const cn_parts *p, bool linked, cn_period *period,
                                   bool *assumed) {
  cn_parts copy = *p;
  if (p->context == 'm') copy.month = c->month ? c->month : c->years.issued.month;
  if (p->context == 'q') copy.quarter = c->quarter;
  if (p->context == 'Q') copy.quarter = (c->years.issued.month + 2) / 3; /* 本季度 */
  if (p->context && !copy.month && !copy.quarter) return CN_MOMENT_OPEN;
  if (copy.day && !copy.month && !copy.lunar) copy.month = c->month;
  if (copy.ten && !copy.month) copy.month = c->month;
  int64_t year = year_for(c, &copy, linked, assumed);
  if (!year) return CN_MOMENT_NO_YEAR;
  if (year < 1800 || year > 2200 || !cn_parts_period(d, &copy, year, period)) return CN_MOMENT_IMPOSSIBLE;
  int64_t moved =
      *assumed && !c->year && !linked && p->word == CN_YEAR_NONE ? shifted_year(c, &copy, year, period) : year;
  if (moved != year && !cn_parts_period(d, &copy, moved, period)) return CN_MOMENT_IMPOSSIBLE;
  c->link_year = moved;
  c->link_given = !*assumed;
  if (copy.month > 0) c->month = copy.month;
  if (copy.quarter > 0) c->quarter = copy.quarter;
  return CN_MOMENT_FINE;
}

/* --- one moment ----------------------------------------------------------------------------------------------- */

static bool bare_year(const cn_parts *p) { return cn_parts_unit(p) == CN_PRECISION_YEAR && !p->edge; }

/* Whether later months without a year take this one's: 2021年6月底前完成设计，12月底前完工, but not
 * 到2025年达到…，年底前…. */
static void remember(context *c, const cn_found *f) {
  int64_t base = default_year(&c->years);
  const cn_parts *p = &f->parts;
  bool open = p->bound == CN_BOUND_SINCE || p->bound == CN_BOUND_AFTER;
  if (!p->year || open || (f->lead == CN_RESOLVE_UNTIL && bare_year(p))) return;
  if (c->where == CN_IN_TASK && base && p->year < base) return;
  c->year = p->year;
}

static void set_period(cn_moment *m, const cn_period *period, bool assumed) {
  m->stage.start = period->start;
  m->stage.end = period->end;
  m->stage.precision = period->precision;
  m->stage.year_assumed = assumed;
}

static void apply_lead(cn_moment *m, const cn_found *f, bool range) {
  if (f->lead == CN_RESOLVE_UNTIL) m->stage.start = (cn_date){0};
  const cn_parts *p = &f->parts;
  bool short_range = p->year0 || p->month0 || p->day0 || p->quarter0; /* 从2021到2023年 */
  bool bare = p->bound == CN_BOUND_NONE && p->edge != CN_EDGE_WHOLE && !short_range;
  if (f->lead != CN_RESOLVE_FROM || range || !bare || m->trouble) return;
  if (!cn_date_known(m->stage.start)) m->stage.start = m->stage.end;
  m->stage.end = (cn_date){0};
}

static void point(cn_deadlines *d, context *c, const cn_found *f, cn_moment *m) {
  cn_period period = {0};
  bool assumed = false, linked = f->link == CN_RESOLVE_AND;
  m->trouble = period_of(d, c, &f->parts, linked, &period, &assumed);
  m->counts = m->trouble == CN_MOMENT_FINE || m->trouble == CN_MOMENT_NO_YEAR;
  if (m->trouble == CN_MOMENT_NO_YEAR) period.precision = cn_parts_unit(&f->parts);
  if (m->trouble == CN_MOMENT_IMPOSSIBLE) period = (cn_period){0};
  set_period(m, &period, assumed && m->trouble == CN_MOMENT_FINE);
  apply_lead(m, f, false);
  remember(c, f);
}

/* Year of a range's first end where only the second names one: 4月至2022年3月 begins in the notice's year or in 2022.
 */
static int first_year(const context *c, const cn_parts *a, const cn_parts *b) {
  int64_t base = c->year ? c->year : default_year(&c->years);
  if (a->year || !b->year || a->word || a->plan) return a->year;
  if (base && base <= b->year && base >= b->year - 5) return (int)base;
  return a->month * 32 + a->day <= b->month * 32 + b->day || !b->month ? b->year : b->year - 1;
}

static void range(cn_deadlines *d, context *c, const cn_found *a, const cn_found *b, cn_moment *m) {
  cn_period first = {0}, last = {0};
  bool assumed = false, assumed_last = false;
  cn_parts left = a->parts, right = b->parts;
  if (!left.year && right.year) left.year = first_year(c, &left, &right);
  if (left.bound == CN_BOUND_SINCE) left.bound = CN_BOUND_NONE;
  if (right.bound == CN_BOUND_BEFORE && !right.festival.p) right.bound = CN_BOUND_NONE;
  m->trouble = period_of(d, c, &left, a->link == CN_RESOLVE_AND, &first, &assumed);
  cn_moment_trouble trouble = period_of(d, c, &right, true, &last, &assumed_last);
  if (!m->trouble) m->trouble = trouble;
  m->counts = m->trouble == CN_MOMENT_FINE || m->trouble == CN_MOMENT_NO_YEAR;
  m->text.end = m->at.end = b->match.at.end;
  if (m->trouble) return;
  cn_period whole_range = {cn_date_known(first.start) ? first.start : first.end, last.end,
                           first.precision < last.precision ? first.precision : last.precision};
  set_period(m, &whole_range, assumed && assumed_last);
  if (cn_date_known(last.end) && cn_date_compare(last.end, whole_range.start) < 0) m->trouble = CN_MOMENT_REVERSED;
  apply_lead(m, a, true);
  remember(c, b);
}

static void term(cn_arena *arena, cn_deadlines *d, const cn_folded *text, const cn_found *f, cn_moment *m) {
  cn_view event = f->event;
  if (event.p)
    event = cn_fold_source(text, (size_t)(event.p - text->text.p), (size_t)(event.p - text->text.p) + event.n);
  m->stage.relative = cn_term_relative(arena, &f->match, event);
  m->counts = true;
  if (f->link != CN_RESOLVE_TERM) return;
  /* The moment before is the date it runs from; this one takes it in. */
  cn_moment *from = m - 1;
  cn_relative *r = cn_arena_alloc(arena, sizeof *r);
  *r = *m->stage.relative;
  cn_view bound = (f - 1)->match.group[CN_GROUP_bound]; /* without its 起 or 后 */
  size_t end = bound.p ? (size_t)(bound.p - text->text.p) : from->text.end;
  r->event = cn_fold_source(text, from->text.begin, end);
  m->stage.relative = r;
  m->stage.start = from->stage.start;
  m->stage.end = cn_date_add_duration(d->holidays, from->stage.start, r->offset, r->business);
  m->stage.year_assumed = from->stage.year_assumed;
  m->stage.precision = cn_date_known(m->stage.end) ? CN_PRECISION_DAY : CN_PRECISION_NONE;
  m->at.begin = from->at.begin;
  m->text.begin = from->text.begin;
}

static void every(cn_arena *arena, context *c, const cn_found *f, cn_moment *m) {
  m->stage.rrule = cn_recurrence_rule(arena, &f->parts, c->where == CN_IN_CELL);
  m->counts = m->stage.rrule.p != NULL;
  bool has_day = m->counts && cn_view_find(m->stage.rrule, CN_VIEW("DAY="), 0) != SIZE_MAX;
  m->stage.precision = has_day ? CN_PRECISION_DAY : CN_PRECISION_NONE;
  if (!m->counts && (f->parts.day || f->parts.month)) m->trouble = CN_MOMENT_IMPOSSIBLE;
}

/* 每年3月至5月 falls due in May, 每月1日至5日 is five days. */
static void every_range(cn_arena *arena, context *c, const cn_found *a, const cn_found *b, cn_moment *m) {
  cn_found joint = *a;
  if (b->parts.month) joint.parts.month = b->parts.month;
  joint.parts.day0 = a->parts.month ? 0 : a->parts.day;
  joint.parts.day = b->parts.day;
  joint.parts.edge = b->parts.edge;
  joint.parts.bound = b->parts.bound;
  every(arena, c, &joint, m);
  m->text.end = m->at.end = b->match.at.end;
}

static void two_years(context *c, const cn_found *f, cn_moment *m) {
  int64_t base = default_year(&c->years);
  int shift = f->parts.word == CN_YEAR_NEXT && f->match.group[CN_GROUP_text].p ? 1 : 0;
  m->counts = true;
  m->trouble = base ? CN_MOMENT_FINE : CN_MOMENT_NO_YEAR;
  cn_period period = {{(int16_t)(base + shift), 1, 1}, cn_month_last(base + shift + 1, 12), CN_PRECISION_YEAR};
  set_period(m, base ? &period : &(cn_period){.precision = CN_PRECISION_YEAR}, base != 0);
}

static void event(cn_arena *arena, const cn_folded *text, const cn_found *f, cn_moment *m) {
  cn_view name = f->match.group[CN_GROUP_event];
  cn_relative *r = cn_arena_alloc(arena, sizeof *r);
  size_t at = name.p ? (size_t)(name.p - text->text.p) : 0;
  if (name.p) r->event = cn_fold_source(text, at, at + name.n);
  m->stage.relative = r;
  m->counts = true;
}

/* --- all of a text -------------------------------------------------------------------------------------------- */

/* 6月、9月、12月底前: what stands on the last of a list holds for those before it that have nothing of their own. */
static void share(cn_found_list *list) {
  for (size_t i = list->n; i-- > 1;) {
    cn_parts *last = &list->items[i].parts, *p = &list->items[i - 1].parts;
    bool range = i + 1 < list->n && list->items[i + 1].link == CN_RESOLVE_TO;
    if (list->items[i].link != CN_RESOLVE_AND || range || p->bound || list->items[i - 1].link == CN_RESOLVE_TO)
      continue;
    p->bound = last->bound;
    if (!p->edge && cn_parts_unit(p) == cn_parts_unit(last)) p->edge = last->edge;
  }
  for (size_t i = 1; i < list->n; i++) { /* 每年3月、9月底前 */
    cn_parts *before = &list->items[i - 1].parts, *p = &list->items[i].parts;
    cn_resolver *resolver = &list->items[i].match.resolver;
    if (list->items[i].link != CN_RESOLVE_AND || !before->every || p->every || p->year || *resolver != CN_RESOLVE_POINT)
      continue;
    p->every = before->every;
    p->quarter_month = before->quarter_month;
    if (!p->month) p->month = before->month;
    *resolver = CN_RESOLVE_EVERY;
  }
}

static void resolve(cn_arena *arena, cn_deadlines *d, const cn_folded *text, context *c, const cn_found *f,
                    cn_moment *m) {
  switch (f->match.resolver) {
  case CN_RESOLVE_POINT:
  case CN_RESOLVE_FESTIVAL:
  case CN_RESOLVE_PLAN:
    point(d, c, f, m);
    if (m->trouble == CN_MOMENT_OPEN && f->parts.context == 'q') {
      cn_parts p = f->parts;
      p.every = CN_EVERY_QUARTER;
      m->stage.rrule = cn_recurrence_rule(arena, &p, false);
      m->counts = m->stage.rrule.p != NULL;
      m->trouble = m->counts ? CN_MOMENT_FINE : CN_MOMENT_OPEN;
    }
    break;
  case CN_RESOLVE_EVERY: every(arena, c, f, m); break;
  case CN_RESOLVE_TERM: term(arena, d, text, f, m); break;
  case CN_RESOLVE_YEARS: two_years(c, f, m); break;
  case CN_RESOLVE_EVENT: event(arena, text, f, m); break;
  case CN_RESOLVE_STANDING: m->stage.ongoing = true; break;
  case CN_RESOLVE_SOFT:
  case CN_RESOLVE_SPAN:
  case CN_RESOLVE_DEFINE:
  case CN_RESOLVE_TO:
  case CN_RESOLVE_AND:
  case CN_RESOLVE_UNTIL:
  case CN_RESOLVE_FROM:
  case CN_RESOLVE_TRIGGER:
  case CN_RESOLVE_COUNT: break;
  }
}

static void new_sentence(context *c, cn_view text, size_t from, size_t to) {
  if (c->where != CN_IN_TASK || cn_view_find(cn_view_slice(text, from, to), CN_VIEW("。"), 0) == SIZE_MAX) return;
  c->year = 0;
  c->month = c->quarter = 0;
}

cn_moment_list cn_moments_find(cn_arena *arena, cn_deadlines *d, const cn_folded *text, cn_years years,
                               unsigned where) {
  cn_found_list found = cn_moments_scan(arena, d, text->text, where);
  cn_moment_list list = {cn_arena_new(arena, cn_moment, found.n + 1), 0};
  context c = {.years = years, .where = where};
  size_t before = 0;
  share(&found);
  for (size_t i = 0; i < found.n; i++) {
    const cn_found *f = &found.items[i];
    cn_moment *m = &list.items[list.n++];
    *m = (cn_moment){.at = {f->begin, f->match.at.end}, .text = f->match.at, .kind = f->match.resolver};
    cn_record_init(&cn_stage_shape, &m->stage);
    new_sentence(&c, text->text, before, m->at.begin);
    bool is_range = i + 1 < found.n && found.items[i + 1].link == CN_RESOLVE_TO;
    if (is_range && f->match.resolver == CN_RESOLVE_EVERY)
      every_range(arena, &c, &found.items[i], &found.items[i + 1], m), i++;
    else if (is_range)
      range(d, &c, f, &found.items[++i], m);
    else
      resolve(arena, d, text, &c, f, m);
    if (f->link == CN_RESOLVE_TERM) { /* the date it runs from is part of it */
      list.items[list.n - 2] = *m;
      list.n--;
      m--;
    }
    m->joined = i + 1 < found.n && found.items[i + 1].link == CN_RESOLVE_AND;
    m->stage.text = cn_fold_source(text, m->text.begin, m->text.end);
    before = m->at.end;
  }
  return list;
}
