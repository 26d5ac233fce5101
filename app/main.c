/* chengnuo: the program. In: argv.  Out: an exit code. */
#include "core/base.h"

int main(void) {
  printf("chengnuo %s\n", CN_VERSION);
  return 0;
}
