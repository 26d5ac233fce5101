/* Ordinals: the number of a list's item as the page shows it. In: a style and a number.  Out: 3, 三, （叁）'s 叁, ③, c,
 * iii. */
#ifndef CN_EXTRACT_ORDINAL_H
#define CN_EXTRACT_ORDINAL_H

#include "core/view.h"

typedef enum cn_ordinal {
  CN_ORDINAL_NONE, /* bullets */
  CN_ORDINAL_DECIMAL,
  CN_ORDINAL_PADDED,    /* 03 */
  CN_ORDINAL_WIDE,      /* ３ */
  CN_ORDINAL_CHINESE,   /* 三, 十二, 一百零三 */
  CN_ORDINAL_LEGAL,     /* 叁, 壹拾贰 */
  CN_ORDINAL_DIGITS,    /* 一二, digit by digit */
  CN_ORDINAL_CIRCLED,   /* ③; ㉑ above 20 */
  CN_ORDINAL_BRACKETED, /* ⑶ */
  CN_ORDINAL_LOWER,
  CN_ORDINAL_UPPER,
  CN_ORDINAL_LOWER_ROMAN,
  CN_ORDINAL_UPPER_ROMAN,
} cn_ordinal;

enum { CN_ORDINAL_ROOM = 64 };

/* Writes the number to out (CN_ORDINAL_ROOM bytes) and returns how many bytes. What the style cannot say is decimal. */
size_t cn_ordinal_write(char *out, cn_ordinal style, int64_t number);
/* Of Word's numFmt (chineseCountingThousand) or ODF's and CSS's number formats (一, 二, 三, ...; a; i). */
cn_ordinal cn_ordinal_of(cn_view name);

#endif
