/* What the parts of the segmenter share: its state, and the entries of one feed on their way out.
 *
 * segment.c drives; head.c finds the notice; columns.c and rows.c read tables; outline.c and items.c read numbered
 * prose; owners.c and contacts.c read what stands inside; entries.c orders, checks and pushes. Inside extract/ only. */
#ifndef CN_EXTRACT_PARTS_H
#define CN_EXTRACT_PARTS_H

#include "core/limits.h"
#include "extract/contacts.h"
#include "extract/dates.h"
#include "extract/segment.h"
#include "extract/serial.h"
#include "extract/words.h"

typedef struct cn_column {
  cn_field field;
  cn_view header; /* as written, joined; never null */
} cn_column;

typedef struct cn_columns {
  cn_column *items;
  size_t count;
  int serial, task, deadline; /* column or -1 */
  int group;                  /* the column whose cells open blocks, or -1 */
  bool guessed;               /* no header: read by content */
  bool complementary;         /* where 责任单位 is filled 牵头单位 is empty, and the other way round */
  bool serial_in_task;        /* no serial column: tasks begin with their numbers */
} cn_columns;

typedef enum cn_entry_kind { CN_ENTRY_BLOCK, CN_ENTRY_ROW, CN_ENTRY_CONTACT, CN_ENTRY_NOTE } cn_entry_kind;

typedef struct cn_entry {
  cn_entry_kind kind;
  cn_block block; /* BLOCK; of the others only name and kind: the block they stand in */
  cn_row row;     /* ROW */
  cn_contact_line contact;
  cn_diag diag; /* NOTE */
  cn_view message;
  int64_t line, column, no;
  bool shared;          /* ROW: its serial number is a cell merged over several rows */
  bool paragraph;       /* CONTACT: found in prose, so it may be the notice's own */
  bool line_of_its_own; /* CONTACT: not from columns 联系人 and 联系电话 */
} cn_entry;

/* The block rows stand in. A heading opens none until a row follows it. */
typedef struct cn_place_block {
  cn_view name; /* null: no block */
  cn_block_kind kind;
  int64_t line;
  bool written;
} cn_place_block;

struct cn_segmenter {
  cn_document *document;
  cn_arena *keep, *scratch;
  cn_arena generations[2]; /* where `keep` lives from the second window on, in turns, so that it does not grow */
  const cn_words *words;
  cn_notice notice;
  bool begun;         /* the notice event has gone out */
  cn_columns columns; /* of the last header; count 0: none */
  cn_place_block block;
  cn_view *carried; /* last value of each column in this block; as many as columns.count */
  bool mixed;       /* this feed has a table of tasks: prose items are rows only where somebody is named */

  cn_entry *entries;
  size_t entry_count, entry_capacity;

  /* For checks over the whole document. */
  int64_t blocks, rows, diagnostics, last_no, regions, organizations, with_contact;
  cn_view without_contact; /* name of the last block that ended without contact */
  bool open_contact, open_block;
  int64_t row_line, title_line;
};

/* entries.c */
cn_entry *cn_entry_add(cn_segmenter *s, cn_entry_kind kind, int64_t line);
/* What follows stands in this block; nothing is written until a row comes. The same name again changes nothing. */
void cn_block_set(cn_segmenter *s, cn_view name, cn_block_kind kind, int64_t line);
void cn_block_clear(cn_segmenter *s);
/* Adds a row to the open block, writing the block's entry first where it waits. */
cn_entry *cn_row_add(cn_segmenter *s, int64_t line);
void cn_contact_add(cn_segmenter *s, const cn_contact *contact, int64_t line, bool paragraph);
void cn_note_add(cn_segmenter *s, cn_diag diag, int64_t line, int64_t column, int64_t no, cn_view message);
/* Pushes the entries of this feed; with `last` also what only the end shows. */
CN_MUST_USE cn_status cn_entries_push(cn_segmenter *s, bool last);
CN_MUST_USE cn_status cn_entries_finish(cn_segmenter *s);

/* columns.c */
/* Whether the row is a header: its words, not its place. */
bool cn_is_header_row(cn_segmenter *s, const cn_element *row);
/* Index of the header row among the rows of the table that begins at items[table], or SIZE_MAX. */
size_t cn_find_header(cn_segmenter *s, const cn_flow *flow, size_t table, size_t end);
/* Columns from the header at `header`; *next is the first row behind it (two-level headers take two). False: it holds
 * no task. */
bool cn_read_header(cn_segmenter *s, const cn_flow *flow, size_t header, size_t end, cn_columns *columns, size_t *next);
/* Columns of rows [begin, end) without header, by content; false where that is no list of tasks. */
bool cn_guess_columns(cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end, cn_columns *columns);
/* Decides which column opens blocks, from the rows [begin, end) under the header. */
void cn_choose_group(cn_segmenter *s, const cn_flow *flow, size_t begin, size_t end, cn_columns *columns);
/* The cell that covers a column, or NULL. */
const cn_grid_cell *cn_cell_at(const cn_element *row, size_t column);
/* How many cells hold text of their own, and the first of them. */
size_t cn_filled_cells(const cn_element *row, const cn_grid_cell **first);

/* forms.c: the flow with its forms opened into paragraphs; the same flow where there are none. */
const cn_flow *cn_forms_open(cn_segmenter *s, const cn_flow *flow);

/* rows.c: --layout lines was asked for: every row is a task. */
bool cn_is_lines(const cn_segmenter *s);
/* rows.c: the table of items (table, end), end is its TABLE_END or the flow's end. */
void cn_table_rows(cn_segmenter *s, const cn_flow *flow, size_t table, size_t end);
/* Whether that table is a list of tasks (a header that says so, or content). */
bool cn_is_task_table(cn_segmenter *s, const cn_flow *flow, size_t table, size_t end);

/* head.c: fills s->notice from what stands ahead of the body and at the end; adds the contacts found there. */
struct cn_outline;
void cn_head_read(cn_segmenter *s, const cn_flow *flow, const struct cn_outline *outline);
/* Contacts with a phone number in running text: （联系电话：0797-5521806）. */
void cn_prose_contacts(cn_segmenter *s, cn_view text, int64_t line);

/* noise.c. Lines that are nobody's text: page numbers, 此件公开发布, 扫一扫在手机打开当前页. */
bool cn_is_noise(const cn_segmenter *s, cn_view folded);
bool cn_is_page_number(cn_view folded);
/* Region or organization where the heading is such a name, else NONE. */
cn_block_kind cn_heading_kind(cn_segmenter *s, cn_view name);
/* Drops a leading serial and closing punctuation of a heading: 一、优化营商环境。 -> 优化营商环境 */
cn_view cn_heading_name(cn_segmenter *s, cn_view text);

#endif
