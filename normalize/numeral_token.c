/* Numeral characters: see numeral_token.h. A sorted table, simplified, traditional and capital forms side by side.
 *
 * In:  folded text.  Out: tokens.  Owns nothing. */
#include "normalize/numeral_token.h"

#include "core/utf8.h"
#include "normalize/numeral.h"
#include "normalize/vocabulary.h"

static const struct {
  uint32_t point;
  cn_token token;
} tokens[] = {
    {0x25CB, {CN_TOKEN_DIGIT, 0, false}}, /* ○ */
    {0x25EF, {CN_TOKEN_DIGIT, 0, false}}, /* ◯ */
    {0x3007, {CN_TOKEN_DIGIT, 0, false}}, /* 〇 */
    {0x4E00, {CN_TOKEN_DIGIT, 1, false}}, /* 一 */
    {0x4E03, {CN_TOKEN_DIGIT, 7, false}}, /* 七 */
    {0x4E07, {CN_TOKEN_BIG, 4, false}},   /* 万 */
    {0x4E09, {CN_TOKEN_DIGIT, 3, false}}, /* 三 */
    {0x4E24, {CN_TOKEN_DIGIT, 2, false}}, /* 两 */
    {0x4E5D, {CN_TOKEN_DIGIT, 9, false}}, /* 九 */
    {0x4E8C, {CN_TOKEN_DIGIT, 2, false}}, /* 二 */
    {0x4E94, {CN_TOKEN_DIGIT, 5, false}}, /* 五 */
    {0x4EBF, {CN_TOKEN_BIG, 8, false}},   /* 亿 */
    {0x4EDF, {CN_TOKEN_SMALL, 3, true}},  /* 仟 */
    {0x4F0D, {CN_TOKEN_DIGIT, 5, true}},  /* 伍 */
    {0x4F59, {CN_TOKEN_MORE, 0, false}},  /* 余 */
    {0x4F70, {CN_TOKEN_SMALL, 2, true}},  /* 佰 */
    {0x4F86, {CN_TOKEN_MORE, 0, false}},  /* 來 */
    {0x5104, {CN_TOKEN_BIG, 8, false}},   /* 億 */
    {0x5146, {CN_TOKEN_BIG, 12, false}},  /* 兆 */
    {0x5169, {CN_TOKEN_DIGIT, 2, false}}, /* 兩 */
    {0x516B, {CN_TOKEN_DIGIT, 8, false}}, /* 八 */
    {0x516D, {CN_TOKEN_DIGIT, 6, false}}, /* 六 */
    {0x51E0, {CN_TOKEN_FEW, 0, false}},   /* 几 */
    {0x5341, {CN_TOKEN_SMALL, 1, false}}, /* 十 */
    {0x5343, {CN_TOKEN_SMALL, 3, false}}, /* 千 */
    {0x5345, {CN_TOKEN_TENS, 30, false}}, /* 卅 */
    {0x534C, {CN_TOKEN_TENS, 40, false}}, /* 卌 */
    {0x53C1, {CN_TOKEN_DIGIT, 3, true}},  /* 叁 */
    {0x53C4, {CN_TOKEN_DIGIT, 3, true}},  /* 叄 */
    {0x56DB, {CN_TOKEN_DIGIT, 4, false}}, /* 四 */
    {0x58F1, {CN_TOKEN_DIGIT, 1, true}},  /* 壱 */
    {0x58F9, {CN_TOKEN_DIGIT, 1, true}},  /* 壹 */
    {0x591A, {CN_TOKEN_MORE, 0, false}},  /* 多 */
    {0x5E7E, {CN_TOKEN_FEW, 0, false}},   /* 幾 */
    {0x5EFF, {CN_TOKEN_TENS, 20, false}}, /* 廿 */
    {0x5F0D, {CN_TOKEN_DIGIT, 2, true}},  /* 弍 */
    {0x62FE, {CN_TOKEN_SMALL, 1, true}},  /* 拾 */
    {0x634C, {CN_TOKEN_DIGIT, 8, true}},  /* 捌 */
    {0x6570, {CN_TOKEN_FEW, 0, false}},   /* 数 */
    {0x6578, {CN_TOKEN_FEW, 0, false}},   /* 數 */
    {0x6765, {CN_TOKEN_MORE, 0, false}},  /* 来 */
    {0x67D2, {CN_TOKEN_DIGIT, 7, true}},  /* 柒 */
    {0x70B9, {CN_TOKEN_POINT, 0, false}}, /* 点 */
    {0x7396, {CN_TOKEN_DIGIT, 9, true}},  /* 玖 */
    {0x767E, {CN_TOKEN_SMALL, 2, false}}, /* 百 */
    {0x8086, {CN_TOKEN_DIGIT, 4, true}},  /* 肆 */
    {0x842C, {CN_TOKEN_BIG, 4, false}},   /* 萬 */
    {0x8CB3, {CN_TOKEN_DIGIT, 2, true}},  /* 貳 */
    {0x8D30, {CN_TOKEN_DIGIT, 2, true}},  /* 贰 */
    {0x9646, {CN_TOKEN_DIGIT, 6, true}},  /* 陆 */
    {0x9678, {CN_TOKEN_DIGIT, 6, true}},  /* 陸 */
    {0x96F6, {CN_TOKEN_DIGIT, 0, false}}, /* 零 */
    {0x9918, {CN_TOKEN_MORE, 0, false}},  /* 餘 */
    {0x9EDE, {CN_TOKEN_POINT, 0, false}}, /* 點 */
};

static cn_token classify(uint32_t c) {
  size_t low = 0, high = CN_COUNT(tokens);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (tokens[middle].point < c)
      low = middle + 1;
    else
      high = middle;
  }
  if (low < CN_COUNT(tokens) && tokens[low].point == c) return tokens[low].token;
  return (cn_token){CN_TOKEN_NONE, 0, false};
}

cn_token cn_token_at(cn_view text, size_t at, size_t *length) {
  *length = 0;
  if (at >= text.n) return (cn_token){CN_TOKEN_NONE, 0, false};
  uint32_t c = cn_utf8_at(text.p + at, length);
  return cn_is_digit(c) ? (cn_token){CN_TOKEN_ARABIC, 0, false} : classify(c);
}

void cn_tokens_mark(uint8_t *points) {
  for (size_t i = 0; i < CN_COUNT(tokens); i++)
    if (tokens[i].token.kind != CN_TOKEN_POINT && tokens[i].token.kind != CN_TOKEN_MORE)
      points[tokens[i].point >> 3] |= (uint8_t)(1u << (tokens[i].point & 7));
}

bool cn_is_unit_prefix(cn_view text, size_t at, cn_token t, size_t length, bool first) {
  const char *words = NULL;
  if (t.kind == CN_TOKEN_SMALL && t.value == 3)
    words = "瓦 米 克 伏 卡 安 焦 赫 帕 兆光 兆网 兆宽 兆以 兆城 兆用 兆到 兆比 乏 字节 比特 分点";
  if (t.kind == CN_TOKEN_SMALL && t.value == 2) words = "分点 分點 帕 分比 分率 分制 分百";
  if (t.kind == CN_TOKEN_BIG && t.value == 12)
    return !cn_follows_any(text, at + length, "元 美元 日元 韩元 日圆 圆 圓 日圓 韓元 美金");
  if (words && cn_follows_any(text, at + length, words)) return true;
  bool hundreds = t.kind == CN_TOKEN_BIG || (t.kind == CN_TOKEN_SMALL && t.value > 1);
  return first && hundreds && cn_follows(text, at + length, "分之");
}

bool cn_numeral_can_begin(cn_view text, size_t at) {
  unsigned char c = (unsigned char)text.p[at];
  if (c < 0x80) return cn_is_digit(c);
  if (c < 0xE2 || c > 0xE9) return false;
  size_t n, m;
  cn_token t = cn_token_at(text, at, &n);
  if (t.kind == CN_TOKEN_NONE || t.kind == CN_TOKEN_POINT || t.kind == CN_TOKEN_MORE) return false;
  cn_token next = cn_token_at(text, at + n, &m);
  if (t.kind == CN_TOKEN_FEW) return next.kind == CN_TOKEN_SMALL || next.kind == CN_TOKEN_BIG;
  if (t.kind == CN_TOKEN_DIGIT && t.value == 0) return next.kind == CN_TOKEN_POINT || next.kind == CN_TOKEN_DIGIT;
  if (t.formal)
    return next.kind == CN_TOKEN_BIG || next.kind == CN_TOKEN_POINT || next.formal ||
           cn_follows_any(text, at + n, "元 圆 圓 整 角 分");
  return t.value != 12 && !cn_is_unit_prefix(text, at, t, n, true);
}
