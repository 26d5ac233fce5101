/* From parts to days: the whole of what is said, then its edge (初, 中, 底) and its bound (前, 起, 后).
 *
 * In:  cn_parts and the civil year.  Out: first and last day; unknown where a bound is open. Rules: docs/deadlines.md.
 */
#include "normalize/moment.h"

static cn_date day_of(int64_t y, int m, int d) {
  cn_date date = {(int16_t)y, (uint8_t)m, (uint8_t)d};
  return m >= 1 && m <= 12 && d >= 1 && d <= cn_month_days(y, m) ? date : (cn_date){0};
}

cn_precision cn_parts_unit(const cn_parts *p) {
  if (p->day || p->festival.p) return CN_PRECISION_DAY;
  if (p->ten) return CN_PRECISION_TENDAY;
  if (p->month || p->lunar) return CN_PRECISION_MONTH;
  if (p->quarter || p->upto) return CN_PRECISION_QUARTER;
  if (p->half) return CN_PRECISION_HALF;
  return p->plan ? CN_PRECISION_PLAN : CN_PRECISION_YEAR;
}

static cn_period months(int64_t y, int first, int last, cn_precision precision) {
  return (cn_period){day_of(y, first, 1), cn_month_last(y, last), precision};
}

static cn_period ten_days(int64_t y, int m, int from, int to) {
  return (cn_period){day_of(y, m, from * 10 - 9), to == 3 ? cn_month_last(y, m) : day_of(y, m, to * 10),
                     CN_PRECISION_TENDAY};
}

/* The whole unit: 6月 is 1 to 30 June. */
static cn_period whole(cn_deadlines *d, const cn_parts *p, int64_t y) {
  cn_precision unit = cn_parts_unit(p);
  int first = p->month0 ? p->month0 : p->month;
  if (p->lunar) {
    return (cn_period){cn_lunar_date(d->lunar, y, p->lunar, p->day ? p->day : 1),
                       cn_lunar_date(d->lunar, y, p->lunar, p->day ? p->day : -1), unit};
  }
  switch (unit) {
  case CN_PRECISION_DAY:
    return (cn_period){day_of(y, p->month, p->day0 ? p->day0 : p->day), day_of(y, p->month, p->day), unit};
  case CN_PRECISION_TENDAY: return ten_days(y, p->month, p->ten / 10, p->ten % 10);
  case CN_PRECISION_MONTH: return months(y, first, p->month, unit);
  case CN_PRECISION_QUARTER:
    if (p->upto) return months(y, 1, p->upto, p->upto % 3 ? CN_PRECISION_MONTH : unit);
    return months(y, 3 * (p->quarter0 ? p->quarter0 : p->quarter) - 2, 3 * p->quarter, unit);
  case CN_PRECISION_HALF: return months(y, 6 * p->half - 5, 6 * p->half, unit);
  case CN_PRECISION_PLAN:
    return (cn_period){day_of(2021 + 5 * (p->plan - 14), 1, 1), cn_month_last(2025 + 5 * (p->plan - 14), 12), unit};
  case CN_PRECISION_YEAR: return (cn_period){day_of(p->year0 ? p->year0 : y, 1, 1), cn_month_last(y, 12), unit};
  case CN_PRECISION_NONE: break;
  }
  return (cn_period){0};
}

/* 初 and 中: the first and the middle part of a unit: 6月初 its first ten days, 年初 January, 年中 June, 季初 its first
 * month. */
static cn_period narrow(cn_period w, cn_edge edge) {
  int64_t y = w.end.year;
  int first = w.start.month, last = w.end.month;
  if (w.precision == CN_PRECISION_MONTH)
    return edge == CN_EDGE_BEGIN ? ten_days(y, first, 1, 1) : ten_days(y, last, 2, 2);
  if (w.precision == CN_PRECISION_PLAN) {
    y = edge == CN_EDGE_BEGIN ? w.start.year : w.start.year + 2;
    return months(y, 1, 12, CN_PRECISION_YEAR);
  }
  int middle = w.precision == CN_PRECISION_YEAR ? 6 : first + 1;
  int month = edge == CN_EDGE_BEGIN ? first : middle;
  if (w.precision == CN_PRECISION_DAY || w.precision == CN_PRECISION_TENDAY) return w;
  return months(edge == CN_EDGE_BEGIN ? w.start.year : y, month, month, CN_PRECISION_MONTH);
}

static void apply_bound(cn_period *p, cn_bound bound) {
  switch (bound) {
  case CN_BOUND_BEFORE:
  case CN_BOUND_STOP: p->start = (cn_date){0}; break;
  case CN_BOUND_SINCE:
    if (!cn_date_known(p->start)) p->start = p->end;
    p->end = (cn_date){0};
    break;
  case CN_BOUND_AFTER:
    p->start = cn_date_add_days(p->end, 1);
    p->end = (cn_date){0};
    break;
  case CN_BOUND_NONE:
  case CN_BOUND_AROUND:
  case CN_BOUND_DURING: break;
  }
}

static bool festival_date(cn_deadlines *d, const cn_parts *p, int64_t year, cn_date *date) {
  const cn_rule *r = cn_table_find(d->festivals, p->festival);
  if (!r) return false;
  int month = cn_small_number(r->fields[2]);
  bool last = cn_view_is(r->fields[3], "-1");
  int day = last ? -1 : r->fields[3].n ? cn_small_number(r->fields[3]) : 0;
  if (cn_view_is(r->fields[1], "lunar"))
    *date = cn_lunar_date(d->lunar, year, month, day);
  else if (cn_view_is(r->fields[1], "term"))
    *date = cn_solar_term(year, cn_small_number(r->fields[2]));
  else
    *date = day_of(year, month, day);
  return cn_date_known(*date);
}

/* A festival: before it ends the day before; 期间 is its days off where they are published, else the day itself. */
static bool festival_period(cn_deadlines *d, const cn_parts *p, int64_t year, cn_period *out) {
  cn_date day;
  if (!festival_date(d, p, year, &day)) return false;
  cn_date first = day, last = day;
  bool known = cn_holidays_cover(d->holidays, year) && !cn_business_day(d->holidays, day);
  if (known && (p->bound == CN_BOUND_DURING || p->bound == CN_BOUND_AFTER)) {
    for (cn_date e = cn_date_add_days(last, 1); !cn_business_day(d->holidays, e); e = cn_date_add_days(e, 1)) last = e;
    for (cn_date b = cn_date_add_days(first, -1); !cn_business_day(d->holidays, b); b = cn_date_add_days(b, -1))
      first = b;
  }
  *out = (cn_period){first, last, CN_PRECISION_DAY};
  if (p->bound == CN_BOUND_BEFORE) out->end = cn_date_add_days(day, -1);
  apply_bound(out, p->bound);
  return true;
}

bool cn_parts_period(cn_deadlines *d, const cn_parts *p, int64_t year, cn_period *out) {
  if (p->festival.p) return festival_period(d, p, year, out);
  *out = whole(d, p, year);
  if (!cn_date_known(out->start) || !cn_date_known(out->end)) return false;
  if (p->edge == CN_EDGE_BEGIN || p->edge == CN_EDGE_MIDDLE) *out = narrow(*out, p->edge);
  if (p->edge == CN_EDGE_END) out->start = (cn_date){0};
  apply_bound(out, p->bound);
  return true;
}
