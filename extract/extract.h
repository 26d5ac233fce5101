/* extract: bytes -> events. The only header of this folder that others include.
 *
 * In:  one document, from memory or a descriptor.  Out: notice, block, row, contact, diagnostic … end, in source order,
 * pushed into a sink; rows carry their raw cells (people, bodies, deadline) for normalize.
 * The document is held whole, but a tab-separated, CSV or one-task-a-line text larger than a window is read window by
 * window. */
#ifndef CN_EXTRACT_H
#define CN_EXTRACT_H

#include "core/event.h"
#include "core/rules.h"

typedef struct cn_input {
  cn_view name;           /* as it shall appear in source.name and in messages */
  int fd;                 /* read from here to the end when bytes.p is NULL; stays open, the caller closes it */
  cn_view bytes;          /* the document itself, borrowed */
  const char *charset;    /* declared from outside (--charset, HTTP header), or NULL */
  const char *media_type; /* declared from outside, a hint only, or NULL */
  cn_view url, fetched;   /* of a web archive's record, or null */
} cn_input;

typedef struct cn_extract_options {
  const char *layout; /* a name from layouts.def, or NULL: the best bid */
  int64_t year;       /* --year, or CN_NONE */
  size_t max_input;   /* 0: CN_MAX_INPUT */
} cn_extract_options;

/* What went wrong beside the status: one sentence without file name, for app/ to print. */
typedef struct cn_failure {
  cn_view message;
  int64_t line; /* or CN_NONE */
} cn_failure;

/* Reads the document and pushes its events, then on_end. *failure is filled when the status is not CN_OK or CN_STOP;
 * its message lives in `arena`, where the document lives too. A notice without any row: all events, a no-rows
 * diagnostic, CN_OK. */
CN_MUST_USE cn_status cn_extract(cn_arena *arena, const cn_rules *rules, const cn_extract_options *options,
                                 const cn_input *input, const cn_sink *out, cn_failure *failure);

/* Layout names and one-line descriptions, for help. */
const char *cn_layout_name(size_t i);
const char *cn_layout_help(size_t i);

#endif
