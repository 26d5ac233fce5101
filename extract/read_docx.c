/* read_docx: Word documents (OOXML). In: the zip file.  Out: a flow: headings by outline level, paragraphs with the
 * labels of automatic numbering before them, tables with merged cells resolved, text boxes where they are anchored.
 * Deleted text (tracked changes) is dropped, inserted text kept. */
#include "extract/build.h"
#include "extract/container.h"
#include "extract/guard.h"
#include "extract/markup.h"
#include "extract/numbering.h"

enum { MAX_BOXES = 16, MAX_STYLE_CHAIN = 16 };

/* A paragraph style of styles.xml. */
typedef struct word_style {
  cn_view id, based_on, list;
  int64_t list_level, outline; /* 0-based; -1: not said */
  bool title, aligned, centered, right;
} word_style;

/* What a paragraph's properties say. */
typedef struct paragraph {
  cn_style style;
  cn_view list;
  int64_t list_level;
  bool aligned;
} paragraph;

typedef struct word {
  cn_document *document;
  cn_build build;
  cn_xml *xml;
  word_style *styles;
  size_t style_count, style_capacity;
  cn_numbering numbering;
  bool in_text, hidden;
  bool cell_waits, header_row; /* a <w:tc> whose properties have not been read yet */
  cn_span span;
  struct {
    cn_view text;
    cn_style style;
  } boxes[MAX_BOXES]; /* paragraphs that hold the text boxes that are open */
  size_t box_count;
} word;

/* ---- Styles ---- */

static void set_alignment(word *w, bool *aligned, bool *centered, bool *right) {
  cn_view value = cn_xml_attribute(w->xml, "val");
  *aligned = true;
  *centered = cn_view_is(value, "center");
  *right = cn_view_is(value, "right") || cn_view_is(value, "end");
}

/* heading 1, Heading 1, 标题 1; Title and 标题 stand centred at the top. */
static void read_style_name(word *w, word_style *style) {
  cn_view name = cn_xml_attribute(w->xml, "val");
  style->title = cn_view_is(name, "Title") || cn_view_is(name, "标题");
  bool heading = name.n > 1 && (strncasecmp(name.p, "heading ", name.n < 8 ? name.n : 8) == 0 ||
                                cn_view_starts(name, CN_VIEW("标题 ")));
  char last = name.n ? name.p[name.n - 1] : 0;
  if (heading && last >= '1' && last <= '9') style->outline = last - '1';
}

static void read_style_part(word *w, word_style *style) {
  cn_xml *xml = w->xml;
  if (cn_xml_is(xml, "name"))
    read_style_name(w, style);
  else if (cn_xml_is(xml, "basedOn"))
    style->based_on = cn_xml_attribute(xml, "val");
  else if (cn_xml_is(xml, "outlineLvl"))
    style->outline = cn_xml_number(xml, "val", -1);
  else if (cn_xml_is(xml, "numId"))
    style->list = cn_xml_attribute(xml, "val");
  else if (cn_xml_is(xml, "ilvl"))
    style->list_level = cn_xml_number(xml, "val", 0);
  else if (cn_xml_is(xml, "jc"))
    set_alignment(w, &style->aligned, &style->centered, &style->right);
}

static void read_styles(word *w) {
  word_style *style = NULL;
  for (cn_xml_event event; (event = cn_xml_next(w->xml)) < CN_XML_DONE;) {
    if (event != CN_XML_START) continue;
    if (cn_xml_is(w->xml, "style")) {
      w->styles = cn_arena_grow(w->document->arena, w->styles, w->style_count, &w->style_capacity, sizeof *w->styles);
      style = &w->styles[w->style_count++];
      *style = (word_style){.id = cn_xml_attribute(w->xml, "styleId"), .outline = -1, .list_level = -1};
    } else if (style) {
      read_style_part(w, style);
    }
  }
}

static const word_style *find_style(const word *w, cn_view id) {
  for (size_t i = 0; id.n && i < w->style_count; i++)
    if (cn_view_equal(w->styles[i].id, id)) return &w->styles[i];
  return NULL;
}

static void set_outline(paragraph *p, int64_t outline) {
  if (!p->style.level && outline >= 0 && outline < 9) p->style.level = (uint8_t)(outline + 1);
}

/* What the paragraph does not say itself, its style says, or the style that one is based on. */
static void apply_style(const word *w, paragraph *p, cn_view id) {
  const word_style *style = find_style(w, id);
  for (int i = 0; style && i < MAX_STYLE_CHAIN; i++, style = find_style(w, style->based_on)) {
    set_outline(p, style->outline);
    if (style->title && !p->style.level) p->style.level = 1, p->style.centered = true;
    if (!p->list.p && style->list.p) p->list = style->list;
    if (p->list_level < 0) p->list_level = style->list_level;
    if (!p->aligned && style->aligned) {
      p->style.centered = style->centered, p->style.right = style->right;
      p->aligned = true;
    }
  }
}

/* ---- Paragraphs ---- */

/* Reads <w:pPr> to its end. */
static cn_xml_event read_paragraph_properties(word *w, paragraph *p) {
  int depth = cn_xml_depth(w->xml);
  cn_view style = CN_NULL_VIEW;
  int64_t outline = -1;
  cn_xml_event event;
  while ((event = cn_xml_next(w->xml)) < CN_XML_DONE) {
    if (event == CN_XML_END && cn_xml_depth(w->xml) <= depth) break;
    if (event != CN_XML_START) continue;
    if (cn_xml_is(w->xml, "rPr") || cn_xml_is(w->xml, "pPrChange") || cn_xml_is(w->xml, "sectPr"))
      event = cn_xml_skip(w->xml);
    else if (cn_xml_is(w->xml, "pStyle"))
      style = cn_xml_attribute(w->xml, "val");
    else if (cn_xml_is(w->xml, "outlineLvl"))
      outline = cn_xml_number(w->xml, "val", -1);
    else if (cn_xml_is(w->xml, "numId"))
      p->list = cn_xml_attribute(w->xml, "val");
    else if (cn_xml_is(w->xml, "ilvl"))
      p->list_level = cn_xml_number(w->xml, "val", 0);
    else if (cn_xml_is(w->xml, "jc"))
      set_alignment(w, &p->aligned, &p->style.centered, &p->style.right);
    if (event >= CN_XML_DONE) return event;
  }
  set_outline(p, outline);
  apply_style(w, p, style);
  return event;
}

static cn_xml_event begin_properties(word *w) {
  paragraph p = {.list_level = -1};
  cn_xml_event event = read_paragraph_properties(w, &p);
  cn_build_paragraph(&w->build, p.style);
  if (p.list.n && !cn_view_is(p.list, "0")) {
    cn_view label = cn_numbering_next(w->document->arena, &w->numbering, p.list, p.list_level < 0 ? 0 : p.list_level);
    cn_build_text(&w->build, label, 0);
  }
  return event;
}

/* A text box stands inside the paragraph that it is anchored in; its paragraphs come first. */
static void begin_box(word *w) {
  cn_build *build = &w->build;
  w->boxes[w->box_count].text = cn_arena_copy(build->arena, (cn_view){build->text, build->length});
  w->boxes[w->box_count++].style = build->style;
  build->length = 0;
}

static void end_box(word *w) {
  cn_build_paragraph(&w->build, (cn_style){0});
  if (!w->box_count) return;
  w->box_count--;
  cn_build_paragraph(&w->build, w->boxes[w->box_count].style);
  cn_build_text(&w->build, w->boxes[w->box_count].text, 0);
}

/* ---- Tables ---- */

static cn_xml_event read_cell_properties(word *w) {
  int depth = cn_xml_depth(w->xml);
  cn_xml_event event;
  while ((event = cn_xml_next(w->xml)) < CN_XML_DONE) {
    if (event == CN_XML_END && cn_xml_depth(w->xml) <= depth) break;
    if (event != CN_XML_START) continue;
    int64_t columns = cn_xml_is(w->xml, "gridSpan") ? cn_xml_number(w->xml, "val", 1) : 1;
    if (columns > 1) w->span.columns = columns < CN_MAX_COLUMNS ? (uint32_t)columns : CN_MAX_COLUMNS;
    if (cn_xml_is(w->xml, "vMerge")) w->span.above = !cn_view_is(cn_xml_attribute(w->xml, "val"), "restart");
  }
  return event;
}

static void open_cell(word *w) {
  if (!w->cell_waits) return;
  w->cell_waits = false;
  w->span.header = w->header_row;
  cn_build_cell(&w->build, w->span, 0);
}

/* Cells that a row leaves out before its first: <w:gridBefore w:val="1"/>. */
static cn_xml_event read_row_properties(word *w) {
  int depth = cn_xml_depth(w->xml);
  cn_xml_event event;
  while ((event = cn_xml_next(w->xml)) < CN_XML_DONE) {
    if (event == CN_XML_END && cn_xml_depth(w->xml) <= depth) break;
    if (event != CN_XML_START) continue;
    if (cn_xml_is(w->xml, "tblHeader")) w->header_row = !cn_view_is(cn_xml_attribute(w->xml, "val"), "0");
    int64_t before = cn_xml_is(w->xml, "gridBefore") ? cn_xml_number(w->xml, "val", 0) : 0;
    for (; before > 0 && before < CN_MAX_COLUMNS; before--)
      cn_build_cell(&w->build, (cn_span){.columns = 1, .rows = 1}, 0);
  }
  return event;
}

/* ---- The document ---- */

static bool is_skipped(const cn_xml *xml) {
  static const char *const names[] = {"del",     "moveFrom", "Fallback",  "sectPr",   "tblPr",   "tblGrid",
                                      "sdtPr",   "sdtEndPr", "instrText", "delText",  "tblPrEx", "rt",
                                      "fldData", "binData",  "chart",     "docPartPr"};
  cn_view name = cn_xml_name(xml);
  for (size_t i = 0; i < CN_COUNT(names); i++)
    if (cn_view_is(name, names[i])) return true;
  return false;
}

static cn_xml_event read_run_properties(word *w) {
  int depth = cn_xml_depth(w->xml);
  cn_xml_event event;
  while ((event = cn_xml_next(w->xml)) < CN_XML_DONE) {
    if (event == CN_XML_END && cn_xml_depth(w->xml) <= depth) break;
    if (event == CN_XML_START && cn_xml_is(w->xml, "vanish"))
      w->hidden = !cn_view_is(cn_xml_attribute(w->xml, "val"), "0");
  }
  return event;
}

static void start_break(word *w) {
  cn_view type = cn_xml_attribute(w->xml, "type");
  bool page = cn_view_is(type, "page") || cn_view_is(type, "column");
  if (!page) cn_build_text(&w->build, CN_VIEW("\n"), 0);
}

static cn_xml_event start(word *w) {
  cn_xml *xml = w->xml;
  cn_build *build = &w->build;
  if (is_skipped(xml)) return cn_xml_skip(xml);
  if (cn_xml_is(xml, "tcPr")) return read_cell_properties(w);
  if (cn_xml_is(xml, "trPr")) return read_row_properties(w);
  if (cn_xml_is(xml, "pPr")) return begin_properties(w);
  if (cn_xml_is(xml, "rPr")) return read_run_properties(w);
  if (cn_xml_is(xml, "p"))
    open_cell(w), cn_build_paragraph(build, (cn_style){0});
  else if (cn_xml_is(xml, "t"))
    w->in_text = true;
  else if (cn_xml_is(xml, "tab"))
    cn_build_text(build, CN_VIEW("\t"), 0);
  else if (cn_xml_is(xml, "br"))
    start_break(w);
  else if (cn_xml_is(xml, "cr"))
    cn_build_text(build, CN_VIEW("\n"), 0);
  else if (cn_xml_is(xml, "noBreakHyphen"))
    cn_build_text(build, CN_VIEW("-"), 0);
  else if (cn_xml_is(xml, "tbl"))
    open_cell(w), cn_build_table(build, 0);
  else if (cn_xml_is(xml, "tr"))
    w->header_row = false, cn_build_row(build, 0);
  else if (cn_xml_is(xml, "tc"))
    w->cell_waits = true, w->span = (cn_span){.columns = 1, .rows = 1};
  else if (cn_xml_is(xml, "txbxContent")) {
    if (w->box_count == MAX_BOXES) return cn_xml_skip(xml);
    begin_box(w);
  }
  return CN_XML_START;
}

static void end(word *w) {
  cn_xml *xml = w->xml;
  if (cn_xml_is(xml, "t"))
    w->in_text = false;
  else if (cn_xml_is(xml, "r"))
    w->hidden = false;
  else if (cn_xml_is(xml, "p"))
    cn_build_paragraph(&w->build, (cn_style){0});
  else if (cn_xml_is(xml, "tc"))
    open_cell(w), cn_build_cell_end(&w->build);
  else if (cn_xml_is(xml, "tr"))
    cn_build_row_end(&w->build);
  else if (cn_xml_is(xml, "tbl"))
    cn_build_table_end(&w->build);
  else if (cn_xml_is(xml, "txbxContent"))
    end_box(w);
}

static cn_xml_event read_body(word *w) {
  cn_xml_event event = CN_XML_START;
  while (event < CN_XML_DONE) {
    event = cn_xml_next(w->xml);
    if (event == CN_XML_START)
      event = start(w);
    else if (event == CN_XML_END)
      end(w);
    else if (event == CN_XML_TEXT && w->in_text && !w->hidden)
      cn_build_text(&w->build, cn_xml_text(w->xml), 0);
  }
  return event;
}

/* The main part: word/document.xml by custom, whatever the package's relations say by right. */
typedef struct relation {
  cn_xml *xml;
  cn_view target;
} relation;

static cn_status find_target(void *self) {
  relation *r = self;
  for (cn_xml_event event; (event = cn_xml_next(r->xml)) < CN_XML_DONE;)
    if (event == CN_XML_START && cn_view_ends(cn_xml_attribute(r->xml, "Type"), CN_VIEW("/officeDocument")))
      r->target = cn_xml_attribute(r->xml, "Target");
  return CN_OK;
}

static void close_relation(void *self) { cn_xml_close(((relation *)self)->xml); }

static cn_view main_part(cn_arena *arena, const cn_container *container) {
  cn_view part = cn_container_member(container, "word/document.xml"),
          relations = cn_container_member(container, "_rels/.rels");
  if (part.p || !relations.n) return part;
  relation r = {.xml = cn_xml_open(arena, relations)};
  if (cn_guard(arena, find_target, close_relation, &r) != CN_OK || !r.target.n) return part;
  if (r.target.p[0] == '/') r.target = cn_view_slice(r.target, 1, r.target.n);
  return cn_container_member(container, cn_arena_string(arena, r.target));
}

static bool wanted(cn_view name) {
  return cn_view_is(name, "_rels/.rels") || cn_view_is(name, "docProps/core.xml") ||
         (cn_view_ends(name, CN_VIEW(".xml")) &&
          (cn_view_starts(name, CN_VIEW("word/document")) || cn_view_is(name, "word/styles.xml") ||
           cn_view_is(name, "word/numbering.xml")));
}

typedef struct part_work {
  word *w;
  cn_xml_event last;
  bool styles;
} part_work;

static cn_status work(void *self) {
  part_work *p = self;
  if (p->styles)
    read_styles(p->w);
  else
    p->last = read_body(p->w);
  return CN_OK;
}

static void release(void *self) { cn_xml_close(((part_work *)self)->w->xml); }

static cn_xml_event read_part(word *w, cn_view part, bool styles) {
  part_work p = {.w = w, .styles = styles, .last = CN_XML_DONE};
  if (!part.n) return CN_XML_DONE;
  w->xml = cn_xml_open(w->document->arena, part);
  return cn_guard(w->document->arena, work, release, &p) == CN_OK ? p.last : CN_XML_BROKEN;
}

static cn_status read_document(cn_document *document, cn_flow *flow) {
  cn_container container = {0};
  CN_TRY(cn_container_read(document, wanted, &container));
  word *w = cn_arena_new(document->arena, word, 1);
  w->document = document;
  cn_build_init(&w->build, document, flow);
  cn_view part = main_part(document->arena, &container);
  if (!part.p) return cn_fail(document, CN_BROKEN, CN_NONE, "the Word file has no main part (word/document.xml)");
  read_part(w, cn_container_member(&container, "word/styles.xml"), true);
  cn_numbering_read(document->arena, cn_container_member(&container, "word/numbering.xml"), &w->numbering);
  cn_xml_event last = read_part(w, part, false);
  cn_build_finish(&w->build);
  cn_build_mark_chrome(&w->build);
  flow->title = cn_container_title(document->arena, &container, "docProps/core.xml");
  if (last != CN_XML_BROKEN) return CN_OK;
  if (!flow->count)
    return cn_fail(document, CN_BROKEN, CN_NONE, "word/document.xml is damaged: nothing of it could be read");
  cn_document_note(document, CN_DIAG_CONTAINER_DAMAGED, CN_NONE, CN_NONE,
                   CN_VIEW("word/document.xml is damaged or cut off; what could be read is given"));
  return CN_OK;
}

static bool matches(cn_view bytes, const cn_input *input) {
  (void)input;
  return cn_is_zip(bytes) && cn_zip_holds(bytes, "word/");
}

const cn_reader cn_reader_docx = {.name = "docx",
                                  .media_type =
                                      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                  .matches = matches,
                                  .read = read_document};
