/* layout csv: comma-separated, semicolon-separated or quoted tab-separated records. In: lines.  Out: TABLE, ROW …,
 * TABLE_END; records with one filled cell (titles, contact lines) as PARAGRAPH, labelled ones at the head as FIELD.
 * A record that holds a whole report in one cell comes out as the report's paragraphs. */
#include "extract/csv.h"
#include "extract/lines.h"

enum { LOOK = 400, REPORT_LINES = 12, REPORT_BYTES = 12000, LABELS = 64 };

static bool is_report(const cn_grid_cell *cell) {
  return cell->text.n > REPORT_BYTES || (cell->text.n > 3000 && cn_line_count(cell->text, '\n') > REPORT_LINES);
}

/* The separator that most records agree on, and how sure that is. */
static int try_separator(cn_arena *arena, cn_lines lines, char separator) {
  size_t seen[64] = {0}, records = 0, quoted = 0, best = 0;
  bool report = false;
  cn_csv csv = {.arena = arena, .lines = lines, .separator = separator, .last = true};
  if (csv.lines.count > LOOK) csv.lines.count = LOOK;
  cn_grid_row row = {0};
  while (cn_csv_read(&csv, &row) == CN_CSV_RECORD) {
    if (row.count > 1 || row.cells[0].text.n) {
      records++;
      seen[row.count < 64 ? row.count : 63]++;
      quoted += csv.quoted && row.count > 1;
      report = report || (csv.quoted && is_report(&row.cells[row.count - 1]));
    }
    row.count = 0;
  }
  for (size_t n = 2; n < 64; n++)
    if (seen[n] > seen[best]) best = n;
  if (report && separator == ',') return 80;
  if (best < 2 || seen[best] < 2 || seen[best] * 10 < records * (best == 2 ? 8 : 6)) return 0;
  if (separator == '\t') return quoted ? 92 : 0;
  return quoted || best > 2 ? 85 : 40;
}

static int find_separator(cn_arena *arena, cn_lines lines, char *separator) {
  static const char candidates[] = {',', '\t', ';'};
  int best = 0;
  cn_arena_mark mark = cn_arena_get_mark(arena);
  for (size_t i = 0; i < sizeof candidates; i++) {
    int sure = try_separator(arena, lines, candidates[i]);
    if (sure > best) best = sure, *separator = candidates[i];
    cn_arena_rewind(arena, mark);
  }
  return best;
}

static int bid(const cn_document *document, cn_lines lines) {
  char separator;
  return find_separator(document->window, lines, &separator);
}

/* What goes on from window to window. */
typedef struct csv_state {
  char separator;
  bool open;              /* the table has begun */
  cn_view labels[LABELS]; /* the first row's cells, for reports */
  size_t label_count;
} csv_state;

/* The header of a report's record names its fields and is no row of a table. */
static void forget_header(cn_flow *flow, csv_state *state) {
  bool header = flow->count >= 2 && flow->items[flow->count - 2].kind == CN_ELEMENT_TABLE;
  if (!state->open || !header) return;
  flow->count -= 2;
  state->open = false;
}

/* A record such as 省份,年份,标题,"政府工作报告⏎各位代表：⏎…": its short cells are fields, its long one is the text. */
static void add_report(cn_document *document, cn_flow *flow, csv_state *state, const cn_grid_row *row) {
  forget_header(flow, state);
  for (size_t i = 0; i < row->count; i++) {
    const cn_grid_cell *cell = &row->cells[i];
    if (!is_report(cell) && cell->text.n && i < state->label_count) {
      cn_element *field = cn_flow_add(document->window, flow, CN_ELEMENT_FIELD, cell->line);
      field->label = state->labels[i];
      field->text = cell->text;
    }
  }
  for (size_t i = 0; i < row->count; i++) {
    cn_line line = {.number = row->cells[i].line};
    cn_view rest = row->cells[i].text;
    if (!is_report(&row->cells[i])) continue;
    for (; cn_view_split(&rest, '\n', &line.text); line.number++) cn_text_line(document, flow, line, false);
  }
}

/* 发布单位：某市政府办公室,,,,发布日期：2022年2月28日: every filled cell is labelled. */
static bool add_fields(cn_document *document, cn_flow *flow, const cn_grid_row *row) {
  size_t before = flow->count;
  for (size_t i = 0; i < row->count; i++) {
    cn_line cell = {row->cells[i].text, row->cells[i].line};
    if (!cell.text.n || cn_text_fields(document, flow, cell)) continue;
    flow->count = before;
    return false;
  }
  return true;
}

static void open_table(cn_document *document, cn_flow *flow, csv_state *state, const cn_grid_row *row, uint32_t line) {
  state->open = true;
  for (size_t i = 0; i < row->count && i < LABELS; i++)
    state->labels[state->label_count++] = cn_arena_copy(document->arena, row->cells[i].text);
  cn_flow_add(document->window, flow, CN_ELEMENT_TABLE, line);
}

static void add_record(cn_document *document, cn_flow *flow, csv_state *state, cn_grid_row *row, uint32_t line) {
  size_t first = 0, filled = cn_grid_row_filled(row, &first);
  if (!filled) return;
  for (size_t i = 0; i < row->count; i++)
    if (is_report(&row->cells[i])) {
      add_report(document, flow, state, row);
      return;
    }
  if (filled == 1 && (first == 0 || !state->open)) {
    cn_text_line(document, flow, (cn_line){row->cells[first].text, line}, !state->open);
    return;
  }
  if (!state->open && add_fields(document, flow, row)) return;
  if (!state->open) open_table(document, flow, state, row, line);
  cn_grid_row_emit(document->window, flow, row, line);
}

static cn_status read_csv(cn_document *document, cn_window *window, cn_flow *flow) {
  csv_state *state = window->state;
  if (!state) {
    state = window->state = cn_arena_new(document->arena, csv_state, 1);
    state->separator = ',';
    find_separator(document->window, window->lines, &state->separator);
  }
  cn_csv csv = {.arena = document->window, .lines = window->lines, .separator = state->separator, .last = window->last};
  cn_grid_row row = {0};
  size_t begin = 0;
  cn_csv_outcome outcome;
  while ((outcome = cn_csv_read(&csv, &row)) == CN_CSV_RECORD) {
    add_record(document, flow, state, &row, window->lines.items[begin].number);
    row = (cn_grid_row){0};
    begin = csv.next;
  }
  window->used = outcome == CN_CSV_MORE ? csv.next : window->lines.count;
  if (window->last && state->open) cn_flow_add(document->window, flow, CN_ELEMENT_TABLE_END, 0);
  return CN_OK;
}

const cn_layout cn_layout_csv = {
    .name = "csv",
    .help = "comma-separated values (RFC 4180), also with ; or quoted with tabs",
    .bid = bid,
    .read = read_csv,
    .streams = true,
};
