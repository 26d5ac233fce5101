/* Recurrences: phrase -> RRULE -> the first five days after 1 January 2021 as libical finds them.
 *
 * In:  phrases, as cells, and the days an office means.  Out: failures. libical is the reader that subscribers'
 * calendars use. */
#define CN_OWNER
#include "normalize/deadline.h"

#include "check.h"

#include <libical/ical.h>

static cn_trap trap;

static cn_status on_event(void *self, const cn_event *event) {
  (void)self, (void)event;
  return CN_OK;
}
static cn_status on_end(void *self) {
  (void)self;
  return CN_OK;
}

/* Appends the first five days of the rule, MMDD of 2021 or YYMMDD of later years. */
static void five_days(cn_view rule, char *out, size_t size) {
  char text[256];
  snprintf(text, sizeof text, "%.*s", (int)rule.n, rule.p);
  struct icalrecurrencetype recurrence = icalrecurrencetype_from_string(text);
  icalrecur_iterator *it = icalrecur_iterator_new(recurrence, icaltime_from_string("20210101"));
  out[0] = 0;
  for (int i = 0; it && i < 5; i++) {
    struct icaltimetype t = icalrecur_iterator_next(it);
    if (icaltime_is_null_time(t)) break;
    size_t n = strlen(out);
    if (t.year == 2021)
      snprintf(out + n, size - n, "%s%02d%02d", n ? " " : "", t.month, t.day);
    else
      snprintf(out + n, size - n, "%s%02d%02d%02d", n ? " " : "", t.year - 2000, t.month, t.day);
  }
  if (it) icalrecur_iterator_free(it);
}

static const struct {
  const char *phrase, *days;
} cases[] = {
    {"每月5日前", "0105 0205 0305 0405 0505"},
    {"每月底前", "0131 0228 0331 0430 0531"},
    {"每月末", "0131 0228 0331 0430 0531"},
    {"每月25号前通报", "0125 0225 0325 0425 0525"},
    {"每月上旬", "0110 0210 0310 0410 0510"},
    {"每月1日至3日", "0101 0102 0103 0201 0202"},
    {"每周五前", "0101 0108 0115 0122 0129"},
    {"每周一、周四", "0104 0107 0111 0114 0118"},
    {"每周一至周三", "0104 0105 0106 0111 0112"},
    {"每星期日", "0103 0110 0117 0124 0131"},
    {"每日", "0101 0102 0103 0104 0105"},
    {"每个工作日", "0101 0104 0105 0106 0107"},
    {"每季度末", "0331 0630 0930 1231 220331"},
    {"每季末前", "0331 0630 0930 1231 220331"},
    {"每季度首月10日前", "0110 0410 0710 1010 220110"},
    {"每季度第一个月15日前", "0115 0415 0715 1015 220115"},
    {"每季度末月25日前", "0325 0625 0925 1225 220325"},
    {"每季度结束后10日内", "0110 0410 0710 1010 220110"},
    {"每月结束后5日内", "0105 0205 0305 0405 0505"},
    {"每半年末", "0630 1231 220630 221231 230630"},
    {"每年6月底前", "0630 220630 230630 240630 250630"},
    {"每年2月底前", "0228 220228 230228 240229 250228"},
    {"每年6月30日前", "0630 220630 230630 240630 250630"},
    {"每年年底前", "1231 221231 231231 241231 251231"},
    {"每年一季度", "0331 220331 230331 240331 250331"},
    {"每年3月15日前", "0315 220315 230315 240315 250315"},
    {"每年10月至次年4月", "0430 220430 230430 240430 250430"},
    {"每两周", "0101 0115 0129 0212 0226"},
    {"次月10日前", "0110 0210 0310 0410 0510"},
};

int main(void) {
  cn_arena arena;
  cn_rules *rules;
  cn_deadlines *deadlines;
  cn_view error;
  const cn_sink sink = {NULL, on_event, on_end};
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  if (cn_rules_open(&arena, NULL, &rules, &error) != CN_OK) return 1;
  if (cn_deadlines_new(&arena, rules, NULL, &deadlines, &error) != CN_OK) return 1;
  for (size_t i = 0; i < CN_COUNT(cases); i++) {
    const cn_deadline *d = NULL;
    char days[128];
    cn_folded text = cn_fold(&arena, cn_view_of(cases[i].phrase));
    cn_years years = {CN_NONE, CN_NONE, 2021, {0, 0, 0}};
    if (cn_deadline_read(&arena, deadlines, &text, years, &sink, (cn_place){0}, &d) != CN_OK) return 1;
    if (!CHECK(d->stages.n == 1 && d->stages.items[0].rrule.p, "a recurrence is not read as one")) continue;
    five_days(d->stages.items[0].rrule, days, sizeof days);
    if (!CHECK_TEXT(cn_view_of(days), cases[i].days, "a calendar shows a recurrence on other days"))
      printf("  in   %s: %.*s\n", cases[i].phrase, (int)d->stages.items[0].rrule.n, d->stages.items[0].rrule.p);
  }
  cn_deadlines_free(deadlines);
  cn_arena_free(&arena);
  return check_done();
}
