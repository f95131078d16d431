/* A caller (caller.h) at the pages of a school of their own, who signed in for real: by link and password, with codes where a
 * role of trust needs them. */
#pragma once

#include "caller.h"

struct visitor {
    struct school school;
    struct caller caller;
};

/* Gives a person an address, a password and codes where they need them, and signs them in: the session's cookie. */
struct slice school_sign_in(struct school *school, struct id person, const char *email);

void visitor_open(struct visitor *visitor);
void visitor_close(struct visitor *visitor);
/* From now on this person asks. */
void visitor_be(struct visitor *visitor, struct slice cookie);
unsigned visitor_get(struct visitor *visitor, const char *path);
/* Sends a form with the token and order of the page that was shown last; `fields` may be empty. */
unsigned visitor_post(struct visitor *visitor, const char *path, const char *fields);
/* The same with a body as it stands. */
unsigned visitor_send(struct visitor *visitor, const char *path, struct slice body);
/* `token=...&order=...` of the page that was shown last. */
struct slice visitor_once(struct visitor *visitor);
bool visitor_says(const struct visitor *visitor, const char *words);
bool visitor_sent_to(const struct visitor *visitor, const char *path);
struct slice visitor_hidden(struct visitor *visitor, const char *name);
/* `before`, an id in hexadecimal and `behind`, in the arena. */
const char *visitor_path(struct visitor *visitor, const char *before, struct id id,
                         const char *behind);
