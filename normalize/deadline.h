/* Deadlines: the text of a deadline cell or label -> stages; and the time expressions inside a task.
 *
 * In:  folded text and the years that bare months may refer to.  Out: the record's deadline and dates, in the caller's
 * arena. The patterns are lines of rules/deadlines.tsv; the calendar is calendar.h; business days need holidays.tsv. */
#ifndef CN_NORMALIZE_DEADLINE_H
#define CN_NORMALIZE_DEADLINE_H

#include "normalize/quantity.h"

/* Owns compiled patterns and match data: one per normalizer, not shared between threads. */
typedef struct cn_deadlines cn_deadlines;

/* `holidays`: path of a user's file, or NULL for rules/holidays.tsv. CN_IO/CN_BROKEN with *error. */
CN_MUST_USE cn_status cn_deadlines_new(cn_arena *arena, const cn_rules *rules, const char *holidays,
                                       cn_deadlines **deadlines, cn_view *error);
void cn_deadlines_free(cn_deadlines *deadlines);

/* Where a missing year comes from: the stage before, where it names one; then the header (2021年完成时限), the block's
 * heading, the notice. CN_NONE: not known. `issued`: the day of issue, given only where the notice's year was taken
 * from it (no year in the title): 6月底前 in a notice of December then means the next June. */
typedef struct cn_years {
  int64_t header, block, notice;
  cn_date issued;
} cn_years;

/* Reads a deadline cell. Never NULL: text that holds no date gives one stage with nothing known and, unless it is a
 * known standing phrase, a deadline-unparsed diagnostic. */
CN_MUST_USE cn_status cn_deadline_read(cn_arena *arena, cn_deadlines *deadlines, const cn_folded *text, cn_years years,
                                       const cn_sink *out, cn_place place, const cn_deadline **deadline);

typedef struct cn_times {
  cn_stage_list dates; /* for the record: start_at and end_at in code points */
  cn_span_list spans; /* for targets: what is about time, sorted, also what is no `dates` (近三年, 提前5日); but not
                         年度 or a bare 每年, which may belong to a metric or to a rate */
} cn_times;

/* Appends one stage in short, as rules/deadlines.tsv and docs/deadlines.md write it: 2021-06-01/2021-06-30, /2021-06-30
 * for a bound, FREQ=…, 受理 P5D business, ongoing, none. */
void cn_stage_brief(cn_buf *buf, const cn_stage *stage);

/* Finds the time expressions of a task; those in 《》 are names. */
CN_MUST_USE cn_status cn_times_find(cn_arena *arena, cn_deadlines *deadlines, const cn_folded *task, cn_years years,
                                    const cn_sink *out, cn_place place, cn_times *times);

#endif
