/* See phrase.h. In: targets.  Out: short text. Owns nothing. */
#include "emit/phrase.h"

static const char *relation_sign(cn_relation relation) {
  switch (relation) {
  case CN_RELATION_APPROX: return "~";
  case CN_RELATION_GE: return ">=";
  case CN_RELATION_GT: return ">";
  case CN_RELATION_LE: return "<=";
  case CN_RELATION_LT: return "<";
  case CN_RELATION_NONE:
  case CN_RELATION_EQ:
  case CN_RELATION_RANGE: return "";
  }
  return "";
}

/* 亿 and 万 only where the number gets shorter by it: 5000000000 is 50亿, 23.91亿 has two decimals, 12345 stays. */
void cn_phrase_number(cn_buf *buf, cn_decimal number) {
  static const struct {
    int power;
    const char *word;
  } steps[] = {{12, "万亿"}, {8, "亿"}, {4, "万"}};
  for (size_t i = 0; number.known && i < CN_COUNT(steps); i++) {
    cn_decimal one = cn_decimal_shift(cn_decimal_int(1), steps[i].power);
    cn_decimal size = number.mantissa < 0 ? cn_decimal_mul(number, cn_decimal_int(-1)) : number;
    cn_decimal small = cn_decimal_shift(number, -steps[i].power);
    if (!small.known || cn_decimal_compare(size, one) < 0) continue;
    while (small.scale && small.mantissa % 10 == 0) small.mantissa /= 10, small.scale--;
    if (small.scale > 3) continue;
    cn_decimal_write(buf, small);
    cn_buf_add_string(buf, steps[i].word);
    return;
  }
  cn_decimal_write(buf, number);
}

/* 百分之三十八 has the unit 百分之, which cannot stand behind the number. */
static void add_unit(cn_buf *buf, const cn_condition *c) {
  bool before = cn_view_is(c->unit, "百分之");
  cn_buf_add_view(buf, before ? c->unit_code : c->unit);
  if (!c->unit.n && c->unit_code.n && !cn_view_is(c->unit_code, "1")) cn_buf_add_view(buf, c->unit_code);
}

/* 每年 is kept as UCUM's a; people read 年. 每人 is kept as 人. */
static void add_per(cn_buf *buf, cn_view per) {
  static const char *const words[][2] = {{"a", "年"}, {"mo", "月"}, {"wk", "周"}, {"d", "日"}, {"h", "小时"}};
  if (!per.n) return;
  cn_buf_add_char(buf, '/');
  for (size_t i = 0; i < CN_COUNT(words); i++)
    if (cn_view_is(per, words[i][0])) per = cn_view_of(words[i][1]);
  cn_buf_add_view(buf, per);
}

void cn_phrase_amount(cn_buf *buf, const cn_condition *c) {
  if (c->relation == CN_RELATION_RANGE && c->min.known && c->max.known) {
    cn_phrase_number(buf, c->min);
    cn_buf_add_string(buf, "–");
    cn_phrase_number(buf, c->max);
  } else if (c->value.known) {
    cn_buf_add_string(buf, relation_sign(c->relation));
    cn_phrase_number(buf, c->value);
  } else { /* 三分之一 has no finite value: as written */
    cn_buf_add_view(buf, c->text);
    return;
  }
  add_unit(buf, c);
  add_per(buf, c->per);
}

void cn_phrase_where(cn_buf *buf, const cn_condition_list *where) {
  for (size_t i = 0; i < where->n; i++) {
    if (i) cn_buf_add_string(buf, "; ");
    cn_buf_add_view(buf, where->items[i].metric);
    if (where->items[i].metric.n) cn_buf_add_char(buf, ' ');
    cn_phrase_amount(buf, &where->items[i]);
  }
}

cn_condition cn_phrase_condition_of(const cn_target *t) {
  return (cn_condition){.text = t->text,
                        .start = t->start,
                        .end = t->end,
                        .metric = t->metric,
                        .relation = t->relation,
                        .value = t->value,
                        .min = t->min,
                        .max = t->max,
                        .unit = t->unit,
                        .unit_code = t->unit_code,
                        .dimension = t->dimension,
                        .per = t->per};
}

void cn_phrase_target(cn_buf *buf, const cn_target *t) {
  cn_condition amount = cn_phrase_condition_of(t);
  bool output = t->change == CN_CHANGE_OUTPUT; /* 新增绿色工厂 20家, but 税收增长 10% */
  cn_buf_add_view(buf, output ? t->action : t->metric);
  cn_buf_add_view(buf, output ? t->metric : t->action);
  if (t->action.n || t->metric.n) cn_buf_add_char(buf, ' ');
  cn_phrase_amount(buf, &amount);
  if (!t->where.n) return;
  cn_buf_add_string(buf, " (");
  cn_phrase_where(buf, &t->where);
  cn_buf_add_char(buf, ')');
}

void cn_phrase_responsible(cn_buf *buf, const cn_responsible_list *list, bool roles) {
  for (size_t i = 0; i < list->n; i++) {
    const cn_responsible *r = &list->items[i];
    if (i) cn_buf_add_string(buf, "; ");
    cn_buf_add_view(buf, r->name);
    if (roles && r->role) cn_buf_format(buf, " (%s)", cn_enum_name(&cn_duty_names, (int)r->role));
  }
}
