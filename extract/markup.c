/* Markup: see markup.h. The owner of libxml2: its HTML parser pushes (SAX, no tree), its XML reader is pulled. */
#define CN_OWNER
#include "extract/markup.h"

#include "extract/guard.h"

#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlreader.h>

/* ---- HTML ---- */

typedef struct html_run {
  cn_arena *arena;
  const cn_html_handler *handler;
  htmlParserCtxtPtr context;
  size_t max_depth;
  uint32_t deepest;
} html_run;

static uint32_t html_line(const html_run *run) {
  int line = run->context->input ? run->context->input->line : 0;
  return line > 0 ? (uint32_t)line : 0;
}

static void html_start(void *self, const xmlChar *name, const xmlChar **attributes) {
  html_run *run = self;
  run->handler->start(run->handler->self, (const char *)name, (const char *const *)attributes, html_line(run));
  if ((size_t)run->context->nameNr <= run->max_depth || run->deepest) return;
  run->deepest = html_line(run);
  xmlStopParser(run->context);
}

static void html_end(void *self, const xmlChar *name) {
  html_run *run = self;
  run->handler->end(run->handler->self, (const char *)name);
}

static void html_text(void *self, const xmlChar *text, int n) {
  html_run *run = self;
  run->handler->text(run->handler->self, (cn_view){(const char *)text, (size_t)n}, html_line(run));
}

static cn_status html_work(void *self) {
  html_run *run = self;
  htmlParseDocument(run->context);
  return run->context->errNo == XML_ERR_NO_MEMORY ? CN_NOMEM : CN_OK;
}

static void html_release(void *self) { htmlFreeParserCtxt(((html_run *)self)->context); }

void cn_html_parse(cn_arena *arena, cn_view text, size_t max_depth, const cn_html_handler *handler, uint32_t *deepest) {
  html_run run = {.arena = arena, .handler = handler, .max_depth = max_depth};
  *deepest = 0;
  if (!text.n || text.n > INT32_MAX) return;
  run.context = htmlCreateMemoryParserCtxt(text.p, (int)text.n);
  if (!run.context) cn_trap_spring(arena->trap);
  htmlCtxtUseOptions(run.context, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                      HTML_PARSE_IGNORE_ENC | HTML_PARSE_NODEFDTD | HTML_PARSE_COMPACT);
  memset(run.context->sax, 0, sizeof *run.context->sax);
  run.context->sax->startElement = html_start;
  run.context->sax->endElement = html_end;
  run.context->sax->characters = run.context->sax->ignorableWhitespace = html_text;
  run.context->sax->initialized = 1;
  run.context->userData = &run;
  xmlSwitchEncoding(run.context, XML_CHAR_ENCODING_UTF8);
  cn_status status = cn_guard(arena, html_work, html_release, &run);
  *deepest = run.deepest;
  if (status == CN_NOMEM) cn_trap_spring(arena->trap);
}

/* ---- XML ---- */

struct cn_xml {
  cn_arena *arena;
  xmlTextReaderPtr reader;
  bool empty;  /* the element's END has still to be told */
  bool broken; /* something was wrong; the parser went on */
  int depth;
};

static void on_error(void *self, xmlErrorPtr error) {
  if (error->level >= XML_ERR_ERROR) ((cn_xml *)self)->broken = true;
}

cn_xml *cn_xml_open(cn_arena *arena, cn_view bytes) {
  cn_xml *xml = cn_arena_new(arena, cn_xml, 1);
  xml->arena = arena;
  if (bytes.n > INT32_MAX) bytes.n = INT32_MAX;
  xml->reader = xmlReaderForMemory(bytes.p, (int)bytes.n, NULL, NULL,
                                   XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
                                       XML_PARSE_NOCDATA | XML_PARSE_COMPACT);
  if (!xml->reader) cn_trap_spring(arena->trap);
  xmlTextReaderSetStructuredErrorHandler(xml->reader, on_error, xml);
  return xml;
}

void cn_xml_close(cn_xml *xml) {
  if (!xml || !xml->reader) return;
  xmlFreeTextReader(xml->reader);
  xml->reader = NULL;
}

cn_xml_event cn_xml_next(cn_xml *xml) {
  if (xml->empty) {
    xml->empty = false;
    return CN_XML_END;
  }
  int got;
  while ((got = xmlTextReaderRead(xml->reader)) == 1) {
    int type = xmlTextReaderNodeType(xml->reader);
    xml->depth = xmlTextReaderDepth(xml->reader);
    if (type == XML_READER_TYPE_ELEMENT) {
      xml->empty = xmlTextReaderIsEmptyElement(xml->reader) == 1;
      return CN_XML_START;
    }
    if (type == XML_READER_TYPE_END_ELEMENT) return CN_XML_END;
    if (type == XML_READER_TYPE_DOCUMENT_TYPE) return CN_XML_BROKEN;
    if (type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA || type == XML_READER_TYPE_WHITESPACE ||
        type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE)
      return CN_XML_TEXT;
  }
  return got == 0 && !xml->broken ? CN_XML_DONE : CN_XML_BROKEN;
}

cn_view cn_xml_name(const cn_xml *xml) { return cn_view_of((const char *)xmlTextReaderConstLocalName(xml->reader)); }
bool cn_xml_is(const cn_xml *xml, const char *name) { return cn_view_is(cn_xml_name(xml), name); }
cn_view cn_xml_text(const cn_xml *xml) {
  cn_view text = cn_view_of((const char *)xmlTextReaderConstValue(xml->reader));
  return text.p ? text : CN_VIEW("");
}
int cn_xml_depth(const cn_xml *xml) { return xml->depth; }
int64_t cn_xml_line(const cn_xml *xml) { return xmlTextReaderGetParserLineNumber(xml->reader); }

cn_view cn_xml_attribute(cn_xml *xml, const char *name) {
  cn_view value = CN_NULL_VIEW;
  for (int more = xmlTextReaderMoveToFirstAttribute(xml->reader); more == 1;
       more = xmlTextReaderMoveToNextAttribute(xml->reader)) {
    if (!cn_view_is(cn_view_of((const char *)xmlTextReaderConstLocalName(xml->reader)), name)) continue;
    value = cn_arena_copy(xml->arena, cn_xml_text(xml));
    break;
  }
  xmlTextReaderMoveToElement(xml->reader);
  return value;
}

int64_t cn_xml_number(cn_xml *xml, const char *name, int64_t otherwise) {
  cn_view v = cn_view_trim(cn_xml_attribute(xml, name));
  if (!v.n || v.n > 18) return otherwise;
  int64_t value = 0;
  size_t i = v.p[0] == '-';
  if (i == v.n) return otherwise;
  for (; i < v.n; i++) {
    if (v.p[i] < '0' || v.p[i] > '9') return otherwise;
    value = 10 * value + (v.p[i] - '0');
  }
  return v.p[0] == '-' ? -value : value;
}

cn_xml_event cn_xml_skip(cn_xml *xml) {
  int depth = xml->depth;
  for (;;) {
    cn_xml_event event = cn_xml_next(xml);
    if (event == CN_XML_BROKEN || event == CN_XML_DONE) return event;
    if (event == CN_XML_END && xml->depth <= depth) return event;
  }
}
