/* The columns of the flat formats (columns.def): their names, types and how a row or target fills them. */
#ifndef CN_EMIT_COLUMNS_H
#define CN_EMIT_COLUMNS_H

#include "core/buf.h"
#include "core/record.h"

typedef enum cn_column {
#define CN_COLUMN(constant, name, chinese, type, where, doc) CN_COLUMN_##constant,
#include "emit/columns.def"
  CN_COLUMN_COUNT
} cn_column;

typedef enum cn_column_type {
  CN_TYPE_STRING,
  CN_TYPE_INTEGER,
  CN_TYPE_NUMBER,
  CN_TYPE_DATE,
  CN_TYPE_BOOLEAN
} cn_column_type;
typedef enum cn_column_where { CN_WHERE_BOTH, CN_WHERE_ROWS, CN_WHERE_TARGETS } cn_column_where;

typedef struct cn_column_info {
  const char *name, *chinese, *doc;
  cn_column_type type;
  cn_column_where where;
} cn_column_info;

extern const cn_column_info cn_columns[CN_COLUMN_COUNT];

/* Whether the column is in a table of targets (or of rows). */
static inline bool cn_column_in(cn_column column, bool targets) {
  return cn_columns[column].where == CN_WHERE_BOTH || (cn_columns[column].where == CN_WHERE_TARGETS) == targets;
}

/* Appends the column's text for a row, or for one of its targets; nothing where it is null. `target` is NULL in a table
 * of rows. */
void cn_column_write(cn_buf *buf, cn_column column, const cn_row *row, const cn_target *target);

#endif
