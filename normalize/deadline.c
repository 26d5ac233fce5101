/* Deadlines and dates: see deadline.h. Puts moments and stages together and says what is odd about them.
 *
 * In:  a cell or a task.  Out: the record's deadline, its dates, the spans of time. */
#include "normalize/deadline.h"

#include "core/utf8.h"
#include "normalize/moment.h"

cn_status cn_deadlines_new(cn_arena *arena, const cn_rules *rules, const char *holidays, cn_deadlines **deadlines,
                           cn_view *error) {
  cn_deadlines *d = cn_arena_alloc(arena, sizeof *d);
  d->arena = arena;
  d->patterns = cn_patterns_new(arena, rules);
  d->lunar = cn_lunar_new(arena);
  d->grades = cn_rules_table(rules, CN_RULES_GRADES);
  d->festivals = cn_rules_table(rules, CN_RULES_FESTIVALS);
  *deadlines = d;
  cn_status status = cn_holidays_open(arena, rules, holidays, &d->holidays, error);
  if (status != CN_OK) cn_deadlines_free(d);
  return status;
}

void cn_deadlines_free(cn_deadlines *d) {
  if (!d) return;
  cn_patterns_free(d->patterns);
  cn_lunar_free(d->lunar);
}

/* --- what is odd ---------------------------------------------------------------------------------------------- */

typedef struct reporter {
  cn_arena *arena;
  const cn_sink *out;
  cn_place place;
} reporter;

static cn_status say(const reporter *r, cn_diag code, const char *format, cn_view text) {
  if (!r->out) return CN_OK;
  return cn_diagnose(r->out, code, r->place, cn_arena_format(r->arena, format, (int)text.n, text.p));
}

static cn_status report_moment(const reporter *r, const cn_moment *m) {
  switch (m->trouble) {
  case CN_MOMENT_IMPOSSIBLE: return say(r, CN_DIAG_DATE_IMPOSSIBLE, "no calendar has the date “%.*s”", m->stage.text);
  case CN_MOMENT_NO_YEAR:
    return say(r, CN_DIAG_YEAR_UNKNOWN, "“%.*s” names no year, and neither does the notice", m->stage.text);
  case CN_MOMENT_REVERSED: return say(r, CN_DIAG_DEADLINE_CONTRADICTS, "“%.*s” ends before it starts", m->stage.text);
  case CN_MOMENT_FINE:
  case CN_MOMENT_OPEN: break;
  }
  return CN_OK;
}

static cn_status report_moments(const reporter *r, cn_moment_list list) {
  for (size_t i = 0; i < list.n; i++) CN_TRY(report_moment(r, &list.items[i]));
  return CN_OK;
}

static bool says_nothing(const cn_stage *s) {
  return !cn_date_known(s->start) && !cn_date_known(s->end) && !s->ongoing && !s->rrule.p && !s->relative &&
         !s->precision && !(s->outcome.p && cn_view_equal(s->outcome, s->text));
}

/* 12月底前完成（其中A项目6月底前完成）: the second is part of the first, and not what is due last. */
static bool is_part(const cn_stage *s) { return cn_view_starts(s->text, CN_VIEW("其中")); }

static cn_status report_stages(const reporter *r, cn_stage_list stages, bool explained) {
  cn_date before = {0};
  for (size_t i = 0; i < stages.n; i++) {
    const cn_stage *s = &stages.items[i];
    if (says_nothing(s) && !explained)
      CN_TRY(say(r, CN_DIAG_DEADLINE_UNPARSED, "no date could be read in “%.*s”", s->text));
    if (!cn_date_known(s->end) || is_part(s)) continue;
    if (cn_date_known(before) && cn_date_compare(s->end, before) < 0)
      CN_TRY(say(r, CN_DIAG_DEADLINE_CONTRADICTS, "“%.*s” ends before the stage ahead of it", s->text));
    before = s->end;
  }
  return CN_OK;
}

static bool has_trouble(cn_moment_list list, cn_moment_trouble trouble) {
  for (size_t i = 0; i < list.n; i++)
    if (list.items[i].trouble == trouble) return true;
  return false;
}

/* --- the cell ------------------------------------------------------------------------------------------------- */

cn_status cn_deadline_read(cn_arena *arena, cn_deadlines *d, const cn_folded *text, cn_years years, const cn_sink *out,
                           cn_place place, const cn_deadline **deadline) {
  reporter r = {arena, out, place};
  cn_moment_list moments = cn_moments_find(arena, d, text, years, CN_IN_CELL);
  cn_deadline *result = cn_arena_alloc(arena, sizeof *result);
  cn_record_init(&cn_deadline_shape, result);
  result->text = cn_view_trim(text->source);
  result->stages = cn_stages_of(arena, d, text, moments);
  for (size_t i = 0; i < result->stages.n; i++) {
    const cn_stage *s = &result->stages.items[i];
    if (cn_date_known(s->end) && !(i && is_part(s))) result->due = s->end;
    result->ongoing = result->ongoing || s->ongoing;
  }
  *deadline = result;
  CN_TRY(report_moments(&r, moments));
  return report_stages(&r, result->stages,
                       has_trouble(moments, CN_MOMENT_IMPOSSIBLE) || has_trouble(moments, CN_MOMENT_NO_YEAR));
}

/* --- the task ------------------------------------------------------------------------------------------------- */

cn_status cn_times_find(cn_arena *arena, cn_deadlines *d, const cn_folded *task, cn_years years, const cn_sink *out,
                        cn_place place, cn_times *times) {
  reporter r = {arena, out, place};
  cn_moment_list moments = cn_moments_find(arena, d, task, years, CN_IN_TASK);
  cn_stage *dates = cn_arena_new(arena, cn_stage, moments.n + 1);
  cn_span *spans = cn_arena_new(arena, cn_span, moments.n + 1);
  size_t n = 0, span_count = 0, counted = 0, points = 0;
  for (size_t i = 0; i < moments.n; i++) {
    const cn_moment *m = &moments.items[i];
    if (m->kind != CN_RESOLVE_EVERY || m->counts) spans[span_count++] = m->text;
    if (!m->counts) continue;
    points += cn_utf8_count(cn_view_slice(task->text, counted, m->text.begin));
    counted = m->text.begin;
    dates[n] = m->stage;
    dates[n].start_at = (int64_t)points;
    dates[n].end_at = (int64_t)(points + cn_utf8_count(cn_view_slice(task->text, m->text.begin, m->text.end)));
    n++;
  }
  *times = (cn_times){{dates, n}, {spans, span_count}};
  return report_moments(&r, moments);
}

/* --- in short ------------------------------------------------------------------------------------------------- */

static void add_relative(cn_buf *buf, const cn_relative *r) {
  if (r->event.p) {
    cn_buf_add_view(buf, r->event);
    cn_buf_add_char(buf, ' ');
  }
  cn_buf_add_view(buf, r->offset.p ? r->offset : CN_VIEW("?"));
  if (r->business) cn_buf_add_string(buf, " business");
}

void cn_stage_brief(cn_buf *buf, const cn_stage *s) {
  size_t before = buf->n;
  if (cn_date_known(s->start) || cn_date_known(s->end)) {
    if (cn_date_known(s->start)) cn_date_write(buf, s->start);
    cn_buf_add_char(buf, '/');
    if (cn_date_known(s->end)) cn_date_write(buf, s->end);
  }
  if (buf->n > before && (s->rrule.p || s->relative || s->ongoing)) cn_buf_add_char(buf, ' ');
  if (s->rrule.p) cn_buf_add_view(buf, s->rrule);
  if (s->relative) add_relative(buf, s->relative);
  if (s->ongoing) cn_buf_add_string(buf, "ongoing");
  if (buf->n == before) cn_buf_add_string(buf, "none");
}
