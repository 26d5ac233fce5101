/* Reading rules/deadlines.tsv: lines, definitions, first characters and what may follow numerals.
 *
 * In:  the rules.  Out: the lines, sorted by the characters they can begin with. Patterns are expanded only when tried.
 */
#include "normalize/moment_lines.h"

#include "core/utf8.h"

static const char *const resolver_names[CN_RESOLVE_COUNT] = {"define", "point", "every",    "festival", "plan", "term",
                                                             "years",  "event", "standing", "soft",     "span", "to",
                                                             "and",    "until", "from",     "trigger"};
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

cn_view cn_patterns_expand(cn_patterns *p, cn_view pattern) {
  cn_buf text;
  cn_buf_init(&text, p->arena->trap);
  expand(&text, p, pattern, 0);
  cn_view v = cn_arena_copy(&p->texts, cn_buf_view(&text));
  cn_buf_free(&text);
  return v;
}

unsigned cn_patterns_gate(const cn_patterns *p, uint32_t point) {
  for (unsigned i = 0; i < p->gate_count; i++)
    if (p->gates[i] == point) return i;
  return 64;
}

static uint64_t gates_of(cn_patterns *p, cn_view words) {
  uint64_t gates = 0;
  cn_view rest = words, word;
  while (cn_view_split(&rest, ' ', &word)) {
    if (!word.n) continue;
    unsigned gate = cn_patterns_gate(p, cn_utf8_at(word.p, NULL));
    if (gate == 64 && p->gate_count == 64) return 0; /* more than fit: no gate, so that no match is lost */
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
