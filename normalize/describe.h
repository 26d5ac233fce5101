/* Targets in one line of text, for `expected` columns, documents and debugging.
 *
 * text | metric (inherited) | action | change | relation value code per rate | modality | where text of metric relation
 * … A part that is null is "-"; modality and where stand only where there are some; no target at all is "-". */
#ifndef CN_NORMALIZE_DESCRIBE_H
#define CN_NORMALIZE_DESCRIBE_H

#include "core/record.h"

void cn_target_describe(cn_buf *out, const cn_target *target);
/* Several are joined by " ; ". */
void cn_targets_describe(cn_buf *out, cn_target_list targets);

#endif
