/* normalize: the stage. Takes each event, fills what its type needs, hands it on.
 *
 * In:  events.  Out: events.  Owns a scratch arena, rewound after each row, and the compiled deadline patterns. */
#include "normalize/normalize.h"

#include "core/limits.h"
#include "normalize/deadline.h"
#include "normalize/memo.h"
#include "normalize/people.h"
#include "normalize/region.h"
#include "normalize/target.h"

struct cn_normalizer {
  cn_sink out;
  cn_arena scratch; /* of one row */
  cn_arena notice;  /* of one notice: its context for regions */
  const cn_target_rules *targets;
  const cn_people_rules *people;
  cn_deadlines *deadlines;
  cn_memo deadline_memo, people_memo;
  cn_memo region_memo; /* of one notice */
  cn_buf key;          /* of a memo */
  bool all;
  cn_view context[3]; /* title, issuer, preface */
  int64_t block_year; /* a year in the block's heading */
  cn_date issued;     /* where the notice's year can only come from it: the title names none */
};

/* The first four-digit year in a heading or header: 2021年完成时限. */
static int64_t year_in(cn_arena *arena, cn_view text) {
  cn_view folded = text.p ? cn_fold(arena, text).text : CN_VIEW("");
  for (size_t i = 0; i + 4 < folded.n; i++) {
    if ((i > 0 && folded.p[i - 1] >= '0' && folded.p[i - 1] <= '9') || (folded.p[i] != '1' && folded.p[i] != '2'))
      continue;
    cn_decimal year = cn_decimal_parse(cn_view_slice(folded, i, i + 4));
    bool plausible = year.known && year.scale == 0 && year.mantissa >= 1949 && year.mantissa <= 2099;
    if (plausible && cn_view_starts(cn_view_slice(folded, i + 4, folded.n), CN_VIEW("年"))) return year.mantissa;
  }
  return CN_NONE;
}

static cn_status on_notice(cn_normalizer *n, const cn_event *event) {
  cn_arena_reset(&n->notice);
  cn_memo_empty(&n->region_memo);
  n->context[0] = cn_arena_copy(&n->notice, event->notice->title);
  n->context[1] = cn_arena_copy(&n->notice, event->notice->issuer);
  n->context[2] = cn_arena_copy(&n->notice, event->notice->preface);
  n->block_year = CN_NONE;
  bool titled = year_in(&n->scratch, event->notice->title) != CN_NONE;
  n->issued = titled || event->notice->issued.year != event->notice->year ? (cn_date){0} : event->notice->issued;
  return cn_push(&n->out, event);
}

/* A long notice says its cities again and again. What is ambiguous is asked anew, for its diagnostic. */
static cn_region_answer region_of(cn_normalizer *n, cn_block *block) {
  const cn_block *known = cn_memo_find(&n->region_memo, block->name);
  if (known) {
    block->adcode = known->adcode;
    return CN_REGION_FOUND;
  }
  cn_region_answer answer = cn_region_code(block->name, n->context, CN_COUNT(n->context), &block->adcode);
  cn_block only = {.adcode = block->adcode};
  if (answer != CN_REGION_AMBIGUOUS) cn_memo_put(&n->region_memo, block->name, &cn_block_shape, &only);
  return answer;
}

static cn_status on_block(cn_normalizer *n, const cn_event *event) {
  cn_block block = *event->block;
  cn_event copy = *event;
  copy.block = &block;
  n->block_year = year_in(&n->scratch, block.name);
  cn_region_answer answer = CN_REGION_UNKNOWN;
  if (block.kind == CN_BLOCK_KIND_REGION && !block.adcode.p) answer = region_of(n, &block);
  CN_TRY(cn_push(&n->out, &copy));
  if (answer != CN_REGION_AMBIGUOUS) return CN_OK;
  cn_place place = {event->block->notice, block.name, block.line, CN_NONE, CN_NONE};
  return cn_diagnose(&n->out, CN_DIAG_REGION_AMBIGUOUS, place,
                     cn_arena_format(&n->scratch,
                                     "\"%.*s\" stands for several regions and the notice does not say where it is",
                                     (int)block.name.n, block.name.p));
}

static cn_status on_contact(cn_normalizer *n, const cn_event *event) {
  cn_contact_line contact = *event->contact;
  cn_event copy = *event;
  copy.contact = &contact;
  if (contact.person.p) contact.person = cn_person_name(&n->scratch, contact.person);
  return cn_push(&n->out, &copy);
}

static const cn_cell *find_cell(const cn_row *row, cn_field field) {
  for (size_t i = 0; i < row->cells.n; i++)
    if (row->cells.items[i].field == field) return &row->cells.items[i];
  return NULL;
}

static bool is_owner(cn_field field) {
  return field == CN_FIELD_PERSON || field == CN_FIELD_UNIT || field == CN_FIELD_LEAD || field == CN_FIELD_SUPPORT ||
         field == CN_FIELD_SUPERVISOR || field == CN_FIELD_OWNER;
}

/* --- one row ----------------------------------------------------------------------------------------------------- */

static void key_text(cn_buf *key, cn_view text) {
  cn_buf_add_view(key, text);
  cn_buf_add_char(key, 0x1F);
}

static void key_bytes(cn_buf *key, const void *p, size_t size) { cn_buf_add(key, p, size); }

static cn_status read_people(cn_normalizer *n, cn_row *row, const cn_sink *out, cn_place place) {
  cn_responsible_builder list = {NULL, 0, 0};
  for (size_t i = 0; i < row->cells.n; i++)
    if (is_owner(row->cells.items[i].field))
      CN_TRY(cn_people_read(&n->scratch, n->people, &row->cells.items[i], out, place, &list));
  row->responsible.items = list.items;
  row->responsible.n = list.n;
  return CN_OK;
}

/* Hardly any row names others than a row before it. */
static cn_status fill_people(cn_normalizer *n, cn_row *row, cn_place place) {
  cn_buf_reset(&n->key);
  for (size_t i = 0; i < row->cells.n; i++) {
    const cn_cell *cell = &row->cells.items[i];
    if (!is_owner(cell->field)) continue;
    key_bytes(&n->key, &cell->field, sizeof cell->field);
    key_text(&n->key, cell->header);
    key_text(&n->key, cell->text);
  }
  const cn_row *known = cn_memo_find(&n->people_memo, cn_buf_view(&n->key));
  if (known) {
    row->responsible = known->responsible;
    return CN_OK;
  }
  cn_witness witness = {&n->out, 0};
  cn_sink out = cn_witness_sink(&witness);
  CN_TRY(read_people(n, row, &out, place));
  cn_row only = {.responsible = row->responsible};
  if (!witness.count) cn_memo_put(&n->people_memo, cn_buf_view(&n->key), &cn_row_shape, &only);
  return CN_OK;
}

static cn_status fill_deadline(cn_normalizer *n, cn_row *row, cn_years years, cn_place place) {
  const cn_cell *cell = find_cell(row, CN_FIELD_DEADLINE);
  if (!cell || !cell->text.n) return CN_OK;
  const int64_t context[] = {years.block, years.notice, years.issued.year, years.issued.month, years.issued.day};
  cn_buf_reset(&n->key);
  key_text(&n->key, cell->text);
  key_text(&n->key, cell->header);
  key_bytes(&n->key, context, sizeof context);
  row->deadline = cn_memo_find(&n->deadline_memo, cn_buf_view(&n->key));
  if (row->deadline) return CN_OK;
  years.header = year_in(&n->scratch, cell->header);
  cn_folded text = cn_fold(&n->scratch, cell->text);
  cn_witness witness = {&n->out, 0};
  cn_sink out = cn_witness_sink(&witness);
  CN_TRY(cn_deadline_read(&n->scratch, n->deadlines, &text, years, &out, place, &row->deadline));
  if (!witness.count) cn_memo_put(&n->deadline_memo, cn_buf_view(&n->key), &cn_deadline_shape, row->deadline);
  return CN_OK;
}

/* The deadline decides alone where there is one: 长期坚持 has no due date whatever the task says. */
static cn_date due_of(const cn_row *row) {
  cn_date due = {0, 0, 0};
  if (row->deadline) return row->deadline->due;
  for (size_t i = 0; i < row->dates.n; i++)
    if (cn_date_known(row->dates.items[i].end)) due = row->dates.items[i].end;
  return due;
}

static cn_status fill_task(cn_normalizer *n, cn_row *row, cn_years years, cn_place place) {
  cn_times times = {{NULL, 0}, {NULL, 0}};
  cn_target_result found = {{NULL, 0}, {NULL, 0}};
  if (!row->task.n) return CN_OK;
  if (row->task.n > CN_MAX_TASK)
    return cn_diagnose(&n->out, CN_DIAG_LIMIT_EXCEEDED, place,
                       cn_arena_format(&n->scratch,
                                       "a task of %zu bytes is longer than the %zu that are read for numbers and dates",
                                       row->task.n, CN_MAX_TASK));
  cn_folded task = cn_fold(&n->scratch, row->task);
  CN_TRY(cn_times_find(&n->scratch, n->deadlines, &task, years, &n->out, place, &times));
  CN_TRY(cn_targets_find(&n->scratch, n->targets, &task, times.spans, n->all, &n->out, place, &found));
  row->dates = times.dates;
  row->targets = found.targets;
  row->mentions = found.mentions;
  return CN_OK;
}

static cn_status on_row(cn_normalizer *n, const cn_event *event) {
  cn_row row = *event->row;
  cn_event copy = *event;
  copy.row = &row;
  copy.normalized = true;
  cn_place place = {row.notice, row.block, row.line, CN_NONE, row.no};
  cn_years years = {CN_NONE, n->block_year, row.year, n->issued};
  CN_TRY(fill_task(n, &row, years, place));
  CN_TRY(fill_deadline(n, &row, years, place));
  CN_TRY(fill_people(n, &row, place));
  row.due = due_of(&row);
  row.cells = (cn_cell_list){NULL, 0};
  return cn_push(&n->out, &copy);
}

static cn_status on_event(void *self, const cn_event *event) {
  cn_normalizer *n = self;
  cn_arena_reset(&n->scratch);
  switch (event->type) {
  case CN_EVENT_NOTICE: return on_notice(n, event);
  case CN_EVENT_BLOCK: return on_block(n, event);
  case CN_EVENT_CONTACT: return on_contact(n, event);
  case CN_EVENT_ROW: return event->normalized ? cn_push(&n->out, event) : on_row(n, event);
  case CN_EVENT_DIAGNOSTIC:
  case CN_EVENT_END: break;
  }
  return cn_push(&n->out, event);
}

static cn_status on_end(void *self) { return cn_push_end(&((cn_normalizer *)self)->out); }

static void free_normalizer(void *n) { cn_normalizer_free(n); }

cn_status cn_normalizer_new(cn_arena *arena, const cn_rules *rules, const cn_normalize_options *options,
                            const cn_sink *out, cn_normalizer **normalizer, cn_view *error) {
  cn_normalizer *n = cn_arena_alloc(arena, sizeof *n);
  n->out = *out;
  n->all = options->all;
  n->block_year = CN_NONE;
  cn_arena_init(&n->scratch, arena->trap);
  cn_arena_init(&n->notice, arena->trap);
  cn_memo_init(&n->deadline_memo, arena->trap);
  cn_memo_init(&n->people_memo, arena->trap);
  cn_memo_init(&n->region_memo, arena->trap);
  cn_buf_init(&n->key, arena->trap);
  n->people = cn_people_rules_new(arena, rules);
  n->targets = cn_target_rules_new(arena, rules, cn_quantity_rules_new(arena, rules));
  CN_TRY(cn_deadlines_new(arena, rules, options->holidays, &n->deadlines, error));
  cn_arena_defer(arena, free_normalizer, n);
  *normalizer = n;
  return CN_OK;
}

cn_sink cn_normalizer_sink(cn_normalizer *n) { return (cn_sink){n, on_event, on_end}; }

void cn_normalizer_free(cn_normalizer *n) {
  if (n->deadlines) cn_deadlines_free(n->deadlines);
  n->deadlines = NULL;
  cn_arena_free(&n->scratch);
  cn_arena_free(&n->notice);
  cn_memo_free(&n->deadline_memo);
  cn_memo_free(&n->people_memo);
  cn_memo_free(&n->region_memo);
  cn_buf_free(&n->key);
}
