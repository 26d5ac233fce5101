/* extract: notice in, events out. In: files.  Out: NDJSON, not yet normalized. */
#include "app/pipeline.h"

cn_status cn_command_extract(cn_app *app);
cn_status cn_command_extract(cn_app *app) {
  cn_sink writer;
  CN_TRY(cn_pipeline_writer(app, cn_format_find("ndjson"), &writer));
  cn_sink tap = cn_report_tap(app, &writer);
  return cn_pipeline_finish(app, &tap, cn_pipeline_extract(app, &tap));
}
