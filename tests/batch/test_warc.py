"""Web archives, 1.0 and 1.1, plain and compressed record by record."""
import gzip
from archive import *

PAGE = "<html><head><meta charset='%s'></head><body><table><tr><td>序号</td><td>承诺事项</td><td>完成时间</td></tr><tr><td>1</td><td>新建学校%d所。</td><td>2021年6月底</td></tr></table></body></html>"


def http(body, kind="text/html; charset=utf-8", status="200 OK", more=""):
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}\r\n".encode() + body


def record(kind, body, uri="", version="1.1", content="application/http; msgtype=response"):
    head = f"WARC/{version}\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-03-0{1}T00:00:00Z\r\n"
    if uri:
        head += f"WARC-Target-URI: {'<' + uri + '>' if version == '1.0' else uri}\r\n"
    return (head + f"Content-Type: {content}\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body + b"\r\n\r\n"


def chunked(body):
    parts = [body[i:i + 50] for i in range(0, len(body), 50)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(p), p) for p in parts) + b"0\r\n\r\n"


def crawl(version):
    page = (PAGE % ("utf-8", 1)).encode()
    gbk = (PAGE % ("gbk", 2)).encode("gb18030")
    return [
        record("warcinfo", b"software: test\r\n", version=version, content="application/warc-fields"),
        record("request", b"GET / HTTP/1.1\r\n\r\n", "http://www.example.gov.cn/a.html", version),
        record("response", http(page), "http://www.example.gov.cn/a.html", version),
        record("response", http(gbk, "text/html; charset=GBK"), "http://www.example.gov.cn/b/c.html?x=1", version),
        record("response", http(chunked(page), more="Transfer-Encoding: chunked\r\n"), "http://www.example.gov.cn/d.html", version),
        record("response", http(gzip.compress(page), more="Content-Encoding: gzip\r\n"), "http://www.example.gov.cn/e.html", version),
        record("response", http(b"\x89PNG", "image/png"), "http://www.example.gov.cn/f.png", version),
        record("response", http(page, status="404 Not Found"), "http://www.example.gov.cn/g.html", version),
        record("response", http(open(f"{SOURCE}/tests/variants/files/pandoc.docx", "rb").read(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"), "http://www.example.gov.cn/h.docx", version),
    ]


for version in ("1.0", "1.1"):
    open(f"{version}.warc", "wb").write(b"".join(crawl(version)))
    open(f"{version}.warc.gz", "wb").write(b"".join(map(gzip.compress, crawl(version))))
    for name in (f"{version}.warc", f"{version}.warc.gz"):
        batch(name, ["-o", f"o-{name}", name], 0)
        lines = manifest(f"o-{name}")
        same([l["url"].rsplit("/", 1)[1] for l in lines], ["a.html", "c.html?x=1", "d.html", "e.html", "h.docx"], f"{name}: the pages and documents that were found, and nothing else")
        same([l["rows"] for l in lines], [1, 1, 1, 1, 51], f"{name}: chunked, compressed and GBK pages are read")
        same(lines[0]["fetched"], "2021-03-01T00:00:00Z", f"{name}: the date it was fetched is kept")
        same(lines[1]["charset"], "GB18030", f"{name}: the server's charset is believed")
_, out, _ = run(["batch", "-q", "--merge", "-o", "m", "1.1.warc"])
check('"url":"http://www.example.gov.cn/a.html"' in open("m/merged.ndjson", encoding="utf-8").read(), "the record's source says where the page came from")
whole = b"".join(crawl("1.1"))
open("cut.warc", "wb").write(whole[: len(whole) - 9000])
batch("a cut web archive", ["-o", "cut", "cut.warc"], 1)
same([l["status"] for l in manifest("cut")], ["ok"] * 4 + ["failed"], "a web archive that is cut off gives what lies before")
open("bad.warc", "wb").write(crawl("1.1")[2] + b"garbage\r\n\r\n" * 10 + crawl("1.1")[3])
batch("a damaged web archive", ["-o", "bad", "bad.warc"], 1)
same([l["status"] for l in manifest("bad")], ["ok", "failed"], "a damaged record is said")
done()
