/* layout plain: running text. In: lines.  Out: a PARAGRAPH for each, wrapped lines joined; head fields.  Always bids a
 * little, so that whatever nobody else wants is read as prose. */
#include "extract/space_table.h"

static int bid(const cn_document *document, cn_lines lines) {
  (void)document, (void)lines;
  return 1;
}

static cn_status read_plain(cn_document *document, cn_window *window, cn_flow *flow) {
  cn_space space = {.document = document, .flow = flow, .words = cn_words_new(document->window, document->rules)};
  cn_space_cut(&space, window->lines);
  space.spaced = space.spaced && space.paged; /* a writer's own blanks stay: 民國 102 年 */
  cn_space_prose(&space, 0, space.count);
  return CN_OK;
}

const cn_layout cn_layout_plain = {
    .name = "plain", .help = "running text: numbered paragraphs and labelled items", .bid = bid, .read = read_plain};
