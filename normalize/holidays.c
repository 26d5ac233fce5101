/* Official days off and working weekends, and counting in working days.
 *
 * In:  rules/holidays.tsv or a user's file of the same columns (date kind name source; kind is off or work).
 * Out: whether a day is worked in China, and the nth working day after another. Lives in the caller's arena. */
#include "normalize/calendar.h"

#include <errno.h>

typedef struct special {
  int64_t day;
  bool off;
} special;

struct cn_holidays {
  special *days; /* sorted */
  size_t n, capacity;
};

static int by_day(const void *a, const void *b) {
  int64_t x = ((const special *)a)->day, y = ((const special *)b)->day;
  return x < y ? -1 : x > y;
}

static void add_day(cn_arena *arena, cn_holidays *h, cn_date date, bool off) {
  h->days = cn_arena_grow(arena, h->days, h->n, &h->capacity, sizeof *h->days);
  h->days[h->n++] = (special){cn_days_of(date), off};
}

static bool add_line(cn_arena *arena, cn_holidays *h, cn_view date_text, cn_view kind) {
  cn_date date = cn_date_parse(date_text);
  if (!cn_date_known(date) || (!cn_view_is(kind, "off") && !cn_view_is(kind, "work"))) return false;
  add_day(arena, h, date, cn_view_is(kind, "off"));
  return true;
}

static void from_rules(cn_arena *arena, const cn_rules *rules, cn_holidays *h) {
  const cn_table *t = cn_rules_table(rules, CN_RULES_HOLIDAYS);
  for (size_t i = 0; i < cn_table_count(t); i++) {
    const cn_rule *r = cn_table_at(t, i);
    add_line(arena, h, r->fields[0], r->fields[1]); /* a bad line of the table is found by rules check */
  }
}

static cn_status from_text(cn_arena *arena, cn_view text, const char *path, cn_holidays *h, cn_view *error) {
  cn_view line;
  for (int number = 1; cn_view_split(&text, '\n', &line); number++) {
    cn_view date, kind;
    line = cn_view_trim(line);
    if (!line.n || line.p[0] == '#' || cn_view_starts(line, CN_VIEW("date\t"))) continue;
    if (!cn_view_split(&line, '\t', &date) || !cn_view_split(&line, '\t', &kind) ||
        !add_line(arena, h, date, cn_view_trim(kind))) {
      *error = cn_arena_format(arena, "%s:%d: not a line of date, off or work, name, source", path, number);
      return CN_BROKEN;
    }
  }
  return CN_OK;
}

static cn_status from_file(cn_arena *arena, const char *path, cn_holidays *h, cn_view *error) {
  FILE *in = fopen(path, "rb");
  cn_buf buf;
  cn_buf_init(&buf, arena->trap);
  for (size_t n = 1; in && n; buf.n += n) n = fread(cn_buf_room(&buf, 4096), 1, 4096, in);
  bool failed = !in || ferror(in);
  if (failed) *error = cn_arena_format(arena, "%s: %s", path, strerror(errno));
  cn_view text = cn_arena_copy(arena, cn_buf_view(&buf));
  if (in) fclose(in);
  cn_buf_free(&buf);
  return failed ? CN_IO : from_text(arena, text, path, h, error);
}

cn_status cn_holidays_open(cn_arena *arena, const cn_rules *rules, const char *path, const cn_holidays **holidays,
                           cn_view *error) {
  cn_holidays *h = cn_arena_alloc(arena, sizeof *h);
  if (path)
    CN_TRY(from_file(arena, path, h, error));
  else
    from_rules(arena, rules, h);
  if (h->n) qsort(h->days, h->n, sizeof *h->days, by_day);
  *holidays = h;
  return CN_OK;
}

static const special *find(const cn_holidays *h, int64_t day) {
  special key = {day, false};
  return h->n ? bsearch(&key, h->days, h->n, sizeof key, by_day) : NULL;
}

bool cn_holidays_cover(const cn_holidays *h, int64_t year) {
  for (size_t i = 0; i < h->n; i++)
    if (cn_date_of_days(h->days[i].day).year == year && h->days[i].off) return true;
  return false;
}

bool cn_business_day(const cn_holidays *h, cn_date date) {
  const special *s = find(h, cn_days_of(date));
  if (s) return !s->off;
  int weekday = cn_weekday(date);
  return weekday != 0 && weekday != 6;
}

cn_date cn_business_day_add(const cn_holidays *h, cn_date from, int64_t n, bool *covered) {
  cn_date date = from;
  if (covered) *covered = cn_date_known(from) && cn_holidays_cover(h, from.year);
  while (n > 0 && cn_date_known(date)) {
    date = cn_date_add_days(date, 1);
    n -= cn_business_day(h, date);
  }
  if (covered && date.year != from.year) *covered = *covered && cn_holidays_cover(h, date.year);
  return date;
}

cn_date cn_date_add_duration(const cn_holidays *h, cn_date from, cn_view duration, bool business) {
  int64_t n = 0;
  bool pending = false;
  if (duration.n < 3 || duration.p[0] != 'P') return (cn_date){0};
  for (size_t i = 1; i < duration.n; i++) {
    char c = duration.p[i];
    if (c >= '0' && c <= '9') {
      n = n * 10 + (c - '0');
      pending = true;
      if (n > 100000) return (cn_date){0};
      continue;
    }
    if (c == 'Y' || c == 'M')
      from = cn_date_add_months(from, c == 'Y' ? 12 * n : n);
    else if (c == 'D' && business)
      from = cn_business_day_add(h, from, n, NULL);
    else if (c == 'W' || c == 'D')
      from = cn_date_add_days(from, c == 'W' ? 7 * n : n);
    else
      return (cn_date){0}; /* T: hours end on no day; . is half a working day */
    n = 0;
    pending = false;
  }
  return pending ? (cn_date){0} : from;
}
