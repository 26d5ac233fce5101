/* decode: bytes of one charset -> UTF-8, piece by piece. Private to source; owner of iconv. */
#ifndef CN_EXTRACT_DECODE_H
#define CN_EXTRACT_DECODE_H

#include "core/buf.h"
#include "extract/charset.h"
#include "extract/flow.h"

typedef struct cn_decoder {
  cn_document *document;
  cn_charset charset;
  void *iconv; /* iconv_t, or NULL for UTF-8 */
  cn_buf out;
  size_t replaced;        /* bytes or characters that became U+FFFD */
  int64_t line, column;   /* of the first of them */
  int64_t lines, columns; /* seen ahead of `out`: line ends, and code points after the last of them */
} cn_decoder;

/* Makes a decoder that goes away with the document; CN_USAGE where iconv does not know the charset. */
CN_MUST_USE cn_status cn_decoder_open(cn_document *document, cn_charset charset, cn_decoder **decoder);
/* Whether iconv knows it. */
bool cn_decoder_knows(cn_charset charset);
/* Appends the text of `bytes` to out and returns how many bytes it has taken: all but a character that is cut at the
 * end, and all of them where `last`. */
size_t cn_decoder_feed(cn_decoder *decoder, cn_view bytes, bool last);
/* Forgets the first n bytes of out, counting their lines. */
void cn_decoder_drop(cn_decoder *decoder, size_t n);
/* Notes encoding-replaced, where something was. */
void cn_decoder_report(const cn_decoder *decoder);

#endif
