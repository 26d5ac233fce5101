/* Runs a fuzz target over files and folders: each input ever found stays a test without libFuzzer.
 *
 * In:  paths.  Out: a line with the number of inputs; a crash is the failure.  A path that cannot be read fails. */
#define CN_OWNER
#include "tests/fuzz/fuzz.h"

#include <dirent.h>
#include <sys/stat.h>

static int ran;

static bool run_file(const char *path, size_t size) {
  uint8_t *data = malloc(size ? size : 1);
  FILE *in = fopen(path, "rb");
  bool whole = data && in && fread(data, 1, size, in) == size;
  if (in) fclose(in);
  if (whole) LLVMFuzzerTestOneInput(data, size);
  if (whole) ran++;
  free(data);
  return whole;
}

static bool run_path(const char *path) {
  struct stat about;
  if (stat(path, &about)) return false;
  if (!S_ISDIR(about.st_mode)) return run_file(path, (size_t)about.st_size);
  DIR *folder = opendir(path);
  bool ok = folder;
  for (struct dirent *entry; ok && (entry = readdir(folder));) {
    char name[4096];
    snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
    if (entry->d_name[0] != '.') ok = run_path(name);
  }
  if (folder) closedir(folder);
  return ok;
}

int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) {
    if (!run_path(argv[i])) {
      printf("cannot read %s\n", argv[i]);
      return 1;
    }
  }
  printf("%d inputs\n", ran);
  return ran ? 0 : 1;
}
