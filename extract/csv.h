/* csv: RFC 4180 records, and the ones that people really write.
 *
 * In:  lines and a separator.  Out: records, one call each. A field is quoted when a quote opens it and the closing one
 * stands before a separator or line end; any other quote is a character: "双随机"监管 keeps its quotes. */
#ifndef CN_EXTRACT_CSV_H
#define CN_EXTRACT_CSV_H

#include "extract/grid_row.h"

typedef struct cn_csv {
  cn_arena *arena;
  cn_lines lines;
  char separator;
  bool last;   /* nothing comes behind these lines: a quote that is still open is no quote */
  size_t next; /* index of the line where the next record begins */
  bool quoted; /* the record before had a quoted field */
} cn_csv;

typedef enum cn_csv_outcome { CN_CSV_RECORD, CN_CSV_END, CN_CSV_MORE } cn_csv_outcome;

/* Reads the next record into an empty `row`. CN_CSV_MORE: it is not complete, `next` stands at its first line. */
cn_csv_outcome cn_csv_read(cn_csv *csv, cn_grid_row *row);

#endif
