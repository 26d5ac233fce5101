/* pipe_table: see pipe_table.h. In: lines.  Out: a table.  The window's arena owns cells and what is joined. */
#include "extract/pipe_table.h"

#include "core/utf8.h"
#include "extract/grid_row.h"
#include "extract/md_inline.h"
#include "extract/wrap.h"

/* Length of a separator at `at`, or 0: | not escaped, and │ ┃ ｜. */
static size_t separator(cn_view v, size_t at) {
  if (v.p[at] == '|') return at > 0 && v.p[at - 1] == '\\' ? 0 : 1;
  if (v.n - at < 3 || (unsigned char)v.p[at] < 0xE2) return 0;
  return memcmp(v.p + at, "│", 3) == 0 || memcmp(v.p + at, "┃", 3) == 0 || memcmp(v.p + at, "｜", 3) == 0 ? 3 : 0;
}

static bool is_box(uint32_t c) { return c >= 0x2500 && c <= 0x257F; }

bool cn_pipe_border(cn_view line) {
  cn_view text = cn_view_trim(line);
  size_t rules = 0, crossings = 0, len;
  for (size_t i = 0; i < text.n; i += len) {
    uint32_t c = cn_utf8_at(text.p + i, &len);
    bool rule = c == '-' || c == '=' || c == 0x2500 || c == 0x2501 || c == 0x2550;
    bool crossing = c == '|' || c == '+' || (is_box(c) && !rule);
    if (!rule && !crossing && c != ':' && c != ' ') return false;
    rules += rule;
    crossings += crossing;
  }
  return rules >= 3 && crossings > 0;
}

size_t cn_pipe_count(cn_view line) {
  cn_view text = cn_view_trim(line);
  size_t inner = 0, len;
  for (size_t i = 0; i < text.n; i += len ? len : 1) {
    len = separator(text, i);
    inner += len && i > 0 && i + len < text.n;
    if (!len && (unsigned char)text.p[i] >= 0x80) len = cn_utf8_len((unsigned char)text.p[i]);
  }
  return inner ? inner + 1 : text.n && separator(text, 0) ? 1 : 0;
}

static bool has_ends(cn_view line) {
  cn_view text = cn_view_trim(line);
  if (text.n < 2) return false;
  const char *last = cn_utf8_before(text.p, text.p + text.n);
  return separator(text, 0) && separator(text, (size_t)(last - text.p));
}

/* 序号 | 任务 | 时限 with as many | in the lines below or around it: a table without rule or ends. */
static bool in_run(cn_lines lines, size_t at, size_t count) {
  size_t from = at, to = at + 1;
  while (from > 0 && at - from < 2 && cn_pipe_count(lines.items[from - 1].text) == count) from--;
  while (to < lines.count && to - at < 3 && cn_pipe_count(lines.items[to].text) == count) to++;
  return count > 2 && to - from >= 3;
}

bool cn_pipe_begins(cn_lines lines, size_t at) {
  cn_view line = lines.items[at].text, below = at + 1 < lines.count ? lines.items[at + 1].text : CN_VIEW("");
  if (cn_pipe_border(line)) return cn_pipe_count(below) > 1 && !cn_pipe_border(below);
  size_t count = cn_pipe_count(line);
  return count > 1 && (has_ends(line) || cn_pipe_border(below) || in_run(lines, at, count));
}

static void split(cn_document *document, cn_line line, cn_grid_row *row) {
  cn_view text = cn_view_trim(line.text);
  size_t from = separator(text, 0), len;
  for (size_t i = from; i < text.n; i += len ? len : cn_utf8_len((unsigned char)text.p[i])) {
    len = separator(text, i);
    if (!len) continue;
    cn_grid_row_add(document->window, row, cn_view_slice(text, from, i), line.number);
    from = i + len;
  }
  if (from < text.n) cn_grid_row_add(document->window, row, cn_view_slice(text, from, text.n), line.number);
}

static void emit(cn_document *document, cn_flow *flow, cn_grid_row *row, uint32_t line) {
  size_t first;
  if (cn_grid_row_filled(row, &first)) {
    for (size_t i = 0; i < row->count; i++)
      row->cells[i].text = cn_view_trim(cn_md_inline(document->window, row->cells[i].text));
    cn_grid_row_emit(document->window, flow, row, line);
  }
  *row = (cn_grid_row){0};
}

/* Whether a line of a drawn table begins a row by a number in one of its first two cells. */
static bool has_serial(const cn_grid_row *row) {
  for (size_t i = 0; i < row->count && i < 2; i++) {
    cn_view text = row->cells[i].text;
    if (text.n && text.n < 5 && strspn(text.p, "0123456789") >= text.n) return true;
  }
  return false;
}

/* Adds a line's cells below those of the row that is being built. A trailing backslash is pandoc's line break. */
static void stack(cn_document *document, cn_grid_row *row, const cn_grid_row *line) {
  for (size_t i = 0; i < line->count; i++) {
    if (i >= row->count) cn_grid_row_add(document->window, row, CN_VIEW(""), line->cells[i].line);
    cn_view above = row->cells[i].text;
    bool hard = above.n && above.p[above.n - 1] == '\\';
    cn_joined joined = {hard ? cn_view_slice(above, 0, above.n - 1) : above, 0};
    (hard ? cn_join_break : cn_join)(document->window, &joined, line->cells[i].text);
    row->cells[i].text = joined.text;
  }
}

/* The lines [from, to) between two rules of a drawn table: one row, or one for each number at the left. */
static void add_group(cn_document *document, cn_flow *flow, cn_lines lines, size_t from, size_t to) {
  size_t serials = 0;
  for (size_t i = from; i < to; i++) {
    cn_grid_row line = {0};
    split(document, lines.items[i], &line);
    serials += has_serial(&line);
  }
  cn_grid_row row = {0};
  uint32_t number = from < to ? lines.items[from].number : 0;
  for (size_t i = from; i < to; i++) {
    cn_grid_row line = {0};
    split(document, lines.items[i], &line);
    if (row.count && serials > 1 && has_serial(&line)) {
      emit(document, flow, &row, number);
      number = lines.items[i].number;
    }
    stack(document, &row, &line);
  }
  emit(document, flow, &row, number);
}

size_t cn_pipe_table(cn_document *document, cn_flow *flow, cn_lines lines, size_t at) {
  bool drawn = cn_pipe_border(lines.items[at].text);
  size_t group = at;
  cn_flow_add(document->window, flow, CN_ELEMENT_TABLE, lines.items[at].number);
  for (; at < lines.count && (cn_pipe_border(lines.items[at].text) || cn_pipe_count(lines.items[at].text)); at++) {
    bool border = cn_pipe_border(lines.items[at].text);
    if (drawn && border) {
      add_group(document, flow, lines, group, at);
      group = at + 1;
    } else if (!drawn && !border) {
      cn_grid_row row = {0};
      split(document, lines.items[at], &row);
      emit(document, flow, &row, lines.items[at].number);
    }
  }
  if (drawn) add_group(document, flow, lines, group, at);
  cn_flow_add(document->window, flow, CN_ELEMENT_TABLE_END, 0);
  return at;
}
