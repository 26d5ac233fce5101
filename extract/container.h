/* Containers: zip files that hold an office document. In: the document's bytes.  Out: the members a reader wants, in
 * the arena. Nothing is written to disk; what a member's name says about folders outside (../) is ignored with the
 * member. container.c is the only file of this folder that includes libarchive. */
#ifndef CN_EXTRACT_CONTAINER_H
#define CN_EXTRACT_CONTAINER_H

#include "extract/flow.h"

typedef struct cn_member {
  cn_view name, bytes;
} cn_member;

typedef struct cn_container {
  cn_member *items;
  size_t count, capacity;
} cn_container;

/* Whether the zip file that begins with `bytes` has a member whose name begins with `prefix`. Looks at names only. */
bool cn_zip_holds(cn_view bytes, const char *prefix);
bool cn_is_zip(cn_view bytes);

/* Unpacks the members for which wanted(name) says so. A file that is cut off gives what could be read and a
 * container-damaged note; CN_BROKEN when that is nothing, CN_LIMIT for what unpacks to more than max_input or far more
 * than any office document does, CN_IO when it is encrypted. */
CN_MUST_USE cn_status cn_container_read(cn_document *document, bool (*wanted)(cn_view name), cn_container *container);
/* The member's bytes, or null. */
cn_view cn_container_member(const cn_container *container, const char *name);

/* The title that docProps/core.xml or meta.xml gives, or null. */
cn_view cn_container_title(cn_arena *arena, const cn_container *container, const char *member);

#endif
