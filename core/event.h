/* Events: what travels between the stages, in memory as structs, between processes as NDJSON, one self-contained line
 * each.
 *
 * Stages join by one push struct, cn_sink. A stage is handed its successor when it is made and calls it; it returns no
 * lists and never asks for the event before. A status that is not CN_OK goes up untouched. What an event points to is
 * borrowed until on_event returns. */
#ifndef CN_EVENT_H
#define CN_EVENT_H

#include "core/record.h"

typedef enum cn_event_type {
  CN_EVENT_NOTICE,
  CN_EVENT_BLOCK,
  CN_EVENT_ROW,
  CN_EVENT_CONTACT,
  CN_EVENT_DIAGNOSTIC,
  CN_EVENT_END
} cn_event_type;

typedef struct cn_event {
  cn_event_type type;
  bool normalized; /* of a row: targets, deadline, dates, due and responsible are filled */
  union {
    const cn_notice *notice;
    const cn_block *block;
    const cn_row *row;
    const cn_contact_line *contact;
    const cn_diagnostic *diagnostic;
    const cn_end *end;
    const void *record;
  };
  cn_view unknown; /* members this version does not know, as JSON "a":1,"b":2; passed through */
} cn_event;

/* on_event is called for each event in order; on_end once, after the last, also for an empty stream. */
typedef struct cn_sink {
  void *self;
  cn_status (*on_event)(void *self, const cn_event *event);
  cn_status (*on_end)(void *self);
} cn_sink;

CN_MUST_USE static inline cn_status cn_push(const cn_sink *sink, const cn_event *event) {
  return sink->on_event(sink->self, event);
}
CN_MUST_USE static inline cn_status cn_push_end(const cn_sink *sink) { return sink->on_end(sink->self); }

/* "notice", "block" …; and the shape of what the event carries. */
const char *cn_event_name(cn_event_type type);
const cn_shape *cn_event_shape(cn_event_type type);

/* Appends the event as one line, {"type":"row",…}\n. */
void cn_event_write(cn_buf *buf, const cn_event *event);
/* Reads one line (without its newline) into arena. CN_BROKEN with *error (one sentence) when it is no event. */
CN_MUST_USE cn_status cn_event_read(cn_arena *arena, cn_view line, cn_event *event, const char **error);

/* Diagnostics (diag.def). */
typedef enum cn_diag {
#define CN_DIAG(constant, code, severity, doc) CN_DIAG_##constant,
#include "core/diag.def"
  CN_DIAG_COUNT
} cn_diag;

typedef struct cn_diag_info {
  const char *code;
  cn_severity severity;
  const char *doc;
} cn_diag_info;

extern const cn_diag_info cn_diag_table[CN_DIAG_COUNT];

/* Where a diagnostic applies; fields that do not apply are CN_NONE or null. */
typedef struct cn_place {
  cn_view notice, block;
  int64_t line, column, no;
} cn_place;

/* Makes the diagnostic and pushes it. `message` is one sentence that quotes what it is about. */
CN_MUST_USE cn_status cn_diagnose(const cn_sink *sink, cn_diag code, cn_place place, cn_view message);

#endif
