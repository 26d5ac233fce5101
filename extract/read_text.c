/* read_text: the reader of plain text. In: decoded bytes.  Out: a flow, made by the layout with the best bid.
 *
 * A document larger than a window goes through window by window where its layout allows it, so that memory does not
 * grow with it: each window's lines, elements and joined texts live in an arena of their own, which is rewound. */
#include "extract/read_text.h"

#include "extract/lines.h"
#include "extract/registry.h"
#include "extract/source.h"

static bool matches(cn_view bytes, const cn_input *input) {
  (void)bytes, (void)input;
  return true;
}

static cn_status choose(cn_document *document, cn_lines lines, const cn_layout **layout) {
  const char *name = document->options->layout;
  *layout = name ? cn_layout_find(name) : cn_layout_for(document, lines);
  if (!*layout)
    return cn_fail(document, CN_USAGE, CN_NONE, "there is no layout named %s (see chengnuo help layouts)", name);
  document->layout = (*layout)->name;
  return CN_OK;
}

static cn_status read_whole(cn_document *document, cn_flow *flow) {
  CN_TRY(cn_source_load(document));
  CN_TRY(cn_source_decode(document, NULL));
  cn_view rest;
  cn_window window = {.first = true, .last = true};
  window.lines = cn_lines_split(document->window, document->text, 1, true, &rest);
  const cn_layout *layout;
  CN_TRY(choose(document, window.lines, &layout));
  return layout->read(document, &window, flow);
}

const cn_reader cn_reader_text = {.name = "text", .media_type = "text/plain", .matches = matches, .read = read_whole};

static cn_status feed_whole(cn_document *document) {
  cn_flow flow = {0};
  document->window = document->arena;
  CN_TRY(read_whole(document, &flow));
  cn_segmenter *segmenter = cn_segmenter_begin(document, NULL);
  CN_TRY(cn_segmenter_feed(segmenter, &flow, true));
  return cn_segmenter_end(segmenter);
}

/* One way through the windows. */
typedef struct walk {
  cn_document *document;
  cn_stream *stream;
  cn_segmenter *segmenter;
  const cn_layout *layout;
  cn_window window;
  size_t unused;   /* bytes at the end of the window that come again */
  uint32_t number; /* of the first line of the next window */
} walk;

/* Reads the lines of one window and feeds what they are. */
static cn_status read_window(walk *w, cn_view text, cn_view rest) {
  cn_flow flow = {0};
  cn_lines lines = w->window.lines;
  w->window.used = lines.count;
  CN_TRY(w->layout->read(w->document, &w->window, &flow));
  size_t used = w->window.last ? lines.count : w->window.used;
  const char *left = used < lines.count ? lines.items[used].text.p : rest.p;
  w->unused = (size_t)(text.p + text.n - left);
  w->number = used < lines.count ? lines.items[used].number : w->number + (uint32_t)lines.count;
  if (used == 0 && lines.count) return CN_OK;
  w->window.first = false;
  return cn_segmenter_feed(w->segmenter, &flow, w->window.last);
}

static cn_status next_window(walk *w, bool *whole) {
  cn_document *document = w->document;
  cn_view text, rest;
  CN_TRY(cn_stream_next(w->stream, w->unused, &text, &w->window.last));
  w->window.lines = cn_lines_split(document->window, text, w->number, w->window.last, &rest);
  w->unused = text.n;
  if (!w->window.lines.count && !w->window.last) return CN_OK;
  if (!w->layout) {
    CN_TRY(choose(document, w->window.lines, &w->layout));
    *whole = !w->layout->streams;
    if (*whole) return CN_OK;
    w->segmenter = cn_segmenter_begin(document, document->window);
  }
  return read_window(w, text, rest);
}

static void free_window(void *what) { cn_arena_free(what); }

cn_status cn_text_stream(cn_document *document) {
  if (document->bytes.n < CN_WINDOW) return feed_whole(document);
  walk w = {.document = document, .number = 1, .window = {.first = true}};
  cn_arena *arena = document->window = cn_arena_new(document->arena, cn_arena, 1);
  cn_arena_init(arena, document->arena->trap);
  cn_arena_defer(document->arena, free_window, arena);
  CN_TRY(cn_stream_open(document, &w.stream));
  bool whole = false;
  while (!w.window.last && !whole) {
    CN_TRY(next_window(&w, &whole));
    cn_arena_reset(arena);
  }
  return whole ? feed_whole(document) : cn_segmenter_end(w.segmenter);
}
