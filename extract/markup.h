/* Markup: libxml2 behind one door. In: HTML as UTF-8, or an XML part of a container.  Out: HTML pushed to a handler,
 * XML pulled event by event. No network, no DTD, no entities but the five of XML; depth is bounded. markup.c is the
 * only file that includes libxml. */
#ifndef CN_EXTRACT_MARKUP_H
#define CN_EXTRACT_MARKUP_H

#include "core/arena.h"

/* ---- HTML ---- */

typedef struct cn_html_handler {
  void *self;
  /* attributes: name, value (or NULL), …, NULL; or NULL for none. Each start has its end, also where the page has none.
   */
  void (*start)(void *self, const char *name, const char *const *attributes, uint32_t line);
  void (*end)(void *self, const char *name);
  /* Entities are resolved. `line` is where the text ends. */
  void (*text)(void *self, cn_view text, uint32_t line);
} cn_html_handler;

/* Parses valid UTF-8 without U+0000. *deepest gets the line where tags were nested deeper than `max_depth` and reading
 * stopped, else 0. The same name has the same pointer throughout. */
void cn_html_parse(cn_arena *arena, cn_view text, size_t max_depth, const cn_html_handler *handler, uint32_t *deepest);

/* ---- XML ---- */

typedef enum cn_xml_event {
  CN_XML_START,
  CN_XML_END,
  CN_XML_TEXT,
  CN_XML_DONE,
  CN_XML_BROKEN, /* not well-formed, cut off, too deep, or with a document type declaration */
} cn_xml_event;

typedef struct cn_xml cn_xml;

/* The caller closes it, also when memory ends (cn_guard). */
cn_xml *cn_xml_open(cn_arena *arena, cn_view bytes);
void cn_xml_close(cn_xml *xml);
/* START, END (also after an empty element's START), TEXT; names are local names: `p` for <w:p>. */
cn_xml_event cn_xml_next(cn_xml *xml);
bool cn_xml_is(const cn_xml *xml, const char *name);
cn_view cn_xml_name(const cn_xml *xml);
/* The text of a TEXT event; valid until the next event. */
cn_view cn_xml_text(const cn_xml *xml);
/* The value of the attribute with this local name, copied to the arena; null where there is none. */
cn_view cn_xml_attribute(cn_xml *xml, const char *name);
/* The attribute as a whole number, or `otherwise`. */
int64_t cn_xml_number(cn_xml *xml, const char *name, int64_t otherwise);
/* Goes on to the END of the element whose START was read last. */
cn_xml_event cn_xml_skip(cn_xml *xml);
/* Depth of the element the last START or END was about; the root is 0. */
int cn_xml_depth(const cn_xml *xml);
int64_t cn_xml_line(const cn_xml *xml);

#endif
