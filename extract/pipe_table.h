/* pipe_table: tables drawn with | or │: Markdown's, pandoc's grids, those of databases and old reports.
 *
 * In:  lines.  Out: TABLE, ROW …, TABLE_END. Cells keep no Markdown marks. */
#ifndef CN_EXTRACT_PIPE_TABLE_H
#define CN_EXTRACT_PIPE_TABLE_H

#include "extract/lines.h"

/* A line of a rule: |---|:--:|, +---+---+, ├──┼──┤. */
bool cn_pipe_border(cn_view line);
/* Cells that the separators make of the line; 0 where it has none. */
size_t cn_pipe_count(cn_view line);
/* Whether a table begins at lines[at]: a line with separators at its ends, one above or below a rule,
 * or one of three with as many separators. */
bool cn_pipe_begins(cn_lines lines, size_t at);
/* Reads the table that begins there; returns the index behind it. */
size_t cn_pipe_table(cn_document *document, cn_flow *flow, cn_lines lines, size_t at);

#endif
