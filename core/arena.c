/* The arena: a chain of blocks, each twice the one before up to a megabyte; rewinding keeps them for reuse. */
#define CN_OWNER
#include "core/arena.h"

#include <stdalign.h>
#include <stdarg.h>

struct cn_arena_block {
  cn_arena_block *next;
  size_t size;
  alignas(max_align_t) char bytes[];
};

struct cn_arena_deferred {
  struct cn_arena_deferred *next;
  void (*done)(void *what);
  void *what;
};

enum { FIRST_BLOCK = 16 << 10, LARGEST_STEP = 1 << 20 };

void cn_arena_init(cn_arena *arena, cn_trap *trap) { *arena = (cn_arena){.trap = trap}; }

/* Runs what was deferred after `last`, newest first. */
static void settle(cn_arena *arena, const struct cn_arena_deferred *last) {
  while (arena->deferred != last) {
    struct cn_arena_deferred *d = arena->deferred;
    arena->deferred = d->next;
    d->done(d->what);
  }
}

void cn_arena_defer(cn_arena *arena, void (*done)(void *what), void *what) {
  struct cn_arena_deferred *d = cn_arena_alloc(arena, sizeof *d);
  *d = (struct cn_arena_deferred){arena->deferred, done, what};
  arena->deferred = d;
}

void cn_arena_free(cn_arena *arena) {
  settle(arena, NULL);
  for (cn_arena_block *b = arena->first, *next; b; b = next) {
    next = b->next;
    cn_trap_credit(arena->trap, b->size);
    free(b);
  }
  cn_arena_init(arena, arena->trap);
}

static void enter(cn_arena *arena, cn_arena_block *block, char *at) {
  arena->current = block;
  arena->at = at;
  arena->end = block ? block->bytes + block->size : NULL;
}

void cn_arena_reset(cn_arena *arena) {
  settle(arena, NULL);
  enter(arena, arena->first, arena->first ? arena->first->bytes : NULL);
}

cn_arena_mark cn_arena_get_mark(const cn_arena *arena) {
  return (cn_arena_mark){arena->current, arena->at, arena->deferred};
}

void cn_arena_rewind(cn_arena *arena, cn_arena_mark mark) {
  settle(arena, mark.deferred);
  if (mark.block)
    enter(arena, mark.block, mark.at);
  else
    cn_arena_reset(arena);
}

/* Goes on to a block with room for `size` bytes: the next one if it is large enough, else a new one put in between. */
static void advance(cn_arena *arena, size_t size) {
  cn_arena_block *next = arena->current ? arena->current->next : arena->first;
  if (!next || next->size < size) {
    size_t step = arena->current ? arena->current->size * 2 : FIRST_BLOCK;
    if (step > LARGEST_STEP) step = LARGEST_STEP;
    if (step < size) step = size;
    cn_trap_charge(arena->trap, step);
    cn_arena_block *block = step < SIZE_MAX - sizeof *block ? malloc(sizeof *block + step) : NULL;
    if (!block) cn_trap_spring(arena->trap);
    block->size = step;
    block->next = next;
    *(arena->current ? &arena->current->next : &arena->first) = block;
    next = block;
  }
  enter(arena, next, next->bytes);
}

static char *take(cn_arena *arena, size_t size, size_t align) {
  char *p = arena->at ? arena->at + (-(uintptr_t)arena->at & (align - 1)) : NULL;
  if (!p || p > arena->end || size > (size_t)(arena->end - p)) {
    advance(arena, size);
    p = arena->at;
  }
  arena->at = p + size;
  return p;
}

void *cn_arena_alloc(cn_arena *arena, size_t size) { return memset(take(arena, size, alignof(max_align_t)), 0, size); }

void *cn_arena_array(cn_arena *arena, size_t size, size_t count) {
  if (size && count > SIZE_MAX / 2 / size) cn_trap_spring(arena->trap);
  return cn_arena_alloc(arena, size * count);
}

void *cn_arena_grow(cn_arena *arena, void *array, size_t count, size_t *capacity, size_t size) {
  if (count < *capacity) return array;
  size_t wanted = *capacity ? *capacity * 2 : 8;
  void *grown = cn_arena_array(arena, size, wanted);
  if (count) memcpy(grown, array, count * size);
  *capacity = wanted;
  return grown;
}

cn_view cn_arena_copy(cn_arena *arena, cn_view v) {
  if (!v.p) return v;
  char *p = take(arena, v.n + 1, 1);
  if (v.n) memcpy(p, v.p, v.n);
  p[v.n] = 0;
  return (cn_view){p, v.n};
}

const char *cn_arena_string(cn_arena *arena, cn_view v) { return cn_arena_copy(arena, v.p ? v : CN_VIEW("")).p; }

cn_view cn_arena_format(cn_arena *arena, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  char *p = take(arena, (size_t)(n < 0 ? 0 : n) + 1, 1);
  vsnprintf(p, (size_t)(n < 0 ? 0 : n) + 1, format, again);
  va_end(again);
  return (cn_view){p, (size_t)(n < 0 ? 0 : n)};
}
