#!/bin/sh
# Makes the sample notice in every shape a notice comes in, with the software that users have: LibreOffice, pandoc and
# pdftotext. In: samples/shandong-2020/notice.txt.  Out: tests/variants/files/*, which are committed; run it again only
# when a shape is added. What needs none of them is written by make.py.
set -eu
cd "$(dirname "$0")"
for tool in python3 soffice pandoc pdftotext; do
  command -v "$tool" >/dev/null || { echo "make.sh: $tool is missing" >&2; exit 1; }
done
files=$PWD/files
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$files"
python3 make.py ../../samples/shandong-2020/notice.txt "$work"

# convert FILTER IN-FILTER INPUT OUTPUT: LibreOffice, with a profile of its own.
convert() {
  rm -rf "$work/out"
  soffice "-env:UserInstallation=file://$work/profile" --headless "--infilter=$2" --convert-to "$1" \
    --outdir "$work/out" "$3" >/dev/null 2>&1
  mv "$work/out/"* "$4"
}

cd "$work"
convert 'docx:MS Word 2007 XML' 'HTML (StarWriter)' rowspan.html "$files/writer.docx"
convert 'odt:writer8' 'HTML (StarWriter)' rowspan.html "$files/writer.odt"
convert 'xlsx:Calc MS Excel 2007 XML' 'HTML (StarCalc)' sheet.source.html "$files/calc.xlsx"
convert 'ods:calc8' 'HTML (StarCalc)' sheet.source.html "$files/calc.ods"
convert 'pdf:writer_pdf_Export' 'writer8' "$files/writer.odt" writer.pdf
pdftotext -layout writer.pdf "$files/pdftotext.txt"
convert 'odt:writer8' 'HTML (StarWriter)' top.source.html top.odt
convert 'pdf:writer_pdf_Export' 'writer8' top.odt top.pdf
pdftotext -layout top.pdf "$files/pdftotext-top.txt"
pandoc -f html -t docx rowspan.html -o "$files/pandoc.docx"
pandoc -f html -t odt rowspan.html -o "$files/pandoc.odt"
pandoc -f html -t gfm --wrap=none plain.html -o "$files/pipe.md"
cp tabs.txt tabs.gb18030.txt tabs.utf16.txt cells.txt labels.txt table.csv plain.html rowspan.html cms.gbk.html portal.xls "$files"
ls -l "$files"
