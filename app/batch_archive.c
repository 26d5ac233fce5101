/* Archives: zip, tar, 7z, gz, xz, zst, bz2, archives in them, and web archives. The only file of app/ that includes
 * libarchive.
 *
 * In:  a file.  Out: its members as jobs, bytes in memory.  Nothing is unpacked to disk, so no name can touch the file
 * system; links, devices and folders are passed over. Every limit gives one job that says which, and ends its archive.
 */
#define CN_OWNER
#include "app/batch.h"

#include "core/utf8.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <iconv.h>
#include <sys/stat.h>

enum { LEVELS = 16, RATIO = 1000, RATIO_FROM = 64 << 20 };

typedef struct level {
  struct archive *handle;
  cn_view name;   /* display name of this archive */
  cn_buf backing; /* a nested archive's own bytes */
  size_t entries, expanded;
  bool warc; /* the member at hand is a web archive being read */
} level;

struct cn_batch_archive {
  const cn_batch *batch;
  cn_arena names, scratch; /* of the open archives; of one job */
  level levels[LEVELS];
  size_t depth;
  cn_buf bytes; /* of the member at hand */
  cn_warc *warc;
  off_t file_size;
  size_t expanded; /* by all levels */
};

static void close_level(cn_batch_archive *a) {
  level *l = &a->levels[--a->depth];
  archive_read_free(l->handle);
  l->handle = NULL;
  cn_buf_free(&l->backing);
}

static void close_archive(void *self) {
  cn_batch_archive *a = self;
  while (a->depth) close_level(a);
  cn_buf_free(&a->bytes);
  cn_arena_free(&a->names);
  cn_arena_free(&a->scratch);
}

cn_batch_archive *cn_batch_archive_new(const cn_batch *batch) {
  cn_arena *arena = &batch->app->arena;
  cn_batch_archive *a = cn_arena_new(arena, cn_batch_archive, 1);
  a->batch = batch;
  a->warc = cn_warc_new(batch);
  cn_buf_init(&a->bytes, arena->trap);
  cn_arena_init(&a->names, arena->trap);
  cn_arena_init(&a->scratch, arena->trap);
  cn_arena_defer(arena, close_archive, a);
  return a;
}

/* --- recognising -----------------------------------------------------------------------------------------------------
 */

/* An office document is a zip whose first member is one of these; with all bytes at hand, container.h knows better. */
static bool is_office(cn_view bytes) {
  static const char *const first[] = {
      "[Content_Types].xml", "_rels/", "docProps/", "word/", "xl/", "ppt/", "mimetype", "OFD.xml", "customXml/"};
  if (bytes.n < 30) return false;
  size_t n = (unsigned char)bytes.p[26] | (size_t)(unsigned char)bytes.p[27] << 8;
  cn_view name = cn_view_slice(bytes, 30, 30 + n);
  for (size_t i = 0; i < CN_COUNT(first); i++)
    if (cn_view_starts(name, cn_view_of(first[i]))) return true;
  return false;
}

bool cn_batch_is_archive(cn_view bytes) {
  static const struct {
    size_t at, n;
    const char *magic;
  } kinds[] = {{0, 2, "\x1F\x8B"}, {0, 6, "\xFD\x37zXZ"}, {0, 4, "\x28\xB5\x2F\xFD"}, {0, 6, "7z\xBC\xAF\x27\x1C"},
               {0, 3, "BZh"},      {257, 5, "ustar"},     {0, 7, "WARC/1."},          {0, 4, "PK\5\6"}};
  for (size_t i = 0; i < CN_COUNT(kinds); i++)
    if (bytes.n >= kinds[i].at + kinds[i].n && memcmp(bytes.p + kinds[i].at, kinds[i].magic, kinds[i].n) == 0)
      return true;
  return cn_view_starts(bytes, CN_VIEW("PK\3\4")) && !is_office(bytes);
}

/* --- names -----------------------------------------------------------------------------------------------------------
 */

/* Zips from Windows carry GBK names; bytes that are neither UTF-8 nor GB18030 are shown as \xNN. */
static cn_view readable(cn_arena *arena, cn_view raw) {
  if (cn_utf8_valid_prefix(raw) == raw.n) return cn_arena_copy(arena, raw);
  char *out = cn_arena_alloc(arena, raw.n * 4 + 1), *to = out, *from = (char *)(uintptr_t)raw.p;
  size_t left = raw.n, room = raw.n * 4;
  iconv_t converter = iconv_open("UTF-8", "GB18030");
  bool done = converter != (iconv_t)-1 && iconv(converter, &from, &left, &to, &room) != (size_t)-1;
  if (converter != (iconv_t)-1) iconv_close(converter);
  if (done) return (cn_view){out, (size_t)(to - out)};
  cn_view text = CN_VIEW("");
  for (size_t i = 0; i < raw.n; i++)
    text = cn_arena_format(arena, (unsigned char)raw.p[i] < 0x80 ? "%.*s%c" : "%.*s\\x%02X", (int)text.n, text.p,
                           (unsigned char)raw.p[i]);
  return text;
}

static cn_view member_name(cn_batch_archive *a, const level *l, struct archive_entry *entry) {
  const char *raw = archive_entry_pathname(entry);
  if (!raw) raw = archive_entry_pathname_utf8(entry);
  cn_view name = readable(&a->scratch, cn_view_of(raw ? raw : "data"));
  if (archive_format(l->handle) == ARCHIVE_FORMAT_RAW)
    return cn_arena_copy(&a->scratch, l->name); /* notice.txt.gz holds one */
  return cn_arena_format(&a->scratch, "%.*s/%.*s", (int)l->name.n, l->name.p, (int)name.n, name.p);
}

/* --- opening ---------------------------------------------------------------------------------------------------------
 */

/* A web archive is told by its first bytes; libarchive would find a Word file at its end and take the whole for a zip.
 */
static struct archive *new_handle(cn_trap *trap, bool web) {
  struct archive *handle = archive_read_new();
  if (!handle) cn_trap_spring(trap);
  archive_read_support_filter_gzip(handle);
  archive_read_support_filter_bzip2(handle);
  archive_read_support_filter_xz(handle);
  archive_read_support_filter_zstd(handle);
  if (!web) {
    archive_read_support_format_tar(handle);
    archive_read_support_format_zip(handle);
    archive_read_support_format_7zip(handle);
  }
  archive_read_support_format_raw(handle);
  archive_read_support_format_empty(handle);
  return handle;
}

static bool problem(cn_batch_archive *a, cn_job *job, cn_view name, cn_batch_status status, const char *why) {
  *job = (cn_job){.name = cn_arena_copy(&a->scratch, name),
                  .status = status,
                  .message = cn_arena_copy(&a->scratch, cn_view_of(why))};
  return true;
}

static bool is_web_archive(const char *path) {
  char head[7];
  FILE *file = fopen(path, "rb");
  bool web = file && fread(head, 1, sizeof head, file) == sizeof head && memcmp(head, "WARC/1.", sizeof head) == 0;
  if (file) fclose(file);
  return web;
}

void cn_batch_archive_open(cn_batch_archive *a, const char *path) {
  struct stat info;
  cn_arena_reset(&a->names);
  a->expanded = 0;
  a->file_size = stat(path, &info) == 0 ? info.st_size : 0;
  level *l = &a->levels[a->depth++];
  *l = (level){.handle = new_handle(a->names.trap, is_web_archive(path)),
               .name = cn_arena_copy(&a->names, cn_view_of(path))};
  cn_buf_init(&l->backing, a->names.trap);
  archive_read_open_filename(l->handle, path, 65536); /* a failure shows at the first header */
}

/* The member at hand becomes an archive of its own. */
static void push(cn_batch_archive *a, cn_view name) {
  level *l = &a->levels[a->depth++];
  bool web = cn_view_starts(cn_buf_view(&a->bytes), CN_VIEW("WARC/1."));
  *l = (level){.handle = new_handle(a->names.trap, web), .name = cn_arena_copy(&a->names, name), .backing = a->bytes};
  cn_buf_init(&a->bytes, a->names.trap);
  archive_read_open_memory(l->handle, l->backing.p, l->backing.n);
}

cn_view cn_batch_unpack(cn_arena *arena, cn_view packed, size_t limit) {
  struct archive *handle = new_handle(arena->trap, true);
  struct archive_entry *entry;
  cn_buf bytes;
  cn_buf_init(&bytes, arena->trap);
  bool open = archive_read_open_memory(handle, packed.p, packed.n) == ARCHIVE_OK &&
              archive_read_next_header(handle, &entry) == ARCHIVE_OK;
  ssize_t n = open ? 1 : 0;
  while (n > 0 && bytes.n < limit) {
    n = archive_read_data(handle, cn_buf_room(&bytes, 65536), 65536);
    if (n > 0) bytes.n += (size_t)n;
  }
  archive_read_free(handle);
  cn_view whole = bytes.n ? cn_arena_copy(arena, cn_buf_view(&bytes)) : packed;
  cn_buf_free(&bytes);
  return whole;
}

/* --- members ---------------------------------------------------------------------------------------------------------
 */

static ptrdiff_t read_more(void *self, char *buffer, size_t n) { return archive_read_data(self, buffer, n); }

/* What the archive has unpacked to so far, against what it may. */
static const char *beyond_limit(cn_batch_archive *a, const level *l) {
  int64_t packed = archive_filter_bytes(l->handle, -1);
  if (a->expanded > a->batch->max_expanded) return "the archive unpacks to more than --max-expanded";
  if (l->expanded > RATIO_FROM && packed > 0 && l->expanded / RATIO > (size_t)packed)
    return "the archive unpacks to more than a thousand times its size";
  return l->entries > a->batch->max_entries ? "the archive holds more members than --max-entries" : NULL;
}

typedef enum reading { READ_ALL, READ_TOO_LONG, READ_BROKEN, READ_BEYOND } reading;

static reading read_member(cn_batch_archive *a, level *l) {
  cn_buf_reset(&a->bytes);
  for (;;) {
    char *room = cn_buf_room(&a->bytes, 65536);
    ssize_t n = archive_read_data(l->handle, room, 65536);
    if (n < 0) return READ_BROKEN;
    if (n == 0) return READ_ALL;
    a->bytes.n += (size_t)n;
    l->expanded += (size_t)n;
    a->expanded += (size_t)n;
    if (beyond_limit(a, l)) return READ_BEYOND;
    if (a->bytes.n > a->batch->max_input) return READ_TOO_LONG;
    if (a->bytes.n == (size_t)n && cn_view_starts(cn_buf_view(&a->bytes), CN_VIEW("WARC/1."))) return READ_ALL;
  }
}

/* A web archive is read record by record; what was read to recognise it goes ahead. */
typedef struct rest {
  cn_buf *head;
  size_t at;
  struct archive *handle;
} rest;

static ptrdiff_t read_rest(void *self, char *buffer, size_t n) {
  rest *r = self;
  if (r->at < r->head->n) {
    if (n > r->head->n - r->at) n = r->head->n - r->at;
    memcpy(buffer, r->head->p + r->at, n);
    r->at += n;
    return (ptrdiff_t)n;
  }
  return read_more(r->handle, buffer, n);
}

static void begin_warc(cn_batch_archive *a, level *l, cn_view name) {
  rest *r = cn_arena_new(&a->names, rest, 1);
  *r = (rest){&l->backing, 0, l->handle};
  cn_buf_reset(&l->backing);
  cn_buf_add_view(&l->backing, cn_buf_view(&a->bytes));
  l->warc = true;
  cn_warc_open(a->warc, (cn_warc_input){r, read_rest}, cn_arena_copy(&a->names, name));
}

/* Takes the member whose header was read: a job, or nothing yet because it is an archive itself. */
static bool take_member(cn_batch_archive *a, level *l, struct archive_entry *entry, cn_job *job) {
  cn_view name = member_name(a, l, entry);
  if (name.n > a->batch->max_path)
    return problem(a, job, cn_view_slice(name, 0, 200), CN_BATCH_LIMIT, "the member's path is longer than --max-path");
  reading result = read_member(a, l);
  if (result == READ_BEYOND) {
    const char *why = beyond_limit(a, l);
    problem(a, job, l->name, CN_BATCH_LIMIT, why ? why : "the archive is beyond a limit");
    while (a->depth) close_level(a);
    return true;
  }
  if (result == READ_TOO_LONG) return problem(a, job, name, CN_BATCH_LIMIT, "the member is larger than --max-input");
  if (result == READ_BROKEN) return problem(a, job, name, CN_BATCH_FAILED, archive_error_string(l->handle));
  cn_view bytes = cn_buf_view(&a->bytes);
  if (cn_view_starts(bytes, CN_VIEW("WARC/1."))) {
    begin_warc(a, l, name);
    return false;
  }
  if (cn_batch_is_archive(bytes)) {
    if (a->depth >= LEVELS || a->depth > a->batch->max_nesting)
      return problem(a, job, name, CN_BATCH_LIMIT, "archives are nested deeper than --max-nesting");
    push(a, name);
    return false;
  }
  *job = (cn_job){.name = name, .bytes = bytes, .output = cn_batch_output_path(&a->scratch, name)};
  return true;
}

/* The next header of the innermost archive: true with a job; false with nothing yet. */
static bool step(cn_batch_archive *a, cn_job *job) {
  level *l = &a->levels[a->depth - 1];
  struct archive_entry *entry;
  int status = archive_read_next_header(l->handle, &entry);
  if (status == ARCHIVE_EOF) {
    bool empty = l->entries == 0;
    if (empty) problem(a, job, l->name, CN_BATCH_NO_ROWS, "the archive holds no files");
    close_level(a);
    return empty;
  }
  if (status == ARCHIVE_RETRY) return false;
  if (status < ARCHIVE_WARN) {
    const char *why = archive_error_string(l->handle);
    problem(a, job, l->name, CN_BATCH_FAILED, why ? why : "the archive is damaged");
    close_level(a);
    return true;
  }
  l->entries++;
  const char *why = beyond_limit(a, l);
  if (why) {
    problem(a, job, l->name, CN_BATCH_LIMIT, why);
    close_level(a);
    return true;
  }
  bool file = archive_entry_filetype(entry) == AE_IFREG || archive_format(l->handle) == ARCHIVE_FORMAT_RAW;
  if (!file || archive_entry_hardlink(entry)) return false;
  if (archive_entry_is_encrypted(entry))
    return problem(a, job, member_name(a, l, entry), CN_BATCH_FAILED, "the member is encrypted");
  return take_member(a, l, entry, job);
}

bool cn_batch_archive_next(cn_batch_archive *a, cn_job *job) {
  cn_arena_reset(&a->scratch);
  while (a->depth) {
    level *l = &a->levels[a->depth - 1];
    if (l->warc) {
      if (cn_warc_next(a->warc, job)) return true;
      l->warc = false;
      continue;
    }
    if (step(a, job)) return true;
  }
  return false;
}

double cn_batch_archive_done(const cn_batch_archive *a) {
  if (!a->depth || a->file_size <= 0) return 1;
  double done = (double)archive_filter_bytes(a->levels[0].handle, -1) / (double)a->file_size;
  return done < 1 ? done : 1;
}
