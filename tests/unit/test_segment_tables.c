/* Tables of every shape through the segmenter: header words, blocks, carried-down cells, continuation rows, totals. */
#include "segment_check.h"

static void check_blocks(lab *l) {
  LAB(l, false,
      "block region 长河市\nrow 1 1: 新建道路8公里。 {deadline=12月底; person=王磊 赵敏}\nrow 2 2: 新增就业5万人。 "
      "{deadline=长期坚持; person=王磊}\n"
      "contact 长河市 李建 0531-6660777\nblock region 石桥市\nrow 1 1: 建成医院3所。 {deadline=6月底; person=孙浩}\n! "
      "contact-missing\n",
      "a filled unit cell opens a block, its contact follows its rows, and a block without one is reported", "t",
      "r 单位|序号|承诺事项|完成时间|责任人", "r 长河市|1|新建道路8公里。|12月底|王磊 赵敏",
      "r |2|新增就业5万人。|长期坚持|王磊", "p 联系人：李建 联系电话：0531-6660777",
      "r 单位|序号|承诺事项|完成时间|责任人", "r 石桥市|1|建成医院3所。|6月底|孙浩", "/t");
  LAB(l, false,
      "block section 健全机制\nrow 1 1: 甲事。 {unit=县水利局; deadline=12月底}\nrow 2 2: 乙事。 {unit=县水利局; "
      "deadline=6月底}\nblock section 强化监管\n"
      "row 3 3: 丙事。 {unit=县环保局; deadline=9月底}\n",
      "section rows open blocks, a unit column behind the serial is a responsible body, totals are no rows", "t",
      "r 序 号|责任单位|任 务|完成时限", "r 一、健全机制|<|<|<", "r 1|县水利局|甲事。|12月底", "r 2|^|乙事。|6月底",
      "r 小计|2||", "r 二、强化监管|<|<|<", "r 3|县环保局|丙事。|9月底", "r 合计|3||", "/t");
  LAB(l, false,
      "block section 住有所居\nrow 1 1: 甲事。 {lead=区住建局}\nblock section 学有优教\nrow 2 2: 乙事。 "
      "{lead=区教育局}\n",
      "a heading above each table is the block of its rows", "h1 某区2025年民生实事清单", "h2 一、住有所居", "t",
      "r 序号|实事内容|牵头单位", "r 1|甲事。|区住建局", "/t", "h2 二、学有优教", "t", "r 序号|实事内容|牵头单位",
      "r 2|乙事。|区教育局", "/t", "p *注：内容可调整。*");
  LAB(l, false,
      "block - \nrow 1 1: 甲事。 {unit=市教育局; deadline=8月底}\nrow 2 2: 乙事。 {unit=市民政局; deadline=9月底}\n",
      "a unit column that is filled on every row names responsible bodies", "t", "r 序号|责任单位|工作任务|完成时限",
      "r 1|市教育局|甲事。|8月底", "r 2|市民政局|乙事。|9月底", "/t");
  LAB(l, false, "block section 工业强市\nrow 1 1: 甲事。 {unit=市工信局}\n",
      "a section whose title ends like a city's name is no region", "t", "r 序号|任务|责任单位", "r 一、工业强市|<|<",
      "r 1|甲事。|市工信局", "/t");
}

static void check_places(lab *l) {
  LAB(l, false,
      "block region 桃源社区\nrow 1 1: 甲事。 {deadline=6月底}\nrow 2 2: 乙事。 {deadline=9月底}\ncontact 桃源社区 "
      "周明 13800000001\n"
      "block region 清泉村\nrow 1 1: 丙事。 {deadline=10月底}\ncontact 清泉村 吴涛 13800000002\n",
      "columns of contacts are the block's contacts, each once", "t",
      "r 社区（村）|序号|承诺事项|完成时间|联系人|联系电话", "r 桃源社区|1|甲事。|6月底|周明|13800000001",
      "r ^|2|乙事。|9月底|^|^", "r 清泉村|1|丙事。|10月底|吴涛|13800000002", "/t");
  LAB(l, false,
      "contact - 陈静 0372-6650111\nblock region 东村\nrow 1 1: 甲事。 {person=刘勇}\nblock region 西村\nrow 2 2: "
      "乙事。 {person=王虎}\nblock region 北村\n"
      "row 3 3: 丙事。 {person=李飞}\n",
      "one contact under the last of several blocks is the notice's own", "t", "r 序号|村名|承诺事项|责任人",
      "r 1|东村|甲事。|刘勇", "r 2|西村|乙事。|王虎", "r 3|北村|丙事。|李飞", "p 联系人：陈静，电话：0372-6650111",
      "/t");
  LAB(l, false,
      "block section 经济发展\nrow 1 1: 甲事。 {lead=区发改委}\nrow 2 2: 乙事。 {lead=区投促局}\nblock section "
      "城市建设\nrow 3 3: 丙事。 {lead=区住建局}\n",
      "a merged category in front of the serial opens sections", "t", "r 类别|序号|工作内容|牵头单位",
      "r 经济发展|1|甲事。|区发改委", "r ^|2|乙事。|区投促局", "r 城市建设|3|丙事。|区住建局", "/t");
  LAB(l, false, "block - \nrow 1 1: 甲事。 {deadline=8月底} [启动时间=3月]\n",
      "of two columns of time the one that says when it ends is the deadline", "t", "r 序号|任务|启动时间|完成时限",
      "r 1|甲事。|3月|8月底", "/t");
}

static void check_forms(lab *l) {
  LAB(l, false,
      "block organization 县教育局\nrow - : 新建学校3所。 {deadline=8月底; person=李梅}\nrow - : 改造食堂12个。 "
      "{deadline=9月底; person=王强}\n",
      "a table of labels and values is read as labelled items", "t", "r 单位|县教育局", "r 承诺事项|新建学校3所。",
      "r 完成时限|8月底|责任人|李梅", "r 承诺事项|改造食堂12个。", "r 完成时限|9月底|责任人|王强", "/t");
  LAB(l, false, "block section 主要任务\nrow 1 1: 新建公园5个。 {owner=区园林局负责}\n",
      "a table of one cell is the page's frame", "t", "r 一、主要任务", "r 1.新建公园5个。（区园林局负责）", "/t");
  LAB(l, false, "block - \nrow 1 1: 新建公园。 {unit=区园林局}\nrow 2 2: 改造小区。 {unit=区住建局}\n",
      "serial numbers in the cells of the task", "t", "r 实事项目|责任单位", "r 1.新建公园。|区园林局",
      "r 2.改造小区。|区住建局", "/t");
}

static void check_cells(lab *l) {
  LAB(l, false,
      "block - \nrow 1 1: 甲事。 {lead=区教育局; support=区财政局; deadline=6月底} [备注=省定]\nrow 2 2: 乙事。 "
      "{lead=区教育局; deadline=长期坚持}\n"
      "row 3 3: 丙事。 {lead=区民政局; deadline=长期坚持}\n",
      "a remark and a support cell beside a lead are not carried down; a deadline is", "t",
      "r 序号|任务内容|牵头单位|配合单位|完成时限|备 注", "r 1|甲事。|区教育局|区财政局|6月底|省定",
      "r 2|乙事。|区教育局||长期坚持|", "r 3|丙事。|区民政局|||", "/t");
  LAB(l, false,
      "block - \nrow 1 1: 新建管网32公里，消除直排口。 {unit=县住建局/县水利局; deadline=6月底前}\nrow 2 2: 乙事。 "
      "{unit=县教育局; deadline=9月底}\n",
      "a row without serial goes on with the row above", "t", "r 序号|重点任务|责任单位|完成时限",
      "r 1|新建管网32公里，|县住建局|6月底前", "r |消除直排口。|县水利局|", "r 2|乙事。|县教育局|9月底", "/t");
  LAB(l, false, "block - \nrow 1 1: 甲事。 {deadline=12月底} [分值=8]\n",
      "a header of two levels is read by its lower cells", "t", "r 序号|重点任务|<|2021年完成时限",
      "r ^|任务内容|分值|^", "r 1|甲事。|8|12月底", "/t");
  LAB(l, false,
      "! header-missing\nblock - \nrow 1 1: 新建公路60公里，改造桥梁5座。 {unit=县交通局; deadline=6月底前}\n"
      "row 2 2: 建成安置房800套，惠及群众2600人。 {unit=县住建局; deadline=12月底前}\n",
      "a table without header is read by its content, and said to be", "t",
      "r 1|新建公路60公里，改造桥梁5座。|县交通局|6月底前", "r 2|建成安置房800套，惠及群众2600人。|县住建局|12月底前",
      "/t");
  LAB(l, false, "! no-rows\n", "a table of figures is no list of tasks", "t", "r 项目|面积|百分比",
      "r 住宅区|381.32|12.08%", "r 商业区|37.35|1.18%", "/t");
  LAB(l, false, "block region 长河市\nrow 1 1: 甲事。 {person=王磊}\nrow 2 2: 乙事。 {person=赵敏}\n",
      "a row that left its unit column out is moved to its place", "t", "r 单位|序号|承诺事项|责任人",
      "r 长河市|1|甲事。|王磊", "r 2|乙事。|赵敏", "/t");
}

static void check_empty_cells(lab *l) {
  LAB(l, false,
      "block - \nrow 1 1: 甲事。 {lead=区教育局; deadline=6月底}\nrow 2 2: 乙事。 {unit=区民政局; deadline=6月底}\nrow "
      "3 3: 丙事。 {lead=区财政局; "
      "deadline=9月底}\n",
      "where a lead and a unit exclude each other an empty cell says nobody", "t",
      "r 序号|任务|牵头单位|责任单位|完成时限", "r 1|甲事。|区教育局||6月底", "r 2|乙事。||区民政局|",
      "r 3|丙事。|区财政局||9月底", "/t");
  LAB(l, false, "block - \nrow 1 1: 甲事。 {unit=区教育局; person=李娜}\nrow 2 2: 乙事。 {unit=区教育局}\n",
      "beside merged cells an empty one is empty", "t", "r 序号|任务|责任单位|责任人", "r 1|甲事。|区教育局|李娜",
      "r 2|乙事。|^|", "/t");
}

static void check_serials(lab *l) {
  LAB(l, false,
      "block - \nrow 1 1: 甲事。 {deadline=6月底}\n! serial-gap 3\nrow 3 3: 乙事。 {deadline=6月底}\n! "
      "serial-duplicate 3\nrow 3 3: 丙事。 {deadline=6月底}\n",
      "gaps and duplicates among serial numbers are reported", "t", "r 序号|任务|时限", "r 1|甲事。|6月底",
      "r 3|乙事。|6月底", "r 3|丙事。|6月底", "/t");
  LAB(l, false,
      "block region 东城区\nrow 1 1: 甲事。 {person=李娜}\nblock region 西城区\nrow 1 1: 乙事。 {person=张敏}\n! "
      "block-count-mismatch\n",
      "a title that announces more regions than there are is reported", "h1 2020年16区重点任务承诺事项", "t",
      "r 单位|序号|任务|责任人", "r 东城区|1|甲事。|李娜", "r 西城区|1|乙事。|张敏", "/t");
}

/* Rows, blocks and carried cells go on where a window ends, for every size of window. */
static void check_windows(lab *l) {
  static const char *const notice[] = {"h1 某市2022年任务清单",
                                       "t",
                                       "r 单位|序号|承诺事项|完成时间|责任人",
                                       "r 甲县|1|甲事。|12月底|王磊",
                                       "r |2|乙事。||",
                                       "p 联系人：李建 联系电话：0531-6660777",
                                       "r 单位|序号|承诺事项|完成时间|责任人",
                                       "r 乙县|1|丙事。|6月底|孙浩",
                                       "r |2|丁事。||钱进",
                                       "p 联系人：周敏 联系电话：0531-6660888",
                                       "/t"};
  cn_view all = cn_arena_copy(&l->arena, lab_run(l, notice, CN_COUNT(notice), 0, false));
  CHECK(cn_view_find(all, CN_VIEW("row 2 2: 丁事。 {deadline=6月底; person=钱进}"), 0) != SIZE_MAX,
        "the notice is read at once");
  for (size_t window = 4; window < CN_COUNT(notice); window++)
    CHECK_TEXT(lab_run(l, notice, CN_COUNT(notice), window, false), cn_arena_string(&l->arena, all),
               "windows give what the whole gives");
}

int main(void) {
  lab l = {.head = false};
  if (setjmp(l.trap.env)) return 1;
  lab_open(&l);
  check_blocks(&l);
  check_places(&l);
  check_forms(&l);
  check_cells(&l);
  check_serials(&l);
  check_empty_cells(&l);
  check_windows(&l);
  lab_close(&l);
  return check_done();
}
