/* xlsx: events -> an Excel workbook. The only file that includes xlsxwriter.h.
 *
 * In:  normalized events of one notice or many.  Out: sheets 承诺事项 (a row a line), 目标 (a target a line), 提示
 * (diagnostics) and 文件 (what the notices are), each with frozen header and filter. Dates are dates, numbers are
 * numbers unless Excel's fifteen digits would lose some. Rows go to disk as they come (constant_memory). */
#define CN_OWNER
#include "core/utf8.h"
#include "emit/columns.h"
#include "emit/writer.h"

#include <xlsxwriter.h>

typedef enum sheet_id { SHEET_ROWS, SHEET_TARGETS, SHEET_DIAGNOSTICS, SHEET_NOTICES, SHEETS } sheet_id;

typedef struct sheet {
  lxw_worksheet *lxw;
  lxw_row_t next;
  lxw_col_t columns;
} sheet;

enum { FORMATS = 64 };

typedef struct number_format {
  char pattern[64];
  lxw_format *lxw;
} number_format;

typedef struct xlsx_writer {
  cn_arena *arena;
  cn_output *output;
  lxw_workbook *book;
  sheet sheets[SHEETS];
  lxw_format *header, *wrap, *top, *date, *plain;
  number_format formats[FORMATS]; /* by unit */
  size_t format_count;
  cn_buf scratch;
  cn_header_language language;
} xlsx_writer;

static const char *const sheet_names[SHEETS][2] = {
    {"Commitments", "承诺事项"}, {"Targets", "目标"}, {"Diagnostics", "提示"}, {"Notices", "文件"}};

/* Columns of the two small sheets: English, Chinese, width. */
typedef struct heading {
  const char *english, *chinese;
  double width;
} heading;
static const heading diagnostic_headings[] = {{"notice", "文件", 24},  {"severity", "级别", 10}, {"code", "代码", 24},
                                              {"message", "说明", 60}, {"block", "单位", 16},    {"no", "序号", 8},
                                              {"line", "行", 8}};
static const heading notice_headings[] = {
    {"notice", "文件", 24},          {"title", "标题", 60},      {"year", "年份", 8},     {"issuer", "发文机关", 24},
    {"document_number", "文号", 24}, {"issued", "发布日期", 12}, {"charset", "编码", 12}, {"sha256", "SHA-256", 20}};

/* --- cells -------------------------------------------------------------------------------------------------------- */

static const char *zero_terminated(xlsx_writer *w, cn_view v) {
  cn_buf_reset(&w->scratch);
  cn_buf_add_view(&w->scratch, v);
  cn_buf_add_char(&w->scratch, 0);
  return w->scratch.p;
}

/* Excel holds 32 767 UTF-16 units in a cell; a longer text is cut there, at a code point. */
static cn_view fitting(cn_view v) {
  size_t units = 0, len;
  for (size_t i = 0; i < v.n; i += len) {
    units += cn_utf8_at(v.p + i, &len) > 0xFFFF ? 2 : 1;
    if (units > 32767) return cn_view_slice(v, 0, i);
  }
  return v;
}

static void put_text(xlsx_writer *w, sheet_id id, lxw_col_t column, cn_view v, lxw_format *format) {
  if (v.n)
    worksheet_write_string(w->sheets[id].lxw, w->sheets[id].next, column, zero_terminated(w, fitting(v)), format);
  else
    worksheet_write_blank(w->sheets[id].lxw, w->sheets[id].next, column, format);
}

static void put_date(xlsx_writer *w, sheet_id id, lxw_col_t column, cn_date d) {
  lxw_datetime when = {.year = d.year, .month = d.month, .day = d.day};
  if (d.year >= 1900) worksheet_write_datetime(w->sheets[id].lxw, w->sheets[id].next, column, &when, w->date);
}

/* Whether a double shows the same fifteen digits. */
static bool fits_excel(cn_decimal d) {
  return d.known && d.mantissa < INT64_C(1000000000000000) && d.mantissa > -INT64_C(1000000000000000);
}

static void put_number(xlsx_writer *w, sheet_id id, lxw_col_t column, cn_decimal d, lxw_format *format) {
  if (!d.known) return;
  if (fits_excel(d)) {
    double value = (double)d.mantissa;
    for (int i = 0; i < d.scale; i++) value /= 10;
    worksheet_write_number(w->sheets[id].lxw, w->sheets[id].next, column, value, format);
    return;
  }
  cn_buf text;
  cn_buf_init(&text, w->arena->trap);
  cn_decimal_write(&text, d);
  put_text(w, id, column, cn_buf_view(&text), w->top);
  cn_buf_free(&text);
}

static void put_int(xlsx_writer *w, sheet_id id, lxw_col_t column, int64_t value) {
  if (value != CN_NONE) put_number(w, id, column, cn_decimal_int(value), w->top);
}

/* 12,000"元", 5.8"%": the unit shown, the cell still a number. */
static lxw_format *format_of_unit(xlsx_writer *w, const cn_target *target) {
  cn_view unit = target->unit;
  if (!unit.n || unit.n > 40 || memchr(unit.p, '"', unit.n) || memchr(unit.p, '\\', unit.n)) return w->plain;
  char pattern[64];
  snprintf(pattern, sizeof pattern, "#,##0.##########\"%.*s\"", (int)unit.n, unit.p);
  for (size_t i = 0; i < w->format_count; i++)
    if (strcmp(w->formats[i].pattern, pattern) == 0) return w->formats[i].lxw;
  if (w->format_count == FORMATS) return w->plain;
  number_format *made = &w->formats[w->format_count++];
  memcpy(made->pattern, pattern, sizeof pattern);
  made->lxw = workbook_add_format(w->book);
  format_set_num_format(made->lxw, pattern);
  format_set_align(made->lxw, LXW_ALIGN_VERTICAL_TOP);
  return made->lxw;
}

/* --- rows --------------------------------------------------------------------------------------------------------- */

static cn_decimal number_of(cn_column column, const cn_target *t) {
  return column == CN_COLUMN_VALUE ? t->value : column == CN_COLUMN_MIN ? t->min : t->max;
}

static void put_column(xlsx_writer *w, sheet_id id, lxw_col_t at, cn_column column, const cn_row *row,
                       const cn_target *target) {
  switch (cn_columns[column].type) {
  case CN_TYPE_DATE: put_date(w, id, at, row->due); return;
  case CN_TYPE_NUMBER: put_number(w, id, at, number_of(column, target), format_of_unit(w, target)); return;
  case CN_TYPE_STRING:
  case CN_TYPE_INTEGER:
  case CN_TYPE_BOOLEAN: break;
  }
  cn_buf text;
  cn_buf_init(&text, w->arena->trap);
  cn_column_write(&text, column, row, target);
  cn_view v = cn_buf_view(&text);
  cn_decimal whole = cn_columns[column].type == CN_TYPE_INTEGER ? cn_decimal_parse(v) : (cn_decimal){0, 0, false};
  if (whole.known)
    put_number(w, id, at, whole, w->top);
  else
    put_text(w, id, at, v, column == CN_COLUMN_TASK || column == CN_COLUMN_TARGETS ? w->wrap : w->top);
  cn_buf_free(&text);
}

/* The i-th column of a sheet for people, or CN_COLUMN_COUNT: what names the notice is the same down the sheet and goes
 * behind the rest. */
static cn_column column_at(size_t i, bool targets) {
  for (int behind = 0; behind < 2; behind++)
    for (int c = 0; c < CN_COLUMN_COUNT; c++) {
      bool names_notice = c == CN_COLUMN_NOTICE || c == CN_COLUMN_TITLE || c == CN_COLUMN_YEAR;
      if (names_notice == (behind == 1) && cn_column_in((cn_column)c, targets) && i-- == 0) return (cn_column)c;
    }
  return CN_COLUMN_COUNT;
}

enum { NAMING_COLUMNS = 3, TASK_WIDTH = 60, TARGETS_WIDTH = 36, LINE_HEIGHT = 15, TALLEST = 400 };

static size_t lines_in(size_t columns, size_t width) { return columns / (width - 2) + 1; }

/* Spreadsheets that open a file do not all make wrapped rows tall enough, so the height is said. */
static double height_of(xlsx_writer *w, const cn_row *row, const cn_target *target) {
  size_t lines = lines_in(cn_utf8_columns(row->task), TASK_WIDTH), others = 0;
  if (!target) {
    cn_buf_reset(&w->scratch);
    cn_column_write(&w->scratch, CN_COLUMN_TARGETS, row, NULL);
    others = lines_in(cn_utf8_columns(cn_buf_view(&w->scratch)), TARGETS_WIDTH);
  }
  size_t height = (lines > others ? lines : others) * LINE_HEIGHT;
  return height < TALLEST ? (double)height : TALLEST;
}

static void put_line(xlsx_writer *w, sheet_id id, const cn_row *row, const cn_target *target) {
  cn_column column;
  worksheet_set_row(w->sheets[id].lxw, w->sheets[id].next, height_of(w, row, target), NULL);
  for (size_t i = 0; (column = column_at(i, target != NULL)) != CN_COLUMN_COUNT; i++)
    put_column(w, id, (lxw_col_t)i, column, row, target);
  w->sheets[id].next++;
}

static bool full(const sheet *s) { return s->next >= LXW_ROW_MAX; }

static cn_status add_row(xlsx_writer *w, const cn_row *row) {
  if (full(&w->sheets[SHEET_ROWS]) || w->sheets[SHEET_TARGETS].next + row->targets.n > LXW_ROW_MAX)
    return cn_output_fail(w->output, CN_VIEW("a sheet of Excel has 1 048 576 rows; write csv or sqlite instead"));
  put_line(w, SHEET_ROWS, row, NULL);
  for (size_t i = 0; i < row->targets.n; i++) put_line(w, SHEET_TARGETS, row, &row->targets.items[i]);
  return CN_OK;
}

static void add_diagnostic(xlsx_writer *w, const cn_diagnostic *d) {
  if (full(&w->sheets[SHEET_DIAGNOSTICS])) return;
  cn_view texts[] = {d->notice, cn_view_of(cn_enum_name(&cn_severity_names, (int)d->severity)), d->code, d->message,
                     d->block};
  for (lxw_col_t i = 0; i < CN_COUNT(texts); i++)
    put_text(w, SHEET_DIAGNOSTICS, i, texts[i], i == 3 ? w->wrap : w->top);
  put_int(w, SHEET_DIAGNOSTICS, 5, d->no);
  put_int(w, SHEET_DIAGNOSTICS, 6, d->line);
  w->sheets[SHEET_DIAGNOSTICS].next++;
}

static void add_notice(xlsx_writer *w, const cn_notice *n) {
  if (full(&w->sheets[SHEET_NOTICES])) return;
  put_text(w, SHEET_NOTICES, 0, n->source ? n->source->name : CN_NULL_VIEW, w->top);
  put_text(w, SHEET_NOTICES, 1, n->title, w->wrap);
  put_int(w, SHEET_NOTICES, 2, n->year);
  put_text(w, SHEET_NOTICES, 3, n->issuer, w->top);
  put_text(w, SHEET_NOTICES, 4, n->document_number, w->top);
  put_date(w, SHEET_NOTICES, 5, n->issued);
  put_text(w, SHEET_NOTICES, 6, n->source ? n->source->charset : CN_NULL_VIEW, w->top);
  put_text(w, SHEET_NOTICES, 7, n->source ? n->source->sha256 : CN_NULL_VIEW, w->top);
  w->sheets[SHEET_NOTICES].next++;
}

static cn_status on_event(void *self, const cn_event *event) {
  xlsx_writer *w = self;
  switch (event->type) {
  case CN_EVENT_NOTICE: add_notice(w, event->notice); break;
  case CN_EVENT_ROW: return add_row(w, event->row);
  case CN_EVENT_DIAGNOSTIC: add_diagnostic(w, event->diagnostic); break;
  case CN_EVENT_BLOCK:
  case CN_EVENT_CONTACT:
  case CN_EVENT_END: break;
  }
  return CN_OK;
}

static cn_status on_end(void *self) {
  xlsx_writer *w = self;
  for (size_t i = 0; i < SHEETS; i++) {
    sheet *s = &w->sheets[i];
    if (s->columns && w->language != CN_HEADER_NONE)
      worksheet_autofilter(s->lxw, 0, 0, s->next ? s->next - 1 : 0, s->columns - 1);
  }
  for (sheet_id id = SHEET_ROWS; id <= SHEET_TARGETS; id++) { /* what names the notice is not printed on every line */
    sheet *s = &w->sheets[id];
    if (s->next) worksheet_print_area(s->lxw, 0, 0, s->next - 1, (lxw_col_t)(s->columns - NAMING_COLUMNS - 1));
  }
  lxw_error error = workbook_close(w->book);
  w->book = NULL;
  return error == LXW_NO_ERROR ? CN_OK
                               : cn_output_fail(w->output, cn_arena_format(w->arena, "Excel: %s", lxw_strerror(error)));
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static double width_of(cn_column column) {
  if (column == CN_COLUMN_TASK) return TASK_WIDTH;
  if (column == CN_COLUMN_TARGETS || column == CN_COLUMN_METRIC) return TARGETS_WIDTH;
  if (column == CN_COLUMN_RESPONSIBLE || column == CN_COLUMN_DEADLINE || column == CN_COLUMN_TITLE) return 24;
  if (cn_columns[column].type == CN_TYPE_INTEGER || cn_columns[column].type == CN_TYPE_BOOLEAN) return 8;
  return cn_columns[column].type == CN_TYPE_NUMBER ? 18 : 14;
}

static void put_heading(xlsx_writer *w, sheet_id id, const char *english, const char *chinese, double width) {
  sheet *s = &w->sheets[id];
  worksheet_set_column(s->lxw, s->columns, s->columns, width, NULL);
  if (w->language != CN_HEADER_NONE)
    worksheet_write_string(s->lxw, 0, s->columns, w->language == CN_HEADER_EN ? english : chinese, w->header);
  s->columns++;
}

static void put_headings(xlsx_writer *w) {
  for (int targets = 0; targets < 2; targets++) {
    cn_column c;
    for (size_t i = 0; (c = column_at(i, targets)) != CN_COLUMN_COUNT; i++)
      put_heading(w, targets ? SHEET_TARGETS : SHEET_ROWS, cn_columns[c].name, cn_columns[c].chinese, width_of(c));
  }
  for (size_t i = 0; i < CN_COUNT(diagnostic_headings); i++)
    put_heading(w, SHEET_DIAGNOSTICS, diagnostic_headings[i].english, diagnostic_headings[i].chinese,
                diagnostic_headings[i].width);
  for (size_t i = 0; i < CN_COUNT(notice_headings); i++)
    put_heading(w, SHEET_NOTICES, notice_headings[i].english, notice_headings[i].chinese, notice_headings[i].width);
}

static void make_formats(xlsx_writer *w) {
  w->header = workbook_add_format(w->book);
  format_set_bold(w->header);
  format_set_bg_color(w->header, 0xDDE6EE);
  format_set_bottom(w->header, LXW_BORDER_THIN);
  w->top = workbook_add_format(w->book);
  w->wrap = workbook_add_format(w->book);
  w->date = workbook_add_format(w->book);
  w->plain = workbook_add_format(w->book);
  lxw_format *all[] = {w->top, w->wrap, w->date, w->plain};
  for (size_t i = 0; i < CN_COUNT(all); i++) format_set_align(all[i], LXW_ALIGN_VERTICAL_TOP);
  format_set_text_wrap(w->wrap);
  format_set_num_format(w->date, "yyyy-mm-dd");
  format_set_num_format(w->plain, "#,##0.##########");
}

/* A workbook that was not finished is closed into the temporary file, which the output then removes. */
static void close_writer(void *self) {
  xlsx_writer *w = self;
  if (w->book) workbook_close(w->book);
  w->book = NULL;
}

static cn_status open(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink,
                      cn_view *error) {
  xlsx_writer *w = cn_arena_new(arena, xlsx_writer, 1);
  const char *path = cn_output_path(output);
  if (!path) {
    *error = CN_VIEW("an Excel workbook is a file: give its name with -o");
    return CN_USAGE;
  }
  w->arena = arena;
  w->output = output;
  w->language = options->header_set ? options->header : CN_HEADER_ZH;
  cn_writer_buf(arena, &w->scratch);
  w->book = workbook_new_opt(path, &(lxw_workbook_options){.constant_memory = LXW_TRUE});
  if (!w->book) cn_trap_spring(arena->trap);
  cn_arena_defer(arena, close_writer, w);
  /* A fixed creation date: the same notice gives the same workbook. */
  workbook_set_properties(w->book, &(lxw_doc_properties){.title = "chengnuo", .created = 1577836800});
  make_formats(w);
  for (size_t i = 0; i < SHEETS; i++) {
    w->sheets[i].lxw = workbook_add_worksheet(w->book, sheet_names[i][w->language != CN_HEADER_EN]);
    if (!w->sheets[i].lxw) cn_trap_spring(arena->trap);
    if (w->language != CN_HEADER_NONE) worksheet_freeze_panes(w->sheets[i].lxw, 1, 0);
    if (w->language != CN_HEADER_NONE) worksheet_repeat_rows(w->sheets[i].lxw, 0, 0);
    worksheet_set_landscape(w->sheets[i].lxw);
    worksheet_set_paper(w->sheets[i].lxw, 9); /* A4 */
    worksheet_fit_to_pages(w->sheets[i].lxw, 1, 0);
  }
  put_headings(w);
  for (size_t i = 0; i < SHEETS; i++) w->sheets[i].next = w->language != CN_HEADER_NONE;
  *sink = (cn_sink){w, on_event, on_end};
  return CN_OK;
}

const cn_format cn_format_xlsx = {"xlsx",
                                  "xlsx",
                                  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                  "an Excel workbook: rows, targets, diagnostics",
                                  true,
                                  open};
