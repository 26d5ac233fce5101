/* diff: what changed between two versions of a notice, or between two years.
 *
 * In:  two notices or event streams.  Out: text for people, or NDJSON, one change a line.  Exit code 0 whether or not
 * there are changes: a revised list is no error. */
#include "app/diff.h"

#include "app/pipeline.h"
#include "core/json.h"
#include "emit/phrase.h"
#include "emit/screen.h"

typedef struct printer {
  cn_app *app;
  cn_buf buf, cell;
  size_t width;
  cn_pair shown; /* the pair whose heading stands already */
} printer;

/* --- text --------------------------------------------------------------------------------------------------------- */

static cn_view amount_of(printer *p, const cn_target *t) {
  cn_condition amount = cn_phrase_condition_of(t);
  cn_buf_reset(&p->cell);
  cn_phrase_amount(&p->cell, &amount);
  return cn_arena_copy(&p->app->document, cn_buf_view(&p->cell));
}

static const cn_row *row_of(cn_pair pair) { return pair.new_row ? pair.new_row : pair.old_row; }

static void put(printer *p, cn_view v) { cn_screen_wrap(&p->buf, v, 6, 8, p->width); }

static void heading(printer *p, const cn_row_change *c) {
  if (c->rows.old_row == p->shown.old_row && c->rows.new_row == p->shown.new_row) return;
  p->shown = c->rows;
  const cn_row *row = row_of(c->rows);
  const char *sign = c->kind == CN_CHANGED_ADDED ? "+" : c->kind == CN_CHANGED_DROPPED ? "-" : "~";
  cn_view name = cn_arena_format(&p->app->document, "%.*s %.*s ", (int)row->block.n, row->block.p ? row->block.p : "",
                                 (int)row->label.n, row->label.p ? row->label.p : "");
  cn_buf_format(&p->buf, "%s ", sign);
  size_t used = 2 + cn_screen_cut(&p->buf, name, p->width / 2);
  cn_screen_cut(&p->buf, row->task, p->width - used);
  cn_buf_add_char(&p->buf, '\n');
}

static void from_to(printer *p, const char *what, cn_view old_text, cn_view new_text) {
  cn_view line =
      cn_arena_format(&p->app->document, "%s  %.*s → %.*s", what, old_text.p ? (int)old_text.n : 1,
                      old_text.p ? old_text.p : "—", new_text.p ? (int)new_text.n : 1, new_text.p ? new_text.p : "—");
  cn_buf_add_string(&p->buf, "      ");
  put(p, line);
  cn_buf_add_char(&p->buf, '\n');
}

/* The ends that both have, less some characters for the eye to hold on to. */
static void changed_parts(printer *p, cn_view *a, cn_view *b) {
  enum { CONTEXT = 24 }; /* eight ideographs */
  size_t head = 0, tail = 0, least = a->n < b->n ? a->n : b->n;
  while (head < least && a->p[head] == b->p[head]) head++;
  while (tail < least - head && a->p[a->n - 1 - tail] == b->p[b->n - 1 - tail]) tail++;
  head = head > CONTEXT ? head - CONTEXT : 0;
  tail = tail > CONTEXT ? tail - CONTEXT : 0;
  while (head > 0 && ((unsigned char)a->p[head] & 0xC0) == 0x80) head--;
  while (tail > 0 && ((unsigned char)a->p[a->n - tail] & 0xC0) == 0x80) tail--;
  cn_view *sides[] = {a, b};
  for (size_t i = 0; i < CN_COUNT(sides); i++) {
    cn_view part = cn_view_slice(*sides[i], head, sides[i]->n - tail);
    *sides[i] = cn_arena_format(&p->app->document, "%s%.*s%s", head ? "…" : "", (int)part.n, part.p, tail ? "…" : "");
  }
}

static void words_text(printer *p, cn_pair rows) {
  cn_view old_task = rows.old_row->task, new_task = rows.new_row->task;
  changed_parts(p, &old_task, &new_task);
  from_to(p, "words", old_task, new_task);
}

static cn_view deadline_text(printer *p, const cn_deadline *d) {
  if (!d) return CN_VIEW("—");
  cn_buf_reset(&p->cell);
  cn_buf_add_view(&p->cell, d->text);
  if (cn_date_known(d->due)) {
    cn_buf_add_string(&p->cell, " (");
    cn_date_write(&p->cell, d->due);
    cn_buf_add_char(&p->cell, ')');
  }
  return cn_arena_copy(&p->app->document, cn_buf_view(&p->cell));
}

static cn_view place_text(printer *p, const cn_row *row) {
  return cn_arena_format(&p->app->document, "%.*s %.*s", (int)row->block.n, row->block.p ? row->block.p : "",
                         (int)row->label.n, row->label.p ? row->label.p : "");
}

/* The names in `list` that `other` has not. */
static cn_view names_missing(printer *p, const cn_responsible_list *list, const cn_responsible_list *other) {
  cn_buf_reset(&p->cell);
  for (size_t i = 0; i < list->n; i++) {
    if (cn_diff_names(other, &list->items[i])) continue;
    if (p->cell.n) cn_buf_add_string(&p->cell, "、");
    cn_buf_add_view(&p->cell, list->items[i].name);
  }
  return cn_arena_copy(&p->app->document, cn_buf_view(&p->cell));
}

static void people_text(printer *p, cn_pair rows) {
  cn_view gone = names_missing(p, &rows.old_row->responsible, &rows.new_row->responsible);
  cn_view come = names_missing(p, &rows.new_row->responsible, &rows.old_row->responsible);
  cn_view line = cn_arena_format(&p->app->document, "responsible %s%.*s%s%.*s", gone.n ? " -" : "", (int)gone.n, gone.p,
                                 come.n ? " +" : "", (int)come.n, come.p);
  cn_buf_add_string(&p->buf, "      ");
  put(p, line);
  cn_buf_add_char(&p->buf, '\n');
}

static void target_text(printer *p, const cn_row_change *c) {
  const cn_target *t = c->new_target ? c->new_target : c->old_target;
  cn_view metric = t->metric.p ? t->metric : t->text;
  const char *what = cn_arena_format(&p->app->document, "target  %.*s", (int)metric.n, metric.p).p;
  from_to(p, what, c->old_target ? amount_of(p, c->old_target) : CN_VIEW("—"),
          c->new_target ? amount_of(p, c->new_target) : CN_VIEW("—"));
}

static void print_text(printer *p, const cn_row_change *c) {
  heading(p, c);
  switch (c->kind) {
  case CN_CHANGED_MOVED: from_to(p, "place", place_text(p, c->rows.old_row), place_text(p, c->rows.new_row)); break;
  case CN_CHANGED_DEADLINE:
    from_to(p, "deadline", deadline_text(p, c->rows.old_row->deadline), deadline_text(p, c->rows.new_row->deadline));
    break;
  case CN_CHANGED_TARGET: target_text(p, c); break;
  case CN_CHANGED_PEOPLE: people_text(p, c->rows); break;
  case CN_CHANGED_REWORDED: words_text(p, c->rows); break;
  case CN_CHANGED_ADDED:
  case CN_CHANGED_DROPPED: break;
  }
}

/* --- NDJSON ------------------------------------------------------------------------------------------------------- */

static void member(cn_buf *buf, const char *name, cn_view text) {
  cn_buf_format(buf, ",\"%s\":", name);
  cn_json_write_text(buf, text);
}

/* {"text":…,…} of a record, or null. */
static void record_member(cn_buf *buf, const char *name, const cn_shape *shape, const void *record) {
  cn_buf_format(buf, ",\"%s\":", name);
  if (record)
    cn_record_write(buf, shape, record, (cn_write_style){0});
  else
    cn_buf_add_string(buf, "null");
}

static void people_member(cn_buf *buf, const char *name, const cn_responsible_list *list,
                          const cn_responsible_list *other) {
  bool any = false;
  cn_buf_format(buf, ",\"%s\":[", name);
  for (size_t i = 0; i < list->n; i++) {
    if (cn_diff_names(other, &list->items[i])) continue;
    if (any) cn_buf_add_char(buf, ',');
    any = true;
    cn_record_write(buf, &cn_responsible_shape, &list->items[i], (cn_write_style){0});
  }
  cn_buf_add_char(buf, ']');
}

static void print_details(cn_buf *buf, const cn_row_change *c) {
  const cn_row *o = c->rows.old_row, *n = c->rows.new_row;
  switch (c->kind) {
  case CN_CHANGED_MOVED:
    member(buf, "old_block", o->block);
    member(buf, "old_label", o->label);
    break;
  case CN_CHANGED_DEADLINE:
    record_member(buf, "old", &cn_deadline_shape, o->deadline);
    record_member(buf, "new", &cn_deadline_shape, n->deadline);
    break;
  case CN_CHANGED_TARGET:
    record_member(buf, "old", &cn_target_shape, c->old_target);
    record_member(buf, "new", &cn_target_shape, c->new_target);
    break;
  case CN_CHANGED_PEOPLE:
    people_member(buf, "dropped", &o->responsible, &n->responsible);
    people_member(buf, "added", &n->responsible, &o->responsible);
    break;
  case CN_CHANGED_REWORDED: member(buf, "old", o->task); break;
  case CN_CHANGED_ADDED:
  case CN_CHANGED_DROPPED: break;
  }
}

static void print_json(printer *p, const cn_row_change *c) {
  static const char *const names[] = {"row-added",      "row-dropped",    "row-moved",          "task-reworded",
                                      "deadline-moved", "target-changed", "responsible-changed"};
  const cn_row *row = row_of(c->rows);
  cn_buf_format(&p->buf, "{\"change\":\"%s\"", names[c->kind]);
  member(&p->buf, "block", row->block);
  member(&p->buf, "label", row->label);
  member(&p->buf, "task", row->task);
  print_details(&p->buf, c);
  cn_buf_add_string(&p->buf, "}\n");
}

/* --- the command -------------------------------------------------------------------------------------------------- */

static cn_status collect_operand(cn_app *app, char **operand, cn_collection *collection) {
  app->operands = operand;
  app->operand_count = 1;
  CN_TRY(cn_collect(app, collection));
  return app->worst;
}

static void print_summary(printer *p, const cn_row_change_list *list) {
  size_t counts[CN_CHANGED_PEOPLE + 1] = {0};
  for (size_t i = 0; i < list->n; i++) counts[list->items[i].kind]++;
  if (!list->n)
    cn_buf_add_string(&p->buf, "no changes\n");
  else
    cn_buf_format(
        &p->buf,
        "%zu added, %zu dropped, %zu deadlines moved, %zu targets changed, %zu with other people, %zu reworded\n",
        counts[CN_CHANGED_ADDED], counts[CN_CHANGED_DROPPED], counts[CN_CHANGED_DEADLINE], counts[CN_CHANGED_TARGET],
        counts[CN_CHANGED_PEOPLE], counts[CN_CHANGED_REWORDED]);
}

static cn_status print_all(cn_app *app, const cn_row_change_list *list, bool json) {
  printer p = {.app = app, .width = (size_t)cn_pipeline_columns(40)};
  cn_buf_init(&p.buf, &app->trap);
  cn_buf_init(&p.cell, &app->trap);
  for (size_t i = 0; i < list->n; i++) {
    if (json)
      print_json(&p, &list->items[i]);
    else
      print_text(&p, &list->items[i]);
  }
  if (!json) print_summary(&p, list);
  cn_status status = cn_pipeline_send(app, cn_buf_view(&p.buf));
  cn_buf_free(&p.cell);
  cn_buf_free(&p.buf);
  return status;
}

cn_status cn_command_diff(cn_app *app);
cn_status cn_command_diff(cn_app *app) {
  cn_collection sides[2] = {{.app = app}, {.app = app}};
  cn_row_change_list changes = {NULL, 0, 0};
  const char *format = app->option[CN_OPTION_FORMAT];
  char **operands = app->operands;
  if (app->operand_count != 2) return cn_usage(app, "diff compares two: OLD and NEW");
  if (format && strcmp(format, "ndjson") != 0 && strcmp(format, "text") != 0)
    return cn_usage(app, "diff writes text or ndjson, not '%s'", format);
  for (size_t i = 0; i < 2; i++) CN_TRY(collect_operand(app, &operands[i], &sides[i]));
  cn_pair_list pairs = cn_diff_match(&app->arena, &sides[0], &sides[1]);
  for (size_t i = 0; i < pairs.n; i++) cn_diff_changes(&app->arena, pairs.items[i], &changes);
  return print_all(app, &changes, format && strcmp(format, "ndjson") == 0);
}
