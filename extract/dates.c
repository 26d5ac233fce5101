/* Dates and years of a notice's head: see dates.h. */
#include "extract/dates.h"

#include "core/utf8.h"
#include "extract/serial.h"
#include "extract/words.h"

static int chinese_digit(cn_view v, size_t at) {
  static const char *const digits[] = {"〇", "一", "二", "三", "四", "五", "六", "七",
                                       "八", "九", "零", "○",  "Ｏ", "O",  "0"};
  for (int i = 0; i < (int)CN_COUNT(digits); i++)
    if (cn_at(v, at, digits[i])) return i > 9 ? 0 : i;
  return -1;
}

/* 2021 or 二〇二一 at *at, which moves behind it; -1 for what is no year. */
static int64_t year_digits(cn_view v, size_t *at) {
  int64_t value = 0;
  size_t p = *at, n = 0;
  for (int d; n < 4 && p < v.n; n++) {
    if (v.p[p] >= '0' && v.p[p] <= '9')
      d = v.p[p] - '0';
    else if ((d = chinese_digit(v, p)) < 0)
      break;
    value = value * 10 + d;
    p += cn_utf8_len((unsigned char)v.p[p]);
  }
  if (n != 4 || value < 1949 || value > 2100 || (p < v.n && v.p[p] >= '0' && v.p[p] <= '9')) return -1;
  *at = p;
  return value;
}

/* 民國110年: 1911 years later. 110年 alone only where the text speaks of 民國, or writes 年度 in traditional
 * characters. */
static int64_t minguo_year(cn_view v, size_t *at) {
  size_t p = *at;
  if (!cn_at(v, p, "民國") && !cn_at(v, p, "民国")) return -1;
  p = cn_skip_blank(v, p + 6);
  bool chinese;
  int64_t value = cn_serial_number(v, &p, &chinese);
  p = cn_skip_blank(v, p);
  if (value < 1 || value > 200 || !cn_at(v, p, "年")) return -1;
  *at = p;
  return value + 1911;
}

static bool part(cn_view v, size_t *at, const char *const *marks, size_t count, int64_t *value) {
  size_t p = cn_skip_blank(v, *at);
  bool chinese;
  *value = cn_serial_number(v, &p, &chinese);
  if (*value < 1) return false;
  p = cn_skip_blank(v, p);
  for (size_t i = 0; i < count; i++)
    if (cn_at(v, p, marks[i])) return *at = p + strlen(marks[i]), true;
  return false;
}

static bool date_at(cn_view v, size_t at, size_t *end, cn_date *date) {
  static const char *const months[] = {"月"}, *const days[] = {"日", "号"};
  size_t p = at;
  int64_t year = minguo_year(v, &p), month, day;
  if (year < 0) year = year_digits(v, &p);
  if (year < 0) return false;
  p = cn_skip_blank(v, p);
  if (cn_at(v, p, "年")) {
    p += 3;
    if (!part(v, &p, months, 1, &month) || !part(v, &p, days, 2, &day)) return false;
  } else if (p < v.n && strchr("-/.", v.p[p])) {
    const char mark[2] = {v.p[p], 0}, *const marks[] = {mark};
    bool chinese;
    p++;
    if (!part(v, &p, marks, 1, &month)) return false;
    day = cn_serial_number(v, &p, &chinese);
  } else {
    return false;
  }
  *date = (cn_date){(int16_t)year, (uint8_t)month, (uint8_t)day};
  *end = p;
  return month <= 12 && day >= 1 && day <= 31 && cn_date_valid(*date);
}

static bool digit_before(cn_view v, size_t at) {
  return at && ((v.p[at - 1] >= '0' && v.p[at - 1] <= '9') || v.p[at - 1] == '.');
}

bool cn_date_find(cn_view v, size_t *at, size_t *end, cn_date *date) {
  for (size_t p = *at; p < v.n; p += cn_utf8_len((unsigned char)v.p[p])) {
    bool can = (v.p[p] >= '1' && v.p[p] <= '2') || cn_at(v, p, "民") || cn_at(v, p, "二") || cn_at(v, p, "一");
    if (!can || digit_before(v, p) || !date_at(v, p, end, date)) continue;
    *at = p;
    return true;
  }
  return false;
}

int64_t cn_year_find(cn_view v) {
  static const char *const marks[] = {"年", "—", "-", "–", "~", "至", "－", "～", "、", "/"};
  for (size_t p = 0; p < v.n; p += cn_utf8_len((unsigned char)v.p[p])) {
    size_t at = p;
    int64_t year = minguo_year(v, &at);
    if (year > 0) return year;
    if (digit_before(v, p) || (year = year_digits(v, &at)) < 0) continue;
    at = cn_skip_blank(v, at);
    for (size_t i = 0; i < CN_COUNT(marks); i++)
      if (cn_at(v, at, marks[i]) &&
          (i == 0 || cn_view_find(cn_view_slice(v, at, at + 24), CN_VIEW("年"), 0) != SIZE_MAX))
        return year;
  }
  /* 110年度: three digits, in a text of traditional characters */
  static const char *const traditional[] = {"個", "國", "關", "實", "辦", "務", "計", "畫", "縣",
                                            "劃", "環", "發", "執", "標", "進", "項", "書"};
  for (size_t i = 0; i < CN_COUNT(traditional); i++) {
    if (cn_view_find(v, cn_view_of(traditional[i]), 0) == SIZE_MAX) continue;
    for (size_t p = 0; p + 6 <= v.n; p += cn_utf8_len((unsigned char)v.p[p]))
      if (!digit_before(v, p) && v.p[p] == '1' && v.p[p + 1] >= '0' && v.p[p + 1] <= '9' && v.p[p + 2] >= '0' &&
          v.p[p + 2] <= '9' && cn_at(v, p + 3, "年"))
        return 1911 + 100 + (v.p[p + 1] - '0') * 10 + (v.p[p + 2] - '0');
    break;
  }
  return CN_NONE;
}
