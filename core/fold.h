/* Width folding for matching, never for output: １２％ is matched as 12%, 年 (U+F98E) as 年, ａ as a, U+3000 as a
 * blank.
 *
 * Only code points whose decomposition is <wide>, <narrow> or <small>, and CJK compatibility ideographs (canonical
 * singletons), are folded; NFKC would turn ①2025年 into 12025年 and 10² into 102. Exceptions are lines of
 * rules/fold.tsv: ， ； ： （ ） ！ ？ stay as they are, because they are the punctuation of Chinese and `,` is not.
 * One code point always becomes one code point, so positions in code points are the same before and after. */
#ifndef CN_FOLD_H
#define CN_FOLD_H

#include "core/arena.h"

typedef struct cn_folded {
  cn_view source;      /* what was folded; not owned */
  cn_view text;        /* the folded text; == source when nothing had to change */
  const uint32_t *map; /* source byte offset of each folded byte, and of the end; NULL when text == source */
} cn_folded;

/* Folds v into arena. v must be shorter than 4 GiB. */
cn_folded cn_fold(cn_arena *arena, cn_view v);
/* The folded form of one code point. */
uint32_t cn_fold_point(uint32_t c);
static inline size_t cn_fold_offset(const cn_folded *f, size_t at) { return f->map ? f->map[at] : at; }
/* The source's own bytes for folded bytes [from, to). */
static inline cn_view cn_fold_source(const cn_folded *f, size_t from, size_t to) {
  return cn_view_slice(f->source, cn_fold_offset(f, from), cn_fold_offset(f, to));
}

#endif
