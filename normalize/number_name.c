/* Names that hold numbers: 一带一路, PM2.5, 千方百计 as written, 第{n}批, {n}号线, {a}G, {n}年*行动 by shape.
 *
 * In:  folded text and a numeral in it.  Out: the longest name around the numeral, and what it is.  Owns nothing.
 * A numeral in the middle of a name (世界500强, 进一步) is found by trying each distance at which some name of the
 * table has its first numeral. */
#include "core/utf8.h"
#include "normalize/vocabulary.h"

enum { MAX_OFFSET = 31, MAX_GAP = 8 };

/* --- compiling ------------------------------------------------------------------------------------------------------
 */

static void set_kind(cn_name_shape *shape, cn_view kind) {
  shape->number = cn_view_is(kind, "number");
  shape->word = cn_view_is(kind, "word");
  shape->role = (cn_role)cn_enum_value(&cn_role_names, kind);
}

/* Splits before{n}after*last; false when the key has no place for a number. */
static bool compile_shape(const cn_rule *rule, cn_name_shape *shape) {
  cn_view key = cn_rule_key(rule);
  const char *open = key.n ? memchr(key.p, '{', key.n) : NULL;
  if (!open || open + 3 > key.p + key.n || open[2] != '}') return false;
  const char *after = open + 3, *end = key.p + key.n;
  const char *star = memchr(after, '*', (size_t)(end - after));
  *shape = (cn_name_shape){.before = cn_view_between(key.p, open), .numeral = open[1], .rule = rule};
  shape->after = cn_view_between(after, star ? star : end);
  shape->last = star ? cn_view_between(star + 1, end) : CN_NULL_VIEW;
  set_kind(shape, rule->fields[1]);
  return true;
}

/* Where the first numeral of a literal name stands, or SIZE_MAX. */
static size_t first_numeral(cn_view key) {
  for (size_t i = 0; i < key.n; i += cn_utf8_len((unsigned char)key.p[i]))
    if (cn_numeral_can_begin(key, i)) return i;
  return SIZE_MAX;
}

/* Bucket of what stands behind a number: 0 for nothing, else by the byte that tells its first character best. */
static size_t bucket_of(cn_view after) {
  if (!after.n) return 0;
  size_t best = (unsigned char)after.p[0] >= 0xE0 && after.n >= 3 ? 2 : 0;
  return (size_t)(unsigned char)after.p[best] + 1;
}

static void sort_shapes(cn_arena *arena, cn_quantity_rules *rules, const cn_name_shape *shapes, size_t n) {
  cn_name_shape *sorted = cn_arena_new(arena, cn_name_shape, n + 1);
  size_t counts[258] = {0};
  for (size_t i = 0; i < n; i++) counts[bucket_of(shapes[i].after) + 1]++;
  for (size_t b = 1; b < 258; b++) counts[b] += counts[b - 1];
  for (size_t b = 0; b < 258; b++) rules->shape_from[b] = (uint16_t)counts[b];
  for (size_t i = 0; i < n; i++) sorted[counts[bucket_of(shapes[i].after)]++] = shapes[i];
  rules->shapes = sorted;
  rules->shape_count = n;
}

void cn_names_compile(cn_arena *arena, cn_quantity_rules *rules) {
  size_t n = cn_table_count(rules->names), shapes = 0;
  cn_name_shape *found = cn_arena_new(arena, cn_name_shape, n + 1);
  for (size_t i = 0; i < n; i++) {
    const cn_rule *rule = cn_table_at(rules->names, i);
    if (compile_shape(rule, &found[shapes])) {
      shapes++;
      continue;
    }
    size_t offset = first_numeral(cn_rule_key(rule));
    if (offset <= MAX_OFFSET) rules->offsets |= 1u << offset;
  }
  sort_shapes(arena, rules, found, shapes);
}

/* --- finding ---------------------------------------------------------------------------------------------------------
 */

/* PM2.5 is not part of PM2.50, nor 5G of 5GHz. */
static bool cuts_word(cn_view text, size_t from, size_t to) {
  uint32_t first = cn_point_at(text, from), last = cn_point_before(text, to);
  uint32_t before = cn_point_before(text, from), after = cn_point_at(text, to);
  if (cn_is_letter(first) && cn_is_letter(before)) return true;
  if (cn_is_letter(last) && cn_is_letter(after)) return true;
  if (cn_is_digit(first) && (cn_is_digit(before) || before == '.')) return true;
  return cn_is_digit(last) && cn_is_digit(after);
}

static void find_literal(const cn_quantity_rules *rules, cn_view text, size_t at, cn_name *best) {
  for (size_t d = 0; d <= MAX_OFFSET && d <= at; d++) {
    if (!(rules->offsets >> d & 1) || ((unsigned char)text.p[at - d] & 0xC0) == 0x80) continue;
    const cn_rule *rule = cn_table_prefix(rules->names, text, at - d);
    size_t n = rule ? cn_rule_key(rule).n : 0;
    if (n <= d || n <= best->at.end - best->at.begin || cuts_word(text, at - d, at - d + n)) continue;
    best->at = (cn_span){at - d, at - d + n};
    best->rule = rule;
  }
}

/* Behind `*`: up to eight characters of one word, with no number and no punctuation in it, then `last`. */
static size_t find_last(cn_view text, size_t at, cn_view last) {
  if (cn_follows_any(text, at, "内 前 后 底 末 来 间 以")) return SIZE_MAX; /* 三年内开展…行动 says when */
  for (int i = 0; i <= MAX_GAP && at < text.n; i++) {
    if (cn_view_starts(cn_view_slice(text, at, text.n), last)) return at + last.n;
    uint32_t c = cn_point_at(text, at);
    if (!cn_is_han(c) || cn_numeral_can_begin(text, at)) return SIZE_MAX;
    at += cn_utf8_len((unsigned char)text.p[at]);
  }
  return SIZE_MAX;
}

static bool shape_fits(const cn_table *units, const cn_name_shape *s, cn_view text, size_t at,
                       const cn_numeral *numeral, cn_span *span) {
  if ((s->numeral == 'c' && !numeral->chinese) || (s->numeral == 'a' && numeral->chinese)) return false;
  cn_decimal most = numeral->max.known ? numeral->max : numeral->value;
  if (s->numeral == 'd' && (!numeral->chinese || !most.known || cn_decimal_compare(most, cn_decimal_int(30)) > 0))
    return false;
  if (s->numeral == 's' && (!numeral->value.known || cn_decimal_compare(numeral->value, cn_decimal_int(10)) > 0))
    return false;
  if (!cn_view_ends(cn_view_slice(text, 0, at), s->before)) return false;
  if (!cn_view_starts(cn_view_slice(text, numeral->end, text.n), s->after)) return false;
  const cn_rule *unit = s->after.n ? cn_table_prefix(units, text, numeral->end) : NULL;
  if (unit && cn_rule_key(unit).n > s->after.n) return false; /* 5小时 is not 五小, 3星期 not 三星 */
  size_t end = numeral->end + s->after.n;
  if (s->last.p && (end = find_last(text, end, s->last)) == SIZE_MAX) return false;
  *span = (cn_span){at - s->before.n, end};
  return !cuts_word(text, span->begin, span->end);
}

static const cn_name_shape *find_shape(const cn_quantity_rules *rules, cn_view text, size_t at,
                                       const cn_numeral *numeral, cn_name *best) {
  const cn_name_shape *found = NULL;
  size_t buckets[2] = {0, bucket_of(cn_view_slice(text, numeral->end, text.n))};
  for (size_t b = 0; b < 2 && !(b && buckets[b] == 0); b++) {
    for (size_t i = rules->shape_from[buckets[b]]; i < rules->shape_from[buckets[b] + 1]; i++) {
      cn_span span;
      const cn_name_shape *s = &rules->shapes[i];
      if (!shape_fits(rules->units, s, text, at, numeral, &span) ||
          span.end - span.begin <= best->at.end - best->at.begin)
        continue;
      best->at = span;
      best->rule = s->rule;
      found = s;
    }
  }
  return found;
}

/* 十分钟 is no 十分 and 四平米 no 四平: the unit reaches further than the name. 四周以上 is a count of weeks, since a
 * comparison word stands on it. */
static bool is_amount_anyway(const cn_quantity_rules *rules, cn_view text, const cn_numeral *numeral,
                             const cn_name *name, bool word) {
  const cn_rule *unit = cn_table_prefix(rules->units, text, numeral->end);
  if (!unit || name->at.end <= numeral->end || cn_view_is(unit->fields[1], "-")) return false;
  size_t end = numeral->end + cn_rule_key(unit).n;
  return end > name->at.end || (word && end == name->at.end && cn_compare_after(rules, text, end, false).relation);
}

bool cn_name_find(const cn_quantity_rules *rules, cn_view text, size_t at, const cn_numeral *numeral, cn_name *name) {
  *name = (cn_name){.at = {at, at}};
  find_literal(rules, text, at, name);
  const cn_name_shape *shape = numeral->end > at ? find_shape(rules, text, at, numeral, name) : NULL;
  if (!name->rule) return false;
  cn_name_shape kind = {0};
  if (shape)
    kind = *shape;
  else
    set_kind(&kind, name->rule->fields[1]);
  if (!shape && is_amount_anyway(rules, text, numeral, name, kind.word)) return false;
  name->role = kind.role;
  name->word = kind.word;
  return !kind.number;
}
