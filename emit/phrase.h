/* Targets and dates as short text for people: csv's joined cell, md, show, and whoever else needs a phrase. */
#ifndef CN_EMIT_PHRASE_H
#define CN_EMIT_PHRASE_H

#include "core/buf.h"
#include "core/record.h"

/* 新增绿色工厂 20家 · 地区生产总值增长 >=6% · 企业 2家 (营业收入 >50亿元). Relation signs: ~ >= > <= < and a–b; eq has
 * none. */
void cn_phrase_target(cn_buf *buf, const cn_target *target);
/* >50亿元: relation, number with 万 and 亿 where they shorten it, unit, rate. */
void cn_phrase_amount(cn_buf *buf, const cn_condition *amount);
/* The number alone: 2391000000 -> 23.91亿, 12345 -> 12345. Exact. */
void cn_phrase_number(cn_buf *buf, cn_decimal number);
/* The conditions alone: 营业收入 >50亿元; 年限 3年. */
void cn_phrase_where(cn_buf *buf, const cn_condition_list *where);
/* 孙立成; 孙述涛. With `roles`: 市发展改革委 (lead). */
void cn_phrase_responsible(cn_buf *buf, const cn_responsible_list *list, bool roles);

/* The fields a target shares with a condition, as one. */
cn_condition cn_phrase_condition_of(const cn_target *target);

#endif
