/* Regions: the GB/T 2260 code of a block's name.
 *
 * In:  a name (济南市) and what the notice says about where it is.  Out: a code, or none.
 * A prefecture or province is known by its name alone. A county needs its prefecture or province in the notice's own
 * words, because names repeat (鼓楼区 four times) and a 滨江区 in a notice of 云阳市 is not Hangzhou's. */
#ifndef CN_NORMALIZE_REGION_H
#define CN_NORMALIZE_REGION_H

#include "core/rules.h"

typedef enum cn_region_answer { CN_REGION_UNKNOWN, CN_REGION_FOUND, CN_REGION_AMBIGUOUS } cn_region_answer;

/* `context`: title, issuer and preface of the notice, in any order. *code points into the built-in table. */
cn_region_answer cn_region_code(cn_view name, const cn_view *context, size_t count, cn_view *code);

#endif
