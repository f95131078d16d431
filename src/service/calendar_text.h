/* A calendar's terms and closed days as people type them, one a line, and as a row keeps them. Pure. */
#pragma once

#include "service/calendar.h"

/* `2 September 2026 to 23 October 2026`, a term a line; `Autumn: Wed 2nd Sep 2026 - 23/10/2026` and `2026-09-02..2026-10-23`
 * are the same. Fills calendar->terms, in order. Fails with the line and what to mend. */
MUST_USE bool calendar_read_terms(struct slice text, struct arena *arena, struct calendar *calendar,
                                  struct error *error);
/* `1 September 2026`, or from one day to another, a line each; fills calendar->closed, in order and each day once. */
MUST_USE bool calendar_read_closed(struct slice text, struct arena *arena,
                                   struct calendar *calendar, struct error *error);
/* As people would type them; days that follow each other as one line. */
void calendar_write_terms(const struct calendar *calendar, struct text *out);
void calendar_write_closed(const struct calendar *calendar, struct text *out);
/* 2 September 2026 */
void calendar_write_day(int64_t day, struct text *out);

/* Adds a term where it belongs; one that touches or overlaps others becomes one with them. False: there are too many. */
MUST_USE bool calendar_add_term(struct calendar *calendar, struct arena *arena, struct term term);

/* As a row keeps them: `20698..20749 20759..20806`, days as numbers; `20697 20758`. */
void calendar_store_terms(const struct calendar *calendar, struct text *out);
void calendar_store_closed(const struct calendar *calendar, struct text *out);
/* From a row's texts; what cannot be read there is left out, so that a deadline is not later. */
struct calendar calendar_load(struct slice nation, int64_t late, struct slice terms,
                              struct slice closed, struct arena *arena);
