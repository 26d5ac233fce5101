/* extract: see extract.h. */
#include "extract/extract.h"
