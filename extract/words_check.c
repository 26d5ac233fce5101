/* Checking the segmenter's rules: see words_check.h. */
#include "extract/words_check.h"

#include "extract/words.h"

static cn_view check_header(cn_arena *arena, const cn_words *words, cn_view example) {
  bool exact;
  const char *name = cn_enum_name(&cn_field_names, (int)cn_header_field(words, cn_compact(arena, example), &exact));
  return cn_view_of(name ? name : "-");
}

/* The class in which the example falls, asked of the same questions that the parts of the segmenter ask. */
static bool falls_in(cn_arena *arena, const cn_words *words, cn_view class, cn_view example) {
  cn_view text = cn_compact(arena, example);
  if (cn_view_is(class, "title-end")) return cn_word_ends(words, CN_WORD_TITLE_END, text) > 0;
  if (cn_view_is(class, "rowless-title")) return cn_word_ends(words, CN_WORD_ROWLESS, text) > 0;
  if (cn_view_is(class, "no-task-section")) return cn_word_in(words, CN_WORD_NO_TASK, text);
  if (cn_view_is(class, "stop-line")) return cn_word_begins(words, CN_WORD_STOP, text);
  if (cn_view_is(class, "total")) return cn_word_begins(words, CN_WORD_TOTAL, text);
  if (cn_view_is(class, "note")) return cn_word_begins(words, CN_WORD_NOTE, text);
  if (cn_view_is(class, "owner")) return cn_word_in(words, CN_WORD_OWNER, text);
  if (cn_view_is(class, "due")) return cn_word_in(words, CN_WORD_DUE, text);
  if (cn_view_is(class, "region-end")) return cn_name_kind(words, text) == CN_BLOCK_KIND_REGION;
  if (cn_view_is(class, "body-end")) return cn_name_kind(words, text) == CN_BLOCK_KIND_ORGANIZATION;
  return cn_view_is(class, "no-region") && cn_name_kind(words, text) != CN_BLOCK_KIND_REGION;
}

size_t cn_words_check(cn_arena *arena, const cn_rules *rules, cn_rule_set set, cn_words_failure *failed, void *self) {
  if (set != CN_RULES_HEADERS && set != CN_RULES_STRUCTURE) return SIZE_MAX;
  const cn_words *words = cn_words_new(arena, rules);
  const cn_table *table = cn_rules_table(rules, set);
  int example = cn_table_column(table, "example"), expected = cn_table_column(table, "expected");
  for (size_t i = 0; i < cn_table_count(table); i++) {
    const cn_rule *rule = cn_table_at(table, i);
    cn_view want = rule->fields[expected], got = CN_VIEW("-");
    if (set == CN_RULES_HEADERS)
      got = check_header(arena, words, rule->fields[example]);
    else if (falls_in(arena, words, rule->fields[1], rule->fields[example]))
      got = rule->fields[1];
    if (!cn_view_equal(got, want)) failed(self, rule, got);
  }
  return cn_table_count(table);
}
