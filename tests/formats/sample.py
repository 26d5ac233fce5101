"""What the format tests share beside the command line's harness: the sample's events, and a folder to write into."""
import json, os, sys, tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
import harness
from harness import check, line

folder = tempfile.TemporaryDirectory()


def path(name):
    return os.path.join(folder.name, name)


def run(*words, data=b"", code=0):
    """Standard error of a run that ends with `code`."""
    status, out, error = harness.run(words, data)
    check(status == code, f"{' '.join(words)}: exit {status}, not {code}: {error[:300]}")
    return error


def events():
    _, out, _ = harness.run(["convert", "-f", "ndjson", "--fail-on", "never", "--diagnostics", "none", harness.SAMPLE])
    return [json.loads(text) for text in out.splitlines()]


def lines(list_):
    return "".join(map(line, list_))


def done():
    print(f"{harness.made - harness.failed} passed, {harness.failed} failed")
    sys.exit(harness.failed != 0 or harness.made == 0)
