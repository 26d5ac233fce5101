/* A Frictionless Data Package descriptor beside a csv or tsv file: what each column is, for tools that load it. */
#ifndef CN_EMIT_DATAPACKAGE_H
#define CN_EMIT_DATAPACKAGE_H

#include "emit/emit.h"

typedef struct cn_table_dialect {
  const char *format;
  char separator;
  const char *line_end;
} cn_table_dialect;

/* CN_USAGE with *error where no descriptor can be written: a package's data must stand beside or below it, by a
 * relative path (Data Package, "path"). */
CN_MUST_USE cn_status cn_datapackage_check(cn_arena *arena, const cn_emit_options *options, const cn_output *data,
                                           cn_view *error);
CN_MUST_USE cn_status cn_datapackage_write(cn_arena *arena, const cn_emit_options *options, cn_output *data,
                                           const cn_table_dialect *dialect);

#endif
