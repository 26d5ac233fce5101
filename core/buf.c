/* The growing buffer. */
#define CN_OWNER
#include "core/buf.h"

#include <stdarg.h>

void cn_buf_init(cn_buf *buf, cn_trap *trap) { *buf = (cn_buf){.trap = trap}; }

void cn_buf_free(cn_buf *buf) {
  cn_trap_credit(buf->trap, buf->capacity);
  free(buf->p);
  cn_buf_init(buf, buf->trap);
}

static void grow(cn_buf *buf, size_t n) {
  size_t wanted = buf->capacity ? buf->capacity : 256;
  if (n > SIZE_MAX / 4 - buf->n) cn_trap_spring(buf->trap);
  while (wanted - buf->n < n) wanted *= 2;
  cn_trap_charge(buf->trap, wanted - buf->capacity);
  char *p = realloc(buf->p, wanted);
  if (!p) cn_trap_spring(buf->trap);
  buf->p = p;
  buf->capacity = wanted;
}

char *cn_buf_room(cn_buf *buf, size_t n) {
  if (buf->capacity - buf->n < n) grow(buf, n);
  return buf->p + buf->n;
}

void cn_buf_add(cn_buf *buf, const char *p, size_t n) {
  if (!n) return;
  memcpy(cn_buf_room(buf, n), p, n);
  buf->n += n;
}

void cn_buf_add_view(cn_buf *buf, cn_view v) { cn_buf_add(buf, v.p, v.n); }

void cn_buf_add_string(cn_buf *buf, const char *s) { cn_buf_add(buf, s, strlen(s)); }

void cn_buf_add_char(cn_buf *buf, char c) {
  *cn_buf_room(buf, 1) = c;
  buf->n++;
}

void cn_buf_add_int(cn_buf *buf, int64_t value) {
  char digits[20];
  size_t at = sizeof digits;
  uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
  do digits[--at] = (char)('0' + rest % 10);
  while (rest /= 10);
  if (value < 0) cn_buf_add_char(buf, '-');
  cn_buf_add(buf, digits + at, sizeof digits - at);
}

void cn_buf_format(cn_buf *buf, const char *format, ...) {
  va_list args, again;
  va_start(args, format);
  va_copy(again, args);
  int n = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (n > 0) {
    vsnprintf(cn_buf_room(buf, (size_t)n + 1), (size_t)n + 1, format, again);
    buf->n += (size_t)n;
  }
  va_end(again);
}
