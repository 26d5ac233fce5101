/* Rows of a table: blocks opened by cells and section rows, carried-down cells, continuation rows, contacts.
 *
 * In:  the rows of a flow and the columns found for them.  Out: entries. Nothing is kept but the last cell of each
 * column and the open block, both in the keep arena, so that a table may go on in the next window. */
#include "extract/rows.h"

#include "core/utf8.h"

static bool is_terminal(cn_view text) {
  static const char *const ends[] = {"。", "；", "！", ";", "！", "？", "”。", "）。"};
  text = cn_view_trim(text);
  for (size_t i = 0; i < CN_COUNT(ends); i++)
    if (cn_view_ends(text, cn_view_of(ends[i]))) return true;
  return false;
}

/* --- rows that are no rows of their own ------------------------------------------------------------------------- */

/* A row that goes on where the row above was broken off: no serial, no block, text where the row above has text. */
static bool continues(cn_segmenter *s, const cn_draft *d, cn_view task_above) {
  const cn_columns *c = &s->columns;
  size_t own = 0, other = 0;
  for (size_t i = 0; i < c->count; i++) {
    if (!cn_draft_owns(d, i)) continue;
    if ((int)i == c->serial || (int)i == c->group) return false;
    own++;
    other += (int)i != c->task;
  }
  if (!own || (c->serial >= 0 && d->sources[c->serial] && d->sources[c->serial]->merged)) return false;
  if (own == 1 && d->row->cell_count < 2) return false;
  cn_view task = cn_draft_owns(d, (size_t)c->task) ? d->cells[c->task] : CN_VIEW("");
  if (c->serial >= 0 && !other) {
    cn_serial serial;
    return !(cn_serial_read(cn_fold(s->scratch, task).text, 0, &serial) && serial.style == CN_SERIAL_HAN &&
             cn_utf8_count(task) < 30);
  }
  if (c->serial >= 0 && !task.n) return true;
  bool due = c->serial < 0 && c->deadline >= 0 && cn_draft_owns(d, (size_t)c->deadline) &&
             cn_is_due(s->words, cn_fold(s->scratch, d->cells[c->deadline]).text);
  if (due && other > 1) return false; /* nothing is numbered, but a term of its own and an owner stand in it */
  return task.n && !is_terminal(task_above);
}

static bool is_total(const cn_segmenter *s, cn_view compact) {
  if (!cn_word_begins(s->words, CN_WORD_TOTAL, compact)) return false;
  for (size_t at = 0, points = 0; at < compact.n; at += cn_utf8_len((unsigned char)compact.p[at]), points++)
    if (points > 4 && (unsigned char)compact.p[at] >= 0x80) return false;
  return true;
}

/* 合计 in the first filled cell, or in the one behind an empty serial. */
static bool is_total_row(cn_segmenter *s, const cn_element *row) {
  const cn_grid_cell *first = NULL;
  return cn_filled_cells(row, &first) && first->text.n < 120 && is_total(s, cn_compact(s->scratch, first->text));
}

static cn_view joined_row(cn_segmenter *s, const cn_element *row) {
  size_t n = 0;
  for (size_t i = 0; i < row->cell_count; i++) n += row->cells[i].text.n + 1;
  char *out = cn_arena_alloc(s->scratch, n + 1);
  n = 0;
  for (size_t i = 0; i < row->cell_count; i++) {
    if (row->cells[i].merged || !row->cells[i].text.n) continue;
    if (n) out[n++] = ' ';
    memcpy(out + n, row->cells[i].text.p, row->cells[i].text.n);
    n += row->cells[i].text.n;
  }
  return (cn_view){out, n};
}

enum { LINE_BYTES = 600 }; /* no contact line and no page number is longer */

static size_t row_bytes(const cn_element *row) {
  size_t n = 0;
  for (size_t i = 0; i < row->cell_count; i++) n += row->cells[i].text.n;
  return n;
}

static bool add_contacts(cn_segmenter *s, cn_view text, int64_t line, bool paragraph) {
  if (!cn_is_contact_line(s->words, cn_fold(s->scratch, text).text)) return false;
  cn_contact contact;
  size_t at = 0;
  bool any = false;
  while (cn_contact_read(s->scratch, s->words, text, &at, &contact)) {
    cn_contact_add(s, &contact, line, paragraph);
    any = true;
  }
  return any;
}

static void set_block(cn_segmenter *s, cn_view text, cn_block_kind fallback, int64_t line) {
  cn_view name = cn_arena_copy(s->keep, cn_heading_name(s, text));
  cn_block_kind kind = cn_heading_kind(s, name);
  if (!name.n) return;
  cn_block_set(s, name, kind != CN_BLOCK_KIND_NONE ? kind : fallback, line);
  for (size_t i = 0; i < s->columns.count; i++) s->carried[i] = CN_NULL_VIEW;
}

/* 一、健全工作机制 over all columns, or its only filled cell. */
static bool is_section_row(cn_segmenter *s, const cn_element *row, const cn_grid_cell *cell, size_t filled) {
  const cn_columns *c = &s->columns;
  cn_view text = cn_fold(s->scratch, cell->text).text;
  cn_serial serial;
  if (cn_utf8_count(text) > 80) return false;
  bool numbered = cn_serial_read(text, 0, &serial) && serial.end < text.n && serial.style != CN_SERIAL_ARABIC &&
                  serial.style != CN_SERIAL_DECIMAL;
  if (filled == 1) {
    if (cell->columns > 1 || row->cell_count == 1) return !is_terminal(text) || numbered;
    if ((int)cell->column == c->serial) return !cn_serial_cell(text, &serial);
    if ((int)cell->column == c->task || (int)cell->column > (c->serial > c->group ? c->serial : c->group))
      return numbered && !is_terminal(text);
    return c->group < 0 || (int)cell->column == c->group;
  }
  return false;
}

/* 一、｜通用考核项目（全部责任单位）｜40: a Chinese serial where the rows' own are Arabic, and nothing to do. */
static bool is_numbered_section(cn_segmenter *s, const cn_draft *d, cn_view *name) {
  const cn_columns *c = &s->columns;
  cn_serial serial;
  if (c->serial < 0 || d->cells[c->task].n || !d->cells[c->serial].n) return false;
  if (!cn_serial_cell(cn_fold(s->scratch, d->cells[c->serial]).text, &serial) || serial.style != CN_SERIAL_HAN)
    return false;
  for (size_t i = (size_t)c->serial + 1; i < c->count; i++)
    if (cn_draft_owns(d, i)) return *name = d->cells[i], true;
  return false;
}

/* --- the table ------------------------------------------------------------------------------------------------- */

/* A row with a serial number of its own goes on with nothing: the cheap test that nearly every row passes. */
static bool has_serial(const cn_segmenter *s, const cn_element *row) {
  const cn_grid_cell *cell = s->columns.serial < 0 ? NULL : cn_cell_at(row, (size_t)s->columns.serial);
  return cell && cell->text.n && !cell->merged && cell->columns <= 1;
}

static void join_continuations(cn_segmenter *s, const cn_flow *flow, cn_draft *d, size_t *at, size_t end) {
  cn_buf *parts = NULL;
  size_t count = s->columns.count;
  cn_view last_task = d->cells[s->columns.task];
  for (size_t next = *at + 1; next < end; next++) {
    const cn_element *row = &flow->items[next];
    if (row->chrome || (row->kind == CN_ELEMENT_PARAGRAPH && cn_is_noise(s, cn_fold(s->scratch, row->text).text)))
      continue;
    if (row->kind != CN_ELEMENT_ROW || has_serial(s, row) || cn_is_header_row(s, row) || is_total_row(s, row)) break;
    cn_view joined = row_bytes(row) < LINE_BYTES ? joined_row(s, row) : CN_VIEW("");
    if (cn_is_contact_line(s->words, cn_fold(s->scratch, joined).text) ||
        cn_is_noise(s, cn_fold(s->scratch, joined).text))
      break;
    cn_draft more = cn_draft_make(s, row);
    if (!continues(s, &more, last_task)) break;
    if (!parts) {
      parts = cn_arena_new(s->scratch, cn_buf, count);
      for (size_t i = 0; i < count; i++) {
        cn_buf_init(&parts[i], s->scratch->trap);
        cn_buf_add_view(&parts[i], d->cells[i]);
      }
    }
    for (size_t i = 0; i < count; i++) {
      if (!cn_draft_owns(&more, i)) continue;
      if (parts[i].n) cn_buf_add_char(&parts[i], '\n');
      cn_buf_add_view(&parts[i], more.cells[i]);
    }
    if (more.cells[s->columns.task].n) last_task = more.cells[s->columns.task];
    *at = next;
  }
  for (size_t i = 0; parts && i < count; i++) {
    d->cells[i] = cn_arena_copy(s->scratch, cn_buf_view(&parts[i]));
    cn_buf_free(&parts[i]);
  }
}

/* A line of prose inside a table, or a row of one cell: contact, block, section, or nothing. */
static void read_line(cn_segmenter *s, cn_view text, int64_t line, bool heading) {
  cn_folded folded = cn_fold(s->scratch, text);
  cn_serial serial;
  if (add_contacts(s, text, line, !s->block.written) || cn_is_noise(s, folded.text) ||
      cn_word_begins(s->words, CN_WORD_NOTE, folded.text))
    return;
  bool numbered =
      cn_serial_read(folded.text, 0, &serial) &&
      (serial.style == CN_SERIAL_HAN || serial.style == CN_SERIAL_HAN_PAREN || serial.style <= CN_SERIAL_SECTION);
  cn_block_kind kind = cn_name_kind(s->words, cn_compact(s->scratch, text));
  bool date = cn_utf8_count(folded.text) < 30 && cn_view_find(folded.text, CN_VIEW("日"), 0) != SIZE_MAX &&
              cn_view_find(folded.text, CN_VIEW("年"), 0) != SIZE_MAX;
  if (is_terminal(folded.text) || cn_utf8_count(folded.text) > 60 || date) return;
  if (numbered || heading || kind != CN_BLOCK_KIND_NONE) set_block(s, text, CN_BLOCK_KIND_SECTION, line);
}

static bool has_merges(const cn_flow *flow, size_t begin, size_t end) {
  for (size_t i = begin; i < end; i++)
    for (size_t k = 0; k < flow->items[i].cell_count; k++)
      if (flow->items[i].cells[k].merged) return true;
  return false;
}

/* Some rows have a lead and no unit, some a unit and no lead: an empty cell says nobody, it stands for none above. */
static bool are_complementary(const cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end) {
  int lead = -1, unit = -1;
  bool only_lead = false, only_unit = false;
  for (size_t i = 0; i < s->columns.count; i++) {
    if (s->columns.items[i].field == CN_FIELD_LEAD && lead < 0) lead = (int)i;
    if (s->columns.items[i].field == CN_FIELD_UNIT && unit < 0) unit = (int)i;
  }
  for (size_t i = begin; lead >= 0 && unit >= 0 && i < end && !(only_lead && only_unit); i++) {
    if (flow->items[i].kind != CN_ELEMENT_ROW) continue;
    const cn_grid_cell *a = cn_cell_at(&flow->items[i], (size_t)lead), *b = cn_cell_at(&flow->items[i], (size_t)unit);
    only_lead = only_lead || (a && b && a->text.n && !b->text.n);
    only_unit = only_unit || (a && b && !a->text.n && b->text.n);
  }
  return only_lead && only_unit;
}

/* A number in the serial column and a text in the task column: a row, whatever else it holds. Nearly all rows pass
 * here. */
static bool is_plain_row(const cn_segmenter *s, const cn_element *row) {
  if (!has_serial(s, row)) return false;
  char digit = cn_cell_at(row, (size_t)s->columns.serial)->text.p[0];
  const cn_grid_cell *task = cn_cell_at(row, (size_t)s->columns.task);
  return digit >= '0' && digit <= '9' && task && task->columns <= 1 && task->text.n >= 12;
}

/* Contact lines, totals, notes, page numbers, sections: rows that are none. */
static bool read_special(cn_segmenter *s, const cn_element *row) {
  const cn_grid_cell *first = NULL;
  size_t filled = cn_filled_cells(row, &first);
  if (!filled || is_total_row(s, row)) return true;
  cn_view joined = row_bytes(row) < LINE_BYTES ? joined_row(s, row) : CN_VIEW("");
  cn_folded folded = cn_fold(s->scratch, joined);
  int64_t line = first->line ? first->line : row->line;
  if (joined.n && (add_contacts(s, joined, line, false) || cn_is_noise(s, folded.text))) return true;
  if (filled == 1 && cn_word_begins(s->words, CN_WORD_NOTE, folded.text)) return true;
  if (!is_section_row(s, row, first, filled)) return false;
  set_block(s, first->text, CN_BLOCK_KIND_SECTION, line);
  return true;
}

static bool names_nobody(cn_field f) { return f == CN_FIELD_CATEGORY || f == CN_FIELD_OTHER; }

static void read_row(cn_segmenter *s, const cn_flow *flow, size_t *at, size_t end, bool merges) {
  const cn_element *row = &flow->items[*at];
  cn_view name;
  if (!is_plain_row(s, row) && read_special(s, row)) return;
  cn_draft d = cn_draft_make(s, row);
  if (is_numbered_section(s, &d, &name)) {
    set_block(s, name, CN_BLOCK_KIND_SECTION, d.line);
    return;
  }
  int group = s->columns.group;
  if (group >= 0 && d.cells[group].n && !(d.sources[group] && d.sources[group]->merged))
    set_block(s, d.cells[group],
              names_nobody(s->columns.items[group].field) ? CN_BLOCK_KIND_SECTION : CN_BLOCK_KIND_ORGANIZATION, d.line);
  join_continuations(s, flow, &d, at, end);
  bool numbered = s->columns.serial >= 0 && d.cells[s->columns.serial].n;
  if (d.cells[s->columns.task].n || numbered || cn_filled_cells(row, NULL) > 2) cn_draft_add(s, &d, merges);
}

static bool same_columns(const cn_columns *a, const cn_columns *b) {
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++)
    if (!cn_view_equal(a->items[i].header, b->items[i].header)) return false;
  return true;
}

/* 1.新建公园5个 | 市园林局: the number stands in the task's cell, in most of the rows. */
static bool tasks_are_numbered(cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end,
                               const cn_columns *columns) {
  size_t rows = 0, numbered = 0;
  for (size_t i = begin; i < end && rows < 100; i++) {
    const cn_grid_cell *cell =
        flow->items[i].kind == CN_ELEMENT_ROW ? cn_cell_at(&flow->items[i], (size_t)columns->task) : NULL;
    cn_serial serial;
    if (!cell || !cell->text.n || cell->merged || cn_filled_cells(&flow->items[i], NULL) < 2) continue;
    rows++;
    numbered +=
        cn_serial_read(cn_fold(s->scratch, cell->text).text, 0, &serial) && !serial.weak && serial.end < cell->text.n;
  }
  return rows >= 2 && numbered * 10 >= rows * 8;
}

static void use_columns(cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end, cn_columns columns) {
  int before = s->columns.group;
  bool same = same_columns(&s->columns, &columns);
  cn_choose_group(s, flow, begin, end, &columns);
  columns.serial_in_task = columns.serial < 0 && tasks_are_numbered(s, flow, begin, end, &columns);
  if (same && columns.group < 0) columns.group = before;
  if (!same || !s->carried) s->carried = cn_arena_new(s->keep, cn_view, columns.count + 1);
  s->columns = columns;
}

/* The end of the part that one header governs: the next header that differs, or `end`. */
static void read_part(cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end) {
  bool merges = has_merges(flow, begin, end);
  s->columns.complementary = are_complementary(s, flow, begin, end);
  for (size_t i = begin; i < end; i++) {
    const cn_element *e = &flow->items[i];
    if (e->chrome) continue;
    if (e->kind == CN_ELEMENT_PARAGRAPH || e->kind == CN_ELEMENT_HEADING)
      read_line(s, e->text, e->line, e->kind == CN_ELEMENT_HEADING);
    else if (e->kind == CN_ELEMENT_ROW)
      read_row(s, flow, &i, end, merges);
  }
}

/* --layout lines: every row is a task. */
static void read_lines(cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end) {
  for (size_t i = begin; i < end; i++)
    if (flow->items[i].kind == CN_ELEMENT_ROW && flow->items[i].cell_count && flow->items[i].cells[0].text.n)
      cn_row_add(s, flow->items[i].line)->row.task = cn_join_lines(s->scratch, flow->items[i].cells[0].text);
}

bool cn_is_lines(const cn_segmenter *s) {
  const char *layout = s->document->options ? s->document->options->layout : NULL;
  return layout && strcmp(layout, "lines") == 0;
}

bool cn_is_task_table(cn_segmenter *s, const cn_flow *flow, size_t table, size_t end) {
  size_t header = cn_find_header(s, flow, table, end), next;
  cn_columns columns;
  if (cn_is_lines(s)) return true;
  size_t notes = s->entry_count;
  bool found = header != SIZE_MAX ? cn_read_header(s, flow, header, end, &columns, &next)
                                  : s->columns.count || cn_guess_columns(s, flow, table, end, &columns);
  s->entry_count = notes;
  return found;
}

static size_t table_width(const cn_flow *flow, size_t begin, size_t end) {
  size_t width = 0;
  for (size_t i = begin; i < end; i++)
    if (flow->items[i].kind == CN_ELEMENT_ROW && flow->items[i].cell_count > width) width = flow->items[i].cell_count;
  return width;
}

/* Reads from one header to the next; returns where it stopped. */
static size_t read_from_header(cn_segmenter *s, const cn_flow *flow, size_t header, size_t end) {
  cn_columns columns;
  size_t next, stop;
  bool tasks = cn_read_header(s, flow, header, end, &columns, &next);
  for (stop = next; stop < end && !cn_is_header_row(s, &flow->items[stop]); stop++) {}
  if (!tasks) return stop;
  if (s->columns.count && !same_columns(&s->columns, &columns) && s->columns.group >= 0) cn_block_clear(s);
  use_columns(s, flow, next, stop, columns);
  read_part(s, flow, next, stop);
  return stop;
}

/* A table that goes on from the window or table above may name its columns again anywhere. */
static size_t find_header_again(cn_segmenter *s, const cn_flow *flow, size_t table, size_t end) {
  for (size_t i = table; i < end; i++)
    if (!flow->items[i].chrome && cn_is_header_row(s, &flow->items[i])) return i;
  return SIZE_MAX;
}

void cn_table_rows(cn_segmenter *s, const cn_flow *flow, size_t table, size_t end) {
  if (cn_is_lines(s)) {
    read_lines(s, flow, table, end);
    return;
  }
  size_t header = s->columns.count ? find_header_again(s, flow, table, end) : cn_find_header(s, flow, table, end);
  cn_columns columns;
  if (header == SIZE_MAX || (s->columns.count && header > table + 1)) {
    size_t stop = header == SIZE_MAX ? end : header;
    if (s->columns.count && table_width(flow, table, stop) >= 2 &&
        table_width(flow, table, stop) <= s->columns.count + 1) {
      read_part(s, flow, table, stop);
    } else if (header == SIZE_MAX && cn_guess_columns(s, flow, table, end, &columns)) {
      cn_note_add(s, CN_DIAG_HEADER_MISSING, flow->items[table].line, 1, CN_NONE,
                  CN_VIEW("the table has no header row; its columns are told by their content"));
      use_columns(s, flow, table, end, columns);
      read_part(s, flow, table, end);
      return;
    }
  }
  for (size_t at = header; at < end && at != SIZE_MAX;) at = read_from_header(s, flow, at, end);
}
