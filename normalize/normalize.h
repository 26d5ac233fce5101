/* normalize: rows -> records. The only header of this folder that others include.
 *
 * In:  events.  Out: the same events with targets, deadline, dates, due, responsible, adcode filled and `cells`
 * consumed; diagnostics of its own in between. Keeps nothing of a row after it. */
#ifndef CN_NORMALIZE_H
#define CN_NORMALIZE_H

#include "core/event.h"
#include "core/rules.h"

typedef struct cn_normalize_options {
  bool all;             /* --all: mentions too */
  const char *holidays; /* --holidays FILE, or NULL: rules/holidays.tsv */
} cn_normalize_options;

typedef struct cn_normalizer cn_normalizer;

/* Made in `arena`, which must outlive it; per-row scratch is taken from an arena of its own, freed by
 * cn_normalizer_free. `out` is copied. */
cn_normalizer *cn_normalizer_new(cn_arena *arena, const cn_rules *rules, const cn_normalize_options *options,
                                 const cn_sink *out);
cn_sink cn_normalizer_sink(cn_normalizer *n);
void cn_normalizer_free(cn_normalizer *n);

#endif
