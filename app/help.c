/* help: of the program, of a command, of the lists that options refer to. In: a command or topic.  Out: text on
 * standard output, made from commands.def, options.def, formats.def, layouts.def and diag.def. Owns nothing. */
#include "app/app.h"
#include "extract/extract.h"

static cn_status send(cn_app *app, cn_buf *text) {
  cn_output *output;
  cn_view error;
  cn_status status = cn_output_open(&app->arena, NULL, &output, &error);
  if (status == CN_OK) status = cn_output_write(output, cn_buf_view(text));
  if (status == CN_OK) status = cn_output_commit(output);
  if (status == CN_IO) cn_complain("%s", cn_arena_string(&app->arena, cn_output_error(output)));
  cn_buf_free(text);
  return status;
}

cn_status cn_help_version(cn_app *app) {
  cn_buf text;
  cn_buf_init(&text, &app->trap);
  cn_buf_add_string(&text, "chengnuo " CN_VERSION "\n");
  return send(app, &text);
}

enum { WIDTH = 80 };

/* ASCII text in lines of at most WIDTH columns, broken at blanks; the first line begins at column `at`. */
static void add_wrapped(cn_buf *text, const char *words, int at, int indent) {
  int column = at;
  for (const char *p = words; *p;) {
    int n = (int)strcspn(p, " \n");
    if (column + n > WIDTH && column > indent) {
      cn_buf_format(text, "\n%*s", indent, "");
      column = indent;
    }
    cn_buf_add(text, p, (size_t)n);
    column += n + 1;
    p += n;
    if (*p == '\n') cn_buf_format(text, "\n%*s", column = indent, "");
    if (*p == ' ' && column + (int)strcspn(p + 1, " \n") <= WIDTH) cn_buf_add_char(text, ' ');
    if (*p) p++;
  }
  cn_buf_add_char(text, '\n');
}

/* A name, and its explanation from column `at` on. */
static void entry(cn_buf *text, cn_view name, const char *help, int at) {
  cn_buf_add_string(text, "  ");
  cn_buf_add_view(text, name);
  if ((int)name.n + 4 > at)
    cn_buf_format(text, "\n%*s", at, "");
  else
    cn_buf_format(text, "%*s", at - 2 - (int)name.n, "");
  add_wrapped(text, help, at, at);
}

static void option_entry(cn_buf *text, cn_option i) {
  const cn_option_info *o = &cn_options[i];
  char name[96], letter[8] = "    ";
  if (o->short_name) snprintf(letter, sizeof letter, "-%c, ", o->short_name);
  snprintf(name, sizeof name, "%s--%s%s%s", letter, o->name, o->argument ? " " : "", o->argument ? o->argument : "");
  entry(text, cn_view_of(name), o->help, 30);
}

cn_status cn_help_command(cn_app *app, const cn_command *command) {
  cn_buf text;
  cn_buf_init(&text, &app->trap);
  cn_buf_format(&text, "usage: chengnuo %s [OPTION]... %s\n\n", command->name, command->operands);
  add_wrapped(&text, command->help, 0, 0);
  if (*command->more) cn_buf_add_char(&text, '\n');
  if (*command->more) add_wrapped(&text, command->more, 0, 0);
  cn_buf_add_string(&text, "\noptions:\n");
  for (cn_option i = 0; i < CN_OPTION_COUNT; i++)
    if (cn_option_fits(i, command)) option_entry(&text, i);
  return send(app, &text);
}

cn_status cn_help_program(cn_app *app) {
  cn_buf text;
  cn_buf_init(&text, &app->trap);
  cn_buf_add_string(&text, "usage: chengnuo COMMAND [OPTION]... [FILE]...\n\n"
                           "Turns Chinese public-commitment notices into structured records.\n\ncommands:\n");
  for (size_t i = 0; cn_command_at(i); i++)
    entry(&text, cn_view_of(cn_command_at(i)->name), cn_command_at(i)->help, 14);
  cn_buf_add_string(&text, "\nexamples:\n"
                           "  chengnuo convert notice.txt                      the whole record as JSON\n"
                           "  chengnuo convert -f csv -o rows.csv notice.html  a row a line\n"
                           "  chengnuo extract notice.txt | chengnuo normalize | chengnuo emit -f csv\n"
                           "  chengnuo show notice.docx                        a summary for people\n\n"
                           "exit status: 0 done; 1 a diagnostic reached --fail-on; 2 usage; 3 input or\n"
                           "output failed; 4 a limit was reached. 'chengnuo COMMAND --help' gives a\n"
                           "command's options.\n");
  return send(app, &text);
}

static void formats(cn_buf *text) {
  cn_buf_add_string(text, "output formats (-f NAME, or by the name after -o):\n");
  for (size_t i = 0; cn_format_at(i); i++) entry(text, cn_view_of(cn_format_at(i)->name), cn_format_at(i)->help, 14);
}

static void layouts(cn_buf *text) {
  cn_buf_add_string(text, "layouts of plain text (--layout NAME; found by content otherwise):\n");
  for (size_t i = 0; cn_layout_name(i); i++) entry(text, cn_view_of(cn_layout_name(i)), cn_layout_help(i), 14);
}

static void diagnostics(cn_buf *text) {
  cn_buf_add_string(text, "diagnostics:\n");
  for (size_t i = 0; i < CN_DIAG_COUNT; i++) {
    const cn_diag_info *d = &cn_diag_table[i];
    char name[40];
    snprintf(name, sizeof name, "%-8s %-22s", cn_enum_name(&cn_severity_names, (int)d->severity), d->code);
    entry(text, cn_view_of(name), d->doc, 35);
  }
}

static const struct {
  const char *name;
  void (*write)(cn_buf *text);
} topics[] = {{"formats", formats}, {"layouts", layouts}, {"diagnostics", diagnostics}};

static const char *subject_at(size_t i) {
  if (i < CN_COUNT(topics)) return topics[i].name;
  const cn_command *command = cn_command_at(i - CN_COUNT(topics));
  return command ? command->name : NULL;
}

cn_status cn_command_help(cn_app *app);
cn_status cn_command_help(cn_app *app) {
  if (app->operand_count > 1) return cn_usage(app, "one subject at a time");
  if (!app->operand_count) return cn_help_program(app);
  const char *subject = app->operands[0];
  for (size_t i = 0; i < CN_COUNT(topics); i++) {
    if (strcmp(topics[i].name, subject) != 0) continue;
    cn_buf text;
    cn_buf_init(&text, &app->trap);
    topics[i].write(&text);
    return send(app, &text);
  }
  const cn_command *command = cn_command_find(subject);
  if (command) return cn_help_command(app, command);
  const char *near = cn_suggest(subject, subject_at);
  return near ? cn_usage(app, "no help on '%s'; did you mean '%s'?", subject, near)
              : cn_usage(app, "no help on '%s'", subject);
}
