/* ndjson: events -> the same events, or with --rows one flat row a line. In: events.  Out: a JSON object a line. Owns
 * nothing. */
#include "emit/writer.h"

typedef struct ndjson_writer {
  cn_output *output;
  cn_buf buf;
} ndjson_writer;

static cn_status on_event(void *self, const cn_event *event) {
  ndjson_writer *w = self;
  cn_event_write(&w->buf, event);
  return cn_writer_send(w->output, &w->buf);
}

/* {"notice":…,"title":…,"year":…,"block":…,"no":…,"task":…,…}: a row event without "type". */
static cn_status on_row(void *self, const cn_event *event) {
  ndjson_writer *w = self;
  if (event->type != CN_EVENT_ROW) return CN_OK;
  cn_record_write(&w->buf, &cn_row_shape, event->row, (cn_write_style){.event = true, .done = true});
  if (event->unknown.n) {
    w->buf.n--;
    cn_buf_add_char(&w->buf, ',');
    cn_buf_add_view(&w->buf, event->unknown);
    cn_buf_add_char(&w->buf, '}');
  }
  cn_buf_add_char(&w->buf, '\n');
  return cn_writer_send(w->output, &w->buf);
}

static cn_status on_end(CN_UNUSED void *self) { return CN_OK; }

static cn_status open(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink,
                      CN_UNUSED cn_view *error) {
  ndjson_writer *w = cn_arena_new(arena, ndjson_writer, 1);
  w->output = output;
  cn_writer_buf(arena, &w->buf);
  *sink = (cn_sink){w, options->rows ? on_row : on_event, on_end};
  return CN_OK;
}

const cn_format cn_format_ndjson = {
    "ndjson", "ndjson", "application/x-ndjson", "the events, one a line; with --rows one flat row a line", false, open};
