/* Bytes to text: every charset a notice comes in, damage, line ends, files, pipes, and what is no text at all. */
#include "check.h"
#include "extract/lines.h"
#include "extract/source.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <unistd.h>

static cn_arena arena;

/* A notice long enough to be told by its characters; no line of it is all ASCII. */
static const char notice[] = "清河县二〇二二年重点任务公开承诺事项\n"
                             "序号\t承诺事项\t完成时限\t责任人\n"
                             "1\t新建农村公路120公里，改造危桥15座。\t12月底前\t王立新\n"
                             "2\t新增绿化面积50公顷，力争完成投资3.5亿元。\t年底\t赵　敏\n";
static const char traditional[] = "清河縣一百一十一年度重點工作承諾事項\n"
                                  "項次\t承諾事項\t完成時限\t負責人\n"
                                  "1\t興建鄉村道路，改善橋樑，強化環境衛生與資源回收工作。\t十二月底前\t王立新\n";

static cn_view encoded(const char *text, const char *charset) {
  iconv_t handle = iconv_open(charset, "UTF-8");
  size_t left = strlen(text), room = 4 * left + 16;
  char *in = cn_arena_new(&arena, char, left + 1), *out = cn_arena_new(&arena, char, room), *to = out;
  memcpy(in, text, left);
  size_t result = iconv(handle, &in, &left, &to, &room);
  iconv_close(handle);
  CHECK(result != (size_t)-1, charset);
  return cn_view_between(out, to);
}

typedef struct reading {
  cn_status status;
  cn_failure failure;
  cn_document *document;
  cn_view note; /* the first diagnostic's code and message */
} reading;

static reading open_input(cn_input input, size_t max_input) {
  reading r = {0};
  cn_extract_options *options = cn_arena_new(&arena, cn_extract_options, 1);
  cn_input *kept = cn_arena_new(&arena, cn_input, 1);
  cn_failure *failure = cn_arena_new(&arena, cn_failure, 1);
  *kept = input;
  options->max_input = max_input;
  r.document = cn_arena_new(&arena, cn_document, 1);
  *r.document = (cn_document){.arena = &arena, .window = &arena, .options = options, .input = kept, .failure = failure};
  cn_record_init(&cn_source_shape, &r.document->source);
  r.status = cn_source_open(r.document);
  if (r.status == CN_OK) r.status = cn_source_load(r.document);
  r.failure = *failure;
  return r;
}

static reading decode(reading r, const char *inside) {
  if (r.status != CN_OK) return r;
  r.status = cn_source_decode(r.document, inside);
  r.failure = *r.document->failure;
  const cn_note *note = r.document->notes;
  if (note)
    r.note = cn_arena_format(&arena, "%.*s %lld:%lld", (int)note->diagnostic.code.n, note->diagnostic.code.p,
                             (long long)note->diagnostic.line, (long long)note->diagnostic.column);
  return r;
}

static reading read_bytes(cn_view bytes, const char *outside, const char *inside) {
  return decode(open_input((cn_input){.name = CN_VIEW("n.txt"), .fd = -1, .bytes = bytes, .charset = outside}, 0),
                inside);
}

static void check_charset(cn_view bytes, const char *outside, const char *inside, const char *want, const char *text,
                          const char *what) {
  reading r = read_bytes(bytes, outside, inside);
  if (!CHECK(r.status == CN_OK, what)) return;
  CHECK_TEXT(r.document->source.charset, want, what);
  CHECK_TEXT(r.document->text, text, what);
  CHECK(cn_view_is_null(r.note), what);
}

static cn_view joined(cn_view a, cn_view b) {
  char *p = cn_arena_new(&arena, char, a.n + b.n + 1);
  memcpy(p, a.p, a.n);
  memcpy(p + a.n, b.p, b.n);
  return (cn_view){p, a.n + b.n};
}

static void test_charsets(void) {
  cn_view utf8 = cn_view_of(notice);
  check_charset(utf8, NULL, NULL, "UTF-8", notice, "UTF-8 is read");
  check_charset(joined(CN_VIEW("\xEF\xBB\xBF"), utf8), NULL, NULL, "UTF-8", notice, "a byte order mark is dropped");
  check_charset(encoded(notice, "GB18030"), NULL, NULL, "GB18030", notice, "GB18030 is found by content");
  check_charset(encoded(notice, "GBK"), "gb2312", NULL, "GB18030", notice, "gb2312 declared means GB18030");
  check_charset(encoded(notice, "UTF-16LE"), NULL, NULL, "UTF-16LE", notice, "UTF-16LE without mark is found");
  check_charset(encoded(notice, "UTF-16BE"), NULL, NULL, "UTF-16BE", notice, "UTF-16BE without mark is found");
  check_charset(joined(CN_VIEW("\xFF\xFE"), encoded(notice, "UTF-16LE")), NULL, NULL, "UTF-16LE", notice,
                "UTF-16LE with its mark is read");
  check_charset(joined(CN_VIEW("\xFE\xFF"), encoded(notice, "UTF-16BE")), NULL, NULL, "UTF-16BE", notice,
                "UTF-16BE with its mark is read");
  check_charset(encoded(traditional, "BIG5"), NULL, NULL, "Big5", traditional, "Big5 is told from GB18030");
  check_charset(encoded(traditional, "GB18030"), NULL, NULL, "GB18030", traditional, "traditional text in GB18030 is");
  check_charset(cn_view_of(traditional), NULL, NULL, "UTF-8", traditional, "traditional text in UTF-8 is");
  check_charset(encoded("年底", "GBK"), NULL, NULL, "GB18030", "年底", "two characters of GBK are enough");
  check_charset(CN_VIEW("a"), NULL, NULL, "UTF-8", "a", "one letter is a text");
}

static void test_declared(void) {
  check_charset(cn_view_of(notice), NULL, "gb2312", "UTF-8", notice, "a page that says gb2312 and is UTF-8 is UTF-8");
  check_charset(encoded(notice, "GBK"), NULL, "utf-8", "GB18030", notice, "a page that says UTF-8 and is GBK is GBK");
  check_charset(encoded(notice, "GBK"), NULL, "GB2312", "GB18030", notice, "a page's own charset is believed");
  check_charset(encoded(notice, "GBK"), NULL, "no-such-name", "GB18030", notice,
                "a page's unknown charset is passed over");
  check_charset(encoded(traditional, "BIG5"), "cp950", NULL, "Big5", traditional, "cp950 means Big5");
  check_charset(encoded("Å b", "ISO-8859-1"), "iso-8859-1", NULL, "iso-8859-1", "Å b",
                "any name of iconv may be given");
  reading r = read_bytes(cn_view_of(notice), "no-such-name", NULL);
  CHECK(r.status == CN_USAGE, "an unknown --charset is a usage error");
  CHECK(cn_view_find(r.failure.message, CN_VIEW("no-such-name"), 0) != SIZE_MAX, "the message names the charset");
}

static void test_damage(void) {
  cn_view bytes = cn_arena_copy(&arena, cn_view_of(notice));
  char *p = (char *)(uintptr_t)bytes.p;
  size_t place = cn_view_find(bytes, CN_VIEW("新建"), 0);
  p[place + 1] = '\xFF';
  p[bytes.n - 2] = '\xC0';
  reading r = read_bytes(bytes, NULL, NULL);
  CHECK_TEXT(r.document->source.charset, "UTF-8", "a few damaged bytes do not turn UTF-8 into GBK");
  CHECK_TEXT(r.note, "encoding-replaced 3:3", "one diagnostic says where the first damaged place is");
  CHECK(cn_view_find(r.document->notes->diagnostic.message, CN_VIEW("5 places"), 0) != SIZE_MAX,
        "and how many there are");
  CHECK(cn_view_find(r.document->text, CN_VIEW("\xEF\xBF\xBD建农村公路"), 0) != SIZE_MAX, "what follows is intact");
  CHECK(!r.document->notes->next, "there is one diagnostic for all places");

  bytes = cn_arena_copy(&arena, encoded(notice, "GB18030"));
  p = (char *)(uintptr_t)bytes.p;
  p[8] = '\xFF';
  r = read_bytes(bytes, NULL, NULL);
  CHECK_TEXT(r.document->source.charset, "GB18030", "damaged GB18030 stays GB18030");
  CHECK(cn_view_find(r.document->text, CN_VIEW("重点任务公开承诺事项"), 0) != SIZE_MAX,
        "the pairs behind it stay pairs");

  r = read_bytes((cn_view){"承诺\0事项：新建公路", sizeof "承诺\0事项：新建公路" - 1}, NULL, NULL);
  CHECK_TEXT(r.document->text, "承诺\xEF\xBF\xBD事项：新建公路", "U+0000 does not end the text");
  CHECK_TEXT(r.note, "encoding-replaced 1:3", "U+0000 is reported");

  r = read_bytes(CN_VIEW("第一\r第二\r\n第三\xE6\x96"), NULL, NULL);
  CHECK_TEXT(r.note, "encoding-replaced 3:3", "CR and CRLF count as one line end each; a cut character is damage");
}

static cn_lines split(const char *text) {
  cn_view rest;
  return cn_lines_split(&arena, cn_view_of(text), 1, true, &rest);
}

static void test_lines(void) {
  cn_lines lines = split("甲\n乙\r\n丙\r丁\xE2\x80\xA8戊\xE2\x80\xA9己\xC2\x85庚");
  static const char *const want[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚"};
  if (CHECK_INT(lines.count, 7, "LF, CRLF, CR, U+2028, U+2029 and U+0085 end lines"))
    for (size_t i = 0; i < 7; i++) {
      CHECK_TEXT(lines.items[i].text, want[i], "a line holds no line end");
      CHECK_INT(lines.items[i].number, i + 1, "lines are counted from 1");
    }
  CHECK_INT(split("").count, 0, "no text, no line");
  CHECK_INT(split("甲\n\n乙\n").count, 3, "an empty line is a line, the end of the last is none");
  cn_view rest;
  lines = cn_lines_split(&arena, CN_VIEW("甲\n乙\r"), 1, false, &rest);
  CHECK_INT(lines.count, 1, "a CR at a window's end may be half of a CRLF");
  CHECK_TEXT(rest, "乙\r", "the unfinished line comes again");
  CHECK_INT(cn_line_indent(CN_VIEW("　 \t甲")), 8, "a full-width blank is two columns, a tab goes to the next stop");
}

static void check_refused(cn_input input, size_t max_input, cn_status status, const char *word, const char *what) {
  reading r = decode(open_input(input, max_input), NULL);
  CHECK(r.status == status, what);
  CHECK(r.failure.message.p && cn_view_find(r.failure.message, cn_view_of(word), 0) != SIZE_MAX, what);
}

static void test_refusals(void) {
  check_refused((cn_input){.fd = -1, .bytes = {"", 0}}, 0, CN_IO, "empty", "an empty input is refused");
  int folder = open("/", O_RDONLY);
  check_refused((cn_input){.fd = folder}, 0, CN_IO, "directory", "a directory is refused");
  close(folder);
  check_refused((cn_input){.fd = folder}, 0, CN_IO, "cannot be read", "a descriptor that is closed is refused");
  int null = open("/dev/null", O_RDONLY);
  check_refused((cn_input){.fd = null}, 0, CN_IO, "empty", "an empty device is refused");
  close(null);
  static char binary[4096];
  for (size_t i = 0; i < sizeof binary; i++) binary[i] = (char)(i * 167 + (i >> 5) * 91);
  check_refused((cn_input){.fd = -1, .bytes = {binary, sizeof binary}}, 0, CN_IO, "binary", "binary data is refused");
  check_refused((cn_input){.fd = -1, .bytes = cn_view_of(notice)}, 20, CN_LIMIT, "--max-input", "max_input holds");
}

static int write_file(const char *name, cn_view bytes) {
  int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (fd >= 0) unlink(name);
  for (size_t at = 0; at < bytes.n;) {
    ssize_t n = write(fd, bytes.p + at, bytes.n - at);
    if (n <= 0) break;
    at += (size_t)n;
  }
  lseek(fd, 0, SEEK_SET);
  return fd;
}

/* Reads a document window by window and puts it together again. */
static cn_view stream_all(reading r, size_t *windows) {
  cn_buf all;
  cn_buf_init(&all, arena.trap);
  cn_stream *stream;
  bool last = false;
  cn_view text = {0}, rest = {0};
  CHECK(cn_stream_open(r.document, &stream) == CN_OK, "a large document can be read window by window");
  for (*windows = 0; !last; ++*windows) {
    if (cn_stream_next(stream, rest.n, &text, &last) != CN_OK) break;
    cn_lines_split(&arena, text, 1, last, &rest);
    cn_buf_add(&all, text.p, text.n - rest.n);
  }
  cn_view copy = cn_arena_copy(&arena, cn_buf_view(&all));
  cn_buf_free(&all);
  return copy;
}

static cn_view repeat(const char *text, size_t size) {
  size_t n = strlen(text), count = size / n + 1;
  char *p = cn_arena_new(&arena, char, n *count + 1);
  for (size_t i = 0; i < count; i++) memcpy(p + i * n, text, n);
  return (cn_view){p, n * count};
}

static void check_stream(cn_view text, const char *charset, int fd, const char *what) {
  cn_extract_options options = {0};
  cn_input input = {.fd = fd};
  cn_failure failure = {0};
  cn_document *document = cn_arena_new(&arena, cn_document, 1);
  *document =
      (cn_document){.arena = &arena, .window = &arena, .options = &options, .input = &input, .failure = &failure};
  cn_record_init(&cn_source_shape, &document->source);
  if (!CHECK(cn_source_open(document) == CN_OK, what)) return;
  CHECK(document->bytes.n == CN_WINDOW, "only the first window is held");
  size_t windows;
  cn_view read = stream_all((reading){.document = document}, &windows);
  CHECK(cn_view_equal(read, text), what);
  CHECK(windows > 4, "it comes in several windows");
  CHECK_TEXT(document->source.charset, charset, what);
  CHECK(!document->notes, "characters that a window cuts are no damage");
}

static void test_streams(void) {
  cn_view text = repeat(notice, 3 << 20);
  int fd = write_file("/tmp/chengnuo-test-source", text);
  check_stream(text, "UTF-8", fd, "a large file of UTF-8 comes through whole");
  lseek(fd, 0, SEEK_SET);
  reading r = open_input((cn_input){.fd = fd}, 0);
  CHECK(r.status == CN_OK && cn_view_equal(r.document->bytes, text), "the same file can be held whole");
  CHECK_INT(r.document->source.size, text.n, "its size is known");
  cn_view sha = r.document->source.sha256;
  close(fd);
  r = open_input((cn_input){.fd = -1, .bytes = text}, 0);
  CHECK(cn_view_equal(sha, r.document->source.sha256), "its SHA-256 is that of the bytes in memory");
  CHECK_TEXT(open_input((cn_input){.fd = -1, .bytes = CN_VIEW("abc")}, 0).document->source.sha256,
             "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "SHA-256 is right");
  cn_view gb = encoded(text.p, "GB18030");
  fd = write_file("/tmp/chengnuo-test-source", gb);
  check_stream(text, "GB18030", fd, "a large file of GB18030 comes through whole");
  close(fd);
  fd = write_file("/tmp/chengnuo-test-source", joined(repeat("abc def ghi\n", 2 << 20), gb));
  check_stream(joined(repeat("abc def ghi\n", 2 << 20), text), "GB18030", fd, "the charset may show late");
  close(fd);
}

/* A child writes into a pipe, as a shell's `cat` does. */
static void test_pipes(void) {
  cn_view text = repeat(notice, 3 << 20);
  int ends[2];
  if (!CHECK(pipe(ends) == 0, "a pipe can be made")) return;
  pid_t child = fork();
  if (child == 0) {
    for (size_t at = 0; at < text.n;) {
      ssize_t n = write(ends[1], text.p + at, text.n - at > 60000 ? 60000 : text.n - at);
      if (n <= 0) _exit(1);
      at += (size_t)n;
    }
    _exit(0);
  }
  close(ends[1]);
  check_stream(text, "UTF-8", ends[0], "a large pipe comes through whole");
  close(ends[0]);
}

int main(void) {
  cn_trap trap = {0};
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  test_charsets();
  test_declared();
  test_damage();
  test_lines();
  test_refusals();
  test_streams();
  test_pipes();
  cn_arena_free(&arena);
  return check_done();
}
