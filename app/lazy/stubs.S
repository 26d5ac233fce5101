/* A stub for each function of lazy.def: jumps to the function, which its first call looks up (bind.c).
 *
 * In:  a call as the compiler makes it.  Out: the same call of the library's function, every argument untouched. Only the
 * program is linked with this, and only on x86-64 Linux; tests, fuzzers and the library link the packages themselves. */
#include <unicode/uvernum.h>

/* One entry, as bind.c knows it: the function's address (of `first` until it is bound), its name, its library. */
.macro lazy_stub library, name
  .text
  .globl \name
  .hidden \name
  .type \name, @function
\name:
  endbr64
  jmp *cn_lazy_entry_\name(%rip)
cn_lazy_first_\name:
  leaq cn_lazy_entry_\name(%rip), %r11
  jmp cn_lazy_common
  .size \name, . - \name
  .section .rodata
cn_lazy_name_\name:
  .asciz "\name"
  .data
  .balign 8
cn_lazy_entry_\name:
  .quad cn_lazy_first_\name
  .quad cn_lazy_name_\name
  .quad \library
.endm

  .text
cn_lazy_common:
  pushq %rbp
  movq %rsp, %rbp
  pushq %rax
  pushq %rdi
  pushq %rsi
  pushq %rdx
  pushq %rcx
  pushq %r8
  pushq %r9
  pushq %r10
  subq $128, %rsp
  movups %xmm0, (%rsp)
  movups %xmm1, 16(%rsp)
  movups %xmm2, 32(%rsp)
  movups %xmm3, 48(%rsp)
  movups %xmm4, 64(%rsp)
  movups %xmm5, 80(%rsp)
  movups %xmm6, 96(%rsp)
  movups %xmm7, 112(%rsp)
  movq %r11, %rdi
  call cn_lazy_bind
  movq %rax, %r11
  movups (%rsp), %xmm0
  movups 16(%rsp), %xmm1
  movups 32(%rsp), %xmm2
  movups 48(%rsp), %xmm3
  movups 64(%rsp), %xmm4
  movups 80(%rsp), %xmm5
  movups 96(%rsp), %xmm6
  movups 112(%rsp), %xmm7
  addq $128, %rsp
  popq %r10
  popq %r9
  popq %r8
  popq %rcx
  popq %rdx
  popq %rsi
  popq %rdi
  popq %rax
  popq %rbp
  jmp *%r11

#define CN_XML2 0
#define CN_ARCHIVE 1
#define CN_SQLITE 2
#define CN_XLSXWRITER 3
#define CN_ICAL 4
#define CN_CJSON 5
#define CN_ICU 6
#define CN_NUMBER(library) CN_##library
#define CN_LAZY(library, name) lazy_stub CN_NUMBER(library), name;
#include "app/lazy/lazy.def"

  .section .note.GNU-stack, "", @progbits
