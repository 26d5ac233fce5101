/* Small questions about a place in a text, shared by units, comparison words and names; and the making of all three.
 *
 * In:  a view and a byte offset.  Out: answers.  Owns nothing. */
#include "normalize/vocabulary.h"

#include "core/utf8.h"
#include "normalize/numeral_token.h"

bool cn_follows(cn_view text, size_t at, const char *word) {
  const char *p = text.p + at, *end = text.p + text.n; /* mostly decided by the first byte or two: no call */
  while (*word && p < end && *p == *word) p++, word++;
  return !*word;
}

bool cn_precedes(cn_view text, size_t at, const char *word) {
  size_t n = strlen(word);
  return n <= at && text.p[at - 1] == word[n - 1] && memcmp(text.p + at - n, word, n) == 0;
}

static bool same(const char *a, const char *b, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (a[i] != b[i]) return false;
  return true;
}

static bool any(cn_view text, size_t at, const char *words, bool behind) {
  size_t room = behind ? text.n - at : at;
  for (const char *p = words; *p;) {
    size_t n = 0;
    while (p[n] && p[n] != ' ') n++;
    if (n <= room && same(text.p + (behind ? at : at - n), p, n)) return true;
    p += n + (p[n] == ' ');
  }
  return false;
}

bool cn_follows_any(cn_view text, size_t at, const char *words) { return any(text, at, words, true); }
bool cn_precedes_any(cn_view text, size_t at, const char *words) { return any(text, at, words, false); }

uint32_t cn_point_at(cn_view text, size_t at) { return at < text.n ? cn_utf8_at(text.p + at, NULL) : 0; }

uint32_t cn_point_before(cn_view text, size_t at) {
  return at > 0 ? cn_utf8_at(cn_utf8_before(text.p, text.p + at), NULL) : 0;
}

size_t cn_skip_blanks(cn_view text, size_t at) {
  size_t n = 0;
  for (int i = 0; i < 2 && at + n < text.n; i++) {
    if (text.p[at + n] == ' ')
      n += 1;
    else if (cn_follows(text, at + n, "\u3000"))
      n += 3;
    else if (cn_follows(text, at + n, "\u00A0"))
      n += 2;
  }
  return at + n;
}

size_t cn_skip_blanks_back(cn_view text, size_t at) {
  for (int i = 0; i < 2; i++) {
    if (cn_precedes(text, at, " "))
      at -= 1;
    else if (cn_precedes(text, at, "\u3000"))
      at -= 3;
    else if (cn_precedes(text, at, "\u00A0"))
      at -= 2;
  }
  return at;
}

bool cn_proportion_said(cn_view text, size_t at) {
  if (cn_precedes(text, at, "比")) return true; /* 师生比1:15 */
  for (int i = 0; i < 12 && at > 0; i++) {
    if (cn_precedes_any(text, at, "之比 比值 比率 比例 比重")) return true;
    if (cn_precedes_any(text, at, "比") && cn_follows_any(text, at, "达 降 提 缩 控 保 稳 调 优 不 为 在 从 由 : ："))
      return true;
    if (cn_precedes_any(text, at, "， 。 ； 、 , ;")) return false;
    at = (size_t)(cn_utf8_before(text.p, text.p + at) - text.p);
  }
  return false;
}

const cn_quantity_rules *cn_quantity_rules_new(cn_arena *arena, const cn_rules *rules) {
  cn_quantity_rules *r = cn_arena_new(arena, cn_quantity_rules, 1);
  r->units = cn_rules_table(rules, CN_RULES_UNITS);
  r->comparison = cn_rules_table(rules, CN_RULES_COMPARISON);
  r->names = cn_rules_table(rules, CN_RULES_NAMES);
  r->actions = cn_rules_table(rules, CN_RULES_ACTIONS);
  static const uint16_t others[] = {0x534A, 0x7FFB}; /* 半 of 半数, 翻 of 翻番 */
  cn_tokens_mark(r->begins);
  for (size_t i = 0; i < CN_COUNT(others); i++) r->begins[others[i] >> 3] |= (uint8_t)(1u << (others[i] & 7));
  cn_units_compile(arena, r);
  cn_comparison_compile(arena, r);
  cn_names_compile(arena, r);
  return r;
}
