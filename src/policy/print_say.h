/* English for people: conditions, duties and needs as parts of a sentence. Inside the room only. */
#pragma once

#include "policy/print_parts.h"

/* `the photo shows a pupil and a full name is given`: what stands behind *if*. */
void say_condition(const struct words *words, const struct condition *condition, struct text *out);
void say_atom(const struct words *words, const struct atom *atom, struct text *out);
/* `the member of staff must tell the headteacher at once`, without full stop; `tell`: an instruction. */
void say_duty(const struct words *words, const struct duty *duty, struct text *out);
/* `written photo consent from a parent for every pupil shown` */
void say_need(const struct words *words, const struct need *need, struct text *out);
/* Makes what was added since `before` a sentence: a capital in front, a full stop behind. */
void say_end(struct text *out, size_t before);
