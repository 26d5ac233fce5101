/* read_text: the text reader's own door, for documents that stream. */
#ifndef CN_EXTRACT_READ_TEXT_H
#define CN_EXTRACT_READ_TEXT_H

#include "extract/segment.h"

/* Reads the document window by window when its layout streams, else whole, and feeds the segmenter. */
CN_MUST_USE cn_status cn_text_stream(cn_document *document);

#endif
