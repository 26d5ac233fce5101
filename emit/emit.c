/* The registry of output formats. In: a name or a file's extension.  Out: the format of formats.def. Owns nothing. */
#include "emit/emit.h"

#include <strings.h>

#define CN_FORMAT(name) extern const cn_format cn_format_##name;
#include "emit/formats.def"

static const cn_format *const formats[] = {
#define CN_FORMAT(name) &cn_format_##name,
#include "emit/formats.def"
};

const cn_format *cn_format_at(size_t i) { return i < CN_COUNT(formats) ? formats[i] : NULL; }

const cn_format *cn_format_find(const char *name) {
  for (size_t i = 0; i < CN_COUNT(formats); i++)
    if (strcmp(formats[i]->name, name) == 0) return formats[i];
  return NULL;
}

const cn_format *cn_format_for(const char *path) {
  const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *point = strrchr(name, '.');
  if (!point || point == name) return NULL;
  for (size_t i = 0; i < CN_COUNT(formats); i++)
    if (*formats[i]->extension && strcasecmp(formats[i]->extension, point + 1) == 0) return formats[i];
  return NULL;
}
