/* ucsdet: ICU's charset detector, behind one call. In: bytes.  Out: a charset's name.  Owner of ICU's ucsdet. */
#include "extract/charset.h"

#include <unicode/ucsdet.h>

/* ICU hands out names of its own static tables, so that a name outlives the detector. */
const char *cn_charset_ucsdet(cn_view sample, int *confidence) {
  UErrorCode error = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&error);
  const char *name = NULL;
  ucsdet_setText(detector, sample.p, (int32_t)sample.n, &error);
  const UCharsetMatch *match = ucsdet_detect(detector, &error);
  if (U_SUCCESS(error) && match) {
    *confidence = ucsdet_getConfidence(match, &error);
    name = ucsdet_getName(match, &error);
  }
  ucsdet_close(detector);
  return U_SUCCESS(error) ? name : NULL;
}
