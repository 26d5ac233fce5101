/* The prose of a notice: its paragraphs outside tables as one text, with what kind of line each is. See outline.h. */
#include "extract/outline.h"

#include "core/utf8.h"

static bool is_date_only(cn_view v) {
  cn_view text = cn_strip(v, "（）()。");
  if (cn_utf8_count(text) > 24 || !cn_view_ends(text, CN_VIEW("日"))) return false;
  return cn_view_find(text, CN_VIEW("年"), 0) != SIZE_MAX && cn_view_find(text, CN_VIEW("月"), 0) != SIZE_MAX &&
         cn_view_find(text, CN_VIEW("，"), 0) == SIZE_MAX;
}

/* 云川市人民政府办公室　2021年4月12日: a body and a date. */
static bool is_sign_off(cn_segmenter *s, cn_view v) {
  if (cn_utf8_count(v) > 60 || !cn_view_ends(v, CN_VIEW("日"))) return false;
  for (size_t at = 0; at < v.n; at += cn_utf8_len((unsigned char)v.p[at]))
    if (at && is_date_only(cn_view_slice(v, at, v.n)) &&
        cn_name_kind(s->words, cn_compact(s->scratch, cn_view_slice(v, 0, at))) != CN_BLOCK_KIND_NONE)
      return true;
  return is_date_only(v);
}

static cn_para_kind kind_of(cn_segmenter *s, cn_view v, const cn_element *e) {
  if (cn_utf8_count(v) <= 120 && cn_is_contact_line(s->words, v)) return CN_PARA_CONTACT;
  if (e->kind == CN_ELEMENT_HEADING) return CN_PARA_TEXT;
  return cn_is_noise(s, v) || is_sign_off(s, v) || cn_word_begins(s->words, CN_WORD_NOTE, v) ? CN_PARA_STOP
                                                                                             : CN_PARA_TEXT;
}

static bool is_prose(const cn_element *e) {
  return (e->kind == CN_ELEMENT_PARAGRAPH || e->kind == CN_ELEMENT_HEADING) && !e->chrome && e->text.n;
}

void cn_prose_make(cn_segmenter *s, const cn_flow *flow, cn_prose *prose) {
  size_t bytes = 0, count = 0;
  for (size_t i = 0; i < flow->count; i++)
    if (is_prose(&flow->items[i])) bytes += flow->items[i].text.n + 1, count++;
  char *text = cn_arena_alloc(s->scratch, bytes + 1);
  prose->paras = cn_arena_new(s->scratch, cn_para, count + 1);
  size_t n = 0;
  int depth = 0;
  bool table = false;
  for (size_t i = 0; i < flow->count; i++) {
    const cn_element *e = &flow->items[i];
    table = table || e->kind == CN_ELEMENT_TABLE || e->kind == CN_ELEMENT_ROW;
    if (table && prose->count) prose->paras[prose->count - 1].before_table = true;
    depth += e->kind == CN_ELEMENT_TABLE           ? 1
             : e->kind == CN_ELEMENT_TABLE_END     ? -depth
             : e->kind == CN_ELEMENT_ROW && !depth ? 1
                                                   : 0;
    if (depth || !is_prose(e)) continue;
    cn_view folded = cn_fold(s->scratch, e->text).text;
    if (cn_is_page_number(folded)) continue;
    memcpy(text + n, e->text.p, e->text.n);
    prose->paras[prose->count++] = (cn_para){.begin = n,
                                             .end = n + e->text.n,
                                             .element = i,
                                             .line = e->line,
                                             .kind = kind_of(s, folded, e),
                                             .level = e->kind == CN_ELEMENT_HEADING ? (e->level ? e->level : 1) : 0,
                                             .centered = e->centered,
                                             .right = e->right,
                                             .after_table = table};
    table = false;
    n += e->text.n;
    text[n++] = '\n';
  }
  prose->text = cn_fold(s->scratch, (cn_view){text, n});
  if (!prose->text.map) return;
  /* Folding may change lengths: move the paragraphs' bounds to the folded text. */
  size_t at = 0;
  for (size_t i = 0; i < prose->count; i++) {
    cn_para *p = &prose->paras[i];
    while (at < prose->text.text.n && prose->text.map[at] < p->begin) at++;
    size_t begin = at;
    while (at < prose->text.text.n && prose->text.map[at] < p->end) at++;
    p->begin = begin;
    p->end = at;
  }
}

size_t cn_para_at(const cn_prose *prose, size_t at) {
  size_t low = 0, high = prose->count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (prose->paras[middle].begin <= at)
      low = middle;
    else
      high = middle;
  }
  return low;
}
