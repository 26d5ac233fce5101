#!/usr/bin/env python3
"""convert, extract and normalize as filters: what passes through, plain lines as input, pipes that close early.

usage: CHENGNUO=program test_filters.py
"""
import json, subprocess, tempfile
from harness import *

# The sample is cut off on purpose, so it has warnings; they are not what is tested here.
QUIET = ["--diagnostics", "none"]


def events(out):
    return [json.loads(x) for x in out.splitlines()]


def unknown_members():
    """Somebody's own fields survive normalize, on every type of event."""
    source = events(expect("extract", ["extract", *QUIET, SAMPLE], 0))
    marked = "".join(line({**e, "mine": {"n": 1.50, "文": ["字"]}, "also": None}) for e in source)
    out = expect("normalize of marked events", ["normalize", *QUIET], 0, stdin=marked).decode()
    own = events(expect("normalize", ["normalize", *QUIET], 0, stdin="".join(map(line, source))))
    kept = [e for e in events(out) if "mine" in e]
    same(len(kept), len(source), "events lose members that normalize does not know")
    check(out.count('"mine":{"n":1.5') == len(source), "an unknown number changes")
    bare = [{k: v for k, v in e.items() if k not in ("mine", "also")} for e in events(out)]
    check(bare == own, "unknown members change what normalize finds")


def parts_of_a_stream():
    """Each line stands alone: rows without their notice are normalized as they are within it."""
    source = expect("extract", ["extract", *QUIET, SAMPLE], 0).decode().splitlines(True)
    whole = [e for e in events(expect("normalize", ["normalize", *QUIET], 0, stdin="".join(source))) if e["type"] == "row"]
    rows = [x for x in source if '"type":"row"' in x]
    alone = events(expect("normalize of rows", ["normalize", *QUIET], 0, stdin="".join(rows)))
    check(len(whole) > 50 and [e for e in alone if e["type"] == "row"] == whole, "a row alone is read otherwise than in its notice")
    again = expect("normalize twice", ["normalize", *QUIET], 0, stdin="".join(map(line, whole)))
    check(events(again) == whole, "normalize changes what it has normalized")


def plain_lines():
    text = "新增绿色工厂20家。\n\n  12月底前完成投资3.5亿元\r\n没有数字"
    out = events(expect("--text", ["normalize", "--text", "--year", "2021"], 0, stdin=text))
    same([e["type"] for e in out], ["notice", "row", "row", "row", "end"], "lines do not become a whole stream")
    rows = out[1:-1]
    same([(r["task"], r["line"]) for r in rows], [("新增绿色工厂20家。", 1), ("12月底前完成投资3.5亿元", 3), ("没有数字", 4)], "tasks and lines")
    same([[t["value"] for t in r["targets"]] for r in rows], [[20], [350000000], []], "targets of plain lines")
    same((rows[1]["due"], out[-1]["rows"]), ("2021-12-31", 3), "--year is not the year of plain lines, or rows are miscounted")
    table = expect("--text | emit", ["emit", "-f", "csv"], 0, stdin="".join(map(line, out))).decode()
    same(len(table.splitlines()), 4, "emit does not read what --text wrote")
    out = events(expect("bytes that are no UTF-8", ["normalize", "--text"], 0, "<stdin>:1:3: warning:", "[encoding-replaced]", stdin=b"\xe6\x96\xb0a\xff\xfe9\n"))
    same([e["task"] for e in out if e["type"] == "row"], ["新a\ufffd\ufffd9"], "bad bytes are not replaced one by one")


def mentions():
    text = "落实“四个意识”，推广5G基站20座。\n"
    plain = events(expect("--text", ["normalize", "--text"], 0, stdin=text))[1]
    full = events(expect("--text --all", ["normalize", "--text", "--all"], 0, stdin=text))[1]
    check("mentions" not in plain, "mentions are given without --all")
    check(full["mentions"] and full["targets"] == plain["targets"], "--all gives no mentions, or changes the targets")
    check(all(text[m["start"]:m["end"]] == m["text"] for m in full["mentions"]), "a mention is not where it says")


def pipes_that_close():
    for words in (["convert"], ["extract"], ["show"], ["convert", "-f", "csv"], ["convert", "-f", "html"]):
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as notice:
            body = open(SAMPLE, encoding="utf-8").read()
            notice.write(body + body.split("\n", 8)[8] * 20)
            notice.flush()
            child = subprocess.Popen([PROGRAM, *words, *QUIET, notice.name], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            child.stdout.readline()
            child.stdout.close()
            same((child.stderr.read(), child.wait()), (b"", 0), f"{words} | head -1 is not quiet")


def several_notices():
    out = expect("convert of two", ["convert", "--compact", *QUIET, SAMPLE, "-"], 0, stdin=open(SAMPLE, "rb").read())
    documents = [json.loads(x) for x in out.splitlines()]
    same([d["source"]["name"] for d in documents], [SAMPLE, "-"], "names of two notices")
    check(documents[0]["blocks"] == documents[1]["blocks"], "a notice is read otherwise through a pipe")
    check(expect("standard input by default", ["convert", *QUIET, "--compact"], 0, stdin=open(SAMPLE, "rb").read()) == out.splitlines(True)[1], "no FILE is not -")
    out = expect("a bad input between two", ["convert", "--compact", *QUIET, SAMPLE, "/none", SAMPLE], 3, "/none: No such file or directory")
    same(len(out.splitlines()), 2, "a bad input stops the others")


def verdicts():
    expect("warnings", ["convert", SAMPLE], 0, f"{SAMPLE}:", ": warning: ", "[contact-missing]")
    expect("--fail-on warning", ["convert", "--fail-on", "warning", SAMPLE], 1)
    expect("--fail-on warning of extract", ["extract", "--fail-on", "warning", SAMPLE], 1)
    for words in (["convert"], ["extract"], ["show"]):
        expect(f"{words}: no rows", [*words], 1, stdin="今天天气很好。\n")
        expect(f"{words}: no rows, allowed", [*words, "--fail-on", "never"], 0, stdin="今天天气很好。\n")
    expect("no rows", ["convert"], 1, "<stdin>: error: ", "[no-rows]", stdin="今天天气很好。\n")
    _, _, error = run(["convert", "--diagnostics", "ndjson", SAMPLE])
    notes = events(error)
    check(len(notes) >= 2 and all(n["type"] == "diagnostic" and n["notice"] == SAMPLE for n in notes), "--diagnostics ndjson is not NDJSON")
    same(run(["convert", "--diagnostics", "none", SAMPLE])[2], "", "--diagnostics none says something")
    _, extracted, first = run(["extract", SAMPLE])
    _, out, second = run(["normalize"], extracted)
    third = run(["emit"], out)[2]
    same(sorted((first + second + third).splitlines()), sorted(run(["convert", SAMPLE])[2].splitlines()), "three filters do not say once what convert says")


for test in (unknown_members, parts_of_a_stream, plain_lines, mentions, pipes_that_close, several_notices, verdicts):
    test()
done()
