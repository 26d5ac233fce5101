/* HTML's elements: see html_tags.h. One table in the order of the alphabet, searched by halving. */
#include "extract/html_tags.h"

static const struct {
  const char *name;
  cn_tag tag;
} tags[] = {
    {"a", CN_TAG_LINK},
    {"address", CN_TAG_BLOCK},
    {"applet", CN_TAG_DROP},
    {"article", CN_TAG_BOX},
    {"aside", CN_TAG_FURNITURE},
    {"audio", CN_TAG_DROP},
    {"blockquote", CN_TAG_BOX},
    {"body", CN_TAG_BLOCK},
    {"br", CN_TAG_BREAK},
    {"button", CN_TAG_DROP},
    {"canvas", CN_TAG_DROP},
    {"caption", CN_TAG_CAPTION},
    {"center", CN_TAG_CENTER},
    {"datalist", CN_TAG_DROP},
    {"dd", CN_TAG_BLOCK},
    {"details", CN_TAG_BOX},
    {"dialog", CN_TAG_DROP},
    {"dir", CN_TAG_LIST},
    {"div", CN_TAG_BOX},
    {"dl", CN_TAG_BOX},
    {"dt", CN_TAG_TERM},
    {"embed", CN_TAG_DROP},
    {"fieldset", CN_TAG_BOX},
    {"figcaption", CN_TAG_BLOCK},
    {"figure", CN_TAG_BLOCK},
    {"footer", CN_TAG_FURNITURE},
    {"form", CN_TAG_BOX},
    {"frameset", CN_TAG_DROP},
    {"h1", CN_TAG_HEADING},
    {"h2", CN_TAG_HEADING},
    {"h3", CN_TAG_HEADING},
    {"h4", CN_TAG_HEADING},
    {"h5", CN_TAG_HEADING},
    {"h6", CN_TAG_HEADING},
    {"header", CN_TAG_BOX},
    {"hr", CN_TAG_BLOCK},
    {"iframe", CN_TAG_DROP},
    {"li", CN_TAG_ITEM},
    {"listing", CN_TAG_VERBATIM},
    {"main", CN_TAG_BOX},
    {"map", CN_TAG_DROP},
    {"math", CN_TAG_DROP},
    {"menu", CN_TAG_LIST},
    {"meta", CN_TAG_META},
    {"nav", CN_TAG_FURNITURE},
    {"noframes", CN_TAG_DROP},
    {"noscript", CN_TAG_DROP},
    {"object", CN_TAG_DROP},
    {"ol", CN_TAG_NUMBERED},
    {"optgroup", CN_TAG_DROP},
    {"option", CN_TAG_DROP},
    {"p", CN_TAG_BLOCK},
    {"plaintext", CN_TAG_VERBATIM},
    {"pre", CN_TAG_VERBATIM},
    {"rp", CN_TAG_DROP},
    {"rt", CN_TAG_DROP},
    {"script", CN_TAG_DROP},
    {"section", CN_TAG_BOX},
    {"select", CN_TAG_DROP},
    {"style", CN_TAG_DROP},
    {"summary", CN_TAG_BLOCK},
    {"sup", CN_TAG_SUPER},
    {"svg", CN_TAG_DROP},
    {"table", CN_TAG_TABLE},
    {"td", CN_TAG_CELL},
    {"template", CN_TAG_DROP},
    {"textarea", CN_TAG_DROP},
    {"th", CN_TAG_HEADER_CELL},
    {"title", CN_TAG_TITLE},
    {"tr", CN_TAG_ROW},
    {"ul", CN_TAG_LIST},
    {"video", CN_TAG_DROP},
    {"xmp", CN_TAG_VERBATIM},
};

cn_tag cn_tag_of(const char *name, uint8_t *level) {
  size_t low = 0, high = CN_COUNT(tags);
  while (low < high) {
    size_t middle = (low + high) / 2;
    int order = strcmp(name, tags[middle].name);
    if (order == 0) {
      *level = tags[middle].tag == CN_TAG_HEADING ? (uint8_t)(name[1] - '0') : 0;
      return tags[middle].tag;
    }
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return CN_TAG_INLINE;
}
