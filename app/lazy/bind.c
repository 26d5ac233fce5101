/* Loading on demand: the package of a function that is called for the first time.
 *
 * Linked at start, libxml2, libarchive, ICU, SQLite, libxlsxwriter and libical make twenty libraries, and more time
 * than a small notice takes; most runs need none of them. In: an entry of stubs.S.  Out: the function's address, kept
 * in the entry. A library is never unloaded. */
#include "app/app.h"

#include <dlfcn.h>
#include <unistd.h>

typedef struct cn_lazy_entry {
  void *function;
  const char *name;
  uint64_t library;
} cn_lazy_entry;

/* As stubs.S numbers them; the names come from the linker's own files (CMakeLists.txt). */
static const char *const sonames[] = {CN_SONAME_XML2, CN_SONAME_ARCHIVE, CN_SONAME_SQLITE, CN_SONAME_XLSXWRITER,
                                      CN_SONAME_ICAL, CN_SONAME_CJSON,   CN_SONAME_ICU};

void *cn_lazy_bind(cn_lazy_entry *entry);
void *cn_lazy_bind(cn_lazy_entry *entry) {
  void *library = dlopen(sonames[entry->library], RTLD_NOW | RTLD_LOCAL);
  void *function = library ? dlsym(library, entry->name) : NULL;
  if (function) return entry->function = function;
  /* Nobody above can go on, or has been told that this could fail. */
  cn_complain("this needs %s, which cannot be loaded: %s", sonames[entry->library], dlerror());
  _exit(3);
}
