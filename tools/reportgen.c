/* Turns the report's style and script into C strings, with the hashes that its Content-Security-Policy names.
 *
 * In: a folder with report.css and report.js.  Out: a header with cn_report_css, cn_report_js (views) and
 * CN_REPORT_CSS_HASH, CN_REPORT_JS_HASH (sha256-… in base64). */
#define CN_OWNER
#include "core/base.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>

static bool embed(FILE *out, const char *folder, const char *kind) {
  char path[4096], encoded[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "";
  uint8_t digest[SHA256_DIGEST_SIZE];
  struct sha256_ctx hash;
  snprintf(path, sizeof path, "%s/report.%s", folder, kind);
  FILE *in = fopen(path, "rb");
  if (!in) return false;
  sha256_init(&hash);
  fprintf(out, "static const unsigned char report_%s[] = {", kind);
  size_t n = 0;
  for (int c; (c = getc(in)) != EOF; n++) {
    uint8_t byte = (uint8_t)c;
    sha256_update(&hash, 1, &byte);
    fprintf(out, n % 24 ? "%d," : "\n%d,", c);
  }
  fprintf(out, "0};\n");
  fclose(in);
  sha256_digest(&hash, sizeof digest, digest);
  base64_encode_raw(encoded, sizeof digest, digest);
  bool css = strcmp(kind, "css") == 0;
  fprintf(out, "#define CN_REPORT_%s_HASH \"sha256-%s\"\n", css ? "CSS" : "JS", encoded);
  fprintf(out, "static const cn_view cn_report_%s = {(const char *)report_%s, sizeof report_%s - 1};\n", kind, kind,
          kind);
  return true;
}

int main(int argc, char **argv) {
  if (argc != 3) return 2;
  FILE *out = fopen(argv[2], "wb");
  if (!out) return 3;
  fprintf(out, "/* Made by reportgen. */\n#include \"core/view.h\"\n");
  bool ok = embed(out, argv[1], "css") && embed(out, argv[1], "js");
  return fclose(out) || !ok ? 3 : 0;
}
