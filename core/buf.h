/* A growing byte buffer, owned by whoever inits it. Appending never fails for the caller (see cn_trap). */
#ifndef CN_BUF_H
#define CN_BUF_H

#include "core/view.h"

typedef struct cn_buf {
  cn_trap *trap;
  char *p;
  size_t n, capacity;
} cn_buf;

void cn_buf_init(cn_buf *buf, cn_trap *trap);
void cn_buf_free(cn_buf *buf);
static inline void cn_buf_reset(cn_buf *buf) { buf->n = 0; }
static inline cn_view cn_buf_view(const cn_buf *buf) { return (cn_view){buf->p ? buf->p : "", buf->n}; }
/* At least `n` writable bytes at the end; the caller then adds to buf->n what it wrote. */
char *cn_buf_room(cn_buf *buf, size_t n);
void cn_buf_add(cn_buf *buf, const char *p, size_t n);
void cn_buf_add_view(cn_buf *buf, cn_view v);
void cn_buf_add_string(cn_buf *buf, const char *s);
void cn_buf_add_char(cn_buf *buf, char c);
void cn_buf_add_int(cn_buf *buf, int64_t value);
void cn_buf_format(cn_buf *buf, const char *format, ...) CN_PRINTF(2, 3);

#endif
