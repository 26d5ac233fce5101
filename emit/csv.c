/* csv and tsv: rows, or with --targets their targets -> RFC 4180.
 *
 * In:  row events.  Out: a header line, a line a row (or target). csv ends lines with CR LF as the RFC says, tsv with
 * LF;
 * --eol chooses. A cell that a spreadsheet would run as a formula begins with ' (OWASP, CSV injection), unless --raw.
 * Owns nothing; a datapackage descriptor, if asked for, is written by datapackage.c. */
#include "emit/columns.h"
#include "emit/datapackage.h"
#include "emit/writer.h"

typedef struct csv_writer {
  cn_arena *arena;
  const cn_emit_options *options;
  cn_output *output;
  cn_buf buf, cell;
  char separator;
  const char *line_end;
  bool begun;
} csv_writer;

/* =1+1, +…, -…, @…, and the same after a tab or line break that a spreadsheet trims; full-width ＝＋－＠ too, which
 * spreadsheets of East Asian locales take for the ASCII ones. */
static bool is_formula(cn_view cell) {
  static const char *const wide[] = {"＝", "＋", "－", "＠"};
  if (cell.n && memchr("=+-@\t\r\n", cell.p[0], 7)) return true;
  for (size_t i = 0; i < CN_COUNT(wide); i++)
    if (cn_view_starts(cell, cn_view_of(wide[i]))) return true;
  return false;
}

static bool needs_quotes(const csv_writer *w, cn_view cell) {
  if (!cell.n) return false;
  if (cell.p[0] == ' ' || cell.p[cell.n - 1] == ' ') return true;
  return memchr(cell.p, w->separator, cell.n) || memchr(cell.p, '"', cell.n) || memchr(cell.p, '\n', cell.n) ||
         memchr(cell.p, '\r', cell.n);
}

static void add_cell(csv_writer *w, cn_view cell, bool text) {
  bool formula = text && !w->options->raw && is_formula(cell);
  bool quoted = needs_quotes(w, cell);
  if (quoted) cn_buf_add_char(&w->buf, '"');
  if (formula) cn_buf_add_char(&w->buf, '\'');
  for (const char *quote; (quote = cell.n ? memchr(cell.p, '"', cell.n) : NULL);) {
    size_t n = (size_t)(quote - cell.p) + 1;
    cn_buf_add(&w->buf, cell.p, n);
    cn_buf_add_char(&w->buf, '"');
    cell = (cn_view){cell.p + n, cell.n - n};
  }
  cn_buf_add_view(&w->buf, cell);
  if (quoted) cn_buf_add_char(&w->buf, '"');
}

static void add_line(csv_writer *w, const cn_row *row, const cn_target *target) {
  bool first = true;
  for (cn_column c = 0; c < CN_COLUMN_COUNT; c++) {
    if (!cn_column_in(c, w->options->targets)) continue;
    if (!first) cn_buf_add_char(&w->buf, w->separator);
    first = false;
    cn_buf_reset(&w->cell);
    if (row)
      cn_column_write(&w->cell, c, row, target);
    else
      cn_buf_add_string(&w->cell, w->options->header == CN_HEADER_ZH ? cn_columns[c].chinese : cn_columns[c].name);
    add_cell(w, cn_buf_view(&w->cell), cn_columns[c].type == CN_TYPE_STRING);
  }
  cn_buf_add_string(&w->buf, w->line_end);
}

static void begin(csv_writer *w) {
  if (w->begun) return;
  w->begun = true;
  if (w->options->bom) cn_buf_add_string(&w->buf, "\xEF\xBB\xBF");
  if (w->options->header != CN_HEADER_NONE) add_line(w, NULL, NULL);
}

static cn_status on_event(void *self, const cn_event *event) {
  csv_writer *w = self;
  begin(w);
  if (event->type == CN_EVENT_ROW && !w->options->targets) add_line(w, event->row, NULL);
  for (size_t i = 0; event->type == CN_EVENT_ROW && w->options->targets && i < event->row->targets.n; i++)
    add_line(w, event->row, &event->row->targets.items[i]);
  return cn_writer_send(w->output, &w->buf);
}

static cn_status on_end(void *self) {
  csv_writer *w = self;
  begin(w); /* an empty table still has its header */
  CN_TRY(cn_writer_send(w->output, &w->buf));
  if (!w->options->datapackage) return CN_OK;
  cn_table_dialect dialect = {w->separator == ',' ? "csv" : "tsv", w->separator, w->line_end};
  return cn_datapackage_write(w->arena, w->options, w->output, &dialect);
}

static cn_status open(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink, cn_view *error,
                      char separator) {
  csv_writer *w = cn_arena_new(arena, csv_writer, 1);
  *w = (csv_writer){.arena = arena, .options = options, .output = output, .separator = separator};
  bool crlf = options->line_end ? options->line_end == CN_LINE_END_CRLF : separator == ',';
  w->line_end = crlf ? "\r\n" : "\n";
  cn_writer_buf(arena, &w->buf);
  cn_writer_buf(arena, &w->cell);
  *sink = (cn_sink){w, on_event, on_end};
  return options->datapackage ? cn_datapackage_check(arena, options, output, error) : CN_OK;
}

static cn_status open_csv(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink,
                          cn_view *error) {
  return open(arena, options, output, sink, error, ',');
}

static cn_status open_tsv(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink,
                          cn_view *error) {
  return open(arena, options, output, sink, error, '\t');
}

const cn_format cn_format_csv = {"csv", "csv",   "text/csv", "a row a line, or with --targets a target a line",
                                 false, open_csv};
const cn_format cn_format_tsv = {"tsv", "tsv", "text/tab-separated-values", "csv with tabs", false, open_tsv};
