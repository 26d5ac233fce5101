/* Reading rules/deadlines.tsv: lines, definitions, first characters and what may follow numerals.
 *
 * In:  the rules.  Out: the lines, chained by the characters they can begin with. Patterns are expanded only when
 * tried.
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
  while (pattern.n) {
    size_t open = cn_view_find(pattern, CN_VIEW("{"), 0);
    cn_buf_add_view(out, cn_view_slice(pattern, 0, open));
    pattern = cn_view_slice(pattern, open, pattern.n);
    size_t close = cn_view_find(pattern, CN_VIEW("}"), 0);
    cn_view name = close == SIZE_MAX ? CN_VIEW("") : cn_view_slice(pattern, 1, close);
    bool named = name.n && (name.p[0] < '0' || name.p[0] > '9') && depth < 8;
    cn_view body = named ? definition(p->table, name) : CN_NULL_VIEW;
    bool festivals = cn_view_is(name, "festivals");
    if (festivals || body.p) cn_buf_add_string(out, "(?:");
    if (festivals)
      add_festivals(out, p->festivals);
    else if (body.p)
      expand(out, p, body, depth + 1);
    else
      cn_buf_add_view(out, cn_view_slice(pattern, 0, close == SIZE_MAX ? 1 : close + 1));
    if (festivals || body.p) cn_buf_add_char(out, ')');
    pattern = cn_view_slice(pattern, close == SIZE_MAX ? 1 : close + 1, pattern.n);
  }
}

static void add_begin(cn_patterns *p, entry made) {
  p->entries = cn_arena_grow(p->arena, p->entries, p->entry_count, &p->entry_capacity, sizeof *p->entries);
  made.pattern = (uint32_t)p->n;
  p->entries[p->entry_count++] = made;
  struct chain *chain = &p->chains[made.point % 256];
  if (chain->last) p->entries[chain->last - 1].next = (uint32_t)p->entry_count;
  if (!chain->first) chain->first = (uint32_t)p->entry_count;
  chain->last = (uint32_t)p->entry_count;
  if (made.point < 65536 && !p->joining) p->first[made.point / 64] |= (uint64_t)1 << made.point % 64;
}

static void add_begins(cn_patterns *p, cn_view characters, entry_kind kind, uint8_t digits) {
  size_t length;
  for (const char *c = characters.p, *end = c + characters.n; c < end; c += length)
    add_begin(p, (entry){.point = cn_utf8_at(c, &length), .kind = kind, .digits = digits});
}

static void add_pair(cn_patterns *p, cn_view word) {
  size_t length;
  entry made = {.point = cn_utf8_at(word.p, &length), .kind = ENTRY_PAIR};
  if (length < word.n) made.second = cn_utf8_at(word.p + length, NULL);
  add_begin(p, made);
}

static bool add_class(cn_patterns *p, uint32_t class, uint8_t digits) {
  switch (class) {
  case 'D': add_begins(p, CN_VIEW("0123456789"), ENTRY_PLAIN, digits); return true;
  case 'S': add_begins(p, CN_VIEW("0123456789"), ENTRY_SEPARATED, digits); return true;
  case 'N': add_begins(p, CN_VIEW("一二两三四五六七八九十百元半廿卅"), ENTRY_PLAIN, 0); return true;
  case 'F':
    for (size_t i = 0; i < cn_table_count(p->festivals); i++) add_pair(p, cn_rule_key(cn_table_at(p->festivals, i)));
    return true;
  default: return false;
  }
}

static void add_all_begins(cn_patterns *p, cn_view begins) {
  for (size_t i = 0, length; i < begins.n; i += length) {
    uint32_t point = cn_utf8_at(begins.p + i, &length);
    size_t close = point == '(' ? cn_view_find(begins, CN_VIEW(")"), i) : SIZE_MAX;
    if (close != SIZE_MAX && close > i + 1) {
      add_pair(p, cn_view_slice(begins, i + 1, close));
      length = close + 1 - i;
      continue;
    }
    char next = i + length < begins.n ? begins.p[i + length] : 0;
    bool counted = (point == 'D' || point == 'S') && next >= '1' && next <= '9';
    if (!add_class(p, point, counted ? (uint8_t)(next - '0') : 0)) add_begin(p, (entry){.point = point});
    length += counted;
  }
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

static cn_text_list split_words(cn_arena *arena, cn_view text) {
  cn_view *words = cn_arena_new(arena, cn_view, text.n / 2 + 1), word;
  size_t n = 0;
  while (cn_view_split(&text, ' ', &word))
    if (word.n) words[n++] = word;
  return (cn_text_list){words, n};
}

static uint64_t gates_of(cn_patterns *p, cn_text_list words) {
  uint64_t gates = 0;
  for (size_t i = 0; i < words.n; i++) {
    uint32_t first = cn_utf8_at(words.items[i].p, NULL);
    unsigned gate = cn_patterns_gate(p, first);
    if (gate == 64 && p->gate_count == 64) return 0; /* more than fit: no gate, so that no match is lost */
    if (gate == 64) p->gates[gate = (unsigned)p->gate_count++] = first;
    gates |= (uint64_t)1 << gate;
  }
  return gates;
}

/* Lines that say the same words behind numerals share a number, so that the words are looked for once; 64: none left.
 */
static unsigned number_of_words(const cn_patterns *p, cn_view then) {
  unsigned next = 0;
  for (size_t i = 0; i < p->n; i++) {
    if (cn_view_equal(p->items[i].said, then)) return p->items[i].words;
    if (p->items[i].words >= next) next = p->items[i].words + 1;
  }
  return next < 64 ? next : 64;
}

static void add_line(cn_patterns *p, const cn_rule *r) {
  cn_pattern line = {.resolver = resolver_of(r->fields[1]), .where = where_of(r->fields[2]), .line = r->line};
  if (line.resolver == CN_RESOLVE_DEFINE || line.resolver == CN_RESOLVE_COUNT) return;
  line.source = r->fields[0];
  line.then = split_words(p->arena, r->fields[4]);
  line.said = r->fields[4];
  line.words = number_of_words(p, line.said);
  line.gates = gates_of(p, line.then);
  p->joining = line.resolver == CN_RESOLVE_TO || line.resolver == CN_RESOLVE_AND;
  if (line.resolver != CN_RESOLVE_TRIGGER) add_all_begins(p, r->fields[3]);
  p->items = cn_arena_grow(p->arena, p->items, p->n, &p->capacity, sizeof *p->items);
  p->items[p->n++] = line;
}

cn_patterns *cn_patterns_new(cn_arena *arena, const cn_rules *rules) {
  cn_patterns *p = cn_arena_alloc(arena, sizeof *p);
  p->arena = arena;
  cn_arena_init(&p->texts, arena->trap);
  p->table = cn_rules_table(rules, CN_RULES_DEADLINES);
  p->festivals = cn_rules_table(rules, CN_RULES_FESTIVALS);
  for (size_t i = 0; i < cn_table_count(p->table); i++) add_line(p, cn_table_at(p->table, i));
  return p;
}

void cn_patterns_free(cn_patterns *p) {
  if (!p) return;
  for (size_t i = 0; i < p->n; i++) cn_regex_free(p->items[i].regex); /* NULL for those never tried */
  p->n = 0;
  cn_arena_free(&p->texts);
}
