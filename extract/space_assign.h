/* space_assign: what the files that put words into columns share. Private to them; see space_table.h. */
#ifndef CN_EXTRACT_SPACE_ASSIGN_H
#define CN_EXTRACT_SPACE_ASSIGN_H

#include "core/fold.h"
#include "extract/serial.h"
#include "extract/space_table.h"

/* Places on a line that are counted; how far off a place may cost more. */
enum { CN_SPACE_PLACES = 512, CN_SPACE_FAR = 14 };

typedef struct cn_assigner {
  cn_space *space;
  cn_space_header *h;
  size_t from, to;
  bool settled;                        /* columns' places are known; before, the header's words stand for them */
  bool local;                          /* they are those of the lines around */
  bool blind;                          /* looks do not count: where people align columns, places tell enough */
  bool counting;                       /* lines are gone through in order: a serial number is expected to go on */
  int64_t last;                        /* the serial number found last */
  uint32_t (*widths)[CN_SPACE_PLACES]; /* of each column's chunks, how many are how wide */
} cn_assigner;

/* Costs of one line's sharing; looks are asked for once for each run of words, whatever the column. */
typedef struct cn_sharing {
  int32_t cost[CN_SPACE_COLUMNS + 1][CN_SPACE_WORDS + 1];
  uint8_t begin[CN_SPACE_COLUMNS + 1][CN_SPACE_WORDS + 1]; /* first word of the last column's cell */
  cn_looks *looks; /* of words [from, to), at from * (count + 1) + to; NULL: blind */
} cn_sharing;

/* Lines that stand together, and where their columns begin. */
typedef struct cn_space_page {
  size_t from, to;
  int32_t at[CN_SPACE_COLUMNS];
  const cn_space_header *header; /* its own, where the header comes again */
} cn_space_page;

static inline int32_t minimum(int32_t a, int32_t b) { return a < b ? a : b; }
static inline int32_t absolute(int32_t a) { return a < 0 ? -a : a; }
static inline bool is_cells(const cn_assigner *a, size_t at) { return a->space->lines[at].kind == CN_SPACE_CELLS; }

/* space_share.c: shares a line's words out among the columns, from left to right, at the least cost. */
void cn_space_share(const cn_assigner *a, cn_space_line *line, cn_sharing *sharing);
/* A whole word that is a serial number. */
bool cn_space_is_number(cn_view text);

/* space_places.c: finds where the columns of each page begin and how wide they are. */
void cn_space_settle(cn_assigner *a, cn_sharing *sharing, cn_space_page *pages, size_t count);
/* Moves the columns to the page's places. */
void cn_space_enter(cn_assigner *a, const cn_space_page *page);
/* space_near.c: moves the columns to where they begin in the lines around `at`. `before`: the places of the line above,
 * replaced by this line's. With `settled`, the words around have their columns already. */
void cn_space_move(cn_assigner *a, size_t at, cn_space_page *before, bool settled);

#endif
