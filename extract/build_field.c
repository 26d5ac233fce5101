/* Metadata: the box over a notice on a government page. In: a paragraph (索 引 号：… 发文机关：…), or a table of labels
 * and values.  Out: FIELD elements, blanks inside the label dropped. Owns nothing; the labels are rules/head.tsv. */
#include "extract/build.h"

#include "core/utf8.h"

enum { MAX_LABEL = 60, MAX_CHAIN = 3000, MAX_VALUE = 300, LONG_LABEL = 9 };

typedef struct label {
  char text[MAX_LABEL + 4];
  size_t n;
  const cn_rule *rule; /* NULL: not in rules/head.tsv */
  bool colon;
  const char *end; /* behind the colon, or behind the label */
} label;

static cn_view label_view(const label *l) { return (cn_view){l->text, l->n}; }

static cn_view skip_blanks(cn_view v) {
  while (v.n) {
    size_t n;
    uint32_t c = cn_utf8_at(v.p, &n);
    if (!cn_is_space(c) && c != '\n' && c != '\r' && c != '[' && c != 0x3010 && c != '|') break; /* 【 */
    v.p += n, v.n -= n;
  }
  return v;
}

/* Reads `索 引 号：` at the start of v: up to the colon or the end, blanks dropped. */
static bool read_label(const cn_rules *rules, cn_view v, label *l) {
  *l = (label){.n = 0};
  v = skip_blanks(v);
  for (size_t i = 0, n; i < v.n; i += n) {
    uint32_t c = cn_utf8_at(v.p + i, &n);
    l->end = v.p + i + n;
    if (c == ':' || c == 0xFF1A) { /* ： */
      l->colon = true;
      break;
    }
    if (cn_is_space(c)) continue;
    if (l->n + n > MAX_LABEL || c == '\n' || c == '\r') return false;
    memcpy(l->text + l->n, v.p + i, n);
    l->n += n;
  }
  if (!l->n) return false;
  l->rule = cn_table_find(cn_rules_table(rules, CN_RULES_HEAD), label_view(l));
  return l->rule || l->colon;
}

static bool starts_like_year(cn_view value) {
  if (value.n < 4) return false;
  if ((value.p[0] == '1' || value.p[0] == '2') && value.p[1] >= '0' && value.p[1] <= '9') return true;
  return cn_view_starts(value, CN_VIEW("二")) || cn_view_starts(value, CN_VIEW("２"));
}

/* 时间：6月底前 in a list of duties is no 发布时间: a date of issue begins with its year. */
static bool plausible(const label *l, cn_view value) {
  if (!l->rule) return true;
  cn_view field = l->rule->fields[1];
  if (cn_view_is(field, "issued") || cn_view_is(field, "published")) return !value.n || starts_like_year(value);
  return true;
}

static void add_field(cn_build *build, const cn_item *item, const label *l, cn_view value, uint32_t line) {
  cn_element *element = cn_build_add(build, CN_ELEMENT_FIELD, item);
  element->label = cn_arena_copy(build->arena, label_view(l));
  element->text = value.n ? cn_build_tidy(build, value) : CN_VIEW("");
  element->line = line ? line : item->line;
}

/* The next label of a chain at or after `from`: it has a colon and follows a blank, a bracket or a digit, or is long
 * enough to be no part of a value (…市政府办浏览次数：128, of two spans that only a margin parts). */
static const char *next_label(const cn_rules *rules, cn_view text, const char *from, label *l) {
  const char *end = text.p + text.n;
  bool boundary = true;
  for (const char *at = from; at < end;) {
    size_t n;
    uint32_t c = cn_utf8_at(at, &n);
    bool gap = cn_is_space(c) || c == '\n' || c == '\r' || c == ']' || c == 0x3011 || c == '|'; /* 】 */
    bool found = !gap && read_label(rules, cn_view_between(at, end), l) && l->rule && l->colon;
    if (found && (boundary || l->n >= LONG_LABEL)) return at;
    boundary = gap || (c >= '0' && c <= '9');
    at += n;
  }
  return end;
}

static cn_view value_between(const char *from, const char *to) {
  cn_view value = cn_view_trim(cn_view_between(from, to));
  if (cn_view_ends(value, CN_VIEW("】"))) value.n -= 3;
  if (cn_view_ends(value, CN_VIEW("|")) || cn_view_ends(value, CN_VIEW("]"))) value.n--;
  return cn_view_trim(value);
}

/* A value in a paragraph of its own, behind a paragraph that was a label alone. */
static bool fill_pending(cn_build *build, const cn_item *item, cn_view text) {
  if (!build->pending || build->pending != build->flow->count) return false;
  cn_element *field = &build->flow->items[build->pending - 1];
  build->pending = 0;
  label l;
  if (item->style.level || item->style.centered || text.n > MAX_VALUE) return false;
  if (!read_label(build->document->rules, field->label, &l) || !plausible(&l, text)) return false;
  field->text = cn_build_tidy(build, text);
  return true;
}

bool cn_build_fields(cn_build *build, const cn_item *item, cn_view text) {
  const cn_rules *rules = build->document->rules;
  label l, next;
  if (text.n > MAX_CHAIN || item->style.level) return false;
  bool known = read_label(rules, text, &l) && l.rule && (l.colon || item->style.term);
  if (!known) return fill_pending(build, item, text);
  const char *end = text.p + text.n, *stop = next_label(rules, text, l.end, &next);
  if (!plausible(&l, value_between(l.end, stop))) return false;
  for (;;) {
    cn_view value = value_between(l.end, stop);
    add_field(build, item, &l, value, item->line);
    build->pending = stop == end && !value.n ? build->flow->count : 0;
    if (stop == end) return true;
    l = next;
    stop = next_label(rules, text, l.end, &next);
  }
}

/* ---- Tables ---- */

static bool cell_label(cn_build *build, size_t cell, label *l) {
  cn_view text = cn_build_cell_text(build, cell);
  return text.n && text.n <= 2 * MAX_LABEL && read_label(build->document->rules, text, l) && l->end == text.p + text.n;
}

typedef struct box_traits {
  size_t cells, with_colon, known;
} box_traits;

/* Labels stand before values: a known word before another known word is a header row (序号 | 标题 | 日期). */
static void look_at_row(cn_build *build, size_t row, box_traits *t) {
  label l, next;
  for (size_t k = row + 1; k < build->items[row].next; k = build->items[k].next) {
    size_t after = build->items[k].next;
    t->cells++;
    if (!cell_label(build, k, &l) || !l.rule) continue;
    bool before_label = after < build->items[row].next && cell_label(build, after, &next) && next.rule;
    if (before_label && !next.colon) continue;
    t->known++;
    t->with_colon += l.colon;
    k = before_label || after >= build->items[row].next ? k : after;
  }
}

static bool is_box(cn_build *build, size_t table) {
  box_traits t = {0};
  size_t rows = 0;
  for (size_t i = table + 1; i < build->items[table].next; i++)
    if (build->items[i].kind == CN_ITEM_TABLE || build->items[i].header) return false;
  for (size_t i = table + 1; i < build->items[table].next; i = build->items[i].next) {
    if (build->items[i].kind != CN_ITEM_ROW) continue;
    if (++rows > 40) return false;
    look_at_row(build, i, &t);
  }
  return t.with_colon >= 2 || (t.with_colon && t.cells <= 4) || (t.known >= 3 && rows >= 2);
}

bool cn_build_field_box(cn_build *build, size_t table) {
  if (build->keep_tables || !is_box(build, table)) return false;
  label l, next;
  for (size_t i = table + 1; i < build->items[table].next; i = build->items[i].next) {
    if (build->items[i].kind != CN_ITEM_ROW) continue;
    for (size_t k = i + 1; k < build->items[i].next; k = build->items[k].next) {
      if (!cell_label(build, k, &l)) {
        cn_build_emit(build, k + 1, build->items[k].next);
        continue;
      }
      size_t value = build->items[k].next;
      bool has_value = value < build->items[i].next && !cell_label(build, value, &next);
      add_field(build, &build->items[k], &l, has_value ? cn_build_cell_text(build, value) : CN_VIEW(""), 0);
      if (has_value) k = value;
    }
  }
  return true;
}
