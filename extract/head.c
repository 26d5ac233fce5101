/* The head of a notice: title, document number, issuer, dates, year, preface, its own contacts.
 *
 * In:  the flow, and the outline of its prose.  Out: s->notice, in the keep arena, and contact entries. What a metadata
 * box says (FIELD elements) outranks what the lines say; the covering notice's title outranks the attachment's. */
#include "extract/head.h"

#include "core/utf8.h"

/* --- collecting ------------------------------------------------------------------------------------------------ */

static void set_field(cn_head *h, cn_view label, cn_view value) {
  const cn_rule *rule = cn_table_find(h->s->words->head, cn_strip(cn_compact(h->s->scratch, label), "：:"));
  value = cn_strip(value, "|｜;；,，");
  if (!rule || !value.n) return;
  cn_view field = rule->fields[1];
  cn_view *slot = cn_view_is(field, "title")             ? &h->title
                  : cn_view_is(field, "issuer")          ? &h->issuer
                  : cn_view_is(field, "document_number") ? &h->number
                  : cn_view_is(field, "issued")          ? &h->issued
                  : cn_view_is(field, "published")       ? &h->published
                                                         : NULL;
  if (slot && !slot->p) *slot = value;
}

/* 发布单位：云阳市人民政府办公室 in a line or cell of its own. */
static bool read_field(cn_head *h, cn_view text) {
  size_t bar = cn_view_find(text, CN_VIEW("|"), 0);
  if (bar != SIZE_MAX) { /* 发文单位：天目山街道办事处 | 日期：2021年1月5日 */
    bool first = read_field(h, cn_view_slice(text, 0, bar));
    return read_field(h, cn_view_slice(text, bar + 1, text.n)) || first;
  }
  size_t wide = cn_view_find(text, CN_VIEW("："), 0), narrow = cn_view_find(text, CN_VIEW(":"), 0);
  size_t colon = wide < narrow ? wide : narrow, length = wide < narrow ? 3 : 1;
  if (colon == SIZE_MAX || colon > 60) return false;
  cn_view label = cn_strip(cn_compact(h->s->scratch, cn_view_slice(text, 0, colon)), "（(【*");
  if (!cn_table_find(h->s->words->head, label)) return false;
  cn_view value = cn_strip(cn_view_slice(text, colon + length, text.n), "）)】*");
  set_field(h, label, value);
  return true;
}

/* The label of head.tsv that ends just before `colon`, inner blanks left out (索 引 号：); SIZE_MAX: none. */
static size_t chained_label(const cn_head *h, cn_view v, size_t begin, size_t colon, cn_view *label) {
  char flat[32];
  size_t n = sizeof flat, at = colon, found = SIZE_MAX;
  while (at > begin && n >= 4) {
    const char *p = cn_utf8_before(v.p, v.p + at);
    size_t len = (size_t)(v.p + at - p);
    if (*p == '\n') break;
    at -= len;
    if (cn_is_space(cn_utf8_at(p, NULL))) continue;
    n -= len;
    memcpy(flat + n, p, len);
    const cn_rule *rule = cn_table_find(h->s->words->head, (cn_view){flat + n, sizeof flat - n});
    if (rule) *label = cn_rule_key(rule), found = at;
  }
  return found;
}

enum { CHAIN_BYTES = 3000 };

static bool is_chain(cn_view text) {
  size_t colons = 0, at = 0;
  if (text.n < 120 || memchr(text.p, '\n', text.n)) return false;
  while (colons < 3 && (at = cn_view_find(text, CN_VIEW("："), at)) != SIZE_MAX) colons++, at += 3;
  return colons >= 3;
}

/* 发文机关： 海屿新区管委会 成文日期： 2023-02-20 标 题： …: the metadata box of a page that became one line. */
static void read_chain(cn_head *h, cn_view text) {
  cn_folded f = cn_fold(h->s->scratch, cn_view_slice(text, 0, text.n > CHAIN_BYTES ? CHAIN_BYTES : text.n));
  cn_view v = f.text, label = CN_NULL_VIEW, next;
  size_t value = 0;
  for (size_t at = 0; at < v.n; at++) {
    size_t width = v.p[at] == ':' ? 1 : cn_at(v, at, "：") ? 3 : 0;
    size_t begin = width ? chained_label(h, v, value, at, &next) : SIZE_MAX;
    if (begin == SIZE_MAX) continue;
    if (label.p && begin - value < 240) set_field(h, label, cn_fold_source(&f, value, begin));
    label = next;
    value = at + width;
  }
  if (label.p)
    set_field(
        h, label,
        cn_fold_source(&f, value, value + 120 < v.n ? cn_utf8_valid_prefix(cn_view_slice(v, 0, value + 120)) : v.n));
}

static void add_line(cn_head *h, cn_view text, int64_t line, bool heading, bool centered) {
  cn_view rest = text, part;
  while (cn_view_split(&rest, '\n', &part)) {
    part = cn_view_trim(part);
    if (!part.n) continue;
    if (h->count == h->capacity)
      h->lines = cn_arena_grow(h->s->scratch, h->lines, h->count, &h->capacity, sizeof *h->lines);
    cn_view folded = cn_fold(h->s->scratch, part).text;
    h->lines[h->count++] =
        (cn_head_line){.text = part,
                       .folded = folded,
                       .line = line,
                       .heading = heading,
                       .centered = centered,
                       .prose = cn_view_find(folded, CN_VIEW("。"), 0) != SIZE_MAX && cn_utf8_count(folded) >= 12};
  }
}

static size_t table_end(const cn_flow *flow, size_t table) {
  size_t end = table + 1;
  while (end < flow->count && flow->items[end].kind != CN_ELEMENT_TABLE_END &&
         flow->items[end].kind != CN_ELEMENT_TABLE)
    end++;
  return end;
}

/* Rows above the header: 云阳市2022年任务汇总表 over all columns, 发布单位：… beside 发布日期：… */
static void add_table_head(cn_head *h, size_t table, size_t end) {
  size_t header = cn_find_header(h->s, h->flow, table, end);
  if (h->flow->items[table].text.n) add_line(h, h->flow->items[table].text, h->flow->items[table].line, false, true);
  for (size_t i = table; i < end && header != SIZE_MAX && i < header; i++) {
    const cn_element *row = &h->flow->items[i];
    for (size_t k = 0; row->kind == CN_ELEMENT_ROW && k < row->cell_count; k++) {
      cn_view text = row->cells[k].text;
      if (!text.n || row->cells[k].merged || read_field(h, text)) continue;
      add_line(h, text, row->cells[k].line ? row->cells[k].line : row->line, false, cn_filled_cells(row, NULL) == 1);
    }
  }
}

/* The element where the body begins: the first numbered item, or the first table of tasks. */
static size_t body_element(const cn_head *h, size_t *byte) {
  const cn_outline *o = h->outline;
  *byte = SIZE_MAX;
  for (size_t i = 0; i < o->count; i++)
    if (o->nodes[i].kind != CN_NODE_STOP && o->nodes[i].kind != CN_NODE_HEADING) {
      *byte = o->nodes[i].begin;
      return o->prose.paras[o->nodes[i].para].element;
    }
  return h->flow->count;
}

static void collect(cn_head *h) {
  size_t byte, body = body_element(h, &byte), para = 0;
  const cn_prose *prose = &h->outline->prose;
  for (size_t i = 0; i < h->flow->count; i++) {
    const cn_element *e = &h->flow->items[i];
    if (e->kind == CN_ELEMENT_FIELD) set_field(h, e->label, e->text);
    while (para < prose->count && prose->paras[para].element < i) para++;
    if (i > body || h->count > CN_HEAD_LINES || e->chrome) continue;
    if (e->kind == CN_ELEMENT_TABLE ||
        (e->kind == CN_ELEMENT_ROW && (!i || h->flow->items[i - 1].kind != CN_ELEMENT_ROW))) {
      size_t end = table_end(h->flow, i);
      if (!cn_is_task_table(h->s, h->flow, i, end)) continue;
      add_table_head(h, i, end);
      body = i;
    }
    if ((e->kind != CN_ELEMENT_PARAGRAPH && e->kind != CN_ELEMENT_HEADING) || para >= prose->count ||
        prose->paras[para].element != i)
      continue;
    const cn_para *p = &prose->paras[para];
    size_t stop = i == body && byte < p->end ? byte : p->end;
    cn_view text = cn_fold_source(&prose->text, p->begin, stop);
    if (text.n > 8000) text.n = cn_utf8_valid_prefix(cn_view_slice(text, 0, 8000));
    if (is_chain(text))
      read_chain(h, text);
    else if (read_field(h, text))
      continue;
    add_line(h, text, e->line, e->kind == CN_ELEMENT_HEADING, e->centered);
  }
}

/* --- issuer and dates ------------------------------------------------------------------------------------------- */

static cn_view body_before(const cn_head *h, cn_view v, size_t at, size_t low) {
  size_t end = at;
  while (end > low && cn_is_space(cn_utf8_at(cn_utf8_before(v.p, v.p + end), NULL)))
    end = (size_t)(cn_utf8_before(v.p, v.p + end) - v.p);
  size_t begin = end, points = 0;
  while (begin > low && points++ < 30) {
    size_t p = (size_t)(cn_utf8_before(v.p, v.p + begin) - v.p);
    if (!cn_is_han(cn_utf8_at(v.p + p, NULL))) break;
    begin = p;
  }
  cn_view name = cn_view_slice(v, begin, end);
  bool body = cn_word_ends(h->s->words, CN_WORD_BODY, name) || cn_view_ends(name, CN_VIEW("院"));
  return body && points < 30 && cn_utf8_count(name) >= 3 ? name : CN_NULL_VIEW;
}

static cn_view issuer_in_title(cn_head *h) {
  cn_view title = h->s->notice.title;
  size_t about = title.p ? cn_view_find(title, CN_VIEW("关于"), 0) : SIZE_MAX;
  if (about == SIZE_MAX || !about) return CN_NULL_VIEW;
  cn_view name = cn_view_trim(cn_view_slice(title, 0, about));
  return cn_name_kind(h->s->words, cn_compact(h->s->scratch, name)) == CN_BLOCK_KIND_ORGANIZATION ||
                 cn_view_ends(name, CN_VIEW("国务院"))
             ? name
             : CN_NULL_VIEW;
}

/* A body, a date, and nothing behind it but an end: 国务院办公厅2020年7月15日（此件公开发布）. Lines and blanks may
 * stand between. */
static void find_sign_off(cn_head *h, cn_view v, const cn_folded *source) {
  size_t at = 0, end;
  cn_date date;
  cn_view issuer = issuer_in_title(h);
  for (; cn_date_find(v, &at, &end, &date); at = end) {
    bool closed = end >= v.n || cn_is_space(cn_utf8_at(v.p + end, NULL)) || cn_at(v, end, "（") || v.p[end] == '(' ||
                  cn_at(v, end, "印发") || cn_at(v, end, "）");
    cn_view name = body_before(h, v, at, at > 300 ? at - 300 : 0);
    bool known = name.p && issuer.n >= 12 && cn_view_ends(name, issuer);
    if (known) name = cn_view_slice(name, name.n - issuer.n, name.n);
    if (!closed && !known) continue;
    size_t begin = at >= 3 && cn_at(v, at - 3, "（") ? at - 3 : at, after = cn_at(v, end, "）") ? end + 3 : end;
    bool alone = begin == 0 || v.p[begin - 1] == '\n', line_end = after >= v.n || v.p[after] == '\n';
    if (!name.p && !(alone && line_end)) continue;
    if (!cn_date_known(h->signed_on)) h->signed_on = date;
    if (name.p && !h->signer.p)
      h->signer = cn_fold_source(source, (size_t)(name.p - v.p), (size_t)(name.p - v.p) + name.n);
    if (name.p) return;
  }
}

static void find_signer(cn_head *h) {
  find_sign_off(h, h->outline->prose.text.text, &h->outline->prose.text);
  if (cn_date_known(h->signed_on) && h->signer.p) return;
  for (size_t i = 0; i < h->count; i++) {
    cn_folded f = cn_fold(h->s->scratch, h->lines[i].text);
    find_sign_off(h, f.text, &f);
  }
  /* Lines inside an open table (a text layout keeps its table open to the end of the text). */
  for (size_t i = h->flow->count > 12 ? h->flow->count - 12 : 0; i < h->flow->count; i++) {
    const cn_element *e = &h->flow->items[i];
    if (e->kind != CN_ELEMENT_PARAGRAPH || e->chrome || e->text.n > 300) continue;
    cn_folded f = cn_fold(h->s->scratch, e->text);
    if (!h->signer.p && !cn_date_known(h->signed_on)) find_sign_off(h, f.text, &f);
  }
}

static cn_date date_of(cn_segmenter *s, cn_view text) {
  size_t at = 0, end;
  cn_date date = {0};
  return text.p && cn_date_find(cn_fold(s->scratch, text).text, &at, &end, &date) ? date : (cn_date){0};
}

static cn_view keep(cn_head *h, cn_view text) {
  return text.p ? cn_arena_copy(h->s->keep, cn_join_name(h->s->scratch, text)) : CN_NULL_VIEW;
}

static void find_number_line(cn_head *h) {
  size_t begin, end;
  for (size_t i = 0; i < h->count && !h->number.p && i < 40; i++) {
    cn_folded f = cn_fold(h->s->scratch, h->lines[i].text);
    if (!cn_number_find(h->s->words, f.text, &begin, &end)) continue;
    bool alone = begin < 8 && cn_view_trim(cn_view_slice(f.text, end, f.text.n)).n < 12;
    if (alone || (h->title_first == i && begin > 0) || (!h->lines[i].prose && cn_utf8_count(f.text) < 90))
      h->number = cn_fold_source(&f, begin, end);
  }
}

/* --- preface ---------------------------------------------------------------------------------------------------- */

/* Behind the salutation of a notice that is one line: …各直属机构：党中央、国务院高度重视… */
static cn_view after_salutation(cn_view text) {
  static const char *const ends[] = {"政府", "机构", "部门", "单位", "公司", "委会", "街道"};
  size_t from = 0;
  for (size_t colon = 0; (colon = cn_view_find(text, CN_VIEW("："), colon)) != SIZE_MAX && colon < 3000; colon += 3)
    for (size_t i = 0; i < CN_COUNT(ends); i++)
      if (cn_view_ends(cn_view_slice(text, 0, colon), cn_view_of(ends[i])) &&
          !cn_view_ends(cn_view_slice(text, 0, colon), CN_VIEW("责任单位")))
        from = colon + 3;
  return cn_view_trim(cn_view_slice(text, from, text.n));
}

/* …请认真贯彻执行。 青山市人民政府 2021年1月20日: the sign-off is no preface. */
static cn_view before_sign_off(cn_head *h, cn_view text) {
  size_t stop = cn_view_rfind(text, CN_VIEW("。"));
  if (stop == SIZE_MAX || stop + 3 >= text.n || text.n - stop > 200) return text;
  cn_view tail = cn_view_slice(text, stop + 3, text.n);
  size_t at = 0, end;
  cn_date date;
  return cn_date_find(cn_fold(h->s->scratch, tail).text, &at, &end, &date) ? cn_view_slice(text, 0, stop + 3) : text;
}

static void find_preface(cn_head *h) {
  cn_buf buf;
  cn_buf_init(&buf, h->s->scratch->trap);
  for (size_t i = 0; i < h->count; i++) {
    const cn_head_line *l = &h->lines[i];
    bool in_title = i >= h->title_first && i <= h->title_last && h->title_first != SIZE_MAX;
    if (!l->prose || l->heading || (in_title && cn_utf8_count(l->folded) < 120) || cn_is_noise(h->s, l->folded))
      continue;
    if (buf.n) cn_buf_add_char(&buf, '\n');
    cn_buf_add_view(&buf, before_sign_off(h, after_salutation(l->text)));
  }
  if (buf.n) h->s->notice.preface = cn_arena_copy(h->s->keep, cn_buf_view(&buf));
  cn_buf_free(&buf);
}

static void find_year(cn_head *h) {
  cn_notice *n = &h->s->notice;
  int64_t option = h->s->document->options ? h->s->document->options->year : CN_NONE;
  n->year = n->title.p ? cn_year_find(cn_fold(h->s->scratch, n->title).text) : CN_NONE;
  if (n->year == CN_NONE && cn_date_known(n->issued)) n->year = n->issued.year;
  if (n->year == CN_NONE && n->preface.p) n->year = cn_year_find(cn_fold(h->s->scratch, n->preface).text);
  for (size_t i = 0; i < h->count && n->year == CN_NONE; i++) /* ——2026年1月26日在某省第十四届人民代表大会上 */
    if (!h->lines[i].prose) n->year = cn_year_find(h->lines[i].folded);
  if (n->year == CN_NONE) n->year = option;
}

void cn_prose_contacts(cn_segmenter *s, cn_view text, int64_t line) {
  if (cn_view_find(text, CN_VIEW("电话"), 0) == SIZE_MAX && cn_view_find(text, CN_VIEW("联系"), 0) == SIZE_MAX &&
      cn_view_find(text, CN_VIEW("電話"), 0) == SIZE_MAX)
    return;
  cn_contact contact;
  size_t at = 0;
  while (cn_contact_read(s->scratch, s->words, text, &at, &contact))
    if (contact.phones.n) cn_contact_add(s, &contact, line, true);
}

static void find_contacts(cn_head *h) {
  const cn_outline *o = h->outline;
  size_t first = o->prose.count;
  for (size_t i = 0; i < o->count && first == o->prose.count; i++)
    if (o->nodes[i].kind != CN_NODE_STOP) first = o->nodes[i].para;
  for (size_t i = 0; i < first; i++) {
    const cn_para *p = &o->prose.paras[i];
    if (p->kind == CN_PARA_TEXT) cn_prose_contacts(h->s, cn_fold_source(&o->prose.text, p->begin, p->end), p->line);
  }
}

void cn_head_read(cn_segmenter *s, const cn_flow *flow, const cn_outline *outline) {
  cn_head h = {.s = s, .flow = flow, .outline = outline};
  cn_notice *n = &s->notice;
  collect(&h);
  cn_title_find(&h);
  find_number_line(&h);
  find_signer(&h);
  cn_view number = h.number;
  size_t begin, end;
  cn_folded f = cn_fold(s->scratch, number.p ? number : CN_VIEW(""));
  if (number.p && cn_number_find(s->words, f.text, &begin, &end)) number = cn_fold_source(&f, begin, end);
  n->document_number = keep(&h, number);
  n->issuer = keep(&h, h.issuer.p ? h.issuer : h.signer.p ? h.signer : issuer_in_title(&h));
  n->issued = date_of(s, h.issued);
  if (!cn_date_known(n->issued)) n->issued = h.signed_on;
  if (!cn_date_known(n->issued)) n->issued = date_of(s, h.published);
  find_preface(&h);
  find_year(&h);
  find_contacts(&h);
}
