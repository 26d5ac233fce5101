/* batch: archives of announcements. The parts, and what they hand each other.
 *
 *   batch_source   operands, folders, lists -> jobs, in input order           (the parent reads)
 *   batch_archive  zip, tar, 7z, gz … -> jobs; batch_warc web archives
 *   batch_worker   a job -> an output file or bytes, and a manifest line      (worker processes)
 *   batch_pool     jobs to workers and results back in input order
 *   batch_manifest OUT/manifest.ndjson: what was done, and what --resume may skip
 *   batch_progress the bar, --progress=json, the summary
 * A worker is a process: a crash in a parser ends one worker and one input, not the run. */
#ifndef CN_APP_BATCH_H
#define CN_APP_BATCH_H

#include "app/app.h"

typedef enum cn_batch_status {
  CN_BATCH_OK,
  CN_BATCH_NO_ROWS, /* text without any commitment */
  CN_BATCH_SKIPPED, /* no notice by its kind: an image, a PDF, a program */
  CN_BATCH_SAME,    /* --resume: done before */
  CN_BATCH_FAILED,  /* could not be read or written */
  CN_BATCH_LIMIT,   /* larger, deeper or longer than allowed */
  CN_BATCH_MEMORY,
  CN_BATCH_TIMEOUT,
  CN_BATCH_CRASHED,
  CN_BATCH_STATUSES
} cn_batch_status;

extern const char *const cn_batch_status_names[CN_BATCH_STATUSES];

typedef struct cn_batch {
  cn_app *app;
  const cn_format *format;         /* of the results */
  const cn_format *workers_format; /* what workers write: events where the parent writes the format (sqlite, merged) */
  const char *out;                 /* folder */
  const char *settings;            /* the options that change a record, for --resume */
  bool merge, resume, fail_fast;
  int workers;
  int64_t timeout; /* milliseconds an input may take */
  size_t max_memory, max_input, max_expanded, max_entries, max_nesting, max_path;
} cn_batch;

/* One input. Views are borrowed until the next job is asked for. */
typedef struct cn_job {
  cn_view name; /* member path, UTF-8, as the manifest shows it */
  cn_view path; /* the file to open, NUL-terminated; null when the bytes are given */
  cn_view bytes;
  cn_view url, fetched, charset; /* of a web archive's record */
  cn_view output;                /* below OUT, without the format's extension; safe: no .., no control characters */
  cn_view known;                 /* sha256 that need not be done again, or null */
  cn_view message;               /* a problem instead of an input: status and one sentence */
  cn_batch_status status;
} cn_job;

/* --- batch_source ---------------------------------------------------------------------------------------------------
 */

typedef struct cn_batch_source cn_batch_source;
cn_batch_source *cn_batch_source_open(const cn_batch *batch);
/* The next input in order; false after the last. Never fails: what cannot be read is a job with a message. */
bool cn_batch_source_next(cn_batch_source *source, cn_job *job);
/* How far along, 0 to 1. */
double cn_batch_source_done(const cn_batch_source *source);

/* The safe path below OUT of a name: one for each name. */
cn_view cn_batch_output_path(cn_arena *arena, cn_view name);

/* --- batch_archive --------------------------------------------------------------------------------------------------
 */

/* Whether bytes begin an archive or compressed file that holds notices, and is no office document itself. `whole`: all
 * bytes are there (zip files tell by their directory what they are). */
bool cn_batch_is_archive(cn_view bytes);

typedef struct cn_batch_archive cn_batch_archive;
cn_batch_archive *cn_batch_archive_new(const cn_batch *batch);
/* Opens the file at `path`; its members are jobs until _next says false. A file that cannot be opened is one job with a
 * message. */
void cn_batch_archive_open(cn_batch_archive *archive, const char *path);
bool cn_batch_archive_next(cn_batch_archive *archive, cn_job *job);
double cn_batch_archive_done(const cn_batch_archive *archive);

/* What a gzip stream in memory unpacks to, at most `limit` bytes; the stream itself where it is damaged. */
cn_view cn_batch_unpack(cn_arena *arena, cn_view packed, size_t limit);

/* --- batch_warc -----------------------------------------------------------------------------------------------------
 */

/* Where a web archive's bytes come from: like read(2). */
typedef struct cn_warc_input {
  void *self;
  ptrdiff_t (*read)(void *self, char *buffer, size_t n);
} cn_warc_input;

typedef struct cn_warc cn_warc;
cn_warc *cn_warc_new(const cn_batch *batch);
void cn_warc_open(cn_warc *warc, cn_warc_input input, cn_view name);
/* The next response that is HTML, Word, Excel or OpenDocument; false after the last. */
bool cn_warc_next(cn_warc *warc, cn_job *job);

/* --- batch_worker ---------------------------------------------------------------------------------------------------
 */

/* What goes over the socket, ahead of its parts; same machine, same program: plain structs. */
typedef struct cn_job_head {
  uint64_t index;
  uint64_t lengths[8]; /* name path url fetched charset output known bytes */
} cn_job_head;

typedef struct cn_result_head {
  uint64_t index, rows, targets, size, severities[4];
  uint64_t line, body; /* lengths of the manifest line and of the merged bytes behind it */
  uint32_t status;
  uint32_t retires; /* the worker ends after this result, by itself */
} cn_result_head;

/* The worker's life: jobs from `fd`, results to it, until it is closed. Never returns. */
_Noreturn void cn_batch_worker(const cn_batch *batch, int fd);
/* A manifest line for an input that no worker has answered for. */
void cn_batch_line(const cn_batch *batch, cn_buf *line, const cn_job *job, cn_batch_status status, cn_view message);

/* --- batch_manifest -------------------------------------------------------------------------------------------------
 */

typedef struct cn_manifest cn_manifest;
/* Opens OUT/manifest.ndjson (and the merged file). With --resume the lines of an earlier run are kept aside. */
CN_MUST_USE cn_status cn_manifest_open(const cn_batch *batch, cn_manifest **manifest, cn_view *error);
/* The sha256 with which this name was done by the same version and settings, or null. Lives until the next call. */
cn_view cn_manifest_known(cn_manifest *manifest, cn_view name);
/* Appends a line and, when merging, its bytes. For a CN_BATCH_SAME result the earlier line (and bytes) are taken. */
CN_MUST_USE cn_status cn_manifest_add(cn_manifest *manifest, cn_batch_status status, cn_view name, cn_view line,
                                      cn_view body, cn_result_head *counts);
/* Makes everything final. */
CN_MUST_USE cn_status cn_manifest_close(cn_manifest *manifest, bool finished);
cn_view cn_manifest_error(const cn_manifest *manifest);

/* --- batch_progress -------------------------------------------------------------------------------------------------
 */

typedef struct cn_progress {
  const cn_batch *batch;
  enum { CN_PROGRESS_NONE, CN_PROGRESS_BAR, CN_PROGRESS_JSON } mode;
  bool quiet, drawn;
  int64_t began, last; /* monotonic milliseconds */
  uint64_t inputs, rows, targets, bytes, statuses[CN_BATCH_STATUSES];
} cn_progress;

int64_t cn_milliseconds(void);
void cn_progress_begin(cn_progress *progress, const cn_batch *batch);
void cn_progress_note(cn_progress *progress, const cn_result_head *result, double done);
void cn_progress_end(cn_progress *progress, bool interrupted);

/* --- batch_pool -----------------------------------------------------------------------------------------------------
 */

/* Runs everything. *signal_number is set when a signal ended it early. */
CN_MUST_USE cn_status cn_batch_run(const cn_batch *batch, cn_batch_source *source, cn_manifest *manifest,
                                   cn_progress *progress, int *signal_number);

#endif
