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

static const int ends[] = {SIGINT, SIGTERM, SIGHUP};

void cn_signals_init(void) {
  signal(SIGPIPE, SIG_IGN);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    struct sigaction old, action = {.sa_handler = remove_and_end};
    if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler == SIG_IGN) continue; /* nohup */
    sigaction(ends[i], &action, NULL);
  }
}

static void mask(int how) {
  sigset_t set;
  sigemptyset(&set);
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) sigaddset(&set, ends[i]);
  sigprocmask(how, &set, NULL);
}

void cn_signals_hold(void) { mask(SIG_BLOCK); }

void cn_signals_remove(const char *path) {
  unfinished = path;
  mask(SIG_UNBLOCK);
}
