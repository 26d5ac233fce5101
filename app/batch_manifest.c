/* OUT/manifest.ndjson, a line an input in input order, and the merged stream beside it.
 *
 * In:  lines and bytes, in order.  Out: files.  A line is written when its output is in place, so that a killed run's
 * manifest says only what is true. --resume keeps the earlier lines in manifest.ndjson~ until the new manifest is
 * whole: an input that was done is not done again, its line (and its part of the merged stream) is taken over. */
#define CN_OWNER
#include "app/batch.h"

#include "core/json.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct earlier {
  uint64_t hash;   /* of the name */
  uint64_t at;     /* of its line in the old manifest */
  uint64_t merged; /* of its bytes in the old merged file */
} earlier;

struct cn_manifest {
  const cn_batch *batch;
  cn_arena scratch;
  FILE *file, *merged;    /* being written */
  FILE *old, *old_merged; /* of the run before */
  const char *path, *old_path, *merged_path, *old_merged_path;
  earlier *items; /* sorted by hash */
  size_t n, capacity;
  char *line; /* of the last look-up */
  size_t line_room;
  uint64_t head; /* bytes ahead of the first input in the merged stream */
  uint64_t found_merged, found_bytes;
  cn_output *output; /* of a merged database, with its writer */
  cn_sink writer;
  cn_view error;
};

static uint64_t hash(cn_view v) {
  uint64_t h = 14695981039346656037u;
  for (size_t i = 0; i < v.n; i++) h = (h ^ (unsigned char)v.p[i]) * 1099511628211u;
  return h;
}

static cn_status failed(cn_manifest *m, const char *path) {
  m->error = cn_arena_format(&m->batch->app->arena, "%s: %s", path, strerror(errno));
  return CN_IO;
}

cn_view cn_manifest_error(const cn_manifest *m) { return m->error; }

static void close_manifest(void *self) {
  cn_manifest *m = self;
  FILE *files[] = {m->file, m->merged, m->old, m->old_merged};
  for (size_t i = 0; i < CN_COUNT(files); i++)
    if (files[i]) fclose(files[i]);
  free(m->items);
  free(m->line);
  cn_arena_free(&m->scratch);
}

/* --- the run before
 * --------------------------------------------------------------------------------------------------- */

static cn_view text_of(const cn_json *line, const char *key) {
  const cn_json *value = cn_json_member(line, key);
  return value && value->type == CN_JSON_TEXT ? value->text : CN_NULL_VIEW;
}

static uint64_t count_of(const cn_json *line, const char *key) {
  const cn_json *value = cn_json_member(line, key);
  cn_decimal n = value && value->type == CN_JSON_NUMBER ? cn_decimal_parse(value->text) : (cn_decimal){0, 0, false};
  return n.known && n.scale == 0 && n.mantissa > 0 ? (uint64_t)n.mantissa : 0;
}

static const cn_json *read_line(cn_manifest *m, ssize_t n) {
  const char *why;
  size_t at;
  if (n <= 0 || m->line[n - 1] != '\n') return NULL; /* cut off when the run was killed */
  return cn_json_read(&m->scratch, (cn_view){m->line, (size_t)n - 1}, &why, &at);
}

static int by_hash(const void *a, const void *b) {
  const earlier *x = a, *y = b;
  return x->hash != y->hash ? (x->hash < y->hash ? -1 : 1) : x->at < y->at ? -1 : x->at > y->at;
}

static void remember(cn_manifest *m, uint64_t at, uint64_t merged, cn_view name) {
  if (m->n == m->capacity) {
    m->capacity = m->capacity ? m->capacity * 2 : 1024;
    earlier *grown = realloc(m->items, m->capacity * sizeof *grown);
    if (!grown) cn_trap_spring(m->scratch.trap);
    m->items = grown;
  }
  m->items[m->n++] = (earlier){hash(name), at, merged};
}

static void index_old(cn_manifest *m) {
  uint64_t at = 0, merged = m->head; /* the same options wrote the same head */
  if (m->writer.self) return;        /* a database is written anew */
  m->old = fopen(m->old_path, "rb");
  m->old_merged = m->batch->merge ? fopen(m->old_merged_path, "rb") : NULL;
  for (ssize_t n; m->old && (n = getline(&m->line, &m->line_room, m->old)) > 0; at += (uint64_t)n) {
    cn_arena_reset(&m->scratch);
    const cn_json *line = read_line(m, n);
    if (!line) continue;
    remember(m, at, merged, text_of(line, "name"));
    merged += count_of(line, "merged");
  }
  if (m->n) qsort(m->items, m->n, sizeof *m->items, by_hash);
}

/* Sets the files of the run before aside. A run that was itself resumed and killed again left two of each: what it had
 * written begins as the one before did, so the longer manifest knows more, and the merged stream goes with its
 * manifest. */
static void set_aside(cn_manifest *m) {
  struct stat now, before;
  if (stat(m->path, &now) != 0) return;
  bool keep_before = stat(m->old_path, &before) == 0 && before.st_size >= now.st_size;
  if (keep_before) return; /* both are written anew */
  rename(m->path, m->old_path);
  if (m->batch->merge) rename(m->merged_path, m->old_merged_path);
}

cn_view cn_manifest_known(cn_manifest *m, cn_view name) {
  uint64_t wanted = hash(name);
  size_t low = 0, high = m->n;
  while (low < high) {
    size_t mid = (low + high) / 2;
    if (m->items[mid].hash < wanted)
      low = mid + 1;
    else
      high = mid;
  }
  for (; low < m->n && m->items[low].hash == wanted; low++) {
    if (fseeko(m->old, (off_t)m->items[low].at, SEEK_SET) != 0) continue;
    cn_arena_reset(&m->scratch);
    const cn_json *line = read_line(m, getline(&m->line, &m->line_room, m->old));
    if (!line || !cn_view_equal(text_of(line, "name"), name)) continue;
    bool same =
        cn_view_is(text_of(line, "version"), CN_VERSION) && cn_view_is(text_of(line, "settings"), m->batch->settings);
    m->found_merged = m->items[low].merged;
    m->found_bytes = count_of(line, "merged");
    return same ? text_of(line, "sha256") : CN_NULL_VIEW;
  }
  return CN_NULL_VIEW;
}

/* --- writing
 * ---------------------------------------------------------------------------------------------------------- */

/* A merged database is written here, from the workers' events. */
static cn_status open_database(cn_manifest *m) {
  cn_arena *arena = &m->batch->app->arena;
  unlink(m->merged_path); /* a run begins anew; the writer would add */
  CN_TRY(cn_output_open(arena, m->merged_path, &m->output, &m->error));
  return m->batch->format->open(arena, &(cn_emit_options){0}, m->output, &m->writer, &m->error);
}

static cn_status add_events(cn_manifest *m, cn_view body) {
  cn_view line;
  while (cn_view_split(&body, '\n', &line)) {
    cn_event event;
    const char *why;
    cn_arena_reset(&m->scratch);
    if (line.n && cn_event_read(&m->scratch, line, &event, &why) == CN_OK) CN_TRY(cn_push(&m->writer, &event));
  }
  return CN_OK;
}

static cn_status close_database(cn_manifest *m, bool finished) {
  if (!m->output) return CN_OK;
  cn_status status = finished ? cn_push_end(&m->writer) : CN_OK;
  if (status == CN_OK && finished) status = cn_output_commit(m->output);
  if (status != CN_OK) m->error = cn_output_error(m->output);
  cn_output_abandon(m->output);
  m->output = NULL;
  return status;
}

/* The header of csv and the like, from the writer itself, which is given no event. */
static cn_status write_merged_head(cn_manifest *m) {
  cn_app *app = m->batch->app;
  cn_emit_options options = {.targets = cn_given(app, CN_OPTION_TARGETS),
                             .rows = cn_given(app, CN_OPTION_ROWS),
                             .bom = cn_given(app, CN_OPTION_BOM)};
  const char *header = app->option[CN_OPTION_HEADER];
  if (header)
    options.header_set = true, options.header = *header == 'z'   ? CN_HEADER_ZH
                                                : *header == 'n' ? CN_HEADER_NONE
                                                                 : CN_HEADER_EN;
  cn_buf bytes;
  cn_sink writer;
  cn_buf_init(&bytes, &app->trap);
  cn_output *output = cn_output_memory(&app->arena, &bytes);
  CN_TRY(m->batch->format->open(&app->arena, &options, output, &writer, &m->error));
  CN_TRY(cn_push_end(&writer));
  CN_TRY(cn_output_commit(output));
  bool ok = !bytes.n || fwrite(bytes.p, 1, bytes.n, m->merged) == bytes.n; /* ndjson has no head */
  m->head = bytes.n;
  cn_buf_free(&bytes);
  return ok ? CN_OK : failed(m, m->merged_path);
}

cn_status cn_manifest_open(const cn_batch *batch, cn_manifest **manifest, cn_view *error) {
  cn_arena *arena = &batch->app->arena;
  cn_manifest *m = cn_arena_new(arena, cn_manifest, 1);
  m->batch = batch;
  cn_arena_init(&m->scratch, arena->trap);
  cn_arena_defer(arena, close_manifest, m);
  *manifest = m;
  m->path = cn_arena_format(arena, "%s/manifest.ndjson", batch->out).p;
  m->old_path = cn_arena_format(arena, "%s~", m->path).p;
  m->merged_path = cn_arena_format(arena, "%s/merged.%s", batch->out, batch->format->extension).p;
  m->old_merged_path = cn_arena_format(arena, "%s~", m->merged_path).p;
  if (mkdir(batch->out, 0777) != 0 && errno != EEXIST) {
    failed(m, batch->out);
    *error = m->error;
    return CN_IO;
  }
  if (batch->resume) {
    set_aside(m);
  } else {
    unlink(m->old_path);
    unlink(m->old_merged_path);
  }
  m->file = fopen(m->path, "wbe");
  bool database = batch->merge && batch->format->file_only;
  if (m->file && batch->merge && !database) m->merged = fopen(m->merged_path, "wbe");
  cn_status status =
      m->file && (!batch->merge || database || m->merged) ? CN_OK : failed(m, m->file ? m->merged_path : m->path);
  if (status == CN_OK && database) status = open_database(m);
  if (status == CN_OK && m->merged) status = write_merged_head(m);
  if (status == CN_OK && batch->resume) index_old(m);
  *error = m->error;
  return status;
}

static cn_status copy_merged(cn_manifest *m) {
  char buffer[65536];
  uint64_t left = m->found_bytes;
  if (!left) return CN_OK;
  if (!m->old_merged || fseeko(m->old_merged, (off_t)m->found_merged, SEEK_SET) != 0)
    return failed(m, m->old_merged_path);
  while (left > 0) {
    size_t n = fread(buffer, 1, left < sizeof buffer ? (size_t)left : sizeof buffer, m->old_merged);
    if (n == 0 || fwrite(buffer, 1, n, m->merged) != n) return failed(m, m->merged_path);
    left -= n;
  }
  return CN_OK;
}

/* The counts of a line that is taken over, for the summary. */
static void recount(const cn_json *line, cn_result_head *counts) {
  counts->rows = count_of(line, "rows");
  counts->targets = count_of(line, "targets");
}

cn_status cn_manifest_add(cn_manifest *m, cn_batch_status status, cn_view name, cn_view line, cn_view body,
                          cn_result_head *counts) {
  if (status == CN_BATCH_SAME && cn_manifest_known(m, name).p) {
    const char *why;
    size_t at;
    line = cn_view_of(m->line);
    const cn_json *read = cn_json_read(&m->scratch, cn_view_slice(line, 0, line.n - 1), &why, &at);
    if (read) recount(read, counts);
    if (m->merged) CN_TRY(copy_merged(m));
  } else if (m->merged) {
    if (body.n && fwrite(body.p, 1, body.n, m->merged) != body.n) return failed(m, m->merged_path);
    /* How many bytes of the merged stream are this input's: ahead of the closing }\n. */
    line = cn_arena_format(&m->scratch, "%.*s,\"merged\":%zu}\n", (int)line.n - 2, line.p, body.n);
  }
  if (m->output) CN_TRY(add_events(m, body));
  if (m->merged && fflush(m->merged) != 0) return failed(m, m->merged_path);
  if (fwrite(line.p, 1, line.n, m->file) != line.n || fflush(m->file) != 0) return failed(m, m->path);
  cn_arena_reset(&m->scratch);
  return CN_OK;
}

static cn_status finish(cn_manifest *m, FILE **file, const char *path) {
  if (!*file) return CN_OK;
  bool ok = fflush(*file) == 0 && fsync(fileno(*file)) == 0;
  ok = fclose(*file) == 0 && ok;
  *file = NULL;
  return ok ? CN_OK : failed(m, path);
}

cn_status cn_manifest_close(cn_manifest *m, bool finished) {
  CN_TRY(finish(m, &m->merged, m->merged_path));
  CN_TRY(finish(m, &m->file, m->path));
  CN_TRY(close_database(m, finished));
  if (!finished) return CN_OK;
  unlink(m->old_path);
  unlink(m->old_merged_path);
  return CN_OK;
}
