/* See chengnuo.h. In: bytes.  Out: bytes. The program's convert without the program: no files, no messages. Owns all it
 * makes until the result is handed over. */
#include "app/chengnuo.h"

#include "core/utf8.h"
#include "emit/emit.h"
#include "extract/extract.h"
#include "normalize/normalize.h"

typedef struct session {
  cn_trap trap;
  cn_arena arena;    /* rules and stages, whose tables are made at first use */
  cn_arena document; /* rewound by extract as it likes */
  cn_buf bytes;
  cn_emit_options emit;
  const chengnuo_options *options;
  cn_input input;
  size_t rows;
  cn_view error;
  cn_sink next; /* of count_rows */
} session;

static cn_status count_rows(void *self, const cn_event *event) {
  session *s = self;
  s->rows += event->type == CN_EVENT_ROW;
  return cn_push(&s->next, event);
}

static cn_status end_rows(void *self) { return cn_push_end(&((session *)self)->next); }

static cn_status usage(session *s, const char *what, const char *word) {
  s->error = cn_arena_format(&s->arena, "unknown %s '%s'", what, word);
  return CN_USAGE;
}

static bool layout_known(const char *layout) {
  for (size_t i = 0; cn_layout_name(i); i++)
    if (strcmp(cn_layout_name(i), layout) == 0) return true;
  return false;
}

static cn_status convert(session *s) {
  const chengnuo_options *o = s->options;
  const char *name = o->format ? o->format : "json";
  const cn_format *format = cn_format_find(name);
  cn_rules *rules;
  cn_normalizer *normalizer;
  cn_sink counter = {s, count_rows, end_rows};
  cn_failure failure = {CN_NULL_VIEW, CN_NONE};
  if (!format || format->file_only) return usage(s, "format", name);
  if (o->layout && !layout_known(o->layout)) return usage(s, "layout", o->layout);
  s->emit.compact = o->compact != 0;
  CN_TRY(cn_rules_open(&s->arena, o->rules, &rules, &s->error));
  CN_TRY(format->open(&s->arena, &s->emit, cn_output_memory(&s->arena, &s->bytes), &s->next, &s->error));
  CN_TRY(cn_normalizer_new(&s->arena, rules, &(cn_normalize_options){.all = false}, &counter, &normalizer, &s->error));
  cn_sink stage = cn_normalizer_sink(normalizer);
  cn_extract_options extract = {.layout = o->layout, .year = o->year ? o->year : CN_NONE};
  cn_status status = cn_extract(&s->document, rules, &extract, &s->input, &stage, &failure);
  if (failure.message.n) s->error = failure.message;
  return status;
}

static cn_status convert_in_trap(session *s) {
  if (setjmp(s->trap.env)) {
    s->error = CN_VIEW("memory ran out");
    return CN_NOMEM;
  }
  cn_status status = convert(s);
  if (status == CN_OK) *cn_buf_room(&s->bytes, 1) = 0;
  return status;
}

static chengnuo_status public_status(cn_status status) {
  switch (status) {
  case CN_OK:
  case CN_STOP: return CHENGNUO_OK;
  case CN_USAGE: return CHENGNUO_USAGE;
  case CN_IO:
  case CN_BROKEN: return CHENGNUO_INPUT;
  case CN_LIMIT:
  case CN_NOMEM: return CHENGNUO_LIMIT;
  }
  return CHENGNUO_LIMIT;
}

chengnuo_status chengnuo_convert(const char *name, const void *bytes, size_t size, const chengnuo_options *options,
                                 chengnuo_result *result) {
  static const chengnuo_options defaults;
  session s = {.options = options ? options : &defaults};
  s.input = (cn_input){.name = cn_view_of(name ? name : "-"), .fd = -1, .bytes = {size ? bytes : "", size}};
  if (s.options->charset) s.input.charset = s.options->charset;
  cn_arena_init(&s.arena, &s.trap);
  cn_arena_init(&s.document, &s.trap);
  cn_buf_init(&s.bytes, &s.trap);
  cn_status status = convert_in_trap(&s);
  *result = (chengnuo_result){.rows = s.rows};
  if (status == CN_OK)
    result->bytes = s.bytes.p, result->size = s.bytes.n;
  else {
    if (!s.error.n) s.error = CN_VIEW("could not be converted");
    cn_view error = cn_view_slice(s.error, 0, sizeof result->error - 1);
    memcpy(result->error, error.p, cn_utf8_valid_prefix(error));
    cn_buf_free(&s.bytes);
  }
  cn_arena_free(&s.document);
  cn_arena_free(&s.arena);
  return public_status(status);
}

void chengnuo_result_free(chengnuo_result *result) {
  free(result->bytes);
  *result = (chengnuo_result){.bytes = NULL};
}

const char *chengnuo_version(void) { return CN_VERSION; }
