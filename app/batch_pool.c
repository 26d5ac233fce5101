/* The pool: jobs to worker processes, results back in input order.
 *
 * In:  jobs.  Out: manifest lines, merged bytes, progress.  The parent only reads, hands out and orders; workers open,
 * convert and write. A worker that dies (a signal in a parser) or takes too long fails the input it was at; the others
 * it had been given go to its successor. How far results may run ahead of the slowest input is bounded, so memory is
 * too. */
#define CN_OWNER
#include "app/batch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { QUEUE = 16, QUEUE_BYTES = 4 << 20, AHEAD = 4096, AHEAD_BYTES = 64 << 20 };

/* A job in flight: its message, kept until its result is there. */
typedef struct flight {
  struct flight *next;
  uint64_t index;
  cn_buf message;
  size_t name_length;
} flight;

typedef struct worker {
  pid_t pid;
  int fd;
  flight *first, *last;              /* in order; the first is the one it is at */
  size_t queued, queued_bytes, sent; /* sent: bytes of the first unsent message */
  flight *sending;
  int64_t since; /* when the first one became so */
  cn_buf inbox;
  const char *verdict; /* why the parent killed it */
  bool retires;
} worker;

/* A result that waits for earlier ones. */
typedef struct waiting {
  struct waiting *next;
  cn_result_head head;
  cn_buf text; /* name, line, body */
  size_t name_length;
} waiting;

typedef struct pool {
  const cn_batch *batch;
  cn_batch_source *source;
  cn_manifest *manifest;
  cn_progress *progress;
  worker *workers;
  uint64_t next_index, next_out;
  waiting *waiting; /* sorted by index */
  size_t waiting_bytes;
  bool exhausted, stopping;
  int deaths; /* of workers since the last result: they cannot even begin */
  int exit_failures;
} pool;

static volatile sig_atomic_t caught;
static void on_signal(int number) { caught = number; }

static void *must(void *memory, const pool *p) {
  if (!memory) cn_trap_spring(&p->batch->app->trap);
  return memory;
}

/* --- workers
 * ---------------------------------------------------------------------------------------------------------- */

static void start(pool *p, worker *w) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) cn_trap_spring(&p->batch->app->trap);
  fflush(NULL);
  pid_t pid = fork();
  if (pid < 0) cn_trap_spring(&p->batch->app->trap);
  if (pid == 0) {
    for (int i = 0; i < p->batch->workers; i++)
      if (p->workers[i].fd > 0) close(p->workers[i].fd);
    close(ends[0]);
    signal(SIGINT, SIG_IGN); /* ^C goes to the whole group; the parent decides */
    signal(SIGTERM, SIG_DFL);
    cn_batch_worker(p->batch, ends[1]);
  }
  close(ends[1]);
  fcntl(ends[0], F_SETFL, O_NONBLOCK);
  w->pid = pid;
  w->fd = ends[0];
  w->sent = 0;
  w->sending = w->first; /* what its predecessor had is sent again */
  w->since = cn_milliseconds();
  w->verdict = NULL;
  w->retires = false;
  cn_buf_reset(&w->inbox);
}

static flight *take_first(worker *w) {
  flight *f = w->first;
  w->first = f->next;
  if (!w->first) w->last = NULL;
  if (w->sending == f) w->sending = w->first, w->sent = 0;
  w->queued--;
  w->queued_bytes -= f->message.n;
  w->since = cn_milliseconds();
  return f;
}

static void free_flight(flight *f) {
  cn_buf_free(&f->message);
  free(f);
}

/* --- results, in order
 * -------------------------------------------------------------------------------------------------- */

static cn_status put(pool *p, waiting *r) {
  cn_view name = {r->text.p, r->name_length}, line = {r->text.p + r->name_length, (size_t)r->head.line},
          body = {line.p + line.n, (size_t)r->head.body};
  cn_status status = cn_manifest_add(p->manifest, (cn_batch_status)r->head.status, name, line, body, &r->head);
  if (r->head.status >= CN_BATCH_FAILED) p->exit_failures++;
  if (r->head.status >= CN_BATCH_FAILED && p->batch->fail_fast) p->stopping = true;
  cn_progress_note(p->progress, &r->head, cn_batch_source_done(p->source));
  p->waiting_bytes -= r->text.n;
  cn_buf_free(&r->text);
  free(r);
  p->next_out++;
  return status;
}

static cn_status deliver(pool *p, const cn_result_head *head, cn_view name, cn_view text) {
  waiting *r = must(calloc(1, sizeof *r), p), **link = &p->waiting;
  r->head = *head;
  r->name_length = name.n;
  cn_buf_init(&r->text, &p->batch->app->trap);
  cn_buf_add_view(&r->text, name);
  cn_buf_add_view(&r->text, text);
  p->waiting_bytes += r->text.n;
  while (*link && (*link)->head.index < head->index) link = &(*link)->next;
  r->next = *link;
  *link = r;
  while (p->waiting && p->waiting->head.index == p->next_out) {
    waiting *first = p->waiting;
    p->waiting = first->next;
    CN_TRY(put(p, first));
  }
  return CN_OK;
}

static cn_status deliver_problem(pool *p, uint64_t index, const cn_job *job, cn_batch_status status, cn_view message) {
  cn_buf line;
  cn_result_head head;
  memset(&head, 0, sizeof head);
  cn_buf_init(&line, &p->batch->app->trap);
  cn_batch_line(p->batch, &line, job, status, message);
  head.index = index;
  head.status = (uint32_t)status;
  head.line = line.n;
  cn_status result = deliver(p, &head, job->name, cn_buf_view(&line));
  cn_buf_free(&line);
  return result;
}

/* --- jobs out
 * ----------------------------------------------------------------------------------------------------------- */

static flight *pack(pool *p, const cn_job *job) {
  flight *f = must(calloc(1, sizeof *f), p);
  const cn_view parts[] = {job->name,    job->path,   job->url,   job->fetched,
                           job->charset, job->output, job->known, job->bytes};
  cn_job_head head;
  memset(&head, 0, sizeof head);
  head.index = f->index = p->next_index++;
  cn_buf_init(&f->message, &p->batch->app->trap);
  for (size_t i = 0; i < CN_COUNT(parts); i++) head.lengths[i] = parts[i].p ? parts[i].n : UINT64_MAX;
  cn_buf_add(&f->message, (const char *)&head, sizeof head);
  for (size_t i = 0; i < CN_COUNT(parts); i++) {
    if (!parts[i].p) continue;
    cn_buf_add_view(&f->message, parts[i]);
    cn_buf_add_char(&f->message, 0);
  }
  f->name_length = job->name.n;
  return f;
}

static cn_view flight_name(const flight *f) { return (cn_view){f->message.p + sizeof(cn_job_head), f->name_length}; }

static void enqueue(worker *w, flight *f) {
  if (w->last)
    w->last->next = f;
  else
    w->first = f, w->since = cn_milliseconds();
  w->last = f;
  if (!w->sending) w->sending = f, w->sent = 0;
  w->queued++;
  w->queued_bytes += f->message.n;
}

/* The worker with the least to do, or NULL when all have enough. */
static worker *least_busy(pool *p) {
  worker *best = NULL;
  for (int i = 0; i < p->batch->workers; i++) {
    worker *w = &p->workers[i];
    bool full = w->queued >= QUEUE || (w->queued > 0 && w->queued_bytes >= QUEUE_BYTES);
    if (!full && (!best || w->queued < best->queued)) best = w;
  }
  return best;
}

static cn_status hand_out(pool *p) {
  cn_job job;
  worker *w;
  while (!p->exhausted && !p->stopping && p->next_index - p->next_out < AHEAD && p->waiting_bytes < AHEAD_BYTES &&
         (w = least_busy(p))) {
    if (!cn_batch_source_next(p->source, &job)) {
      p->exhausted = true;
      break;
    }
    if (job.message.p) {
      CN_TRY(deliver_problem(p, p->next_index++, &job, job.status, job.message));
      continue;
    }
    if (p->batch->resume) job.known = cn_manifest_known(p->manifest, job.name);
    enqueue(w, pack(p, &job));
  }
  return CN_OK;
}

static void send_some(worker *w) {
  while (w->sending) {
    ssize_t n = send(w->fd, w->sending->message.p + w->sent, w->sending->message.n - w->sent, MSG_NOSIGNAL);
    if (n < 0) return; /* full, or dead: poll will say */
    w->sent += (size_t)n;
    if (w->sent < w->sending->message.n) continue;
    w->sending = w->sending->next;
    w->sent = 0;
  }
}

/* --- results in
 * --------------------------------------------------------------------------------------------------------- */

static cn_status take_results(pool *p, worker *w) {
  size_t at = 0;
  cn_result_head head;
  while (w->inbox.n - at >= sizeof head) {
    memcpy(&head, w->inbox.p + at, sizeof head);
    size_t total = sizeof head + (size_t)head.line + (size_t)head.body;
    if (w->inbox.n - at < total) break;
    flight *f = take_first(w);
    p->deaths = 0;
    w->retires = head.retires != 0;
    cn_status status = deliver(p, &head, flight_name(f), (cn_view){w->inbox.p + at + sizeof head, total - sizeof head});
    free_flight(f);
    CN_TRY(status);
    at += total;
  }
  memmove(w->inbox.p, w->inbox.p + at, w->inbox.n - at);
  w->inbox.n -= at;
  return CN_OK;
}

/* The worker is gone: its first input is to blame, unless it retired. */
static cn_status bury(pool *p, worker *w) {
  int how = 0;
  waitpid(w->pid, &how, 0);
  close(w->fd);
  w->fd = -1;
  if (w->first && !w->retires) {
    flight *f = take_first(w);
    cn_job job = {.name = flight_name(f)};
    cn_batch_status status = w->verdict ? CN_BATCH_TIMEOUT : CN_BATCH_CRASHED;
    const char *signal_name = WIFSIGNALED(how) ? strsignal(WTERMSIG(how)) : "ended by itself";
    char message[160];
    snprintf(message, sizeof message, "%s%s",
             w->verdict ? w->verdict : "the worker crashed: ", w->verdict ? "" : signal_name);
    cn_status result = deliver_problem(p, f->index, &job, status, cn_view_of(message));
    free_flight(f);
    CN_TRY(result);
  } else if (!w->retires && ++p->deaths > 3 * p->batch->workers) {
    cn_complain("workers end as soon as they begin");
    return CN_IO;
  }
  if (!p->stopping || w->first) start(p, w);
  return CN_OK;
}

static cn_status receive(pool *p, worker *w) {
  for (;;) {
    ssize_t n = recv(w->fd, cn_buf_room(&w->inbox, 1 << 16), 1 << 16, 0);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return CN_OK;
    if (n <= 0) return bury(p, w);
    w->inbox.n += (size_t)n;
    CN_TRY(take_results(p, w));
    if (n < 1 << 16) return CN_OK;
  }
}

static void enforce_time(pool *p) {
  int64_t now = cn_milliseconds();
  for (int i = 0; i < p->batch->workers; i++) {
    worker *w = &p->workers[i];
    if (!w->first || w->verdict || now - w->since <= p->batch->timeout) continue;
    w->verdict = "it took longer than --timeout";
    kill(w->pid, SIGKILL);
  }
}

static bool busy(const pool *p) {
  for (int i = 0; i < p->batch->workers; i++)
    if (p->workers[i].first) return true;
  return false;
}

static cn_status turn(pool *p) {
  struct pollfd fds[256];
  for (int i = 0; i < p->batch->workers; i++) {
    worker *w = &p->workers[i];
    send_some(w);
    fds[i] = (struct pollfd){.fd = w->fd, .events = (short)(POLLIN | (w->sending ? POLLOUT : 0))};
  }
  if (poll(fds, (nfds_t)p->batch->workers, 100) < 0 && errno != EINTR) return CN_IO;
  for (int i = 0; i < p->batch->workers; i++)
    if (fds[i].revents & (POLLIN | POLLHUP | POLLERR)) CN_TRY(receive(p, &p->workers[i]));
  enforce_time(p);
  if (caught) p->stopping = true;
  return CN_OK;
}

static void stop_workers(pool *p) {
  for (int i = 0; i < p->batch->workers; i++) {
    worker *w = &p->workers[i];
    if (w->fd >= 0) close(w->fd);
    if (w->fd >= 0) waitpid(w->pid, NULL, 0);
    while (w->first) free_flight(take_first(w));
    cn_buf_free(&w->inbox);
  }
  while (p->waiting) {
    waiting *r = p->waiting;
    p->waiting = r->next;
    cn_buf_free(&r->text);
    free(r);
  }
  free(p->workers);
}

static void catch_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

cn_status cn_batch_run(const cn_batch *batch, cn_batch_source *source, cn_manifest *manifest, cn_progress *progress,
                       int *signal_number) {
  pool p = {.batch = batch, .source = source, .manifest = manifest, .progress = progress};
  cn_status status = CN_OK;
  p.workers = must(calloc((size_t)batch->workers, sizeof *p.workers), &p);
  catch_signals();
  for (int i = 0; i < batch->workers; i++) {
    cn_buf_init(&p.workers[i].inbox, &batch->app->trap);
    start(&p, &p.workers[i]);
  }
  while (status == CN_OK && (busy(&p) || (!p.exhausted && !p.stopping))) {
    status = hand_out(&p);
    if (status == CN_OK && busy(&p)) status = turn(&p);
    if (caught) p.stopping = true;
  }
  stop_workers(&p);
  *signal_number = caught;
  if (status == CN_OK && p.exit_failures) batch->app->failed = true;
  return status;
}
