/* "Did you mean": the word that is the fewest slips away. In: a mistyped word and a list.  Out: a word of the list, or
 * NULL. Owns nothing. */
#include "app/app.h"

enum { LONGEST = 31 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Slips between two words: letters put in, left out, mistaken, or two neighbours swapped (Damerau 1964). */
static size_t slips(const char *a, const char *b) {
  size_t n = strlen(a), m = strlen(b), d[LONGEST + 1][LONGEST + 1];
  if (n > LONGEST || m > LONGEST) return SIZE_MAX;
  for (size_t i = 0; i <= n; i++)
    for (size_t j = 0; j <= m; j++) {
      if (!i || !j) {
        d[i][j] = i + j;
        continue;
      }
      size_t change = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
      d[i][j] = least(change, least(d[i - 1][j], d[i][j - 1]) + 1);
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[n][m];
}

const char *cn_suggest(const char *given, const char *(*at)(size_t i)) {
  const char *best = NULL;
  size_t fewest = strlen(given) < 4 ? 2 : strlen(given) / 2 + 1; /* more slips than that is another word */
  for (size_t i = 0; at(i); i++) {
    size_t n = slips(given, at(i));
    if (n >= fewest) continue;
    fewest = n;
    best = at(i);
  }
  return best;
}
