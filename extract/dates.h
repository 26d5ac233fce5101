/* Dates and years of a notice's head: written in full, in any of the usual ways.
 *
 * In:  folded text.  Out: dates. What a task's or a deadline's time expressions mean is normalize's. */
#ifndef CN_EXTRACT_DATES_H
#define CN_EXTRACT_DATES_H

#include "core/record.h"

/* The first date written in full at or after *at, which moves to it, *end behind it: 2021年4月12日,
 * 二〇二一年四月十二日, 2021-04-12, 2021/4/12, 民國110年4月12日. */
bool cn_date_find(cn_view folded, size_t *at, size_t *end, cn_date *date);
/* The first year of a text: 2021—2022年 is 2021, 民國110年 is 2021. CN_NONE: none. */
int64_t cn_year_find(cn_view folded);

#endif
