/* ics: events -> an iCalendar file (RFC 5545), one VTODO a dated stage. libical writes the text.
 *
 * In:  normalized events of one notice or many.  Out: bytes: the stages of deadlines, or of the dates in a task where a
 * row has no deadline. DUE is the last day of the stage, DTSTART the first; a recurring stage has RRULE and begins at
 * its first occurrence in the notice's year. UIDs and DTSTAMPs come from the notice, not from the clock: the same
 * notice gives the same calendar, and a corrected one updates its entries. */
#define CN_OWNER
#include "emit/phrase.h"
#include "emit/recurrence.h"
#include "emit/writer.h"

#include <libical/ical.h>

typedef struct ics_writer {
  cn_arena *arena;
  cn_output *output;
  cn_arena scratch; /* of one row */
  cn_buf text;
  cn_date stamp;    /* the notice's date of issue, or 1 January of its year */
  cn_view identity; /* of the notice, for UIDs; in identity_memory */
  cn_arena identity_memory;
  bool begun;
  int64_t rows;
} ics_writer;

static const char *zero(ics_writer *w, cn_view v) { return cn_arena_string(&w->scratch, v); }

static struct icaltimetype day_of(cn_date d) {
  struct icaltimetype t = icaltime_null_date();
  t.year = d.year;
  t.month = d.month;
  t.day = d.day;
  t.is_date = 1;
  return t;
}

static const char head[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//chengnuo//chengnuo " CN_VERSION "//ZH\r\nCALSCALE:GREGORIAN\r\n";

static void ensure_head(ics_writer *w) {
  if (!w->begun) cn_buf_add_string(&w->text, head);
  w->begun = true;
}

/* --- one VTODO ---------------------------------------------------------------------------------------------------- */

static void add(icalcomponent *todo, icalproperty *property) {
  if (property) icalcomponent_add_property(todo, property);
}

static cn_view description(ics_writer *w, const cn_row *row) {
  cn_buf text;
  cn_buf_init(&text, w->arena->trap);
  cn_buf_add_view(&text, row->task);
  for (size_t i = 0; i < row->targets.n; i++) {
    cn_buf_add_string(&text, "\n· ");
    cn_phrase_target(&text, &row->targets.items[i]);
  }
  if (row->responsible.n) {
    cn_buf_add_string(&text, "\n");
    cn_phrase_responsible(&text, &row->responsible, true);
  }
  cn_view v = cn_arena_copy(&w->scratch, cn_buf_view(&text));
  cn_buf_free(&text);
  return v;
}

/* The first sentence of the task, with what is due: 加快打造区域性金融中心 (12月底). */
static cn_view summary(ics_writer *w, const cn_row *row, const cn_stage *stage) {
  size_t end = row->task.n;
  static const char *const marks[] = {"。", "；", "，"};
  for (size_t i = 0; i < CN_COUNT(marks); i++) {
    size_t at = cn_view_find(row->task, cn_view_of(marks[i]), 0);
    if (at < end && at > 0) end = at;
  }
  cn_view first = cn_view_slice(row->task, 0, end);
  return cn_arena_format(&w->scratch, "%.*s%s%.*s（%.*s）", (int)row->block.n, row->block.p ? row->block.p : "",
                         row->block.n ? "：" : "", (int)first.n, first.p ? first.p : "", (int)stage->text.n,
                         stage->text.p);
}

static void add_categories(ics_writer *w, icalcomponent *todo, const cn_row *row) {
  cn_buf text;
  cn_buf_init(&text, w->arena->trap);
  cn_buf_add_view(&text, row->block);
  for (size_t i = 0; i < row->responsible.n; i++) {
    if (row->responsible.items[i].kind != CN_PARTY_ORGANIZATION) continue;
    if (text.n) cn_buf_add_char(&text, ',');
    cn_buf_add_view(&text, row->responsible.items[i].name);
  }
  if (text.n) add(todo, icalproperty_new_categories(zero(w, cn_buf_view(&text))));
  cn_buf_free(&text);
}

/* A recurring stage begins at its first day in the notice's year. */
static bool add_recurrence(ics_writer *w, icalcomponent *todo, const cn_stage *stage) {
  cn_date first = cn_recurrence_next(&w->scratch, stage->rrule, (cn_date){w->stamp.year, 1, 1});
  if (!cn_date_known(first)) return false;
  add(todo, icalproperty_new_dtstart(day_of(first)));
  add(todo, icalproperty_new_due(day_of(first)));
  add(todo, icalproperty_new_rrule(icalrecurrencetype_from_string(zero(w, stage->rrule))));
  return true;
}

static bool add_dates(ics_writer *w, icalcomponent *todo, const cn_stage *stage) {
  if (stage->rrule.p) return add_recurrence(w, todo, stage);
  if (cn_date_known(stage->start)) add(todo, icalproperty_new_dtstart(day_of(stage->start)));
  if (cn_date_known(stage->end)) add(todo, icalproperty_new_due(day_of(stage->end)));
  return cn_date_known(stage->end) || cn_date_known(stage->start);
}

static void add_todo(ics_writer *w, const cn_row *row, const cn_stage *stage, size_t index) {
  icalcomponent *todo = icalcomponent_new(ICAL_VTODO_COMPONENT);
  if (!todo) cn_trap_spring(w->arena->trap);
  if (!add_dates(w, todo, stage)) {
    icalcomponent_free(todo);
    return;
  }
  cn_view uid = cn_arena_format(&w->scratch, "%.*s-%lld-%zu@chengnuo", (int)w->identity.n, w->identity.p,
                                (long long)w->rows, index);
  struct icaltimetype stamp = day_of(w->stamp);
  stamp.is_date = stamp.hour = stamp.minute = stamp.second = 0;
  stamp.zone = icaltimezone_get_utc_timezone();
  add(todo, icalproperty_new_uid(zero(w, uid)));
  add(todo, icalproperty_new_dtstamp(stamp));
  add(todo, icalproperty_new_summary(zero(w, summary(w, row, stage))));
  add(todo, icalproperty_new_description(zero(w, description(w, row))));
  if (row->block.n) add(todo, icalproperty_new_location(zero(w, row->block)));
  add_categories(w, todo, row);
  add(todo, icalproperty_new_status(ICAL_STATUS_NEEDSACTION));
  char *text = icalcomponent_as_ical_string_r(todo);
  icalcomponent_free(todo);
  if (!text) cn_trap_spring(w->arena->trap);
  cn_buf_add_string(&w->text, text);
  icalmemory_free_buffer(text);
}

/* --- events ------------------------------------------------------------------------------------------------------- */

static void begin_notice(ics_writer *w, const cn_notice *n) {
  int64_t year = n->year != CN_NONE && n->year > 0 && n->year < 10000 ? n->year : 1970;
  w->stamp = cn_date_known(n->issued) ? n->issued : (cn_date){(int16_t)year, 1, 1};
  cn_arena_reset(&w->identity_memory);
  cn_view name = n->source && n->source->sha256.p ? cn_view_slice(n->source->sha256, 0, 32) : n->title;
  w->identity = cn_arena_copy(&w->identity_memory, name.p ? name : CN_VIEW("notice"));
  w->rows = 0;
}

static cn_status add_row(ics_writer *w, const cn_row *row) {
  cn_stage_list stages = row->deadline ? row->deadline->stages : row->dates;
  if (!w->identity.p) {
    cn_notice notice = cn_writer_notice_of(row);
    begin_notice(w, &notice);
  }
  w->rows++;
  ensure_head(w);
  for (size_t i = 0; i < stages.n; i++) add_todo(w, row, &stages.items[i], i);
  cn_arena_reset(&w->scratch);
  return cn_writer_send(w->output, &w->text);
}

static cn_status on_event(void *self, const cn_event *event) {
  ics_writer *w = self;
  if (event->type == CN_EVENT_NOTICE) begin_notice(w, event->notice);
  return event->type == CN_EVENT_ROW ? add_row(w, event->row) : CN_OK;
}

static cn_status on_end(void *self) {
  ics_writer *w = self;
  ensure_head(w);
  cn_buf_add_string(&w->text, "END:VCALENDAR\r\n");
  return cn_writer_send(w->output, &w->text);
}

static cn_status open(cn_arena *arena, CN_UNUSED const cn_emit_options *options, cn_output *output, cn_sink *sink,
                      CN_UNUSED cn_view *error) {
  ics_writer *w = cn_arena_new(arena, ics_writer, 1);
  w->arena = arena;
  w->output = output;
  cn_writer_buf(arena, &w->text);
  cn_writer_arena(arena, &w->scratch);
  cn_writer_arena(arena, &w->identity_memory);
  *sink = (cn_sink){w, on_event, on_end};
  return CN_OK;
}

const cn_format cn_format_ics = {"ics", "ics", "text/calendar", "a calendar: one to-do a dated stage", false, open};
