/* Lines from a descriptor, one after another, in memory that does not grow with their number. */
#ifndef CN_APP_LINES_H
#define CN_APP_LINES_H

#include "app/app.h"

typedef struct cn_lines_reader {
  cn_app *app;
  const char *name; /* for messages */
  int fd;
  cn_buf buf;
  size_t at;
  bool ended;
  int64_t number; /* of the line given last, 1-based */
  bool cut;       /* the line given last has no newline: the input ends in it */
} cn_lines_reader;

/* Begins on a descriptor that the caller closes. The reader must not move: the app's arena frees its buffer. */
void cn_lines_init(cn_lines_reader *reader, cn_app *app, const char *name, int fd);
/* The next line without its line end, valid until the next call; a null view after the last. Before it waits for input
 * it pushes out what app->output holds, so that a slow pipe's reader sees what is there. CN_IO or CN_LIMIT after saying
 * why. */
CN_MUST_USE cn_status cn_lines_next(cn_lines_reader *reader, cn_view *line);

#endif
