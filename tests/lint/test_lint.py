#!/usr/bin/env python3
"""Every lint has a case that trips it: writes a small tree with one fault at a time and looks for the finding."""
import os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
OK = "/* A file. */\n"
CASES = [  # check, file, its text, words that the finding must have
    ("includes", "core/a.c", OK + '#include "extract/extract.h"\n', "core/ may not include extract/extract.h"),
    ("includes", "emit/a.c", OK + '#include "normalize/normalize.h"\n', "emit/ may not include"),
    ("includes", "extract/a.c", OK + "#include <pcre2.h>\n", "belongs to core/regex.c"),
    ("includes", "extract/a.c", OK + "#include <curl/curl.h>\n", "has no owner"),
    ("bans", "extract/a.c", OK + "int n = atoi(s);\n", "banned: atoi"),
    ("bans", "emit/a.c", OK + 'printf("x");\n', "only app/ prints"),
    ("bans", "emit/a.c", OK + "#define CN_OWNER\n", "CN_OWNER"),
    ("rules", "rules/units.tsv", "unit\tcode\nm\n", "1 fields, the header has 2"),
    ("rules", "rules/units.tsv", "unit\texpected\nm\tx\n", "core/rules.def says"),
    ("words", "core/a.c", OK + "/* TO" + "DO */\n", "work left undone"),
    ("words", "docs/a.md", "see /ro" + "ot/x\n", "a path of one machine"),
    ("words", "core/a.c", OK + "int a; \n", "blanks at the end"),
    ("heads", "core/a.c", "int a;\n", "does not begin with a comment"),
    ("heads", "core/a.h", OK + "int a;\n", "no include guard"),
    ("lengths", "core/a.c", OK + "int a;\n" * 600, "divide it"),
    ("lengths", "core/a.c", OK + "static int f(void) {\n" + "  a();\n" * 90 + "}\n", "f has 92 lines"),
]


def run(check, name, text):
    with tempfile.TemporaryDirectory() as root:
        subprocess.run(["git", "init", "-q", root], check=True)
        files = {
            "tests/lint/owners.tsv": "header\tfiles\npcre2.h\tcore/regex.c\n",
            "core/rules.def": 'CN_RULE_SET(UNITS, "units.tsv", "unit code", "units")\n',
            "rules/units.tsv": "unit\tcode\nm\tm\n",
        }
        files[name] = text
        for path, content in files.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w") as f:
                f.write(content)
        done = subprocess.run([sys.executable, os.path.join(HERE, "lint.py"), "--root", root, check], capture_output=True, text=True)
        return done.returncode, done.stdout


failed = 0
for check, name, text, words in CASES:
    status, out = run(check, name, text)
    if status != 1 or words not in out:
        failed += 1
        print(f"FAILED: {check} does not report `{words}` (exit {status}):\n{out}")
status, out = run("includes", "core/a.c", OK + '#include "core/view.h"\n#include <unistd.h>\n')
if status != 0:
    failed += 1
    print(f"FAILED: a clean file is reported:\n{out}")
print(f"{len(CASES) + 1} checks, {failed} failed")
sys.exit(1 if failed else 0)
