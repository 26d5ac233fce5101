/* Calendars: civil arithmetic, the Chinese lunar calendar, solar terms, and the working days of China.
 *
 * In:  years, months, days.  Out: dates; a date of year 0 where there is none. Nothing here reads text or the clock.
 * Lunar months are ICU's (normalize/calendar.c is the one file that includes it here, opened at first use), each begun
 * on the day of the new moon in China; a solar term is the day, in China, on which the sun reaches a multiple of 15
 * degrees (GB/T 33661-2017). */
#ifndef CN_NORMALIZE_CALENDAR_H
#define CN_NORMALIZE_CALENDAR_H

#include "core/record.h"
#include "core/rules.h"

/* Days since 1970-01-01, and back. */
int64_t cn_days_of(cn_date date);
cn_date cn_date_of_days(int64_t days);
cn_date cn_date_add_days(cn_date date, int64_t days);
/* The same day `months` later, or the last day of a shorter month: 2021-01-31 + 1 is 2021-02-28. */
cn_date cn_date_add_months(cn_date date, int64_t months);
/* 28 to 31; 0 for a month that is none. */
int cn_month_days(int64_t year, int month);
cn_date cn_month_last(int64_t year, int month);
/* 0 is Sunday. */
int cn_weekday(cn_date date);

/* Owns what ICU opened; one per normalizer. */
typedef struct cn_lunar cn_lunar;
cn_lunar *cn_lunar_new(cn_arena *arena);
void cn_lunar_free(cn_lunar *lunar);
/* The civil date of a day of the Chinese year that begins in civil year `year`. Leap months are not addressed. Day 0 is
 * the eve of the month (除夕 is month 1, day 0); day -1 its last day. */
cn_date cn_lunar_date(cn_lunar *lunar, int64_t year, int month, int day);
/* The day in civil year `year` on which the sun's longitude reaches `degrees`: 15 is 清明, 270 is 冬至. Good for
 * 1900–2100. */
cn_date cn_solar_term(int64_t year, int degrees);

/* Official days off and working weekends. */
typedef struct cn_holidays cn_holidays;
/* From `path` (TSV like rules/holidays.tsv), or from the rules where path is NULL. CN_IO or CN_BROKEN with *error. */
CN_MUST_USE cn_status cn_holidays_open(cn_arena *arena, const cn_rules *rules, const char *path,
                                       const cn_holidays **holidays, cn_view *error);
/* Whether the arrangement for that year is known; where it is not, every Monday to Friday counts as a working day. */
bool cn_holidays_cover(const cn_holidays *holidays, int64_t year);
bool cn_business_day(const cn_holidays *holidays, cn_date date);
/* The `n`th working day after `from`, which does not count itself (Civil Code, article 201). *covered, if not NULL,
 * says whether every year passed through is covered. */
cn_date cn_business_day_add(const cn_holidays *holidays, cn_date from, int64_t n, bool *covered);

/* `from` plus an ISO 8601 duration of years, months, weeks and days (P1Y6M, P5D; `business`: its days are working
 * days). Unknown where the duration has hours or is none. */
cn_date cn_date_add_duration(const cn_holidays *holidays, cn_date from, cn_view duration, bool business);

#endif
