/* schema: the JSON Schemas of the record and of the events, made from the shapes of record.def.
 *
 * In:  notice or event.  Out: JSON Schema 2020-12.  schema/ holds what this prints; a test compares and validates every
 * output of the program against it. */
#include "app/pipeline.h"
#include "core/json.h"

/* Texts and numbers that are always there; all others may be null. */
static const char *const never_null[] = {
    "notice.schema",   "source.name",       "target.text",         "target.start",    "target.end",
    "condition.text",  "condition.start",   "condition.end",       "stage.text",      "deadline.text",
    "row.task",        "responsible.name",  "responsible.kind",    "relative.offset", "mention.text",
    "mention.start",   "mention.end",       "mention.role",        "diagnostic.code", "diagnostic.message",
    "cell.text",       "cell.field",        "diagnostic.severity", "end.rows",        "end.blocks",
    "target.relation", "condition.relation"};

static bool nullable(const cn_shape *shape, const cn_shape_field *f) {
  char name[64];
  snprintf(name, sizeof name, "%s.%s", shape->name, f->name);
  for (size_t i = 0; i < CN_COUNT(never_null); i++)
    if (strcmp(name, never_null[i]) == 0) return false;
  return true;
}

static void add_enum(cn_buf *out, const cn_enum_names *names, bool null) {
  cn_buf_add_string(out, "\"enum\": [");
  for (size_t i = 1; i < names->count; i++) cn_buf_format(out, "%s\"%s\"", i > 1 ? ", " : "", names->names[i]);
  cn_buf_add_string(out, null ? ", null]" : "]");
}

static void add_typed(cn_buf *out, const char *type, const char *more, bool null) {
  if (null)
    cn_buf_format(out, "\"type\": [\"%s\", \"null\"]%s", type, more);
  else
    cn_buf_format(out, "\"type\": \"%s\"%s", type, more);
}

static void add_kind(cn_buf *out, const cn_shape *shape, const cn_shape_field *f) {
  bool null = nullable(shape, f);
  switch (f->kind) {
  case CN_KIND_TEXT: add_typed(out, "string", "", null); return;
  case CN_KIND_INT: add_typed(out, "integer", "", null); return;
  case CN_KIND_NUMBER: add_typed(out, "number", "", null); return;
  case CN_KIND_DATE: add_typed(out, "string", ", \"format\": \"date\"", null); return;
  case CN_KIND_FLAG: add_typed(out, "boolean", "", false); return;
  case CN_KIND_ENUM: add_enum(out, f->names, null); return;
  case CN_KIND_TEXTS: cn_buf_add_string(out, "\"type\": \"array\", \"items\": {\"type\": \"string\"}"); return;
  case CN_KIND_LIST:
    cn_buf_format(out, "\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/%s\"}", f->shape->name);
    return;
  case CN_KIND_OBJECT:
    cn_buf_format(out, "\"anyOf\": [{\"$ref\": \"#/$defs/%s\"}, {\"type\": \"null\"}]", f->shape->name);
    return;
  case CN_KIND_EXTRA:
    cn_buf_add_string(out, "\"type\": \"object\", \"additionalProperties\": {\"type\": \"string\"}");
    return;
  }
}

static bool in_document(const cn_shape_field *f) { return f->when != CN_WHEN_EVENT && f->when != CN_WHEN_CELLS; }

static void add_field(cn_buf *out, const cn_shape *shape, const cn_shape_field *f, bool *first, int indent) {
  cn_buf_format(out, "%s\n%*s\"%s\": {", *first ? "" : ",", indent, "", f->name);
  *first = false;
  add_kind(out, shape, f);
  cn_buf_add_string(out, ", \"description\": ");
  cn_json_write_text(out, cn_view_of(f->doc));
  cn_buf_add_char(out, '}');
}

/* "required": the fields that every writing has; rows that are not normalized lack the DONE ones. */
static void add_required(cn_buf *out, const cn_shape *shape, bool event, const char *more, int indent) {
  bool first = true;
  cn_buf_format(out, "\n%*s},\n%*s\"required\": [", indent, "", indent, "");
  if (event) cn_buf_add_string(out, "\"type\""), first = false;
  for (size_t i = 0; i < shape->count; i++) {
    const cn_shape_field *f = &shape->fields[i];
    bool required = f->when == CN_WHEN_ALWAYS || (event ? f->when == CN_WHEN_EVENT : f->when == CN_WHEN_DONE);
    if (required) cn_buf_format(out, "%s\"%s\"", first ? "" : ", ", f->name), first = false;
  }
  cn_buf_format(out, "%s],\n%*s\"additionalProperties\": %s", more, indent, "", event ? "true" : "false");
}

static void add_members(cn_buf *out, const cn_shape *shape, bool *first, bool event, int indent) {
  for (size_t i = 0; i < shape->count; i++)
    if (event || in_document(&shape->fields[i])) add_field(out, shape, &shape->fields[i], first, indent);
}

static void add_definition(cn_buf *out, const cn_shape *shape, bool *first) {
  bool none = true;
  cn_buf_format(out, "%s\n    \"%s\": {\n      \"type\": \"object\",\n      \"properties\": {", *first ? "" : ",",
                shape->name);
  *first = false;
  add_members(out, shape, &none, false, 8);
  add_required(out, shape, false, "", 6);
  cn_buf_add_string(out, "\n    }");
}

static const cn_shape *const parts[] = {&cn_source_shape, &cn_contact_shape,  &cn_condition_shape,
                                        &cn_target_shape, &cn_mention_shape,  &cn_relative_shape,
                                        &cn_stage_shape,  &cn_deadline_shape, &cn_responsible_shape};

static void add_head(cn_buf *out, const char *name, const char *title) {
  cn_buf_format(out,
                "{\n  \"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n  \"$id\": "
                "\"urn:chengnuo:1:%s\",\n  \"title\": \"%s\",\n",
                name, title);
}

static void add_definitions(cn_buf *out) {
  bool first = true;
  cn_buf_add_string(out, "  \"$defs\": {");
  for (size_t i = 0; i < CN_COUNT(parts); i++) add_definition(out, parts[i], &first);
}

static void add_notice_schema(cn_buf *out) {
  bool first = true;
  add_head(out, "notice", "the record of one notice");
  cn_buf_add_string(out, "  \"type\": \"object\",\n  \"properties\": {");
  add_members(out, &cn_notice_shape, &first, false, 4);
  cn_buf_add_string(out, ",\n    \"blocks\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/block\"}},\n"
                         "    \"diagnostics\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/diagnostic\"}}");
  add_required(out, &cn_notice_shape, false, ", \"blocks\", \"diagnostics\"", 2);
  cn_buf_add_string(out, ",\n");
  add_definitions(out);
  first = false;
  add_definition(out, &cn_row_shape, &first);
  add_definition(out, &cn_diagnostic_shape, &first);
  cn_buf_add_string(out, ",\n    \"block\": {\n      \"type\": \"object\",\n      \"properties\": {");
  first = true;
  add_members(out, &cn_block_shape, &first, false, 8);
  cn_buf_add_string(out, ",\n        \"rows\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/row\"}},\n"
                         "        \"contacts\": {\"type\": \"array\", \"items\": {\"$ref\": \"#/$defs/contact\"}}");
  add_required(out, &cn_block_shape, false, ", \"rows\", \"contacts\"", 6);
  cn_buf_add_string(out, "\n    }\n  }\n}\n");
}

static void add_event_schema(cn_buf *out) {
  bool first = false;
  add_head(out, "event", "one event of the stream between the stages");
  cn_buf_add_string(out, "  \"oneOf\": [");
  for (int i = 0; i <= CN_EVENT_END; i++)
    cn_buf_format(out, "%s{\"$ref\": \"#/$defs/%s_event\"}", i ? ", " : "", cn_event_name((cn_event_type)i));
  cn_buf_add_string(out, "],\n");
  add_definitions(out);
  add_definition(out, &cn_cell_shape, &first);
  for (int i = 0; i <= CN_EVENT_END; i++) {
    const cn_shape *shape = cn_event_shape((cn_event_type)i);
    cn_buf_format(out,
                  ",\n    \"%s_event\": {\n      \"type\": \"object\",\n      \"properties\": {\n        \"type\": "
                  "{\"const\": \"%s\"}",
                  cn_event_name((cn_event_type)i), cn_event_name((cn_event_type)i));
    first = false;
    add_members(out, shape, &first, true, 8);
    add_required(out, shape, true, "", 6);
    cn_buf_add_string(out, "\n    }");
  }
  cn_buf_add_string(out, "\n  }\n}\n");
}

cn_status cn_command_schema(cn_app *app);
cn_status cn_command_schema(cn_app *app) {
  const char *which = app->operand_count == 1 ? app->operands[0] : "";
  bool notice = strcmp(which, "notice") == 0;
  if (!notice && strcmp(which, "event") != 0) return cn_usage(app, "schema takes: notice, or event");
  cn_buf text;
  cn_buf_init(&text, &app->trap);
  if (notice)
    add_notice_schema(&text);
  else
    add_event_schema(&text);
  cn_status status = cn_pipeline_send(app, cn_buf_view(&text));
  cn_buf_free(&text);
  return status;
}
