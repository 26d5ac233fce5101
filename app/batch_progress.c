/* Progress on standard error: a bar on a terminal, JSON lines with --progress=json, a summary at the end.
 *
 * In:  results.  Out: text.  Owns nothing. */
#include "app/batch.h"

#include <unistd.h>

int64_t cn_milliseconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void cn_progress_begin(cn_progress *p, const cn_batch *batch) {
  const char *mode = batch->app->option[CN_OPTION_PROGRESS];
  *p = (cn_progress){.batch = batch, .quiet = cn_given(batch->app, CN_OPTION_QUIET), .began = cn_milliseconds()};
  if (mode && strcmp(mode, "json") == 0)
    p->mode = CN_PROGRESS_JSON;
  else if (mode && strcmp(mode, "bar") == 0)
    p->mode = CN_PROGRESS_BAR;
  else if (!mode && !p->quiet && isatty(STDERR_FILENO))
    p->mode = CN_PROGRESS_BAR;
  p->last = p->began;
}

static uint64_t failures(const cn_progress *p) {
  uint64_t n = 0;
  for (int i = CN_BATCH_FAILED; i < CN_BATCH_STATUSES; i++) n += p->statuses[i];
  return n;
}

static double seconds(const cn_progress *p) {
  double s = (double)(cn_milliseconds() - p->began) / 1000;
  return s > 0.001 ? s : 0.001;
}

static double remaining(const cn_progress *p, double done) {
  return done > 0.001 && done < 1 ? seconds(p) * (1 - done) / done : 0;
}

static void draw_bar(cn_progress *p, double done) {
  enum { WIDTH = 24 };
  char bar[WIDTH + 1];
  double eta = remaining(p, done);
  for (int i = 0; i < WIDTH; i++) bar[i] = (double)i < done * WIDTH ? '#' : '.';
  bar[WIDTH] = 0;
  fprintf(stderr, "\r[%s] %3.0f%%  %llu inputs  %.0f/s  %.1f MB  %llu failed  ETA %d:%02d \033[K", bar, done * 100,
          (unsigned long long)p->inputs, (double)p->inputs / seconds(p), (double)p->bytes / 1e6,
          (unsigned long long)failures(p), (int)eta / 60, (int)eta % 60);
  p->drawn = true;
}

static void write_json(const cn_progress *p, double done, const char *type) {
  fprintf(stderr,
          "{\"type\":\"%s\",\"inputs\":%llu,\"rows\":%llu,\"targets\":%llu,\"bytes\":%llu,\"failed\":%llu,\"done\":%."
          "4f,\"seconds\":%.3f,\"per_second\":%.1f,\"eta\":%.1f}\n",
          type, (unsigned long long)p->inputs, (unsigned long long)p->rows, (unsigned long long)p->targets,
          (unsigned long long)p->bytes, (unsigned long long)failures(p), done, seconds(p),
          (double)p->inputs / seconds(p), remaining(p, done));
}

void cn_progress_note(cn_progress *p, const cn_result_head *result, double done) {
  p->inputs++;
  p->rows += result->rows;
  p->targets += result->targets;
  p->bytes += result->size;
  if (result->status < CN_BATCH_STATUSES) p->statuses[result->status]++;
  if (p->mode == CN_PROGRESS_NONE) return;
  int64_t now = cn_milliseconds();
  if (now - p->last < (p->mode == CN_PROGRESS_BAR ? 100 : 500)) return;
  p->last = now;
  if (p->mode == CN_PROGRESS_BAR)
    draw_bar(p, done);
  else
    write_json(p, done, "progress");
}

void cn_progress_end(cn_progress *p, bool interrupted) {
  if (p->drawn) fprintf(stderr, "\r\033[K");
  if (p->mode == CN_PROGRESS_JSON) write_json(p, 1, interrupted ? "interrupted" : "summary");
  if (p->quiet || p->mode == CN_PROGRESS_JSON) return;
  fprintf(stderr, "%s%llu inputs: %llu converted (%llu rows, %llu targets)", interrupted ? "interrupted after " : "",
          (unsigned long long)p->inputs, (unsigned long long)p->statuses[CN_BATCH_OK], (unsigned long long)p->rows,
          (unsigned long long)p->targets);
  for (int i = CN_BATCH_NO_ROWS; i < CN_BATCH_STATUSES; i++)
    if (p->statuses[i]) fprintf(stderr, ", %llu %s", (unsigned long long)p->statuses[i], cn_batch_status_names[i]);
  fprintf(stderr, "; %.1f s, %.0f a second; details in %s/manifest.ndjson\n", seconds(p),
          (double)p->inputs / seconds(p), p->batch->out);
}
