/* The column whose cells open blocks: 单位 in front of the serial, a merged 类别, places. See parts.h.
 *
 * In:  the rows under a header.  Out: columns->group. */
#include "extract/parts.h"

enum { LOOK_ROWS = 400 };

typedef struct grouping {
  size_t rows, starts, gaps, merged, repeats, restarts;
} grouping;

static grouping look_at(cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end, const cn_columns *c,
                        size_t column) {
  grouping g = {0};
  cn_view above = CN_NULL_VIEW;
  for (size_t i = begin; i < end && g.rows < LOOK_ROWS; i++) {
    const cn_element *row = &flow->items[i];
    if (row->kind != CN_ELEMENT_ROW || cn_filled_cells(row, NULL) < 2 || cn_is_header_row(s, row)) continue;
    const cn_grid_cell *cell = cn_cell_at(row, column),
                       *serial = c->serial < 0 ? NULL : cn_cell_at(row, (size_t)c->serial);
    cn_serial number;
    bool first = serial && cn_serial_cell(cn_fold(s->scratch, serial->text).text, &number) && number.value == 1;
    g.rows++;
    if (cell && cell->merged)
      g.merged++;
    else if (!cell || !cell->text.n)
      g.gaps++;
    else if (above.p && cn_view_equal(above, cell->text))
      g.repeats++;
    else {
      g.starts++;
      g.restarts += first;
      above = cell->text;
    }
  }
  return g;
}

/* 县区, 乡镇（街道）, 村名: a header that says place. */
static bool says_place(cn_view header) {
  static const char *const places[] = {"县", "区", "市", "镇", "乡", "村", "街道", "社区", "州"};
  if (cn_view_find(header, CN_VIEW("单位"), 0) != SIZE_MAX || cn_view_find(header, CN_VIEW("部门"), 0) != SIZE_MAX)
    return false;
  for (size_t i = 0; i < CN_COUNT(places); i++)
    if (cn_view_find(header, cn_view_of(places[i]), 0) != SIZE_MAX) return true;
  return false;
}

static bool opens_blocks(const cn_column *column, const grouping *g, bool before_serial, bool has_serial) {
  cn_field field = column->field;
  bool groups = g->gaps + g->merged > 0, restarts = g->restarts * 2 > g->starts && g->starts > 1;
  if (!g->starts) return false;
  switch ((int)field) {
  case CN_FIELD_BLOCK:
    return before_serial || !has_serial || groups || (g->repeats && restarts) || says_place(column->header);
  case CN_FIELD_UNIT:
  case CN_FIELD_LEAD: return (before_serial && has_serial && (groups || restarts)) || (groups && restarts);
  case CN_FIELD_CATEGORY: return before_serial && groups;
  case CN_FIELD_OTHER: return before_serial && has_serial && groups && restarts;
  default: return false;
  }
}

void cn_choose_group(cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end, cn_columns *c) {
  c->group = -1;
  for (size_t i = 0; i < c->count && i < 2; i++) {
    cn_field field = c->items[i].field;
    if (field != CN_FIELD_BLOCK && field != CN_FIELD_UNIT && field != CN_FIELD_LEAD && field != CN_FIELD_CATEGORY &&
        field != CN_FIELD_OTHER)
      continue;
    bool before = c->serial < 0 ? i == 0 : (int)i < c->serial;
    grouping g = look_at(s, flow, begin, end, c, i);
    if (opens_blocks(&c->items[i], &g, before, c->serial >= 0)) {
      c->group = (int)i;
      break;
    }
  }
  for (size_t i = 0; i < c->count; i++)
    if (c->items[i].field == CN_FIELD_BLOCK && (int)i != c->group) c->items[i].field = CN_FIELD_UNIT;
}
