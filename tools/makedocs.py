#!/usr/bin/env python3
"""Makes the parts of docs/ that repeat a .def list, so that a list and its description cannot drift apart.

usage: makedocs.py [--check]
In:  core/diag.def, core/record.def, and app/options.def with app/commands.def where they exist.
Out: docs/diagnostics.md; between `<!-- made: NAME -->` and `<!-- end -->` of docs/record.md the tables of the fields and
     of the fixed words. --check writes nothing and exits 1 where a file is not what would be made.
"""
import os, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
KINDS = {
    "TEXT": "text or null", "TEXTS": "list of texts", "INT": "whole number or null", "FLAG": "true or false",
    "DATE": "date (YYYY-MM-DD) or null", "NUMBER": "exact decimal number or null", "EXTRA": "object {header: text}",
}
WHEN = {
    "ALWAYS": "", "SOME": " Left out where null, false or empty.", "EVENT": " Only in the event stream.",
    "CELLS": " Only in the event stream, and left out where empty.", "DONE": " Not in rows that have only been extracted.",
}


def read(name):
    with open(os.path.join(ROOT, name), encoding="utf-8") as f:
        return f.read()


def string(literal):
    """The text of one or more adjacent C string literals."""
    text = "".join(re.findall(r'"((?:\\.|[^"\\])*)"', literal))
    return text.replace('\\"', '"').replace("\\\\", "\\")


def calls(text, macro):
    """The arguments of each MACRO(…) at the beginning of a line, strings decoded."""
    for m in re.finditer(rf'^{macro}\(((?:"(?:\\.|[^"\\])*"|[^")])*)\)', text, re.M):
        parts = re.findall(r'(?:"(?:\\.|[^"\\])*"\s*)+|[^,"\s][^,"]*', m.group(1))
        yield [string(p) if p.startswith('"') else p.strip() for p in parts]


def diagnostics():
    out = ["# Diagnostics", "", "Made from core/diag.def; change it there and run `tools/makedocs.py`.", "",
           "A diagnostic says what is odd about a notice. It is printed on standard error as `notice.txt:54:1: warning: … [code]`, stands in",
           "the record's `diagnostics`, and never stops the work. `--fail-on` decides from which severity on the exit code is 1.", ""]
    for severity, title in (("ERROR", "Errors: something of the notice is missing from the record"),
                            ("WARNING", "Warnings: a person should look at this place"),
                            ("INFO", "Notes: a choice was made that a person may want to know")):
        out += [f"## {title}", "", "| code | what it means |", "| --- | --- |"]
        out += [f"| `{code}` | {cell(doc)} |" for _, code, level, doc in calls(read("core/diag.def"), "CN_DIAG") if level.endswith(severity)]
        out += [""]
    return "\n".join(out)


def cell(text):
    return text.replace("|", "\\|")


def record_fields():
    """A table a shape, in the order of record.def."""
    text = read("core/record.def")
    text = text[text.index("*/") + 2:]
    out, shape = [], None
    for m in re.finditer(r"^CN_(STRUCT|FIELD|END)\(.*\)$", text, re.M):
        if m.group(1) == "STRUCT":
            shape = next(calls(m.group(0), "CN_STRUCT"))[0]
            out += [f"### {shape.replace('_', ' ')}", "", "| field | what it is | kind |", "| --- | --- | --- |"]
        elif m.group(1) == "FIELD":
            _, kind, type_, name, when, doc = next(calls(m.group(0), "CN_FIELD"))
            out += [f"| `{name}` | {cell(doc)}.{WHEN[when]} | {kind_text(kind, type_)} |"]
        else:
            out += [""]
    return "\n".join(out)


def kind_text(kind, type_):
    if kind == "ENUM":
        return f"one of the words of [{type_.replace('_', ' ')}](#{type_}-words), or null"
    if kind == "OBJECT":
        return f"a {type_} or null"
    if kind == "LIST":
        return f"list of {type_}"
    return KINDS[kind]


def record_words():
    text = read("core/record.def")
    out = []
    for type_ in re.findall(r"^CN_NAMES\((\w+),", text, re.M):
        names = [name for t, _, name in calls(text, "CN_NAME") if t == type_]
        out += [f'- <a id="{type_}-words"></a>**{type_.replace("_", " ")}**: ' + ", ".join(f"`{n}`" for n in names)]
    return "\n".join(out) + "\n"


def filled(name, parts):
    """The document with the text between its markers made anew."""
    text = read(name)
    for part, make in parts.items():
        pattern = rf"(<!-- made: {part} -->\n).*?(<!-- end -->)"
        if not re.search(pattern, text, re.S):
            sys.exit(f"{name}: no `<!-- made: {part} -->` … `<!-- end -->`")
        text = re.sub(pattern, lambda m: m.group(1) + make() + m.group(2), text, flags=re.S)
    return text


def documents():
    yield "docs/diagnostics.md", diagnostics()
    yield "docs/record.md", filled("docs/record.md", {"fields": record_fields, "words": record_words})


def main(arguments):
    check, status = arguments == ["--check"], 0
    if arguments and not check:
        sys.exit(__doc__)
    for name, text in documents():
        path = os.path.join(ROOT, name)
        if os.path.exists(path) and read(name) == text:
            continue
        if check:
            print(f"{name} is not what core/*.def and app/*.def say: run tools/makedocs.py")
            status = 1
        else:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as f:
                f.write(text)
            print(f"made {name}")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
