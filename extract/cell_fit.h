/* cell_fit: how well a text would do as a cell of a column. For layouts that have lost the table's lines and must tell
 * a deadline from a name by its looks. */
#ifndef CN_EXTRACT_CELL_FIT_H
#define CN_EXTRACT_CELL_FIT_H

#include "extract/words.h"

/* What a text looks like. */
typedef struct cn_looks {
  bool serial, due, body, person, phone, sentence, contact;
  bool section;    /* 二、学有优教: a heading's number and words */
  int32_t value;   /* of a serial */
  uint16_t points; /* at most UINT16_MAX */
} cn_looks;

cn_looks cn_looks_of(cn_arena *arena, const cn_rules *rules, const cn_words *words, cn_view text);
/* From -80 (cannot be) to 60 (certainly) for a column that stands for `field`; 0: says nothing. */
int cn_cell_fit(cn_looks looks, cn_field field);
/* Two to four ideographs, the first a surname; or several such, parted by blanks or 、. */
bool cn_looks_like_people(const cn_rules *rules, cn_view text);

#endif
