/* sqlite: events -> a SQLite database. The only file that includes sqlite3.h.
 *
 * In:  normalized events of one notice or many.  Out: a database file at the output's temporary path, which begins as a
 * copy of the file that is already there, so that a second notice is added and the file is replaced whole or not at
 * all. A notice that is there already (same sha256) is replaced, not doubled. */
#define CN_OWNER
#include "emit/sqlite.h"

#include "core/json.h"
#include "emit/writer.h"

#include <sqlite3.h>
#include <unistd.h>

typedef struct sqlite_writer {
  cn_arena *arena;
  cn_output *output;
  sqlite3 *db;
  sqlite3_stmt *insert[CN_SQL_TABLES], *forget;
  cn_buf scratch;
  int64_t notice, block, rows, blocks;
} sqlite_writer;

/* Memory that SQLite lacked leaves through the trap, like all other; the rest is the output's failure. */
static cn_status trouble(sqlite_writer *w) {
  if (!w->db || sqlite3_errcode(w->db) == SQLITE_NOMEM) cn_trap_spring(w->arena->trap);
  return CN_IO;
}

/* Of calls that fail for want of memory only: a value that was not bound would be stored as NULL in silence. */
static void need(sqlite_writer *w, int result) {
  if (result == SQLITE_NOMEM) cn_trap_spring(w->arena->trap);
}

static cn_status failed(sqlite_writer *w) {
  cn_status status = trouble(w);
  CN_TRY(cn_output_fail(w->output, cn_arena_format(w->arena, "SQLite: %s", sqlite3_errmsg(w->db))));
  return status;
}

static void close_writer(void *self) {
  sqlite_writer *w = self;
  for (size_t i = 0; i < CN_SQL_TABLES; i++) sqlite3_finalize(w->insert[i]);
  sqlite3_finalize(w->forget);
  sqlite3_close(w->db);
  w->db = NULL;
}

/* --- binding ------------------------------------------------------------------------------------------------------ */

typedef struct binder {
  sqlite_writer *w;
  sqlite3_stmt *statement;
  int at;
} binder;

static binder begin(sqlite_writer *w, cn_sql_table table) {
  sqlite3_reset(w->insert[table]);
  sqlite3_clear_bindings(w->insert[table]);
  return (binder){w, w->insert[table], 0};
}

static void bind_null(binder *b) { b->at++; }

static void bind_int(binder *b, int64_t value) {
  b->at++;
  if (value != CN_NONE) need(b->w, sqlite3_bind_int64(b->statement, b->at, value));
}

static void bind_text(binder *b, cn_view v) {
  b->at++;
  if (v.p) need(b->w, sqlite3_bind_text64(b->statement, b->at, v.p, v.n, SQLITE_TRANSIENT, SQLITE_UTF8));
}

/* As text twice: the NUMERIC column turns it into the nearest number, the other keeps every digit. */
static void bind_number(binder *b, cn_decimal d) {
  cn_buf_reset(&b->w->scratch);
  if (d.known) cn_decimal_write(&b->w->scratch, d);
  cn_view text = d.known ? cn_buf_view(&b->w->scratch) : CN_NULL_VIEW;
  bind_text(b, text);
  bind_text(b, text);
}

static void bind_date(binder *b, cn_date d) {
  cn_buf_reset(&b->w->scratch);
  if (cn_date_known(d)) cn_date_write(&b->w->scratch, d);
  bind_text(b, cn_date_known(d) ? cn_buf_view(&b->w->scratch) : CN_NULL_VIEW);
}

static void bind_enum(binder *b, const cn_shape_field *f, const void *p) {
  int value;
  memcpy(&value, p, sizeof value);
  bind_text(b, cn_view_of(cn_enum_name(f->names, value)));
}

static void bind_record(binder *b, const cn_shape *shape, const void *record) {
  for (size_t i = 0; shape && i < shape->count; i++) {
    const cn_shape_field *f = &shape->fields[i];
    const void *p = (const char *)record + f->offset;
    if (!cn_sql_is_column(f)) continue;
    switch ((int)f->kind) {
    case CN_KIND_INT: bind_int(b, *(const int64_t *)p); break;
    case CN_KIND_FLAG: bind_int(b, *(const bool *)p); break;
    case CN_KIND_DATE: bind_date(b, *(const cn_date *)p); break;
    case CN_KIND_NUMBER: bind_number(b, *(const cn_decimal *)p); break;
    case CN_KIND_ENUM: bind_enum(b, f, p); break;
    default: bind_text(b, *(const cn_view *)p); break;
    }
  }
}

static cn_status run(binder *b, int64_t *id) {
  if (sqlite3_step(b->statement) != SQLITE_DONE) return failed(b->w);
  *id = sqlite3_last_insert_rowid(b->w->db);
  return CN_OK;
}

/* --- events ------------------------------------------------------------------------------------------------------- */

static cn_status forget(sqlite_writer *w, cn_view sha256) {
  if (!sha256.p) return CN_OK;
  sqlite3_reset(w->forget);
  need(w, sqlite3_bind_text64(w->forget, 1, sha256.p, sha256.n, SQLITE_TRANSIENT, SQLITE_UTF8));
  return sqlite3_step(w->forget) == SQLITE_DONE ? CN_OK : failed(w);
}

static cn_status add_contact(sqlite_writer *w, int64_t block, cn_contact contact) {
  int64_t id = CN_NONE;
  binder b = begin(w, CN_SQL_CONTACT);
  bind_null(&b);
  bind_int(&b, w->notice);
  bind_int(&b, block);
  bind_record(&b, &cn_contact_shape, &contact);
  cn_buf_reset(&w->scratch);
  for (size_t i = 0; i < contact.phones.n; i++) {
    if (i) cn_buf_add_string(&w->scratch, "; ");
    cn_buf_add_view(&w->scratch, contact.phones.items[i]);
  }
  bind_text(&b, cn_buf_view(&w->scratch));
  return run(&b, &id);
}

static cn_status add_notice(sqlite_writer *w, const cn_notice *notice) {
  cn_source none;
  memset(&none, 0, sizeof none);
  cn_record_init(&cn_source_shape, &none);
  const cn_source *source = notice->source ? notice->source : &none;
  CN_TRY(forget(w, source->sha256));
  binder b = begin(w, CN_SQL_NOTICE);
  bind_null(&b);
  bind_record(&b, &cn_source_shape, source);
  bind_record(&b, &cn_notice_shape, notice);
  CN_TRY(run(&b, &w->notice));
  w->block = CN_NONE;
  w->rows = w->blocks = 0;
  for (size_t i = 0; i < notice->contacts.n; i++) CN_TRY(add_contact(w, CN_NONE, notice->contacts.items[i]));
  return CN_OK;
}

static cn_status add_block(sqlite_writer *w, const cn_block *block) {
  binder b = begin(w, CN_SQL_BLOCK);
  bind_null(&b);
  bind_int(&b, w->notice);
  bind_int(&b, w->blocks++);
  bind_record(&b, &cn_block_shape, block);
  return run(&b, &w->block);
}

static cn_status add_target(sqlite_writer *w, int64_t row, int64_t ordinal, const cn_target *target) {
  int64_t id = CN_NONE, ignored;
  binder b = begin(w, CN_SQL_TARGET);
  bind_null(&b);
  bind_int(&b, row);
  bind_int(&b, ordinal);
  bind_record(&b, &cn_target_shape, target);
  CN_TRY(run(&b, &id));
  for (size_t i = 0; i < target->where.n; i++) {
    b = begin(w, CN_SQL_CONDITION);
    bind_null(&b);
    bind_int(&b, id);
    bind_int(&b, (int64_t)i);
    bind_record(&b, &cn_condition_shape, &target->where.items[i]);
    CN_TRY(run(&b, &ignored));
  }
  return CN_OK;
}

static cn_status add_stages(sqlite_writer *w, int64_t row, const char *source, cn_stage_list stages) {
  int64_t id = CN_NONE;
  for (size_t i = 0; i < stages.n; i++) {
    const cn_relative *relative = stages.items[i].relative;
    binder b = begin(w, CN_SQL_STAGE);
    bind_null(&b);
    bind_int(&b, row);
    bind_int(&b, (int64_t)i);
    bind_text(&b, cn_view_of(source));
    bind_record(&b, &cn_stage_shape, &stages.items[i]);
    bind_text(&b, relative ? relative->event : CN_NULL_VIEW);
    bind_text(&b, relative ? relative->offset : CN_NULL_VIEW);
    bind_int(&b, relative ? relative->business : CN_NONE);
    CN_TRY(run(&b, &id));
  }
  return CN_OK;
}

static cn_status add_responsible(sqlite_writer *w, int64_t row, cn_responsible_list list) {
  int64_t id = CN_NONE;
  for (size_t i = 0; i < list.n; i++) {
    binder b = begin(w, CN_SQL_RESPONSIBLE);
    bind_null(&b);
    bind_int(&b, row);
    bind_int(&b, (int64_t)i);
    bind_record(&b, &cn_responsible_shape, &list.items[i]);
    CN_TRY(run(&b, &id));
  }
  return CN_OK;
}

/* The extra columns as a JSON object, for json_extract. */
static cn_view extra_of(sqlite_writer *w, const cn_row *row) {
  cn_buf_reset(&w->scratch);
  cn_buf_add_char(&w->scratch, '{');
  for (size_t i = 0; i < row->extra.n; i++) {
    if (i) cn_buf_add_char(&w->scratch, ',');
    cn_json_write_text(&w->scratch, row->extra.items[i].header);
    cn_buf_add_char(&w->scratch, ':');
    cn_json_write_text(&w->scratch, row->extra.items[i].text);
  }
  cn_buf_add_char(&w->scratch, '}');
  return cn_buf_view(&w->scratch);
}

static cn_status add_row(sqlite_writer *w, const cn_row *row) {
  int64_t id = CN_NONE;
  if (w->notice == CN_NONE) {
    cn_notice notice = cn_writer_notice_of(row);
    CN_TRY(add_notice(w, &notice));
  }
  binder b = begin(w, CN_SQL_ROW);
  bind_null(&b);
  bind_int(&b, w->notice);
  bind_int(&b, w->block);
  bind_int(&b, w->rows++);
  bind_record(&b, &cn_row_shape, row);
  bind_text(&b, row->deadline ? row->deadline->text : CN_NULL_VIEW);
  bind_int(&b, row->deadline ? row->deadline->ongoing : CN_NONE);
  bind_text(&b, extra_of(w, row));
  CN_TRY(run(&b, &id));
  for (size_t i = 0; i < row->targets.n; i++) CN_TRY(add_target(w, id, (int64_t)i, &row->targets.items[i]));
  if (row->deadline) CN_TRY(add_stages(w, id, "deadline", row->deadline->stages));
  CN_TRY(add_stages(w, id, "task", row->dates));
  return add_responsible(w, id, row->responsible);
}

static cn_status add_diagnostic(sqlite_writer *w, const cn_diagnostic *diagnostic) {
  int64_t id = CN_NONE;
  if (w->notice == CN_NONE) return CN_OK;
  binder b = begin(w, CN_SQL_DIAGNOSTIC);
  bind_null(&b);
  bind_int(&b, w->notice);
  bind_record(&b, &cn_diagnostic_shape, diagnostic);
  return run(&b, &id);
}

static cn_status on_event(void *self, const cn_event *event) {
  sqlite_writer *w = self;
  switch (event->type) {
  case CN_EVENT_NOTICE: return add_notice(w, event->notice);
  case CN_EVENT_BLOCK: return w->notice == CN_NONE ? CN_OK : add_block(w, event->block);
  case CN_EVENT_ROW: return add_row(w, event->row);
  case CN_EVENT_DIAGNOSTIC: return add_diagnostic(w, event->diagnostic);
  case CN_EVENT_CONTACT:
    if (w->notice == CN_NONE) return CN_OK;
    return add_contact(w, event->contact->outside ? CN_NONE : w->block,
                       (cn_contact){event->contact->person, event->contact->phones});
  case CN_EVENT_END: w->notice = CN_NONE; break;
  }
  return CN_OK;
}

static cn_status on_end(void *self) {
  sqlite_writer *w = self;
  if (sqlite3_exec(w->db, "COMMIT; PRAGMA optimize", NULL, NULL, NULL) != SQLITE_OK) return failed(w);
  for (size_t i = 0; i < CN_SQL_TABLES; i++) {
    sqlite3_finalize(w->insert[i]);
    w->insert[i] = NULL;
  }
  sqlite3_finalize(w->forget);
  w->forget = NULL;
  int result = sqlite3_close(w->db);
  w->db = NULL;
  return result == SQLITE_OK ? CN_OK : cn_output_fail(w->output, CN_VIEW("SQLite: the database could not be closed"));
}

/* --- opening ------------------------------------------------------------------------------------------------------ */

static int64_t pragma(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  int64_t value = -1;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK) return -1;
  if (sqlite3_step(statement) == SQLITE_ROW) value = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  return value;
}

/* Fills the temporary file with what the final one holds; SQLite's own copy, so that a reader of it does no harm. */
static const char *copy_existing(sqlite3 *old, sqlite3 *db) {
  if (pragma(old, "PRAGMA application_id") != CN_SQL_APPLICATION) return "it is not a database that chengnuo made";
  if (pragma(old, "PRAGMA user_version") != CN_SQL_VERSION) return "it was made by another version of chengnuo";
  sqlite3_backup *backup = sqlite3_backup_init(db, "main", old, "main");
  if (!backup || sqlite3_backup_step(backup, -1) != SQLITE_DONE) {
    sqlite3_backup_finish(backup);
    return "it could not be copied";
  }
  return sqlite3_backup_finish(backup) == SQLITE_OK ? NULL : "it could not be copied";
}

static bool holds_something(const char *path) {
  FILE *file = path ? fopen(path, "rb") : NULL;
  bool something = file && getc(file) != EOF;
  if (file) fclose(file);
  return something;
}

static cn_status fill(sqlite_writer *w, const char *final, cn_view *error) {
  if (!holds_something(final)) {
    cn_buf_reset(&w->scratch);
    cn_sql_schema(&w->scratch);
    cn_buf_add_char(&w->scratch, 0);
    if (sqlite3_exec(w->db, w->scratch.p, NULL, NULL, NULL) == SQLITE_OK) return CN_OK;
    *error = cn_arena_format(w->arena, "SQLite: %s", sqlite3_errmsg(w->db));
    return trouble(w);
  }
  sqlite3 *old = NULL;
  const char *why = "it could not be opened";
  if (sqlite3_open_v2(final, &old, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK) why = copy_existing(old, w->db);
  sqlite3_close(old);
  if (!why) return CN_OK;
  *error = cn_arena_format(w->arena, "nothing can be added to %s: %s", final, why);
  return CN_IO;
}

static cn_status prepare(sqlite_writer *w, cn_view *error) {
  for (size_t i = 0; i < CN_SQL_TABLES; i++) {
    cn_buf_reset(&w->scratch);
    cn_sql_insert(&w->scratch, (cn_sql_table)i);
    if (sqlite3_prepare_v2(w->db, w->scratch.p, (int)w->scratch.n, &w->insert[i], NULL) != SQLITE_OK) goto broken;
  }
  if (sqlite3_prepare_v2(w->db, "DELETE FROM notice WHERE sha256 = ?", -1, &w->forget, NULL) == SQLITE_OK) return CN_OK;
broken:
  *error = cn_arena_format(w->arena, "SQLite: %s", sqlite3_errmsg(w->db));
  return trouble(w);
}

static cn_status open(cn_arena *arena, CN_UNUSED const cn_emit_options *options, cn_output *output, cn_sink *sink,
                      cn_view *error) {
  sqlite_writer *w = cn_arena_new(arena, sqlite_writer, 1);
  const char *path = cn_output_path(output);
  w->arena = arena;
  w->output = output;
  w->notice = w->block = CN_NONE;
  cn_writer_buf(arena, &w->scratch);
  if (!path) {
    *error = CN_VIEW("a SQLite database is a file: give its name with -o");
    return CN_USAGE;
  }
  cn_arena_defer(arena, close_writer, w);
  if (sqlite3_open(path, &w->db) != SQLITE_OK) {
    *error = cn_arena_format(arena, "%s: %s", path, sqlite3_errmsg(w->db));
    return trouble(w);
  }
  /* The temporary file needs no journal: it is thrown away whole when something fails. */
  CN_TRY(fill(w, cn_output_final(output), error));
  need(w, sqlite3_exec(w->db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON; BEGIN",
                       NULL, NULL, NULL));
  CN_TRY(prepare(w, error));
  *sink = (cn_sink){w, on_event, on_end};
  return CN_OK;
}

const cn_format cn_format_sqlite = {
    "sqlite", "sqlite", "application/vnd.sqlite3", "a SQLite database with full-text search; adds to an existing one",
    true,     open};
