/* json: events -> one document a notice, written as the events come.
 *
 * In:  any number of notices.  Out: a document each, in the order of record.def; several follow one another as jq reads
 * and writes them. Held back are only what stands later in the document than in the stream: the head until the first
 * block, a block's contacts until it ends, diagnostics until the notice ends. */
#include "emit/writer.h"

typedef struct json_writer {
  cn_output *output;
  cn_write_style style;
  cn_buf buf, contacts, diagnostics;
  size_t rows, blocks, contact_count, diagnostic_count;
  cn_buf name; /* of the open block */
  cn_arena kept;
  cn_notice *head;          /* not yet written */
  cn_contact_list gathered; /* the head's contacts */
  size_t gathered_room;
  bool notice_open, block_open, block_named;
} json_writer;

static cn_write_style at_level(const json_writer *w, int level) {
  cn_write_style style = w->style;
  style.level = level;
  return style;
}

static void new_line(const json_writer *w, cn_buf *buf, int level) {
  if (!w->style.pretty) return;
  cn_buf_add_char(buf, '\n');
  for (int i = 0; i < level; i++) cn_buf_add(buf, "  ", 2);
}

/* "rows": [ … and its end. */
static void open_list(const json_writer *w, cn_buf *buf, const char *key, int level) {
  new_line(w, buf, level);
  cn_buf_add_char(buf, '"');
  cn_buf_add_string(buf, key);
  cn_buf_add_string(buf, w->style.pretty ? "\": [" : "\":[");
}

static void close_list(const json_writer *w, cn_buf *buf, size_t items, int level) {
  if (items) new_line(w, buf, level);
  cn_buf_add_char(buf, ']');
}

static void add_item(json_writer *w, cn_buf *buf, size_t before, const cn_shape *shape, const void *record, int level) {
  if (before) cn_buf_add_char(buf, ',');
  new_line(w, buf, level);
  cn_record_write(buf, shape, record, at_level(w, level));
}

static void open_notice(json_writer *w, const cn_notice *notice) {
  cn_arena_reset(&w->kept);
  w->head = cn_record_copy(&w->kept, &cn_notice_shape, notice);
  w->gathered = (cn_contact_list){NULL, 0};
  w->gathered_room = 0;
  for (size_t i = 0; i < w->head->contacts.n; i++) {
    cn_contact *all = cn_arena_grow(&w->kept, (void *)w->gathered.items, i, &w->gathered_room, sizeof *all);
    all[i] = w->head->contacts.items[i];
    w->gathered = (cn_contact_list){all, i + 1};
  }
  w->notice_open = true;
  w->blocks = w->diagnostic_count = 0;
}

static void close_head(json_writer *w) {
  if (!w->head) return;
  w->head->contacts = w->gathered;
  cn_buf_add_char(&w->buf, '{');
  if (cn_record_write_members(&w->buf, &cn_notice_shape, w->head, at_level(w, 1))) cn_buf_add_char(&w->buf, ',');
  open_list(w, &w->buf, "blocks", 1);
  w->head = NULL;
}

static void close_block(json_writer *w) {
  if (!w->block_open) return;
  close_list(w, &w->buf, w->rows, 3);
  cn_buf_add_char(&w->buf, ',');
  open_list(w, &w->buf, "contacts", 3);
  cn_buf_add_view(&w->buf, cn_buf_view(&w->contacts));
  close_list(w, &w->buf, w->contact_count, 3);
  new_line(w, &w->buf, 2);
  cn_buf_add_char(&w->buf, '}');
  w->block_open = false;
}

static void open_block(json_writer *w, const cn_block *block) {
  close_head(w);
  close_block(w);
  if (w->blocks++) cn_buf_add_char(&w->buf, ',');
  new_line(w, &w->buf, 2);
  cn_buf_add_char(&w->buf, '{');
  if (cn_record_write_members(&w->buf, &cn_block_shape, block, at_level(w, 3))) cn_buf_add_char(&w->buf, ',');
  open_list(w, &w->buf, "rows", 3);
  cn_buf_reset(&w->name);
  cn_buf_reset(&w->contacts);
  cn_buf_add_view(&w->name, block->name);
  w->block_named = !cn_view_is_null(block->name);
  w->block_open = true;
  w->rows = w->contact_count = 0;
}

/* The block a row or contact belongs to. Ahead of any block event that is one without a name; in a stream whose block
 * events were filtered away, the one the row names. */
static void enter_block(json_writer *w, cn_view name) {
  if (w->block_open && w->block_named == !cn_view_is_null(name) && cn_view_equal(cn_buf_view(&w->name), name)) return;
  cn_block block = {.name = name};
  cn_record_init(&cn_block_shape, &block);
  open_block(w, &block);
}

static void add_row(json_writer *w, const cn_row *row) {
  enter_block(w, row->block);
  add_item(w, &w->buf, w->rows++, &cn_row_shape, row, 4);
}

static bool same_contact(const cn_contact *a, const cn_contact *b) {
  if (!cn_view_equal(a->person, b->person) || a->phones.n != b->phones.n) return false;
  for (size_t i = 0; i < a->phones.n; i++)
    if (!cn_view_equal(a->phones.items[i], b->phones.items[i])) return false;
  return true;
}

/* A contact of the notice itself: in the head where the notice event does not have it already. */
static void gather_contact(json_writer *w, const cn_contact *contact) {
  size_t n = w->gathered.n;
  for (size_t i = 0; i < n; i++)
    if (same_contact(&w->gathered.items[i], contact)) return;
  cn_contact *all = cn_arena_grow(&w->kept, (void *)w->gathered.items, n, &w->gathered_room, sizeof *all);
  all[n] = *(cn_contact *)cn_record_copy(&w->kept, &cn_contact_shape, contact);
  w->gathered = (cn_contact_list){all, n + 1};
}

static void add_contact(json_writer *w, const cn_contact_line *line) {
  cn_contact contact = {line->person, line->phones};
  if (line->outside && w->head) {
    gather_contact(w, &contact);
    return;
  }
  if (!line->outside || !w->block_open) enter_block(w, line->block);
  add_item(w, &w->contacts, w->contact_count++, &cn_contact_shape, &contact, 4);
}

static void close_notice(json_writer *w) {
  if (!w->notice_open) return;
  close_head(w);
  close_block(w);
  close_list(w, &w->buf, w->blocks, 1);
  cn_buf_add_char(&w->buf, ',');
  open_list(w, &w->buf, "diagnostics", 1);
  cn_buf_add_view(&w->buf, cn_buf_view(&w->diagnostics));
  close_list(w, &w->buf, w->diagnostic_count, 1);
  new_line(w, &w->buf, 0);
  cn_buf_add(&w->buf, "}\n", 2);
  cn_buf_reset(&w->diagnostics);
  w->notice_open = false;
}

static void need_notice(json_writer *w, const cn_event *event) {
  cn_row nothing = {.year = CN_NONE};
  if (w->notice_open) return;
  cn_notice notice = cn_writer_notice_of(event->type == CN_EVENT_ROW ? event->row : &nothing);
  open_notice(w, &notice);
}

static cn_status on_event(void *self, const cn_event *event) {
  json_writer *w = self;
  if (event->type != CN_EVENT_NOTICE && event->type != CN_EVENT_END) need_notice(w, event);
  switch (event->type) {
  case CN_EVENT_NOTICE:
    close_notice(w);
    open_notice(w, event->notice);
    break;
  case CN_EVENT_BLOCK: open_block(w, event->block); break;
  case CN_EVENT_ROW: add_row(w, event->row); break;
  case CN_EVENT_CONTACT: add_contact(w, event->contact); break;
  case CN_EVENT_DIAGNOSTIC:
    add_item(w, &w->diagnostics, w->diagnostic_count++, &cn_diagnostic_shape, event->diagnostic, 2);
    break;
  case CN_EVENT_END: close_notice(w); break;
  }
  return cn_writer_send(w->output, &w->buf);
}

static cn_status on_end(void *self) {
  json_writer *w = self;
  close_notice(w);
  return cn_writer_send(w->output, &w->buf);
}

static cn_status open(cn_arena *arena, const cn_emit_options *options, cn_output *output, cn_sink *sink,
                      CN_UNUSED cn_view *error) {
  json_writer *w = cn_arena_new(arena, json_writer, 1);
  *w = (json_writer){.output = output, .style = {.pretty = !options->compact, .done = true}};
  cn_buf *bufs[] = {&w->buf, &w->contacts, &w->diagnostics, &w->name};
  for (size_t i = 0; i < CN_COUNT(bufs); i++) cn_writer_buf(arena, bufs[i]);
  cn_writer_arena(arena, &w->kept);
  *sink = (cn_sink){w, on_event, on_end};
  return CN_OK;
}

const cn_format cn_format_json = {
    "json", "json", "application/json", "one document a notice; pretty, or one line with --compact", false, open};
