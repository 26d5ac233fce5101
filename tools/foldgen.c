/* Makes the folding table and the table of wide code points from ICU's Unicode data, so that the program needs no ICU
 * for either.
 *
 * In: rules/fold.tsv (exceptions: from TAB to).  Out: a header with cn_fold_pairs[] and cn_wide_ranges[], both sorted.
 */
#define CN_OWNER
#include "core/base.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { LIMIT = 0x110000 };
static uint32_t exceptions[1024][2];
static size_t exception_count;

/* The one code point that n units are, or 0 for none or several. */
static uint32_t only_point(const UChar *units, int32_t n) {
  UErrorCode status = U_ZERO_ERROR;
  UChar32 points[512];
  int32_t count = 0;
  u_strToUTF32(points, 512, &count, units, n, &status);
  return U_SUCCESS(status) && count == 1 ? (uint32_t)points[0] : 0;
}

static uint32_t field_point(const char *s) {
  UErrorCode status = U_ZERO_ERROR;
  UChar units[512];
  int32_t n = 0;
  u_strFromUTF8(units, 512, &n, s, (int32_t)strcspn(s, "\t\r\n"), &status);
  return U_SUCCESS(status) ? only_point(units, n) : 0;
}

static bool read_exceptions(const char *path) {
  FILE *in = fopen(path, "rb");
  char line[512];
  bool header = true;
  if (!in) return false;
  while (fgets(line, sizeof line, in)) {
    if (line[0] == '#') continue;
    char *tab = strchr(line, '\t');
    if (!header && tab && exception_count < 1024) {
      exceptions[exception_count][0] = field_point(line);
      exceptions[exception_count++][1] = field_point(tab + 1);
    }
    header = false;
  }
  return fclose(in) == 0;
}

static uint32_t folded(const UNormalizer2 *nfkc, uint32_t c) {
  for (size_t i = 0; i < exception_count; i++)
    if (exceptions[i][0] == c) return exceptions[i][1];
  int32_t type = u_getIntPropertyValue((UChar32)c, UCHAR_DECOMPOSITION_TYPE);
  bool compatibility = (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
  if (type != U_DT_WIDE && type != U_DT_NARROW && type != U_DT_SMALL && !(compatibility && type == U_DT_CANONICAL))
    return c;
  UChar units[8];
  UErrorCode status = U_ZERO_ERROR;
  int32_t n = unorm2_getRawDecomposition(nfkc, (UChar32)c, units, 8, &status);
  uint32_t point = U_SUCCESS(status) && n > 0 ? only_point(units, n) : 0;
  return point ? point : c;
}

static bool wide(uint32_t c) {
  int32_t width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

int main(int argc, char **argv) {
  UErrorCode status = U_ZERO_ERROR;
  if (argc != 3 || !read_exceptions(argv[1])) return 2;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
  FILE *out = fopen(argv[2], "wb");
  if (!out || U_FAILURE(status)) return 3;
  fprintf(out, "/* Made by foldgen from Unicode %s. */\nstatic const uint32_t cn_fold_pairs[][2] = {\n",
          U_UNICODE_VERSION);
  for (uint32_t c = 0x80; c < LIMIT; c++)
    if (folded(nfkc, c) != c) fprintf(out, "{0x%X,0x%X},\n", (unsigned)c, (unsigned)folded(nfkc, c));
  for (size_t i = 0; i < exception_count; i++)
    if (exceptions[i][0] < 0x80) fprintf(stderr, "foldgen: ASCII is never folded\n");
  fprintf(out, "};\nstatic const uint32_t cn_wide_ranges[][2] = {\n");
  for (uint32_t c = 0; c < LIMIT; c++) {
    if (!wide(c)) continue;
    uint32_t begin = c;
    while (c + 1 < LIMIT && wide(c + 1)) c++;
    fprintf(out, "{0x%X,0x%X},\n", (unsigned)begin, (unsigned)c);
  }
  fprintf(out, "};\n");
  return fclose(out) ? 3 : 0;
}
