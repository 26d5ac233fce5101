/* wrap: see wrap.h. In: lines.  Out: joined paragraphs.  The window's arena owns what is joined. */
#include "extract/wrap.h"

#include "core/utf8.h"

enum { NARROWEST = 36, WIDEST = 200, SLACK = 4 };

static cn_view trim_end(cn_view v) {
  while (v.n) {
    const char *last = cn_utf8_before(v.p, v.p + v.n);
    if (!cn_is_space(cn_utf8_at(last, NULL))) break;
    v.n = (size_t)(last - v.p);
  }
  return v;
}

uint32_t cn_line_width(cn_view line) { return (uint32_t)cn_utf8_columns(trim_end(line)); }

/* Quotes, dashes and marks that terminals count as one column and Chinese fonts print as two. */
static uint32_t ambiguous(cn_view line) {
  static const char *const marks[] = {"“", "”", "‘", "’", "—", "…", "·", "■", "●",
                                      "①", "②", "③", "④", "⑤", "×", "≥", "≤"};
  uint32_t n = 0;
  for (size_t i = 0; i < CN_COUNT(marks); i++)
    for (size_t at = 0; (at = cn_view_find(line, cn_view_of(marks[i]), at)) != SIZE_MAX; at += strlen(marks[i])) n++;
  return n;
}

/* A line that the next one may go on from: it does not end a sentence, and no blank line follows. */
static bool may_go_on(cn_lines lines, size_t at) {
  static const char *const ends[] = {"。", "！", "？", "；", "：", ".", ":"};
  cn_view text = trim_end(lines.items[at].text);
  for (size_t i = 0; i < CN_COUNT(ends); i++)
    if (cn_view_ends(text, cn_view_of(ends[i]))) return false;
  return at + 1 < lines.count && !cn_line_is_blank(lines.items[at + 1].text);
}

uint32_t cn_wrap_width(cn_lines lines) {
  size_t seen[WIDEST + 2] = {0}, open[WIDEST + 2] = {0}, all = 0;
  for (size_t i = 0; i < lines.count; i++) {
    uint32_t width = cn_line_width(lines.items[i].text);
    if (!width) continue;
    size_t slot = width > WIDEST ? WIDEST + 1 : width;
    seen[slot]++;
    width += ambiguous(lines.items[i].text);
    open[width > WIDEST ? WIDEST + 1 : width] += may_go_on(lines, i);
    all++;
  }
  size_t beyond = seen[WIDEST + 1], best = 0;
  uint32_t found = 0;
  for (uint32_t width = WIDEST; width >= NARROWEST; width--) {
    size_t near = 0;
    for (uint32_t w = width + 1 - SLACK; w <= width; w++) near += open[w];
    if (beyond * 20 > all) break;
    if (near > best && near >= 2 && near * 5 >= all) best = near, found = width;
    beyond += seen[width];
  }
  return found;
}

static bool is_latin(uint32_t c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool needs_blank(cn_view left, cn_view right) {
  if (!left.n || !right.n) return false;
  unsigned char a = (unsigned char)left.p[left.n - 1], b = (unsigned char)right.p[0];
  bool digits = a >= '0' && a <= '9' && b >= '0' && b <= '9';
  return is_latin(a) && is_latin(b) && !digits;
}

static void append(cn_arena *arena, cn_joined *joined, cn_view piece, const char *between) {
  size_t gap = strlen(between), n = joined->text.n;
  if (n + gap + piece.n > joined->capacity) {
    size_t capacity = 2 * (n + gap + piece.n) + 64;
    char *grown = cn_arena_new(arena, char, capacity);
    memcpy(grown, joined->text.p, n);
    joined->text.p = grown;
    joined->capacity = capacity;
  }
  char *out = (char *)(uintptr_t)joined->text.p;
  memcpy(out + n, between, gap);
  memcpy(out + n + gap, piece.p, piece.n);
  joined->text.n = n + gap + piece.n;
}

void cn_join(cn_arena *arena, cn_joined *joined, cn_view piece) {
  piece = cn_view_trim(piece);
  if (!piece.n) return;
  if (!joined->text.n)
    *joined = (cn_joined){piece, 0};
  else
    append(arena, joined, piece, needs_blank(joined->text, piece) ? " " : "");
}

void cn_join_break(cn_arena *arena, cn_joined *joined, cn_view piece) {
  piece = cn_view_trim(piece);
  if (!piece.n) return;
  if (!joined->text.n)
    *joined = (cn_joined){piece, 0};
  else
    append(arena, joined, piece, "\n");
}

static bool is_one_of(uint32_t c, const char *set) {
  size_t len;
  for (const char *p = set; *p; p += len)
    if (cn_utf8_at(p, &len) == c) return true;
  return false;
}

/* 一、 （二） (3) 3. 3、 ①: a numeral and the mark behind it. */
static bool begins_with_serial(cn_view text) {
  size_t len, at = 0, numerals = 0;
  bool bracket = is_one_of(cn_utf8_at(text.p, &len), "（(〔【");
  if (is_one_of(cn_utf8_at(text.p, NULL), "①②③④⑤⑥⑦⑧⑨⑩■◆●")) return true;
  if (bracket) at = len;
  for (; at < text.n && numerals < 4; at += len, numerals++)
    if (!is_one_of(cn_utf8_at(text.p + at, &len), "0123456789０１２３４５６７８９一二三四五六七八九十百")) break;
  if (!numerals || at >= text.n) return false;
  return is_one_of(cn_utf8_at(text.p + at, &len), bracket ? "）)〕】" : "、.．)）") &&
         !(at + len < text.n && text.p[at] == '.' && text.p[at + len] >= '0' && text.p[at + len] <= '9');
}

/* 完成时限： or 责任单位：, as rules/headers.tsv has them. */
static bool begins_with_label(const cn_document *document, cn_view text) {
  size_t wide = cn_view_find(text, CN_VIEW("："), 0), narrow = cn_view_find(text, CN_VIEW(":"), 0);
  size_t colon = wide < narrow ? wide : narrow;
  if (colon == SIZE_MAX || colon > 30) return false;
  const cn_table *headers = cn_rules_table(document->rules, CN_RULES_HEADERS);
  const cn_rule *rule = cn_table_find(headers, cn_view_slice(text, 0, colon));
  return rule && !cn_view_is(rule->fields[1], "other");
}

bool cn_begins_paragraph(const cn_document *document, cn_view text) {
  return text.n && (begins_with_serial(text) || begins_with_label(document, text) || *text.p == '#');
}

/* The line before is full, and this one neither stands further in nor begins something new. */
static bool continues(const cn_document *document, cn_line before, cn_line next, uint32_t width, uint32_t indent) {
  cn_view text = cn_view_trim(next.text);
  if (!text.n || !width) return false;
  uint32_t full = cn_line_width(before.text), in = cn_line_indent(next.text);
  if (full + ambiguous(before.text) + SLACK < width || full > width || cn_line_width(next.text) > width || in > indent)
    return false;
  return !cn_begins_paragraph(document, text);
}

size_t cn_wrap_paragraph(cn_document *document, cn_flow *flow, cn_lines lines, size_t from, uint32_t width, bool head) {
  size_t next = from + 1, count = flow->count;
  cn_line first = lines.items[from];
  cn_text_line(document, flow, first, head);
  if (!width || flow->count != count + 1 || flow->items[count].kind != CN_ELEMENT_PARAGRAPH) return next;
  cn_joined joined = {flow->items[count].text, 0};
  uint32_t indent = flow->items[count].indent;
  for (; next < lines.count && continues(document, lines.items[next - 1], lines.items[next], width, indent); next++)
    cn_join(document->window, &joined, lines.items[next].text);
  flow->items[count].text = joined.text;
  return next;
}
