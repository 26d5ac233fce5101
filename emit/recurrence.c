/* See recurrence.h. In: a rule and a day.  Out: a day. libical owns its iterator for the length of the call. */
#define CN_OWNER
#include "emit/recurrence.h"

#include <libical/ical.h>

cn_date cn_recurrence_next(cn_arena *arena, cn_view rrule, cn_date from) {
  cn_date none = {0, 0, 0};
  struct icalrecurrencetype rule = icalrecurrencetype_from_string(cn_arena_string(arena, rrule));
  struct icaltimetype start = icaltime_null_date();
  start.year = from.year;
  start.month = from.month;
  start.day = from.day;
  start.is_date = 1;
  if (rule.freq == ICAL_NO_RECURRENCE || !cn_date_valid(from)) return none;
  icalrecur_iterator *iterator = icalrecur_iterator_new(rule, start);
  if (!iterator) return none;
  struct icaltimetype first = icalrecur_iterator_next(iterator);
  icalrecur_iterator_free(iterator);
  if (icaltime_is_null_time(first)) return none;
  return (cn_date){(int16_t)first.year, (uint8_t)first.month, (uint8_t)first.day};
}
