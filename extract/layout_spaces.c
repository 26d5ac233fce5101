/* layout spaces: tables whose columns are held apart by blanks, and the prose around them. In: lines.  Out: the usual
 * flow. See space_table.h for the parts. */
#include "extract/space_table.h"

enum { LOOK = 4000 };

static size_t next_header(const cn_space *space, size_t at, cn_space_header *header) {
  while (at < space->count && !cn_space_find_header(space, at, header)) at++;
  return at;
}

static int bid(const cn_document *document, cn_lines lines) {
  cn_document copy = *document;
  cn_arena_mark mark = cn_arena_get_mark(document->window);
  cn_space space = {.document = &copy, .words = cn_words_new(document->window, document->rules)};
  if (lines.count > LOOK) lines.count = LOOK;
  cn_space_cut(&space, lines);
  cn_space_header header;
  size_t at = next_header(&space, 0, &header), rows = 0;
  for (size_t i = at; i < space.count; i++) rows += space.lines[i].count > 1;
  cn_arena_rewind(document->window, mark);
  return at < space.count && rows > 2 ? 80 : 0;
}

/* Header and body, to the next header that is another's; a header that comes again is dropped. */
static size_t read_table(cn_space *space, cn_space_header *header) {
  size_t from = header->last + 1, to = from;
  cn_space_header next;
  for (; to < space->count; to++) {
    if (!cn_space_find_header(space, to, &next)) continue;
    if (!cn_space_same_header(header, &next)) break;
    for (size_t i = next.first; i <= next.last; i++) space->lines[i].kind = CN_SPACE_DROPPED;
    cn_space_header *again = cn_arena_new(space->document->window, cn_space_header, 1);
    *again = next;
    space->lines[next.first].header = again;
    to = next.last;
  }
  uint32_t line = space->lines[header->first].line.number;
  cn_flow_add(space->document->window, space->flow, CN_ELEMENT_TABLE, line);
  cn_grid_row row = {0};
  for (size_t c = 0; c < header->count; c++)
    cn_grid_row_add(space->document->window, &row, header->columns[c].title, line);
  cn_grid_row_emit(space->document->window, space->flow, &row, line);
  cn_space_assign(space, header, from, to);
  cn_space_rows(space, header, from, to);
  cn_flow_add(space->document->window, space->flow, CN_ELEMENT_TABLE_END, 0);
  return to;
}

static cn_status read_spaces(cn_document *document, cn_window *window, cn_flow *flow) {
  cn_space space = {.document = document, .flow = flow, .words = cn_words_new(document->window, document->rules)};
  cn_space_cut(&space, window->lines);
  cn_space_header header;
  size_t at = next_header(&space, 0, &header);
  cn_space_prose(&space, 0, at < space.count ? header.first : at);
  while (at < space.count && cn_space_find_header(&space, at, &header)) at = read_table(&space, &header);
  return CN_OK;
}

const cn_layout cn_layout_spaces = {
    .name = "spaces",
    .help = "a table whose columns are held apart by blanks, as pdftotext -layout prints it",
    .bid = bid,
    .most = 80,
    .read = read_spaces,
};
