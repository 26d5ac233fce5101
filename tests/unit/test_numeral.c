/* Numerals: what is written in any style must read back exactly, and what only looks like a numeral must be left alone.
 *
 * The writers here are independent of the reader: they spell an integer as a person would, in each style. */
#include "core/buf.h"
#include "core/utf8.h"
#include "normalize/numeral.h"

#include "check.h"

static cn_trap trap;

/* --- writers ---------------------------------------------------------------------------------------------------- */

typedef struct style {
  const char *digits[10], *small[4], *wan, *yi;
} style;

static const style plain = {
    {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"", "十", "百", "千"}, "万", "亿"};
static const style traditional = {
    {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"", "十", "百", "千"}, "萬", "億"};
static const style formal = {
    {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}, {"", "拾", "佰", "仟"}, "万", "亿"};
static const style circle = {
    {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"", "十", "百", "千"}, "万", "亿"};

/* Spells 1..9999; `inner`: 零 leads where thousands are missing (一万零五十). */
static void spell_section(cn_buf *out, const style *s, int n, bool inner, bool short_ten) {
  bool zero = inner && n < 1000, begun = false;
  for (int power = 3; power >= 0; power--) {
    int unit = power == 3 ? 1000 : power == 2 ? 100 : power == 1 ? 10 : 1, digit = n / unit % 10;
    if (!digit) {
      zero = zero || begun;
      continue;
    }
    if (zero) cn_buf_add_string(out, s->digits[0]);
    zero = false;
    if (!(short_ten && power == 1 && digit == 1 && !begun && !inner)) cn_buf_add_string(out, s->digits[digit]);
    cn_buf_add_string(out, s->small[power]);
    begun = true;
  }
}

/* 1200034005600 as 一万二千亿零三千四百万五千六百: 亿, 万 and the rest, each spelled by itself. */
static void spell(cn_buf *out, const style *s, int64_t n, bool short_ten) {
  bool begun = false;
  int64_t yi = n / 100000000, wan = n / 10000 % 10000, rest = n % 10000;
  if (yi) {
    spell(out, s, yi, short_ten); /* 一万二千亿, 一亿亿 */
    cn_buf_add_string(out, s->yi);
    begun = true;
  }
  if (wan) {
    spell_section(out, s, (int)wan, begun, short_ten);
    cn_buf_add_string(out, s->wan);
    begun = true;
  }
  if (rest) spell_section(out, s, (int)rest, begun, short_ten);
}

static void write_digits(cn_buf *out, const style *s, int64_t n) {
  char text[24];
  snprintf(text, sizeof text, "%lld", (long long)n);
  for (const char *p = text; *p; p++) cn_buf_add_string(out, s->digits[*p - '0']);
}

static void write_grouped(cn_buf *out, int64_t n, const char *separator) {
  char text[24];
  int length = snprintf(text, sizeof text, "%lld", (long long)n);
  for (int i = 0; i < length; i++) {
    if (i && (length - i) % 3 == 0) cn_buf_add_string(out, separator);
    cn_buf_add_char(out, text[i]);
  }
}

/* 1亿2000万34 */
static void write_mixed(cn_buf *out, int64_t n) {
  if (n >= 100000000) cn_buf_format(out, "%lld亿", (long long)(n / 100000000));
  if (n / 10000 % 10000) cn_buf_format(out, "%lld万", (long long)(n / 10000 % 10000));
  if (n % 10000) cn_buf_format(out, "%lld", (long long)(n % 10000));
}

/* --- reading back --------------------------------------------------------------------------------------------------
 */

static void reads_as(cn_buf *buf, int64_t want, const char *how) {
  cn_view text = cn_buf_view(buf);
  cn_numeral n = cn_numeral_read(text, 0);
  bool ok = n.end == text.n && n.value.known && n.value.scale == 0 && n.value.mantissa == want;
  check_made++;
  if (!ok) {
    check_failed++;
    printf("FAILED: %s: %.*s should read as %lld, read %zu of %zu bytes as %lld\n", how, (int)text.n, text.p,
           (long long)want, n.end, text.n, (long long)n.value.mantissa);
  }
  cn_buf_reset(buf);
}

static void round_trip(cn_buf *buf, int64_t n) {
  cn_buf_add_int(buf, n);
  reads_as(buf, n, "Arabic");
  write_grouped(buf, n, ",");
  reads_as(buf, n, "thousands separators");
  write_grouped(buf, n, "，");
  reads_as(buf, n, "full-width thousands separators");
  spell(buf, &plain, n, true);
  reads_as(buf, n, "spelled");
  spell(buf, &traditional, n, false);
  reads_as(buf, n, "traditional");
  spell(buf, &formal, n, false);
  if (n >= 10) reads_as(buf, n, "capital numerals"); /* a lone capital digit is no numeral: 陆 of 陆港 */
  cn_buf_reset(buf);
  if (n >= 10000 && n % 10000 != 0 && n % 10000 < 10) return; /* 1万5 is terse for 15000 */
  write_mixed(buf, n);
  reads_as(buf, n, "mixed");
}

static bool is_ascending_pair(int64_t n) { return n >= 10 && n < 100 && n / 10 + 1 == n % 10; }

static void check_integers(void) {
  cn_buf buf;
  cn_buf_init(&buf, &trap);
  for (int64_t n = 1; n <= 12000; n++) round_trip(&buf, n);
  uint64_t seed = 20201125;
  for (int i = 0; i < 40000; i++) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    int64_t n = (int64_t)(seed >> 11) % 10000000000000000;
    for (int cut = i % 16; cut > 0; cut--) n /= 10;
    if (i % 3 == 0) n = n / 10000 * 10000; /* many zeros, as real figures have */
    if (n > 0) round_trip(&buf, n);
  }
  for (int64_t n = 1, k = 0; k <= 16; k++, n *= 10) round_trip(&buf, n);
  for (int64_t n = 1000; n <= 9999; n++) {
    write_digits(&buf, &circle, n);
    reads_as(&buf, n, "digit by digit");
  }
  for (int64_t n = 10; n < 100; n++) {
    write_digits(&buf, &plain, n);
    /* 七八 is seven to eight, 三五 three to five; other pairs are read digit by digit */
    if (is_ascending_pair(n) || n == 35)
      cn_buf_reset(&buf);
    else
      reads_as(&buf, n, "two digits");
  }
  cn_buf_free(&buf);
}

/* --- single cases ---------------------------------------------------------------------------------------------------
 */

typedef struct known {
  const char *text, *value, *rest; /* value: "7..8" for a range, "?" when not known; rest: what is left unread */
} known;

static void write_value(cn_buf *out, const cn_numeral *n) {
  if (n->min.known) {
    cn_decimal_write(out, n->min);
    cn_buf_add_string(out, "..");
    cn_decimal_write(out, n->max);
  } else if (n->value.known) {
    cn_decimal_write(out, n->value);
  } else {
    cn_buf_add_string(out, "?");
  }
  if (n->more) cn_buf_add_char(out, '+');
}

static void check_known(const known *k) {
  cn_buf got;
  cn_buf_init(&got, &trap);
  cn_view text = cn_view_of(k->text);
  cn_numeral n = cn_numeral_read(text, 0);
  write_value(&got, &n);
  CHECK_TEXT(cn_buf_view(&got), k->value, k->text);
  CHECK_TEXT(cn_view_slice(text, n.end, text.n), k->rest, k->text);
  cn_buf_free(&got);
}

static const known values[] = {
    {"2.1万亿元", "2100000000000", "元"},
    {"1亿2000万", "120000000", ""},
    {"3万5千", "35000", ""},
    {"3万5", "35000", ""},
    {"1.5千万", "15000000", ""},
    {"三百二十", "320", ""},
    {"两千个", "2000", "个"},
    {"一千二百", "1200", ""},
    {"一百五", "150", ""},
    {"两万五", "25000", ""},
    {"一百零五", "105", ""},
    {"一万零五百", "10500", ""},
    {"廿三", "23", ""},
    {"卅", "30", ""},
    {"三点五", "3.5", ""},
    {"二十三点七五亿", "2375000000", ""},
    {"零点五", "0.5", ""},
    {"十点二", "10.2", ""},
    {"二○一一", "2011", ""},
    {"二OO八", "2008", ""},
    {"壹佰万元整", "1000000", "元整"},
    {"貳拾萬", "200000", ""},
    {"兩千餘", "2000+", ""},
    {"七八个", "7..8", "个"},
    {"三五家", "3..5", "家"},
    {"三四百", "300..400", ""},
    {"十七八", "17..18", ""},
    {"二三十万", "200000..300000", ""},
    {"三百四五十", "340..350", ""},
    {"两三", "2..3", ""},
    {"十几", "11..19", ""},
    {"几十", "20..90", ""},
    {"几百", "200..900", ""},
    {"数百", "200..900", ""},
    {"数千万", "20000000..90000000", ""},
    {"十几万", "110000..190000", ""},
    {"二十几", "21..29", ""},
    {"百", "100", ""},
    {"百亿元", "10000000000", "元"},
    {"亿元", "100000000", "元"},
    {"30余万", "300000+", ""},
    {"30多个", "30+", "个"},
    {"2万余户", "20000+", "户"},
    {"三百多", "300+", ""},
    {"1千餘人", "1000+", "人"},
    {"十来个", "10+", "个"},
    {"百余", "100+", ""},
    {"5千瓦", "5", "千瓦"},
    {"350万千瓦时", "3500000", "千瓦时"},
    {"3千米", "3", "千米"},
    {"5百分点", "5", "百分点"},
    {"1,234.5", "1234.5", ""},
    {"12，345", "12345", ""},
    {"1，23", "1", "，23"},
    {"1234，567", "1234", "，567"},
    {"1,2345", "1", ",2345"},
    {"0.58", "0.58", ""},
    {"100多元化", "100", "多元化"},
    {"100余额", "100", "余额"},
    {"1万5G", "10000", "5G"},
    {"10万一个", "100000", "一个"},
    {"一万两万", "10000", "两万"},
    {"99999999999999999999", "?", ""},
    {"万亿万亿万亿", "?", ""},
    {"数字", "?", "数字"},
    {"几个", "?", "几个"},
    {"零跑腿", "?", "零跑腿"},
    {"陆港", "?", "陆港"},
    {"百分之三", "?", "百分之三"},
    {"一二三四五", "12345", ""},
    {"一点五", "1.5", ""},
    {"三点要求", "3", "点要求"},
    {"1.2万", "12000", ""},
};

static void check_flags(void) {
  CHECK(cn_numeral_read(CN_VIEW("1.2.3"), 0).coded, "a section number 1.2.3 is an amount");
  CHECK(cn_numeral_read(CN_VIEW("0539"), 0).coded, "an area code 0539 is an amount");
  CHECK(!cn_numeral_read(CN_VIEW("0.5"), 0).coded, "0.5 is no amount");
  CHECK(cn_numeral_read(CN_VIEW("百亿"), 0).bare, "百亿级 is not seen to be a size");
  CHECK(!cn_numeral_read(CN_VIEW("5百亿"), 0).bare, "5百亿 is taken for a size");
  CHECK(!cn_numeral_read(CN_VIEW("十"), 0).bare, "十项 is taken for a size");
  CHECK(cn_numeral_read(CN_VIEW("二〇二〇"), 0).positional, "二〇二〇 is not seen to be a year");
  CHECK(!cn_numeral_read(CN_VIEW("七八"), 0).positional, "七八 is read digit by digit");
  cn_numeral n = cn_numeral_read(CN_VIEW("8亿"), 0);
  CHECK(n.shift == 8 && n.base.known && n.base.mantissa == 8, "5—8亿元 cannot share its 亿");
}

int main(void) {
  if (setjmp(trap.env)) return 1;
  for (size_t i = 0; i < CN_COUNT(values); i++) check_known(&values[i]);
  check_flags();
  check_integers();
  return check_done();
}
