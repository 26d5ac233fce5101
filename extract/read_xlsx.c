/* read_xlsx: Excel workbooks (OOXML). In: the zip file.  Out: a flow: for each visible sheet its title lines, its table
 * and its closing lines. Numbers and dates come as the sheet shows them, formulas as the value last computed. */
#include "extract/build.h"
#include "extract/container.h"
#include "extract/guard.h"
#include "extract/markup.h"
#include "extract/sheet.h"
#include "extract/sheet_number.h"

enum { MAX_MERGES = 1 << 20 };

typedef struct sheet_entry {
  cn_view name, relation, part;
  bool hidden;
} sheet_entry;

typedef struct cell_style {
  cn_view code; /* number format */
  int64_t id;
  bool centered;
} cell_style;

typedef struct merge {
  uint32_t row, column, last_row, last_column;
} merge;

typedef struct book {
  cn_document *document;
  cn_arena *arena;
  cn_container container;
  cn_xml *xml;
  bool from_1904, bad_string, broken;
  sheet_entry *sheets;
  size_t sheet_count, sheet_capacity;
  cn_view *strings;
  size_t string_count, string_capacity;
  cell_style *styles, *codes; /* cellXfs; numFmts by id */
  size_t style_count, style_capacity, code_count, code_capacity;
  char *text; /* of the element that is being read */
  size_t length, room;
  cn_sheet *sheet;
  merge *merges;
  size_t merge_count, merge_capacity;
} book;

/* ---- Text ---- */

static void add_text(book *b, cn_view text) {
  if (b->room - b->length < text.n) {
    size_t room = 2 * b->room + text.n + 256;
    char *more = cn_arena_alloc(b->arena, room);
    if (b->length) memcpy(more, b->text, b->length);
    b->text = more, b->room = room;
  }
  memcpy(b->text + b->length, text.p, text.n);
  b->length += text.n;
}

static cn_view take_text(book *b) {
  cn_view text = cn_arena_copy(b->arena, (cn_view){b->length ? b->text : "", b->length});
  b->length = 0;
  return text;
}

/* <si> or <is>: its <t>s, also those of its runs, without the phonetic ones (<rPh>). */
static cn_view read_rich_text(book *b) {
  int depth = cn_xml_depth(b->xml);
  bool inside = false;
  b->length = 0;
  for (cn_xml_event event; (event = cn_xml_next(b->xml)) < CN_XML_DONE;) {
    if (event == CN_XML_END && cn_xml_depth(b->xml) <= depth) break;
    if (event == CN_XML_START && cn_xml_is(b->xml, "rPh")) event = cn_xml_skip(b->xml);
    if (event == CN_XML_START) inside = cn_xml_is(b->xml, "t");
    if (event == CN_XML_END) inside = false;
    if (event == CN_XML_TEXT && inside) add_text(b, cn_xml_text(b->xml));
    if (event >= CN_XML_DONE) break;
  }
  return take_text(b);
}

/* ---- Parts ---- */

static void read_strings(book *b) {
  for (cn_xml_event event; (event = cn_xml_next(b->xml)) < CN_XML_DONE;) {
    if (event != CN_XML_START || !cn_xml_is(b->xml, "si")) continue;
    b->strings = cn_arena_grow(b->arena, b->strings, b->string_count, &b->string_capacity, sizeof *b->strings);
    cn_view text = read_rich_text(b);
    b->strings[b->string_count++] = text;
  }
}

static void add_code(book *b) {
  b->codes = cn_arena_grow(b->arena, b->codes, b->code_count, &b->code_capacity, sizeof *b->codes);
  b->codes[b->code_count++] =
      (cell_style){.id = cn_xml_number(b->xml, "numFmtId", 0), .code = cn_xml_attribute(b->xml, "formatCode")};
}

static void add_style(book *b) {
  b->styles = cn_arena_grow(b->arena, b->styles, b->style_count, &b->style_capacity, sizeof *b->styles);
  int64_t id = cn_xml_number(b->xml, "numFmtId", 0);
  cn_view code = cn_view_of(cn_sheet_format(id));
  for (size_t i = 0; i < b->code_count; i++)
    if (b->codes[i].id == id) code = b->codes[i].code;
  b->styles[b->style_count++] = (cell_style){.id = id, .code = code};
}

static void read_styles(book *b) {
  bool cells = false;
  for (cn_xml_event event; (event = cn_xml_next(b->xml)) < CN_XML_DONE;) {
    if (event == CN_XML_END && cn_xml_is(b->xml, "cellXfs")) cells = false;
    if (event != CN_XML_START) continue;
    if (cn_xml_is(b->xml, "numFmt")) add_code(b);
    if (cn_xml_is(b->xml, "cellXfs")) cells = true;
    if (cells && cn_xml_is(b->xml, "xf")) add_style(b);
    if (cells && b->style_count && cn_xml_is(b->xml, "alignment"))
      b->styles[b->style_count - 1].centered = cn_view_is(cn_xml_attribute(b->xml, "horizontal"), "center");
  }
}

static void read_book(book *b) {
  for (cn_xml_event event; (event = cn_xml_next(b->xml)) < CN_XML_DONE;) {
    if (event != CN_XML_START) continue;
    if (cn_xml_is(b->xml, "workbookPr")) {
      cn_view value = cn_xml_attribute(b->xml, "date1904");
      b->from_1904 = cn_view_is(value, "1") || cn_view_is(value, "true");
    }
    if (!cn_xml_is(b->xml, "sheet")) continue;
    b->sheets = cn_arena_grow(b->arena, b->sheets, b->sheet_count, &b->sheet_capacity, sizeof *b->sheets);
    cn_view state = cn_xml_attribute(b->xml, "state");
    b->sheets[b->sheet_count++] = (sheet_entry){.name = cn_xml_attribute(b->xml, "name"),
                                                .relation = cn_xml_attribute(b->xml, "id"),
                                                .hidden = state.n && !cn_view_is(state, "visible")};
  }
}

static void read_relations(book *b) {
  for (cn_xml_event event; (event = cn_xml_next(b->xml)) < CN_XML_DONE;) {
    if (event != CN_XML_START || !cn_xml_is(b->xml, "Relationship")) continue;
    cn_view id = cn_xml_attribute(b->xml, "Id"), target = cn_xml_attribute(b->xml, "Target");
    if (!target.n) continue;
    bool absolute = target.p[0] == '/';
    cn_view name =
        cn_arena_format(b->arena, "%s%.*s", absolute ? "" : "xl/", (int)(target.n - absolute), target.p + absolute);
    for (size_t i = 0; i < b->sheet_count; i++)
      if (cn_view_equal(b->sheets[i].relation, id))
        b->sheets[i].part = cn_container_member(&b->container, cn_arena_string(b->arena, name));
  }
}

/* ---- Cells ---- */

/* B12 is column 1, row 11. Gives how many bytes were read, 0 where it is no reference. */
static size_t read_reference(cn_view v, uint32_t *row, uint32_t *column) {
  size_t i = 0;
  uint32_t c = 0, r = 0;
  for (; i < v.n && v.p[i] >= 'A' && v.p[i] <= 'Z' && c < 100000; i++) c = 26 * c + (uint32_t)(v.p[i] - 'A' + 1);
  for (; i < v.n && v.p[i] >= '0' && v.p[i] <= '9' && r < 100000000; i++) r = 10 * r + (uint32_t)(v.p[i] - '0');
  if (!c || !r || c > 16384 || r > 1048576) return 0;
  *row = r - 1, *column = c - 1;
  return i;
}

static cn_view shared_string(book *b, cn_view value) {
  size_t index = 0;
  value = cn_view_trim(value);
  bool good = value.n > 0;
  for (size_t i = 0; i < value.n && good; i++) {
    good = value.p[i] >= '0' && value.p[i] <= '9' && index < b->string_count;
    index = 10 * index + (size_t)(value.p[i] - '0');
  }
  if (good && index < b->string_count) return b->strings[index];
  b->bad_string = true;
  return CN_VIEW("");
}

static cn_view cell_text(book *b, cn_view type, int64_t style, cn_view value) {
  if (cn_view_is(type, "s")) return shared_string(b, value);
  if (cn_view_is(type, "b")) return cn_view_is(value, "1") ? CN_VIEW("TRUE") : CN_VIEW("FALSE");
  if (type.n && !cn_view_is(type, "n")) return value;
  cn_view code = style >= 0 && (size_t)style < b->style_count ? b->styles[style].code : CN_VIEW("General");
  return cn_sheet_show(b->arena, value, code, b->from_1904);
}

/* Reads <c>: its value, or its inline string. */
static void read_cell(book *b, uint32_t row, uint32_t *column) {
  int depth = cn_xml_depth(b->xml);
  cn_view type = cn_xml_attribute(b->xml, "t"), value = CN_VIEW("");
  int64_t style = cn_xml_number(b->xml, "s", -1);
  uint32_t at_row = row;
  cn_view reference = cn_xml_attribute(b->xml, "r");
  if (reference.n) (void)read_reference(reference, &at_row, column);
  bool inside = false;
  b->length = 0;
  for (cn_xml_event event; (event = cn_xml_next(b->xml)) < CN_XML_DONE;) {
    if (event == CN_XML_END && cn_xml_depth(b->xml) <= depth) break;
    if (event == CN_XML_START && cn_xml_is(b->xml, "is"))
      value = read_rich_text(b);
    else if (event == CN_XML_START)
      inside = cn_xml_is(b->xml, "v");
    else if (event == CN_XML_TEXT && inside)
      add_text(b, cn_xml_text(b->xml));
    else if (event == CN_XML_END && inside)
      value = cell_text(b, type, style, take_text(b)), inside = false;
  }
  bool centered = style >= 0 && (size_t)style < b->style_count && b->styles[style].centered;
  cn_sheet_put(b->arena, b->sheet,
               (cn_sheet_cell){.row = at_row, .column = *column, .centered = centered, .text = value});
  ++*column;
}

static void read_merge(book *b) {
  cn_view reference = cn_xml_attribute(b->xml, "ref");
  merge m;
  size_t n = read_reference(reference, &m.row, &m.column);
  if (!n || n >= reference.n || b->merge_count >= MAX_MERGES) return;
  if (!read_reference(cn_view_slice(reference, n + 1, reference.n), &m.last_row, &m.last_column)) return;
  b->merges = cn_arena_grow(b->arena, b->merges, b->merge_count, &b->merge_capacity, sizeof *b->merges);
  b->merges[b->merge_count++] = m;
}

static void read_sheet(book *b) {
  uint32_t row = 0, column = 0;
  cn_xml_event event;
  while ((event = cn_xml_next(b->xml)) < CN_XML_DONE) {
    if (event == CN_XML_END && cn_xml_is(b->xml, "row")) row++;
    if (event != CN_XML_START) continue;
    if (cn_xml_is(b->xml, "row")) {
      int64_t number = cn_xml_number(b->xml, "r", 0);
      if (number >= 1 && number <= 1048576) row = (uint32_t)(number - 1);
      column = 0;
    } else if (cn_xml_is(b->xml, "c")) {
      read_cell(b, row, &column);
    } else if (cn_xml_is(b->xml, "mergeCell")) {
      read_merge(b);
    }
  }
  b->broken |= event == CN_XML_BROKEN;
}

/* ---- The workbook ---- */

typedef struct part_work {
  book *b;
  void (*read)(book *b);
} part_work;

static cn_status work(void *self) {
  part_work *p = self;
  p->read(p->b);
  return CN_OK;
}

static void release(void *self) { cn_xml_close(((part_work *)self)->b->xml); }

static void read_part(book *b, cn_view part, void (*read)(book *b)) {
  if (!part.n) return;
  part_work p = {b, read};
  b->xml = cn_xml_open(b->arena, part);
  if (cn_guard(b->arena, work, release, &p) != CN_OK) b->broken = true;
}

static bool is_default_name(cn_view name) {
  return cn_view_starts(name, CN_VIEW("Sheet")) || cn_view_starts(name, CN_VIEW("工作表")) || !name.n;
}

static void build_sheets(book *b, cn_flow *flow) {
  cn_build *build = cn_arena_new(b->arena, cn_build, 1);
  size_t visible = 0;
  cn_build_init(build, b->document, flow);
  build->keep_tables = true;
  for (size_t i = 0; i < b->sheet_count; i++) visible += !b->sheets[i].hidden;
  for (size_t i = 0; i < b->sheet_count; i++) {
    if (b->sheets[i].hidden) continue;
    cn_sheet sheet = {.name = b->sheets[i].name};
    b->sheet = &sheet;
    b->merge_count = 0;
    read_part(b, b->sheets[i].part, read_sheet);
    for (size_t k = 0; k < b->merge_count; k++)
      cn_sheet_merge(&sheet, b->merges[k].row, b->merges[k].column, b->merges[k].last_row, b->merges[k].last_column);
    cn_sheet_build(&sheet, build, visible > 1 && !is_default_name(sheet.name));
  }
  cn_build_finish(build);
}

static bool wanted(cn_view name) {
  return cn_view_is(name, "xl/workbook.xml") || cn_view_is(name, "xl/_rels/workbook.xml.rels") ||
         cn_view_is(name, "xl/sharedStrings.xml") || cn_view_is(name, "xl/styles.xml") ||
         cn_view_is(name, "docProps/core.xml") ||
         (cn_view_starts(name, CN_VIEW("xl/worksheets/")) && cn_view_ends(name, CN_VIEW(".xml")));
}

static cn_status read_document(cn_document *document, cn_flow *flow) {
  book *b = cn_arena_new(document->arena, book, 1);
  b->document = document, b->arena = document->arena;
  CN_TRY(cn_container_read(document, wanted, &b->container));
  read_part(b, cn_container_member(&b->container, "xl/workbook.xml"), read_book);
  if (!b->sheet_count) return cn_fail(document, CN_BROKEN, CN_NONE, "the workbook names no sheet (xl/workbook.xml)");
  read_part(b, cn_container_member(&b->container, "xl/_rels/workbook.xml.rels"), read_relations);
  read_part(b, cn_container_member(&b->container, "xl/sharedStrings.xml"), read_strings);
  read_part(b, cn_container_member(&b->container, "xl/styles.xml"), read_styles);
  build_sheets(b, flow);
  flow->title = cn_container_title(b->arena, &b->container, "docProps/core.xml");
  if (b->broken && !flow->count)
    return cn_fail(document, CN_BROKEN, CN_NONE, "the workbook's sheets are damaged: nothing could be read");
  if (b->broken)
    cn_document_note(document, CN_DIAG_CONTAINER_DAMAGED, CN_NONE, CN_NONE,
                     CN_VIEW("a sheet of the workbook is damaged or cut off; what could be read is given"));
  if (b->bad_string)
    cn_document_note(document, CN_DIAG_CONTAINER_DAMAGED, CN_NONE, CN_NONE,
                     CN_VIEW("cells refer to texts that the workbook does not hold; they are empty"));
  return CN_OK;
}

static bool matches(cn_view bytes, const cn_input *input) {
  (void)input;
  return cn_is_zip(bytes) && cn_zip_holds(bytes, "xl/") && !cn_zip_holds(bytes, "xl/workbook.bin");
}

const cn_reader cn_reader_xlsx = {.name = "xlsx",
                                  .media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                  .matches = matches,
                                  .read = read_document};
