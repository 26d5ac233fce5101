/* Items: which nodes of the outline are rows, and in which block they stand.
 *
 * In:  the outline.  Out: rows marked, then entries. Where items name owners or terms, those are the rows and the
 * nearest heading above them is the block; where nobody is named, a plan's numbered items are the rows, a regulation's
 * are not. */
#include "extract/outline.h"

#include "core/utf8.h"

enum { LEAST_POINTS = 8 };

static cn_view own_text(const cn_outline *o, const cn_node *n) {
  return cn_view_trim(cn_view_slice(o->prose.text.text, n->text, n->next));
}

/* 五、保障措施: a short heading with such a word, or a text that begins with one. */
static bool is_no_task(const cn_segmenter *s, const cn_outline *o, const cn_node *n) {
  cn_view heading = cn_node_heading(o, n), own = own_text(o, n);
  size_t stop = cn_view_find(cn_view_slice(own, 0, 240), CN_VIEW("。"), 0);
  if (!heading.p) heading = cn_view_slice(own, 0, stop == SIZE_MAX ? own.n : stop);
  if (cn_word_begins(s->words, CN_WORD_NO_TASK, heading)) return true;
  return cn_utf8_count(cn_view_slice(heading, 0, 240)) <= 18 && cn_word_in(s->words, CN_WORD_NO_TASK, heading);
}

/* --- where owners are named ------------------------------------------------------------------------------------- */

static void find_owned(cn_segmenter *s, cn_outline *o) {
  for (size_t i = 0; i < o->count; i++) {
    cn_node *n = &o->nodes[i];
    if (n->kind == CN_NODE_STOP || n->kind == CN_NODE_HEADING || n->kind == CN_NODE_NAME) continue;
    cn_arena_mark mark = cn_arena_get_mark(s->scratch);
    cn_owned owned;
    n->owned = cn_owned_read(s->scratch, s->words, &o->prose.text, n->text, n->next, &owned) &&
               (owned.cell_count || owned.extra_count);
    cn_arena_rewind(s->scratch, mark);
  }
}

/* 一、教育类（牵头单位：市教育局） above 1. 2. 3.: the heading's owners are those of the items below. */
static void find_shared(cn_segmenter *s, cn_outline *o) {
  for (size_t i = 0; i < o->count; i++) {
    cn_node *n = &o->nodes[i];
    if (!n->owned || !n->children || o->nodes[n->child].kind != CN_NODE_SERIAL) continue;
    cn_owned owned;
    cn_owned_read(s->scratch, s->words, &o->prose.text, n->text, n->next, &owned);
    cn_view heading = cn_view_slice(o->prose.text.text, owned.task_begin, owned.task_end);
    if (cn_utf8_count(heading) > 20 || cn_view_find(heading, CN_VIEW("。"), 0) != SIZE_MAX) continue;
    n->shares = true;
    n->owned = false;
    n->owned_below = true;
  }
}

/* （一）…：1.…；2.…。（市财政局负责）: the bracket behind the last sub-item is the item's, where other items have
 * theirs so. */
static void lift_owned(cn_outline *o) {
  size_t leaves[CN_SERIAL_STYLES] = {0};
  for (size_t i = 0; i < o->count; i++)
    if (o->nodes[i].owned && !o->nodes[i].children) leaves[o->nodes[i].serial.style]++;
  for (size_t i = o->count; i-- > 0;) {
    cn_node *n = &o->nodes[i];
    if (n->children < 2 || n->owned || n->kind != CN_NODE_SERIAL) continue;
    bool low = o->nodes[n->child].serial.style >= CN_SERIAL_ARABIC_PAREN; /* 4.…其中：①…；②… */
    if (!leaves[n->serial.style] && !low && !cn_view_ends(own_text(o, n), CN_VIEW("："))) continue;
    size_t owned = 0, last = SIZE_MAX;
    bool below = false;
    for (size_t k = n->child; k != SIZE_MAX; k = o->nodes[k].sibling) {
      owned += o->nodes[k].owned;
      below = below || o->nodes[k].children;
      last = k;
    }
    if (owned != 1 || below || !o->nodes[last].owned) continue;
    o->nodes[last].owned = false;
    n->owned = true;
  }
}

static bool spread_owned(cn_outline *o) {
  bool any = false;
  for (size_t i = o->count; i-- > 0;) {
    cn_node *n = &o->nodes[i];
    any = any || n->owned || n->shares;
    if (n->parent != SIZE_MAX && (n->owned || n->owned_below)) o->nodes[n->parent].owned_below = true;
  }
  return any;
}

/* An item that names nobody is a row where at least half of its siblings do. */
static void mark_owned(cn_segmenter *s, cn_outline *o) {
  size_t top_all[64] = {0}, top_owned[64] = {0};
  size_t *all = cn_arena_new(s->scratch, size_t, o->count), *owned = cn_arena_new(s->scratch, size_t, o->count);
  for (size_t i = 0; i < o->count; i++) {
    const cn_node *n = &o->nodes[i];
    if (n->kind == CN_NODE_STOP) continue;
    bool mine = n->owned && !n->owned_below;
    (n->parent == SIZE_MAX ? top_all : all)[n->parent == SIZE_MAX ? (size_t)n->rank : n->parent]++;
    (n->parent == SIZE_MAX ? top_owned : owned)[n->parent == SIZE_MAX ? (size_t)n->rank : n->parent] += mine;
  }
  for (size_t i = 0; i < o->count; i++) {
    cn_node *n = &o->nodes[i];
    if (n->kind != CN_NODE_SERIAL && n->kind != CN_NODE_LABEL) continue;
    if (n->parent != SIZE_MAX && o->nodes[n->parent].row) continue;
    size_t of = n->parent == SIZE_MAX ? (size_t)n->rank : n->parent;
    size_t a = (n->parent == SIZE_MAX ? top_all : all)[of], w = (n->parent == SIZE_MAX ? top_owned : owned)[of];
    if (n->owned_below) continue;
    bool shared = n->parent != SIZE_MAX && o->nodes[n->parent].shares;
    n->row = n->owned || shared ||
             (w && w * 2 >= a && !is_no_task(s, o, n) && cn_utf8_count(own_text(o, n)) >= LEAST_POINTS);
  }
}

/* --- where nobody is named --------------------------------------------------------------------------------------- */

/* Whether a numbered node's own text is only a heading above its sub-items. */
static bool is_heading(const cn_outline *o, const cn_node *n) {
  cn_view own = own_text(o, n), heading = cn_node_heading(o, n);
  return heading.p && own.n <= heading.n + 6;
}

static bool no_task_above(const cn_segmenter *s, const cn_outline *o, const cn_node *n) {
  for (; n; n = n->parent == SIZE_MAX ? NULL : &o->nodes[n->parent])
    if (is_no_task(s, o, n)) return true;
  return false;
}

/* 一、 without sub-items is a row only in a list where no 一、 has any; lists begin again at 1 (…十四。2026年十件实事
 * 一、…). */
static void find_lists(const cn_outline *o, bool *leafy) {
  size_t begin = 0;
  bool parents = false;
  for (size_t i = 0; i <= o->count; i++) {
    const cn_node *n = i < o->count ? &o->nodes[i] : NULL;
    bool top = n && n->kind == CN_NODE_SERIAL && n->serial.style == CN_SERIAL_HAN;
    if (!n || (top && n->serial.value == 1)) {
      for (size_t k = begin; k < i; k++) leafy[k] = !parents;
      begin = i;
      parents = false;
    }
    parents = parents || (top && n->children);
  }
}

/* “四上”企业：…, 可信数据空间：指…: an explanation of words, no task. */
static bool is_definition(const cn_outline *o, const cn_node *n) {
  cn_view own = own_text(o, n);
  own.n = own.n > 120 ? 120 : own.n;
  size_t colon = cn_view_find(own, CN_VIEW("："), 0);
  if (colon == SIZE_MAX) return false;
  size_t after = cn_skip_blank(own, colon + 3);
  return cn_at(own, after, "指") || cn_at(own, after, "是指") || cn_at(own, after, "即") ||
         (cn_at(own, 0, "“") && cn_view_find(cn_view_slice(own, 0, colon), CN_VIEW("，"), 0) == SIZE_MAX);
}

static void mark_plan(cn_segmenter *s, cn_outline *o) {
  bool *leafy = cn_arena_new(s->scratch, bool, o->count + 1), begun[CN_SERIAL_STYLES] = {false};
  find_lists(o, leafy);
  for (size_t i = 0; i < o->count; i++) {
    cn_node *n = &o->nodes[i];
    if (n->kind != CN_NODE_SERIAL && n->kind != CN_NODE_LABEL) continue;
    cn_serial_style style = n->serial.style;
    begun[style] = begun[style] || n->serial.value == 1;
    if (style == CN_SERIAL_ARTICLE || style == CN_SERIAL_CHAPTER || style == CN_SERIAL_SECTION ||
        style == CN_SERIAL_PART)
      continue;
    const cn_node *parent = n->parent == SIZE_MAX ? NULL : &o->nodes[n->parent];
    bool under = false;
    for (const cn_node *p = parent; p; p = p->parent == SIZE_MAX ? NULL : &o->nodes[p->parent]) under = under || p->row;
    if (under || !begun[style] || no_task_above(s, o, n) || is_definition(o, n) ||
        cn_utf8_count(own_text(o, n)) < LEAST_POINTS)
      continue;
    if (style == CN_SERIAL_HAN)
      n->row = !n->children && leafy[i];
    else
      n->row = !n->children || !is_heading(o, n);
  }
}

/* Marks the nodes that stand beside rows: under the same parent, or in the same run of a list at the top (一、 to the
 * next 一、). */
static void find_siblings(cn_segmenter *s, cn_outline *o) {
  int *rank = cn_arena_new(s->scratch, int, o->count + 1);
  size_t *list = cn_arena_new(s->scratch, size_t, o->count + 1), open[64] = {0};
  for (size_t i = 0; i < o->count; i++) {
    const cn_node *n = &o->nodes[i];
    if (n->kind == CN_NODE_STOP || n->parent != SIZE_MAX) continue;
    if (n->serial.value == 1) open[n->rank] = i + 1;
    list[i] = open[n->rank];
  }
  bool *rows = cn_arena_new(s->scratch, bool, o->count + 2), ranks[64] = {false};
  for (size_t i = 0; i < o->count; i++) {
    const cn_node *n = &o->nodes[i];
    if (!n->row) continue;
    ranks[n->rank] = true;
    if (n->parent == SIZE_MAX)
      rows[list[i]] = true;
    else
      rank[n->parent] = n->rank;
  }
  for (size_t i = 0; i < o->count; i++) {
    cn_node *n = &o->nodes[i];
    if (n->kind == CN_NODE_SERIAL && n->serial.style >= CN_SERIAL_ARABIC)
      n->beside_row = ranks[n->rank];
    else if (n->kind == CN_NODE_SERIAL)
      n->beside_row = n->parent == SIZE_MAX ? rows[list[i]] : rank[n->parent] == n->rank;
  }
}

void cn_items_choose(cn_segmenter *s, cn_outline *o, bool regulation) {
  find_owned(s, o);
  find_shared(s, o);
  lift_owned(o);
  if (spread_owned(o))
    mark_owned(s, o);
  else if (!s->mixed && !regulation && o->articles < 3)
    mark_plan(s, o);
  find_siblings(s, o);
}

/* --- entries ---------------------------------------------------------------------------------------------------- */

static cn_view source_of(const cn_outline *o, cn_view folded) {
  size_t at = (size_t)(folded.p - o->prose.text.text.p);
  return cn_fold_source(&o->prose.text, at, at + folded.n);
}

/* Sets the block by a node's heading; false where it has none. */
static bool set_block(cn_segmenter *s, const cn_outline *o, const cn_node *n) {
  cn_view heading = cn_node_heading(o, n);
  if (n->shares) {
    cn_owned owned;
    cn_owned_read(s->scratch, s->words, &o->prose.text, n->text, n->next, &owned);
    heading = cn_view_slice(o->prose.text.text, owned.task_begin, owned.task_end);
  }
  if (!heading.p || !heading.n) return false;
  cn_view name = cn_join_name(s->scratch, source_of(o, cn_strip(heading, "。：:；【】*")));
  cn_block_kind kind =
      n->kind == CN_NODE_NAME ? cn_name_kind(s->words, cn_compact(s->scratch, name)) : cn_heading_kind(s, name);
  if (!name.n) return false;
  if (kind == CN_BLOCK_KIND_NONE) kind = CN_BLOCK_KIND_SECTION;
  cn_block_set(s, cn_arena_copy(s->keep, name), kind, o->prose.paras[n->para].line);
  return true;
}

/* Whether the heading is the notice's title over again, or the title of a table. */
static bool is_title(cn_segmenter *s, const cn_outline *o, const cn_node *n) {
  if (n->kind != CN_NODE_HEADING && !n->maybe) return false;
  cn_view heading = cn_compact(s->scratch, own_text(o, n)), title = cn_compact(s->scratch, s->notice.title);
  if (title.n && (cn_view_find(title, heading, 0) != SIZE_MAX || cn_view_find(heading, title, 0) != SIZE_MAX))
    return true;
  return cn_view_ends(heading, CN_VIEW("表")) || cn_view_ends(heading, CN_VIEW("清单")) ||
         cn_view_ends(heading, CN_VIEW("台账"));
}

static void set_row_block(cn_segmenter *s, const cn_outline *o, const cn_node *n) {
  for (size_t i = n->parent; i != SIZE_MAX; i = o->nodes[i].parent) {
    const cn_node *above = &o->nodes[i];
    if (!above->beside_row && !is_title(s, o, above) && set_block(s, o, above)) return;
  }
  cn_block_clear(s);
}

static void add_contacts(cn_segmenter *s, cn_view text, int64_t line) {
  cn_contact contact;
  size_t at = 0;
  while (cn_contact_read(s->scratch, s->words, text, &at, &contact)) cn_contact_add(s, &contact, line, true);
}

static void fill_serial(cn_segmenter *s, const cn_outline *o, const cn_node *n, const cn_owned *owned, cn_row *row) {
  const cn_serial *serial = &n->serial;
  if (serial->style == CN_SERIAL_NONE) {
    cn_serial cell;
    if (!owned->serial.p || !owned->serial.n) return;
    row->label = owned->serial;
    if (cn_serial_cell(cn_fold(s->scratch, owned->serial).text, &cell) && cell.style != CN_SERIAL_DECIMAL)
      row->no = cell.value;
    return;
  }
  row->label = cn_fold_source(&o->prose.text, serial->begin, serial->label_end);
  if (serial->style != CN_SERIAL_DECIMAL) row->no = serial->value;
}

static void *copy_array(cn_arena *arena, const void *items, size_t size) {
  void *out = cn_arena_alloc(arena, size + 1);
  memcpy(out, items, size);
  return out;
}

static bool names(const cn_owned *owned, bool deadline) {
  for (size_t i = 0; i < owned->cell_count; i++)
    if ((owned->cells[i].field == CN_FIELD_DEADLINE) == deadline) return true;
  return false;
}

/* What the item itself does not say: owners inside its sentence, else owners and term of the heading above it. */
static void inherit(cn_segmenter *s, const cn_outline *o, const cn_node *n, cn_owned *owned) {
  bool named = names(owned, false) || cn_owned_in_sentence(s->scratch, s->words, &o->prose.text, owned);
  bool due = names(owned, true);
  for (size_t i = n->parent; i != SIZE_MAX && !(named && due); i = o->nodes[i].parent) {
    if (!o->nodes[i].shares) continue;
    cn_owned above;
    cn_owned_read(s->scratch, s->words, &o->prose.text, o->nodes[i].text, o->nodes[i].next, &above);
    for (size_t k = 0; k < above.cell_count && owned->cell_count < CN_OWNED_CELLS; k++)
      if (above.cells[k].field == CN_FIELD_DEADLINE ? !due : !named) owned->cells[owned->cell_count++] = above.cells[k];
    named = named || names(&above, false);
    due = due || names(&above, true);
  }
}

static void add_row(cn_segmenter *s, const cn_outline *o, const cn_node *n) {
  cn_owned owned;
  cn_owned_read(s->scratch, s->words, &o->prose.text, n->text, n->end, &owned);
  inherit(s, o, n, &owned);
  set_row_block(s, o, n);
  cn_entry *e = cn_row_add(s, o->prose.paras[cn_para_at(&o->prose, n->begin)].line);
  e->row.task = cn_join_lines(s->scratch, cn_fold_source(&o->prose.text, owned.task_begin, owned.task_end));
  fill_serial(s, o, n, &owned, &e->row);
  e->row.cells =
      (cn_cell_list){copy_array(s->scratch, owned.cells, owned.cell_count * sizeof owned.cells[0]), owned.cell_count};
  e->row.extra = (cn_extra_list){copy_array(s->scratch, owned.extras, owned.extra_count * sizeof owned.extras[0]),
                                 owned.extra_count};
  if (!e->row.task.n) cn_note_add(s, CN_DIAG_CELL_EMPTY, e->line, 1, e->row.no, CN_VIEW("the item has no task"));
  if (owned.contact_end > owned.contact_begin)
    add_contacts(s, cn_fold_source(&o->prose.text, owned.contact_begin, owned.contact_end),
                 o->prose.paras[n->para].line);
}

void cn_items_add(cn_segmenter *s, const cn_outline *o, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    const cn_node *n = &o->nodes[i];
    const cn_para *p = &o->prose.paras[n->para];
    bool under = false;
    for (size_t k = n->parent; k != SIZE_MAX && !under; k = o->nodes[k].parent) under = o->nodes[k].row;
    if (under) continue;
    if (n->row)
      add_row(s, o, n);
    else if (p->kind == CN_PARA_CONTACT && n->kind == CN_NODE_STOP)
      add_contacts(s, cn_fold_source(&o->prose.text, p->begin, p->end), p->line);
    else if (n->kind != CN_NODE_STOP)
      cn_prose_contacts(s, cn_fold_source(&o->prose.text, n->text, n->next), p->line);
  }
  if (to <= from) return;
  const cn_node *last = &o->nodes[to - 1];
  if (last->row || last->kind == CN_NODE_STOP || last->kind == CN_NODE_LABEL || is_title(s, o, last)) return;
  bool sentence = cn_view_ends(own_text(o, last), CN_VIEW("。")); /* 二、认真组织实施。 is the covering notice's */
  if (last->kind == CN_NODE_NAME || (is_heading(o, last) && !sentence)) set_block(s, o, last);
}
