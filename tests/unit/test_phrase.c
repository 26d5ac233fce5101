/* Targets as short text: the joined cell of csv, md and the summary on a terminal. */
#include "check.h"
#include "emit/phrase.h"

static cn_buf buf;

static cn_view number(const char *digits) {
  cn_buf_reset(&buf);
  cn_phrase_number(&buf, cn_decimal_parse(cn_view_of(digits)));
  return cn_buf_view(&buf);
}

static cn_view phrase(cn_target t) {
  cn_buf_reset(&buf);
  cn_phrase_target(&buf, &t);
  return cn_buf_view(&buf);
}

static void numbers(void) {
  static const char *const cases[][2] = {{"0", "0"},
                                         {"20", "20"},
                                         {"9999", "9999"},
                                         {"10000", "1万"},
                                         {"12345", "12345"},
                                         {"15000", "1.5万"},
                                         {"240000", "24万"},
                                         {"1000000000000", "1万亿"},
                                         {"2.7", "2.7"},
                                         {"19000000000", "190亿"},
                                         {"239100000", "2.391亿"},
                                         {"123456789", "123456789"},
                                         {"-50000", "-5万"},
                                         {"12345.67", "12345.67"},
                                         {"100000000", "1亿"},
                                         {"2100000000000", "2.1万亿"},
                                         {"999999999999999999", "999999999999999999"}};
  for (size_t i = 0; i < CN_COUNT(cases); i++)
    CHECK_TEXT(number(cases[i][0]), cases[i][1], "a shortened number is not the same number");
}

static void targets(void) {
  cn_target t = {.metric = CN_VIEW("绿色工厂"),
                 .action = CN_VIEW("新增"),
                 .change = CN_CHANGE_OUTPUT,
                 .unit = CN_VIEW("家"),
                 .unit_code = CN_VIEW("1"),
                 .relation = CN_RELATION_EQ,
                 .value = cn_decimal_int(20)};
  CHECK_TEXT(phrase(t), "新增绿色工厂 20家", "what is made stands behind its verb");
  t.change = CN_CHANGE_INCREASE;
  t.relation = CN_RELATION_GE;
  CHECK_TEXT(phrase(t), "绿色工厂新增 >=20家", "what changes stands ahead of its verb");
  t.metric = t.action = CN_NULL_VIEW;
  t.unit = CN_NULL_VIEW;
  CHECK_TEXT(phrase(t), ">=20", "a number alone has no blank ahead of it and no unit 1");
  t.unit = CN_VIEW("百分之");
  t.unit_code = CN_VIEW("%");
  CHECK_TEXT(phrase(t), ">=20%", "百分之 does not stand behind a number");
  t.relation = CN_RELATION_RANGE;
  t.min = cn_decimal_int(5);
  t.max = cn_decimal_int(10);
  t.per = CN_VIEW("a");
  CHECK_TEXT(phrase(t), "5–10%/年", "a range has two ends, and a year is 年");
  t = (cn_target){.text = CN_VIEW("三分之一"), .metric = CN_VIEW("面积"), .relation = CN_RELATION_EQ};
  CHECK_TEXT(phrase(t), "面积 三分之一", "a number without finite value is shown as written");
}

static void conditions(void) {
  cn_condition where[] = {{.metric = CN_VIEW("营业收入"),
                           .relation = CN_RELATION_GT,
                           .unit = CN_VIEW("元"),
                           .unit_code = CN_VIEW("CNY"),
                           .value = cn_decimal_int(5000000000)},
                          {.relation = CN_RELATION_LE, .unit = CN_VIEW("岁"), .value = cn_decimal_int(35)}};
  cn_target t = {.metric = CN_VIEW("企业"),
                 .unit = CN_VIEW("家"),
                 .value = cn_decimal_int(2),
                 .relation = CN_RELATION_APPROX,
                 .where = {where, 2}};
  CHECK_TEXT(phrase(t), "企业 ~2家 (营业收入 >50亿元; <=35岁)", "conditions follow in brackets");
}

static void people(void) {
  cn_responsible list[] = {{.name = CN_VIEW("市财政局"), .role = CN_DUTY_LEAD}, {.name = CN_VIEW("张三")}};
  cn_responsible_list both = {list, 2};
  cn_buf_reset(&buf);
  cn_phrase_responsible(&buf, &both, true);
  CHECK_TEXT(cn_buf_view(&buf), "市财政局 (lead); 张三", "roles are named where they are known");
}

int main(void) {
  cn_trap trap = {.limit = 0};
  if (setjmp(trap.env)) return 1;
  cn_buf_init(&buf, &trap);
  numbers();
  targets();
  conditions();
  people();
  cn_buf_free(&buf);
  return check_done();
}
