/* Regions: searched in the text of rules/regions.tsv as it lies, never parsed: three thousand lines that most notices
 * ask one question of. */
#include "normalize/region.h"

typedef struct region_line {
  cn_view name, code, parent;
} region_line;

/* The line around byte `at` of the table. */
static region_line line_at(cn_view table, size_t at) {
  size_t begin = at, end = cn_view_find(table, CN_VIEW("\n"), at);
  while (begin > 0 && table.p[begin - 1] != '\n') begin--;
  cn_view rest = cn_view_slice(table, begin, end == SIZE_MAX ? table.n : end);
  region_line line = {CN_VIEW(""), CN_VIEW(""), CN_VIEW("")};
  cn_view_split(&rest, '\t', &line.name);
  cn_view_split(&rest, '\t', &line.code);
  cn_view_split(&rest, '\t', &line.parent);
  return line;
}

/* The next line at or after *at whose field before a tab is exactly `name`. */
static bool next_named(cn_view table, cn_view name, size_t *at, region_line *line) {
  for (size_t hit; (hit = cn_view_find(table, name, *at)) != SIZE_MAX;) {
    *at = hit + name.n;
    bool whole = (hit == 0 || table.p[hit - 1] == '\n') && *at < table.n && table.p[*at] == '\t';
    if (!whole) continue;
    *line = line_at(table, hit);
    return true;
  }
  return false;
}

static bool said(cn_view name, const cn_view *context, size_t count) {
  /* 山东省 may be said as 山东, 济南市 as 济南; 自治区 and 自治州 keep their first two characters. */
  cn_view stem = name.n > 9 || cn_view_ends(name, CN_VIEW("省")) || cn_view_ends(name, CN_VIEW("市"))
                     ? cn_view_slice(name, 0, name.n > 9 ? 6 : name.n - 3)
                     : name;
  for (size_t i = 0; i < count; i++)
    if (context[i].n && stem.n >= 6 && cn_view_find(context[i], stem, 0) != SIZE_MAX) return true;
  return false;
}

static bool placed(cn_view table, const region_line *line, const cn_view *context, size_t count) {
  region_line parent;
  size_t at = 0;
  if (!line->parent.n) return false;
  if (said(line->parent, context, count)) return true;
  return next_named(table, line->parent, &at, &parent) && parent.parent.n && said(parent.parent, context, count);
}

cn_region_answer cn_region_code(cn_view name, const cn_view *context, size_t count, cn_view *code) {
  cn_view table = cn_rules_text(CN_RULES_REGIONS);
  region_line line;
  size_t at = 0, seen = 0, confirmed = 0;
  if (name.n < 6) return CN_REGION_UNKNOWN;
  while (next_named(table, name, &at, &line)) {
    bool county = !cn_view_ends(line.code, CN_VIEW("00"));
    seen++;
    if (county && !placed(table, &line, context, count)) continue;
    confirmed++;
    *code = line.code;
  }
  if (confirmed == 1) return CN_REGION_FOUND;
  return seen > 1 || confirmed > 1 ? CN_REGION_AMBIGUOUS : CN_REGION_UNKNOWN;
}
