/* Quantities: one pass over the text that stops where a number can begin, reads it whole and goes on behind it.
 *
 * In:  folded text, time spans.  Out: cn_quantity_list in the caller's arena.
 * Order of judgement at a number: is it inside 《》 or “” (a name)? part of a known name or shape? inside a time span?
 * Only then is it read as an amount with the words that touch it. */
#include "normalize/quantity.h"

#include "core/utf8.h"
#include "normalize/number_role.h"
#include "normalize/quoted.h"

typedef struct finder {
  cn_arena *arena;
  const cn_quantity_rules *rules;
  const cn_folded *folded;
  cn_view text;
  cn_span_list times, quoted;
  size_t time, quote; /* the next of each that may lie ahead */
  cn_quantity *items;
  size_t n, capacity;
} finder;

static cn_quantity *add(finder *f, cn_span at, cn_role role) {
  f->items = cn_arena_grow(f->arena, f->items, f->n, &f->capacity, sizeof *f->items);
  cn_quantity *q = &f->items[f->n++];
  *q = (cn_quantity){.at = at,
                     .number = at,
                     .unit_at = {at.end, at.end},
                     .relation = CN_RELATION_EQ,
                     .role = role,
                     .trouble = CN_DIAG_COUNT};
  return q;
}

/* --- relation
 * ---------------------------------------------------------------------------------------------------------- */

static int direction(cn_relation r) {
  switch (r) {
  case CN_RELATION_GE:
  case CN_RELATION_GT: return 1;
  case CN_RELATION_LE:
  case CN_RELATION_LT: return -1;
  case CN_RELATION_NONE:
  case CN_RELATION_EQ:
  case CN_RELATION_APPROX:
  case CN_RELATION_RANGE: break;
  }
  return 0;
}

/* 不低于90%以上 says it twice, 不超过50%以上 contradicts itself; the word behind the number wins in both. */
static void set_relation(cn_quantity *q, const cn_amount *a, cn_relation before, cn_relation after) {
  cn_relation behind = after ? after : a->more ? CN_RELATION_GT : CN_RELATION_NONE;
  q->compared = before || behind;
  if (a->range)
    q->relation = CN_RELATION_RANGE;
  else if (behind)
    q->relation = behind;
  else if (before)
    q->relation = before;
  if (before && behind && behind != CN_RELATION_RANGE)
    q->trouble = direction(before) == direction(behind) ? CN_DIAG_COMPARISON_DOUBLE : CN_DIAG_COMPARISON_CONTRADICTS;
  else if (after && a->more && direction(after) != 1)
    q->trouble = CN_DIAG_COMPARISON_CONTRADICTS;
}

/* --- one quantity
 * ---------------------------------------------------------------------------------------------------------- */

static void set_unit(const finder *f, cn_quantity *q, const cn_amount *a) {
  q->unit_code = CN_VIEW("1");
  q->dimension = CN_DIMENSION_COUNT;
  if (!a->has_unit) {
    /* 105万以上 counts something, a 系数 of 0.58 does not, and a 之比 of 2.6 is a ratio */
    if (a->value.known && a->value.scale)
      q->dimension = cn_proportion_said(f->text, a->at.begin) ? CN_DIMENSION_RATIO : CN_DIMENSION_OTHER;
    return;
  }
  q->unit_at = a->unit.at;
  q->unit_code = a->unit.code;
  q->per = a->unit.per;
  q->dimension = a->unit.dimension;
  if (a->unit.at.end > a->unit.at.begin) q->unit = cn_fold_source(f->folded, a->unit.at.begin, a->unit.at.end);
}

/* The 千人 of 每千人不少于6.8批次 is part of the quantity behind it, no mention by itself. Nothing else may overlap. */
static cn_quantity *drop_rate_number(finder *f) {
  cn_quantity *q = &f->items[f->n - 1], *last = f->n > 1 ? q - 1 : NULL;
  if (!last || last->at.end <= q->at.begin) return q;
  if (last->role == CN_ROLE_COUNT && last->at.begin >= q->at.begin) {
    *last = *q;
    f->n--;
    return last;
  }
  q->at.begin = last->at.end;
  return q;
}

static cn_after after_amount(const finder *f, const cn_amount *a) {
  bool measure =
      a->has_unit && (a->unit.dimension == CN_DIMENSION_DURATION || a->unit.dimension == CN_DIMENSION_LENGTH);
  cn_after after = cn_compare_after(f->rules, f->text, a->at.end, measure);
  if (after.relation == CN_RELATION_RANGE && !a->range)
    return (cn_after){a->at.end, CN_RELATION_NONE, NULL}; /* 两省之间 */
  return after;
}

static cn_quantity *add_amount(finder *f, const cn_amount *amount) {
  cn_amount a = *amount;
  cn_span unknown;
  bool guessed = !a.has_unit && !a.coded && cn_number_unknown_unit(f->rules, f->text, &a, &unknown);
  if (guessed) a.at.end = unknown.end;
  cn_before before = cn_compare_before(f->rules, f->text, a.at.begin, a.numeral.bare);
  cn_after after = after_amount(f, &a);
  cn_role role = cn_number_role(f->rules, f->text, &a, before.relation || after.relation || a.more, guessed);
  cn_quantity *q = add(f, (cn_span){before.begin, after.end}, role);
  q->number = a.number;
  q->value = a.value;
  q->min = a.min;
  q->max = a.max;
  set_unit(f, q, &a);
  if (guessed) {
    q->unit_at = unknown;
    q->unit = cn_fold_source(f->folded, unknown.begin, unknown.end);
    q->trouble = CN_DIAG_UNIT_UNKNOWN;
  }
  if (!q->per.p) q->per = before.per;
  set_relation(q, &a, before.relation, after.relation);
  if (a.unreadable && role == CN_ROLE_NONE) q->trouble = CN_DIAG_NUMBER_UNREADABLE;
  q->unit_rule = a.unit.rule;
  q->before_rule = before.rule;
  q->after_rule = after.rule;
  q->rate_rule = before.rate;
  return drop_rate_number(f);
}

/* --- the scan
 * ------------------------------------------------------------------------------------------------------------------ */

static const cn_span *span_at(cn_span_list list, size_t *next, size_t at) {
  while (*next < list.n && list.items[*next].end <= at) ++*next;
  return *next < list.n && list.items[*next].begin <= at ? &list.items[*next] : NULL;
}

static bool is_article(const finder *f, const cn_amount *a) {
  return a->numeral.chinese && !a->has_unit && a->number.end - a->number.begin == 3 &&
         cn_follows(f->text, a->number.begin, "一");
}

/* Adds a mention that is no amount; returns where to go on. */
static size_t add_name(finder *f, cn_span at, cn_role role) {
  if (f->n && f->items[f->n - 1].at.end > at.begin) at.begin = f->items[f->n - 1].at.end;
  add(f, at, role);
  return at.end;
}

/* Where a shape ends in its number, what belongs to the number belongs to the name: 第12届, 号楼2-4层. */
static size_t visit_name(finder *f, size_t at, const cn_numeral *numeral, cn_name *name, bool quoted) {
  cn_amount a;
  if (name->word) return name->at.end > numeral->end ? name->at.end : numeral->end;
  if (name->at.end == numeral->end && name->at.begin < at && cn_amount_read(f->arena, f->rules, f->text, at, &a) &&
      a.at.begin == at)
    name->at.end = a.at.end;
  size_t end = add_name(f, name->at, quoted ? CN_ROLE_NAME : name->role);
  f->items[f->n - 1].name_rule = name->rule;
  return end;
}

/* Reads what begins at `at`; returns where to go on. */
static size_t visit(finder *f, size_t at) {
  cn_name name;
  cn_amount a;
  const cn_span *quoted = span_at(f->quoted, &f->quote, at), *time = span_at(f->times, &f->time, at);
  cn_numeral numeral = cn_numeral_read(f->text, at);
  if (cn_name_find(f->rules, f->text, at, &numeral, &name)) return visit_name(f, at, &numeral, &name, quoted != NULL);
  if (time && !quoted) {
    add(f, *time, CN_ROLE_DATE)->number = (cn_span){at, numeral.end > at ? numeral.end : at};
    return time->end > at ? time->end : at + 1;
  }
  if (!cn_amount_read(f->arena, f->rules, f->text, at, &a)) return at + cn_utf8_len((unsigned char)f->text.p[at]);
  if (cn_number_couplet(f->text, &a, &name.at)) return add_name(f, name.at, CN_ROLE_NAME);
  if (!quoted && is_article(f, &a)) return a.at.end; /* 一 without a unit is a word, not a number */
  cn_quantity *q = add_amount(f, &a);
  if (q->role == CN_ROLE_NAME) q->at = cn_number_whole_code(f->text, q->at);
  if (q->role == CN_ROLE_NAME && cn_follows(f->text, q->at.end, "级")) q->at.end += strlen("级");
  if (quoted) q->role = CN_ROLE_NAME;
  return q->at.end > at ? q->at.end : a.at.end;
}

/* 5个以上10个以下: from 5 to 10. */
static bool joins(const finder *f, const cn_quantity *a, const cn_quantity *b) {
  if (a->role || b->role || a->relation != CN_RELATION_GE || b->relation != CN_RELATION_LE) return false;
  bool listed = cn_view_find(cn_view_slice(f->text, a->at.begin > 30 ? a->at.begin - 30 : 0, a->at.begin),
                             CN_VIEW("分别"), 0) != SIZE_MAX;
  if (listed || !cn_view_equal(a->unit_code, b->unit_code) || !a->value.known || !b->value.known) return false;
  bool touching =
      a->at.end == b->at.begin || (cn_follows_any(f->text, a->at.end, "、 ，") && a->at.end + 3 == b->at.begin);
  return touching && cn_decimal_compare(a->value, b->value) < 0;
}

static void join_bounds(finder *f) {
  size_t kept = 0;
  for (size_t i = 0; i < f->n; i++) {
    cn_quantity *last = kept ? &f->items[kept - 1] : NULL;
    if (!last || !joins(f, last, &f->items[i])) {
      f->items[kept++] = f->items[i];
      continue;
    }
    last->min = last->value;
    last->max = f->items[i].value;
    last->value = (cn_decimal){0, 0, false};
    last->relation = CN_RELATION_RANGE;
    last->at.end = f->items[i].at.end;
    last->number.end = f->items[i].number.end;
    last->unit_at = f->items[i].unit_at;
    last->unit = f->items[i].unit;
  }
  f->n = kept;
}

/* Where an amount can begin at or after `at`; the text's end when nowhere. This loop sees every byte, so it looks no
 * further than a bit for each character. */
static size_t next_candidate(const finder *f, size_t at) {
  const unsigned char *p = (const unsigned char *)f->text.p;
  while (at < f->text.n) {
    if (p[at] < 0x80) {
      if (cn_is_digit(p[at])) return at;
      at++;
    } else if ((p[at] & 0xF0) == 0xE0) {
      uint32_t c = (uint32_t)(p[at] & 15) << 12 | (uint32_t)(p[at + 1] & 63) << 6 | (p[at + 2] & 63);
      if (f->rules->begins[c >> 3] >> (c & 7) & 1) return at;
      at += 3;
    } else {
      at += cn_utf8_len(p[at]);
    }
  }
  return at;
}

cn_quantity_list cn_quantities_find(cn_arena *arena, const cn_quantity_rules *rules, const cn_folded *text,
                                    cn_span_list times) {
  finder f = {.arena = arena, .rules = rules, .folded = text, .text = text->text, .times = times};
  f.quoted = cn_quoted_find(arena, f.text);
  for (size_t at = 0; (at = next_candidate(&f, at)) < f.text.n;)
    at = cn_amount_can_begin(f.text, at) ? visit(&f, at) : at + cn_utf8_len((unsigned char)f.text.p[at]);
  join_bounds(&f);
  return (cn_quantity_list){f.items, f.n};
}
