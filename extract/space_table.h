/* space_table: tables whose columns are held apart by blanks, as people type them and `pdftotext -layout` prints them.
 *
 * In:  lines.  Out: rows of cells. The parts: space_line.c cuts lines into words and knows page furniture;
 * space_header.c finds the header, space_levels.c its second line;
 * space_assign.c puts words into columns; space_rows.c puts lines into rows;
 * layout_spaces.c leads. Columns are counted twice, in characters (so pdftotext aligns) and in display columns (so
 * people do). */
#ifndef CN_EXTRACT_SPACE_TABLE_H
#define CN_EXTRACT_SPACE_TABLE_H

#include "extract/cell_fit.h"
#include "extract/grid_row.h"
#include "extract/wrap.h"

enum { CN_SPACE_COLUMNS = 20, CN_SPACE_WORDS = 96 };

typedef enum cn_metric { CN_METRIC_POINTS, CN_METRIC_COLUMNS, CN_METRICS } cn_metric;

/* What stands between two blanks. */
typedef struct cn_space_word {
  cn_view text;
  uint32_t begin[CN_METRICS], end[CN_METRICS];
  uint32_t gap;          /* display columns of blanks ahead of it; a single U+3000 counts one */
  uint8_t column;        /* where space_assign.c has put it */
  const cn_looks *looks; /* of the words from here to the next wide gap, once somebody has asked */
} cn_space_word;

typedef enum cn_space_kind {
  CN_SPACE_BLANK,
  CN_SPACE_TEXT,   /* runs across columns: a title, a contact line, prose */
  CN_SPACE_CELLS,  /* words in columns */
  CN_SPACE_DROPPED /* page number, running head, repeated header */
} cn_space_kind;

typedef struct cn_space_header cn_space_header;

typedef struct cn_space_line {
  cn_line line;
  cn_space_kind kind;
  bool page; /* a form feed stands ahead of it */
  cn_space_word *words;
  size_t count;
  cn_looks *looks;               /* of words [from, to), at from * (count + 1) + to, once somebody has asked */
  cn_looks *chunk_looks;         /* the same of chunks, words with less than a wide gap between them */
  int64_t serial;                /* in the serial column, or CN_NONE */
  bool headless;                 /* no header stands here: somebody has looked */
  const cn_space_header *header; /* the table's header stands here once more: columns may stand elsewhere now */
} cn_space_line;

typedef struct cn_space_column {
  cn_view title;
  cn_field field;
  uint32_t begin[CN_METRICS], end[CN_METRICS]; /* of the header's word */
  int32_t at;                                  /* where its cells begin, in the chosen metric */
  uint32_t width, full; /* display columns: of the widest cell; of most lines that the width has cut */
} cn_space_column;

struct cn_space_header {
  size_t first, last;         /* its lines */
  size_t count, serial, task; /* columns; SIZE_MAX: none */
  cn_metric metric;
  bool aligned; /* columns are held apart by more than one blank somewhere */
  cn_space_column columns[CN_SPACE_COLUMNS];
};

typedef struct cn_space {
  cn_document *document;
  const cn_words *words;
  cn_flow *flow;
  cn_space_line *lines;
  size_t count;
  bool spaced; /* a blank between each digit and ideograph, as PDF writers leave it: 12 月底 */
  bool paged;  /* a form feed stands somewhere: a printer's or PDF's text */
} cn_space;

/* Cuts the lines into words and marks page numbers and running heads. */
void cn_space_cut(cn_space *space, cn_lines lines);
/* Whether a header stands at line `at` (it may reach one line up or down). */
bool cn_space_find_header(const cn_space *space, size_t at, cn_space_header *header);
/* Takes the words that stand under one of the header's into it: 牵头单位 and 配合单位 under 责任单位. */
void cn_space_levels(const cn_space *space, cn_space_header *header);
bool cn_space_same_header(const cn_space_header *a, const cn_space_header *b);
/* Puts the words of lines [from, to) into columns, and says of each line what it is. */
void cn_space_assign(cn_space *space, cn_space_header *header, size_t from, size_t to);
/* Adds the rows and texts of lines [from, to) to the flow. */
void cn_space_rows(cn_space *space, const cn_space_header *header, size_t from, size_t to);
/* Adds lines [from, to) as prose: wrapped lines joined, over the end of a page too, head fields told. */
void cn_space_prose(cn_space *space, size_t from, size_t to);
/* The text without the blanks that a PDF has put between digits and ideographs, if it has. */
cn_view cn_space_clean(const cn_space *space, cn_view text);

#endif
