/* space_assign: words into columns, the order of the work. See space_table.h and space_assign.h.
 *
 * In:  lines and a header.  Out: what each line is, and each word's column. */
#include "extract/space_assign.h"
#include "core/utf8.h"

/* ---- Which metric, and whether there are columns at all ---- */

static void choose_metric(cn_assigner *a) {
  uint64_t best = 0;
  size_t wide = 0, all = 0;
  for (int metric = 0; metric < CN_METRICS; metric++) {
    uint32_t seen[CN_SPACE_PLACES] = {0};
    uint64_t score = 0;
    for (size_t i = a->from; i < a->to; i++)
      for (size_t w = 1; w < a->space->lines[i].count; w++) {
        const cn_space_word *word = &a->space->lines[i].words[w];
        all++;
        if (word->gap < 2) continue;
        wide++;
        if (word->begin[metric] < CN_SPACE_PLACES) seen[word->begin[metric]]++;
      }
    for (size_t i = 0; i < CN_SPACE_PLACES; i++) score += (uint64_t)seen[i] * seen[i];
    if (metric == 0 || score >= best) a->h->metric = (cn_metric)metric;
    if (score > best) best = score;
  }
  bool gaps = false;
  for (size_t w = 1; w < a->space->lines[a->h->first].count; w++)
    gaps = gaps || a->space->lines[a->h->first].words[w].gap > 1;
  a->h->aligned = wide * 8 > all || (gaps && wide);
}

/* ---- What a line is ---- */

static const cn_space_column *task_of(const cn_space_header *h) {
  return h->task == SIZE_MAX ? NULL : &h->columns[h->task];
}

/* 一、提升审批服务效能; （二）…: a section's heading, unless such numerals are the table's own serials. */
static bool is_section(const cn_assigner *a, cn_view text) {
  cn_serial serial;
  cn_view folded = cn_fold(a->space->document->window, text).text;
  if (!cn_serial_read(folded, 0, &serial) || serial.weak || serial.end >= folded.n) return false;
  return serial.style <= CN_SERIAL_HAN_PAREN && serial.style != CN_SERIAL_NONE;
}

/* Length of the number that stands in the serial's place with the task's text right behind it: 15加强监管. 12月底前 and
 * 20家 are no such thing. */
static size_t glued_serial(const cn_assigner *a, const cn_space_word *word) {
  static const char *const units[] = {"年", "月", "日", "时", "个", "家", "项", "亿", "万", "公", "号", "人", "户"};
  const cn_space_column *task = task_of(a->h);
  size_t digits = 0, len = 0;
  if (a->h->serial == SIZE_MAX || !task) return 0;
  while (digits < word->text.n && word->text.p[digits] >= '0' && word->text.p[digits] <= '9') digits++;
  cn_view rest = cn_view_slice(word->text, digits, word->text.n);
  if (!digits || digits > 3 || !rest.n || !cn_is_han(cn_utf8_at(rest.p, &len))) return 0;
  for (size_t i = 0; i < CN_COUNT(units); i++)
    if (cn_view_starts(rest, cn_view_of(units[i]))) return 0;
  int32_t begin = (int32_t)word->begin[a->h->metric];
  return begin <= a->h->columns[a->h->serial].at + 2 && begin < task->at - 1 ? digits : 0;
}

/* 滨江街道 by itself where the numbers stand: the name of the rows below it. */
static bool is_name(const cn_assigner *a, const cn_space_line *line) {
  const cn_space_word *word = &line->words[0];
  if (a->h->serial != 0 || line->count != 1 || word->text.n < 9 || cn_space_is_number(word->text)) return false;
  if ((int32_t)word->begin[a->h->metric] > a->h->columns[0].at + 1) return false;
  return cn_word_ends(a->space->words, CN_WORD_REGION, word->text) ||
         cn_word_ends(a->space->words, CN_WORD_BODY, word->text);
}

/* Whether the line runs across the columns: a heading, a contact line, prose below the table. */
static bool runs_across(const cn_assigner *a, const cn_space_line *line) {
  cn_metric m = a->h->metric;
  const cn_space_word *first = &line->words[0];
  cn_view text = cn_view_trim(line->line.text);
  const cn_space_column *task = task_of(a->h);
  int32_t begin = (int32_t)first->begin[m], end = (int32_t)first->end[m], task_at = task ? task->at : 0;
  if (line->count == CN_SPACE_WORDS) return true;
  if (cn_looks_of(a->space->document->window, a->space->document->rules, a->space->words, text).contact ||
      *text.p == '#')
    return true;
  if (!a->h->aligned) return !cn_space_is_number(first->text) && line->count < 2;
  bool left = begin < task_at - 1;
  if (left && is_name(a, line)) return true;
  if (left && is_section(a, text)) return true;
  if (left && !cn_space_is_number(first->text) && end > task_at + 3 && !glued_serial(a, first)) return true;
  size_t c = 0;
  while (c + 1 < a->h->count && a->h->columns[c + 1].at <= begin + 1) c++;
  uint32_t width = first->end[CN_METRIC_COLUMNS] - first->begin[CN_METRIC_COLUMNS];
  return line->count == 1 && a->h->columns[c].width && width > a->h->columns[c].width + 8;
}

/* Cuts such a number off. */
static void part_serial(const cn_assigner *a, cn_space_line *line, size_t at) {
  size_t digits = at < line->count && line->count < CN_SPACE_WORDS ? glued_serial(a, &line->words[at]) : 0;
  if (!digits) return;
  cn_space_word *word = &line->words[at];
  const cn_space_column *task = task_of(a->h);
  size_t capacity = line->count;
  line->words = cn_arena_grow(a->space->document->window, line->words, line->count, &capacity, sizeof *line->words);
  memmove(line->words + at + 2, line->words + at + 1, (line->count - at - 1) * sizeof *line->words);
  word = &line->words[at];
  word[1] = *word;
  word->text.n = digits;
  word[1].text = cn_view_slice(word[1].text, digits, word[1].text.n);
  word[1].gap = 2;
  for (int m = 0; m < CN_METRICS; m++) {
    word->end[m] = word->begin[m] + (uint32_t)digits;
    word[1].begin[m] = (uint32_t)task->at > word->end[m] ? (uint32_t)task->at : word->end[m];
  }
  line->count++;
  line->looks = NULL;
}

/* ---- Page by page, line by line ---- */

/* The lines between two form feeds or, where a PDF's tables are told apart by lines that run across, two such lines:
 * columns may stand elsewhere in each. */
static size_t find_pages(const cn_assigner *a, size_t from, size_t to, cn_space_page **pages) {
  size_t count = 0, capacity = 0;
  *pages = NULL;
  for (size_t i = from; i < to; i++) {
    const cn_space_line *line = &a->space->lines[i];
    bool across = a->h->metric == CN_METRIC_POINTS && line->kind == CN_SPACE_TEXT;
    if (i > from && !line->page && !across && !line->header) continue;
    *pages = cn_arena_grow(a->space->document->window, *pages, count, &capacity, sizeof **pages);
    if (count) (*pages)[count - 1].to = i;
    (*pages)[count++] = (cn_space_page){.from = i, .to = to, .header = line->header};
  }
  return count;
}

static void find_serial(const cn_assigner *a, cn_space_line *line) {
  cn_serial serial;
  for (size_t i = 0; i < line->count; i++)
    if (line->words[i].column == a->h->serial && cn_serial_cell(line->words[i].text, &serial))
      line->serial = serial.value;
}

static void share_line(cn_assigner *a, cn_sharing *s, size_t at) {
  cn_space_line *line = &a->space->lines[at];
  cn_space_share(a, line, s);
  line->serial = CN_NONE;
  find_serial(a, line);
  if (line->serial != CN_NONE) a->last = line->serial;
}

static void share_page(cn_assigner *a, cn_sharing *s, const cn_space_page *p) {
  int64_t last = a->last;
  cn_space_enter(a, p);
  a->counting = true;
  a->local = false;
  for (size_t i = p->from; i < p->to; i++)
    if (is_cells(a, i)) share_line(a, s, i);
  if (!a->h->aligned || a->h->metric != CN_METRIC_POINTS || a->h->task == SIZE_MAX) return;
  a->local = true;
  for (int round = 0; round < 3; round++) {
    cn_space_page before = *p; /* the places of the line above: columns drift, they do not jump */
    a->last = last;
    for (size_t i = p->from; i < p->to; i++) {
      if (!is_cells(a, i)) continue;
      cn_space_move(a, i, &before, round > 0);
      share_line(a, s, i);
    }
  }
}

static void sort_lines(const cn_assigner *a, const cn_space_page *p) {
  for (size_t i = p->from; i < p->to; i++) {
    cn_space_line *line = &a->space->lines[i];
    if (line->kind == CN_SPACE_CELLS && runs_across(a, line)) line->kind = CN_SPACE_TEXT;
  }
}

void cn_space_assign(cn_space *space, cn_space_header *header, size_t from, size_t to) {
  cn_assigner a = {.space = space, .h = header, .from = from, .to = to};
  cn_sharing *s = cn_arena_new(space->document->window, cn_sharing, 1);
  cn_space_page *pages;
  a.widths = cn_arena_array(space->document->window, sizeof *a.widths, CN_SPACE_COLUMNS);
  choose_metric(&a);
  for (size_t c = 0; c < header->count; c++) header->columns[c].at = (int32_t)header->columns[c].begin[header->metric];
  for (size_t i = from; i < to; i++)
    if (space->lines[i].kind == CN_SPACE_TEXT && space->lines[i].count) space->lines[i].kind = CN_SPACE_CELLS;
  size_t count = 0;
  for (int round = 0; round < 3; round++) {
    count = find_pages(&a, from, to, &pages);
    if (header->aligned) cn_space_settle(&a, s, pages, count);
    for (size_t i = 0; round < 2 && i < count; i++) {
      cn_space_enter(&a, &pages[i]);
      sort_lines(&a, &pages[i]);
    }
    if (!header->aligned) break;
    for (size_t c = 0; count && c < header->count; c++) header->columns[c].at = pages[0].at[c];
  }
  for (size_t p = 0; p < count; p++) {
    cn_space_enter(&a, &pages[p]);
    for (size_t i = pages[p].from; i < pages[p].to; i++) {
      if (!is_cells(&a, i)) continue;
      part_serial(&a, &space->lines[i], 0);
      part_serial(&a, &space->lines[i], 1);
    }
    share_page(&a, s, &pages[p]);
  }
}
