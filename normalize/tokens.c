/* Tokens: a range of a task cut into words, numbers, marks and the text between.
 *
 * In:  folded text, its quantities and time spans.  Out: the reading's token array, in its arena.
 * Each character is looked at once at its own bracket level: （…） without numbers, “…” and 《…》 are one token; （…）
 * with numbers leaves no token and is read by itself after the clause around it. */
#include "core/limits.h"
#include "core/utf8.h"
#include "normalize/grammar.h"

/* --- brackets -------------------------------------------------------------------------------------------------------
 */

/* “《（(「『【〔[‘〈 and what closes each. */
static const uint32_t opening[] = {0x201C, 0x300A, 0xFF08, '(', 0x300C, 0x300E, 0x3010, 0x3014, '[', 0x2018, 0x3008};
static const uint32_t closing[] = {0x201D, 0x300B, 0xFF09, ')', 0x300D, 0x300F, 0x3011, 0x3015, ']', 0x2019, 0x3009};
enum { ROUND_FIRST = 2, ROUND_LAST = 3, STRAIGHT_QUOTE_REACH = 90 };

static int mark_of(const uint32_t *marks, uint32_t c) {
  for (size_t i = 0; i < CN_COUNT(opening); i++)
    if (marks[i] == c) return (int)i;
  return -1;
}

/* "零土地": the next straight quote, when it is near and on the same side of a 。 */
static size_t straight_quote(cn_view text, size_t at) {
  cn_view near = cn_view_slice(text, at + 1, at + 1 + STRAIGHT_QUOTE_REACH);
  size_t end = cn_view_find(near, CN_VIEW("\""), 0), stop = cn_view_find(near, CN_VIEW("。"), 0);
  return end == SIZE_MAX || stop < end ? SIZE_MAX : at + 1 + end;
}

cn_pair_list cn_pairs_find(cn_arena *arena, cn_view text) {
  cn_pair *pairs = NULL;
  size_t n = 0, capacity = 0, depth = 0, stack[CN_MAX_NESTING];
  for (size_t i = 0; i < text.n; i += cn_utf8_len((unsigned char)text.p[i])) {
    unsigned char c = (unsigned char)text.p[i];
    if (c != '(' && c != ')' && c != '[' && c != ']' && c != '"' && c != 0xE2 && c != 0xE3 && c != 0xEF) continue;
    size_t length;
    uint32_t point = cn_utf8_at(text.p + i, &length);
    if (point == 0xFF0C || point == 0x3001 || point == 0x3002 || point == 0xFF1B) continue; /* ，、。； */
    int open = mark_of(opening, point), close = mark_of(closing, point);
    size_t straight = c == '"' && (!n || pairs[n - 1].end <= i || pairs[n - 1].begin == pairs[n - 1].end)
                          ? straight_quote(text, i)
                          : SIZE_MAX;
    if (straight != SIZE_MAX) {
      pairs = cn_arena_grow(arena, pairs, n, &capacity, sizeof *pairs);
      pairs[n++] = (cn_pair){i, straight + 1, 1, 1, false};
      i = straight;
    } else if (open >= 0 && depth < CN_MAX_NESTING) {
      pairs = cn_arena_grow(arena, pairs, n, &capacity, sizeof *pairs);
      stack[depth++] = n;
      pairs[n++] = (cn_pair){i, i, length, 0, open >= ROUND_FIRST && open <= ROUND_LAST};
    } else if (close >= 0 && depth > 0 &&
               mark_of(opening, cn_utf8_at(text.p + pairs[stack[depth - 1]].begin, NULL)) == close) {
      cn_pair *p = &pairs[stack[--depth]];
      p->close = length;
      p->end = i + p->close;
    }
  }
  return (cn_pair_list){pairs, n};
}

/* The pair that opens at byte `at`; *next moves on, so a whole range costs one walk over its pairs. */
static const cn_pair *pair_at(const cn_reading *r, size_t at, size_t *next) {
  while (*next < r->pairs.n && r->pairs.items[*next].begin < at) ++*next;
  const cn_pair *p = *next < r->pairs.n ? &r->pairs.items[*next] : NULL;
  return p && p->begin == at && p->end > p->begin ? p : NULL;
}

static size_t first_pair(const cn_reading *r, size_t at) {
  size_t low = 0, high = r->pairs.n;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (r->pairs.items[mid].begin < at)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

static size_t quantity_after(const cn_reading *r, size_t at) {
  size_t low = 0, high = r->quantities.n;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (r->quantities.items[mid].at.begin < at)
      low = mid + 1;
    else
      high = mid;
  }
  return low;
}

/* --- tokens ---------------------------------------------------------------------------------------------------------
 */

typedef struct cutter {
  cn_reading *r;
  size_t at, end;
  size_t quantity, time, pair; /* next of each */
  size_t capacity;
  bool glue; /* the last token is TEXT and ends here */
} cutter;

/* 达|成就业意向: a short verb is one only right before a number, 到 or 至. */
static void settle_short(cn_reading *r, cn_token_kind kind) {
  cn_token *t = r->count ? &r->tokens[r->count - 1] : NULL;
  if (!t || !cn_token_uses(t, CN_USE_SHORT) || kind == CN_TOKEN_NUMBER || kind == CN_TOKEN_WORD) return;
  t->kind = CN_TOKEN_TEXT;
}

static cn_token *add(cutter *c, cn_token_kind kind, size_t end) {
  cn_reading *r = c->r;
  settle_short(r, kind);
  if (kind == CN_TOKEN_TEXT && c->glue) {
    r->tokens[r->count - 1].end = end;
  } else {
    r->tokens = cn_arena_grow(r->arena, r->tokens, r->count, &c->capacity, sizeof *r->tokens);
    r->tokens[r->count++] = (cn_token){.begin = c->at, .end = end, .kind = kind};
  }
  c->glue = kind == CN_TOKEN_TEXT;
  c->at = end;
  return &r->tokens[r->count - 1];
}

static bool ascii_word(unsigned char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' || c == '-' || c == '.';
}

static bool is_stop(uint32_t c) {
  switch (c) {
  case 0xFF0C: /* ， */
  case 0xFF1B: /* ； */
  case 0x3002: /* 。 */
  case 0xFF1A: /* ： */
  case 0xFF01: /* ！ */
  case 0xFF1F: /* ？ */
  case ',':
  case ';':
  case ':':
  case '!':
  case '?':
  case '\n':
  case '\r':
  case 0x2026: return true; /* … */
  default: return false;
  }
}

/* A bracket or quotation: one token, or, for （…） with numbers in it, a range of its own. */
static void add_pair(cutter *c, const cn_pair *p) {
  cn_reading *r = c->r;
  size_t q = quantity_after(r, p->begin);
  bool counts = false;
  for (; q < r->quantities.n && r->quantities.items[q].at.begin < p->end; q++)
    counts |= r->quantities.items[q].role == CN_ROLE_NONE;
  c->quantity = q;
  if (p->round && counts && r->depth < CN_READING_DEPTH) {
    r->inner = cn_arena_grow(r->arena, r->inner, r->inner_n, &r->inner_capacity, sizeof *r->inner);
    r->inner[r->inner_n++] = (cn_inner){p->begin + p->open, p->end - p->close, r->count};
    c->at = p->end;
    c->glue = false;
    return;
  }
  add(c, CN_TOKEN_OPAQUE, p->end)->round = p->round;
}

/* 新 before a verb of making is one verb with it: 新|升规, 新|引进. */
static bool add_new(cutter *c) {
  cn_view text = c->r->text, fresh = CN_VIEW("新");
  if (!cn_view_starts(cn_view_slice(text, c->at, c->end), fresh)) return false;
  size_t n;
  const cn_word *w = cn_word_at(c->r->rules, text, c->at + fresh.n, &n);
  if (!w || w->class != CN_CLASS_VERB || w->change != CN_CHANGE_OUTPUT) return false;
  add(c, CN_TOKEN_WORD, c->at + fresh.n + n)->word = c->r->rules->fresh ? c->r->rules->fresh : w;
  return true;
}

/* Whether a verb can begin here: at the head of a clause, behind a number's 、 or behind small words. */
static bool at_head(const cutter *c) {
  if (!c->r->count) return true;
  const cn_token *t = &c->r->tokens[c->r->count - 1];
  if (t->end != c->at) return t->kind != CN_TOKEN_TEXT;
  if (cn_token_is(t, CN_CLASS_JOIN)) return c->r->count > 1 && t[-1].kind == CN_TOKEN_NUMBER;
  return t->kind == CN_TOKEN_STOP || t->kind == CN_TOKEN_TIME || cn_token_modal(t) || cn_token_is(t, CN_CLASS_ADVERB) ||
         cn_token_is(t, CN_CLASS_PLACE) || cn_token_is(t, CN_CLASS_TIME) || cn_token_is(t, CN_CLASS_CONNECT);
}

/* Two verb morphemes that no table joins: 腾退, 修葺. Only at the head of a clause, and with something behind. */
static bool add_guess(cutter *c) {
  cn_view text = c->r->text;
  size_t n, one = cn_utf8_len((unsigned char)text.p[c->at]), two = c->at + one;
  if (!at_head(c) || !cn_word_morpheme(c->r->rules, text, c->at) || two >= c->end) return false;
  if (!cn_word_morpheme(c->r->rules, text, two)) return false;
  size_t end = two + cn_utf8_len((unsigned char)text.p[two]);
  const cn_word *w = cn_word_at(c->r->rules, text, two, &n);
  if (end >= c->end || (w && w->class != CN_CLASS_MORPHEME)) return false;
  add(c, CN_TOKEN_WORD, end)->word = c->r->rules->guess;
  return true;
}

/* 上岗|率, 立案|数: a verb with a one-character measure is a noun; not 引进|数十家, where a number begins at `limit`.
 */
static bool add_verb_measure(cutter *c, const cn_word *verb, size_t n, size_t limit) {
  if (verb->class != CN_CLASS_VERB || c->at + n >= c->end) return false;
  size_t m;
  const cn_word *w = cn_word_at(c->r->rules, c->r->text, c->at + n, &m);
  bool one = m == 3 && (unsigned char)c->r->text.p[c->at + n] >= 0x80; /* 实现|GDP is three letters */
  if (!w || w->class != CN_CLASS_MEASURE || !one || c->at + n + m > c->end || c->at + n + m > limit) return false;
  add(c, CN_TOKEN_WORD, c->at + n + m)->word = w;
  return true;
}

/* Whether a word stands as a token here; single verb morphemes never do, 通 and 有 only behind a thing. */
static bool stands(const cutter *c, const cn_word *w) {
  if (w->class != CN_CLASS_PREDICATE) return w->class != CN_CLASS_MORPHEME;
  const cn_token *t = c->r->count ? &c->r->tokens[c->r->count - 1] : NULL;
  return t && t->end == c->at && cn_token_is(t, CN_CLASS_HEAD);
}

static void add_word_or_text(cutter *c) {
  cn_reading *r = c->r;
  size_t n, limit = c->quantity < r->quantities.n ? r->quantities.items[c->quantity].at.begin : SIZE_MAX;
  const cn_word *w = cn_word_at(r->rules, r->text, c->at, &n);
  if (w && stands(c, w) && c->at + n <= c->end && c->at + n <= limit) {
    if (cn_view_is(cn_rule_key(w->rule), "的"))
      add(c, CN_TOKEN_DE, c->at + n);
    else if (!add_verb_measure(c, w, n, limit))
      add(c, CN_TOKEN_WORD, c->at + n)->word = w;
    return;
  }
  if (add_new(c) || add_guess(c)) return;
  size_t end = c->at + cn_utf8_len((unsigned char)r->text.p[c->at]);
  if (ascii_word((unsigned char)r->text.p[c->at]))
    while (end < c->end && end < limit && ascii_word((unsigned char)r->text.p[end])) end++;
  add(c, CN_TOKEN_TEXT, end);
}

/* 万元|GDP用水量, 亿元|地区生产总值安全事故死亡率: no number stands before 万. */
static bool names_indicator(const cn_reading *r, const cn_quantity *q) {
  static const char *const products[] = {"GDP", "地区生产总值", "国内生产总值", "生产总值"};
  cn_view text = cn_view_slice(r->text, q->at.begin, q->at.end);
  cn_view rest = cn_view_slice(r->text, q->at.end, r->text.n);
  if (cn_view_starts(rest, CN_VIEW("∶"))) return true; /* 6∶44∶50 */
  if (q->compared || cn_view_is(text, "万元")) return !q->compared;
  for (size_t i = 0; cn_view_is(text, "亿元") && i < CN_COUNT(products); i++)
    if (cn_view_starts(rest, cn_view_of(products[i]))) return true;
  return false;
}

/* The end of 2. at the head of a clause; the number's own end where this is no serial. */
static size_t serial_end(const cn_reading *r, const cn_quantity *q) {
  static const char *const marks[] = {".", "．", "、", ")", "）"};
  if (q->role != CN_ROLE_COUNT && q->role != CN_ROLE_REFERENCE && q->role != CN_ROLE_ORDINAL) return q->at.end;
  cn_view rest = cn_view_slice(r->text, q->at.end, r->text.n);
  for (size_t i = 0; i < CN_COUNT(marks); i++)
    if (cn_view_starts(rest, cn_view_of(marks[i]))) return q->at.end + strlen(marks[i]);
  return q->at.end;
}

/* A number that is none (5G, 4A级, 第六届) is text, unless a longer word holds it (首批, 一体化). */
static void add_number(cutter *c, const cn_quantity *q) {
  size_t n;
  const cn_word *w = cn_word_at(c->r->rules, c->r->text, c->at, &n);
  c->quantity++;
  if (w && w->class < CN_CLASS_PREDICATE && c->at + n >= q->at.end && c->at + n <= c->end &&
      (q->role != CN_ROLE_NONE || c->at + n > q->at.end)) {
    if (q->role == CN_ROLE_NONE) c->r->findings[c->quantity - 1].role = CN_ROLE_NAME;
    add(c, CN_TOKEN_WORD, c->at + n)->word = w;
  } else if (at_head(c) && serial_end(c->r, q) > q->at.end && serial_end(c->r, q) <= c->end) {
    add(c, CN_TOKEN_SKIP, serial_end(c->r, q)); /* 1.新建公园5个；2.改造道路10条 */
  } else if (q->role == CN_ROLE_NONE && names_indicator(c->r, q)) {
    c->r->findings[c->quantity - 1].role = CN_ROLE_NAME;
    add(c, CN_TOKEN_TEXT, q->at.end);
  } else if (q->role == CN_ROLE_NONE) {
    add(c, CN_TOKEN_NUMBER, q->at.end)->quantity = c->quantity - 1;
  } else {
    add(c, q->role == CN_ROLE_DATE ? CN_TOKEN_TIME : CN_TOKEN_TEXT, q->at.end);
  }
}

static void cut_one(cutter *c) {
  cn_reading *r = c->r;
  while (c->quantity < r->quantities.n && r->quantities.items[c->quantity].at.begin < c->at) c->quantity++;
  while (c->time < r->times.n && r->times.items[c->time].begin < c->at) c->time++;
  size_t n;
  const cn_pair *p = pair_at(r, c->at, &c->pair);
  uint32_t point = cn_utf8_at(r->text.p + c->at, &n);
  if (c->time < r->times.n && r->times.items[c->time].begin == c->at && r->times.items[c->time].end <= c->end)
    add(c, CN_TOKEN_TIME, r->times.items[c->time].end);
  else if (c->quantity < r->quantities.n && r->quantities.items[c->quantity].at.begin == c->at &&
           r->quantities.items[c->quantity].at.end <= c->end)
    add_number(c, &r->quantities.items[c->quantity]);
  else if (p && p->end <= c->end)
    add_pair(c, p);
  else if (is_stop(point))
    add(c, CN_TOKEN_STOP, c->at + n);
  else if (cn_is_space(point)) {
    c->at += n;
    c->glue = false;
  } else
    add_word_or_text(c);
}

void cn_tokens_cut(cn_reading *r, size_t begin, size_t end) {
  cutter c = {.r = r, .at = begin, .end = end, .pair = first_pair(r, begin), .quantity = quantity_after(r, begin)};
  size_t low = 0, high = r->times.n;
  while (low < high) {
    size_t mid = low + (high - low) / 2;
    if (r->times.items[mid].begin < begin)
      low = mid + 1;
    else
      high = mid;
  }
  c.time = low;
  while (c.at < end) cut_one(&c);
}
