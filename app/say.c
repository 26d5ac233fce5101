/* What the program says about itself on standard error: complaints, usage. In: printf's arguments.  Out: "chengnuo: …".
 * Owns nothing. */
#include "app/app.h"

#include <stdarg.h>

static void say(const char *format, va_list arguments) CN_PRINTF(1, 0);
static void say(const char *format, va_list arguments) {
  fputs("chengnuo: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
}

void cn_complain(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say(format, arguments);
  va_end(arguments);
}

cn_status cn_usage(const cn_app *app, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  say(format, arguments);
  va_end(arguments);
  const char *name = app->command ? app->command->name : "";
  if (!app->command)
    fputs("usage: chengnuo COMMAND [OPTION]... [FILE]...\n", stderr);
  else
    fprintf(stderr, "usage: chengnuo %s [OPTION]... %s\n", name, app->command->operands);
  fprintf(stderr, "Try 'chengnuo %s%s--help'.\n", name, *name ? " " : "");
  return CN_USAGE;
}

int cn_exit_code(const cn_app *app, cn_status status) {
  if (app->signal_number) return 128 + app->signal_number;
  switch (status) {
  case CN_OK: return app->failed;
  case CN_STOP: return 0;
  case CN_USAGE: return 2;
  case CN_IO:
  case CN_BROKEN: return 3;
  case CN_LIMIT:
  case CN_NOMEM: return 4;
  }
  return 4;
}
