/* The lines of rules/deadlines.tsv in memory: between moment_lines.c, which reads them, and moment_patterns.c, which
 * matches them. The column `begins` lists the first characters, (XY) for X with Y behind it, D for 0-9, S for a run of
 * them with - . or / behind it (D4, S4: of that length), N for Chinese numerals, F for festivals' names. */
#ifndef CN_NORMALIZE_MOMENT_LINES_H
#define CN_NORMALIZE_MOMENT_LINES_H

#include "normalize/moment.h"

struct cn_pattern {
  cn_resolver resolver;
  unsigned where;
  uint32_t line;
  cn_regex *regex;   /* made when the line is first tried */
  cn_view source;    /* as in the file, {names} and all */
  cn_text_list then; /* words, one of which must stand behind the numerals that a match begins with; none: anything */
  uint64_t gates;    /* their first code points, as bits of cn_patterns.gates */
  cn_view said;      /* all of `then` */
  unsigned words;    /* its number, the same for lines that say the same */
  int8_t group[CN_GROUP_COUNT];
  bool ready;
};

/* How a beginning is looked at before its pattern is asked: see the columns of rules/deadlines.tsv. */
typedef enum entry_kind {
  ENTRY_PLAIN,     /* one character; `then` says what may stand behind numerals */
  ENTRY_PAIR,      /* two characters */
  ENTRY_SEPARATED, /* a digit: 2021-12, 6.30 */
} entry_kind;

typedef struct entry {
  uint32_t point, second; /* second 0: any character */
  uint32_t pattern, next; /* entry + 1 */
  entry_kind kind;
  uint8_t digits; /* length of the run of digits; 0: any */
} entry;

struct cn_patterns {
  cn_arena *arena;
  cn_arena
      texts; /* expanded patterns: made at first use, when the caller's arena may be between a mark and its rewind */
  const cn_table *table, *festivals;
  cn_pattern *items;
  size_t n, capacity;
  entry *entries;
  struct chain {
    uint32_t first, last; /* entry + 1, in the order of the lines */
  } chains[256];          /* by the last bits of the code point */
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
