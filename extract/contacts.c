/* Contacts in running text and in cells: see contacts.h. */
#include "extract/contacts.h"

#include "core/utf8.h"

typedef struct label_at {
  size_t begin, end; /* of the label; end is behind its colon */
  cn_field field;
} label_at;

static bool is_phone_char(cn_view v, size_t at, size_t *len) {
  static const char *const marks[] = {"-", "－", "—", "–", "(", ")", "（", "）", "转", "+", "*"};
  if (v.p[at] >= '0' && v.p[at] <= '9') return *len = 1, true;
  for (size_t i = 0; i < CN_COUNT(marks); i++)
    if (cn_at(v, at, marks[i])) return *len = strlen(marks[i]), true;
  return false;
}

/* The phone number at `at`: digits, area code, extension; *end behind it. A number has at least five digits. */
static bool phone_at(cn_view v, size_t at, size_t *end) {
  size_t digits = 0, p = at, last = at, len;
  if (v.p[at] != '(' && !cn_at(v, at, "（") && v.p[at] != '+' && !(v.p[at] >= '0' && v.p[at] <= '9')) return false;
  while (p < v.n && is_phone_char(v, p, &len)) {
    if ((v.p[p] == ')' || cn_at(v, p, "）")) && !memchr(v.p + at, '(', p - at) &&
        cn_view_find(cn_view_slice(v, at, p), CN_VIEW("（"), 0) == SIZE_MAX)
      break;
    if (v.p[p] >= '0' && v.p[p] <= '9') digits++, last = p + 1;
    p += len;
    if (p - at > 40) break;
  }
  *end = last;
  return digits >= 5;
}

static bool is_contact_field(cn_field f) { return f == CN_FIELD_CONTACT || f == CN_FIELD_PHONE; }

/* The contact label that begins at `at`, inner blanks allowed (联 系 人：), with a colon, or with a blank or a digit
 * behind it. */
static bool label_here(const cn_words *words, cn_view v, size_t at, label_at *label) {
  char flat[96];
  size_t ends[32], n = 0, points = 0, p = at;
  while (p < v.n && points < 12 && n + 4 < sizeof flat) {
    size_t len;
    uint32_t c = cn_utf8_at(v.p + p, &len);
    if (!cn_is_han(c) && !cn_is_space(c)) break;
    if (!cn_is_space(c)) {
      memcpy(flat + n, v.p + p, len);
      n += len;
      ends[points++] = p + len;
    }
    p += len;
  }
  const cn_rule *rule = n ? cn_table_prefix(words->headers, (cn_view){flat, n}, 0) : NULL;
  if (!rule) return false;
  label->field = (cn_field)cn_enum_value(&cn_field_names, rule->fields[1]);
  if (!is_contact_field(label->field)) return false;
  size_t end = ends[cn_utf8_count(cn_rule_key(rule)) - 1], colon = cn_skip_blank(v, end);
  label->begin = at;
  if (cn_at(v, colon, "：")) return label->end = colon + 3, true;
  if (cn_at(v, colon, ":")) return label->end = colon + 1, true;
  label->end = colon;
  size_t phone_end;
  if (colon < v.n && phone_at(v, colon, &phone_end)) return true;
  return label->field == CN_FIELD_CONTACT && colon > end && at == 0;
}

static bool next_label(const cn_words *words, cn_view v, size_t at, label_at *label) {
  for (; at < v.n; at += cn_utf8_len((unsigned char)v.p[at]))
    if ((unsigned char)v.p[at] >= 0xE3 && label_here(words, v, at, label)) return true;
  return false;
}

static bool has_phone(cn_view v) {
  size_t end;
  for (size_t at = 0; at < v.n; at += cn_utf8_len((unsigned char)v.p[at]))
    if (phone_at(v, at, &end)) return true;
  return false;
}

bool cn_is_contact_line(const cn_words *words, cn_view text) {
  cn_view v = cn_strip(text, "（()）【】[]*");
  label_at label;
  if (!v.n || cn_utf8_count(v) > 120) return false;
  if (label_here(words, v, 0, &label)) return label.end < v.n;
  bool sentence = cn_view_find(v, CN_VIEW("。"), 0) < v.n - 3;
  return cn_utf8_count(v) <= 60 && !sentence && next_label(words, v, 0, &label) && has_phone(v);
}

/* A person ends at the next label, at a phone number, or at punctuation other than 、. */
static size_t person_end(cn_view v, size_t at, size_t limit) {
  static const char *const stops[] = {"，", "；", "。", "）", "】", "\n", ";", ")", "("};
  for (size_t phone; at < limit; at += cn_utf8_len((unsigned char)v.p[at])) {
    for (size_t i = 0; i < CN_COUNT(stops); i++)
      if (cn_at(v, at, stops[i])) return at;
    if (phone_at(v, at, &phone)) return at;
  }
  return at;
}

typedef struct phone_list {
  cn_view items[16];
  size_t n;
} phone_list;

/* Phones between `at` and limit, as far as nothing but separators stands between them; gives where it stopped. */
static size_t read_phones(const cn_folded *f, size_t at, size_t limit, phone_list *list) {
  static const char *const separators[] = {"、", "，", ",", "；", ";", "/", "或", "\n", "：", ":"};
  while (at < limit) {
    size_t end, len = cn_utf8_len((unsigned char)f->text.p[at]);
    if (phone_at(f->text, at, &end)) {
      if (end > limit) end = limit;
      if (list->n < CN_COUNT(list->items)) list->items[list->n++] = cn_fold_source(f, at, end);
      at = end;
      continue;
    }
    bool separator = cn_skip_blank(f->text, at) > at;
    for (size_t i = 0; i < CN_COUNT(separators); i++) separator = separator || cn_at(f->text, at, separators[i]);
    if (!separator && list->n) return at;
    at += len;
  }
  return limit;
}

static void set_phones(cn_arena *arena, const phone_list *list, cn_contact *contact) {
  cn_view *items = cn_arena_new(arena, cn_view, list->n + 1);
  for (size_t i = 0; i < list->n; i++) { /* 张三（13800000000）: the bracket is not the number's */
    bool closed =
        cn_view_find(list->items[i], CN_VIEW("）"), 0) != SIZE_MAX || memchr(list->items[i].p, ')', list->items[i].n);
    items[i] = closed ? cn_view_trim(list->items[i]) : cn_strip(list->items[i], "（(");
  }
  contact->phones = (cn_text_list){items, list->n};
}

/* 张三 0531-1234567 李四 0531-7654321: another person under the same label, between `at` and limit. */
static bool read_next_person(cn_arena *arena, const cn_folded *f, size_t *at, size_t limit, cn_contact *contact) {
  while (*at < limit && !cn_is_han(cn_utf8_at(f->text.p + *at, NULL)))
    *at += cn_utf8_len((unsigned char)f->text.p[*at]);
  size_t end = person_end(f->text, *at, limit);
  cn_view name = cn_strip(cn_fold_source(f, *at, end), "：:、，,；;（()）");
  static const char *const others[] = {"传真", "邮箱", "电话", "手机", "地址", "邮编", "网址", "监督", "举报", "转"};
  for (size_t i = 0; i < CN_COUNT(others); i++)
    if (cn_view_find(name, cn_view_of(others[i]), 0) != SIZE_MAX) return false;
  phone_list phones = {.n = 0};
  if (end >= limit || cn_utf8_count(name) < 2 || cn_utf8_count(name) > 6) return false;
  *at = read_phones(f, end, limit, &phones);
  if (!phones.n) return false;
  contact->person = cn_join_name(arena, name);
  set_phones(arena, &phones, contact);
  return true;
}

bool cn_contact_read(cn_arena *arena, const cn_words *words, cn_view text, size_t *at, cn_contact *contact) {
  cn_folded f = cn_fold(arena, text);
  phone_list phones = {.n = 0};
  label_at label, next;
  *contact = (cn_contact){0};
  if (*at && *at < f.text.n) {
    size_t limit = next_label(words, f.text, *at, &next) ? next.begin : f.text.n;
    if (read_next_person(arena, &f, at, limit, contact)) return true;
  }
  while (next_label(words, f.text, *at, &label)) {
    if (label.field == CN_FIELD_CONTACT && (contact->person.p || phones.n)) break;
    size_t limit = next_label(words, f.text, label.end, &next) ? next.begin : f.text.n, from = label.end;
    if (label.field == CN_FIELD_CONTACT) {
      from = person_end(f.text, label.end, limit);
      cn_view person = cn_strip(cn_fold_source(&f, label.end, from), "：:、，,；;（(");
      if (person.n && cn_utf8_count(person) <= 30) contact->person = cn_join_name(arena, person);
    }
    *at = read_phones(&f, from, limit, &phones);
    if (*at < limit && contact->person.p) break;
    *at = limit;
  }
  set_phones(arena, &phones, contact);
  return contact->person.p || phones.n;
}

bool cn_contact_from_cells(cn_arena *arena, cn_view person, cn_view phone, cn_contact *contact) {
  *contact = (cn_contact){0};
  phone_list phones = {.n = 0};
  cn_folded f = cn_fold(arena, person);
  size_t end = person_end(f.text, 0, f.text.n);
  cn_view name = cn_strip(cn_fold_source(&f, 0, end), "：:、，,；;（(");
  if (name.n) contact->person = cn_join_name(arena, name);
  read_phones(&f, end, f.text.n, &phones);
  cn_folded g = cn_fold(arena, phone);
  read_phones(&g, 0, g.text.n, &phones);
  set_phones(arena, &phones, contact);
  return contact->person.p || phones.n;
}
