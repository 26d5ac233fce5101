/* The library as its user sees it: only chengnuo.h, linked with the shared library.
 *
 * In:  a notice's path; optional layout.  Out: its record on standard output, as `chengnuo convert` writes it. Before
 * that it checks the library's answers to wrong calls, and that threads do not disturb one another. */
#include <chengnuo.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failed;

static void check(int ok, const char *what) {
  if (ok) return;
  failed++;
  fprintf(stderr, "FAILED: %s\n", what);
}

typedef struct job {
  const char *bytes;
  size_t size;
  chengnuo_result result;
} job;

static void *convert(void *self) {
  job *j = self;
  check(chengnuo_convert("notice.txt", j->bytes, j->size, NULL, &j->result) == CHENGNUO_OK, j->result.error);
  return NULL;
}

static void wrong_calls(const char *bytes, size_t size) {
  chengnuo_result result;
  check(chengnuo_convert("x", "", 0, NULL, &result) == CHENGNUO_INPUT && result.error[0], "an empty input is accepted");
  check(result.bytes == NULL && result.size == 0, "a failed call hands out bytes");
  chengnuo_result_free(&result);
  static const char binary[512] = {1, 0, 2, 0, 3};
  check(chengnuo_convert("x", binary, sizeof binary, NULL, &result) != CHENGNUO_OK || result.rows == 0,
        "binary is read");
  chengnuo_result_free(&result);
  static const chengnuo_options wrong[] = {
      {.format = "jsn"}, {.format = "xlsx"}, {.layout = "tab"}, {.charset = "utf-99"}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    check(chengnuo_convert("x", bytes, size, &wrong[i], &result) == CHENGNUO_USAGE,
          "an option that names nothing is accepted");
    check(result.error[0] != 0, "a wrong call fails without a word");
    chengnuo_result_free(&result);
  }
}

int main(int argc, char **argv) {
  static char bytes[1 << 20];
  FILE *file = argc > 1 ? fopen(argv[1], "rb") : NULL;
  if (!file) return 2;
  size_t size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  check(chengnuo_version()[0] >= '0' && chengnuo_version()[0] <= '9', "no version");
  wrong_calls(bytes, size);
  job jobs[4];
  pthread_t threads[4];
  for (int i = 0; i < 4; i++) {
    jobs[i] = (job){.bytes = bytes, .size = size};
    pthread_create(&threads[i], NULL, convert, &jobs[i]);
  }
  for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);
  for (int i = 1; i < 4; i++)
    check(jobs[i].result.size == jobs[0].result.size && jobs[0].result.bytes &&
              memcmp(jobs[i].result.bytes, jobs[0].result.bytes, jobs[0].result.size) == 0,
          "threads get different records of one notice");
  check(jobs[0].result.rows > 0 && jobs[0].result.bytes && jobs[0].result.bytes[jobs[0].result.size] == 0,
        "no rows, or no NUL");
  fwrite(jobs[0].result.bytes, 1, jobs[0].result.size, stdout);
  for (int i = 0; i < 4; i++) chengnuo_result_free(&jobs[i].result);
  return failed != 0;
}
