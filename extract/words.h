/* Words: the segmenter's vocabulary (headers.tsv, structure.tsv, head.tsv) and small questions about text.
 *
 * In:  folded text.  Out: answers; what is built lives in the caller's arena. No state.
 * "Folded" is width-folded (cn_fold): １． is 1. there, （ ） ： stay. "Compact" is folded without any white space. */
#ifndef CN_EXTRACT_WORDS_H
#define CN_EXTRACT_WORDS_H

#include "core/fold.h"
#include "core/record.h"
#include "core/rules.h"

typedef enum cn_word {
  CN_WORD_TITLE_END, /* 通知 清单 */
  CN_WORD_NO_TASK,   /* 保障措施 工作要求: sections that hold no tasks unless somebody is named */
  CN_WORD_STOP,      /* 此件公开发布 附件 名词解释: lines that end what stood above */
  CN_WORD_TOTAL,     /* 合计 */
  CN_WORD_NOTE,      /* 注： */
  CN_WORD_ROWLESS,   /* 办法 条例: a title's ending that says that this is no task list */
  CN_WORD_OWNER,     /* 负责 牵头 */
  CN_WORD_DUE,       /* 底 季度 长期 */
  CN_WORD_REGION,    /* 市 县 街道 */
  CN_WORD_BODY,      /* 局 委 办 */
  CN_WORD_NO_REGION, /* 强市 社区: endings that look like a region's and are none */
  CN_WORD_COUNT
} cn_word;

typedef struct cn_words {
  const cn_table *headers, *head;
  const cn_view *words[CN_WORD_COUNT];
  size_t counts[CN_WORD_COUNT];
} cn_words;

cn_words *cn_words_new(cn_arena *arena, const cn_rules *rules);
bool cn_word_begins(const cn_words *words, cn_word set, cn_view text);
/* Bytes of the longest word of the set that the text ends with; 0 for none. */
size_t cn_word_ends(const cn_words *words, cn_word set, cn_view text);
bool cn_word_in(const cn_words *words, cn_word set, cn_view text);

/* What a column header stands for: by the whole word, its longest ending, its longest beginning (brackets left out), or
 * CN_FIELD_NONE. *exact: the whole word is in the table. */
cn_field cn_header_field(const cn_words *words, cn_view compact, bool *exact);

/* Folded, without white space. */
cn_view cn_compact(cn_arena *arena, cn_view text);
/* One line: the breaks inside go, a blank stands for them only between two words of Latin letters or digits. */
cn_view cn_join_lines(cn_arena *arena, cn_view text);
/* A name without letter spacing: 济　南　市 is 济南市, 周　敏 is 周敏; other blanks stay. */
cn_view cn_join_name(cn_arena *arena, cn_view text);
/* 济南市 is a region, 市财政局 an organization; NONE for what is neither. `name` compact. */
cn_block_kind cn_name_kind(const cn_words *words, cn_view name);
/* Every member of a list (、 ， or blanks between) ends as bodies do: 市发展改革委、市财政局等部门. */
bool cn_is_body_list(const cn_words *words, cn_view folded);
/* A term: 6月底前, 长期坚持, “十四五”末. */
bool cn_is_due(const cn_words *words, cn_view folded);

/* Byte offset of the bracket that opens the one ending just before `end`, or SIZE_MAX; looks back at most 3 KB. */
size_t cn_bracket_open(cn_view folded, size_t begin, size_t end);
/* Byte offset behind the bracket that closes the one at `at`, or SIZE_MAX; looks ahead at most 3 KB. */
size_t cn_bracket_close(cn_view folded, size_t at, size_t end);
bool cn_at(cn_view text, size_t at, const char *word);
/* Trims from the end of [begin, *end) and from its start any of the code points in `set` and white space. */
cn_view cn_strip(cn_view text, const char *set);
size_t cn_skip_blank(cn_view text, size_t at);

#endif
