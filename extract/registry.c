/* The registry: see registry.h. */
#include "extract/registry.h"

static const cn_reader *const readers[] = {
#define CN_READER(name) &cn_reader_##name,
#include "extract/readers.def"
};

static const cn_layout *const layouts[] = {
#define CN_LAYOUT(name) &cn_layout_##name,
#include "extract/layouts.def"
};

const cn_reader *cn_reader_for(cn_view bytes, const cn_input *input) {
  for (size_t i = 0; i < CN_COUNT(readers); i++)
    if (readers[i]->matches(bytes, input)) return readers[i];
  return &cn_reader_text;
}

const cn_layout *cn_layout_find(const char *name) {
  for (size_t i = 0; i < CN_COUNT(layouts); i++)
    if (strcmp(layouts[i]->name, name) == 0) return layouts[i];
  return NULL;
}

const cn_layout *cn_layout_for(const cn_document *document, cn_lines lines) {
  const cn_layout *best = &cn_layout_plain;
  int best_bid = 0;
  for (size_t i = 0; i < CN_COUNT(layouts); i++) {
    if (layouts[i]->most && layouts[i]->most <= best_bid) continue;
    int bid = layouts[i]->bid(document, lines);
    if (bid > best_bid) best = layouts[i], best_bid = bid;
  }
  return best;
}

const char *cn_layout_name(size_t i) { return i < CN_COUNT(layouts) ? layouts[i]->name : NULL; }
const char *cn_layout_help(size_t i) { return i < CN_COUNT(layouts) ? layouts[i]->help : NULL; }
