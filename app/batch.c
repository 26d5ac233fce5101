/* batch: the command. In: archives, folders, lists.  Out: a file a notice below OUT, or one merged stream, and a
 * manifest. The parts are described in batch.h. */
#include "app/batch.h"

#include "app/pipeline.h"
#include "core/limits.h"

#include <unistd.h>

static cn_status read_count(const cn_app *app, cn_option option, size_t least, size_t most, size_t *value) {
  const char *text = app->option[option];
  if (!text) return CN_OK;
  cn_decimal n = cn_decimal_parse(cn_view_of(text));
  if (n.known && n.scale == 0 && n.mantissa >= (int64_t)least && n.mantissa <= (int64_t)most) {
    *value = (size_t)n.mantissa;
    return CN_OK;
  }
  return cn_usage(app, "option '--%s' takes a number from %zu to %zu, not '%s'", cn_options[option].name, least, most,
                  text);
}

/* 30s, 500ms, 2m; a bare number is seconds. */
static cn_status read_timeout(const cn_app *app, int64_t *milliseconds) {
  const char *text = app->option[CN_OPTION_TIMEOUT];
  *milliseconds = 30000;
  if (!text) return CN_OK;
  size_t digits = strspn(text, "0123456789.");
  cn_decimal n = cn_decimal_parse((cn_view){text, digits});
  const char *unit = text + digits;
  int64_t factor = strcmp(unit, "ms") == 0            ? 1
                   : strcmp(unit, "s") == 0 || !*unit ? 1000
                   : strcmp(unit, "m") == 0           ? 60000
                                                      : 0;
  cn_decimal total = cn_decimal_mul(n, cn_decimal_int(factor));
  if (factor && total.known && total.scale == 0 && total.mantissa > 0) {
    *milliseconds = total.mantissa;
    return CN_OK;
  }
  return cn_usage(app, "option '--timeout' takes a time such as 30s, not '%s'", text);
}

static cn_status read_limits(cn_batch *b) {
  const cn_app *app = b->app;
  size_t workers = (size_t)sysconf(_SC_NPROCESSORS_ONLN);
  b->max_memory = (size_t)512 << 20;
  b->max_input = CN_MAX_INPUT;
  b->max_expanded = (size_t)1 << 40;
  b->max_entries = 100000000;
  b->max_nesting = 3;
  b->max_path = 4096;
  if (workers < 1) workers = 1;
  if (workers > 256) workers = 256;
  CN_TRY(read_count(app, CN_OPTION_JOBS, 1, 256, &workers));
  CN_TRY(read_count(app, CN_OPTION_MAX_ENTRIES, 1, 1000000000, &b->max_entries));
  CN_TRY(read_count(app, CN_OPTION_MAX_NESTING, 0, 8, &b->max_nesting));
  CN_TRY(read_count(app, CN_OPTION_MAX_PATH, 1, 65536, &b->max_path));
  CN_TRY(cn_option_size(app, CN_OPTION_MAX_MEMORY, &b->max_memory));
  CN_TRY(cn_option_size(app, CN_OPTION_MAX_INPUT, &b->max_input));
  CN_TRY(cn_option_size(app, CN_OPTION_MAX_EXPANDED, &b->max_expanded));
  b->workers = (int)workers;
  return read_timeout(app, &b->timeout);
}

/* The options that change what an input becomes; --resume does over what was done with others. */
static const char *settings_of(cn_batch *b) {
  static const cn_option changing[] = {CN_OPTION_YEAR,     CN_OPTION_CHARSET, CN_OPTION_LAYOUT,  CN_OPTION_RULES,
                                       CN_OPTION_HOLIDAYS, CN_OPTION_ALL,     CN_OPTION_COMPACT, CN_OPTION_TARGETS,
                                       CN_OPTION_ROWS,     CN_OPTION_RAW,     CN_OPTION_HEADER,  CN_OPTION_BOM};
  cn_arena *arena = &b->app->arena;
  cn_view text = cn_arena_format(arena, "%s%s", b->format->name, b->merge ? " merged" : "");
  for (size_t i = 0; i < CN_COUNT(changing); i++)
    if (cn_given(b->app, changing[i]))
      text = cn_arena_format(arena, "%.*s %s=%s", (int)text.n, text.p, cn_options[changing[i]].name,
                             b->app->option[changing[i]]);
  return text.p;
}

static cn_status read_options(cn_batch *b) {
  cn_app *app = b->app;
  b->out = app->option[CN_OPTION_OUTPUT];
  b->merge = cn_given(app, CN_OPTION_MERGE);
  b->resume = cn_given(app, CN_OPTION_RESUME);
  b->fail_fast = cn_given(app, CN_OPTION_FAIL_FAST);
  if (!b->out || strcmp(b->out, "-") == 0) return cn_usage(app, "batch writes into a folder: give -o OUT");
  if (!app->operand_count && !cn_given(app, CN_OPTION_FILES_FROM)) return cn_usage(app, "no INPUT");
  if (!cn_given(app, CN_OPTION_FORMAT)) app->option[CN_OPTION_FORMAT] = b->merge ? "ndjson" : "json";
  CN_TRY(cn_pipeline_format(app, &b->format));
  bool mergeable = strcmp(b->format->name, "ndjson") == 0 || strcmp(b->format->name, "csv") == 0 ||
                   strcmp(b->format->name, "tsv") == 0;
  if (b->merge && !mergeable && strcmp(b->format->name, "sqlite") != 0)
    return cn_usage(app, "--merge makes one stream of ndjson, csv, tsv or sqlite, not of %s", b->format->name);
  b->workers_format = b->merge && b->format->file_only ? cn_format_find("ndjson") : b->format;
  CN_TRY(read_limits(b));
  b->settings = settings_of(b);
  return CN_OK;
}

/* Rules and the like are checked here, once, where a message can be given. */
static cn_status check_rules(cn_app *app) {
  cn_view error = CN_NULL_VIEW;
  int64_t year;
  CN_TRY(cn_option_year(app, &year));
  cn_status status = cn_rules_open(&app->arena, app->option[CN_OPTION_RULES], &app->rules, &error);
  if (status != CN_OK) cn_complain("%.*s", (int)error.n, error.p);
  return status;
}

static cn_status run(cn_batch *b) {
  cn_manifest *manifest;
  cn_progress progress;
  cn_view error = CN_NULL_VIEW;
  int signal_number = 0;
  cn_status status = cn_manifest_open(b, &manifest, &error);
  if (status == CN_OK) {
    cn_progress_begin(&progress, b);
    status = cn_batch_run(b, cn_batch_source_open(b), manifest, &progress, &signal_number);
    cn_status closed = cn_manifest_close(manifest, status == CN_OK && !signal_number);
    if (status == CN_OK) status = closed;
    error = cn_manifest_error(manifest);
    cn_progress_end(&progress, signal_number != 0);
  }
  if (status != CN_OK && error.n) cn_complain("%.*s", (int)error.n, error.p);
  b->app->signal_number = signal_number;
  return status;
}

cn_status cn_command_batch(cn_app *app);
cn_status cn_command_batch(cn_app *app) {
  cn_batch b = {.app = app};
  CN_TRY(read_options(&b));
  CN_TRY(check_rules(app));
  return run(&b);
}
