/* Turns rules/<name>.tsv into C: one string a table, in the order of core/rules.def.
 *
 * In: the rules folder.  Out: a C file that defines cn_rules_texts[].  A missing table is an error. */
#define CN_OWNER
#include "core/base.h"

static const char *const files[] = {
#define CN_RULE_SET(constant, file, columns, doc) file,
#include "core/rules.def"
};

static bool embed(FILE *out, const char *folder, const char *file, size_t i) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, file);
  FILE *in = fopen(path, "rb");
  if (!in) {
    fprintf(stderr, "rulesgen: cannot open %s\n", path);
    return false;
  }
  fprintf(out, "static const unsigned char text_%zu[] = {", i);
  size_t n = 0;
  for (int c; (c = getc(in)) != EOF; n++) fprintf(out, n % 24 ? "%d," : "\n%d,", c);
  fprintf(out, "0};\n");
  fclose(in);
  return true;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  FILE *out = fopen(argv[2], "wb");
  if (!out) return 3;
  fprintf(out,
          "/* Made by rulesgen from rules/. */\n#include \"core/view.h\"\nextern const cn_view cn_rules_texts[];\n");
  for (size_t i = 0; i < CN_COUNT(files); i++)
    if (!embed(out, argv[1], files[i], i)) return 3;
  fprintf(out, "const cn_view cn_rules_texts[] = {\n");
  for (size_t i = 0; i < CN_COUNT(files); i++) fprintf(out, "  {(const char *)text_%zu, sizeof text_%zu - 1},\n", i, i);
  fprintf(out, "};\n");
  return fclose(out) ? 3 : 0;
}
