/* charset: which charset a document's bytes are in.
 *
 * In:  the first bytes and what is declared.  Out: a name for the record and one for iconv. Looks, never decodes. */
#ifndef CN_EXTRACT_CHARSET_H
#define CN_EXTRACT_CHARSET_H

#include "core/view.h"

typedef struct cn_charset {
  const char *name;  /* as the record gives it: UTF-8, GB18030, UTF-16LE, Big5 …; NULL: not found */
  const char *iconv; /* as iconv knows it; NULL for UTF-8, which needs none */
  size_t bom;        /* bytes of its byte order mark at the head */
  bool guessed;      /* by statistics alone */
} cn_charset;

/* A declared name: gb2312, GBK, x-gbk, cp936 and euc-cn mean GB18030, utf8 UTF-8, big5 and cp950 Big5 with its Hong
 * Kong extension. Any other name is handed to iconv as it is, and `name` is the name itself. */
cn_charset cn_charset_named(const char *name);
/* By byte order mark; name NULL where there is none. */
cn_charset cn_charset_by_mark(cn_view bytes);
/* By content, `sample` being the document's first bytes or some from its middle: strict UTF-8; UTF-8 with some damage;
 * UTF-16 without a mark; then GB18030 or Big5, the one whose common characters it is made of; then ICU's statistics. */
cn_charset cn_charset_by_content(cn_view sample);
/* Whether the bytes are strict UTF-8 and hold something beyond ASCII: then a page's own `gb2312` is a lie. A character
 * cut at the end is no error. */
bool cn_charset_is_utf8(cn_view sample);
/* Whether the bytes are those of a program, picture or archive: too many control characters for a text. */
bool cn_charset_is_binary(cn_view sample);

/* ICU's opinion (ucsdet.c): an IANA name in static memory, or NULL. Costs milliseconds: the last resort. */
const char *cn_charset_ucsdet(cn_view sample, int *confidence);

#endif
