/* What changed between two notices: pairs of rows, and changes between them. Used by app/diff.c (the command and its
 * output), made by app/diff_match.c and app/diff_changes.c. */
#ifndef CN_APP_DIFF_H
#define CN_APP_DIFF_H

#include "app/collect.h"

typedef struct cn_pair {
  const cn_row *old_row, *new_row; /* one of them NULL: dropped or added */
} cn_pair;

typedef struct cn_pair_list {
  cn_pair *items;
  size_t n;
} cn_pair_list;

/* Pairs every row with its like: the same words first, then the most similar ones (Dice of character pairs of at least
 * one half), rows of the same block and serial ahead of others. In the new notice's order, dropped rows where they
 * stood. */
cn_pair_list cn_diff_match(cn_arena *arena, const cn_collection *old_rows, const cn_collection *new_rows);

typedef enum cn_change_kind {
  CN_CHANGED_ADDED,
  CN_CHANGED_DROPPED,
  CN_CHANGED_MOVED,    /* other block or serial */
  CN_CHANGED_REWORDED, /* other words in the task */
  CN_CHANGED_DEADLINE,
  CN_CHANGED_TARGET, /* old_target and new_target; one NULL: added or dropped */
  CN_CHANGED_PEOPLE,
} cn_change_kind;

typedef struct cn_row_change {
  cn_change_kind kind;
  cn_pair rows;
  const cn_target *old_target, *new_target;
} cn_row_change;

typedef struct cn_row_change_list {
  cn_row_change *items;
  size_t n, capacity;
} cn_row_change_list;

/* Appends what changed from the pair's old row to its new one. */
void cn_diff_changes(cn_arena *arena, cn_pair pair, cn_row_change_list *list);

/* Whether `list` names the same person or body with the same role. */
bool cn_diff_names(const cn_responsible_list *list, const cn_responsible *one);

#endif
