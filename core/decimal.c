/* Exact decimals on a 64-bit mantissa; every operation that would lose a digit gives "not known". */
#include "core/decimal.h"

enum { MAX_SCALE = 18 };
#define MAX_MANTISSA INT64_C(999999999999999999)

static const cn_decimal unknown;

static bool mul_checked(int64_t a, int64_t b, int64_t *product) {
  return !__builtin_mul_overflow(a, b, product) && *product >= -MAX_MANTISSA && *product <= MAX_MANTISSA;
}

/* Without trailing zeros behind the point, so that equal values are equal structs. */
static cn_decimal normal(int64_t mantissa, int scale) {
  while (scale > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    scale--;
  }
  return (cn_decimal){mantissa, (uint8_t)scale, true};
}

cn_decimal cn_decimal_shift(cn_decimal a, int power) {
  if (!a.known) return unknown;
  int64_t m = a.mantissa;
  int scale = a.scale - power;
  if (m == 0) return cn_decimal_int(0);
  for (; scale < 0; scale++)
    if (!mul_checked(m, 10, &m)) return unknown;
  while (scale > MAX_SCALE && m % 10 == 0) {
    m /= 10;
    scale--;
  }
  return scale > MAX_SCALE ? unknown : normal(m, scale);
}

/* The mantissa of a at a larger scale. */
static bool rescale(cn_decimal a, int scale, int64_t *m) {
  *m = a.mantissa;
  for (int s = a.scale; s < scale; s++)
    if (!mul_checked(*m, 10, m)) return false;
  return true;
}

cn_decimal cn_decimal_add(cn_decimal a, cn_decimal b) {
  if (!a.known || !b.known) return unknown;
  int scale = a.scale > b.scale ? a.scale : b.scale;
  int64_t x, y;
  if (!rescale(a, scale, &x) || !rescale(b, scale, &y)) return unknown;
  int64_t sum = x + y; /* both at most 18 digits: cannot overflow */
  return sum > MAX_MANTISSA || sum < -MAX_MANTISSA ? unknown : normal(sum, scale);
}

cn_decimal cn_decimal_mul(cn_decimal a, cn_decimal b) {
  int64_t m;
  if (!a.known || !b.known || !mul_checked(a.mantissa, b.mantissa, &m)) return unknown;
  if (m == 0) return cn_decimal_int(0);
  int scale = a.scale + b.scale;
  while (scale > MAX_SCALE && m % 10 == 0) {
    m /= 10;
    scale--;
  }
  return scale > MAX_SCALE ? unknown : normal(m, scale);
}

cn_decimal cn_decimal_div(cn_decimal a, cn_decimal b) {
  if (!a.known || !b.known || b.mantissa == 0) return unknown;
  int64_t n = a.mantissa;
  int scale = a.scale - b.scale;
  while (n % b.mantissa != 0 || scale < 0) {
    if (!mul_checked(n, 10, &n)) return unknown;
    scale++;
  }
  return scale > MAX_SCALE ? unknown : normal(n / b.mantissa, scale);
}

int cn_decimal_compare(cn_decimal a, cn_decimal b) {
  int scale = a.scale > b.scale ? a.scale : b.scale;
  int64_t x, y;
  bool fits_x = rescale(a, scale, &x), fits_y = rescale(b, scale, &y);
  if (fits_x && fits_y) return x < y ? -1 : x > y;
  /* One does not fit 18 digits at the other's scale, so it is the larger in size. */
  return fits_x ? (b.mantissa > 0 ? -1 : 1) : (a.mantissa > 0 ? 1 : -1);
}

cn_decimal cn_decimal_parse(cn_view v) {
  size_t i = 0, digits = 0;
  int64_t m = 0;
  int scale = 0, exponent = 0;
  bool negative = v.n && v.p[0] == '-', point = false;
  for (i = negative; i < v.n && (v.p[i] == '.' || (v.p[i] >= '0' && v.p[i] <= '9')); i++) {
    if (v.p[i] == '.') {
      if (point || digits == 0) return unknown;
      point = true;
      continue;
    }
    if (!mul_checked(m, 10, &m) || (m += v.p[i] - '0') > MAX_MANTISSA) return unknown;
    digits++;
    scale += point;
  }
  if (digits == 0 || v.p[i - 1] == '.') return unknown;
  if (i < v.n && (v.p[i] == 'e' || v.p[i] == 'E')) {
    bool down = ++i < v.n && v.p[i] == '-';
    if (i < v.n && (v.p[i] == '-' || v.p[i] == '+')) i++;
    if (i == v.n) return unknown;
    for (; i < v.n && v.p[i] >= '0' && v.p[i] <= '9' && exponent < 100; i++) exponent = exponent * 10 + (v.p[i] - '0');
    if (down) exponent = -exponent;
  }
  if (i != v.n || scale > MAX_SCALE * 2) return unknown;
  cn_decimal whole = cn_decimal_int(negative ? -m : m);
  return cn_decimal_shift(whole, exponent - scale);
}

void cn_decimal_write(cn_buf *buf, cn_decimal a) {
  if (!a.known) {
    cn_buf_add_string(buf, "null");
    return;
  }
  if (a.scale == 0) {
    cn_buf_add_int(buf, a.mantissa);
    return;
  }
  int64_t unit = 1;
  for (int i = 0; i < a.scale; i++) unit *= 10;
  int64_t whole = a.mantissa / unit, part = a.mantissa % unit;
  if (a.mantissa < 0) cn_buf_add_char(buf, '-');
  cn_buf_add_int(buf, whole < 0 ? -whole : whole);
  cn_buf_add_char(buf, '.');
  char *p = cn_buf_room(buf, a.scale);
  int64_t rest = part < 0 ? -part : part;
  for (int i = a.scale; i-- > 0; rest /= 10) p[i] = (char)('0' + rest % 10);
  buf->n += a.scale;
  while (buf->p[buf->n - 1] == '0') buf->n--; /* a caller may hand in 2.50 */
}
