/* normalize: see normalize.h. */
#include "normalize/normalize.h"
