/* Text on a terminal: cut, padded, wrapped by columns; nothing of a notice acts on the terminal. */
#include "check.h"
#include "emit/screen.h"

static cn_buf buf;

static cn_view cut(const char *text, size_t width) {
  cn_buf_reset(&buf);
  cn_screen_cut(&buf, cn_view_of(text), width);
  return cn_buf_view(&buf);
}

static cn_view pad(const char *text, size_t width, bool right) {
  cn_buf_reset(&buf);
  cn_screen_pad(&buf, cn_view_of(text), width, right);
  return cn_buf_view(&buf);
}

static cn_view wrap(const char *text, size_t indent, size_t width) {
  cn_buf_reset(&buf);
  cn_screen_wrap(&buf, cn_view_of(text), indent, indent, width);
  return cn_buf_view(&buf);
}

int main(void) {
  cn_trap trap = {.limit = 0};
  if (setjmp(trap.env)) return 1;
  cn_buf_init(&buf, &trap);
  CHECK_TEXT(cut("新增工厂", 8), "新增工厂", "text that fits is cut");
  CHECK_TEXT(cut("新增工厂", 7), "新增工…", "Chinese is not cut by columns");
  CHECK_TEXT(cut("新增工厂", 6), "新增…", "half an ideograph is shown");
  CHECK_TEXT(cut("abc", 2), "a…", "ASCII is not cut");
  CHECK_TEXT(cut("", 5), "", "nothing is something");
  CHECK_TEXT(cut("新", 0), "", "text in no room");
  CHECK_TEXT(cut("a\033[31mb\ac\xC2\x9B"
                 "d\xE2\x80\xAE"
                 "e",
                 20),
             "a[31mbcde", "a notice acts on the terminal");
  CHECK_TEXT(cut("一\n二\t三", 20), "一 二 三", "a line break breaks the table");
  CHECK_TEXT(pad("新增", 6, false), "新增  ", "blanks do not fill the column");
  CHECK_TEXT(pad("12", 5, true), "   12", "numbers do not stand right");
  CHECK_TEXT(pad("新增工厂", 5, false), "新增…", "a padded text is not cut");
  CHECK_TEXT(wrap("新增绿色工厂", 2, 8), "新增绿\n  色工厂", "ideographs do not wrap");
  CHECK_TEXT(wrap("one two three", 0, 8), "one two\nthree", "words do not wrap at blanks");
  CHECK_TEXT(wrap("a incomprehensibilities", 0, 8), "a\nincomprehensibilities", "a long word is lost");
  CHECK_TEXT(wrap("投资额（12亿元）。", 0, 8), "投资额\n（12亿\n元）。",
             "a line begins with what closes or ends with what opens");
  CHECK_TEXT(wrap("新增2.391亿元，", 0, 8), "新增\n2.391亿\n元，", "a number is broken");
  CHECK_TEXT(wrap("((((((((((", 0, 4), "((((((((((", "a run without a place to break is lost");
  CHECK_TEXT(wrap("", 4, 8), "", "nothing wraps");
  cn_buf_free(&buf);
  return check_done();
}
