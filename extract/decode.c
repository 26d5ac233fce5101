/* decode: see decode.h. In: bytes.  Out: valid UTF-8 without U+0000, every damaged place a U+FFFD that is counted.
 * Owner of iconv, which decodes GB18030 and Big5 faster than ICU does. */
#include "extract/decode.h"

#include "core/utf8.h"

#include <errno.h>
#include <iconv.h>

#define REPLACEMENT "\xEF\xBF\xBD"

static void close_decoder(void *what) {
  cn_decoder *decoder = what;
  cn_buf_free(&decoder->out);
  if (decoder->iconv) iconv_close(decoder->iconv);
}

bool cn_decoder_knows(cn_charset charset) {
  if (!charset.iconv) return true;
  iconv_t handle = iconv_open("UTF-8", charset.iconv);
  if (handle == (iconv_t)-1) return false;
  iconv_close(handle);
  return true;
}

cn_status cn_decoder_open(cn_document *document, cn_charset charset, cn_decoder **made) {
  cn_decoder *decoder = cn_arena_new(document->arena, cn_decoder, 1);
  *decoder = (cn_decoder){.document = document, .charset = charset};
  cn_buf_init(&decoder->out, document->arena->trap);
  cn_arena_defer(document->arena, close_decoder, decoder);
  if (charset.iconv) {
    iconv_t handle = iconv_open("UTF-8", charset.iconv);
    if (handle == (iconv_t)-1)
      return cn_fail(document, CN_USAGE, CN_NONE, "the charset %s is not known (see iconv -l)", charset.name);
    decoder->iconv = handle;
  }
  *made = decoder;
  return CN_OK;
}

/* Line ends in v: LF, CRLF and CR each once; *tail gets the code points after the last of them. */
static int64_t count_lines(cn_view v, size_t *tail) {
  size_t feeds = 0, returns = 0, pairs = 0, last = v.n;
  for (size_t i = 0; i < v.n; i++) feeds += v.p[i] == '\n';
  if (v.n && memchr(v.p, '\r', v.n))
    for (size_t i = 0; i < v.n; i++) {
      returns += v.p[i] == '\r';
      pairs += v.p[i] == '\r' && i + 1 < v.n && v.p[i + 1] == '\n';
    }
  while (last > 0 && v.p[last - 1] != '\n' && v.p[last - 1] != '\r') last--;
  *tail = cn_utf8_count(cn_view_slice(v, last, v.n));
  return (int64_t)(feeds + returns - pairs);
}

/* Puts U+FFFD for one damaged place, remembering the first. */
static void replace(cn_decoder *decoder) {
  if (decoder->replaced++ == 0) {
    size_t tail;
    int64_t lines = count_lines(cn_buf_view(&decoder->out), &tail);
    decoder->line = decoder->lines + lines + 1;
    decoder->column = (lines ? 0 : decoder->columns) + (int64_t)tail + 1;
  }
  cn_buf_add(&decoder->out, REPLACEMENT, 3);
}

/* Valid UTF-8, except that U+0000 would end a text for half of the world's software. */
static void add_run(cn_decoder *decoder, cn_view run) {
  const char *zero;
  while (run.n && (zero = memchr(run.p, 0, run.n))) {
    cn_buf_add_view(&decoder->out, cn_view_between(run.p, zero));
    replace(decoder);
    run = cn_view_between(zero + 1, run.p + run.n);
  }
  cn_buf_add_view(&decoder->out, run);
}

/* Length of the damaged place at v: a lead byte with the continuation bytes it can have, or one stray byte. */
static size_t damaged(cn_view v) {
  unsigned char lead = (unsigned char)v.p[0];
  size_t most = lead >= 0xC2 && lead < 0xF5 ? cn_utf8_len(lead) : 1, n = 1;
  while (n < most && n < v.n && ((unsigned char)v.p[n] & 0xC0) == 0x80) n++;
  return n == most && most > 1 ? 1 : n;
}

static size_t feed_utf8(cn_decoder *decoder, cn_view bytes, bool last) {
  cn_view rest = bytes;
  while (rest.n) {
    size_t valid = cn_utf8_valid_prefix(rest);
    add_run(decoder, cn_view_slice(rest, 0, valid));
    rest = cn_view_slice(rest, valid, rest.n);
    if (!rest.n) break;
    size_t n = damaged(rest);
    unsigned char lead = (unsigned char)rest.p[0];
    if (n == rest.n && !last && lead >= 0xC2 && lead < 0xF5 && n < cn_utf8_len(lead)) break;
    replace(decoder);
    rest = cn_view_slice(rest, n, rest.n);
  }
  return bytes.n - rest.n;
}

/* How many bytes to give up at a place that iconv cannot read. In a two-byte charset the pairs behind it must stay
 * pairs: of a run of high bytes of odd length one goes, of even length two. */
static size_t unreadable(const cn_decoder *decoder, const char *p, size_t n) {
  size_t unit = strncmp(decoder->charset.name, "UTF-32", 6) == 0   ? 4
                : strncmp(decoder->charset.name, "UTF-16", 6) == 0 ? 2
                                                                   : 1;
  if (unit > 1) return unit < n ? unit : n;
  size_t run = 0;
  while (run < n && run < 256 && (unsigned char)p[run] >= 0x80) run++;
  return run >= 2 && run % 2 == 0 ? 2 : 1;
}

/* Replaces the U+0000 that iconv has put out since `from`. */
static void scrub(cn_decoder *decoder, size_t from) {
  cn_buf *out = &decoder->out;
  if (out->n == from || !memchr(out->p + from, 0, out->n - from)) return;
  cn_view run = cn_arena_copy(decoder->document->arena, cn_view_slice(cn_buf_view(out), from, out->n));
  out->n = from;
  add_run(decoder, run);
}

static size_t feed_iconv(cn_decoder *decoder, cn_view bytes, bool last) {
  cn_buf *out = &decoder->out;
  char *in = (char *)(uintptr_t)bytes.p;
  size_t left = bytes.n;
  while (left) {
    size_t room = left + left / 2 + 16, from = out->n;
    char *to = cn_buf_room(out, room);
    size_t result = iconv(decoder->iconv, &in, &left, &to, &room);
    int error = result == (size_t)-1 ? errno : 0;
    out->n = (size_t)(to - out->p);
    scrub(decoder, from);
    if (error == EINVAL && !last) break;
    if (error != EILSEQ && error != EINVAL) continue;
    size_t n = error == EINVAL ? left : unreadable(decoder, in, left);
    replace(decoder);
    in += n;
    left -= n;
  }
  return bytes.n - left;
}

size_t cn_decoder_feed(cn_decoder *decoder, cn_view bytes, bool last) {
  return decoder->iconv ? feed_iconv(decoder, bytes, last) : feed_utf8(decoder, bytes, last);
}

void cn_decoder_drop(cn_decoder *decoder, size_t n) {
  cn_buf *out = &decoder->out;
  if (decoder->replaced == 0) {
    size_t tail;
    int64_t lines = count_lines(cn_view_slice(cn_buf_view(out), 0, n), &tail);
    decoder->columns = (lines ? 0 : decoder->columns) + (int64_t)tail;
    decoder->lines += lines;
  }
  if (n) memmove(out->p, out->p + n, out->n - n);
  out->n -= n;
}

void cn_decoder_report(const cn_decoder *decoder) {
  if (!decoder->replaced) return;
  cn_document *document = decoder->document;
  cn_view message = cn_arena_format(
      document->arena, "%zu place%s cannot be read as %s and became U+FFFD; the first is in line %lld, column %lld",
      decoder->replaced, decoder->replaced == 1 ? "" : "s", decoder->charset.name, (long long)decoder->line,
      (long long)decoder->column);
  cn_document_note(document, CN_DIAG_ENCODING_REPLACED, decoder->line, decoder->column, message);
}
