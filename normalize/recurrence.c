/* Recurrences: 每月5日前 -> FREQ=MONTHLY;BYMONTHDAY=5 (RFC 5545, section 3.3.10).
 *
 * In:  the parts of a match that says 每.  Out: the rule's text in the arena, or a null view: 每月 alone names no day.
 * A ten-day part recurs on its last day: 每月上旬 is due on the 10th. */
#include "core/utf8.h"
#include "normalize/moment.h"

/* Appends 1,2,3 for first..last, or one value. */
static void add_days(cn_buf *b, int first, int last) {
  cn_buf_add_string(b, ";BYMONTHDAY=");
  for (int d = first ? first : last; d <= last; d++) {
    if (d != (first ? first : last)) cn_buf_add_char(b, ',');
    cn_buf_add_int(b, d);
  }
}

/* Adds the day of the month that the parts say; false where they say none, or none that exists. */
static bool add_month_day(cn_buf *b, const cn_parts *p) {
  if (p->day) {
    if (p->day < 1 || p->day > 31 || p->day0 < 0 || p->day0 > p->day) return false;
    add_days(b, p->bound == CN_BOUND_BEFORE ? 0 : p->day0, p->day);
    return true;
  }
  int last = p->ten % 10 ? p->ten % 10 * 10 : 0;
  if (p->edge == CN_EDGE_BEGIN && !last) last = 10;
  if (p->edge == CN_EDGE_MIDDLE && !last) last = 20;
  if (p->edge == CN_EDGE_END && !last) last = 30;
  if (!last) return false;
  cn_buf_add_string(b, last == 30 ? ";BYMONTHDAY=-1" : last == 20 ? ";BYMONTHDAY=20" : ";BYMONTHDAY=10");
  return true;
}

/* 周一、周四 and 周一至周五: BYDAY=MO,TH. */
static bool add_weekdays(cn_buf *b, cn_view text) {
  static const char *const names[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  static const char *const han[] = {"一", "二", "三", "四", "五", "六", "日"};
  int previous = -1;
  bool range = false, any = false;
  size_t length;
  cn_buf_add_string(b, ";BYDAY=");
  for (size_t i = 0; i < text.n; i += length) {
    cn_utf8_at(text.p + i, &length);
    cn_view c = cn_view_slice(text, i, i + length);
    int day = cn_view_is(c, "天") || cn_view_is(c, "末") ? 6 : -1;
    for (int k = 0; k < 7; k++)
      if (cn_view_is(c, han[k])) day = k;
    range = range || cn_view_is(c, "至") || cn_view_is(c, "到") || cn_view_is(c, "-");
    if (day < 0) continue;
    for (int k = range && previous >= 0 ? previous + 1 : day; k <= day; k++) {
      if (any) cn_buf_add_char(b, ',');
      cn_buf_add_string(b, names[k]);
      any = true;
    }
    previous = day;
    range = false;
  }
  return any;
}

static bool add_quarterly(cn_buf *b, const cn_parts *p, bool bare) {
  static const char *const months[] = {"1,4,7,10", "2,5,8,11", "3,6,9,12"};
  int which =
      p->quarter_month ? p->quarter_month : p->quarter == 1; /* 每季度结束后10日内: in the next one's first month */
  if (!which && p->edge == CN_EDGE_BEGIN && !p->day) which = 1;
  if (!which && p->edge == CN_EDGE_END) which = 3;
  if (!which && (p->day || !bare)) return false; /* 每季度15日前: of which month is not said */
  if (!which) {
    cn_buf_add_string(b, "FREQ=MONTHLY;INTERVAL=3");
    return true;
  }
  if (which < 1 || which > 3) return false;
  cn_buf_format(b, "FREQ=MONTHLY;BYMONTH=%s", months[which - 1]);
  if (!add_month_day(b, p)) cn_buf_add_string(b, ";BYMONTHDAY=-1");
  return true;
}

/* The month in which a yearly recurrence falls due: 每年一季度 in March. 0: none said. */
static int month_due(const cn_parts *p) {
  if (p->month) return p->month;
  if (p->quarter) return p->quarter * 3;
  if (p->half) return p->half * 6;
  return p->edge == CN_EDGE_END ? 12 : p->edge == CN_EDGE_BEGIN ? 1 : p->edge == CN_EDGE_MIDDLE ? 6 : 0;
}

static bool add_yearly(cn_buf *b, const cn_parts *p, bool bare) {
  int month = month_due(p);
  if (!month) {
    cn_buf_add_string(b, "FREQ=YEARLY");
    return bare;
  }
  if (month < 1 || month > 12) return false;
  cn_buf_format(b, "FREQ=YEARLY;BYMONTH=%d", month);
  if (p->day && p->month) return p->day <= (month == 2 ? 29 : cn_month_days(2001, month)) && add_month_day(b, p);
  if (p->month && !p->ten && !p->edge)
    cn_buf_add_string(b, ";BYMONTHDAY=-1");
  else if (!p->month || !add_month_day(b, p))
    cn_buf_add_string(b, month == 12 && !p->month ? ";BYMONTHDAY=31" : ";BYMONTHDAY=-1");
  return true;
}

static bool add_monthly(cn_buf *b, const cn_parts *p, bool bare) {
  cn_buf_add_string(b, "FREQ=MONTHLY");
  return add_month_day(b, p) || (bare && !p->day);
}

static bool add_half_yearly(cn_buf *b, const cn_parts *p, bool bare) {
  cn_buf_add_string(b, p->edge == CN_EDGE_END ? "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1" : "FREQ=MONTHLY;INTERVAL=6");
  return bare || p->edge == CN_EDGE_END;
}

static bool add_rule(cn_buf *b, const cn_parts *p, bool bare) {
  switch (p->every) {
  case CN_EVERY_NONE: return false;
  case CN_EVERY_DAY: cn_buf_add_string(b, "FREQ=DAILY"); return bare;
  case CN_EVERY_WORKDAY: cn_buf_add_string(b, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"); return bare;
  case CN_EVERY_WEEK: cn_buf_add_string(b, "FREQ=WEEKLY"); return p->weekdays.p ? add_weekdays(b, p->weekdays) : bare;
  case CN_EVERY_MONTH: return add_monthly(b, p, bare);
  case CN_EVERY_QUARTER: return add_quarterly(b, p, bare);
  case CN_EVERY_HALF: return add_half_yearly(b, p, bare);
  case CN_EVERY_YEAR: return add_yearly(b, p, bare);
  }
  return false;
}

/* 每两周: the interval goes behind FREQ. */
static void add_interval(cn_buf *out, cn_view rule, int interval) {
  size_t end = cn_view_find(rule, CN_VIEW(";"), 0);
  if (end == SIZE_MAX) end = rule.n;
  cn_buf_add(out, rule.p, end);
  cn_buf_format(out, ";INTERVAL=%d", interval);
  cn_buf_add(out, rule.p + end, rule.n - end);
}

cn_view cn_recurrence_rule(cn_arena *arena, const cn_parts *p, bool bare) {
  cn_buf b, with;
  cn_view rule = CN_NULL_VIEW;
  cn_buf_init(&b, arena->trap);
  cn_buf_init(&with, arena->trap);
  if (add_rule(&b, p, bare)) {
    if (p->interval > 1)
      add_interval(&with, cn_buf_view(&b), p->every == CN_EVERY_QUARTER ? 3 * p->interval : p->interval);
    rule = cn_arena_copy(arena, cn_buf_view(p->interval > 1 ? &with : &b));
  }
  cn_buf_free(&b);
  cn_buf_free(&with);
  return rule;
}
