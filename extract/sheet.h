/* A sheet: cells by row and column, as XLSX and ODS hold them. In: filled cells and merged ranges.  Out: title lines as
 * paragraphs, one table, closing lines as paragraphs, told to the builder. Owns nothing: the arena does. */
#ifndef CN_EXTRACT_SHEET_H
#define CN_EXTRACT_SHEET_H

#include "extract/build.h"

typedef struct cn_sheet_cell {
  uint32_t row, column;
  uint32_t rows, columns; /* what it covers; 1, 1 where not merged */
  bool centered;
  cn_view text;
} cn_sheet_cell;

typedef struct cn_sheet {
  cn_view name;
  cn_sheet_cell *cells; /* in the order of rows; within a row in the order of columns */
  size_t count, capacity;
} cn_sheet;

/* Adds a cell with text. Empty texts are not kept. */
void cn_sheet_put(cn_arena *arena, cn_sheet *sheet, cn_sheet_cell cell);
/* A merged range, 0-based and inclusive; after all cells have been put. */
void cn_sheet_merge(cn_sheet *sheet, uint32_t row, uint32_t column, uint32_t last_row, uint32_t last_column);
/* Tells the builder. `named`: the sheet's name is a heading (there are several sheets and it is no default name). */
void cn_sheet_build(cn_sheet *sheet, cn_build *build, bool named);

#endif
