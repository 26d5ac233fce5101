/* SQLite: tables from shapes, indexes, full text, views. In: record.def's shapes.  Out: SQL text. */
#include "emit/sqlite.h"

const cn_sql_table_info cn_sql_tables[CN_SQL_TABLES] = {
    [CN_SQL_NOTICE] = {"notice", "id INTEGER PRIMARY KEY", NULL, 1, 0, &cn_notice_shape, &cn_source_shape},
    [CN_SQL_BLOCK] = {"block",
                      "id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notice ON DELETE CASCADE, ordinal "
                      "INTEGER NOT NULL",
                      NULL, 3, 0, &cn_block_shape, NULL},
    [CN_SQL_ROW] = {"row",
                    "id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notice ON DELETE CASCADE, block_id "
                    "INTEGER REFERENCES block ON DELETE CASCADE, ordinal INTEGER NOT NULL",
                    "deadline TEXT, ongoing INTEGER, extra TEXT", 4, 3, &cn_row_shape, NULL},
    [CN_SQL_TARGET] = {"target",
                       "id INTEGER PRIMARY KEY, row_id INTEGER NOT NULL REFERENCES row ON DELETE CASCADE, ordinal "
                       "INTEGER NOT NULL",
                       NULL, 3, 0, &cn_target_shape, NULL},
    [CN_SQL_CONDITION] = {"condition",
                          "id INTEGER PRIMARY KEY, target_id INTEGER NOT NULL REFERENCES target ON DELETE CASCADE, "
                          "ordinal INTEGER NOT NULL",
                          NULL, 3, 0, &cn_condition_shape, NULL},
    [CN_SQL_STAGE] = {"stage",
                      "id INTEGER PRIMARY KEY, row_id INTEGER NOT NULL REFERENCES row ON DELETE CASCADE, ordinal "
                      "INTEGER NOT NULL, source TEXT NOT NULL",
                      "event TEXT, offset TEXT, business INTEGER", 4, 3, &cn_stage_shape, NULL},
    [CN_SQL_RESPONSIBLE] = {"responsible",
                            "id INTEGER PRIMARY KEY, row_id INTEGER NOT NULL REFERENCES row ON DELETE CASCADE, ordinal "
                            "INTEGER NOT NULL",
                            NULL, 3, 0, &cn_responsible_shape, NULL},
    [CN_SQL_CONTACT] = {"contact",
                        "id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notice ON DELETE CASCADE, "
                        "block_id INTEGER REFERENCES block ON DELETE CASCADE",
                        "phones TEXT", 3, 1, &cn_contact_shape, NULL},
    [CN_SQL_DIAGNOSTIC] = {"diagnostic",
                           "id INTEGER PRIMARY KEY, notice_id INTEGER NOT NULL REFERENCES notice ON DELETE CASCADE",
                           NULL, 2, 0, &cn_diagnostic_shape, NULL},
};

/* The schema name says nothing once it is in a table of one schema. */
bool cn_sql_is_column(const cn_shape_field *f) {
  if (f->when == CN_WHEN_EVENT || f->when == CN_WHEN_CELLS || strcmp(f->name, "schema") == 0) return false;
  switch (f->kind) {
  case CN_KIND_TEXT:
  case CN_KIND_INT:
  case CN_KIND_FLAG:
  case CN_KIND_DATE:
  case CN_KIND_NUMBER:
  case CN_KIND_ENUM: return true;
  case CN_KIND_TEXTS:
  case CN_KIND_OBJECT:
  case CN_KIND_LIST:
  case CN_KIND_EXTRA: break;
  }
  return false;
}

static void add_name(cn_buf *sql, const cn_shape_field *f) {
  bool edge = strcmp(f->name, "start") == 0 || strcmp(f->name, "end") == 0;
  cn_buf_add_string(sql, f->name);
  if (edge) cn_buf_add_string(sql, f->kind == CN_KIND_DATE ? "_date" : "_at");
}

static const char *type_of(const cn_shape_field *f) {
  if (f->kind == CN_KIND_NUMBER) return "NUMERIC";
  return f->kind == CN_KIND_INT || f->kind == CN_KIND_FLAG ? "INTEGER" : "TEXT";
}

static void add_columns(cn_buf *sql, const cn_shape *shape) {
  for (size_t i = 0; shape && i < shape->count; i++) {
    const cn_shape_field *f = &shape->fields[i];
    if (!cn_sql_is_column(f)) continue;
    cn_buf_add_string(sql, ",\n  ");
    add_name(sql, f);
    cn_buf_format(sql, " %s", type_of(f));
    if (f->kind == CN_KIND_NUMBER) cn_buf_format(sql, ", %s_exact TEXT", f->name);
    cn_buf_format(sql, " /* %s */", f->doc);
  }
}

static const char rest[] =
    "CREATE UNIQUE INDEX notice_sha256 ON notice (sha256);\n"
    "CREATE INDEX block_notice ON block (notice_id, ordinal);\n"
    "CREATE INDEX row_notice ON row (notice_id, ordinal);\n"
    "CREATE INDEX row_block ON row (block_id);\n"
    "CREATE INDEX row_due ON row (due);\n"
    "CREATE INDEX target_row ON target (row_id, ordinal);\n"
    "CREATE INDEX target_metric ON target (metric);\n"
    "CREATE INDEX target_unit ON target (unit_code, value);\n"
    "CREATE INDEX condition_target ON condition (target_id, ordinal);\n"
    "CREATE INDEX stage_row ON stage (row_id, ordinal);\n"
    "CREATE INDEX stage_end ON stage (end_date);\n"
    "CREATE INDEX responsible_row ON responsible (row_id, ordinal);\n"
    "CREATE INDEX responsible_name ON responsible (name);\n"
    "CREATE INDEX contact_notice ON contact (notice_id, block_id);\n"
    "CREATE INDEX diagnostic_notice ON diagnostic (notice_id);\n"
    "CREATE VIRTUAL TABLE task_fts USING fts5 (task, content='row', content_rowid='id', tokenize='trigram');\n"
    "CREATE TRIGGER row_inserted AFTER INSERT ON row BEGIN\n"
    "  INSERT INTO task_fts (rowid, task) VALUES (new.id, new.task);\nEND;\n"
    "CREATE TRIGGER row_deleted AFTER DELETE ON row BEGIN\n"
    "  INSERT INTO task_fts (task_fts, rowid, task) VALUES ('delete', old.id, old.task);\nEND;\n"
    "CREATE VIEW due_soon AS\n"
    "  SELECT r.due, CAST(julianday(r.due) - julianday('now', 'localtime', 'start of day') AS INTEGER) AS days_left,\n"
    "         n.title, b.name AS block, r.no, r.task, r.deadline,\n"
    "         (SELECT group_concat(name, '; ') FROM (SELECT name FROM responsible p WHERE p.row_id = r.id ORDER BY\n"
    "           ordinal)) AS responsible, r.id AS row_id\n"
    "  FROM row r JOIN notice n ON n.id = r.notice_id LEFT JOIN block b ON b.id = r.block_id\n"
    "  WHERE r.due >= date('now', 'localtime') ORDER BY r.due, r.id;\n"
    "CREATE VIEW targets_by_unit AS\n"
    "  SELECT unit_code, dimension, change, count(*) AS targets, min(coalesce(value, min)) AS least,\n"
    "         max(coalesce(value, max)) AS most\n"
    "  FROM target GROUP BY unit_code, dimension, change ORDER BY targets DESC, unit_code, change;\n";

void cn_sql_schema(cn_buf *sql) {
  cn_buf_format(sql, "PRAGMA application_id = %d;\nPRAGMA user_version = %d;\n", CN_SQL_APPLICATION, CN_SQL_VERSION);
  for (size_t i = 0; i < CN_SQL_TABLES; i++) {
    const cn_sql_table_info *t = &cn_sql_tables[i];
    cn_buf_format(sql, "CREATE TABLE %s (%s", t->name, t->keys);
    add_columns(sql, t->second);
    add_columns(sql, t->shape);
    if (t->tail) cn_buf_format(sql, ",\n  %s", t->tail);
    cn_buf_add_string(sql, ");\n");
  }
  cn_buf_add_string(sql, rest);
}

static int count_columns(const cn_shape *shape) {
  int n = 0;
  for (size_t i = 0; shape && i < shape->count; i++)
    if (cn_sql_is_column(&shape->fields[i])) n += shape->fields[i].kind == CN_KIND_NUMBER ? 2 : 1;
  return n;
}

void cn_sql_insert(cn_buf *sql, cn_sql_table table) {
  const cn_sql_table_info *t = &cn_sql_tables[table];
  int n = t->key_count + count_columns(t->second) + count_columns(t->shape) + t->tail_count;
  cn_buf_format(sql, "INSERT INTO %s VALUES (?", t->name);
  while (--n > 0) cn_buf_add_string(sql, ",?");
  cn_buf_add_char(sql, ')');
}
