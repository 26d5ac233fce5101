/* What the writers of this folder share: buffers that go with the arena. */
#ifndef CN_EMIT_WRITER_H
#define CN_EMIT_WRITER_H

#include "emit/emit.h"

/* An empty buffer, freed with the arena (also on the trap's way out). */
void cn_writer_buf(cn_arena *arena, cn_buf *buf);
/* An arena within the arena, to be reset at will. */
void cn_writer_arena(cn_arena *arena, cn_arena *inner);
/* Writes what the buffer holds and empties it. */
CN_MUST_USE cn_status cn_writer_send(cn_output *output, cn_buf *buf);

/* Where a notice begins for a stream that lost its notice event (jq 'select(.type=="row")'): from what a row says. */
cn_notice cn_writer_notice_of(const cn_row *row);

#endif
