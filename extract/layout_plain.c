/* layout plain: running text. In: lines.  Out: a PARAGRAPH for each, wrapped lines joined; head fields.  Always bids a
 * little, so that whatever nobody else wants is read as prose. */
#include "extract/lines.h"

static int bid(const cn_document *document, cn_lines lines) {
  (void)document, (void)lines;
  return 1;
}

static cn_status read_plain(cn_document *document, cn_window *window, cn_flow *flow) {
  for (size_t i = 0; i < window->lines.count; i++) cn_text_line(document, flow, window->lines.items[i], true);
  return CN_OK;
}

const cn_layout cn_layout_plain = {
    .name = "plain", .help = "running text: numbered paragraphs and labelled items", .bid = bid, .read = read_plain};
