#!/usr/bin/env python3
"""Makes the parts of docs/ that repeat a .def list, so that a list and its description cannot drift apart.

usage: makedocs.py [--check]
In:  core/diag.def, core/record.def, and app/options.def with app/commands.def where they exist.
Out: docs/diagnostics.md; docs/chengnuo.1, the man page; between `<!-- made: NAME -->` and `<!-- end -->` of docs/record.md the tables of the fields and
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


def roff(text):
    """Text for man: a hyphen stays a hyphen, a line does not begin with a request."""
    return re.sub(r"^([.'])", r"\\&\1", text.replace("\\", "\\e").replace("-", "\\-"), flags=re.M)


def option_line(short, long, argument):
    names = ([f"\\-{short[1]}"] if short.startswith("'") else []) + [f"\\-\\-{roff(long)}"]
    return "\\fB" + ", ".join(names) + "\\fR" + ("" if argument == "NULL" else f" \\fI{roff(argument)}\\fR")


def formats():
    """(name, help) of each output format, in the order of its list."""
    sources = "".join(read(f"emit/{f}") for f in sorted(os.listdir(os.path.join(ROOT, "emit"))) if f.endswith(".c"))
    for (name,) in calls(read("emit/formats.def"), "CN_FORMAT"):
        texts = re.search(rf"cn_format_{name} = {{((?:[^{{}};\"]|\"(?:\\\\.|[^\"\\\\])*\")*)}};", sources).group(1)
        yield name, re.findall(r'"((?:\\.|[^"\\])*)"', texts)[3]


def manual():
    """The man page: commands, their options, formats, diagnostics and exit codes."""
    options = list(calls(read("app/options.def"), "CN_OPTION"))
    out = [".\\\" Made by tools/makedocs.py from app/*.def, emit/formats.def and core/diag.def.", '.TH CHENGNUO 1 "" "chengnuo" "User Commands"',
           ".SH NAME", "chengnuo \\- turn Chinese public-commitment notices into structured data", ".SH SYNOPSIS"]
    commands = list(calls(read("app/commands.def"), "CN_COMMAND"))
    for name, operands, *_ in commands:
        out += [f".B chengnuo {name}", f"[options] {roff(operands)}", ".br"]
    out += [".SH DESCRIPTION", "A notice is a table or a list of what an office promises to do: task, date, people.", "chengnuo reads it in any of",
            "the shapes that offices publish, and writes what it says as data. See docs/record.md for the fields.", ".SH COMMANDS"]
    for name, operands, line, *more in commands:
        out += [".TP", f".B {name}", roff(f"{line[:1].upper()}{line[1:]}. {''.join(more)}".strip())]
    out += [".SH OPTIONS"]
    for _, short, long, argument, of, text in options:
        out += [".TP", option_line(short, long, argument), roff(text[:1].upper() + text[1:] + "." + ("" if of == "*" else f" ({of.replace(' ', ', ')})"))]
    out += [".SH FORMATS"] + [x for name, text in formats() for x in (".TP", f".B {name}", roff(text[:1].upper() + text[1:] + "."))]
    out += [".SH DIAGNOSTICS", "They are written to standard error as", ".IR file : line : column :", "severity: message [code]", "and stand in the record."]
    for _, code, _, text in calls(read("core/diag.def"), "CN_DIAG"):
        out += [".TP", f".B {roff(code)}", roff(text[:1].upper() + text[1:] + ".")]
    out += [".SH EXIT STATUS"]
    for code, text in (("0", "Done."), ("1", "Done, but a diagnostic reached --fail-on."), ("2", "The call was wrong."),
                       ("3", "Reading or writing failed, or the input is no notice."), ("4", "A limit was reached, or memory ran out.")):
        out += [".TP", f".B {code}", roff(text)]
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
    if os.path.exists(os.path.join(ROOT, "app/options.def")):
        yield "docs/chengnuo.1", manual()
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
