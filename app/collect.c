/* See collect.h. */
#include "app/collect.h"

#include "app/pipeline.h"

#include <fcntl.h>
#include <unistd.h>

static cn_status on_event(void *self, const cn_event *event) {
  cn_collection *c = self;
  cn_arena *arena = &c->app->arena;
  if (event->type == CN_EVENT_NOTICE) c->notice = cn_record_copy(arena, &cn_notice_shape, event->notice);
  if (event->type != CN_EVENT_ROW) return CN_OK;
  c->rows = cn_arena_grow(arena, c->rows, c->n, &c->capacity, sizeof *c->rows);
  c->rows[c->n++] = (cn_collected){cn_record_copy(arena, &cn_row_shape, event->row), c->notice};
  return CN_OK;
}

static cn_status on_end(CN_UNUSED void *self) { return CN_OK; }

cn_sink cn_collection_sink(cn_collection *collection) { return (cn_sink){collection, on_event, on_end}; }

/* Whether the file is a stream of events; standard input only where --events says so. */
static bool holds_events(const cn_app *app, const char *name) {
  static const char begin[] = "{\"type\":\"";
  char head[sizeof begin - 1];
  if (cn_given(app, CN_OPTION_EVENTS)) return true;
  int fd = strcmp(name, "-") == 0 ? -1 : open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  bool events =
      fd >= 0 && pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head && memcmp(head, begin, sizeof head) == 0;
  if (fd >= 0) close(fd);
  return events;
}

static cn_status collect_one(cn_app *app, cn_sink *tap, cn_sink *normalizer, const char *name) {
  return holds_events(app, name) ? cn_pipeline_events(app, tap, tap, true) : cn_pipeline_extract(app, normalizer);
}

cn_status cn_collect(cn_app *app, cn_collection *collection) {
  static char *standard[] = {"-"};
  char **names = app->operand_count ? app->operands : standard;
  size_t count = app->operand_count ? app->operand_count : 1;
  cn_sink *sinks = cn_arena_new(&app->arena, cn_sink, 3);
  collection->app = app;
  sinks[0] = cn_collection_sink(collection);
  sinks[1] = cn_report_tap(app, &sinks[0]);
  CN_TRY(cn_pipeline_normalizer(app, &sinks[1], &sinks[2]));
  cn_status status = CN_OK;
  for (size_t i = 0; i < count && status == CN_OK;
       i++) { /* the pipeline reads the operands it is given: one at a time */
    app->operands = &names[i];
    app->operand_count = 1;
    status = collect_one(app, &sinks[1], &sinks[2], names[i]);
  }
  app->operands = names;
  app->operand_count = count;
  return status;
}
