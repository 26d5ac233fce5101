/* Text to flow: which layout reads what, and what each makes of it. The notices are invented. With a file's name as
 * argument: prints what the file's reader makes of it. */
#include "check.h"
#include "flow_text.h"

#include "extract/md_inline.h"
#include "extract/wrap.h"

static cn_arena arena, rules_arena;
static const cn_rules *rules;

static read_result read_as(const char *layout, const char *text) {
  return read_layout(&arena, rules, layout, "n.txt", cn_view_of(text), false);
}

/* The layout that bids best, and what it makes of the text. */
static void check_flow(const char *layout, const char *text, const char *want, const char *what) {
  read_result r = read_as(NULL, text);
  CHECK_TEXT(r.layout, layout, what);
  CHECK_TEXT(r.text, want, what);
}

static void test_tabs(void) {
  check_flow("tabs",
             "清河县2022年任务\n\n单位\t序号\t任务\t时限\n城关镇\t1\t修路\t6月底\n\t2\t 植树 "
             "\t\n联系人：王磊\n\n东关镇\t1\t治水\t年底\n",
             "P 清河县2022年任务\nT \nR 单位|序号|任务|时限\nR 城关镇|1|修路|6月底\nR |2|植树|\nP 联系人：王磊\nR "
             "东关镇|1|治水|年底\nE \n",
             "cells between tabs; an empty one keeps its column; a line without a tab is text between rows");
  check_flow("tabs", "发文机关：清河县政府办\n文号：清政〔2022〕3号\n## 任务清单\n序号\t任务\n1\t修路\n2\t植树\n",
             "F 发文机关=清河县政府办\nF 文号=清政〔2022〕3号\nH2 任务清单\nT \nR 序号|任务\nR 1|修路\nR 2|植树\nE \n",
             "labelled lines at the head are fields, ## is a heading");
  check_flow("plain", "\t为做好工作，通知如下。\n\t一、修路。\n\t二、植树。\n",
             "P 为做好工作，通知如下。\nP 一、修路。\nP 二、植树。\n", "lines that only begin with a tab are no table");
}

static void test_csv(void) {
  check_flow("csv",
             "清河县2022年任务汇总表,,,\n发布单位：清河县政府办,,发布日期：2022年3月1日,\n"
             "县区,序号,任务,责任人\r\n青山区,1,\"修路，\r\n植树\",\"王磊\n赵敏\"\n,2,\"推进\"\"零土地\"\"技改\",王磊\n"
             "联系人：龚洁,,,\n",
             "P 清河县2022年任务汇总表\nF 发布单位=清河县政府办\nF 发布日期=2022年3月1日\nT \nR 县区|序号|任务|责任人\n"
             "R 青山区|1|修路，\\n植树|王磊\\n赵敏\nR |2|推进\"零土地\"技改|王磊\nP 联系人：龚洁\nE \n",
             "RFC 4180 with titles, fields and contact lines in records of their own");
  check_flow("csv", "序号;任务;责任人\n1;\"修路; 植树\";王磊\n2;\"双随机\"监管;赵敏\n3;\"未闭合;钱进\n",
             "T \nR 序号|任务|责任人\nR 1|修路; 植树|王磊\nR 2|\"双随机\"监管|赵敏\nR 3|\"未闭合|钱进\nE \n",
             "a quote that does not close at a separator is a character");
  check_flow("csv", "序号\t任务\t人\n1\t\"第一句。\n第二句。\"\t王磊\n2\t植树\t赵敏\n",
             "T \nR 序号|任务|人\nR 1|第一句。\\n第二句。|王磊\nR 2|植树|赵敏\nE \n", "quoted TSV is read as such");
  check_flow("csv", "一、优化环境,,\n序号,任务,人\n1,,王磊\n,补充说明,\n",
             "P 一、优化环境\nT \nR 序号|任务|人\nR 1||王磊\nR |补充说明|\nE \n",
             "text in another column than the first is a row, to be joined with the one above");
}

static void test_csv_report(void) {
  cn_buf text;
  cn_buf_init(&text, arena.trap);
  cn_buf_add_string(&text, "title,publish_date,full_text\n2022年工作报告,2022-01-05,\"工作报告\n");
  for (int i = 0; i < 40; i++)
    cn_buf_add_string(&text, "各位代表：过去一年，全县经济运行总体平稳，主要指标稳中有进，社会大局和谐稳定。\n");
  cn_buf_add_string(&text, "谢谢大家。\"\n");
  cn_buf_add_char(&text, 0);
  read_result r = read_as(NULL, text.p);
  CHECK_TEXT(r.layout, "csv", "a CSV with a whole report in one cell is CSV");
  CHECK(cn_view_starts(r.text, CN_VIEW("F title=2022年工作报告\nF publish_date=2022-01-05\nP 工作报告\nP 各位代表")),
        "the report comes out as paragraphs, the short cells as fields");
  CHECK(cn_view_ends(r.text, CN_VIEW("P 谢谢大家。\n")), "to its last line");
  cn_buf_free(&text);
}

static void test_pipe(void) {
  check_flow("pipe",
             "# 清河新区任务\n\n> 文号：清管〔2022〕3号  \n> "
             "发布日期：2022-01-10\n\n确定**12件**实事，见[网页](http://a.cn/)。\n\n"
             "| 序号 | 任务 | 单位 |\n|:--:|---|--:|\n| 1 | 修路**46公里**<br>植树 | 交通局\\|林业局 |\n| 2 | 治水 |  "
             "|\n\n---\n\n*注：可调整。*\n",
             "H1 清河新区任务\nF 文号=清管〔2022〕3号\nF 发布日期=2022-01-10\nP 确定12件实事，见网页。\n"
             "T \nR 序号|任务|单位\nR 1|修路46公里\\n植树|交通局|林业局\nR 2|治水|\nE \nP 注：可调整。\n",
             "Markdown without its marks; quotes at the head are fields");
  check_flow("pipe", "序号 | 任务 | 时限\n1 | 修路 | 6月\n2 | 植树 | 9月\n",
             "T \nR 序号|任务|时限\nR 1|修路|6月\nR 2|植树|9月\nE \n", "a table of | without rule or ends");
  check_flow("pipe", "任务表\n\n序号 | 任务\n--- | ---\n1 | 修路\n2 | 植树\n",
             "P 任务表\nT \nR 序号|任务\nR 1|修路\nR 2|植树\nE \n", "a table without outer bars");
  check_flow("pipe",
             "+------+------------+\n| 序号 | 任务       |\n+======+============+\n| 1    | 新建公路20 |\n|      | "
             "公里。     |\n"
             "+------+------------+\n| 2    | 植树。     |\n+------+------------+\n",
             "T \nR 序号|任务\nR 1|新建公路20公里。\nR 2|植树。\nE \n",
             "a grid: the lines between two rules are one row");
  check_flow("pipe", "┌──┬──┐\n│序号│任务│\n├──┼──┤\n│1│修路│\n│2│植树│\n└──┴──┘\n",
             "T \nR 序号|任务\nR 1|修路\nR 2|植树\nE \n", "a drawn table without rules between its rows");
  check_flow("pipe", "## 表\n\n- 说明\n\n<table>\n<tr><td>序号<td>任务</tr>\n<tr><td>1<td>修路</tr>\n</table>\n",
             "H2 表\nP 说明\nT \nR 序号|任务\nR 1|修路\nE \n", "an HTML table in Markdown is a table");
  check_flow("pipe", "# 任务\n\n- [ ] 修路\n- [x] 植树\n  - 一期\n", "H1 任务\nP 修路\nP 植树\nP 一期\n",
             "list marks and boxes go");
}

static void check_inline(const char *text, const char *want, const char *what) {
  CHECK_TEXT(cn_md_inline(&arena, cn_view_of(text)), want, what);
}

static void test_inline(void) {
  check_inline("**46公顷**和*重点*、__全部__、~~删~~、`码`", "46公顷和重点、全部、删、码", "marks of emphasis go");
  check_inline("5*6=30，2 * 3，a_b_c，3<5，<1.5%", "5*6=30，2 * 3，a_b_c，3<5，<1.5%", "signs that mark nothing stay");
  check_inline("[网页](http://a.cn/b)![图](x.png)正文[^1]", "网页正文", "links keep their text, images and notes go");
  check_inline("甲<br/>乙<br>丙<span style='x'>丁</span>&nbsp;戊&lt;", "甲\n乙\n丙丁\xC2\xA0戊<",
               "inline HTML is read");
  check_inline("1\\. 一\\*二\\|三", "1. 一*二|三", "an escape gives its character");
  cn_view plain = CN_VIEW("全年新增就业5000人。");
  CHECK(cn_md_inline(&arena, plain).p == plain.p, "text without marks is not copied");
}

static void test_cells(void) {
  static const char table[] =
      "清河县任务清单\n单位\n序号\n承诺事项\n完成时限\n责任人\n城关镇\n1\n新建公路20公里，改造桥梁3座。\n6月底前\n"
      "王立新\n2\n完成绿化面积50公顷，栽植树木。\n长期坚持\n赵　敏、王立新\n联系人：钱进\n东关镇\n1\n新建学校两所，"
      "新增学位900个。\n12月底\n孙　刚\n";
  static const char want[] = "P 清河县任务清单\nT \nR 单位|序号|承诺事项|完成时限|责任人\nR "
                             "城关镇|1|新建公路20公里，改造桥梁3座。|6月底前|王立新\n"
                             "R |2|完成绿化面积50公顷，栽植树木。|长期坚持|赵　敏、王立新\nP 联系人：钱进\nR "
                             "东关镇|1|新建学校两所，新增学位900个。|12月底|孙　刚\nE \n";
  check_flow("cells", table, want, "one cell a line; a block's name where it changes; contact lines between rows");
  cn_buf parted;
  cn_buf_init(&parted, arena.trap);
  for (const char *p = table; *p; p++) {
    cn_buf_add_char(&parted, *p);
    if (*p == '\n') cn_buf_add_char(&parted, '\n');
  }
  cn_buf_add_char(&parted, 0);
  check_flow("cells", parted.p, want, "the same with blank lines between all cells");
  cn_buf_free(&parted);
  check_flow("cells",
             "序号\n工作任务\n牵头单位\n完成时限\n1\n推进智慧城市建设，新建基站300个。\n市工业和信息化局\n市大数据局\n9"
             "月底前\n2\n"
             "改造老旧小区25个，惠及居民8000户。\n市住房和城乡建设局\n年底前\n",
             "T \nR 序号|工作任务|牵头单位|完成时限\nR "
             "1|推进智慧城市建设，新建基站300个。|市工业和信息化局\\n市大数据局|9月底前\n"
             "R 2|改造老旧小区25个，惠及居民8000户。|市住房和城乡建设局|年底前\nE \n",
             "a cell of two lines does not put the rows out of step");
  check_flow(
      "cells",
      "序号\n工作任务\n完成时限\n责任人\n备注\n1\n改造农村户厕1200户，硬化通户道路。\n6月底\n王立新\n民生实事\n2\n"
      "新建高标准农田4500亩，提升产能。\n年底\n赵敏\n3\n"
      "新建养老食堂4处，提供助餐服务。\n年底\n赵敏\n重点项目\n",
      "T \nR 序号|工作任务|完成时限|责任人|备注\nR 1|改造农村户厕1200户，硬化通户道路。|6月底|王立新|民生实事\n"
      "R 2|新建高标准农田4500亩，提升产能。|年底|赵敏|\nR 3|新建养老食堂4处，提供助餐服务。|年底|赵敏|重点项目\nE \n",
      "an empty cell that left no line does not put the rows out of step");
}

static void test_spaces(void) {
  check_flow(
      "spaces",
      "              清河县重点任务分解表\n\n  序号   重点任务                      牵头单位      完成时限\n\n"
      "  一、提升服务效能\n\n  1      推行企业开办一网通办，开办时  县市监局      3月底前完\n         "
      "间压缩至0.5个工作日。                       成\n\n"
      "                             — 1 —\n\f\n  序号   重点任务                      牵头单位      完成时限\n\n"
      "  2      推进高效办成一件事，压减时限  县行政审批    年底\n         三成以上。                    "
      "服务局\n\n联系人：王磊  电话：0530-1234567\n",
      "P 清河县重点任务分解表\nT \nR 序号|重点任务|牵头单位|完成时限\nP 一、提升服务效能\nR "
      "1|推行企业开办一网通办，开办时间压缩至0.5个工作日。|县市监局|3月底前完成\n"
      "R 2|推进高效办成一件事，压减时限三成以上。|县行政审批服务局|年底\nP 联系人：王磊  电话：0530-1234567\nE \n",
      "columns held apart by blanks, cells over several lines, page numbers and repeated headers dropped");
  check_flow("spaces",
             "序号  任务                          责任单位      时限\n14    新建公路20公里，改造桥梁3座，  县交通局    "
             "  6月底\n      完成投资3亿元。\n"
             "15加强监管，压减办理时限30%以上，  县审批局      年底\n      实现一网通办。\n",
             "T \nR 序号|任务|责任单位|时限\nR 14|新建公路20公里，改造桥梁3座，完成投资3亿元。|县交通局|6月底\n"
             "R 15|加强监管，压减办理时限30%以上，实现一网通办。|县审批局|年底\nE \n",
             "a serial with no gap to the text behind it");
  check_flow(
      "spaces",
      "序号    任务                          责任人    时限\n        新建公路20公里，改造桥梁3座，\n1       "
      "同步建设排水和照明设施，完成  王立新    6月底\n        投资3亿元。\n"
      "        植树造林50公顷，栽植苗木10万\n2                                     赵敏      年底\n        株以上。\n",
      "T \nR 序号|任务|责任人|时限\nR "
      "1|新建公路20公里，改造桥梁3座，同步建设排水和照明设施，完成投资3亿元。|王立新|6月底\n"
      "R 2|植树造林50公顷，栽植苗木10万株以上。|赵敏|年底\nE \n",
      "numbers in the middle of their rows' height, one alone on its line");
  check_flow("spaces",
             "序号  任务                    完成时限    责任单位\n1     新增就业 5000 人以上     12 月底前   "
             "县人社局\n2     改造小区 12 个           2022 年内   县住建局\n"
             "3     建设停车场 6 处          9 月底      县城管局\n",
             "T \nR 序号|任务|完成时限|责任单位\nR 1|新增就业5000人以上|12月底前|县人社局\nR "
             "2|改造小区12个|2022年内|县住建局\n"
             "R 3|建设停车场6处|9月底|县城管局\nE \n",
             "blanks that a PDF leaves between digits and ideographs go");
  check_flow("spaces",
             "序号  工作任务                 责 任 人    完成\n                                           时限\n1     "
             "新建学校两所             李　刚      年底\n2     新增学位900个            王海涛      年底\n",
             "T \nR 序号|工作任务|责 任 人|完成时限\nR 1|新建学校两所|李　刚|年底\nR 2|新增学位900个|王海涛|年底\nE \n",
             "a header of two lines, letters with blanks between, a blank inside a name");
  static const char *const body = "1     新建学校两所          市教育局      市财政局      年底\n"
                                  "2     新增学位九百个        市教育局      市人社局      年底\n";
  static const char *const want =
      "T \nR 序号|工作任务|牵头单位|配合单位|完成时限\nR 1|新建学校两所|市教育局|市财政局|年底\n"
      "R 2|新增学位九百个|市教育局|市人社局|年底\nE \n";
  static const char *const headers[] = {
      "序号  工作任务              责任单位                    完成时限\n"
      "                            牵头单位      配合单位\n",
      "                                 责任单位\n序号  工作任务                                          完成时限\n"
      "                            牵头单位      配合单位\n",
      "                                 责任单位\n"
      "序号  工作任务              牵头单位      配合单位      完成时限\n"};
  for (size_t i = 0; i < CN_COUNT(headers); i++) {
    char text[1024];
    snprintf(text, sizeof text, "%s%s", headers[i], body);
    check_flow("spaces", text, want, "牵头单位 and 配合单位 under 责任单位 are columns of their own");
  }
}

static void test_sections(void) {
  check_flow(
      "spaces",
      "一、住有所居\n\n  序号  实事内容                        牵头单位      时限\n  ----- "
      "------------------------------- ------------- ------\n"
      "    1   改造老旧小区38个。              区住建局      6月底\n    2   更新供水管网30公里。            区城管局   "
      "   年底\n\n"
      "二、学有优教\n\n  序号  实事内容              牵头单位  时限\n  ----- --------------------- --------- ------\n"
      "    3   新建学校7所。         区教育局  8月底\n    4   新增学位9600个。      区教育局  年底\n",
      "P 一、住有所居\nT \nR 序号|实事内容|牵头单位|时限\nR 1|改造老旧小区38个。|区住建局|6月底\nR "
      "2|更新供水管网30公里。|区城管局|年底\nP 二、学有优教\nR 3|新建学校7所。|区教育局|8月底\nR "
      "4|新增学位9600个。|区教育局|年底\nE \n",
      "a header that comes again with its columns elsewhere; rules of hyphens");
  check_flow(
      "cells",
      "一、住有所居\n序号\n实事内容\n牵头单位\n完成时限\n1\n改造老旧小区38个，惠及居民2600户。\n区住房和建设局\n6月底\n"
      "二、学有优教\n序号\n实事内容\n牵头单位\n完成时限\n2\n新建学校7所，新增学位9600个。\n区教育局\n8月底\n",
      "P 一、住有所居\nT \nR 序号|实事内容|牵头单位|完成时限\nR "
      "1|改造老旧小区38个，惠及居民2600户。|区住房和建设局|6月底\n"
      "P 二、学有优教\nR 2|新建学校7所，新增学位9600个。|区教育局|8月底\nE \n",
      "a section's heading between two headers is no cell");
}

static void test_plain(void) {
  check_flow("plain",
             "    "
             "为深入贯彻落实上级决策部署，全面推进乡村振兴战略，现将有\n关事项通知如下。各乡镇要高度重视，认真组织实施"
             "，确保各项任\n务落到实处，取得实效，让群众满意，让社会认可，让发展更好。\n"
             "    一、总体要求\n    坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念。\n",
             "P "
             "为深入贯彻落实上级决策部署，全面推进乡村振兴战略，现将有关事项通知如下。各乡镇要高度重视，认真组织实施，"
             "确保各项任务落到实处，取得实"
             "效，让群众满意，让社会认可，让发展更好。\nP 一、总体要求\nP "
             "坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念。\n",
             "lines that a fixed width has cut are joined without a blank");
  check_flow("plain",
             "标题：关于调整办公时间：的通知\n发布时间：2022-04-21 15:32  来源：县政府办\n栏目: 公告\n===== 正文 "
             "=====\n1.修路。\n时间：六月\n",
             "F 标题=关于调整办公时间：的通知\nF 发布时间=2022-04-21 15:32\nF 来源=县政府办\nF 栏目=公告\nP-x ===== "
             "正文 =====\nP "
             "1.修路。\nP 时间：六月\n",
             "labels are fields at the head only");
  check_flow("plain", "承诺事项：修路\n完成时限：年底\n责任人：王磊\n",
             "P 承诺事项：修路\nP 完成时限：年底\nP 责任人：王磊\n",
             "labelled items are lines of text for the segmenter");
  CHECK_TEXT(read_as("lines", "\n年度任务\n\n修路20公里\t完成\n植树\n").text,
             "H0 年度任务\nT \nR 修路20公里\t完成\nR 植树\nE \n", "--layout lines: a title, then one task a line");
  CHECK(read_as("no-such", "修路\n").status == CN_USAGE, "an unknown layout is a usage error");
  for (size_t i = 0; cn_layout_name(i); i++) {
    read_result r = read_as(cn_layout_name(i), "清河县任务\n序号\t任务\n1\t修路, \"植树\" | 治水\n");
    CHECK(r.status == CN_OK, "each layout reads any text when it is asked to");
    CHECK(cn_view_find(r.text, CN_VIEW("修路"), 0) != SIZE_MAX, "and loses nothing of it");
    CHECK(cn_layout_help(i) && *cn_layout_help(i), "each layout says what it is for");
  }
}

/* ---- Windows ---- */

typedef struct tally {
  uint64_t rows, hash, last_line;
} tally;

static cn_status on_event(void *self, const cn_event *event) {
  tally *t = self;
  if (event->type != CN_EVENT_ROW) return CN_OK;
  t->rows++;
  t->last_line = (uint64_t)event->row->line;
  for (size_t i = 0; i < event->row->task.n; i++) t->hash = t->hash * 31 + (unsigned char)event->row->task.p[i];
  return CN_OK;
}

static cn_status on_end(void *self) {
  (void)self;
  return CN_OK;
}

/* A table of `count` rows, each with its own task, in the words of a layout. */
static tally extract_many(const char *row, const char *head, const char *again, size_t count, uint64_t *hash) {
  cn_buf text;
  cn_buf_init(&text, arena.trap);
  cn_buf_add_string(&text, head);
  *hash = 0;
  for (size_t i = 1; i <= count; i++) {
    size_t serial = i % 900 + 1;
    if (i % 1000 == 0) cn_buf_add_string(&text, again); /* as on each printed page */
    cn_view task = cn_arena_format(&arena, "新建公路%zu公里，改造桥梁%zu座，新增绿化面积%zu公顷，完成投资若干。", i,
                                   i % 7 + 1, i % 11 + 2);
    cn_buf_format(&text, row, serial, (int)task.n, task.p);
    for (size_t k = 0; k < task.n; k++) *hash = *hash * 31 + (unsigned char)task.p[k];
  }
  tally t = {0};
  cn_sink sink = {&t, on_event, on_end};
  cn_extract_options options = {.year = CN_NONE};
  cn_input input = {.name = CN_VIEW("n.txt"), .fd = -1, .bytes = cn_buf_view(&text)};
  cn_failure failure = {0};
  cn_arena own;
  cn_arena_init(&own, arena.trap);
  CHECK(cn_extract(&own, rules, &options, &input, &sink, &failure) == CN_OK, "a large table is read");
  cn_arena_free(&own);
  cn_buf_free(&text);
  return t;
}

static void check_many(const char *row, const char *head, const char *again, uint64_t first, const char *what) {
  enum { COUNT = 24000 };
  uint64_t hash;
  tally t = extract_many(row, head, again, COUNT, &hash);
  CHECK_INT(t.rows, COUNT, what);
  CHECK(t.hash == hash, what);
  CHECK_INT(t.last_line, first + COUNT - 1 + COUNT / 1000, "line numbers go on from window to window");
}

static void test_windows(void) {
  check_many("%zu\t%.*s\t年底\t王磊\n", "清河县任务\n序号\t任务\t时限\t责任人\n", "序号\t任务\t时限\t责任人\n", 3,
             "tabs: no row is lost at a window's edge");
  check_many("%zu,%.*s,年底,王磊\r\n", "序号,任务,时限,责任人\r\n", "序号,任务,时限,责任人\r\n", 2,
             "csv: no row is lost at a window's edge");
}

int main(int count, char **names) {
  cn_trap trap = {0}; /* no limit */
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  cn_arena_init(&rules_arena, &trap);
  cn_rules *opened;
  cn_view error;
  if (cn_rules_open(&rules_arena, NULL, &opened, &error) != CN_OK) return 1;
  rules = opened;
  if (count > 1) return print_file(&arena, rules, names[1]);
  test_tabs();
  test_csv();
  test_csv_report();
  test_pipe();
  test_inline();
  test_cells();
  test_spaces();
  test_sections();
  test_plain();
  test_windows();
  cn_arena_free(&arena);
  cn_arena_free(&rules_arena);
  return check_done();
}
