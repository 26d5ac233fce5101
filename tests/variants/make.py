"""Writes the sample notice in the shapes that need no other software, and the page that LibreOffice and pandoc start from.

In:  samples/shandong-2020/notice.txt.  Out: files in the folder given. Called by make.sh; see there for the others.
"""

import csv
import html
import io
import os
import sys


def read_notice(path):
    """Title, preface, header, and blocks: name, rows (serial, task, deadline, people), contact line."""
    title, preface, header, blocks = "", "", [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("■"):
            preface = line
        elif line.startswith("## "):
            title = line[3:]
        elif line.startswith("联系人"):
            blocks[-1]["contact"] = line
        elif "\t" in line:
            cells = line.split("\t")
            if cells[0] == "单位":
                header = cells
                continue
            if cells[0]:
                blocks.append({"name": cells[0], "rows": [], "contact": ""})
            blocks[-1]["rows"].append(cells[1:])
    return title, preface, header, blocks


def page(title, body, charset="utf-8", head=""):
    return (
        f'<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset={charset}">\n'
        f"<title>{title}</title>\n{head}</head>\n<body>\n{body}</body>\n</html>\n"
    )


def table_plain(header, block):
    out = ["<table border=1>", "<tr>" + "".join(f"<th>{h}</th>" for h in header) + "</tr>"]
    for i, row in enumerate(block["rows"]):
        unit = block["name"] if i == 0 else ""
        out.append("<tr>" + "".join(f"<td>{html.escape(c)}</td>" for c in [unit] + row) + "</tr>")
    return "\n".join(out + ["</table>"]) + "\n"


def table_rowspan(header, block, cell=lambda c: html.escape(c)):
    out = ['<table border="1">', "<tr>" + "".join(f"<td>{h}</td>" for h in header) + "</tr>"]
    for i, row in enumerate(block["rows"]):
        unit = f'<td rowspan="{len(block["rows"])}">{block["name"]}</td>' if i == 0 else ""
        out.append("<tr>" + unit + "".join(f"<td>{cell(c)}</td>" for c in row) + "</tr>")
    return "\n".join(out + ["</table>"]) + "\n"


def table_top(header, block):
    """Cells that begin at the top, as most word processors' tables do."""
    return table_rowspan(header, block).replace("<td", '<td valign="top"')


def document(title, preface, header, blocks, table):
    parts = [f"<p>{preface}</p>\n", f"<h2>{title}</h2>\n"]
    for block in blocks:
        parts += [table(header, block), f"<p>{block['contact']}</p>\n"]
    return "".join(parts)


def wrapped(text):
    """A cell as a content system's editor leaves it: paragraphs, spans, blanks that do not break."""
    half = len(text) // 2
    if len(text) < 40:
        return f'<p style="text-align:center"><span>{html.escape(text).replace(" ", "&nbsp;")}</span></p>'
    return f"\n  <p>&nbsp;&nbsp;{html.escape(text[:half])}<br>\n    {html.escape(text[half:])}</p>\n"


def cms_page(title, preface, header, blocks):
    """Tables in tables, navigation, metadata box, toolbar, footer; gb2312 as such pages say."""
    inner = "".join(
        table_rowspan(header, b, wrapped) + f'<p>　　{b["contact"].replace(" ", "&nbsp;&nbsp;")}</p>\n' for b in blocks
    )
    body = f"""<div class="top-nav"><a href="/">首页</a> | <a href="/zwgk/">政务公开</a> | <a href="/hd/">互动交流</a></div>
<table width="1000" cellspacing="0"><tr><td width="200" valign="top">
 <table><tr><td>信息公开目录</td></tr><tr><td><ul><li><a href="1">政府文件</a><li><a href="2">规划计划</a></ul></td></tr></table>
</td><td>
 <div>您当前的位置：<a href="/">首页</a> &gt; <a href="/zwgk/">政务公开</a> &gt; 正文</div>
 <table class="meta"><tr><td>索&nbsp;引&nbsp;号：</td><td>0000-2020-00001</td><td>主题分类：</td><td>综合政务</td></tr></table>
 <div>字号：<a href="#">大</a> <a href="#">中</a> <a href="#">小</a> <a href="#">打印</a> 分享到：微信 微博</div>
 <div id="zoom" class="TRS_Editor">
<style>.TRS_Editor P {{ line-height: 1.5 }}</style>
 <p>　　{preface}</p>
 <h2 align="center">{title}</h2>
{inner}
 <div style="display:none">浏览器不支持脚本 1 2 3</div>
 </div>
 <table><tr><td>【打印本页】</td><td>【关闭窗口】</td><td>上一篇：<a href="3">统计公报</a></td></tr></table>
</td></tr><tr><td colspan="2" align="center">主办：某某省人民政府&nbsp;&nbsp;ICP备05001234号-1<br>您是第12876位访客</td></tr></table>
<script>var rows = "<table><tr><td>1</td></tr></table>";</script>
"""
    return page(title, body, "gb2312")


def cells_text(title, preface, header, blocks):
    out = [preface, "", "## " + title, ""]
    for block in blocks:
        out += header
        for i, row in enumerate(block["rows"]):
            out += ([block["name"]] if i == 0 else []) + row
        out += ["", block["contact"], ""]
    return "\n".join(out)


def labels_text(title, preface, header, blocks):
    out = [preface, "", "## " + title, ""]
    for block in blocks:
        out += [block["name"], ""]
        for row in block["rows"]:
            out += [f"{h}：{c}" for h, c in zip(header[1:], row)] + [""]
        out += [block["contact"], ""]
    return "\n".join(out)


def csv_text(title, preface, header, blocks):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([preface])
    writer.writerow([title])
    for block in blocks:
        writer.writerow(header)
        for i, row in enumerate(block["rows"]):
            writer.writerow([block["name"] if i == 0 else ""] + row)
        writer.writerow([block["contact"]])
    return "\ufeff" + out.getvalue()


def sheet(title, preface, header, blocks):
    """One table with its title and contact lines in merged cells, as sheets are laid out."""
    wide = f'<td colspan="{len(header)}">'
    rows = [f"<tr>{wide}{preface}</td></tr>", f'<tr><td colspan="{len(header)}" align="center"><b>{title}</b></td></tr>']
    for block in blocks:
        inner = table_rowspan(header, block).split("\n", 1)[1].rsplit("</table>", 1)[0]
        rows += [inner, f"<tr>{wide}{block['contact']}</td></tr>"]
    return page(title, "<table border=1>\n" + "\n".join(rows) + "\n</table>\n")


def main():
    source, folder = sys.argv[1:]
    notice = read_notice(source)
    tabs = open(source, encoding="utf-8").read()

    def write(name, text, encoding="utf-8", newline=""):
        with open(os.path.join(folder, name), "w", encoding=encoding, newline=newline) as file:
            file.write(text)

    write("tabs.txt", tabs)
    write("tabs.gb18030.txt", tabs.replace("\n", "\r\n"), "gb18030")
    write("tabs.utf16.txt", tabs, "utf-16")
    write("cells.txt", cells_text(*notice))
    write("labels.txt", labels_text(*notice))
    write("table.csv", csv_text(*notice))
    write("plain.html", page(notice[0], document(*notice, table_plain)))
    write("rowspan.html", page(notice[0], document(*notice, table_rowspan)))
    write("cms.gbk.html", cms_page(*notice), "gbk")
    write("portal.xls", page(notice[0], document(*notice, table_rowspan)))
    write("top.source.html", page(notice[0], document(*notice, table_top)))
    write("sheet.source.html", sheet(*notice))


main()
