/* extract: see extract.h. In: a document.  Out: its events.  The order of the parts: bytes, reader, flow, segmenter. */
#include "extract/extract.h"

#include "extract/read_text.h"
#include "extract/registry.h"
#include "extract/source.h"
#include "extract/text_runs.h"

static cn_status read_document(cn_document *document) {
  CN_TRY(cn_source_open(document));
  const cn_reader *reader = cn_reader_for(document->bytes, document->input);
  document->source.media_type = cn_view_of(reader->media_type);
  if (reader == &cn_reader_text) return cn_text_stream(document);
  cn_flow flow = {0};
  CN_TRY(cn_source_load(document));
  CN_TRY(reader->read(document, &flow));
  CN_TRY(cn_flow_lay_out(document, &flow));
  cn_segmenter *segmenter = cn_segmenter_begin(document, NULL);
  CN_TRY(cn_segmenter_feed(segmenter, &flow, true));
  return cn_segmenter_end(segmenter);
}

cn_status cn_extract(cn_arena *arena, const cn_rules *rules, const cn_extract_options *options, const cn_input *input,
                     const cn_sink *out, cn_failure *failure) {
  cn_document *document = cn_arena_new(arena, cn_document, 1);
  *document = (cn_document){.arena = arena,
                            .window = arena,
                            .rules = rules,
                            .options = options,
                            .input = input,
                            .out = out,
                            .failure = failure};
  cn_record_init(&cn_source_shape, &document->source);
  document->source.name = input->name;
  document->source.url = input->url;
  document->source.fetched = input->fetched;
  CN_TRY(read_document(document));
  return cn_push_end(out);
}
