#!/usr/bin/env python3
"""emit -f json and ndjson: what comes out is what went in, whatever the order of events.

usage: CHENGNUO=program test_json.py
"""
import json
from harness import *

DECIMAL = dict(parse_float=str, parse_int=str)


def within(want, got):
    """Whether `got` says all that `want` does; an answer may leave out fields that it does not judge."""
    if isinstance(want, dict):
        return isinstance(got, dict) and all(within(v, got.get(k)) for k, v in want.items())
    if isinstance(want, list):
        return isinstance(got, list) and len(want) == len(got) and all(map(within, want, got))
    return want == got


def documents_of_gold():
    for path, gold in golds():
        events = list(gold_events(gold, "g"))
        out = expect(f"emit of {path}", ["emit", "-f", "json"], 0, stdin="".join(map(line, events)))
        document = json.loads(out)
        for key in ("title", "year", "issuer", "document_number", "issued", "preface", "blocks"):
            check(within(gold.get(key), document[key]), f"{path}: {key} of the document is not what the events said")
        compact = expect(f"emit --compact of {path}", ["emit", "--compact"], 0, stdin="".join(map(line, events)))
        check(compact.count(b"\n") == 1, f"{path}: --compact is more than one line")
        check(json.loads(compact) == document, f"{path}: --compact says something else than --pretty")


def order_of_fields():
    out = expect("emit of a small stream", ["emit"], 0, stdin=stream(block("甲市"), row(block="甲市")))
    document = json.loads(out)
    same(list(document), "schema source title year issuer document_number issued contacts preface blocks diagnostics".split(),
         "the document's fields are not in the record's order")
    same(list(document["blocks"][0]), ["name", "kind", "adcode", "rows", "contacts"], "the block's fields are not in the record's order")
    check(out.startswith(b'{\n  "schema": "chengnuo/1",\n'), "pretty JSON does not indent by two blanks")
    check("type" not in document and "notice" not in document["blocks"][0]["rows"][0], "event fields leak into the document")


def blocks_and_contacts():
    contact = lambda person, **more: {"type": "contact", "notice": "n.txt", "block": None, "person": person, "phones": ["0531-1"], "outside": False, "line": 1, **more}
    events = [contact("张三", outside=True), row(no=1), block("甲市"), row(block="甲市", no=2), contact("李四", block="甲市"), row(block="甲市", no=3),
              block("乙市")]
    document = json.loads(expect("emit", ["emit"], 0, stdin=stream(*events)))
    same(document["contacts"], [{"person": "张三", "phones": ["0531-1"]}], "a contact outside any block is not the notice's own")
    same([(b["name"], b["kind"], [r["no"] for r in b["rows"]]) for b in document["blocks"]],
         [(None, None, [1]), ("甲市", "region", [2, 3]), ("乙市", "region", [])], "rows are not in their blocks")
    same(document["blocks"][1]["contacts"], [{"person": "李四", "phones": ["0531-1"]}], "a block's contact is lost")
    rows_only = json.loads(expect("emit", ["emit"], 0, stdin=line(row(block="甲市", no=1)) + line(row(block="乙市", no=2)) + line(END)))
    same([b["name"] for b in rows_only["blocks"]], ["甲市", "乙市"], "rows whose notice and block events were filtered away lose their blocks")
    same(rows_only["title"], "承诺", "rows whose notice event was filtered away lose its title")


def two_notices():
    out = expect("emit of two notices", ["emit", "--compact"], 0, stdin=stream(row(no=1)) + stream(row(no=2)))
    same([json.loads(x)["blocks"][0]["rows"][0]["no"] for x in out.splitlines()], [1, 2], "two notices are not two documents")


def exact_numbers():
    for value in ("2100000000000", "2.7", "0.3", "999999999999999999", "0.000000000000000001", "-5"):
        event = line(row(targets=[target(value=0)])).replace('"value":0', f'"value":{value}').replace('"value": 0', f'"value":{value}')
        out = expect(f"emit of {value}", ["emit"], 0, stdin=line(NOTICE) + event + line(END))
        document = json.loads(out, **DECIMAL)
        same(document["blocks"][0]["rows"][0]["targets"][0]["value"], value, "a number is not exact")


def hostile_text():
    task = 'a"b\\c\u2028\u2029</script>\u0001\u001b[31m\t\n😀\u202e'
    for words in (["emit"], ["emit", "--compact"], ["emit", "-f", "ndjson"], ["emit", "-f", "ndjson", "--rows"]):
        out = expect(f"{words}", words, 0, stdin=stream(row(task=task)))
        check("\u2028".encode() not in out and b"\x1b" not in out, f"{words}: U+2028 or a control character is not escaped")
        check(json.loads(out.splitlines()[1] if words[-1] == "ndjson" else out) is not None, f"{words}: not JSON")
    document = json.loads(expect("emit", ["emit"], 0, stdin=stream(row(task=task))))
    same(document["blocks"][0]["rows"][0]["task"], task, "text that needs escaping does not come back")


def events_pass():
    more = row(extra={"备注": "无", "": "x"}, priority={"a": [1, 2.50, "三"]}, mark=True)
    out = expect("emit -f ndjson", ["emit", "-f", "ndjson"], 0, stdin=stream(more))
    back = [json.loads(x) for x in out.splitlines()]
    same([e["type"] for e in back], ["notice", "row", "end"], "events are lost on the way")
    same(back[1], more, "an event changes on the way, or unknown members are lost")
    flat = [json.loads(x) for x in expect("emit --rows", ["emit", "-f", "ndjson", "--rows"], 0, stdin=stream(more)).splitlines()]
    check(len(flat) == 1 and "type" not in flat[0] and flat[0]["title"] == "承诺" and flat[0]["mark"] is True, "--rows is not one flat row a line")


for test in (documents_of_gold, order_of_fields, blocks_and_contacts, two_notices, exact_numbers, hostile_text, events_pass):
    test()
done()
