/* See signals.h. In: a path.  Out: nothing. Owns the one mutable global of the program: a signal handler is handed
 * nothing but the signal. */
#include "app/signals.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

static const char *volatile unfinished;

static void remove_and_end(int number) {
  const char *path = unfinished;
  if (path) unlink(path);
  signal(number, SIG_DFL);
  raise(number);
}

void cn_signals_init(void) {
  static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
  signal(SIGPIPE, SIG_IGN);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    struct sigaction old, action = {.sa_handler = remove_and_end};
    if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN) continue; /* nohup */
    sigaction(ends[i], &action, NULL);
  }
}

void cn_signals_remove(const char *path) { unfinished = path; }
