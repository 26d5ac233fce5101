/* Rule tables: TSV text, built in or from a folder, parsed at first use and indexed for exact, longest-prefix and
 * longest-suffix look-up. A table, once made, does not change. */
#define CN_OWNER
#include "core/rules.h"

#include "core/buf.h"
#include "core/utf8.h"

#include <errno.h>

extern const cn_view cn_rules_texts[];

static const struct {
  const char *file, *columns;
} sets[] = {
#define CN_RULE_SET(constant, file, columns, doc) {file, columns},
#include "core/rules.def"
};

/* The keys by their first (last) two characters: most positions of a text begin no key, and hardly any two keys share
 * both characters, where a hundred begin with 一. A key of one character has 0 as its second. */
typedef struct table_index {
  uint32_t *heads; /* rule + 1 by hash of the two characters */
  uint32_t *next;  /* chain, longest key first, then in file order */
  uint32_t mask;
  uint64_t seen[16]; /* first (last) characters by their last ten bits */
} table_index;

/* A key in a third of a cache line: its length, its first eight bytes (zeros behind a shorter one), the next of its
 * chain in the prefix index. */
typedef struct quick_key {
  uint64_t head;
  uint32_t n, next;
} quick_key;

struct cn_table {
  cn_rule *rules;
  cn_view *keys;     /* of the rules, side by side */
  quick_key *quick;  /* what tells most keys apart */
  uint64_t masks[9]; /* of the first n bytes of eight */
  size_t count, capacity;
  cn_view *columns;
  size_t column_count;
  table_index prefix, suffix;
};

struct cn_rules {
  cn_arena *arena;
  cn_view user[CN_RULES_COUNT]; /* a user's text, or null */
  cn_table *tables[CN_RULES_COUNT];
};

const char *cn_rules_file(cn_rule_set set) { return sets[set].file; }
cn_view cn_rules_text(cn_rule_set set) { return cn_rules_texts[set]; }

/* --- parsing --------------------------------------------------------------------------------------------------- */

static size_t count_char(cn_view v, char c) {
  size_t n = 0;
  for (const char *p = v.p, *end = v.p + v.n; p < end && (p = memchr(p, c, (size_t)(end - p))); p++) n++;
  return n;
}

static cn_view *split_fields(cn_arena *arena, cn_view line, size_t columns) {
  cn_view *fields = cn_arena_new(arena, cn_view, columns), part, rest = line;
  for (size_t i = 0; i < columns; i++) fields[i] = CN_VIEW("");
  for (size_t i = 0; i < columns && cn_view_split(&rest, '\t', &part); i++) fields[i] = part;
  return fields;
}

static bool next_line(cn_view *rest, cn_view *line, uint32_t *number) {
  while (cn_view_split(rest, '\n', line)) {
    ++*number;
    if (line->n && line->p[line->n - 1] == '\r') line->n--;
    if (line->n && line->p[0] != '#') return true;
  }
  return false;
}

/* Takes out the rules with this key: a user's line replaces, !key removes. */
static void remove_key(cn_table *t, cn_view key) {
  size_t kept = 0;
  for (size_t i = 0; i < t->count; i++)
    if (t->rules[i].user || !cn_view_equal(t->rules[i].fields[0], key)) t->rules[kept++] = t->rules[i];
  t->count = kept;
}

static void parse(cn_arena *arena, cn_table *t, cn_view text, bool user) {
  cn_view line, rest = text;
  uint32_t number = 0;
  if (!next_line(&rest, &line, &number)) return;
  if (!t->columns) {
    t->column_count = count_char(line, '\t') + 1;
    t->columns = split_fields(arena, line, t->column_count);
  }
  while (next_line(&rest, &line, &number)) {
    cn_view *fields = split_fields(arena, line, t->column_count);
    bool removes = user && fields[0].n > 1 && fields[0].p[0] == '!';
    if (user) remove_key(t, removes ? cn_view_slice(fields[0], 1, fields[0].n) : fields[0]);
    if (removes) continue;
    t->rules = cn_arena_grow(arena, t->rules, t->count, &t->capacity, sizeof *t->rules);
    t->rules[t->count++] = (cn_rule){fields, number, user};
  }
}

/* --- index ----------------------------------------------------------------------------------------------------- */

typedef struct edge {
  uint32_t first, second;
} edge;

static uint32_t hash(edge e) {
  uint32_t h = (e.first * 2654435761u) ^ (e.second * 2246822519u);
  return h ^ h >> 15;
}

static edge front_edge(const char *p, const char *end) {
  size_t n = 0;
  edge e = {p < end ? cn_utf8_at(p, &n) : 0, 0};
  if (p + n < end) e.second = cn_utf8_at(p + n, NULL);
  return e;
}

static edge back_edge(const char *begin, const char *end) {
  const char *last = begin < end ? cn_utf8_before(begin, end) : end;
  edge e = {begin < end ? cn_utf8_at(last, NULL) : 0, 0};
  if (begin < last) e.second = cn_utf8_at(cn_utf8_before(begin, last), NULL);
  return e;
}

static edge edge_of(cn_view key, bool last) {
  return last ? back_edge(key.p, key.p + key.n) : front_edge(key.p, key.p + key.n);
}

static bool is_seen(const table_index *x, uint32_t c) { return x->seen[c >> 6 & 15] >> (c & 63) & 1; }

static table_index make_index(cn_arena *arena, const cn_table *t, bool last) {
  table_index x = {.mask = 15};
  while (x.mask < t->count * 2) x.mask = x.mask * 2 + 1;
  x.heads = cn_arena_new(arena, uint32_t, x.mask + 1);
  x.next = cn_arena_new(arena, uint32_t, t->count + 1);
  for (size_t i = t->count; i-- > 0;) { /* backwards, so that equals end up in file order */
    edge e = edge_of(t->keys[i], last);
    uint32_t *link = &x.heads[hash(e) & x.mask];
    while (*link && t->keys[*link - 1].n > t->keys[i].n) link = &x.next[*link - 1];
    x.next[i] = *link;
    *link = (uint32_t)i + 1;
    x.seen[e.first >> 6 & 15] |= (uint64_t)1 << (e.first & 63);
  }
  return x;
}

static uint64_t head_bytes(const char *p, size_t n) {
  uint64_t head = 0;
  if (n >= sizeof head)
    memcpy(&head, p, sizeof head); /* the usual case, in one instruction */
  else
    memcpy(&head, p, n);
  return head;
}

static cn_table *make_table(const cn_rules *r, cn_rule_set set) {
  cn_table *t = cn_arena_alloc(r->arena, sizeof *t);
  parse(r->arena, t, cn_rules_texts[set], false);
  if (r->user[set].p) parse(r->arena, t, r->user[set], true);
  t->keys = cn_arena_new(r->arena, cn_view, t->count + 1);
  t->quick = cn_arena_new(r->arena, quick_key, t->count + 1);
  for (size_t n = 0; n <= 8; n++) t->masks[n] = head_bytes("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", n);
  for (size_t i = 0; i < t->count; i++) {
    t->keys[i] = t->rules[i].fields[0];
    t->quick[i] = (quick_key){head_bytes(t->keys[i].p, t->keys[i].n), (uint32_t)t->keys[i].n, 0};
  }
  t->prefix = make_index(r->arena, t, false);
  t->suffix = make_index(r->arena, t, true);
  for (size_t i = 0; i < t->count; i++) t->quick[i].next = t->prefix.next[i];
  return t;
}

/* --- opening --------------------------------------------------------------------------------------------------- */

static cn_status read_file(cn_arena *arena, const char *path, cn_view *text, cn_view *error) {
  FILE *in = fopen(path, "rb");
  if (!in && errno == ENOENT) return CN_OK; /* a user's folder need not have every table */
  cn_buf buf;
  cn_buf_init(&buf, arena->trap);
  for (size_t n = 1; in && n > 0; buf.n += n) n = fread(cn_buf_room(&buf, 65536), 1, 65536, in);
  bool failed = !in || ferror(in);
  if (failed)
    *error = cn_arena_format(arena, "%s: %s", path, strerror(errno));
  else
    *text = cn_arena_copy(arena, cn_buf_view(&buf));
  if (in) fclose(in);
  cn_buf_free(&buf);
  return failed ? CN_IO : CN_OK;
}

static cn_status check_user_text(cn_arena *arena, const char *path, cn_rule_set set, cn_view text, cn_view *error) {
  cn_view line = CN_VIEW(""), rest = text, wanted = cn_rules_texts[set], ours = CN_VIEW("");
  uint32_t number = 0, ignored = 0;
  size_t valid = cn_utf8_valid_prefix(text);
  next_line(&wanted, &ours, &ignored);
  bool has_header = next_line(&rest, &line, &number);
  if (valid < text.n)
    *error = cn_arena_format(arena, "%s: bytes that are not UTF-8 at offset %zu", path, valid);
  else if (has_header && !cn_view_equal(line, ours))
    *error =
        cn_arena_format(arena, "%s:%u: the first line must name the columns: %.*s", path, number, (int)ours.n, ours.p);
  return error->p ? CN_BROKEN : CN_OK;
}

cn_status cn_rules_open(cn_arena *arena, const char *directory, cn_rules **rules, cn_view *error) {
  cn_rules *r = cn_arena_alloc(arena, sizeof *r);
  r->arena = arena;
  *rules = r;
  *error = CN_NULL_VIEW;
  for (size_t i = 0; directory && i < CN_RULES_COUNT; i++) {
    const char *path = cn_arena_format(arena, "%s/%s", directory, sets[i].file).p;
    CN_TRY(read_file(arena, path, &r->user[i], error));
    if (r->user[i].p) CN_TRY(check_user_text(arena, path, (cn_rule_set)i, r->user[i], error));
  }
  if (directory) {
    FILE *folder = fopen(directory, "rb"); /* opening a folder for reading works; a missing one does not */
    if (!folder) {
      *error = cn_arena_format(arena, "%s: %s", directory, strerror(errno));
      return CN_IO;
    }
    fclose(folder);
  }
  return CN_OK;
}

const cn_table *cn_rules_table(const cn_rules *rules, cn_rule_set set) {
  /* Parsed at first use: what an input does not need costs nothing. The result never changes, so this is still const.
   */
  cn_rules *r = (cn_rules *)rules;
  if (!r->tables[set]) r->tables[set] = make_table(r, set);
  return r->tables[set];
}

/* --- look-up --------------------------------------------------------------------------------------------------- */

size_t cn_table_count(const cn_table *t) { return t->count; }
size_t cn_table_columns(const cn_table *t) { return t->column_count; }
const cn_rule *cn_table_at(const cn_table *t, size_t i) { return i < t->count ? &t->rules[i] : NULL; }

int cn_table_column(const cn_table *t, const char *name) {
  for (size_t i = 0; i < t->column_count; i++)
    if (cn_view_is(t->columns[i], name)) return (int)i;
  return -1;
}

static const cn_rule *chain_exact(const cn_table *t, uint32_t at, cn_view key) {
  for (; at; at = t->prefix.next[at - 1])
    if (cn_view_equal(t->keys[at - 1], key)) return &t->rules[at - 1];
  return NULL;
}

static uint32_t head_of(const table_index *x, edge e) { return x->heads[hash(e) & x->mask]; }

const cn_rule *cn_table_find(const cn_table *t, cn_view key) {
  return key.n ? chain_exact(t, head_of(&t->prefix, edge_of(key, false)), key) : NULL;
}

const cn_rule *cn_table_next(const cn_table *t, const cn_rule *rule) {
  return chain_exact(t, t->prefix.next[rule - t->rules], cn_rule_key(rule));
}

/* Whether a text that begins with the bytes `head` begins with key i. */
static inline bool begins_with(const cn_table *t, uint32_t i, cn_view text, uint64_t head) {
  const quick_key *q = &t->quick[i];
  if (!q->n || q->n > text.n) return false;
  if (q->n <= sizeof head) return ((head ^ q->head) & t->masks[q->n]) == 0;
  return head == q->head && memcmp(text.p + 8, t->keys[i].p + 8, q->n - 8) == 0;
}

static inline const cn_rule *chain_prefix(const cn_table *t, edge e, cn_view text, uint64_t head) {
  for (uint32_t i = head_of(&t->prefix, e); i; i = t->quick[i - 1].next)
    if (begins_with(t, i - 1, text, head)) return &t->rules[i - 1];
  return NULL;
}

const cn_rule *cn_table_prefix(const cn_table *t, cn_view text, size_t at) {
  if (at >= text.n) return NULL;
  cn_view rest = {text.p + at, text.n - at};
  if (!is_seen(&t->prefix, cn_utf8_at(rest.p, NULL))) return NULL;
  edge e = front_edge(rest.p, rest.p + rest.n);
  uint64_t head = head_bytes(rest.p, rest.n);
  const cn_rule *rule = e.second ? chain_prefix(t, e, rest, head) : NULL;
  return rule ? rule : chain_prefix(t, (edge){e.first, 0}, rest, head);
}

static const cn_rule *chain_suffix(const cn_table *t, edge e, cn_view head) {
  for (uint32_t i = head_of(&t->suffix, e); i; i = t->suffix.next[i - 1])
    if (t->keys[i - 1].n && cn_view_ends(head, t->keys[i - 1])) return &t->rules[i - 1];
  return NULL;
}

const cn_rule *cn_table_suffix(const cn_table *t, cn_view text, size_t at) {
  if (at == 0 || at > text.n) return NULL;
  edge e = back_edge(text.p, text.p + at);
  if (!is_seen(&t->suffix, e.first)) return NULL;
  cn_view head = {text.p, at};
  const cn_rule *rule = e.second ? chain_suffix(t, e, head) : NULL;
  return rule ? rule : chain_suffix(t, (edge){e.first, 0}, head);
}
