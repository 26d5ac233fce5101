/* People and bodies: what the owner cell of a notice becomes. */
#include "check.h"

#include "normalize/people.h"
#include "normalize/region.h"
#include "normalize/rules_check.h"

static cn_arena arena;
static const cn_people_rules *people;

static cn_status ignore(void *self, const cn_event *event) {
  (void)self;
  (void)event;
  return CN_OK;
}
static cn_status ignore_end(void *self) { return self ? CN_OK : CN_OK; }

static const cn_sink nowhere = {NULL, ignore, ignore_end};

/* "*王浩 / >市财政局": * person, > lead, < support, ^ supervisor. */
static cn_view shown(const cn_responsible_builder *list) {
  cn_view text = CN_VIEW("");
  for (size_t i = 0; i < list->n; i++) {
    const cn_responsible *r = &list->items[i];
    const char *mark = r->role == CN_DUTY_LEAD         ? ">"
                       : r->role == CN_DUTY_SUPPORT    ? "<"
                       : r->role == CN_DUTY_SUPERVISOR ? "^"
                                                       : "";
    text = cn_arena_format(&arena, "%.*s%s%s%s%.*s", (int)text.n, text.p, i ? " / " : "", mark,
                           r->kind == CN_PARTY_PERSON ? "*" : "", (int)r->name.n, r->name.p);
  }
  return text;
}

static cn_view read_cell(cn_field field, const char *header, const char *text) {
  cn_responsible_builder list = {NULL, 0, 0};
  cn_cell cell = {.field = field, .header = cn_view_of(header), .text = cn_view_of(text)};
  if (cn_people_read(&arena, people, &cell, &nowhere, (cn_place){0}, &list) != CN_OK) return CN_NULL_VIEW;
  return shown(&list);
}

static void test_people(void) {
  static const char *const cases[][2] = {
      {"孙立成 孙述涛 李刚", "*孙立成 / *孙述涛 / *李刚"},
      {"李　刚、王海涛", "*李刚 / *王海涛"},
      {"陈 静 周文斌", "*陈静 / *周文斌"},
      {"赵 磊 孙 楠", "*赵磊 / *孙楠"},
      {"吴　迪、欧阳振华", "*吴迪 / *欧阳振华"},
      {"欧阳 娜", "*欧阳娜"},
      {"罗建军\n谭勇", "*罗建军 / *谭勇"},
      {"刘\xC2\xA0\xC2\xA0洋、邱志远", "*刘洋 / *邱志远"},
      {"王浩（常务副市长）", "*王浩"},
      {"副县长 王浩", "*王浩"},
      {"县委常委、副县长王浩；李四同志", "*王浩 / *李四"},
      {"艾合买提·吐尔逊", "*艾合买提·吐尔逊"},
  };
  for (size_t i = 0; i < CN_COUNT(cases); i++)
    CHECK_TEXT(read_cell(CN_FIELD_PERSON, "责任人", cases[i][0]), cases[i][1],
               "a person's name is lost, glued or split");
}

static void test_bodies(void) {
  static const char *const cases[][2] = {
      {"区交通与建设局牵头，区旅游发展局、海屿旅游集团配合", ">区交通与建设局 / <区旅游发展局 / <海屿旅游集团"},
      {"市发展改革委牵头，市自然资源局、市生态环境局、市行政审批局等相关部门按职责分工负责",
       ">市发展改革委 / 市自然资源局 / 市生态环境局 / 市行政审批局"},
      {"市自然资源局牵头，市水利局、各县（市、区）政府按职责分工负责", ">市自然资源局 / 市水利局 / 各县（市、区）政府"},
      {"市财政局、市市场监管局、人民银行云川市中心支行按职责分工负责",
       "市财政局 / 市市场监管局 / 人民银行云川市中心支行"},
      {"（财政部、税务总局牵头，各地区按职责分工负责）", ">财政部 / >税务总局 / 各地区"},
      {"由市教育局负责", "市教育局"},
      {"教育部会同财政部、有关部门负责", ">教育部 / <财政部"},
      {"县教育局和县财政局", "县教育局 / 县财政局"},
      {"县自然资源和规划局、区自然资源与生态环境局", "县自然资源和规划局 / 区自然资源与生态环境局"},
      {"区智慧岛服务管理中心（区数字办）、区财政局", "区智慧岛服务管理中心（区数字办） / 区财政局"},
      {"县河长办\n县水利局", "县河长办 / 县水利局"},
      {"县 教育局", "县教育局"},
      {"牵头单位：市财政局；配合单位：市税务局、市商务局", ">市财政局 / <市税务局 / <市商务局"},
      {"区行政审批局（牵头）、区财政局（配合）、区税务局", ">区行政审批局 / <区财政局 / 区税务局"},
      {"市直有关部门、各镇（街道）", "市直有关部门 / 各镇（街道）"},
      {"市财政局牵头，市高等学校工委配合", ">市财政局 / <市高等学校工委"},
      {"A集团", "A集团"},
  };
  for (size_t i = 0; i < CN_COUNT(cases); i++)
    CHECK_TEXT(read_cell(CN_FIELD_UNIT, "责任单位", cases[i][0]), cases[i][1],
               "a body is lost, split or has the wrong duty");
  CHECK_TEXT(read_cell(CN_FIELD_LEAD, "牵头单位", "区住房和建设局"), ">区住房和建设局",
             "the lead column's duty is lost");
  CHECK_TEXT(read_cell(CN_FIELD_SUPERVISOR, "责任领导", "孟　超 曹玉梅"), "^*孟超 / ^*曹玉梅",
             "a supervising leader is no person");
  CHECK_TEXT(read_cell(CN_FIELD_SUPPORT, "配合单位", "区公安分局\n区自然资源局"), "<区公安分局 / <区自然资源局",
             "a supporting body is lost");
}

static void on_failure(void *self, const cn_rule_failure *f) {
  (void)self;
  CHECK_TEXT(f->got, cn_arena_string(&arena, f->expected), cn_arena_string(&arena, f->example));
}

/* Every line of rules/bodies.tsv. */
static void test_rules(const cn_rules *rules) {
  cn_rules_report report = {NULL, on_failure};
  CHECK(cn_rules_check(&arena, rules, CN_RULES_BODIES, &report) > 200, "words of bodies have examples");
}

static void test_regions(void) {
  cn_view code, shandong[] = {CN_VIEW("2020年16市重点任务公开承诺事项")},
                yunyang[] = {CN_VIEW("云阳市2022年县（区）重点任务")},
                hangzhou[] = {CN_VIEW("杭州市2022年各区重点任务")};
  CHECK(cn_region_code(CN_VIEW("济南市"), shandong, 1, &code) == CN_REGION_FOUND && cn_view_is(code, "370100"),
        "济南市 is 370100");
  CHECK(cn_region_code(CN_VIEW("滨江区"), yunyang, 1, &code) == CN_REGION_UNKNOWN,
        "a 滨江区 elsewhere is not Hangzhou's");
  CHECK(cn_region_code(CN_VIEW("滨江区"), hangzhou, 1, &code) == CN_REGION_FOUND && cn_view_is(code, "330108"),
        "Hangzhou's 滨江区 is 330108");
  CHECK(cn_region_code(CN_VIEW("鼓楼区"), shandong, 1, &code) == CN_REGION_AMBIGUOUS, "鼓楼区 alone is ambiguous");
  CHECK(cn_region_code(CN_VIEW("柳河镇"), shandong, 1, &code) == CN_REGION_UNKNOWN, "a town has no code");
}

int main(void) {
  cn_trap trap = {.limit = 0};
  cn_rules *rules;
  cn_view error;
  if (setjmp(trap.env)) return 4;
  cn_arena_init(&arena, &trap);
  if (cn_rules_open(&arena, NULL, &rules, &error) != CN_OK) return 3;
  people = cn_people_rules_new(&arena, rules);
  test_people();
  test_bodies();
  test_rules(rules);
  test_regions();
  cn_arena_free(&arena);
  return check_done();
}
