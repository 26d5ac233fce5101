/* Limits on what an input may ask of us. Each can be tripped by a test. */
#ifndef CN_LIMITS_H
#define CN_LIMITS_H

enum {
  CN_MAX_NESTING = 256,  /* nested tables, brackets, list levels */
  CN_MAX_COLUMNS = 1024, /* columns of a table; colspan is clamped to it */
  CN_MAX_ROWSPAN = 65536,
  CN_MAX_DIAGNOSTICS = 1000, /* of one notice; then one limit-exceeded */
};
#define CN_MAX_INPUT ((size_t)256 << 20) /* bytes of one notice that must be held whole; --max-input */
#define CN_MAX_TASK ((size_t)4 << 20)    /* bytes of one cell that is read for targets */

#endif
