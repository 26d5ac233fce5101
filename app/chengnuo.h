/* chengnuo as a library: a notice's bytes in, its record's bytes out. The one public header; link with -lchengnuo.
 *
 *   #include <chengnuo.h>
 *
 *   chengnuo_result result;
 *   if (chengnuo_convert("notice.txt", bytes, size, NULL, &result) == CHENGNUO_OK)
 *     fwrite(result.bytes, 1, result.size, stdout);
 *   else
 *     fprintf(stderr, "%s\n", result.error);
 *   chengnuo_result_free(&result);
 *
 * Calls share nothing: any number of threads may convert at once. What the record holds: docs/record.md. */
#ifndef CN_CHENGNUO_H
#define CN_CHENGNUO_H

#include <stddef.h>

#if defined(__GNUC__)
#define CHENGNUO_API __attribute__((visibility("default")))
#else
#define CHENGNUO_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The same numbers as the program's exit codes. */
typedef enum chengnuo_status {
  CHENGNUO_OK = 0,
  CHENGNUO_USAGE = 2, /* an option names nothing that is there */
  CHENGNUO_INPUT = 3, /* the bytes are no notice: empty, binary, damaged */
  CHENGNUO_LIMIT = 4, /* a limit was reached, or memory ran out */
} chengnuo_status;

/* All zero, or a NULL pointer to it, is the default. */
typedef struct chengnuo_options {
  const char *format;  /* a name of `chengnuo help formats` that can be a stream; NULL: json */
  const char *charset; /* of the bytes; NULL: found by content */
  const char *layout;  /* of plain text; NULL: found by content */
  const char *rules;   /* a folder of rule tables added to the built-in ones, or NULL */
  int year;            /* of months without one, where the notice names none; 0: none */
  int compact;         /* json: one line */
} chengnuo_options;

typedef struct chengnuo_result {
  char *bytes; /* `size` bytes and a NUL behind them; NULL where the status is not CHENGNUO_OK */
  size_t size;
  size_t rows;     /* of the notice. None is no error here: the record's diagnostics say no-rows */
  char error[256]; /* one sentence where the status is not CHENGNUO_OK, else empty */
} chengnuo_result;

/* Converts `size` bytes of a notice in any format that the program reads. `name` is what the record says as
 * source.name. The result is filled in every case; give it to chengnuo_result_free. */
CHENGNUO_API chengnuo_status chengnuo_convert(const char *name, const void *bytes, size_t size,
                                              const chengnuo_options *options, chengnuo_result *result);
CHENGNUO_API void chengnuo_result_free(chengnuo_result *result);
/* "0.1.0" */
CHENGNUO_API const char *chengnuo_version(void);

#ifdef __cplusplus
}
#endif

#endif
