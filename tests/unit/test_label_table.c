/* Labelled records to tables: what runs of 承诺事项：… 完成时间：… become, and what they must not become. */
#include "check.h"
#include "extract/label_table.h"
#include "flow_text.h"

static cn_arena arena, rules_arena;
static const cn_rules *rules;

/* The flow of a page of paragraphs, one for each string. */
static cn_view tables_of(const char *const *paragraphs) {
  cn_flow flow = {0};
  for (uint32_t line = 1; *paragraphs; paragraphs++)
    cn_flow_add(&arena, &flow, CN_ELEMENT_PARAGRAPH, line++)->text = cn_view_of(*paragraphs);
  const cn_flow *got = cn_label_tables(&arena, cn_words_new(&arena, rules), &flow);
  cn_buf out;
  cn_buf_init(&out, arena.trap);
  for (size_t i = 0; i < got->count; i++) put_element(&out, &got->items[i], false);
  cn_view text = cn_arena_copy(&arena, cn_buf_view(&out));
  cn_buf_free(&out);
  return text;
}

#define TABLES(...) tables_of((const char *const[]){__VA_ARGS__, NULL})

static void test_records(void) {
  CHECK_TEXT(TABLES("市水利局", "序号：1", "承诺事项：甲", "责任人：王磊", "序号：2", "承诺事项：乙", "责任人：林芳",
                    "联系人：张三"),
             "P 市水利局\nT \nR #序号|#承诺事项|#责任人\nR 1|甲|王磊\nR 2|乙|林芳\nE \nP 联系人：张三\n",
             "records are rows, a contact line is none");
  CHECK_TEXT(TABLES("承诺事项：甲", "完成时间：年底　责任人：王磊", "承诺事项：乙", "责任人：林芳"),
             "T \nR #承诺事项|#完成时间|#责任人\nR 甲|年底|王磊\nR 乙||林芳\nE \n",
             "two labels on a line, and a label left out");
  CHECK_TEXT(TABLES("承 诺 事 项：甲\n责任人：王磊", "承诺事项：乙\n责任人：林芳"),
             "T \nR #承诺事项|#责任人\nR 甲|王磊\nR 乙|林芳\nE \n", "a record in one paragraph");
}

static void test_others(void) {
  CHECK_TEXT(TABLES("1.推进甲", "工作任务：子", "责任单位：丑", "2.推进乙", "工作任务：寅", "责任单位：卯"),
             "P 1.推进甲\nP 工作任务：子\nP 责任单位：丑\nP 2.推进乙\nP 工作任务：寅\nP 责任单位：卯\n",
             "labels below numbered headings stay");
  CHECK_TEXT(TABLES("责任单位：丑", "责任单位：卯", "责任单位：巳"), "P 责任单位：丑\nP 责任单位：卯\nP 责任单位：巳\n",
             "owners without tasks are no records");
  CHECK_TEXT(TABLES("承诺事项：甲", "责任人：王磊"), "P 承诺事项：甲\nP 责任人：王磊\n", "one record is no table");
}

int main(void) {
  cn_trap trap = {.limit = 0};
  if (setjmp(trap.env)) return 2;
  cn_arena_init(&arena, &trap);
  cn_arena_init(&rules_arena, &trap);
  cn_rules *built_in;
  cn_view error;
  if (cn_rules_open(&rules_arena, NULL, &built_in, &error) != CN_OK) return 2;
  rules = built_in;
  test_records();
  test_others();
  cn_arena_free(&arena);
  cn_arena_free(&rules_arena);
  return check_done();
}
