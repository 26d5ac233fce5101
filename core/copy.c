/* A record that outlives its event. In: a borrowed record and its shape.  Out: the same in an arena, texts and all.
 * Owns nothing. */
#include "core/record.h"

typedef struct any_list {
  void *items;
  size_t n;
} any_list;

static void copy_text(cn_arena *arena, cn_view *v) {
  if (v->p) *v = cn_arena_copy(arena, *v);
}

static void copy_field(cn_arena *arena, const cn_shape_field *f, void *p);

static void copy_fields(cn_arena *arena, const cn_shape *shape, char *record) {
  for (size_t i = 0; i < shape->count; i++) copy_field(arena, &shape->fields[i], record + shape->fields[i].offset);
}

/* The items of a list, byte for byte; what they point to is the caller's to copy. */
static any_list *copy_items(cn_arena *arena, void *p, size_t size) {
  any_list *list = p;
  void *items = cn_arena_array(arena, size, list->n);
  if (list->n) memcpy(items, list->items, size * list->n);
  list->items = items;
  return list;
}

static void copy_texts(cn_arena *arena, void *p) {
  any_list *list = copy_items(arena, p, sizeof(cn_view));
  for (size_t i = 0; i < list->n; i++) copy_text(arena, (cn_view *)list->items + i);
}

static void copy_extra(cn_arena *arena, void *p) {
  any_list *list = copy_items(arena, p, sizeof(cn_extra));
  for (cn_extra *e = list->items, *end = e + list->n; e < end; e++) {
    copy_text(arena, &e->header);
    copy_text(arena, &e->text);
  }
}

static void copy_field(cn_arena *arena, const cn_shape_field *f, void *p) {
  if (f->kind == CN_KIND_TEXT)
    copy_text(arena, p);
  else if (f->kind == CN_KIND_TEXTS)
    copy_texts(arena, p);
  else if (f->kind == CN_KIND_EXTRA)
    copy_extra(arena, p);
  else if (f->kind == CN_KIND_OBJECT) {
    const void **object = p;
    if (*object) *object = cn_record_copy(arena, f->shape, *object);
  } else if (f->kind == CN_KIND_LIST) {
    any_list *list = copy_items(arena, p, f->shape->size);
    for (size_t i = 0; i < list->n; i++) copy_fields(arena, f->shape, (char *)list->items + i * f->shape->size);
  }
}

void *cn_record_copy(cn_arena *arena, const cn_shape *shape, const void *record) {
  void *copy = cn_arena_alloc(arena, shape->size);
  memcpy(copy, record, shape->size);
  copy_fields(arena, shape, copy);
  return copy;
}
