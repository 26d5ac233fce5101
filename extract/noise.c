/* Lines that are nobody's text, and headings without their serial: see parts.h. In: folded lines.  Out: answers. */
#include "extract/parts.h"

#include "core/utf8.h"

/* — 2 —, 第2页 共5页, 2/5, - 3 -. A plain number is one only with dashes or words; it may be a serial. */
bool cn_is_page_number(cn_view folded) {
  static const char *const marks[] = {"—", "－", "–", "第", "页", "共", "·", "頁"};
  bool digit = false, mark = false;
  cn_view v = cn_view_trim(folded);
  if (!v.n || v.n > 40) return false;
  for (size_t at = 0; at < v.n;) {
    size_t len = cn_utf8_len((unsigned char)v.p[at]);
    bool known = cn_is_space(cn_utf8_at(v.p + at, NULL));
    if (v.p[at] >= '0' && v.p[at] <= '9') digit = known = true;
    if (v.p[at] == '-' || v.p[at] == '/') known = mark = true;
    for (size_t i = 0; i < CN_COUNT(marks) && !known; i++)
      if (cn_at(v, at, marks[i])) known = mark = true;
    if (!known) return false;
    at += len;
  }
  return digit && mark;
}

bool cn_is_noise(const cn_segmenter *s, cn_view folded) {
  cn_view v = cn_view_trim(folded);
  if (cn_is_page_number(v)) return true;
  cn_view bare = cn_strip(v, "（(【[*");
  return cn_utf8_count(v) <= 80 &&
         (cn_word_begins(s->words, CN_WORD_STOP, bare) || cn_word_begins(s->words, CN_WORD_STOP, v));
}

/* Verbs and adverbs that a section's title begins with: 提升审批服务中心效能 is no centre. */
static bool begins_with_verb(const cn_segmenter *s, cn_view name) {
  static const char *const verbs[] = {"推进", "加快", "加强", "提升", "优化", "建设",   "打造",  "完善", "深化", "强化",
                                      "实施", "促进", "推动", "落实", "健全", "开展",   "做好",  "扩大", "培育", "发展",
                                      "支持", "构建", "创建", "持续", "全面", "进一步", "大力",  "着力", "深入", "积极",
                                      "坚持", "提高", "改善", "创新", "规范", "抓好",   "聚焦",  "保障", "统筹", "拓展",
                                      "激发", "巩固", "突出", "切实", "稳步", "高质量", "高水平"};
  for (size_t i = 0; i < CN_COUNT(verbs); i++)
    if (cn_view_starts(name, cn_view_of(verbs[i]))) return true;
  const cn_table *actions = cn_rules_table(s->document->rules, CN_RULES_ACTIONS);
  const cn_rule *rule = cn_table_count(actions) ? cn_table_prefix(actions, name, 0) : NULL;
  return rule && cn_utf8_count(cn_rule_key(rule)) >= 2;
}

cn_block_kind cn_heading_kind(cn_segmenter *s, cn_view name) {
  cn_view compact = cn_compact(s->scratch, name);
  return begins_with_verb(s, compact) ? CN_BLOCK_KIND_NONE : cn_name_kind(s->words, compact);
}

cn_view cn_heading_name(cn_segmenter *s, cn_view text) {
  cn_view joined = cn_join_name(s->scratch, text);
  cn_folded f = cn_fold(s->scratch, joined);
  cn_serial serial;
  size_t from = 0;
  if (cn_serial_read(f.text, 0, &serial) && serial.end < f.text.n &&
      !(serial.weak && serial.style == CN_SERIAL_DECIMAL))
    from = serial.end;
  cn_view rest = cn_strip(cn_view_slice(f.text, from, f.text.n), "。：:；*");
  size_t begin = (size_t)(rest.p - f.text.p);
  if (begin && cn_at(f.text, begin - 3, "【") && cn_view_ends(rest, CN_VIEW("】"))) rest.n -= 3;
  return rest.n ? cn_fold_source(&f, begin, begin + rest.n) : joined;
}
