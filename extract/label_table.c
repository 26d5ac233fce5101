/* Labelled records: see label_table.h. In: a flow's paragraphs.  Out: a new flow. Owns nothing: the arena does. */
#include "extract/label_table.h"

#include "core/utf8.h"

enum { LONGEST_LABEL = 40, MAX_LABELS = 24, LEAST_RECORDS = 2 };

/* A labelled piece of a paragraph. */
typedef struct piece {
  size_t element;
  cn_view label, value;
  cn_field field;
  uint32_t line;
} piece;

typedef struct pieces {
  cn_arena *arena;
  const cn_words *words;
  piece *items;
  size_t count, capacity;
} pieces;

static bool is_record_field(cn_field field) {
  return field != CN_FIELD_NONE && field != CN_FIELD_CONTACT && field != CN_FIELD_PHONE && field != CN_FIELD_OTHER;
}

/* 承 诺 事 项： at the start of text: the label and what is behind its colon. */
static bool read_label(pieces *p, cn_view text, piece *out) {
  for (size_t i = 0, n; i < text.n && i < LONGEST_LABEL; i += n) {
    uint32_t c = cn_utf8_at(text.p + i, &n);
    if (c == '\n') return false;
    if (c != ':' && c != 0xFF1A) continue; /* ： */
    bool exact;
    out->label = cn_compact(p->arena, cn_view_slice(text, 0, i));
    out->field = cn_header_field(p->words, out->label, &exact);
    out->value = cn_view_slice(text, i + n, text.n);
    return exact && is_record_field(out->field);
  }
  return false;
}

/* Byte offset of the next label of the same line (完成时间：12月底　责任人：王磊), or of the text's end. */
static size_t next_label(pieces *p, cn_view text) {
  bool boundary = false;
  for (size_t i = 0, n; i < text.n; i += n) {
    uint32_t c = cn_utf8_at(text.p + i, &n);
    piece ignored;
    bool gap = cn_is_space(c) || c == '\n' || c == 0xFF1B || c == ';'; /* ； */
    if (boundary && !gap && cn_is_han(c) && read_label(p, cn_view_slice(text, i, text.n), &ignored)) return i;
    boundary = gap;
  }
  return text.n;
}

/* The paragraph's pieces, if it begins with a label. */
static void read_paragraph(pieces *p, const cn_flow *flow, size_t at) {
  const cn_element *e = &flow->items[at];
  piece next;
  if (e->kind != CN_ELEMENT_PARAGRAPH || e->chrome || !read_label(p, cn_view_trim(e->text), &next)) return;
  for (cn_view rest = cn_view_trim(e->text); rest.n;) {
    if (!read_label(p, rest, &next)) return;
    size_t end = next_label(p, next.value);
    rest = cn_view_slice(next.value, end, next.value.n);
    next.value = cn_view_trim(cn_view_slice(next.value, 0, end));
    next.element = at, next.line = e->line;
    p->items = cn_arena_grow(p->arena, p->items, p->count, &p->capacity, sizeof *p->items);
    p->items[p->count++] = next;
  }
}

/* A run of pieces that stand in paragraphs one after the other. */
static size_t run_end(const pieces *p, size_t at) {
  size_t end = at + 1;
  while (end < p->count && p->items[end].element <= p->items[end - 1].element + 1) end++;
  return end;
}

/* The records of a run begin where its first label comes again. */
static bool begins_record(const pieces *p, size_t run, size_t at) {
  return cn_view_equal(p->items[at].label, p->items[run].label);
}

typedef struct tally {
  size_t records, following, tasks, serials;
} tally;

static tally count_records(const pieces *p) {
  tally t = {0};
  for (size_t run = 0, end; run < p->count; run = end) {
    end = run_end(p, run);
    for (size_t i = run; i < end; i++) {
      t.records += begins_record(p, run, i);
      t.following += begins_record(p, run, i) && i > run;
      t.tasks += p->items[i].field == CN_FIELD_TASK;
      t.serials += p->items[i].field == CN_FIELD_SERIAL;
    }
  }
  return t;
}

/* ---- Tables ---- */

typedef struct labels {
  cn_view items[MAX_LABELS];
  size_t count;
} labels;

static size_t label_column(const labels *l, cn_view label) {
  size_t i = 0;
  while (i < l->count && !cn_view_equal(l->items[i], label)) i++;
  return i;
}

/* The labels of a run in the order in which they come up; false where one comes twice in a record or none is a task. */
static bool collect(const pieces *p, size_t run, size_t end, labels *l) {
  uint32_t seen = 0;
  bool task = false;
  l->count = 0;
  for (size_t i = run; i < end; i++) {
    size_t column = label_column(l, p->items[i].label);
    if (column == MAX_LABELS) return false;
    if (column == l->count) l->items[l->count++] = p->items[i].label;
    if (begins_record(p, run, i)) seen = 0;
    if (seen >> column & 1) return false;
    seen |= 1u << column;
    task |= p->items[i].field == CN_FIELD_TASK;
  }
  return task && l->count >= 2;
}

static cn_grid_cell *add_row(cn_arena *arena, cn_flow *flow, const labels *l, uint32_t line) {
  cn_grid_cell *cells = cn_arena_new(arena, cn_grid_cell, l->count);
  for (size_t i = 0; i < l->count; i++)
    cells[i] = (cn_grid_cell){.text = CN_VIEW(""), .line = line, .column = (uint16_t)i, .columns = 1};
  cn_element *row = cn_flow_add(arena, flow, CN_ELEMENT_ROW, line);
  row->cells = cells, row->cell_count = l->count;
  return cells;
}

static void add_table(const pieces *p, size_t run, size_t end, const labels *l, cn_flow *flow) {
  uint32_t line = p->items[run].line;
  cn_flow_add(p->arena, flow, CN_ELEMENT_TABLE, line);
  cn_grid_cell *cells = add_row(p->arena, flow, l, line);
  for (size_t i = 0; i < l->count; i++) cells[i].text = l->items[i], cells[i].header = true;
  for (size_t i = run; i < end; i++) {
    if (begins_record(p, run, i)) cells = add_row(p->arena, flow, l, p->items[i].line);
    cn_grid_cell *cell = &cells[label_column(l, p->items[i].label)];
    cell->text = p->items[i].value, cell->line = p->items[i].line;
  }
  cn_flow_add(p->arena, flow, CN_ELEMENT_TABLE_END, line);
}

static void copy_elements(cn_arena *arena, const cn_flow *from, size_t begin, size_t end, cn_flow *to) {
  for (; begin < end; begin++) *cn_flow_add(arena, to, from->items[begin].kind, 0) = from->items[begin];
}

const cn_flow *cn_label_tables(cn_arena *arena, const cn_words *words, const cn_flow *flow) {
  pieces p = {.arena = arena, .words = words};
  for (size_t i = 0; i < flow->count; i++) read_paragraph(&p, flow, i);
  tally t = count_records(&p);
  bool upright = t.serials >= LEAST_RECORDS || t.following * 2 >= t.records;
  if (t.records < LEAST_RECORDS || t.tasks < LEAST_RECORDS || !upright) return flow;
  cn_flow *out = cn_arena_new(arena, cn_flow, 1);
  out->title = flow->title;
  size_t copied = 0;
  for (size_t run = 0, end; run < p.count; run = end) {
    labels l;
    end = run_end(&p, run);
    if (!collect(&p, run, end, &l)) continue;
    copy_elements(arena, flow, copied, p.items[run].element, out);
    add_table(&p, run, end, &l, out);
    copied = p.items[end - 1].element + 1;
  }
  copy_elements(arena, flow, copied, flow->count, out);
  return out;
}
