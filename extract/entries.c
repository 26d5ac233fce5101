/* Entries: what a feed found, in source order; checks them and pushes events.
 *
 * In:  blocks, rows, contacts and notes from the parts.  Out: events. The notice's own contacts go out before the first
 * block, a block's after its rows. Serial numbers, missing contacts and the number of blocks are checked here. */
#include "extract/parts.h"

#include "core/utf8.h"

cn_entry *cn_entry_add(cn_segmenter *s, cn_entry_kind kind, int64_t line) {
  if (s->entry_count == s->entry_capacity)
    s->entries = cn_arena_grow(s->scratch, s->entries, s->entry_count, &s->entry_capacity, sizeof *s->entries);
  cn_entry *e = &s->entries[s->entry_count++];
  memset(e, 0, sizeof *e);
  e->kind = kind;
  e->line = line;
  e->column = e->no = CN_NONE;
  e->block.name = s->block.name;
  e->block.kind = s->block.kind;
  return e;
}

void cn_block_set(cn_segmenter *s, cn_view name, cn_block_kind kind, int64_t line) {
  if (s->block.name.p && cn_view_equal(s->block.name, name)) return;
  s->block = (cn_place_block){.name = name, .kind = kind, .line = line};
}

void cn_block_clear(cn_segmenter *s) {
  if (s->block.name.p) s->block = (cn_place_block){.name = CN_NULL_VIEW};
}

static void write_block(cn_segmenter *s, int64_t line) {
  cn_entry *e = cn_entry_add(s, CN_ENTRY_BLOCK, s->block.line ? s->block.line : line);
  cn_record_init(&cn_block_shape, &e->block);
  e->block.notice = s->notice.source->name;
  e->block.name = s->block.name;
  e->block.kind = s->block.kind;
  e->block.line = e->line;
  s->block.written = true;
}

cn_entry *cn_row_add(cn_segmenter *s, int64_t line) {
  if (!s->block.written) write_block(s, line);
  cn_entry *e = cn_entry_add(s, CN_ENTRY_ROW, line);
  cn_record_init(&cn_row_shape, &e->row);
  e->row.notice = s->notice.source->name;
  e->row.title = s->notice.title;
  e->row.year = s->notice.year;
  e->row.block = s->block.name;
  e->row.line = line;
  return e;
}

/* 联系人：许　平 on one line, 联系电话：0917-4621001 on the next. */
static bool completes(cn_segmenter *s, const cn_contact *contact) {
  cn_entry *last = s->entry_count ? &s->entries[s->entry_count - 1] : NULL;
  if (!last || last->kind != CN_ENTRY_CONTACT || contact->person.p || !last->contact.person.p || last->contact.phones.n)
    return false;
  last->contact.phones = contact->phones;
  return true;
}

static bool same_phones(cn_text_list a, cn_text_list b) {
  if (a.n != b.n) return false;
  for (size_t i = 0; i < a.n; i++)
    if (!cn_view_equal(a.items[i], b.items[i])) return false;
  return true;
}

/* The same contact under each item of a block is one contact. */
static bool is_known(const cn_segmenter *s, const cn_contact *contact) {
  for (size_t i = s->entry_count; i-- > 0 && s->entry_count - i < 64 && s->entries[i].kind != CN_ENTRY_BLOCK;) {
    const cn_entry *e = &s->entries[i];
    if (e->kind == CN_ENTRY_CONTACT && same_phones(e->contact.phones, contact->phones) &&
        cn_view_equal(e->contact.person, contact->person))
      return true;
  }
  return false;
}

void cn_contact_add(cn_segmenter *s, const cn_contact *contact, int64_t line, bool paragraph) {
  if (completes(s, contact) || is_known(s, contact)) return;
  cn_entry *e = cn_entry_add(s, CN_ENTRY_CONTACT, line);
  cn_record_init(&cn_contact_line_shape, &e->contact);
  e->contact.notice = s->notice.source->name;
  e->contact.person = contact->person;
  e->contact.phones = contact->phones;
  e->contact.line = line;
  e->contact.outside = !s->block.written || !s->block.name.p;
  e->contact.block = e->contact.outside ? CN_NULL_VIEW : s->block.name;
  e->paragraph = paragraph;
  e->line_of_its_own = true;
}

void cn_note_add(cn_segmenter *s, cn_diag diag, int64_t line, int64_t column, int64_t no, cn_view message) {
  cn_entry *e = cn_entry_add(s, CN_ENTRY_NOTE, line);
  e->diag = diag;
  e->column = column;
  e->no = no;
  e->message = message;
}

/* --- pushing --------------------------------------------------------------------------------------------------- */

static cn_status push_note(cn_segmenter *s, cn_diag diag, cn_view block, int64_t line, int64_t column, int64_t no,
                           cn_view message) {
  cn_place place = {.notice = s->notice.source->name, .block = block, .line = line, .column = column, .no = no};
  s->diagnostics++;
  if (s->diagnostics > CN_MAX_DIAGNOSTICS) {
    if (s->diagnostics > CN_MAX_DIAGNOSTICS + 1) return CN_OK;
    return cn_diagnose(s->document->out, CN_DIAG_LIMIT_EXCEEDED, place,
                       CN_VIEW("there are more diagnostics than are shown"));
  }
  return cn_diagnose(s->document->out, diag, place, message);
}

static cn_status push_record(cn_segmenter *s, cn_event_type type, const void *record) {
  cn_event event = {.type = type};
  event.record = record;
  return cn_push(s->document->out, &event);
}

/* A block that ends without contact where others have one: 淄博市 in a table cut off by the site. */
static cn_status end_block(cn_segmenter *s) {
  if (s->open_block && !s->open_contact && s->with_contact)
    return push_note(s, CN_DIAG_CONTACT_MISSING, s->without_contact, s->row_line, 1, CN_NONE,
                     cn_arena_format(s->keep, "other blocks end with a contact line, %.*s does not",
                                     (int)s->without_contact.n, s->without_contact.p));
  return CN_OK;
}

static cn_status push_block(cn_segmenter *s, const cn_entry *e) {
  CN_TRY(end_block(s));
  s->blocks++;
  s->regions += e->block.kind == CN_BLOCK_KIND_REGION;
  s->organizations += e->block.kind == CN_BLOCK_KIND_ORGANIZATION;
  s->open_block = e->block.kind == CN_BLOCK_KIND_REGION || e->block.kind == CN_BLOCK_KIND_ORGANIZATION;
  s->open_contact = false;
  s->without_contact = s->open_block ? cn_arena_copy(s->keep, e->block.name) : CN_NULL_VIEW;
  if (s->open_block) s->last_no = CN_NONE;
  return push_record(s, CN_EVENT_BLOCK, &e->block);
}

/* Serials run on across blocks or begin again; within a block a step other than one is reported. */
static cn_status check_serial(cn_segmenter *s, const cn_entry *e) {
  int64_t no = e->row.no, last = s->last_no;
  if (no == CN_NONE) return CN_OK;
  s->last_no = no;
  if (last == CN_NONE || e->shared || no == last + 1 || (no == 1 && last != 1)) return CN_OK;
  if (no == last)
    return push_note(s, CN_DIAG_SERIAL_DUPLICATE, e->block.name, e->line, 1, no,
                     cn_arena_format(s->scratch, "serial number %lld stands twice", (long long)no));
  if (no > last)
    return push_note(s, CN_DIAG_SERIAL_GAP, e->block.name, e->line, 1, no,
                     cn_arena_format(s->scratch, "serial number %lld follows %lld", (long long)no, (long long)last));
  return push_note(s, CN_DIAG_SERIAL_DUPLICATE, e->block.name, e->line, 1, no,
                   cn_arena_format(s->scratch, "serial number %lld comes after %lld", (long long)no, (long long)last));
}

static cn_status push_entry(cn_segmenter *s, cn_entry *e) {
  switch (e->kind) {
  case CN_ENTRY_BLOCK: return push_block(s, e);
  case CN_ENTRY_ROW:
    CN_TRY(check_serial(s, e));
    s->rows++;
    s->row_line = e->line;
    return push_record(s, CN_EVENT_ROW, &e->row);
  case CN_ENTRY_CONTACT:
    if (!e->contact.outside) s->open_contact = true;
    return push_record(s, CN_EVENT_CONTACT, &e->contact);
  case CN_ENTRY_NOTE: return push_note(s, e->diag, e->block.name, e->line, e->column, e->no, e->message);
  }
  return CN_OK;
}

/* Sections have contacts only where several of them do; a single line under the last section is the notice's own. */
static void settle_contacts(cn_segmenter *s) {
  size_t sections = 0;
  cn_view last = CN_NULL_VIEW;
  for (size_t i = 0; i < s->entry_count; i++) {
    const cn_entry *e = &s->entries[i];
    if (e->kind != CN_ENTRY_CONTACT || e->contact.outside || e->block.kind == CN_BLOCK_KIND_REGION ||
        e->block.kind == CN_BLOCK_KIND_ORGANIZATION)
      continue;
    if (!last.p || !cn_view_equal(last, e->contact.block)) sections++;
    last = e->contact.block;
  }
  for (size_t i = 0; i < s->entry_count && sections < 2; i++) {
    cn_entry *e = &s->entries[i];
    if (e->kind != CN_ENTRY_CONTACT || e->block.kind == CN_BLOCK_KIND_REGION ||
        e->block.kind == CN_BLOCK_KIND_ORGANIZATION)
      continue;
    if (!e->paragraph) continue;
    e->contact.outside = true;
    e->contact.block = CN_NULL_VIEW;
  }
}

static cn_status push_outside(cn_segmenter *s) {
  for (size_t i = 0; i < s->entry_count; i++)
    if (s->entries[i].kind == CN_ENTRY_CONTACT && s->entries[i].contact.outside) CN_TRY(push_entry(s, &s->entries[i]));
  return CN_OK;
}

/* A block's contacts go out behind its rows. */
static cn_status push_part(cn_segmenter *s, size_t begin, size_t end, bool contacts) {
  for (size_t i = begin; i < end; i++) {
    cn_entry *e = &s->entries[i];
    if (e->kind == CN_ENTRY_CONTACT ? contacts && !e->contact.outside : !contacts) CN_TRY(push_entry(s, e));
  }
  return CN_OK;
}

/* One contact line, under the last of three or more blocks: it is the notice's own. */
static void settle_last_contact(cn_segmenter *s) {
  size_t blocks = 0, contacts = 0, at = 0, last_block = 0;
  for (size_t i = 0; i < s->entry_count; i++) {
    const cn_entry *e = &s->entries[i];
    if (e->kind == CN_ENTRY_BLOCK) blocks++, last_block = i;
    if (e->kind == CN_ENTRY_CONTACT && !e->contact.outside) contacts++, at = i;
  }
  if (contacts != 1 || s->with_contact || at < last_block || blocks + (size_t)s->blocks < 3 ||
      !s->entries[at].line_of_its_own)
    return;
  s->entries[at].contact.outside = true;
  s->entries[at].contact.block = CN_NULL_VIEW;
}

cn_status cn_entries_push(cn_segmenter *s, bool last) {
  settle_contacts(s);
  if (last) settle_last_contact(s);
  for (size_t i = 0; i < s->entry_count; i++)
    s->with_contact += s->entries[i].kind == CN_ENTRY_CONTACT && !s->entries[i].contact.outside;
  CN_TRY(push_outside(s));
  for (size_t i = 0; i < s->entry_count;) {
    size_t end = i + 1;
    while (end < s->entry_count && s->entries[end].kind != CN_ENTRY_BLOCK) end++;
    CN_TRY(push_part(s, i, end, false));
    CN_TRY(push_part(s, i, end, true));
    i = end;
  }
  s->entry_count = s->entry_capacity = 0;
  s->entries = NULL;
  return CN_OK;
}

/* --- what the whole document shows ----------------------------------------------------------------------------- */

/* 16市 or 4个部门 in a title: how many, and whether regions or bodies; 0 where it announces none. 2020年16市: not the
 * year. */
static int64_t announced(cn_view title, bool *regions) {
  static const char *const places[] = {"市", "县", "区", "乡镇", "镇", "街道", "州"};
  static const char *const bodies[] = {"部门", "单位", "委办局"};
  for (size_t at = 0; at < title.n;) {
    bool chinese;
    size_t p = at;
    int64_t value = cn_serial_number(title, &p, &chinese);
    if (value < 0 || p == at) {
      at += cn_utf8_len((unsigned char)title.p[at]);
      continue;
    }
    size_t q = cn_at(title, p, "个") ? p + 3 : p;
    if (value > 1 && value < 200 && (!chinese || q > p)) {
      for (size_t i = 0; i < CN_COUNT(places); i++)
        if (cn_at(title, q, places[i])) return *regions = true, value;
      for (size_t i = 0; i < CN_COUNT(bodies); i++)
        if (cn_at(title, q, bodies[i])) return *regions = false, value;
    }
    at = p;
  }
  return 0;
}

cn_status cn_entries_finish(cn_segmenter *s) {
  CN_TRY(end_block(s));
  bool regions = false;
  int64_t want = s->notice.title.p ? announced(cn_fold(s->scratch, s->notice.title).text, &regions) : 0;
  int64_t have = regions ? s->regions : s->organizations;
  if (want && have && want != have)
    CN_TRY(push_note(s, CN_DIAG_BLOCK_COUNT_MISMATCH, CN_NULL_VIEW, s->title_line, 1, CN_NONE,
                     cn_arena_format(s->scratch, "the title announces %lld %s, there are %lld", (long long)want,
                                     regions ? "regions" : "bodies", (long long)have)));
  if (!s->rows)
    CN_TRY(push_note(s, CN_DIAG_NO_ROWS, CN_NULL_VIEW, CN_NONE, CN_NONE, CN_NONE,
                     CN_VIEW("no row was found in this notice")));
  cn_end end;
  cn_record_init(&cn_end_shape, memset(&end, 0, sizeof end));
  end.notice = s->notice.source->name;
  end.blocks = s->blocks;
  end.rows = s->rows;
  end.diagnostics = s->diagnostics;
  return push_record(s, CN_EVENT_END, &end);
}
