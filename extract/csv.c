/* csv: see csv.h. In: lines.  Out: rows of cells.  Owns nothing; a field with doubled quotes or CRLF inside is copied.
 */
#include "extract/csv.h"

#include "core/utf8.h"

/* Where a reader of one record stands. */
typedef struct place {
  size_t line; /* index */
  const char *p;
} place;

static const char *line_end(const cn_csv *csv, size_t line) {
  cn_view text = csv->lines.items[line].text;
  return text.p + text.n;
}

static bool is_blank(char c, char separator) { return (c == ' ' || c == '\t') && c != separator; }

/* Finds the quote that closes the field opened just before `at`; false where the lines end first. */
static bool find_close(const cn_csv *csv, place at, place *close) {
  for (; at.line < csv->lines.count;
       at.line++, at.p = at.line < csv->lines.count ? csv->lines.items[at.line].text.p : NULL) {
    const char *end = line_end(csv, at.line), *quote;
    while (at.p < end && (quote = memchr(at.p, '"', (size_t)(end - at.p)))) {
      if (quote + 1 == end || quote[1] != '"') {
        *close = (place){at.line, quote};
        return true;
      }
      at.p = quote + 2;
    }
  }
  return false;
}

/* The field between the quotes: lines joined by LF, "" made ". */
static cn_view unquote(const cn_csv *csv, place open, place close) {
  if (open.line == close.line && !memchr(open.p, '"', (size_t)(close.p - open.p)))
    return cn_view_between(open.p, close.p);
  size_t size = (size_t)(close.p - open.p), n = 0;
  char *out = cn_arena_new(csv->arena, char, size + 1);
  for (size_t line = open.line; line <= close.line; line++) {
    const char *p = line == open.line ? open.p : csv->lines.items[line].text.p;
    const char *end = line == close.line ? close.p : line_end(csv, line);
    for (; p < end; p++) {
      out[n++] = *p;
      if (*p == '"' && p + 1 < end && p[1] == '"') p++;
    }
    if (line < close.line) out[n++] = '\n';
  }
  return (cn_view){out, n};
}

/* What stands behind a closing quote must be a separator or the line's end. */
static bool closes(const cn_csv *csv, place *close) {
  const char *p = close->p + 1, *end = line_end(csv, close->line);
  while (p < end && is_blank(*p, csv->separator)) p++;
  if (p < end && *p != csv->separator) return false;
  close->p = p;
  return true;
}

typedef enum field_end { FIELD_MORE, FIELD_LAST, FIELD_OPEN } field_end;

/* Reads one field; `at` moves behind its separator or to the line's end. */
static field_end read_field(cn_csv *csv, place *at, cn_grid_row *row) {
  const char *end = line_end(csv, at->line), *p = at->p;
  uint32_t number = csv->lines.items[at->line].number;
  while (p < end && is_blank(*p, csv->separator)) p++;
  if (p < end && *p == '"') {
    place open = {at->line, p + 1}, close = {0}, behind;
    bool found = find_close(csv, open, &close);
    if (!found && !csv->last) return FIELD_OPEN;
    behind = close;
    if (found && closes(csv, &behind)) {
      cn_grid_row_add(csv->arena, row, unquote(csv, open, close), number);
      csv->quoted = true;
      end = line_end(csv, behind.line);
      *at = behind;
      at->p += at->p < end;
      return behind.p < end ? FIELD_MORE : FIELD_LAST;
    }
  }
  const char *stop = memchr(at->p, csv->separator, (size_t)(end - at->p));
  cn_grid_row_add(csv->arena, row, cn_view_between(at->p, stop ? stop : end), number);
  at->p = stop ? stop + 1 : end;
  return stop ? FIELD_MORE : FIELD_LAST;
}

cn_csv_outcome cn_csv_read(cn_csv *csv, cn_grid_row *row) {
  if (csv->next >= csv->lines.count) return CN_CSV_END;
  place at = {csv->next, csv->lines.items[csv->next].text.p};
  csv->quoted = false;
  field_end end;
  do end = read_field(csv, &at, row);
  while (end == FIELD_MORE);
  if (end == FIELD_OPEN) {
    *row = (cn_grid_row){0};
    return CN_CSV_MORE;
  }
  csv->next = at.line + 1;
  return CN_CSV_RECORD;
}
