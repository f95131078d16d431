/* The pages of a record: whom each is open to stands in its row, and docs/access.md is this table in words. */
#include "page/pages.h"

#include "page/signin.h"
#include "page/who.h"

/* A page that shows something, and the form on it. */
#define SHOWS(path, name, opens, page)                                                             \
    {                                                                                              \
        METHOD_GET, path, name, SESSION_SIGNED, page, NULL, 0, opens                               \
    }
#define TAKES(path, name, opens, page, fields, count)                                              \
    {                                                                                              \
        METHOD_POST, path, name, SESSION_SIGNED, page, fields, count, opens                        \
    }

const struct route record_routes[] = {
    {METHOD_GET, "/policy/versions", "policy-versions", SESSION_NONE, policy_versions_page, NULL, 0,
     PUBLIC},
    {METHOD_GET, "/policy/versions/*", "policy-version", SESSION_NONE, policy_version_page, NULL, 0,
     PUBLIC},
    {METHOD_GET, "/sign-in", "sign-in", SESSION_OPENS, sign_in_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/sign-in", "sign-in", SESSION_NEEDS, sign_in_answer, sign_in_fields,
     SIGN_IN_FIELDS, PUBLIC},
    {METHOD_GET, "/sign-in/code", "sign-in-code", SESSION_READ, sign_in_code_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/sign-in/code", "sign-in-code", SESSION_NEEDS, sign_in_code_answer,
     sign_in_code_fields, SIGN_IN_CODE_FIELDS, PUBLIC},
    {METHOD_GET, "/sign-out", "sign-out", SESSION_NONE, sign_out_page, NULL, 0, PUBLIC},
    {METHOD_GET, "/invitation", "invitation-done", SESSION_NONE, invitation_done_page, NULL, 0,
     PUBLIC},
    {METHOD_GET, "/invitation/*", "invitation", SESSION_OPENS, invitation_page, NULL, 0, PUBLIC},
    {METHOD_POST, "/invitation", "invitation", SESSION_NEEDS, invitation_answer, invitation_fields,
     INVITATION_FIELDS, PUBLIC},
    TAKES("/sign-out", "sign-out", SIGNED_IN_HALF, sign_out_answer, sign_out_fields,
          SIGN_OUT_FIELDS),
    SHOWS("/who", "who", SIGNED_IN, who_page),
    SHOWS("/account", "account", SIGNED_IN, account_page),
    SHOWS("/account/password", "account-password", SIGNED_IN_HALF, account_password_page),
    TAKES("/account/password", "account-password", SIGNED_IN_HALF, account_password_answer,
          password_fields, PASSWORD_FIELDS),
    SHOWS("/account/codes", "account-codes", SIGNED_IN_HALF, account_codes_page),
    TAKES("/account/codes", "account-codes", SIGNED_IN_HALF, account_codes_answer, codes_fields,
          CODES_FIELDS),
    SHOWS("/account/recovery", "account-recovery", SIGNED_IN, account_recovery_page),
    TAKES("/account/recovery", "account-recovery", SIGNED_IN, account_recovery_answer,
          recovery_fields, RECOVERY_FIELDS),
};
const size_t record_route_count = sizeof record_routes / sizeof *record_routes;
