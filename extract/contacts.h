/* Contacts: 联系人：周　敏  联系电话：0539-8160123、8160457.
 *
 * In:  a line or a passage.  Out: person and phones as written, in the caller's arena. */
#ifndef CN_EXTRACT_CONTACTS_H
#define CN_EXTRACT_CONTACTS_H

#include "extract/words.h"

/* Whether the text is a contact line: it begins with a contact or phone label, or is short and holds nothing else. */
bool cn_is_contact_line(const cn_words *words, cn_view text);
/* Reads the next contact of `text` at or after *at (0 at first); false when there is no more. 咨询电话 alone has person
 * null. */
bool cn_contact_read(cn_arena *arena, const cn_words *words, cn_view text, size_t *at, cn_contact *contact);
/* Person and phones from cells of their own (columns 联系人, 联系电话). False when both are empty. */
bool cn_contact_from_cells(cn_arena *arena, cn_view person, cn_view phones, cn_contact *contact);

#endif
