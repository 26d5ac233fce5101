/* The record in memory: C structs made from record.def, and the tables that let one reader and one writer serve them
 * all.
 *
 * A record is borrowed: its views point into the document (or the event line) it came from and live until the callee
 * that was handed it returns. Null: a view with p == NULL, CN_NONE, an enum of 0, a date of year 0, an unknown decimal.
 * Sources of the rules: the record's own description in docs/record.md. */
#ifndef CN_RECORD_H
#define CN_RECORD_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/decimal.h"

#define CN_NONE INT64_MIN

typedef struct cn_date {
  int16_t year; /* 0: null */
  uint8_t month, day;
} cn_date;

/* Enums: cn_relation with CN_RELATION_NONE = 0, CN_RELATION_EQ … from record.def. */
#define CN_STRUCT(name)
#define CN_FIELD(owner, kind, type, name, when, doc)
#define CN_END(name)
#define CN_NAMES(type, none)                                                                                           \
  typedef enum cn_##type {                                                                                             \
    none = 0,
#define CN_NAME(type, constant, name) constant,
#define CN_NAMES_END(type)                                                                                             \
  }                                                                                                                    \
  cn_##type;
#include "core/record.def"

typedef struct cn_extra {
  cn_view header, text;
} cn_extra;

/* A list of any of the structs: const items, n of them. Typed per struct below. */
#define CN_STRUCT(name)                                                                                                \
  typedef struct cn_##name cn_##name;                                                                                  \
  typedef struct cn_##name##_list {                                                                                    \
    const cn_##name *items;                                                                                            \
    size_t n;                                                                                                          \
  } cn_##name##_list;
#define CN_FIELD(owner, kind, type, name, when, doc)
#define CN_END(name)
#define CN_NAMES(type, none)
#define CN_NAME(type, constant, name)
#define CN_NAMES_END(type)
#include "core/record.def"
typedef struct cn_text_list {
  const cn_view *items;
  size_t n;
} cn_text_list;
typedef struct cn_extra_list {
  const cn_extra *items;
  size_t n;
} cn_extra_list;

#define CN_C_TEXT(type, name) cn_view name;
#define CN_C_TEXTS(type, name) cn_text_list name;
#define CN_C_INT(type, name) int64_t name;
#define CN_C_FLAG(type, name) bool name;
#define CN_C_DATE(type, name) cn_date name;
#define CN_C_NUMBER(type, name) cn_decimal name;
#define CN_C_ENUM(type, name) cn_##type name;
#define CN_C_OBJECT(type, name) const cn_##type *name;
#define CN_C_LIST(type, name) cn_##type##_list name;
#define CN_C_EXTRA(type, name) cn_extra_list name;
#define CN_STRUCT(name) struct cn_##name {
#define CN_FIELD(owner, kind, type, name, when, doc) CN_C_##kind(type, name)
#define CN_END(name)                                                                                                   \
  }                                                                                                                    \
  ;
#define CN_NAMES(type, none)
#define CN_NAME(type, constant, name)
#define CN_NAMES_END(type)
#include "core/record.def"

/* The shapes as data. */
typedef enum cn_kind {
  CN_KIND_TEXT,
  CN_KIND_TEXTS,
  CN_KIND_INT,
  CN_KIND_FLAG,
  CN_KIND_DATE,
  CN_KIND_NUMBER,
  CN_KIND_ENUM,
  CN_KIND_OBJECT,
  CN_KIND_LIST,
  CN_KIND_EXTRA
} cn_kind;
typedef enum cn_when { CN_WHEN_ALWAYS, CN_WHEN_SOME, CN_WHEN_EVENT, CN_WHEN_CELLS, CN_WHEN_DONE } cn_when;

typedef struct cn_enum_names {
  const char *type;
  const char *const *names; /* names[0] is NULL, for null */
  size_t count;
} cn_enum_names;

typedef struct cn_shape cn_shape;
typedef struct cn_shape_field {
  const char *name, *doc;
  const char *key; /* "name": ready to write */
  cn_kind kind;
  cn_when when;
  size_t offset;
  const cn_shape *shape;      /* OBJECT, LIST */
  const cn_enum_names *names; /* ENUM */
} cn_shape_field;

struct cn_shape {
  const char *name;
  size_t size;
  const cn_shape_field *fields;
  size_t count;
};

#define CN_STRUCT(name) extern const cn_shape cn_##name##_shape;
#define CN_FIELD(owner, kind, type, name, when, doc)
#define CN_END(name)
#define CN_NAMES(type, none) extern const cn_enum_names cn_##type##_names;
#define CN_NAME(type, constant, name)
#define CN_NAMES_END(type)
#include "core/record.def"

/* The name of an enum's value ("ge"), NULL for null; and the value of a name, 0 for none. */
const char *cn_enum_name(const cn_enum_names *names, int value);
int cn_enum_value(const cn_enum_names *names, cn_view name);

/* Sets every INT field of a zeroed struct to CN_NONE. Use it for each struct that a stage fills. */
void cn_record_init(const cn_shape *shape, void *record);

/* A deep copy in arena, for whoever needs a record after the call that lent it. */
void *cn_record_copy(cn_arena *arena, const cn_shape *shape, const void *record);

/* How a struct is written: COMPACT on one line; PRETTY with two blanks a level, beginning at `level`. `done`: DONE
 * fields are written; `event`: EVENT and CELLS fields are written. */
typedef struct cn_write_style {
  bool pretty, event, done;
  int level;
} cn_write_style;

/* Appends {…}. */
void cn_record_write(cn_buf *buf, const cn_shape *shape, const void *record, cn_write_style style);
/* Appends only the members "a":1,"b":2 (no braces); returns how many. For writers that add members of their own. */
size_t cn_record_write_members(cn_buf *buf, const cn_shape *shape, const void *record, cn_write_style style);

/* Dates. */
bool cn_date_valid(cn_date d);
static inline bool cn_date_known(cn_date d) { return d.year != 0; }
int cn_date_compare(cn_date a, cn_date b);
/* YYYY-MM-DD exactly; unknown for anything else. */
cn_date cn_date_parse(cn_view v);
/* Appends YYYY-MM-DD. */
void cn_date_write(cn_buf *buf, cn_date d);

#endif
