/* Containers: see container.h. The owner of libarchive in this folder. */
#define CN_OWNER
#include "extract/container.h"

#include "core/limits.h"
#include "extract/guard.h"
#include "extract/markup.h"
#include <archive.h>
#include <archive_entry.h>

enum { MAX_MEMBERS = 100000, MAX_RATIO = 200 };
#define SMALL ((size_t)32 << 20) /* bytes unpacked that are harmless whatever the ratio */

/* ---- Names without unpacking ---- */

bool cn_is_zip(cn_view bytes) { return cn_view_starts(bytes, CN_VIEW("PK\003\004")); }

/* Both the local header (name at 30) and the central directory's (at 46) begin with PK. */
bool cn_zip_holds(cn_view bytes, const char *prefix) {
  size_t n = strlen(prefix);
  for (size_t at = 0; (at = cn_view_find(bytes, CN_VIEW("PK"), at)) != SIZE_MAX; at += 2) {
    cn_view header = cn_view_slice(bytes, at, at + 46 + n);
    size_t name = cn_view_starts(header, CN_VIEW("PK\003\004"))   ? 30
                  : cn_view_starts(header, CN_VIEW("PK\001\002")) ? 46
                                                                  : 0;
    if (name && header.n >= name + n && memcmp(header.p + name, prefix, n) == 0) return true;
  }
  return false;
}

/* ---- Unpacking ---- */

typedef struct unpacking {
  cn_document *document;
  bool (*wanted)(cn_view name);
  cn_container *container;
  struct archive *archive;
  size_t total, limit;
  bool damaged;
} unpacking;

static cn_status over_limit(unpacking *u) {
  return cn_fail(u->document, CN_LIMIT, CN_NONE, "the file unpacks to far more than it may (%zu MB and more)",
                 u->total >> 20);
}

/* One member, piece by piece: the size that a zip file claims is not believed. */
static cn_status read_member(unpacking *u, cn_view name) {
  cn_arena *arena = u->document->arena;
  char *bytes = NULL;
  size_t n = 0, room = 0;
  for (;;) {
    const void *piece;
    size_t size;
    la_int64_t offset;
    int got = archive_read_data_block(u->archive, &piece, &size, &offset);
    if (got == ARCHIVE_EOF) break;
    if (got < ARCHIVE_WARN) {
      u->damaged = true;
      break;
    }
    u->total += size;
    if (u->total > u->limit || (u->total > SMALL && u->total / MAX_RATIO > u->document->bytes.n)) return over_limit(u);
    if (room - n < size) {
      room = 2 * room + size + 4096;
      char *more = cn_arena_alloc(arena, room);
      if (n) memcpy(more, bytes, n);
      bytes = more;
    }
    if (size) memcpy(bytes + n, piece, size);
    n += size;
  }
  cn_container *c = u->container;
  c->items = cn_arena_grow(arena, c->items, c->count, &c->capacity, sizeof *c->items);
  c->items[c->count++] = (cn_member){cn_arena_copy(arena, name), {bytes ? bytes : "", n}};
  return CN_OK;
}

static bool is_outside(cn_view name) {
  return cn_view_starts(name, CN_VIEW("/")) || cn_view_find(name, CN_VIEW(".."), 0) != SIZE_MAX ||
         cn_view_find(name, CN_VIEW("\\"), 0) != SIZE_MAX;
}

static cn_status unpack(void *self) {
  unpacking *u = self;
  struct archive_entry *entry;
  if (archive_read_open_memory(u->archive, u->document->bytes.p, u->document->bytes.n) != ARCHIVE_OK) u->damaged = true;
  for (size_t i = 0; !u->damaged; i++) {
    int got = archive_read_next_header(u->archive, &entry);
    if (got == ARCHIVE_EOF) break;
    if (got < ARCHIVE_WARN) {
      u->damaged = true;
      break;
    }
    if (i == MAX_MEMBERS) return over_limit(u);
    cn_view name = cn_view_of(archive_entry_pathname(entry));
    if (!name.n || is_outside(name) || archive_entry_filetype(entry) != AE_IFREG || !u->wanted(name)) continue;
    if (archive_entry_is_encrypted(entry))
      return cn_fail(u->document, CN_IO, CN_NONE, "the file is encrypted; save it without a password");
    CN_TRY(read_member(u, name));
  }
  return CN_OK;
}

static void release(void *self) { archive_read_free(((unpacking *)self)->archive); }

cn_status cn_container_read(cn_document *document, bool (*wanted)(cn_view name), cn_container *container) {
  size_t limit = document->options->max_input ? document->options->max_input : CN_MAX_INPUT;
  unpacking u = {.document = document, .wanted = wanted, .container = container, .limit = limit};
  u.archive = archive_read_new();
  if (!u.archive) cn_trap_spring(document->arena->trap);
  archive_read_support_format_zip(u.archive);
  CN_TRY(cn_guard(document->arena, unpack, release, &u));
  if (!u.damaged) return CN_OK;
  if (!container->count) return cn_fail(document, CN_BROKEN, CN_NONE, "the zip container is damaged or cut off");
  cn_document_note(document, CN_DIAG_CONTAINER_DAMAGED, CN_NONE, CN_NONE,
                   CN_VIEW("the zip container is damaged or cut off; what could be unpacked is given"));
  return CN_OK;
}

cn_view cn_container_member(const cn_container *container, const char *name) {
  for (size_t i = 0; i < container->count; i++)
    if (cn_view_is(container->items[i].name, name)) return container->items[i].bytes;
  return CN_NULL_VIEW;
}

/* ---- Title ---- */

typedef struct title_reading {
  cn_xml *xml;
  cn_view title;
  cn_arena *arena;
} title_reading;

static cn_status read_title(void *self) {
  title_reading *r = self;
  bool inside = false;
  for (cn_xml_event event; (event = cn_xml_next(r->xml)) < CN_XML_DONE;) {
    if (event == CN_XML_START) inside = cn_xml_is(r->xml, "title");
    if (event == CN_XML_END) inside = false;
    if (event == CN_XML_TEXT && inside) r->title = cn_arena_copy(r->arena, cn_view_trim(cn_xml_text(r->xml)));
  }
  return CN_OK;
}

static void close_title(void *self) { cn_xml_close(((title_reading *)self)->xml); }

cn_view cn_container_title(cn_arena *arena, const cn_container *container, const char *member) {
  cn_view bytes = cn_container_member(container, member);
  if (!bytes.n) return CN_NULL_VIEW;
  title_reading r = {.arena = arena, .xml = cn_xml_open(arena, bytes)};
  if (cn_guard(arena, read_title, close_title, &r) != CN_OK || !r.title.n) return CN_NULL_VIEW;
  return r.title;
}
