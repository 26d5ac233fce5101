/* JSON: a bulk-escaping writer, and reading through cJSON with what cJSON loses put back.
 *
 * The only file that includes cJSON.h is json.c. Text is validated before cJSON sees it (UTF-8, depth, one value, no
 * duplicate keys) and numbers keep their own characters, so 2100000000000.01 comes back exact. Building cJSON trees for
 * output costs nine times a direct writer, so output never goes through it. */
#ifndef CN_JSON_H
#define CN_JSON_H

#include "core/arena.h"
#include "core/buf.h"
#include "core/decimal.h"

/* Appends "v" escaped: " \ and controls, U+2028 and U+2029 as \uXXXX; null where v is null. */
void cn_json_write_text(cn_buf *buf, cn_view v);

typedef enum cn_json_type {
  CN_JSON_NULL,
  CN_JSON_BOOL,
  CN_JSON_NUMBER,
  CN_JSON_TEXT,
  CN_JSON_LIST,
  CN_JSON_OBJECT
} cn_json_type;

typedef struct cn_json {
  cn_json_type type;
  bool truth;
  cn_view key;  /* of a member, unescaped */
  cn_view text; /* TEXT: unescaped; NUMBER: the characters as written */
  cn_view raw;  /* the value's own bytes in the input */
  const struct cn_json *first, *next;
} cn_json;

/* Parses one JSON value that fills `text` (blanks around it allowed) into arena. On failure NULL, with *error (one
 * sentence) and *at (byte offset). Depth is limited to 64. */
const cn_json *cn_json_read(cn_arena *arena, cn_view text, const char **error, size_t *at);
/* The member with exactly this key, or NULL. */
const cn_json *cn_json_member(const cn_json *object, const char *key);
/* Checks `text` without building anything, as above. */
bool cn_json_valid(cn_view text, const char **error, size_t *at);

#endif
