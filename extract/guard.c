/* A guard: see guard.h. Owns nothing: the arena's trap is borrowed while the work runs. */
#include "extract/guard.h"

cn_status cn_guard(cn_arena *arena, cn_status (*work)(void *self), void (*release)(void *self), void *self) {
  cn_trap trap = {.limit = 0}, *const outer = arena->trap;
  if (setjmp(trap.env)) {
    arena->trap = outer;
    release(self);
    cn_trap_spring(outer);
  }
  arena->trap = &trap;
  cn_status status = work(self);
  arena->trap = outer;
  release(self);
  return status;
}
