/* Pages of signing: the policy to sign, certificates, who has signed and who has not, sheets of paper, training. */
#pragma once

#include "page/people.h"
#include "service/signoff.h"

enum { SIGN_ORDER, SIGN_VERSION, SIGN_SEEN, SIGN_READ, SIGN_FIELDS };
enum { SHEET_ORDER, SHEET_VERSION, SHEET_SIGNED, SHEET_FIELDS = SHEET_SIGNED + 3 };
enum {
    TRAINING_ORDER,
    TRAINING_COURSE,
    TRAINING_DONE,
    TRAINING_UNTIL = TRAINING_DONE + 3,
    TRAINING_FIELDS = TRAINING_UNTIL + 3
};
extern const struct field sign_fields[], sheet_fields[], training_fields[];

/* `teacher`, `teacher and parent or carer`: the titles of a set of roles in a sentence. */
struct slice signing_roles(uint64_t roles, struct arena *arena);
/* Why somebody is asked to sign, as whole sentences: "You have ..." or "They have ...". */
struct slice signing_why(struct record *record, const struct signoff *signoff, bool own,
                         struct arena *arena);
/* What stands about signing and training on a person's page: for the person and for who may record it. */
MUST_USE bool signing_of_person(struct people *people, const struct registered *person,
                                unsigned sees, struct error *error);
/* What the policy in force says otherwise than the version they signed last, for their roles; nothing where they never signed
 * (sign_changes.c). */
void signing_changes(struct visit *visit, const struct signoff *signoff);
/* The whole text, the clauses that speak to these roles first (sign_text.c). */
void signing_text(struct text *out, const struct policy *policy, uint64_t roles,
                  struct arena *arena);

void sign_page(struct visit *visit);
void sign_answer(struct visit *visit);
void sign_done_page(struct visit *visit);
void certificate_page(struct visit *visit);
void certificate_file(struct visit *visit);
void coverage_page(struct visit *visit);
void coverage_file(struct visit *visit);
void coverage_who_page(struct visit *visit);
void sheet_page(struct visit *visit);
void sheet_answer(struct visit *visit);
void training_page(struct visit *visit);
void training_answer(struct visit *visit);
