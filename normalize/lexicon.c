/* The words of the clause grammar: rules/actions.tsv (verbs) and rules/words.tsv (closed classes), looked up together.
 *
 * In:  the two tables.  Out: the longest word at a place, with its class.  Made once, const afterwards.
 * A word of words.tsv wins over a verb of the same length: that is how 用地 hides nothing and 培训班 hides 培训. */
#include "core/utf8.h"
#include "normalize/grammar.h"

static const struct {
  const char *name;
  cn_class class;
} classes[] = {
    {"ensure", CN_CLASS_ENSURE},       {"strive", CN_CLASS_STRIVE},       {"adverb", CN_CLASS_ADVERB},
    {"place", CN_CLASS_PLACE},         {"time", CN_CLASS_TIME},           {"join", CN_CLASS_JOIN},
    {"connect", CN_CLASS_CONNECT},     {"part", CN_CLASS_PART},           {"coverb", CN_CLASS_COVERB},
    {"pivot", CN_CLASS_PIVOT},         {"from", CN_CLASS_FROM},           {"past", CN_CLASS_PAST},
    {"fact", CN_CLASS_FACT},           {"tail", CN_CLASS_TAIL},           {"measure", CN_CLASS_MEASURE},
    {"indicator", CN_CLASS_INDICATOR}, {"head", CN_CLASS_HEAD},           {"noun", CN_CLASS_NOUN},
    {"particle", CN_CLASS_PARTICLE},   {"each", CN_CLASS_EACH},           {"refer", CN_CLASS_REFER},
    {"morpheme", CN_CLASS_MORPHEME},   {"predicate", CN_CLASS_PREDICATE}, {"de", CN_CLASS_NONE},
    {"policy", CN_CLASS_POLICY},       {"aspect", CN_CLASS_ASPECT},       {"body", CN_CLASS_HEAD},
};

static const struct {
  const char *name;
  unsigned use;
} uses[] = {
    {"noun", CN_USE_NOUN}, {"pivot", CN_USE_PIVOT}, {"whole", CN_USE_WHOLE}, {"lead", CN_USE_LEAD},
    {"tail", CN_USE_TAIL}, {"short", CN_USE_SHORT}, {"than", CN_USE_THAN},
};

static cn_view field_of(const cn_rule *rule, int column) { return column < 0 ? CN_VIEW("") : rule->fields[column]; }

static unsigned read_use(cn_view list) {
  unsigned use = 0;
  for (cn_view part; cn_view_split(&list, ' ', &part);)
    for (size_t i = 0; i < CN_COUNT(uses); i++)
      if (cn_view_is(part, uses[i].name)) use |= uses[i].use;
  return use;
}

static const cn_word *read_actions(cn_arena *arena, const cn_table *table) {
  size_t n = cn_table_count(table);
  int change = cn_table_column(table, "change"), use = cn_table_column(table, "use"),
      relation = cn_table_column(table, "relation");
  cn_word *words = cn_arena_new(arena, cn_word, n + 1);
  for (size_t i = 0; i < n; i++) {
    const cn_rule *rule = cn_table_at(table, i);
    words[i] = (cn_word){.class = CN_CLASS_VERB,
                         .use = read_use(field_of(rule, use)),
                         .change = (cn_change)cn_enum_value(&cn_change_names, field_of(rule, change)),
                         .relation = (cn_relation)cn_enum_value(&cn_relation_names, field_of(rule, relation)),
                         .rule = rule};
  }
  return words;
}

static cn_class class_of(cn_view name) {
  for (size_t i = 0; i < CN_COUNT(classes); i++)
    if (cn_view_is(name, classes[i].name)) return classes[i].class;
  return CN_CLASS_NOUN; /* an unknown class of a user's file still hides what is inside the word */
}

static const cn_word *read_words(cn_arena *arena, const cn_table *table) {
  size_t n = cn_table_count(table);
  int class = cn_table_column(table, "class");
  cn_word *words = cn_arena_new(arena, cn_word, n + 1);
  for (size_t i = 0; i < n; i++) {
    const cn_rule *rule = cn_table_at(table, i);
    words[i] = (cn_word){
        .class = class_of(field_of(rule, class)), .body = cn_view_is(field_of(rule, class), "body"), .rule = rule};
  }
  return words;
}

static const cn_word *word_of(const cn_table *table, const cn_word *words, const cn_rule *rule) {
  return rule ? &words[rule - cn_table_at(table, 0)] : NULL;
}

/* --- index ----------------------------------------------------------------------------------------------------------
 * By a word's first two characters (its only one where it has one), longest first: most places begin no word, and few
 * words share two characters. */

typedef struct cn_entry {
  cn_view key;
  const cn_word *word;
  uint32_t next; /* entry + 1 */
} cn_entry;

/* Length of the first one or two characters. */
static size_t head_of(cn_view text, size_t at) {
  size_t one = at + cn_utf8_len((unsigned char)text.p[at]);
  return one < text.n ? one + cn_utf8_len((unsigned char)text.p[one]) - at : one - at;
}

static uint32_t hash_of(const char *p, size_t n) {
  uint32_t h = 2166136261u;
  for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)p[i]) * 16777619u;
  return h ^ h >> 15;
}

/* Whether a goes before b in a chain: the longer; of equals a word before a verb, a verb before a mere morpheme. */
static bool goes_before(const cn_entry *a, const cn_entry *b) {
  if (a->key.n != b->key.n) return a->key.n > b->key.n;
  bool loose = b->word->class >= CN_CLASS_PREDICATE, ours = a->word->class >= CN_CLASS_PREDICATE;
  return loose && !ours;
}

static void insert(cn_target_rules *r, uint32_t n) {
  cn_entry *e = &r->entries[n - 1];
  size_t head = head_of(e->key, 0);
  uint32_t *link = &r->heads[hash_of(e->key.p, head) & r->mask];
  while (*link && !goes_before(e, &r->entries[*link - 1])) link = &r->entries[*link - 1].next;
  e->next = *link;
  *link = n;
}

static void make_index(cn_arena *arena, cn_target_rules *r) {
  size_t words = cn_table_count(r->words), n = words + cn_table_count(r->actions);
  for (r->mask = 255; r->mask < n * 2;) r->mask = r->mask * 2 + 1;
  r->heads = cn_arena_new(arena, uint32_t, r->mask + 1);
  r->entries = cn_arena_new(arena, cn_entry, n + 1);
  for (uint32_t i = 0; i < n; i++) {
    const cn_word *w = i < words ? &r->word_words[i] : &r->action_words[i - words];
    r->entries[i] = (cn_entry){cn_simplified(arena, cn_rule_key(w->rule)), w, 0};
    if (r->entries[i].key.n) insert(r, i + 1);
  }
}

static const cn_entry *look_up(const cn_target_rules *r, cn_view text, size_t at, size_t head) {
  for (uint32_t i = r->heads[hash_of(text.p + at, head) & r->mask]; i; i = r->entries[i - 1].next) {
    const cn_entry *e = &r->entries[i - 1];
    if (e->key.n <= text.n - at && memcmp(text.p + at, e->key.p, e->key.n) == 0) return e;
  }
  return NULL;
}

const cn_word *cn_word_at(const cn_target_rules *rules, cn_view text, size_t at, size_t *n) {
  *n = 0;
  if (at >= text.n) return NULL;
  size_t one = cn_utf8_len((unsigned char)text.p[at]), two = head_of(text, at);
  const cn_entry *e = look_up(rules, text, at, two);
  if (!e && two > one) e = look_up(rules, text, at, one);
  if (!e) return NULL;
  *n = e->key.n;
  return e->word;
}

const cn_target_rules *cn_target_rules_new(cn_arena *arena, const cn_rules *rules,
                                           const cn_quantity_rules *quantities) {
  cn_target_rules *r = cn_arena_alloc(arena, sizeof *r);
  r->quantities = quantities;
  r->actions = cn_rules_table(rules, CN_RULES_ACTIONS);
  r->words = cn_rules_table(rules, CN_RULES_WORDS);
  r->action_words = read_actions(arena, r->actions);
  r->word_words = read_words(arena, r->words);
  r->fresh = word_of(r->actions, r->action_words, cn_table_find(r->actions, CN_VIEW("新增")));
  cn_word *guess = cn_arena_new(arena, cn_word, 1);
  *guess = (cn_word){.class = CN_CLASS_VERB, .use = CN_USE_NOUN | CN_USE_LEAD, .change = CN_CHANGE_OUTPUT};
  r->guess = guess;
  make_index(arena, r);
  return r;
}

bool cn_word_morpheme(const cn_target_rules *rules, cn_view text, size_t at) {
  if (at >= text.n) return false;
  cn_view point = cn_view_slice(text, at, at + cn_utf8_len((unsigned char)text.p[at]));
  const cn_word *w = word_of(rules->words, rules->word_words, cn_table_find(rules->words, point));
  return w && w->class == CN_CLASS_MORPHEME;
}

bool cn_token_particle(const cn_token *t) {
  if (t->kind != CN_TOKEN_WORD) return false;
  if (t->word->class == CN_CLASS_PARTICLE) return true;
  return t->word->class == CN_CLASS_COVERB &&
         (cn_view_is(cn_rule_key(t->word->rule), "在") || cn_view_is(cn_rule_key(t->word->rule), "为"));
}
