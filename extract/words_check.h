/* Checking the segmenter's rules: every line of headers.tsv and structure.tsv names an example and what it must be.
 *
 * In:  rules (built in or a user's).  Out: a call for each line whose example comes out as something else. The unit
 * tests and `chengnuo rules check` run this. */
#ifndef CN_EXTRACT_WORDS_CHECK_H
#define CN_EXTRACT_WORDS_CHECK_H

#include "core/rules.h"

typedef void cn_words_failure(void *self, const cn_rule *rule, cn_view got);

/* Checks every line of the table; gives how many examples were run, SIZE_MAX where the segmenter has no check for it.
 */
size_t cn_words_check(cn_arena *arena, const cn_rules *rules, cn_rule_set set, cn_words_failure *failed, void *self);

#endif
