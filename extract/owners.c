/* Owners of an item of prose: trailing brackets, and clauses inside the sentence. See owners.h. */
#include "extract/labels.h"

#include "core/utf8.h"

/* --- brackets -------------------------------------------------------------------------------------------------- */

static bool ends_with_owner_verb(cn_view text) {
  static const char *const verbs[] = {"负责", "牵头", "配合", "参与", "落实", "承办", "主办", "协办", "实施", "督导",
                                      "协同", "分工", "指导", "推进", "部门", "下同", "办理", "参加", "协助"};
  for (size_t i = 0; i < CN_COUNT(verbs); i++)
    if (cn_view_ends(text, cn_view_of(verbs[i]))) return true;
  return false;
}

/* Whether the inside of a bracket names owners or a term: its last clause does, or it is a list of bodies. */
static bool is_owner_text(const cn_words *words, cn_view inside, bool at_end) {
  inside = cn_strip(inside, "。；;，,、");
  if (!inside.n || cn_utf8_count(inside) > 600) return false;
  if (ends_with_owner_verb(inside) && cn_word_in(words, CN_WORD_OWNER, inside) && cn_utf8_count(inside) > 3)
    return true;
  size_t last = SIZE_MAX;
  static const char *const separators[] = {"，", "；", ",", ";", "。"};
  for (size_t at = 0; at < inside.n; at += cn_utf8_len((unsigned char)inside.p[at]))
    if (cn_one_of(inside, at, separators, CN_COUNT(separators))) last = at;
  cn_view tail = last == SIZE_MAX ? inside : cn_strip(cn_view_slice(inside, last, inside.n), "，；,;。");
  if (cn_is_due(words, tail) && (last == SIZE_MAX ? at_end
                                                  : cn_word_in(words, CN_WORD_OWNER, inside) ||
                                                        cn_is_body_list(words, cn_view_slice(inside, 0, last)) ||
                                                        cn_is_due(words, cn_view_slice(inside, 0, last))))
    return true;
  return at_end && cn_is_body_list(words, inside);
}

/* Splits a bracket's inside at its first term: 市财政局牵头，6月底前取得阶段性成效，长期坚持 */
static void take_bracket(cn_arena *arena, const cn_words *words, const cn_folded *f, size_t begin, size_t end,
                         cn_owned *o) {
  cn_view inside = cn_view_slice(f->text, begin, end);
  size_t from = 0, due_from = SIZE_MAX, due_to = 0;
  for (size_t at = 0; at <= inside.n;) {
    bool stop = at == inside.n || cn_at(inside, at, "，") || cn_at(inside, at, "；") || cn_at(inside, at, "。") ||
                inside.p[at] == ',' || inside.p[at] == ';';
    if (!stop) {
      size_t close = cn_at(inside, at, "（") || inside.p[at] == '(' ? cn_bracket_close(inside, at, inside.n) : SIZE_MAX;
      at = close != SIZE_MAX ? close : at + cn_utf8_len((unsigned char)inside.p[at]);
      continue;
    }
    cn_view clause = cn_view_slice(inside, from, at);
    bool owner = ends_with_owner_verb(clause) && !cn_view_ends(clause, CN_VIEW("推进")) &&
                 !cn_view_ends(clause, CN_VIEW("实施")) && !cn_view_ends(clause, CN_VIEW("落实"));
    bool due = !owner && cn_is_due(words, clause);
    if (due && due_from == SIZE_MAX) due_from = from;
    if (due_from != SIZE_MAX && (due || (due_to == from && !owner && !cn_is_body_list(words, clause))))
      due_to = at == inside.n ? at : at + cn_utf8_len((unsigned char)inside.p[at]);
    from = at == inside.n ? at : at + cn_utf8_len((unsigned char)inside.p[at]);
    if (at == inside.n) break;
    at = from;
  }
  if (due_from == SIZE_MAX) due_from = due_to = inside.n;
  cn_view due = cn_strip(cn_view_slice(inside, due_from, due_to), "，；。,;");
  cn_view head = cn_strip(cn_view_slice(inside, 0, due_from), "，；。,;"),
          tail = cn_strip(cn_view_slice(inside, due_to, inside.n), "，；。,;");
  size_t base = (size_t)(inside.p - f->text.p);
#define SOURCE(v) cn_fold_source(f, base + (size_t)((v).p - inside.p), base + (size_t)((v).p - inside.p) + (v).n)
  cn_view owner = head.n && tail.n ? cn_arena_format(arena, "%.*s，%.*s", (int)SOURCE(head).n, SOURCE(head).p,
                                                     (int)SOURCE(tail).n, SOURCE(tail).p)
                                   : SOURCE(head.n ? head : tail);
  if (owner.n) cn_owned_add(o, CN_FIELD_OWNER, CN_NULL_VIEW, owner);
  if (due.n) cn_owned_add(o, CN_FIELD_DEADLINE, CN_NULL_VIEW, SOURCE(due));
#undef SOURCE
}

static size_t strip_end(cn_view v, size_t begin, size_t end, bool stops) {
  static const char *const marks[] = {"。", "；", ";", "，"};
  while (end > begin) {
    const char *p = cn_utf8_before(v.p, v.p + end);
    size_t at = (size_t)(p - v.p);
    if (!cn_is_space(cn_utf8_at(p, NULL)) && !(stops && cn_one_of(v, at, marks, CN_COUNT(marks)))) break;
    end = at;
  }
  return end;
}

/* A bracket in the middle stands at a clause's end: behind 。, or before 。 or nothing. */
static bool at_clause_end(cn_view v, size_t begin, size_t open, size_t close, size_t end) {
  static const char *const marks[] = {"。", "；", "！", "”", ";", "）", ")"};
  if (close >= end || v.p[close] == '\n' || cn_one_of(v, close, marks, CN_COUNT(marks))) return true;
  size_t before = strip_end(v, begin, open, false);
  return before > begin && cn_one_of(v, (size_t)(cn_utf8_before(v.p, v.p + before) - v.p), marks, CN_COUNT(marks));
}

/* The last bracket of [begin, end) that names owners; what follows it is not of the item. */
static bool last_owner_bracket(const cn_words *words, cn_view v, size_t begin, size_t end, size_t *open,
                               size_t *close) {
  bool found = false;
  for (size_t at = begin; at < end;) {
    if (!cn_at(v, at, "（") && v.p[at] != '(' && !cn_at(v, at, "【")) {
      at += cn_utf8_len((unsigned char)v.p[at]);
      continue;
    }
    size_t after = cn_bracket_close(v, at, end), width = v.p[at] == '(' ? 1 : 3;
    if (after == SIZE_MAX) {
      at += width;
      continue;
    }
    cn_view inside = cn_view_slice(v, at + width, after - (v.p[after - 1] == ')' || v.p[after - 1] == ']' ? 1 : 3));
    bool last = strip_end(v, begin, end, true) == after;
    if (is_owner_text(words, inside, last) && at_clause_end(v, begin, at, after, end)) {
      *open = at;
      *close = after;
      found = true;
    }
    at = after;
  }
  return found;
}

static cn_view inside_of(cn_view v, size_t open, size_t close) {
  bool narrow = v.p[close - 1] == ')' || v.p[close - 1] == ']';
  return cn_view_slice(v, open + (v.p[open] == '(' ? 1 : 3), close - (narrow ? 1 : 3));
}

/* （市财政局牵头）（2021年底前）: the bracket right before `open`, if it names owners too. */
static bool bracket_before(const cn_words *words, cn_view v, size_t begin, size_t *open, size_t *close) {
  size_t end = strip_end(v, begin, *open, false);
  if (end == begin) return false;
  const char *p = cn_utf8_before(v.p, v.p + end);
  if (*p != ')' && !cn_at(v, (size_t)(p - v.p), "）")) return false;
  size_t at = cn_bracket_open(v, begin, end);
  if (at == SIZE_MAX || !is_owner_text(words, inside_of(v, at, end), true)) return false;
  *open = at;
  *close = end;
  return true;
}

/* …。（市司法局负责）…。（市财政局负责）: what stands in the middle stays in the task, and its owners are the item's
 * too. */
static void read_inner(cn_arena *arena, const cn_words *words, const cn_folded *f, cn_owned *o) {
  cn_view v = f->text;
  for (size_t at = o->task_begin, seen = 0; at < o->task_end && seen < 8;) {
    if (!cn_at(v, at, "（") && v.p[at] != '(') {
      at += cn_utf8_len((unsigned char)v.p[at]);
      continue;
    }
    size_t close = cn_bracket_close(v, at, o->task_end);
    if (close == SIZE_MAX) return;
    cn_view inside = inside_of(v, at, close);
    bool sentence = at >= 3 && cn_at(v, at - 3, "。");
    if (sentence && is_owner_text(words, inside, false) && ends_with_owner_verb(cn_strip(inside, "。"))) {
      size_t begin = (size_t)(inside.p - v.p);
      take_bracket(arena, words, f, begin, begin + inside.n, o);
      seen++;
    }
    at = close;
  }
}

static bool read_brackets(cn_arena *arena, const cn_words *words, const cn_folded *f, cn_owned *o) {
  size_t open, close;
  if (!last_owner_bracket(words, f->text, o->task_begin, o->task_end, &open, &close)) return false;
  for (size_t i = 0; i < 8; i++) {
    cn_view inside = inside_of(f->text, open, close);
    size_t begin = (size_t)(inside.p - f->text.p);
    take_bracket(arena, words, f, begin, begin + inside.n, o);
    o->task_end = open;
    if (!bracket_before(words, f->text, o->task_begin, &open, &close)) break;
  }
  read_inner(arena, words, f, o);
  return true;
}

/* --- both ------------------------------------------------------------------------------------------------------ */

/* Full stop kept: …初审。（市财政局负责）。 ends with 初审。, …初审（市财政局负责）。 has its stop behind the bracket
 * and ends with 初审 */
bool cn_owned_read(cn_arena *arena, const cn_words *words, const cn_folded *f, size_t begin, size_t end, cn_owned *o) {
  *o = (cn_owned){.task_begin = begin, .task_end = end};
  bool labels = cn_labels_read(words, f, begin, end, o);
  bool brackets = read_brackets(arena, words, f, o);
  if (labels || brackets) { /* 新建幼儿园20所，完成时限：8月底 */
    cn_view task = cn_view_slice(f->text, o->task_begin, o->task_end), bare = cn_strip(task, "，,、：:");
    o->task_end = bare.n ? (size_t)(bare.p + bare.n - f->text.p) : o->task_begin;
  }
  o->task_begin = cn_skip_blank(f->text, o->task_begin);
  o->task_end = strip_end(f->text, o->task_begin < o->task_end ? o->task_begin : o->task_end, o->task_end, false);
  if (o->task_begin > o->task_end) o->task_begin = o->task_end;
  return labels || brackets;
}

/* --- inside the sentence --------------------------------------------------------------------------------------- */

/* 由区民政局牵头, 市财政局、市税务局按职责分工负责: bodies and what they do, nothing else. */
static bool is_owner_clause(const cn_words *words, cn_view clause) {
  static const char *const verbs[] = {"按职责分工负责", "牵头负责", "牵头组织实施", "牵头实施", "具体负责",
                                      "负责落实",       "负责实施", "牵头",         "负责",     "配合",
                                      "协助配合",       "承办",     "主办",         "协办",     "参与"};
  clause = cn_strip(clause, "（）()");
  if (cn_at(clause, 0, "由")) clause = cn_view_slice(clause, 3, clause.n);
  size_t best = 0;
  for (size_t i = 0; i < CN_COUNT(verbs); i++)
    if (cn_view_ends(clause, cn_view_of(verbs[i])) && strlen(verbs[i]) > best) best = strlen(verbs[i]);
  return best && cn_utf8_count(clause) <= 120 && cn_is_body_list(words, cn_view_slice(clause, 0, clause.n - best));
}

bool cn_owned_in_sentence(cn_arena *arena, const cn_words *words, const cn_folded *f, cn_owned *o) {
  static const char *const stops[] = {"，", "。", "；", ",", ";", "\n"};
  cn_view found = CN_NULL_VIEW;
  size_t from = o->task_begin;
  for (size_t at = from; at <= o->task_end;) {
    bool stop = at == o->task_end || cn_one_of(f->text, at, stops, CN_COUNT(stops));
    size_t len = at < o->task_end ? cn_utf8_len((unsigned char)f->text.p[at]) : 1;
    if (stop && at - from < 400 && is_owner_clause(words, cn_view_slice(f->text, from, at))) {
      cn_view clause = cn_view_trim(cn_fold_source(f, from, at));
      found = found.p ? cn_arena_format(arena, "%.*s，%.*s", (int)found.n, found.p, (int)clause.n, clause.p) : clause;
      if (found.n > 2000) break;
    }
    at += len;
    if (stop) from = at;
  }
  if (found.p && cn_at(found, 0, "由")) found = cn_view_slice(found, 3, found.n);
  if (found.p) cn_owned_add(o, CN_FIELD_OWNER, CN_NULL_VIEW, found);
  return found.p != NULL;
}
