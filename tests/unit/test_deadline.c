/* Deadlines: every month, quarter, half and ten-day part of 1990 to 2060 in each spelling; stages, outcomes, years;
 * what is reported; and the texts that hold no date. */
#include "normalize/deadline.h"

#include "check.h"
#include "core/utf8.h"

static cn_trap trap;
static cn_arena arena;
static cn_deadlines *deadlines;
static cn_buf got;
static char codes[256]; /* of the diagnostics of the last read */

static cn_status on_event(void *self, const cn_event *event) {
  (void)self;
  if (event->type != CN_EVENT_DIAGNOSTIC) return CN_OK;
  size_t n = strlen(codes);
  snprintf(codes + n, sizeof codes - n, "%s%.*s", n ? " " : "", (int)event->diagnostic->code.n,
           event->diagnostic->code.p);
  return CN_OK;
}
static cn_status on_end(void *self) {
  (void)self;
  return CN_OK;
}
static const cn_sink sink = {NULL, on_event, on_end};

static cn_years notice_of(int64_t year) { return (cn_years){CN_NONE, CN_NONE, year, {0, 0, 0}}; }

static void brief(cn_stage_list stages) {
  cn_buf_reset(&got);
  for (size_t i = 0; i < stages.n; i++) {
    if (i) cn_buf_add_string(&got, " | ");
    cn_stage_brief(&got, &stages.items[i]);
  }
  if (!stages.n) cn_buf_add_string(&got, "-");
}

static const cn_deadline *read_cell(const char *text, cn_years years) {
  const cn_deadline *d = NULL;
  cn_folded folded = cn_fold(&arena, cn_view_of(text));
  codes[0] = 0;
  if (cn_deadline_read(&arena, deadlines, &folded, years, &sink, (cn_place){0}, &d) != CN_OK) exit(2);
  brief(d->stages);
  return d;
}

static cn_times read_task(const char *text, cn_years years) {
  cn_times times;
  cn_folded folded = cn_fold(&arena, cn_arena_copy(&arena, cn_view_of(text)));
  codes[0] = 0;
  if (cn_times_find(&arena, deadlines, &folded, years, &sink, (cn_place){0}, &times) != CN_OK) exit(2);
  brief(times.dates);
  return times;
}

/* The stages of a cell in short, in a notice of 2021. */
static void cell(const char *text, const char *want, const char *what) {
  read_cell(text, notice_of(2021));
  if (!CHECK_TEXT(cn_buf_view(&got), want, what)) printf("  in   %s\n", text);
}
static void task(const char *text, const char *want, const char *what) {
  read_task(text, notice_of(2021));
  if (!CHECK_TEXT(cn_buf_view(&got), want, what)) printf("  in   %s\n", text);
}

/* --- every period in every spelling --------------------------------------------------------------------------- */

static int last_day(int year, int month) {
  if (month == 2) return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static const char *han_digits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
static const char *han_months[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"};

static const char *han_year(int year) {
  static char text[32];
  snprintf(text, sizeof text, "%s%s%s%s", han_digits[year / 1000], han_digits[year / 100 % 10],
           han_digits[year / 10 % 10], han_digits[year % 10]);
  return text;
}

static void want_text(const char *text, cn_years years, int from[3], int to[3], const char *what) {
  char want[64] = "";
  if (from) snprintf(want, sizeof want, "%04d-%02d-%02d", from[0], from[1], from[2]);
  size_t n = strlen(want);
  snprintf(want + n, sizeof want - n, "/%04d-%02d-%02d", to[0], to[1], to[2]);
  read_cell(text, years);
  if (!CHECK_TEXT(cn_buf_view(&got), want, what)) printf("  in   %s\n", text);
}

static void check_month(int year, int month) {
  char text[128];
  int first[3] = {year, month, 1}, last[3] = {year, month, last_day(year, month)};
  static const char *const ends[] = {"%d年%d月底",       "%d年%d月底前",    "%d年%d月末",     "%d年%d月底之前",
                                     "%d年%02d月底以前", "%d 年 %d 月底前", "截至%d年%d月底", "到%d年%d月"};
  for (size_t i = 0; i < CN_COUNT(ends); i++) {
    snprintf(text, sizeof text, ends[i], year, month);
    want_text(text, notice_of(2021), NULL, last, "the end of a month is another day");
  }
  static const char *const wholes[] = {"%d年%d月", "%d年%d月份", "%d.%d", "%d.%02d", "%d/%02d", "%d-%02d"};
  for (size_t i = 0; i < CN_COUNT(wholes); i++) {
    snprintf(text, sizeof text, wholes[i], year, month);
    want_text(text, notice_of(2021), first, last, "a month has other days");
  }
  snprintf(text, sizeof text, "%s年%s月底前", han_year(year), han_months[month]);
  want_text(text, notice_of(2021), NULL, last, "a month in Chinese numerals ends on another day");
  snprintf(text, sizeof text, "%d月底前", month);
  want_text(text, notice_of(year), NULL, last, "a month without year does not take the notice's");
  static const char *const days[] = {"%d年%d月%d日前", "%d.%d.%d前", "%d-%02d-%d前", "%d/%d/%d前"};
  for (size_t i = 0; i < CN_COUNT(days); i++) {
    snprintf(text, sizeof text, days[i], year, month, last[2]);
    want_text(text, notice_of(2021), NULL, last, "the last day of a month is not read");
  }
  snprintf(text, sizeof text, "%d年%d月%d日前", year, month, last[2] + 1);
  read_cell(text, notice_of(2021));
  CHECK_TEXT(cn_view_of(codes), "date-impossible", "the day after the last of a month is taken for a date");
}

static void check_ten_days(int year, int month) {
  static const char *const names[] = {"上旬", "中旬", "下旬"};
  char text[64];
  for (int i = 0; i < 3; i++) {
    int from[3] = {year, month, 10 * i + 1}, to[3] = {year, month, i == 2 ? last_day(year, month) : 10 * i + 10};
    snprintf(text, sizeof text, "%d年%d月%s", year, month, names[i]);
    want_text(text, notice_of(2021), from, to, "a ten-day part has other days");
    snprintf(text, sizeof text, "%s月%s前", han_months[month], names[i]);
    want_text(text, notice_of(year), NULL, to, "before a ten-day part does not end with it");
  }
}

static void check_quarters(int year) {
  static const char *const forms[] = {"%d年第%s季度", "%d年%s季度"};
  char text[64];
  for (int q = 1; q <= 4; q++) {
    int from[3] = {year, 3 * q - 2, 1}, to[3] = {year, 3 * q, last_day(year, 3 * q)};
    for (size_t i = 0; i < CN_COUNT(forms); i++) {
      snprintf(text, sizeof text, forms[i], year, han_months[q]);
      want_text(text, notice_of(2021), from, to, "a quarter has other days");
    }
    snprintf(text, sizeof text, "%d年Q%d", year, q);
    want_text(text, notice_of(2021), from, to, "Q1 to Q4 are not the quarters");
    snprintf(text, sizeof text, "第%d季度", q);
    want_text(text, notice_of(year), from, to, "a quarter without year does not take the notice's");
    snprintf(text, sizeof text, "%s季度末前", han_months[q]);
    want_text(text, notice_of(year), NULL, to, "the end of a quarter is another day");
  }
  int start[3] = {year, 1, 1}, third[3] = {year, 9, 30};
  snprintf(text, sizeof text, "%d年前三季度", year);
  want_text(text, notice_of(2021), start, third, "the first three quarters have other days");
}

static void check_halves_and_years(int year) {
  char text[64];
  int a[3] = {year, 1, 1}, b[3] = {year, 6, 30}, c[3] = {year, 7, 1}, d[3] = {year, 12, 31};
  snprintf(text, sizeof text, "%d年上半年", year);
  want_text(text, notice_of(2021), a, b, "the first half has other days");
  want_text("下半年", notice_of(year), c, d, "the second half has other days");
  static const char *const wholes[] = {"%d年", "%d年度", "%d年内", "%d年全年"}, *const ends[] = {"%d年底", "%d年年底前",
                                                                                                 "%d年末", "到%d年",
                                                                                                 "%d年前"};
  for (size_t i = 0; i < CN_COUNT(wholes); i++) {
    snprintf(text, sizeof text, wholes[i], year);
    want_text(text, notice_of(2021), a, d, "a year has other days");
  }
  for (size_t i = 0; i < CN_COUNT(ends); i++) {
    snprintf(text, sizeof text, ends[i], year);
    want_text(text, notice_of(2021), NULL, d, "a year ends on another day");
  }
  static const char *const bare[] = {"年底", "年底前", "年末"};
  for (size_t i = 0; i < CN_COUNT(bare); i++)
    want_text(bare[i], notice_of(year), NULL, d, "年底 is not the notice's 31 December");
  want_text("年内", notice_of(year), a, d, "年内 is not the notice's year");
}

static void check_periods(void) {
  for (int year = 1990; year <= 2060; year++) {
    cn_arena_mark mark = cn_arena_get_mark(&arena);
    for (int month = 1; month <= 12; month++) {
      check_month(year, month);
      check_ten_days(year, month);
    }
    check_quarters(year);
    check_halves_and_years(year);
    cn_arena_rewind(&arena, mark);
  }
  cell("2020年2月29日前", "/2020-02-29", "29 February of a leap year is refused");
  cell("2月29日前", "none", "29 February of 2021 is taken for a date");
}

/* --- stages --------------------------------------------------------------------------------------------------- */

static void check_stages(void) {
  const cn_deadline *d = read_cell("6月底前完成主体施工，12月底竣工并长期坚持", notice_of(2021));
  if (CHECK_INT(d->stages.n, 3, "a cell with two dates and 长期坚持 has not three stages")) {
    const cn_stage *s = d->stages.items;
    CHECK_TEXT(s[0].text, "6月底前完成主体施工", "a stage's text goes too far");
    CHECK_TEXT(s[0].outcome, "完成主体施工", "a stage has the wrong outcome");
    CHECK_INT(s[0].grade, CN_GRADE_COMPLETE, "完成 is not complete");
    CHECK_TEXT(s[1].text, "12月底竣工", "并 stays on a stage");
    CHECK_TEXT(s[2].text, "长期坚持", "并 stays on a stage");
    CHECK(s[2].ongoing && !s[2].outcome.p && s[0].year_assumed,
          "长期坚持 has an end, or a year is not said to be assumed");
  }
  CHECK(d->ongoing && d->due.month == 12 && d->due.day == 31, "the deadline is not due at its last dated end");
  cell("6月、9月、12月底前", "/2021-06-30 | /2021-09-30 | /2021-12-31", "stages that share 月底前 are not split");
  cell("6、9、12月底前", "/2021-06-30 | /2021-09-30 | /2021-12-31", "stages that share 月 are not split");
  cell("2021年、2022年底前", "/2021-12-31 | /2022-12-31", "stages that share 年底前 are not split");
  cell("1、6月底前完成设计；2、9月底前开工", "/2021-06-30 | /2021-09-30", "numbering is taken for months");
  cell("2022年6月底前启动，9月底前完成", "/2022-06-30 | /2022-09-30",
       "a stage does not take the year of the stage before");
  cell("2021年10月底前启动，次年3月底前完成", "/2021-10-31 | /2022-03-31",
       "次年 is not the year after the stage before");
  cell("12月底前完成（其中一期6月底前完成）", "/2021-12-31 | /2021-06-30", "a stage in brackets is lost");
  CHECK_TEXT(cn_view_of(codes), "", "其中 is reported as a contradiction");
  d = read_cell("6月底、12月底前各完成50%", notice_of(2021));
  CHECK_TEXT(d->stages.items[0].outcome, "各完成50%", "a list's first stage has not the list's outcome");
  d = read_cell("主体工程6月底前完工", notice_of(2021));
  CHECK_TEXT(d->stages.items[0].outcome, "主体工程完工", "what stands before the date is lost");
  d = read_cell("力争12月底前完成", notice_of(2021));
  CHECK_TEXT(d->stages.items[0].outcome, "完成", "力争 is taken for an outcome");
  d = read_cell("12月底完成2020年度任务", notice_of(2021));
  CHECK_TEXT(d->stages.items[0].outcome, "完成2020年度任务", "a year inside an outcome makes a stage");
}

static void check_years(void) {
  cn_years years = {2023, 2022, 2021, {0, 0, 0}};
  read_cell("6月底前", years);
  CHECK_TEXT(cn_buf_view(&got), "/2023-06-30", "the column header's year does not come first");
  years.header = CN_NONE;
  read_cell("6月底前", years);
  CHECK_TEXT(cn_buf_view(&got), "/2022-06-30", "the block's year does not come before the notice's");
  read_cell("6月底前", notice_of(CN_NONE));
  CHECK_TEXT(cn_buf_view(&got), "none", "a year is guessed");
  CHECK_TEXT(cn_view_of(codes), "year-unknown", "an unknown year is not reported");
  cn_years december = {CN_NONE, CN_NONE, 2020, {2020, 12, 20}};
  read_cell("6月底前", december);
  CHECK_TEXT(cn_buf_view(&got), "/2021-06-30", "a notice of December is about months that have passed");
  read_cell("12月底前", december);
  CHECK_TEXT(cn_buf_view(&got), "/2020-12-31", "a notice of December cannot name its own end");
  read_cell("月底前", december);
  CHECK_TEXT(cn_buf_view(&got), "/2020-12-31", "月底 is not the month of issue");
  const cn_deadline *d = read_cell("2021年6月底前", notice_of(2020));
  CHECK(!d->stages.items[0].year_assumed, "a year that is written is said to be assumed");
}

static void check_reports(void) {
  static const struct {
    const char *text, *codes;
  } cases[] = {{"2月30日前", "date-impossible"},
               {"13月底前", "date-impossible"},
               {"9月—6月", "deadline-contradicts"},
               {"12月底前完成A，6月底前完成B", "deadline-contradicts"},
               {"详见方案", "deadline-unparsed"},
               {"七个工作日前", "deadline-unparsed"},
               {"长期坚持", ""},
               {"立行立改", ""},
               {"待定", ""},
               {"竣工验收前", ""}};
  for (size_t i = 0; i < CN_COUNT(cases); i++) {
    const cn_deadline *d = read_cell(cases[i].text, notice_of(2021));
    if (!CHECK_TEXT(cn_view_of(codes), cases[i].codes, "a deadline is reported otherwise"))
      printf("  in   %s\n", cases[i].text);
    CHECK_TEXT(d->text, cases[i].text, "a deadline's text is not kept");
    CHECK(d->stages.n >= 1, "a deadline has no stage");
  }
  const cn_deadline *d = read_cell("立行立改，常态化推进", notice_of(2021));
  CHECK(d->stages.n == 2 && cn_view_is(d->stages.items[0].outcome, "立行立改") && d->stages.items[1].ongoing,
        "立行立改 has no outcome");
}

/* --- what is no date ------------------------------------------------------------------------------------------ */

static void check_traps(void) {
  static const char *const none[] = {"电话0531-2020123",
                                     "咨询电话2020-1234567",
                                     "热线12345",
                                     "鲁政办发〔2016〕26号",
                                     "国办发[2020]43号",
                                     "增长5.8个百分点",
                                     "培育1-3个品牌",
                                     "增长5%-5.5%",
                                     "G2高速公路",
                                     "G220国道",
                                     "见1.2节",
                                     "1.2在更大范围推进",
                                     "5G基站",
                                     "PM2.5浓度",
                                     "15#楼、4号楼2-4层",
                                     "CJJ 27-2005",
                                     "7×24小时服务",
                                     "35岁以下青年",
                                     "每月1000元定额",
                                     "每月不少于两次",
                                     "每人每年580元",
                                     "年度计划投资1万亿元",
                                     "健全年度考核机制",
                                     "三年行动计划",
                                     "《三年行动计划（2020—2022年）》",
                                     "“十四五”规划编制",
                                     "五一劳动奖章",
                                     "六一儿童医院",
                                     "假日前做好保障",
                                     "国务院扶贫日前后",
                                     "办理时间压减至3个工作日以内",
                                     "分别压缩到30小时、2小时以内",
                                     "审批时间不超过15个工作日",
                                     "前审批平均用时压减到25个工作日以内",
                                     "15分钟便民生活圈",
                                     "近三年连续3年增长",
                                     "第11次委员会议",
                                     "四季常青",
                                     "十大工程",
                                     "一日游重点企业",
                                     "一次挂号管三天",
                                     "三年内涝治理",
                                     "容积率3.0",
                                     "12.5万平方米",
                                     "2551.72347.6-8%",
                                     "内蒙古自治区",
                                     "一季一评估",
                                     "每日调度",
                                     "逐月通报",
                                     "提前5个工作日公示",
                                     "去年同期",
                                     "2020年第12号令",
                                     "2020年版目录"};
  for (size_t i = 0; i < CN_COUNT(none); i++) task(none[i], "-", "a date is seen where there is none");
  task("2026年内蒙古自治区将推进", "2026-01-01/2026-12-31", "2026年内蒙古 is read as 2026年内");
  task("1.4月19日-4月22日举办", "2021-04-19/2021-04-22", "an item number is taken into the date");
  task("1.2017年10月底前完成", "/2017-10-31", "an item number is taken into the year");
  task("附件12013年任务", "2013-01-01/2013-12-31", "附件1 is taken into the year");
  task("2021年初步建成", "2021-01-01/2021-12-31", "2021年初步 is read as 2021年初");
  task("2021年中央财政支持", "2021-01-01/2021-12-31", "2021年中央 is read as 2021年中");
  task("摸清2021年底数", "2021-01-01/2021-12-31", "年底数 is read as 年底");
  task("2020年前期工作", "2020-01-01/2020-12-31", "前期 is read as 前");
  cn_times times = read_task("比2019年提高2个百分点", notice_of(2021));
  CHECK(times.dates.n == 0 && times.spans.n == 1, "a year compared with is a date, or a number for the targets");
}

static void check_positions(void) {
  cn_times t = read_task("企业诉求受理后5个工作日内答复，２０２１年６月底前，全年完成", notice_of(2021));
  CHECK_TEXT(cn_buf_view(&got), "受理 P5D business | /2021-06-30 | 2021-01-01/2021-12-31",
             "the dates of a task are others");
  if (!CHECK_INT(t.dates.n, 3, "a date of a task is lost")) return;
  CHECK_INT(t.dates.items[0].start_at, 4, "a term's position does not begin with its event");
  CHECK_INT(t.dates.items[0].end_at, 13, "a term's position is wrong");
  CHECK_INT(t.dates.items[1].start_at, 16, "positions are not counted in code points");
  CHECK_TEXT(t.dates.items[1].text, "２０２１年６月底前", "a date's text is not the notice's own characters");
  CHECK(t.spans.n == 3 && t.spans.items[0].begin == 12, "the spans for targets are others");
}

int main(void) {
  cn_rules *rules;
  cn_view error;
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  cn_buf_init(&got, &trap);
  if (cn_rules_open(&arena, NULL, &rules, &error) != CN_OK ||
      cn_deadlines_new(&arena, rules, NULL, &deadlines, &error) != CN_OK)
    return 1;
  check_periods();
  check_stages();
  check_years();
  check_reports();
  check_traps();
  check_positions();
  cn_deadlines_free(deadlines);
  cn_buf_free(&got);
  cn_arena_free(&arena);
  return check_done();
}
