/* cn_record_copy: a copy says the same after the original's memory is gone. */
#include "check.h"
#include "core/event.h"

static const char line[] = "{\"type\":\"row\",\"notice\":\"n\",\"title\":\"承诺\",\"year\":2020,\"block\":\"甲市\","
                           "\"no\":1,\"label\":\"1\",\"task\":\"新增企业2家\",\"targets\":["
                           "{\"text\":\"2家\",\"start\":4,\"end\":6,\"metric\":\"企业\",\"inherited\":false,\"action\":"
                           "\"新增\",\"change\":\"output\",\"relation\":\"eq\","
                           "\"value\":2,\"min\":null,\"max\":null,\"unit\":\"家\",\"unit_code\":\"1\",\"dimension\":"
                           "\"count\",\"per\":null,\"modality\":null,\"where\":[{\"text\":"
                           "\"5亿元\",\"start\":0,\"end\":3,\"metric\":\"收入\",\"relation\":\"gt\",\"value\":"
                           "500000000,\"min\":null,\"max\":null,\"unit\":\"元\",\"unit_code\":"
                           "\"CNY\",\"dimension\":\"currency\",\"per\":null}]}],\"deadline\":{\"text\":\"5日内\","
                           "\"due\":null,\"ongoing\":false,\"stages\":[{\"text\":\"5日内\","
                           "\"start\":null,\"end\":null,\"precision\":null,\"ongoing\":false,\"outcome\":null,"
                           "\"grade\":null,\"rrule\":null,\"relative\":{\"event\":\"批复\","
                           "\"offset\":\"P5D\"},\"year_assumed\":false}]},\"dates\":[],\"due\":\"2020-12-31\","
                           "\"responsible\":[{\"name\":\"张三\",\"kind\":\"person\",\"role\":null}],"
                           "\"extra\":{\"备注\":\"无\"},\"line\":7}";

static void copy_outlives(cn_trap *trap) {
  cn_arena kept, gone;
  cn_buf buf;
  cn_event event;
  const char *error = NULL;
  cn_arena_init(&kept, trap);
  cn_arena_init(&gone, trap);
  cn_buf_init(&buf, trap);
  char *text = cn_arena_new(&gone, char, sizeof line);
  memcpy(text, line, sizeof line);
  cn_view view = {text, sizeof line - 1};
  if (CHECK(cn_event_read(&gone, view, &event, &error) == CN_OK, "the test's event is readable")) {
    event.record = cn_record_copy(&kept, &cn_row_shape, event.record);
    memset(text, '!', sizeof line);
    cn_arena_free(&gone); /* a pointer that still led there would be found by AddressSanitizer */
    cn_event_write(&buf, &event);
    buf.p[buf.n - 1] = 0; /* the newline */
    CHECK_TEXT(cn_view_of(buf.p), line, "a kept record says something else than it did");
  }
  cn_buf_free(&buf);
  cn_arena_free(&kept);
  cn_arena_free(&gone);
}

int main(void) {
  cn_trap trap = {.limit = 0};
  if (setjmp(trap.env)) return 1;
  copy_outlives(&trap);
  return check_done();
}
