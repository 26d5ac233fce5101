/* A document read by its reader, as text that a test can compare: a line for each element.
 *
 * P text · H1 text · F label=value · T caption · R cell|cell|cell · E (table end). A cell that covers n columns ends in
 * ~n, one carried down begins with ^, a header cell with #. Behind P: -c centred, -r right, -x furniture. */
#ifndef CN_FLOW_TEXT_H
#define CN_FLOW_TEXT_H

#include "core/buf.h"
#include "extract/registry.h"
#include "extract/source.h"
#include "extract/text_runs.h"

typedef struct read_result {
  cn_status status;
  cn_failure failure;
  cn_view text, reader, layout, charset, title;
  cn_view notes; /* codes of the diagnostics, with blanks between */
} read_result;

static inline void put_view(cn_buf *buf, cn_view v) {
  for (size_t i = 0; i < v.n; i++) {
    if (v.p[i] == '\n')
      cn_buf_add_string(buf, "\\n");
    else
      cn_buf_add_char(buf, v.p[i]);
  }
}

static inline void put_cells(cn_buf *buf, const cn_element *row, bool lines) {
  for (size_t i = 0; i < row->cell_count; i++) {
    const cn_grid_cell *cell = &row->cells[i];
    if (i) cn_buf_add_char(buf, '|');
    if (lines) cn_buf_format(buf, "[%u@%u]", cell->line, cell->column);
    if (cell->merged) cn_buf_add_char(buf, '^');
    if (cell->header) cn_buf_add_char(buf, '#');
    put_view(buf, cell->text);
    if (cell->columns != 1) cn_buf_format(buf, "~%u", cell->columns);
  }
}

static inline void put_element(cn_buf *buf, const cn_element *e, bool lines) {
  static const char *const kinds[] = {"P", "H", "F", "T", "R", "E"};
  if (lines) cn_buf_format(buf, "%u:", e->line);
  cn_buf_add_string(buf, kinds[e->kind]);
  if (e->kind == CN_ELEMENT_HEADING) cn_buf_add_int(buf, e->level);
  if (e->centered) cn_buf_add_string(buf, "-c");
  if (e->right) cn_buf_add_string(buf, "-r");
  if (e->chrome) cn_buf_add_string(buf, "-x");
  cn_buf_add_char(buf, ' ');
  if (e->kind == CN_ELEMENT_FIELD) put_view(buf, e->label), cn_buf_add_char(buf, '=');
  put_view(buf, e->text);
  put_cells(buf, e, lines);
  cn_buf_add_char(buf, '\n');
}

/* Reads `bytes` in a text layout, or NULL for the best bid; everything lives in arena, which must not be the rules'. */
static inline read_result read_layout(cn_arena *arena, const cn_rules *rules, const char *layout, const char *name,
                                      cn_view bytes, bool lines) {
  read_result result = {0};
  cn_extract_options options = {.layout = layout, .year = CN_NONE};
  cn_input input = {.name = cn_view_of(name), .fd = -1, .bytes = bytes};
  cn_document *document = cn_arena_new(arena, cn_document, 1);
  *document = (cn_document){.arena = arena,
                            .window = arena,
                            .rules = rules,
                            .options = &options,
                            .input = &input,
                            .failure = &result.failure};
  cn_record_init(&cn_source_shape, &document->source);
  document->source.name = input.name;
  result.status = cn_source_open(document);
  if (result.status != CN_OK) return result;
  const cn_reader *reader = cn_reader_for(document->bytes, &input);
  cn_flow flow = {0};
  result.reader = cn_view_of(reader->name);
  result.status = cn_source_load(document);
  if (result.status == CN_OK) result.status = reader->read(document, &flow);
  if (result.status == CN_OK && reader != &cn_reader_text) result.status = cn_flow_lay_out(document, &flow);
  cn_buf out;
  cn_buf_init(&out, arena->trap);
  for (size_t i = 0; i < flow.count; i++) put_element(&out, &flow.items[i], lines);
  result.text = cn_arena_copy(arena, cn_buf_view(&out));
  cn_buf_reset(&out);
  for (const cn_note *note = document->notes; note; note = note->next) {
    if (out.n) cn_buf_add_char(&out, ' ');
    cn_buf_add_view(&out, note->diagnostic.code);
  }
  result.notes = cn_arena_copy(arena, cn_buf_view(&out));
  cn_buf_free(&out);
  result.charset = document->source.charset;
  result.layout = cn_view_of(document->layout);
  result.title = flow.title;
  return result;
}

static inline read_result read_bytes(cn_arena *arena, const cn_rules *rules, const char *name, cn_view bytes,
                                     bool lines) {
  return read_layout(arena, rules, NULL, name, bytes, lines);
}

/* With a file's name: prints what comes out of it. For looking at a page by hand. */
static inline int print_file(cn_arena *arena, const cn_rules *rules, const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return 1;
  char *bytes = cn_arena_alloc(arena, (size_t)64 << 20);
  size_t n = fread(bytes, 1, (size_t)64 << 20, file);
  fclose(file);
  read_result r = read_bytes(arena, rules, path, (cn_view){bytes, n}, true);
  printf("status %d reader %s charset %.*s title %.*s notes [%.*s] %.*s\n%.*s", (int)r.status, r.reader.p,
         (int)r.charset.n, r.charset.p ? r.charset.p : "", (int)r.title.n, r.title.p ? r.title.p : "", (int)r.notes.n,
         r.notes.p, (int)r.failure.message.n, r.failure.message.p ? r.failure.message.p : "", (int)r.text.n, r.text.p);
  return 0;
}

#endif
