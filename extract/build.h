/* The builder: what a markup reader tells it (text, paragraph, table, cell), it turns into a flow.
 *
 * In:  calls in document order, well nested or not.  Out: elements in document->window's arena, page layout opened up,
 * merged cells resolved, metadata boxes as fields. HTML, DOCX, XLSX and ODF share it; it knows none of them.
 * A table is held until it ends, for only then is it known to be data or layout. Owns nothing: the arena does. */
#ifndef CN_EXTRACT_BUILD_H
#define CN_EXTRACT_BUILD_H

#include "core/limits.h"
#include "extract/flow.h"

enum { CN_BUILD_LONG = 256 }; /* rows after which a table is long enough to be emitted row by row */

/* How a paragraph stands on the page. */
typedef struct cn_style {
  uint8_t level; /* of a heading, 1..; 0 for a paragraph */
  bool centered, right;
  bool caption;  /* of the table that has begun */
  bool term;     /* <dt>: a label needs no colon */
  bool listed;   /* an item of a list without numbers */
  bool verbatim; /* blanks at the line's ends and empty lines count, as in <pre> */
} cn_style;

/* What a cell covers. */
typedef struct cn_span {
  uint32_t columns, rows; /* at least 1 each; rows may be CN_MAX_ROWSPAN for "all that follow" */
  bool header;            /* th */
  bool above;             /* it continues the cell above it, as Word's vMerge says it */
} cn_span;

typedef enum cn_item_kind { CN_ITEM_PARAGRAPH, CN_ITEM_TABLE, CN_ITEM_ROW, CN_ITEM_CELL } cn_item_kind;

/* A piece of the page, in document order; its children are the items up to `next`. */
typedef struct cn_item {
  uint8_t kind; /* cn_item_kind */
  bool header, above;
  cn_style style;
  uint16_t columns, rows;
  uint32_t line, next, block, linked;
  cn_view text;
} cn_item;

/* A box of the page (div, td …) as the body finder sees it. */
typedef struct cn_block_box {
  uint32_t parent;
  bool furniture; /* nav, footer, or named so by its class or id */
  bool on_path;   /* the body, or a box around it */
  bool in_body;
  uint32_t mass;   /* bytes of text that is neither link nor furniture, inner boxes included */
  uint32_t chrome; /* bytes of text that is */
} cn_block_box;

/* What the body finder must know of each element of the flow beside the element. */
typedef struct cn_origin {
  uint32_t block, linked;
  bool listed;
} cn_origin;

typedef struct cn_build {
  cn_document *document;
  cn_flow *flow;
  cn_arena *arena;
  cn_style style;
  bool link;
  char *text; /* the open paragraph */
  size_t length, room;
  uint32_t line, linked, block;
  cn_item *items;
  size_t count, capacity;
  uint32_t open[3 * CN_MAX_NESTING]; /* items that have not ended: table, row, cell, table … */
  size_t depth, skipped;             /* tables too deep to be opened, that are waiting for their end */
  cn_block_box *boxes;
  size_t box_count, box_capacity;
  cn_origin *origins; /* of flow->items[first_element + i] */
  size_t origin_count, origin_capacity, first_element;
  size_t pending;               /* count of elements when a label without value was the last one; 0: none */
  size_t merged, own;           /* cells carried down, cells written: the one must not run away from the other */
  void *grid;                   /* build_grid.c's own */
  size_t rows;                  /* that the outermost table has had so far */
  bool streams;                 /* the outermost table is long: its rows are emitted as they end */
  bool limit_told, keep_tables; /* keep_tables: each table is data (spreadsheets) */
} cn_build;

void cn_build_init(cn_build *build, cn_document *document, cn_flow *flow);
/* Appends text to the open paragraph as it is. */
void cn_build_text(cn_build *build, cn_view text, uint32_t line);
/* `n` writable bytes at the end of the open paragraph; the caller adds to build->length what it wrote. */
char *cn_build_room(cn_build *build, size_t n);
/* Ends the open paragraph, if it holds anything, and begins one of this style. */
void cn_build_paragraph(cn_build *build, cn_style style);
void cn_build_table(cn_build *build, uint32_t line);
void cn_build_row(cn_build *build, uint32_t line);
void cn_build_cell(cn_build *build, cn_span span, uint32_t line);
void cn_build_cell_end(cn_build *build);
void cn_build_row_end(cn_build *build);
void cn_build_table_end(cn_build *build);
/* Whether a cell of an open table is open. */
bool cn_build_in_cell(const cn_build *build);
/* Begins a box inside the current one; to end it, set build->block back to what it was. */
void cn_build_box(cn_build *build);
/* Ends whatever is open. */
void cn_build_finish(cn_build *build);
void cn_build_limit(cn_build *build, uint32_t line, const char *message);

/* The builder's own parts. build_table.c: items [from, to) to elements. */
void cn_build_emit(cn_build *build, size_t from, size_t to);
/* Appends an element with its origin. */
cn_element *cn_build_add(cn_build *build, cn_element_kind kind, const cn_item *item);
/* The outermost table's row has ended, its items beginning at `row`; the table has ended. */
void cn_build_row_done(cn_build *build, size_t row);
void cn_build_stream_end(cn_build *build);
/* build_grid.c: a data table, begun with the rows of items [begin, end) to measure; its rows; its end. */
void cn_grid_begin(cn_build *build, size_t begin, size_t end, cn_view caption);
void cn_grid_rows(cn_build *build, size_t begin, size_t end);
void cn_grid_end(cn_build *build);
/* The next row of the tables in items [at, end), or end. */
size_t cn_grid_next_row(const cn_build *build, size_t at, size_t end);
void cn_build_origin(cn_build *build, const cn_item *item);
/* build_field.c: a paragraph that is a chain of metadata (索引号：… 发文机关：…) becomes fields; false when it is none.
 */
bool cn_build_fields(cn_build *build, const cn_item *item, cn_view text);
/* A table that is a metadata box becomes fields; false when it is none. */
bool cn_build_field_box(cn_build *build, size_t table);
/* Text without its source's soft wraps ('\r'), each line trimmed, empty lines dropped. */
cn_view cn_build_tidy(cn_build *build, cn_view text);
/* All text below an item, its paragraphs joined by '\n'. */
cn_view cn_build_cell_text(cn_build *build, size_t item);
/* build_chrome.c: marks what is no part of the notice. */
void cn_build_mark_chrome(cn_build *build);
/* Whether a paragraph is page furniture by its words alone. */
bool cn_is_chrome_text(const cn_rules *rules, cn_view text);

#endif
