/* See pipeline.h. In: the command line's choices.  Out: stages on each other, and the program's status. Knows the order
 * of the stages; owns nothing that the app's arenas do not free. */
#include "app/pipeline.h"

#include "app/signals.h"
#include "extract/extract.h"
#include "normalize/normalize.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* --- output ---------------------------------------------------------------------------------------------------- */

static const char *format_name_at(size_t i) { return cn_format_at(i) ? cn_format_at(i)->name : NULL; }

static bool to_standard_output(const cn_app *app) {
  const char *path = app->option[CN_OPTION_OUTPUT];
  return !path || strcmp(path, "-") == 0;
}

cn_status cn_pipeline_format(cn_app *app, const cn_format **format) {
  const char *name = app->option[CN_OPTION_FORMAT];
  if (name) {
    *format = cn_format_find(name);
    const char *near = *format ? NULL : cn_suggest(name, format_name_at);
    if (near) return cn_usage(app, "unknown format '%s'; did you mean '%s'?", name, near);
    return *format ? CN_OK : cn_usage(app, "unknown format '%s'; 'chengnuo help formats' lists them", name);
  }
  *format = to_standard_output(app) ? NULL : cn_format_for(app->option[CN_OPTION_OUTPUT]);
  if (!*format) *format = cn_format_find(to_standard_output(app) && isatty(STDOUT_FILENO) ? "show" : "json");
  return CN_OK;
}

static int terminal_columns(void) {
  struct winsize size;
  const char *columns = getenv("COLUMNS");
  long n = columns ? strtol(columns, NULL, 10) : 0;
  if (n > 0 && n < 10000) return (int)n;
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

static cn_emit_options emit_options(const cn_app *app) {
  const char *header = app->option[CN_OPTION_HEADER], *eol = app->option[CN_OPTION_EOL];
  const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
  bool plain = (no_color && *no_color) || (terminal && strcmp(terminal, "dumb") == 0);
  cn_emit_options o = {
      .compact = cn_given(app, CN_OPTION_COMPACT),
      .rows = cn_given(app, CN_OPTION_ROWS),
      .targets = cn_given(app, CN_OPTION_TARGETS),
      .bom = cn_given(app, CN_OPTION_BOM),
      .raw = cn_given(app, CN_OPTION_RAW),
      .header_set = header != NULL,
      .datapackage = app->option[CN_OPTION_DATAPACKAGE],
      .columns = to_standard_output(app) ? terminal_columns() : 0,
      .color = to_standard_output(app) && !plain && isatty(STDOUT_FILENO),
  };
  if (header) o.header = *header == 'z' ? CN_HEADER_ZH : *header == 'n' ? CN_HEADER_NONE : CN_HEADER_EN;
  if (eol) o.line_end = *eol == 'c' ? CN_LINE_END_CRLF : CN_LINE_END_LF;
  return o;
}

cn_status cn_pipeline_writer(cn_app *app, const cn_format *format, cn_sink *writer) {
  cn_view error = CN_NULL_VIEW;
  if (format->file_only && to_standard_output(app))
    return cn_usage(app, "format %s is a file, not a stream: give -o FILE", format->name);
  cn_emit_options *options = cn_arena_new(&app->arena, cn_emit_options, 1);
  *options = emit_options(app);
  cn_signals_hold();
  cn_status status = cn_output_open(&app->arena, app->option[CN_OPTION_OUTPUT], &app->output, &error);
  cn_signals_remove(cn_output_path(app->output));
  if (status == CN_OK) status = format->open(&app->arena, options, app->output, writer, &error);
  if (status == CN_USAGE) return cn_usage(app, "%.*s", (int)error.n, error.p);
  if (status != CN_OK && error.n) cn_complain("%.*s", (int)error.n, error.p);
  return status;
}

static cn_status output_failed(const cn_app *app, cn_status status) {
  if (!app->output) return status;
  cn_view error = cn_output_error(app->output);
  if (status == CN_IO && error.n) cn_complain("%.*s", (int)error.n, error.p);
  return status;
}

cn_status cn_pipeline_finish(cn_app *app, const cn_sink *to, cn_status status) {
  if (status == CN_OK) status = output_failed(app, cn_push_end(to));
  if (status == CN_OK && (app->worst == CN_OK || to_standard_output(app)))
    status = output_failed(app, cn_output_commit(app->output));
  if (status == CN_OK) status = app->worst;
  if (status != CN_OK) cn_output_abandon(app->output);
  cn_signals_remove(NULL);
  return status;
}

int cn_pipeline_columns(int least) {
  int columns = isatty(STDOUT_FILENO) || getenv("COLUMNS") ? terminal_columns() : 0;
  if (columns == 0) columns = 80;
  return columns < least ? least : columns;
}

cn_status cn_pipeline_send(cn_app *app, cn_view text) {
  cn_view error = CN_NULL_VIEW;
  cn_status status = cn_output_open(&app->arena, app->option[CN_OPTION_OUTPUT], &app->output, &error);
  if (status != CN_OK) {
    cn_complain("%.*s", (int)error.n, error.p);
    return status;
  }
  status = cn_output_write(app->output, text);
  if (status == CN_OK) status = cn_output_commit(app->output);
  if (status != CN_OK) cn_output_abandon(app->output);
  return output_failed(app, status);
}

/* --- the middle ------------------------------------------------------------------------------------------------- */

static cn_status need_rules(cn_app *app) {
  cn_view error = CN_NULL_VIEW;
  if (app->rules) return CN_OK;
  cn_status status = cn_rules_open(&app->arena, app->option[CN_OPTION_RULES], &app->rules, &error);
  if (status != CN_OK) cn_complain("%.*s", (int)error.n, error.p);
  return status;
}

cn_status cn_pipeline_normalizer(cn_app *app, const cn_sink *out, cn_sink *in) {
  CN_TRY(need_rules(app));
  const cn_normalize_options options = {.all = cn_given(app, CN_OPTION_ALL),
                                        .holidays = app->option[CN_OPTION_HOLIDAYS]};
  cn_normalizer *normalizer;
  cn_view error = CN_NULL_VIEW;
  cn_status status = cn_normalizer_new(&app->arena, app->rules, &options, out, &normalizer, &error);
  if (status == CN_OK)
    *in = cn_normalizer_sink(normalizer);
  else
    cn_complain("%.*s", (int)error.n, error.p);
  return status;
}

/* --- input ------------------------------------------------------------------------------------------------------ */

/* Whether nothing more can be done: the output failed or its reader has gone, the call was wrong, memory ended. */
static bool stops(const cn_app *app, cn_status status) {
  return status == CN_STOP || status == CN_USAGE || status == CN_NOMEM ||
         (status != CN_OK && app->output && cn_output_error(app->output).n);
}

static cn_status read_operand(cn_app *app, cn_reader_fn *read, void *self, const char *name) {
  bool standard = strcmp(name, "-") == 0;
  int fd = standard ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    cn_complain("%s: %s", name, strerror(errno));
    return CN_IO;
  }
  cn_status status = read(app, name, fd, self);
  if (!standard) close(fd);
  cn_arena_reset(&app->document);
  return status;
}

cn_status cn_pipeline_inputs(cn_app *app, cn_reader_fn *read, void *self) {
  static char *standard[] = {"-"};
  char **names = app->operand_count ? app->operands : standard;
  size_t count = app->operand_count ? app->operand_count : 1;
  if (!app->operand_count && isatty(STDIN_FILENO)) return cn_usage(app, "no FILE; - reads what is typed here");
  for (size_t i = 0; i < count; i++) {
    cn_status status = read_operand(app, read, self, names[i]);
    if (stops(app, status)) return output_failed(app, status);
    if (status != CN_OK) app->worst = status;
  }
  return CN_OK;
}

typedef struct extraction {
  cn_extract_options options;
  const cn_sink *to;
} extraction;

/* cn_extract ends its sink after each document; the stages behind are ended once, after the last. */
static cn_status pass_on(void *self, const cn_event *event) { return cn_push(self, event); }
static cn_status hold_end(CN_UNUSED void *self) { return CN_OK; }

static const char *layout_name_at(size_t i) { return cn_layout_name(i); }

static cn_status check_layout(const cn_app *app) {
  const char *layout = app->option[CN_OPTION_LAYOUT];
  for (size_t i = 0; layout && cn_layout_name(i); i++)
    if (strcmp(cn_layout_name(i), layout) == 0) return CN_OK;
  if (!layout) return CN_OK;
  const char *near = cn_suggest(layout, layout_name_at);
  return near ? cn_usage(app, "unknown layout '%s'; did you mean '%s'?", layout, near)
              : cn_usage(app, "unknown layout '%s'; 'chengnuo help layouts' lists them", layout);
}

static cn_status extract_one(cn_app *app, const char *name, int fd, void *self) {
  extraction *e = self;
  cn_sink open_ended = {(void *)e->to, pass_on, hold_end};
  cn_input input = {.name = cn_view_of(name), .fd = fd, .charset = app->option[CN_OPTION_CHARSET]};
  cn_failure failure = {CN_NULL_VIEW, CN_NONE};
  cn_status status = cn_extract(&app->document, app->rules, &e->options, &input, &open_ended, &failure);
  if (status == CN_OK || status == CN_STOP || (app->output && cn_output_error(app->output).n)) return status;
  const char *shown = strcmp(name, "-") == 0 ? "standard input" : name;
  if (status == CN_USAGE) return cn_usage(app, "%.*s", (int)failure.message.n, failure.message.p);
  if (!failure.message.n) failure.message = CN_VIEW("could not be read");
  if (failure.line == CN_NONE)
    cn_complain("%s: %.*s", shown, (int)failure.message.n, failure.message.p);
  else
    cn_complain("%s:%lld: %.*s", shown, (long long)failure.line, (int)failure.message.n, failure.message.p);
  return status;
}

cn_status cn_pipeline_extract(cn_app *app, const cn_sink *to) {
  extraction e = {.options = {.layout = app->option[CN_OPTION_LAYOUT]}, .to = to};
  CN_TRY(cn_option_year(app, &e.options.year));
  CN_TRY(cn_option_size(app, CN_OPTION_MAX_INPUT, &e.options.max_input));
  CN_TRY(check_layout(app));
  CN_TRY(need_rules(app));
  return cn_pipeline_inputs(app, extract_one, &e);
}
