/* Labels inside an item of prose: see labels.h. */
#include "extract/labels.h"

#include "core/utf8.h"

enum { LABEL_POINTS = 12 };

bool cn_one_of(cn_view v, size_t at, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (cn_at(v, at, list[i])) return true;
  return false;
}

static bool is_boundary(cn_view v, size_t at) {
  static const char *const marks[] = {"。", "；", "，", "、", ";", ",", "（", "(", "【", "[", "）",
                                      ")",  "】", "]",  "\n", "*", "●", "■",  "▲", "◆",  "-"};
  return cn_is_space(cn_utf8_at(v.p + at, NULL)) || cn_one_of(v, at, marks, CN_COUNT(marks));
}

static bool is_owner_field(cn_field f) {
  return f == CN_FIELD_PERSON || f == CN_FIELD_UNIT || f == CN_FIELD_LEAD || f == CN_FIELD_SUPPORT ||
         f == CN_FIELD_SUPERVISOR || f == CN_FIELD_OWNER;
}

/* 领办领导：王永强 on a line of its own: the line's whole beginning is the label, where a known word ends it. */
static bool whole_label(cn_view v, const size_t *starts, size_t points, size_t key, cn_label *label) {
  for (size_t i = key; i < points && i < 8; i++) {
    if (starts[i] && v.p[starts[i] - 1] != '\n') continue;
    label->begin = starts[i];
    label->line_start = true;
    if (label->field == CN_FIELD_BLOCK) label->field = CN_FIELD_UNIT;
    return is_owner_field(label->field) || label->field == CN_FIELD_DEADLINE;
  }
  return false;
}

bool cn_label_before(const cn_words *words, cn_view v, size_t begin, size_t colon, cn_label *label) {
  char flat[LABEL_POINTS * 4];
  size_t starts[LABEL_POINTS], points = 0, at = colon, n = sizeof flat;
  while (at > begin && points < LABEL_POINTS) {
    const char *p = cn_utf8_before(v.p, v.p + at);
    size_t len = (size_t)(v.p + at - p);
    uint32_t c = cn_utf8_at(p, NULL);
    if (c == '\n' || (c < 0x80 && !cn_is_space(c) && c != '(' && c != ')' && c != '/')) break;
    at -= len;
    if (cn_is_space(c)) continue;
    n -= len;
    memcpy(flat + n, p, len);
    starts[points++] = at;
  }
  cn_view compact = {flat + n, sizeof flat - n};
  const cn_rule *rule = points ? cn_table_suffix(words->headers, compact, compact.n) : NULL;
  if (!rule) return false;
  size_t key = cn_utf8_count(cn_rule_key(rule));
  *label = (cn_label){
      .field = (cn_field)cn_enum_value(&cn_field_names, rule->fields[1]), .begin = starts[key - 1], .end = colon};
  size_t before = label->begin;
  const char *p = before > begin ? cn_utf8_before(v.p, v.p + before) : NULL;
  bool boundary = !p || is_boundary(v, (size_t)(p - v.p));
  while (p && cn_is_space(cn_utf8_at(p, NULL)) && *p != '\n') p = p > v.p + begin ? cn_utf8_before(v.p, p) : NULL;
  label->line_start = !p || *p == '\n';
  if (!boundary && key < 4 && whole_label(v, starts, points, key, label)) return true;
  bool strong =
      key >= 4 && (is_owner_field(label->field) || label->field == CN_FIELD_DEADLINE || label->field == CN_FIELD_PHONE);
  return boundary || strong || (key >= 3 && label->field == CN_FIELD_PERSON) ||
         (key >= 3 && label->field == CN_FIELD_CONTACT);
}

static size_t colon_length(cn_view v, size_t at) { return v.p[at] == ':' ? 1 : cn_at(v, at, "：") ? 3 : 0; }

bool cn_label_at(const cn_words *words, cn_view v, size_t at, size_t end, cn_label *label) {
  size_t from = cn_skip_blank(v, at);
  if (from < end && (cn_at(v, from, "【") || cn_at(v, from, "（"))) from += 3;
  size_t points = 0;
  for (size_t p = from; p < end && points < LABEL_POINTS + 6; points++) {
    size_t colon = colon_length(v, p);
    if (colon) {
      label->value = p + colon;
      return cn_label_before(words, v, from, p, label) && label->begin == from && (label->value = p + colon);
    }
    if (v.p[p] == '\n') return false;
    p += cn_utf8_len((unsigned char)v.p[p]);
  }
  return false;
}

/* Whether the label counts inside an item, given what came before it. */
static bool is_item_label(const cn_label *l, size_t begin, cn_view v, bool has_task) {
  switch ((int)l->field) {
  case CN_FIELD_PERSON:
  case CN_FIELD_UNIT:
  case CN_FIELD_LEAD:
  case CN_FIELD_SUPPORT:
  case CN_FIELD_SUPERVISOR:
  case CN_FIELD_OWNER:
  case CN_FIELD_DEADLINE:
  case CN_FIELD_CONTACT:
  case CN_FIELD_PHONE: return true;
  case CN_FIELD_TASK: return cn_skip_blank(v, begin) >= l->begin || (l->line_start && !has_task);
  case CN_FIELD_SERIAL: return cn_skip_blank(v, begin) >= l->begin;
  case CN_FIELD_MEASURE:
  case CN_FIELD_REMARK:
  case CN_FIELD_CATEGORY: return has_task && l->line_start;
  default: return false;
  }
}

static bool next_label(const cn_words *words, cn_view v, size_t begin, size_t *at, size_t end, bool has_task,
                       cn_label *label) {
  for (size_t p = *at; p < end; p++) {
    unsigned char c = (unsigned char)v.p[p];
    if (c != ':' && c != 0xEF) continue;
    size_t colon = colon_length(v, p);
    if (!colon) continue;
    label->value = p + colon;
    size_t value = p + colon;
    if (cn_label_before(words, v, *at, p, label) && is_item_label(label, begin, v, has_task)) {
      label->value = value;
      *at = value;
      return true;
    }
  }
  return false;
}

/* The opening bracket just before a label, or the label itself. */
static size_t with_bracket(cn_view v, size_t begin, size_t at, bool *opened) {
  static const char *const openers[] = {"（", "(", "【", "[", "〔"};
  size_t p = at;
  *opened = false;
  while (p > begin) {
    const char *b = cn_utf8_before(v.p, v.p + p);
    p = (size_t)(b - v.p);
    if (cn_one_of(v, p, openers, CN_COUNT(openers))) return *opened = true, p;
    if (!cn_is_space(cn_utf8_at(b, NULL))) break;
  }
  return at;
}

/* The label's value: its first line that holds text; a closing bracket goes where the label stands in one. */
static cn_view value_of(const cn_folded *f, size_t begin, size_t end, bool opened, bool task) {
  size_t from = cn_skip_blank(f->text, begin), to = end;
  for (size_t p = from; p < end && !task; p++)
    if (f->text.p[p] == '\n') {
      to = p;
      break;
    }
  if (from > to) from = to;
  cn_view folded = cn_strip(cn_view_slice(f->text, from, to), task ? "" : "；;，,。、");
  size_t open = folded.n ? cn_bracket_open(f->text, from, (size_t)(folded.p + folded.n - f->text.p)) : SIZE_MAX;
  static const char *const closers[] = {"）", ")", "】", "]", "〕"};
  if ((opened || open == SIZE_MAX) && folded.n && !task) {
    const char *last = cn_utf8_before(folded.p, folded.p + folded.n);
    if (cn_one_of(f->text, (size_t)(last - f->text.p), closers, CN_COUNT(closers)) && open == SIZE_MAX)
      folded.n = (size_t)(last - folded.p);
  }
  folded = cn_strip(folded, task ? "" : "；;，,。、");
  return cn_fold_source(f, (size_t)(folded.p - f->text.p), (size_t)(folded.p - f->text.p) + folded.n);
}

void cn_owned_add(cn_owned *o, cn_field field, cn_view header, cn_view text) {
  if (o->cell_count < CN_OWNED_CELLS && text.n)
    o->cells[o->cell_count++] = (cn_cell){.field = field, .header = header, .text = text};
}

/* On one line, what stands behind a term and a blank is no term any more: 12月底 海屿新区管委会 2023年… */
static cn_view cut_term(cn_view text) {
  for (size_t at = 0; at < text.n; at += cn_utf8_len((unsigned char)text.p[at]))
    if (cn_is_space(cn_utf8_at(text.p + at, NULL)) && cn_utf8_count(cn_view_slice(text, at, text.n)) > 12)
      return cn_view_trim(cn_view_slice(text, 0, at));
  return text;
}

/* （责任人：周明、郑爽，12月底前）: the term behind an owner's list, which loses it. */
static cn_view take_term(const cn_words *words, cn_view *text) {
  static const char *const marks[] = {"，", "；", ",", ";"};
  for (size_t at = text->n; at-- > 0;) {
    for (size_t i = 0; i < CN_COUNT(marks); i++) {
      if (!cn_at(*text, at, marks[i])) continue;
      cn_view term = cn_view_trim(cn_view_slice(*text, at + strlen(marks[i]), text->n));
      if (!at || !term.n || !cn_is_due(words, term)) return CN_NULL_VIEW;
      *text = cn_view_trim(cn_view_slice(*text, 0, at));
      return term;
    }
  }
  return CN_NULL_VIEW;
}

static void take_label(const cn_words *words, const cn_folded *f, const cn_label *l, size_t end, bool opened,
                       cn_owned *o) {
  cn_view header = cn_view_trim(cn_fold_source(f, l->begin, l->end)), text = value_of(f, l->value, end, opened, false);
  if (is_owner_field(l->field)) {
    cn_view term = take_term(words, &text);
    cn_owned_add(o, l->field, header, text);
    cn_owned_add(o, CN_FIELD_DEADLINE, CN_VIEW(""), term);
  } else if (l->field == CN_FIELD_DEADLINE)
    cn_owned_add(o, l->field, header, cut_term(text));
  else if (l->field == CN_FIELD_SERIAL)
    o->serial = text;
  else if (l->field == CN_FIELD_CONTACT || l->field == CN_FIELD_PHONE) {
    if (o->contact_begin == o->contact_end) o->contact_begin = l->begin;
    o->contact_end = end;
  } else if (o->extra_count < CN_OWNED_CELLS && text.n)
    o->extras[o->extra_count++] = (cn_extra){header, text};
}

bool cn_labels_read(const cn_words *words, const cn_folded *f, size_t begin, size_t end, cn_owned *o) {
  cn_label label, next;
  size_t at = begin;
  bool has_task = false, serial = false, opened, next_opened = false, any = false, cut = false;
  if (!next_label(words, f->text, begin, &at, end, false, &label)) return false;
  size_t start = with_bracket(f->text, begin, label.begin, &opened);
  for (bool more = true; more;) {
    bool task = label.field == CN_FIELD_TASK;
    has_task = has_task || task;
    serial = serial || label.field == CN_FIELD_SERIAL;
    more = next_label(words, f->text, begin, &at, end, has_task, &next);
    size_t stop = more ? with_bracket(f->text, label.value, next.begin, &next_opened) : end;
    if (task && cn_view_trim(cn_view_slice(f->text, label.value, stop)).n) {
      o->task_begin = label.value;
      o->task_end = stop;
    } else if (!task) { /* 承诺事项： with nothing behind it stands above the next list */
      if (!cut && !has_task && !serial) o->task_end = start;
      cut = cut || label.field != CN_FIELD_SERIAL;
      any = true;
      take_label(words, f, &label, stop, opened, o);
    }
    label = next;
    start = stop;
    opened = next_opened;
  }
  return any;
}
