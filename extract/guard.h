/* A guard: what a third party allocated is released whatever happens. In: work and its release.  Out: the work's
 * status. */
#ifndef CN_EXTRACT_GUARD_H
#define CN_EXTRACT_GUARD_H

#include "core/arena.h"

/* Runs work(self), then release(self); also when the arena's memory ends on the way, and then springs the trap on. */
CN_MUST_USE cn_status cn_guard(cn_arena *arena, cn_status (*work)(void *self), void (*release)(void *self), void *self);

#endif
