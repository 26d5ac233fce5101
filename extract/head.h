/* The head of a notice while it is read: what head.c (fields, signer, dates, preface) and title.c share.
 *
 * In:  the lines ahead of the body.  Out: the notice's head fields. */
#ifndef CN_EXTRACT_HEAD_H
#define CN_EXTRACT_HEAD_H

#include "extract/outline.h"

enum { CN_HEAD_LINES = 60 };

typedef struct cn_head_line {
  cn_view text, folded; /* one line, trimmed */
  int64_t line;
  bool prose, heading, centered;
} cn_head_line;

typedef struct cn_head {
  cn_segmenter *s;
  const cn_flow *flow;
  const cn_outline *outline;
  cn_head_line *lines;
  size_t count, capacity;
  cn_view title, issuer, number, issued, published; /* as fields say */
  cn_view signer;
  cn_date signed_on;
  size_t title_first, title_last; /* lines of the title; count: none */
} cn_head;

/* Sets the notice's title, title_first and title_last: from a field, from lines, from the page's own title. */
void cn_title_find(cn_head *h);
/* The first document number of a line that is no reference to another document: 京政办发〔2016〕26号. */
bool cn_number_find(const cn_words *words, cn_view folded, size_t *begin, size_t *end);

#endif
