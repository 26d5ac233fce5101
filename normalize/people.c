/* People and bodies, in three steps: clauses (by ， ； and line ends, outside brackets), lists with a duty
 * (A牵头，B配合), members (by 、 和 及 and blanks). Brackets are never split: 各县（市、区）政府 is one body.
 *
 * In:  a cell.  Out: responsible entries, in the order of the text, each once.  Owns nothing. */
#include "normalize/people.h"

#include "core/utf8.h"

struct cn_people_rules {
  const cn_table *bodies, *surnames, *headers;
  int class_column, field_column;
};

const cn_people_rules *cn_people_rules_new(cn_arena *arena, const cn_rules *rules) {
  cn_people_rules *r = cn_arena_alloc(arena, sizeof *r);
  r->bodies = cn_rules_table(rules, CN_RULES_BODIES);
  r->surnames = cn_rules_table(rules, CN_RULES_SURNAMES);
  r->headers = cn_rules_table(rules, CN_RULES_HEADERS);
  r->class_column = cn_table_column(r->bodies, "class");
  r->field_column = cn_table_column(r->headers, "field");
  return r;
}

typedef struct reader {
  cn_arena *arena;
  const cn_people_rules *rules;
  cn_responsible_builder *list;
  cn_duty base; /* the column's duty */
  bool persons; /* the column is one of people */
  bool ambiguous;
} reader;

static bool is_class(const reader *r, const cn_rule *rule, const char *class) {
  return rule && cn_view_is(rule->fields[r->rules->class_column], class);
}

static size_t points(cn_view v) { return cn_utf8_count(v); }

static bool at_text(cn_view v, size_t at, const char *s) {
  return cn_view_starts(cn_view_slice(v, at, v.n), cn_view_of(s));
}

/* 1 where a bracket opens at this byte, -1 where one closes, 0 where there is none. */
static int bracket(cn_view v, size_t at) {
  switch (cn_utf8_at(v.p + at, NULL)) {
  case 0xFF08: /* （ */
  case '(':
  case 0x3014: /* 〔 */
  case '[':
  case 0x3010: return 1; /* 【 */
  case 0xFF09:
  case ')':
  case 0x3015:
  case ']':
  case 0x3011: return -1;
  default: return 0;
  }
}

/* The end of the bracket that opens at `at`, or at itself when it is never closed. Nobody nests more than a few: beyond
 * MOST_NESTED it counts as never closed, or a cell of （（（（ would cost the square of its length. */
static size_t skip_bracket(cn_view v, size_t at) {
  enum { MOST_NESTED = 16 };
  int depth = 0;
  for (size_t i = at; i < v.n; i += cn_utf8_len((unsigned char)v.p[i])) {
    depth += bracket(v, i);
    if (depth == 0) return i + cn_utf8_len((unsigned char)v.p[i]);
    if (depth > MOST_NESTED) break;
  }
  return at + cn_utf8_len((unsigned char)v.p[at]);
}

/* Without a bracket at the end: 区智慧岛服务管理中心（区数字办）. */
static cn_view without_bracket(cn_view name) {
  for (size_t i = 0; i < name.n; i += cn_utf8_len((unsigned char)name.p[i]))
    if (bracket(name, i) == 1 && i > 0 && skip_bracket(name, i) == name.n)
      return cn_view_trim(cn_view_slice(name, 0, i));
  return name;
}

static bool is_body(const reader *r, cn_view name) {
  cn_view bare = without_bracket(name);
  const cn_rule *rule = cn_table_suffix(r->rules->bodies, bare, bare.n);
  if (is_class(r, rule, "generic")) return true;
  return (is_class(r, rule, "ending") || is_class(r, rule, "place")) &&
         points(bare) > 1; /* 县 alone is half of 县 教育局 */
}

static bool is_place(const reader *r, cn_view name) {
  return is_class(r, cn_table_suffix(r->rules->bodies, name, name.n), "place");
}

static bool has_surname(const reader *r, cn_view name) {
  const cn_rule *rule = cn_table_prefix(r->rules->surnames, name, 0);
  return rule && cn_rule_key(rule).n < name.n;
}

static bool looks_personal(const reader *r, cn_view name) {
  size_t n = points(name);
  if (r->persons) return n <= 4 || !is_body(r, name);
  return n >= 2 && n <= 4 && has_surname(r, name) && !is_body(r, name);
}

static void add(reader *r, cn_view name, cn_party kind, cn_duty duty) {
  cn_responsible_builder *list = r->list;
  if (is_class(r, cn_table_find(r->rules->bodies, name), "none")) return; /* a cell that says 无 */
  for (size_t i = 0; i < list->n; i++)
    if (cn_view_equal(list->items[i].name, name) && list->items[i].role == duty) return;
  list->items = cn_arena_grow(r->arena, list->items, list->n, &list->capacity, sizeof *list->items);
  list->items[list->n++] = (cn_responsible){.name = name, .kind = kind, .role = duty};
}

/* --- people ---------------------------------------------------------------------------------------------------- */

/* Without a post before or behind: 副市长王浩, 王浩同志, 王浩（副市长）. A post alone (县委常委) leaves nothing. */
static cn_view without_post(const reader *r, cn_view name) {
  name = without_bracket(name);
  const cn_rule *rule = cn_table_suffix(r->rules->bodies, name, name.n);
  if (is_class(r, rule, "title")) {
    cn_view rest = cn_view_trim(cn_view_slice(name, 0, name.n - cn_rule_key(rule).n));
    return rest.n && !is_body(r, rest) && has_surname(r, rest) ? rest : CN_VIEW("");
  }
  for (size_t i = 0; i < name.n; i += cn_utf8_len((unsigned char)name.p[i])) {
    rule = cn_table_prefix(r->rules->bodies, name, i);
    if (!is_class(r, rule, "title")) continue;
    cn_view rest = cn_view_slice(name, i + cn_rule_key(rule).n, name.n);
    if (points(rest) >= 2 && points(rest) <= 4 && has_surname(r, rest)) return rest;
  }
  return name;
}

static bool next_token(cn_view *rest, cn_view *token) {
  *rest = cn_view_trim(*rest);
  if (!rest->n) return false;
  size_t i = 0, len;
  for (; i < rest->n; i += len) {
    if (bracket(*rest, i) == 1) {
      len = skip_bracket(*rest, i) - i;
      continue;
    }
    if (cn_is_space(cn_utf8_at(rest->p + i, &len))) break;
  }
  *token = cn_view_slice(*rest, 0, i);
  *rest = cn_view_slice(*rest, i, rest->n);
  return true;
}

/* Names are two characters or more, so a lone character goes with its neighbour: 李　刚, 陈 静 周文斌, 欧阳 娜. */
static bool joins_next(const reader *r, cn_view name, cn_view next) {
  if (points(name) == 1) return points(next) <= 2;
  return points(next) == 1 && points(name) == 2 && cn_table_find(r->rules->surnames, name) != NULL;
}

static void add_person(reader *r, cn_view name, cn_duty duty) {
  cn_view bare = without_post(r, name);
  if (!bare.n) return;
  if (points(bare) == 1) r->ambiguous = true;
  if (looks_personal(r, bare))
    add(r, bare, CN_PARTY_PERSON, duty);
  else
    add(r, name, is_body(r, name) || !r->persons ? CN_PARTY_ORGANIZATION : CN_PARTY_PERSON, duty);
}

static void read_people(reader *r, cn_view text, cn_duty duty) {
  cn_view token, next;
  bool more = next_token(&text, &token);
  while (more) {
    more = next_token(&text, &next);
    if (more && joins_next(r, token, next)) {
      token = cn_arena_format(r->arena, "%.*s%.*s", (int)token.n, token.p, (int)next.n, next.p);
      more = next_token(&text, &next);
    }
    add_person(r, token, duty);
    token = next;
  }
}

/* --- bodies ---------------------------------------------------------------------------------------------------- */

/* 等 behind a body ends the list: 市财政局等部门. 高等学校 has no body ahead of it. */
static cn_view until_and_so_on(const reader *r, cn_view member, bool *ends) {
  *ends = false;
  for (size_t at = 0; (at = cn_view_find(member, CN_VIEW("等"), at)) != SIZE_MAX; at += 3) {
    cn_view head = cn_view_trim(cn_view_slice(member, 0, at));
    if (!head.n || !is_body(r, head)) continue;
    *ends = true;
    return head;
  }
  return member;
}

/* A body's blanks come from line wraps inside a cell: 县 教育局. Between two bodies they separate. */
static void read_body(reader *r, cn_view text, cn_duty duty) {
  cn_view token, name = CN_VIEW("");
  while (next_token(&text, &token)) {
    name = name.n ? cn_arena_format(r->arena, "%.*s%.*s", (int)name.n, name.p, (int)token.n, token.p) : token;
    bool person = name.p == token.p && looks_personal(r, token);
    if (!person && !is_body(r, name)) continue;
    add(r, name, person ? CN_PARTY_PERSON : CN_PARTY_ORGANIZATION, duty);
    name = CN_VIEW("");
  }
  if (!name.n) return;
  add(r, name, looks_personal(r, name) ? CN_PARTY_PERSON : CN_PARTY_ORGANIZATION, duty);
}

/* 和 与 及 以及 separate only behind a body and ahead of one: 自然资源和规划局 is one. */
static size_t conjunction(const reader *r, cn_view list, size_t begin, size_t at, size_t end) {
  static const char *const words[] = {"以及", "和", "与", "及"};
  for (size_t i = 0; i < CN_COUNT(words); i++) {
    if (!at_text(list, at, words[i])) continue;
    size_t n = strlen(words[i]);
    cn_view left = cn_view_trim(cn_view_slice(list, begin, at)), right = cn_view_trim(cn_view_slice(list, at + n, end));
    return left.n && right.n && is_body(r, left) && points(left) > 2 ? n : 0;
  }
  return 0;
}

static size_t separator(const reader *r, cn_view list, size_t begin, size_t at) {
  if (at_text(list, at, "、")) return 3;
  if (list.p[at] == '/') return 1;
  return r->persons ? 0 : conjunction(r, list, begin, at, list.n);
}

typedef struct marker {
  size_t at, n;
  cn_duty duty;
  bool joins;
} marker;

static bool is_marker(const reader *r, const cn_rule *rule, marker *m) {
  m->joins = is_class(r, rule, "joins");
  m->duty = is_class(r, rule, "lead") || m->joins ? CN_DUTY_LEAD
            : is_class(r, rule, "support")        ? CN_DUTY_SUPPORT
            : is_class(r, rule, "supervisor")     ? CN_DUTY_SUPERVISOR
                                                  : r->base;
  return m->duty != r->base || m->joins || is_class(r, rule, "plain") || is_class(r, rule, "lead") ||
         is_class(r, rule, "support") || is_class(r, rule, "supervisor");
}

/* 区行政审批局（牵头）、区财政局（配合）: the duty stands in brackets behind each. */
static cn_view without_duty(const reader *r, cn_view member, cn_duty *duty) {
  cn_view bare = without_bracket(member);
  if (bare.n == member.n || !bare.n) return member;
  cn_view inner = cn_view_slice(member, bare.n, member.n);
  size_t open = cn_utf8_len((unsigned char)inner.p[0]), close = at_text(inner, inner.n - 1, ")") ? 1 : 3;
  if (inner.n < open + close) return member;
  const cn_rule *rule = cn_table_find(r->rules->bodies, cn_view_slice(inner, open, inner.n - close));
  marker m = {0};
  if (!rule || !is_marker(r, rule, &m) || (m.duty != CN_DUTY_LEAD && m.duty != CN_DUTY_SUPPORT)) return member;
  *duty = m.duty;
  return bare;
}

/* Adds one member; true when the list ends with it. */
static bool read_member(reader *r, cn_view member, cn_duty duty, bool drop_generic) {
  bool ends = false;
  member = without_duty(r, cn_view_trim(member), &duty);
  if (!r->persons) member = until_and_so_on(r, member, &ends);
  if (!member.n) return ends;
  if (drop_generic && cn_table_find(r->rules->bodies, member) &&
      is_class(r, cn_table_find(r->rules->bodies, member), "generic"))
    return ends;
  if (r->persons)
    read_people(r, member, duty);
  else
    read_body(r, member, duty);
  return ends;
}

/* A person's name may itself be cut by 、-free blanks over members (赵 磊 孙 楠), so people are read per member. */
static void read_list(reader *r, cn_view list, cn_duty duty, bool drop_generic) {
  size_t begin = 0, n;
  for (size_t at = 0; at < list.n; at += cn_utf8_len((unsigned char)list.p[at])) {
    if (bracket(list, at) == 1) {
      at = skip_bracket(list, at);
      if (at >= list.n) break;
    }
    if (!(n = separator(r, list, begin, at))) continue;
    if (read_member(r, cn_view_slice(list, begin, at), duty, drop_generic)) return;
    begin = at + n;
    at = begin - cn_utf8_len((unsigned char)list.p[at]);
  }
  read_member(r, cn_view_slice(list, begin, list.n), duty, drop_generic);
}

/* --- duties ---------------------------------------------------------------------------------------------------- */

/* The first duty word of the clause that stands behind a body: 区交通与建设局牵头 but not 牵头抓总办公室. */
static bool find_marker(const reader *r, cn_view clause, marker *m) {
  for (size_t at = 0; at < clause.n; at += cn_utf8_len((unsigned char)clause.p[at])) {
    if (bracket(clause, at) == 1 && skip_bracket(clause, at) > at) {
      at = skip_bracket(clause, at);
      if (at >= clause.n) return false;
    }
    const cn_rule *rule = cn_table_prefix(r->rules->bodies, clause, at);
    cn_view left = cn_view_trim(cn_view_slice(clause, 0, at));
    if (!rule || !left.n || !is_marker(r, rule, m)) continue;
    bool last = at + cn_rule_key(rule).n == clause.n;
    bool behind = is_body(r, left) || cn_view_ends(left, CN_VIEW("等")) || (r->persons && points(left) >= 2);
    if ((!behind && !last) || (m->joins && is_place(r, left))) continue; /* 青岛市商务局 is one body */
    m->at = at;
    m->n = cn_rule_key(rule).n;
    return true;
  }
  return false;
}

static cn_view without_word(cn_view v, const char *word) {
  return cn_view_starts(v, cn_view_of(word)) ? cn_view_trim(cn_view_slice(v, strlen(word), v.n)) : v;
}

static cn_duty duty_of_field(cn_field field, cn_duty otherwise) {
  switch ((int)field) {
  case CN_FIELD_LEAD: return CN_DUTY_LEAD;
  case CN_FIELD_SUPPORT: return CN_DUTY_SUPPORT;
  case CN_FIELD_SUPERVISOR: return CN_DUTY_SUPERVISOR;
  default: return otherwise;
  }
}

/* A label inside the cell sets the duty for what follows: 牵头单位：A；配合单位：B. */
static cn_view read_label(reader *r, cn_view clause, cn_duty *duty) {
  size_t wide = cn_view_find(clause, CN_VIEW("："), 0), narrow = cn_view_find(clause, CN_VIEW(":"), 0);
  size_t at = wide < narrow ? wide : narrow;
  if (at == SIZE_MAX || at > 30) return clause;
  const cn_rule *rule = cn_table_find(r->rules->headers, cn_view_trim(cn_view_slice(clause, 0, at)));
  if (!rule) return clause;
  cn_field field = (cn_field)cn_enum_value(&cn_field_names, rule->fields[r->rules->field_column]);
  *duty = duty_of_field(field, CN_DUTY_NONE);
  return cn_view_trim(cn_view_slice(clause, at + (at == wide ? 3 : 1), clause.n));
}

static void read_clause(reader *r, cn_view clause, cn_duty *duty) {
  marker m;
  bool supporting = false;
  clause = read_label(r, cn_view_trim(clause), duty);
  clause = without_word(without_word(clause, "并"), "由");
  clause = without_word(clause, "会同");
  while (clause.n && find_marker(r, clause, &m)) {
    cn_duty own = supporting && m.duty == r->base ? CN_DUTY_SUPPORT : m.duty == r->base ? *duty : m.duty;
    read_list(r, cn_view_slice(clause, 0, m.at), own, supporting);
    supporting = m.joins;
    clause = cn_view_trim(cn_view_slice(clause, m.at + m.n, clause.n));
  }
  if (clause.n) read_list(r, clause, supporting ? CN_DUTY_SUPPORT : *duty, supporting);
}

static bool ends_clause(cn_view text, size_t at, size_t *n) {
  switch (cn_utf8_at(text.p + at, n)) {
  case 0xFF0C: /* ， */
  case 0xFF1B: /* ； */
  case 0x3002: /* 。 */
  case ',':
  case ';':
  case '\n': return true;
  default: return false;
  }
}

static cn_view without_outer_bracket(cn_view v) {
  v = cn_view_trim(v);
  if (v.n < 2 || bracket(v, 0) != 1 || skip_bracket(v, 0) != v.n) return v;
  const char *last = cn_utf8_before(v.p, v.p + v.n);
  return cn_view_trim(cn_view_between(v.p + cn_utf8_len((unsigned char)v.p[0]), last));
}

static bool header_says(cn_view header, const char *word) {
  return header.n && cn_view_find(header, cn_view_of(word), 0) != SIZE_MAX;
}

static bool is_people_column(const cn_cell *cell) {
  if (header_says(cell->header, "单位") || header_says(cell->header, "部门") || header_says(cell->header, "机关"))
    return false;
  return cell->field == CN_FIELD_PERSON || header_says(cell->header, "领导") || header_says(cell->header, "人") ||
         header_says(cell->header, "县级") || header_says(cell->header, "长");
}

cn_status cn_people_read(cn_arena *arena, const cn_people_rules *rules, const cn_cell *cell, const cn_sink *out,
                         cn_place place, cn_responsible_builder *list) {
  cn_duty base = duty_of_field(cell->field, CN_DUTY_NONE), duty = base;
  reader r = {arena, rules, list, base, is_people_column(cell), false};
  cn_view text = without_outer_bracket(cell->text);
  size_t begin = 0, n;
  for (size_t at = 0; at < text.n; at += cn_utf8_len((unsigned char)text.p[at])) {
    if (bracket(text, at) == 1) {
      at = skip_bracket(text, at);
      if (at >= text.n) break;
    }
    if (!ends_clause(text, at, &n)) continue;
    read_clause(&r, cn_view_slice(text, begin, at), &duty);
    begin = at + n;
  }
  read_clause(&r, cn_view_slice(text, begin, text.n), &duty);
  if (!r.ambiguous) return CN_OK;
  return cn_diagnose(
      out, CN_DIAG_NAME_AMBIGUOUS, place,
      cn_arena_format(arena, "a single character stands alone among the names \"%.*s\"", (int)text.n, text.p));
}

cn_view cn_person_name(cn_arena *arena, cn_view text) {
  cn_view rest = cn_view_trim(text), token, name = CN_VIEW("");
  while (next_token(&rest, &token)) { /* 周　敏; two whole names stay as they are */
    if (name.n && points(name) > 1) return cn_view_trim(text);
    name = name.n ? cn_arena_format(arena, "%.*s%.*s", (int)name.n, name.p, (int)token.n, token.p) : token;
  }
  return name.n ? name : text;
}
