/* Titles and slogans: see quoted.h. One pass with one counter for each kind of bracket.
 *
 * In:  folded text.  Out: spans.  Owns nothing.
 * A slogan is short and has no full stop in it: a quotation of whole sentences may hold real figures, and an opening
 * quote that nobody closes must not swallow the text. A title may be long. */
#include "normalize/quoted.h"

#include "core/utf8.h"

enum { MAX_SLOGAN = 150, MAX_TITLE = 600 }; /* bytes: 50 and 200 characters */

typedef struct kind {
  uint32_t open, close;
  bool title;
} kind;

static const kind kinds[] = {
    {0x201C, 0x201D, false},                         /* “ ” */
    {0x300C, 0x300D, false},                         /* 「 」 */
    {0x300E, 0x300F, false},                         /* 『 』 */
    {0x2018, 0x2019, false},                         /* ‘ ’ */
    {'"', '"', false},       {0x300A, 0x300B, true}, /* 《 》 */
    {0x3008, 0x3009, true},                          /* 〈 〉 */
};

typedef struct spans {
  cn_arena *arena;
  cn_span *items;
  size_t n, capacity;
} spans;

/* Adds a span; what lies inside it and came earlier (“” in 《》) goes. */
static void add(spans *s, cn_span span) {
  while (s->n && s->items[s->n - 1].begin > span.begin) s->n--;
  if (s->n && s->items[s->n - 1].end >= span.end) return;
  s->items = cn_arena_grow(s->arena, s->items, s->n, &s->capacity, sizeof *s->items);
  s->items[s->n++] = span;
}

/* `open`: where the outermost bracket of each kind stands, SIZE_MAX when there is none; `depth`: how many are open. */
typedef struct tracker {
  size_t open[CN_COUNT(kinds)], depth[CN_COUNT(kinds)];
} tracker;

static void close_kind(spans *found, tracker *t, size_t k, size_t end) {
  if (!t->depth[k] || --t->depth[k]) return;
  size_t length = end - t->open[k];
  if (length <= (kinds[k].title ? MAX_TITLE : MAX_SLOGAN)) add(found, (cn_span){t->open[k], end});
}

static void end_sentence(tracker *t) {
  for (size_t k = 0; k < CN_COUNT(kinds); k++)
    if (!kinds[k].title) t->depth[k] = 0;
}

cn_span_list cn_quoted_find(cn_arena *arena, cn_view text) {
  spans found = {.arena = arena};
  tracker t = {0};
  for (size_t at = 0, n; at < text.n; at += n) {
    n = cn_utf8_len((unsigned char)text.p[at]);
    if (n != 3 && text.p[at] != '"') continue;
    uint32_t c = cn_utf8_at(text.p + at, NULL);
    if (c > 0x300F) continue;
    if (c == 0x3002) end_sentence(&t); /* 。 */
    for (size_t k = 0; k < CN_COUNT(kinds); k++) {
      bool closes = c == kinds[k].close && t.depth[k];
      if (closes)
        close_kind(&found, &t, k, at + n);
      else if (c == kinds[k].open && t.depth[k]++ == 0)
        t.open[k] = at;
    }
  }
  return (cn_span_list){found.items, found.n};
}
