/* Numbers as a sheet shows them: see sheet_number.h. Source of the rules: ECMA-376 part 1, 18.8.30 and 18.17.4. */
#include "extract/sheet_number.h"

enum { SIGNIFICANT = 15, MAX_DIGITS = 340 };

const char *cn_sheet_format(int64_t id) {
  static const struct {
    int64_t id;
    const char *code;
  } codes[] = {
      {1, "0"},
      {2, "0.00"},
      {3, "#,##0"},
      {4, "#,##0.00"},
      {9, "0%"},
      {10, "0.00%"},
      {37, "#,##0"},
      {38, "#,##0"},
      {39, "#,##0.00"},
      {40, "#,##0.00"},
      {14, "yyyy年m月d日"},
      {15, "yyyy年m月d日"},
      {16, "m月d日"},
      {17, "yyyy年m月"},
      {18, "h:mm"},
      {19, "h:mm"},
      {20, "h:mm"},
      {21, "h:mm"},
      {22, "yyyy年m月d日 h:mm"},
      {27, "yyyy年m月"},
      {28, "m月d日"},
      {29, "m月d日"},
      {30, "yyyy年m月d日"},
      {31, "yyyy年m月d日"},
      {32, "h:mm"},
      {33, "h:mm"},
      {34, "h:mm"},
      {35, "h:mm"},
      {36, "yyyy年m月"},
      {45, "h:mm"},
      {46, "h:mm"},
      {47, "h:mm"},
      {50, "yyyy年m月"},
      {51, "m月d日"},
      {52, "yyyy年m月"},
      {53, "m月d日"},
      {54, "m月d日"},
      {55, "yyyy年m月"},
      {56, "m月d日"},
      {57, "yyyy年m月"},
      {58, "m月d日"},
  };
  for (size_t i = 0; i < CN_COUNT(codes); i++)
    if (codes[i].id == id) return codes[i].code;
  return "General";
}

/* ---- Decimal digits ---- */

/* 0.d1d2d3… times ten to the power `point`. */
typedef struct digits {
  char d[MAX_DIGITS];
  int count, point;
  bool negative;
} digits;

static bool read_exponent(cn_view v, size_t at, int *exponent) {
  bool negative = at < v.n && v.p[at] == '-';
  if (at < v.n && (v.p[at] == '-' || v.p[at] == '+')) at++;
  if (at == v.n) return false;
  int value = 0;
  for (; at < v.n; at++) {
    if (v.p[at] < '0' || v.p[at] > '9' || value > 9999) return false;
    value = 10 * value + (v.p[at] - '0');
  }
  *exponent = negative ? -value : value;
  return true;
}

static bool read_digits(cn_view v, digits *out) {
  *out = (digits){.negative = v.n && v.p[0] == '-'};
  bool dot = false, any = false;
  size_t i = v.n && (v.p[0] == '-' || v.p[0] == '+');
  for (; i < v.n; i++) {
    char c = v.p[i];
    if (c == 'e' || c == 'E') break;
    if (c == '.' && !dot) {
      dot = true;
      continue;
    }
    if (c < '0' || c > '9') return false;
    any = true;
    if (c == '0' && !out->count) {
      out->point -= dot;
      continue;
    }
    if (out->count < MAX_DIGITS) out->d[out->count++] = c;
    out->point += !dot;
  }
  int exponent = 0;
  if (i < v.n && !read_exponent(v, i + 1, &exponent)) return false;
  out->point += exponent;
  return any && out->point < MAX_DIGITS / 2 && out->point > -MAX_DIGITS / 2;
}

/* Keeps `keep` digits, half away from zero. */
static void round_to(digits *v, int keep) {
  if (keep < 0) {
    v->count = 0;
    return;
  }
  if (v->count > keep) {
    bool up = v->d[keep] >= '5';
    v->count = keep;
    for (int i = keep - 1; up && i >= 0; i--) {
      up = v->d[i] == '9';
      v->d[i] = up ? '0' : (char)(v->d[i] + 1);
    }
    if (up) {
      memmove(v->d + 1, v->d, (size_t)v->count);
      v->d[0] = '1';
      v->count = v->count < keep || keep == 0 ? v->count + 1 : v->count;
      v->point++;
    }
  }
  while (v->count && v->d[v->count - 1] == '0') v->count--;
}

static char digit_at(const digits *v, int i) { return i >= 0 && i < v->count ? v->d[i] : '0'; }

/* Plain digits with exactly `decimals` of them behind the point; -1: as many as there are. */
static size_t write_plain(const digits *v, int decimals, bool thousands, char *out) {
  size_t n = 0;
  if (v->negative && v->count) out[n++] = '-';
  if (v->point <= 0) out[n++] = '0';
  for (int i = 0; i < v->point; i++) {
    out[n++] = digit_at(v, i);
    if (thousands && v->point - 1 - i > 0 && (v->point - 1 - i) % 3 == 0) out[n++] = ',';
  }
  int last = v->count - v->point;
  if (decimals < 0) decimals = last > 0 ? last : 0;
  if (decimals) out[n++] = '.';
  for (int i = 0; i < decimals; i++) out[n++] = digit_at(v, v->point + i);
  return n;
}

/* ---- Format codes ---- */

typedef struct format {
  bool general, year, month, day, hour, percent, thousands, number;
  int decimals;
  char before[64], after[64]; /* literal text around the number: 第0号, 0.0"万元" */
  size_t before_length, after_length;
} format;

static void add_literal(format *f, cn_view text) {
  char *to = f->number ? f->after : f->before;
  size_t *n = f->number ? &f->after_length : &f->before_length;
  if (*n + text.n > sizeof f->before) return;
  memcpy(to + *n, text.p, text.n);
  *n += text.n;
}

static bool is_date(const format *f) { return f->year || f->month || f->day || f->hour; }

/* One character of the code outside of quotes; gives how many bytes it took. */
static size_t read_code(format *f, cn_view code, size_t i) {
  char c = code.p[i];
  if (c == '0' || c == '#' || c == '?') {
    if (i && code.p[i - 1] == ',' && f->number) f->thousands = true;
    f->number = true;
    if (f->decimals >= 0) f->decimals++;
  } else if (c == '.' && f->number) {
    f->decimals = 0;
  } else if (c == '%') {
    f->percent = true;
    add_literal(f, CN_VIEW("%"));
  } else if (c == 'y' || c == 'Y' || c == 'e') {
    f->year = true;
  } else if (c == 'd' || c == 'D') {
    f->day = true;
  } else if (c == 'h' || c == 'H' || c == 's' || c == 'S') {
    f->hour = true;
  } else if (c == 'm' || c == 'M') {
    f->month = true;
  } else if (c == '_' || c == '*') {
    return 2;
  } else if (c == '\\' && i + 1 < code.n) {
    size_t n = (unsigned char)code.p[i + 1] < 0x80 ? 1 : (unsigned char)code.p[i + 1] < 0xE0 ? 2 : 3;
    add_literal(f, cn_view_slice(code, i + 1, i + 1 + n));
    return 1 + n;
  } else if ((unsigned char)c >= 0x80) {
    add_literal(f, cn_view_slice(code, i, i + 1));
  }
  return 1;
}

/* The first section of the code: positive;negative;zero. */
static format read_format(cn_view code) {
  format f = {.decimals = -1};
  if (!code.n || strncasecmp(code.p, "General", code.n < 7 ? code.n : 7) == 0 || cn_view_is(code, "@"))
    f.general = true;
  for (size_t i = 0; i < code.n && code.p[i] != ';' && !f.general;) {
    char close = code.p[i] == '"' ? '"' : code.p[i] == '[' ? ']' : 0;
    const char *end = close ? memchr(code.p + i + 1, close, code.n - i - 1) : NULL;
    if (!end) {
      i += read_code(&f, code, i);
      continue;
    }
    if (close == '"')
      add_literal(&f, cn_view_between(code.p + i + 1, end));
    else if (strchr("hHmMsS", code.p[i + 1]))
      f.hour = true; /* [h]:mm; but not [$-804] or [Red] */
    i = (size_t)(end - code.p) + 1;
  }
  if (f.hour && !f.year && !f.day) f.month = false; /* minutes */
  return f;
}

/* ---- Dates ---- */

/* Days since 1970-01-01 to a date (proleptic Gregorian; H. Hinnant's algorithm). */
static void civil(int64_t days, int64_t *year, int64_t *month, int64_t *day) {
  days += 719468;
  int64_t era = (days >= 0 ? days : days - 146096) / 146097, doe = days - era * 146097;
  int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int64_t mp = (5 * doy + 2) / 153;
  *day = doy - (153 * mp + 2) / 5 + 1;
  *month = mp < 10 ? mp + 3 : mp - 9;
  *year = yoe + era * 400 + (*month <= 2);
}

/* Minutes of the day from the digits behind the point, to the nearest. */
static int64_t minutes_of(const digits *v, int64_t *days) {
  int64_t fraction = 0;
  for (int i = 0; i < 9; i++) fraction = 10 * fraction + (digit_at(v, v->point + i) - '0');
  int64_t minutes = (fraction * 1440 + 500000000) / 1000000000;
  if (minutes == 1440) ++*days, minutes = 0;
  return minutes;
}

static cn_view show_date(cn_arena *arena, const digits *v, const format *f, bool from_1904) {
  if (v->negative || v->point > 7) return CN_NULL_VIEW;
  int64_t days = 0, year, month, day;
  for (int i = 0; i < v->point; i++) days = 10 * days + (digit_at(v, i) - '0');
  int64_t minutes = f->hour ? minutes_of(v, &days) : 0;
  /* Day 60 of the 1900 system is a 29 February that never was. */
  int64_t epoch = from_1904 ? -24107 : days < 60 ? -25568 : -25569;
  civil(days + epoch, &year, &month, &day);
  char date[96] = "", clock[48] = "";
  if (f->year && f->month && f->day)
    snprintf(date, sizeof date, "%lld年%lld月%lld日", (long long)year, (long long)month, (long long)day);
  else if (f->year && f->month)
    snprintf(date, sizeof date, "%lld年%lld月", (long long)year, (long long)month);
  else if (f->year)
    snprintf(date, sizeof date, "%lld年", (long long)year);
  else if (f->month && f->day)
    snprintf(date, sizeof date, "%lld月%lld日", (long long)month, (long long)day);
  else if (f->month)
    snprintf(date, sizeof date, "%lld月", (long long)month);
  else if (f->day)
    snprintf(date, sizeof date, "%lld日", (long long)day);
  if (f->hour && (minutes || !date[0]))
    snprintf(clock, sizeof clock, "%lld:%02lld", (long long)(minutes / 60), (long long)(minutes % 60));
  return cn_arena_format(arena, "%s%s%s", date, date[0] && clock[0] ? " " : "", clock);
}

/* ---- Showing ---- */

cn_view cn_sheet_show(cn_arena *arena, cn_view value, cn_view code, bool from_1904) {
  digits v;
  value = cn_view_trim(value);
  if (!read_digits(value, &v)) return value;
  round_to(&v, SIGNIFICANT);
  format f = read_format(code);
  if (is_date(&f)) {
    cn_view date = show_date(arena, &v, &f, from_1904);
    if (date.p) return date;
  }
  if (f.percent) v.point += 2;
  bool as_stored = f.general || !f.number;
  int decimals = as_stored ? -1 : f.decimals < 0 ? 0 : f.decimals;
  if (!as_stored) round_to(&v, v.point + decimals);
  char out[2 * MAX_DIGITS + 160];
  size_t n = 0;
  if (!as_stored && v.negative && v.count) out[n++] = '-', v.negative = false;
  if (!as_stored) memcpy(out + n, f.before, f.before_length), n += f.before_length;
  n += write_plain(&v, decimals, f.thousands && !as_stored, out + n);
  if (!as_stored) memcpy(out + n, f.after, f.after_length), n += f.after_length;
  return cn_arena_copy(arena, (cn_view){out, n});
}
