/* show: events -> a summary that fits a terminal.
 *
 * In:  any number of notices.  Out: title and source, a heading a block, a line a row with its targets beneath, totals,
 * diagnostics. Chinese takes two columns a character. Holds back a notice's diagnostics only. */
#include "core/utf8.h"
#include "emit/phrase.h"
#include "emit/screen.h"
#include "emit/writer.h"

enum { NO = 6, DUE = 10, WHO = 13, GAP = 2, NARROW = 40, WIDE = 160, INDENT = NO + GAP + DUE + GAP };

typedef struct totals {
  size_t blocks, rows, targets, ongoing, dateless, severities[4];
  cn_date first, last;
} totals;

typedef struct show_writer {
  cn_output *output;
  bool color, any, table_open, block_named;
  size_t width;
  totals sum;
  cn_buf buf, cell, diagnostics, name;
} show_writer;

static void ink(show_writer *w, cn_ink i) { cn_screen_ink(&w->buf, w->color, i); }

static void inked_line(show_writer *w, cn_ink i, cn_view text) {
  ink(w, i);
  cn_screen_wrap(&w->buf, text, 0, 0, w->width);
  ink(w, CN_INK_PLAIN);
  cn_buf_add_char(&w->buf, '\n');
}

static void add_part(cn_buf *buf, cn_view part) {
  if (part.n && buf->n) cn_buf_add_string(buf, " · ");
  cn_buf_add_view(buf, part);
}

/* notice.txt · GB18030 · 北京市人民政府办公厅 · 京政办发〔2016〕26号 · year 2016 */
static void add_source(show_writer *w, const cn_notice *notice) {
  char year[32];
  cn_buf_reset(&w->cell);
  add_part(&w->cell, notice->source ? notice->source->name : CN_NULL_VIEW);
  add_part(&w->cell, notice->source ? notice->source->charset : CN_NULL_VIEW);
  add_part(&w->cell, notice->issuer);
  add_part(&w->cell, notice->document_number);
  snprintf(year, sizeof year, "year %lld", (long long)notice->year);
  if (notice->year != CN_NONE) add_part(&w->cell, cn_view_of(year));
  inked_line(w, CN_INK_DIM, cn_buf_view(&w->cell));
}

static void open_notice(show_writer *w, const cn_notice *notice) {
  if (w->any) cn_buf_add_char(&w->buf, '\n');
  w->any = true;
  w->sum = (totals){0};
  w->table_open = w->block_named = false;
  inked_line(w, CN_INK_BOLD, notice->title.n ? notice->title : CN_VIEW("(no title)"));
  add_source(w, notice);
}

static void open_block(show_writer *w, const cn_block *block) {
  w->sum.blocks++;
  w->table_open = false;
  w->block_named = !cn_view_is_null(block->name);
  cn_buf_reset(&w->name);
  cn_buf_add_view(&w->name, block->name);
  cn_buf_reset(&w->cell);
  cn_buf_add_view(&w->cell, block->name);
  if (block->adcode.n) cn_buf_format(&w->cell, " (%.*s)", (int)block->adcode.n, block->adcode.p);
  cn_buf_add_char(&w->buf, '\n');
  if (w->cell.n) inked_line(w, CN_INK_BOLD, cn_buf_view(&w->cell));
}

static size_t task_width(const show_writer *w) { return w->width - INDENT - GAP - WHO; }

static void open_table(show_writer *w) {
  if (w->table_open) return;
  w->table_open = true;
  ink(w, CN_INK_DIM);
  cn_screen_pad(&w->buf, CN_VIEW("No"), NO, true);
  cn_buf_add_string(&w->buf, "  ");
  cn_screen_pad(&w->buf, CN_VIEW("Due"), DUE + GAP, false);
  cn_screen_pad(&w->buf, CN_VIEW("Task"), task_width(w) + GAP, false);
  cn_buf_add_string(&w->buf, "Responsible");
  ink(w, CN_INK_PLAIN);
  cn_buf_add_char(&w->buf, '\n');
}

/* 2020-12-31, ongoing, or what the deadline says where no date could be read. */
static void add_due(show_writer *w, const cn_row *row) {
  bool ongoing = row->deadline && row->deadline->ongoing;
  cn_buf_reset(&w->cell);
  if (cn_date_known(row->due))
    cn_date_write(&w->cell, row->due);
  else if (ongoing)
    cn_buf_add_string(&w->cell, "ongoing");
  else if (row->deadline)
    cn_buf_add_view(&w->cell, row->deadline->text);
  cn_screen_pad(&w->buf, cn_buf_view(&w->cell), DUE, false);
  cn_buf_add_string(&w->buf, "  ");
}

/* 孙立成 +4: the first name, and how many more. */
static void add_who(show_writer *w, const cn_responsible_list *list) {
  char more[24] = "";
  if (!list->n) return;
  if (list->n > 1) snprintf(more, sizeof more, " +%zu", list->n - 1);
  cn_screen_cut(&w->buf, list->items[0].name, WHO - strlen(more));
  cn_buf_add_string(&w->buf, more);
}

static void add_targets(show_writer *w, const cn_target_list *targets) {
  for (size_t i = 0; i < targets->n; i++) {
    memset(cn_buf_room(&w->buf, INDENT), ' ', INDENT);
    w->buf.n += INDENT;
    cn_buf_reset(&w->cell);
    cn_phrase_target(&w->cell, &targets->items[i]);
    ink(w, CN_INK_CYAN);
    cn_buf_add_string(&w->buf, "- ");
    cn_screen_wrap(&w->buf, cn_buf_view(&w->cell), INDENT + 2, INDENT + 2, w->width);
    ink(w, CN_INK_PLAIN);
    cn_buf_add_char(&w->buf, '\n');
  }
}

static void count_row(totals *sum, const cn_row *row) {
  sum->rows++;
  sum->targets += row->targets.n;
  if (row->deadline && row->deadline->ongoing)
    sum->ongoing++;
  else if (!cn_date_known(row->due))
    sum->dateless++;
  if (!cn_date_known(row->due)) return;
  if (!cn_date_known(sum->first) || cn_date_compare(row->due, sum->first) < 0) sum->first = row->due;
  if (!cn_date_known(sum->last) || cn_date_compare(row->due, sum->last) > 0) sum->last = row->due;
}

/* The block of a row whose block event is missing: ahead of any block, or filtered away. */
static void enter_block(show_writer *w, cn_view name) {
  if (w->block_named == !cn_view_is_null(name) && cn_view_equal(cn_buf_view(&w->name), name)) return;
  cn_block block = {.name = name};
  open_block(w, &block);
}

/* （三） as written; （十二） does not fit, so its value 12. */
static void add_number(show_writer *w, const cn_row *row) {
  cn_buf_reset(&w->cell);
  if (row->no != CN_NONE && (!row->label.n || cn_utf8_columns(row->label) > NO))
    cn_buf_add_int(&w->cell, row->no);
  else
    cn_buf_add_view(&w->cell, row->label);
  cn_screen_pad(&w->buf, cn_buf_view(&w->cell), NO, true);
  cn_buf_add_string(&w->buf, "  ");
}

static void add_row(show_writer *w, const cn_row *row) {
  enter_block(w, row->block);
  if (!w->table_open && !w->block_named && !w->sum.rows) cn_buf_add_char(&w->buf, '\n');
  open_table(w);
  count_row(&w->sum, row);
  add_number(w, row);
  add_due(w, row);
  cn_screen_pad(&w->buf, row->task, task_width(w), false);
  cn_buf_add_string(&w->buf, "  ");
  add_who(w, &row->responsible);
  while (w->buf.p[w->buf.n - 1] == ' ') w->buf.n--;
  cn_buf_add_char(&w->buf, '\n');
  add_targets(w, &row->targets);
}

static void add_contact(show_writer *w, const cn_contact_line *contact) {
  cn_buf_reset(&w->cell);
  cn_buf_add_string(&w->cell, "Contact: ");
  cn_buf_add_view(&w->cell, contact->person);
  for (size_t i = 0; i < contact->phones.n; i++) {
    cn_buf_add_string(&w->cell, i ? ", " : " ");
    cn_buf_add_view(&w->cell, contact->phones.items[i]);
  }
  inked_line(w, CN_INK_DIM, cn_buf_view(&w->cell));
}

static void add_diagnostic(show_writer *w, const cn_diagnostic *d) {
  cn_buf *out = &w->diagnostics;
  const char *severity = cn_enum_name(&cn_severity_names, (int)d->severity);
  w->sum.severities[d->severity]++;
  cn_ink color = d->severity == CN_SEVERITY_ERROR     ? CN_INK_RED
                 : d->severity == CN_SEVERITY_WARNING ? CN_INK_YELLOW
                                                      : CN_INK_DIM;
  cn_buf_reset(&w->cell);
  if (d->line != CN_NONE) cn_buf_format(&w->cell, "line %lld: ", (long long)d->line);
  cn_buf_add_view(&w->cell, d->message);
  cn_buf_format(&w->cell, " [%.*s]", (int)d->code.n, d->code.p ? d->code.p : "");
  cn_screen_ink(out, w->color, color);
  cn_buf_format(out, "%-8s", severity ? severity : "?");
  cn_screen_ink(out, w->color, CN_INK_PLAIN);
  cn_buf_add_char(out, ' ');
  cn_screen_wrap(out, cn_buf_view(&w->cell), 9, 9, w->width);
  cn_buf_add_char(out, '\n');
}

static void add_count(cn_buf *buf, size_t n, const char *thing) {
  cn_buf_format(buf, "%s%zu %s%s", buf->n ? ", " : "", n, thing, n == 1 ? "" : "s");
}

static void add_totals(show_writer *w) {
  totals *sum = &w->sum;
  cn_buf *c = &w->cell;
  cn_buf_reset(c);
  add_count(c, sum->blocks, "block");
  add_count(c, sum->rows, "row");
  add_count(c, sum->targets, "target");
  if (cn_date_known(sum->first)) {
    cn_buf_add_string(c, "; due ");
    cn_date_write(c, sum->first);
    if (cn_date_compare(sum->first, sum->last)) {
      cn_buf_add_string(c, " to ");
      cn_date_write(c, sum->last);
    }
  }
  if (sum->ongoing) cn_buf_format(c, "; %zu ongoing", sum->ongoing);
  if (sum->dateless) cn_buf_format(c, "; %zu without a date", sum->dateless);
  cn_buf_add_char(&w->buf, '\n');
  inked_line(w, CN_INK_BOLD, cn_buf_view(c));
}

static void close_notice(show_writer *w) {
  add_totals(w);
  cn_buf_add_view(&w->buf, cn_buf_view(&w->diagnostics));
  cn_buf_reset(&w->diagnostics);
}

static cn_status on_event(void *self, const cn_event *event) {
  show_writer *w = self;
  switch (event->type) {
  case CN_EVENT_NOTICE: open_notice(w, event->notice); break;
  case CN_EVENT_BLOCK: open_block(w, event->block); break;
  case CN_EVENT_ROW: add_row(w, event->row); break;
  case CN_EVENT_CONTACT: add_contact(w, event->contact); break;
  case CN_EVENT_DIAGNOSTIC: add_diagnostic(w, event->diagnostic); break;
  case CN_EVENT_END: close_notice(w); break;
  }
  return cn_writer_send(w->output, &w->buf);
}

static cn_status on_end(CN_UNUSED void *self) { return CN_OK; }

static cn_status open(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink,
                      CN_UNUSED cn_view *error) {
  show_writer *w = cn_arena_new(arena, show_writer, 1);
  int columns = options->columns ? options->columns : 80;
  *w = (show_writer){.output = output, .color = options->color};
  w->width = (size_t)(columns < NARROW ? NARROW : columns > WIDE ? WIDE : columns);
  cn_buf *bufs[] = {&w->buf, &w->cell, &w->diagnostics, &w->name};
  for (size_t i = 0; i < CN_COUNT(bufs); i++) cn_writer_buf(arena, bufs[i]);
  *sink = (cn_sink){w, on_event, on_end};
  return CN_OK;
}

const cn_format cn_format_show = {"show", "", "text/plain", "a summary for a terminal", false, open};
