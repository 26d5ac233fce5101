/* md_inline: Markdown's marks inside a line, taken away: **46公顷** is 46公顷, [政务网](https://…) is 政务网. */
#ifndef CN_EXTRACT_MD_INLINE_H
#define CN_EXTRACT_MD_INLINE_H

#include "core/arena.h"

/* Bold, emphasis, strike-through, code, links, images, footnote marks, inline HTML tags, escapes and character
 * references; <br> becomes '\n'. The same view where there is nothing of the kind. */
cn_view cn_md_inline(cn_arena *arena, cn_view text);

#endif
