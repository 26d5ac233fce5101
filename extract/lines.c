/* lines: see lines.h. In: decoded text.  Out: views of its lines; paragraphs and head fields.  Owns nothing. */
#include "extract/lines.h"

#include "core/fold.h"
#include "core/utf8.h"

typedef struct cutter {
  cn_arena *arena;
  cn_line *items;
  size_t count, capacity;
  uint32_t number;
} cutter;

static void add_line(cutter *c, cn_view text) {
  if (c->count == c->capacity) c->items = cn_arena_grow(c->arena, c->items, c->count, &c->capacity, sizeof *c->items);
  c->items[c->count++] = (cn_line){text, c->number++};
}

/* Length of the rarer line end at p: U+0085, U+2028, U+2029; 0 for none. */
static size_t rare_end(const char *p, const char *end) {
  if (end - p >= 2 && memcmp(p, "\xC2\x85", 2) == 0) return 2;
  return end - p >= 3 && (memcmp(p, "\xE2\x80\xA8", 3) == 0 || memcmp(p, "\xE2\x80\xA9", 3) == 0) ? 3 : 0;
}

/* A line that memchr has cut at LF, once more at the ends that it does not look for. */
static void add_rare(cutter *c, cn_view line) {
  const char *begin = line.p, *end = line.p + line.n;
  for (const char *p = begin; p < end;) {
    size_t n = *p == '\r' ? 1 : rare_end(p, end);
    if (n) {
      add_line(c, cn_view_between(begin, p));
      begin = p + n;
    }
    p += n ? n : 1;
  }
  add_line(c, cn_view_between(begin, end));
}

/* Whether U+0085, U+2028 or U+2029 stands anywhere. Written so that the compiler can look at many bytes at once. */
static bool has_rare(cn_view text) {
  const unsigned char *p = (const unsigned char *)text.p;
  unsigned char hit = 0;
  for (size_t i = 0; i + 2 < text.n; i++)
    hit |= (unsigned char)((p[i] == 0xE2) & (p[i + 1] == 0x80) & ((p[i + 2] & 0xFE) == 0xA8)) |
           (unsigned char)((p[i] == 0xC2) & (p[i + 1] == 0x85));
  return hit || (text.n >= 2 && p[text.n - 2] == 0xC2 && p[text.n - 1] == 0x85);
}

/* Where the last complete line of a text ends that goes on later. A CR at the very end may be half of a CRLF. */
static size_t complete(cn_view text, bool rare) {
  for (size_t at = text.n; at-- > 0;) {
    if (text.p[at] == '\n' || (text.p[at] == '\r' && at + 1 < text.n)) return at + 1;
    size_t n = rare ? rare_end(text.p + at, text.p + text.n) : 0;
    if (n) return at + n;
  }
  return 0;
}

cn_lines cn_lines_split(cn_arena *arena, cn_view text, uint32_t first, bool last, cn_view *rest) {
  cutter c = {.arena = arena, .number = first};
  bool rare = has_rare(text);
  size_t end = last ? text.n : complete(text, rare);
  *rest = cn_view_slice(text, end, text.n);
  const char *p = text.p, *stop = text.p + end;
  while (p < stop) {
    const char *lf = memchr(p, '\n', (size_t)(stop - p));
    cn_view line = cn_view_between(p, lf ? lf : stop);
    p = lf ? lf + 1 : stop;
    if (line.n && line.p[line.n - 1] == '\r') line.n--;
    if (rare || (line.n && memchr(line.p, '\r', line.n)))
      add_rare(&c, line);
    else
      add_line(&c, line);
  }
  return (cn_lines){c.items, c.count};
}

bool cn_line_is_blank(cn_view line) { return cn_view_trim(line).n == 0; }

size_t cn_line_count(cn_view line, char c) {
  size_t n = 0;
  for (size_t i = 0; i < line.n; i++) n += line.p[i] == c;
  return n;
}

uint32_t cn_line_indent(cn_view line) {
  uint32_t columns = 0;
  size_t len;
  for (size_t i = 0; i < line.n; i += len) {
    uint32_t c = cn_utf8_at(line.p + i, &len);
    if (!cn_is_space(c)) break;
    columns = c == '\t' ? (columns / 8 + 1) * 8 : columns + (uint32_t)cn_utf8_width(c);
  }
  return columns;
}
