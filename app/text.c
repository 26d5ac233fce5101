/* Plain text as input: normalize --text. In: lines, each a task of its own.  Out: a notice event, a row event a line,
 * an end event: a whole stream, so that emit can follow. */
#include "app/lines.h"
#include "app/pipeline.h"

#include "core/utf8.h"

typedef struct text_reader {
  const cn_sink *to, *notes;
  int64_t year, rows;
  cn_lines_reader lines;
} text_reader;

/* Bytes that are no UTF-8 become U+FFFD, each with its place told. */
static cn_status repair(text_reader *r, cn_view *line, cn_view name) {
  size_t good = cn_utf8_valid_prefix(*line);
  if (good == line->n) return CN_OK;
  cn_arena *arena = &r->lines.app->document;
  cn_place place = {.notice = name, .line = r->lines.number, .no = CN_NONE};
  place.column = (int64_t)cn_utf8_count(cn_view_slice(*line, 0, good)) + 1;
  char *out = cn_arena_alloc(arena, line->n * 3), *at = out;
  for (cn_view rest = *line; rest.n; rest = cn_view_slice(rest, good + (good < rest.n), rest.n)) {
    good = cn_utf8_valid_prefix(rest);
    memcpy(at, rest.p, good);
    at += good;
    if (good < rest.n) at += cn_utf8_put(at, 0xFFFD);
  }
  *line = cn_view_between(out, at);
  return cn_diagnose(r->notes, CN_DIAG_ENCODING_REPLACED, place,
                     CN_VIEW("bytes that are no UTF-8 were replaced by U+FFFD"));
}

static cn_status push_notice(text_reader *r, cn_view name) {
  cn_source source = {.name = name, .media_type = CN_VIEW("text/plain"), .charset = CN_VIEW("UTF-8")};
  cn_record_init(&cn_source_shape, &source);
  cn_notice notice = {.schema = CN_VIEW("chengnuo/1"), .source = &source};
  cn_record_init(&cn_notice_shape, &notice);
  notice.year = r->year;
  return cn_push(r->to, &(cn_event){.type = CN_EVENT_NOTICE, .notice = &notice});
}

static cn_status push_row(text_reader *r, cn_view name, cn_view line) {
  cn_view task = cn_view_trim(line);
  if (!task.n) return CN_OK;
  CN_TRY(repair(r, &task, name));
  cn_row row = {.notice = name, .task = task};
  cn_record_init(&cn_row_shape, &row);
  row.year = r->year;
  row.line = r->lines.number;
  r->rows++;
  return cn_push(r->to, &(cn_event){.type = CN_EVENT_ROW, .row = &row});
}

static cn_status read_text(cn_app *app, const char *name, int fd, void *self) {
  text_reader *r = self;
  cn_view shown = cn_view_of(name);
  cn_lines_init(&r->lines, app, name, fd);
  r->rows = 0;
  CN_TRY(push_notice(r, shown));
  cn_arena_mark mark = cn_arena_get_mark(&app->document);
  for (cn_view line;; cn_arena_rewind(&app->document, mark)) {
    CN_TRY(cn_lines_next(&r->lines, &line));
    if (cn_view_is_null(line)) break;
    CN_TRY(push_row(r, shown, line));
  }
  cn_end end = {.notice = shown, .blocks = 0, .rows = r->rows, .diagnostics = 0};
  return cn_push(r->to, &(cn_event){.type = CN_EVENT_END, .end = &end});
}

cn_status cn_pipeline_lines(cn_app *app, const cn_sink *to, const cn_sink *notes) {
  text_reader *r = cn_arena_new(&app->arena, text_reader, 1);
  *r = (text_reader){.to = to, .notes = notes};
  CN_TRY(cn_option_year(app, &r->year));
  return cn_pipeline_inputs(app, read_text, r);
}
