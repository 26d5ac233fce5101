/* The flow: what every reader makes of a document, whatever its container, and what the segmenter reads.
 *
 * A flow is the document's own order of paragraphs and tables, with line breaks inside cells kept, layout tables
 * already opened up, merged cells resolved and page chrome marked. A reader (readers.def) fills it from bytes; a text
 * layout (layouts.def) fills it from lines. The segmenter then finds head, blocks, columns, rows and contacts in it.
 * A text layout may put a PARAGRAPH between the rows of a table: a line such as 联系人：… that stands there in one
 * piece. All views point into the document or its arena. Nothing in here knows a format. */
#ifndef CN_EXTRACT_FLOW_H
#define CN_EXTRACT_FLOW_H

#include "core/arena.h"
#include "extract/extract.h"

typedef enum cn_element_kind {
  CN_ELEMENT_PARAGRAPH, /* running text; `text` is trimmed, inner line wraps joined, hard breaks are '\n' */
  CN_ELEMENT_HEADING,   /* marked as heading by the format (h1, #, a Word heading style); level 1.. */
  CN_ELEMENT_FIELD,     /* a labelled head field from a metadata box: `label` 发文机关, `text` its value */
  CN_ELEMENT_TABLE,     /* a table begins; its rows follow; `text` is its caption or null */
  CN_ELEMENT_ROW,       /* a table row: cells */
  CN_ELEMENT_TABLE_END,
} cn_element_kind;

typedef struct cn_grid_cell {
  cn_view text;     /* trimmed, paragraphs and <br> as '\n' */
  uint32_t line;    /* source line it begins on */
  uint16_t column;  /* 0-based, after merged cells are resolved */
  uint16_t columns; /* how many it covers; 1 where not merged */
  bool header;      /* marked as header by the format (th) */
  bool merged;      /* not written here: carried down from a cell merged over several rows */
} cn_grid_cell;

typedef struct cn_element {
  cn_element_kind kind;
  uint8_t level;
  bool chrome;          /* navigation, footer, toolbar: known by the reader to be no part of the notice */
  bool centered, right; /* alignment, where the format tells: titles are centred, signatures stand right */
  uint32_t line;        /* 1-based, in the decoded text; 0 unknown */
  uint32_t indent;      /* leading blanks in columns, of a text line */
  cn_view label;
  cn_view text;
  const cn_grid_cell *cells; /* of a ROW, in column order */
  size_t cell_count;
} cn_element;

typedef struct cn_flow {
  cn_element *items;
  size_t count, capacity;
  cn_view title; /* from the container (<title>, core.xml); a hint only */
} cn_flow;

/* Appends a zeroed element of `kind` and returns it. */
cn_element *cn_flow_add(cn_arena *arena, cn_flow *flow, cn_element_kind kind, uint32_t line);

/* A diagnostic that waits for the notice event. */
typedef struct cn_note {
  cn_diagnostic diagnostic;
  struct cn_note *next;
} cn_note;

/* The document while it is read. */
typedef struct cn_document {
  cn_arena *arena;  /* lives as long as the document: what the segmenter keeps from one flow to the next */
  cn_arena *window; /* lives until the flow has been fed to the segmenter: elements, cells and joined texts. The
                       same as `arena` where the document is read whole; rewound per window where it streams */
  const cn_rules *rules;
  const cn_extract_options *options;
  const cn_input *input;
  const cn_sink *out; /* for diagnostics only, until the segmenter runs */
  cn_failure *failure;
  cn_view bytes;              /* as they came; only the first window of a document that streams */
  cn_view text;               /* decoded to UTF-8, for text formats; null for containers */
  cn_source source;           /* name, media_type, charset, size, sha256 */
  cn_note *notes, *last_note; /* diagnostics found before the notice event, to be pushed after it */
  struct cn_bytes *raw;       /* where bytes come from: source.c's own */
  const char *layout;         /* the layout that reads, once chosen; NULL for containers */
} cn_document;

/* Fills document->failure and returns `status`: `return cn_fail(document, CN_IO, CN_NONE, "the file is empty");` */
CN_MUST_USE cn_status cn_fail(cn_document *document, cn_status status, int64_t line, const char *format, ...)
    CN_PRINTF(4, 5);

/* Remembers a diagnostic until the notice event has gone out. */
void cn_document_note(cn_document *document, cn_diag code, int64_t line, int64_t column, cn_view message);

/* A reader: one container format. `matches` looks at the first bytes only (content, never the extension). */
typedef struct cn_reader {
  const char *name, *media_type;
  bool (*matches)(cn_view bytes, const cn_input *input);
  CN_MUST_USE cn_status (*read)(cn_document *document, cn_flow *flow);
} cn_reader;

/* A text layout. `bid` looks at the first window's lines and answers 0 (not mine) to 100 (certainly); `read` turns a
 * window into a flow. Only a layout that streams sees more than one window. */
typedef struct cn_line {
  cn_view text;    /* the source's own bytes, without line end */
  uint32_t number; /* 1-based */
} cn_line;

typedef struct cn_lines {
  const cn_line *items;
  size_t count;
} cn_lines;

typedef struct cn_window {
  cn_lines lines;
  bool first, last;
  size_t
      used; /* read sets it to the lines it has taken; the others come again, with more behind them (not when last) */
  void *state; /* read's own, from one window to the next; allocate it in document->arena */
} cn_window;

typedef struct cn_layout {
  const char *name, *help;
  int (*bid)(const cn_document *document, cn_lines lines);
  int most; /* its highest bid, 0: not said; a layout that cannot win is not asked, since asking may cost */
  CN_MUST_USE cn_status (*read)(cn_document *document, cn_window *window, cn_flow *flow);
  bool streams; /* a window of lines can be read by itself: rows never depend on lines far ahead */
} cn_layout;

#endif
