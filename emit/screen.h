/* Text on a terminal: cut, padded and wrapped by columns, harmless to the terminal. */
#ifndef CN_EMIT_SCREEN_H
#define CN_EMIT_SCREEN_H

#include "core/buf.h"

typedef enum cn_ink { CN_INK_PLAIN, CN_INK_BOLD, CN_INK_DIM, CN_INK_RED, CN_INK_YELLOW, CN_INK_CYAN } cn_ink;

/* Appends `text` on one line in at most `width` columns, with … where it was cut; returns the columns used. Control
 * characters, escape sequences and bidirectional overrides in it are left out. */
size_t cn_screen_cut(cn_buf *buf, cn_view text, size_t width);
/* The same, then blanks up to `width`; `right` puts the blanks first. */
void cn_screen_pad(cn_buf *buf, cn_view text, size_t width, bool right);
/* Appends `text` on as many lines as it needs; the first begins at column `at`, the others are indented by `indent`.
 * Breaks at blanks and between ideographs. Ends without a newline. */
void cn_screen_wrap(cn_buf *buf, cn_view text, size_t at, size_t indent, size_t width);
void cn_screen_ink(cn_buf *buf, bool color, cn_ink ink);

#endif
