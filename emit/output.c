/* The output: bytes to standard output, to memory, or to a file that is whole or not there at all.
 *
 * In:  bytes, in pieces of any size.  Out: the same bytes through one buffer, each system call checked.
 * Owns its descriptor and, until commit, its temporary file. */
#include "emit/emit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 64 << 10 };

struct cn_output {
  cn_arena *arena;
  cn_buf *memory; /* instead of a descriptor */
  int fd;
  bool own;              /* the descriptor is ours to close */
  const char *name;      /* for messages */
  const char *final;     /* NULL unless a temporary file stands in for it */
  const char *temporary; /* NULL once renamed or removed */
  cn_view error;
  size_t n;
  char *buffer;
};

static cn_status fail(cn_output *o, int number) {
  if (number == EPIPE) return CN_STOP;
  o->error = cn_arena_format(o->arena, "%s: %s", o->name, strerror(number));
  return CN_IO;
}

static void abandon(void *output) { cn_output_abandon(output); }

static cn_output *make(cn_arena *arena, const char *name) {
  cn_output *o = cn_arena_new(arena, cn_output, 1);
  *o = (cn_output){.arena = arena, .fd = -1, .name = name};
  cn_arena_defer(arena, abandon, o);
  return o;
}

cn_output *cn_output_memory(cn_arena *arena, cn_buf *memory) {
  cn_output *o = make(arena, "memory");
  o->memory = memory;
  return o;
}

/* The mode a new file gets where nobody asks for another: 0666 less the umask. */
static mode_t default_mode(void) {
  mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

/* A temporary file beside the final one, so that rename stays on one file system. */
static cn_status open_beside(cn_output *o, const struct stat *old) {
  const char *slash = strrchr(o->final, '/');
  size_t folder = slash ? (size_t)(slash - o->final) + 1 : 0;
  char *name = cn_arena_new(o->arena, char, folder + sizeof ".chengnuo-XXXXXX");
  memcpy(name, o->final, folder);
  memcpy(name + folder, ".chengnuo-XXXXXX", sizeof ".chengnuo-XXXXXX");
  o->fd = mkostemp(name, O_CLOEXEC);
  if (o->fd < 0) return fail(o, errno);
  o->own = true;
  o->temporary = name;
  if (fchmod(o->fd, old ? old->st_mode & 07777 : default_mode()) < 0) return fail(o, errno);
  return CN_OK;
}

static cn_status open_path(cn_output *o, const char *path) {
  char real[PATH_MAX];
  struct stat old;
  if (stat(path, &old) < 0) {
    if (errno != ENOENT) return fail(o, errno);
    size_t n = strlen(path);
    if (n == 0 || path[n - 1] == '/') return fail(o, n ? EISDIR : ENOENT);
    o->final = cn_arena_string(o->arena, (cn_view){path, n});
    return open_beside(o, NULL);
  }
  if (S_ISDIR(old.st_mode)) return fail(o, EISDIR);
  if (!S_ISREG(old.st_mode)) { /* /dev/null, a named pipe: nothing to replace */
    o->fd = open(path, O_WRONLY | O_CLOEXEC);
    o->own = o->fd >= 0;
    return o->fd < 0 ? fail(o, errno) : CN_OK;
  }
  if (access(path, W_OK) < 0) return fail(o, errno); /* rename would replace what the user made read-only */
  if (!realpath(path, real)) return fail(o, errno);
  o->final = cn_arena_string(o->arena, cn_view_of(real));
  return open_beside(o, &old);
}

cn_status cn_output_open(cn_arena *arena, const char *path, cn_output **output, cn_view *error) {
  bool standard = !path || strcmp(path, "-") == 0;
  cn_output *o = *output = make(arena, standard ? "standard output" : path);
  o->buffer = cn_arena_alloc(arena, BUFFER);
  cn_status status = CN_OK;
  if (!standard)
    status = open_path(o, path);
  else if (fcntl(o->fd = STDOUT_FILENO, F_GETFD) < 0)
    status = fail(o, errno);
  *error = o->error;
  return status;
}

static cn_status write_all(cn_output *o, const char *p, size_t n) {
  while (n) {
    ssize_t written = write(o->fd, p, n);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EAGAIN) {
      poll(&(struct pollfd){.fd = o->fd, .events = POLLOUT}, 1, -1);
      continue;
    }
    if (written < 0) return fail(o, errno);
    p += written;
    n -= (size_t)written;
  }
  return CN_OK;
}

cn_status cn_output_flush(cn_output *o) {
  size_t n = o->n;
  o->n = 0;
  return o->memory ? CN_OK : write_all(o, o->buffer, n);
}

cn_status cn_output_write(cn_output *o, cn_view bytes) {
  if (o->memory) {
    cn_buf_add_view(o->memory, bytes);
    return CN_OK;
  }
  if (bytes.n > BUFFER - o->n) {
    CN_TRY(cn_output_flush(o));
    if (bytes.n >= BUFFER) return write_all(o, bytes.p, bytes.n);
  }
  if (bytes.n) memcpy(o->buffer + o->n, bytes.p, bytes.n);
  o->n += bytes.n;
  return CN_OK;
}

const char *cn_output_path(const cn_output *o) { return o->temporary; }
const char *cn_output_final(const cn_output *o) { return o->final; }
cn_view cn_output_error(const cn_output *o) { return o->error; }

cn_status cn_output_fail(cn_output *o, cn_view message) {
  o->error = message;
  return CN_IO;
}

/* The rename itself must reach the disk too, or a power cut brings the old file back. */
static void sync_folder(const char *path) {
  char folder[PATH_MAX];
  const char *slash = strrchr(path, '/');
  size_t n = slash ? (size_t)(slash - path) + 1 : 0;
  if (n >= sizeof folder) return;
  memcpy(folder, path, n);
  folder[n] = 0;
  int fd = open(n ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return; /* a folder one may write but not read: the file is there all the same */
  fsync(fd);
  close(fd);
}

static cn_status finish(cn_output *o) {
  CN_TRY(cn_output_flush(o));
  if (o->memory) return CN_OK;
  if (!o->own) { /* some file systems tell of a full disk only at close; a duplicate's close asks them */
    int copy = dup(o->fd);
    return copy < 0 || close(copy) < 0 ? fail(o, errno) : CN_OK;
  }
  if (o->temporary && fsync(o->fd) < 0) return fail(o, errno);
  o->own = false;
  if (close(o->fd) < 0) return fail(o, errno);
  if (!o->temporary) return CN_OK;
  if (rename(o->temporary, o->final) < 0) return fail(o, errno);
  o->temporary = NULL;
  sync_folder(o->final);
  return CN_OK;
}

cn_status cn_output_commit(cn_output *o) {
  cn_status status = finish(o);
  if (status != CN_OK) cn_output_abandon(o);
  return status;
}

void cn_output_abandon(cn_output *o) {
  if (o->own) close(o->fd);
  o->own = false;
  if (o->temporary) unlink(o->temporary);
  o->temporary = NULL;
}
