/* Targets in one line of text, for `expected` columns, documents and debugging.
 *
 * In:  targets, mentions.  Out: "60家左右 | 金融机构 | 新增 | output | approx 60 1", further ones behind " ; ". */
#include "normalize/describe.h"

static void add_view(cn_buf *out, cn_view v) {
  if (v.p)
    cn_buf_add_view(out, v);
  else
    cn_buf_add_char(out, '-');
}

static void add_name(cn_buf *out, const cn_enum_names *names, int value) {
  const char *name = cn_enum_name(names, value);
  cn_buf_add_string(out, name ? name : "-");
}

static void add_amount(cn_buf *out, cn_relation relation, cn_decimal value, cn_decimal min, cn_decimal max,
                       cn_view code, cn_view per) {
  add_name(out, &cn_relation_names, (int)relation);
  cn_buf_add_char(out, ' ');
  if (relation == CN_RELATION_RANGE) {
    cn_decimal_write(out, min);
    cn_buf_add_string(out, "..");
    cn_decimal_write(out, max);
  } else {
    cn_decimal_write(out, value);
  }
  cn_buf_add_char(out, ' ');
  add_view(out, code);
  if (!per.p) return;
  cn_buf_add_string(out, " per ");
  cn_buf_add_view(out, per);
}

static void add_condition(cn_buf *out, const cn_condition *c) {
  cn_buf_add_string(out, " | where ");
  add_view(out, c->text);
  cn_buf_add_string(out, " of ");
  add_view(out, c->metric);
  cn_buf_add_char(out, ' ');
  add_amount(out, c->relation, c->value, c->min, c->max, c->unit_code, c->per);
}

void cn_target_describe(cn_buf *out, const cn_target *t) {
  add_view(out, t->text);
  cn_buf_add_string(out, " | ");
  add_view(out, t->metric);
  if (t->inherited) cn_buf_add_string(out, " (inherited)");
  cn_buf_add_string(out, " | ");
  add_view(out, t->action);
  cn_buf_add_string(out, " | ");
  add_name(out, &cn_change_names, (int)t->change);
  cn_buf_add_string(out, " | ");
  add_amount(out, t->relation, t->value, t->min, t->max, t->unit_code, t->per);
  if (t->modality) {
    cn_buf_add_string(out, " | ");
    add_name(out, &cn_modality_names, (int)t->modality);
  }
  for (size_t i = 0; i < t->where.n; i++) add_condition(out, &t->where.items[i]);
}

void cn_targets_describe(cn_buf *out, cn_target_list targets) {
  for (size_t i = 0; i < targets.n; i++) {
    if (i) cn_buf_add_string(out, " ; ");
    cn_target_describe(out, &targets.items[i]);
  }
  if (!targets.n) cn_buf_add_char(out, '-');
}
