/* The trap: how the program leaves when memory ends. */
#include "core/base.h"

void cn_trap_spring(cn_trap *trap) {
  if (!trap) abort(); /* a test or a tool without a trap: nothing to go back to */
  longjmp(trap->env, 1);
}
