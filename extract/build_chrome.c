/* Page furniture: navigation, breadcrumbs, toolbars, footers. In: the elements of a page with the boxes they stand in,
 * and rules/chrome.tsv.  Out: their `chrome` marks. The body is the innermost box that holds most of the text that is
 * no link; what stands outside of it has to look like part of a notice to stay. Owns nothing. */
#include "extract/build.h"

#include "core/utf8.h"

enum { SHORT = 450 }; /* bytes: furniture is short */

static cn_view skip_separators(cn_view v) {
  while (v.n) {
    size_t n;
    uint32_t c = cn_utf8_at(v.p, &n);
    bool word = c >= 0x4E00 ? cn_is_han(c) : (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    if (word) break;
    v.p += n, v.n -= n;
  }
  return v;
}

/* Whether v begins with a word of the class; *rest gets what is behind the longest. */
static bool begins(const cn_table *table, cn_view v, const char *class, cn_view *rest) {
  const cn_rule *rule = cn_table_prefix(table, v, 0);
  for (const cn_rule *r = rule; r; r = cn_table_next(table, r)) {
    if (!cn_view_is(r->fields[1], class)) continue;
    *rest = cn_view_slice(v, cn_rule_key(r).n, v.n);
    return true;
  }
  return false;
}

static bool holds(const cn_table *table, cn_view v) {
  for (size_t i = 0; i < cn_table_count(table); i++) {
    const cn_rule *rule = cn_table_at(table, i);
    if (cn_view_is(rule->fields[1], "any") && cn_view_find(v, cn_rule_key(rule), 0) != SIZE_MAX) return true;
  }
  return false;
}

static bool is_chrome_text(const cn_table *table, cn_view text, bool outside) {
  if (text.n > SHORT) return false;
  cn_view rest, v = skip_separators(text);
  if (!v.n) return false;
  if (begins(table, v, "start", &rest) || (outside && begins(table, v, "foot", &rest))) return true;
  size_t words = 0;
  bool sure = outside;
  for (rest = v; rest.n; words++, rest = skip_separators(rest)) {
    if (begins(table, rest, "alone", &rest))
      sure = true;
    else if (!begins(table, rest, "menu", &rest))
      break;
  }
  if (!rest.n && (sure || words > 1)) return true;
  return (words && (begins(table, rest, "start", &rest) || begins(table, rest, "foot", &rest))) || holds(table, text);
}

bool cn_is_chrome_text(const cn_rules *rules, cn_view text) {
  return is_chrome_text(cn_rules_table(rules, CN_RULES_CHROME), text, true);
}

static uint32_t element_bytes(const cn_element *element) {
  size_t bytes = element->text.n;
  for (size_t i = 0; i < element->cell_count; i++) bytes += element->cells[i].merged ? 0 : element->cells[i].text.n;
  return bytes < UINT32_MAX / 4 ? (uint32_t)bytes : UINT32_MAX / 4;
}

static uint32_t plus(uint32_t a, uint32_t b) { return a > UINT32_MAX - b ? UINT32_MAX : a + b; }

static bool is_link(const cn_build *build, size_t i) {
  const cn_element *element = &build->flow->items[build->first_element + i];
  return build->origins[i].linked && (uint64_t)build->origins[i].linked * 10 >= (uint64_t)element->text.n * 7;
}

/* A table's links are counted at its TABLE element; its rows follow it. */
static void mark_table(cn_build *build, size_t i, bool chrome) {
  cn_element *items = build->flow->items + build->first_element;
  uint64_t bytes = 0;
  for (size_t k = i; k < build->origin_count && items[k].kind != CN_ELEMENT_TABLE_END; k++)
    bytes += element_bytes(&items[k]);
  if (!chrome && (uint64_t)build->origins[i].linked * 2 <= bytes) return;
  for (size_t k = i; k < build->origin_count; k++) {
    items[k].chrome = true;
    if (items[k].kind == CN_ELEMENT_TABLE_END) return;
  }
}

/* What the words alone say, and the weight of each box. */
static void weigh(cn_build *build) {
  const cn_table *table = cn_rules_table(build->document->rules, CN_RULES_CHROME);
  cn_element *items = build->flow->items + build->first_element;
  for (size_t i = 0; i < build->origin_count; i++) {
    cn_element *element = &items[i];
    if (element->kind == CN_ELEMENT_TABLE) mark_table(build, i, false);
    if (element->kind == CN_ELEMENT_FIELD) continue;
    bool running = element->kind == CN_ELEMENT_PARAGRAPH || element->kind == CN_ELEMENT_HEADING;
    if (running && is_chrome_text(table, element->text, false)) element->chrome = true;
    cn_block_box *box = &build->boxes[build->origins[i].block];
    bool furniture = element->chrome || (running && is_link(build, i));
    uint32_t *sum = furniture ? &box->chrome : &box->mass;
    *sum = plus(*sum, element_bytes(element));
  }
  for (size_t i = build->box_count; i-- > 1;) {
    cn_block_box *box = &build->boxes[i], *parent = &build->boxes[box->parent];
    parent->mass = plus(parent->mass, box->mass), parent->chrome = plus(parent->chrome, box->chrome);
  }
}

/* A box that its class calls `nav` but that holds most of the page is no furniture. */
static void find_body(cn_build *build) {
  cn_block_box *boxes = build->boxes;
  uint32_t total = boxes[0].mass, body = 0;
  boxes[0].on_path = true;
  for (uint32_t i = 1; i < build->box_count; i++) {
    boxes[i].furniture = boxes[boxes[i].parent].furniture || (boxes[i].furniture && boxes[i].mass <= total / 3);
    if (boxes[i].parent != body || (uint64_t)boxes[i].mass * 10 < (uint64_t)total * 6) continue;
    body = i;
    boxes[i].on_path = true;
  }
  boxes[body].in_body = true;
  for (uint32_t i = body + 1; i < build->box_count; i++) boxes[i].in_body = boxes[boxes[i].parent].in_body;
}

/* The widest box around `box` that does not hold the body; the box itself where it does. */
static uint32_t beside_body(const cn_build *build, uint32_t box) {
  while (!build->boxes[box].on_path && !build->boxes[build->boxes[box].parent].on_path) box = build->boxes[box].parent;
  return box;
}

/* Outside of the body a title, a sentence or a signature stays; list items, links and the small change around them go.
 */
static bool is_outside_chrome(cn_build *build, size_t i) {
  const cn_element *element = &build->flow->items[build->first_element + i];
  const cn_table *table = cn_rules_table(build->document->rules, CN_RULES_CHROME);
  if (is_link(build, i) || build->origins[i].listed || is_chrome_text(table, element->text, true)) return true;
  if (element->kind == CN_ELEMENT_HEADING || element->centered || element->right) return false;
  if (cn_view_find(element->text, CN_VIEW("。"), 0) != SIZE_MAX || element->text.n > SHORT) return false;
  if (!cn_view_is_null(build->flow->title) && cn_view_find(build->flow->title, element->text, 0) == 0) return false;
  const cn_block_box *box = &build->boxes[beside_body(build, build->origins[i].block)];
  return !box->on_path && box->chrome >= box->mass;
}

/* List items are furniture only outside of the body, so boxes are weighed again before their small change is judged. */
static void weigh_lists(cn_build *build) {
  for (size_t i = 0; i < build->origin_count; i++) {
    uint32_t box = build->origins[i].block;
    const cn_element *element = &build->flow->items[build->first_element + i];
    if (!build->origins[i].listed || build->boxes[box].in_body || element->chrome || is_link(build, i)) continue;
    cn_block_box *beside = &build->boxes[beside_body(build, box)];
    uint32_t bytes = element_bytes(element);
    beside->chrome = plus(beside->chrome, bytes);
    beside->mass = beside->mass > bytes ? beside->mass - bytes : 0;
  }
}

void cn_build_mark_chrome(cn_build *build) {
  weigh(build);
  find_body(build);
  weigh_lists(build);
  cn_element *items = build->flow->items + build->first_element;
  for (size_t i = 0; i < build->origin_count; i++) {
    cn_element *element = &items[i];
    const cn_block_box *box = &build->boxes[build->origins[i].block];
    if (element->kind == CN_ELEMENT_TABLE && box->furniture) mark_table(build, i, true);
    if (element->kind != CN_ELEMENT_PARAGRAPH && element->kind != CN_ELEMENT_HEADING) continue;
    if (box->furniture || (!box->in_body && is_outside_chrome(build, i))) element->chrome = true;
  }
}
