/* What is set off as a title or a slogan: 《…》 and “…”. Numbers in there belong to a name.
 *
 * In:  folded text.  Out: spans in order, not overlapping (the outermost of nested ones), in the caller's arena. */
#ifndef CN_NORMALIZE_QUOTED_H
#define CN_NORMALIZE_QUOTED_H

#include "normalize/quantity.h"

cn_span_list cn_quoted_find(cn_arena *arena, cn_view text);

#endif
