/* A memo: what a cell was read as, for the next row that says the same. A notice's deadline cells are mostly one of a
 * few (12月底 forty times of fifty), and so are the names behind its rows.
 *
 * In:  a key made of everything that the reading depends on, and a record.  Out: the same record for the same key.
 * Owns an arena of bounded size; what no longer fits pushes everything out. */
#ifndef CN_NORMALIZE_MEMO_H
#define CN_NORMALIZE_MEMO_H

#include "core/event.h"

enum { CN_MEMO_SLOTS = 512, CN_MEMO_KEY = 512 };

typedef struct cn_memo {
  cn_arena arena;
  struct cn_memo_slot {
    cn_view key;
    const void *record;
  } slots[CN_MEMO_SLOTS];
  size_t count;
} cn_memo;

void cn_memo_init(cn_memo *memo, cn_trap *trap);
void cn_memo_free(cn_memo *memo);
void cn_memo_empty(cn_memo *memo);
/* The record under this key, valid until the next cn_memo_put; NULL where there is none. */
const void *cn_memo_find(const cn_memo *memo, cn_view key);
/* Keeps a copy, unless the key is longer than CN_MEMO_KEY. */
void cn_memo_put(cn_memo *memo, cn_view key, const cn_shape *shape, const void *record);

/* A sink that hands on and counts: a reading that gave a diagnostic is no record alone, so it is not kept. */
typedef struct cn_witness {
  const cn_sink *out;
  size_t count;
} cn_witness;
cn_sink cn_witness_sink(cn_witness *witness);

#endif
