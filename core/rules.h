/* Rules as data: the tables of rules/<name>.tsv, compiled into the program, replaced or added to by --rules DIR.
 *
 * A file: lines of tab-separated fields, UTF-8; `#` begins a comment line; the first other line names the columns;
 * column 0 is the key; the last two columns are `example` and `expected`, which `chengnuo rules check` and a test run
 * through the real stage. A user's file has the same columns; a line whose key is known replaces, `!key` alone removes.
 * Built once, then const and shared. Where each table is read: rules.def. */
#ifndef CN_RULES_H
#define CN_RULES_H

#include "core/arena.h"

typedef enum cn_rule_set {
#define CN_RULE_SET(constant, file, columns, doc) CN_RULES_##constant,
#include "core/rules.def"
  CN_RULES_COUNT
} cn_rule_set;

typedef struct cn_rule {
  const cn_view *fields; /* as many as the table has columns; missing ones are empty */
  uint32_t line;         /* in its file */
  bool user;             /* from --rules */
} cn_rule;

static inline cn_view cn_rule_key(const cn_rule *r) { return r->fields[0]; }

typedef struct cn_table cn_table;
typedef struct cn_rules cn_rules;

/* Makes the rules in arena (which must outlive them). `directory` NULL: only the built-in ones. CN_IO or CN_BROKEN with
 * *error naming file and line for a user's file that cannot be read. A table is parsed at its first use. */
CN_MUST_USE cn_status cn_rules_open(cn_arena *arena, const char *directory, cn_rules **rules, cn_view *error);
const cn_table *cn_rules_table(const cn_rules *rules, cn_rule_set set);
/* The file's name in rules/ (units.tsv) and the built-in text itself, for tables that are searched instead of parsed.
 */
const char *cn_rules_file(cn_rule_set set);
cn_view cn_rules_text(cn_rule_set set);

size_t cn_table_count(const cn_table *table);
size_t cn_table_columns(const cn_table *table);
const cn_rule *cn_table_at(const cn_table *table, size_t i);
/* Index of a named column, or -1. */
int cn_table_column(const cn_table *table, const char *name);
/* The rule with exactly this key, or NULL. With several of one key: the first in the file; next by cn_table_next. */
const cn_rule *cn_table_find(const cn_table *table, cn_view key);
const cn_rule *cn_table_next(const cn_table *table, const cn_rule *rule);
/* The rule with the longest key that the text begins with at byte `at`, or NULL: units and comparison words after a
 * number. */
const cn_rule *cn_table_prefix(const cn_table *table, cn_view text, size_t at);
/* The rule with the longest key that ends just before byte `at`: comparison words and verbs before a number. */
const cn_rule *cn_table_suffix(const cn_table *table, cn_view text, size_t at);

#endif
