#!/usr/bin/env python3
"""Help, misuse and exit codes: what the program says to somebody who does not know it yet.

usage: CHENGNUO=program test_usage.py
"""
import re, unicodedata
from harness import *

COMMANDS = re.findall(r'^CN_COMMAND\((\w+)', open(f"{SOURCE}/app/commands.def", encoding="utf-8").read(), re.M)
OPTIONS = re.findall(r'^CN_OPTION\(\w+, (?:0|\'(.)\'), "([\w-]+)", (?:NULL|"([^"]+)"), "([^"]+)"', open(f"{SOURCE}/app/options.def", encoding="utf-8").read(), re.M)


def columns(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def help_texts():
    top = expect("--help", ["--help"], 0).decode()
    same(expect("help", ["help"], 0).decode(), top, "`help` and `--help` differ")
    same(expect("-h", ["-h"], 0).decode(), top, "`-h` and `--help` differ")
    check(len(OPTIONS) > 20, "options.def could not be read")
    for command in COMMANDS:
        check(re.search(rf"^  {command} ", top, re.M), f"--help does not name {command}")
        text = expect(f"{command} --help", [command, "--help"], 0).decode()
        same(expect(f"help {command}", ["help", command], 0).decode(), text, f"`help {command}` and `{command} --help` differ")
        check(text.startswith(f"usage: chengnuo {command} "), f"{command} --help does not begin with its usage")
        for short, name, argument, commands in OPTIONS:
            named = re.search(rf"(?<![\w-])--{name}(?![\w-])", text[text.index("options:"):]) is not None
            check(named == (commands == "*" or command in commands.split()), f"{command} --help is wrong about --{name}")
        for text_line in text.splitlines():
            check(columns(text_line) <= 80, f"{command} --help is wider than a terminal: {text_line}")
    for text_line in top.splitlines():
        check(columns(text_line) <= 80, f"--help is wider than a terminal: {text_line}")


def topics():
    for topic, word in (("formats", "ndjson"), ("layouts", "tabs"), ("diagnostics", "serial-gap")):
        check(word in expect(f"help {topic}", ["help", topic], 0).decode(), f"help {topic} does not name {word}")
    expect("help of nothing", ["help", "formts"], 2, "did you mean 'formats'")


def version():
    out = expect("--version", ["--version"], 0).decode()
    check(re.fullmatch(r"chengnuo \d+\.\d+\.\d+\n", out), f"--version says {out!r}")
    same(expect("-V", ["convert", "-V"], 0).decode(), out, "-V behind a command differs")


def misuse():
    expect("no command", [], 2, "no command", "usage: chengnuo COMMAND")
    expect("a mistyped command", ["convrt", "x"], 2, "did you mean 'convert'?", "usage:")
    expect("a swapped command", ["emti"], 2, "did you mean 'emit'?")
    expect("a word like no command", ["frobnicate"], 2, "no command 'frobnicate'")
    expect("a file as command", [SAMPLE], 2, f"did you mean 'chengnuo convert {SAMPLE}'?")
    expect("a mistyped option", ["convert", "--formt", "json"], 2, "unknown option '--formt'; did you mean '--format'?", "usage: chengnuo convert")
    expect("an unknown letter", ["convert", "-Q"], 2, "unknown option '-Q'")
    expect("an option of another command", ["emit", "--layout", "tabs"], 2, "'--layout' is for:")
    expect("a missing argument", ["convert", "--format"], 2, "'--format' needs NAME")
    expect("a missing argument of a letter", ["convert", "-o"], 2, "'--output' needs FILE")
    expect("an argument too many", ["emit", "--compact=1"], 2, "'--compact' takes no argument")
    expect("half an option that could be several", ["convert", "--he"], 2, "could be several")
    expect("a word that an option does not take", ["convert", "--fail-on", "often"], 2, "takes error|warning|never, not 'often'")
    expect("an unknown format", ["convert", "-f", "jsn"], 2, "did you mean 'json'?")
    expect("an unknown layout", ["convert", "--layout", "tab", SAMPLE], 2, "did you mean 'tabs'?")
    expect("a year that is none", ["convert", "--year", "two", SAMPLE], 2, "'--year' takes a year")
    expect("a year out of range", ["convert", "--year", "12020", SAMPLE], 2, "'--year' takes a year")
    expect("a size that is none", ["convert", "--max-input", "1Q", SAMPLE], 2, "'--max-input' takes a size")
    expect("a size of nothing", ["convert", "--max-input", "0", SAMPLE], 2, "'--max-input' takes a size")
    expect("options that contradict", ["emit", "--pretty", "--compact"], 2, "contradict")
    expect("a descriptor beside no file", ["emit", "-f", "csv", "--datapackage", "x.json"], 2, "-o FILE")
    expect("--year without --text", ["normalize", "--year", "2020"], 2, "--text")


def abbreviations():
    expect("a unique beginning of an option", ["emit", "--comp"], 0, stdin=stream(row()))
    expect("an option behind the file", ["emit", "-", "--compact"], 0, stdin=stream(row()))
    expect("a file that looks like an option", ["emit", "--", "--compact"], 3, "--compact: No such file")


for test in (help_texts, topics, version, misuse, abbreviations):
    test()
done()
