/* Cells of a row: by column, carried down, and as the record's fields, extras, serial number and contacts. See rows.h.
 */
#include "extract/rows.h"

/* 济南市 left out at the start of a line: the serial stands in the first column, everything one column too far left. */
static size_t shift_of(cn_segmenter *s, const cn_element *row) {
  const cn_columns *c = &s->columns;
  cn_serial serial;
  if (c->serial <= 0 || row->cell_count >= c->count || !row->cell_count || row->cells[0].column != 0) return 0;
  if (!cn_serial_cell(cn_fold(s->scratch, row->cells[0].text).text, &serial)) return 0;
  const cn_grid_cell *there = cn_cell_at(row, (size_t)c->serial);
  if (there && cn_serial_cell(cn_fold(s->scratch, there->text).text, &serial)) return 0;
  return (size_t)c->serial;
}

cn_draft cn_draft_make(cn_segmenter *s, const cn_element *row) {
  size_t count = s->columns.count, shift = shift_of(s, row);
  cn_draft d = {.row = row,
                .line = row->line,
                .cells = cn_arena_new(s->scratch, cn_view, count),
                .sources = cn_arena_new(s->scratch, const cn_grid_cell *, count)};
  for (size_t i = 0; i < count; i++) {
    const cn_grid_cell *cell = i < shift ? NULL : cn_cell_at(row, i - shift);
    d.sources[i] = cell;
    d.cells[i] = cell && cell->column == i - shift ? cell->text : CN_VIEW("");
    if (cell && cell->merged && cell->columns > 1) d.cells[i] = cell->text;
    if (cell && !cell->merged && cell->line && cell->text.n && (!d.line || cell->line < (uint32_t)d.line))
      d.line = cell->line;
  }
  return d;
}

bool cn_draft_owns(const cn_draft *d, size_t column) {
  return d->cells[column].n && d->sources[column] && !d->sources[column]->merged;
}

/* --- cells ----------------------------------------------------------------------------------------------------- */

static bool carries(cn_field f) {
  return f == CN_FIELD_UNIT || f == CN_FIELD_LEAD || f == CN_FIELD_PERSON || f == CN_FIELD_SUPERVISOR ||
         f == CN_FIELD_OWNER || f == CN_FIELD_DEADLINE || f == CN_FIELD_CATEGORY || f == CN_FIELD_CONTACT ||
         f == CN_FIELD_PHONE;
}

/* An empty cell takes the value above, where the column shows that its cells stand for several rows. 责任单位 and
 * 配合单位 stay empty beside a filled 牵头单位, and a remark always; where some cells of the table are merged, empty
 * ones mean nothing. */
static void carry_down(cn_segmenter *s, cn_draft *d, bool merges) {
  const cn_columns *c = &s->columns;
  bool lead = false, filled = false, unit = false, body = false;
  for (size_t i = 0; i < c->count; i++) {
    cn_field f = (int)i == c->group ? CN_FIELD_NONE : c->items[i].field;
    body = body || (f == CN_FIELD_UNIT && d->cells[i].n);
    lead = lead || (f == CN_FIELD_LEAD && d->cells[i].n);
    unit = unit || f == CN_FIELD_LEAD || f == CN_FIELD_UNIT;
    filled = filled || ((f == CN_FIELD_LEAD || f == CN_FIELD_UNIT) && d->cells[i].n);
  }
  for (size_t i = 0; i < c->count; i++) {
    cn_field f = c->items[i].field;
    if ((int)i == c->group || (int)i == c->serial || (int)i == c->task) continue;
    bool second = (f == CN_FIELD_UNIT && lead) || (f == CN_FIELD_LEAD && body && c->complementary) ||
                  (f == CN_FIELD_SUPPORT && (filled || !unit));
    if (d->cells[i].n)
      s->carried[i] = d->cells[i];
    else if (second)
      s->carried[i] = CN_NULL_VIEW;
    else if ((carries(f) || f == CN_FIELD_SUPPORT) && s->carried[i].p && !merges)
      d->cells[i] = s->carried[i];
  }
}

static bool is_cell_field(cn_field f) {
  return f == CN_FIELD_DEADLINE || f == CN_FIELD_PERSON || f == CN_FIELD_UNIT || f == CN_FIELD_LEAD ||
         f == CN_FIELD_SUPPORT || f == CN_FIELD_SUPERVISOR || f == CN_FIELD_OWNER;
}

static bool is_extra_field(cn_field f) {
  return f == CN_FIELD_REMARK || f == CN_FIELD_CATEGORY || f == CN_FIELD_MEASURE || f == CN_FIELD_OTHER;
}

/* A header that stands twice gets a number, so that no text is lost: 说明, 说明2. */
static cn_view unique_key(cn_segmenter *s, const cn_extra *extras, size_t n, cn_view header, size_t column) {
  cn_view key = header.n ? header : cn_arena_format(s->scratch, "%zu", column + 1);
  for (size_t i = 0, copy = 2; i < n; i++)
    if (cn_view_equal(extras[i].header, key)) {
      key = cn_arena_format(s->scratch, "%.*s%zu", (int)header.n, header.p, copy++);
      i = SIZE_MAX;
    }
  return key;
}

static void fill_cells(cn_segmenter *s, cn_row *row, const cn_draft *d) {
  const cn_columns *c = &s->columns;
  cn_cell *cells = cn_arena_new(s->scratch, cn_cell, c->count + 1);
  cn_extra *extras = cn_arena_new(s->scratch, cn_extra, c->count + 1);
  size_t cell_count = 0, extra_count = 0;
  for (size_t i = 0; i < c->count; i++) {
    cn_field f = c->items[i].field;
    if ((int)i == c->group || (int)i == c->serial || (int)i == c->task || !d->cells[i].n) continue;
    if (is_cell_field(f)) {
      cells[cell_count++] = (cn_cell){.field = f,
                                      .header = c->items[i].header.n ? c->items[i].header : CN_NULL_VIEW,
                                      .text = cn_view_trim(d->cells[i])};
    } else if (is_extra_field(f)) {
      extras[extra_count] =
          (cn_extra){unique_key(s, extras, extra_count, c->items[i].header, i), cn_join_lines(s->scratch, d->cells[i])};
      extra_count++;
    }
  }
  row->cells = (cn_cell_list){cells, cell_count};
  row->extra = (cn_extra_list){extras, extra_count};
}

static void split_serial(cn_segmenter *s, cn_row *row) {
  cn_folded folded = cn_fold(s->scratch, row->task);
  cn_serial serial;
  if (!cn_serial_read(folded.text, 0, &serial) || serial.weak || serial.end >= folded.text.n) return;
  row->label = cn_fold_source(&folded, serial.begin, serial.label_end);
  row->task = cn_fold_source(&folded, serial.end, folded.text.n);
  if (serial.style != CN_SERIAL_DECIMAL) row->no = serial.value;
}

/* 序号 of the row; without such a column, the number its task begins with where most tasks begin with one. */
static void fill_serial(cn_segmenter *s, cn_entry *e, const cn_draft *d) {
  const cn_columns *c = &s->columns;
  if (c->serial_in_task) split_serial(s, &e->row);
  if (c->serial < 0 || !d->cells[c->serial].n) return;
  cn_folded folded = cn_fold(s->scratch, cn_join_name(s->scratch, d->cells[c->serial]));
  cn_serial serial;
  if (cn_serial_cell(folded.text, &serial)) {
    e->row.label = cn_fold_source(&folded, serial.begin, serial.label_end);
    if (serial.style != CN_SERIAL_DECIMAL) e->row.no = serial.value;
    return;
  }
  e->row.label = folded.source;
  cn_note_add(s, CN_DIAG_SERIAL_UNREADABLE, e->line, 1, CN_NONE,
              cn_arena_format(s->scratch, "serial number %.*s is not a number", (int)folded.source.n, folded.source.p));
}

/* Columns 联系人 and 联系电话: contacts of the block, each once. */
static void fill_contact(cn_segmenter *s, const cn_draft *d, const bool *fresh) {
  cn_view person = CN_VIEW(""), phone = CN_VIEW("");
  bool own = false;
  for (size_t i = 0; i < s->columns.count; i++) {
    cn_field f = s->columns.items[i].field;
    if (f == CN_FIELD_CONTACT) person = d->cells[i];
    if (f == CN_FIELD_PHONE) phone = d->cells[i];
    own = own || ((f == CN_FIELD_CONTACT || f == CN_FIELD_PHONE) && fresh[i]);
  }
  cn_contact contact;
  if (!own || !cn_contact_from_cells(s->scratch, person, phone, &contact)) return;
  size_t before = s->entry_count;
  cn_contact_add(s, &contact, d->line, false);
  if (s->entry_count == before) return;
  s->entries[before].line_of_its_own = false;
  s->entries[before].contact.outside = false; /* a row's own, also where there are no blocks */
}

static void check_cells(cn_segmenter *s, const cn_draft *d, int64_t no) {
  const cn_columns *c = &s->columns;
  if (!d->cells[c->task].n) cn_note_add(s, CN_DIAG_CELL_EMPTY, d->line, 1, no, CN_VIEW("the task cell is empty"));
  if (c->deadline >= 0 && !d->cells[c->deadline].n)
    cn_note_add(s, CN_DIAG_DEADLINE_MISSING, d->line, 1, no, CN_VIEW("the row has no deadline"));
  for (size_t i = 0; i < c->count; i++)
    if ((c->items[i].field == CN_FIELD_PERSON || c->items[i].field == CN_FIELD_UNIT ||
         c->items[i].field == CN_FIELD_LEAD) &&
        !d->cells[i].n && (int)i != c->group)
      cn_note_add(
          s, CN_DIAG_CELL_EMPTY, d->line, 1, no,
          cn_arena_format(s->scratch, "the cell under %.*s is empty", (int)c->items[i].header.n, c->items[i].header.p));
  size_t width = 0;
  for (size_t i = 0; i < d->row->cell_count; i++) width += d->row->cells[i].columns ? d->row->cells[i].columns : 1;
  bool short_row = width < c->count && (int)width <= (c->task > c->deadline ? c->task : c->deadline);
  if (width > c->count || short_row)
    cn_note_add(s, CN_DIAG_COLUMN_COUNT, d->line, 1, no,
                cn_arena_format(s->scratch, "the row has %zu cells, the header %zu", width, c->count));
}

void cn_draft_add(cn_segmenter *s, cn_draft *d, bool merges) {
  bool *fresh = cn_arena_new(s->scratch, bool, s->columns.count);
  for (size_t i = 0; i < s->columns.count; i++) fresh[i] = cn_draft_owns(d, i);
  carry_down(s, d, merges);
  cn_entry *e = cn_row_add(s, d->line);
  size_t at = s->entry_count - 1;
  e->row.task = cn_join_lines(s->scratch, d->cells[s->columns.task]);
  fill_cells(s, &e->row, d);
  e->shared = s->columns.serial >= 0 && d->sources[s->columns.serial] && d->sources[s->columns.serial]->merged;
  fill_serial(s, e, d);
  check_cells(s, d, s->entries[at].row.no);
  fill_contact(s, d, fresh);
}
