/* read_html: HTML pages, whatever they are named. In: a document.  Out: its flow: paragraphs, headings, metadata
 * fields, tables; furniture marked. The page is walked once as the parser pushes it; nothing of it is kept but text. */
#include "extract/read_html.h"

#include "core/utf8.h"
#include "extract/build.h"
#include "extract/html_tags.h"
#include "extract/markup.h"
#include "extract/ordinal.h"
#include "extract/source.h"

enum { MAX_DEPTH = 512, NAME_CACHE = 256 };

/* An element that has not ended, with what holds inside of it. */
typedef struct open_element {
  cn_tag tag;
  cn_style style;
  cn_ordinal ordinal; /* of a list */
  int64_t number;     /* of its next item */
  uint32_t block;     /* the box around it */
  bool link, super;   /* what held before it */
} open_element;

typedef struct page {
  cn_build build;
  cn_document *document;
  uint32_t line_before; /* lines above a fragment */
  open_element *open;
  size_t depth, capacity;
  size_t dropping; /* depth inside an element whose content is dropped */
  bool space, newline, super, in_title;
  char label[CN_ORDINAL_ROOM + 4]; /* of a list item whose text has not begun */
  size_t label_length;
  char title[1024];
  size_t title_length;
  struct {
    const char *name;
    cn_tag tag;
    uint8_t level;
  } cache[NAME_CACHE];
} page;

/* ---- Attributes ---- */

static cn_view attribute(const char *const *attributes, const char *name) {
  for (; attributes && *attributes; attributes += 2)
    if (strcmp(attributes[0], name) == 0) return attributes[1] ? cn_view_of(attributes[1]) : CN_VIEW("");
  return CN_NULL_VIEW;
}

static uint32_t span_attribute(const char *const *attributes, const char *name, uint32_t zero) {
  cn_view v = cn_view_trim(attribute(attributes, name));
  uint64_t value = 0;
  size_t i = 0;
  for (; i < v.n && v.p[i] >= '0' && v.p[i] <= '9' && value < 10000000; i++)
    value = 10 * value + (uint64_t)(v.p[i] - '0');
  if (i == 0) return 1;
  return value ? (uint32_t)value : zero;
}

static bool same_word(cn_view v, const char *word) { return v.n == strlen(word) && strncasecmp(v.p, word, v.n) == 0; }

/* The value of a property in a style attribute. */
static cn_view style_property(cn_view style, const char *property) {
  cn_view declaration, found = CN_NULL_VIEW;
  while (cn_view_split(&style, ';', &declaration)) {
    cn_view value = declaration, name;
    if (!cn_view_split(&value, ':', &name) || !value.p) continue;
    if (same_word(cn_view_trim(name), property)) found = cn_view_trim(value);
  }
  return found;
}

static bool is_hidden(const char *const *attributes, cn_view style) {
  if (!cn_view_is_null(attribute(attributes, "hidden"))) return true;
  if (!style.n) return false;
  cn_view display = style_property(style, "display");
  return (display.n >= 4 && strncasecmp(display.p, "none", 4) == 0) ||
         same_word(style_property(style, "visibility"), "hidden");
}

static void align(cn_style *to, cn_view value) {
  if (!value.n) return;
  to->centered = same_word(value, "center") || same_word(value, "middle");
  to->right = same_word(value, "right") || same_word(value, "end");
}

/* Whether a class or id says navigation, footer … in one of its parts: top-nav, page_footer. */
static bool is_furniture(const page *p, cn_view names) {
  const cn_table *table = cn_rules_table(p->document->rules, CN_RULES_CHROME);
  char word[32];
  size_t n = 0;
  for (size_t i = 0; i <= names.n; i++) {
    char c = i < names.n ? names.p[i] : ' ';
    if (c != ' ' && c != '-' && c != '_' && c != '\t' && c != '\n') {
      if (n < sizeof word) word[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
      continue;
    }
    const cn_rule *rule = n && n < sizeof word ? cn_table_find(table, (cn_view){word, n}) : NULL;
    for (; rule; rule = cn_table_next(table, rule))
      if (cn_view_is(rule->fields[1], "page")) return true;
    n = 0;
  }
  return false;
}

/* ---- Text ---- */

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f'; }

/* A list's number goes before the item's first text, unless the author wrote one. */
static void put_label(page *p, cn_view text, uint32_t line) {
  static const char *const written[] = {"（", "(", "第", "●", "·", "①", "②", "③"};
  size_t n = p->label_length;
  p->label_length = 0;
  if (text.p[0] >= '0' && text.p[0] <= '9') return;
  for (size_t i = 0; i < CN_COUNT(written); i++)
    if (cn_view_starts(text, cn_view_of(written[i]))) return;
  size_t comma = cn_view_find(text, CN_VIEW("、"), 0);
  if (comma != SIZE_MAX && comma <= 9) return;
  cn_build_text(&p->build, (cn_view){p->label, n}, line);
}

/* A line wrap in the source is a blank between two words of letters; else it is '\r', which a paragraph drops and a
 * cell keeps as a line break (one name a line). */
static void put_gap(page *p, char next) {
  cn_build *build = &p->build;
  if (build->length && build->text[build->length - 1] != '\n') {
    bool letters = (unsigned char)build->text[build->length - 1] < 0x80 && (unsigned char)next < 0x80;
    build->text[build->length++] = p->newline && !letters ? '\r' : ' ';
  }
  p->space = p->newline = false;
}

static uint32_t lines_in(const char *from, const char *to) {
  uint32_t n = 0;
  for (; (from = memchr(from, '\n', (size_t)(to - from))); from++) n++;
  return n;
}

static void put_text(page *p, cn_view text, uint32_t line) {
  cn_build *build = &p->build;
  const char *at = text.p, *end = text.p + text.n;
  while (at < end) {
    for (; at < end && is_blank(*at); at++) p->space = true, p->newline |= *at == '\n';
    const char *begin = at;
    while (at < end && !is_blank(*at)) at++;
    if (begin == at) break;
    if (!build->length) {
      build->line = line - lines_in(begin, end);
      if (p->label_length) put_label(p, cn_view_between(begin, end), build->line);
    }
    char *out = cn_build_room(build, (size_t)(at - begin) + 1);
    if (p->space) put_gap(p, *begin), out = build->text + build->length;
    memcpy(out, begin, (size_t)(at - begin));
    build->length += (size_t)(at - begin);
    if (build->link) build->linked += (uint32_t)(at - begin);
  }
}

/* 10<sup>4</sup> is not 104, m<sup>2</sup> is m². */
static void put_superscript(page *p, cn_view text, uint32_t line) {
  static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  for (size_t i = 0; i < text.n; i++) {
    bool digit = text.p[i] >= '0' && text.p[i] <= '9';
    put_text(p, digit ? cn_view_of(digits[text.p[i] - '0']) : cn_view_slice(text, i, i + 1), line);
  }
}

static void on_text(void *self, cn_view text, uint32_t line) {
  page *p = self;
  if (p->dropping) return;
  line += p->line_before;
  if (p->in_title) {
    size_t n = text.n < sizeof p->title - p->title_length ? text.n : sizeof p->title - p->title_length;
    memcpy(p->title + p->title_length, text.p, n);
    p->title_length += n;
  } else if (p->build.style.verbatim) {
    cn_build_text(&p->build, text, line - lines_in(text.p, text.p + text.n));
  } else if (p->super) {
    put_superscript(p, text, line);
  } else {
    put_text(p, text, line);
  }
}

/* ---- Elements ---- */

static cn_tag tag_of(page *p, const char *name, uint8_t *level) {
  size_t slot = ((uintptr_t)name >> 3 ^ (uintptr_t)name >> 11) % NAME_CACHE;
  if (p->cache[slot].name != name) {
    p->cache[slot].name = name;
    p->cache[slot].tag = cn_tag_of(name, &p->cache[slot].level);
  }
  *level = p->cache[slot].level;
  return p->cache[slot].tag;
}

/* Hints that government sites put in the head: <meta name="PubDate" content="2019-01-25">. */
static void read_meta(page *p, const char *const *attributes, uint32_t line) {
  cn_view name = attribute(attributes, "name"), content = cn_view_trim(attribute(attributes, "content"));
  if (!same_word(name, "PubDate") && !same_word(name, "ArticleTitle") && !same_word(name, "ContentSource")) return;
  if (!content.n) return;
  const char *label = same_word(name, "PubDate")        ? "PubDate"
                      : same_word(name, "ArticleTitle") ? "ArticleTitle"
                                                        : "ContentSource";
  cn_item item = {.line = line, .block = p->build.block};
  cn_element *field = cn_build_add(&p->build, CN_ELEMENT_FIELD, &item);
  field->label = cn_view_of(label);
  field->text = cn_arena_copy(p->build.arena, content);
}

static void begin_item(page *p) {
  open_element *list = NULL;
  for (size_t i = p->depth; i-- > 0 && !list;)
    if (p->open[i].tag == CN_TAG_NUMBERED || p->open[i].tag == CN_TAG_LIST) list = &p->open[i];
  p->label_length = 0;
  if (!list || list->ordinal == CN_ORDINAL_NONE) return;
  p->label_length = cn_ordinal_write(p->label, list->ordinal, list->number++);
  cn_view stop = list->ordinal == CN_ORDINAL_CHINESE ? CN_VIEW("、") : CN_VIEW(". ");
  memcpy(p->label + p->label_length, stop.p, stop.n);
  p->label_length += stop.n;
}

static void begin_list(open_element *element, const char *const *attributes, cn_view style) {
  if (element->tag != CN_TAG_NUMBERED) return;
  cn_view type = attribute(attributes, "type"), css = style_property(style, "list-style-type");
  if (!css.n) css = style_property(style, "list-style");
  element->ordinal = css.n ? cn_ordinal_of(css) : type.n ? cn_ordinal_of(type) : CN_ORDINAL_DECIMAL;
  element->number = span_attribute(attributes, "start", 0);
}

/* Begins a box and marks it where its name says furniture. */
static void begin_box(page *p, const open_element *element, const char *const *attributes) {
  cn_build_box(&p->build);
  bool named = element->tag != CN_TAG_CELL && element->tag != CN_TAG_HEADER_CELL && attributes &&
               (is_furniture(p, attribute(attributes, "class")) || is_furniture(p, attribute(attributes, "id")));
  p->build.boxes[p->build.block].furniture = named || element->tag == CN_TAG_FURNITURE;
}

static void begin_cell(page *p, open_element *element, const char *const *attributes, uint32_t line) {
  cn_span span = {.columns = span_attribute(attributes, "colspan", 1),
                  .rows = span_attribute(attributes, "rowspan", CN_MAX_ROWSPAN),
                  .header = element->tag == CN_TAG_HEADER_CELL};
  cn_build_cell(&p->build, span, line);
  begin_box(p, element, attributes);
}

static void begin_block(page *p, open_element *element, const char *const *attributes, uint32_t line, cn_view style) {
  cn_build *build = &p->build;
  switch (element->tag) {
  case CN_TAG_TABLE:
    cn_build_table(build, line);
    begin_box(p, element, attributes);
    break;
  case CN_TAG_ROW: cn_build_row(build, line); break;
  case CN_TAG_CELL:
  case CN_TAG_HEADER_CELL: begin_cell(p, element, attributes, line); break;
  case CN_TAG_NUMBERED:
  case CN_TAG_LIST:
    begin_list(element, attributes, style);
    begin_box(p, element, attributes);
    break;
  case CN_TAG_ITEM: begin_item(p); break;
  case CN_TAG_BOX:
  case CN_TAG_FURNITURE: begin_box(p, element, attributes); break;
  case CN_TAG_BLOCK:
    if (is_furniture(p, attribute(attributes, "class"))) begin_box(p, element, attributes);
    break;
  case CN_TAG_INLINE:
  case CN_TAG_DROP:
  case CN_TAG_HEADING:
  case CN_TAG_BREAK:
  case CN_TAG_CAPTION:
  case CN_TAG_TERM:
  case CN_TAG_CENTER:
  case CN_TAG_LINK:
  case CN_TAG_VERBATIM:
  case CN_TAG_TITLE:
  case CN_TAG_META:
  case CN_TAG_SUPER: break;
  }
}

static bool is_block(cn_tag tag) {
  return tag != CN_TAG_INLINE && tag != CN_TAG_LINK && tag != CN_TAG_SUPER && tag != CN_TAG_BREAK &&
         tag != CN_TAG_TITLE && tag != CN_TAG_META;
}

/* How a paragraph inside the element stands, from how it stands around it. */
static cn_style style_inside(cn_style style, cn_tag tag, uint8_t level, const char *const *attributes, cn_view css) {
  if (tag == CN_TAG_CELL || tag == CN_TAG_HEADER_CELL) style = (cn_style){0};
  if (tag == CN_TAG_HEADING) style.level = level;
  if (tag == CN_TAG_CENTER) style.centered = true, style.right = false;
  if (tag == CN_TAG_LIST || tag == CN_TAG_NUMBERED) style.listed = tag == CN_TAG_LIST;
  if (tag == CN_TAG_CAPTION) style.caption = true;
  style.term = tag == CN_TAG_TERM;
  if (tag == CN_TAG_VERBATIM) style.verbatim = true;
  if (!attributes || tag == CN_TAG_TABLE) return style;
  align(&style, attribute(attributes, "align"));
  if (css.n) align(&style, style_property(css, "text-align"));
  return style;
}

static void on_start(void *self, const char *name, const char *const *attributes, uint32_t line) {
  page *p = self;
  uint8_t level;
  cn_tag tag = tag_of(p, name, &level);
  cn_view css = attributes ? attribute(attributes, "style") : CN_NULL_VIEW;
  if (p->dropping || tag == CN_TAG_DROP || (attributes && is_hidden(attributes, css))) {
    if (!p->dropping && is_block(tag) && tag != CN_TAG_DROP) cn_build_paragraph(&p->build, p->build.style);
    p->dropping++;
    return;
  }
  line += p->line_before;
  p->open = cn_arena_grow(p->build.arena, p->open, p->depth, &p->capacity, sizeof *p->open);
  open_element *element = &p->open[p->depth];
  cn_style around = p->depth ? p->open[p->depth - 1].style : (cn_style){0};
  *element = (open_element){
      .tag = tag, .style = around, .block = p->build.block, .link = p->build.link, .super = p->super, .number = 1};
  if (tag == CN_TAG_BREAK) cn_build_text(&p->build, CN_VIEW("\n"), line), p->space = p->newline = false;
  if (tag == CN_TAG_LINK && !cn_view_is_null(attribute(attributes, "href"))) p->build.link = true;
  if (tag == CN_TAG_SUPER) p->super = true;
  if (tag == CN_TAG_TITLE) p->in_title = p->title_length == 0;
  if (tag == CN_TAG_META && attributes) read_meta(p, attributes, line);
  if (is_block(tag)) {
    element->style = style_inside(around, tag, level, attributes, css);
    cn_build_paragraph(&p->build, element->style);
    p->space = p->newline = false;
    begin_block(p, element, attributes, line, css);
  }
  p->depth++;
}

static void on_end(void *self, const char *name) {
  (void)name;
  page *p = self;
  if (p->dropping) {
    p->dropping--;
    return;
  }
  if (!p->depth) return;
  const open_element *element = &p->open[--p->depth];
  if (is_block(element->tag)) {
    cn_build_paragraph(&p->build, p->depth ? p->open[p->depth - 1].style : (cn_style){0});
    p->space = p->newline = false;
  }
  if (element->tag == CN_TAG_CELL || element->tag == CN_TAG_HEADER_CELL) cn_build_cell_end(&p->build);
  if (element->tag == CN_TAG_ROW) cn_build_row_end(&p->build);
  if (element->tag == CN_TAG_TABLE) cn_build_table_end(&p->build);
  if (element->tag == CN_TAG_ITEM) p->label_length = 0;
  if (element->tag == CN_TAG_TITLE) p->in_title = false;
  p->build.link = element->link, p->super = element->super;
  p->build.block = element->block;
}

/* ---- Documents ---- */

/* Blanks out what Word leaves between its own brackets and the parser would take for text: <![if !supportLists]>. */
static cn_view without_conditions(cn_arena *arena, cn_view text) {
  if (cn_view_find(text, CN_VIEW("<![if "), 0) == SIZE_MAX) return text;
  char *out = cn_arena_alloc(arena, text.n);
  memcpy(out, text.p, text.n);
  for (size_t at = 0; (at = cn_view_find(text, CN_VIEW("<!["), at)) != SIZE_MAX; at += 3) {
    cn_view rest = cn_view_slice(text, at, at + 200);
    size_t end = cn_view_find(rest, CN_VIEW("]>"), 0);
    bool condition = cn_view_starts(rest, CN_VIEW("<![if ")) || cn_view_starts(rest, CN_VIEW("<![endif]>"));
    if (condition && end != SIZE_MAX) memset(out + at, ' ', end + 2);
  }
  return (cn_view){out, text.n};
}

static void read_page(page *p, cn_view text) {
  text = without_conditions(p->build.arena, text);
  cn_html_handler handler = {.self = p, .start = on_start, .end = on_end, .text = on_text};
  uint32_t deepest;
  cn_html_parse(p->build.arena, text, MAX_DEPTH, &handler, &deepest);
  if (deepest)
    cn_build_limit(&p->build, deepest + p->line_before, "tags are nested too deep; what lies beyond was not read");
  cn_build_finish(&p->build);
}

void cn_html_fragment(cn_document *document, cn_view text, uint32_t line, cn_flow *flow) {
  page *p = cn_arena_new(document->window, page, 1);
  p->document = document;
  p->line_before = line ? line - 1 : 0;
  cn_build_init(&p->build, document, flow);
  read_page(p, text);
}

/* <title>, on one line. */
static cn_view page_title(page *p) {
  cn_view title = cn_view_trim((cn_view){p->title, cn_utf8_valid_prefix((cn_view){p->title, p->title_length})});
  if (!title.n) return CN_NULL_VIEW;
  char *out = cn_arena_alloc(p->build.arena, title.n), *at = out;
  for (size_t i = 0; i < title.n; i++)
    if (!is_blank(title.p[i]))
      *at++ = title.p[i];
    else if (at[-1] != ' ')
      *at++ = ' ';
  return cn_view_between(out, at);
}

/* The charset a page declares in its first bytes: <meta charset=gbk>, <meta … content="text/html; charset=gb2312">, or
 * <?xml encoding="gb2312"?>. NULL where it declares none. */
static const char *declared_charset(cn_arena *arena, cn_view bytes) {
  cn_view head = cn_view_slice(bytes, 0, 8192);
  for (size_t i = 0; i + 9 < head.n; i++) {
    bool xml = cn_view_starts(head, CN_VIEW("<?xml")) && i < 200 && strncasecmp(head.p + i, "encoding", 8) == 0;
    if (!xml && strncasecmp(head.p + i, "charset", 7) != 0) continue;
    size_t at = i + (xml ? 8 : 7);
    while (at < head.n && (is_blank(head.p[at]) || head.p[at] == '=' || head.p[at] == '\'' || head.p[at] == '"')) at++;
    size_t end = at;
    while (end < head.n && (head.p[end] == '-' || head.p[end] == '_' || (head.p[end] >= '0' && head.p[end] <= '9') ||
                            ((head.p[end] | 32) >= 'a' && (head.p[end] | 32) <= 'z')))
      end++;
    /* A declaration that can be read byte by byte is not in UTF-16, whatever it says. */
    bool wide = end - at >= 6 && strncasecmp(head.p + at, "utf-16", 6) == 0;
    if (end - at >= 3 && end - at < 40 && !wide) return cn_arena_string(arena, cn_view_slice(head, at, end));
  }
  return NULL;
}

static cn_status read_document(cn_document *document, cn_flow *flow) {
  CN_TRY(cn_source_decode(document, declared_charset(document->arena, document->bytes)));
  page *p = cn_arena_new(document->window, page, 1);
  p->document = document;
  cn_build_init(&p->build, document, flow);
  read_page(p, document->text);
  flow->title = page_title(p);
  cn_build_mark_chrome(&p->build);
  return CN_OK;
}

/* ---- Recognising ---- */

bool cn_html_begins(cn_view text) {
  static const char *const tags[] = {"!doctype html", "html",  "head",    "body",    "meta",     "title",  "table",
                                     "tbody",         "tr",    "div",     "p",       "span",     "script", "style",
                                     "link",          "h1",    "h2",      "h3",      "ul",       "ol",     "dl",
                                     "caption",       "br",    "nav",     "header",  "fieldset", "pre",    "center",
                                     "font",          "form",  "section", "article", "main",     "b",      "strong",
                                     "base",          "thead", "td",      "a"};
  text = cn_view_trim(text);
  while (cn_view_starts(text, CN_VIEW("<!--")) || cn_view_starts(text, CN_VIEW("<?xml"))) {
    size_t end = cn_view_find(text, text.p[1] == '?' ? CN_VIEW("?>") : CN_VIEW("-->"), 0);
    if (end == SIZE_MAX) return text.p[1] == '!';
    text = cn_view_trim(cn_view_slice(text, end + (text.p[1] == '?' ? 2 : 3), text.n));
  }
  if (text.n < 2 || text.p[0] != '<') return false;
  for (size_t i = 0; i < CN_COUNT(tags); i++) {
    size_t n = strlen(tags[i]);
    if (text.n <= n + 1 || strncasecmp(text.p + 1, tags[i], n) != 0) continue;
    char after = text.p[n + 1];
    if (is_blank(after) || after == '>' || after == '/') return true;
  }
  return false;
}

/* UTF-16 is thinned to its ASCII bytes, enough to see the first tags. */
static bool matches(cn_view bytes, const cn_input *input) {
  (void)input;
  char thin[2048];
  size_t n = 0, start = 0, step = 1;
  if (cn_view_starts(bytes, CN_VIEW("\xFF\xFE")))
    start = 2, step = 2;
  else if (cn_view_starts(bytes, CN_VIEW("\xFE\xFF")))
    start = 3, step = 2;
  else if (cn_view_starts(bytes, CN_VIEW("\xEF\xBB\xBF")))
    start = 3;
  for (size_t i = start; i < bytes.n && n < sizeof thin; i += step)
    thin[n++] = (unsigned char)bytes.p[i] < 0x80 ? bytes.p[i] : '?';
  return cn_html_begins((cn_view){thin, n});
}

const cn_reader cn_reader_html = {.name = "html", .media_type = "text/html", .matches = matches, .read = read_document};
