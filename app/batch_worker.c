/* A worker: a process that converts one input after another.
 *
 * In:  jobs from its socket.  Out: the output file (or, when merging, bytes), a manifest line and counts, back into the
 * socket.  Rules and compiled patterns live as long as it does; a document's memory is reset between inputs. Memory
 * that ends is one input's result, after which the worker retires, because what a library held is lost. */
#define CN_OWNER
#include "app/batch.h"

#include "core/json.h"
#include "extract/extract.h"
#include "normalize/normalize.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const cn_batch_status_names[CN_BATCH_STATUSES] = {
    [CN_BATCH_OK] = "ok",         [CN_BATCH_NO_ROWS] = "no-rows", [CN_BATCH_SKIPPED] = "skipped",
    [CN_BATCH_SAME] = "same",     [CN_BATCH_FAILED] = "failed",   [CN_BATCH_LIMIT] = "limit",
    [CN_BATCH_MEMORY] = "memory", [CN_BATCH_TIMEOUT] = "timeout", [CN_BATCH_CRASHED] = "crashed",
};

typedef struct worker {
  const cn_batch *batch;
  int fd;
  cn_trap trap;
  cn_arena arena, document, writing; /* as long as the worker; of the input at hand; of its writer */
  cn_normalizer *normalizer;
  cn_sink in;     /* into the normalizer */
  cn_sink writer; /* of the input at hand */
  cn_rules *rules;
  cn_buf message, body, line, folder;
  cn_emit_options emit;
  /* The input at hand. */
  cn_job job;
  cn_result_head result;
  cn_source source; /* copied into document */
  bool same;
  int64_t began;
} worker;

/* --- talking --------------------------------------------------------------------------------------------------------
 */

static bool read_all(int fd, void *to, size_t n) {
  for (char *p = to; n > 0;) {
    ssize_t got = read(fd, p, n);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    p += got;
    n -= (size_t)got;
  }
  return true;
}

static void write_all(int fd, const void *from, size_t n) {
  for (const char *p = from; n > 0;) {
    ssize_t put = write(fd, p, n);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) _exit(1); /* the parent has gone */
    p += put;
    n -= (size_t)put;
  }
}

/* The next job, its parts in w->message; false when there is none. */
static bool read_job(worker *w) {
  cn_job_head head;
  size_t total = 0;
  if (!read_all(w->fd, &head, sizeof head)) return false;
  for (size_t i = 0; i < CN_COUNT(head.lengths); i++)
    total += head.lengths[i] == UINT64_MAX ? 0 : (size_t)head.lengths[i] + 1;
  cn_buf_reset(&w->message);
  if (!read_all(w->fd, cn_buf_room(&w->message, total), total)) return false;
  cn_view parts[CN_COUNT(head.lengths)];
  const char *p = w->message.p;
  for (size_t i = 0; i < CN_COUNT(parts); i++) { /* each part is followed by a NUL, so that paths are strings */
    bool null = head.lengths[i] == UINT64_MAX;
    parts[i] = null ? CN_NULL_VIEW : (cn_view){p, (size_t)head.lengths[i]};
    if (!null) p += head.lengths[i] + 1;
  }
  w->job = (cn_job){.name = parts[0],
                    .path = parts[1],
                    .url = parts[2],
                    .fetched = parts[3],
                    .charset = parts[4],
                    .output = parts[5],
                    .known = parts[6],
                    .bytes = parts[7]};
  memset(&w->result, 0, sizeof w->result);
  w->result.index = head.index;
  return true;
}

/* --- the stages ------------------------------------------------------------------------------------------------------
 */

static cn_status on_event(void *self, const cn_event *event) {
  worker *w = self;
  switch (event->type) {
  case CN_EVENT_NOTICE:
    if (event->notice->source)
      w->source = *(const cn_source *)cn_record_copy(&w->document, &cn_source_shape, event->notice->source);
    w->same = w->job.known.n && cn_view_equal(w->source.sha256, w->job.known);
    if (w->same) return CN_STOP;
    break;
  case CN_EVENT_ROW:
    w->result.rows++;
    w->result.targets += event->row->targets.n;
    break;
  case CN_EVENT_DIAGNOSTIC: w->result.severities[event->diagnostic->severity & 3]++; break;
  case CN_EVENT_BLOCK:
  case CN_EVENT_CONTACT:
  case CN_EVENT_END: break;
  }
  return cn_push(&w->writer, event);
}

static cn_status on_end(void *self) { return cn_push_end(&((worker *)self)->writer); }

static cn_status say(worker *w, cn_status status, cn_view message) {
  if (!w->job.message.n) w->job.message = cn_arena_copy(&w->document, message);
  return status;
}

static cn_status extract(worker *w) {
  const cn_app *app = w->batch->app;
  const char *charset = app->option[CN_OPTION_CHARSET];
  if (!charset && w->job.charset.n) charset = w->job.charset.p;
  cn_extract_options options = {.layout = app->option[CN_OPTION_LAYOUT], .max_input = w->batch->max_input};
  cn_input input = {.name = w->job.name,
                    .fd = -1,
                    .bytes = w->job.bytes,
                    .charset = charset,
                    .url = w->job.url,
                    .fetched = w->job.fetched};
  cn_failure failure = {CN_NULL_VIEW, CN_NONE};
  CN_TRY(cn_option_year(app, &options.year));
  if (w->job.path.p) {
    input.bytes = CN_NULL_VIEW;
    input.fd = open(w->job.path.p, O_RDONLY | O_CLOEXEC);
    if (input.fd < 0) return say(w, CN_IO, cn_view_of(strerror(errno)));
  }
  cn_status status = cn_extract(&w->document, w->rules, &options, &input, &w->in, &failure);
  if (input.fd >= 0) close(input.fd);
  if (status != CN_OK && failure.message.n) say(w, status, failure.message);
  return status;
}

/* --- output ----------------------------------------------------------------------------------------------------------
 */

static void make_folders(worker *w, const char *path) {
  const char *slash = strrchr(path, '/');
  size_t n = slash ? (size_t)(slash - path) : 0;
  if (n == w->folder.n && (n == 0 || memcmp(w->folder.p, path, n) == 0)) return; /* the last one again */
  cn_buf_reset(&w->folder);
  for (size_t i = 0; i < n; i++) {
    if (path[i] == '/' && i > 0) {
      cn_buf_add_char(&w->folder, 0);
      mkdir(w->folder.p, 0777);
      w->folder.n--;
    }
    cn_buf_add_char(&w->folder, path[i]);
  }
  cn_buf_add_char(&w->folder, 0);
  mkdir(w->folder.p, 0777); /* what cannot be made shows when the file is opened */
  w->folder.n--;
}

/* The file appears whole: written beside, then renamed. Not synced each: a whole run is made durable at its end. */
static cn_status put_file(worker *w, const char *path) {
  const char *temporary = cn_arena_format(&w->document, "%s.%ld~", path, (long)getpid()).p;
  int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  bool ok = fd >= 0;
  for (size_t done = 0; ok && done < w->body.n;) {
    ssize_t n = write(fd, w->body.p + done, w->body.n - done);
    if (n < 0 && errno == EINTR) continue;
    ok = n > 0;
    if (ok) done += (size_t)n;
  }
  int error = errno;
  if (fd >= 0 && close(fd) != 0 && ok) ok = false, error = errno;
  if (ok && rename(temporary, path) != 0) ok = false, error = errno;
  if (ok) return CN_OK;
  if (fd >= 0) unlink(temporary);
  return say(w, CN_IO, cn_arena_format(&w->document, "%s: %s", path, strerror(error)));
}

static const char *output_path(worker *w) {
  return cn_arena_format(&w->document, "%s/%.*s.%s", w->batch->out, (int)w->job.output.n, w->job.output.p,
                         *w->batch->format->extension ? w->batch->format->extension : w->batch->format->name)
      .p;
}

/* A format whose library writes a file itself (xlsx, sqlite) is given one. */
static cn_status convert_file(worker *w, const char *path) {
  cn_output *output;
  cn_view error = CN_NULL_VIEW;
  make_folders(w, path);
  unlink(path);
  if (cn_output_open(&w->writing, path, &output, &error) != CN_OK ||
      w->batch->format->open(&w->writing, &w->emit, output, &w->writer, &error) != CN_OK)
    return say(w, CN_IO, error);
  cn_status status = extract(w);
  if (status == CN_OK && w->result.rows) status = cn_output_commit(output);
  if (cn_output_error(output).n) say(w, status, cn_output_error(output));
  cn_output_abandon(output);
  return status;
}

static cn_status convert(worker *w) {
  const char *path = output_path(w);
  cn_view error = CN_NULL_VIEW;
  cn_buf_reset(&w->body);
  if (!w->batch->merge && w->batch->format->file_only) return convert_file(w, path);
  cn_output *output = cn_output_memory(&w->writing, &w->body);
  CN_TRY(w->batch->workers_format->open(&w->writing, &w->emit, output, &w->writer, &error));
  CN_TRY(extract(w));
  CN_TRY(cn_output_commit(output));
  if (w->batch->merge || !w->result.rows) return CN_OK;
  make_folders(w, path);
  return put_file(w, path);
}

/* --- results ---------------------------------------------------------------------------------------------------------
 */

static cn_batch_status judge(const worker *w, cn_status status) {
  if (w->same) return CN_BATCH_SAME;
  switch (status) {
  case CN_OK: return w->result.rows ? CN_BATCH_OK : CN_BATCH_NO_ROWS;
  case CN_LIMIT: return CN_BATCH_LIMIT;
  case CN_NOMEM: return CN_BATCH_MEMORY;
  case CN_IO:
    /* Refused by content (image, PDF, program) or empty: it is no notice. What could not be opened or written failed.
     */
    if (cn_view_starts(w->job.message, CN_VIEW("it is ")) ||
        cn_view_starts(w->job.message, CN_VIEW("the file is empty")))
      return CN_BATCH_SKIPPED;
    return CN_BATCH_FAILED;
  case CN_STOP:
  case CN_USAGE:
  case CN_BROKEN: break;
  }
  return CN_BATCH_FAILED;
}

static void member(cn_buf *line, const char *name, cn_view text) {
  cn_buf_format(line, ",\"%s\":", name);
  cn_json_write_text(line, text);
}

static void number(cn_buf *line, const char *name, uint64_t n) {
  cn_buf_format(line, ",\"%s\":%llu", name, (unsigned long long)n);
}

static void write_line(const cn_batch *batch, cn_buf *line, const cn_job *job, cn_batch_status status,
                       const cn_source *source, const cn_result_head *counts, double milliseconds) {
  bool has_output = status == CN_BATCH_OK && !batch->merge;
  const char *extension = *batch->format->extension ? batch->format->extension : batch->format->name;
  cn_buf_add_string(line, "{\"name\":");
  cn_json_write_text(line, job->name);
  member(line, "status", cn_view_of(cn_batch_status_names[status]));
  member(line, "message", job->message);
  cn_buf_add_string(line, ",\"output\":");
  if (has_output) {
    cn_buf path;
    cn_buf_init(&path, line->trap);
    cn_buf_format(&path, "%.*s.%s", (int)job->output.n, job->output.p, extension);
    cn_json_write_text(line, cn_buf_view(&path));
    cn_buf_free(&path);
  } else
    cn_buf_add_string(line, "null");
  member(line, "sha256", source->sha256);
  member(line, "media_type", source->media_type);
  member(line, "charset", source->charset);
  if (source->size != CN_NONE && source->sha256.p)
    number(line, "size", (uint64_t)source->size);
  else
    cn_buf_add_string(line, ",\"size\":null");
  if (job->url.p) member(line, "url", job->url);
  if (job->fetched.p) member(line, "fetched", job->fetched);
  number(line, "rows", counts->rows);
  number(line, "targets", counts->targets);
  number(line, "errors", counts->severities[CN_SEVERITY_ERROR]);
  number(line, "warnings", counts->severities[CN_SEVERITY_WARNING]);
  number(line, "infos", counts->severities[CN_SEVERITY_INFO]);
  member(line, "version", CN_VIEW(CN_VERSION));
  member(line, "settings", cn_view_of(batch->settings));
  cn_buf_format(line, ",\"milliseconds\":%.3f}\n", milliseconds);
}

void cn_batch_line(const cn_batch *batch, cn_buf *line, const cn_job *job, cn_batch_status status, cn_view message) {
  cn_source none = {.size = CN_NONE};
  cn_result_head counts;
  memset(&counts, 0, sizeof counts);
  cn_job copy = *job;
  copy.message = message;
  write_line(batch, line, &copy, status, &none, &counts, 0);
}

static void send_result(worker *w, cn_batch_status status) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  int64_t nanoseconds = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec - w->began;
  cn_buf_reset(&w->line);
  if (status == CN_BATCH_NO_ROWS) w->result.severities[CN_SEVERITY_ERROR] = 0; /* said by the status */
  write_line(w->batch, &w->line, &w->job, status, &w->source, &w->result, (double)nanoseconds / 1e6);
  w->result.status = (uint32_t)status;
  w->result.size = w->source.size == CN_NONE ? 0 : (uint64_t)w->source.size;
  w->result.line = w->line.n;
  w->result.body = w->batch->merge && status == CN_BATCH_OK ? w->body.n : 0;
  write_all(w->fd, &w->result, sizeof w->result);
  write_all(w->fd, w->line.p, w->line.n);
  write_all(w->fd, w->body.p, (size_t)w->result.body);
}

/* --- the life of a worker
 * --------------------------------------------------------------------------------------------- */

static void handle(worker *w) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  w->began = (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
  w->source = (cn_source){.size = CN_NONE};
  w->same = false;
  if (setjmp(w->trap.env)) {
    w->job.message = CN_VIEW("memory ran out; --max-memory allows more");
    w->source = (cn_source){.size = CN_NONE};
    w->result.retires = 1;
    w->trap.limit = 0; /* the line itself needs some */
    send_result(w, CN_BATCH_MEMORY);
    _exit(0);
  }
  cn_status status = convert(w);
  send_result(w, judge(w, status));
  cn_arena_reset(&w->writing);
  cn_arena_reset(&w->document);
}

static void limit_memory(const cn_batch *batch) {
#if !defined(__SANITIZE_ADDRESS__) /* the sanitizer reserves terabytes */
  struct rlimit limit = {batch->max_memory, batch->max_memory};
  if (batch->max_memory) setrlimit(RLIMIT_DATA, &limit);
#else
  (void)batch;
#endif
}

static void prepare(worker *w) {
  const cn_app *app = w->batch->app;
  const cn_sink own = {w, on_event, on_end};
  const cn_normalize_options options = {.all = cn_given(app, CN_OPTION_ALL),
                                        .holidays = app->option[CN_OPTION_HOLIDAYS]};
  cn_view error = CN_NULL_VIEW;
  cn_arena_init(&w->arena, &w->trap);
  cn_arena_init(&w->document, &w->trap);
  cn_arena_init(&w->writing, &w->trap);
  cn_buf *buffers[] = {&w->message, &w->body, &w->line, &w->folder};
  for (size_t i = 0; i < CN_COUNT(buffers); i++) cn_buf_init(buffers[i], &w->trap);
  w->emit = (cn_emit_options){.compact = cn_given(app, CN_OPTION_COMPACT) || w->batch->merge,
                              .raw = cn_given(app, CN_OPTION_RAW),
                              .targets = cn_given(app, CN_OPTION_TARGETS),
                              .rows = cn_given(app, CN_OPTION_ROWS)};
  if (w->batch->merge) w->emit.header = CN_HEADER_NONE, w->emit.header_set = true;
  if (cn_rules_open(&w->arena, app->option[CN_OPTION_RULES], &w->rules, &error) != CN_OK) _exit(3);
  if (cn_normalizer_new(&w->arena, w->rules, &options, &own, &w->normalizer, &error) != CN_OK) _exit(3);
  w->in = cn_normalizer_sink(w->normalizer);
}

void cn_batch_worker(const cn_batch *batch, int fd) {
  worker *w = calloc(1, sizeof *w);
  if (!w || setjmp(w->trap.env)) _exit(4);
  w->batch = batch;
  w->fd = fd;
  w->trap.limit = batch->max_memory;
  limit_memory(batch);
  prepare(w);
  while (read_job(w)) handle(w);
  _exit(0);
}
