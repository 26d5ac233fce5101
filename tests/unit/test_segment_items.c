/* Numbered prose through the segmenter: nesting, glued serials, brackets, labels, what is no row. */
#include "segment_check.h"

static void check_nesting(lab *l) {
  LAB(l, false,
      "block section 推进事项标准化\nrow 1 1: 统一清单。 {owner=省政务局牵头，省直部门配合}\nrow 2 2: 规范要素。 "
      "{owner=省司法厅负责}\nblock section 推进流程标准化\n"
      "row 1 （1）: 建立目录。 {owner=省司法厅负责; deadline=2020年9月底前完成}\nrow 2 （2）: 加强监管。 "
      "{owner=省市场监管局负责; deadline=长期坚持}\n",
      "the nearest heading is the block; an item with sub-items that are rows is neither", "p 一、总体要求",
      "p 以人民为中心。", "p 二、主要任务", "p （一）推进事项标准化", "p 1.统一清单。（省政务局牵头，省直部门配合）",
      "p 2.规范要素。（省司法厅负责）", "p （二）推进流程标准化", "p 3.推行告知承诺。",
      "p （1）建立目录。（省司法厅负责，2020年9月底前完成）", "p （2）加强监管。（省市场监管局负责，长期坚持）",
      "p 三、组织实施", "p （一）加强领导。各地要高度重视。");
  LAB(l, false,
      "block section 主要任务\nrow 1 （一）: 完善制度。1.修订办法；2.开展评估。 {owner=市司法局负责}\nrow 2 （二）: "
      "优化服务。 {owner=市政务局负责}\n",
      "the bracket behind the last sub-item is the item's", "p 一、主要任务",
      "p （一）完善制度。1.修订办法；2.开展评估。（市司法局负责）", "p （二）优化服务。（市政务局负责）");
  LAB(l, false,
      "block organization 市教育局\nrow 1 1: 新建学校2所。 {deadline=8月底}\nblock organization 高新区管委会\nrow 2 2: "
      "引进项目9个。 {deadline=12月底}\n",
      "bodies as headings are organizations", "p 一、市教育局", "p 1、新建学校2所。完成时限：8月底",
      "p 二、高新区管委会", "p 2、引进项目9个。完成时限：12月底");
}

static void check_glued(lab *l) {
  LAB(l, false,
      "block section 深化审批改革\nrow 1 1: 4月19日前公布清单。 {owner=区政务局负责}\nrow 2 2: "
      "2021年10月底前增长1.2倍。 {owner=区工信局负责}\nblock section 加强监管\n"
      "row 3 3: 5G基站审批压缩到5日。 {owner=区工信局负责; deadline=6月底前}\n",
      "items that follow one another without line breaks, serials glued to dates and headings",
      "p "
      "为此提出以下意见。一、深化审批改革1.4月19日前公布清单。（区政务局负责）2.2021年10月底前增长1."
      "2倍。（区工信局负责）二、加强监管3."
      "5G基站审批压缩到5日。（区工信局负责，6月底前）三、工作要求各单位要高度重视。");
  LAB(l, false, "block - \nrow 1 1: 完成1、2、3号楼改造，占比提高到1.5倍。 {owner=市住建局负责}\n",
      "numbers inside a sentence are no items", "p 1.完成1、2、3号楼改造，占比提高到1.5倍。（市住建局负责）");
}

static void check_names(lab *l) {
  LAB(l, false,
      "block region 柳河镇\nrow 1 （一）: 新增人才1.5万人。 {person=李刚; deadline=年内}\nblock region 桥头镇\nrow 1 "
      "（一）: 建成道路2条。 {person=赵磊}\n",
      "names of places above items in brackets; a decimal behind words is no item", "p 柳河镇",
      "p （一）新增人才1.5万人。（责任人：李刚；完成时限：年内）", "p 桥头镇", "p （一）建成道路2条。（责任人：赵磊）");
  LAB(l, false,
      "block - \nrow 1 1: 甲事。 {unit=县水利局; person=王磊、陈国栋; deadline=2023年3月—10月}\nrow 2 2: 乙事。 "
      "{owner=区财政局负责; deadline=2023年3月—10月}\n",
      "a unit glued to the next label; a range of months in a bracket",
      "p 1、甲事。责任单位：县水利局责任人：王磊、陈国栋完成时限：2023年3月—10月",
      "p 2、乙事。（区财政局负责，2023年3月—10月）");
}

static void check_labels(lab *l) {
  LAB(l, false,
      "block - \nrow 1 1: 增长7%左右。 {lead=市发改委; unit=市统计局、市财政局; support=各县政府; deadline=12月底前}\n",
      "labels chained without separator",
      "p 1.增长7%左右。牵头单位：市发改委责任单位：市统计局、市财政局配合单位：各县政府完成时限：12月底前");
  LAB(l, false,
      "block - \nrow 1 （一）: 增长8%。 {unit=市工信局; deadline=12月底}\nrow 2 （二）: 改造2.3万户 "
      "{owner=市农业局、各县（市、区）政府}\n",
      "labels in brackets, bodies alone in brackets", "p （一）增长8%。【责任单位：市工信局 完成时限：12月底】",
      "p （二）改造2.3万户（市农业局、各县（市、区）政府）。");
  LAB(l, false,
      "block organization 县教育局\nrow - : 新建幼儿园6所。 {deadline=8月底前; person=张　伟}\nrow - : 改造厕所45座。 "
      "{deadline=10月底前; person=李海}\ncontact 县教育局 - 0877-6011234\n",
      "labelled blocks under a body's name", "p 县教育局", "p 承诺事项：新建幼儿园6所。", "p 完成时限：8月底前",
      "p 责任人：张　伟", "p 承诺事项：改造厕所45座。", "p 完成时限：10月底前", "p 责任人：李海",
      "p 联系电话：0877-6011234");
  LAB(l, false,
      "block region 长河市\nrow 1 1: 甲事。 {deadline=长期坚持; person=王磊 赵敏}\nrow 2 2: 乙事。 {deadline=12月底; "
      "person=王磊}\n",
      "a labelled serial number above a labelled task", "p 长河市", "p 序号：1", "p 承诺事项：甲事。",
      "p 完成时间：长期坚持", "p 责任人：王磊 赵敏", "p 序号：2", "p 承诺事项：乙事。", "p 完成时间：12月底",
      "p 责任人：王磊");
  LAB(l, false,
      "block - \nrow 1 1: 新增床位600张，由区民政局牵头，各街道办事处配合。 "
      "{owner=区民政局牵头，各街道办事处配合}\nrow 2 2: 改造小区20个。 {owner=区住建局负责}\n",
      "owners inside the sentence", "p 1.新增床位600张，由区民政局牵头，各街道办事处配合。",
      "p 2.改造小区20个。（区住建局负责）");
}

static void check_whole_labels(lab *l) {
  LAB(l, false,
      "block - \nrow 1 一: 关于优化公交线路的提案（第015号） {supervisor=赵秀兰; lead=市交通局; deadline=7月底前}\n",
      "a label of its own line that ends in a known word", "p 一、关于优化公交线路的提案（第015号）",
      "p 领办领导：赵秀兰", "p 主办单位：市交通局", "p 办理时限：7月底前");
  LAB(l, false,
      "block - \nrow 4 4: 加强金融支持，其中：①小微贷款新增8亿元；②涉农贷款新增5亿元。 {owner=县金融中心牵头; "
      "deadline=持续推进}\n",
      "sub-items that name nobody belong to their item", "p 4.加强金融支持，其中：", "p ①小微贷款新增8亿元；",
      "p ②涉农贷款新增5亿元。", "p （县金融中心牵头，持续推进）");
}

static void check_owner_heads(lab *l) {
  LAB(l, false,
      "block organization 市教育局\nrow 1 1: 新建学校两所。 {deadline=8月底}\nblock organization 市交通局\n"
      "row 2 2: 新建公路30公里。 {deadline=年底}\n",
      "an owner that stands above its items is not the owner of the item before", "p 责任单位：市教育局",
      "p 1. 新建学校两所。（完成时限：8月底）", "p 责任单位：市交通局", "p 2. 新建公路30公里。（完成时限：年底）");
  LAB(l, false, "block - \nrow 1 1: 改造厕所500户。 {person=周明、郑爽; deadline=9月底前}\n",
      "a term behind the owners in one bracket", "p 1、改造厕所500户。（责任人：周明、郑爽，9月底前）");
  LAB(l, false, "block - \nrow 1 第一项: 新建学校两所。 {unit=市教育局}\n", "第一项 is a serial",
      "p 第一项　新建学校两所。", "p 责任单位：市教育局");
}

static void check_shared(lab *l) {
  LAB(l, false,
      "block section 教育类\nrow 1 1: 新建幼儿园20所 {deadline=8月底; lead=市教育局}\nrow 2 2: 改造操场35个。 "
      "{deadline=年底前; lead=市教育局}\nblock section 医疗类\n"
      "row 3 3: 建设卫生室50个。 {lead=市卫健委}\n",
      "owners in a heading are those of the items below it", "p 一、教育类（牵头单位：市教育局）",
      "p 1．新建幼儿园20所，完成时限：8月底。", "p 2．改造操场35个。完成时限：年底前",
      "p 二、医疗类（牵头单位：市卫健委）", "p 3．建设卫生室50个。");
  LAB(l, false,
      "block section 新区书记 周正\nrow 1 1: 实现税收50亿元。\nrow 2 2: 引进项目30个。\nblock section 新区主任 "
      "钱程\nrow 1 1: 建成道路12条。\n",
      "unnumbered lines between lists that begin again are headings", "p 新区2023年公开承诺", "p 新区书记 周正",
      "p 1. 实现税收50亿元。", "p 2. 引进项目30个。", "p 新区主任 钱程", "p 1. 建成道路12条。");
}

static void check_no_rows(lab *l) {
  LAB(l, false, "! no-rows\n", "a regulation is no list of tasks", "p 某市便民中心管理办法",
      "p 第一条 为了规范管理，制定本办法。", "p 第二条 承办单位应当在5个工作日内办结。",
      "p （一）咨询类事项3日内答复；", "p （二）投诉类事项5日内答复。", "p 第三条 本办法自颁布之日起施行。");
  LAB(l, false,
      "block section 重点任务\nrow 1 （一）: 教育工程。新建幼儿园20所。\nrow 2 （二）: 医疗工程。建设医院8所。\n",
      "a plan's items are rows, its measures of support are not", "p 某市2022年民生实事实施方案", "p 一、工作目标",
      "p 全年办好十件实事。", "p 二、重点任务", "p （一）教育工程。新建幼儿园20所。", "p （二）医疗工程。建设医院8所。",
      "p 三、保障措施", "p （一）加强组织领导。成立工作专班。", "p 附件：1.任务清单", "p 某市人民政府",
      "p 2022年2月8日");
  LAB(l, false, "block - \nrow 1 1: 甲事项内容。 {owner=市水利局}\n",
      "the covering notice's own items are no rows where a table holds the tasks", "p 一、高度重视推广工作。",
      "p 二、认真组织实施。", "t", "r 序号|任务|责任分工", "r 1|甲事项内容。|市水利局", "/t");
}

int main(void) {
  lab l = {.head = false};
  if (setjmp(l.trap.env)) return 1;
  lab_open(&l);
  check_nesting(&l);
  check_glued(&l);
  check_labels(&l);
  check_names(&l);
  check_whole_labels(&l);
  check_owner_heads(&l);
  check_shared(&l);
  check_no_rows(&l);
  lab_close(&l);
  return check_done();
}
