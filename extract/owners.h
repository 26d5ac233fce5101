/* Owners: who and when, as an item of prose says it: labels in any order, or brackets at its end.
 *
 * In:  a piece of folded prose.  Out: where its task ends, and raw cells for normalize.
 * 责任单位：区教育局；完成时限：9月底 · （市财政局牵头，市税务局配合，2021年12月底前完成） · 【责任人：李　刚】 */
#ifndef CN_EXTRACT_OWNERS_H
#define CN_EXTRACT_OWNERS_H

#include "extract/words.h"

enum { CN_OWNED_CELLS = 24 };

typedef struct cn_owned {
  size_t task_begin, task_end; /* bytes of the folded text */
  cn_cell cells[CN_OWNED_CELLS];
  size_t cell_count;
  cn_extra extras[CN_OWNED_CELLS];
  size_t extra_count;
  cn_view serial;                    /* value of a label 序号, or null */
  size_t contact_begin, contact_end; /* a passage with 联系人 or 联系电话; equal: none */
} cn_owned;

/* Reads [begin, end). False, with the whole piece as task, where nobody and no term is named. */
/* Owners inside the sentence, where neither label nor bracket names any: 由区民政局牵头，各街道办事处配合. The task
 * stays whole; false where no clause is nothing but bodies and what they do. */
bool cn_owned_in_sentence(cn_arena *arena, const cn_words *words, const cn_folded *f, cn_owned *owned);
bool cn_owned_read(cn_arena *arena, const cn_words *words, const cn_folded *f, size_t begin, size_t end,
                   cn_owned *owned);

#endif
