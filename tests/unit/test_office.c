/* Office documents to flow: DOCX, XLSX, ODT, ODS out of texts put into zip files; damaged and hostile ones; and what is
 * refused. With a file's name as argument: prints what the file's reader makes of it. */
#include "check.h"
#include "extract/sheet_number.h"
#include "flow_text.h"
#include "zip_text.h"

static cn_arena arena, rules_arena; /* documents rewind theirs */
static const cn_rules *rules;

static read_result read_zip(const char *const *members) {
  zip_text zip;
  zip_begin(&zip, arena.trap);
  for (; *members; members += 2) zip_add(&zip, members[0], cn_view_of(members[1]), false);
  cn_view bytes = cn_arena_copy(&arena, zip_end(&zip));
  zip_free(&zip);
  return read_bytes(&arena, rules, "file", bytes, false);
}

#define ZIP(...) read_zip((const char *const[]){__VA_ARGS__, NULL})

/* ---- Word ---- */

#define W(body) "<w:document xmlns:w='w' xmlns:mc='mc'><w:body>" body "</w:body></w:document>"
#define P(text) "<w:p><w:r><w:t>" text "</w:t></w:r></w:p>"
#define TC(properties, text) "<w:tc><w:tcPr>" properties "</w:tcPr>" P(text) "</w:tc>"
#define DOCX(body) ZIP("word/document.xml", W(body)).text

static void test_word_text(void) {
  CHECK_TEXT(
      DOCX("<w:p><w:r><w:t>推进</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新"
           "</w:t></w:r></w:ins><w:r><w:br/><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r></w:p>"),
      "P 推进新\\n甲\t乙\n", "deleted text is dropped, inserted kept; breaks and tabs are told");
  CHECK_TEXT(DOCX("<w:p><w:pPr><w:jc w:val='center'/></w:pPr><w:r><w:t>通知</w:t></w:r></w:p>"
                  "<w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr><w:r><w:t>一、水</w:t></w:r></w:p>"
                  "<w:p><w:pPr><w:jc w:val='right'/></w:pPr><w:r><w:t>县政府</w:t></w:r></w:p>"),
             "P-c 通知\nH2 一、水\nP-r 县政府\n", "alignment and outline level are told");
  CHECK_TEXT(DOCX("<w:p><w:r><w:t>前</w:t><mc:AlternateContent><mc:Choice><w:txbxContent>" P(
                 "框") "</w:txbxContent></mc:Choice>"
                       "<mc:Fallback><w:txbxContent>" P(
                           "框") "</w:txbxContent></mc:Fallback></mc:AlternateContent><w:t>后</w:t></w:r></w:p>"),
             "P 框\nP 前后\n", "a text box is read once, its anchor stays whole");
  CHECK_TEXT(DOCX("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:t>显</w:t></w:r></w:p>"), "P 显\n",
             "hidden text is dropped");
}

static void test_word_styles(void) {
  read_result r =
      ZIP("word/document.xml",
          W("<w:p><w:pPr><w:pStyle w:val='a1'/></w:pPr><w:r><w:t>水</w:t></w:r></w:p>"
            "<w:p><w:pPr><w:pStyle w:val='b'/></w:pPr><w:r><w:t>气</w:t></w:r></w:p>"),
          "word/styles.xml",
          "<w:styles xmlns:w='w'><w:style w:styleId='a1'><w:name w:val='heading 2'/></w:style><w:style w:styleId='b'>"
          "<w:name w:val='x'/><w:basedOn w:val='c'/></w:style><w:style w:styleId='c'><w:name w:val='标题 3'/><w:pPr>"
          "<w:jc w:val='center'/></w:pPr></w:style></w:styles>",
          "docProps/core.xml", "<c:p xmlns:c='c' xmlns:dc='d'><dc:title>任务分解表</dc:title></c:p>");
  CHECK_TEXT(r.text, "H2 水\nH3-c 气\n", "headings are known by their style, also by the one it is based on");
  CHECK_TEXT(r.title, "任务分解表", "the properties' title is a hint");
}

#define ITEM(level, text)                                                                                              \
  "<w:p><w:pPr><w:numPr><w:ilvl w:val='" level "'/><w:numId w:val='7'/></w:numPr></w:pPr><w:r><w:t>" text              \
  "</w:t></w:r></w:p>"

static void test_word_numbering(void) {
  read_result r =
      ZIP("word/document.xml",
          W(ITEM("0", "水") ITEM("1", "甲") ITEM("1", "乙") ITEM("2", "丙") ITEM("0", "气") ITEM("1", "丁")),
          "word/numbering.xml",
          "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='3'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt "
          "w:val="
          "'chineseCounting'/><w:lvlText w:val='%1、'/></w:lvl><w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt "
          "w:val='chineseCounting'/>"
          "<w:lvlText w:val='（%2）'/></w:lvl><w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt "
          "w:val='decimal'/><w:lvlText w:val='%3.'/>"
          "</w:lvl></w:abstractNum><w:num w:numId='7'><w:abstractNumId w:val='3'/></w:num></w:numbering>");
  CHECK_TEXT(r.text, "P 一、水\nP （一）甲\nP （二）乙\nP 1. 丙\nP 二、气\nP （一）丁\n",
             "automatic numbers stand before their text");
}

static void test_word_tables(void) {
  CHECK_TEXT(DOCX("<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>" TC("", "单位")
                      TC("<w:gridSpan w:val='2'/>", "任务") "</w:tr><w:tr>" TC("<w:vMerge w:val='restart'/>", "水利局")
                          TC("", "1") TC("", "甲") "</w:tr><w:tr>" TC("<w:vMerge/>", "") TC("", "2")
                              TC("", "乙") "</w:tr></w:tbl>"),
             "T \nR #单位|#任务~2\nR 水利局|1|甲\nR ^水利局|2|乙\nE \n", "vMerge and gridSpan are resolved");
  CHECK_TEXT(DOCX("<w:tbl><w:tr><w:tc>" P("前言。") "<w:tbl><w:tr>" TC("", "任务")
                      TC("", "人") "</w:tr><w:tr>" TC("", "甲") TC("", "丙") "</w:tr></w:tbl></w:tc></w:tr></w:tbl>"),
             "P 前言。\nT \nR 任务|人\nR 甲|丙\nE \n", "a nested table is opened up");
}

/* ---- Excel ---- */

#define BOOK                                                                                                           \
  "xl/workbook.xml",                                                                                                   \
      "<workbook xmlns:r='r'><sheets><sheet name='表' r:id='a'/><sheet name='x' state='hidden' "                      \
      "r:id='b'/></sheets></workbook>",                                                                                \
      "xl/_rels/workbook.xml.rels",                                                                                    \
      "<R><Relationship Id='a' Target='worksheets/sheet1.xml'/><Relationship Id='b' "                                  \
      "Target='/xl/worksheets/sheet2.xml'/></R>",                                                                      \
      "xl/worksheets/sheet2.xml", "<worksheet><sheetData><row><c t='str'><v>隐</v></c></row></sheetData></worksheet>"
#define SHEET(rows, merges)                                                                                            \
  BOOK, "xl/worksheets/sheet1.xml",                                                                                    \
      "<worksheet><sheetData>" rows "</sheetData><mergeCells>" merges "</mergeCells></worksheet>"
#define S(reference, text) "<c r='" reference "' t='inlineStr'><is><t>" text "</t></is></c>"

static void test_excel(void) {
  read_result r = ZIP(
      SHEET("<row r='1'>" S("B1", "任务表") "</row><row r='3'>" S("B3", "单位") S("C3", "任务")
                S("D3", "时限") "</row><row r='4'>" S(
                    "B4", "一、水") "</row>"
                                    "<row r='5'>" S("B5", "水利局")
                                        S("C5", "甲") "<c r='D5' s='1'><v>44196</v></c></row><row r='6'>" S(
                                            "C6", "乙") "<c r='D6'><v>8.5000000000000007</v></c></row>"
                                                        "<row r='9'>" S("B9", "备注：无") "</row>",
            "<mergeCell ref='B1:D1'/><mergeCell ref='B4:D4'/><mergeCell ref='B5:B6'/><mergeCell ref='B9:XFD1048576'/>"),
      "xl/styles.xml",
      "<s><numFmts><numFmt numFmtId='176' "
      "formatCode='yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@'/></numFmts><cellXfs><xf numFmtId='0'/><xf "
      "numFmtId='176'/></cellXfs></s>");
  CHECK_TEXT(
      r.text,
      "P 任务表\nT \nR 单位|任务|时限\nR 一、水~3\nR 水利局|甲|2020年12月31日\nR ^水利局|乙|8.5\nE \nP 备注：无\n",
      "titles, section rows, merged cells, dates and numbers come as the sheet shows them; hidden sheets do not");
  r = ZIP(
      SHEET(
          "<row r='1'><c r='A1' t='s'><v>1</v></c><c r='B1' t='s'><v>99</v></c><c r='C1' t='b'><v>1</v></c></row><row "
          "r='2'><c r='A2' t='s'><v>0</v></c><c r='B2' t='str'><f>1</f><v>乙</v></c></row>",
          ""),
      "xl/sharedStrings.xml",
      "<sst><si><t>甲</t></si><si><r><t>任</t></r><rPh><t>ren</t></rPh><r><t>务</t></r></si></sst>");
  CHECK_TEXT(r.text, "T \nR 任务||TRUE\nR 甲|乙|\nE \n", "a shared text out of range is an empty cell");
  CHECK_TEXT(r.notes, "container-damaged", "and is told");
}

#define TWO_SHEETS                                                                                                     \
  "xl/workbook.xml",                                                                                                   \
      "<workbook xmlns:r='r'><sheets><sheet name='济南市' r:id='a'/><sheet name='青岛市' "                       \
      "r:id='b'/></sheets></workbook>",                                                                                \
      "xl/_rels/workbook.xml.rels",                                                                                    \
      "<R><Relationship Id='a' Target='worksheets/sheet1.xml'/><Relationship Id='b' "                                  \
      "Target='worksheets/sheet2.xml'/></R>"

static void test_sheets(void) {
  const char *rows = "<worksheet><sheetData><row r='1'>" S("A1", "任务表") "</row><row r='2'>" S("A2", "单位：万元")
      S("E2", "填报人：王五") "</row><row r='3'>" S("A3", "序号") S("B3", "任务") S("C3", "指标") S("D3", "数值")
          S("E3", "时限") "</row><row r='4'>" S("A4", "1") S("B4", "甲") S("E4", "年底") "</row><row r='5'>" S(
              "B5", "续甲") "</row><row r='6'>" S("A6", "注") "</row></sheetData></worksheet>";
  read_result r = ZIP(TWO_SHEETS, "xl/worksheets/sheet1.xml", rows, "xl/worksheets/sheet2.xml", rows);
  const char *want = "P 任务表\nP 单位：万元\nP 填报人：王五\nH1 济南市\nT \nR 序号|任务|指标|数值|时限\nR "
                     "1|甲|||年底\nR |续甲|||\nE \nP 注\n";
  CHECK(cn_view_starts(r.text, cn_view_of(want)),
        "notes above the header are no rows, what goes on with a row is; the sheet's name heads its table");
  CHECK(cn_view_find(r.text, CN_VIEW("H1 青岛市\nT "), 0) != SIZE_MAX, "every visible sheet is read");
}

static void show(const char *value, const char *code, const char *want) {
  CHECK_TEXT(cn_sheet_show(&arena, cn_view_of(value), cn_view_of(code), false), want, "a number as Excel shows it");
}

static void test_numbers(void) {
  show("8.5000000000000007", "General", "8.5");
  show("0.30000000000000004", "General", "0.3");
  show("2.1E12", "General", "2100000000000");
  show("1E-3", "General", "0.001");
  show("-12.345", "0.0", "-12.3");
  show("0.995", "0%", "100%");
  show("0.126", "0.0%", "12.6%");
  show("1234567.5", "#,##0.00", "1,234,567.50");
  show("0.05", "0", "0");
  show("9.96", "0.0", "10.0");
  show("12", "0.0\"万元\"", "12.0万元");
  show("3", "\"第\"0\"号\"", "第3号");
  show("44196", "yyyy/m/d", "2020年12月31日");
  show("44196", "[$-804]yyyy\"年\"m\"月\";@", "2020年12月");
  show("44196", "m\"月\"d\"日\"", "12月31日");
  show("60", "yyyy-mm-dd", "1900年2月28日");
  show("61", "yyyy-mm-dd", "1900年3月1日");
  show("44196.75", "yyyy/m/d h:mm", "2020年12月31日 18:00");
  show("0.75", "h:mm", "18:00");
  show("长期", "yyyy/m/d", "长期");
  CHECK_TEXT(cn_sheet_show(&arena, CN_VIEW("42734"), CN_VIEW("yyyy-m-d"), true), "2020年12月31日",
             "dates of the 1904 system");
}

/* ---- OpenDocument ---- */

#define ODF(styles, body)                                                                                              \
  ZIP("mimetype", "application/vnd.oasis.opendocument.text", "content.xml",                                            \
      "<office:document-content xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:style='s' "                      \
      "xmlns:fo='f'><office:automatic-styles>" styles "</office:automatic-styles><office:body>" body                   \
      "</office:body></office:document-content>")                                                                      \
      .text
#define OC(attributes, text) "<table:table-cell " attributes "><text:p>" text "</text:p></table:table-cell>"

static void test_open_document(void) {
  CHECK_TEXT(ODF("<style:style style:name='c'><style:paragraph-properties fo:text-align='center'/></style:style>",
                 "<office:text><text:h text:outline-level='2'>水</text:h><text:p text:style-name='c'>通  知<text:s "
                 "text:c='2'/>书</text:p><text:p>甲<text:line-break/>乙</text:p></office:text>"),
             "H2 水\nP-c 通 知  书\nP 甲\\n乙\n", "headings, alignment, blanks and breaks of ODT");
  CHECK_TEXT(ODF("<text:list-style style:name='l'><text:list-level-style-number text:level='1' style:num-prefix='（' "
                 "style:num-suffix='）' style:num-format='一, 二, 三, ...'/></text:list-style>",
                 "<office:text><text:list "
                 "text:style-name='l'><text:list-item><text:p>甲</text:p></text:list-item><text:list-item><text:p>乙</"
                 "text:p></text:list-item></text:list></office:text>"),
             "P （一）甲\nP （二）乙\n", "list labels of ODT");
  CHECK_TEXT(ODF("", "<office:text><table:table><table:table-row>" OC("", "单位") OC(
                         "", "任务") "</table:table-row><table:table-row>" OC("table:number-rows-spanned='2'", "水利局")
                         OC("", "甲") "</table:table-row>"
                                      "<table:table-row><table:covered-table-cell/>" OC(
                                          "", "乙") "</table:table-row></table:table></office:text>"),
             "T \nR 单位|任务\nR 水利局|甲\nR ^水利局|乙\nE \n", "merged cells of ODT");
  CHECK_TEXT(
      ODF("<style:style style:name='h'><style:table-properties table:display='false'/></style:style>",
          "<office:spreadsheet><table:table><table:table-row>" OC(
              "table:number-columns-spanned='2'",
              "任务表") "<table:covered-table-cell/></table:table-row><table:table-row>" OC("", "任务")
              OC("", "时限") "</table:table-row>"
                             "<table:table-row>" OC(
                                 "table:number-columns-repeated='2'",
                                 "同") "<table:table-cell "
                                       "table:number-columns-repeated='16382'/></table:table-row><table:table-row "
                                       "table:number-rows-repeated='1048000'><table:table-cell "
                                       "table:number-columns-repeated='16384'/></table:table-row></table:table>"
                                       "<table:table table:style-name='h'><table:table-row>" OC(
                                           "", "隐") "</table:table-row></table:table></office:spreadsheet>"),
      "P 任务表\nT \nR 任务|时限\nR 同|同\nE \n", "repeated cells of ODS are clamped, hidden sheets skipped");
}

/* ---- Damaged, hostile, refused ---- */

static void test_damaged(void) {
  read_result r = ZIP("word/document.xml", "<w:document xmlns:w='w'><w:body>" P("甲") "<w:p><w:r><w:t>乙");
  CHECK_TEXT(r.text, "P 甲\n", "what a cut-off document.xml still says is given");
  CHECK_TEXT(r.notes, "container-damaged", "a cut-off document.xml is told");
  r = ZIP("word/document.xml", "<w:docu");
  CHECK_INT(r.status, CN_BROKEN, "a document.xml of which nothing can be read is a failure");
  r = ZIP("word/styles.xml", "<s/>");
  CHECK_INT(r.status, CN_BROKEN, "a Word file without document.xml is a failure");
  r = ZIP("../../word/document.xml", W(P("外")), "word/document.xml", W(P("内")));
  CHECK_TEXT(r.text, "P 内\n", "members that name ../ are ignored");
  r = ZIP("word/document.xml",
          "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><w:document xmlns:w='w'>" P(
              "&b;") "</w:document>");
  CHECK_INT(r.status, CN_BROKEN, "a part that declares entities is a failure");
  zip_text zip;
  zip_begin(&zip, arena.trap);
  zip_add(&zip, "word/document.xml", cn_view_of(W(P("密"))), true);
  r = read_bytes(&arena, rules, "file", cn_arena_copy(&arena, zip_end(&zip)), false);
  CHECK_INT(r.status, CN_IO, "an encrypted file is a failure");
  zip_free(&zip);
  zip_begin(&zip, arena.trap);
  zip_add(&zip, "word/document.xml", cn_view_of(W(P("甲") P("乙"))), false);
  zip_add(&zip, "word/styles.xml", cn_view_of("<s/>"), false);
  cn_view whole = cn_arena_copy(&arena, zip_end(&zip));
  zip_free(&zip);
  for (size_t n = 40; n < whole.n; n += 7) {
    r = read_bytes(&arena, rules, "file", cn_view_slice(whole, 0, n), false);
    CHECK(r.status == CN_OK || r.status == CN_BROKEN || r.status == CN_IO,
          "a zip file cut off anywhere is read or refused");
  }
}

static void refused(const char *bytes, size_t n, const char *way) {
  read_result r = read_bytes(&arena, rules, "notice.html", (cn_view){bytes, n}, false);
  CHECK_INT(r.status, CN_IO, "it is refused");
  CHECK(r.failure.message.p && cn_view_find(r.failure.message, cn_view_of(way), 0) != SIZE_MAX, way);
}

#define REFUSED(bytes, way) refused(bytes, sizeof(bytes) - 1, way)

static void test_refused(void) {
  REFUSED("\xFF\xD8\xFF\xE0\0\x10JFIF", "tesseract FILE");
  REFUSED("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", "tesseract FILE");
  REFUSED("GIF89a\1\0\1\0", "tesseract FILE");
  REFUSED("BM\x36\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\1\0\0\0\1\0\0\0", "tesseract FILE");
  REFUSED("%PDF-1.7\n%\xE2\xE3", "pdftotext -layout FILE - | chengnuo convert -");
  REFUSED("{\\rtf1\\ansi x}", "soffice --headless --convert-to docx FILE");
  REFUSED("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0",
          "soffice --headless --convert-to docx FILE");
  REFUSED("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 W\0o\0r\0k\0b\0o\0o\0k\0", "soffice --headless --convert-to xlsx FILE");
  REFUSED("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", "without a password");
  REFUSED("<?xml version='1.0'?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>", "convert-to xlsx");
  REFUSED("MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "save the page as HTML");
  read_result r = ZIP("OFD.xml", "<ofd/>");
  CHECK(cn_view_find(r.failure.message, CN_VIEW("OFD"), 0) != SIZE_MAX, "OFD is named");
  r = ZIP("notice.txt", "承诺");
  CHECK(cn_view_find(r.failure.message, CN_VIEW("zip archive"), 0) != SIZE_MAX, "a zip of files is named");
}

int main(int argc, char **argv) {
  cn_trap trap = {.limit = 0};
  if (setjmp(trap.env)) return 2;
  cn_arena_init(&arena, &trap);
  cn_arena_init(&rules_arena, &trap);
  cn_rules *built_in;
  cn_view error;
  if (cn_rules_open(&rules_arena, NULL, &built_in, &error) != CN_OK) return 2;
  rules = built_in;
  if (argc > 1) return print_file(&arena, rules, argv[1]);
  test_word_text();
  test_word_styles();
  test_word_numbering();
  test_word_tables();
  test_excel();
  test_sheets();
  test_numbers();
  test_open_document();
  test_damaged();
  test_refused();
  cn_arena_free(&arena);
  cn_arena_free(&rules_arena);
  return check_done();
}
