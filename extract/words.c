/* The segmenter's vocabulary and small questions about text: see words.h. */
#include "extract/words.h"

#include "core/utf8.h"

static const char *const class_names[CN_WORD_COUNT] = {
    "title-end", "no-task-section", "stop-line", "total",     "note", "rowless-title", "owner",
    "due",       "region-end",      "body-end",  "no-region",
};

cn_words *cn_words_new(cn_arena *arena, const cn_rules *rules) {
  cn_words *w = cn_arena_new(arena, cn_words, 1);
  const cn_table *t = cn_rules_table(rules, CN_RULES_STRUCTURE);
  w->headers = cn_rules_table(rules, CN_RULES_HEADERS);
  w->head = cn_rules_table(rules, CN_RULES_HEAD);
  size_t count = cn_table_count(t);
  for (size_t set = 0; set < CN_WORD_COUNT; set++) {
    cn_view *list = cn_arena_new(arena, cn_view, count);
    for (size_t i = 0; i < count; i++)
      if (cn_view_is(cn_table_at(t, i)->fields[1], class_names[set]))
        list[w->counts[set]++] = cn_rule_key(cn_table_at(t, i));
    w->words[set] = list;
  }
  return w;
}

bool cn_word_begins(const cn_words *words, cn_word set, cn_view text) {
  for (size_t i = 0; i < words->counts[set]; i++)
    if (cn_view_starts(text, words->words[set][i])) return true;
  return false;
}

size_t cn_word_ends(const cn_words *words, cn_word set, cn_view text) {
  size_t best = 0;
  for (size_t i = 0; i < words->counts[set]; i++)
    if (words->words[set][i].n > best && cn_view_ends(text, words->words[set][i])) best = words->words[set][i].n;
  return best;
}

bool cn_word_in(const cn_words *words, cn_word set, cn_view text) {
  for (size_t i = 0; i < words->counts[set]; i++)
    if (cn_view_find(text, words->words[set][i], 0) != SIZE_MAX) return true;
  return false;
}

bool cn_at(cn_view text, size_t at, const char *word) {
  size_t n = strlen(word);
  return at <= text.n && n <= text.n - at && memcmp(text.p + at, word, n) == 0;
}

size_t cn_skip_blank(cn_view text, size_t at) {
  while (at < text.n) {
    size_t len;
    if (!cn_is_space(cn_utf8_at(text.p + at, &len))) break;
    at += len;
  }
  return at;
}

static bool in_set(const char *set, const char *p, size_t len) {
  for (const char *s = set; *s;) {
    size_t n = cn_utf8_len((unsigned char)*s);
    if (n == len && memcmp(s, p, n) == 0) return true;
    s += n;
  }
  return false;
}

cn_view cn_strip(cn_view text, const char *set) {
  for (;;) {
    size_t before = text.n;
    text = cn_view_trim(text);
    if (text.n) {
      size_t len = cn_utf8_len((unsigned char)text.p[0]);
      if (in_set(set, text.p, len)) text = cn_view_slice(text, len, text.n);
    }
    if (text.n) {
      const char *last = cn_utf8_before(text.p, text.p + text.n);
      size_t len = (size_t)(text.p + text.n - last);
      if (in_set(set, last, len)) text.n -= len;
    }
    if (text.n == before) return text;
  }
}

/* --- headers --------------------------------------------------------------------------------------------------- */

static cn_view without_brackets(cn_view text) {
  for (size_t at = 0; at < text.n; at += cn_utf8_len((unsigned char)text.p[at]))
    if (at && (cn_at(text, at, "（") || cn_at(text, at, "("))) return cn_view_slice(text, 0, at);
  return text;
}

static cn_field field_of(const cn_rule *rule) {
  return rule ? (cn_field)cn_enum_value(&cn_field_names, rule->fields[1]) : CN_FIELD_NONE;
}

/* A word of one ideograph (市) or two (项目, 时间) says nothing as a part of a longer header: 重点项目名称, 实施时间段.
 */
static bool telling(const cn_rule *rule, size_t least) { return rule && cn_utf8_count(cn_rule_key(rule)) >= least; }

cn_field cn_header_field(const cn_words *words, cn_view compact, bool *exact) {
  cn_view text = cn_strip(compact, "：:*"), bare = without_brackets(text);
  const cn_rule *rule = cn_table_find(words->headers, text);
  *exact = rule != NULL;
  if (rule || !text.n || cn_utf8_count(text) > 16) return field_of(rule);
  rule = cn_table_find(words->headers, bare);
  *exact = rule != NULL;
  if (!rule && telling(cn_table_suffix(words->headers, bare, bare.n), 2))
    rule = cn_table_suffix(words->headers, bare, bare.n);
  if (!rule && telling(cn_table_prefix(words->headers, bare, 0), 3)) rule = cn_table_prefix(words->headers, bare, 0);
  return field_of(rule);
}

/* --- shapes of text -------------------------------------------------------------------------------------------- */

cn_view cn_compact(cn_arena *arena, cn_view text) {
  char *out = cn_arena_alloc(arena, text.n + 4);
  size_t n = 0;
  for (size_t at = 0; at < text.n;) {
    size_t len;
    uint32_t c = cn_utf8_at(text.p + at, &len);
    at += len;
    if (!cn_is_space(c)) n += cn_utf8_put(out + n, cn_fold_point(c));
  }
  return (cn_view){out, n};
}

static bool is_word_char(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

cn_view cn_join_lines(cn_arena *arena, cn_view text) {
  text = cn_view_trim(text);
  if (!text.n || !memchr(text.p, '\n', text.n)) return text;
  char *out = cn_arena_alloc(arena, text.n + 1);
  size_t n = 0;
  cn_view rest = text, line;
  while (cn_view_split(&rest, '\n', &line)) {
    line = cn_view_trim(line);
    if (!line.n) continue;
    if (n && is_word_char(out[n - 1]) && is_word_char(line.p[0]) && !(out[n - 1] <= '9' && line.p[0] <= '9'))
      out[n++] = ' ';
    memcpy(out + n, line.p, line.n);
    n += line.n;
  }
  return (cn_view){out, n};
}

/* Whether the blanks of a name are letter spacing: some part between them is a single ideograph, and all are
 * ideographs. */
static bool is_letter_spaced(cn_view text) {
  size_t run = 0;
  bool blank = false, single = false;
  for (size_t at = 0; at <= text.n;) {
    size_t len = 1;
    uint32_t c = at < text.n ? cn_utf8_at(text.p + at, &len) : ' ';
    if (cn_is_space(c)) {
      single = single || run == 1;
      blank = blank || at < text.n;
      run = 0;
    } else if (c < 0x80) {
      return false;
    } else {
      run++;
    }
    at += len;
  }
  return blank && single;
}

cn_view cn_join_name(cn_arena *arena, cn_view text) {
  cn_view joined = cn_join_lines(arena, text);
  if (!is_letter_spaced(joined)) return joined;
  char *out = cn_arena_alloc(arena, joined.n + 1);
  size_t n = 0;
  for (size_t at = 0; at < joined.n;) {
    size_t len;
    if (!cn_is_space(cn_utf8_at(joined.p + at, &len))) {
      memcpy(out + n, joined.p + at, len);
      n += len;
    }
    at += len;
  }
  return (cn_view){out, n};
}

static bool has_punctuation(cn_view text) {
  for (size_t at = 0; at < text.n; at += cn_utf8_len((unsigned char)text.p[at]))
    if (in_set("，。；：！？“”《》,;:%", text.p + at, cn_utf8_len((unsigned char)text.p[at]))) return true;
  return false;
}

cn_block_kind cn_name_kind(const cn_words *words, cn_view name) {
  size_t points = cn_utf8_count(name);
  if (points < 2 || points > 24 || has_punctuation(name)) return CN_BLOCK_KIND_NONE;
  size_t region = cn_word_ends(words, CN_WORD_REGION, name), body = cn_word_ends(words, CN_WORD_BODY, name);
  if (region && region >= body && region < name.n)
    return cn_word_ends(words, CN_WORD_NO_REGION, name) ? CN_BLOCK_KIND_NONE : CN_BLOCK_KIND_REGION;
  if (body && body < name.n) return CN_BLOCK_KIND_ORGANIZATION;
  if (body) return CN_BLOCK_KIND_ORGANIZATION;
  /* 市生态环境局（市核安全局） and 县（市、区） */
  size_t open = cn_bracket_open(name, 0, name.n);
  if (open != SIZE_MAX && open) return cn_name_kind(words, cn_view_slice(name, 0, open));
  return CN_BLOCK_KIND_NONE;
}

bool cn_is_body_list(const cn_words *words, cn_view folded) {
  size_t from = 0, members = 0;
  for (size_t at = 0; at <= folded.n;) {
    size_t len = at < folded.n ? cn_utf8_len((unsigned char)folded.p[at]) : 1;
    bool cut = at >= folded.n || in_set("、，,；; \n　/", folded.p + at, len);
    if (at < folded.n && (cn_at(folded, at, "（") || cn_at(folded, at, "("))) {
      size_t close = cn_bracket_close(folded, at, folded.n);
      if (close != SIZE_MAX) {
        at = close;
        continue;
      }
    }
    if (cut) {
      cn_view part = cn_strip(cn_view_slice(folded, from, at), "。");
      if (part.n) {
        static const cn_view tails[] = {{"等", 3}, {"等有关部门", 15}, {"等相关部门", 15}};
        for (size_t i = 0; i < CN_COUNT(tails); i++)
          if (cn_view_ends(part, tails[i])) part.n -= tails[i].n;
        if (cn_utf8_count(part) > 24 || cn_name_kind(words, part) == CN_BLOCK_KIND_NONE) return false;
        members++;
      }
      from = at + len;
    }
    at += len;
  }
  return members > 0;
}

static bool has_digit_or_numeral(cn_view v) {
  for (size_t at = 0; at < v.n; at += cn_utf8_len((unsigned char)v.p[at]))
    if ((v.p[at] >= '0' && v.p[at] <= '9') ||
        in_set("一二三四五六七八九十两〇", v.p + at, cn_utf8_len((unsigned char)v.p[at])))
      return true;
  return false;
}

/* 2023年3月—10月, 9月1日至15日, 第三季度: nothing but a date or a range of dates. */
static bool is_bare_date(cn_view text) {
  bool unit = false;
  for (size_t at = 0; at < text.n;) {
    size_t len = cn_utf8_len((unsigned char)text.p[at]);
    bool mark = in_set("年月日季度上下半旬中", text.p + at, len);
    unit = unit || in_set("月日季半", text.p + at, len);
    if (!mark && !(text.p[at] >= '0' && text.p[at] <= '9') &&
        !in_set("—-–~至到一二三四五六七八九十第初底末前 ", text.p + at, len))
      return false;
    at += len;
  }
  return unit;
}

bool cn_is_due(const cn_words *words, cn_view folded) {
  static const char *const standing[] = {"长期",   "持续",     "常态",     "立行立改", "立即", "即时", "即知即改",
                                         "年底",   "年内",     "全年",     "每年",     "每月", "每季", "每周",
                                         "每日",   "“十四五”", "“十五五”", "十四五",   "春节", "国庆", "五一",
                                         "上半年", "下半年",   "近期",     "季度末",   "月底"};
  cn_view text = cn_strip(folded, "，。；;,、");
  if (!text.n || cn_utf8_count(text) > 60) return false;
  for (size_t i = 0; i < CN_COUNT(standing); i++)
    if (cn_view_starts(text, cn_view_of(standing[i]))) return true;
  static const char *const units[] = {"月",   "季度", "半年", "年底", "年内", "工作日",
                                      "年末", "日前", "期间", "天内", "年前"};
  if (!has_digit_or_numeral(text)) return false;
  if (is_bare_date(text)) return true;
  if (!cn_word_in(words, CN_WORD_DUE, text)) return false;
  for (size_t i = 0; i < CN_COUNT(units); i++)
    if (cn_view_find(text, cn_view_of(units[i]), 0) != SIZE_MAX) return true;
  return false;
}

/* --- brackets -------------------------------------------------------------------------------------------------- */

enum { BRACKET_REACH = 3072 };

static int bracket_step(cn_view v, size_t at) {
  if (v.p[at] == '(' || v.p[at] == '[' || cn_at(v, at, "（") || cn_at(v, at, "【") || cn_at(v, at, "〔")) return 1;
  if (v.p[at] == ')' || v.p[at] == ']' || cn_at(v, at, "）") || cn_at(v, at, "】") || cn_at(v, at, "〕")) return -1;
  return 0;
}

size_t cn_bracket_open(cn_view folded, size_t begin, size_t end) {
  int depth = 0;
  const char *p = folded.p + end, *low = folded.p + (end - begin > BRACKET_REACH ? end - BRACKET_REACH : begin);
  while (p > low) {
    p = cn_utf8_before(folded.p, p);
    depth -= bracket_step(folded, (size_t)(p - folded.p));
    if (depth == 0) return bracket_step(folded, (size_t)(p - folded.p)) ? (size_t)(p - folded.p) : SIZE_MAX;
  }
  return SIZE_MAX;
}

size_t cn_bracket_close(cn_view folded, size_t at, size_t end) {
  int depth = 0;
  size_t high = end - at > BRACKET_REACH ? at + BRACKET_REACH : end;
  while (at < high) {
    depth += bracket_step(folded, at);
    at += cn_utf8_len((unsigned char)folded.p[at]);
    if (depth == 0) return at;
  }
  return SIZE_MAX;
}
