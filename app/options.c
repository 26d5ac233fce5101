/* The command line. In: argv.  Out: app->option and app->operands, or what is wrong with it and CN_USAGE. Owner of
 * getopt. */
#include "app/app.h"

#include <getopt.h>

const cn_option_info cn_options[CN_OPTION_COUNT] = {
#define CN_OPTION(constant, short_name, long_name, argument, commands, help)                                           \
  {short_name, long_name, argument, commands, help},
#include "app/options.def"
};

/* Whether `word` is one of the words of `list` between separators. */
static bool among(const char *list, char separator, const char *word) {
  cn_view rest = cn_view_of(list), part;
  while (cn_view_split(&rest, separator, &part))
    if (cn_view_is(part, word)) return true;
  return false;
}

bool cn_option_fits(cn_option option, const cn_command *command) {
  const char *commands = cn_options[option].commands;
  return strcmp(commands, "*") == 0 || (command && among(commands, ' ', command->name));
}

enum { LONG_BASE = 256 };

/* getopt's own tables: the short string ":f:o:c…" and the long list. */
typedef struct tables {
  char shorts[2 * CN_OPTION_COUNT + 2];
  struct option longs[CN_OPTION_COUNT + 1];
} tables;

static void fill(tables *t, const cn_command *command) {
  size_t s = 0, l = 0;
  t->shorts[s++] = ':';
  for (cn_option i = 0; i < CN_OPTION_COUNT; i++) {
    const cn_option_info *o = &cn_options[i];
    if (!cn_option_fits(i, command)) continue;
    t->longs[l++] = (struct option){o->name, o->argument ? required_argument : no_argument, NULL, LONG_BASE + (int)i};
    if (o->short_name) t->shorts[s++] = o->short_name;
    if (o->short_name && o->argument) t->shorts[s++] = ':';
  }
  t->shorts[s] = 0;
  t->longs[l] = (struct option){NULL, 0, NULL, 0};
}

static const char *option_name_at(size_t i) { return i < CN_OPTION_COUNT ? cn_options[i].name : NULL; }

/* --formt, --di (two begin so), --bom where the command has none, -x, --compact=1. */
static cn_status unknown(const cn_app *app, const char *word, int short_name) {
  if (short_name >= LONG_BASE)
    return cn_usage(app, "option '--%s' takes no argument", cn_options[short_name - LONG_BASE].name);
  if (short_name) return cn_usage(app, "unknown option '-%c'", short_name);
  char name[64];
  snprintf(name, sizeof name, "%.*s", (int)strcspn(word + 2, "="), word + 2);
  size_t begins = 0;
  for (cn_option i = 0; i < CN_OPTION_COUNT; i++) {
    if (strcmp(cn_options[i].name, name) == 0)
      return cn_usage(app, "option '--%s' is for: %s", name, cn_options[i].commands);
    begins += cn_option_fits(i, app->command) && strncmp(cn_options[i].name, name, strlen(name)) == 0;
  }
  if (begins > 1) return cn_usage(app, "option '--%s' could be several; write it out", name);
  const char *near = cn_suggest(name, option_name_at);
  return near ? cn_usage(app, "unknown option '--%s'; did you mean '--%s'?", name, near)
              : cn_usage(app, "unknown option '--%s'", name);
}

static cn_status missing(const cn_app *app, int short_name) {
  for (cn_option i = 0; i < CN_OPTION_COUNT; i++)
    if (short_name == LONG_BASE + (int)i || short_name == cn_options[i].short_name)
      return cn_usage(app, "option '--%s' needs %s", cn_options[i].name, cn_options[i].argument);
  return CN_USAGE;
}

static cn_status take(cn_app *app, int got, const char *argument) {
  cn_option i = 0;
  while (i < CN_OPTION_COUNT && got != LONG_BASE + (int)i && got != cn_options[i].short_name) i++;
  const cn_option_info *o = &cn_options[i];
  app->option[i] = argument ? argument : "";
  if (!o->argument || !strchr(o->argument, '|') || among(o->argument, '|', argument)) return CN_OK;
  return cn_usage(app, "option '--%s' takes %s, not '%s'", o->name, o->argument, argument);
}

cn_status cn_options_read(cn_app *app, int argc, char **argv) {
  tables t;
  fill(&t, app->command);
  opterr = 0;
  optind = 1;
  for (int got; (got = getopt_long(argc, argv, t.shorts, t.longs, NULL)) != -1;) {
    if (got == '?') return unknown(app, argv[optind - 1], optopt);
    if (got == ':') return missing(app, optopt);
    CN_TRY(take(app, got, optarg));
  }
  app->operands = argv + optind;
  app->operand_count = (size_t)(argc - optind);
  if (cn_given(app, CN_OPTION_PRETTY) && cn_given(app, CN_OPTION_COMPACT))
    return cn_usage(app, "--pretty and --compact contradict");
  return CN_OK;
}

static bool whole(const char *text, uint64_t *value, const char **rest) {
  *value = 0;
  for (*rest = text; **rest >= '0' && **rest <= '9'; ++*rest) {
    if (*value > (UINT64_MAX - 9) / 10) return false;
    *value = *value * 10 + (uint64_t)(**rest - '0');
  }
  return *rest != text;
}

cn_status cn_option_size(const cn_app *app, cn_option option, size_t *value) {
  const char *text = app->option[option], *rest;
  uint64_t n;
  if (!text) return CN_OK;
  if (whole(text, &n, &rest)) {
    int shift = *rest == 'k' || *rest == 'K' ? 10 : *rest == 'M' ? 20 : *rest == 'G' ? 30 : 0;
    if (!rest[shift != 0] && n && n <= SIZE_MAX >> shift) {
      *value = (size_t)n << shift;
      return CN_OK;
    }
  }
  return cn_usage(app, "option '--%s' takes a size such as 64M, not '%s'", cn_options[option].name, text);
}

cn_status cn_option_year(const cn_app *app, int64_t *year) {
  const char *text = app->option[CN_OPTION_YEAR], *rest;
  uint64_t n;
  *year = CN_NONE;
  if (!text) return CN_OK;
  if (!whole(text, &n, &rest) || *rest || n < 1 || n > 9999)
    return cn_usage(app, "option '--year' takes a year such as 2020, not '%s'", text);
  *year = (int64_t)n;
  return CN_OK;
}
