/* md_inline: see md_inline.h. In: the text of a line or cell.  Out: the text that a reader of the page sees. */
#include "extract/md_inline.h"

#include "core/utf8.h"

enum { REACH = 2000 };

typedef struct inliner {
  cn_view in;
  size_t at;
  char *out;
  size_t n;
} inliner;

static bool is_punctuation(char c) { return c && strchr("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", c); }

static void put(inliner *w, cn_view v) {
  memcpy(w->out + w->n, v.p, v.n);
  w->n += v.n;
}

/* The first `c` at or after `from`, not far away: what is longer is no mark. */
static size_t find_near(cn_view v, char c, size_t from, size_t reach) {
  cn_view near = cn_view_slice(v, from, from + reach);
  const char *hit = near.n ? memchr(near.p, c, near.n) : NULL;
  return hit ? (size_t)(hit - v.p) : SIZE_MAX;
}

static size_t run_length(cn_view v, size_t at) {
  size_t n = 0;
  while (at + n < v.n && v.p[at + n] == v.p[at]) n++;
  return n;
}

static bool is_word(cn_view v, size_t at) {
  unsigned char c = at < v.n ? (unsigned char)v.p[at] : ' ';
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static bool is_blank(cn_view v, size_t at) { return at >= v.n || v.p[at] == ' ' || v.p[at] == '\n' || v.p[at] == '\t'; }

/* Whether the run of * or _ at `at` opens or closes emphasis: it touches text, and its like stands on the other side.
 */
static bool is_emphasis(const inliner *w, size_t at, size_t run) {
  char c = w->in.p[at];
  size_t behind = at + run;
  bool before = at > 0 && !is_blank(w->in, at - 1), after = !is_blank(w->in, behind);
  if (c == '_' && at > 0 && is_word(w->in, at - 1) && is_word(w->in, behind)) return false;
  bool digits = at > 0 && w->in.p[at - 1] >= '0' && w->in.p[at - 1] <= '9' && behind < w->in.n &&
                w->in.p[behind] >= '0' && w->in.p[behind] <= '9';
  if (digits && run == 1) return false;
  cn_view back = cn_view_slice(w->in, at > REACH ? at - REACH : 0, at);
  return (after && find_near(w->in, c, behind, REACH) != SIZE_MAX) || (before && memchr(back.p, c, back.n));
}

/* [text](url), ![alt](url), [^1]: the text; an image and a footnote mark are nothing. */
static bool take_link(inliner *w) {
  size_t at = w->at, image = w->in.p[at] == '!';
  if (image && (at + 1 >= w->in.n || w->in.p[at + 1] != '[')) return false;
  size_t open = at + image, close = find_near(w->in, ']', open, REACH);
  if (close == SIZE_MAX) return false;
  if (w->in.p[open + 1] == '^') {
    w->at = close + 1;
    return true;
  }
  if (close + 1 >= w->in.n || w->in.p[close + 1] != '(') return false;
  size_t end = find_near(w->in, ')', close, REACH);
  if (end == SIZE_MAX) return false;
  if (!image) {
    cn_view label = cn_view_slice(w->in, open + 1, close);
    put(w, label);
  }
  w->at = end + 1;
  return true;
}

/* <br>, </span>, <b class="x">: a tag; <1.5 is none. */
static bool take_tag(inliner *w) {
  size_t at = w->at + 1;
  if (at < w->in.n && w->in.p[at] == '/') at++;
  if (at >= w->in.n || !((w->in.p[at] | 32) >= 'a' && (w->in.p[at] | 32) <= 'z')) return false;
  size_t end = find_near(w->in, '>', at, 200);
  if (end == SIZE_MAX) return false;
  cn_view name = cn_view_slice(w->in, at, end);
  if (cn_view_find(name, CN_VIEW("://"), 0) != SIZE_MAX)
    put(w, name);
  else if ((name.p[0] | 32) == 'b' && name.n > 1 && (name.p[1] | 32) == 'r')
    put(w, CN_VIEW("\n"));
  w->at = end + 1;
  return true;
}

static bool take_reference(inliner *w) {
  static const struct {
    cn_view name, text;
  } names[] = {
      {{"&nbsp;", 6}, {"\xC2\xA0", 2}},
      {{"&amp;", 5}, {"&", 1}},
      {{"&lt;", 4}, {"<", 1}},
      {{"&gt;", 4}, {">", 1}},
      {{"&quot;", 6}, {"\"", 1}},
      {{"&emsp;", 6}, {"\xE2\x80\x83", 3}},
      {{"&ensp;", 6}, {"\xE2\x80\x82", 3}},
      {{"&ldquo;", 7}, {"“", 3}},
      {{"&rdquo;", 7}, {"”", 3}},
      {{"&mdash;", 7}, {"—", 3}},
      {{"&middot;", 8}, {"·", 2}},
  };
  cn_view rest = cn_view_slice(w->in, w->at, w->in.n);
  for (size_t i = 0; i < CN_COUNT(names); i++) {
    if (!cn_view_starts(rest, names[i].name)) continue;
    put(w, names[i].text);
    w->at += names[i].name.n;
    return true;
  }
  return false;
}

/* One mark at w->at, or one character. */
static void step(inliner *w) {
  char c = w->in.p[w->at];
  if (c == '\\' && w->at + 1 < w->in.n && is_punctuation(w->in.p[w->at + 1])) {
    w->at++;
  } else if ((c == '[' || c == '!') && take_link(w)) {
    return;
  } else if (c == '<' && take_tag(w)) {
    return;
  } else if (c == '&' && take_reference(w)) {
    return;
  } else if (c == '*' || c == '_' || c == '~' || c == '`') {
    size_t run = run_length(w->in, w->at);
    bool mark = (c == '~' ? run == 2 : run <= 3) && is_emphasis(w, w->at, run);
    if (!mark) put(w, cn_view_slice(w->in, w->at, w->at + run));
    w->at += run;
    return;
  }
  w->out[w->n++] = w->in.p[w->at++];
}

cn_view cn_md_inline(cn_arena *arena, cn_view text) {
  size_t i = 0;
  while (i < text.n && !strchr("\\[!<&*_~`", text.p[i])) i++;
  if (i == text.n) return text;
  inliner w = {.in = text, .out = cn_arena_new(arena, char, text.n + 1)};
  while (w.at < text.n) step(&w);
  return (cn_view){w.out, w.n};
}
