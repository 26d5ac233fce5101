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

/* --- the new moon --------------------------------------------------------------------------------------------- */

static double turn(double degrees) { return fmod(degrees, 360) * (3.14159265358979323846 / 180); }

/* Julian ephemeris day of new moon number k (0 is 6 January 2000): Meeus, Astronomical Algorithms, chapter 49, to about
 * a minute. Arguments of the terms: sun's anomaly, moon's anomaly, moon's latitude, each times a small integer. */
static double new_moon(double k) {
  static const struct {
    double size;
    int8_t sun, moon, latitude;
  } terms[] = {{-0.40720, 0, 1, 0}, {0.17241, 1, 0, 0},    {0.01608, 0, 2, 0},  {0.01039, 0, 0, 2},
               {0.00739, -1, 1, 0}, {-0.00514, 1, 1, 0},   {0.00208, 2, 0, 0},  {-0.00111, 0, 1, -2},
               {-0.00057, 0, 1, 2}, {0.00056, 1, 2, 0},    {-0.00042, 0, 3, 0}, {0.00042, 1, 0, 2},
               {0.00038, 1, 0, -2}, {-0.00024, -1, 2, 0},  {-0.00007, 2, 1, 0}, {0.00004, 0, 2, -2},
               {0.00004, 3, 0, 0},  {0.00003, 1, 1, -2},   {0.00003, 0, 2, 2},  {-0.00003, 1, 1, 2},
               {0.00003, -1, 1, 2}, {-0.00002, -1, 1, -2}, {-0.00002, 1, 3, 0}, {0.00002, 0, 4, 0}};
  double t = k / 1236.85, t2 = t * t, e = 1 - 0.002516 * t - 0.0000074 * t2;
  double sun = turn(2.5534 + 29.10535670 * k - 0.0000014 * t2),
         moon = turn(201.5643 + 385.81693528 * k + 0.0107582 * t2);
  double latitude = turn(160.7108 + 390.67050284 * k - 0.0016118 * t2),
         node = turn(124.7746 - 1.56375588 * k + 0.0020672 * t2);
  double jde = 2451550.09766 + 29.530588861 * k + 0.00015437 * t2 - 0.00017 * sin(node);
  for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
    int power = terms[i].sun < 0 ? -terms[i].sun : terms[i].sun;
    double size = terms[i].size * (power == 1 ? e : power == 2 ? e * e : 1);
    jde += size * sin(terms[i].sun * sun + terms[i].moon * moon + terms[i].latitude * latitude);
  }
  jde += 0.000325 * sin(turn(299.77 + 0.107408 * k - 0.009173 * t2)) + 0.000165 * sin(turn(251.88 + 0.016321 * k));
  return jde + 0.000164 * sin(turn(251.83 + 26.651886 * k)) + 0.000126 * sin(turn(349.42 + 36.412478 * k));
}

/* The day in China, since 1970, of an instant in ephemeris time; that runs 70 seconds ahead of the clock. */
static int64_t china_day(double jde) { return (int64_t)floor(jde - 70.0 / 86400 + 8.0 / 24 - 2440587.5); }

/* The day of the new moon nearest to a day. */
static int64_t new_moon_day(int64_t day) {
  double k = round(((double)day + 2440588.0 - 2451550.09766) / 29.530588861);
  return china_day(new_moon(k));
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

/* Days since 1970 of ICU's first day of a lunar month; false where ICU has none. */
static bool month_begin(UCalendar *icu, int64_t year, int month, int64_t *first) {
  const double day_ms = 86400000.0;
  UErrorCode error = U_ZERO_ERROR;
  /* 1 July lies in the Chinese year that begins in the same civil year. */
  ucal_setMillis(icu, (double)cn_days_of((cn_date){(int16_t)year, 7, 1}) * day_ms, &error);
  int32_t chinese_year = ucal_get(icu, UCAL_EXTENDED_YEAR, &error);
  ucal_clear(icu);
  ucal_set(icu, UCAL_EXTENDED_YEAR, chinese_year);
  ucal_set(icu, UCAL_MONTH, month - 1);
  ucal_set(icu, UCAL_IS_LEAP_MONTH, 0);
  ucal_set(icu, UCAL_DATE, 1);
  *first = (int64_t)floor(ucal_getMillis(icu, &error) / day_ms);
  return U_SUCCESS(error);
}

cn_date cn_lunar_date(cn_lunar *lunar, int64_t year, int month, int day) {
  UCalendar *icu = open_lunar(lunar);
  int64_t first;
  if (!icu || year < 1901 || year > 2100 || month < 1 || month > 12 || day > 30) return (cn_date){0};
  if (!month_begin(icu, year, month, &first)) return (cn_date){0};
  /* ICU's new moons are up to some minutes off, which moves 春节 of 2027 and of 2030 by a day (they fall near
   * midnight). */
  first = new_moon_day(first);
  int64_t length = new_moon_day(first + 30) - first;
  if (day > length) return (cn_date){0};
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
  if (year < 1900 || year > 2100) return (cn_date){0};
  /* The sun stands at 280 degrees about 1 January; from there a mean year is 360 degrees. */
  double ahead = fmod(degrees - 280 + 720, 360);
  double jd = (double)cn_days_of((cn_date){(int16_t)year, 1, 1}) + 2440587.5 + ahead * 365.2422 / 360;
  for (int i = 0; i < 6; i++) jd += remainder(degrees - sun_longitude(jd), 360) * 365.2422 / 360;
  return cn_date_of_days(china_day(jd));
}
