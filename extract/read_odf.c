/* read_odf: OpenDocument texts and sheets (ODT, ODS). In: the zip file.  Out: a flow, as from Word and Excel. Texts
 * give headings, paragraphs with list labels, tables with merged cells; sheets give each visible table as it is shown.
 */
#include "extract/build.h"
#include "extract/container.h"
#include "extract/guard.h"
#include "extract/markup.h"
#include "extract/numbering.h"
#include "extract/sheet.h"

enum { MAX_LISTS = 10, MAX_BOXES = 16, MAX_REPEAT = 4096, MAX_STYLE_CHAIN = 16 };

/* A style of a paragraph or table, or the format of a list. */
typedef struct odf_style {
  cn_view name, parent;
  bool aligned, centered, right, hidden;
  int64_t outline;
  cn_list_kind *list;
} odf_style;

typedef struct odf {
  cn_document *document;
  cn_arena *arena;
  cn_build build;
  cn_xml *xml;
  odf_style *styles;
  size_t style_count, style_capacity;
  bool in_paragraph, sheets, broken;
  size_t list_depth;
  cn_list_kind *lists[MAX_LISTS];
  bool item_begins;
  struct {
    cn_view text;
    cn_style style;
    bool in_paragraph;
  } boxes[MAX_BOXES];
  size_t box_count;
  cn_sheet *sheet; /* the one that is being read */
  uint32_t row, column, row_repeat;
  size_t sheet_count;
} odf;

/* ---- Styles ---- */

static odf_style *find_style(odf *o, cn_view name, bool list) {
  for (size_t i = o->style_count; name.n && i-- > 0;)
    if (cn_view_equal(o->styles[i].name, name) && (o->styles[i].list != NULL) == list) return &o->styles[i];
  return NULL;
}

static odf_style *add_style(odf *o) {
  o->styles = cn_arena_grow(o->arena, o->styles, o->style_count, &o->style_capacity, sizeof *o->styles);
  odf_style *style = &o->styles[o->style_count++];
  *style = (odf_style){.name = cn_xml_attribute(o->xml, "name"),
                       .parent = cn_xml_attribute(o->xml, "parent-style-name"),
                       .outline = cn_xml_number(o->xml, "default-outline-level", 0)};
  return style;
}

/* <text:list-level-style-number text:level="1" style:num-prefix="（" style:num-format="一, 二, 三, ..."
 * style:num-suffix="）"/>, told as Word tells it: （%1）. */
static void read_list_level(odf *o, cn_list_kind *kind) {
  int64_t level = cn_xml_number(o->xml, "level", 1);
  if (level < 1 || level > CN_LIST_LEVELS) return;
  cn_view prefix = cn_xml_attribute(o->xml, "num-prefix"), suffix = cn_xml_attribute(o->xml, "num-suffix");
  cn_view format = cn_xml_attribute(o->xml, "num-format");
  int64_t shown = cn_xml_number(o->xml, "display-levels", 1);
  char numbers[3 * CN_LIST_LEVELS + 1] = "";
  size_t n = 0;
  for (int64_t i = shown > level ? 1 : level - shown + 1; i <= level; i++)
    n += (size_t)snprintf(numbers + n, sizeof numbers - n, "%s%%%lld", n ? "." : "", (long long)i);
  bool numbered = cn_xml_is(o->xml, "list-level-style-number") && format.n;
  kind->levels[level - 1] =
      (cn_list_level){.style = numbered ? cn_ordinal_of(format) : CN_ORDINAL_NONE,
                      .text = cn_arena_format(o->arena, "%.*s%s%.*s", (int)prefix.n, prefix.n ? prefix.p : "", numbers,
                                              (int)suffix.n, suffix.n ? suffix.p : ""),
                      .start = cn_xml_number(o->xml, "start-value", 1)};
}

static void read_style(odf *o, odf_style **style) {
  cn_xml *xml = o->xml;
  if (cn_xml_is(xml, "style")) *style = add_style(o);
  if (cn_xml_is(xml, "list-style")) *style = add_style(o), (*style)->list = cn_arena_new(o->arena, cn_list_kind, 1);
  if (!*style) return;
  if ((*style)->list && (cn_xml_is(xml, "list-level-style-number") || cn_xml_is(xml, "list-level-style-bullet")))
    read_list_level(o, (*style)->list);
  if (cn_xml_is(xml, "paragraph-properties")) {
    cn_view align = cn_xml_attribute(xml, "text-align");
    (*style)->aligned = align.n > 0;
    (*style)->centered = cn_view_is(align, "center");
    (*style)->right = cn_view_is(align, "end") || cn_view_is(align, "right");
  }
  if (cn_xml_is(xml, "table-properties")) (*style)->hidden = cn_view_is(cn_xml_attribute(xml, "display"), "false");
}

/* <office:styles> or <office:automatic-styles>, to its end. */
static cn_xml_event read_styles(odf *o) {
  int depth = cn_xml_depth(o->xml);
  odf_style *style = NULL;
  cn_xml_event event;
  while ((event = cn_xml_next(o->xml)) < CN_XML_DONE) {
    if (event == CN_XML_END && cn_xml_depth(o->xml) <= depth) break;
    if (event == CN_XML_START) read_style(o, &style);
  }
  return event;
}

static cn_style paragraph_style(odf *o) {
  cn_style style = {0};
  bool aligned = false;
  int64_t level = cn_xml_is(o->xml, "h") ? cn_xml_number(o->xml, "outline-level", 1) : 0;
  odf_style *named = find_style(o, cn_xml_attribute(o->xml, "style-name"), false);
  for (int i = 0; named && i < MAX_STYLE_CHAIN; i++, named = find_style(o, named->parent, false)) {
    if (!aligned && named->aligned) style.centered = named->centered, style.right = named->right, aligned = true;
    if (cn_view_is(named->name, "Title")) level = level ? level : 1;
  }
  style.level = (uint8_t)(level < 0 ? 0 : level > 9 ? 9 : level);
  return style;
}

/* ---- Lists ---- */

static void begin_list(odf *o) {
  cn_view name = cn_xml_attribute(o->xml, "style-name");
  odf_style *style = find_style(o, name, true);
  cn_list_kind *kind = style ? style->list : o->list_depth ? o->lists[(o->list_depth - 1) % MAX_LISTS] : NULL;
  bool goes_on = cn_view_is(cn_xml_attribute(o->xml, "continue-numbering"), "true") ||
                 !cn_view_is_null(cn_xml_attribute(o->xml, "continue-list"));
  if (kind && o->list_depth == 0 && !goes_on) memset(kind->begun, 0, sizeof kind->begun);
  if (o->list_depth < MAX_LISTS) o->lists[o->list_depth] = kind;
  o->list_depth++;
}

static cn_view item_label(odf *o) {
  size_t level = o->list_depth ? o->list_depth - 1 : 0;
  if (!o->item_begins || !o->list_depth || level >= CN_LIST_LEVELS || !o->lists[level]) return CN_VIEW("");
  o->item_begins = false;
  cn_list_kind *kind = o->lists[level];
  kind->count[level] = kind->begun[level] ? kind->count[level] + 1 : kind->levels[level].start;
  kind->begun[level] = true;
  for (size_t i = level + 1; i < CN_LIST_LEVELS; i++) kind->begun[i] = false;
  return cn_list_label(o->arena, kind, level);
}

/* ---- Text ---- */

static void begin_paragraph(odf *o) {
  o->in_paragraph = true;
  if (o->sheet) {
    if (o->build.length) cn_build_text(&o->build, CN_VIEW("\n"), 0);
    return;
  }
  cn_build_paragraph(&o->build, paragraph_style(o));
  cn_build_text(&o->build, item_label(o), 0);
}

static void end_paragraph(odf *o) {
  o->in_paragraph = false;
  if (!o->sheet) cn_build_paragraph(&o->build, (cn_style){0});
}

/* Runs of blanks are one blank, as in HTML; more are told by <text:s text:c="3"/>. */
static void put_text(odf *o, cn_view text) {
  cn_build *build = &o->build;
  for (size_t i = 0, from; i < text.n;) {
    for (from = i; i < text.n && text.p[i] != ' ' && text.p[i] != '\n' && text.p[i] != '\t' && text.p[i] != '\r';) i++;
    cn_build_text(build, cn_view_slice(text, from, i), 0);
    for (from = i; i < text.n && (text.p[i] == ' ' || text.p[i] == '\n' || text.p[i] == '\t' || text.p[i] == '\r');)
      i++;
    if (i > from && build->length && build->text[build->length - 1] != ' ') cn_build_text(build, CN_VIEW(" "), 0);
  }
}

static void put_blanks(odf *o) {
  int64_t count = cn_xml_number(o->xml, "c", 1);
  for (int64_t i = 0; i < count && i < 100; i++) cn_build_text(&o->build, CN_VIEW(" "), 0);
}

static void begin_box(odf *o) {
  cn_build *build = &o->build;
  o->boxes[o->box_count].text = cn_arena_copy(o->arena, (cn_view){build->text ? build->text : "", build->length});
  o->boxes[o->box_count].style = build->style;
  o->boxes[o->box_count++].in_paragraph = o->in_paragraph;
  build->length = 0;
}

static void end_box(odf *o) {
  if (!o->box_count) return;
  cn_build_paragraph(&o->build, (cn_style){0});
  o->box_count--;
  cn_build_paragraph(&o->build, o->boxes[o->box_count].style);
  cn_build_text(&o->build, o->boxes[o->box_count].text, 0);
  o->in_paragraph = o->boxes[o->box_count].in_paragraph;
}

/* ---- Tables ---- */

static uint32_t span(odf *o, const char *name) {
  int64_t value = cn_xml_number(o->xml, name, 1);
  return value < 1 ? 1 : value > CN_MAX_ROWSPAN ? CN_MAX_ROWSPAN : (uint32_t)value;
}

static uint32_t repeat(odf *o, const char *name, uint32_t limit) {
  int64_t value = cn_xml_number(o->xml, name, 1);
  return value < 1 ? 1 : value > limit ? limit : (uint32_t)value;
}

static void begin_cell(odf *o) {
  cn_span s = {.columns = span(o, "number-columns-spanned"), .rows = span(o, "number-rows-spanned")};
  cn_build_cell(&o->build, s, 0);
}

/* A sheet's cell: its text as shown, else the value it holds, as often as it is repeated. */
static cn_xml_event read_sheet_cell(odf *o);

static void begin_sheet(odf *o) {
  odf_style *style = find_style(o, cn_xml_attribute(o->xml, "style-name"), false);
  o->row = o->column = 0;
  o->sheet = NULL;
  if (style && style->hidden) return;
  o->sheet = cn_arena_new(o->arena, cn_sheet, 1);
  o->sheet->name = cn_xml_attribute(o->xml, "name");
}

/* ---- The document ---- */

static bool is_skipped(const odf *o) {
  static const char *const names[] = {
      "annotation",      "tracked-changes", "note-body",     "forms",  "ruby-text",
      "note-citation",   "hidden-text",     "master-styles", "title",  "desc",
      "font-face-decls", "scripts",         "settings",      "shapes", "named-expressions"};
  cn_view name = cn_xml_name(o->xml);
  for (size_t i = 0; i < CN_COUNT(names); i++)
    if (cn_view_is(name, names[i])) return true;
  return false;
}

static cn_xml_event start_in_sheet(odf *o) {
  cn_xml *xml = o->xml;
  if (cn_xml_is(xml, "table-row")) {
    o->column = 0;
    o->row_repeat = repeat(o, "number-rows-repeated", 1048576);
  } else if (cn_xml_is(xml, "table-cell")) {
    return read_sheet_cell(o);
  } else if (cn_xml_is(xml, "covered-table-cell")) {
    o->column += repeat(o, "number-columns-repeated", 16384);
    return cn_xml_skip(xml);
  }
  return CN_XML_START;
}

static cn_xml_event start_text(odf *o) {
  cn_xml *xml = o->xml;
  cn_build *build = &o->build;
  if (cn_xml_is(xml, "p") || cn_xml_is(xml, "h"))
    begin_paragraph(o);
  else if (cn_xml_is(xml, "s"))
    put_blanks(o);
  else if (cn_xml_is(xml, "tab"))
    cn_build_text(build, CN_VIEW("\t"), 0);
  else if (cn_xml_is(xml, "line-break"))
    cn_build_text(build, CN_VIEW("\n"), 0);
  else if (cn_xml_is(xml, "list"))
    begin_list(o);
  else if (cn_xml_is(xml, "list-item"))
    o->item_begins = true;
  else if (cn_xml_is(xml, "table"))
    cn_build_table(build, 0);
  else if (cn_xml_is(xml, "table-row"))
    cn_build_row(build, 0);
  else if (cn_xml_is(xml, "table-cell"))
    begin_cell(o);
  else if (cn_xml_is(xml, "text-box") && o->box_count < MAX_BOXES)
    begin_box(o);
  return CN_XML_START;
}

static cn_xml_event start(odf *o) {
  cn_xml *xml = o->xml;
  if (is_skipped(o)) return cn_xml_skip(xml);
  if (cn_xml_is(xml, "automatic-styles") || cn_xml_is(xml, "styles")) return read_styles(o);
  if (cn_xml_is(xml, "spreadsheet")) o->sheets = o->build.keep_tables = true;
  if (!o->sheets) return start_text(o);
  if (cn_xml_is(xml, "table") && !o->sheet) {
    begin_sheet(o);
    return o->sheet ? CN_XML_START : cn_xml_skip(xml);
  }
  return o->sheet ? start_in_sheet(o) : CN_XML_START;
}

static bool is_default_name(cn_view name) {
  return !name.n || cn_view_starts(name, CN_VIEW("Sheet")) || cn_view_starts(name, CN_VIEW("工作表"));
}

static void end_in_sheet(odf *o) {
  if (cn_xml_is(o->xml, "table-row")) o->row += o->row_repeat;
  if (!cn_xml_is(o->xml, "table")) return;
  cn_sheet *sheet = o->sheet;
  o->sheet = NULL;
  cn_sheet_build(sheet, &o->build, o->sheet_count > 1 && !is_default_name(sheet->name));
}

static void end(odf *o) {
  cn_xml *xml = o->xml;
  if (o->sheet)
    end_in_sheet(o);
  else if (cn_xml_is(xml, "p") || cn_xml_is(xml, "h"))
    end_paragraph(o);
  else if (cn_xml_is(xml, "list") && o->list_depth)
    o->list_depth--;
  else if (cn_xml_is(xml, "table-cell"))
    cn_build_cell_end(&o->build);
  else if (cn_xml_is(xml, "table-row"))
    cn_build_row_end(&o->build);
  else if (cn_xml_is(xml, "table"))
    cn_build_table_end(&o->build);
  else if (cn_xml_is(xml, "text-box"))
    end_box(o);
}

static void put_sheet_cell(odf *o, cn_view text, cn_span s, uint32_t columns) {
  uint32_t rows = o->row_repeat < MAX_REPEAT ? o->row_repeat : MAX_REPEAT;
  bool many = (uint64_t)rows * columns > 4 * MAX_REPEAT;
  for (uint32_t r = 0; r < (many ? 1 : rows); r++)
    for (uint32_t c = 0; c < (many ? 1 : columns); c++)
      cn_sheet_put(o->arena, o->sheet,
                   (cn_sheet_cell){
                       .row = o->row + r, .column = o->column + c, .rows = s.rows, .columns = s.columns, .text = text});
}

static cn_xml_event read_sheet_cell(odf *o) {
  int depth = cn_xml_depth(o->xml);
  uint32_t columns = repeat(o, "number-columns-repeated", 16384);
  cn_span s = {.columns = span(o, "number-columns-spanned"), .rows = span(o, "number-rows-spanned")};
  cn_view value = cn_xml_attribute(o->xml, "value");
  cn_xml_event event;
  o->build.length = 0;
  while ((event = cn_xml_next(o->xml)) < CN_XML_DONE) {
    if (event == CN_XML_END && cn_xml_depth(o->xml) <= depth) break;
    if (event == CN_XML_START && is_skipped(o))
      event = cn_xml_skip(o->xml);
    else if (event == CN_XML_START)
      event = start_text(o);
    else if (event == CN_XML_TEXT && o->in_paragraph)
      put_text(o, cn_xml_text(o->xml));
    if (event >= CN_XML_DONE) break;
  }
  o->in_paragraph = false;
  cn_view text = cn_arena_copy(o->arena, (cn_view){o->build.length ? o->build.text : "", o->build.length});
  o->build.length = 0;
  put_sheet_cell(o, text.n ? text : value.n ? value : CN_VIEW(""), s, columns);
  o->column += columns;
  return event;
}

static cn_xml_event read_content(odf *o) {
  cn_xml_event event = CN_XML_START;
  while (event < CN_XML_DONE) {
    event = cn_xml_next(o->xml);
    if (event == CN_XML_START)
      event = start(o);
    else if (event == CN_XML_END)
      end(o);
    else if (event == CN_XML_TEXT && o->in_paragraph)
      put_text(o, cn_xml_text(o->xml));
  }
  return event;
}

/* How many sheets there are decides whether their names are headings. */
static cn_xml_event count_sheets(odf *o) {
  cn_xml_event event;
  while ((event = cn_xml_next(o->xml)) < CN_XML_DONE) {
    if (event != CN_XML_START) continue;
    if (cn_xml_is(o->xml, "automatic-styles"))
      event = read_styles(o);
    else if (cn_xml_is(o->xml, "text"))
      return event;
    else if (cn_xml_is(o->xml, "table")) {
      odf_style *style = find_style(o, cn_xml_attribute(o->xml, "style-name"), false);
      o->sheet_count += !(style && style->hidden);
      event = cn_xml_skip(o->xml);
    }
    if (event >= CN_XML_DONE) return event;
  }
  return event;
}

static bool wanted(cn_view name) {
  return cn_view_is(name, "content.xml") || cn_view_is(name, "styles.xml") || cn_view_is(name, "meta.xml") ||
         cn_view_is(name, "META-INF/manifest.xml");
}

typedef struct part_work {
  odf *o;
  cn_xml_event (*read)(odf *o);
  cn_xml_event last;
} part_work;

static cn_status work(void *self) {
  part_work *p = self;
  p->last = p->read(p->o);
  return CN_OK;
}

static void release(void *self) { cn_xml_close(((part_work *)self)->o->xml); }

static cn_xml_event read_part(odf *o, cn_view part, cn_xml_event (*read)(odf *o)) {
  if (!part.n) return CN_XML_DONE;
  part_work p = {.o = o, .read = read, .last = CN_XML_DONE};
  o->xml = cn_xml_open(o->arena, part);
  return cn_guard(o->arena, work, release, &p) == CN_OK ? p.last : CN_XML_BROKEN;
}

static cn_status read_document(cn_document *document, cn_flow *flow) {
  cn_container container = {0};
  CN_TRY(cn_container_read(document, wanted, &container));
  odf *o = cn_arena_new(document->arena, odf, 1);
  o->document = document, o->arena = document->arena, o->row_repeat = 1;
  cn_build_init(&o->build, document, flow);
  cn_view content = cn_container_member(&container, "content.xml"),
          manifest = cn_container_member(&container, "META-INF/manifest.xml");
  if (manifest.n && cn_view_find(manifest, CN_VIEW("encryption-data"), 0) != SIZE_MAX)
    return cn_fail(document, CN_IO, CN_NONE, "the file is encrypted; save it without a password");
  if (!content.p) return cn_fail(document, CN_BROKEN, CN_NONE, "the OpenDocument file has no content.xml");
  read_part(o, cn_container_member(&container, "styles.xml"), read_content);
  cn_build_finish(&o->build);
  flow->count = 0; /* headers and footers of pages */
  cn_build_init(&o->build, document, flow);
  size_t styles = o->style_count;
  read_part(o, content, count_sheets);
  o->style_count = styles;
  cn_xml_event last = read_part(o, content, read_content);
  if (o->sheet) cn_sheet_build(o->sheet, &o->build, false);
  cn_build_finish(&o->build);
  cn_build_mark_chrome(&o->build);
  flow->title = cn_container_title(o->arena, &container, "meta.xml");
  if (last != CN_XML_BROKEN) return CN_OK;
  if (!flow->count) return cn_fail(document, CN_BROKEN, CN_NONE, "content.xml is damaged: nothing of it could be read");
  cn_document_note(document, CN_DIAG_CONTAINER_DAMAGED, CN_NONE, CN_NONE,
                   CN_VIEW("content.xml is damaged or cut off; what could be read is given"));
  return CN_OK;
}

static bool matches(cn_view bytes, const cn_input *input) {
  (void)input;
  if (!cn_is_zip(bytes)) return false;
  cn_view type = cn_view_slice(bytes, 30, 30 + 8 + 39);
  bool named = cn_view_starts(type, CN_VIEW("mimetypeapplication/vnd.oasis.opendocument."));
  return named || (cn_zip_holds(bytes, "content.xml") && cn_zip_holds(bytes, "META-INF/manifest.xml"));
}

const cn_reader cn_reader_odf = {
    .name = "odf", .media_type = "application/vnd.oasis.opendocument", .matches = matches, .read = read_document};
