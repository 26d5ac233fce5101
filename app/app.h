/* The program's own state, handed to each subcommand. Only app/ prints, exits and knows the order of the stages. */
#ifndef CN_APP_H
#define CN_APP_H

#include "core/event.h"
#include "core/rules.h"
#include "emit/emit.h"

typedef enum cn_option {
#define CN_OPTION(constant, short_name, long_name, argument, commands, help) CN_OPTION_##constant,
#include "app/options.def"
  CN_OPTION_COUNT
} cn_option;

typedef struct cn_option_info {
  char short_name; /* 0: none */
  const char *name, *argument, *commands, *help;
} cn_option_info;

extern const cn_option_info cn_options[CN_OPTION_COUNT];

typedef struct cn_app cn_app;

typedef struct cn_command {
  const char *name, *operands, *help, *more;
  cn_status (*run)(cn_app *app);
} cn_command;

typedef enum cn_report_mode { CN_REPORT_TEXT, CN_REPORT_NDJSON, CN_REPORT_NONE } cn_report_mode;

struct cn_app {
  cn_trap trap;
  cn_arena arena;                      /* lives as long as the program: options, rules, writer, output */
  cn_arena document;                   /* one document, or one event of a stream; reset between them */
  const cn_command *command;           /* NULL until it is known */
  const char *option[CN_OPTION_COUNT]; /* the argument; "" of a flag; NULL where not given */
  char **operands;
  size_t operand_count;
  cn_report_mode report_mode;
  cn_severity fail_on; /* 0: never */
  bool color;          /* of diagnostics */
  bool failed;         /* a diagnostic reached fail_on */
  cn_status worst;     /* of the inputs so far: one that fails does not stop the others */
  cn_output *output;   /* NULL until opened */
  cn_rules *rules;
  int signal_number; /* that ended the run early, or 0 */
};

static inline bool cn_given(const cn_app *app, cn_option option) { return app->option[option] != NULL; }

/* Commands (commands.def). */
const cn_command *cn_command_find(const char *name);
const cn_command *cn_command_at(size_t i); /* NULL past the last */
bool cn_option_fits(cn_option option, const cn_command *command);

/* Reads argv behind the command's name into app->option and app->operands. CN_USAGE after saying what is wrong. */
CN_MUST_USE cn_status cn_options_read(cn_app *app, int argc, char **argv);
/* A whole number of a byte size, with k, M, G; a year. CN_USAGE after saying what is wrong. */
CN_MUST_USE cn_status cn_option_size(const cn_app *app, cn_option option, size_t *value);
CN_MUST_USE cn_status cn_option_year(const cn_app *app, int64_t *year);

/* Says "chengnuo: …" and the usage line on standard error; returns CN_USAGE. */
cn_status cn_usage(const cn_app *app, const char *format, ...) CN_PRINTF(2, 3);
/* Says "chengnuo: …" on standard error. */
void cn_complain(const char *format, ...) CN_PRINTF(1, 2);
/* The word most like `given` among those that `at` lists until NULL, near enough to be meant; or NULL. */
const char *cn_suggest(const char *given, const char *(*at)(size_t i));

/* Help: of the program, of a command; name and version; to standard output. */
CN_MUST_USE cn_status cn_help_version(cn_app *app);
CN_MUST_USE cn_status cn_help_program(cn_app *app);
CN_MUST_USE cn_status cn_help_command(cn_app *app, const cn_command *command);

/* Diagnostics: a sink that reports each one on standard error (report_mode), notes whether it reached fail_on, and
 * passes everything on to `next`, which is copied. */
cn_sink cn_report_tap(cn_app *app, const cn_sink *next);
/* In front of a stage: what comes through it from an earlier stage is not reported by the tap behind. */
cn_sink cn_report_mute(cn_app *app, cn_sink *tap, const cn_sink *next);

/* The exit code of a status, with what the diagnostics say: 0 done, 1 diagnostic, 2 usage, 3 input or output, 4 limit.
 */
int cn_exit_code(const cn_app *app, cn_status status);

#endif
