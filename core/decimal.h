/* Exact decimals: mantissa / 10^scale. Never through binary floating point: 2.1万亿 is 2100000000000, 2.7 is 2.7.
 *
 * All zero bytes is "not known" (JSON null). What does not fit 18 digits is not known either, and the caller reports
 * it. */
#ifndef CN_DECIMAL_H
#define CN_DECIMAL_H

#include "core/buf.h"

typedef struct cn_decimal {
  int64_t mantissa;
  uint8_t scale; /* 0..18 */
  bool known;
} cn_decimal;

static inline cn_decimal cn_decimal_int(int64_t v) { return (cn_decimal){v, 0, true}; }
/* The value of [-]digits[.digits][e[+-]digits]; not known when v is anything else or does not fit. */
cn_decimal cn_decimal_parse(cn_view v);
/* a * 10^power, power may be negative; not known on overflow. */
cn_decimal cn_decimal_shift(cn_decimal a, int power);
cn_decimal cn_decimal_add(cn_decimal a, cn_decimal b);
cn_decimal cn_decimal_mul(cn_decimal a, cn_decimal b);
/* a / b where the quotient is a finite decimal of at most 18 digits, else not known: 3/4 = 0.75, 1/3 is not. */
cn_decimal cn_decimal_div(cn_decimal a, cn_decimal b);
/* -1, 0, 1; both must be known. */
int cn_decimal_compare(cn_decimal a, cn_decimal b);
/* Shortest plain form, no exponent, no trailing zeros after the point: 2100000000000, 2.7, -0.5. Not known: null. */
void cn_decimal_write(cn_buf *buf, cn_decimal a);

#endif
