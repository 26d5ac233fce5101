/* The title and the document number of a notice: see head.h. */
#include "extract/head.h"

#include "core/utf8.h"

/* --- document number -------------------------------------------------------------------------------------------- */

/* 〔2016〕26号: the bracketed year and number at `at`; *end behind it. */
static bool number_tail(cn_view v, size_t at, size_t *end) {
  static const char *const opens[] = {"〔", "［", "[", "(", "（", "【"}, *const closes[] = {"〕", "］", "]",
                                                                                            ")",  "）", "】"};
  for (size_t i = 0; i < CN_COUNT(opens); i++) {
    if (!cn_at(v, at, opens[i])) continue;
    size_t p = cn_skip_blank(v, at + strlen(opens[i])), from = p;
    bool chinese;
    int64_t year = cn_serial_number(v, &p, &chinese);
    p = cn_skip_blank(v, p);
    if (year < 1949 || year > 2100 || p - from > 6 || !cn_at(v, p, closes[i])) return false;
    p = cn_skip_blank(v, p + strlen(closes[i]));
    if (cn_at(v, p, "第")) p += 3;
    if (cn_serial_number(v, &p, &chinese) < 1) return false;
    p = cn_skip_blank(v, p);
    if (!cn_at(v, p, "号") && !cn_at(v, p, "號")) return false;
    *end = p + 3;
    return true;
  }
  return false;
}

/* Where the code before 〔2016〕 begins: 京政办发 of …实施意见京政办发〔2016〕26号. */
static size_t number_begin(const cn_words *words, cn_view v, size_t bracket) {
  size_t at = bracket, points = 0;
  while (at > 0) {
    const char *p = cn_utf8_before(v.p, v.p + at);
    uint32_t c = cn_utf8_at(p, NULL);
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (!cn_is_han(c) && !letter) break;
    if (points >= 3 && cn_word_ends(words, CN_WORD_TITLE_END, cn_view_slice(v, 0, at)) && points <= 12 && points >= 3 &&
        bracket - at > 6) {
      size_t end = cn_word_ends(words, CN_WORD_TITLE_END, cn_view_slice(v, 0, at));
      if (end >= 6) break; /* 意见|国办发: two ideographs that end a title */
    }
    at = (size_t)(p - v.p);
    points++;
  }
  return points > 14 ? SIZE_MAX : at;
}

bool cn_number_find(const cn_words *words, cn_view v, size_t *begin, size_t *end) {
  for (size_t at = 0; at < v.n; at += cn_utf8_len((unsigned char)v.p[at])) {
    if (!number_tail(v, at, end)) continue;
    *begin = number_begin(words, v, at);
    if (*begin == SIZE_MAX || *begin == at) continue;
    bool quoted = *begin && (cn_at(v, *begin - 3, "（") || cn_at(v, *begin - 3, "》") || v.p[*begin - 1] == '(');
    if (!quoted || *begin < 4) return true;
  }
  return false;
}

/* --- title ----------------------------------------------------------------------------------------------------- */

static bool is_date_line(cn_view folded) {
  size_t at = 0, end;
  cn_date date;
  return cn_utf8_count(folded) < 60 && cn_date_find(folded, &at, &end, &date) &&
         cn_view_trim(cn_view_slice(folded, end, folded.n)).n < 4;
}

static bool can_be_title(const cn_head *h, const cn_head_line *l) {
  size_t points = cn_utf8_count(l->folded), begin, end;
  static const char *const no[] = {"。", "；", ">", "｜", "当前位置", "http", "编者按", "来源"};
  if (points < 2 || points > 90 || cn_view_ends(l->folded, CN_VIEW("：")) || cn_view_ends(l->folded, CN_VIEW("，")) ||
      cn_view_ends(l->folded, CN_VIEW(":")))
    return false;
  for (size_t i = 0; i < CN_COUNT(no); i++)
    if (cn_view_find(l->folded, cn_view_of(no[i]), 0) != SIZE_MAX) return false;
  if (cn_is_noise(h->s, l->folded) || is_date_line(l->folded) || cn_view_ends(l->folded, CN_VIEW("文件"))) return false;
  return !(cn_number_find(h->s->words, l->folded, &begin, &end) && begin < 12);
}

/* 关于印发…工作要点 goes on: what is 印发 is announced by a 通知. */
static bool is_complete(const cn_words *words, cn_view compact) {
  static const char *const carried[] = {"印发", "转发", "下发"}, *const carriers[] = {"通知", "函",   "公告",
                                                                                      "决定", "批复", "通报"};
  static const char *const tails[] = {"（试行）", "（暂行）", "（征求意见稿）", "(试行)", "（修订）"};
  for (size_t i = 0; i < CN_COUNT(tails); i++)
    if (cn_view_ends(compact, cn_view_of(tails[i]))) compact.n -= strlen(tails[i]);
  if (!cn_word_ends(words, CN_WORD_TITLE_END, compact) || cn_utf8_count(compact) < 6) return false;
  bool needs = false, has = false;
  for (size_t i = 0; i < CN_COUNT(carried); i++)
    needs = needs || cn_view_find(compact, cn_view_of(carried[i]), 0) != SIZE_MAX;
  for (size_t i = 0; i < CN_COUNT(carriers); i++) has = has || cn_view_ends(compact, cn_view_of(carriers[i]));
  return !needs || has;
}

static cn_view join(cn_segmenter *s, const cn_head_line *lines, size_t first, size_t last) {
  cn_view all = lines[first].text;
  for (size_t i = first + 1; i <= last; i++)
    all = cn_arena_format(s->scratch, "%.*s\n%.*s", (int)all.n, all.p, (int)lines[i].text.n, lines[i].text.p);
  return cn_join_lines(s->scratch, all);
}

static bool continues_title(cn_view folded) {
  return cn_at(folded, 0, "的") || cn_at(folded, 0, "（试行") || cn_at(folded, 0, "(试行");
}

static bool title_from_lines(cn_head *h, cn_view *title) {
  for (size_t i = 0; i < h->count && i < CN_HEAD_LINES; i++) {
    if (!can_be_title(h, &h->lines[i])) continue;
    for (size_t k = i; k < h->count && k < i + 5 && can_be_title(h, &h->lines[k]); k++) {
      cn_view all = join(h->s, h->lines, i, k);
      if (cn_utf8_count(all) > 120) break;
      if (!is_complete(h->s->words, cn_compact(h->s->scratch, all))) continue;
      while (k + 1 < h->count && can_be_title(h, &h->lines[k + 1]) && continues_title(h->lines[k + 1].folded)) k++;
      h->title_first = i;
      h->title_last = k;
      *title = join(h->s, h->lines, i, k);
      return true;
    }
  }
  return false;
}

/* …实施意见国办发〔2020〕24号: the title ends where the number begins. */
static bool title_before_number(cn_head *h, cn_view *title) {
  for (size_t i = 0; i < h->count && i < 12; i++) {
    size_t begin, end;
    const cn_head_line *l = &h->lines[i];
    if (!cn_number_find(h->s->words, l->folded, &begin, &end) || begin < 12 || begin > 360) continue;
    cn_view before = cn_view_trim(cn_view_slice(l->folded, 0, begin));
    if (!is_complete(h->s->words, cn_compact(h->s->scratch, before)) ||
        cn_view_find(before, CN_VIEW("。"), 0) != SIZE_MAX)
      continue;
    cn_folded f = cn_fold(h->s->scratch, l->text);
    *title = cn_view_trim(cn_fold_source(&f, 0, begin));
    h->title_first = h->title_last = i;
    return true;
  }
  return false;
}

/* 清溪县…的通知-清溪县人民政府网: the site's name is cut off. */
static cn_view page_title(cn_head *h) {
  cn_view title = cn_view_trim(h->flow->title);
  static const char *const marks[] = {"-", "_", "|", "—", "–", "｜"};
  for (size_t i = 0; i < CN_COUNT(marks); i++) {
    size_t at = cn_view_rfind(title, cn_view_of(marks[i]));
    if (at != SIZE_MAX && at && is_complete(h->s->words, cn_compact(h->s->scratch, cn_view_slice(title, 0, at))))
      return cn_view_trim(cn_view_slice(title, 0, at));
  }
  return title;
}

static cn_view fallback_title(cn_head *h) {
  cn_view page = page_title(h);
  if (page.n && is_complete(h->s->words, cn_compact(h->s->scratch, page))) return page;
  for (int pass = 0; pass < 3; pass++)
    for (size_t i = 0; i < h->count; i++) {
      const cn_head_line *l = &h->lines[i];
      if (!can_be_title(h, l) || cn_utf8_count(l->folded) < 5 || (pass == 0 && !l->heading) ||
          (pass == 1 && !l->centered))
        continue;
      if (pass == 2 && (i > 3 || cn_name_kind(h->s->words, cn_compact(h->s->scratch, l->text)) != CN_BLOCK_KIND_NONE))
        continue;
      h->title_first = h->title_last = i;
      return l->text;
    }
  return page.n ? page : CN_NULL_VIEW;
}

void cn_title_find(cn_head *h) {
  cn_view title = h->title;
  h->title_first = h->title_last = SIZE_MAX;
  cn_view lines = CN_NULL_VIEW;
  if (!title_before_number(h, &lines)) title_from_lines(h, &lines);
  if (!title.p) title = lines.p ? lines : fallback_title(h);
  h->s->title_line = h->title_first < h->count ? h->lines[h->title_first].line : 1;
  if (title.p) h->s->notice.title = cn_arena_copy(h->s->keep, cn_join_lines(h->s->scratch, title));
}
