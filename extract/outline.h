/* The outline of a notice's prose: its paragraphs as one text, and the tree of its numbered items and headings.
 *
 * In:  the paragraphs of a flow that stand outside its tables.  Out: nodes in the order of the text, in the scratch
 * arena. outline.c finds the markers and nests them; items.c says which of the nodes are rows and which are blocks. */
#ifndef CN_EXTRACT_OUTLINE_H
#define CN_EXTRACT_OUTLINE_H

#include "extract/labels.h"
#include "extract/parts.h"

typedef enum cn_para_kind {
  CN_PARA_TEXT,
  CN_PARA_CONTACT, /* 联系人：… */
  CN_PARA_STOP,    /* a date alone, 附件：…, （此件公开发布）: ends what stands above */
} cn_para_kind;

typedef struct cn_para {
  size_t begin, end; /* folded bytes */
  size_t element;    /* index in the flow */
  int64_t line;
  cn_para_kind kind;
  uint8_t level; /* of a HEADING, 1..; 0: a paragraph */
  bool centered, right;
  bool after_table, before_table; /* a table stands between it and the paragraph before, or the one behind */
} cn_para;

typedef struct cn_prose {
  cn_folded text; /* paragraphs, '\n' between them */
  cn_para *paras;
  size_t count;
} cn_prose;

typedef enum cn_node_kind { CN_NODE_SERIAL, CN_NODE_HEADING, CN_NODE_NAME, CN_NODE_LABEL, CN_NODE_STOP } cn_node_kind;

typedef struct cn_node {
  cn_node_kind kind;
  cn_serial serial;
  int rank;           /* smaller is higher */
  size_t begin, text; /* of the marker, and behind it */
  size_t next, end;   /* where the next node begins, and the next that is not below this one */
  size_t para;
  size_t parent, child, sibling; /* node indexes; SIZE_MAX: none */
  size_t children;
  bool owned; /* names somebody or a term in its own text */
  bool owned_below;
  bool shares; /* a heading that names somebody for all items below it: 一、教育类（牵头单位：市教育局） */
  bool maybe; /* NAME: an unnumbered line that is a heading only where others are */
  bool row;
  bool beside_row; /* a node of the same rank under the same parent is a row: an item, no heading */
} cn_node;

typedef struct cn_outline {
  cn_prose prose;
  cn_node *nodes;
  size_t count, capacity;
  size_t articles; /* nodes 第X条: a regulation */
} cn_outline;

/* Paragraphs of the flow outside its tables, without chrome and page numbers. */
void cn_prose_make(cn_segmenter *s, const cn_flow *flow, cn_prose *prose);
/* Finds the nodes and their tree. Linear in the text. */
void cn_outline_make(cn_segmenter *s, cn_outline *outline);
/* The paragraph that holds the byte. */
size_t cn_para_at(const cn_prose *prose, size_t at);
/* The heading in a node's own text: its first line or sentence when short; null when it is running text. */
cn_view cn_node_heading(const cn_outline *outline, const cn_node *node);

/* items.c */
/* Marks the rows. `regulation`: the title says that the notice is no task list. */
void cn_items_choose(cn_segmenter *s, cn_outline *outline, bool regulation);
/* Adds entries for the nodes [from, to) and leaves the block that a table behind them stands in. */
void cn_items_add(cn_segmenter *s, const cn_outline *outline, size_t from, size_t to);

#endif
