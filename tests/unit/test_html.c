/* HTML to flow: merged cells, layout tables, metadata, furniture, wraps, lists, limits; and each line of rules/head.tsv
 * and rules/chrome.tsv through the reader. With a file's name as argument: prints what the file's reader makes of it.
 */
#include "check.h"
#include "flow_text.h"

static cn_arena arena, rules_arena; /* documents rewind theirs */
static const cn_rules *rules;

static read_result read_page(const char *html) {
  return read_bytes(&arena, rules, "page.html", cn_view_of(html), false);
}

#define FLOW(html, want, what) CHECK_TEXT(read_page(html).text, want, what)

static void test_cells(void) {
  FLOW("<table><tr><th>序&nbsp;号<th>任务<tr><td rowspan=2>1<td>甲<tr><td>乙</table>",
       "T \nR #序\xC2\xA0号|#任务\nR 1|甲\nR ^1|乙\nE \n", "a rowspan is carried down");
  FLOW("<table><tr><td>序号<td>任务<td>时限<tr><td colspan=100>一、水<tr><td>1<td>甲<td>年底</table>",
       "T \nR 序号|任务|时限\nR 一、水~3\nR 1|甲|年底\nE \n", "a section row's colspan is clamped to the table");
  FLOW("<table><tr><td colspan=2>序号<td colspan=3>任务<tr><td colspan=2>1<td colspan=3>甲</table>",
       "T \nR 序号|任务\nR 1|甲\nE \n", "columns in which no cell begins are no columns");
  FLOW("<table><tr><td rowspan=1000000>一<td>任务<tr><td>甲<tr><td>乙</table>",
       "T \nR 一|任务\nR ^一|甲\nR ^一|乙\nE \n", "rowspan=1000000 ends with the table");
  FLOW("<table><tr><td>任务<td>人<tr><td>推进\n   建设<br>二期<td>王磊\n 陈国栋</table>",
       "T \nR 任务|人\nR 推进\\n建设\\n二期|王磊\\n陈国栋\nE \n", "wraps and <br> in a cell are line breaks");
  FLOW("<table><caption>分解表</caption><tr><td>任务<td>人<tr><td><p>甲</p><p>乙</p><td>丙</table>",
       "T 分解表\nR 任务|人\nR 甲\\n乙|丙\nE \n", "a caption names the table, paragraphs in a cell are lines");
  FLOW("<tbody><tr><td>任务<td>人<tr><td>甲<td>丙", "T \nR 任务|人\nR 甲|丙\nE \n",
       "a fragment without <table> is a table");
}

static void test_absurd_spans(void) {
  FLOW("<table><tr><th>序号<th>任务<tr><td colspan=1000000>1<td>甲<tr><td colspan=99999999999999999999 "
       "rowspan=-1>2<td>乙</table>",
       "T \nR #序号|#任务\nR 1|甲\nR 2|乙\nE \n", "a colspan that means nothing hides no cell");
}

static void test_layout(void) {
  FLOW("<table><tr><td><p>前言。</p><table><tr><td>任务<td>人<tr><td>甲<td>丙</table><p>附注。</p></table>",
       "P 前言。\nT \nR 任务|人\nR 甲|丙\nE \nP 附注。\n", "a table that holds a table is layout");
  FLOW("<table><tr><td><b>索 引 号：</b><td>0143/1<td>发文机关：<td>国务院<tr><td>成文日期：<td>2019年1月1日</table>",
       "F 索引号=0143/1\nF 发文机关=国务院\nF 成文日期=2019年1月1日\n", "a metadata box is fields");
  FLOW("<p>索引号：0143/1 发文机关：国务院\n发布日期：2019-01-25 10:20</p>",
       "F 索引号=0143/1\nF 发文机关=国务院\nF 发布日期=2019-01-25 10:20\n", "a chain of metadata is fields");
  FLOW("<dl><dt>索引号<dd>0143/1</dl><ul><li>文号：<li>国发〔2019〕3号</ul>",
       "F 索引号=0143/1\nF 文号=国发〔2019〕3号\n", "labels and values in elements of their own are fields");
  FLOW("<p>时间：6月底前</p>", "P 时间：6月底前\n", "a deadline is not taken for the date of issue");
}

static void test_pieces(void) {
  FLOW("<table><tr><td>序号<td>任务<td>时限</table><table><tr><td>1<td>甲<td>年底<tr><td>2<td>乙<td>6月</table>",
       "T \nR 序号|任务|时限\nR 1|甲|年底\nR 2|乙|6月\nE \n", "a header in a table of its own heads the table below");
  FLOW(
      "<table><tr><td>序号<td>任务<tr><td>1<td>甲</table><p>附注</p><table><tr><td>序号<td>任务<tr><td>1<td>乙</table>",
      "T \nR 序号|任务\nR 1|甲\nE \nP 附注\nT \nR 序号|任务\nR 1|乙\nE \n", "tables with text between stay two");
  FLOW("<table><tr><td colspan=2>序号<td>任务<tr><td colspan=2>1<td>甲<tr height=0><td><td><td></table>",
       "T \nR 序号|任务\nR 1|甲\nE \n", "Word's row of no height makes no columns");
  FLOW("<p><![if !supportLists]><span>1.</span><![endif]>推进甲</p>", "P 1. 推进甲\n", "Word's conditions are no text");
  FLOW("<p><span>发布时间：2023-02-03</span><span>来源：市政府办</span><span>浏览次数：9</span></p>",
       "F 发布时间=2023-02-03\nF 来源=市政府办\nF 浏览次数=9\n", "labels that only a margin parts");
  FLOW("<pre>\n某市承诺\n\n序号\t任务\t时限\n1\t新增管网32公里\t年底\n2\t新增学位200个\t6月\n</pre>",
       "P 某市承诺\nT \nR 序号|任务|时限\nR 1|新增管网32公里|年底\nR 2|新增学位200个|6月\nE \n",
       "preformatted text is laid out as text is");
}

static void test_text(void) {
  FLOW("<p>推进\n  建设 5G\nbase</p>", "P 推进建设 5G base\n",
       "a wrap between ideographs is nothing, between words a blank");
  FLOW("<h2 align=center>通知</h2><p style='TEXT-ALIGN: right'>县政府<br>3月1日</p>",
       "H2-c 通知\nP-r 县政府\\n3月1日\n", "headings, centred and right-aligned paragraphs are told");
  FLOW("<p>　　一、甲。<br>　　二、乙。<br></p>", "P 一、甲。\nP 二、乙。\n",
       "lines that end a sentence are paragraphs");
  FLOW("<div>a<script>x<b></script><p style='display: none'>y</p><p hidden>z</p><!-- c --><select><option>q</select>b",
       "P a\nP b\n", "what the page does not show is dropped");
  FLOW("<ol><li>甲<li><p>乙</p></ol><ol type=a start=3><li>丙</ol><ol><li>（一）丁</ol>",
       "P 1. 甲\nP 2. 乙\nP c. 丙\nP （一）丁\n", "a list's numbers stand before its items, once");
  FLOW("<p>约10<sup>4</sup>吨，3m<sup>2</sup></p>", "P 约10⁴吨，3m²\n", "a power does not become a digit");
}

static void test_pasted(void) {
  FLOW(
      "<p>某市承诺</p><div>序号</div><div>承诺事项</div><div>完成时限</div><div>责任人</"
      "div><p>1<p>新增管网32公里<p>年底<p>王磊<p>2<p>新增学位"
      "200个<p>6月<p>林芳<p>",
      "P 某市承诺\nT \nR 序号|承诺事项|完成时限|责任人\nR 1|新增管网32公里|年底|王磊\nR 2|新增学位200个|6月|林芳\nE \n",
      "a table flattened to one cell a paragraph is a table");
}

static void test_furniture(void) {
  FLOW(
      "<div class='top-nav'><p>政府文件</p></div><div><p>甲。乙。丙。丁。戊。己。</p></div><div id=footer>电话簿</div>",
      "P-x 政府文件\nP 甲。乙。丙。丁。戊。己。\nP-x 电话簿\n", "what a class calls navigation or footer is marked");
  FLOW("<div class=content-nav><p>全县完成投资2.4亿元。全县完成投资2.4亿元。</p></div>",
       "P 全县完成投资2.4亿元。全县完成投资2.4亿元。\n", "a body in a box named nav stays");
  FLOW("<ul><li><a href=1>统计公报</a><li><a "
       "href=2>任务表</a></ul><div>全县完成投资2.4亿元。全县完成投资2.4亿元。</div>",
       "P-x 统计公报\nP-x 任务表\nP 全县完成投资2.4亿元。全县完成投资2.4亿元。\n",
       "link lists beside the body are marked");
}

static void test_no_furniture(void) {
  FLOW("<div><h3>政务公开</h3><p>全县政务公开栏目新增12个，信息公开率100%。</"
       "p><p>相关信息由县政府办公室汇总，建议使用统一表格。</p></div>",
       "H3 政务公开\nP 全县政务公开栏目新增12个，信息公开率100%。\nP 相关信息由县政府办公室汇总，建议使用统一表格。\n",
       "what a notice says of publicity and of forms is no furniture");
}

static char *repeated(const char *s, size_t times) {
  size_t n = strlen(s);
  char *out = cn_arena_alloc(&arena, n * times + 1);
  for (size_t i = 0; i < times; i++) memcpy(out + i * n, s, n);
  return out;
}

/* A table so long that it is emitted row by row. */
static void test_long_table(void) {
  cn_buf page, want;
  cn_buf_init(&page, arena.trap);
  cn_buf_init(&want, arena.trap);
  cn_buf_add_string(
      &page, "<table><tr><td>一<td>二</table><table><caption>长表</caption><tr><td>序号<td>单位<td colspan=2>任务");
  cn_buf_add_string(&want, "P 一\nP 二\nT 长表\nR 序号|单位|任务\n");
  for (int i = 1; i <= 600; i++) {
    bool first = i % 2 == 1;
    cn_buf_format(&page, "<tr><td>%d%s<td colspan=2><p>甲<p>乙", i, first ? "<td rowspan=2>局" : "");
    cn_buf_format(&want, "R %d|%s局|甲\\n乙\n", i, first ? "" : "^");
    if (i == 400) cn_buf_add_string(&page, "<tr><td colspan=100>二、气"), cn_buf_add_string(&want, "R 二、气~3\n");
  }
  cn_buf_add_string(&page, "</table><p>后");
  cn_buf_add_string(&want, "E \nP 后\n");
  cn_view text = read_bytes(&arena, rules, "page.html", cn_buf_view(&page), false).text;
  CHECK(cn_view_equal(text, cn_buf_view(&want)), "a long table is the table that a short one is");
  cn_buf_free(&page);
  cn_buf_free(&want);
}

static void test_limits(void) {
  read_result r = read_page(repeated("<div>", 100000));
  CHECK(r.status == CN_OK, "100 000 nested tags are no failure");
  CHECK_TEXT(r.notes, "limit-exceeded", "100 000 nested tags are told");
  r = read_page(repeated("<table><tr><td>甲", 400));
  CHECK_TEXT(r.notes, "limit-exceeded", "deeply nested tables are told");
  cn_buf page;
  cn_buf_init(&page, arena.trap);
  cn_buf_add_string(&page, "<table><tr>");
  for (int i = 0; i < 1000; i++) cn_buf_add_string(&page, "<td rowspan=60000>甲");
  for (int i = 0; i < 20000; i++) cn_buf_add_string(&page, "<tr><td>乙");
  r = read_bytes(&arena, rules, "page.html", cn_buf_view(&page), false);
  cn_buf_free(&page);
  CHECK(r.status == CN_OK, "1000 cells over 60 000 rows are no failure");
  CHECK_TEXT(r.notes, "limit-exceeded", "cells that cover too many rows are told");
}

static void test_bytes(void) {
  read_result r =
      read_page("<meta http-equiv=Content-Type content='text/html; charset=gb2312'><title>\xCD\xA8\n \xD6\xAA</title>"
                "<p>\xB3\xD0\xC5\xB5\xA1\xA3");
  CHECK_TEXT(r.text, "P 承诺。\n", "gb2312 in meta is GB18030");
  CHECK_TEXT(r.title, "通 知", "the title is a hint");
  r = read_bytes(&arena, rules, "page.xls",
                 CN_VIEW("\xEF\xBB\xBF\r\n<!-- x --><html><body><p>\xE6\x89\xBF\xE8\xAF\xBA"), false);
  CHECK_TEXT(r.reader, "html", "HTML that is named .xls is read as HTML");
  CHECK_TEXT(r.text, "P 承诺\n", "a byte order mark is no text");
  r = read_page("<meta charset=utf-16><p>\xB3\xD0\xC5\xB5\xD4\xF0\xC8\xCE\xCA\xE9\xA1\xA3");
  CHECK_TEXT(r.text, "P 承诺责任书。\n", "a page that says UTF-16 in ASCII is not in it");
  static const char utf16[] = "\xFF\xFE<\0p\0>\0\x7F\x62";
  r = read_bytes(&arena, rules, "page.html", (cn_view){utf16, sizeof utf16 - 1}, false);
  CHECK_TEXT(r.text, "P 承\n", "HTML in UTF-16 is read");
  CHECK(!cn_view_is(read_page("序号\t任务\n1\t<p>甲\n").reader, "html"), "text that holds a tag is text");
}

static void test_rules(void) {
  const cn_table *table = cn_rules_table(rules, CN_RULES_HEAD);
  for (size_t i = 0; i < cn_table_count(table); i++) {
    const cn_rule *rule = cn_table_at(table, i);
    cn_view want = cn_arena_format(&arena, "F %.*s\n", (int)rule->fields[3].n, rule->fields[3].p);
    cn_view page = cn_arena_format(&arena, "<p>%.*s</p>", (int)rule->fields[2].n, rule->fields[2].p);
    CHECK_TEXT(read_page(cn_arena_string(&arena, page)).text, cn_arena_string(&arena, want),
               "a line of rules/head.tsv");
  }
  table = cn_rules_table(rules, CN_RULES_CHROME);
  const char *body = "<div><p>全县完成投资2.4亿元，新建污水管网32.6公里。</p><p>年底前完成12条县级河流划界。</p></div>";
  for (size_t i = 0; i < cn_table_count(table); i++) {
    const cn_rule *rule = cn_table_at(table, i);
    cn_view page = cn_arena_format(&arena, "<div>%.*s</div>%s", (int)rule->fields[2].n, rule->fields[2].p, body);
    cn_view text = read_page(cn_arena_string(&arena, page)).text;
    CHECK(cn_view_starts(text, CN_VIEW("P-x ")), cn_arena_string(&arena, cn_rule_key(rule)));
    CHECK(cn_view_find(text, CN_VIEW("\nP 年底前"), 0) != SIZE_MAX, "the body stays");
  }
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
  test_cells();
  test_absurd_spans();
  test_layout();
  test_pieces();
  test_text();
  test_pasted();
  test_furniture();
  test_no_furniture();
  test_long_table();
  test_limits();
  test_bytes();
  test_rules();
  cn_arena_free(&arena);
  cn_arena_free(&rules_arena);
  return check_done();
}
