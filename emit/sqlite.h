/* The SQLite format's tables, made from the record's shapes: a scalar field of record.def is a column.
 *
 * start and end are named start_at/end_at (positions) or start_date/end_date (dates), because END is a word of SQL. A
 * NUMBER has two columns: value, to compute with, and value_exact, its digits as text. */
#ifndef CN_EMIT_SQLITE_H
#define CN_EMIT_SQLITE_H

#include "core/buf.h"
#include "core/record.h"

typedef enum cn_sql_table {
  CN_SQL_NOTICE,
  CN_SQL_BLOCK,
  CN_SQL_ROW,
  CN_SQL_TARGET,
  CN_SQL_CONDITION,
  CN_SQL_STAGE,
  CN_SQL_RESPONSIBLE,
  CN_SQL_CONTACT,
  CN_SQL_DIAGNOSTIC,
  CN_SQL_TABLES
} cn_sql_table;

/* The name and the shape (or two: notice and source) whose scalar fields are columns, behind `keys` leading columns. */
typedef struct cn_sql_table_info {
  const char *name, *keys, *tail;
  int key_count, tail_count;
  const cn_shape *shape, *second;
} cn_sql_table_info;

extern const cn_sql_table_info cn_sql_tables[CN_SQL_TABLES];

/* Whether the field is a column of its own. */
bool cn_sql_is_column(const cn_shape_field *field);
/* Appends the statements that make all tables, indexes, the full-text index and the views. */
void cn_sql_schema(cn_buf *sql);
/* Appends INSERT INTO table VALUES (?, …). */
void cn_sql_insert(cn_buf *sql, cn_sql_table table);

enum { CN_SQL_APPLICATION = 0x434E3031, CN_SQL_VERSION = 1 };

#endif
