/* html: events -> one page that opens from disk with no network.
 *
 * In:  normalized events of one notice or many.  Out: bytes: head, style, the notices as JSON in a data block, the
 * script that draws them (emit/report/). A Content-Security-Policy allows that one style and that one script by hash
 * and nothing else; text from a notice is data in the page and becomes text nodes, so <script> in a task is shown, not
 * run. */
#include "core/json.h"
#include "emit/writer.h"
#include "report_assets.h"

typedef struct html_writer {
  cn_sink json; /* the json writer, into `memory` */
  cn_output *output;
  cn_buf memory, text;
  bool begun, separated;
} html_writer;

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '" CN_REPORT_CSS_HASH
    "'; script-src '" CN_REPORT_JS_HASH "'; base-uri 'none'; form-action 'none'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"generator\" content=\"chengnuo " CN_VERSION "\">\n<title>chengnuo</title>\n<style>";

static const char middle[] =
    "</style>\n</head>\n<body>\n<noscript>This report needs JavaScript. 本报告需要启用 JavaScript。</noscript>\n"
    "<script type=\"application/json\" id=\"data\">[";

/* In JSON < stands only inside texts, where \u003c is the same; so </script> and <!-- cannot end the block. */
static cn_status send_data(html_writer *w) {
  cn_view rest = cn_buf_view(&w->memory), part;
  bool first = true;
  while (cn_view_split(&rest, '<', &part)) {
    if (!first) cn_buf_add_string(&w->text, "\\u003c");
    first = false;
    cn_buf_add_view(&w->text, part);
  }
  cn_buf_reset(&w->memory);
  return cn_writer_send(w->output, &w->text);
}

static void begin(html_writer *w) {
  if (w->begun) return;
  w->begun = true;
  cn_buf_add_string(&w->text, head);
  cn_buf_add_view(&w->text, cn_report_css);
  cn_buf_add_string(&w->text, middle);
}

static cn_status on_event(void *self, const cn_event *event) {
  html_writer *w = self;
  begin(w);
  if (event->type == CN_EVENT_NOTICE && w->separated) cn_buf_add_char(&w->text, ',');
  w->separated = true;
  CN_TRY(cn_push(&w->json, event));
  return send_data(w);
}

static cn_status on_end(void *self) {
  html_writer *w = self;
  begin(w);
  CN_TRY(cn_push_end(&w->json));
  CN_TRY(send_data(w));
  cn_buf_add_string(&w->text, "]</script>\n<script>");
  cn_buf_add_view(&w->text, cn_report_js);
  cn_buf_add_string(&w->text, "</script>\n</body>\n</html>\n");
  return cn_writer_send(w->output, &w->text);
}

static cn_status open(cn_arena *arena, CN_UNUSED const cn_emit_options *options, cn_output *output, cn_sink *sink,
                      cn_view *error) {
  html_writer *w = cn_arena_new(arena, html_writer, 1);
  cn_emit_options compact = {.compact = true};
  w->output = output;
  cn_writer_buf(arena, &w->memory);
  cn_writer_buf(arena, &w->text);
  CN_TRY(cn_format_find("json")->open(arena, &compact, cn_output_memory(arena, &w->memory), &w->json, error));
  *sink = (cn_sink){w, on_event, on_end};
  return CN_OK;
}

const cn_format cn_format_html = {"html", "html", "text/html", "a report to read and filter, in one file", false, open};
