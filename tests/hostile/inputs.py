"""Inputs that a careless program is slow on, runs out of memory on or crashes on, made anew at each run.

Out: (name, bytes, exit codes that are right) of each. Sizes: linear work on them takes well under a second in a release
build, so a limit of many seconds of CPU only ever stops what is not linear.
"""
import io, random, zipfile

HEADER = "序号\t承诺事项\t完成时间\t责任人\n"
DONE, ODD, REFUSED, LIMIT = 0, 1, 3, 4


def table(task, deadline="12月底", person="李明"):
    return ("某市2020年公开承诺事项\n" + HEADER + f"1\t{task}\t{deadline}\t{person}\n").encode()


def fill(piece, size=1 << 20):
    data = piece.encode()
    return (data * (size // len(data) + 1))[: size // len(data) * len(data)].decode()


def long_cells():
    """One megabyte of one thing in one cell."""
    pieces = {
        "digits": "7", "chinese-digits": "三", "magnitudes": "万亿", "numerals": "三百二十", "brackets": "（", "brackets-closed": "（）", "quotes": "“",
        "titles": "《", "commas": "、", "clauses": "增长，", "percent": "10%、", "units": "5万元", "ranges": "1—", "dates": "6月", "years": "2020年", "ends": "12月底前，",
        "comparison": "不低于", "above": "以上", "verbs": "新增", "de": "的", "other": "其中", "spaces": "　", "latin": "A5", "decimal": "1.", "thousands": "1,000,",
        "list": "新增绿色工厂20家、", "respectively": "分别增长6%和8%，", "owner": "市财政局、", "minus": "-", "colon": "：", "slash": "/", "joiner": "\u200d", "combining": "e\u0301",
    }
    for name, piece in pieces.items():
        yield f"cell-{name}", table(fill(piece)), (DONE, ODD, LIMIT)
    for name, piece in (("dates", "6月底、"), ("ends", "12月底取得成效并"), ("digits", "1"), ("recurring", "每月5日前")):
        yield f"deadline-{name}", table("新增2家", deadline=fill(piece)), (DONE, ODD, LIMIT)
    for name, piece in (("names", "李明 "), ("glued", "李明王强"), ("bodies", "市财政局、"), ("brackets", "（市")):
        yield f"people-{name}", table("新增2家", person=fill(piece)), (DONE, ODD, LIMIT)


def text_shapes():
    row = "{}\t新增2家\t12月底\t李明\n"
    yield "one-line", ("1.新增2家。（责任单位：市财政局）" * 200000).encode(), (DONE, ODD, LIMIT)
    yield "one-line-no-number", ("责任单位" * 1000000).encode(), (DONE, ODD, LIMIT)
    yield "tabs", b"\t" * (1 << 20), (DONE, ODD, LIMIT, REFUSED)
    yield "newlines", b"\n" * (4 << 20), (DONE, ODD)
    yield "carriage-returns", b"\r" * (1 << 20), (DONE, ODD)
    yield "columns", (HEADER.strip() + "\t列" * 100000 + "\n1" + "\t新增2家" * 100000 + "\n").encode(), (DONE, ODD, LIMIT)
    yield "headers", ("标题2020年\n" + HEADER * 60000).encode(), (DONE, ODD)
    yield "same-serial", ("标题2020年\n" + HEADER + row.format(1) * 30000).encode(), (DONE, ODD)
    yield "serial-down", ("标题2020年\n" + HEADER + "".join(row.format(n) for n in range(30000, 0, -1))).encode(), (DONE, ODD)
    yield "serial-huge", table("新增2家").replace(b"\n1\t", b"\n" + b"9" * 100000 + b"\t"), (DONE, ODD)
    yield "nesting", ("标题\n" + "".join("（" * n + "一" + "）" * n + "\n" for n in range(1, 1200))).encode(), (DONE, ODD)
    yield "blanks", ("标题\n" + "序号  承诺事项  完成时间\n" + ("1" + " " * 400 + "新增2家" + "　" * 400 + "12月底\n") * 1500).encode(), (DONE, ODD)
    yield "pipes", ("# 标题\n\n|序号|承诺事项|\n|---|---|\n" + "|" * 1000000 + "\n").encode(), (DONE, ODD, LIMIT)
    yield "quotes-open", ('序号,承诺事项,完成时间\n1,"' + '新增2家,""\n' * 150000).encode(), (DONE, ODD, LIMIT)
    yield "labels", ("标题\n" + "责任单位：" * 250000).encode(), (DONE, ODD, LIMIT)
    yield "blocks", ("标题2020年\n" + "".join(f"市第{n}局\n{HEADER}{row.format(1)}" for n in range(9000))).encode(), (DONE, ODD)


def encodings():
    good = table("新增2家")
    yield "empty", b"", (REFUSED,)
    yield "bom-only", b"\xef\xbb\xbf", (ODD, REFUSED)
    yield "utf16-bom-only", b"\xff\xfe", (ODD, REFUSED)
    yield "utf16-odd", b"\xff\xfe" + good.decode().encode("utf-16-le")[:-1], (DONE, ODD)
    yield "utf16-surrogates", b"\xff\xfe" + good.decode().encode("utf-16-le") + b"\x00\xd8" * 1000, (DONE, ODD)
    yield "cut-character", good[:-2], (DONE, ODD)
    yield "damaged", good.replace("新".encode(), b"\xe6\x96"), (DONE, ODD)
    yield "damaged-all", good + b"\xff" * (1 << 20), (DONE, ODD, REFUSED)
    yield "overlong", good + b"\xc0\x80\xe0\x80\x80\xf0\x80\x80\x80" * 10000, (DONE, ODD, REFUSED)
    yield "nul", good.replace(b"2", b"\0"), (DONE, ODD, REFUSED)
    yield "nul-only", b"\0" * (1 << 20), (ODD, REFUSED)
    yield "noncharacters", good + "\ufffe\uffff\U0010ffff".encode() * 10000, (DONE, ODD)
    yield "right-to-left", table("新增\u202e2家\u202c\u2066" * 1000), (DONE, ODD)
    yield "random", random.Random(7).randbytes(1 << 20), (ODD, REFUSED)
    yield "gb18030-random", bytes(random.Random(8).choice(b"\x81\xb0\xfe\x30\x39\xff\x40") for _ in range(1 << 19)), (DONE, ODD, REFUSED)
    yield "jpeg-named-html", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + random.Random(9).randbytes(100000), (REFUSED,)
    yield "pdf", b"%PDF-1.7\n" + random.Random(9).randbytes(1000), (REFUSED,)
    yield "word-97", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096), (REFUSED,)


def markup():
    page = "<html><body><h1>某市2020年承诺</h1><table><tr><th>序号</th><th>承诺事项</th></tr>{}</table></body></html>"
    cell = "<tr><td{}>1</td><td>新增2家</td></tr>"
    yield "tags.html", ("<html><body>" + "<div>" * 100000 + "新增2家").encode(), (DONE, ODD, LIMIT, REFUSED)
    yield "tables.html", ("<html><body>" + "<table><tr><td>" * 30000 + "新增2家").encode(), (DONE, ODD, LIMIT, REFUSED)
    yield "rowspan.html", page.format(cell.format(' rowspan="1000000"') * 3).encode(), (DONE, ODD, LIMIT)
    yield "colspan.html", page.format(cell.format(' colspan="1000000"') * 3).encode(), (DONE, ODD, LIMIT)
    yield "spans.html", page.format(cell.format(' colspan="1000" rowspan="65534"') * 2000).encode(), (DONE, ODD, LIMIT)
    yield "span-negative.html", page.format(cell.format(' rowspan="-1" colspan="99999999999999999999"')).encode(), (DONE, ODD, LIMIT)
    yield "attributes.html", ("<html><body><p " + "a=1 " * 200000 + ">新增2家</p>").encode(), (DONE, ODD, LIMIT, REFUSED)
    yield "comment-open.html", ("<html><body><!--" + "-" * 1000000).encode(), (ODD, REFUSED)
    yield "script-open.html", ("<html><body><script>" + "<" * 1000000).encode(), (ODD, REFUSED)
    yield "entities.html", page.format("<tr><td>1</td><td>" + "&#x4e00;&amp;&bogus;&#0;&#xd800;" * 20000 + "</td></tr>").encode(), (DONE, ODD, LIMIT)
    yield "charset-lies.html", ('<meta charset="utf-16">' + page.format(cell.format("") * 3)).encode("gb18030"), (DONE, ODD, REFUSED)


def package(parts, **how):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **how) as z:
        for name, text in parts:
            z.writestr(name, text)
    return out.getvalue()


WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
BOOK = ('<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>')
LINKS = ('<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
         'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>')


def word(body, types="<Types/>"):
    return package([("[Content_Types].xml", types), ("word/document.xml", body)])


def excel(sheet, strings="<sst/>"):
    return package([("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", LINKS),
                    ("xl/sharedStrings.xml", strings), ("xl/worksheets/sheet1.xml", sheet)])


def containers():
    table_ = "<w:tbl><w:tr>{}</w:tr></w:tbl>"
    cell = "<w:tc>{}<w:p><w:r><w:t>新增2家</w:t></w:r></w:p></w:tc>"
    whole = word(WORD.format(table_.format(cell.format("") * 2)))
    yield "cut.docx", whole[: len(whole) * 2 // 3], (ODD, REFUSED)
    yield "xml-cut.docx", word(WORD.format(table_.format(cell.format("") * 200))[:6000]), (DONE, ODD, REFUSED)
    yield "no-document.docx", package([("[Content_Types].xml", "<Types/>"), ("word/styles.xml", "<x/>")]), (ODD, REFUSED)
    yield "deep.docx", word(WORD.format("<w:tbl><w:tr><w:tc>" * 20000)), (ODD, REFUSED, LIMIT)
    yield "span.docx", word(WORD.format(table_.format(cell.format('<w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>') * 50))), (DONE, ODD, LIMIT, REFUSED)
    laugh = '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈">' + "".join(f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">' for i in range(12)) + "]>"
    yield "entities.docx", word(laugh + WORD.format("<w:p><w:r><w:t>&m;</w:t></w:r></w:p>")), (ODD, REFUSED, LIMIT)
    yield "bomb.docx", word(WORD.format("<w:p><w:r><w:t>" + "0" * (300 << 20) + "</w:t></w:r></w:p>")), (ODD, REFUSED, LIMIT)
    yield "dots.zip", package([("../../escaped.txt", table("新增2家")), ("/escaped.txt", table("新增2家"))]), (DONE, ODD, REFUSED)
    rows = '<row r="1"><c r="A1" t="s"><v>{}</v></c></row>'
    yield "string-index.xlsx", excel(SHEET.format(rows.format(99999999) + rows.format(-1) + rows.format("x"))), (DONE, ODD, REFUSED)
    yield "far-cell.xlsx", excel(SHEET.format('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>新增2家</t></is></c></row>')), (DONE, ODD, LIMIT)
    yield "beyond-cell.xlsx", excel(SHEET.format('<row r="99999999999"><c r="ZZZZZZZ99999999999" t="inlineStr"><is><t>新增2家</t></is></c></row>')), (DONE, ODD, LIMIT, REFUSED)
    yield "merge.xlsx", excel(SHEET.format(rows.format(0)).replace("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
                              "<sst><si><t>新增2家</t></si></sst>"), (DONE, ODD, LIMIT)
    yield "empty.zip", package([]), (ODD, REFUSED)


def event_lines():
    """For normalize and emit: what a broken or hostile stage ahead of them might write."""
    row = '{"type":"row","task":"新增2家","line":1'
    end = '\n{"type":"end","rows":1}\n'
    yield "deep.ndjson", ("[" * 1000000).encode(), (REFUSED,)
    yield "no-json.ndjson", b"hello\n", (REFUSED,)
    yield "unknown-type.ndjson", ('{"type":"comet"}' + end).encode(), (DONE, ODD, REFUSED)
    yield "no-type.ndjson", b'{"task":"x"}\n', (REFUSED,)
    yield "wrong-kinds.ndjson", b'{"type":"row","task":5,"line":"x","extra":[],"cells":{}}\n', (REFUSED,)
    yield "twice.ndjson", (row + ',"task":"b"}' + end).encode(), (DONE, ODD, REFUSED)
    yield "huge-number.ndjson", (row + ',"no":1e999}' + end).encode(), (DONE, ODD, REFUSED)
    yield "long-line.ndjson", (row + ',"later":"' + "x" * (8 << 20) + '"}' + end).encode(), (DONE, ODD, LIMIT, REFUSED)
    yield "cut.ndjson", (row + "}\n").encode(), (REFUSED,)
    yield "half-line.ndjson", row.encode(), (REFUSED,)
    yield "nul.ndjson", b'{"type":"row"\0}\n', (REFUSED,)
    yield "bad-utf8.ndjson", b'{"type":"row","task":"\xff"}\n', (REFUSED,)


def notices():
    for make in (long_cells, text_shapes, encodings, markup, containers):
        yield from make()
