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

/* Made in `arena`, which must outlive it and frees it when it goes (cn_arena_defer); cn_normalizer_free may be called
 * before and is harmless twice. `out` is copied. CN_IO or CN_BROKEN with *error when the holidays file cannot be read.
 */
CN_MUST_USE cn_status cn_normalizer_new(cn_arena *arena, const cn_rules *rules, const cn_normalize_options *options,
                                        const cn_sink *out, cn_normalizer **normalizer, cn_view *error);
cn_sink cn_normalizer_sink(cn_normalizer *n);
void cn_normalizer_free(cn_normalizer *n);

#endif
