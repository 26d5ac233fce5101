/* Moments: the time expressions of a text, found and resolved. Between deadline.c (cells, tasks) and the pattern lines
 * of rules/deadlines.tsv; no other room needs it.
 *
 * bytes of folded text -> matches (moment_patterns.c: which line, which named groups) -> chains of matches that share
 * parts (moment_scan.c: 2020年6月—9月, 6月、9月底前) -> parts as numbers (moment_parts.c) -> days (moment_period.c) and
 * years (moment_resolve.c), recurrences (recurrence.c), terms that run from an event (relative.c). */
#ifndef CN_NORMALIZE_MOMENT_H
#define CN_NORMALIZE_MOMENT_H

#include "core/regex.h"
#include "normalize/calendar.h"
#include "normalize/deadline.h"

/* Who resolves a line's match. The names are those of the resolver column. */
typedef enum cn_resolver {
  CN_RESOLVE_DEFINE,   /* define      name=pattern, used as {name} in the lines below it */
  CN_RESOLVE_POINT,    /* point       a day, month, quarter, year … */
  CN_RESOLVE_EVERY,    /* every       a recurrence: 每月5日前 */
  CN_RESOLVE_FESTIVAL, /* festival    春节前 */
  CN_RESOLVE_PLAN,     /* plan        “十四五”末 */
  CN_RESOLVE_TERM,     /* term        5个工作日内 */
  CN_RESOLVE_YEARS,    /* years       今明两年 */
  CN_RESOLVE_EVENT,    /* event       汛期前: before something that has no date */
  CN_RESOLVE_STANDING, /* standing    长期坚持 */
  CN_RESOLVE_SOFT,     /* soft        立行立改 */
  CN_RESOLVE_SPAN,     /* span        about time, but no date: 近三年 */
  CN_RESOLVE_TO,       /* to          joins the ends of a range */
  CN_RESOLVE_AND,      /* and         joins a list */
  CN_RESOLVE_UNTIL,    /* until       words before a point that make it an end: 截至 */
  CN_RESOLVE_FROM,     /* from        words before a point that make it a start: 自 */
  CN_RESOLVE_TRIGGER,  /* trigger     what a term runs from, searched in the clause before it: 收到通知后 */
  CN_RESOLVE_COUNT
} cn_resolver;

/* Where a line applies. */
enum {
  CN_IN_CELL = 1,      /* cell     in a deadline cell */
  CN_IN_TASK = 2,      /* task     in a task's text; `both` is cell and task */
  CN_AFTER_LINK = 4,   /* after    behind a joining word only: 6月5日—20日 */
  CN_IN_CONTEXT = 8,   /* context  where the text before has named a month */
  CN_AFTER_EVENT = 16, /* event   behind 后, 起, 之日, or at the beginning of a part of a cell: 开工后18个月 */
};

/* The named groups a pattern may have. */
/* clang-format off */
#define CN_MOMENT_GROUPS(X) \
  X(text) X(year0) X(year) X(yy) X(roc) X(word) X(every) X(lunar) X(month0) X(month) X(day0) X(day) X(ten) \
  X(quarter0) X(quarter) X(first) X(half) X(upto) X(uptomonth) X(edge) X(bound) X(ctx) X(n0) X(n) X(unit) \
  X(plus) X(halfof) X(event) X(festival) X(plan) X(wd) X(qmonth)
/* clang-format on */
typedef enum cn_moment_group {
#define CN_MOMENT_GROUP(name) CN_GROUP_##name,
  CN_MOMENT_GROUPS(CN_MOMENT_GROUP)
#undef CN_MOMENT_GROUP
      CN_GROUP_COUNT
} cn_moment_group;

/* --- patterns --- */
typedef struct cn_pattern cn_pattern;
typedef struct cn_patterns cn_patterns;

typedef struct cn_match {
  const cn_pattern *pattern;
  cn_resolver resolver;
  cn_span at;
  cn_view group[CN_GROUP_COUNT]; /* null where a group took no part */
} cn_match;

cn_patterns *cn_patterns_new(cn_arena *arena, const cn_rules *rules);
void cn_patterns_free(cn_patterns *patterns);
/* Whether any line begins with the code point at byte `at`: the cheap scan. */
bool cn_patterns_begin(const cn_patterns *patterns, cn_view text, size_t at);
/* The longest match at byte `at` among the lines of these resolvers (a bit set, 0 for all moments) and places; the
 * first line of equals wins. */
bool cn_patterns_match(cn_patterns *patterns, cn_view text, size_t at, unsigned resolvers, unsigned where,
                       cn_match *match);
/* Searches `clause` with the trigger lines: the span of the event, if one reaches to the end of it. `adjacent`: no 后
 * or 起 stands behind, so that only lines marked `task` apply. */
bool cn_patterns_trigger(cn_patterns *patterns, cn_view clause, bool adjacent, cn_span *event);
/* The lead word that ends just before `at` (blanks skipped): its kind, and where it begins; CN_RESOLVE_COUNT if none.
 */
cn_resolver cn_patterns_lead(const cn_patterns *patterns, cn_view text, size_t at, size_t *begin);
/* For rules check: what a definition (name=pattern) matches at the beginning of `text`; null where nothing. */
cn_view cn_patterns_try(cn_patterns *patterns, cn_view definition, cn_view text);
/* For rules check: the line in the file of the pattern that matched. */
uint32_t cn_match_line(const cn_match *match);
/* For rules check: the first pattern that does not compile, its line in the file, or 0. */
uint32_t cn_patterns_broken(cn_patterns *patterns, cn_arena *arena, cn_view *message);

/* --- parts --- */
typedef enum cn_edge { CN_EDGE_NONE, CN_EDGE_BEGIN, CN_EDGE_MIDDLE, CN_EDGE_END, CN_EDGE_WHOLE } cn_edge;
typedef enum cn_bound {
  CN_BOUND_NONE,
  CN_BOUND_BEFORE,
  CN_BOUND_SINCE,
  CN_BOUND_AFTER,
  CN_BOUND_AROUND,
  CN_BOUND_DURING,
  CN_BOUND_STOP
} cn_bound;
typedef enum cn_every {
  CN_EVERY_NONE,
  CN_EVERY_DAY,
  CN_EVERY_WORKDAY,
  CN_EVERY_WEEK,
  CN_EVERY_MONTH,
  CN_EVERY_QUARTER,
  CN_EVERY_HALF,
  CN_EVERY_YEAR
} cn_every;
/* How a year is said where no number says it. */
typedef enum cn_year_word {
  CN_YEAR_NONE,
  CN_YEAR_THIS,
  CN_YEAR_NEXT,
  CN_YEAR_AFTER_NEXT,
  CN_YEAR_FOLLOWING,
  CN_YEAR_SAME
} cn_year_word;

/* A match's groups as numbers; 0 where not said, -1 where said and unreadable. The first of a range written short has
 * index 0: 6—9月 is month0 6, month 9. */
typedef struct cn_parts {
  int year0, year, lunar, month0, month, day0, day, ten, quarter0, quarter, half, upto; /* upto: months from January */
  int plan;                                                                             /* 14 for 十四五 */
  int interval, quarter_month; /* of recurrences; quarter_month 3 is the last */
  cn_view weekdays, festival;
  cn_year_word word;
  cn_every every;
  cn_edge edge;
  cn_bound bound;
  char context; /* 'm' or 'q': a month or quarter said before, as in 月底; 'Q': 本季度 */
} cn_parts;

cn_parts cn_parts_of(const cn_match *match);
/* Value of a small numeral, Arabic or Chinese (三十一, 廿三, 二〇二〇, 十), or -1. */
int cn_small_number(cn_view text);

/* --- moments --- */
typedef enum cn_moment_trouble {
  CN_MOMENT_FINE,
  CN_MOMENT_IMPOSSIBLE,
  CN_MOMENT_NO_YEAR,
  CN_MOMENT_REVERSED,
  CN_MOMENT_OPEN
} cn_moment_trouble;

typedef struct cn_moment {
  cn_span at;   /* with the lead words 到, 截至, 自 */
  cn_span text; /* without them */
  cn_resolver kind;
  cn_stage stage; /* text, start, end, precision, ongoing, rrule, relative, year_assumed */
  bool counts;    /* belongs in `dates` */
  bool joined;    /* 、 or 和 joins it to the next: 6月 in 6月、9月底前 */
  cn_moment_trouble trouble;
} cn_moment;

typedef struct cn_moment_list {
  cn_moment *items;
  size_t n;
} cn_moment_list;

struct cn_deadlines {
  cn_arena *arena;
  cn_patterns *patterns;
  cn_lunar *lunar;
  const cn_holidays *holidays;
  const cn_table *grades, *festivals;
};

/* Matches in order, joined into chains. */
typedef struct cn_found {
  cn_match match;
  cn_parts parts;
  size_t begin;     /* with lead words */
  cn_resolver lead; /* UNTIL, FROM or COUNT */
  cn_resolver link; /* how it is joined to the one before: TO, AND, TERM (a term that runs from a date), or COUNT */
  cn_view event;    /* of a term */
} cn_found;
typedef struct cn_found_list {
  cn_found *items;
  size_t n, capacity;
} cn_found_list;
cn_found_list cn_moments_scan(cn_arena *arena, cn_deadlines *d, cn_view text, unsigned where);

/* All moments of a text. where: CN_IN_CELL or CN_IN_TASK. */
cn_moment_list cn_moments_find(cn_arena *arena, cn_deadlines *d, const cn_folded *text, cn_years years, unsigned where);

/* --- resolvers --- */
/* First and last day of what the parts say, in civil year `year`; unknown where a bound is open. False for 2月30日. */
typedef struct cn_period {
  cn_date start, end;
  cn_precision precision;
} cn_period;
/* The finest unit that the parts name: of 6月15日 the day. */
cn_precision cn_parts_unit(const cn_parts *parts);
bool cn_parts_period(cn_deadlines *d, const cn_parts *parts, int64_t year, cn_period *period);
/* The RRULE of parts that recur, or a null view where none can be said (每月). `bare`: say it all the same. */
cn_view cn_recurrence_rule(cn_arena *arena, const cn_parts *parts, bool bare);
/* The ISO 8601 duration of a term, and whether it is counted in working days; null for one that cannot be said. */
const cn_relative *cn_term_relative(cn_arena *arena, const cn_match *match, cn_view event);
/* Where the event before a term begins, and the event; begin is the term's own where there is none. */
size_t cn_term_event(cn_deadlines *d, cn_view text, size_t clause, size_t term, cn_view *event);

/* --- cells --- */
/* Splits a cell at its moments into stages with outcome and grade. */
cn_stage_list cn_stages_of(cn_arena *arena, cn_deadlines *d, const cn_folded *text, cn_moment_list moments);
cn_grade cn_grade_of(const cn_deadlines *d, cn_view outcome);

#endif
