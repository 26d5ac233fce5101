/* bytes: a document's bytes, wherever they are: in memory, in a file, or spooled from a pipe. Private to source. */
#ifndef CN_EXTRACT_BYTES_H
#define CN_EXTRACT_BYTES_H

#include "core/buf.h"
#include "extract/source.h"

typedef struct cn_bytes {
  cn_view memory; /* all of them, or null where they are only in `fd` */
  int fd;         /* seekable: the input itself or the spool */
  int spool;      /* the spool, to be closed; -1: none */
  off_t start;    /* where the document begins in fd */
  size_t size;
  cn_buf head; /* the first window, or all */
} cn_bytes;

/* Bytes [from, from+n) into `to`; *got is less than n only at the end. */
CN_MUST_USE cn_status cn_bytes_read(cn_document *document, size_t from, char *to, size_t n, size_t *got);

#endif
