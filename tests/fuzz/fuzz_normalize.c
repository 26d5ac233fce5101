/* Any UTF-8 text as a row: the bytes up to the first newline are the task, the next line its deadline, the next its
 * people, the next its bodies.
 *
 * Checks what every answer must keep: positions lie inside the task, `task[start:end]` is the target's text. */
#include "tests/fuzz/fuzz.h"

#include "core/utf8.h"

/* The part of v that is code points [from, to), or aborts. */
static cn_view points(cn_view v, int64_t from, int64_t to) {
  if (from < 0 || to < from || (uint64_t)to > cn_utf8_count(v)) abort();
  const char *p = v.p, *begin = v.p;
  for (int64_t i = 0; i < to; i++) {
    if (i == from) begin = p;
    p += cn_utf8_len((unsigned char)*p);
  }
  if (from == to) begin = p;
  return cn_view_between(begin, p);
}

static cn_status check_event(void *self, const cn_event *event) {
  if (event->type == CN_EVENT_ROW) {
    const cn_row *row = event->row;
    for (size_t i = 0; i < row->targets.n; i++) {
      const cn_target *t = &row->targets.items[i];
      if (!cn_view_equal(points(row->task, t->start, t->end), t->text)) abort();
    }
    for (size_t i = 0; i < row->dates.n; i++) {
      const cn_stage *s = &row->dates.items[i];
      (void)points(row->task, s->start_at, s->end_at);
    }
  }
  return fuzz_on_event(self, event);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const cn_field fields[] = {CN_FIELD_DEADLINE, CN_FIELD_PERSON, CN_FIELD_UNIT};
  cn_view rest = {(const char *)data, size}, task, parts[CN_COUNT(fields)] = {{0}};
  if (cn_utf8_valid_prefix(rest) != size || !cn_view_split(&rest, '\n', &task)) return 0;
  cn_trap trap = {.limit = 0};
  cn_arena arena;
  cn_buf buf;
  if (setjmp(trap.env)) abort();
  cn_arena_init(&arena, &trap);
  cn_buf_init(&buf, &trap);
  cn_sink end = {&buf, check_event, fuzz_on_end};
  cn_normalizer *normalizer = fuzz_normalizer(&arena, &end);
  cn_sink sink = cn_normalizer_sink(normalizer);
  cn_cell cells[CN_COUNT(fields)];
  cn_row row;
  memset(&row, 0, sizeof row);
  memset(cells, 0, sizeof cells);
  cn_record_init(&cn_row_shape, &row);
  row.task = task;
  row.notice = CN_VIEW("fuzz");
  row.year = 2020;
  for (size_t i = 0; i < CN_COUNT(fields) && cn_view_split(&rest, '\n', &parts[i]); i++) {
    cells[i].field = fields[i];
    cells[i].text = parts[i];
    row.cells.n = i + 1;
  }
  row.cells.items = cells;
  cn_event event = {.type = CN_EVENT_ROW, .row = &row};
  if (cn_push(&sink, &event) != CN_OK || cn_push_end(&sink) != CN_OK) abort();
  cn_normalizer_free(normalizer);
  cn_buf_free(&buf);
  cn_arena_free(&arena);
  return 0;
}
