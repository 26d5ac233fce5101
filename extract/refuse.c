/* refuse: what holds no text that could be read here. In: the first bytes of a document.  Out: a failure that says what
 * it is and the one command that makes something readable of it. Known by content: a JPEG named .html is a JPEG. */
#include "extract/container.h"

#define CONVERT(to) "soffice --headless --convert-to " to " FILE"
#define OCR "read its text first: tesseract FILE - -l chi_sim --psm 6 | chengnuo convert -"

typedef struct refusal {
  const char *what, *way;
} refusal;

/* ---- By the first bytes ---- */

typedef struct magic {
  size_t at;
  const char *bytes;
  size_t n;
  refusal refusal;
} magic;

#define MAGIC(at, bytes, what, way)                                                                                    \
  {                                                                                                                    \
    at, bytes, sizeof(bytes) - 1, { what, way }                                                                        \
  }

static const magic magics[] = {
    MAGIC(0, "\xFF\xD8\xFF", "a JPEG image", OCR),
    MAGIC(0, "\x89PNG\r\n\x1A\n", "a PNG image", OCR),
    MAGIC(0, "GIF87a", "a GIF image", OCR),
    MAGIC(0, "GIF89a", "a GIF image", OCR),
    MAGIC(0, "II*\0", "a TIFF image", OCR),
    MAGIC(0, "MM\0*", "a TIFF image", OCR),
    MAGIC(8, "WEBP", "a WebP image", OCR),
    MAGIC(4, "ftyphei", "an HEIC image", OCR),
    MAGIC(0, "{\\rtf", "an RTF document", "convert it first: " CONVERT("docx")),
    MAGIC(0, "\x1F\x8B", "a gzip file", "unpack it first: gzip -dc FILE | chengnuo convert -"),
    MAGIC(0, "7z\xBC\xAF\x27\x1C", "a 7z archive", "unpack it first: bsdtar -xf FILE"),
    MAGIC(0, "Rar!\x1A\x07", "a RAR archive", "unpack it first: bsdtar -xf FILE"),
    MAGIC(0,
          "\xFD"
          "7zXZ",
          "an xz file", "unpack it first: xz -dc FILE | chengnuo convert -"),
};

static const refusal pdf = {"a PDF", "give its text instead: pdftotext -layout FILE - | chengnuo convert -"};
static const refusal bmp = {"a BMP image", OCR};

static bool is_bmp(cn_view bytes) {
  return bytes.n >= 26 && cn_view_starts(bytes, CN_VIEW("BM")) && memcmp(bytes.p + 6, "\0\0\0\0", 4) == 0 &&
         (unsigned char)bytes.p[14] >= 12 && memcmp(bytes.p + 15, "\0\0\0", 3) == 0;
}

/* ---- Compound files: Word, Excel and WPS before 2007, and whatever is encrypted ---- */

static bool holds_wide(cn_view bytes, const char *name) {
  char wide[64];
  size_t n = 0;
  for (; *name && n + 2 <= sizeof wide; name++) wide[n++] = *name, wide[n++] = 0;
  return cn_view_find(bytes, (cn_view){wide, n}, 0) != SIZE_MAX;
}

static const refusal encrypted = {"an encrypted Office document", "open it and save it without a password"};
static const refusal old_word = {"an old Word or WPS document (.doc, .wps)", "convert it first: " CONVERT("docx")};
static const refusal old_excel = {"an old Excel or WPS workbook (.xls, .et)", "convert it first: " CONVERT("xlsx")};
static const refusal old_other = {"an old Office document (.doc, .ppt, .wps)", "convert it first: " CONVERT("docx")};

static const refusal *compound(cn_view bytes) {
  if (!cn_view_starts(bytes, CN_VIEW("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))) return NULL;
  if (holds_wide(bytes, "EncryptedPackage") || holds_wide(bytes, "EncryptionInfo")) return &encrypted;
  if (holds_wide(bytes, "WordDocument")) return &old_word;
  return holds_wide(bytes, "Workbook") || holds_wide(bytes, "Book") ? &old_excel : &old_other;
}

/* ---- Zip files that no reader has taken ---- */

static const refusal ofd = {"an OFD document",
                            "print it to PDF in an OFD reader, then: pdftotext -layout FILE - | chengnuo convert -"};
static const refusal slides = {"a presentation", "convert it first: " CONVERT("pdf")};
static const refusal binary_book = {"a binary Excel workbook (.xlsb)", "convert it first: " CONVERT("xlsx")};
static const refusal zip = {"a zip archive", "give it to chengnuo batch, or unpack it first: unzip FILE"};

static const refusal *zipped(cn_view bytes) {
  if (!cn_is_zip(bytes) || cn_zip_holds(bytes, "word/") || cn_zip_holds(bytes, "content.xml")) return NULL;
  if (cn_zip_holds(bytes, "xl/workbook.bin")) return &binary_book;
  if (cn_zip_holds(bytes, "xl/")) return NULL;
  if (cn_zip_holds(bytes, "OFD.xml")) return &ofd;
  return cn_zip_holds(bytes, "ppt/") ? &slides : &zip;
}

/* ---- Text that is a container ---- */

/* The beginning without byte order mark and blanks; the bytes may be no text at all. */
static cn_view beginning(cn_view bytes) {
  cn_view head = cn_view_slice(bytes, 0, 4096);
  if (cn_view_starts(head, CN_VIEW("\xEF\xBB\xBF"))) head = cn_view_slice(head, 3, head.n);
  while (head.n && strchr(" \t\r\n", head.p[0]) && head.p[0]) head = cn_view_slice(head, 1, head.n);
  return head;
}

static const refusal word_xml = {"a Word 2003 XML document", "convert it first: " CONVERT("docx")};
static const refusal excel_xml = {"an Excel 2003 XML workbook", "convert it first: " CONVERT("xlsx")};
static const refusal flat_odf = {"a flat OpenDocument file", "convert it first: " CONVERT("docx")};
static const refusal web_archive = {"a web archive (MHTML)", "open it in a browser and save the page as HTML"};

static const refusal *textual(cn_view bytes) {
  cn_view head = beginning(bytes);
  if (cn_view_starts(head, CN_VIEW("MIME-Version:")) || cn_view_starts(head, CN_VIEW("From: <")))
    return cn_view_find(head, CN_VIEW("multipart/related"), 0) != SIZE_MAX ? &web_archive : NULL;
  if (!cn_view_starts(head, CN_VIEW("<?xml"))) return NULL;
  if (cn_view_find(head, CN_VIEW("progid=\"Word.Document\""), 0) != SIZE_MAX) return &word_xml;
  if (cn_view_find(head, CN_VIEW("progid=\"Excel.Sheet\""), 0) != SIZE_MAX) return &excel_xml;
  if (cn_view_find(head, CN_VIEW("urn:schemas-microsoft-com:office:spreadsheet"), 0) != SIZE_MAX) return &excel_xml;
  return cn_view_find(head, CN_VIEW("<office:document "), 0) != SIZE_MAX ? &flat_odf : NULL;
}

static const refusal *find(cn_view bytes) {
  for (size_t i = 0; i < CN_COUNT(magics); i++) {
    const magic *m = &magics[i];
    if (bytes.n >= m->at + m->n && memcmp(bytes.p + m->at, m->bytes, m->n) == 0) return &m->refusal;
  }
  if (cn_view_starts(beginning(bytes), CN_VIEW("%PDF-"))) return &pdf;
  if (is_bmp(bytes)) return &bmp;
  const refusal *found = compound(bytes);
  if (!found) found = zipped(bytes);
  return found ? found : textual(bytes);
}

static bool matches(cn_view bytes, const cn_input *input) {
  (void)input;
  return find(bytes) != NULL;
}

static cn_status read_document(cn_document *document, cn_flow *flow) {
  (void)flow;
  const refusal *r = find(document->bytes);
  return cn_fail(document, CN_IO, CN_NONE, "it is %s: %s", r ? r->what : "no text", r ? r->way : "");
}

const cn_reader cn_reader_refuse = {
    .name = "refuse", .media_type = "application/octet-stream", .matches = matches, .read = read_document};
