/* What the fuzz targets share. Each target is one file with LLVMFuzzerTestOneInput; clang links libFuzzer, every other
 * build links replay.c, which runs the target over files, so that each input ever found stays a plain test.
 *
 * In: bytes.  Out: nothing, or a crash.  Everything a target makes lives in the arena that it frees. */
#ifndef CN_FUZZ_H
#define CN_FUZZ_H

#include "core/event.h"
#include "core/rules.h"
#include "normalize/normalize.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The built-in rules, made at the first call and kept. */
static inline const cn_rules *fuzz_rules(void) {
  static cn_trap trap;
  static cn_arena arena;
  static cn_rules *rules;
  cn_view error;
  if (rules) return rules;
  if (setjmp(trap.env)) abort();
  cn_arena_init(&arena, &trap);
  if (cn_rules_open(&arena, NULL, &rules, &error) != CN_OK) abort();
  return rules;
}

/* A sink that writes every event out and forgets it: all that a stage hands on is read once. */
static inline cn_status fuzz_on_event(void *self, const cn_event *event) {
  cn_buf *buf = self;
  cn_buf_reset(buf);
  cn_event_write(buf, event);
  return CN_OK;
}

static inline cn_status fuzz_on_end(void *self) {
  (void)self;
  return CN_OK;
}

static inline cn_sink fuzz_sink(cn_buf *buf) { return (cn_sink){buf, fuzz_on_event, fuzz_on_end}; }

/* A normalizer that hands on to `end`. */
static inline cn_normalizer *fuzz_normalizer(cn_arena *arena, const cn_sink *end) {
  cn_normalize_options options = {.all = true};
  cn_normalizer *normalizer = NULL;
  cn_view error;
  if (cn_normalizer_new(arena, fuzz_rules(), &options, end, &normalizer, &error) != CN_OK) abort();
  return normalizer;
}

#endif
