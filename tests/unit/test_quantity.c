/* Quantities: each written form with its reading, and what must hold for any text.
 *
 * Spans lie on characters, in order and inside each other; the folded width of a text changes no value; a quantity read
 * again by itself is the same; nothing inside 《》 is an amount; text made to hurt is read to its end. */
#include "normalize/quantity.h"

#include "core/utf8.h"
#include "normalize/rules_check.h"

#include "check.h"

static cn_trap trap;
static cn_arena arena;
static const cn_quantity_rules *rules;

typedef struct reading {
  const char *text, *want;
} reading;

static const reading readings[] = {
    {"三、四千元", "三、四千元 range 3000..4000 元 CNY currency"},
    {"2、3个", "2、3个 range 2..3 个 1 count"},
    {"七、八家", "七、八家 range 7..8 家 1 count"},
    {"3、4号线", "count 3 ; name 4号线"},
    {"六十四万零一百四十三元一角七分", "六十四万零一百四十三元一角七分 eq 640143.17 元 CNY currency"},
    {"1万二千三百四十五元", "1万二千三百四十五元 eq 12345 元 CNY currency"},
    {"3千5百万元", "3千5百万元 eq 35000000 元 CNY currency"},
    {"2千6百亿元", "2千6百亿元 eq 260000000000 元 CNY currency"},
    {"二十五万五千三百多元", "二十五万五千三百多元 gt 255300 元 CNY currency"},
    {"1.2万至3万元", "1.2万至3万元 range 12000..30000 元 CNY currency"},
    {"从8500到3万港元", "8500到3万港元 range 8500..30000 港元 HKD currency"},
    {"9.5亿多元", "9.5亿多元 gt 950000000 元 CNY currency"},
    {"三五万元", "三五万元 range 30000..50000 元 CNY currency"},
    {"数十亿元", "数十亿元 range 2000000000..9000000000 元 CNY currency"},
    {"10万m³/d", "10万m³/d eq 100000 m³ m3 volume per d"},
    {"5万t/d", "5万t/d eq 50000 t t mass per d"},
    {"20t", "20t eq 20 t t mass"},
    {"120m³/s", "120m³/s eq 120 m³ m3 volume per s"},
    {"15元/㎡·月", "15元/㎡·月 eq 15 元/㎡ CNY/m2 currency per mo"},
    {"5元/人次", "5元/人次 eq 5 元 CNY currency per 人次"},
    {"2次/年", "2次/年 eq 2 次 1 count per a"},
    {"5个（不含）以上", "5个（不含）以上 gt 5 个 1 count"},
    {"不低於5%", "不低於5% ge 5 % % ratio"},
    {"約3萬戶", "約3萬戶 approx 30000 戶 1 count"},
    {"超過5億元", "5億元 eq 500000000 元 CNY currency"},
    {"每平方公里不少于5个", "每平方公里不少于5个 ge 5 个 1 count per 平方公里"},
    {"5000辆/日", "5000辆/日 eq 5000 辆 1 count per d"},
    {"3.5米/秒", "3.5米/秒 eq 3.5 米/秒 m/s speed"},
    {"5、6月", "count 5 ; count 6"},
    {"2、3年级", "count 2 ; count 3"},
    {"10、11家", "count 10 ; 11家 eq 11 家 1 count"},
    {"城乡收入比缩小到1.85:1", "1.85:1 eq 1.85 - 1 ratio"},
    {"孕产妇死亡率控制在10/10万以内", "10/10万以内 le 10 /10万 10*-5 ratio"},
    {"负3%", "负3% eq -3 % % ratio"},
    {"气温降到负五度", "负五度 eq -5 度 Cel temperature"},
    {"税费减负2亿元", "2亿元 eq 200000000 元 CNY currency"},
    {"负百分之五", "负百分之五 eq -5 百分之 % ratio"},
    {"三兆元", "三兆元 eq 3000000000000 元 CNY currency"},
    {"12 兆元", "12 兆元 eq 12000000000000 元 CNY currency"},
    {"投资 10 亿元", "10 亿元 eq 1000000000 元 CNY currency"},
    {"10 余万人", "10 余万人 gt 100000 人 1 count"},
    {"一又二分之一", "一又二分之一 eq 150 - % ratio"},
    {"五百分之二十三", "五百分之二十三 eq 4.6 - % ratio"},
    {"百万分之五", "百万分之五 eq 0.0005 - % ratio"},
    {"增长十分之一", "十分之一 eq 10 - % ratio"},
    {"半天", "半天 eq 0.5 天 d duration"},
    {"压缩至半天以内", "半天以内 le 0.5 天 d duration"},
    {"半个百分点", "半个百分点 eq 0.5 个百分点 pp ratio"},
    {"两打鸡蛋", "两打 eq 24 打 1 count"},
    {"20万人以上30万人以下", "20万人以上30万人以下 range 200000..300000 人 1 count"},
    {"在5%至8%之间", "5%至8%之间 range 5..8 % % ratio"},
    {"5至10家不等", "5至10家不等 range 5..10 家 1 count"},
    {"从3到6个", "3到6个 range 3..6 个 1 count"},
    {"从5%到8%", "5% eq 5 % % ratio ; 8% eq 8 % % ratio"},
    {"不少于5个不超过10个", "不少于5个不超过10个 range 5..10 个 1 count"},
    {"分别不低于5%、不高于8%", "不低于5% ge 5 % % ratio ; 不高于8% le 8 % % ratio"},
    {"三至五百人", "三至五百人 range 300..500 人 1 count"},
    {"三到五十天", "三到五十天 range 3..50 天 d duration"},
    {"二点五八亿 元", "二点五八亿 元 eq 258000000 元 CNY currency"},
    {"每年 580 元", "每年 580 元 eq 580 元 CNY currency per a"},
    {"3000P算力", "3000P eq 3000 P PFLOPS other"},
    {"100万kWh", "100万kWh eq 1000000 kWh kW.h energy"},
    {"2至3万元/人", "2至3万元/人 range 20000..30000 元 CNY currency per 人"},
    {"3—5万元/亩", "3—5万元/亩 range 30000..50000 元/亩 CNY/mu currency"},
    {"每人每天30元", "每人每天30元 eq 30 元 CNY currency per d"},
    {"不低于生均1200元", "不低于生均1200元 ge 1200 元 CNY currency per 生"},
    {"超100家以上", "超100家以上 ge 100 家 1 count !comparison-double"},
    {"最多不超过3次", "最多不超过3次 le 3 次 1 count"},
    {"约10%左右", "约10%左右 approx 10 % % ratio !comparison-double"},
    {"18:00", "name 18:00"},
    {"执行GB 3095-2012", "reference 3095-2012"},
    {"数百名客商", "数百名 range 200..900 名 1 count"},
    {"新增10万元", "10万元 eq 100000 元 CNY currency"},
    {"投资1，200万元", "1，200万元 eq 12000000 元 CNY currency"},
    {"投资5，100元", "5，100元 eq 5100 元 CNY currency"},
    {"新增10，300家企业", "10，300家 eq 10300 家 1 count"},
    {"合同金额壹佰万元整", "壹佰万元整 eq 1000000 元 CNY currency"},
    {"合同金额壹佰贰拾叁元伍角肆分", "壹佰贰拾叁元伍角肆分 eq 123.54 元 CNY currency"},
    {"保证金人民币叁万伍仟元整", "叁万伍仟元整 eq 35000 元 CNY currency"},
    {"二〇二〇年完成", "date 二〇二〇年"},
    {"廿三个项目", "廿三个 eq 23 个 1 count"},
    {"卅人", "卅人 eq 30 人 1 count"},
    {"建設三萬個車位", "三萬個 eq 30000 個 1 count"},
    {"兩千餘人", "兩千餘人 gt 2000 人 1 count"},
    {"三點五億元", "三點五億元 eq 350000000 元 CNY currency"},
    {"增长三点五倍", "三点五倍 eq 3.5 倍 x multiple"},
    {"三成五", "三成五 eq 35 成 % ratio"},
    {"七成五以上", "七成五以上 ge 75 成 % ratio"},
    {"打八折", "八折 eq 80 折 % ratio"},
    {"打八五折优惠", "八五折 eq 85 折 % ratio"},
    {"打7.5折", "7.5折 eq 75 折 % ratio"},
    {"三分之二以上", "三分之二以上 ge null - % ratio !number-unreadable"},
    {"三分之一左右", "三分之一左右 approx null - % ratio !number-unreadable"},
    {"四分之三", "四分之三 eq 75 - % ratio"},
    {"一半以上的企业", "一半以上 ge 50 - % ratio"},
    {"过半数企业", "过半数 gt 50 - % ratio"},
    {"半数以上行政村", "半数以上 ge 50 - % ratio"},
    {"超过一半", "一半 eq 50 - % ratio"},
    {"近半数", "近半数 approx 50 - % ratio"},
    {"覆盖率过半", "过半 gt 50 - % ratio"},
    {"增长1.5倍", "1.5倍 eq 1.5 倍 x multiple"},
    {"提高一倍以上", "一倍以上 ge 1 倍 x multiple"},
    {"翻番", "翻番 eq 2 番 x multiple"},
    {"翻一番", "翻一番 eq 2 番 x multiple"},
    {"翻两番", "翻两番 eq 4 番 x multiple"},
    {"翻一番半", "翻一番半 eq 3 番 x multiple"},
    {"翻了一番", "翻了一番 eq 2 番 x multiple"},
    {"再翻一番", "翻一番 eq 2 番 x multiple"},
    {"产值翻倍", "翻倍 eq 2 倍 x multiple"},
    {"5—8亿元", "5—8亿元 range 500000000..800000000 元 CNY currency"},
    {"30—50亿元", "30—50亿元 range 3000000000..5000000000 元 CNY currency"},
    {"30亿—50亿元", "30亿—50亿元 range 3000000000..5000000000 元 CNY currency"},
    {"1.5亿—2亿美元", "1.5亿—2亿美元 range 150000000..200000000 美元 USD currency"},
    {"7%至8%", "7%至8% range 7..8 % % ratio"},
    {"7至8%", "7至8% range 7..8 % % ratio"},
    {"7%-8%", "7%-8% range 7..8 % % ratio"},
    {"4.5%—5%", "4.5%—5% range 4.5..5 % % ratio"},
    {"5.5～6万吨", "5.5～6万吨 range 55000..60000 吨 t mass"},
    {"52㎡-55㎡", "52㎡-55㎡ range 52..55 ㎡ m2 area"},
    {"三到五家", "三到五家 range 3..5 家 1 count"},
    {"三至五个", "三至五个 range 3..5 个 1 count"},
    {"3到5个", "3到5个 range 3..5 个 1 count"},
    {"2至3个百分点", "2至3个百分点 range 2..3 个百分点 pp ratio"},
    {"七八个", "七八个 range 7..8 个 1 count"},
    {"三四百人", "三四百人 range 300..400 人 1 count"},
    {"十几个", "十几个 range 11..19 个 1 count"},
    {"几十家", "几十家 range 20..90 家 1 count"},
    {"数百人", "数百人 range 200..900 人 1 count"},
    {"上百家企业", "上百家 ge 100 家 1 count"},
    {"上千人", "上千人 ge 1000 人 1 count"},
    {"上万户", "上万户 ge 10000 户 1 count"},
    {"百余家", "百余家 gt 100 家 1 count"},
    {"30多个", "30多个 gt 30 个 1 count"},
    {"30余万人", "30余万人 gt 300000 人 1 count"},
    {"近百家", "近百家 approx 100 家 1 count"},
    {"成百上千家企业", "-"},
    {"5个以上10个以下", "5个以上10个以下 range 5..10 个 1 count"},
    {"5个以上、10个以下", "5个以上、10个以下 range 5..10 个 1 count"},
    {"每年580元", "每年580元 eq 580 元 CNY currency per a"},
    {"每月100元", "每月100元 eq 100 元 CNY currency per mo"},
    {"每人每年700元", "每人每年700元 eq 700 元 CNY currency per a"},
    {"每人每月不低于850元", "每人每月不低于850元 ge 850 元 CNY currency per mo"},
    {"不低于每人每月850元", "不低于每人每月850元 ge 850 元 CNY currency per mo"},
    {"人均500元", "人均500元 eq 500 元 CNY currency per 人"},
    {"户均2万元", "户均2万元 eq 20000 元 CNY currency per 户"},
    {"亩均税收30万元", "30万元 eq 300000 元 CNY currency"},
    {"300元/平方米", "300元/平方米 eq 300 元/平方米 CNY/m2 currency"},
    {"4.5万吨/日", "4.5万吨/日 eq 45000 吨 t mass per d"},
    {"680元/月", "680元/月 eq 680 元 CNY currency per mo"},
    {"28万元/人", "28万元/人 eq 280000 元 CNY currency per 人"},
    {"0.5元/千瓦时", "0.5元/千瓦时 eq 0.5 元/千瓦时 CNY/kW.h currency"},
    {"100元/人·月", "100元/人·月 eq 100 元 CNY currency per mo"},
    {"600元/人·年", "600元/人·年 eq 600 元 CNY currency per a"},
    {"1000元/人/年", "1000元/人/年 eq 1000 元 CNY currency per a"},
    {"12万千瓦时", "12万千瓦时 eq 120000 千瓦时 kW.h energy"},
    {"350兆瓦", "350兆瓦 eq 350 兆瓦 MW power"},
    {"3.5公里", "3.5公里 eq 3.5 公里 km length"},
    {"220千伏", "220千伏 eq 220 千伏 kV other"},
    {"100万标准箱", "100万标准箱 eq 1000000 标准箱 1 count"},
    {"500万TEU", "500万TEU eq 5000000 TEU 1 count"},
    {"3万人次", "3万人次 eq 30000 人次 1 count"},
    {"20台套", "20台套 eq 20 台套 1 count"},
    {"20台（套）", "20台（套） eq 20 台（套） 1 count"},
    {"15万套（户）", "15万套（户） eq 150000 套（户） 1 count"},
    {"1.1万户次", "1.1万户次 eq 11000 户次 1 count"},
    {"新增床位500张", "500张 eq 500 张 1 count"},
    {"新增学位9600个", "9600个 eq 9600 个 1 count"},
    {"60课时", "60课时 eq 60 课时 1 count"},
    {"不低于90%以上", "不低于90%以上 ge 90 % % ratio !comparison-double"},
    {"不超过50%以上", "不超过50%以上 ge 50 % % ratio !comparison-contradicts"},
    {"不少于100家左右", "不少于100家左右 approx 100 家 1 count !comparison-contradicts"},
    {"近100家左右", "近100家左右 approx 100 家 1 count !comparison-double"},
    {"约30多个", "约30多个 gt 30 个 1 count !comparison-contradicts"},
    {"至少5个以上", "至少5个以上 ge 5 个 1 count !comparison-double"},
    {"≥80%", "≥80% ge 80 % % ratio"},
    {"＞7", "＞7 gt 7 - 1 count"},
    {"<1", "<1 lt 1 - 1 count"},
    {">=90%", ">=90% ge 90 % % ratio"},
    {"达到24万以上", "24万以上 ge 240000 - 1 count"},
    {"系数达到0.58", "0.58 eq 0.58 - 1 other"},
    {"比例提高到2.6", "2.6 eq 2.6 - 1 ratio"},
    {"新增课桌300副", "300副 eq 300 副 1 count"},
    {"新增石碾300砣", "300砣 eq 300 砣 1 count !unit-unknown"},
    {"5G基站", "name 5G"},
    {"建设3D打印中心", "name 3D"},
    {"4A级景区", "name 4A级"},
    {"5A级", "name 5A级"},
    {"3A级景区两个", "name 3A级 ; 两个 eq 2 个 1 count"},
    {"PM2.5浓度", "name PM2.5"},
    {"G220国道", "name G220国道"},
    {"12345热线", "name 12345热线"},
    {"7×24小时", "name 7×24"},
    {"24×7", "name 24×7"},
    {"5+2工作制", "name 5+2"},
    {"1+X证书", "name 1+X"},
    {"生师比1:15", "1:15 eq null - 1 ratio !number-unreadable"},
    {"容积率2.5", "2.5 eq 2.5 - 1 other"},
    {"京政办发〔2016〕26号", "reference 〔2016〕 ; reference 26号"},
    {"电话0539-8160123", "reference 0539-8160123"},
    {"手机13812345678", "reference 13812345678"},
    {"4号楼2-4层", "name 4号楼 ; name 2-4层"},
    {"15#楼", "name 15#"},
    {"第十五届", "ordinal 第十五届"},
    {"第二批试点", "ordinal 第二批"},
    {"第三条", "ordinal 第三条"},
    {"一村一品", "name 一村一品"},
    {"一户一档", "name 一户一档"},
    {"千家万户", "-"},
    {"进一步统一", "-"},
    {"百分之三十", "百分之三十 eq 30 百分之 % ratio"},
    {"百分之三点五", "百分之三点五 eq 3.5 百分之 % ratio"},
    {"百分之三至百分之五", "百分之三至百分之五 range 3..5 百分之 % ratio"},
    {"百分之三到五", "百分之三到五 range 3..5 百分之 % ratio"},
    {"百分之百", "百分之百 eq 100 百分之 % ratio"},
    {"百分百", "百分百 eq 100 - % ratio"},
    {"千分之五", "千分之五 eq 5 千分之 [ppth] ratio"},
    {"万分之三", "万分之三 eq 3 万分之 10*-4 ratio"},
    {"5‰", "5‰ eq 5 ‰ [ppth] ratio"},
    {"0.3个千分点", "0.3个千分点 eq 0.3 个千分点 [ppth] ratio"},
    {"提高两个百分点", "两个百分点 eq 2 个百分点 pp ratio"},
    {"提高1.5个百分点", "1.5个百分点 eq 1.5 个百分点 pp ratio"},
    {"减少3至5个工作日", "3至5个工作日 range 3..5 个工作日 d duration"},
    {"压缩至1个工作日内", "1个工作日内 le 1 个工作日 d duration"},
    {"3公里内", "3公里内 le 3 公里 km length"},
    {"1小时内", "1小时内 le 1 小时 h duration"},
    {"65岁以上", "65岁以上 ge 65 岁 a duration"},
    {"18周岁及以上", "18周岁及以上 ge 18 周岁 a duration"},
    {"0—6岁", "0—6岁 range 0..6 岁 a duration"},
    {"10千伏及以下", "10千伏及以下 le 10 千伏 kV other"},
    {"160千瓦及以下", "160千瓦及以下 le 160 千瓦 kW power"},
    {"亿元以上项目", "亿元以上 ge 100000000 元 CNY currency"},
    {"千万元以上项目", "千万元以上 ge 10000000 元 CNY currency"},
    {"百亿元产业", "name 百亿元"},
    {"十亿元以上", "十亿元以上 ge 1000000000 元 CNY currency"},
    {"百亿级产业", "name 百亿级"},
    {"万吨级码头", "name 万吨级"},
    {"万卡级集群", "name 万卡级"},
    {"增长-3%", "-3% eq -3 % % ratio"},
    {"下降到-5℃", "-5℃ eq -5 ℃ Cel temperature"},
    {"零下5℃", "零下5℃ eq -5 ℃ Cel temperature"},
    {"1小时30分钟", "1小时30分钟 eq 90 分钟 min duration"},
    {"两年半", "两年半 eq 2.5 年 a duration"},
    {"一年零三个月", "一年零三个月 eq 15 个月 mo duration"},
    {"3个多月", "3个多月 gt 3 月 mo duration"},
    {"两个半小时", "两个半小时 eq 2.5 小时 h duration"},
    {"一个半月", "一个半月 eq 1.5 月 mo duration"},
    {"3公里多", "3公里多 gt 3 公里 km length"},
    {"最高补贴100万元", "100万元 eq 1000000 元 CNY currency"},
    {"最高100万元", "最高100万元 le 1000000 元 CNY currency"},
    {"¥100", "¥100 eq 100 ¥ CNY currency"},
    {"￥1,234.50", "￥1,234.50 eq 1234.5 ￥ CNY currency"},
    {"$5.5亿", "$5.5亿 eq 550000000 $ USD currency"},
    {"US$100", "US$100 eq 100 US$ USD currency"},
    {"约 1.432亿元", "约 1.432亿元 approx 143200000 元 CNY currency"},
    {"1.66 公頃", "1.66 公頃 eq 1.66 公頃 har area"},
    {"10 %", "10 % eq 10 % % ratio"},
    {"5 个", "5 个 eq 5 个 1 count"},
    {"提高３０％以上", "３０％以上 ge 30 ％ % ratio"},
    {"100Mbps", "100Mbps eq 100 Mbps Mbit/s other"},
    {"50MW", "50MW eq 50 MW MW power"},
    {"20km", "20km eq 20 km km length"},
    {"5kg", "5kg eq 5 kg kg mass"},
    {"100m2", "100m2 eq 100 m2 m2 area"},
    {"60 岁", "60 岁 eq 60 岁 a duration"},
    {"十个", "十个 eq 10 个 1 count"},
    {"十分重要", "-"},
    {"一个窗口", "count 一个"},
    {"第一时间", "-"},
    {"二三十家", "二三十家 range 20..30 家 1 count"},
    {"一两家", "一两家 range 1..2 家 1 count"},
    {"两三年", "两三年 range 2..3 年 a duration"},
    {"3/4以上", "3/4以上 ge 75 - % ratio"},
    {"1/3以上", "1/3以上 ge null - % ratio !number-unreadable"},
    {"3倍以上", "3倍以上 ge 3 倍 x multiple"},
    {"2万余", "2万余 gt 20000 - 1 count"},
    {"每10万人", "count 10万人"},
    {"每万人不少于5名", "每万人不少于5名 ge 5 名 1 count per 万人"},
    {"每公里造价1.2亿元", "1.2亿元 eq 120000000 元 CNY currency"},
    {"每5年一次", "每5年一次 eq 1 次 1 count per 5年"},
    {"不少于3人/班", "不少于3人/班 ge 3 人 1 count per 班"},
    {"前三名", "ordinal 前三名"},
    {"前10名", "ordinal 前10名"},
    {"排名前5%", "5% eq 5 % % ratio"},
    {"位居前列", "-"},
    {"全国第3位", "ordinal 第3位"},
    {"提升3位", "3位 eq 3 位 1 count"},
    {"3000个/天", "3000个/天 eq 3000 个 1 count per d"},
    {"日均500人次", "日均500人次 eq 500 人次 1 count per d"},
    {"100辆次", "100辆次 eq 100 辆次 1 count"},
    {"8.5级", "8.5级 eq 8.5 级 1 count"},
    {"7级以上", "7级以上 ge 7 级 1 count"},
    {"6级地震", "name 6级"},
    {"3.5折", "3.5折 eq 35 折 % ratio"},
    {"1年期", "1年 eq 1 年 a duration"},
    {"3年期贷款", "3年 eq 3 年 a duration"},
    {"20集", "20集 eq 20 集 1 count"},
    {"10余公里", "10余公里 gt 10 公里 km length"},
    {"3000来人", "3000来人 gt 3000 人 1 count"}};

static cn_quantity_list find(cn_folded *folded, cn_view text) {
  *folded = cn_fold(&arena, text);
  return cn_quantities_find(&arena, rules, folded, (cn_span_list){0});
}

static cn_view describe(cn_buf *out, cn_view text) {
  cn_folded folded;
  cn_quantity_list list = find(&folded, text);
  cn_buf_reset(out);
  cn_quantities_describe(out, &folded, list);
  return cn_buf_view(out);
}

static bool on_character(cn_view text, size_t at) {
  return at == text.n || (at < text.n && ((unsigned char)text.p[at] & 0xC0) != 0x80);
}

static bool inside(cn_span a, cn_span b) { return a.begin >= b.begin && a.end <= b.end && a.begin <= a.end; }

/* Spans of every quantity are sane; positions would be wrong otherwise. */
static void check_spans(cn_view text) {
  cn_folded folded;
  cn_quantity_list list = find(&folded, text);
  size_t last = 0;
  for (size_t i = 0; i < list.n; i++) {
    const cn_quantity *q = &list.items[i];
    bool ok = q->at.begin >= last && q->at.begin < q->at.end && q->at.end <= folded.text.n;
    ok = ok && on_character(folded.text, q->at.begin) && on_character(folded.text, q->at.end);
    ok = ok && inside(q->number, q->at) && inside(q->unit_at, q->at) && on_character(folded.text, q->unit_at.end);
    if (!check_that(ok, "positions of a quantity are wrong", "spans", __FILE__, __LINE__))
      printf("  %.*s\n", (int)text.n, text.p);
    last = q->at.end;
  }
}

/* １２％ reads as 12%. */
static void widen(cn_buf *out, const char *text) {
  cn_buf_reset(out);
  for (const char *p = text; *p; p++) {
    char wide[4];
    bool widens = (*p >= '0' && *p <= '9') || *p == '%' || *p == '.' || *p == '>' || *p == '<';
    if (widens)
      cn_buf_add(out, wide, cn_utf8_put(wide, (uint32_t)(*p - '!') + 0xFF01));
    else
      cn_buf_add_char(out, *p);
  }
}

static void check_width(const reading *r) {
  cn_buf wide, a, b;
  cn_buf_init(&wide, &trap);
  cn_buf_init(&a, &trap);
  cn_buf_init(&b, &trap);
  widen(&wide, r->text);
  cn_folded narrow_text, wide_text;
  cn_quantity_list narrow = find(&narrow_text, cn_view_of(r->text)), full = find(&wide_text, cn_buf_view(&wide));
  bool same = narrow.n == full.n;
  for (size_t i = 0; same && i < narrow.n; i++) {
    const cn_quantity *p = &narrow.items[i], *q = &full.items[i];
    same = p->relation == q->relation && p->role == q->role && cn_view_equal(p->unit_code, q->unit_code) &&
           p->value.known == q->value.known && p->value.mantissa == q->value.mantissa &&
           p->max.mantissa == q->max.mantissa && cn_view_equal(p->per, q->per);
  }
  if (!check_that(same, "full-width figures are read otherwise than half-width ones", "same", __FILE__, __LINE__))
    printf("  %s\n", r->text);
  cn_buf_free(&wide);
  cn_buf_free(&a);
  cn_buf_free(&b);
}

/* The text of an amount, read by itself, is that amount. */
static void check_again(cn_view text) {
  cn_folded folded, again;
  cn_quantity_list list = find(&folded, text);
  for (size_t i = 0; i < list.n; i++) {
    const cn_quantity *q = &list.items[i];
    if (q->role || (q->unit_code.p && q->unit.p == NULL)) continue; /* without a unit it lives by its context */
    if (q->trouble == CN_DIAG_UNIT_UNKNOWN) continue;
    cn_quantity_list second = find(&again, cn_fold_source(&folded, q->at.begin, q->at.end));
    bool same = second.n == 1 && second.items[0].relation == q->relation &&
                second.items[0].value.mantissa == q->value.mantissa && second.items[0].value.scale == q->value.scale &&
                cn_view_equal(second.items[0].unit_code, q->unit_code);
    if (!check_that(same, "a quantity read by itself comes out otherwise", "same", __FILE__, __LINE__))
      printf("  %.*s\n", (int)text.n, text.p);
  }
}

static void check_title(const char *text) {
  static const char *const brackets[][2] = {{"《", "》"}, {"“", "”"}, {"「", "」"}};
  for (size_t b = 0; b < CN_COUNT(brackets); b++) {
    cn_folded folded;
    cn_view wrapped = cn_arena_format(&arena, "落实%s%s%s。", brackets[b][0], text, brackets[b][1]);
    cn_quantity_list list = find(&folded, wrapped);
    bool none = true;
    for (size_t i = 0; i < list.n; i++) none = none && list.items[i].role != CN_ROLE_NONE;
    if (!check_that(none, "a number inside 《》 or “” may become a target", "none", __FILE__, __LINE__))
      printf("  %s\n", text);
  }
}

static void check_reading(const reading *r, cn_buf *buf) {
  CHECK_TEXT(describe(buf, cn_view_of(r->text)), r->want, r->text);
  check_spans(cn_view_of(r->text));
  check_width(r);
  check_again(cn_view_of(r->text));
  check_title(r->text);
}

/* Numbers inside a time expression are dates, those around it are not. */
static void check_times(void) {
  cn_view text = CN_VIEW("2021年9月底前新增10家企业，三年内完成");
  cn_span spans[] = {{0, strlen("2021年9月底前")},
                     {strlen("2021年9月底前新增10家企业，"), strlen("2021年9月底前新增10家企业，三年内")}};
  cn_folded folded = cn_fold(&arena, text);
  cn_quantity_list list = cn_quantities_find(&arena, rules, &folded, (cn_span_list){spans, 2});
  if (!CHECK_INT(list.n, 3, "dates and numbers of a sentence are miscounted")) return;
  CHECK_INT(list.items[0].role, CN_ROLE_DATE, "a date is read as an amount");
  CHECK_INT(list.items[0].at.end, spans[0].end, "a date's mention is cut");
  CHECK_INT(list.items[1].role, CN_ROLE_NONE, "the number behind a date is lost");
  CHECK_INT(list.items[2].role, CN_ROLE_DATE, "a term is read as an amount");
}

/* An opening quote that nobody closes must not make names of all that follows. */
static void check_open_quote(void) {
  cn_buf buf;
  cn_buf_init(&buf, &trap);
  CHECK_TEXT(describe(&buf, CN_VIEW("打造“双招双引平台，新增10家。")), "10家 eq 10 家 1 count",
             "an unclosed quote hides targets");
  CHECK_TEXT(describe(&buf, CN_VIEW("“四个意识”新增10家")), "name 四个意识 ; 10家 eq 10 家 1 count",
             "a slogan hides what follows it");
  cn_buf_free(&buf);
}

static void check_hostile(void) {
  static const char *const parts[] = {"7",      "万亿",
                                      "（",     "《",
                                      "“",      "、",
                                      "一",     "每",
                                      "1-",     "5—",
                                      "第",     "千万",
                                      "1.",     "1,234",
                                      "每千人", "百分之",
                                      "翻",     "半",
                                      "-1",     "A1",
                                      "1+",     "1/",
                                      "三年",   "不低于",
                                      "元/人",  "几十",
                                      "三点五", "零",
                                      "〇",     "分之",
                                      "1：",    "个多",
                                      "\"",     "5个以上9个以下"};
  for (size_t i = 0; i < CN_COUNT(parts); i++) {
    cn_arena_mark mark = cn_arena_get_mark(&arena);
    cn_buf buf;
    cn_buf_init(&buf, &trap);
    while (buf.n < 60000) cn_buf_add_string(&buf, parts[i]);
    check_spans(cn_buf_view(&buf));
    CHECK(true, "hostile text is read to its end");
    cn_buf_free(&buf);
    cn_arena_rewind(&arena, mark);
  }
}

int main(void) {
  cn_rules *all;
  cn_view error;
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  if (cn_rules_open(&arena, NULL, &all, &error) != CN_OK) return 1;
  rules = cn_quantity_rules_new(&arena, all);
  cn_buf buf;
  cn_buf_init(&buf, &trap);
  for (size_t i = 0; i < CN_COUNT(readings); i++) check_reading(&readings[i], &buf);
  check_times();
  check_open_quote();
  check_hostile();
  cn_buf_free(&buf);
  cn_arena_free(&arena);
  return check_done();
}
