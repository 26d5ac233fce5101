/* emit: records -> bytes. The only header of this folder that others include.
 *
 * In:  normalized events.  Out: bytes of a chosen format into a cn_output. One file a format, one line in formats.def.
 */
#ifndef CN_EMIT_H
#define CN_EMIT_H

#include "core/event.h"
#include "core/rules.h"

/* Where the bytes go: standard output, memory, or a file that appears under its final name only when all went well
 * (written to a temporary name beside it, fsynced, renamed; the mode of an existing file is kept, a symbolic link is
 * followed). A device or a pipe given as a path is written in place. Every write, flush and close is checked. */
typedef struct cn_output cn_output;

/* path NULL or "-": standard output. *error (path and errno text) when the status is CN_IO. Lives in arena; the
 * temporary file goes when the arena does. */
CN_MUST_USE cn_status cn_output_open(cn_arena *arena, const char *path, cn_output **output, cn_view *error);
/* Into `memory`, which the caller owns. */
cn_output *cn_output_memory(cn_arena *arena, cn_buf *memory);
/* CN_STOP when the reader has gone (EPIPE); CN_IO with errno text kept for cn_output_error. */
CN_MUST_USE cn_status cn_output_write(cn_output *output, cn_view bytes);
/* Pushes out what is buffered, as when a stream's reader should see a line now. */
CN_MUST_USE cn_status cn_output_flush(cn_output *output);
/* For formats whose library writes a file itself: the temporary path, to be filled before commit, and the final one,
 * which may hold an earlier run's file to add to. NULL on standard output, in memory and for a device. */
const char *cn_output_path(const cn_output *output);
const char *cn_output_final(const cn_output *output);
/* Makes it final; on failure the temporary file is removed and an existing file is untouched. */
CN_MUST_USE cn_status cn_output_commit(cn_output *output);
/* Removes the temporary file; harmless after commit. */
void cn_output_abandon(cn_output *output);
cn_view cn_output_error(const cn_output *output);
/* For a format whose library failed: keeps `message` (in the output's arena) for cn_output_error and returns CN_IO. */
cn_status cn_output_fail(cn_output *output, cn_view message);

typedef enum cn_header_language { CN_HEADER_EN, CN_HEADER_ZH, CN_HEADER_NONE } cn_header_language;
typedef enum cn_line_end { CN_LINE_END_FORMAT, CN_LINE_END_LF, CN_LINE_END_CRLF } cn_line_end;

typedef struct cn_emit_options {
  bool compact;    /* json: one line instead of the default two-blank indent */
  bool rows;       /* ndjson: one flat row a line instead of events */
  bool targets;    /* csv, tsv: one target a line */
  bool bom, raw;   /* csv, tsv: byte order mark; no protection against formula injection */
  bool header_set; /* header was chosen by the user */
  cn_header_language header;
  cn_line_end line_end;    /* csv, tsv */
  const char *datapackage; /* csv, tsv: write a Frictionless descriptor here */
  int columns;             /* show: terminal width, 0 unknown */
  bool color;              /* show */
} cn_emit_options;

typedef struct cn_format {
  const char *name, *extension, *media_type, *help; /* extension without point; "" where none of its own */
  bool file_only;                                   /* cannot be written to a pipe: sqlite, xlsx */
  /* Makes the writer in arena: a sink that writes to output. Its on_end finishes the format (not the output) and is
   * called once, after the last of any number of notices. What it holds beside the arena it gives to cn_arena_defer. */
  CN_MUST_USE cn_status (*open)(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink,
                                cn_view *error);
} cn_format;

const cn_format *cn_format_find(const char *name);
/* By a file name's extension: commitments.csv -> csv; NULL when none fits. */
const cn_format *cn_format_for(const char *path);
const cn_format *cn_format_at(size_t i); /* NULL past the last */

#endif
