/* The registry: readers by content, layouts by name or bid. To add one: its file and one line in readers.def or
 * layouts.def. */
#ifndef CN_EXTRACT_REGISTRY_H
#define CN_EXTRACT_REGISTRY_H

#include "extract/flow.h"

#define CN_READER(name) extern const cn_reader cn_reader_##name;
#include "extract/readers.def"
#define CN_LAYOUT(name) extern const cn_layout cn_layout_##name;
#include "extract/layouts.def"

/* The first reader that matches the first bytes; never NULL, for text takes what nobody else does. */
const cn_reader *cn_reader_for(cn_view bytes, const cn_input *input);
/* The layout of that name, or NULL. */
const cn_layout *cn_layout_find(const char *name);
/* The layout with the best bid for these lines; never NULL, for plain always bids. */
const cn_layout *cn_layout_for(const cn_document *document, cn_lines lines);

#endif
