/* The flow: see flow.h. In: elements as readers find them.  Out: one growing array.  Owns nothing: the arena does. */
#include "extract/flow.h"

#include "core/utf8.h"
#include <stdarg.h>

cn_element *cn_flow_add(cn_arena *arena, cn_flow *flow, cn_element_kind kind, uint32_t line) {
  if (flow->count == flow->capacity)
    flow->items = cn_arena_grow(arena, flow->items, flow->count, &flow->capacity, sizeof *flow->items);
  cn_element *element = &flow->items[flow->count++];
  *element = (cn_element){.kind = kind, .line = line};
  return element;
}

static cn_view format(cn_arena *arena, const char *text, va_list arguments) {
  char line[1024];
  int n = vsnprintf(line, sizeof line, text, arguments);
  size_t size = n < 0 ? 0 : (size_t)n < sizeof line ? (size_t)n : sizeof line - 1;
  size = cn_utf8_valid_prefix((cn_view){line, size});
  return cn_arena_copy(arena, (cn_view){line, size});
}

cn_status cn_fail(cn_document *document, cn_status status, int64_t line, const char *text, ...) {
  va_list arguments;
  va_start(arguments, text);
  if (document->failure)
    *document->failure = (cn_failure){.message = format(document->arena, text, arguments), .line = line};
  va_end(arguments);
  return status;
}

void cn_document_note(cn_document *document, cn_diag code, int64_t line, int64_t column, cn_view message) {
  const cn_diag_info *info = &cn_diag_table[code];
  cn_note *note = cn_arena_new(document->arena, cn_note, 1);
  cn_record_init(&cn_diagnostic_shape, &note->diagnostic);
  note->diagnostic.notice = document->source.name;
  note->diagnostic.severity = info->severity;
  note->diagnostic.code = cn_view_of(info->code);
  note->diagnostic.message = message;
  note->diagnostic.line = line;
  note->diagnostic.column = column;
  *(document->last_note ? &document->last_note->next : &document->notes) = note;
  document->last_note = note;
}
