/* source: see source.h. In: bytes.  Out: UTF-8 text, whole or window by window, and the charset's name. */
#include "extract/source.h"

#include "core/utf8.h"
#include "extract/bytes.h"
#include "extract/charset.h"
#include "extract/decode.h"

/* Half a window is read at a time while a document streams: memory stays small, calls stay few. */
#define STEP (CN_WINDOW / 4)

static void set_charset(cn_document *document, cn_charset charset) {
  document->source.charset = cn_arena_copy(document->arena, cn_view_of(charset.name));
  if (!charset.guessed) return;
  cn_view message =
      cn_arena_format(document->arena, "the charset %s was found by statistics; name it with --charset", charset.name);
  cn_document_note(document, CN_DIAG_ENCODING_GUESSED, CN_NONE, CN_NONE, message);
}

/* What the page says of itself is believed unless its bytes say otherwise. */
static cn_charset believe(cn_charset inside, cn_view sample) {
  if (!cn_decoder_knows(inside)) return cn_charset_by_content(sample);
  if (inside.iconv) return cn_charset_is_utf8(sample) ? cn_charset_named("utf-8") : inside;
  return cn_charset_by_content(sample);
}

static cn_charset choose(const cn_document *document, const char *inside, cn_view sample) {
  cn_charset mark = cn_charset_by_mark(sample);
  if (document->input->charset) {
    cn_charset outside = cn_charset_named(document->input->charset);
    if (mark.name && strcmp(mark.name, outside.name) == 0) outside.bom = mark.bom;
    return outside;
  }
  if (mark.name) return mark;
  return inside ? believe(cn_charset_named(inside), sample) : cn_charset_by_content(sample);
}

/* A charset, once it is clear that these bytes are a text at all. */
static cn_status find_charset(cn_document *document, const char *inside, cn_view sample, cn_charset *charset) {
  *charset = choose(document, inside, sample);
  bool wide = strncmp(charset->name, "UTF-16", 6) == 0 || strncmp(charset->name, "UTF-32", 6) == 0;
  if (!wide && cn_charset_is_binary(sample))
    return cn_fail(document, CN_IO, CN_NONE, "it is no text but binary data of a kind that is not known here");
  set_charset(document, *charset);
  return CN_OK;
}

cn_status cn_source_decode(cn_document *document, const char *inside) {
  cn_charset charset;
  CN_TRY(find_charset(document, inside, cn_view_slice(document->bytes, 0, CN_WINDOW), &charset));
  cn_view bytes = cn_view_slice(document->bytes, charset.bom, document->bytes.n);
  if (!charset.iconv && cn_utf8_valid_prefix(bytes) == bytes.n && !memchr(bytes.p, 0, bytes.n)) {
    document->text = bytes;
    return CN_OK;
  }
  cn_decoder *decoder;
  CN_TRY(cn_decoder_open(document, charset, &decoder));
  cn_decoder_feed(decoder, bytes, true);
  cn_decoder_report(decoder);
  document->text = cn_buf_view(&decoder->out);
  return CN_OK;
}

struct cn_stream {
  cn_document *document;
  cn_decoder *decoder;
  cn_buf step;
  size_t at; /* bytes of the document that are decoded */
};

static void close_stream(void *what) {
  cn_stream *stream = what;
  cn_buf_free(&stream->step);
}

static bool is_ascii(cn_view v) {
  unsigned char all = 0;
  for (size_t i = 0; i < v.n; i++) all |= (unsigned char)v.p[i];
  return all < 0x80;
}

/* A piece that tells: the first bytes, or where these are all ASCII, the first that are not. */
static cn_status find_sample(cn_stream *stream, cn_view *sample) {
  cn_document *document = stream->document;
  size_t at = 0, size = document->raw->size;
  *sample = cn_view_slice(document->bytes, 0, STEP);
  while (at + STEP < size && is_ascii(*sample)) {
    at += STEP;
    CN_TRY(cn_bytes_read(document, at, cn_buf_room(&stream->step, STEP), STEP, &sample->n));
    sample->p = stream->step.p;
  }
  return CN_OK;
}

cn_status cn_stream_open(cn_document *document, cn_stream **made) {
  cn_stream *stream = cn_arena_new(document->arena, cn_stream, 1);
  stream->document = document;
  cn_buf_init(&stream->step, document->arena->trap);
  cn_arena_defer(document->arena, close_stream, stream);
  cn_view sample;
  CN_TRY(find_sample(stream, &sample));
  cn_charset charset;
  CN_TRY(find_charset(document, NULL, sample, &charset));
  CN_TRY(cn_decoder_open(document, charset, &stream->decoder));
  stream->at = charset.bom;
  *made = stream;
  return CN_OK;
}

cn_status cn_stream_next(cn_stream *stream, size_t unused, cn_view *text, bool *last) {
  cn_document *document = stream->document;
  cn_decoder *decoder = stream->decoder;
  size_t size = document->raw->size, limit = document->options->max_input;
  if (unused > (limit ? limit : CN_MAX_INPUT))
    return cn_fail(document, CN_LIMIT, CN_NONE, "a line or a quoted field is longer than the limit (--max-input)");
  cn_decoder_drop(decoder, decoder->out.n - unused);
  size_t before = decoder->out.n, step = unused > STEP ? unused : STEP;
  while (decoder->out.n == before && stream->at < size) {
    size_t got;
    CN_TRY(cn_bytes_read(document, stream->at, cn_buf_room(&stream->step, step), step, &got));
    *last = got < step || stream->at + got >= size;
    stream->at += cn_decoder_feed(decoder, (cn_view){stream->step.p, got}, *last);
    if (got == 0) stream->at = size;
  }
  *last = stream->at >= size;
  if (*last) cn_decoder_report(decoder);
  *text = cn_buf_view(&decoder->out);
  return CN_OK;
}
