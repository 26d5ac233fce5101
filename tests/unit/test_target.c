/* Targets: the grammar on sentences of every kind, the tables' own examples, and what must hold for any text. */
#define CN_OWNER
#include "check.h"
#include "core/utf8.h"
#include "normalize/describe.h"
#include "normalize/rules_check.h"
#include "normalize/target.h"

static cn_arena arena, scratch;
static cn_buf buf;
static const cn_target_rules *stage;

static cn_status swallow(void *self, const cn_event *event) {
  int *counts = self;
  if (event->type == CN_EVENT_DIAGNOSTIC && counts) {
    for (int d = 0; d < CN_DIAG_COUNT; d++)
      if (cn_view_is(event->diagnostic->code, cn_diag_table[d].code)) counts[d]++;
  }
  return CN_OK;
}
static cn_status swallow_end(void *self) {
  (void)self;
  return CN_OK;
}

static cn_target_result run(cn_view text, int *diagnostics) {
  cn_folded *task = cn_arena_alloc(&scratch, sizeof *task);
  *task = cn_fold(&scratch, text);
  cn_sink sink = {diagnostics, swallow, swallow_end};
  cn_place place = {.line = CN_NONE, .column = CN_NONE, .no = CN_NONE};
  cn_target_result result;
  CHECK(cn_targets_find(&scratch, stage, task, (cn_span_list){0}, true, &sink, place, &result) == CN_OK,
        "a task can be read");
  return result;
}

/* What one sentence of each construction gives; docs/targets.md has more, and runs them too. */
static const char *const sentences[][2] = {
    {"金融业增加值增长10%左右", "10%左右 | 金融业增加值 | 增长 | increase | approx 10 %"},
    {"新增1家国家5A级物流企业", "1家 | 国家5A级物流企业 | 新增 | output | eq 1 1"},
    {"1006个贫困村全部达标", "1006个 | 贫困村 | 达标 | output | eq 1006 1"},
    {"全市90%的依申请政务服务事项实现“一网通办”", "90% | 依申请政务服务事项 | 实现 | level | eq 90 %"},
    {"森林覆盖率由78%提高到82%以上", "82%以上 | 森林覆盖率 | 提高 | level | ge 82 %"},
    {"落实“四个意识”，深化“双招双引”", "-"},
    {"按照《三年行动计划（新增50家）》推进", "-"},
    {"已建成绿道20公里", "-"},
    {"培育50亿级、百亿级企业", "-"},
    {"打造一支高素质队伍", "-"},
    {"固定資產投資增長10%以上", "10%以上 | 固定資產投資 | 增長 | increase | ge 10 %"},
    {"顯著提高森林覆蓋率2個百分點", "2個百分點 | 森林覆蓋率 | 提高 | increase | eq 2 pp"},
};

static void check_sentences(void) {
  for (size_t i = 0; i < CN_COUNT(sentences); i++) {
    cn_target_result r = run(cn_view_of(sentences[i][0]), NULL);
    cn_buf_reset(&buf);
    cn_targets_describe(&buf, r.targets);
    if (!CHECK_TEXT(cn_buf_view(&buf), sentences[i][1], "a sentence is read as its reader means it"))
      printf("  in   %s\n", sentences[i][0]);
    cn_arena_reset(&scratch);
  }
}

static void on_failure(void *self, const cn_rule_failure *f) {
  (void)self;
  char want[2048];
  snprintf(want, sizeof want, "%.*s", (int)f->expected.n, f->expected.p);
  if (!CHECK_TEXT(f->got, want, "a rule's own example gives what the rule says"))
    printf("  rule %.*s line %u: %.*s\n", (int)cn_rule_key(f->rule).n, cn_rule_key(f->rule).p, f->rule->line,
           (int)f->example.n, f->example.p);
}

static void check_tables(const cn_rules *rules) {
  cn_rules_report report = {NULL, on_failure};
  CHECK(cn_rules_check(&arena, rules, CN_RULES_ACTIONS, &report) > 500, "verbs have examples");
  CHECK(cn_rules_check(&arena, rules, CN_RULES_WORDS, &report) > 500, "words have examples");
}

/* Bytes of code points [start, end). */
static cn_view points(cn_view text, int64_t start, int64_t end) {
  size_t at = 0;
  int64_t n = 0;
  for (; at < text.n && n < start; n++) at += cn_utf8_len((unsigned char)text.p[at]);
  size_t begin = at;
  for (; at < text.n && n < end; n++) at += cn_utf8_len((unsigned char)text.p[at]);
  return cn_view_slice(text, begin, at);
}

static void check_spans(cn_view text) {
  cn_target_result r = run(text, NULL);
  int64_t last = 0;
  for (size_t i = 0; i < r.targets.n; i++) {
    const cn_target *t = &r.targets.items[i];
    CHECK(cn_view_equal(points(text, t->start, t->end), t->text), "start and end are where text stands in the task");
    CHECK(t->start >= last, "targets come in order of appearance");
    last = t->start;
    CHECK(t->metric.p == NULL || (t->metric.p >= text.p && t->metric.p + t->metric.n <= text.p + text.n),
          "a metric is a piece of the task");
    CHECK(t->action.p == NULL || (t->action.p >= text.p && t->action.p + t->action.n <= text.p + text.n),
          "an action is a piece of the task");
    CHECK(t->change != CN_CHANGE_NONE && t->relation != CN_RELATION_NONE, "change and relation are always said");
    for (size_t k = 0; k < t->where.n; k++)
      CHECK(cn_view_equal(points(text, t->where.items[k].start, t->where.items[k].end), t->where.items[k].text),
            "a condition's start and end are where its text stands");
  }
  for (size_t i = 0; i < r.mentions.n; i++)
    CHECK(cn_view_equal(points(text, r.mentions.items[i].start, r.mentions.items[i].end), r.mentions.items[i].text),
          "a mention's start and end are where its text stands");
  cn_arena_reset(&scratch);
}

static cn_view widen(cn_view text) {
  cn_buf_reset(&buf);
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.p[i];
    char wide[4];
    if (c > ' ' && c < 0x7F && c != '"')
      cn_buf_add(&buf, wide, cn_utf8_put(wide, 0xFF00u + c - 0x20));
    else
      cn_buf_add_char(&buf, (char)c);
  }
  return cn_arena_copy(&scratch, cn_buf_view(&buf));
}

static void check_width(cn_view text) {
  cn_target_result narrow = run(text, NULL);
  cn_view wide = widen(text);
  cn_target_result r = run(wide, NULL);
  if (!CHECK_INT(r.targets.n, narrow.targets.n, "full-width figures give as many targets"))
    printf("  in   %.*s\n", (int)text.n, text.p);
  for (size_t i = 0; i < r.targets.n && i < narrow.targets.n; i++) {
    const cn_target *a = &narrow.targets.items[i], *b = &r.targets.items[i];
    CHECK(a->start == b->start && a->end == b->end, "full-width figures leave positions alone");
    CHECK(a->relation == b->relation && a->change == b->change && a->where.n == b->where.n &&
              a->value.known == b->value.known && (!a->value.known || cn_decimal_compare(a->value, b->value) == 0),
          "full-width figures give the same answer");
  }
  cn_arena_reset(&scratch);
}

static const char *const texts[] = {
    "新增营业收入过50亿元企业2家、过百亿元企业1家，PM2.5平均浓度控制在35微克/立方米以内。",
    "新建公厕30座（其中旧城区7座，景区旅游公厕20座）、停车场12个；惠及群众3.2万人。",
    "推动306个5亿元以上重点签约项目落地开工，招引总投资10亿元以上项目260个，其中100亿元以上项目不少于12个。",
    "受污染耕地、重点地块安全利用率分别达到93%以上和100%，一般公共预算收入完成28.6亿元，增长7%。",
    "为1.8万名以上残疾儿童提供康复救助，60岁以上老年人免费体检6000人次，90%的事项实现“一网通办”。",
    "（（（新增5家）、（3个）《10个》“新增6家” \"增长7%\" 由60家增至150家，从28件提高到70件。",
};

static void check_properties(void) {
  for (size_t i = 0; i < CN_COUNT(texts); i++) {
    cn_view text = cn_view_of(texts[i]);
    check_spans(text);
    check_spans(widen(text));
    check_width(text);
    for (size_t n = 0; n < text.n; n += 7) { /* cut anywhere between characters: whatever is left is read, too */
      size_t end = n;
      while (end < text.n && ((unsigned char)text.p[end] & 0xC0) == 0x80) end++;
      check_spans(cn_view_slice(text, 0, end));
      check_spans(cn_view_slice(text, end, text.n));
    }
  }
}

static void check_quoted(void) {
  cn_target_result r = run(CN_VIEW("落实《关于新增100家企业的意见》，打响“新增50家”品牌，新增企业20家"), NULL);
  CHECK_INT(r.targets.n, 1, "numbers inside 《》 and “” are no targets");
  CHECK_INT(r.mentions.n, 2, "numbers inside 《》 and “” are mentions");
  for (size_t i = 0; i < r.mentions.n; i++)
    CHECK(r.mentions.items[i].role == CN_ROLE_NAME, "a number inside a name has the role of a name");
  cn_arena_reset(&scratch);
}

static void check_diagnostics(void) {
  int counts[CN_DIAG_COUNT] = {0};
  run(CN_VIEW("达标率不低于90%以上，新增不低于5家以下企业"), counts);
  CHECK_INT(counts[CN_DIAG_COMPARISON_DOUBLE], 1, "不低于90%以上 is reported");
  CHECK_INT(counts[CN_DIAG_COMPARISON_CONTRADICTS], 1, "不低于5家以下 is reported");
  cn_arena_reset(&scratch);
}

/* Read once, in one pass: the test's time limit is what catches anything worse. */
static void check_long(void) {
  static const char *const parts[] = {"1",        "万亿", "（",     "、",       "5家、", "5亿元以上的",
                                      "分别5%、", "由5%", "为在向", "新增建设", "“《"};
  for (size_t i = 0; i < CN_COUNT(parts); i++) {
    cn_buf_reset(&buf);
    while (buf.n < 1u << 18) cn_buf_add_string(&buf, parts[i]);
    cn_view text = cn_arena_copy(&scratch, cn_buf_view(&buf));
    cn_target_result r = run(text, NULL);
    CHECK(r.targets.n <= text.n, "a very long task is read to its end");
    cn_arena_reset(&scratch);
  }
}

int main(void) {
  cn_trap trap = {.limit = 0};
  if (setjmp(trap.env)) return 4;
  cn_arena_init(&arena, &trap);
  cn_arena_init(&scratch, &trap);
  cn_buf_init(&buf, &trap);
  cn_rules *rules;
  cn_view error;
  if (cn_rules_open(&arena, NULL, &rules, &error) != CN_OK) return 3;
  stage = cn_target_rules_new(&arena, rules, cn_quantity_rules_new(&arena, rules));
  check_sentences();
  check_tables(rules);
  check_properties();
  check_quoted();
  check_diagnostics();
  check_long();
  cn_buf_free(&buf);
  cn_arena_free(&scratch);
  cn_arena_free(&arena);
  return check_done();
}
