/* HTML's elements, by what they do to the flow. In: a tag's name.  Out: what it is. Owns nothing. */
#ifndef CN_EXTRACT_HTML_TAGS_H
#define CN_EXTRACT_HTML_TAGS_H

#include "core/view.h"

typedef enum cn_tag {
  CN_TAG_INLINE,    /* and whatever is not known */
  CN_TAG_BLOCK,     /* begins and ends a paragraph: p, dd, hr */
  CN_TAG_BOX,       /* a block that may be the body or furniture: div, section, form */
  CN_TAG_FURNITURE, /* nav, footer, aside */
  CN_TAG_DROP,      /* its content is no text of the page: script, style, select */
  CN_TAG_HEADING,   /* h1 … h6 */
  CN_TAG_BREAK,
  CN_TAG_TABLE,
  CN_TAG_ROW,
  CN_TAG_CELL,
  CN_TAG_HEADER_CELL,
  CN_TAG_CAPTION,
  CN_TAG_NUMBERED, /* ol */
  CN_TAG_LIST,     /* ul, menu, dir */
  CN_TAG_ITEM,     /* li */
  CN_TAG_TERM,     /* dt */
  CN_TAG_CENTER,
  CN_TAG_LINK,     /* a */
  CN_TAG_VERBATIM, /* pre */
  CN_TAG_TITLE,
  CN_TAG_META,
  CN_TAG_SUPER, /* sup */
} cn_tag;

/* Of a lower-case name. *level gets a heading's level. */
cn_tag cn_tag_of(const char *name, uint8_t *level);

#endif
