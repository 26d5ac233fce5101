/* due: what is due in a window, soonest first: the question of every morning in a supervision office.
 *
 * In:  notices or event streams.  Out: a table, or NDJSON.  An entry is a dated stage: a commitment with two deadlines
 * stands twice. A recurring stage stands with its next day; a term that runs from an event (收到通知后5个工作日内) with
 * the day that --event gives it. */
#include "app/collect.h"
#include "app/pipeline.h"
#include "core/json.h"
#include "core/utf8.h"
#include "emit/phrase.h"
#include "emit/recurrence.h"
#include "emit/screen.h"
#include "normalize/calendar.h"

#include <unistd.h>

typedef struct entry {
  cn_date due;
  const cn_collected *from;
  const cn_stage *stage;
  size_t order;
} entry;

typedef struct due_list {
  cn_app *app;
  cn_date after, before, today;
  const cn_holidays *holidays;
  entry *items;
  size_t n, capacity;
} due_list;

/* --- the window ----------------------------------------------------------------------------------------------------
 */

static cn_status date_option(const cn_app *app, cn_option option, cn_date *date) {
  const char *text = app->option[option];
  if (!text) return CN_OK;
  *date = cn_date_parse(cn_view_of(text));
  if (cn_date_known(*date)) return CN_OK;
  return cn_usage(app, "option '--%s' takes a date such as 2020-06-30, not '%s'", cn_options[option].name, text);
}

static cn_date today(void) {
  time_t now = time(NULL);
  struct tm local;
  localtime_r(&now, &local);
  return (cn_date){(int16_t)(local.tm_year + 1900), (uint8_t)(local.tm_mon + 1), (uint8_t)local.tm_mday};
}

static cn_status read_window(due_list *list) {
  const cn_app *app = list->app;
  list->today = today();
  CN_TRY(date_option(app, CN_OPTION_AS_OF, &list->today));
  CN_TRY(date_option(app, CN_OPTION_AFTER, &list->after));
  CN_TRY(date_option(app, CN_OPTION_BEFORE, &list->before));
  if (!cn_given(app, CN_OPTION_OVERDUE)) return CN_OK;
  if (cn_date_known(list->before)) return cn_usage(app, "--overdue and --before contradict; --as-of says when");
  list->before = list->today;
  return CN_OK;
}

/* --after and --before leave out the day itself, as they do for git log; what is due today is not overdue. */
static bool in_window(const due_list *list, cn_date due) {
  if (cn_date_known(list->after) && cn_date_compare(due, list->after) <= 0) return false;
  return !cn_date_known(list->before) || cn_date_compare(due, list->before) < 0;
}

/* --- entries -------------------------------------------------------------------------------------------------------
 */

/* The date that --event NAME=DATE gives to the stage's event. */
static cn_date event_date(const due_list *list, const cn_relative *relative) {
  const char *text = list->app->option[CN_OPTION_EVENT];
  cn_view given = cn_view_of(text);
  size_t equals = text ? cn_view_find(given, CN_VIEW("="), 0) : SIZE_MAX;
  if (equals == SIZE_MAX || !relative->event.p || !cn_view_equal(cn_view_slice(given, 0, equals), relative->event))
    return (cn_date){0, 0, 0};
  return cn_date_parse(cn_view_slice(given, equals + 1, given.n));
}

/* P5D (working days where `business`), P2W, P1Y6M behind the event's day; hours and minutes end on the day itself. */
static cn_date after_event(const due_list *list, cn_date event, const cn_relative *relative) {
  if (cn_view_starts(relative->offset, CN_VIEW("PT"))) return event;
  return cn_date_add_duration(list->holidays, event, relative->offset, relative->business);
}

static cn_date due_of(const due_list *list, const cn_stage *stage) {
  if (stage->rrule.p) {
    cn_date from = cn_date_known(list->after) ? list->after : list->today;
    return cn_recurrence_next(&list->app->arena, stage->rrule, from);
  }
  if (stage->relative) {
    cn_date event = event_date(list, stage->relative);
    if (cn_date_known(event)) return after_event(list, event, stage->relative);
  }
  return stage->end;
}

static void add_stages(due_list *list, const cn_collected *from, const cn_stage *stages, size_t n) {
  for (size_t i = 0; i < n; i++) {
    cn_date due = due_of(list, &stages[i]);
    if (!cn_date_known(due) || !in_window(list, due)) continue;
    list->items = cn_arena_grow(&list->app->arena, list->items, list->n, &list->capacity, sizeof *list->items);
    list->items[list->n] = (entry){due, from, &stages[i], list->n};
    list->n++;
  }
}

static int sooner(const void *a, const void *b) {
  const entry *x = a, *y = b;
  int order = cn_date_compare(x->due, y->due);
  return order ? order : x->order < y->order ? -1 : 1;
}

static void add_row(due_list *list, const cn_collected *from) {
  const cn_row *row = from->row;
  if (row->deadline)
    add_stages(list, from, row->deadline->stages.items, row->deadline->stages.n);
  else
    add_stages(list, from, row->dates.items, row->dates.n);
}

/* --- output --------------------------------------------------------------------------------------------------------
 */

static void add_member(cn_buf *buf, const char *name, cn_view text) {
  cn_buf_format(buf, ",\"%s\":", name);
  cn_json_write_text(buf, text);
}

static long long days_left(const due_list *list, const entry *e) {
  return (long long)(cn_days_of(e->due) - cn_days_of(list->today));
}

static void write_json(cn_buf *buf, const due_list *list, const entry *e) {
  const cn_row *row = e->from->row;
  cn_buf_add_string(buf, "{\"due\":\"");
  cn_date_write(buf, e->due);
  cn_buf_format(buf, "\",\"days\":%lld", days_left(list, e));
  add_member(buf, "stage", e->stage->text);
  add_member(buf, "outcome", e->stage->outcome);
  add_member(buf, "rrule", e->stage->rrule);
  add_member(buf, "notice", row->notice);
  add_member(buf, "title", row->title);
  add_member(buf, "block", row->block);
  add_member(buf, "label", row->label);
  add_member(buf, "task", row->task);
  cn_buf_add_string(buf, ",\"responsible\":[");
  for (size_t i = 0; i < row->responsible.n; i++) {
    if (i) cn_buf_add_char(buf, ',');
    cn_record_write(buf, &cn_responsible_shape, &row->responsible.items[i], (cn_write_style){0});
  }
  cn_buf_add_string(buf, "]}\n");
}

enum { DUE = 10, DAYS = 6, BLOCK = 16, NO = 6, WHO = 16, GAP = 2, FIXED = DUE + DAYS + BLOCK + NO + WHO + 5 * GAP };

static void write_head(cn_buf *buf, size_t width) {
  static const char *const names[] = {"Due", "Days", "Block", "No", "Task"};
  const size_t widths[] = {DUE, DAYS, BLOCK, NO, width - FIXED};
  for (size_t i = 0; i < CN_COUNT(names); i++) {
    cn_screen_pad(buf, cn_view_of(names[i]), widths[i], i == 1);
    cn_buf_add_string(buf, "  ");
  }
  cn_buf_add_string(buf, "Responsible\n");
}

static void write_line(cn_buf *buf, cn_buf *cell, const due_list *list, const entry *e, size_t width) {
  const cn_row *row = e->from->row;
  char days[24];
  cn_date_write(buf, e->due);
  snprintf(days, sizeof days, "%lld", days_left(list, e));
  cn_buf_add_string(buf, "  ");
  cn_screen_pad(buf, cn_view_of(days), DAYS, true);
  cn_view parts[] = {row->block.p ? row->block : CN_VIEW(""), row->label.p ? row->label : CN_VIEW(""), row->task};
  const size_t widths[] = {BLOCK, NO, width - FIXED};
  for (size_t i = 0; i < CN_COUNT(parts); i++) {
    cn_buf_add_string(buf, "  ");
    cn_screen_pad(buf, parts[i], widths[i], false);
  }
  cn_buf_reset(cell);
  cn_phrase_responsible(cell, &row->responsible, false);
  cn_buf_add_string(buf, "  ");
  cn_screen_cut(buf, cn_buf_view(cell), WHO);
  cn_buf_add_char(buf, '\n');
}

static cn_status send(due_list *list) {
  const char *format = list->app->option[CN_OPTION_FORMAT];
  bool json = format && strcmp(format, "ndjson") == 0;
  size_t width = (size_t)cn_pipeline_columns(FIXED + 24);
  cn_buf buf, cell;
  cn_buf_init(&buf, &list->app->trap);
  cn_buf_init(&cell, &list->app->trap);
  if (!json) write_head(&buf, width);
  for (size_t i = 0; i < list->n; i++) {
    if (json)
      write_json(&buf, list, &list->items[i]);
    else
      write_line(&buf, &cell, list, &list->items[i], width);
  }
  cn_status status = cn_pipeline_send(list->app, cn_buf_view(&buf));
  cn_buf_free(&cell);
  cn_buf_free(&buf);
  return status;
}

cn_status cn_command_due(cn_app *app);
cn_status cn_command_due(cn_app *app) {
  due_list list = {.app = app};
  cn_collection collection = {.app = app};
  cn_view error = CN_NULL_VIEW;
  const char *format = app->option[CN_OPTION_FORMAT];
  if (format && strcmp(format, "ndjson") != 0 && strcmp(format, "table") != 0)
    return cn_usage(app, "due writes a table or ndjson, not '%s'", format);
  CN_TRY(read_window(&list));
  CN_TRY(cn_collect(app, &collection));
  cn_status status = cn_holidays_open(&app->arena, app->rules, app->option[CN_OPTION_HOLIDAYS], &list.holidays, &error);
  if (status != CN_OK) {
    cn_complain("%.*s", (int)error.n, error.p);
    return status;
  }
  for (size_t i = 0; i < collection.n; i++) add_row(&list, &collection.rows[i]);
  if (list.n) qsort(list.items, list.n, sizeof *list.items, sooner);
  status = send(&list);
  return status == CN_OK ? app->worst : status;
}
