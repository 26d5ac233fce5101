/* JSON: the escaping writer, a checker, and cJSON with what it loses put back.
 *
 * cJSON reads numbers as doubles and tells nothing of positions. The checker walks the text first and notes where each
 * value lies, in the order in which cJSON builds its nodes; the two are then zipped, so a number keeps its characters.
 */
#define CN_OWNER
#include "core/json.h"

#include "core/utf8.h"

#include <cjson/cJSON.h>

enum { MAX_DEPTH = 64 };

/* --- writing --------------------------------------------------------------------------------------------------- */

/* 1: must be escaped or may begin U+2028/9 (E2 80 A8). Everything else is copied in bulk. */
static bool is_special(unsigned char c) { return c < 0x20 || c == '"' || c == '\\' || c == 0xE2 || c == 0x7F; }

static void escape(cn_buf *buf, unsigned char c) {
  static const char hex[] = "0123456789abcdef";
  switch (c) {
  case '"': cn_buf_add(buf, "\\\"", 2); return;
  case '\\': cn_buf_add(buf, "\\\\", 2); return;
  case '\n': cn_buf_add(buf, "\\n", 2); return;
  case '\r': cn_buf_add(buf, "\\r", 2); return;
  case '\t': cn_buf_add(buf, "\\t", 2); return;
  default: {
    char u[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    cn_buf_add(buf, u, sizeof u);
  }
  }
}

/* Length of the run at s that can be copied as it is: eight bytes at a time, by the usual zero-byte trick. */
static size_t plain_run(const unsigned char *s, size_t n) {
  const uint64_t ones = 0x0101010101010101u, high = ones * 0x80;
  size_t i = 0;
  for (; n - i >= 8; i += 8) {
    uint64_t w;
    memcpy(&w, s + i, 8);
    uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\', mark = w ^ ones * 0xE2, del = w ^ ones * 0x7F;
    uint64_t low = (w - ones * 0x20) & ~w & high;
    uint64_t hit =
        (((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((mark - ones) & ~mark) | ((del - ones) & ~del)) &
        high;
    if (low | hit) break;
  }
  while (i < n && !is_special(s[i])) i++;
  return i;
}

void cn_json_write_text(cn_buf *buf, cn_view v) {
  if (!v.p) {
    cn_buf_add(buf, "null", 4);
    return;
  }
  cn_buf_add_char(buf, '"');
  const unsigned char *s = (const unsigned char *)v.p;
  for (size_t i = 0; i < v.n;) {
    size_t run = plain_run(s + i, v.n - i);
    cn_buf_add(buf, v.p + i, run);
    i += run;
    if (i == v.n) break;
    if (s[i] != 0xE2) {
      escape(buf, s[i++]);
    } else if (v.n - i >= 3 && s[i + 1] == 0x80 && (s[i + 2] == 0xA8 || s[i + 2] == 0xA9)) {
      cn_buf_add_string(buf, s[i + 2] == 0xA8 ? "\\u2028" : "\\u2029");
      i += 3;
    } else {
      cn_buf_add_char(buf, v.p[i++]);
    }
  }
  cn_buf_add_char(buf, '"');
}

/* --- checking -------------------------------------------------------------------------------------------------- */

typedef struct checker {
  cn_view text;
  size_t at;
  const char *error;
  cn_arena *arena; /* NULL: check only */
  cn_view *spans;  /* raw text of each value, in document order */
  size_t count, capacity;
} checker;

static bool fail(checker *c, const char *error) {
  if (!c->error) c->error = error;
  return false;
}

static void skip_blanks(checker *c) {
  for (; c->at < c->text.n; c->at++) {
    char b = c->text.p[c->at];
    if (b != ' ' && b != '\t' && b != '\r' && b != '\n') return;
  }
}

static int peek(const checker *c) { return c->at < c->text.n ? (unsigned char)c->text.p[c->at] : -1; }

static bool check_hex4(checker *c, unsigned *unit) {
  *unit = 0;
  for (int i = 0; i < 4; i++, c->at++) {
    int d = peek(c);
    int value = d >= '0' && d <= '9'   ? d - '0'
                : d >= 'a' && d <= 'f' ? d - 'a' + 10
                : d >= 'A' && d <= 'F' ? d - 'A' + 10
                                       : -1;
    if (value < 0) return fail(c, "a \\u escape needs four hex digits");
    *unit = *unit * 16 + (unsigned)value;
  }
  return true;
}

static bool check_escape(checker *c) {
  int e = peek(c);
  if (e <= 0 || !strchr("\"\\/bfnrtu", e)) return fail(c, "an unknown escape in a string");
  c->at++;
  unsigned unit;
  if (e != 'u') return true;
  if (!check_hex4(c, &unit)) return false;
  if (unit == 0) return fail(c, "\\u0000 is not allowed in a text");
  if (unit >= 0xDC00 && unit <= 0xDFFF) return fail(c, "a lone surrogate in a string");
  if (unit < 0xD800 || unit > 0xDBFF) return true;
  if (peek(c) != '\\' || c->at + 1 >= c->text.n || c->text.p[c->at + 1] != 'u')
    return fail(c, "a lone surrogate in a string");
  c->at += 2;
  return check_hex4(c, &unit) && ((unit >= 0xDC00 && unit <= 0xDFFF) || fail(c, "a lone surrogate in a string"));
}

static bool check_string(checker *c) {
  if (peek(c) != '"') return fail(c, "a string was expected");
  for (c->at++; c->at < c->text.n;) {
    c->at += plain_run((const unsigned char *)c->text.p + c->at, c->text.n - c->at);
    if (c->at == c->text.n) break;
    unsigned char b = (unsigned char)c->text.p[c->at];
    if (b == '"') {
      c->at++;
      return true;
    }
    if (b < 0x20) return fail(c, "a control character in a string");
    c->at++;
    if (b == '\\' && !check_escape(c)) return false;
  }
  return fail(c, "a string has no end");
}

static bool check_digits(checker *c) {
  size_t begin = c->at;
  while (peek(c) >= '0' && peek(c) <= '9') c->at++;
  return c->at > begin || fail(c, "a digit was expected");
}

static bool check_number(checker *c) {
  if (peek(c) == '-') c->at++;
  if (peek(c) == '0')
    c->at++;
  else if (!check_digits(c))
    return false;
  if (peek(c) == '.') {
    c->at++;
    if (!check_digits(c)) return false;
  }
  if (peek(c) == 'e' || peek(c) == 'E') {
    c->at++;
    if (peek(c) == '+' || peek(c) == '-') c->at++;
    if (!check_digits(c)) return false;
  }
  return true;
}

static bool check_value(checker *c, int depth);

static bool check_word(checker *c, const char *word) {
  cn_view w = cn_view_of(word);
  if (!cn_view_starts(cn_view_slice(c->text, c->at, c->text.n), w)) return fail(c, "a value was expected");
  c->at += w.n;
  return true;
}

/* One member's name, its colon and its value. */
static bool check_member(checker *c, int depth) {
  skip_blanks(c);
  if (!check_string(c)) return false;
  skip_blanks(c);
  if (peek(c) != ':') return fail(c, "a colon was expected");
  c->at++;
  return check_value(c, depth);
}

static bool check_items(checker *c, int depth, char close) {
  if (depth >= MAX_DEPTH) return fail(c, "nested too deeply");
  c->at++;
  skip_blanks(c);
  if (peek(c) == close) {
    c->at++;
    return true;
  }
  for (;;) {
    if (!(close == '}' ? check_member(c, depth + 1) : check_value(c, depth + 1))) return false;
    skip_blanks(c);
    int next = peek(c);
    c->at += next >= 0;
    if (next == close) return true;
    if (next != ',') return fail(c, close == '}' ? "a comma or } was expected" : "a comma or ] was expected");
  }
}

static bool check_value(checker *c, int depth) {
  skip_blanks(c);
  size_t begin = c->at, slot = c->count;
  bool ok;
  if (c->arena) {
    c->spans = cn_arena_grow(c->arena, c->spans, c->count, &c->capacity, sizeof *c->spans);
    c->count++;
  }
  switch (peek(c)) {
  case '{': ok = check_items(c, depth, '}'); break;
  case '[': ok = check_items(c, depth, ']'); break;
  case '"': ok = check_string(c); break;
  case 't': ok = check_word(c, "true"); break;
  case 'f': ok = check_word(c, "false"); break;
  case 'n': ok = check_word(c, "null"); break;
  default: ok = check_number(c); break;
  }
  if (ok && c->arena) c->spans[slot] = cn_view_slice(c->text, begin, c->at);
  return ok;
}

static bool check(checker *c) {
  size_t valid = cn_utf8_valid_prefix(c->text);
  if (valid < c->text.n) {
    c->at = valid;
    return fail(c, "bytes that are not UTF-8");
  }
  if (!check_value(c, 0)) return false;
  skip_blanks(c);
  return c->at == c->text.n || fail(c, "text after the value");
}

bool cn_json_valid(cn_view text, const char **error, size_t *at) {
  checker c = {.text = text};
  bool ok = check(&c);
  *error = c.error;
  *at = c.at;
  return ok;
}

/* --- reading --------------------------------------------------------------------------------------------------- */

typedef struct builder {
  cn_arena *arena;
  const cn_view *spans;
  size_t next;
  const char *error;
} builder;

static bool has_key(const cn_json *members, cn_view key) {
  for (; members; members = members->next)
    if (cn_view_equal(members->key, key)) return true;
  return false;
}

static cn_json *build(builder *b, const cJSON *node);

static void build_children(builder *b, cn_json *value, const cJSON *node) {
  const cn_json **link = &value->first;
  size_t members = 0;
  const cJSON *child;
  cJSON_ArrayForEach(child, node) {
    cn_json *made = build(b, child);
    /* Long objects are not ours; the check for doubles stays quadratic only in what a record can hold. */
    if (value->type == CN_JSON_OBJECT && members++ < 256 && has_key(value->first, made->key))
      b->error = "a key stands twice in an object";
    *link = made;
    link = &made->next;
  }
}

static cn_json *build(builder *b, const cJSON *node) {
  cn_json *value = cn_arena_alloc(b->arena, sizeof *value);
  value->raw = b->spans[b->next++];
  value->key = cn_arena_copy(b->arena, cn_view_of(node->string));
  switch (node->type & 0xFF) {
  case cJSON_True: value->truth = true; /* fall through */
  case cJSON_False: value->type = CN_JSON_BOOL; break;
  case cJSON_Number:
    value->type = CN_JSON_NUMBER;
    value->text = value->raw;
    break;
  case cJSON_String:
    value->type = CN_JSON_TEXT;
    value->text = cn_arena_copy(b->arena, cn_view_of(node->valuestring));
    break;
  case cJSON_Array: value->type = CN_JSON_LIST; break;
  case cJSON_Object: value->type = CN_JSON_OBJECT; break;
  default: value->type = CN_JSON_NULL; break;
  }
  if (value->type >= CN_JSON_LIST) build_children(b, value, node);
  return value;
}

const cn_json *cn_json_read(cn_arena *arena, cn_view text, const char **error, size_t *at) {
  checker c = {.text = text, .arena = arena};
  if (!check(&c)) {
    *error = c.error;
    *at = c.at;
    return NULL;
  }
  cJSON *tree = cJSON_ParseWithLength(text.p, text.n);
  if (!tree) cn_trap_spring(arena->trap); /* the text is valid: only memory can be missing */
  builder b = {arena, c.spans, 0, NULL};
  const cn_json *value = build(&b, tree);
  cJSON_Delete(tree);
  *error = b.error;
  *at = 0;
  return b.error ? NULL : value;
}

const cn_json *cn_json_member(const cn_json *object, const char *key) {
  if (!object || object->type != CN_JSON_OBJECT) return NULL;
  for (const cn_json *m = object->first; m; m = m->next)
    if (cn_view_is(m->key, key)) return m;
  return NULL;
}
