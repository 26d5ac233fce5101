/* emit: events in, any format out. In: event streams that were normalized and are whole.  Out: a format. Diagnostics in
 * the stream were reported by the stage that made them; --diagnostics or --fail-on asks for them again. */
#include "app/pipeline.h"

cn_status cn_command_emit(cn_app *app);
cn_status cn_command_emit(cn_app *app) {
  const cn_format *format;
  cn_sink writer;
  CN_TRY(cn_pipeline_format(app, &format));
  CN_TRY(cn_pipeline_writer(app, format, &writer));
  cn_sink tap = cn_report_tap(app, &writer);
  bool loud = cn_given(app, CN_OPTION_DIAGNOSTICS) || cn_given(app, CN_OPTION_FAIL_ON);
  if (loud && !cn_given(app, CN_OPTION_DIAGNOSTICS)) app->report_mode = CN_REPORT_NONE;
  cn_sink in = loud ? tap : cn_report_mute(app, &tap, &writer);
  return cn_pipeline_finish(app, &writer, cn_pipeline_events(app, &in, &tap, true));
}
