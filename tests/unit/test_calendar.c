/* Calendars: civil arithmetic, lunar festivals and solar terms of 1990 to 2060 against tables, working days of China.
 */
#include "normalize/calendar.h"

#include "check.h"

static cn_trap trap;

static cn_date date(int y, int m, int d) { return (cn_date){(int16_t)y, (uint8_t)m, (uint8_t)d}; }
static int same(cn_date a, cn_date b) { return cn_date_compare(a, b) == 0; }

static void check_civil(void) {
  cn_date d = date(1899, 12, 31);
  bool round = true, next = true;
  for (int64_t day = cn_days_of(date(1900, 1, 1)); day <= cn_days_of(date(2101, 1, 1)); day++) {
    cn_date e = cn_date_of_days(day);
    round = round && cn_days_of(e) == day && cn_date_valid(e);
    next = next && (e.day == d.day + 1 || (e.day == 1 && d.day == cn_month_days(d.year, d.month)));
    d = e;
  }
  CHECK(round, "a day number does not come back as the same day");
  CHECK(next, "two days that follow each other are not neighbours");
  CHECK_INT(cn_days_of(date(1970, 1, 1)), 0, "day numbers do not begin in 1970");
  CHECK_INT(cn_weekday(date(2021, 1, 1)), 5, "1 January 2021 was a Friday");
  CHECK_INT(cn_weekday(date(1949, 10, 1)), 6, "1 October 1949 was a Saturday");
  CHECK_INT(cn_month_days(2000, 2), 29, "2000 is a leap year");
  CHECK_INT(cn_month_days(1900, 2), 28, "1900 is no leap year");
  CHECK_INT(cn_month_days(2021, 13), 0, "there is no month 13");
  CHECK(same(cn_date_add_months(date(2021, 1, 31), 1), date(2021, 2, 28)),
        "a month after 31 January is not the end of February");
  CHECK(same(cn_date_add_months(date(2021, 11, 15), 18), date(2023, 5, 15)),
        "18 months are not counted over two years");
  CHECK(same(cn_date_add_months(date(2020, 2, 29), 12), date(2021, 2, 28)), "a year after 29 February is not the 28th");
}

/* MMDD of the first, fifth and eighth month's festivals, 1990 to 2060, from published perpetual calendars (万年历). */
static const char spring[] = "0127 0215 0204 0123 0210 0131 0219 0207 0128 0216 0205 0124 0212 0201 0122 0209 0129 "
                             "0218 0207 0126 0214 0203 0123 0210 "
                             "0131 0219 0208 0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 "
                             "0123 0211 0131 0219 0208 0128 0215 "
                             "0204 0124 0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123 0211 0201 0219 0208 "
                             "0128 0215 0204 0124 0212 0202";
static const char dragon[] = "0528 0616 0605 0624 0613 0602 0620 0609 0530 0618 0606 0625 0615 0604 0622 0611 0531 "
                             "0619 0608 0528 0616 0606 0623 0612 "
                             "0602 0620 0609 0530 0618 0607 0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 "
                             "0624 0612 0601 0620 0610 0530 0618 "
                             "0607 0527 0614 0603 0622 0611 0531 0619 0608 0529 0615 0604 0623 0613 0601 0620 0610 "
                             "0530 0617 0606 0625 0614 0603";
static const char autumn[] = "1003 0922 0911 0930 0920 0909 0927 0916 1005 0924 0912 1001 0921 0911 0928 0918 1006 "
                             "0925 0914 1003 0922 0912 0930 0919 "
                             "0908 0927 0915 1004 0924 0913 1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 "
                             "1001 0919 0908 0927 0916 1004 0924 "
                             "0913 1002 0920 0910 0928 0917 1005 0925 0915 1004 0922 0911 0930 0919 0907 0926 0916 "
                             "1005 0924 0913 1002 0921 0909";

static cn_date from_table(const char *table, int year) {
  const char *p = table + 5 * (year - 1990);
  return date(year, (p[0] - '0') * 10 + p[1] - '0', (p[2] - '0') * 10 + p[3] - '0');
}

static void check_table(cn_lunar *lunar, const char *table, int month, int day, const char *what) {
  for (int year = 1990; year <= 2060; year++)
    if (!CHECK(same(cn_lunar_date(lunar, year, month, day), from_table(table, year)), what)) printf("  in %d\n", year);
}

static void check_lunar(cn_arena *arena) {
  cn_lunar *lunar = cn_lunar_new(arena);
  check_table(lunar, spring, 1, 1, "春节 is on another day");
  check_table(lunar, dragon, 5, 5, "端午 is on another day");
  check_table(lunar, autumn, 8, 15, "中秋 is on another day");
  CHECK(same(cn_lunar_date(lunar, 2021, 1, 0), date(2021, 2, 11)), "除夕 is not the day before 春节");
  CHECK(same(cn_lunar_date(lunar, 2020, 12, -1), date(2021, 2, 11)), "the last day of 腊月 is not 除夕");
  CHECK(same(cn_lunar_date(lunar, 2020, 5, 5), date(2020, 6, 25)), "a leap fourth month moves 端午");
  for (int year = 1990; year <= 2060; year++) {
    cn_date last = cn_lunar_date(lunar, year - 1, 12, -1), first = cn_lunar_date(lunar, year, 1, 1);
    CHECK(same(cn_date_add_days(last, 1), first), "腊月 does not end where the next year begins");
  }
  CHECK(!cn_date_known(cn_lunar_date(lunar, 2021, 13, 1)), "there is no thirteenth lunar month");
  CHECK(!cn_date_known(cn_lunar_date(lunar, 2021, 1, 31)), "there is no lunar day 31");
  cn_lunar_free(lunar);
  CHECK(same(cn_lunar_date(lunar, 2026, 1, 1), date(2026, 2, 17)), "a closed calendar does not open again");
  cn_lunar_free(lunar);
}

/* 清明 by the almanac's rule of thumb, which holds for these years: [Y*0.2422+C]-[Y/4]. */
static void check_terms(void) {
  for (int year = 1990; year <= 2060; year++) {
    int y = year % 100, day = (year < 2000 ? y * 2422 + 55900 : y * 2422 + 48100) / 10000 - y / 4;
    if (!CHECK(same(cn_solar_term(year, 15), date(year, 4, day)), "清明 is on another day")) printf("  in %d\n", year);
    cn_date winter = cn_solar_term(year, 270), begin = cn_solar_term(year, 315);
    CHECK(winter.month == 12 && winter.day >= 21 && winter.day <= 22, "冬至 is not on 21 or 22 December");
    CHECK(begin.month == 2 && begin.day >= 3 && begin.day <= 5 && begin.year == year, "立春 is not about 4 February");
  }
  static const struct {
    int year, month, day, degrees;
  } known[] = {{2020, 4, 4, 15},    {2022, 4, 5, 15},  {2024, 4, 4, 15}, {2021, 12, 21, 270},
               {2023, 12, 22, 270}, {2021, 2, 3, 315}, {2020, 2, 4, 315}};
  for (size_t i = 0; i < CN_COUNT(known); i++)
    CHECK(same(cn_solar_term(known[i].year, known[i].degrees), date(known[i].year, known[i].month, known[i].day)),
          "a published solar term is on another day");
}

static void check_holidays(cn_arena *arena, const cn_rules *rules) {
  const cn_holidays *h = NULL;
  cn_view error = CN_NULL_VIEW;
  bool covered = false;
  if (!CHECK(cn_holidays_open(arena, rules, NULL, &h, &error) == CN_OK, "the holidays that ship cannot be read"))
    return;
  CHECK(same(cn_business_day_add(h, date(2020, 9, 30), 1, &covered), date(2020, 10, 9)),
        "国庆 2020 is counted as working days");
  CHECK(covered, "2020 is published");
  CHECK(same(cn_business_day_add(h, date(2021, 2, 10), 3, &covered), date(2021, 2, 20)),
        "a Saturday worked in exchange is not counted");
  CHECK(same(cn_business_day_add(h, date(2021, 3, 1), 5, NULL), date(2021, 3, 8)),
        "the day of the event counts itself");
  CHECK(same(cn_business_day_add(h, date(2022, 12, 29), 2, &covered), date(2023, 1, 3)),
        "the turn of the year 2023 is not off");
  CHECK(same(cn_business_day_add(h, date(2033, 9, 30), 1, &covered), date(2033, 10, 3)),
        "a year not published has no plain weeks");
  CHECK(!covered, "a year that is not published is said to be covered");
  int off[7] = {0};
  for (int year = 2020; year <= 2026; year++)
    for (int64_t d = cn_days_of(date(year, 1, 1)); d <= cn_days_of(date(year, 12, 31)); d++)
      off[year - 2020] += !cn_business_day(h, cn_date_of_days(d));
  for (int i = 0; i < 7; i++)
    CHECK(off[i] >= 114 && off[i] <= 119, "a year has more or fewer days off than weekends and the law give");
}

static cn_status open_text(cn_arena *arena, const char *text, const cn_holidays **h, cn_view *error) {
  char path[] = "/tmp/chengnuo-holidays-XXXXXX";
  int fd = mkstemp(path);
  FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
  if (!CHECK(out != NULL, "no place for a user's file")) return CN_IO;
  fputs(text, out);
  fclose(out);
  cn_status status = cn_holidays_open(arena, NULL, path, h, error);
  remove(path);
  return status;
}

static void check_user_file(cn_arena *arena) {
  const cn_holidays *h = NULL;
  cn_view error = CN_NULL_VIEW;
  cn_status good = open_text(
      arena, "# own\ndate\tkind\tname\tsource\n2030-01-01\toff\t元旦\tus\n2030-01-05\twork\t\tus\n", &h, &error);
  if (CHECK(good == CN_OK, "a user's holidays are refused"))
    CHECK(same(cn_business_day_add(h, date(2029, 12, 31), 4, NULL), date(2030, 1, 5)),
          "a user's holidays are not used");
  CHECK(open_text(arena, "2030-02-30\toff\t\t\n", &h, &error) == CN_BROKEN && error.n,
        "a date that no calendar has is taken for a holiday");
  CHECK(open_text(arena, "2030-02-03\tclosed\t\t\n", &h, &error) == CN_BROKEN, "a kind that is none is taken");
  CHECK(cn_holidays_open(arena, NULL, "/nonexistent/holidays.tsv", &h, &error) == CN_IO && error.n,
        "a missing file is not reported");
}

int main(void) {
  cn_arena arena;
  cn_rules *rules;
  cn_view error;
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  if (cn_rules_open(&arena, NULL, &rules, &error) != CN_OK) return 1;
  check_civil();
  check_lunar(&arena);
  check_terms();
  check_holidays(&arena, rules);
  check_user_file(&arena);
  cn_arena_free(&arena);
  return check_done();
}
