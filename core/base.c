/* The trap: how the program leaves when memory ends. */
#include "core/base.h"

void cn_trap_spring(cn_trap *trap) {
  if (!trap) abort(); /* a test or a tool without a trap: nothing to go back to */
  longjmp(trap->env, 1);
}

void cn_trap_charge(cn_trap *trap, size_t size) {
  if (!trap) return;
  if (trap->limit && (size > trap->limit || trap->used > trap->limit - size)) cn_trap_spring(trap);
  trap->used += size;
}

void cn_trap_credit(cn_trap *trap, size_t size) {
  if (trap) trap->used -= size < trap->used ? size : trap->used;
}
