/* Web archives (WARC 1.0 and 1.1, ISO 28500): response records of HTML, Word, Excel and OpenDocument types.
 *
 * In:  bytes, already decompressed.  Out: jobs with the page's bytes, its URL and date, and the charset its server
 * named. Chunked transfer and gzip are undone. A damaged record is one job with a message and ends the web archive:
 * what follows cannot be found reliably. */
#include "app/batch.h"

#include <strings.h>

struct cn_warc {
  const cn_batch *batch;
  cn_warc_input input;
  cn_view name;
  cn_arena scratch; /* of one record */
  cn_buf window;    /* read and not yet used, from `at` */
  size_t at;
  cn_buf body;
  uint64_t ordinal;
  bool ended;
};

static void close_warc(void *self) {
  cn_warc *w = self;
  cn_buf_free(&w->window);
  cn_buf_free(&w->body);
  cn_arena_free(&w->scratch);
}

cn_warc *cn_warc_new(const cn_batch *batch) {
  cn_arena *arena = &batch->app->arena;
  cn_warc *w = cn_arena_new(arena, cn_warc, 1);
  w->batch = batch;
  cn_buf_init(&w->window, arena->trap);
  cn_buf_init(&w->body, arena->trap);
  cn_arena_init(&w->scratch, arena->trap);
  cn_arena_defer(arena, close_warc, w);
  return w;
}

void cn_warc_open(cn_warc *w, cn_warc_input input, cn_view name) {
  w->input = input;
  w->name = name;
  w->at = 0;
  w->ordinal = 0;
  w->ended = false;
  cn_buf_reset(&w->window);
}

/* --- reading -------------------------------------------------------------------------------------------------------
 */

static bool more(cn_warc *w) {
  if (w->ended) return false;
  if (w->at == w->window.n) cn_buf_reset(&w->window), w->at = 0;
  ptrdiff_t n = w->input.read(w->input.self, cn_buf_room(&w->window, 65536), 65536);
  if (n > 0)
    w->window.n += (size_t)n;
  else
    w->ended = true;
  return n > 0;
}

enum { LONGEST_LINE = 65536 };

/* A line without its end, in the scratch arena; false at the end or for a line that is none. */
static bool read_line(cn_warc *w, cn_view *line) {
  for (;;) {
    cn_view rest = cn_view_slice(cn_buf_view(&w->window), w->at, w->window.n);
    const char *end = rest.n ? memchr(rest.p, '\n', rest.n) : NULL;
    if (end) {
      *line = cn_view_between(rest.p, end);
      w->at += line->n + 1;
      if (line->n && line->p[line->n - 1] == '\r') line->n--;
      *line = cn_arena_copy(&w->scratch, *line);
      return true;
    }
    if (rest.n > LONGEST_LINE || !more(w)) return false;
  }
}

/* The next n bytes of the record to the body (or nowhere); false when they are not all there. */
static bool read_bytes(cn_warc *w, uint64_t n, bool keep) {
  while (n > 0) {
    size_t have = w->window.n - w->at;
    if (!have) {
      if (!more(w)) return false;
      continue;
    }
    size_t part = have < n ? have : (size_t)n;
    if (keep) cn_buf_add(&w->body, w->window.p + w->at, part);
    w->at += part;
    n -= part;
  }
  return true;
}

/* --- records -------------------------------------------------------------------------------------------------------
 */

typedef struct record {
  cn_view type, url, date, content_type;
  uint64_t length;
  bool has_length;
} record;

static bool named(cn_view line, const char *name, cn_view *value) {
  size_t n = strlen(name);
  if (line.n <= n || line.p[n] != ':' || strncasecmp(line.p, name, n) != 0) return false;
  *value = cn_view_trim(cn_view_slice(line, n + 1, line.n));
  return true;
}

static bool read_length(cn_view text, uint64_t *length) {
  cn_decimal n = cn_decimal_parse(text);
  *length = n.known && n.scale == 0 && n.mantissa >= 0 ? (uint64_t)n.mantissa : 0;
  return n.known && n.scale == 0 && n.mantissa >= 0;
}

static bool read_record(cn_warc *w, record *r) {
  cn_view line, text;
  *r = (record){CN_VIEW(""), CN_NULL_VIEW, CN_NULL_VIEW, CN_VIEW(""), 0, false};
  do {
    if (!read_line(w, &line)) return false;
  } while (line.n == 0);
  if (!cn_view_starts(line, CN_VIEW("WARC/1."))) return false;
  while (read_line(w, &line) && line.n) {
    if (named(line, "WARC-Type", &text))
      r->type = text;
    else if (named(line, "WARC-Target-URI", &text))
      r->url = text;
    else if (named(line, "WARC-Date", &text))
      r->date = text;
    else if (named(line, "Content-Type", &text))
      r->content_type = text;
    else if (named(line, "Content-Length", &text))
      r->has_length = read_length(text, &r->length);
  }
  /* WARC 1.0 allowed <uri>. */
  if (r->url.n > 2 && r->url.p[0] == '<') r->url = cn_view_slice(r->url, 1, r->url.n - 1);
  return r->has_length;
}

typedef struct response {
  cn_view type, charset, body;
  int status;
  bool chunked;
} response;

static bool holds(cn_view text, const char *word) {
  size_t n = strlen(word);
  for (size_t i = 0; i + n <= text.n; i++)
    if (strncasecmp(text.p + i, word, n) == 0) return true;
  return false;
}

static cn_view charset_of(cn_arena *arena, cn_view type) {
  for (size_t i = 0; i + 8 < type.n; i++) {
    if (strncasecmp(type.p + i, "charset=", 8) != 0) continue;
    cn_view rest = cn_view_slice(type, i + 8, type.n), part = CN_VIEW("");
    cn_view_split(&rest, ';', &part);
    part = cn_view_trim(part);
    if (part.n > 1 && part.p[0] == '"') part = cn_view_slice(part, 1, part.n - 1);
    return cn_arena_copy(arena, part);
  }
  return CN_NULL_VIEW;
}

static bool next_line(cn_view *rest, cn_view *line) {
  if (!cn_view_split(rest, '\n', line)) return false;
  if (line->n && line->p[line->n - 1] == '\r') line->n--;
  return true;
}

static bool read_response(cn_warc *w, response *r) {
  cn_view rest = cn_buf_view(&w->body), line, text;
  *r = (response){CN_VIEW(""), CN_NULL_VIEW, CN_VIEW(""), 0, false};
  if (!next_line(&rest, &line) || !cn_view_starts(line, CN_VIEW("HTTP/")) || line.n < 12) return false;
  uint64_t status = 0;
  read_length(cn_view_slice(line, 9, 12), &status);
  r->status = (int)status;
  while (next_line(&rest, &line) && line.n) {
    if (named(line, "Content-Type", &text))
      r->type = text;
    else if (named(line, "Transfer-Encoding", &text))
      r->chunked = holds(text, "chunked");
  }
  r->charset = charset_of(&w->scratch, r->type);
  r->body = rest.p ? rest : CN_VIEW("");
  return true;
}

/* Undoes chunked transfer; what is no chunk ends it, as browsers do. A crawler may have undone it already. */
static cn_view unchunked(cn_warc *w, cn_view body) {
  char *out = cn_arena_alloc(&w->scratch, body.n + 1);
  size_t n = 0;
  cn_view rest = body, line;
  while (next_line(&rest, &line)) {
    uint64_t size = 0;
    size_t digits = 0;
    for (; digits < line.n && digits < 15; digits++) {
      char c = line.p[digits];
      int value = c >= '0' && c <= '9'   ? c - '0'
                  : c >= 'a' && c <= 'f' ? c - 'a' + 10
                  : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                         : -1;
      if (value < 0) break;
      size = size * 16 + (uint64_t)value;
    }
    if (digits == 0) return n ? (cn_view){out, n} : body;
    if (size == 0 || !rest.p) break;
    if (size > rest.n) size = rest.n;
    memcpy(out + n, rest.p, size);
    n += size;
    rest = cn_view_slice(rest, size, rest.n);
    if (!next_line(&rest, &line)) break; /* the line end behind a chunk */
  }
  return (cn_view){out, n};
}

static bool wanted(cn_view type) {
  static const char *const kinds[] = {"text/html",      "application/xhtml", "msword", "ms-excel",
                                      "openxmlformats", "opendocument",      "ms-word"};
  for (size_t i = 0; i < CN_COUNT(kinds); i++)
    if (holds(type, kinds[i])) return true;
  return false;
}

static cn_view record_name(cn_warc *w, cn_view url) {
  return cn_arena_format(&w->scratch, "%.*s/%llu-%.*s", (int)w->name.n, w->name.p, (unsigned long long)w->ordinal,
                         (int)url.n, url.p ? url.p : "");
}

/* crawl.warc.gz/12-www.gov.cn_page.html: the URL is one part of the path. */
static cn_view record_output(cn_warc *w, cn_view url) {
  size_t scheme = url.p ? cn_view_find(url, CN_VIEW("://"), 0) : SIZE_MAX;
  cn_view rest = scheme == SIZE_MAX ? url : cn_view_slice(url, scheme + 3, url.n);
  cn_view flat = cn_arena_copy(&w->scratch, rest.p ? rest : CN_VIEW(""));
  for (size_t i = 0; i < flat.n; i++)
    if (flat.p[i] == '/') ((char *)(uintptr_t)flat.p)[i] = '_';
  return cn_batch_output_path(&w->scratch, cn_arena_format(&w->scratch, "%.*s/%llu-%.*s", (int)w->name.n, w->name.p,
                                                           (unsigned long long)w->ordinal, (int)flat.n, flat.p));
}

static bool problem(cn_warc *w, cn_job *job, cn_view url, cn_batch_status status, const char *why) {
  *job = (cn_job){.name = record_name(w, url), .status = status, .message = cn_view_of(why)};
  if (status == CN_BATCH_FAILED) { /* the place in the file is lost */
    w->ended = true;
    w->at = w->window.n;
  }
  return true;
}

/* The record's body is read; a job where it is a page that was found. */
static bool take(cn_warc *w, const record *r, cn_job *job) {
  response answer;
  if (!read_response(w, &answer) || answer.status != 200 || !wanted(answer.type)) return false;
  cn_view body = answer.chunked ? unchunked(w, answer.body) : answer.body;
  if (cn_view_starts(body, CN_VIEW("\x1F\x8B"))) body = cn_batch_unpack(&w->scratch, body, w->batch->max_input);
  *job = (cn_job){.name = record_name(w, r->url),
                  .bytes = body,
                  .url = r->url,
                  .fetched = r->date,
                  .charset = answer.charset,
                  .output = record_output(w, r->url)};
  return true;
}

bool cn_warc_next(cn_warc *w, cn_job *job) {
  record r;
  for (;;) {
    cn_arena_reset(&w->scratch);
    cn_buf_reset(&w->body);
    if (w->ended && w->at == w->window.n) return false;
    if (!read_record(w, &r)) {
      if (w->ended && w->at == w->window.n) return false;
      return problem(w, job, CN_VIEW(""), CN_BATCH_FAILED,
                     "a record of the web archive is damaged; what follows it is not read");
    }
    w->ordinal++;
    bool response_record = cn_view_is(r.type, "response") && holds(r.content_type, "application/http");
    bool keep = response_record && r.length <= w->batch->max_input;
    if (!read_bytes(w, r.length, keep))
      return problem(w, job, r.url, CN_BATCH_FAILED, "the web archive is cut off within a record");
    if (response_record && !keep)
      return problem(w, job, r.url, CN_BATCH_LIMIT, "the record is larger than --max-input");
    if (keep && take(w, &r, job)) return true;
  }
}
