/* cn_output: every byte arrives in order whatever the sizes of the pieces; nothing is final before commit. */
#include "check.h"
#include "emit/emit.h"

#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/test_output.XXXXXX";

static bool holds(const char *path, char first, size_t size) {
  struct stat info;
  FILE *file = fopen(path, "rb");
  bool ok = file && fstat(fileno(file), &info) == 0 && (size_t)info.st_size == size && fgetc(file) == first;
  if (file) fclose(file);
  return ok;
}

/* Pieces of 1 … 200000 bytes, across the buffer's edges. */
static size_t write_pieces(cn_arena *arena, cn_output *output, bool *ok) {
  static const size_t sizes[] = {1, 65535, 1, 65536, 65537, 200000, 3, 0, 131072, 7};
  size_t total = 0;
  *ok = true;
  for (size_t i = 0; i < CN_COUNT(sizes); i++) {
    char *piece = cn_arena_new(arena, char, sizes[i] + 1);
    for (size_t k = 0; k < sizes[i]; k++) piece[k] = (char)('a' + (total + k) % 26);
    *ok = *ok && cn_output_write(output, (cn_view){piece, sizes[i]}) == CN_OK;
    total += sizes[i];
  }
  return total;
}

static void file_appears_at_commit(cn_arena *arena) {
  cn_output *output;
  cn_view error;
  bool ok;
  const char *path = cn_arena_string(arena, cn_arena_format(arena, "%s/out", folder));
  if (!CHECK(cn_output_open(arena, path, &output, &error) == CN_OK, "a file in /tmp cannot be opened")) return;
  size_t total = write_pieces(arena, output, &ok);
  CHECK(ok, "writing fails");
  CHECK(access(path, F_OK) != 0, "the file is there before it is whole");
  CHECK(cn_output_path(output) && access(cn_output_path(output), F_OK) == 0,
        "a library has no temporary file to write to");
  CHECK(cn_output_commit(output) == CN_OK && holds(path, 'a', total), "the file does not hold what was written");
  CHECK(cn_output_path(output) == NULL, "a temporary file outlives commit");
  cn_output_abandon(output);
  CHECK(holds(path, 'a', total), "abandon after commit removes the file");
}

static void abandoned_leaves_nothing(cn_trap *trap) {
  cn_arena arena;
  cn_output *output;
  cn_view error;
  cn_arena_init(&arena, trap);
  const char *path = cn_arena_string(&arena, cn_arena_format(&arena, "%s/never", folder));
  CHECK(cn_output_open(&arena, path, &output, &error) == CN_OK, "a file in /tmp cannot be opened");
  CHECK(cn_output_write(output, CN_VIEW("half")) == CN_OK && cn_output_flush(output) == CN_OK, "writing fails");
  cn_arena_free(&arena); /* as on the way out through the trap */
  char left[sizeof folder + 8];
  snprintf(left, sizeof left, "%s/out", folder);
  unlink(left);
  CHECK(rmdir(folder) == 0, "an abandoned output leaves a file");
}

static void memory(cn_arena *arena, cn_trap *trap) {
  cn_buf buf;
  bool ok;
  cn_buf_init(&buf, trap);
  cn_output *output = cn_output_memory(arena, &buf);
  size_t total = write_pieces(arena, output, &ok), wrong = 0;
  for (size_t i = 0; i < buf.n; i++) wrong += buf.p[i] != (char)('a' + i % 26);
  CHECK(ok && buf.n == total && !wrong && cn_output_commit(output) == CN_OK, "memory does not hold what was written");
  cn_buf_free(&buf);
}

int main(void) {
  cn_trap trap = {.limit = 0};
  cn_arena arena;
  if (setjmp(trap.env)) return 1;
  cn_arena_init(&arena, &trap);
  if (!mkdtemp(folder)) return 1;
  file_appears_at_commit(&arena);
  memory(&arena, &trap);
  abandoned_leaves_nothing(&trap);
  cn_arena_free(&arena);
  return check_done();
}
