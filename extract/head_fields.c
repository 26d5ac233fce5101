/* head_fields: lines of running text, and the labelled ones at the head of a notice.
 *
 * In:  a line such as `索 引 号： 000014349/2018-00219 主题分类： 综合政务`.  Out: FIELD elements, or one PARAGRAPH.
 * The labels are rules/head.tsv's; the label of a chain may also be unknown when blanks stand before it. */
#include "core/fold.h"
#include "core/utf8.h"
#include "extract/lines.h"

enum { LABEL_POINTS = 10, LABEL_BYTES = 64 };

/* A label that ends just before `colon`, as bytes of the folded line. */
typedef struct label {
  size_t begin, end; /* of the label, blanks inside included */
  size_t value;      /* where its value begins */
  bool known;
} label;

/* A label of two characters is one only behind a blank: 标题：关于调整办公时间：… has no label 时间. */
static bool stands_free(cn_view text, size_t from, size_t at) {
  return at == from || cn_is_space(cn_utf8_at(cn_utf8_before(text.p, text.p + at), NULL));
}

/* Walks back from the colon, dropping blanks, and takes the longest label that the table knows; else, behind a blank,
 * two to eight ideographs. */
static bool label_before(const cn_table *table, cn_view text, size_t from, size_t colon, bool first, label *found) {
  char name[LABEL_BYTES];
  size_t n = 0, points = 0, at = colon;
  bool any = false;
  *found = (label){.end = colon};
  while (at > from && points < LABEL_POINTS) {
    const char *p = cn_utf8_before(text.p, text.p + at);
    uint32_t c = cn_utf8_at(p, NULL);
    size_t len = (size_t)(text.p + at - p);
    bool space = cn_is_space(c);
    if (!space && !cn_is_han(c)) break;
    at -= len;
    if (space) {
      if (points >= 2 && !any) *found = (label){at + len, colon, 0, false}, any = points <= 8;
      continue;
    }
    memmove(name + len, name, n);
    memcpy(name, p, len);
    n += len;
    points++;
    if (cn_table_find(table, (cn_view){name, n}) && (points > 2 || stands_free(text, from, at))) {
      *found = (label){at, colon, 0, true};
      any = true;
    }
  }
  if (first && !any && at == from && points >= 2 && points <= 8) *found = (label){at, colon, 0, false}, any = true;
  return any;
}

static cn_view slice_source(const cn_folded *f, size_t from, size_t to) {
  return cn_view_trim(cn_fold_source(f, from, to));
}

/* A label without its inner blanks: 索 引 号 is 索引号. */
static cn_view squeeze(cn_arena *arena, cn_view v) {
  char *out = cn_arena_new(arena, char, v.n + 1);
  size_t n = 0, len;
  for (size_t i = 0; i < v.n; i += len) {
    bool space = cn_is_space(cn_utf8_at(v.p + i, &len));
    if (!space) memcpy(out + n, v.p + i, len), n += len;
  }
  return (cn_view){out, n};
}

static size_t next_colon(cn_view text, size_t from, size_t *len) {
  size_t narrow = cn_view_find(text, CN_VIEW(":"), from), wide = cn_view_find(text, CN_VIEW("："), from);
  *len = narrow < wide ? 1 : 3;
  return narrow < wide ? narrow : wide;
}

static void add_field(cn_document *document, cn_flow *flow, cn_line line, const cn_folded *f, label l, size_t end) {
  cn_element *field = cn_flow_add(document->window, flow, CN_ELEMENT_FIELD, line.number);
  field->label = squeeze(document->window, slice_source(f, l.begin, l.end));
  field->text = slice_source(f, l.value, end);
}

/* 栏目：政务公开 is a field where it stands among fields. */
static bool follows_field(const cn_flow *flow) {
  return flow->count && flow->items[flow->count - 1].kind == CN_ELEMENT_FIELD;
}

bool cn_text_fields(cn_document *document, cn_flow *flow, cn_line line) {
  if (line.text.n > 1000) return false;
  const cn_table *table = cn_rules_table(document->rules, CN_RULES_HEAD);
  cn_folded f = cn_fold(document->window, line.text);
  label current = {0}, next;
  bool open = false;
  size_t from = 0, len;
  for (size_t colon; (colon = next_colon(f.text, from, &len)) != SIZE_MAX; from = colon + len) {
    if (!label_before(table, f.text, open ? current.value : 0, colon, !open, &next)) {
      if (!open) return false;
      continue;
    }
    if (!open && ((!next.known && !follows_field(flow)) || cn_view_trim(cn_view_slice(f.text, 0, next.begin)).n))
      return false;
    if (open) add_field(document, flow, line, &f, current, next.begin);
    next.value = colon + len;
    current = next;
    open = true;
  }
  if (open) add_field(document, flow, line, &f, current, f.text.n);
  return open;
}

enum { CHAIN_LABELS = 24, CHAIN_REACH = 2400, CHAIN_GAP = 400, CHAIN_LEAST = 3 };

/* The labels of a chain in mid-line, known and unknown; how many of them. */
static size_t find_chain(const cn_table *table, cn_view text, label *labels, size_t *known) {
  size_t n = 0, from = 0, len, value = 0;
  *known = 0;
  for (size_t colon; n < CHAIN_LABELS && (colon = next_colon(text, from, &len)) != SIZE_MAX; from = colon + len) {
    if (colon - value > CHAIN_GAP) break;
    label *l = &labels[n];
    if (!label_before(table, text, value, colon, false, l)) continue;
    l->value = value = colon + len;
    *known += l->known;
    n++;
  }
  return n;
}

/* Where a chain's last value ends: at the blank behind it. */
static size_t value_end(cn_view text, size_t at) {
  size_t len;
  while (at < text.n && cn_is_space(cn_utf8_at(text.p + at, &len))) at += len;
  while (at < text.n && !cn_is_space(cn_utf8_at(text.p + at, &len))) at += len;
  return at;
}

/* A page on one line: 当前位置： 首页 … 发文机关： 某市人民政府 标 题： … 发文字号： … 某市人民政府关于…. Adds the
 * chain's fields and gives what stands behind them. */
static cn_view take_chain(cn_document *document, cn_flow *flow, cn_line line) {
  cn_view text = cn_view_trim(line.text);
  size_t reach = text.n < CHAIN_REACH ? text.n : CHAIN_REACH, known;
  while (reach < text.n && ((unsigned char)text.p[reach] & 0xC0) == 0x80) reach++;
  const cn_table *table = cn_rules_table(document->rules, CN_RULES_HEAD);
  cn_folded f = cn_fold(document->window, cn_view_slice(text, 0, reach));
  label labels[CHAIN_LABELS];
  size_t n = find_chain(table, f.text, labels, &known), last = 0;
  if (known < CHAIN_LEAST) return text;
  for (size_t i = 0; i < n; i++)
    if (labels[i].known) last = i;
  for (size_t i = 0; i <= last; i++)
    if (labels[i].known)
      add_field(document, flow, line, &f, labels[i],
                i < last ? labels[i + 1].begin : value_end(f.text, labels[i].value));
  cn_view taken = cn_fold_source(&f, 0, value_end(f.text, labels[last].value));
  return cn_view_trim(cn_view_slice(text, taken.n, text.n));
}

/* ## 2020年16市重点任务公开承诺事项: the level, or 0. Markdown's headings are found in texts of every layout. */
static uint8_t heading_level(cn_view text) {
  uint8_t level = 0;
  while (level < text.n && level < 7 && text.p[level] == '#') level++;
  return level < 7 && level < text.n && text.p[level] == ' ' ? level : 0;
}

/* ===== 正文 =====: a rule with or without a word in it. */
static bool is_rule(cn_view text) {
  if (text.n < 8 || !strchr("=-*_~#", text.p[0])) return false;
  for (size_t i = 1; i < 4; i++)
    if (text.p[i] != text.p[0] || text.p[text.n - i] != text.p[0]) return false;
  return true;
}

void cn_text_line(cn_document *document, cn_flow *flow, cn_line line, bool head) {
  cn_view text = cn_view_trim(line.text);
  if (!text.n || (head && cn_text_fields(document, flow, line))) return;
  if (head) text = take_chain(document, flow, line);
  uint8_t level = heading_level(text);
  if (level) {
    cn_element *heading = cn_flow_add(document->window, flow, CN_ELEMENT_HEADING, line.number);
    heading->text = cn_view_trim(cn_view_slice(text, level, text.n));
    heading->level = level;
    return;
  }
  cn_element *paragraph = cn_flow_add(document->window, flow, CN_ELEMENT_PARAGRAPH, line.number);
  paragraph->text = text;
  paragraph->chrome = is_rule(text);
  paragraph->indent = cn_line_indent(line.text);
}
