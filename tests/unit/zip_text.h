/* Zip files made of texts, for tests: stored members, a central directory, nothing else.
 *
 * In:  name and text, one after the other.  Out: the file's bytes, in a buffer of the caller's. */
#ifndef CN_ZIP_TEXT_H
#define CN_ZIP_TEXT_H

#include "core/buf.h"

typedef struct zip_text {
  cn_buf file, directory;
  uint32_t members;
} zip_text;

static inline uint32_t zip_crc(cn_view v) {
  uint32_t crc = ~0u;
  for (size_t i = 0; i < v.n; i++) {
    crc ^= (unsigned char)v.p[i];
    for (int bit = 0; bit < 8; bit++) crc = crc >> 1 ^ (crc & 1 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

static inline void zip_number(cn_buf *buf, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; i++) cn_buf_add_char(buf, (char)(unsigned char)(value >> (8 * i)));
}

static inline void zip_begin(zip_text *zip, cn_trap *trap) {
  cn_buf_init(&zip->file, trap);
  cn_buf_init(&zip->directory, trap);
  zip->members = 0;
}

/* What the local header and the directory's have in common. */
static inline void zip_common(cn_buf *buf, cn_view name, cn_view text, uint32_t flags) {
  zip_number(buf, 20, 2), zip_number(buf, flags, 2), zip_number(buf, 0, 2), zip_number(buf, 0, 4);
  zip_number(buf, zip_crc(text), 4), zip_number(buf, (uint32_t)text.n, 4), zip_number(buf, (uint32_t)text.n, 4);
  zip_number(buf, (uint32_t)name.n, 2), zip_number(buf, 0, 2);
}

static inline void zip_add(zip_text *zip, const char *member, cn_view text, bool encrypted) {
  cn_view name = cn_view_of(member);
  uint32_t offset = (uint32_t)zip->file.n;
  cn_buf_add(&zip->file, "PK\003\004", 4);
  zip_common(&zip->file, name, text, encrypted);
  cn_buf_add_view(&zip->file, name);
  cn_buf_add_view(&zip->file, text);
  cn_buf_add(&zip->directory, "PK\001\002", 4);
  zip_number(&zip->directory, 20, 2);
  zip_common(&zip->directory, name, text, encrypted);
  zip_number(&zip->directory, 0, 2), zip_number(&zip->directory, 0, 4), zip_number(&zip->directory, 0, 4);
  zip_number(&zip->directory, offset, 4);
  cn_buf_add_view(&zip->directory, name);
  zip->members++;
}

/* The file; valid until zip_free. */
static inline cn_view zip_end(zip_text *zip) {
  uint32_t at = (uint32_t)zip->file.n;
  cn_buf_add_view(&zip->file, cn_buf_view(&zip->directory));
  cn_buf_add(&zip->file, "PK\005\006\0\0\0\0", 8);
  zip_number(&zip->file, zip->members, 2), zip_number(&zip->file, zip->members, 2);
  zip_number(&zip->file, (uint32_t)zip->directory.n, 4), zip_number(&zip->file, at, 4), zip_number(&zip->file, 0, 2);
  return cn_buf_view(&zip->file);
}

static inline void zip_free(zip_text *zip) {
  cn_buf_free(&zip->file);
  cn_buf_free(&zip->directory);
}

#endif
