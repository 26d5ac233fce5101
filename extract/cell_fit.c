/* cell_fit: see cell_fit.h. In: a text and a column's field.  Out: a score.  Owns nothing. */
#include "extract/cell_fit.h"

#include "core/utf8.h"
#include "extract/serial.h"

enum { LONGEST = 240, NAME_LEAST = 2, NAME_MOST = 4 };

static bool is_name(const cn_table *surnames, cn_view v) {
  size_t points = cn_utf8_count(v);
  const cn_rule *surname = cn_table_prefix(surnames, v, 0);
  if (points < NAME_LEAST || points > NAME_MOST || !surname) return false;
  if (points == NAME_MOST && cn_utf8_count(cn_rule_key(surname)) < 2) return false; /* 成效并长 is no 欧阳震华 */
  for (size_t at = 0, len; at < v.n; at += len)
    if (!cn_is_han(cn_utf8_at(v.p + at, &len))) return false;
  return true;
}

static bool is_separator(uint32_t c) {
  return cn_is_space(c) || c == 0x3001 || c == 0xFF0C || c == ',' || c == 0xFF1B || c == '/';
}

/* 李　刚: a blank inside a name of two characters parts nothing. 孙立成 孙: the line's end has cut a name. */
bool cn_looks_like_people(const cn_rules *rules, cn_view text) {
  const cn_table *surnames = cn_rules_table(rules, CN_RULES_SURNAMES);
  size_t names = 0, singles = 0, from = 0, len;
  for (size_t at = 0; at <= text.n; at += len) {
    len = 1;
    if (at < text.n && !is_separator(cn_utf8_at(text.p + at, &len))) continue;
    cn_view part = cn_view_trim(cn_view_slice(text, from, at));
    from = at + len;
    if (!part.n) continue;
    if (is_name(surnames, part))
      names++;
    else if (cn_utf8_count(part) == 1 && cn_is_han(cn_utf8_at(part.p, NULL)))
      singles++;
    else
      return false;
  }
  return names > 0 || (singles > 0 && singles % 2 == 0);
}

static bool is_phone(cn_view v) {
  size_t digits = 0;
  for (size_t i = 0; i < v.n; i++) digits += v.p[i] >= '0' && v.p[i] <= '9';
  return digits >= 7 && digits * 3 >= v.n * 2;
}

/* 联系人：周敏, 监督电话：0539-…: lines that stand in no column. */
static bool is_contact(cn_view v) {
  static const char *const words[] = {"联系人", "联系电话", "咨询电话", "监督电话", "电话",   "投诉电话",
                                      "联络员", "传真",     "注",       "备注",     "聯絡人", "聯絡電話"};
  for (size_t i = 0; i < CN_COUNT(words); i++) {
    cn_view word = cn_view_of(words[i]), rest = cn_view_slice(v, word.n, v.n);
    if (cn_view_starts(v, word) && (cn_view_starts(rest, CN_VIEW("：")) || cn_view_starts(rest, CN_VIEW(":"))))
      return true;
  }
  return false;
}

cn_looks cn_looks_of(cn_arena *arena, const cn_rules *rules, const cn_words *words, cn_view text) {
  size_t points = cn_utf8_count(text);
  cn_looks looks = {.points = (uint16_t)(points < UINT16_MAX ? points : UINT16_MAX)};
  looks.sentence = cn_view_find(text, CN_VIEW("。"), 0) != SIZE_MAX || cn_view_find(text, CN_VIEW("；"), 0) != SIZE_MAX;
  if (text.n > LONGEST) return looks;
  cn_arena_mark mark = cn_arena_get_mark(arena);
  cn_view folded = cn_fold(arena, text).text, compact = cn_compact(arena, text);
  cn_serial serial;
  looks.serial = looks.points < 8 && cn_serial_cell(compact, &serial);
  looks.value = looks.serial && serial.value <= INT32_MAX ? (int32_t)serial.value : 0;
  looks.section = looks.points < 25 && !looks.sentence && cn_serial_read(compact, 0, &serial) && !serial.weak &&
                  serial.style <= CN_SERIAL_HAN_PAREN && serial.end < compact.n;
  looks.due = cn_is_due(words, compact);
  looks.body = cn_is_body_list(words, folded);
  looks.person = cn_looks_like_people(rules, folded);
  looks.phone = is_phone(compact);
  looks.contact = is_contact(compact);
  cn_arena_rewind(arena, mark);
  return looks;
}

static int fit_task(cn_looks l, int most) {
  if (l.serial) return -60;
  if (l.points >= 12 || l.sentence) return l.due && l.points < 25 ? 0 : most;
  return l.due || l.body || l.person ? -15 : l.points >= 6 ? most / 3 : -5;
}

static int fit_owner(cn_looks l, int person, int body) {
  if (l.serial) return -40;
  if (l.due && !l.body) return -30;
  if (l.person) return person;
  if (l.body) return body;
  return l.sentence || l.points > 40 ? -40 : l.points > 20 ? -5 : 0;
}

static int fit_deadline(cn_looks l) {
  if (l.due) return 35;
  if (l.serial || l.person || l.body) return -30;
  return l.points > 40 ? -40 : -5;
}

static int fit_block(cn_looks l) {
  if (l.serial) return -40;
  if (l.due) return -30;
  return l.points <= 20 && !l.sentence ? 10 : -30;
}

int cn_cell_fit(cn_looks l, cn_field field) {
  switch (field) {
  case CN_FIELD_SERIAL: return l.serial ? 60 : -80;
  case CN_FIELD_TASK: return fit_task(l, 30);
  case CN_FIELD_MEASURE: return fit_task(l, 20);
  case CN_FIELD_DEADLINE: return fit_deadline(l);
  case CN_FIELD_PERSON:
  case CN_FIELD_SUPERVISOR:
  case CN_FIELD_CONTACT: return fit_owner(l, 30, 0);
  case CN_FIELD_OWNER: return fit_owner(l, 25, 25);
  case CN_FIELD_LEAD:
  case CN_FIELD_UNIT:
  case CN_FIELD_SUPPORT: return fit_owner(l, 5, 30);
  case CN_FIELD_PHONE: return l.phone ? 30 : -20;
  case CN_FIELD_BLOCK:
  case CN_FIELD_CATEGORY: return fit_block(l);
  case CN_FIELD_NONE:
  case CN_FIELD_REMARK:
  case CN_FIELD_OTHER: break;
  }
  return l.serial ? -10 : l.points > 40 ? -5 : 0;
}
