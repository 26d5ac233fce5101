#!/usr/bin/env python3
"""The filters as a Unix user chains them: streams cut off, filtered, without end, and readers that stop reading.

usage: CHENGNUO=program test_streams.py
"""
import json, resource, subprocess, tempfile
from harness import *


def cut_streams():
    whole = stream(block("甲市"), row(block="甲市"), row(block="甲市", no=2))
    lines = whole.splitlines(keepends=True)
    expect("a whole stream", ["emit"], 0, stdin=whole)
    for n in range(1, len(lines)):
        expect(f"a stream cut after line {n}", ["emit"], 3, "cut off", stdin="".join(lines[:n]))
    expect("a stream cut in a line", ["emit"], 3, "cut off within a line", stdin=whole.encode()[:-30])
    expect("a stream without its last newline", ["emit"], 0, stdin=whole.rstrip("\n"))
    expect("no stream", ["emit"], 3, "no events")
    expect("blank lines only", ["emit"], 3, "no events", stdin="\n\n")
    expect("a second notice cut off", ["emit"], 3, "cut off", stdin=whole + lines[0])
    expect("CR LF line ends", ["emit"], 0, stdin=whole.replace("\n", "\r\n"))


def foreign_streams():
    expect("a text as stream", ["emit"], 3, "standard input:1: not an event stream", "chengnuo extract FILE", stdin="序号\t承诺事项\n")
    expect("a text as stream", ["normalize"], 3, "not an event stream", stdin="序号\t承诺事项\n")
    expect("a stream before normalize", ["emit"], 3, "standard input:2: this row has not been through normalize",
           stdin=stream({"type": "row", "notice": "n.txt", "task": "新增", "line": 1}))
    out = expect("a line that is no event", ["emit", "-f", "ndjson"], 1, "line 2 of the event stream is not an event", "[event-unreadable]",
                 stdin=line(NOTICE) + "{oops\n" + line(row()) + line(END))
    same([json.loads(x)["type"] for x in out.splitlines()], ["notice", "diagnostic", "row", "end"], "one bad line takes others with it, or is lost silently")
    expect("a line that is no event, allowed", ["emit", "--fail-on", "never"], 0, stdin=line(NOTICE) + "{oops\n" + line(END))


def diagnostics_of_the_stream():
    note = {"type": "diagnostic", "notice": "n.txt", "severity": "warning", "code": "serial-gap", "message": "2 is missing", "line": 5, "column": None,
            "block": None, "no": 3}
    events = stream(row(), note)
    for words, status, said in ((["emit"], 0, ""), (["emit", "--fail-on", "warning"], 1, ""), (["emit", "--fail-on", "error"], 0, ""),
                                (["emit", "--diagnostics", "text"], 0, "n.txt:5:1: warning: 2 is missing [serial-gap]\n"),
                                (["emit", "--diagnostics", "ndjson"], 0, line(note)), (["emit", "--diagnostics", "none", "--fail-on", "warning"], 1, "")):
        status_got, _, error = run(words, events)
        same((status_got, error), (status, said), f"{words}: exit code or messages")
    many = stream(row(), {**note, "column": 7, "line": 9, "message": "a\x1b[31mb\nc"}, {**note, "line": None, "notice": "-"})
    _, _, error = run(["emit", "--diagnostics", "text"], many)
    same(error, "n.txt:9:7: warning: a [31mb c [serial-gap]\n<stdin>: warning: 2 is missing [serial-gap]\n", "places and text of diagnostics")


def readers_that_stop():
    many = (line(NOTICE) + line(row(task="新增绿色工厂20家。" * 20)) * 3000 + line(END)).encode()
    for words in (["emit", "-f", "ndjson"], ["emit"], ["emit", "-f", "csv"], ["emit", "-f", "md"], ["emit", "-f", "show"]):
        child = subprocess.Popen([PROGRAM, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        reader = subprocess.Popen(["head", "-1"], stdin=child.stdout, stdout=subprocess.PIPE)
        child.stdout.close()
        try:
            child.stdin.write(many)
            child.stdin.close()
        except BrokenPipeError:
            pass
        first, error = reader.communicate()[0], child.stderr.read()
        same((child.wait(), error), (0, b""), f"{words} | head -1: not quiet")
        check(first.endswith(b"\n"), f"{words} | head -1: no line")


def slow_pipes():
    """A line is seen downstream as soon as it was read, not when a buffer is full."""
    child = subprocess.Popen([PROGRAM, "emit", "-f", "ndjson"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for event in (NOTICE, row(), END):
        child.stdin.write(line(event).encode())
        child.stdin.flush()
        same(json.loads(child.stdout.readline())["type"], event["type"], "a slow stream's events are held back")
    child.stdin.close()
    same(child.wait(), 0, "exit code of a slow stream")


def memory():
    """A stream of 32 MB in 24 MB of memory; with sanitizers, whose own memory is large, only that a long stream passes."""
    one = line(row(task="新增绿色工厂20家。" * 30, targets=[target()] * 8)).encode()
    sanitized = b"__asan_init" in open(PROGRAM, "rb").read()
    def limited():
        resource.setrlimit(resource.RLIMIT_DATA, (24 << 20, 24 << 20))
    for words in (["emit", "--compact"], ["emit", "-f", "csv"], ["emit", "-f", "ndjson"], ["emit", "-f", "md"], ["emit", "-f", "show"]):
        child = subprocess.Popen([PROGRAM, *words], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                 preexec_fn=None if sanitized else limited)
        child.stdin.write(line(NOTICE).encode())
        for _ in range(2 if sanitized else 32):
            child.stdin.write(one * ((1 << 20) // len(one)))
        child.stdin.write(line(END).encode())
        child.stdin.close()
        error = child.stderr.read()
        same((child.wait(), error), (0, b""), f"{words}: memory grows with the stream")


def several_inputs():
    with tempfile.TemporaryDirectory() as folder:
        for name in "ab":
            open(f"{folder}/{name}", "w", encoding="utf-8").write(stream(row(no=ord(name))))
        out = expect("two files", ["emit", "--compact", "a", "-", "b"], 0, stdin=stream(row(no=5)), cwd=folder)
        same([json.loads(x)["blocks"][0]["rows"][0]["no"] for x in out.splitlines()], [97, 5, 98], "files are not read in order")
        out = expect("a missing file between two", ["emit", "--compact", "a", "none", "b"], 3, "none: No such file or directory", cwd=folder)
        same(len(out.splitlines()), 2, "one missing file stops the others")
        expect("a folder", ["emit", "."], 3, ".: Is a directory", cwd=folder)


for test in (cut_streams, foreign_streams, diagnostics_of_the_stream, readers_that_stop, slow_pipes, memory, several_inputs):
    test()
done()
