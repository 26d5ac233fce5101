/* Civil dates, the lunar calendar and solar terms.
 *
 * In:  numbers.  Out: dates. Owns: one ICU calendar, opened at the first lunar date.
 * The civil part is the proleptic Gregorian calendar by days since 1970-01-01. */
#define CN_OWNER
#include "normalize/calendar.h"

#include <math.h>
#include <unicode/ucal.h>

int64_t cn_days_of(cn_date d) {
  int64_t y = d.year - (d.month <= 2), era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
  int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

cn_date cn_date_of_days(int64_t days) {
  days += 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097, rest = days - era * 146097;
  int64_t of_era = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
  int64_t of_year = rest - (365 * of_era + of_era / 4 - of_era / 100), m = (5 * of_year + 2) / 153;
  int64_t month = m < 10 ? m + 3 : m - 9, year = of_era + era * 400 + (month <= 2);
  if (year < 1 || year > 9999) return (cn_date){0};
  return (cn_date){(int16_t)year, (uint8_t)month, (uint8_t)(of_year - (153 * m + 2) / 5 + 1)};
}

cn_date cn_date_add_days(cn_date d, int64_t days) {
  return cn_date_known(d) ? cn_date_of_days(cn_days_of(d) + days) : d;
}

int cn_month_days(int64_t year, int month) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

cn_date cn_month_last(int64_t year, int month) {
  if (year < 1 || year > 9999 || !cn_month_days(year, month)) return (cn_date){0};
  return (cn_date){(int16_t)year, (uint8_t)month, (uint8_t)cn_month_days(year, month)};
}

cn_date cn_date_add_months(cn_date d, int64_t months) {
  if (!cn_date_known(d)) return d;
  int64_t all = d.year * 12 + d.month - 1 + months;
  if (all < 12 || all / 12 > 9999) return (cn_date){0};
  cn_date last = cn_month_last(all / 12, (int)(all % 12) + 1);
  if (d.day < last.day) last.day = d.day;
  return last;
}

int cn_weekday(cn_date d) {
  int64_t w = (cn_days_of(d) + 4) % 7;
  return (int)(w < 0 ? w + 7 : w);
}

/* --- the Chinese calendar ------------------------------------------------------------------------------------- */

struct cn_lunar {
  UCalendar *icu;
  bool failed;
};

cn_lunar *cn_lunar_new(cn_arena *arena) { return cn_arena_alloc(arena, sizeof(cn_lunar)); }

void cn_lunar_free(cn_lunar *lunar) {
  if (lunar && lunar->icu) ucal_close(lunar->icu);
  if (lunar) lunar->icu = NULL;
}

static UCalendar *open_lunar(cn_lunar *lunar) {
  static const UChar utc[] = {'U', 'T', 'C',
                              0}; /* days only: ICU's own astronomy is in China's zone whatever ours is */
  UErrorCode error = U_ZERO_ERROR;
  if (!lunar->icu && !lunar->failed) lunar->icu = ucal_open(utc, 3, "zh@calendar=chinese", UCAL_DEFAULT, &error);
  if (U_FAILURE(error)) lunar->failed = true;
  return lunar->failed ? NULL : lunar->icu;
}

cn_date cn_lunar_date(cn_lunar *lunar, int64_t year, int month, int day) {
  const double day_ms = 86400000.0;
  UCalendar *icu = open_lunar(lunar);
  UErrorCode error = U_ZERO_ERROR;
  if (!icu || year < 1901 || year > 2200 || month < 1 || month > 12 || day > 30) return (cn_date){0};
  /* 1 July lies in the Chinese year that begins in the same civil year. */
  ucal_setMillis(icu, (double)cn_days_of((cn_date){(int16_t)year, 7, 1}) * day_ms, &error);
  int32_t chinese_year = ucal_get(icu, UCAL_EXTENDED_YEAR, &error);
  ucal_clear(icu);
  ucal_set(icu, UCAL_EXTENDED_YEAR, chinese_year);
  ucal_set(icu, UCAL_MONTH, month - 1);
  ucal_set(icu, UCAL_IS_LEAP_MONTH, 0);
  ucal_set(icu, UCAL_DATE, 1);
  int64_t first = (int64_t)floor(ucal_getMillis(icu, &error) / day_ms);
  int32_t length = ucal_getLimit(icu, UCAL_DATE, UCAL_ACTUAL_MAXIMUM, &error);
  if (U_FAILURE(error) || day > length) return (cn_date){0};
  return cn_date_of_days(first + (day < 0 ? length : day) - 1);
}

/* --- solar terms ---------------------------------------------------------------------------------------------- */

/* Apparent longitude of the sun, degrees, at a Julian ephemeris day: the low-precision series of Meeus, Astronomical
 * Algorithms, chapter 25 (0.01 degrees, a quarter of an hour). */
static double sun_longitude(double jd) {
  const double rad = 3.14159265358979323846 / 180;
  double t = (jd - 2451545.0) / 36525;
  double mean = 280.46646 + 36000.76983 * t + 0.0003032 * t * t;
  double anomaly = (357.52911 + 35999.05029 * t - 0.0001537 * t * t) * rad;
  double centre = (1.914602 - 0.004817 * t) * sin(anomaly) + (0.019993 - 0.000101 * t) * sin(2 * anomaly) +
                  0.000289 * sin(3 * anomaly);
  double node = (125.04 - 1934.136 * t) * rad;
  return mean + centre - 0.00569 - 0.00478 * sin(node);
}

cn_date cn_solar_term(int64_t year, int degrees) {
  const double china = 8.0 / 24, delta_t = 70.0 / 86400;
  if (year < 1900 || year > 2100) return (cn_date){0};
  /* The sun stands at 280 degrees about 1 January; from there a mean year is 360 degrees. */
  double ahead = fmod(degrees - 280 + 720, 360);
  double jd = (double)cn_days_of((cn_date){(int16_t)year, 1, 1}) + 2440587.5 + ahead * 365.2422 / 360;
  for (int i = 0; i < 6; i++) jd += remainder(degrees - sun_longitude(jd), 360) * 365.2422 / 360;
  return cn_date_of_days((int64_t)floor(jd - delta_t + china - 2440587.5));
}
