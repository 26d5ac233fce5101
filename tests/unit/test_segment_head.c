/* The head of a notice through the segmenter: title, year, issuer, number, dates, preface, the notice's own contacts.
 */
#include "segment_check.h"

#include "extract/dates.h"
#include "extract/serial.h"

#define NONE "! no-rows\n"

static void check_titles(lab *l) {
  LAB(l, true,
      "title=安澜县人民政府办公室关于印发2024年任务分解表的通知 year=2024 issuer=安澜县人民政府办公室 "
      "number=安政办发〔2024〕7号 issued=2024-02-06 preface=\n" NONE,
      "a title over two lines, the sign-off below", "p 安澜县人民政府办公室", "p 关于印发2024年任务分解表的通知",
      "p 安政办发〔2024〕7号", "p 各乡镇人民政府：", "p 安澜县人民政府办公室", "p 2024年2月6日", "p 2024年任务分解表");
  LAB(l, true,
      "title=某省2021—2022年任务清单 year=2021 issuer=某省人民政府 number=某政发（2021）3号 issued=2021-03-02 "
      "preface=\n" NONE,
      "the metadata box outranks the lines; of two years the first counts", "f 标题=某省2021—2022年任务清单",
      "f 发文机关=某省人民政府", "f 发文字号=某政发（2021）3号", "f 成文日期=2021年03月02日", "f 发布日期=2021-03-09",
      "p 首页 > 政务公开");
  LAB(l, true,
      "title=国务院办公厅关于优化服务的实施意见 year=2020 issuer=国务院办公厅 number=国办发〔2020〕24号 "
      "issued=2020-07-15 preface=党中央高度重视服务工作，现提出以下意见。\n"
      "block section 提升便利度\nrow 1 （一）: 甲事。 {owner=公安部负责}\n",
      "a whole notice in two lines", "p 国务院办公厅关于优化服务的实施意见国办发〔2020〕24号",
      "p "
      "各省人民政府，各直属机构：党中央高度重视服务工作，现提出以下意见。一、提升便利度（一）甲事。（公安部负责）各地区"
      "要认真贯彻。国务院办公厅2020年7月15日（此件公开发布）");
  LAB(l, true,
      "title=2020年某市任务公开承诺事项 year=2020 issuer= number= issued= preface=■编者按 "
      "现将任务予以公布，欢迎社会各界监督。\n" NONE,
      "an editor's note ahead of the title is the preface", "p ■编者按 现将任务予以公布，欢迎社会各界监督。",
      "h2 2020年某市任务公开承诺事项");
  LAB(l, true,
      "title=某市人民政府关于印发要点的通知 year=2012 issuer=某市人民政府 number= issued=2012-04-26 preface=\n" NONE,
      "the year comes from the sign-off in Chinese numerals", "p 某市人民政府关于印发要点的通知", "p 某市人民政府",
      "p 二〇一二年四月二十六日");
  LAB(l, true,
      "title=云阳市2022年承诺汇总表 year=2022 issuer=云阳市人民政府办公室 number= issued=2022-02-28 preface=\nblock "
      "region 青云县\nrow 1 1: 甲事。 {deadline=12月底}\n",
      "title and labels in the rows above a table's header", "t", "r 云阳市2022年承诺汇总表|<|<|<",
      "r 发布单位：云阳市人民政府办公室||发布日期：2022年2月28日|", "r 县区|序号|任务内容|时间节点",
      "r 青云县|1|甲事。|12月底", "/t");
}

static void check_contacts(lab *l) {
  LAB(l, false, "contact - - 0797-5521806\nblock section 甲类\nrow 1 1: 甲事。 {unit=县水利局}\n",
      "a phone number in the covering notice is the notice's own",
      "p 请将落实情况报县河长办（联系电话：0797-5521806）。", "t", "r 序号|任务|责任单位", "r 一、甲类|<|<",
      "r 1|甲事。|县水利局", "/t");
  LAB(l, false, "contact - 许平 0917-4621001\nblock section 甲类\nrow 1 1: 甲事。 {owner=县水利局负责}\n",
      "a contact under the last section is the notice's own", "p 一、甲类", "p 1.甲事。（县水利局负责）",
      "p 联系人：许　平", "p 联系电话：0917-4621001");
  LAB(l, false,
      "block organization 市水利局\nrow 1 1: 甲事。 {deadline=6月底}\ncontact 市水利局 林晓东 0539-8160456 "
      "8160457\nblock organization 市民政局\n"
      "row 1 1: 乙事。 {deadline=6月底}\ncontact 市民政局 - 0539-8160789\n",
      "two phones of one person; a phone without person", "t", "r 部门|编号|承诺内容|时限要求",
      "r 市水利局|1|甲事。|6月底", "p 联系人：林晓东　联系电话：0539-8160456、8160457", "r 市民政局|1|乙事。|6月底",
      "p 咨询电话：0539-8160789", "/t");
}

static void check_phones(lab *l) {
  LAB(l, false,
      "contact - 张三 13800000000\ncontact - 李四 0531-7654321\ncontact - 钱七 （0531）66607772 66607774\n! no-rows\n",
      "several people on a line, bracketed area codes, other numbers behind",
      "p 联系人：张三（13800000000）、李 四 0531-7654321",
      "p 联系人：钱七；联系电话：（0531）66607772，66607774；传真：0531-1234568");
}

static cn_date date_in(const char *text) {
  size_t at = 0, end;
  cn_date date = {0};
  return cn_date_find(cn_view_of(text), &at, &end, &date) ? date : (cn_date){0};
}

static void check_dates(void) {
  CHECK_INT(cn_date_compare(date_in("于2021年4月12日印发"), (cn_date){2021, 4, 12}), 0, "a date in Arabic numerals");
  CHECK_INT(cn_date_compare(date_in("二○一二年四月二十六日"), (cn_date){2012, 4, 26}), 0,
            "a date in Chinese numerals with another zero");
  CHECK_INT(cn_date_compare(date_in("2023-02-20 15:32"), (cn_date){2023, 2, 20}), 0, "a date with hyphens");
  CHECK_INT(cn_date_compare(date_in("民國110年3月2日"), (cn_date){2021, 3, 2}), 0, "a date of the Republic's era");
  CHECK_INT(date_in("2021年2月30日").year, 0, "a date that no calendar has is none");
  CHECK_INT(cn_year_find(CN_VIEW("海屿新区2023年度要点")), 2023, "a year before 年度");
  CHECK_INT(cn_year_find(CN_VIEW("臺南市110年度施政計畫")), 2021, "three digits in traditional characters");
  CHECK_INT(cn_year_find(CN_VIEW("12345热线运行办法")), CN_NONE, "a phone number is no year");
}

static void check_serials(void) {
  static const struct {
    const char *text;
    cn_serial_style style;
    int64_t value;
    const char *label;
  } cells[] = {{"1", CN_SERIAL_ARABIC, 1, "1"},
               {"12、", CN_SERIAL_ARABIC, 12, "12"},
               {"（三）", CN_SERIAL_HAN_PAREN, 3, "（三）"},
               {"(10)", CN_SERIAL_ARABIC_PAREN, 10, "(10)"},
               {"二十三", CN_SERIAL_HAN, 23, "二十三"},
               {"①", CN_SERIAL_CIRCLE, 1, "①"},
               {"1.2", CN_SERIAL_DECIMAL, 2, "1.2"},
               {"十一、", CN_SERIAL_HAN, 11, "十一"},
               {"003", CN_SERIAL_ARABIC, 3, "003"}};
  cn_serial s;
  for (size_t i = 0; i < CN_COUNT(cells); i++) {
    if (!CHECK(cn_serial_cell(cn_view_of(cells[i].text), &s), cells[i].text)) continue;
    CHECK_INT(s.style, cells[i].style, cells[i].text);
    CHECK_INT(s.value, cells[i].value, cells[i].text);
    CHECK_TEXT(cn_view_slice(cn_view_of(cells[i].text), s.begin, s.label_end), cells[i].label, cells[i].text);
  }
  static const char *const none[] = {"381.32亩", "一般", "A1", "2021年", "三农", ""};
  for (size_t i = 0; i < CN_COUNT(none); i++) CHECK(!cn_serial_cell(cn_view_of(none[i]), &s), none[i]);
}

int main(void) {
  lab l = {.head = true};
  if (setjmp(l.trap.env)) return 1;
  lab_open(&l);
  check_titles(&l);
  check_contacts(&l);
  check_phones(&l);
  check_dates();
  check_serials();
  lab_close(&l);
  return check_done();
}
