/* The pattern lines of rules/deadlines.tsv: read, dispatched by first character, matched anchored.
 *
 * In:  the rules; then text and a byte offset.  Out: the longest match with its named groups.
 * Owns the compiled patterns. A pattern is compiled only when its first character has been met: the column `begins`
 * lists the characters, D for 0-9, N for Chinese numerals, F for the first characters of festivals' names. */
#include "core/utf8.h"
#include "normalize/moment.h"

struct cn_pattern {
  cn_resolver resolver;
  unsigned where;
  uint32_t line;
  cn_regex *regex; /* made when the line is first tried */
  cn_view source;  /* as in the file, {names} and all */
  cn_view then;    /* words, one of which must stand behind the numerals that a match begins with; empty: anything */
  uint64_t gates;  /* their first code points, as bits of cn_patterns.gates */
  int8_t group[CN_GROUP_COUNT];
  bool ready;
};

typedef struct entry {
  uint32_t point;
  uint32_t pattern;
} entry;

struct cn_patterns {
  cn_arena *arena;
  cn_arena
      texts; /* expanded patterns: made at first use, when the caller's arena may be between a mark and its rewind */
  const cn_table *table, *festivals;
  cn_pattern *items;
  size_t n, capacity;
  entry *entries; /* sorted by code point, then by line */
  size_t entry_count, entry_capacity;
  uint32_t gates[64]; /* first code points of all `then` words */
  size_t gate_count;
  bool joining;         /* while a line is added: it only joins, no moment begins with it */
  uint64_t first[1024]; /* of the basic plane: whether any line begins with it */
};

static const char *const resolver_names[CN_RESOLVE_COUNT] = {"define", "point", "every",    "festival", "plan", "term",
                                                             "years",  "event", "standing", "soft",     "span", "to",
                                                             "and",    "until", "from",     "trigger"};
static const char *const group_names[CN_GROUP_COUNT] = {
#define CN_MOMENT_GROUP(name) #name,
    CN_MOMENT_GROUPS(CN_MOMENT_GROUP)
#undef CN_MOMENT_GROUP
};

/* --- reading the table ---------------------------------------------------------------------------------------- */

static cn_resolver resolver_of(cn_view name) {
  for (unsigned i = 0; i < CN_RESOLVE_COUNT; i++)
    if (cn_view_is(name, resolver_names[i])) return (cn_resolver)i;
  return CN_RESOLVE_COUNT;
}

static unsigned where_of(cn_view name) {
  static const struct {
    const char *name;
    unsigned bits;
  } all[] = {{"cell", CN_IN_CELL},     {"task", CN_IN_TASK},       {"both", CN_IN_CELL | CN_IN_TASK},
             {"after", CN_AFTER_LINK}, {"context", CN_IN_CONTEXT}, {"event", CN_AFTER_EVENT}};
  for (size_t i = 0; i < CN_COUNT(all); i++)
    if (cn_view_is(name, all[i].name)) return all[i].bits;
  return 0;
}

/* All festivals' names as one alternation, the longest first, so that 春节 does not hide 春节假期. */
static void add_festivals(cn_buf *out, const cn_table *t) {
  size_t written = 0;
  for (size_t length = 64; length > 0; length--)
    for (size_t i = 0; i < cn_table_count(t); i++) {
      cn_view name = cn_rule_key(cn_table_at(t, i));
      if (name.n != length) continue;
      if (written++) cn_buf_add_char(out, '|');
      cn_buf_add_view(out, name);
    }
}

static cn_view definition(const cn_table *t, cn_view name) {
  for (size_t i = 0; i < cn_table_count(t); i++) {
    const cn_rule *r = cn_table_at(t, i);
    if (!cn_view_is(r->fields[1], "define") || !cn_view_starts(r->fields[0], name)) continue;
    if (r->fields[0].n > name.n && r->fields[0].p[name.n] == '=')
      return cn_view_slice(r->fields[0], name.n + 1, r->fields[0].n);
  }
  return CN_NULL_VIEW;
}

/* {name} is replaced by its definition, in a group of its own; {0,2} and unknown names stay. */
static void expand(cn_buf *out, const cn_patterns *p, cn_view pattern, int depth) {
  for (size_t i = 0; i < pattern.n; i++) {
    size_t close = pattern.p[i] == '{' ? cn_view_find(pattern, CN_VIEW("}"), i) : SIZE_MAX;
    cn_view name = close == SIZE_MAX ? CN_VIEW("") : cn_view_slice(pattern, i + 1, close);
    cn_view body =
        name.n && (name.p[0] < '0' || name.p[0] > '9') && depth < 8 ? definition(p->table, name) : CN_NULL_VIEW;
    bool festival = cn_view_is(name, "festivals");
    if (!body.p && !festival) {
      cn_buf_add_char(out, pattern.p[i]);
      continue;
    }
    cn_buf_add_string(out, "(?:");
    if (festival)
      add_festivals(out, p->festivals);
    else
      expand(out, p, body, depth + 1);
    cn_buf_add_char(out, ')');
    i = close;
  }
}

static void add_begin(cn_patterns *p, uint32_t point) {
  p->entries = cn_arena_grow(p->arena, p->entries, p->entry_count, &p->entry_capacity, sizeof *p->entries);
  p->entries[p->entry_count++] = (entry){point, (uint32_t)p->n};
  if (point < 65536 && !p->joining) p->first[point / 64] |= (uint64_t)1 << point % 64;
}

static void add_begins(cn_patterns *p, cn_view characters) {
  size_t length;
  for (const char *c = characters.p, *end = c + characters.n; c < end; c += length)
    add_begin(p, cn_utf8_at(c, &length));
}

static void add_class(cn_patterns *p, char class) {
  if (class == 'D') add_begins(p, CN_VIEW("0123456789"));
  if (class == 'N') add_begins(p, CN_VIEW("一二两三四五六七八九十百元半廿卅"));
  for (size_t i = 0; class == 'F' && i < cn_table_count(p->festivals); i++)
    add_begin(p, cn_utf8_at(cn_rule_key(cn_table_at(p->festivals, i)).p, NULL));
}

static cn_view expanded(cn_patterns *p, cn_view pattern) {
  cn_buf text;
  cn_buf_init(&text, p->arena->trap);
  expand(&text, p, pattern, 0);
  cn_view v = cn_arena_copy(&p->texts, cn_buf_view(&text));
  cn_buf_free(&text);
  return v;
}

/* The bit of a code point that a `then` word begins with, or 64. */
static unsigned gate_of(const cn_patterns *p, uint32_t point) {
  for (unsigned i = 0; i < p->gate_count; i++)
    if (p->gates[i] == point) return i;
  return 64;
}

static uint64_t gates_of(cn_patterns *p, cn_view words) {
  uint64_t gates = 0;
  cn_view rest = words, word;
  while (cn_view_split(&rest, ' ', &word)) {
    if (!word.n) continue;
    unsigned gate = gate_of(p, cn_utf8_at(word.p, NULL));
    if (gate == 64 && p->gate_count == 64) return ~(uint64_t)0; /* more than fit: let all pass */
    if (gate == 64) p->gates[gate = (unsigned)p->gate_count++] = cn_utf8_at(word.p, NULL);
    gates |= (uint64_t)1 << gate;
  }
  return gates;
}

static void add_line(cn_patterns *p, const cn_rule *r) {
  cn_pattern line = {
      .resolver = resolver_of(r->fields[1]), .where = where_of(r->fields[2]), .line = r->line, .then = r->fields[4]};
  if (line.resolver == CN_RESOLVE_DEFINE || line.resolver == CN_RESOLVE_COUNT) return;
  line.source = r->fields[0];
  line.gates = gates_of(p, line.then);
  bool searched = line.resolver == CN_RESOLVE_TRIGGER;
  p->joining = line.resolver == CN_RESOLVE_TO || line.resolver == CN_RESOLVE_AND;
  size_t length;
  for (const char *c = r->fields[3].p, *end = c + r->fields[3].n; c < end && !searched; c += length) {
    uint32_t point = cn_utf8_at(c, &length);
    if (point == 'D' || point == 'N' || point == 'F')
      add_class(p, (char)point);
    else
      add_begin(p, point);
  }
  p->items = cn_arena_grow(p->arena, p->items, p->n, &p->capacity, sizeof *p->items);
  p->items[p->n++] = line;
}

static int by_point(const void *a, const void *b) {
  const entry *x = a, *y = b;
  if (x->point != y->point) return x->point < y->point ? -1 : 1;
  return x->pattern < y->pattern ? -1 : x->pattern > y->pattern;
}

cn_patterns *cn_patterns_new(cn_arena *arena, const cn_rules *rules) {
  cn_patterns *p = cn_arena_alloc(arena, sizeof *p);
  p->arena = arena;
  cn_arena_init(&p->texts, arena->trap);
  p->table = cn_rules_table(rules, CN_RULES_DEADLINES);
  p->festivals = cn_rules_table(rules, CN_RULES_FESTIVALS);
  for (size_t i = 0; i < cn_table_count(p->table); i++) add_line(p, cn_table_at(p->table, i));
  if (p->entry_count) qsort(p->entries, p->entry_count, sizeof *p->entries, by_point);
  return p;
}

void cn_patterns_free(cn_patterns *p) {
  if (!p) return;
  for (size_t i = 0; i < p->n; i++) cn_regex_free(p->items[i].regex); /* NULL for those never tried */
  p->n = 0;
  cn_arena_free(&p->texts);
}

/* --- matching ------------------------------------------------------------------------------------------------- */

static bool begins(const cn_patterns *p, uint32_t point) {
  return point >= 65536 || (p->first[point / 64] >> point % 64 & 1);
}

bool cn_patterns_begin(const cn_patterns *p, cn_view text, size_t at) {
  return begins(p, cn_utf8_at(text.p + at, NULL));
}

static size_t first_entry(const cn_patterns *p, uint32_t point) {
  size_t low = 0, high = p->entry_count;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (p->entries[middle].point < point)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static cn_regex *regex_of(cn_patterns *p, cn_pattern *line) {
  bool searched = line->resolver == CN_RESOLVE_TRIGGER;
  if (!line->regex)
    line->regex =
        cn_regex_new(p->arena->trap, expanded(p, line->source), searched ? CN_REGEX_SEARCH : CN_REGEX_ANCHORED);
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

static bool may_follow(cn_view words, cn_view text, size_t at) {
  cn_view rest = words, word;
  while (cn_view_split(&rest, ' ', &word))
    if (word.n && cn_view_starts(cn_view_slice(text, at, text.n), word)) return true;
  return false;
}

/* What stands behind the numerals at a position, found once for all lines. */
typedef struct gate {
  size_t at; /* SIZE_MAX: not looked for yet */
  unsigned bit;
} gate;

static bool passes(const cn_patterns *p, const cn_pattern *line, cn_view text, size_t at, gate *g) {
  if (!line->gates) return true;
  if (g->at == SIZE_MAX) {
    g->at = behind_numerals(text, at);
    g->bit = g->at < text.n ? gate_of(p, cn_utf8_at(text.p + g->at, NULL)) : 64;
  }
  if (g->at == at) return true; /* no numerals here */
  return g->bit < 64 && (line->gates >> g->bit & 1) && may_follow(line->then, text, g->at);
}

bool cn_patterns_match(cn_patterns *p, cn_view text, size_t at, unsigned resolvers, unsigned where, cn_match *match) {
  uint32_t point = cn_utf8_at(text.p + at, NULL);
  size_t longest = at;
  gate g = {SIZE_MAX, 64};
  cn_captures c;
  if (!resolvers)
    resolvers = ~(1u << CN_RESOLVE_TO | 1u << CN_RESOLVE_AND | 1u << CN_RESOLVE_UNTIL | 1u << CN_RESOLVE_FROM);
  for (size_t i = first_entry(p, point); i < p->entry_count && p->entries[i].point == point; i++) {
    cn_pattern *line = &p->items[p->entries[i].pattern];
    if (!(resolvers >> line->resolver & 1) || !(line->where & where)) continue;
    if (!passes(p, line, text, at, &g)) continue;
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
  cn_view pattern = expanded(p, cn_view_slice(definition, equals + 1, definition.n));
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
