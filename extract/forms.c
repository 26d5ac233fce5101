/* Forms: tables that are no lists, opened up into prose before anything else reads them.
 *
 * In:  a flow.  Out: the same flow, or one in which tables of label and value (承诺事项 | 新建… , 完成时限 | 8月底) and
 * tables of one column are paragraphs, in the scratch arena. See parts.h. */
#include "extract/parts.h"

static size_t table_end(const cn_flow *flow, size_t table) {
  size_t end = table + 1;
  while (end < flow->count && flow->items[end].kind != CN_ELEMENT_TABLE_END &&
         flow->items[end].kind != CN_ELEMENT_TABLE)
    end++;
  return end;
}

static bool is_label_cell(cn_segmenter *s, const cn_grid_cell *cell) {
  bool exact;
  if (!cell->text.n || cell->text.n > 60) return false;
  return cn_header_field(s->words, cn_compact(s->scratch, cell->text), &exact) != CN_FIELD_NONE && exact;
}

/* Label and value in turn, in every row: 责任单位 | 市教育局 | 责任人 | 李梅. */
static bool is_form_row(cn_segmenter *s, const cn_element *row) {
  if (row->cell_count < 2 || row->cell_count > 8 || row->cell_count % 2) return false;
  for (size_t i = 0; i < row->cell_count; i += 2)
    if (!is_label_cell(s, &row->cells[i]) || (row->cells[i + 1].text.n && is_label_cell(s, &row->cells[i + 1])))
      return false;
  return true;
}

typedef enum table_shape { SHAPE_LIST, SHAPE_FORM, SHAPE_COLUMN } table_shape;

static table_shape shape_of(cn_segmenter *s, const cn_flow *flow, size_t table, size_t end) {
  size_t rows = 0, forms = 0, single = 0;
  for (size_t i = table; i < end && rows < 200; i++) {
    const cn_element *row = &flow->items[i];
    if (row->kind != CN_ELEMENT_ROW || row->chrome) continue;
    rows++;
    single += row->cell_count <= 1;
    forms += is_form_row(s, row);
    if (rows == 4 && !forms && !single) return SHAPE_LIST; /* nearly every table is a list: be quick about it */
  }
  if (rows >= 2 && forms * 10 >= rows * 7) return SHAPE_FORM;
  return rows && single == rows && !s->columns.count ? SHAPE_COLUMN : SHAPE_LIST;
}

static void add_text(cn_segmenter *s, cn_flow *out, cn_view text, uint32_t line) {
  if (text.n) cn_flow_add(s->scratch, out, CN_ELEMENT_PARAGRAPH, line)->text = text;
}

static void open_row(cn_segmenter *s, cn_flow *out, const cn_element *row) {
  bool form = is_form_row(s, row);
  for (size_t i = 0; i < row->cell_count; i += form ? 2 : 1) {
    const cn_grid_cell *cell = &row->cells[i];
    uint32_t line = cell->line ? cell->line : row->line;
    if (!form) {
      if (!cell->merged) add_text(s, out, cell->text, line);
      continue;
    }
    cn_view label = cn_strip(cn_join_name(s->scratch, cell->text), "：:"),
            value = cn_join_lines(s->scratch, row->cells[i + 1].text);
    if (value.n)
      add_text(s, out, cn_arena_format(s->scratch, "%.*s：%.*s", (int)label.n, label.p, (int)value.n, value.p), line);
  }
}

static void copy_element(cn_segmenter *s, cn_flow *out, const cn_element *e) {
  *cn_flow_add(s->scratch, out, e->kind, e->line) = *e;
}

const cn_flow *cn_forms_open(cn_segmenter *s, const cn_flow *flow) {
  cn_flow *out = NULL;
  for (size_t i = 0; i < flow->count; i++) {
    const cn_element *e = &flow->items[i];
    size_t end = e->kind == CN_ELEMENT_TABLE && !e->chrome ? table_end(flow, i) : i;
    if (end == i || shape_of(s, flow, i, end) == SHAPE_LIST) {
      if (out) copy_element(s, out, e);
      continue;
    }
    if (!out) {
      out = cn_arena_new(s->scratch, cn_flow, 1);
      out->title = flow->title;
      for (size_t k = 0; k < i; k++) copy_element(s, out, &flow->items[k]);
    }
    add_text(s, out, e->text, e->line);
    for (size_t k = i + 1; k < end; k++)
      if (flow->items[k].kind == CN_ELEMENT_ROW)
        open_row(s, out, &flow->items[k]);
      else
        copy_element(s, out, &flow->items[k]);
    i = end - (end < flow->count && flow->items[end].kind == CN_ELEMENT_TABLE);
  }
  return out ? out : flow;
}
