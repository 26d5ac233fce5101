/* The record's shapes as data, and the one writer that serves them all. */
#include "core/record.h"

#include "core/json.h"

/* Names of enums. */
#define CN_STRUCT(name)
#define CN_FIELD(owner, kind, type, name, when, doc)
#define CN_END(name)
#define CN_NAMES(type, none) static const char *const type##_list[] = {NULL,
#define CN_NAME(type, constant, name) name,
#define CN_NAMES_END(type)                                                                                             \
  }                                                                                                                    \
  ;                                                                                                                    \
  const cn_enum_names cn_##type##_names = {#type, type##_list, CN_COUNT(type##_list)};
#include "core/record.def"

/* Fields of structs. */
#define SHAPE_TEXT(type) NULL, NULL
#define SHAPE_TEXTS(type) NULL, NULL
#define SHAPE_INT(type) NULL, NULL
#define SHAPE_FLAG(type) NULL, NULL
#define SHAPE_DATE(type) NULL, NULL
#define SHAPE_NUMBER(type) NULL, NULL
#define SHAPE_EXTRA(type) NULL, NULL
#define SHAPE_ENUM(type) NULL, &cn_##type##_names
#define SHAPE_OBJECT(type) &cn_##type##_shape, NULL
#define SHAPE_LIST(type) &cn_##type##_shape, NULL
#define CN_STRUCT(name) static const cn_shape_field name##_fields[] = {
#define CN_FIELD(owner, kind, type, name, when, doc)                                                                   \
  {#name, doc, "\"" #name "\":", CN_KIND_##kind, CN_WHEN_##when, offsetof(cn_##owner, name), SHAPE_##kind(type)},
#define CN_END(name)                                                                                                   \
  }                                                                                                                    \
  ;                                                                                                                    \
  const cn_shape cn_##name##_shape = {#name, sizeof(cn_##name), name##_fields, CN_COUNT(name##_fields)};
#define CN_NAMES(type, none)
#define CN_NAME(type, constant, name)
#define CN_NAMES_END(type)
#include "core/record.def"

const char *cn_enum_name(const cn_enum_names *names, int value) {
  return value > 0 && (size_t)value < names->count ? names->names[value] : NULL;
}

int cn_enum_value(const cn_enum_names *names, cn_view name) {
  for (size_t i = 1; i < names->count; i++)
    if (cn_view_is(name, names->names[i])) return (int)i;
  return 0;
}

void cn_record_init(const cn_shape *shape, void *record) {
  const int64_t none = CN_NONE;
  for (size_t i = 0; i < shape->count; i++)
    if (shape->fields[i].kind == CN_KIND_INT) memcpy((char *)record + shape->fields[i].offset, &none, sizeof none);
}

/* Every list is a pointer and a count; which struct it points to only its shape knows. */
typedef struct any_list {
  const char *items;
  size_t n;
} any_list;

static int enum_at(const void *p) {
  int value;
  memcpy(&value, p,
         sizeof value); /* an enum is an int in every ABI we build for; checked in tests/unit/test_record.c */
  return value;
}

static bool absent(const cn_shape_field *f, const void *p) {
  switch (f->kind) {
  case CN_KIND_TEXT: return cn_view_is_null(*(const cn_view *)p);
  case CN_KIND_INT: return *(const int64_t *)p == CN_NONE;
  case CN_KIND_FLAG: return !*(const bool *)p;
  case CN_KIND_DATE: return !cn_date_known(*(const cn_date *)p);
  case CN_KIND_NUMBER: return !((const cn_decimal *)p)->known;
  case CN_KIND_ENUM: return enum_at(p) == 0;
  case CN_KIND_OBJECT: return *(const void *const *)p == NULL;
  case CN_KIND_TEXTS:
  case CN_KIND_LIST:
  case CN_KIND_EXTRA: return ((const any_list *)p)->n == 0;
  }
  return false;
}

static bool wanted(const cn_shape_field *f, const void *p, cn_write_style style) {
  switch (f->when) {
  case CN_WHEN_ALWAYS: return true;
  case CN_WHEN_SOME: return !absent(f, p);
  case CN_WHEN_EVENT: return style.event;
  case CN_WHEN_CELLS: return style.event && !absent(f, p);
  case CN_WHEN_DONE: return style.done;
  }
  return true;
}

static void new_line(cn_buf *buf, cn_write_style style) {
  if (!style.pretty) return;
  size_t blanks = (size_t)style.level * 2;
  char *p = cn_buf_room(buf, blanks + 1);
  *p = '\n';
  memset(p + 1, ' ', blanks);
  buf->n += blanks + 1;
}

static cn_write_style deeper(cn_write_style style) {
  style.level++;
  return style;
}

static void write_list(cn_buf *buf, const cn_shape *shape, const any_list *list, cn_write_style style) {
  cn_buf_add_char(buf, '[');
  for (size_t i = 0; i < list->n; i++) {
    if (i) cn_buf_add_char(buf, ',');
    new_line(buf, deeper(style));
    cn_record_write(buf, shape, list->items + i * shape->size, deeper(style));
  }
  if (list->n) new_line(buf, style);
  cn_buf_add_char(buf, ']');
}

static void write_texts(cn_buf *buf, const cn_text_list *list) {
  cn_buf_add_char(buf, '[');
  for (size_t i = 0; i < list->n; i++) {
    if (i) cn_buf_add_char(buf, ',');
    cn_json_write_text(buf, list->items[i]);
  }
  cn_buf_add_char(buf, ']');
}

static void write_extra(cn_buf *buf, const cn_extra_list *list, cn_write_style style) {
  cn_buf_add_char(buf, '{');
  for (size_t i = 0; i < list->n; i++) {
    if (i) cn_buf_add_char(buf, ',');
    new_line(buf, deeper(style));
    cn_json_write_text(buf, list->items[i].header);
    cn_buf_add(buf, ": ", style.pretty ? 2 : 1);
    cn_json_write_text(buf, list->items[i].text);
  }
  if (list->n) new_line(buf, style);
  cn_buf_add_char(buf, '}');
}

static void write_value(cn_buf *buf, const cn_shape_field *f, const void *p, cn_write_style style) {
  switch (f->kind) {
  case CN_KIND_TEXT: cn_json_write_text(buf, *(const cn_view *)p); return;
  case CN_KIND_TEXTS: write_texts(buf, p); return;
  case CN_KIND_LIST: write_list(buf, f->shape, p, style); return;
  case CN_KIND_EXTRA: write_extra(buf, p, style); return;
  case CN_KIND_NUMBER: cn_decimal_write(buf, *(const cn_decimal *)p); return;
  case CN_KIND_FLAG: cn_buf_add_string(buf, *(const bool *)p ? "true" : "false"); return;
  case CN_KIND_INT:
  case CN_KIND_DATE:
  case CN_KIND_ENUM:
  case CN_KIND_OBJECT: break;
  }
  if (absent(f, p))
    cn_buf_add(buf, "null", 4);
  else if (f->kind == CN_KIND_INT)
    cn_buf_add_int(buf, *(const int64_t *)p);
  else if (f->kind == CN_KIND_OBJECT)
    cn_record_write(buf, f->shape, *(const void *const *)p, style);
  else {
    cn_buf_add_char(buf, '"');
    if (f->kind == CN_KIND_DATE)
      cn_date_write(buf, *(const cn_date *)p);
    else
      cn_buf_add_string(buf, cn_enum_name(f->names, enum_at(p)));
    cn_buf_add_char(buf, '"');
  }
}

size_t cn_record_write_members(cn_buf *buf, const cn_shape *shape, const void *record, cn_write_style style) {
  size_t written = 0;
  for (size_t i = 0; i < shape->count; i++) {
    const cn_shape_field *f = &shape->fields[i];
    const void *p = (const char *)record + f->offset;
    if (!wanted(f, p, style)) continue;
    if (written++) cn_buf_add_char(buf, ',');
    new_line(buf, style);
    cn_buf_add_string(buf, f->key);
    if (style.pretty) cn_buf_add_char(buf, ' ');
    write_value(buf, f, p, style);
  }
  return written;
}

void cn_record_write(cn_buf *buf, const cn_shape *shape, const void *record, cn_write_style style) {
  cn_buf_add_char(buf, '{');
  if (cn_record_write_members(buf, shape, record, deeper(style))) new_line(buf, style);
  cn_buf_add_char(buf, '}');
}

bool cn_date_valid(cn_date d) {
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (d.year < 1 || d.month < 1 || d.month > 12 || d.day < 1) return false;
  bool leap = d.month == 2 && ((d.year % 4 == 0 && d.year % 100 != 0) || d.year % 400 == 0);
  return d.day <= days[d.month - 1] + leap;
}

int cn_date_compare(cn_date a, cn_date b) {
  int x = a.year * 10000 + a.month * 100 + a.day, y = b.year * 10000 + b.month * 100 + b.day;
  return x < y ? -1 : x > y;
}

static int digits(const char *p, size_t n) {
  int value = 0;
  for (size_t i = 0; i < n; i++) {
    if (p[i] < '0' || p[i] > '9') return -1;
    value = value * 10 + (p[i] - '0');
  }
  return value;
}

cn_date cn_date_parse(cn_view v) {
  cn_date none = {0, 0, 0};
  if (v.n != 10 || v.p[4] != '-' || v.p[7] != '-') return none;
  int y = digits(v.p, 4), m = digits(v.p + 5, 2), d = digits(v.p + 8, 2);
  if (y < 0 || m < 0 || d < 0) return none;
  cn_date date = {(int16_t)y, (uint8_t)m, (uint8_t)d};
  return cn_date_valid(date) ? date : none;
}

void cn_date_write(cn_buf *buf, cn_date d) {
  char *p = cn_buf_room(buf, 10);
  int parts[3] = {d.year, d.month, d.day}, widths[3] = {4, 2, 2};
  for (int i = 0; i < 3; i++) {
    for (int k = widths[i]; k-- > 0; parts[i] /= 10) p[k] = (char)('0' + parts[i] % 10);
    p += widths[i];
    if (i < 2) *p++ = '-';
  }
  buf->n += 10;
}
