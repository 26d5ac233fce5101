/* The registry of subcommands. In: a name.  Out: the command of commands.def. Owns nothing. */
#include "app/app.h"

#define CN_COMMAND(name, operands, help, more) cn_status cn_command_##name(cn_app *app);
#include "app/commands.def"

static const cn_command commands[] = {
#define CN_COMMAND(name, operands, help, more) {#name, operands, help, more, cn_command_##name},
#include "app/commands.def"
};

const cn_command *cn_command_at(size_t i) { return i < CN_COUNT(commands) ? &commands[i] : NULL; }

const cn_command *cn_command_find(const char *name) {
  for (size_t i = 0; i < CN_COUNT(commands); i++)
    if (strcmp(commands[i].name, name) == 0) return &commands[i];
  return NULL;
}
