/* Inputs in order: files, folder trees (by name, folders where their name stands), lists on standard input, archives.
 *
 * In:  operands.  Out: jobs, one at a time.  Memory: the names of the folders that are open, nothing else. */
#include "app/batch.h"

#include "core/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder being walked: its entries' names one behind the other, and where each begins. */
typedef struct folder {
  cn_buf names;
  uint32_t *starts;
  size_t count, capacity, next, path_length; /* of the folder's path in source->path */
  cn_arena memory;
} folder;

enum { DEEPEST = 64 };

struct cn_batch_source {
  const cn_batch *batch;
  cn_arena scratch; /* of one job */
  size_t operand;
  cn_buf path;
  folder folders[DEEPEST];
  size_t depth;
  cn_batch_archive *archive;
  bool in_archive, listing;
  FILE *list;
  char *line;
  size_t line_room;
};

static void close_source(void *self) {
  cn_batch_source *s = self;
  for (size_t i = 0; i < DEEPEST; i++) {
    cn_buf_free(&s->folders[i].names);
    cn_arena_free(&s->folders[i].memory);
  }
  cn_buf_free(&s->path);
  cn_arena_free(&s->scratch);
  free(s->line);
}

cn_batch_source *cn_batch_source_open(const cn_batch *batch) {
  cn_arena *arena = &batch->app->arena;
  cn_batch_source *s = cn_arena_new(arena, cn_batch_source, 1);
  s->batch = batch;
  s->archive = cn_batch_archive_new(batch);
  s->listing = cn_given(batch->app, CN_OPTION_FILES_FROM);
  cn_buf_init(&s->path, arena->trap);
  cn_arena_init(&s->scratch, arena->trap);
  for (size_t i = 0; i < DEEPEST; i++) {
    cn_buf_init(&s->folders[i].names, arena->trap);
    cn_arena_init(&s->folders[i].memory, arena->trap);
  }
  cn_arena_defer(arena, close_source, s);
  return s;
}

static bool problem(cn_batch_source *s, cn_job *job, const char *path, cn_batch_status status, const char *why) {
  *job = (cn_job){.name = cn_arena_copy(&s->scratch, cn_view_of(path)), .status = status, .message = cn_view_of(why)};
  job->message = cn_arena_copy(&s->scratch, job->message);
  return true;
}

/* --- folders --------------------------------------------------------------------------------------------------------
 */

static int by_name(const void *a, const void *b, void *names) {
  return strcmp((const char *)names + *(const uint32_t *)a, (const char *)names + *(const uint32_t *)b);
}

static bool open_folder(cn_batch_source *s, cn_job *job, const char *path) {
  DIR *dir = s->depth < DEEPEST ? opendir(path) : NULL;
  if (!dir)
    return problem(s, job, path, CN_BATCH_FAILED,
                   s->depth < DEEPEST ? strerror(errno) : "folders are nested too deeply");
  folder *f = &s->folders[s->depth++];
  cn_buf_reset(&f->names);
  cn_arena_reset(&f->memory);
  f->starts = NULL;
  f->count = f->capacity = f->next = 0;
  f->path_length = strlen(path);
  for (struct dirent *entry; (entry = readdir(dir));) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    f->starts = cn_arena_grow(&f->memory, f->starts, f->count, &f->capacity, sizeof *f->starts);
    f->starts[f->count++] = (uint32_t)f->names.n;
    cn_buf_add(&f->names, entry->d_name, strlen(entry->d_name) + 1);
  }
  closedir(dir);
  qsort_r(f->starts, f->count, sizeof *f->starts, by_name, f->names.p);
  return false;
}

/* The path of the next entry of the innermost folder; false when it has no more. */
static bool next_entry(cn_batch_source *s) {
  folder *f = &s->folders[s->depth - 1];
  if (f->next == f->count) return false;
  s->path.n = f->path_length;
  if (s->path.n && s->path.p[s->path.n - 1] != '/') cn_buf_add_char(&s->path, '/');
  const char *name = f->names.p + f->starts[f->next++];
  cn_buf_add(&s->path, name, strlen(name) + 1);
  return true;
}

/* --- files ----------------------------------------------------------------------------------------------------------
 */

static bool is_archive(const char *path) {
  char head[512];
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  ssize_t n = fd < 0 ? -1 : read(fd, head, sizeof head);
  if (fd >= 0) close(fd);
  return n > 0 && cn_batch_is_archive((cn_view){head, (size_t)n});
}

/* Looks at the path: a folder is entered and an archive opened (no job yet), a file is a job. */
static bool visit(cn_batch_source *s, cn_job *job, bool operand) {
  struct stat info;
  const char *path = s->path.p;
  if (stat(path, &info) != 0) return problem(s, job, path, CN_BATCH_FAILED, strerror(errno));
  if (S_ISDIR(info.st_mode)) {
    struct stat link;
    if (!operand && lstat(path, &link) == 0 && S_ISLNK(link.st_mode))
      return false; /* a link to a folder may be a loop */
    return open_folder(s, job, path);
  }
  if (!S_ISREG(info.st_mode) && !operand) return false;
  if (S_ISREG(info.st_mode) && is_archive(path)) {
    cn_batch_archive_open(s->archive, path);
    s->in_archive = true;
    return false;
  }
  cn_view name = cn_arena_copy(&s->scratch, cn_view_of(path));
  *job = (cn_job){.name = name, .path = name, .output = cn_batch_output_path(&s->scratch, name)};
  return true;
}

static void set_path(cn_batch_source *s, const char *path) {
  cn_buf_reset(&s->path);
  cn_buf_add(&s->path, path, strlen(path) + 1);
}

/* The next line of --files-from; NUL between names with -0. */
static bool next_listed(cn_batch_source *s) {
  const char *from = s->batch->app->option[CN_OPTION_FILES_FROM];
  if (!s->list) s->list = strcmp(from, "-") == 0 ? stdin : fopen(from, "rb");
  bool zero = cn_given(s->batch->app, CN_OPTION_NULL);
  while (s->list) {
    ssize_t n = getdelim(&s->line, &s->line_room, zero ? 0 : '\n', s->list);
    if (n < 0) return false;
    if (n > 0 && s->line[n - 1] == (zero ? 0 : '\n')) s->line[--n] = 0;
    if (n == 0) continue;
    set_path(s, s->line);
    return true;
  }
  return false;
}

static bool next_operand(cn_batch_source *s) {
  if (s->operand == s->batch->app->operand_count) return false;
  set_path(s, s->batch->app->operands[s->operand++]);
  return true;
}

bool cn_batch_source_next(cn_batch_source *s, cn_job *job) {
  cn_arena_reset(&s->scratch);
  for (;;) {
    if (s->in_archive) {
      if (cn_batch_archive_next(s->archive, job)) return true;
      s->in_archive = false;
    }
    bool operand = s->depth == 0;
    if (operand) {
      if (!next_operand(s) && !(s->listing && next_listed(s))) return false;
    } else if (!next_entry(s)) {
      s->depth--;
      continue;
    }
    if (visit(s, job, operand)) return true;
  }
}

double cn_batch_source_done(const cn_batch_source *s) {
  double done = s->in_archive ? cn_batch_archive_done(s->archive) : 1;
  for (size_t i = s->depth; i-- > 0;) {
    const folder *f = &s->folders[i];
    if (f->count) done = ((double)f->next - 1 + done) / (double)f->count;
  }
  size_t operands = s->batch->app->operand_count;
  return operands && s->operand ? ((double)s->operand - 1 + done) / (double)operands : 0;
}

/* --- output paths ---------------------------------------------------------------------------------------------------
 */

static void add_part(cn_buf *buf, cn_view part) {
  static const char hex[] = "0123456789ABCDEF";
  bool dots = cn_view_is(part, "..");
  for (size_t i = 0; i < part.n; i++) {
    unsigned char c = (unsigned char)part.p[i];
    if (c >= 0x20 && c != 0x7F && c != '%' && c != '\\' && !dots) {
      cn_buf_add_char(buf, (char)c);
      continue;
    }
    cn_buf_add_char(buf, '%');
    cn_buf_add_char(buf, hex[c >> 4]);
    cn_buf_add_char(buf, hex[c & 15]);
  }
}

static uint64_t hash(cn_view v) {
  uint64_t h = 14695981039346656037u;
  for (size_t i = 0; i < v.n; i++) h = (h ^ (unsigned char)v.p[i]) * 1099511628211u;
  return h;
}

/* a/../b -> a/%2E%2E/b; //x and ./x -> x; a part longer than a file name may be is cut and told apart by a hash. */
cn_view cn_batch_output_path(cn_arena *arena, cn_view name) {
  enum { LONGEST = 200 };
  cn_buf buf;
  cn_view rest = name, part;
  cn_buf_init(&buf, arena->trap);
  while (cn_view_split(&rest, '/', &part)) {
    if (part.n == 0 || cn_view_is(part, ".")) continue;
    if (buf.n) cn_buf_add_char(&buf, '/');
    size_t begin = buf.n;
    add_part(&buf, part);
    if (buf.n - begin <= LONGEST) continue;
    buf.n = begin + LONGEST - 20;
    while (((unsigned char)buf.p[buf.n] & 0xC0) == 0x80) buf.n--;
    cn_buf_format(&buf, "~%016llx", (unsigned long long)hash(part));
  }
  cn_view path = cn_arena_copy(arena, buf.n ? cn_buf_view(&buf) : CN_VIEW("input"));
  cn_buf_free(&buf);
  return path;
}
