/* Any bytes as a notice: charset, reader, layout, segmentation, then the whole of normalize.
 *
 * The first byte chooses: bit 0 the layout `lines`, bit 1 a declared charset. */
#include "tests/fuzz/fuzz.h"

#include "extract/extract.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (!size) return 0;
  const cn_rules *rules = fuzz_rules();
  cn_trap trap = {.limit = 0};
  cn_arena arena;
  cn_buf buf;
  if (setjmp(trap.env)) abort();
  cn_arena_init(&arena, &trap);
  cn_buf_init(&buf, &trap);
  cn_sink end = fuzz_sink(&buf);
  cn_normalizer *normalizer = fuzz_normalizer(&arena, &end);
  cn_sink sink = cn_normalizer_sink(normalizer);
  cn_extract_options options = {.layout = data[0] & 1 ? "lines" : NULL, .year = CN_NONE};
  cn_input input = {.name = CN_VIEW("fuzz"),
                    .fd = -1,
                    .bytes = {(const char *)data + 1, size - 1},
                    .charset = data[0] & 2 ? "gb18030" : NULL};
  cn_failure failure = {0};
  cn_status status = cn_extract(&arena, rules, &options, &input, &sink, &failure);
  if (status == CN_STOP) abort();
  cn_normalizer_free(normalizer);
  cn_buf_free(&buf);
  cn_arena_free(&arena);
  return 0;
}
