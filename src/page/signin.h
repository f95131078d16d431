/* Pages of signing in and of one's own account: their fields and handlers. */
#pragma once

#include "page/here.h"

enum { SIGN_IN_EMAIL, SIGN_IN_PASSWORD, SIGN_IN_FIELDS };
enum { SIGN_IN_CODE, SIGN_IN_CODE_FIELDS };
enum {
    INVITATION_SECRET,
    INVITATION_EMAIL,
    INVITATION_PASSWORD,
    INVITATION_CODE,
    INVITATION_FIELDS
};
enum { SIGN_OUT_EVERYWHERE, SIGN_OUT_FIELDS };
enum { PASSWORD_EMAIL, PASSWORD_OLD, PASSWORD_NEW, PASSWORD_FIELDS };
enum { CODES_SEED, CODES_PASSWORD, CODES_CODE, CODES_OLD, CODES_FIELDS };
enum { RECOVERY_PASSWORD, RECOVERY_CODE, RECOVERY_FIELDS };
extern const struct field sign_in_fields[], sign_in_code_fields[], invitation_fields[],
    sign_out_fields[], password_fields[], codes_fields[], recovery_fields[];

void sign_in_page(struct visit *visit);
void sign_in_answer(struct visit *visit);
void sign_in_code_page(struct visit *visit);
void sign_in_code_answer(struct visit *visit);
void sign_out_page(struct visit *visit);
void sign_out_answer(struct visit *visit);
void invitation_page(struct visit *visit);
void invitation_answer(struct visit *visit);
void invitation_done_page(struct visit *visit);
void account_page(struct visit *visit);
void account_password_page(struct visit *visit);
void account_password_answer(struct visit *visit);
void account_codes_page(struct visit *visit);
void account_codes_answer(struct visit *visit);
void account_recovery_page(struct visit *visit);
void account_recovery_answer(struct visit *visit);

/* A question of these pages, with the error that belongs to it, or none. */
struct ui_question signin_question(const char *name, struct slice words, struct slice hint,
                                   struct slice error);
/* "There is a problem" above the page where a question has an error. */
void signin_problem(struct visit *visit, const struct ui_question *questions, size_t count);
