/* Recurrence rules (RFC 5545), worked out by libical: for the calendar format and for `chengnuo due`. */
#ifndef CN_EMIT_RECURRENCE_H
#define CN_EMIT_RECURRENCE_H

#include "core/record.h"

/* The first day on or after `from` that the rule names; unknown where the rule cannot be read or names none. */
cn_date cn_recurrence_next(cn_arena *arena, cn_view rrule, cn_date from);

#endif
