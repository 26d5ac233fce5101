/* The lines of rules/deadlines.tsv in memory: between moment_lines.c, which reads them, and moment_patterns.c, which
 * matches them. The column `begins` lists the first characters, D for 0-9, N for Chinese numerals, F for those of
 * festivals' names. */
#ifndef CN_NORMALIZE_MOMENT_LINES_H
#define CN_NORMALIZE_MOMENT_LINES_H

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

/* The bit of a code point that a `then` word begins with, or 64. */
unsigned cn_patterns_gate(const cn_patterns *patterns, uint32_t point);
/* A pattern with each {name} replaced by its definition; {0,2} and unknown names stay. */
cn_view cn_patterns_expand(cn_patterns *patterns, cn_view pattern);

#endif
