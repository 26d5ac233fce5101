/* layout pipe: Markdown, and tables drawn with | in any text. In: lines.  Out: HEADING, FIELD (> 文号：…), PARAGRAPH
 * without Markdown's marks, tables; HTML tables by the HTML reader. */
#include "extract/md_inline.h"
#include "extract/pipe_table.h"
#include "extract/read_html.h"
#include "extract/wrap.h"

enum { LOOK = 3000 };

static bool starts(cn_view text, const char *mark) { return cn_view_starts(text, cn_view_of(mark)); }

static int bid(const cn_document *document, cn_lines lines) {
  (void)document;
  size_t rows = 0, borders = 0, headings = 0, marks = 0;
  for (size_t i = 0; i < lines.count && i < LOOK; i++) {
    cn_view text = cn_view_trim(lines.items[i].text);
    bool border = cn_pipe_border(text);
    borders += border;
    rows += !border && cn_pipe_count(text) > 1 && cn_pipe_begins(lines, i);
    headings += starts(text, "# ") || starts(text, "## ") || starts(text, "### ");
    marks +=
        starts(text, "- ") || starts(text, "> ") || starts(text, "**") || starts(text, "* ") || starts(text, "<table");
  }
  if (rows && borders) return 95;
  if (rows > 2) return 70;
  return headings > 1 || (headings && marks) ? 45 : marks > 2 ? 15 : 0;
}

typedef struct reader {
  cn_document *document;
  cn_flow *flow;
  cn_lines lines;
  size_t at;
  uint32_t width; /* at which lines are cut, or 0 */
  bool head;      /* fields may still come */
} reader;

/* Length of a list mark: "- ", "* ", "+ " and the box of a task behind it. */
static size_t list_mark(cn_view text) {
  if (!starts(text, "- ") && !starts(text, "* ") && !starts(text, "+ ")) return 0;
  cn_view rest = cn_view_slice(text, 2, text.n);
  return starts(rest, "[ ] ") || starts(rest, "[x] ") || starts(rest, "[X] ") ? 6 : 2;
}

static bool is_rule(cn_view text) {
  size_t marks = 0;
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] == ' ') continue;
    if (text.p[i] != text.p[0] || !strchr("-*_=", text.p[i])) return false;
    marks++;
  }
  return marks >= 3;
}

/* Whether the line can only be running text, so that it may continue the line above. */
static bool is_plain(const reader *r, size_t at) {
  cn_view text = cn_view_trim(r->lines.items[at].text);
  return text.n && !strchr("#>|+-*<`=", text.p[0]) && !cn_pipe_begins(r->lines, at) &&
         !cn_begins_paragraph(r->document, text);
}

static bool is_full(const reader *r, cn_view line) {
  uint32_t width = cn_line_width(line);
  return r->width && width + 4 >= r->width && width <= r->width;
}

/* Adds text without its marks; `indent` is the list's. */
static void add_text(reader *r, cn_view text, uint32_t number, uint32_t indent) {
  cn_view clean = cn_md_inline(r->document->window, text);
  for (cn_line line = {.number = number}; cn_view_split(&clean, '\n', &line.text);) {
    size_t before = r->flow->count;
    r->head = r->head && !cn_begins_paragraph(r->document, cn_view_trim(line.text));
    cn_text_line(r->document, r->flow, line, r->head);
    if (r->flow->count > before) r->flow->items[before].indent = indent;
  }
}

static void add_heading(reader *r, uint8_t level, cn_view text) {
  cn_element *heading = cn_flow_add(r->document->window, r->flow, CN_ELEMENT_HEADING, r->lines.items[r->at].number);
  heading->level = level;
  heading->text = cn_view_trim(cn_md_inline(r->document->window, text));
}

/* A line of = under the text makes it the title. */
static bool is_underlined(const reader *r) {
  cn_view below = r->at + 1 < r->lines.count ? cn_view_trim(r->lines.items[r->at + 1].text) : CN_VIEW("");
  return below.n > 2 && below.p[0] == '=' && is_rule(below);
}

static void read_paragraph(reader *r) {
  cn_line line = r->lines.items[r->at];
  uint32_t indent = cn_line_indent(line.text);
  cn_view text = cn_view_trim(line.text);
  while (starts(text, ">")) text = cn_view_trim(cn_view_slice(text, 1, text.n));
  text = cn_view_slice(text, list_mark(text), text.n);
  if (is_underlined(r)) {
    add_heading(r, 1, text);
    r->at += 2;
    return;
  }
  cn_joined joined = {text, 0};
  size_t next = r->at + 1;
  while (next < r->lines.count && is_full(r, r->lines.items[next - 1].text) && is_plain(r, next))
    cn_join(r->document->window, &joined, r->lines.items[next++].text);
  if (joined.text.n && joined.text.p[joined.text.n - 1] == '\\') joined.text.n--;
  add_text(r, joined.text, line.number, indent);
  r->at = next;
}

static bool is_heading(cn_view text) {
  size_t level = 0;
  while (level < text.n && text.p[level] == '#') level++;
  return level > 0 && level < 7 && level < text.n && text.p[level] == ' ';
}

static void read_heading(reader *r, cn_view text) {
  uint8_t level = 0;
  while (level < 6 && level < text.n && text.p[level] == '#') level++;
  cn_view rest = cn_view_trim(cn_view_slice(text, level, text.n));
  while (rest.n && rest.p[rest.n - 1] == '#') rest.n--;
  add_heading(r, level, rest);
  r->at++;
}

/* Lines from <table to </table>, in one piece for the HTML reader. */
static void read_html(reader *r) {
  size_t from = r->at;
  cn_view end = CN_VIEW("</table>");
  while (r->at < r->lines.count && cn_view_find(r->lines.items[r->at].text, end, 0) == SIZE_MAX) r->at++;
  if (r->at == r->lines.count) r->at--;
  cn_view last = r->lines.items[r->at++].text;
  cn_html_fragment(r->document, cn_view_between(r->lines.items[from].text.p, last.p + last.n),
                   r->lines.items[from].number, r->flow);
}

static void read_block(reader *r) {
  cn_view text = cn_view_trim(r->lines.items[r->at].text);
  if (!text.n || (is_rule(text) && text.n < 80 && !cn_pipe_begins(r->lines, r->at)) || starts(text, "<!--") ||
      starts(text, "```")) {
    r->at++;
  } else if (cn_pipe_begins(r->lines, r->at)) {
    r->head = false;
    r->at = cn_pipe_table(r->document, r->flow, r->lines, r->at);
  } else if (is_heading(text)) {
    read_heading(r, text);
  } else if (starts(text, "<table")) {
    read_html(r);
  } else {
    read_paragraph(r);
  }
}

/* The width of what is no table. */
static uint32_t prose_width(const reader *r) {
  cn_line *prose = cn_arena_new(r->document->window, cn_line, r->lines.count);
  cn_lines lines = {prose, 0};
  for (size_t i = 0; i < r->lines.count; i++)
    if (cn_pipe_count(r->lines.items[i].text) < 2) prose[lines.count++] = r->lines.items[i];
  return cn_wrap_width(lines);
}

static cn_status read_pipe(cn_document *document, cn_window *window, cn_flow *flow) {
  reader r = {.document = document, .flow = flow, .lines = window->lines, .head = true};
  r.width = prose_width(&r);
  while (r.at < r.lines.count) read_block(&r);
  return CN_OK;
}

const cn_layout cn_layout_pipe = {
    .name = "pipe", .help = "Markdown, and tables drawn with |", .bid = bid, .read = read_pipe};
