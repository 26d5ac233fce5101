#!/usr/bin/env python3
"""The house rules that can be read off the sources (docs/design.md says why each is there).

usage: lint.py [--root DIR] [CHECK ...]     CHECK: includes owners bans rules words heads lengths; default: all
Prints `file:line: what is wrong` for each finding, then a summary. Exit status 1 where there is any.
"""
import os, re, subprocess, sys
from collections import namedtuple

ROOMS = {  # a room, and the rooms whose headers it may include
    "core": {"core"},
    "extract": {"core", "extract"},
    "normalize": {"core", "normalize"},
    "emit": {"core", "emit"},
    "app": {"core", "extract", "normalize", "emit", "app"},
    "tools": {"core"},
}
FILE_LINES, FUNCTION_LINES = 500, 70
STANDARD = set("""assert ctype dirent errno fcntl fnmatch ftw getopt glob inttypes iconv libgen limits locale math poll pthread setjmp
signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib string strings time unistd wchar dlfcn langinfo spawn
sys/ioctl sys/mman sys/resource sys/select sys/socket sys/stat sys/time sys/types sys/uio sys/wait sys/prctl""".split())
# Rooms push bytes and statuses up; only app/ prints or ends the program.
PRINTING = r"\b(printf|puts|putchar|perror|exit|_exit|abort)\s*\("
NEVER = r"\b(gets|system|popen|tmpnam|mktemp|alloca|strtok|rand|srand|strcpy|strcat|sprintf|vsprintf|atoi|atol|atof|localtime|gmtime|asctime|ctime)\s*\("
# Words that must not be committed: work left undone, and paths of one machine.
WORDS = [
    (r"\b(TODO|FIXME|XXX|HACK)\b", "work left undone"),
    (r"(?<![\w.])/(work|root|home/\w+)/", "a path of one machine"),
    (r"(?<![\w.])/tmp/(build|land)", "a path of one machine"),
    (r"\bwt-(core|dates|emit|extract|house|markup|quantity|segment|targets)\b", "a path of one machine"),
]
SELF = "tests/lint/lint.py"
TRAP = "core/base.c"  # ends the program where memory ran out and nobody has set a trap
Finding = namedtuple("Finding", "place what")


def project_files(root):
    out = subprocess.run(["git", "-C", root, "ls-files", "-co", "--exclude-standard", "-z"], check=True, capture_output=True).stdout
    return sorted(f for f in out.decode().split("\0") if f and os.path.exists(os.path.join(root, f)))


def lines_of(root, name):
    with open(os.path.join(root, name), encoding="utf-8", errors="replace") as f:
        return f.read().split("\n")


def without_comments(lines):
    """The lines with comments and string contents blanked, so that a word in either is no finding."""
    text = "\n".join(lines)
    blank = lambda m: re.sub(r"[^\n]", " ", m.group(0))
    text = re.sub(r'"(?:\\.|[^"\\\n])*"|/\*.*?\*/|//[^\n]*', lambda m: m.group(0) if m.group(0)[0] == '"' else blank(m), text, flags=re.S)
    return text.split("\n")


def c_files(files, rooms=ROOMS):
    return [f for f in files if f.split("/")[0] in rooms and f.endswith((".c", ".h"))]


def read_owners(root):
    """tests/lint/owners.tsv: header prefix -> files that may include it."""
    owners = {}
    for line in lines_of(root, "tests/lint/owners.tsv")[1:]:
        if line and not line.startswith("#"):
            prefix, names = line.split("\t")[:2]
            owners[prefix] = names.split()
    return owners


def check_includes(root, files):
    """Rooms include what ROOMS allows; a third party's header is included by its owner only."""
    owners = read_owners(root)
    for f in c_files(files):
        room = f.split("/")[0]
        for n, line in enumerate(lines_of(root, f), 1):
            m = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if not m:
                continue
            header = m.group(2)
            if m.group(1) == '"':
                other = header.split("/")[0]
                if other in ROOMS and other not in ROOMS[room]:
                    yield Finding(f"{f}:{n}", f"{room}/ may not include {header}")
            elif header[:-2] not in STANDARD:
                prefix = next((p for p in owners if header.startswith(p)), None)
                if prefix is None:
                    yield Finding(f"{f}:{n}", f"<{header}> has no owner in tests/lint/owners.tsv")
                elif f not in owners[prefix]:
                    yield Finding(f"{f}:{n}", f"<{header}> belongs to {' '.join(owners[prefix])}")


def check_bans(root, files):
    """No banned function, owner or not; nothing below app/ prints or exits; CN_OWNER is for the listed owners."""
    allowed = {name for names in read_owners(root).values() for name in names}
    for f in c_files(files):
        lines = lines_of(root, f)
        for n, line in enumerate(without_comments(lines), 1):
            line = re.sub(r'"(?:\\.|[^"\\])*"', '""', line)
            if f == "core/base.h":
                continue
            if re.search(NEVER, line):
                yield Finding(f"{f}:{n}", f"banned: {re.search(NEVER, line).group(1)}")
            if f.split("/")[0] in ("core", "extract", "normalize", "emit") and f != TRAP and re.search(PRINTING, line):
                yield Finding(f"{f}:{n}", f"only app/ prints or exits: {re.search(PRINTING, line).group(1)}")
            if re.match(r"\s*#\s*define\s+CN_OWNER\b", line) and f not in allowed:
                yield Finding(f"{f}:{n}", "CN_OWNER, but tests/lint/owners.tsv does not list this file")


def check_rules(root, files):
    """Each table of core/rules.def is there with its columns; each line is whole and carries its example."""
    text = "\n".join(lines_of(root, "core/rules.def"))
    for name, columns in re.findall(r'^CN_RULE_SET\(\w+,\s*"([^"]+)",\s*"([^"]+)"', text, re.M):
        path = f"rules/{name}"
        if path not in files:
            yield Finding("core/rules.def", f"{path} is not there")
            continue
        header = None
        for n, line in enumerate(lines_of(root, path), 1):
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if header is None:
                header = fields
                if header != columns.split():
                    yield Finding(f"{path}:{n}", f"columns are {' '.join(header)}, core/rules.def says {columns}")
                continue
            yield from rule_line(f"{path}:{n}", header, fields)


def rule_line(place, header, fields):
    if len(fields) != len(header):
        yield Finding(place, f"{len(fields)} fields, the header has {len(header)}")
    elif not fields[0]:
        yield Finding(place, "no key")
    else:
        for column, field in zip(header, fields):
            if column in ("example", "expected") and not field:
                yield Finding(place, f"{column} is empty: a rule without example cannot land")
            if field != field.strip(" \r"):
                yield Finding(place, f"{column} has blanks at its edge")


def check_words(root, files):
    """Nothing left undone in so many words, no path of one machine, no invalid UTF-8, no tabs or blanks at line ends."""
    for f in files:
        if f == SELF or f.startswith(("samples/", "tests/accuracy/")) or not is_text(root, f):
            continue
        for n, line in enumerate(lines_of(root, f), 1):
            for pattern, what in WORDS:
                if re.search(pattern, line):
                    yield Finding(f"{f}:{n}", f"{what}: {re.search(pattern, line).group(0)}")
            if f.endswith((".c", ".h", ".def", ".py", ".sh", ".txt")) and line != line.rstrip():
                if not f.startswith(("tests/golden/", "tests/hostile/", "tests/variants/files/")):
                    yield Finding(f"{f}:{n}", "blanks at the end of the line")


def is_text(root, name):
    with open(os.path.join(root, name), "rb") as f:
        head = f.read(4096)
    return b"\0" not in head and name.endswith((".c", ".h", ".def", ".tsv", ".md", ".py", ".sh", ".txt", ".cjs", ".mjs", ".js", ".json", "/run", "dev"))


def check_heads(root, files):
    """A C file begins with a comment that says what goes in, what comes out, who owns it; a header guards itself."""
    for f in c_files(files):
        lines = lines_of(root, f)
        if not lines[0].startswith("/*"):
            yield Finding(f"{f}:1", "does not begin with a comment that says what the file is for")
        if f.endswith(".h"):
            guard = "CN_" + os.path.basename(f)[:-2].upper().replace("-", "_") + "_H"
            if not any(re.match(rf"#ifndef CN_\w*H$", line) for line in lines[:14]):
                yield Finding(f"{f}:1", f"has no include guard such as {guard}")


def functions_of(lines):
    """(first line, name, length) of each function: a body opens at the end of an unindented line and closes with a bare }."""
    start = name = None
    head = 0
    for n, line in enumerate(lines, 1):
        if start is None:
            if re.match(r"\w", line) and not line.startswith(("#", "typedef", "struct", "enum", "union")) and re.search(r"\w\s*\(", line):
                head, name = n, re.search(r"(\w+)\s*\(", line).group(1)
            if line.endswith("{") and head and " = " not in line and (line.startswith((" ", ")")) or "(" in line):
                start = head
        elif line.startswith("}"):
            yield start, name, n - start + 1
            start, head = None, 0


def check_lengths(root, files):
    """Files and functions that have outgrown their room."""
    for f in c_files(files):
        lines = without_comments(lines_of(root, f))
        if len(lines) - 1 > FILE_LINES:
            yield Finding(f"{f}:1", f"{len(lines) - 1} lines, more than {FILE_LINES}: divide it")
        for line, name, length in functions_of(lines):
            if length > FUNCTION_LINES:
                yield Finding(f"{f}:{line}", f"{name} has {length} lines, more than {FUNCTION_LINES}: divide it")


CHECKS = {"includes": check_includes, "bans": check_bans, "rules": check_rules, "words": check_words, "heads": check_heads, "lengths": check_lengths}


def main(arguments):
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    if arguments[:1] == ["--root"]:
        root, arguments = arguments[1], arguments[2:]
    files = project_files(root)
    found = 0
    for name in arguments or CHECKS:
        for finding in CHECKS[name](root, files):
            print(f"{finding.place}: {finding.what}")
            found += 1
    print(f"lint: {len(files)} files, {found} findings")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
