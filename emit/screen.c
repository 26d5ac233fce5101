/* See screen.h. In: text of a notice, which may hold anything.  Out: lines that fit. Owns nothing. */
#include "emit/screen.h"

#include "core/utf8.h"

/* What would act on the terminal instead of showing: C0, DEL, C1 (0x9B is CSI), and marks that reorder text. */
static bool acts(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0x200E || c == 0x200F || c == 0x2028 || c == 0x2029;
}

/* The code point at *p as it is shown: its columns; a line break or tab is a blank. */
static int step(const char *p, size_t *len, uint32_t *shown) {
  uint32_t c = cn_utf8_at(p, len);
  if (c == '\n' || c == '\t') c = ' ';
  *shown = acts(c) ? 0 : c;
  return *shown ? cn_utf8_width(c) : 0;
}

static void put(cn_buf *buf, uint32_t c) {
  if (c) buf->n += cn_utf8_put(cn_buf_room(buf, 4), c);
}

static size_t columns_of(cn_view text) {
  size_t columns = 0, len;
  uint32_t c;
  for (size_t i = 0; i < text.n; i += len) columns += (size_t)step(text.p + i, &len, &c);
  return columns;
}

size_t cn_screen_cut(cn_buf *buf, cn_view text, size_t width) {
  size_t used = 0, len;
  bool whole = columns_of(cn_view_slice(text, 0, width * 16)) <= width && text.n <= width * 16;
  size_t room = whole || width == 0 ? width : width - 1;
  uint32_t c;
  for (size_t i = 0; i < text.n; i += len) {
    size_t columns = (size_t)step(text.p + i, &len, &c);
    if (used + columns > room) break;
    put(buf, c);
    used += columns;
  }
  if (whole || width == 0) return used;
  cn_buf_add_string(buf, "…");
  return used + 1;
}

void cn_screen_pad(cn_buf *buf, cn_view text, size_t width, bool right) {
  size_t begin = buf->n, used = cn_screen_cut(buf, text, width), blanks = width - used, n = buf->n - begin;
  char *p = cn_buf_room(buf, blanks + 1);
  if (right) memmove(buf->p + begin + blanks, buf->p + begin, n);
  memset(right ? buf->p + begin : p, ' ', blanks);
  buf->n += blanks;
}

/* No line begins with what closes, none ends with what opens: （〔2018〕41号） stays with its word (GB/T 15834, 禁则).
 */
static bool closes(uint32_t c) {
  static const uint16_t wide[] = {0x2019, 0x201D, 0x3001, 0x3002, 0x300B, 0x300D, 0x3011, 0x3015,
                                  0xFF01, 0xFF05, 0xFF09, 0xFF0C, 0xFF1A, 0xFF1B, 0xFF1F};
  for (size_t i = 0; i < CN_COUNT(wide); i++)
    if (c == wide[i]) return true;
  return c && c < 0x80 && strchr("),.;:%!?", (int)c);
}

static bool opens(uint32_t c) {
  static const uint16_t wide[] = {0x2018, 0x201C, 0x300A, 0x300C, 0x3010, 0x3014, 0xFF08};
  for (size_t i = 0; i < CN_COUNT(wide); i++)
    if (c == wide[i]) return true;
  return c == '(';
}

/* Length of the piece that must stay together: an ideograph with the marks that touch it, or a run of other characters
 * up to a blank or ideograph. */
static size_t piece(cn_view text, size_t *columns) {
  size_t n = 0, len;
  uint32_t c, before = 0;
  *columns = 0;
  while (n < text.n) {
    size_t w = (size_t)step(text.p + n, &len, &c);
    bool breaks = n && !closes(c) && !opens(before) && (w == 2 || c == ' ' || before == ' ' || before >= 0x2E80);
    if (breaks) break;
    n += len;
    *columns += w;
    before = c ? c : before;
  }
  return n;
}

static void break_line(cn_buf *buf, size_t indent) {
  while (buf->n && buf->p[buf->n - 1] == ' ') buf->n--;
  cn_buf_add_char(buf, '\n');
  memset(cn_buf_room(buf, indent + 1), ' ', indent);
  buf->n += indent;
}

void cn_screen_wrap(cn_buf *buf, cn_view text, size_t at, size_t indent, size_t width) {
  while (text.n) {
    size_t columns, n = piece(text, &columns), len;
    uint32_t c;
    bool blank = text.p[0] == ' ';
    if (at + columns > width && at > indent) {
      break_line(buf, indent);
      at = indent;
    }
    for (size_t i = 0; i < n && !(blank && at == indent); i += len) {
      at += (size_t)step(text.p + i, &len, &c);
      put(buf, c);
    }
    text = cn_view_slice(text, n, text.n);
  }
}

void cn_screen_ink(cn_buf *buf, bool color, cn_ink ink) {
  static const char *const codes[] = {"\033[0m", "\033[1m", "\033[2m", "\033[31m", "\033[33m", "\033[36m"};
  if (color) cn_buf_add_string(buf, codes[ink]);
}
