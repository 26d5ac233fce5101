/* Numbers as a sheet shows them. In: a stored number (8.5000000000000007, 44196) and its format code.  Out: its
 * text: 8.5, 2020年12月31日, 35%. Exact: digits are rounded as digits, never through binary floating point. */
#ifndef CN_EXTRACT_SHEET_NUMBER_H
#define CN_EXTRACT_SHEET_NUMBER_H

#include "core/arena.h"

/* The format code of a built-in numFmtId, or "General". */
const char *cn_sheet_format(int64_t id);
/* `code`: yyyy"年"m"月"d"日", 0.0%, #,##0.00 … The value as stored where it is no number. */
cn_view cn_sheet_show(cn_arena *arena, cn_view value, cn_view code, bool from_1904);

#endif
