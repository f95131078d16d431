/* Reading what a request says: items of a list, yes and no, the value of one fact. For request.c alone. */
#pragma once

#include "policy/request.h"

/* Fails always: `text` is no `what`; names the nearest word of that kind. */
bool request_unknown(const struct request *request, enum word_place place, const char *what,
                     struct slice text, struct error *error);
bool value_is_nobody(struct slice value);
bool value_is_dont_know(struct slice value);
/* True where the value is yes, no, true or false. */
bool value_yes_no(struct slice value, int64_t *ret_value);
/* The next item that is not blank. Only the separator parts: `a parent or carer` is one. */
bool value_next_item(struct slice *rest, char separator, struct slice *ret_item);
/* Takes `word` off the front where it stands there as a whole word. */
bool value_take_word(struct slice *rest, struct slice word);
/* The value of a fact that is no record, within its limits. */
MUST_USE bool value_read(const struct fact *fact, struct slice text, struct value *ret_value,
                         struct error *error);
