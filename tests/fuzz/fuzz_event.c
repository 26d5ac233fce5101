/* Any bytes as a line of the event stream. What is read must come back the same: writing what was read and reading that
 * again gives the same bytes. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  cn_trap trap = {.limit = 0};
  cn_arena arena;
  cn_buf first, second;
  cn_event event, again;
  const char *error = NULL;
  if (setjmp(trap.env)) abort();
  cn_arena_init(&arena, &trap);
  cn_buf_init(&first, &trap);
  cn_buf_init(&second, &trap);
  if (cn_event_read(&arena, (cn_view){(const char *)data, size}, &event, &error) == CN_OK) {
    cn_event_write(&first, &event);
    cn_view line = {first.p, first.n - 1};
    if (cn_event_read(&arena, line, &again, &error) != CN_OK) abort();
    cn_event_write(&second, &again);
    if (!cn_view_equal(cn_buf_view(&first), cn_buf_view(&second))) abort();
  } else if (!error) {
    abort();
  }
  cn_buf_free(&first);
  cn_buf_free(&second);
  cn_arena_free(&arena);
  return 0;
}
