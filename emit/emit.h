/* emit: records -> bytes. The only header of this folder that others include.
 *
 * In:  normalized events.  Out: bytes of a chosen format into a cn_output. One file a format, one line in formats.def.
 */
#ifndef CN_EMIT_H
#define CN_EMIT_H

#include "core/event.h"
#include "core/rules.h"

/* Where the bytes go: a descriptor, or a file that appears under its final name only when all went well (written to a
 * temporary name beside it, fsynced, renamed). Every write, flush and close is checked. */
typedef struct cn_output cn_output;

/* path NULL or "-": standard output. */
CN_MUST_USE cn_status cn_output_open(cn_arena *arena, const char *path, cn_output **output, cn_view *error);
/* CN_STOP when the reader has gone (EPIPE); CN_IO with errno text kept for cn_output_error. */
CN_MUST_USE cn_status cn_output_write(cn_output *output, cn_view bytes);
/* Pushes out what is buffered, as when a stream's reader should see a line now. */
CN_MUST_USE cn_status cn_output_flush(cn_output *output);
/* For formats whose library writes a file itself: the temporary path. NULL on standard output. */
const char *cn_output_path(cn_output *output);
/* Makes it final; on failure the temporary file is removed and an existing file is untouched. */
CN_MUST_USE cn_status cn_output_commit(cn_output *output);
/* Removes the temporary file; harmless after commit. */
void cn_output_abandon(cn_output *output);
cn_view cn_output_error(const cn_output *output);

typedef enum cn_header_language { CN_HEADER_EN, CN_HEADER_ZH, CN_HEADER_NONE } cn_header_language;

typedef struct cn_emit_options {
  bool compact;    /* json: one line instead of the default two-blank indent */
  bool rows;       /* ndjson: one flat row a line instead of events */
  bool targets;    /* csv, tsv: one target a line */
  bool bom, raw;   /* csv, tsv: byte order mark; no protection against formula injection */
  bool header_set; /* header was chosen by the user */
  cn_header_language header;
  const char *datapackage; /* csv: write a Frictionless descriptor here */
  int columns;             /* show: terminal width, 0 unknown */
  bool color;              /* show */
} cn_emit_options;

typedef struct cn_format {
  const char *name, *extension, *media_type, *help;
  bool file_only; /* cannot be written to a pipe: sqlite, xlsx */
  /* Makes the writer in arena: a sink that writes to output. Its on_end finishes the format (not the output). */
  CN_MUST_USE cn_status (*open)(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink,
                                cn_view *error);
} cn_format;

const cn_format *cn_format_find(const char *name);
const cn_format *cn_format_at(size_t i); /* NULL past the last */

#endif
