/* Numbering: see numbering.h. */
#include "extract/numbering.h"

#include "core/record.h"
#include "core/utf8.h"
#include "extract/guard.h"

typedef struct reading {
  cn_arena *arena;
  cn_xml *xml;
  cn_numbering *numbering;
  cn_list_kind *kind;
  cn_list *list;
  cn_list_level *level;
  int64_t override_level;
} reading;

static cn_list_kind *find_kind(cn_numbering *n, cn_view id) {
  for (size_t i = 0; i < n->kind_count; i++)
    if (cn_view_equal(n->kinds[i].id, id)) return &n->kinds[i];
  return NULL;
}

static void begin_kind(reading *r) {
  cn_numbering *n = r->numbering;
  n->kinds = cn_arena_grow(r->arena, n->kinds, n->kind_count, &n->kind_capacity, sizeof *n->kinds);
  r->kind = &n->kinds[n->kind_count++];
  *r->kind = (cn_list_kind){.id = cn_xml_attribute(r->xml, "abstractNumId")};
  r->list = NULL, r->level = NULL;
}

static void begin_list(reading *r) {
  cn_numbering *n = r->numbering;
  n->lists = cn_arena_grow(r->arena, n->lists, n->list_count, &n->list_capacity, sizeof *n->lists);
  r->list = &n->lists[n->list_count++];
  *r->list = (cn_list){.id = cn_xml_attribute(r->xml, "numId")};
  for (size_t i = 0; i < CN_LIST_LEVELS; i++) r->list->restart[i] = CN_LIST_GOES_ON;
  r->kind = NULL, r->level = NULL;
}

static size_t level_attribute(reading *r) {
  int64_t level = cn_xml_number(r->xml, "ilvl", 0);
  return level < 0 || level >= CN_LIST_LEVELS ? CN_LIST_LEVELS - 1 : (size_t)level;
}

static void start(reading *r) {
  cn_xml *xml = r->xml;
  if (cn_xml_is(xml, "abstractNum"))
    begin_kind(r);
  else if (cn_xml_is(xml, "num"))
    begin_list(r);
  else if (cn_xml_is(xml, "lvl") && r->kind)
    r->level = &r->kind->levels[level_attribute(r)], *r->level = (cn_list_level){.start = 1};
  else if (cn_xml_is(xml, "start") && r->level)
    r->level->start = cn_xml_number(xml, "val", 1);
  else if (cn_xml_is(xml, "numFmt") && r->level)
    r->level->style = cn_ordinal_of(cn_xml_attribute(xml, "val"));
  else if (cn_xml_is(xml, "lvlText") && r->level)
    r->level->text = cn_xml_attribute(xml, "val");
  else if (cn_xml_is(xml, "isLgl") && r->level)
    r->level->legal = true;
  else if (cn_xml_is(xml, "abstractNumId") && r->list)
    r->list->kind = find_kind(r->numbering, cn_xml_attribute(xml, "val"));
  else if (cn_xml_is(xml, "lvlOverride") && r->list)
    r->override_level = (int64_t)level_attribute(r);
  else if (cn_xml_is(xml, "startOverride") && r->list)
    r->list->restart[r->override_level] = cn_xml_number(xml, "val", 1);
}

static cn_status work(void *self) {
  reading *r = self;
  for (cn_xml_event event; (event = cn_xml_next(r->xml)) < CN_XML_DONE;)
    if (event == CN_XML_START) start(r);
  return CN_OK;
}

static void release(void *self) { cn_xml_close(((reading *)self)->xml); }

void cn_numbering_read(cn_arena *arena, cn_view part, cn_numbering *numbering) {
  *numbering = (cn_numbering){0};
  if (!part.n) return;
  reading r = {.arena = arena, .numbering = numbering, .xml = cn_xml_open(arena, part)};
  if (cn_guard(arena, work, release, &r) != CN_OK) return;
}

static size_t put_number(const cn_list_kind *kind, size_t level, const cn_list_level *shown, char *out) {
  cn_ordinal style = shown->legal ? CN_ORDINAL_DECIMAL : kind->levels[level].style;
  return cn_ordinal_write(out, style, kind->begun[level] ? kind->count[level] : kind->levels[level].start);
}

/* 第%1条 with its numbers put in. */
cn_view cn_list_label(cn_arena *arena, cn_list_kind *kind, size_t level) {
  const cn_list_level *shown = &kind->levels[level];
  cn_view text = shown->text;
  if (shown->style == CN_ORDINAL_NONE || !text.n || text.n > 200) return CN_VIEW("");
  char *out = cn_arena_alloc(arena, text.n * CN_ORDINAL_ROOM + 1), *at = out;
  for (size_t i = 0; i < text.n; i++) {
    if (text.p[i] != '%' || i + 1 == text.n || text.p[i + 1] < '1' || text.p[i + 1] > '9')
      *at++ = text.p[i];
    else
      at += put_number(kind, (size_t)(text.p[++i] - '1'), shown, at);
  }
  if (at > out && (unsigned char)at[-1] < 0x80) *at++ = ' '; /* 1. 加快…, but 一、加快… */
  return cn_view_between(out, at);
}

cn_view cn_numbering_next(cn_arena *arena, cn_numbering *numbering, cn_view id, int64_t at) {
  cn_list *list = NULL;
  for (size_t i = 0; i < numbering->list_count && !list; i++)
    if (cn_view_equal(numbering->lists[i].id, id)) list = &numbering->lists[i];
  if (!list || !list->kind || at < 0 || at >= CN_LIST_LEVELS) return CN_VIEW("");
  cn_list_kind *kind = list->kind;
  size_t level = (size_t)at;
  for (size_t i = 0; i < CN_LIST_LEVELS && !list->used; i++)
    if (list->restart[i] != CN_LIST_GOES_ON) kind->count[i] = list->restart[i] - 1, kind->begun[i] = true;
  list->used = true;
  kind->count[level] = kind->begun[level] ? kind->count[level] + 1 : kind->levels[level].start;
  kind->begun[level] = true;
  for (size_t i = level + 1; i < CN_LIST_LEVELS; i++) kind->begun[i] = false;
  return cn_list_label(arena, kind, level);
}
