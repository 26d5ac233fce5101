/* Labels: 责任单位：区教育局；完成时限：9月底, in any order, with or without separators between them.
 *
 * In:  folded prose.  Out: labels, and what they say as cells and extras of a cn_owned. */
#ifndef CN_EXTRACT_LABELS_H
#define CN_EXTRACT_LABELS_H

#include "extract/owners.h"

/* A label and where its value begins: 责任单位： */
typedef struct cn_label {
  cn_field field;
  size_t begin, end, value; /* of the word; value is behind the colon */
  bool line_start;
} cn_label;

/* The label whose colon stands at `colon`, not reaching back before `begin`; false where the words before it are none.
 */
bool cn_label_before(const cn_words *words, cn_view folded, size_t begin, size_t colon, cn_label *label);
/* The label that the text begins with at `at` (blanks allowed); false where there is none. */
bool cn_label_at(const cn_words *words, cn_view folded, size_t at, size_t end, cn_label *label);
/* Reads the labels of [begin, end): cells, extras, and the task's bounds in `owned`. False where there are none. */
bool cn_labels_read(const cn_words *words, const cn_folded *f, size_t begin, size_t end, cn_owned *owned);
void cn_owned_add(cn_owned *owned, cn_field field, cn_view header, cn_view text);
/* Whether one of `count` words stands at byte `at`. */
bool cn_one_of(cn_view text, size_t at, const char *const *words, size_t count);

#endif
