/* See writer.h. In: buffers and arenas.  Out: the same, given back when their arena goes. Owns nothing. */
#include "emit/writer.h"

static void free_buf(void *buf) { cn_buf_free(buf); }

void cn_writer_buf(cn_arena *arena, cn_buf *buf) {
  cn_buf_init(buf, arena->trap);
  cn_arena_defer(arena, free_buf, buf);
}

static void free_arena(void *inner) { cn_arena_free(inner); }

void cn_writer_arena(cn_arena *arena, cn_arena *inner) {
  cn_arena_init(inner, arena->trap);
  cn_arena_defer(arena, free_arena, inner);
}

cn_status cn_writer_send(cn_output *output, cn_buf *buf) {
  cn_status status = cn_output_write(output, cn_buf_view(buf));
  cn_buf_reset(buf);
  return status;
}

cn_notice cn_writer_notice_of(const cn_row *row) {
  cn_notice notice = {.schema = CN_VIEW("chengnuo/1"), .title = row->title};
  cn_record_init(&cn_notice_shape, &notice);
  notice.year = row->year;
  return notice;
}
