/* An arena: memory that is given out piece by piece and given back all at once.
 *
 * One arena belongs to a document, one more is the scratch of a row (mark, use, rewind). Nothing else allocates but buf
 * and the package owners. Allocation never fails for the caller: it leaves through the trap. Memory is zeroed. */
#ifndef CN_ARENA_H
#define CN_ARENA_H

#include "core/view.h"

typedef struct cn_arena_block cn_arena_block;

typedef struct cn_arena {
  cn_trap *trap;
  cn_arena_block *first, *current;
  char *at, *end;
  struct cn_arena_deferred *deferred; /* what cn_arena_defer was told, newest first */
} cn_arena;

typedef struct cn_arena_mark {
  cn_arena_block *block;
  char *at;
  struct cn_arena_deferred *deferred;
} cn_arena_mark;

void cn_arena_init(cn_arena *arena, cn_trap *trap);
void cn_arena_free(cn_arena *arena);
/* Gives everything back to the arena itself, keeping its blocks for reuse. */
void cn_arena_reset(cn_arena *arena);
cn_arena_mark cn_arena_get_mark(const cn_arena *arena);
/* Everything allocated since `mark` is gone; its blocks stay for reuse. */
void cn_arena_rewind(cn_arena *arena, cn_arena_mark mark);

/* Calls done(what) when the arena is freed or reset, or rewound behind this call; the last one asked for goes first. So
 * that descriptors and third-party handles are closed on every way out, the trap's too. Freeing a window's arena that
 * lives in this one is the same call: cn_arena_defer(arena, close_window, window). */
void cn_arena_defer(cn_arena *arena, void (*done)(void *what), void *what);

/* `size` zeroed bytes, aligned for any type. */
void *cn_arena_alloc(cn_arena *arena, size_t size);
/* An array of `count` zeroed T. */
#define cn_arena_new(arena, T, count) ((T *)cn_arena_array((arena), sizeof(T), (count)))
void *cn_arena_array(cn_arena *arena, size_t size, size_t count);
/* Makes room for one more element of `size` bytes in an array of `count`, doubling *capacity; returns the array, moved
 * or not. The old copy stays in the arena until rewind. */
void *cn_arena_grow(cn_arena *arena, void *array, size_t count, size_t *capacity, size_t size);
cn_view cn_arena_copy(cn_arena *arena, cn_view v);
/* A NUL-terminated copy, for calls that want one. */
const char *cn_arena_string(cn_arena *arena, cn_view v);
cn_view cn_arena_format(cn_arena *arena, const char *format, ...) CN_PRINTF(2, 3);

#endif
