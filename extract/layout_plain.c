/* layout plain: running text. In: lines.  Out: a PARAGRAPH for each, wrapped lines joined; head fields.  Always bids a
 * little, so that whatever nobody else wants is read as prose. */
#include "extract/wrap.h"

static int bid(const cn_document *document, cn_lines lines) {
  (void)document, (void)lines;
  return 1;
}

/* Head fields end where the first numbered paragraph or labelled item begins. */
static cn_status read_plain(cn_document *document, cn_window *window, cn_flow *flow) {
  uint32_t width = cn_wrap_width(window->lines);
  bool head = true;
  for (size_t i = 0; i < window->lines.count;) {
    head = head && !cn_begins_paragraph(document, cn_view_trim(window->lines.items[i].text));
    i = cn_wrap_paragraph(document, flow, window->lines, i, width, head);
  }
  return CN_OK;
}

const cn_layout cn_layout_plain = {
    .name = "plain", .help = "running text: numbered paragraphs and labelled items", .bid = bid, .read = read_plain};
