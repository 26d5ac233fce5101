/* See columns.h. In: a row, a target, a column.  Out: the cell's text, not yet quoted. Owns nothing. */
#include "emit/columns.h"

#include "emit/phrase.h"

const cn_column_info cn_columns[CN_COLUMN_COUNT] = {
#define CN_COLUMN(constant, name, chinese, type, where, doc) {name, chinese, doc, CN_TYPE_##type, CN_WHERE_##where},
#include "emit/columns.def"
};

static void add_int(cn_buf *buf, int64_t value) {
  if (value != CN_NONE) cn_buf_add_int(buf, value);
}

static void add_number(cn_buf *buf, cn_decimal value) {
  if (value.known) cn_decimal_write(buf, value);
}

static void add_name(cn_buf *buf, const cn_enum_names *names, int value) {
  const char *name = cn_enum_name(names, value);
  if (name) cn_buf_add_string(buf, name);
}

static void add_targets(cn_buf *buf, const cn_target_list *targets) {
  for (size_t i = 0; i < targets->n; i++) {
    if (i) cn_buf_add_string(buf, "; ");
    cn_phrase_target(buf, &targets->items[i]);
  }
}

static void add_duty(cn_buf *buf, const cn_responsible_list *list, cn_duty duty) {
  size_t written = 0;
  for (size_t i = 0; i < list->n; i++) {
    if (list->items[i].role != duty) continue;
    if (written++) cn_buf_add_string(buf, "; ");
    cn_buf_add_view(buf, list->items[i].name);
  }
}

static void add_extra(cn_buf *buf, const cn_extra_list *extra) {
  for (size_t i = 0; i < extra->n; i++) {
    if (i) cn_buf_add_string(buf, "; ");
    cn_buf_add_view(buf, extra->items[i].header);
    cn_buf_add_string(buf, ": ");
    cn_buf_add_view(buf, extra->items[i].text);
  }
}

static void write_of_row(cn_buf *buf, cn_column column, const cn_row *row) {
  const cn_deadline *deadline = row->deadline;
  switch ((int)column) {
  case CN_COLUMN_NOTICE: cn_buf_add_view(buf, row->notice); return;
  case CN_COLUMN_TITLE: cn_buf_add_view(buf, row->title); return;
  case CN_COLUMN_YEAR: add_int(buf, row->year); return;
  case CN_COLUMN_BLOCK: cn_buf_add_view(buf, row->block); return;
  case CN_COLUMN_NO: add_int(buf, row->no); return;
  case CN_COLUMN_LABEL: cn_buf_add_view(buf, row->label); return;
  case CN_COLUMN_TASK: cn_buf_add_view(buf, row->task); return;
  case CN_COLUMN_TARGETS: add_targets(buf, &row->targets); return;
  case CN_COLUMN_DEADLINE: cn_buf_add_view(buf, deadline ? deadline->text : CN_NULL_VIEW); return;
  case CN_COLUMN_DUE:
    if (cn_date_known(row->due)) cn_date_write(buf, row->due);
    return;
  case CN_COLUMN_ONGOING: cn_buf_add_string(buf, deadline && deadline->ongoing ? "true" : "false"); return;
  case CN_COLUMN_RESPONSIBLE: cn_phrase_responsible(buf, &row->responsible, false); return;
  case CN_COLUMN_LEAD: add_duty(buf, &row->responsible, CN_DUTY_LEAD); return;
  case CN_COLUMN_SUPPORT: add_duty(buf, &row->responsible, CN_DUTY_SUPPORT); return;
  case CN_COLUMN_EXTRA: add_extra(buf, &row->extra); return;
  case CN_COLUMN_LINE: add_int(buf, row->line); return;
  default: return;
  }
}

static void write_of_target(cn_buf *buf, cn_column column, const cn_target *t) {
  switch ((int)column) {
  case CN_COLUMN_METRIC: cn_buf_add_view(buf, t->metric); return;
  case CN_COLUMN_ACTION: cn_buf_add_view(buf, t->action); return;
  case CN_COLUMN_CHANGE: add_name(buf, &cn_change_names, (int)t->change); return;
  case CN_COLUMN_RELATION: add_name(buf, &cn_relation_names, (int)t->relation); return;
  case CN_COLUMN_VALUE: add_number(buf, t->value); return;
  case CN_COLUMN_MIN: add_number(buf, t->min); return;
  case CN_COLUMN_MAX: add_number(buf, t->max); return;
  case CN_COLUMN_UNIT: cn_buf_add_view(buf, t->unit); return;
  case CN_COLUMN_UNIT_CODE: cn_buf_add_view(buf, t->unit_code); return;
  case CN_COLUMN_DIMENSION: add_name(buf, &cn_dimension_names, (int)t->dimension); return;
  case CN_COLUMN_PER: cn_buf_add_view(buf, t->per); return;
  case CN_COLUMN_MODALITY: add_name(buf, &cn_modality_names, (int)t->modality); return;
  case CN_COLUMN_WHERE: cn_phrase_where(buf, &t->where); return;
  case CN_COLUMN_INHERITED: cn_buf_add_string(buf, t->inherited ? "true" : "false"); return;
  case CN_COLUMN_TEXT: cn_buf_add_view(buf, t->text); return;
  case CN_COLUMN_START: add_int(buf, t->start); return;
  case CN_COLUMN_END: add_int(buf, t->end); return;
  default: return;
  }
}

void cn_column_write(cn_buf *buf, cn_column column, const cn_row *row, const cn_target *target) {
  if (target && cn_columns[column].where == CN_WHERE_TARGETS)
    write_of_target(buf, column, target);
  else
    write_of_row(buf, column, row);
}
