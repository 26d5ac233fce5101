/* Labelled records: 序号：1 / 承诺事项：… / 完成时间：… / 责任人：…, again and again, are a table written downwards. */
#ifndef CN_EXTRACT_LABEL_TABLE_H
#define CN_EXTRACT_LABEL_TABLE_H

#include "extract/flow.h"
#include "extract/words.h"

/* A flow in which each run of such records is a table with the labels as its header; `flow` itself where there are
 * none. Records below a numbered heading of their own (1.推进… / 责任单位：…) are the outline's and stay as they are.
 */
const cn_flow *cn_label_tables(cn_arena *arena, const cn_words *words, const cn_flow *flow);

#endif
