/* core: what every stage stands on. */
#include "core/event.h"
#include "core/fold.h"
#include "core/json.h"
#include "core/regex.h"
#include "core/rules.h"
#include "core/utf8.h"

static int failed, passed;

static void check(bool ok, const char *what) {
  if (ok)
    passed++;
  else {
    failed++;
    printf("FAILED: %s\n", what);
  }
}

static bool decimal_is(cn_decimal d, const char *text) {
  cn_trap trap = {.limit = 0};
  cn_buf buf;
  cn_buf_init(&buf, &trap);
  cn_decimal_write(&buf, d);
  bool same = cn_view_is(cn_buf_view(&buf), text);
  if (!same) printf("  got %.*s for %s\n", (int)buf.n, buf.p, text);
  cn_buf_free(&buf);
  return same;
}

static cn_decimal dec(const char *s) { return cn_decimal_parse(cn_view_of(s)); }

static void test_decimal(void) {
  check(decimal_is(cn_decimal_shift(dec("2.1"), 12), "2100000000000"), "2.1万亿 is exact");
  check(decimal_is(dec("0.30"), "0.3"), "0.30 is written 0.3");
  check(decimal_is(dec("-0.5"), "-0.5"), "a negative fraction keeps its sign");
  check(decimal_is(cn_decimal_add(dec("0.1"), dec("0.2")), "0.3"), "0.1+0.2 is 0.3");
  check(decimal_is(cn_decimal_div(dec("3"), dec("4")), "0.75"), "四分之三 is 0.75");
  check(!cn_decimal_div(dec("1"), dec("3")).known, "三分之一 has no finite decimal");
  check(!dec("1234567890123456789").known, "19 digits do not fit and are not guessed");
  check(decimal_is(dec("1.5e3"), "1500"), "an exponent is read");
  check(!dec("1.").known && !dec("").known && !dec("1x").known && !dec("-").known, "half a number is no number");
  check(cn_decimal_compare(dec("0.3"), dec("0.30")) == 0 && cn_decimal_compare(dec("2"), dec("1.9")) > 0,
        "decimals compare by value");
}

static void test_utf8(void) {
  check(cn_utf8_valid_prefix(CN_VIEW("年\xED\xA0\x80")) == 3, "a surrogate is not UTF-8");
  check(cn_utf8_valid_prefix(CN_VIEW("abcdefgh\xC0\x80")) == 8, "an overlong form is not UTF-8");
  check(cn_utf8_count(CN_VIEW("增长10%左右")) == 7, "positions count code points");
  check(cn_utf8_columns(CN_VIEW("a年")) == 3, "a Chinese character takes two columns");
  check(cn_view_is(cn_view_trim(CN_VIEW("　 \xC2\xA0李刚　\n")), "李刚"), "U+3000 and NBSP are trimmed");
}

static void test_fold(cn_arena *arena) {
  cn_folded f = cn_fold(arena, CN_VIEW("增长１２％，1\xEF\xA6\x8E"));
  check(cn_view_is(f.text, "增长12%，1年"), "full width and 年 as U+F98E are folded, ， is kept");
  check(cn_fold_offset(&f, 6) == 6 && cn_fold_offset(&f, 7) == 9 && cn_fold_offset(&f, f.text.n) == f.source.n,
        "offsets lead back to the source");
  check(cn_view_is(cn_fold_source(&f, 6, 9), "１２％"), "the source's own characters come back");
  check(cn_fold(arena, CN_VIEW("①10²㎡")).map == NULL, "① ² ㎡ are not folded");
}

static void test_json(cn_arena *arena) {
  const char *error;
  size_t at;
  const cn_json *j =
      cn_json_read(arena, CN_VIEW("{\"a\":[1,{\"b\":2100000000000.010}],\"c\":\"\\u4e00\\n\"}"), &error, &at);
  check(j && j->first->first->next->first->text.n == 17, "a number keeps its own characters through cJSON");
  check(j && cn_view_is(cn_json_member(j, "c")->text, "一\n"), "escapes are read");
  check(!cn_json_read(arena, CN_VIEW("{\"a\":1,\"a\":2}"), &error, &at), "a doubled key is refused");
  check(!cn_json_valid(CN_VIEW("{\"a\":01}"), &error, &at) && !cn_json_valid(CN_VIEW("[1] x"), &error, &at),
        "bad JSON is refused");
  check(!cn_json_valid(CN_VIEW("\"\xFF\""), &error, &at) && !cn_json_valid(CN_VIEW("\"\\ud800\""), &error, &at),
        "bad UTF-8 and lone surrogates are refused");
  cn_buf buf;
  cn_buf_init(&buf, arena->trap);
  cn_json_write_text(&buf, CN_VIEW("a\"\\\x01\xE2\x80\xA8“年”\t0123456789"));
  check(cn_view_is(cn_buf_view(&buf), "\"a\\\"\\\\\\u0001\\u2028“年”\\t0123456789\""), "text is escaped for JSON");
  cn_buf_free(&buf);
}

static void test_event(cn_arena *arena) {
  const char line[] = "{\"type\":\"row\",\"notice\":\"n\",\"title\":null,\"year\":2020,\"block\":null,\"no\":1,"
                      "\"label\":\"1\",\"task\":\"新增2.70家\","
                      "\"targets\":[{\"text\":\"2.70家\",\"start\":2,\"end\":7,\"metric\":null,\"inherited\":false,"
                      "\"action\":\"新增\",\"change\":\"output\","
                      "\"relation\":\"eq\",\"value\":2.70,\"min\":null,\"max\":null,\"unit\":\"家\",\"unit_code\":"
                      "\"1\",\"dimension\":\"count\",\"per\":null,"
                      "\"modality\":null,\"where\":[]}],\"deadline\":null,\"dates\":[],\"due\":\"2020-12-31\","
                      "\"responsible\":[],\"extra\":{\"备注\":\"x\"},"
                      "\"line\":3,\"later\":{\"k\":1e400}}";
  cn_event event;
  const char *error = "";
  cn_buf buf;
  cn_buf_init(&buf, arena->trap);
  check(cn_event_read(arena, CN_VIEW(line), &event, &error) == CN_OK, "a row event is read");
  cn_event_write(&buf, &event);
  check(strstr((cn_buf_add_char(&buf, 0), buf.p), "\"value\":2.7,") != NULL, "values stay exact");
  check(strstr(buf.p, "\"later\":{\"k\":1e400}") != NULL, "unknown members pass through as they were");
  check(cn_event_read(arena, CN_VIEW("{\"type\":\"row\",\"no\":\"x\"}"), &event, &error) == CN_BROKEN,
        "a wrong type of member is refused");
  cn_buf_free(&buf);
}

static void test_regex(cn_trap *trap) {
  cn_regex *r = cn_regex_new(trap, CN_VIEW("(?<m>\\d{1,2})月(?:底|末)"), CN_REGEX_ANCHORED);
  cn_captures c;
  cn_view text = CN_VIEW("于12月底前");
  check(cn_regex_match(r, text, 0, &c) == CN_REGEX_NO, "an anchored pattern does not search");
  for (int i = 0; i < 100; i++)
    if (cn_regex_match(r, text, 3, &c) != CN_REGEX_MATCH) check(false, "interpreter and JIT agree");
  check(cn_view_is(cn_capture(text, &c, cn_regex_group(r, "m")), "12"), "named groups are found");
  cn_regex_free(r);
}

static void test_rules(cn_arena *arena) {
  cn_rules *rules;
  cn_view error;
  check(cn_rules_open(arena, NULL, &rules, &error) == CN_OK, "built-in rules open");
  const cn_table *t = cn_rules_table(rules, CN_RULES_FOLD);
  check(cn_table_find(t, CN_VIEW("，")) && !cn_table_find(t, CN_VIEW("年")), "a rule is found by its key");
  check(cn_table_prefix(t, CN_VIEW("x（y"), 1) && cn_table_suffix(t, CN_VIEW("x（y"), 4),
        "rules are found at both sides of a place");
  check(cn_rules_open(arena, "/nonexistent", &rules, &error) == CN_IO && error.n, "a missing rules folder is said");
}

int main(void) {
  cn_trap trap = {.limit = 0};
  cn_arena arena;
  if (setjmp(trap.env)) return 4;
  cn_arena_init(&arena, &trap);
  test_decimal();
  test_utf8();
  test_fold(&arena);
  test_json(&arena);
  test_event(&arena);
  test_regex(&trap);
  test_rules(&arena);
  cn_arena_free(&arena);
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
