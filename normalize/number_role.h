/* What a number is, by its own form and what stands around it. Internal to quantity.c.
 *
 * In:  folded text and an amount in it.  Out: a role (NONE: an amount that may be a target), and how far a name
 * reaches. */
#ifndef CN_NORMALIZE_NUMBER_ROLE_H
#define CN_NORMALIZE_NUMBER_ROLE_H

#include "normalize/amount.h"

/* `compared`: a comparison word touches it; `counted`: a count word that the table does not have was found behind it.
 */
cn_role cn_number_role(const cn_quantity_rules *rules, cn_view text, const cn_amount *a, bool compared, bool counted);
/* A count word that the table does not have: 新增石碾300砣. */
bool cn_number_unknown_unit(const cn_quantity_rules *rules, cn_view text, const cn_amount *a, cn_span *span);
/* 一村一品: the whole of it. */
bool cn_number_couplet(cn_view text, const cn_amount *a, cn_span *at);
/* The whole of a name made of letters, digits and signs: 5G, G220, 7×24. */
cn_span cn_number_whole_code(cn_view text, cn_span at);

#endif
