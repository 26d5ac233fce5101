/* Serial numbers in all their spellings: 一、 （一） 1. 1、 （1） 1） ① 第一条 第二章 1.2.
 *
 * In:  folded text and a place.  Out: style, value and how far the marker reaches. Says nothing about whether the
 * number that stands there is meant as a serial: that is outline.c's, which knows the sequence. */
#ifndef CN_EXTRACT_SERIAL_H
#define CN_EXTRACT_SERIAL_H

#include "core/view.h"

/* In the order in which the levels of a notice usually nest. */
typedef enum cn_serial_style {
  CN_SERIAL_NONE,
  CN_SERIAL_PART,         /* 第一篇 第一部分 */
  CN_SERIAL_CHAPTER,      /* 第二章 */
  CN_SERIAL_SECTION,      /* 第三节 */
  CN_SERIAL_HAN,          /* 一、 */
  CN_SERIAL_ARTICLE,      /* 第十二条 */
  CN_SERIAL_HAN_PAREN,    /* （一） */
  CN_SERIAL_ARABIC,       /* 1. 1、 ⒈ */
  CN_SERIAL_DECIMAL,      /* 1.2 */
  CN_SERIAL_ARABIC_PAREN, /* （1） 1） ⑴ */
  CN_SERIAL_CIRCLE,       /* ① */
  CN_SERIAL_STYLES
} cn_serial_style;

typedef struct cn_serial {
  cn_serial_style style;
  int64_t value;     /* of 1.2: 2, its last part */
  int64_t upper;     /* of 1.2: 1; of 1.4月 read as 1.: -1 */
  size_t begin, end; /* end: after the marker and the blanks behind it */
  size_t label_end; /* the serial as the record gives it: begin to here; 一、 gives 一, （一） keeps its brackets */
  bool weak;        /* 1加强, 1 加强: only the place tells that it is a serial */
  bool glued;       /* a digit or numeral follows: 1.4月19日, 二、三产业 */
} cn_serial;

/* The marker at byte `at`; false where none is. 1.4 is read as ARABIC 1 with upper -1 before 年 月 日, else as DECIMAL.
 */
bool cn_serial_read(cn_view folded, size_t at, cn_serial *serial);
/* A whole cell: 1, 01, 1、, （一）, 一, ①, 1.2, 第3项. False for what is no serial. */
bool cn_serial_cell(cn_view folded, cn_serial *serial);
/* The value of a run of numerals 一二三十百〇廿 or digits at *at, which moves behind it; -1 where there is none. */
int64_t cn_serial_number(cn_view folded, size_t *at, bool *chinese);

#endif
