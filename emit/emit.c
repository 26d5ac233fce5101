/* emit: see emit.h. */
#include "emit/emit.h"
