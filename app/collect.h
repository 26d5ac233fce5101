/* Records kept: for the commands that look at a whole notice at once (due, diff). In: events.  Out: copies in the app's
 * arena. */
#ifndef CN_APP_COLLECT_H
#define CN_APP_COLLECT_H

#include "app/app.h"

typedef struct cn_collected {
  const cn_row *row;
  const cn_notice *notice; /* NULL where the stream had none */
} cn_collected;

typedef struct cn_collection {
  cn_app *app;
  cn_collected *rows;
  size_t n, capacity;
  const cn_notice *notice; /* the last one */
} cn_collection;

cn_sink cn_collection_sink(cn_collection *collection);

/* Every operand into the collection: notices through extract and normalize, streams of normalized events as they are
 * (told by their first bytes, or by --events). */
CN_MUST_USE cn_status cn_collect(cn_app *app, cn_collection *collection);

#endif
