/* See datapackage.h. In: the columns and where the data goes.  Out: a datapackage.json, Data Package 1.0. Owns its own
 * output file. */
#include "emit/datapackage.h"

#include "core/json.h"
#include "emit/columns.h"
#include "emit/writer.h"

#include <limits.h>

/* The real folder of `path`, which need not exist itself; NULL where the folder does not. */
static const char *folder_of(cn_arena *arena, const char *path, const char **name) {
  char real[PATH_MAX];
  const char *slash = strrchr(path, '/');
  *name = slash ? slash + 1 : path;
  const char *folder = slash == path ? "/" : slash ? cn_arena_string(arena, cn_view_between(path, slash)) : ".";
  return realpath(folder, real) ? cn_arena_string(arena, cn_view_of(real)) : NULL;
}

/* The data's path as the descriptor must say it, or null: /d/a.csv seen from /d/datapackage.json is a.csv. */
static cn_view relative_path(cn_arena *arena, const char *data, const char *descriptor) {
  const char *name, *ignored;
  const char *data_folder = folder_of(arena, data, &name), *base = folder_of(arena, descriptor, &ignored);
  if (!data_folder || !base) return CN_NULL_VIEW;
  size_t n = strcmp(base, "/") == 0 ? 0 : strlen(base);
  if (strncmp(data_folder, base, n) != 0 || (data_folder[n] && data_folder[n] != '/')) return CN_NULL_VIEW;
  const char *below = data_folder[n] ? data_folder + n + 1 : data_folder + n;
  return cn_arena_format(arena, "%s%s%s", below, *below ? "/" : "", name);
}

cn_status cn_datapackage_check(cn_arena *arena, const cn_emit_options *options, const cn_output *data, cn_view *error) {
  const char *final = cn_output_final(data);
  if (!final)
    *error = CN_VIEW("--datapackage needs the data in a file: give -o FILE");
  else if (cn_view_is_null(relative_path(arena, final, options->datapackage)))
    *error = CN_VIEW("--datapackage FILE must stand in the folder of the data, or in one above it");
  else
    return CN_OK;
  return CN_USAGE;
}

static void member(cn_buf *buf, const char *key, cn_view value) {
  cn_json_write_text(buf, cn_view_of(key));
  cn_buf_add_string(buf, ": ");
  cn_json_write_text(buf, value);
}

static void add_field(cn_buf *buf, cn_column c, bool chinese) {
  static const char *const types[] = {"string", "integer", "number", "date", "boolean"};
  const cn_column_info *info = &cn_columns[c];
  cn_buf_add_string(buf, "          {");
  member(buf, "name", cn_view_of(chinese ? info->chinese : info->name));
  cn_buf_add_string(buf, ", ");
  member(buf, "title", cn_view_of(chinese ? info->name : info->chinese));
  cn_buf_add_string(buf, ", ");
  member(buf, "type", cn_view_of(types[info->type]));
  cn_buf_add_string(buf, ", ");
  member(buf, "description", cn_view_of(info->doc));
  cn_buf_add_char(buf, '}');
}

static void add_fields(cn_buf *buf, const cn_emit_options *options) {
  bool first = true;
  for (cn_column c = 0; c < CN_COLUMN_COUNT; c++) {
    if (!cn_column_in(c, options->targets)) continue;
    cn_buf_add_string(buf, first ? "\n" : ",\n");
    first = false;
    add_field(buf, c, options->header == CN_HEADER_ZH);
  }
}

static void add_resource(cn_buf *buf, const cn_emit_options *options, cn_view path, const cn_table_dialect *dialect) {
  const char *name = options->targets ? "targets" : "commitments";
  cn_buf_format(buf, "    {\n      \"profile\": \"tabular-data-resource\",\n      \"name\": \"%s\",\n      ", name);
  member(buf, "path", path);
  cn_buf_format(buf, ",\n      \"format\": \"%s\",\n      \"encoding\": \"utf-8\",\n", dialect->format);
  cn_buf_add_string(buf, "      \"dialect\": {\"delimiter\": ");
  cn_json_write_text(buf, (cn_view){&dialect->separator, 1});
  cn_buf_add_string(buf, ", ");
  member(buf, "lineTerminator", cn_view_of(dialect->line_end));
  cn_buf_format(buf, ", \"doubleQuote\": true, \"header\": %s},\n",
                options->header == CN_HEADER_NONE ? "false" : "true");
  cn_buf_add_string(buf, "      \"schema\": {\n        \"missingValues\": [\"\"],\n        \"fields\": [");
  add_fields(buf, options);
  cn_buf_add_string(buf, "\n        ]\n      }\n    }\n");
}

cn_status cn_datapackage_write(cn_arena *arena, const cn_emit_options *options, cn_output *data,
                               const cn_table_dialect *dialect) {
  cn_output *output;
  cn_view error;
  cn_buf *buf = cn_arena_new(arena, cn_buf, 1);
  cn_writer_buf(arena, buf);
  cn_buf_add_string(buf,
                    "{\n  \"profile\": \"tabular-data-package\",\n  \"name\": \"chengnuo\",\n  \"resources\": [\n");
  add_resource(buf, options, relative_path(arena, cn_output_final(data), options->datapackage), dialect);
  cn_buf_add_string(buf, "  ]\n}\n");
  cn_status status = cn_output_open(arena, options->datapackage, &output, &error);
  if (status == CN_OK) status = cn_writer_send(output, buf);
  if (status == CN_OK) status = cn_output_commit(output);
  return status == CN_IO ? cn_output_fail(data, cn_output_error(output)) : status;
}
