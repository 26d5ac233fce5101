/* Makes the table of traditional characters and their simplified forms from ICU's transliterator (CLDR data), so that
 * the grammar's vocabulary is written once and reads both.
 *
 * In: nothing.  Out: a header with cn_simple_forms[], one entry for each ideograph of U+4E00..U+9FFF, 0 for itself.
 * Only characters that GB 2312, the set of simplified Chinese, lacks are mapped: 著 in 显著 stays. */
#define CN_OWNER
#include "core/base.h"

#include <unicode/ucnv.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

enum { FIRST = 0x4E00, LAST = 0x9FFF };

static bool in_gb2312(UConverter *gb, UChar c) {
  char bytes[8];
  UErrorCode status = U_ZERO_ERROR;
  ucnv_reset(gb);
  int32_t n = ucnv_fromUChars(gb, bytes, sizeof bytes, &c, 1, &status);
  return U_SUCCESS(status) && n == 2;
}

static unsigned simple_form(UTransliterator *t, UConverter *gb, UChar c) {
  UChar text[8] = {c, 0};
  int32_t n = 1, limit = 1;
  UErrorCode status = U_ZERO_ERROR;
  if (in_gb2312(gb, c)) return 0;
  utrans_transUChars(t, text, &n, 8, 0, &limit, &status);
  bool one = U_SUCCESS(status) && n == 1 && text[0] != c && text[0] >= FIRST && text[0] <= LAST;
  return one ? text[0] : 0;
}

int main(int argc, char **argv) {
  static const UChar id[] = u"Traditional-Simplified";
  UErrorCode status = U_ZERO_ERROR;
  if (argc != 2) return 2;
  UTransliterator *t = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
  UConverter *gb = ucnv_open("EUC-CN", &status);
  if (U_SUCCESS(status)) ucnv_setFromUCallBack(gb, UCNV_FROM_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  FILE *out = fopen(argv[1], "wb");
  if (U_FAILURE(status) || !out) {
    fprintf(stderr, "simplegen: %s\n", U_FAILURE(status) ? u_errorName(status) : "cannot write");
    return 3;
  }
  fprintf(out, "/* Made by simplegen from ICU. */\nstatic const uint16_t cn_simple_forms[] = {");
  for (unsigned c = FIRST; c <= LAST; c++)
    fprintf(out, (c - FIRST) % 16 ? "%u," : "\n%u,", simple_form(t, gb, (UChar)c));
  fprintf(out, "};\n");
  ucnv_close(gb);
  utrans_close(t);
  return fclose(out) ? 3 : 0;
}
