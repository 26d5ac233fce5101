/* Event streams as input. In: NDJSON, from files or standard input.  Out: events, one at a time, in memory that does
 * not grow with their number. A line that is no event is a diagnostic; a stream that is none at all, or ends before its
 * end event, is an error. */
#include "app/lines.h"
#include "app/pipeline.h"

typedef struct events_reader {
  cn_app *app;
  const cn_sink *to, *notes;
  bool strict;
  cn_lines_reader lines;
  int64_t events;
  bool ended; /* the last event was an end */
} events_reader;

static cn_status unreadable(events_reader *r, const char *why) {
  const char *name = r->lines.name;
  long long number = (long long)r->lines.number;
  if (!r->events) {
    cn_complain("%s:%lld: not an event stream (%s); 'chengnuo extract FILE' makes one of a notice", name, number, why);
    return CN_BROKEN;
  }
  if (r->lines.cut) {
    cn_complain("%s:%lld: the event stream was cut off within a line", name, number);
    return CN_BROKEN;
  }
  cn_place place = {.notice = cn_view_of(name), .line = CN_NONE, .column = CN_NONE, .no = CN_NONE};
  cn_view message =
      cn_arena_format(&r->app->document, "line %lld of the event stream is not an event: %s", number, why);
  return cn_diagnose(r->notes, CN_DIAG_EVENT_UNREADABLE, place, message);
}

static cn_status take(events_reader *r, cn_view line) {
  cn_event event = {0};
  const char *why = "unreadable";
  if (!cn_view_trim(line).n) return CN_OK;
  if (cn_event_read(&r->app->document, line, &event, &why) != CN_OK) return unreadable(r, why);
  if (r->strict && event.type == CN_EVENT_ROW && !event.normalized) {
    cn_complain("%s:%lld: this row has not been through normalize; put '| chengnuo normalize' before emit",
                r->lines.name, (long long)r->lines.number);
    return CN_BROKEN;
  }
  r->events++;
  r->ended = event.type == CN_EVENT_END;
  return cn_push(r->to, &event);
}

static cn_status read_stream(cn_app *app, const char *name, int fd, void *self) {
  events_reader *r = self;
  const char *shown = strcmp(name, "-") == 0 ? "standard input" : name;
  cn_lines_init(&r->lines, app, shown, fd);
  r->events = 0;
  r->ended = false;
  cn_arena_mark mark = cn_arena_get_mark(&app->document);
  for (cn_view line;; cn_arena_rewind(&app->document, mark)) {
    CN_TRY(cn_lines_next(&r->lines, &line));
    if (cn_view_is_null(line)) break;
    CN_TRY(take(r, line));
  }
  if (!r->strict || r->ended) return CN_OK;
  if (!r->events)
    cn_complain("%s: no events; did the stage before fail?", shown);
  else
    cn_complain("%s: the event stream was cut off: it does not end with an end event", shown);
  return CN_BROKEN;
}

cn_status cn_pipeline_events(cn_app *app, const cn_sink *to, const cn_sink *notes, bool strict) {
  events_reader *r = cn_arena_new(&app->arena, events_reader, 1);
  *r = (events_reader){.app = app, .to = to, .notes = notes, .strict = strict};
  return cn_pipeline_inputs(app, read_stream, r);
}
