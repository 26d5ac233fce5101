/* Events as NDJSON: one writer and one reader for all types, by the shapes of record.def. */
#include "core/event.h"

#include "core/json.h"

static const struct {
  const char *name;
  const cn_shape *shape;
} types[] = {
    [CN_EVENT_NOTICE] = {"notice", &cn_notice_shape},
    [CN_EVENT_BLOCK] = {"block", &cn_block_shape},
    [CN_EVENT_ROW] = {"row", &cn_row_shape},
    [CN_EVENT_CONTACT] = {"contact", &cn_contact_line_shape},
    [CN_EVENT_DIAGNOSTIC] = {"diagnostic", &cn_diagnostic_shape},
    [CN_EVENT_END] = {"end", &cn_end_shape},
};

const char *cn_event_name(cn_event_type type) { return types[type].name; }
const cn_shape *cn_event_shape(cn_event_type type) { return types[type].shape; }

void cn_event_write(cn_buf *buf, const cn_event *event) {
  cn_write_style style = {.event = true, .done = event->normalized};
  cn_buf_add_string(buf, "{\"type\":\"");
  cn_buf_add_string(buf, types[event->type].name);
  cn_buf_add_string(buf, "\",");
  if (!cn_record_write_members(buf, types[event->type].shape, event->record, style)) buf->n--;
  if (event->unknown.n) {
    cn_buf_add_char(buf, ',');
    cn_buf_add_view(buf, event->unknown);
  }
  cn_buf_add(buf, "}\n", 2);
}

/* --- reading --------------------------------------------------------------------------------------------------- */

typedef struct reader {
  cn_arena *arena;
  const char *error;
} reader;

static void wrong(reader *r, const char *error) {
  if (!r->error) r->error = error;
}

static void read_record(reader *r, const cn_shape *shape, const cn_json *object, void *record);

static size_t count(const cn_json *list) {
  size_t n = 0;
  for (const cn_json *item = list->first; item; item = item->next) n++;
  return n;
}

typedef struct any_list {
  const void *items;
  size_t n;
} any_list;

static void read_list(reader *r, const cn_shape_field *f, const cn_json *value, void *p) {
  if (value->type != CN_JSON_LIST) {
    wrong(r, "a list was expected");
    return;
  }
  size_t n = count(value), i = 0;
  char *items = cn_arena_array(r->arena, f->shape->size, n);
  for (const cn_json *item = value->first; item; item = item->next)
    read_record(r, f->shape, item, items + i++ * f->shape->size);
  *(any_list *)p = (any_list){items, n};
}

static void read_texts(reader *r, const cn_json *value, void *p) {
  size_t i = 0;
  cn_view *items = cn_arena_new(r->arena, cn_view, count(value));
  if (value->type != CN_JSON_LIST) wrong(r, "a list of texts was expected");
  for (const cn_json *item = value->first; item; item = item->next) {
    if (item->type != CN_JSON_TEXT) wrong(r, "a list of texts was expected");
    items[i++] = item->text;
  }
  *(cn_text_list *)p = (cn_text_list){items, i};
}

static void read_extra(reader *r, const cn_json *value, void *p) {
  size_t i = 0;
  cn_extra *items = cn_arena_new(r->arena, cn_extra, count(value));
  if (value->type != CN_JSON_OBJECT) wrong(r, "an object of texts was expected");
  for (const cn_json *item = value->first; item; item = item->next) {
    if (item->type != CN_JSON_TEXT) wrong(r, "an object of texts was expected");
    items[i++] = (cn_extra){item->key, item->text};
  }
  *(cn_extra_list *)p = (cn_extra_list){items, i};
}

static void read_int(reader *r, const cn_json *value, int64_t *p) {
  cn_decimal d = value->type == CN_JSON_NUMBER ? cn_decimal_parse(value->text) : (cn_decimal){0, 0, false};
  if (!d.known || d.scale)
    wrong(r, "an integer was expected");
  else
    *p = d.mantissa;
}

static void read_number(reader *r, const cn_json *value, cn_decimal *p) {
  *p = value->type == CN_JSON_NUMBER ? cn_decimal_parse(value->text) : (cn_decimal){0, 0, false};
  if (!p->known) wrong(r, "a number of at most 18 digits was expected");
}

static void read_enum(reader *r, const cn_shape_field *f, const cn_json *value, void *p) {
  int found = value->type == CN_JSON_TEXT ? cn_enum_value(f->names, value->text) : 0;
  if (!found) wrong(r, "a known name was expected");
  memcpy(p, &found, sizeof found);
}

static void read_date(reader *r, const cn_json *value, cn_date *p) {
  *p = cn_date_parse(value->type == CN_JSON_TEXT ? value->text : CN_NULL_VIEW);
  if (!cn_date_known(*p)) wrong(r, "a date YYYY-MM-DD was expected");
}

static void read_object(reader *r, const cn_shape_field *f, const cn_json *value, void *p) {
  void *record = cn_arena_alloc(r->arena, f->shape->size);
  read_record(r, f->shape, value, record);
  *(const void **)p = record;
}

static void read_value(reader *r, const cn_shape_field *f, const cn_json *value, void *p) {
  if (value->type == CN_JSON_NULL) return; /* zeroed already: null */
  switch (f->kind) {
  case CN_KIND_TEXT:
    if (value->type != CN_JSON_TEXT)
      wrong(r, "a text was expected");
    else
      *(cn_view *)p = value->text;
    return;
  case CN_KIND_FLAG:
    if (value->type != CN_JSON_BOOL)
      wrong(r, "true or false was expected");
    else
      *(bool *)p = value->truth;
    return;
  case CN_KIND_TEXTS: read_texts(r, value, p); return;
  case CN_KIND_INT: read_int(r, value, p); return;
  case CN_KIND_DATE: read_date(r, value, p); return;
  case CN_KIND_NUMBER: read_number(r, value, p); return;
  case CN_KIND_ENUM: read_enum(r, f, value, p); return;
  case CN_KIND_OBJECT: read_object(r, f, value, p); return;
  case CN_KIND_LIST: read_list(r, f, value, p); return;
  case CN_KIND_EXTRA: read_extra(r, value, p); return;
  }
}

static const cn_shape_field *field_of(const cn_shape *shape, cn_view key, size_t *hint) {
  for (size_t k = 0; k < shape->count; k++) { /* members come in the shape's order, so the next one is the likeliest */
    size_t i = (*hint + k) % shape->count;
    if (!cn_view_is(key, shape->fields[i].name)) continue;
    *hint = i + 1;
    return &shape->fields[i];
  }
  return NULL;
}

static void read_record(reader *r, const cn_shape *shape, const cn_json *object, void *record) {
  size_t hint = 0;
  if (object->type != CN_JSON_OBJECT) {
    wrong(r, "an object was expected");
    return;
  }
  cn_record_init(shape, record);
  for (const cn_json *m = object->first; m; m = m->next) {
    const cn_shape_field *f = field_of(shape, m->key, &hint);
    if (f) read_value(r, f, m, (char *)record + f->offset);
  }
}

/* The members that this version does not know, as they were. */
static cn_view unknown_members(reader *r, const cn_shape *shape, const cn_json *object) {
  size_t hint = 0;
  cn_buf buf;
  cn_buf_init(&buf, r->arena->trap);
  for (const cn_json *m = object->first; m; m = m->next) {
    if (cn_view_is(m->key, "type") || field_of(shape, m->key, &hint)) continue;
    if (buf.n) cn_buf_add_char(&buf, ',');
    cn_json_write_text(&buf, m->key);
    cn_buf_add_char(&buf, ':');
    cn_buf_add_view(&buf, m->raw);
  }
  cn_view kept = buf.n ? cn_arena_copy(r->arena, cn_buf_view(&buf)) : CN_NULL_VIEW;
  cn_buf_free(&buf);
  return kept;
}

cn_status cn_event_read(cn_arena *arena, cn_view line, cn_event *event, const char **error) {
  size_t at;
  reader r = {arena, NULL};
  const cn_json *object = cn_json_read(arena, line, error, &at);
  if (!object) return CN_BROKEN;
  const cn_json *type = cn_json_member(object, "type");
  for (size_t i = 0; i < CN_COUNT(types); i++) {
    if (!type || type->type != CN_JSON_TEXT || !cn_view_is(type->text, types[i].name)) continue;
    void *record = cn_arena_alloc(arena, types[i].shape->size);
    read_record(&r, types[i].shape, object, record);
    bool done = cn_json_member(object, "targets") != NULL;
    *event = (cn_event){.type = (cn_event_type)i,
                        .normalized = done,
                        .record = record,
                        .unknown = unknown_members(&r, types[i].shape, object)};
    *error = r.error;
    return r.error ? CN_BROKEN : CN_OK;
  }
  *error = "an object with a known \"type\" was expected";
  return CN_BROKEN;
}

/* --- diagnostics ----------------------------------------------------------------------------------------------- */

const cn_diag_info cn_diag_table[CN_DIAG_COUNT] = {
#define CN_DIAG(constant, code, severity, doc) {code, severity, doc},
#include "core/diag.def"
};

cn_status cn_diagnose(const cn_sink *sink, cn_diag code, cn_place place, cn_view message) {
  cn_diagnostic d = {.notice = place.notice,
                     .severity = cn_diag_table[code].severity,
                     .code = cn_view_of(cn_diag_table[code].code),
                     .message = message,
                     .line = place.line,
                     .column = place.column,
                     .block = place.block,
                     .no = place.no};
  return cn_push(sink, &(cn_event){.type = CN_EVENT_DIAGNOSTIC, .diagnostic = &d});
}
