/* The stages, joined: what each subcommand is made of. Every function says on standard error what went wrong. */
#ifndef CN_APP_PIPELINE_H
#define CN_APP_PIPELINE_H

#include "app/app.h"

/* The format asked for: by -f, by the name after -o, a summary on a terminal, else json. */
CN_MUST_USE cn_status cn_pipeline_format(cn_app *app, const cn_format **format);
/* Opens -o (or standard output) and the format's writer on it. */
CN_MUST_USE cn_status cn_pipeline_writer(cn_app *app, const cn_format *format, cn_sink *writer);
/* A normalizer in front of `out`, with the rules and options of the command line. */
CN_MUST_USE cn_status cn_pipeline_normalizer(cn_app *app, const cn_sink *out, cn_sink *in);

/* Calls `read` on each operand in turn, opened (none, or "-": standard input), until one stops everything: an output
 * that failed, a reader that has gone, a wrong call. An input that fails is remembered in app->worst. */
typedef cn_status cn_reader_fn(cn_app *app, const char *name, int fd, void *self);
CN_MUST_USE cn_status cn_pipeline_inputs(cn_app *app, cn_reader_fn *read, void *self);

/* Every operand through extract into `to`, which gets its on_end from cn_pipeline_finish. */
CN_MUST_USE cn_status cn_pipeline_extract(cn_app *app, const cn_sink *to);
/* Every operand's events into `to`. `notes` takes diagnostics of the reading itself. `strict`: the stream must be whole
 * and normalized. */
CN_MUST_USE cn_status cn_pipeline_events(cn_app *app, const cn_sink *to, const cn_sink *notes, bool strict);
/* Every operand's lines into `to`, each a row of its own. */
CN_MUST_USE cn_status cn_pipeline_lines(cn_app *app, const cn_sink *to, const cn_sink *notes);

/* on_end for `to`, and the output becomes final where all went well. Returns the status the program ends with. */
CN_MUST_USE cn_status cn_pipeline_finish(cn_app *app, const cn_sink *to, cn_status status);

/* For commands that write text of their own: columns of the terminal, or 80, but no less than `least`; and `text`
 * written to -o or standard output, whole. */
int cn_pipeline_columns(int least);
CN_MUST_USE cn_status cn_pipeline_send(cn_app *app, cn_view text);

#endif
