/* The memo: see memo.h. Open addressing, emptied as a whole when three quarters are taken. */
#include "normalize/memo.h"

void cn_memo_init(cn_memo *memo, cn_trap *trap) {
  *memo = (cn_memo){.count = 0};
  cn_arena_init(&memo->arena, trap);
}

void cn_memo_free(cn_memo *memo) {
  cn_arena_free(&memo->arena);
  memo->count = 0;
}

static size_t slot_of(const cn_memo *memo, cn_view key) {
  uint64_t h = 14695981039346656037u;
  for (size_t i = 0; i < key.n; i++) h = (h ^ (unsigned char)key.p[i]) * 1099511628211u;
  size_t at = (size_t)(h ^ h >> 32) % CN_MEMO_SLOTS;
  while (memo->slots[at].record && !cn_view_equal(memo->slots[at].key, key)) at = (at + 1) % CN_MEMO_SLOTS;
  return at;
}

const void *cn_memo_find(const cn_memo *memo, cn_view key) {
  return key.n > CN_MEMO_KEY ? NULL : memo->slots[slot_of(memo, key)].record;
}

void cn_memo_empty(cn_memo *memo) {
  cn_arena_reset(&memo->arena);
  memset(memo->slots, 0, sizeof memo->slots);
  memo->count = 0;
}

void cn_memo_put(cn_memo *memo, cn_view key, const cn_shape *shape, const void *record) {
  if (key.n > CN_MEMO_KEY) return;
  if (memo->count >= CN_MEMO_SLOTS * 3 / 4) cn_memo_empty(memo);
  struct cn_memo_slot made = {cn_arena_copy(&memo->arena, key), cn_record_copy(&memo->arena, shape, record)};
  memo->slots[slot_of(memo, key)] = made;
  memo->count++;
}

static cn_status on_event(void *self, const cn_event *event) {
  cn_witness *witness = self;
  witness->count++;
  return cn_push(witness->out, event);
}

static cn_status on_end(void *self) { return cn_push_end(((cn_witness *)self)->out); }

cn_sink cn_witness_sink(cn_witness *witness) { return (cn_sink){witness, on_event, on_end}; }
