/* source: where a document's bytes come from, and how they become UTF-8.
 *
 * In:  cn_input (memory or a descriptor: file, pipe, terminal).  Out: document->bytes, document->text,
 * document->source. Owner of iconv and nettle, and (in ucsdet.c) of ICU's charset detector. A file or pipe larger than
 * CN_WINDOW is held whole only when a reader asks for it; a pipe is spooled to an unlinked temporary file meanwhile. */
#ifndef CN_EXTRACT_SOURCE_H
#define CN_EXTRACT_SOURCE_H

#include "core/limits.h"
#include "extract/flow.h"

#define CN_WINDOW ((size_t)1 << 20)

/* Reads the input once: the first CN_WINDOW bytes go to document->bytes, size and sha256 of all of them to
 * document->source. CN_IO with a failure for what cannot be read, a directory, an empty input. */
CN_MUST_USE cn_status cn_source_open(cn_document *document);

/* All bytes to document->bytes. CN_LIMIT where they are more than max_input. */
CN_MUST_USE cn_status cn_source_load(cn_document *document);

/* Decodes document->bytes to document->text and sets document->source.charset. The charset is: the one declared from
 * outside (--charset, HTTP), else the byte order mark's, else `charset` (declared inside, as by HTML's meta; may be
 * NULL) unless the bytes contradict it (strict UTF-8 in a page that says gb2312), else the one found by content. gb2312
 * and gbk mean GB18030. Bytes that are no character become U+FFFD, with one encoding-replaced note for all; a byte
 * order mark is dropped; U+0000 becomes U+FFFD. CN_USAGE for an outside charset that nobody knows; CN_IO for bytes that
 * are no text. */
CN_MUST_USE cn_status cn_source_decode(cn_document *document, const char *charset);

/* The text of a document window by window, decoded as above (no inside charset). */
typedef struct cn_stream cn_stream;
CN_MUST_USE cn_status cn_stream_open(cn_document *document, cn_stream **stream);
/* The next window, beginning with the `unused` last bytes of the window before; *last when nothing comes after it. A
 * window holds at least one byte that is new, and ends anywhere between two characters. */
CN_MUST_USE cn_status cn_stream_next(cn_stream *stream, size_t unused, cn_view *text, bool *last);

#endif
