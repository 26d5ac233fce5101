/* bytes: see bytes.h and source.h. In: cn_input.  Out: the first window, size and sha256.  Owner of nettle and of the
 * spool file, which has no name and goes away with the document. */
#include "extract/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 128 << 10 };

static cn_status fail_read(cn_document *document, int error) {
  if (error == EISDIR) return cn_fail(document, CN_IO, CN_NONE, "it is a directory; name the files in it");
  return cn_fail(document, CN_IO, CN_NONE, "it cannot be read: %s", strerror(error));
}

/* read(2) until n bytes or the end. */
static cn_status read_full(cn_document *document, int fd, char *to, size_t n, size_t *got) {
  *got = 0;
  while (*got < n) {
    ssize_t r = read(fd, to + *got, n - *got);
    if (r == 0) break;
    if (r < 0 && errno == EINTR) continue;
    if (r < 0) return fail_read(document, errno);
    *got += (size_t)r;
  }
  return CN_OK;
}

static cn_status write_full(cn_document *document, int fd, const char *from, size_t n) {
  while (n) {
    ssize_t w = write(fd, from, n);
    if (w < 0 && errno == EINTR) continue;
    if (w < 0) return cn_fail(document, CN_IO, CN_NONE, "its temporary copy cannot be written: %s", strerror(errno));
    from += w;
    n -= (size_t)w;
  }
  return CN_OK;
}

cn_status cn_bytes_read(cn_document *document, size_t from, char *to, size_t n, size_t *got) {
  cn_bytes *raw = document->raw;
  *got = 0;
  if (raw->memory.p) {
    cn_view part = cn_view_slice(raw->memory, from, from + n < from ? SIZE_MAX : from + n);
    memcpy(to, part.p, part.n);
    *got = part.n;
    return CN_OK;
  }
  while (*got < n) {
    ssize_t r = pread(raw->fd, to + *got, n - *got, raw->start + (off_t)(from + *got));
    if (r == 0) break;
    if (r < 0 && errno == EINTR) continue;
    if (r < 0) return fail_read(document, errno);
    *got += (size_t)r;
  }
  return CN_OK;
}

/* A file without a name in $TMPDIR. */
static int open_spool(void) {
  const char *folder = getenv("TMPDIR");
  if (!folder || !*folder) folder = "/tmp";
#ifdef O_TMPFILE
  int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0) return fd;
#endif
  char name[512];
  if (snprintf(name, sizeof name, "%s/chengnuo-XXXXXX", folder) >= (int)sizeof name) return -1;
  int made = mkstemp(name);
  if (made >= 0) unlink(name);
  return made;
}

static void close_raw(void *what) {
  cn_bytes *raw = what;
  cn_buf_free(&raw->head);
  if (raw->spool >= 0) close(raw->spool);
}

static void finish_hash(cn_document *document, struct sha256_ctx *hash) {
  uint8_t digest[SHA256_DIGEST_SIZE];
  char hex[2 * SHA256_DIGEST_SIZE];
  sha256_digest(hash, sizeof digest, digest);
  for (size_t i = 0; i < sizeof digest; i++) {
    hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
    hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
  }
  document->source.sha256 = cn_arena_copy(document->arena, (cn_view){hex, sizeof hex});
}

/* Everything behind the first window: hashed, counted and, where it cannot be read again, spooled. */
static cn_status read_rest(cn_document *document, struct sha256_ctx *hash) {
  cn_bytes *raw = document->raw;
  bool seekable = raw->start >= 0;
  if (!seekable) {
    raw->start = 0;
    raw->fd = raw->spool = open_spool();
    if (raw->spool < 0)
      return cn_fail(document, CN_IO, CN_NONE, "no temporary file for it could be made: %s", strerror(errno));
    CN_TRY(write_full(document, raw->spool, raw->head.p, raw->head.n));
  }
  size_t got = CHUNK;
  char *chunk = cn_buf_room(&raw->head, CHUNK);
  while (got == CHUNK) {
    CN_TRY(read_full(document, document->input->fd, chunk, CHUNK, &got));
    sha256_update(hash, got, (const uint8_t *)chunk);
    if (!seekable) CN_TRY(write_full(document, raw->spool, chunk, got));
    raw->size += got;
  }
  return CN_OK;
}

/* The first window; grows by doubling so that a small pipe stays small. */
static cn_status read_head(cn_document *document, size_t expected) {
  cn_bytes *raw = document->raw;
  size_t step = expected ? expected : (size_t)CHUNK / 2;
  while (raw->head.n < CN_WINDOW) {
    if (step > CN_WINDOW - raw->head.n) step = CN_WINDOW - raw->head.n;
    size_t got;
    CN_TRY(read_full(document, document->input->fd, cn_buf_room(&raw->head, step), step, &got));
    raw->head.n += got;
    if (got < step) break;
    step = raw->head.n;
  }
  raw->size = raw->head.n;
  return CN_OK;
}

static cn_status open_descriptor(cn_document *document, struct sha256_ctx *hash) {
  cn_bytes *raw = document->raw;
  struct stat info;
  if (fstat(document->input->fd, &info) != 0) return fail_read(document, errno);
  if (S_ISDIR(info.st_mode)) return fail_read(document, EISDIR);
  raw->fd = document->input->fd;
  raw->start = S_ISREG(info.st_mode) ? lseek(raw->fd, 0, SEEK_CUR) : -1;
  off_t left = raw->start >= 0 ? info.st_size - raw->start : 0;
  CN_TRY(read_head(document, left > 0 && (size_t)left < CN_WINDOW ? (size_t)left + 1 : 0));
  document->bytes = cn_buf_view(&raw->head);
  sha256_update(hash, document->bytes.n, (const uint8_t *)document->bytes.p);
  if (raw->size < CN_WINDOW) {
    raw->memory = document->bytes;
    return CN_OK;
  }
  CN_TRY(read_rest(document, hash));
  document->bytes = cn_buf_view(&raw->head);
  return CN_OK;
}

cn_status cn_source_open(cn_document *document) {
  cn_bytes *raw = document->raw = cn_arena_new(document->arena, cn_bytes, 1);
  *raw = (cn_bytes){.fd = -1, .spool = -1};
  cn_buf_init(&raw->head, document->arena->trap);
  cn_arena_defer(document->arena, close_raw, raw);
  struct sha256_ctx hash;
  sha256_init(&hash);
  if (document->input->bytes.p) {
    raw->memory = document->input->bytes;
    raw->size = raw->memory.n;
    document->bytes = cn_view_slice(raw->memory, 0, raw->size);
    sha256_update(&hash, raw->size, (const uint8_t *)raw->memory.p);
  } else {
    CN_TRY(open_descriptor(document, &hash));
  }
  if (raw->size == 0) return cn_fail(document, CN_IO, CN_NONE, "it is empty");
  document->source.size = (int64_t)raw->size;
  finish_hash(document, &hash);
  return CN_OK;
}

cn_status cn_source_load(cn_document *document) {
  cn_bytes *raw = document->raw;
  size_t limit = document->options->max_input ? document->options->max_input : CN_MAX_INPUT;
  if (raw->size > limit)
    return cn_fail(document, CN_LIMIT, CN_NONE, "it has %zu bytes, more than the limit of %zu (--max-input)", raw->size,
                   limit);
  if (!raw->memory.p) {
    size_t got;
    cn_buf_reset(&raw->head);
    CN_TRY(cn_bytes_read(document, 0, cn_buf_room(&raw->head, raw->size), raw->size, &got));
    raw->head.n = got;
    raw->memory = cn_buf_view(&raw->head);
  }
  document->bytes = raw->memory;
  return CN_OK;
}
