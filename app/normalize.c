/* normalize: events in, events out, with targets, deadlines and people filled in. In: event streams, or plain lines
 * with
 * --text.  Out: NDJSON. Reports only diagnostics of its own: extract has said the others. */
#include "app/pipeline.h"

cn_status cn_command_normalize(cn_app *app);
cn_status cn_command_normalize(cn_app *app) {
  cn_sink writer, normalizer;
  bool text = cn_given(app, CN_OPTION_TEXT);
  if (cn_given(app, CN_OPTION_YEAR) && !text) return cn_usage(app, "--year needs --text: a notice event has its year");
  CN_TRY(cn_pipeline_writer(app, cn_format_find("ndjson"), &writer));
  cn_sink tap = cn_report_tap(app, &writer);
  CN_TRY(cn_pipeline_normalizer(app, &tap, &normalizer));
  cn_sink in = cn_report_mute(app, &tap, &normalizer);
  cn_status status = text ? cn_pipeline_lines(app, &normalizer, &tap) : cn_pipeline_events(app, &in, &tap, false);
  return cn_pipeline_finish(app, &in, status);
}
