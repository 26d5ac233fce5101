/* Matching the lines of rules/deadlines.tsv: dispatched by first character, gated by what stands behind numerals,
 * anchored.
 *
 * In:  text and a byte offset.  Out: the longest match with its named groups. Owns the compiled patterns; a pattern is
 * compiled only when a character that it can begin with has been met. */
#include "normalize/moment_lines.h"

#include "core/utf8.h"

static const char *const group_names[CN_GROUP_COUNT] = {
#define CN_MOMENT_GROUP(name) #name,
    CN_MOMENT_GROUPS(CN_MOMENT_GROUP)
#undef CN_MOMENT_GROUP
};

static bool begins(const cn_patterns *p, uint32_t point) {
  return point >= 65536 || (p->first[point / 64] >> point % 64 & 1);
}

bool cn_patterns_begin(const cn_patterns *p, cn_view text, size_t at) {
  return begins(p, cn_utf8_at(text.p + at, NULL));
}

static cn_regex *regex_of(cn_patterns *p, cn_pattern *line) {
  bool searched = line->resolver == CN_RESOLVE_TRIGGER;
  if (!line->regex)
    line->regex = cn_regex_new(p->arena->trap, cn_patterns_expand(p, line->source),
                               searched ? CN_REGEX_SEARCH : CN_REGEX_ANCHORED);
  return line->regex;
}

static void learn_groups(cn_pattern *line) {
  for (size_t g = 0; g < CN_GROUP_COUNT; g++) line->group[g] = (int8_t)cn_regex_group(line->regex, group_names[g]);
  line->ready = true;
}

static void take(cn_pattern *line, cn_view text, const cn_captures *c, cn_match *match) {
  if (!line->ready) learn_groups(line);
  match->pattern = line;
  match->resolver = line->resolver;
  match->at = (cn_span){c->at[0][0], c->at[0][1]};
  for (size_t g = 0; g < CN_GROUP_COUNT; g++) match->group[g] = cn_capture(text, c, line->group[g]);
  cn_view own = match->group[CN_GROUP_text];
  if (own.p) match->at.begin = (size_t)(own.p - text.p);
}

/* Whether a code point is a numeral or may join numerals: 3—5个, 6、9、12月. */
static bool is_numeral(uint32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || c == ' ' || c == '.' || c == '-' || c == '~' || c == '/' || c == 'O';
  switch (c) {
  case 0x3007:
  case 0x25CB:
  case 0x96F6:
  case 0x4E00:
  case 0x4E8C:
  case 0x4E24:
  case 0x4E09:
  case 0x56DB:
  case 0x4E94:
  case 0x516D:
  case 0x4E03:
  case 0x516B:
  case 0x4E5D:
  case 0x5341:
  case 0x767E:
  case 0x5143:
  case 0x6B63:
  case 0x5EFF:
  case 0x5345: /* 〇…百 元正廿卅 */
  case 0x7B2C:
  case 0x81F3:
  case 0x5230:
  case 0x3001:
  case 0x548C:
  case 0x53CA:
  case 0x4E0E:
  case 0x6216: /* 第至到、和及与或 */
  case 0x2013:
  case 0x2014:
  case 0x2015:
  case 0x2500: return true;
  default: return false;
  }
}

static size_t behind_numerals(cn_view text, size_t at) {
  enum { REACH = 64 };
  size_t end = at + REACH < text.n ? at + REACH : text.n, length;
  for (; at < end && is_numeral(cn_utf8_at(text.p + at, &length)); at += length)
    ;
  return at < text.n ? at : text.n;
}

static bool may_follow(cn_text_list words, cn_view text, size_t at) {
  cn_view rest = cn_view_slice(text, at, text.n);
  for (size_t i = 0; i < words.n; i++)
    if (words.items[i].p[0] == rest.p[0] && cn_view_starts(rest, words.items[i])) return true;
  return false;
}

/* What stands behind the numerals at a position, found once for all lines. */
typedef struct gate {
  size_t at; /* SIZE_MAX: not looked for yet */
  unsigned bit;
  uint64_t asked, found; /* by number of words */
} gate;

static bool follows(const cn_pattern *line, cn_view text, gate *g) {
  if (line->words >= 64) return may_follow(line->then, text, g->at);
  uint64_t bit = (uint64_t)1 << line->words;
  if (!(g->asked & bit) && may_follow(line->then, text, g->at)) g->found |= bit;
  g->asked |= bit;
  return (g->found & bit) != 0;
}

static bool passes(const cn_patterns *p, const cn_pattern *line, cn_view text, size_t at, gate *g) {
  if (!line->gates) return true;
  if (g->at == SIZE_MAX) {
    g->at = behind_numerals(text, at);
    g->bit = g->at < text.n ? cn_patterns_gate(p, cn_utf8_at(text.p + g->at, NULL)) : 64;
  }
  if (g->at == at) return true; /* no numerals here */
  return g->bit < 64 && (line->gates >> g->bit & 1) && follows(line, text, g);
}

static size_t behind_digits(cn_view text, size_t at) {
  while (at < text.n && text.p[at] >= '0' && text.p[at] <= '9') at++;
  return at;
}

static bool may_begin(const cn_patterns *p, const entry *e, cn_view text, size_t at, gate *g) {
  if (e->kind == ENTRY_PAIR) {
    size_t second = at + cn_utf8_len((unsigned char)text.p[at]);
    return !e->second || (second < text.n && cn_utf8_at(text.p + second, NULL) == e->second);
  }
  if (e->digits || e->kind == ENTRY_SEPARATED) {
    size_t end = behind_digits(text, at);
    char behind = end < text.n ? text.p[end] : 0;
    if (e->digits && end - at != e->digits) return false;
    if (e->kind == ENTRY_SEPARATED && behind != '-' && behind != '.' && behind != '/') return false;
  }
  return passes(p, &p->items[e->pattern], text, at, g);
}

bool cn_patterns_match(cn_patterns *p, cn_view text, size_t at, unsigned resolvers, unsigned where, cn_match *match) {
  uint32_t point = cn_utf8_at(text.p + at, NULL);
  size_t longest = at;
  gate g = {.at = SIZE_MAX, .bit = 64};
  const cn_pattern *tried = NULL;
  cn_captures c;
  if (!resolvers)
    resolvers = ~(1u << CN_RESOLVE_TO | 1u << CN_RESOLVE_AND | 1u << CN_RESOLVE_UNTIL | 1u << CN_RESOLVE_FROM);
  for (uint32_t i = p->chains[point % 256].first; i; i = p->entries[i - 1].next) {
    const entry *e = &p->entries[i - 1];
    cn_pattern *line = &p->items[e->pattern];
    if (e->point != point) continue;
    if (!(resolvers >> line->resolver & 1) || !(line->where & where)) continue;
    if (tried == line || !may_begin(p, e, text, at, &g)) continue;
    tried = line; /* 五 begins both a festival and a number */
    if (cn_regex_match(regex_of(p, line), text, at, &c) != CN_REGEX_MATCH || c.at[0][1] <= longest) continue;
    longest = c.at[0][1];
    take(line, text, &c, match);
  }
  return longest > at;
}

bool cn_patterns_trigger(cn_patterns *p, cn_view clause, bool adjacent, cn_span *event) {
  cn_captures c;
  bool found = false;
  for (size_t i = 0; i < p->n; i++) {
    cn_pattern *line = &p->items[i];
    if (line->resolver != CN_RESOLVE_TRIGGER || (adjacent && !(line->where & CN_IN_TASK))) continue;
    if (cn_regex_match(regex_of(p, line), clause, 0, &c) != CN_REGEX_MATCH || c.at[0][1] != clause.n) continue;
    if (!found || c.at[0][0] < event->begin) *event = (cn_span){c.at[0][0], c.at[0][1]};
    found = true;
  }
  return found;
}

cn_resolver cn_patterns_lead(const cn_patterns *p, cn_view text, size_t at, size_t *begin) {
  while (at > 0 && (text.p[at - 1] == ' ' || text.p[at - 1] == '\n')) at--;
  cn_view before = cn_view_slice(text, 0, at);
  cn_resolver kind = CN_RESOLVE_COUNT;
  size_t longest = 0;
  for (size_t i = 0; i < p->n; i++) {
    const cn_pattern *line = &p->items[i];
    bool lead = line->resolver == CN_RESOLVE_UNTIL || line->resolver == CN_RESOLVE_FROM;
    if (!lead || line->source.n <= longest || !cn_view_ends(before, line->source)) continue;
    longest = line->source.n;
    kind = line->resolver;
  }
  *begin = at - longest;
  return kind;
}

cn_view cn_patterns_try(cn_patterns *p, cn_view definition, cn_view text) {
  size_t equals = cn_view_find(definition, CN_VIEW("="), 0);
  if (equals == SIZE_MAX) return CN_NULL_VIEW;
  cn_view pattern = cn_patterns_expand(p, cn_view_slice(definition, equals + 1, definition.n));
  cn_regex *regex = cn_regex_new(p->arena->trap, pattern, CN_REGEX_ANCHORED);
  cn_captures c;
  bool hit = cn_regex_match(regex, text, 0, &c) == CN_REGEX_MATCH;
  cn_regex_free(regex);
  return hit ? cn_view_slice(text, c.at[0][0], c.at[0][1]) : CN_NULL_VIEW;
}

uint32_t cn_match_line(const cn_match *match) { return match->pattern->line; }

uint32_t cn_patterns_broken(cn_patterns *p, cn_arena *arena, cn_view *message) {
  size_t offset;
  for (size_t i = 0; i < p->n; i++)
    if (!cn_regex_compile(regex_of(p, &p->items[i]), arena, message, &offset)) return p->items[i].line;
  return 0;
}
