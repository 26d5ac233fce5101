/* The segmenter: a flow -> events. Finds head, blocks, columns, rows, owners and contacts; knows no format.
 *
 * In:  the flow of a document, at once or window by window.  Out: notice, block, row, contact, diagnostic, end, pushed
 * into document->out in source order: the notice first (then document->notes), contacts outside any block before the
 * first block, a block's contacts after its rows. Rows carry `cells` for normalize and nothing that normalize fills.
 * Owns nothing but what it puts in document->arena; what a flow points to is borrowed until feed returns. */
#ifndef CN_EXTRACT_SEGMENT_H
#define CN_EXTRACT_SEGMENT_H

#include "extract/flow.h"

typedef struct cn_segmenter cn_segmenter;

/* Made in document->arena, where the state that outlives a window is kept. `scratch` takes what one feed needs and is
 * rewound to where it stood before feed returns, so it may be the arena that the window's flow was made in; it must not
 * be document->arena. NULL: one flow is fed, and the document's arena takes everything. */
cn_segmenter *cn_segmenter_begin(cn_document *document, cn_arena *scratch);
/* Reads one flow. The first one must hold the whole head. `last`: nothing follows, so nothing is held back; a document
 * in one piece is one feed with last. Blocks, columns, carried-down cells and serial numbers go on from window to
 * window. */
CN_MUST_USE cn_status cn_segmenter_feed(cn_segmenter *segmenter, const cn_flow *flow, bool last);
/* Pushes what only the whole document shows (block-count-mismatch, no-rows) and the end event; on_end is the caller's.
 */
CN_MUST_USE cn_status cn_segmenter_end(cn_segmenter *segmenter);

#endif
