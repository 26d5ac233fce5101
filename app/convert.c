/* convert and show: notice in, record out. In: files.  Out: a format. The three stages in one process. */
#include "app/pipeline.h"

static cn_status convert(cn_app *app, const cn_format *format) {
  cn_sink writer, tap, normalizer;
  bool summary = strcmp(format->name, "show") == 0; /* which lists the diagnostics itself */
  if (summary && !cn_given(app, CN_OPTION_DIAGNOSTICS)) app->report_mode = CN_REPORT_NONE;
  CN_TRY(cn_pipeline_writer(app, format, &writer));
  tap = cn_report_tap(app, &writer);
  CN_TRY(cn_pipeline_normalizer(app, &tap, &normalizer));
  return cn_pipeline_finish(app, &normalizer, cn_pipeline_extract(app, &normalizer));
}

cn_status cn_command_convert(cn_app *app);
cn_status cn_command_convert(cn_app *app) {
  const cn_format *format;
  CN_TRY(cn_pipeline_format(app, &format));
  return convert(app, format);
}

cn_status cn_command_show(cn_app *app);
cn_status cn_command_show(cn_app *app) { return convert(app, cn_format_find("show")); }
