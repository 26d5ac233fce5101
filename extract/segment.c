/* The segmenter: see segment.h. In: flows.  Out: events. Drives the parts in the order of the document. */
#include "extract/segment.h"

#include "extract/label_table.h"
#include "extract/outline.h"

cn_segmenter *cn_segmenter_begin(cn_document *document, cn_arena *scratch) {
  cn_segmenter *s = cn_arena_new(document->arena, cn_segmenter, 1);
  s->document = document;
  s->keep = document->arena;
  s->scratch = scratch ? scratch : document->arena;
  s->words = cn_words_new(s->keep, document->rules);
  cn_record_init(&cn_notice_shape, &s->notice);
  s->notice.schema = CN_VIEW("chengnuo/1");
  s->notice.source = &document->source;
  s->last_no = CN_NONE;
  s->row_line = s->title_line = CN_NONE;
  return s;
}

/* A run of table rows: from TABLE, or from the first ROW of a window that goes on in one, to TABLE_END. */
static bool begins_table(const cn_flow *flow, size_t at) {
  return !flow->items[at].chrome &&
         (flow->items[at].kind == CN_ELEMENT_TABLE || flow->items[at].kind == CN_ELEMENT_ROW);
}

static size_t table_end(const cn_flow *flow, size_t at) {
  for (at++; at < flow->count; at++)
    if (flow->items[at].kind == CN_ELEMENT_TABLE_END || flow->items[at].kind == CN_ELEMENT_TABLE) break;
  return at;
}

static bool has_task_table(cn_segmenter *s, const cn_flow *flow) {
  for (size_t i = 0; i < flow->count; i++) {
    if (!begins_table(flow, i)) continue;
    size_t end = table_end(flow, i);
    if (cn_is_task_table(s, flow, i, end)) return true;
    i = end - 1;
  }
  return false;
}

static bool is_regulation(const cn_segmenter *s) {
  cn_view title = s->notice.title;
  return title.p && cn_word_ends(s->words, CN_WORD_ROWLESS, cn_strip(title, "》的通知（试行）()")) > 0;
}

static cn_status push_notice(cn_segmenter *s) {
  if (s->begun) return CN_OK;
  s->begun = true;
  CN_TRY(cn_push(s->document->out, &(cn_event){.type = CN_EVENT_NOTICE, .notice = &s->notice}));
  for (const cn_note *note = s->document->notes; note; note = note->next) {
    s->diagnostics++;
    CN_TRY(cn_push(s->document->out, &(cn_event){.type = CN_EVENT_DIAGNOSTIC, .diagnostic = &note->diagnostic}));
  }
  return CN_OK;
}

static void read_body(cn_segmenter *s, const cn_flow *flow, const cn_outline *o) {
  size_t node = 0;
  for (size_t i = 0; i < flow->count; i++) {
    if (!begins_table(flow, i)) continue;
    size_t end = table_end(flow, i), before = node;
    while (node < o->count && o->prose.paras[o->nodes[node].para].element < i) node++;
    cn_items_add(s, o, before, node);
    cn_table_rows(s, flow, i, end);
    i = end - (end < flow->count && flow->items[end].kind == CN_ELEMENT_TABLE);
  }
  cn_items_add(s, o, node, o->count);
}

static void free_arena(void *what) { cn_arena_free(what); }

/* The arena of the window before last, emptied: what is in it has been copied on. */
static cn_arena *next_generation(cn_segmenter *s) {
  cn_arena *next = s->keep == &s->generations[0] ? &s->generations[1] : &s->generations[0];
  if (!next->trap) {
    cn_arena_init(next, s->document->arena->trap);
    cn_arena_defer(s->document->arena, free_arena, next);
  }
  cn_arena_reset(next);
  return next;
}

/* What the next window needs is copied out of the arena that is rewound, and out of the one that would grow. */
static void keep_state(cn_segmenter *s) {
  cn_arena *next = next_generation(s);
  const cn_columns *columns = &s->columns;
  cn_column *items = cn_arena_new(next, cn_column, columns->count + 1);
  cn_view *carried = s->carried ? cn_arena_new(next, cn_view, columns->count + 1) : NULL;
  for (size_t i = 0; i < columns->count; i++) {
    items[i] = columns->items[i];
    items[i].header = cn_arena_copy(next, items[i].header);
    if (carried) carried[i] = cn_arena_copy(next, s->carried[i]);
  }
  s->columns.items = items;
  s->carried = carried;
  s->block.name = cn_arena_copy(next, s->block.name);
  s->without_contact = cn_arena_copy(next, s->without_contact);
  s->keep = next;
}

cn_status cn_segmenter_feed(cn_segmenter *s, const cn_flow *flow, bool last) {
  cn_arena_mark mark = cn_arena_get_mark(s->scratch);
  cn_outline outline = {.nodes = NULL};
  if (!cn_is_lines(s)) flow = cn_forms_open(s, flow);
  flow = cn_label_tables(s->scratch, s->words, flow);
  cn_prose_make(s, flow, &outline.prose);
  cn_outline_make(s, &outline);
  if (!s->begun) cn_head_read(s, flow, &outline);
  CN_TRY(push_notice(s));
  s->mixed = s->mixed || has_task_table(s, flow);
  cn_items_choose(s, &outline, is_regulation(s));
  read_body(s, flow, &outline);
  CN_TRY(cn_entries_push(s, last));
  if (!last && s->scratch != s->document->arena) keep_state(s);
  if (s->scratch != s->document->arena) cn_arena_rewind(s->scratch, mark);
  return CN_OK;
}

cn_status cn_segmenter_end(cn_segmenter *s) {
  CN_TRY(push_notice(s));
  return cn_entries_finish(s);
}
