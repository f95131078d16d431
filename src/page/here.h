/* Who is signed in on a visit, the gate in front of pages that are not for everybody, and the frame of those pages with the
 * menu of what this person may do. docs/access.md tells who may open which page. */
#pragma once

#include "page/pages.h"
#include "service/signin.h"
#include "web/ui.h"

#define HERE_MENU_LARGEST 24
#define SIGNED_IN_COOKIE "lanyard-signed-in"
#define DEVICE_COOKIE "lanyard-device"

struct person_here {
    struct signin_who who; /* id, name, roles of today, codes */
    struct slice secret;   /* of the session's cookie */
    bool found, failed;    /* somebody is; it could not be looked up */
    bool lists;            /* may see a list of people */
    bool leads;            /* answers for an organisation */
    struct ui_nav menu[HERE_MENU_LARGEST];
    size_t menu_count;
};

/* Who is signed in, looked up once a visit; NULL: nobody, or the record cannot be read. */
struct person_here *visit_person(struct visit *visit);
/* Forgets what was looked up, after something about the person changed. */
void visit_forget_person(struct visit *visit);
/* site.gate: sends strangers to /sign-in, and those whose role of trust needs codes to /account/codes; refuses the rest. */
bool here_gate(struct visit *visit);
/* Where a page of the record's pages answers for: the open record. */
struct record *visit_record(const struct visit *visit);
/* Whether this person might do the act today: for links and buttons. */
bool visit_may(struct visit *visit, enum record_act act);
/* Whether the page at this address, which has no end of its own, is there and opens to this person: for links. */
bool visit_opens(struct visit *visit, const char *path);
struct signin_from visit_from(const struct visit *visit);

/* The frame of any page, with the menu of who is signed in, if anybody is; not yet opened. */
struct ui_frame here_frame(struct visit *visit, struct slice title);
/* The frame of a page of the record's, opened, with the person's menu; `here`: the address of its place in the menu. */
struct ui_frame here_frame_open(struct visit *visit, struct slice title, struct slice here,
                                struct slice back, bool problem);
/* Ends the visit with what went wrong: the record could not be read or written. */
void here_fail(struct visit *visit, const struct error *error);
/* Shows what the desk said no to, with its clauses, on a page of its own. */
void here_refused(struct visit *visit, const struct outcome *outcome);
/* The form's own id for an order, so that one sent twice is done once: a hidden field `order` and its reading. */
#define HERE_ORDER_FIELD                                                                           \
    {                                                                                              \
        "order", form_is_hex, (size_t)2 * ID_SIZE, 1                                               \
    }
void here_order_field(struct visit *visit);
MUST_USE bool here_order(struct visit *visit, size_t field, enum record_act act,
                         struct order *ret_order);
