/* md: events -> a heading and a GitHub table a block.
 *
 * In:  any number of notices.  Out: # title, preface, ## block, a table of its rows, its contacts; diagnostics as a
 * list at the end. Text of the notice cannot become markup: | * _ ` < [ # and their like are escaped, line breaks are
 * <br>. Holds back a notice's diagnostics only. */
#include "emit/phrase.h"
#include "emit/writer.h"

typedef struct md_writer {
  cn_output *output;
  const cn_emit_options *options;
  cn_buf buf, cell, diagnostics;
  bool notice_open, table_open, contacts_open;
  cn_buf name; /* of the block the open table belongs to */
} md_writer;

static bool chinese(const md_writer *w) { return !w->options->header_set || w->options->header == CN_HEADER_ZH; }
static const char *say(const md_writer *w, const char *zh, const char *en) { return chinese(w) ? zh : en; }

static bool is_plain(char c) { return (unsigned char)c >= ' ' && !strchr("<>&\\`*_[]|~#$", c); }

/* In a cell every break is <br>; ~ is strikethrough on GitHub, & would begin an entity, $ a formula. */
static void add_special(cn_buf *buf, char c) {
  if (c == '\n')
    cn_buf_add_string(buf, "<br>");
  else if ((unsigned char)c < ' ')
    cn_buf_add_char(buf, ' ');
  else if (c == '<' || c == '>' || c == '&')
    cn_buf_add_string(buf, c == '<' ? "&lt;" : c == '>' ? "&gt;" : "&amp;");
  else
    cn_buf_format(buf, "\\%c", c);
}

static void add_text(cn_buf *buf, cn_view text) {
  for (size_t at = 0, from = 0; from < text.n; from = ++at) {
    while (at < text.n && ((unsigned char)text.p[at] >= 0x80 || is_plain(text.p[at]))) at++;
    cn_buf_add(buf, text.p + from, at - from);
    if (at < text.n) add_special(buf, text.p[at]);
  }
}

/* A line that begins with - + or 1. would be a list, = and - beneath text a heading. */
static void add_paragraph(cn_buf *buf, cn_view text) {
  size_t digits = 0;
  while (digits < text.n && text.p[digits] >= '0' && text.p[digits] <= '9') digits++;
  bool number = digits && digits < text.n && (text.p[digits] == '.' || text.p[digits] == ')');
  if (text.n && strchr("-+=", text.p[0])) cn_buf_add_char(buf, '\\');
  if (number) {
    cn_buf_add(buf, text.p, digits);
    cn_buf_add_char(buf, '\\');
    text = cn_view_slice(text, digits, text.n);
  }
  add_text(buf, text);
}

static void open_notice(md_writer *w, const cn_notice *notice) {
  if (w->notice_open) cn_buf_add_char(&w->buf, '\n');
  cn_buf_add_string(&w->buf, "# ");
  if (notice->title.n)
    add_text(&w->buf, notice->title);
  else
    add_text(&w->buf, notice->source ? notice->source->name : CN_VIEW("-"));
  cn_buf_add_char(&w->buf, '\n');
  if (notice->preface.n) {
    cn_buf_add_char(&w->buf, '\n');
    add_paragraph(&w->buf, notice->preface);
    cn_buf_add_char(&w->buf, '\n');
  }
  w->notice_open = true;
  w->table_open = w->contacts_open = false;
  cn_buf_reset(&w->name);
}

static void open_block(md_writer *w, cn_view name) {
  w->table_open = w->contacts_open = false;
  cn_buf_reset(&w->name);
  cn_buf_add_view(&w->name, name);
  if (!name.n) return;
  cn_buf_add_string(&w->buf, "\n## ");
  add_text(&w->buf, name);
  cn_buf_add_char(&w->buf, '\n');
}

static void open_table(md_writer *w) {
  if (w->table_open) return;
  const char *heads[] = {say(w, "序号", "No"), say(w, "承诺事项", "Task"), say(w, "目标", "Targets"),
                         say(w, "完成时间", "Deadline"), say(w, "责任人", "Responsible")};
  cn_buf_add_string(&w->buf, "\n");
  for (size_t i = 0; i < CN_COUNT(heads); i++)
    cn_buf_format(&w->buf, "| %s ", w->options->header_set && w->options->header == CN_HEADER_NONE ? "" : heads[i]);
  cn_buf_add_string(&w->buf, "|\n| --: | --- | --- | --- | --- |\n");
  w->table_open = true;
  w->contacts_open = false;
}

static void add_cell(md_writer *w) {
  cn_buf_add_string(&w->buf, "| ");
  add_text(&w->buf, cn_buf_view(&w->cell));
  cn_buf_add_char(&w->buf, ' ');
  cn_buf_reset(&w->cell);
}

static void add_deadline(md_writer *w, const cn_row *row) {
  cn_view text = row->deadline ? row->deadline->text : CN_NULL_VIEW;
  cn_buf_add_view(&w->cell, text);
  if (!cn_date_known(row->due)) return;
  if (text.n) cn_buf_add_char(&w->cell, '\n');
  cn_date_write(&w->cell, row->due);
}

static void add_row(md_writer *w, const cn_row *row) {
  if (!cn_view_equal(cn_buf_view(&w->name), row->block)) open_block(w, row->block);
  open_table(w);
  if (row->label.n)
    cn_buf_add_view(&w->cell, row->label);
  else if (row->no != CN_NONE)
    cn_buf_add_int(&w->cell, row->no);
  add_cell(w);
  cn_buf_add_view(&w->cell, row->task);
  add_cell(w);
  for (size_t i = 0; i < row->targets.n; i++) {
    if (i) cn_buf_add_char(&w->cell, '\n');
    cn_phrase_target(&w->cell, &row->targets.items[i]);
  }
  add_cell(w);
  add_deadline(w, row);
  add_cell(w);
  cn_phrase_responsible(&w->cell, &row->responsible, true);
  add_cell(w);
  cn_buf_add_string(&w->buf, "|\n");
}

static void add_contact(md_writer *w, const cn_contact_line *contact) {
  if (!w->contacts_open) cn_buf_format(&w->buf, "\n%s\n\n", say(w, "联系人：", "Contacts:"));
  w->contacts_open = true;
  w->table_open = false;
  cn_buf_add_string(&w->buf, "- ");
  add_text(&w->buf, contact->person);
  for (size_t i = 0; i < contact->phones.n; i++) {
    cn_buf_add_char(&w->buf, ' ');
    add_text(&w->buf, contact->phones.items[i]);
  }
  cn_buf_add_char(&w->buf, '\n');
}

static void add_diagnostic(md_writer *w, const cn_diagnostic *d) {
  cn_buf_format(&w->diagnostics, "- %s", cn_enum_name(&cn_severity_names, (int)d->severity));
  if (d->line != CN_NONE) cn_buf_format(&w->diagnostics, ", line %lld", (long long)d->line);
  cn_buf_add_string(&w->diagnostics, ": ");
  add_text(&w->diagnostics, d->message);
  cn_buf_add_string(&w->diagnostics, " (");
  add_text(&w->diagnostics, d->code);
  cn_buf_add_string(&w->diagnostics, ")\n");
}

static void close_notice(md_writer *w) {
  if (!w->diagnostics.n) return;
  cn_buf_format(&w->buf, "\n## %s\n\n", say(w, "诊断", "Diagnostics"));
  cn_buf_add_view(&w->buf, cn_buf_view(&w->diagnostics));
  cn_buf_reset(&w->diagnostics);
}

static cn_status on_event(void *self, const cn_event *event) {
  md_writer *w = self;
  switch (event->type) {
  case CN_EVENT_NOTICE: open_notice(w, event->notice); break;
  case CN_EVENT_BLOCK: open_block(w, event->block->name); break;
  case CN_EVENT_ROW: add_row(w, event->row); break;
  case CN_EVENT_CONTACT: add_contact(w, event->contact); break;
  case CN_EVENT_DIAGNOSTIC: add_diagnostic(w, event->diagnostic); break;
  case CN_EVENT_END: close_notice(w); break;
  }
  return cn_writer_send(w->output, &w->buf);
}

static cn_status on_end(void *self) {
  md_writer *w = self;
  close_notice(w);
  return cn_writer_send(w->output, &w->buf);
}

static cn_status open(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink,
                      CN_UNUSED cn_view *error) {
  md_writer *w = cn_arena_new(arena, md_writer, 1);
  *w = (md_writer){.output = output, .options = options};
  cn_buf *bufs[] = {&w->buf, &w->cell, &w->diagnostics, &w->name};
  for (size_t i = 0; i < CN_COUNT(bufs); i++) cn_writer_buf(arena, bufs[i]);
  *sink = (cn_sink){w, on_event, on_end};
  return CN_OK;
}

const cn_format cn_format_md = {"md", "md", "text/markdown", "a GitHub table a block", false, open};
