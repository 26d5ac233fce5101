/* Signals: no temporary file is left behind by ^C, and a pipe whose reader has gone is an error code, not a signal. */
#ifndef CN_APP_SIGNALS_H
#define CN_APP_SIGNALS_H

/* SIGPIPE is ignored (write says EPIPE); SIGINT, SIGTERM and SIGHUP remove the file named below and end as ever. */
void cn_signals_init(void);
/* The file to remove, or NULL. The name must stay until it is replaced. Lets signals through again. */
void cn_signals_remove(const char *path);
/* Holds them back from before a file is made until cn_signals_remove has its name. */
void cn_signals_hold(void);

#endif
