#!/usr/bin/env python3
"""What a person sees: the summary on a terminal, its width, its colours, and that a notice cannot play on the terminal.

usage: CHENGNUO=program test_terminal.py
"""
import fcntl, json, os, pty, re, struct, termios, unicodedata
from harness import *

LONG = "加快打造区域性经济中心。充分发挥投资关键作用，创建国际消费中心城市，建设国家北方地区总部经济基地，实现经济稳定健康发展。"
NOTE = {"type": "diagnostic", "notice": "n.txt", "severity": "warning", "code": "contact-missing", "message": "block \"甲市\" has no contact line, the others have one",
        "line": 54, "column": None, "block": "甲市", "no": None}
EVENTS = stream(block("甲市", adcode="370100"), row(LONG, block="甲市", no=1, due="2020-12-31", targets=[target(), target(metric="指标" * 60)],
                responsible=[{"name": n, "kind": "person", "role": None} for n in ("孙立成", "孙述涛", "边祥慧")]),
                row("word " * 40, block="甲市", no=2, label="（十二）", deadline={"text": "长期坚持", "due": None, "ongoing": True, "stages": []}), NOTE)


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def on_terminal(words, events, width=80, **settings):
    """Standard output of the program where it is a terminal of `width` columns, and its exit code."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")} | {"TERM": "xterm"} | settings
    child = subprocess.Popen([PROGRAM, *words], stdin=subprocess.PIPE, stdout=slave, stderr=subprocess.PIPE, env=environment)
    os.close(slave)
    child.stdin.write(events.encode())
    child.stdin.close()
    out = b""
    try:
        while piece := os.read(master, 65536):
            out += piece
    except OSError:
        pass
    os.close(master)
    return child.wait(), out.decode().replace("\r\n", "\n"), child.stderr.read().decode()


def plain(text):
    return re.sub(r"\033\[[0-9;]*m", "", text)


def widths():
    for width in (40, 60, 80, 132):
        status, out, _ = on_terminal(["emit"], EVENTS, width)
        same(status, 0, "exit code on a terminal")
        for text_line in plain(out).splitlines():
            check(columns(text_line) <= width, f"a line is wider than {width} columns: {text_line}")
            check(text_line == text_line.rstrip(), f"blanks at the end of a line: {text_line!r}")
    _, out, _ = on_terminal(["emit"], EVENTS, 132, COLUMNS="50")
    check(max(map(columns, plain(out).splitlines())) in (49, 50), "COLUMNS is not obeyed")
    piped = expect("emit -f show", ["emit", "-f", "show"], 0, stdin=EVENTS).decode()
    check(76 <= max(map(columns, piped.splitlines())) <= 80, "a piped summary is not 80 columns wide")
    body = [x for x in plain(on_terminal(["emit"], EVENTS)[1]).splitlines() if "孙立成" in x or x.endswith("Responsible")]
    same(len({columns(x[:x.index("孙立成" if "孙立成" in x else "Responsible")]) for x in body}), 1, "columns do not stand under their heads")


def contents():
    out = expect("emit -f show", ["emit", "-f", "show"], 0, stdin=EVENTS).decode()
    for what in ("承诺", "甲市 (370100)", "2020-12-31", "ongoing", "- 新增绿色工厂 20家", "孙立成 +2", "\n     2  ongoing", "1 block, 2 rows, 2 targets", "due 2020-12-31",
                 "1 ongoing", "line 54: block", "[contact-missing]"):
        check(what in out, f"the summary lacks {what!r}")
    same(out.count("\033"), 0, "a piped summary is coloured")


def colours():
    check("\033[" in on_terminal(["emit"], EVENTS)[1], "no colour on a terminal")
    check("\033[" not in on_terminal(["emit"], EVENTS, NO_COLOR="1")[1], "NO_COLOR is not obeyed")
    check("\033[" in on_terminal(["emit"], EVENTS, NO_COLOR="")[1], "an empty NO_COLOR counts")
    check("\033[" not in on_terminal(["emit"], EVENTS, TERM="dumb")[1], "a dumb terminal is coloured")


def choice_of_format():
    status, out, _ = on_terminal(["emit", "-f", "json"], EVENTS)
    check(json.loads(out)["title"] == "承诺", "-f json on a terminal is not JSON")
    status, out, _ = on_terminal(["convert", SAMPLE], "")
    check("16市" in out and not out.lstrip().startswith("{"), "convert to a terminal is no summary")
    out = expect("convert to a pipe", ["convert", SAMPLE], 0)
    check(json.loads(out)["schema"] == "chengnuo/1", "convert to a pipe is not JSON")
    out = expect("show to a pipe", ["show", SAMPLE], 0).decode()
    check("16市" in out and "济南市" in out and not out.startswith("{"), "show to a pipe is no summary")


def hostile():
    task = "新\033[2J\033]0;title\007增\u009b31m\u202e家\u2066\r\n第二"
    _, out, _ = on_terminal(["emit"], stream(block(task), row(task, block=task, responsible=[{"name": task, "kind": None, "role": None}]),
                            {**NOTE, "message": task}), NO_COLOR="1")
    for c in out:
        check(c == "\n" or (ord(c) >= 32 and not 0x7F <= ord(c) < 0xA0 and c not in "\u202e\u2066"), f"{c!r} of a notice reaches the terminal")


for test in (widths, contents, colours, choice_of_format, hostile):
    test()
done()
