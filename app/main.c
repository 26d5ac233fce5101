/* chengnuo: the program. In: argv.  Out: an exit code. Holds the trap that memory's end jumps to, and frees everything
 * on every way out. */
#include "app/app.h"
#include "app/signals.h"

#include <fcntl.h>
#include <unistd.h>

/* A closed standard descriptor would be given to the next file opened, and messages written into it. The opposite mode
 * makes reading or writing it the error it should be. */
static void guard_descriptors(void) {
  for (int fd = 0; fd < 3; fd++)
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) _exit(3);
}

static const char *command_name_at(size_t i) { return cn_command_at(i) ? cn_command_at(i)->name : NULL; }

static cn_status no_such_command(const cn_app *app, const char *word) {
  const char *near = cn_suggest(word, command_name_at);
  if (near) return cn_usage(app, "no command '%s'; did you mean '%s'?", word, near);
  if (access(word, F_OK) == 0) return cn_usage(app, "no command '%s'; did you mean 'chengnuo convert %s'?", word, word);
  return cn_usage(app, "no command '%s'", word);
}

static void set_reports(cn_app *app) {
  const char *mode = app->option[CN_OPTION_DIAGNOSTICS], *fail_on = app->option[CN_OPTION_FAIL_ON];
  const char *no_color = getenv("NO_COLOR"), *terminal = getenv("TERM");
  if (mode) app->report_mode = *mode == 'n' ? mode[1] == 'd' ? CN_REPORT_NDJSON : CN_REPORT_NONE : CN_REPORT_TEXT;
  app->fail_on = CN_SEVERITY_ERROR;
  if (fail_on) app->fail_on = *fail_on == 'n' ? 0 : *fail_on == 'w' ? CN_SEVERITY_WARNING : CN_SEVERITY_ERROR;
  app->color = isatty(STDERR_FILENO) && !(no_color && *no_color) && !(terminal && strcmp(terminal, "dumb") == 0);
}

static cn_status run(cn_app *app, int argc, char **argv) {
  if (argc < 2) return cn_usage(app, "no command");
  if (argv[1][0] != '-') {
    app->command = cn_command_find(argv[1]);
    if (!app->command) return no_such_command(app, argv[1]);
    argc--;
    argv++;
  }
  CN_TRY(cn_options_read(app, argc, argv));
  if (cn_given(app, CN_OPTION_VERSION)) return cn_help_version(app);
  if (cn_given(app, CN_OPTION_HELP)) return app->command ? cn_help_command(app, app->command) : cn_help_program(app);
  if (!app->command) return cn_usage(app, "no command");
  set_reports(app);
  return app->command->run(app);
}

static int run_in_trap(cn_app *app, int argc, char **argv) {
  if (setjmp(app->trap.env)) {
    cn_complain("memory ran out");
    return cn_exit_code(app, CN_NOMEM);
  }
  return cn_exit_code(app, run(app, argc, argv));
}

int main(int argc, char **argv) {
  cn_app app = {.command = NULL};
  guard_descriptors();
  cn_signals_init();
  cn_arena_init(&app.arena, &app.trap);
  cn_arena_init(&app.document, &app.trap);
  int code = run_in_trap(&app, argc, argv);
  cn_arena_free(&app.document);
  cn_arena_free(&app.arena);
  return code;
}
