/* See lines.h. In: a descriptor.  Out: lines. Owns its buffer. */
#include "app/lines.h"

#include "core/limits.h"

#include <errno.h>
#include <unistd.h>

enum { PIECE = 256 << 10 };

static void free_buf(void *buf) { cn_buf_free(buf); }

void cn_lines_init(cn_lines_reader *r, cn_app *app, const char *name, int fd) {
  *r = (cn_lines_reader){.app = app, .name = name, .fd = fd};
  cn_buf_init(&r->buf, &app->trap);
  cn_arena_defer(&app->document, free_buf, &r->buf);
}

static cn_status fill(cn_lines_reader *r) {
  cn_buf *b = &r->buf;
  if (r->at) memmove(b->p, b->p + r->at, b->n - r->at);
  b->n -= r->at;
  r->at = 0;
  if (b->n > CN_MAX_INPUT) {
    cn_complain("%s:%lld: a line of more than %zu bytes", r->name, (long long)r->number + 1, CN_MAX_INPUT);
    return CN_LIMIT;
  }
  if (r->app->output) CN_TRY(cn_output_flush(r->app->output));
  char *room = cn_buf_room(b, PIECE);
  ssize_t n;
  do n = read(r->fd, room, PIECE);
  while (n < 0 && errno == EINTR);
  if (n < 0) {
    cn_complain("%s: %s", r->name, strerror(errno));
    return CN_IO;
  }
  b->n += (size_t)n;
  r->ended = n == 0;
  return CN_OK;
}

cn_status cn_lines_next(cn_lines_reader *r, cn_view *line) {
  size_t seen = r->at; /* no newline before it */
  const char *newline;
  *line = CN_NULL_VIEW;
  while (!(newline = seen < r->buf.n ? memchr(r->buf.p + seen, '\n', r->buf.n - seen) : NULL) && !r->ended) {
    seen = r->buf.n - r->at;
    CN_TRY(fill(r));
  }
  if (!newline && r->at == r->buf.n) return CN_OK;
  const char *begin = r->buf.p + r->at, *end = newline ? newline : r->buf.p + r->buf.n;
  r->cut = !newline;
  r->at = (size_t)(end - r->buf.p) + (newline != NULL);
  r->number++;
  if (end > begin && end[-1] == '\r') end--;
  *line = cn_view_between(begin, end);
  return CN_OK;
}
