/* The clause grammar's own types: what lexicon.c, tokens.c, clause.c, condition.c, action.c, metric.c, change.c and
 * inherit.c share. Only these and target.c include it.
 *
 * A task is cut into tokens (words of rules/actions.tsv and rules/words.tsv, numbers, marks, and the text between
 * them), tokens into clauses at ，；。： and clauses into members, one for each number. Everything is an index into the
 * token array of one range; a range is the task itself or the inside of one pair of brackets. */
#ifndef CN_NORMALIZE_GRAMMAR_H
#define CN_NORMALIZE_GRAMMAR_H

#include "normalize/target.h"

/* --- words ----------------------------------------------------------------------------------------------------------
 */

/* The classes of rules/words.tsv. VERB is for rules/actions.tsv. */
typedef enum cn_class {
  CN_CLASS_NONE,
  CN_CLASS_VERB,
  CN_CLASS_ENSURE,    /* 确保 务必 */
  CN_CLASS_STRIVE,    /* 力争 努力 */
  CN_CLASS_ADVERB,    /* 持续 全面 均 平均: before a verb */
  CN_CLASS_PLACE,     /* 全市 我县: not part of a metric at its left edge */
  CN_CLASS_TIME,      /* 全年 年内 */
  CN_CLASS_JOIN,      /* 、 和 与 及 以及 或: between the members of a list */
  CN_CLASS_CONNECT,   /* 并 同时 进而: begins a new predicate */
  CN_CLASS_PART,      /* 其中 包括: what follows is a part of what was counted before */
  CN_CLASS_COVERB,    /* 为 向 对 在 以: a phrase ahead of the verb */
  CN_CLASS_PIVOT,     /* 把 将 使: stands before the noun, is no part of it */
  CN_CLASS_FROM,      /* 由 从: a baseline follows, or an agent */
  CN_CLASS_PAST,      /* 已 去年 目前: what is so already */
  CN_CLASS_FACT,      /* 占地面积 共有: describes, promises nothing */
  CN_CLASS_TAIL,      /* 大关 门槛 目标: after a number, counts nothing */
  CN_CLASS_MEASURE,   /* 率 面积 人数: a noun that ends so is an indicator */
  CN_CLASS_INDICATOR, /* 城镇新增就业: an established name, taken whole */
  CN_CLASS_HEAD,      /* 项目 企业 基地: a noun; a verb right before it is an attribute (建设项目) */
  CN_CLASS_POLICY,    /* 政策: a rate before it is part of its name: 3%征收率政策 */
  CN_CLASS_ASPECT,    /* 阶段 方面: counted, but no work: 分3个阶段 */
  CN_CLASS_NOUN,      /* 用地 服务业 进出口: looks like it holds a verb or a small word, does not */
  CN_CLASS_PARTICLE,  /* 到 至 在 为: between verb and number */
  CN_CLASS_EACH,      /* 分别 */
  CN_CLASS_REFER,     /* 围绕 按照 坚持: what follows is referred to, not promised */
  CN_CLASS_PREDICATE, /* 通 有 建有: a predicate right behind a noun of class HEAD: 行政村|通5G */
  CN_CLASS_MORPHEME,  /* 建 修 清: two of them in a row at the head of a clause are a verb that no table has */
} cn_class;

/* Column `use` of rules/actions.tsv. */
enum {
  CN_USE_NOUN = 1,   /* also a noun (改造, 培训): a verb only at the head of a clause */
  CN_USE_PIVOT = 2,  /* its object acts: 推动1.2万家企业|开展技术改造 */
  CN_USE_WHOLE = 4,  /* its object is an activity: 完成 20户国企|混合所有制改革 */
  CN_USE_LEAD = 8,   /* may begin a compound: 新建|改造 */
  CN_USE_TAIL = 16,  /* may end one */
  CN_USE_SHORT = 32, /* a verb only right before a number or 到 至: 增至, 降5% */
  CN_USE_THAN = 64,  /* measures against what follows: 增速|高于|全省|1个百分点 */
};

typedef struct cn_word {
  cn_class class;
  unsigned use;
  cn_change change;
  cn_relation relation; /* of a bare number that the verb says the level of: 达到 ge, 控制在 le */
  bool body;            /* of a HEAD: has members, so that 30人以上|企业 sorts it */
  const cn_rule *rule;
} cn_word;

struct cn_target_rules {
  const cn_quantity_rules *quantities;
  const cn_table *actions, *words;
  const cn_word *action_words, *word_words; /* one for each rule of the table */
  const cn_word *fresh;                     /* 新增: what 新 with a verb of making stands for */
  const cn_word *guess;                     /* a verb that no table has */
  struct cn_entry *entries;                 /* both tables by their first two characters */
  uint32_t *heads, mask;
};

/* The longest word of either table that begins at byte `at`, NULL where there is none. *n gets its length. */
const cn_word *cn_word_at(const cn_target_rules *rules, cn_view text, size_t at, size_t *n);
/* Whether the character at `at` is of class MORPHEME. */
bool cn_word_morpheme(const cn_target_rules *rules, cn_view text, size_t at);

/* --- tokens ---------------------------------------------------------------------------------------------------------
 */

typedef enum cn_token_kind {
  CN_TOKEN_TEXT,   /* a run of characters no table knows; numbers that are names */
  CN_TOKEN_WORD,   /* token.word */
  CN_TOKEN_NUMBER, /* a number that may be a target: token.quantity */
  CN_TOKEN_TIME,   /* a time span */
  CN_TOKEN_OPAQUE, /* “…” 《…》 （…）, taken whole */
  CN_TOKEN_STOP,   /* ，；。： */
  CN_TOKEN_DE,     /* 的 */
  CN_TOKEN_SKIP,   /* taken out of the clause: 由78%, a bracket that was read by itself */
} cn_token_kind;

typedef struct cn_token {
  size_t begin, end; /* bytes in the folded text */
  cn_token_kind kind;
  const cn_word *word;
  size_t quantity; /* NUMBER: index */
  bool round;      /* OPAQUE: （…） */
} cn_token;

/* A bracket or quotation; end == begin when it never closes. */
typedef struct cn_pair {
  size_t begin, end, open, close; /* bytes; open and close are the lengths of the marks */
  bool round;
} cn_pair;

typedef struct cn_pair_list {
  const cn_pair *items;
  size_t n;
} cn_pair_list;

/* All pairs of a text, in order of their opening marks. Pairs may nest; marks without partner are text. */
cn_pair_list cn_pairs_find(cn_arena *arena, cn_view text);

/* （其中旧城区7座）: the inside of a bracket with numbers, read after the clause around it. */
typedef struct cn_inner {
  size_t begin, end; /* bytes */
  size_t token;      /* the token it stands before */
} cn_inner;

enum { CN_READING_DEPTH = 8 }; /* brackets with numbers inside each other; deeper ones are taken whole */

/* --- what was found out about each number
 * ----------------------------------------------------------------------------- */

typedef enum cn_verdict { CN_VERDICT_OPEN, CN_VERDICT_TARGET, CN_VERDICT_CONDITION, CN_VERDICT_MENTION } cn_verdict;

typedef struct cn_finding {
  cn_verdict verdict;
  cn_role role; /* of a MENTION */
  size_t owner; /* of a CONDITION: the quantity it restricts; SIZE_MAX when nothing is counted */
  cn_span metric, action;
  bool inherited;
  cn_change change;
  cn_relation relation;
  cn_modality modality;
} cn_finding;

/* What is carried from clause to clause. */
typedef struct cn_memory {
  size_t recent[8], recent_n; /* latest targets, newest last */
  cn_span object, verb;       /* of the clause before, when it held no number */
  const cn_word *verb_word;
  size_t sentence; /* recent targets before this one are of an earlier sentence */
  bool part;       /* the clause before named parts: 其中人工造林1.2万亩，封山育林2.3万亩 */
} cn_memory;

/* One range of one task. */
typedef struct cn_reading {
  cn_arena *arena;
  const cn_target_rules *rules;
  cn_view text; /* the folded task, simplified */
  cn_quantity_list quantities;
  cn_finding *findings; /* one for each quantity */
  cn_span_list times;
  cn_pair_list pairs;
  cn_memory *memory;
  int depth;
  cn_token *tokens;
  size_t count;
  cn_inner *inner;
  size_t inner_n, inner_capacity;
} cn_reading;

/* `text` with traditional characters as simplified ones, byte for byte in the same place. */
cn_view cn_simplified(cn_arena *arena, cn_view text);

/* A reading of a whole task, nothing cut yet; and one of a bracket inside it. */
cn_reading cn_reading_of(cn_arena *arena, const cn_target_rules *rules, const cn_folded *task, cn_span_list times);
cn_reading cn_reading_inside(const cn_reading *r);

/* Cuts bytes [begin, end) into r->tokens and r->inner. */
void cn_tokens_cut(cn_reading *r, size_t begin, size_t end);

/* --- clauses --------------------------------------------------------------------------------------------------------
 */

/* Tokens [first, last). */
typedef struct cn_phrase {
  size_t first, last;
} cn_phrase;

/* The verb that governs a number. */
typedef struct cn_action {
  cn_span at;          /* empty: none */
  const cn_word *word; /* NULL: none */
  bool right;          /* directly before the number, behind the noun: 投资|增长|10% */
  bool to;             /* with 到 至 在 为 */
  bool compound;       /* 新建改造 */
  bool predicate;      /* behind the counted noun: 1006个贫困村|达标 */
} cn_action;

/* 水果、蔬菜、茶叶产量分别达到: names by position. */
typedef struct cn_each {
  cn_span *names;
  size_t n, next; /* next < n while the pairing goes on */
  size_t *owners; /* 分别增长10%、12% of targets said before: their quantities, or NULL */
} cn_each;

/* A clause: tokens [first, last), no STOP inside. */
typedef struct cn_clause {
  size_t first, last;
  cn_modality modality; /* said so far */
  size_t past;          /* first token that says it is so already (已, 去年), or last */
  bool part;            /* begins with 其中 */
  cn_action action;     /* of the member before: governs the rest of the list */
  size_t before;        /* quantity of the member before, SIZE_MAX: none yet */
  cn_each each;
} cn_clause;

/* A member: one number of a clause, what stands to its left and right. */
typedef struct cn_member {
  size_t first, number, last; /* tokens [first, number) number (…, last) */
  size_t tail;                /* last number that belongs to it: 306个5亿元以上|项目; usually == number */
  bool listed;                /* follows a 、 or 和 */
} cn_member;

static inline bool cn_token_is(const cn_token *t, cn_class class) {
  return t->kind == CN_TOKEN_WORD && t->word->class == class;
}
static inline bool cn_token_verb(const cn_token *t) { return cn_token_is(t, CN_CLASS_VERB); }
static inline bool cn_token_uses(const cn_token *t, unsigned use) {
  return cn_token_verb(t) && (t->word->use & use) != 0;
}
/* Whether a token can be part of a noun phrase. */
static inline bool cn_token_noun(const cn_token *t) {
  if (t->kind != CN_TOKEN_WORD) return t->kind == CN_TOKEN_TEXT || t->kind == CN_TOKEN_OPAQUE;
  return t->word->class == CN_CLASS_NOUN || t->word->class == CN_CLASS_HEAD || t->word->class == CN_CLASS_MEASURE ||
         t->word->class == CN_CLASS_INDICATOR || t->word->class == CN_CLASS_FACT || t->word->class == CN_CLASS_TAIL ||
         t->word->class == CN_CLASS_POLICY || t->word->class == CN_CLASS_ASPECT || cn_token_uses(t, CN_USE_NOUN);
}
static inline bool cn_token_modal(const cn_token *t) {
  return cn_token_is(t, CN_CLASS_ENSURE) || cn_token_is(t, CN_CLASS_STRIVE);
}
/* 到 至, and 在 为 (which also begin phrases): between a verb and its number. */
bool cn_token_particle(const cn_token *t);
static inline const cn_quantity *cn_number(const cn_reading *r, size_t token) {
  return &r->quantities.items[r->tokens[token].quantity];
}
static inline cn_span cn_phrase_span(const cn_reading *r, cn_phrase p) {
  return p.first < p.last ? (cn_span){r->tokens[p.first].begin, r->tokens[p.last - 1].end} : (cn_span){0, 0};
}
static inline bool cn_span_empty(cn_span s) { return s.begin == s.end; }

/* clause.c: reads the clause [first, last): every number in it gets its verdict. */
void cn_clause_read(cn_reading *r, size_t first, size_t last);

/* condition.c: whether number token n, whose member begins at `first`, describes the noun that begins at `from`. */
bool cn_condition_describes(const cn_reading *r, size_t first, size_t n, size_t from, size_t to);
/* Whether the number token `after` describes what number token n counts: 306个|5亿元以上|项目,
 * 89个|总投资|560亿元|的项目. */
bool cn_condition_behind(const cn_reading *r, size_t first, size_t n, size_t after, size_t last);
/* Whether number token n only says the size of the noun in [from, to) that the next number counts. */
bool cn_condition_size(const cn_reading *r, size_t first, size_t n, size_t from, size_t to);
/* The same for a number that no other number follows in its clause. */
bool cn_condition_alone(const cn_reading *r, size_t first, size_t n, size_t last);
/* What a condition measures: 营业收入 in 新增营业收入过50亿元企业2家. Empty: nothing. */
cn_span cn_condition_metric(const cn_reading *r, size_t first, size_t n);

/* action.c: the verb to the left of the member's number, and the noun phrase between (object or subject). */
cn_action cn_action_find(const cn_reading *r, const cn_member *m, cn_phrase *noun);
/* Skips what is no part of verb or noun at the left edge: time, place, 其中, 并, 力争, adverbs before a verb. */
size_t cn_edge_skip(const cn_reading *r, size_t i, size_t last);

/* metric.c: the noun phrase right of a number, up to its predicate; *predicate gets that verb's token or SIZE_MAX. */
cn_phrase cn_metric_right(const cn_reading *r, const cn_member *m, const cn_action *action, size_t *predicate);
/* Whether a noun phrase begins at token i: 36个|重点消费品产业集群 begins with an adverb that is none. */
/* Gives the end of that beginning, 0 where there is none. */
size_t cn_metric_begins(const cn_reading *r, size_t i, size_t last);
/* Trims marks and small words off both ends. */
cn_phrase cn_metric_trim(const cn_reading *r, cn_phrase p);
/* Whether the phrase ends as an indicator does: 覆盖率, 播种面积, 人数. */
bool cn_metric_measured(const cn_reading *r, cn_phrase p);
/* Splits 水果、蔬菜、茶叶产量 into n names; false when it has not n of them. */
bool cn_metric_split(const cn_reading *r, cn_phrase p, cn_span *names, size_t n);

/* change.c */
cn_change cn_change_decide(const cn_quantity *q, const cn_action *action, bool measured, bool number_first);
cn_relation cn_relation_decide(const cn_quantity *q, const cn_action *action);

/* inherit.c: what an earlier clause said. */
void cn_memory_clause(cn_reading *r, size_t first, size_t last);
void cn_memory_target(cn_reading *r, size_t quantity);
void cn_memory_sentence(cn_reading *r);
/* Fills finding's metric (and action, change where it has none) from earlier clauses. */
void cn_memory_fill(const cn_reading *r, size_t quantity, cn_finding *finding);
/* The metric of an earlier condition in the same code: 、过百亿元企业 after 营业收入过50亿元企业. */
cn_span cn_memory_condition(const cn_reading *r, size_t quantity);

#endif
