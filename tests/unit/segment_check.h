/* Flows by hand, and what the segmenter makes of them as lines of text, for the test_segment_* programs.
 *
 * A notice is a list of strings: "p 文字" a paragraph, "h2 文字" a heading, "f 发文机关=…" a field, "t" and "/t" a
 * table, "r a|b|c" its row; in a row "^" is a cell carried down from a merged one, "<" goes on with the cell before it.
 * Out: title=… year=… issuer=… number=… issued=… preface=… block kind name / row no label: task {field=text; …}
 * [header=text] / contact block person phones / ! code no */
#ifndef CN_SEGMENT_CHECK_H
#define CN_SEGMENT_CHECK_H

#include "check.h"
#include "extract/segment.h"

typedef struct lab {
  cn_trap trap;
  cn_arena rules_arena, arena, scratch;
  cn_rules *rules;
  cn_buf out;
  bool head;
} lab;

static inline void lab_add_view(cn_buf *b, cn_view v) {
  for (size_t i = 0; i < v.n; i++) cn_buf_add_char(b, v.p[i] == '\n' ? '/' : v.p[i]);
}

static inline void lab_notice(lab *l, const cn_notice *n) {
  if (!l->head) return;
  cn_buf_format(&l->out, "title=%.*s year=", (int)n->title.n, n->title.p ? n->title.p : "");
  if (n->year == CN_NONE)
    cn_buf_add_string(&l->out, "-");
  else
    cn_buf_add_int(&l->out, n->year);
  cn_buf_add_string(&l->out, " issuer=");
  lab_add_view(&l->out, n->issuer);
  cn_buf_add_string(&l->out, " number=");
  lab_add_view(&l->out, n->document_number);
  cn_buf_add_string(&l->out, " issued=");
  if (cn_date_known(n->issued)) cn_date_write(&l->out, n->issued);
  cn_buf_add_string(&l->out, " preface=");
  lab_add_view(&l->out, n->preface);
  cn_buf_add_char(&l->out, '\n');
}

static inline void lab_row(lab *l, const cn_row *r) {
  cn_buf_add_string(&l->out, "row ");
  if (r->no == CN_NONE)
    cn_buf_add_string(&l->out, "-");
  else
    cn_buf_add_int(&l->out, r->no);
  cn_buf_add_char(&l->out, ' ');
  lab_add_view(&l->out, r->label);
  cn_buf_add_string(&l->out, ": ");
  lab_add_view(&l->out, r->task);
  for (size_t i = 0; i < r->cells.n; i++) {
    cn_buf_add_string(&l->out, i ? "; " : " {");
    cn_buf_add_string(&l->out, cn_enum_name(&cn_field_names, (int)r->cells.items[i].field));
    cn_buf_add_char(&l->out, '=');
    lab_add_view(&l->out, r->cells.items[i].text);
  }
  if (r->cells.n) cn_buf_add_char(&l->out, '}');
  for (size_t i = 0; i < r->extra.n; i++) {
    cn_buf_add_string(&l->out, " [");
    lab_add_view(&l->out, r->extra.items[i].header);
    cn_buf_add_char(&l->out, '=');
    lab_add_view(&l->out, r->extra.items[i].text);
    cn_buf_add_char(&l->out, ']');
  }
  cn_buf_add_char(&l->out, '\n');
}

static inline void lab_contact(lab *l, const cn_contact_line *c) {
  cn_buf_add_string(&l->out, "contact ");
  lab_add_view(&l->out, c->outside ? CN_VIEW("-") : c->block);
  cn_buf_add_char(&l->out, ' ');
  lab_add_view(&l->out, c->person.p ? c->person : CN_VIEW("-"));
  for (size_t i = 0; i < c->phones.n; i++) {
    cn_buf_add_char(&l->out, ' ');
    lab_add_view(&l->out, c->phones.items[i]);
  }
  cn_buf_add_char(&l->out, '\n');
}

static inline cn_status lab_event(void *self, const cn_event *e) {
  lab *l = self;
  switch (e->type) {
  case CN_EVENT_NOTICE: lab_notice(l, e->notice); break;
  case CN_EVENT_BLOCK:
    cn_buf_format(&l->out, "block %s %.*s\n",
                  e->block->kind ? cn_enum_name(&cn_block_kind_names, (int)e->block->kind) : "-", (int)e->block->name.n,
                  e->block->name.p ? e->block->name.p : "");
    break;
  case CN_EVENT_ROW: lab_row(l, e->row); break;
  case CN_EVENT_CONTACT: lab_contact(l, e->contact); break;
  case CN_EVENT_DIAGNOSTIC:
    if (e->diagnostic->severity == CN_SEVERITY_INFO) break;
    cn_buf_format(&l->out, "! %.*s", (int)e->diagnostic->code.n, e->diagnostic->code.p);
    if (e->diagnostic->no != CN_NONE) cn_buf_format(&l->out, " %lld", (long long)e->diagnostic->no);
    cn_buf_add_char(&l->out, '\n');
    break;
  case CN_EVENT_END: break;
  }
  return CN_OK;
}

static inline cn_status lab_end(void *self) {
  (void)self;
  return CN_OK;
}

static inline void lab_open(lab *l) {
  cn_view error;
  cn_arena_init(&l->rules_arena, &l->trap);
  cn_arena_init(&l->arena, &l->trap);
  cn_arena_init(&l->scratch, &l->trap);
  cn_buf_init(&l->out, &l->trap);
  CHECK(cn_rules_open(&l->rules_arena, NULL, &l->rules, &error) == CN_OK, "the built-in rules open");
}

static inline void lab_close(lab *l) {
  cn_buf_free(&l->out);
  cn_arena_free(&l->scratch);
  cn_arena_free(&l->arena);
  cn_arena_free(&l->rules_arena);
}

static inline void lab_cells(lab *l, cn_element *row, const char *text, cn_view *above) {
  cn_grid_cell *cells = cn_arena_new(&l->scratch, cn_grid_cell, 64);
  cn_view rest = cn_view_of(text), part;
  size_t n = 0;
  for (uint16_t column = 0; cn_view_split(&rest, '|', &part) && column < 64; column++) {
    part = cn_view_trim(part);
    if (cn_view_is(part, "<") && n) {
      cells[n - 1].columns++;
      continue;
    }
    bool merged = cn_view_is(part, "^");
    char *copy = cn_arena_alloc(&l->scratch, part.n + 1);
    for (size_t i = 0; i < part.n; i++) copy[i] = part.p[i] == '/' ? '\n' : part.p[i];
    cn_view cell = {copy, part.n};
    cells[n++] = (cn_grid_cell){merged ? above[column] : cell, row->line, column, 1, false, merged};
    above[column] = cells[n - 1].text;
  }
  row->cells = cells;
  row->cell_count = n;
}

static inline void lab_element(lab *l, cn_flow *flow, const char *s, uint32_t line, cn_view *above) {
  cn_element *e;
  if (strcmp(s, "t") == 0)
    cn_flow_add(&l->scratch, flow, CN_ELEMENT_TABLE, line);
  else if (strcmp(s, "/t") == 0)
    cn_flow_add(&l->scratch, flow, CN_ELEMENT_TABLE_END, line);
  else if (s[0] == 'r')
    lab_cells(l, cn_flow_add(&l->scratch, flow, CN_ELEMENT_ROW, line), s + 2, above);
  else if (s[0] == 'f') {
    e = cn_flow_add(&l->scratch, flow, CN_ELEMENT_FIELD, line);
    const char *equal = strchr(s, '=');
    e->label = cn_view_between(s + 2, equal);
    e->text = cn_view_of(equal + 1);
  } else {
    e = cn_flow_add(&l->scratch, flow, s[0] == 'h' ? CN_ELEMENT_HEADING : CN_ELEMENT_PARAGRAPH, line);
    e->level = s[0] == 'h' ? (uint8_t)(s[1] - '0') : 0;
    e->text = cn_view_of(s + (s[0] == 'h' ? 3 : 2));
  }
}

/* The lines that `count` strings give; `window` of them a feed, 0: all at once. */
static inline cn_view lab_run(lab *l, const char *const *strings, size_t count, size_t window, bool head) {
  cn_sink sink = {l, lab_event, lab_end};
  cn_input input = {.name = CN_VIEW("test")};
  cn_extract_options options = {.year = CN_NONE};
  cn_document document = {
      .arena = &l->arena, .window = &l->scratch, .rules = l->rules, .options = &options, .input = &input, .out = &sink};
  cn_record_init(&cn_source_shape, &document.source);
  document.source.name = input.name;
  cn_buf_reset(&l->out);
  l->head = head;
  cn_view above[64];
  for (size_t i = 0; i < 64; i++) above[i] = CN_VIEW("");
  cn_segmenter *s = cn_segmenter_begin(&document, window ? &l->scratch : NULL);
  for (size_t i = 0; i < count;) {
    cn_flow flow = {0};
    size_t end = window && i + window < count ? i + window : count;
    for (; i < end; i++) lab_element(l, &flow, strings[i], (uint32_t)i + 1, above);
    CHECK(cn_segmenter_feed(s, &flow, i == count) == CN_OK, "a flow is read");
  }
  CHECK(cn_segmenter_end(s) == CN_OK, "a document ends");
  return cn_buf_view(&l->out);
}

#define LAB(l, head, want, what, ...)                                                                                  \
  do {                                                                                                                 \
    static const char *const lab_strings_[] = {__VA_ARGS__};                                                           \
    CHECK_TEXT(lab_run((l), lab_strings_, CN_COUNT(lab_strings_), 0, (head)), (want), (what));                         \
  } while (0)

#endif
