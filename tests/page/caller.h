/* Somebody who calls at the pages of a real record: asks for pages and sends their forms as a browser would, as a stranger or as
 * anybody of the record. Their session is put there; somebody who signed in for real is a visitor (visitor.h). */
#pragma once

#include "../service/school.h"
#include "page/here.h"
#include "page/may.h"

struct caller {
    struct arena *arena;
    struct record *record;
    struct assets assets;
    struct pages pages;
    struct site site;
    struct response response;
    struct slice session, signed_in; /* cookies */
    struct slice file;               /* goes with the next form, once; empty: none */
};

/* The policy in $LANYARD_POLICY is adopted first, where `policy`. */
void caller_open(struct caller *caller, struct school *school, bool policy);
void caller_close(struct caller *caller);
/* From now on somebody else, in a browser of their own; none: nobody is signed in. */
void caller_be(struct caller *caller, struct id person);
unsigned caller_get(struct caller *caller, const char *path);
/* Sends a form of the page that came last, with its token and once-token, and these fields (encoded). */
unsigned caller_post(struct caller *caller, const char *path, const char *fields);
unsigned caller_ask(struct caller *caller, enum method method, struct slice path,
                    struct slice body);
bool caller_sees(const struct caller *caller, const char *words);
/* Fail with the page that came last where these words do not stand in it, or do. */
void caller_see(const struct caller *caller, const char *words);
void caller_see_not(const struct caller *caller, const char *words);
/* The value of the first field of this name on the page, in the arena; empty: there is none. */
struct slice caller_field(struct caller *caller, const char *name);
bool caller_sent_to(const struct caller *caller, const char *path);
