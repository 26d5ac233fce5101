/* Every line of headers.tsv and structure.tsv, run through the questions the segmenter asks. */
#include "check.h"
#include "extract/words.h"
#include "extract/words_check.h"

static void failed(void *self, const cn_rule *rule, cn_view got) {
  (void)self;
  printf("line %u: %.*s gives %.*s\n", rule->line, (int)rule->fields[0].n, rule->fields[0].p, (int)got.n, got.p);
  CHECK(false, "a rule's example comes out as its line says");
}

static void check_fields(cn_arena *arena, const cn_rules *rules) {
  static const struct {
    const char *header;
    cn_field field;
  } cases[] = {
      {"责 任 人", CN_FIELD_PERSON},         {"2021年完成时限", CN_FIELD_DEADLINE}, {"完成时限要求", CN_FIELD_DEADLINE},
      {"市级责任领导", CN_FIELD_SUPERVISOR}, {"重点承诺内容", CN_FIELD_TASK},       {"投资额（亿元）", CN_FIELD_NONE},
      {"责任单位及责任人", CN_FIELD_OWNER},  {"区级牵头部门", CN_FIELD_LEAD},       {"分值", CN_FIELD_NONE},
      {"建设内容（含规模）", CN_FIELD_TASK}, {"联系人及电话", CN_FIELD_CONTACT},    {"备　注", CN_FIELD_REMARK}};
  const cn_words *words = cn_words_new(arena, rules);
  bool exact;
  for (size_t i = 0; i < CN_COUNT(cases); i++)
    CHECK_INT(cn_header_field(words, cn_compact(arena, cn_view_of(cases[i].header)), &exact), cases[i].field,
              cases[i].header);
}

static void check_kinds(cn_arena *arena, const cn_rules *rules) {
  static const struct {
    const char *name;
    cn_block_kind kind;
  } cases[] = {{"青山县", CN_BLOCK_KIND_REGION},
               {"城关街道", CN_BLOCK_KIND_REGION},
               {"县教育局", CN_BLOCK_KIND_ORGANIZATION},
               {"高新区管委会", CN_BLOCK_KIND_ORGANIZATION},
               {"柳河镇人民政府", CN_BLOCK_KIND_ORGANIZATION},
               {"工业强市", CN_BLOCK_KIND_NONE},
               {"县数据局（县政务办）", CN_BLOCK_KIND_ORGANIZATION},
               {"扩大有效投资", CN_BLOCK_KIND_NONE},
               {"美丽乡村", CN_BLOCK_KIND_NONE}};
  const cn_words *words = cn_words_new(arena, rules);
  for (size_t i = 0; i < CN_COUNT(cases); i++)
    CHECK_INT(cn_name_kind(words, cn_view_of(cases[i].name)), cases[i].kind, cases[i].name);
}

int main(void) {
  cn_trap trap = {.limit = 0};
  cn_arena arena;
  cn_rules *rules;
  cn_view error;
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  if (!CHECK(cn_rules_open(&arena, NULL, &rules, &error) == CN_OK, "the built-in rules open")) return check_done();
  CHECK(cn_words_check(&arena, rules, CN_RULES_HEADERS, failed, NULL) > 300, "headers have examples");
  CHECK(cn_words_check(&arena, rules, CN_RULES_STRUCTURE, failed, NULL) > 250, "structure words have examples");
  check_fields(&arena, rules);
  check_kinds(&arena, rules);
  cn_arena_free(&arena);
  return check_done();
}
