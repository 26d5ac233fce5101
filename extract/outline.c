/* The outline of a notice's prose: see outline.h.
 *
 * A marker counts where a sentence can begin and where its number continues its level (1. 2. 3. …, running on over
 * headings or beginning again), so that 1.5倍 and （2021年） are text, while 旅游产业发展7.文旅产业基金 is item 7. */
#include "extract/outline.h"

#include "core/utf8.h"

/* --- markers --------------------------------------------------------------------------------------------------- */

enum {
  RANK_STOP = 0,
  RANK_HEADING = 4, /* and the heading's level */
  RANK_NAME_HIGH = 11,
  RANK_HAN = 12,
  RANK_NAME_MIDDLE = 14,
  RANK_HAN_PAREN = 15,
  RANK_NAME_LOW = 16,
  RANK_ARABIC = 17,
  RANK_LABEL = 18,
  RANK_BREAK = 40 /* ends an item's text, but not its section */
};

static int rank_of(cn_serial_style style) {
  static const int ranks[CN_SERIAL_STYLES] = {
      [CN_SERIAL_PART] = 1,
      [CN_SERIAL_CHAPTER] = 2,
      [CN_SERIAL_SECTION] = 3,
      [CN_SERIAL_HAN] = RANK_HAN,
      [CN_SERIAL_ARTICLE] = 13,
      [CN_SERIAL_HAN_PAREN] = RANK_HAN_PAREN,
      [CN_SERIAL_ARABIC] = RANK_ARABIC,
      [CN_SERIAL_DECIMAL] = 19,
      [CN_SERIAL_ARABIC_PAREN] = 20,
      [CN_SERIAL_CIRCLE] = 21,
  };
  return ranks[style];
}

typedef struct scan {
  cn_segmenter *s;
  cn_outline *o;
  int64_t last[CN_SERIAL_STYLES]; /* last number seen of each style */
  size_t seen[CN_SERIAL_STYLES];
  cn_field cycle; /* the label that begins each item of a labelled block */
  bool in_label;
  bool owner_heads; /* 责任单位：市教育局 stands above its items, not below them */
} scan;

static cn_node *add_node(scan *c, cn_node_kind kind, int rank, size_t begin, size_t text, size_t para) {
  cn_outline *o = c->o;
  if (o->count == o->capacity)
    o->nodes = cn_arena_grow(c->s->scratch, o->nodes, o->count, &o->capacity, sizeof *o->nodes);
  cn_node *node = &o->nodes[o->count];
  *node = (cn_node){.kind = kind,
                    .rank = rank,
                    .begin = begin,
                    .text = text,
                    .para = para,
                    .parent = SIZE_MAX,
                    .child = SIZE_MAX,
                    .sibling = SIZE_MAX};
  c->in_label = kind == CN_NODE_LABEL;
  if (kind != CN_NODE_LABEL && kind != CN_NODE_STOP) c->cycle = CN_FIELD_NONE;
  o->count++;
  return node;
}

static void add_serial(scan *c, const cn_serial *serial, size_t para) {
  cn_node *node = add_node(c, CN_NODE_SERIAL, rank_of(serial->style), serial->begin, serial->end, para);
  node->serial = *serial;
  c->last[serial->style] = serial->value;
  c->seen[serial->style]++;
  for (size_t style = serial->style + 1u; style < CN_SERIAL_STYLES; style++)
    if (style > CN_SERIAL_ARABIC) c->last[style] = 0; /* 1.2, （1） and ① always begin again below a new item */
  c->o->articles += serial->style == CN_SERIAL_ARTICLE;
}

/* 3.2个 after item 2 is item 3, beginning with 2个; after 3.1 it is 3.2. */
static bool settle_decimal(scan *c, cn_view v, cn_serial *serial) {
  if (serial->style != CN_SERIAL_DECIMAL) return true;
  bool expected = serial->upper == c->last[CN_SERIAL_ARABIC] && serial->value == c->last[CN_SERIAL_DECIMAL] + 1;
  bool blank = serial->end > serial->label_end || serial->end == v.n;
  if (expected || (serial->value == 1 && serial->upper >= 1 && blank && !c->seen[CN_SERIAL_ARABIC])) return true;
  if (serial->upper != c->last[CN_SERIAL_ARABIC] + 1 || serial->upper > 999)
    return c->seen[CN_SERIAL_DECIMAL] && serial->value == 1 && blank;
  size_t p = serial->begin;
  bool chinese;
  serial->value = cn_serial_number(v, &p, &chinese);
  serial->style = CN_SERIAL_ARABIC;
  serial->label_end = p;
  serial->end = cn_skip_blank(v, p + 1);
  serial->upper = -1;
  serial->glued = true;
  return true;
}

/* 1、2、3号楼 and 二、三产业: a list of numbers, not a marker. */
static bool is_number_list(cn_view v, const cn_serial *serial) {
  if (!serial->glued || !cn_at(v, serial->end - 3, "、")) return false;
  size_t p = serial->end;
  bool chinese;
  if (cn_serial_number(v, &p, &chinese) < 0) return false;
  return cn_at(v, p, "、") || cn_at(v, p, "号") || cn_at(v, p, "楼") ||
         (chinese && serial->style == CN_SERIAL_HAN &&
          (cn_at(v, p, "产业") || cn_at(v, p, "等奖") || cn_at(v, p, "级")));
}

static bool accept_start(scan *c, cn_view v, cn_serial *serial, size_t end) {
  if (serial->end > end || serial->value <= 0 || serial->value > 999 || is_number_list(v, serial)) return false;
  int64_t last = c->last[serial->style];
  switch ((int)serial->style) {
  case CN_SERIAL_ARABIC:
    if (serial->weak)
      return (serial->value == last + 1 || serial->value == 1) && serial->end < end &&
             cn_is_han(cn_utf8_at(v.p + serial->end, NULL));
    return true;
  case CN_SERIAL_DECIMAL: return settle_decimal(c, v, serial);
  case CN_SERIAL_ARTICLE:
  case CN_SERIAL_CHAPTER:
  case CN_SERIAL_SECTION:
  case CN_SERIAL_PART: return !serial->weak || serial->end == end;
  default: return true;
  }
}

static bool is_sentence_end(cn_view v, size_t begin, size_t at) {
  static const char *const marks[] = {"。", "；", "！", "？", "”",  "）", ")", "：",
                                      ":",  ";",  "!",  "】", "》", "\n", "…"};
  if (at <= begin) return true;
  const char *p = cn_utf8_before(v.p, v.p + at);
  if (cn_is_space(cn_utf8_at(p, NULL))) return true;
  for (size_t i = 0; i < CN_COUNT(marks); i++)
    if (cn_at(v, (size_t)(p - v.p), marks[i])) return true;
  return false;
}

static bool han_before(cn_view v, size_t at) {
  return at && cn_is_han(cn_utf8_at(cn_utf8_before(v.p, v.p + at), NULL));
}

static bool reference_before(cn_view v, size_t at) {
  static const char *const words[] = {"第", "条", "款", "表", "图", "附件", "和", "或", "至", "及", "、", "按"};
  for (size_t i = 0; i < CN_COUNT(words); i++) {
    size_t n = strlen(words[i]);
    if (at >= n && cn_at(v, at - n, words[i])) return true;
  }
  return false;
}

/* 一、深化审批制度改革1.4月19日前…, 二、区交通与建设局1、结合…: glued to a heading that has no punctuation. */
static bool follows_heading(const scan *c, cn_view v, const cn_serial *serial) {
  const cn_node *last = c->o->count ? &c->o->nodes[c->o->count - 1] : NULL;
  if (!last || last->kind != CN_NODE_SERIAL || last->rank >= rank_of(serial->style) || serial->begin - last->text > 90)
    return false;
  cn_view heading = cn_view_slice(v, last->text, serial->begin);
  if (cn_utf8_count(heading) < 4) return false;
  for (size_t at = 0; at < heading.n; at += cn_utf8_len((unsigned char)heading.p[at]))
    if (cn_at(heading, at, "，") || cn_at(heading, at, "。") || cn_at(heading, at, "；") ||
        (heading.p[at] >= '0' && heading.p[at] <= '9'))
      return false;
  if (serial->style != CN_SERIAL_DECIMAL) return serial->value == 1 || serial->value == c->last[serial->style] + 1;
  /* 加强监管3.5G基站 is item 3, 新增人才1.5万人 is a number */
  char unit = serial->end < v.n ? v.p[serial->end] : 0;
  return serial->upper == c->last[CN_SERIAL_ARABIC] + 1 &&
         ((unit >= 'A' && unit <= 'Z') || (unit >= 'a' && unit <= 'z'));
}

/* Inside a paragraph a marker also has to continue its level, or begin it anew. */
static bool accept_inline(scan *c, cn_view v, cn_serial *serial, size_t begin, size_t end) {
  bool strong = is_sentence_end(v, begin, serial->begin) || follows_heading(c, v, serial);
  if (serial->weak && serial->style != CN_SERIAL_DECIMAL) return false;
  if (reference_before(v, serial->begin) || !accept_start(c, v, serial, end)) return false;
  if (serial->end >= end || cn_at(v, serial->end, "项") || cn_at(v, serial->end, "款")) return false;
  int64_t last = c->last[serial->style];
  bool next = serial->value == last + 1, anew = serial->value == 1 && strong;
  switch ((int)serial->style) {
  case CN_SERIAL_HAN: return strong && (next || anew);
  case CN_SERIAL_HAN_PAREN: return (next || anew) && (strong || han_before(v, serial->begin));
  case CN_SERIAL_ARABIC:
    if (!cn_at(v, serial->label_end, ".") && !strong) return false;
    if (serial->glued && !strong) return false;
    return (next && (strong || han_before(v, serial->begin))) || anew || (strong && last && serial->value == last + 2);
  case CN_SERIAL_DECIMAL: return strong && (next || anew);
  case CN_SERIAL_ARABIC_PAREN:
  case CN_SERIAL_CIRCLE: return next || anew;
  default: return strong && (next || anew);
  }
}

static bool can_begin(cn_view v, size_t at) {
  unsigned char c = (unsigned char)v.p[at];
  if (c < 0x80) return (c >= '0' && c <= '9') || c == '(';
  switch (c) {
  case 0xE2: return (unsigned char)v.p[at + 1] == 0x91 || (unsigned char)v.p[at + 1] == 0x92;
  case 0xEF: return cn_at(v, at, "（");
  case 0xE7: return cn_at(v, at, "第");
  case 0xE3: return (unsigned char)v.p[at + 1] == 0x88;
  default: return false;
  }
}

static bool is_han_numeral(cn_view v, size_t at) {
  static const char *const numerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
  if ((unsigned char)v.p[at] < 0xE4) return false;
  for (size_t i = 0; i < CN_COUNT(numerals); i++)
    if (cn_at(v, at, numerals[i])) return true;
  return false;
}

static size_t skip_digits(cn_view v, size_t at, size_t end) {
  while (at < end && ((v.p[at] >= '0' && v.p[at] <= '9') || v.p[at] == '.' || v.p[at] == '%')) at++;
  return at;
}

/* --- lines that are headings or labels -------------------------------------------------------------------------- */

/* What follows the line begins an item: a serial number, a label, or a table. */
static bool item_follows(scan *c, cn_view v, size_t stop, size_t para) {
  const cn_prose *prose = &c->o->prose;
  cn_serial serial;
  cn_label label;
  size_t next = cn_skip_blank(v, stop);
  if (prose->paras[para].before_table && stop >= prose->paras[para].end) return true;
  return next < v.n && (cn_serial_read(v, next, &serial) || cn_label_at(c->s->words, v, next, v.n, &label));
}

/* 市教育局 or 济南市 alone on its line, with items behind it. */
static bool is_name_line(scan *c, cn_view v, size_t from, size_t stop, size_t para) {
  cn_view name = cn_strip(cn_view_slice(v, from, stop), "：:【】");
  if (!name.n || cn_utf8_count(name) > 20 || cn_at(name, 0, "各") || cn_view_find(name, CN_VIEW("关于"), 0) != SIZE_MAX)
    return false;
  return cn_name_kind(c->s->words, cn_compact(c->s->scratch, name)) != CN_BLOCK_KIND_NONE &&
         item_follows(c, v, stop, para);
}

/* An unnumbered line between lists that begin again at 1: 滨江新区党工委书记 周正, then 1. 2., then another such line.
 */
static bool is_maybe_heading(const scan *c, cn_view v, size_t from, size_t stop, size_t para) {
  static const char *const marks[] = {"。", "；", "，", "：", "！", "？", ":", ";", ",", "《", "【"};
  const cn_para *p = &c->o->prose.paras[para];
  cn_view line = cn_view_trim(cn_view_slice(v, from, stop));
  cn_serial serial;
  if (stop < p->end || cn_utf8_count(line) > 30 || cn_utf8_count(line) < 2) return false;
  for (size_t at = 0; at < line.n; at += cn_utf8_len((unsigned char)line.p[at]))
    for (size_t i = 0; i < CN_COUNT(marks); i++)
      if (cn_at(line, at, marks[i])) return false;
  size_t next = cn_skip_blank(v, stop);
  return next < v.n && cn_serial_read(v, next, &serial) && serial.value == 1 && !serial.weak &&
         (serial.style == CN_SERIAL_HAN || serial.style == CN_SERIAL_HAN_PAREN || serial.style == CN_SERIAL_ARABIC);
}

static bool begins_item(cn_field f) {
  return f == CN_FIELD_TASK || f == CN_FIELD_SERIAL || f == CN_FIELD_UNIT || f == CN_FIELD_LEAD ||
         f == CN_FIELD_DEADLINE || f == CN_FIELD_PERSON;
}

/* 责任单位：市发展改革委 on a line of its own above numbered items: the first such line, ahead of any item, tells. */
static bool is_owner_head(scan *c, cn_view v, const cn_label *label, size_t end) {
  if (label->field != CN_FIELD_UNIT && label->field != CN_FIELD_LEAD && label->field != CN_FIELD_PERSON) return false;
  for (size_t i = 0; !c->owner_heads && i < CN_SERIAL_STYLES; i++)
    if (c->seen[i]) return false;
  size_t stop = label->value;
  while (stop < end && v.p[stop] != '\n') stop++;
  cn_view name = cn_view_trim(cn_view_slice(v, label->value, stop));
  cn_serial serial;
  size_t next = cn_skip_blank(v, stop);
  bool numbered = next < v.n && v.p[next] && cn_serial_read(v, next, &serial) && !serial.weak;
  cn_view word = cn_view_slice(v, label->begin, label->value);
  if (!c->owner_heads && cn_view_find(v, word, stop) == SIZE_MAX) return false; /* 承诺单位：… heads the whole */
  bool one = cn_view_find(name, CN_VIEW("："), 0) == SIZE_MAX && cn_view_find(name, CN_VIEW("。"), 0) == SIZE_MAX;
  if (!name.n || cn_utf8_count(name) > 20 || !one || !numbered) return false;
  c->owner_heads = true;
  return true;
}

/* 承诺事项：… / 完成时限：…: where nothing is numbered, the label that came first begins each item. */
static bool read_label_line(scan *c, cn_view v, size_t at, size_t end, size_t para) {
  cn_label label;
  cn_outline *o = c->o;
  if (!cn_label_at(c->s->words, v, at, end, &label)) return false;
  if (label.field == CN_FIELD_BLOCK || is_owner_head(c, v, &label, end)) {
    add_node(c, CN_NODE_NAME, RANK_NAME_LOW, at, label.value, para);
    return true;
  }
  if (!begins_item(label.field)) return false;
  bool numbered = o->count && o->nodes[o->count - 1].kind == CN_NODE_SERIAL && !c->in_label;
  if (numbered) return false;
  if (c->in_label && label.field != c->cycle) return false;
  if (!c->in_label) {
    if (label.field != CN_FIELD_TASK && label.field != CN_FIELD_SERIAL && c->cycle == CN_FIELD_NONE &&
        !(o->count && o->nodes[o->count - 1].kind == CN_NODE_NAME))
      return false;
    c->cycle = c->cycle == CN_FIELD_NONE ? label.field : c->cycle;
  }
  cn_node *node = add_node(c, CN_NODE_LABEL, RANK_LABEL, at, at, para);
  if (label.field == CN_FIELD_SERIAL) {
    cn_view rest = cn_view_slice(v, label.value, end);
    size_t stop = cn_view_find(rest, CN_VIEW("\n"), 0), skip = cn_skip_blank(rest, 0);
    cn_view cell = cn_view_trim(cn_view_slice(rest, 0, stop == SIZE_MAX ? rest.n : stop));
    if (cn_serial_cell(cell, &node->serial)) {
      node->serial.begin += label.value + skip;
      node->serial.label_end += label.value + skip;
    }
  }
  return true;
}

static void read_line_start(scan *c, cn_view v, size_t at, size_t end, size_t para, size_t *inner) {
  cn_serial serial;
  const cn_para *p = &c->o->prose.paras[para];
  *inner = at;
  size_t from = cn_skip_blank(v, at);
  if (from >= end) return;
  if (cn_serial_read(v, from, &serial) && accept_start(c, v, &serial, end)) {
    add_serial(c, &serial, para);
    *inner = serial.end;
    return;
  }
  size_t stop = from;
  while (stop < end && v.p[stop] != '\n') stop++;
  if (p->level) {
    add_node(c, CN_NODE_HEADING, RANK_HEADING + (p->level > 6 ? 6 : p->level), from, from, para);
    *inner = end;
  } else if (is_name_line(c, v, from, stop, para)) {
    add_node(c, CN_NODE_NAME, RANK_NAME_LOW, from, from, para);
    *inner = stop;
  } else if (!read_label_line(c, v, from, end, para) && is_maybe_heading(c, v, from, stop, para)) {
    add_node(c, CN_NODE_NAME, RANK_NAME_LOW, from, from, para)->maybe = true;
    *inner = stop;
  }
}

static void scan_para(scan *c, size_t para) {
  const cn_prose *prose = &c->o->prose;
  const cn_para *p = &prose->paras[para];
  cn_view v = prose->text.text;
  if (p->kind != CN_PARA_TEXT) {
    add_node(c, CN_NODE_STOP, p->kind == CN_PARA_CONTACT ? RANK_BREAK : RANK_STOP, p->begin, p->end, para);
    return;
  }
  if (p->after_table && para) add_node(c, CN_NODE_STOP, RANK_BREAK, p->begin, p->begin, para);
  size_t at;
  read_line_start(c, v, p->begin, p->end, para, &at);
  while (at < p->end) {
    if (v.p[at] == '\n') {
      read_line_start(c, v, at + 1, p->end, para, &at);
      continue;
    }
    cn_serial serial;
    bool digit = v.p[at] >= '0' && v.p[at] <= '9';
    if ((can_begin(v, at) || (is_han_numeral(v, at) && is_sentence_end(v, p->begin, at))) &&
        cn_serial_read(v, at, &serial) && accept_inline(c, v, &serial, p->begin, p->end)) {
      add_serial(c, &serial, para);
      at = serial.end;
      continue;
    }
    at = digit ? skip_digits(v, at, p->end) : at + cn_utf8_len((unsigned char)v.p[at]);
  }
}

/* --- the tree -------------------------------------------------------------------------------------------------- */

/* 济南市 stands above 一、 (or （一）) where the numbering begins again below each name. */
static void raise_names(cn_outline *o) {
  size_t names = 0, han = 0, paren = 0;
  for (size_t i = 0; i + 1 < o->count; i++) {
    const cn_node *next = &o->nodes[i + 1];
    if (o->nodes[i].kind != CN_NODE_NAME) continue;
    names++;
    han += next->serial.style == CN_SERIAL_HAN && next->serial.value == 1;
    paren += next->serial.style == CN_SERIAL_HAN_PAREN;
  }
  int rank = han && han * 2 >= names ? RANK_NAME_HIGH : paren && paren * 2 >= names ? RANK_NAME_MIDDLE : RANK_NAME_LOW;
  for (size_t i = 0; i < o->count; i++)
    if (o->nodes[i].kind == CN_NODE_NAME) o->nodes[i].rank = rank;
}

/* One such line alone is the title of what follows, no heading among others. */
static void drop_lone_headings(cn_outline *o) {
  size_t maybe = 0, kept = 0;
  for (size_t i = 0; i < o->count; i++) maybe += o->nodes[i].maybe;
  if (maybe >= 2) return;
  for (size_t i = 0; i < o->count; i++)
    if (!o->nodes[i].maybe) o->nodes[kept++] = o->nodes[i];
  o->count = kept;
}

static void set_end(cn_node *n, size_t end) {
  if (!n->end) n->end = end;
}

static void link_nodes(cn_outline *o) {
  size_t stack[CN_MAX_NESTING], depth = 0, length = o->prose.text.text.n;
  for (size_t i = 0; i < o->count; i++) {
    cn_node *n = &o->nodes[i];
    bool stop = n->kind == CN_NODE_STOP, gap = stop && n->rank == RANK_BREAK;
    n->next = i + 1 < o->count ? o->nodes[i + 1].begin : length;
    while (depth && (o->nodes[stack[depth - 1]].rank >= n->rank || (stop && !gap)))
      set_end(&o->nodes[stack[--depth]], n->begin);
    for (size_t k = 0; gap && k < depth; k++) set_end(&o->nodes[stack[k]], n->begin);
    n->parent = depth && !stop ? stack[depth - 1] : SIZE_MAX;
    if (!stop && depth < CN_MAX_NESTING) stack[depth++] = i;
  }
  while (depth) set_end(&o->nodes[stack[--depth]], length);
  for (size_t i = o->count; i-- > 0;) {
    cn_node *n = &o->nodes[i];
    if (n->parent == SIZE_MAX) continue;
    cn_node *parent = &o->nodes[n->parent];
    n->sibling = parent->child;
    parent->child = i;
    parent->children++;
  }
}

void cn_outline_make(cn_segmenter *s, cn_outline *o) {
  scan c = {.s = s, .o = o};
  for (size_t i = 0; i < o->prose.count; i++) scan_para(&c, i);
  drop_lone_headings(o);
  raise_names(o);
  link_nodes(o);
}

cn_view cn_node_heading(const cn_outline *o, const cn_node *node) {
  cn_view own = cn_view_trim(cn_view_slice(o->prose.text.text, node->text, node->next));
  size_t line = own.n ? cn_view_find(own, CN_VIEW("\n"), 0) : SIZE_MAX, points = 0;
  cn_view first = cn_view_trim(cn_view_slice(own, 0, line == SIZE_MAX ? own.n : line));
  for (size_t at = 0; at < first.n; at += cn_utf8_len((unsigned char)first.p[at]), points++) {
    bool stop = cn_at(first, at, "。") || cn_at(first, at, "；");
    bool blank = cn_is_space(cn_utf8_at(first.p + at, NULL)) && points >= 4 && first.n - at > 60;
    if (points > 60) return CN_NULL_VIEW;
    if (blank && points <= 30) return cn_view_slice(first, 0, at);
    if (stop) return at + 3 >= first.n ? cn_view_slice(first, 0, at) : CN_NULL_VIEW;
  }
  return first;
}
