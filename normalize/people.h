/* People and bodies: the text of an owner cell, label or bracket -> responsible list.
 *
 * In:  cell text and what its header said.  Out: names with kind and role, in the caller's arena.
 * 区交通与建设局牵头，区旅游发展局、海屿旅游集团配合 · 李　刚、王海涛 · 市财政局等按职责分工负责 */
#ifndef CN_NORMALIZE_PEOPLE_H
#define CN_NORMALIZE_PEOPLE_H

#include "core/event.h"
#include "core/rules.h"

typedef struct cn_people_rules cn_people_rules;
const cn_people_rules *cn_people_rules_new(cn_arena *arena, const cn_rules *rules);

/* Appends what the cell names to `list` (capacity managed by the callee, in arena). */
typedef struct cn_responsible_builder {
  cn_responsible *items;
  size_t n, capacity;
} cn_responsible_builder;

CN_MUST_USE cn_status cn_people_read(cn_arena *arena, const cn_people_rules *rules, const cn_cell *cell,
                                     const cn_sink *out, cn_place place, cn_responsible_builder *list);
/* A contact's name: 周　敏 is 周敏. */
cn_view cn_person_name(cn_arena *arena, cn_view text);

#endif
