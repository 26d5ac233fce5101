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

typedef struct table_index {
  uint32_t *heads; /* rule + 1 by hash of a key's first (last) code point */
  uint32_t *next;  /* chain, longest key first, then in file order */
  uint32_t mask;
} table_index;

struct cn_table {
  cn_rule *rules;
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

static uint32_t hash(uint32_t c) { return c * 2654435761u >> 16 ^ c; }

static uint32_t edge(cn_view key, bool last) {
  if (!key.n) return 0;
  return cn_utf8_at(last ? cn_utf8_before(key.p, key.p + key.n) : key.p, NULL);
}

static table_index make_index(cn_arena *arena, const cn_table *t, bool last) {
  table_index x = {.mask = 15};
  while (x.mask < t->count * 2) x.mask = x.mask * 2 + 1;
  x.heads = cn_arena_new(arena, uint32_t, x.mask + 1);
  x.next = cn_arena_new(arena, uint32_t, t->count + 1);
  for (size_t i = t->count; i-- > 0;) { /* backwards, so that equals end up in file order */
    size_t n = cn_rule_key(&t->rules[i]).n;
    uint32_t *link = &x.heads[hash(edge(cn_rule_key(&t->rules[i]), last)) & x.mask];
    while (*link && cn_rule_key(&t->rules[*link - 1]).n > n) link = &x.next[*link - 1];
    x.next[i] = *link;
    *link = (uint32_t)i + 1;
  }
  return x;
}

static cn_table *make_table(const cn_rules *r, cn_rule_set set) {
  cn_table *t = cn_arena_alloc(r->arena, sizeof *t);
  parse(r->arena, t, cn_rules_texts[set], false);
  if (r->user[set].p) parse(r->arena, t, r->user[set], true);
  t->prefix = make_index(r->arena, t, false);
  t->suffix = make_index(r->arena, t, true);
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
    if (cn_view_equal(cn_rule_key(&t->rules[at - 1]), key)) return &t->rules[at - 1];
  return NULL;
}

const cn_rule *cn_table_find(const cn_table *t, cn_view key) {
  return key.n ? chain_exact(t, t->prefix.heads[hash(edge(key, false)) & t->prefix.mask], key) : NULL;
}

const cn_rule *cn_table_next(const cn_table *t, const cn_rule *rule) {
  return chain_exact(t, t->prefix.next[rule - t->rules], cn_rule_key(rule));
}

/* The keys of a chain share their first (last) character, so the byte at their other end tells most of them apart
 * without a call: a number in a text asks about a hundred keys that begin with 一. */
static bool begins_with(cn_view text, cn_view key) {
  return key.n && key.n <= text.n && text.p[key.n - 1] == key.p[key.n - 1] && memcmp(text.p, key.p, key.n) == 0;
}

static bool ends_with(cn_view text, cn_view key) {
  if (!key.n || key.n > text.n) return false;
  const char *from = text.p + text.n - key.n;
  return *from == *key.p && memcmp(from, key.p, key.n) == 0;
}

const cn_rule *cn_table_prefix(const cn_table *t, cn_view text, size_t at) {
  if (at >= text.n) return NULL;
  cn_view rest = cn_view_slice(text, at, text.n);
  for (uint32_t i = t->prefix.heads[hash(cn_utf8_at(rest.p, NULL)) & t->prefix.mask]; i; i = t->prefix.next[i - 1])
    if (begins_with(rest, cn_rule_key(&t->rules[i - 1]))) return &t->rules[i - 1];
  return NULL;
}

const cn_rule *cn_table_suffix(const cn_table *t, cn_view text, size_t at) {
  if (at == 0 || at > text.n) return NULL;
  cn_view head = cn_view_slice(text, 0, at);
  uint32_t last = cn_utf8_at(cn_utf8_before(head.p, head.p + head.n), NULL);
  for (uint32_t i = t->suffix.heads[hash(last) & t->suffix.mask]; i; i = t->suffix.next[i - 1])
    if (ends_with(head, cn_rule_key(&t->rules[i - 1]))) return &t->rules[i - 1];
  return NULL;
}
