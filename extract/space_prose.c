/* space_prose: running text as people type it and pdftotext prints it. See space_table.h.
 *
 * In:  lines, page furniture marked.  Out: paragraphs and head fields. Wrapped lines are joined, also where the end of
 * a page with its number and blank lines has come between them. */
#include "extract/space_table.h"

/* The nearest line with text ahead of `at`; SIZE_MAX: none. */
static size_t text_before(const cn_space *space, size_t from, size_t at) {
  while (at-- > from)
    if (space->lines[at].kind == CN_SPACE_TEXT) return at;
  return SIZE_MAX;
}

static bool ends_sentence(cn_view text) {
  static const char *const ends[] = {"。", "！", "？", "；", "：", "）", ":"};
  for (size_t i = 0; i < CN_COUNT(ends); i++)
    if (cn_view_ends(text, cn_view_of(ends[i]))) return true;
  return false;
}

/* A blank line that is only a page's margin: a page ends here, and the text above has not come to an end. */
static bool is_margin(const cn_space *space, size_t from, size_t to, size_t at) {
  size_t begin = at, end = at;
  bool page = false;
  while (begin > from && space->lines[begin - 1].kind != CN_SPACE_TEXT) begin--;
  while (end < to && space->lines[end].kind != CN_SPACE_TEXT) end++;
  for (size_t i = begin; i <= end && i < to; i++)
    page = page || space->lines[i].page || space->lines[i].kind == CN_SPACE_DROPPED;
  size_t before = text_before(space, from, at);
  return page && before != SIZE_MAX && !ends_sentence(cn_view_trim(space->lines[before].line.text));
}

static cn_lines kept_lines(const cn_space *space, size_t from, size_t to) {
  cn_line *items = cn_arena_new(space->document->window, cn_line, to - from + 1);
  cn_lines lines = {items, 0};
  bool margin = false, known = false;
  for (size_t i = from; i < to; i++) {
    const cn_space_line *line = &space->lines[i];
    if (line->kind == CN_SPACE_TEXT) known = false;
    if (line->kind == CN_SPACE_DROPPED) continue;
    if (line->kind == CN_SPACE_BLANK && !known) margin = is_margin(space, from, to, i), known = true;
    if (line->kind == CN_SPACE_BLANK && margin) continue;
    items[lines.count++] = line->line;
  }
  return lines;
}

void cn_space_prose(cn_space *space, size_t from, size_t to) {
  cn_lines lines = kept_lines(space, from, to);
  uint32_t width = cn_wrap_width(lines);
  size_t first = space->flow->count;
  bool head = true;
  for (size_t i = 0; i < lines.count;) {
    head = head && !cn_begins_paragraph(space->document, cn_view_trim(lines.items[i].text));
    i = cn_wrap_paragraph(space->document, space->flow, lines, i, width, head);
  }
  for (size_t i = first; i < space->flow->count; i++)
    space->flow->items[i].text = cn_space_clean(space, space->flow->items[i].text);
}
