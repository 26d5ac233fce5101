/* Diagnostics on standard error. In: events on their way.  Out: the same events, and for each diagnostic a line as gcc
 * writes it (notice.txt:54:1: warning: … [contact-missing]) or an event line. Owns nothing. */
#include "app/app.h"

typedef struct tap {
  cn_app *app;
  cn_sink next;
  cn_buf line;
  bool muted;
} tap;

static void ink(tap *t, const char *code) {
  if (t->app->color) cn_buf_add_string(&t->line, code);
}

/* A message quotes the notice; what would act on the terminal, and line breaks, become blanks. */
static void add_harmless(cn_buf *line, cn_view text) {
  for (size_t i = 0; i < text.n; i++) {
    unsigned char c = (unsigned char)text.p[i], next = i + 1 < text.n ? (unsigned char)text.p[i + 1] : 0;
    bool c1 = c == 0xC2 && next >= 0x80 && next < 0xA0;
    cn_buf_add_char(line, c < 0x20 || c == 0x7F || c1 ? ' ' : (char)c);
    i += c1;
  }
}

static void add_text(tap *t, const cn_diagnostic *d) {
  static const char *const inks[] = {"", "\033[1;31m", "\033[1;35m", "\033[1;36m"};
  cn_view name = cn_view_is(d->notice, "-") || !d->notice.n ? CN_VIEW("<stdin>") : d->notice;
  const char *severity = cn_enum_name(&cn_severity_names, (int)d->severity);
  ink(t, "\033[1m");
  add_harmless(&t->line, name);
  if (d->line != CN_NONE)
    cn_buf_format(&t->line, ":%lld:%lld", (long long)d->line, d->column == CN_NONE ? 1LL : (long long)d->column);
  cn_buf_add_string(&t->line, ": ");
  ink(t, inks[d->severity]);
  cn_buf_format(&t->line, "%s: ", severity ? severity : "note");
  ink(t, "\033[0m");
  add_harmless(&t->line, d->message);
  cn_buf_add_string(&t->line, " [");
  add_harmless(&t->line, d->code);
  cn_buf_add_string(&t->line, "]\n");
}

static void report(tap *t, const cn_event *event) {
  cn_app *app = t->app;
  cn_severity severity = event->diagnostic->severity; /* error 1, warning 2, info 3 */
  if (app->fail_on && severity && severity <= app->fail_on) app->failed = true;
  if (app->report_mode == CN_REPORT_NONE) return;
  cn_buf_reset(&t->line);
  if (app->report_mode == CN_REPORT_NDJSON)
    cn_event_write(&t->line, event);
  else
    add_text(t, event->diagnostic);
  fwrite(t->line.p, 1, t->line.n, stderr);
}

static cn_status on_event(void *self, const cn_event *event) {
  tap *t = self;
  if (event->type == CN_EVENT_DIAGNOSTIC && !t->muted) report(t, event);
  return cn_push(&t->next, event);
}

static cn_status on_end(void *self) { return cn_push_end(&((tap *)self)->next); }

static void free_line(void *line) { cn_buf_free(line); }

cn_sink cn_report_tap(cn_app *app, const cn_sink *next) {
  tap *t = cn_arena_new(&app->arena, tap, 1);
  *t = (tap){.app = app, .next = *next};
  cn_buf_init(&t->line, &app->trap);
  cn_arena_defer(&app->arena, free_line, &t->line);
  return (cn_sink){t, on_event, on_end};
}

typedef struct mute {
  tap *behind;
  cn_sink next;
} mute;

static cn_status on_muted_event(void *self, const cn_event *event) {
  mute *m = self;
  m->behind->muted = event->type == CN_EVENT_DIAGNOSTIC;
  cn_status status = cn_push(&m->next, event);
  m->behind->muted = false;
  return status;
}

static cn_status on_muted_end(void *self) { return cn_push_end(&((mute *)self)->next); }

cn_sink cn_report_mute(cn_app *app, cn_sink *behind, const cn_sink *next) {
  mute *m = cn_arena_new(&app->arena, mute, 1);
  *m = (mute){behind->self, *next};
  return (cn_sink){m, on_muted_event, on_muted_end};
}
