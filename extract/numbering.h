/* Numbering: the labels of Word's automatic lists (一、 （一） 1.), which stand nowhere in a document's text.
 * In: numbering.xml.  Out: the next label of a list. Owns nothing: the arena does. */
#ifndef CN_EXTRACT_NUMBERING_H
#define CN_EXTRACT_NUMBERING_H

#include "extract/markup.h"
#include "extract/ordinal.h"

enum { CN_LIST_LEVELS = 9 };

typedef struct cn_list_level {
  cn_ordinal style;
  cn_view text; /* 第%1条, %1.%2 */
  int64_t start;
  bool legal; /* outer numbers in decimal */
} cn_list_level;

/* How a list counts, and how far it has come. */
typedef struct cn_list_kind {
  cn_view id;
  cn_list_level levels[CN_LIST_LEVELS];
  int64_t count[CN_LIST_LEVELS]; /* the number given last */
  bool begun[CN_LIST_LEVELS];
} cn_list_kind;

typedef struct cn_list {
  cn_view id; /* numId */
  cn_list_kind *kind;
  int64_t restart[CN_LIST_LEVELS]; /* startOverride, or CN_LIST_GOES_ON */
  bool used;
} cn_list;

#define CN_LIST_GOES_ON INT64_MIN

typedef struct cn_numbering {
  cn_list_kind *kinds;
  size_t kind_count, kind_capacity;
  cn_list *lists;
  size_t list_count, list_capacity;
} cn_numbering;

/* Reads what it can; a damaged part leaves lists without labels. */
void cn_numbering_read(cn_arena *arena, cn_view part, cn_numbering *numbering);
/* Counts one item of the list on and returns its label with the blank that follows it, or an empty view. */
cn_view cn_numbering_next(cn_arena *arena, cn_numbering *numbering, cn_view list, int64_t level);
/* The label of `kind` at `level` after counting on. */
cn_view cn_list_label(cn_arena *arena, cn_list_kind *kind, size_t level);

#endif
