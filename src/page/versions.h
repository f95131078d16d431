/* Pages of the policy's versions: the list for those who bring and approve them, bringing one, what it changes for whom,
 * deciding on it. What everybody may read of them stands in policy.c. */
#pragma once

#include "page/keeping.h"
#include "service/versions.h"

#define VERSIONS SLICE("/versions")
#define VERSION_FILE_FIELD "file"
#define VERSION_TEXT_FIELD "text"

enum { SEND_ORDER, SEND_FIELDS };
enum {
    APPROVE_ORDER,
    APPROVE_VERSION,
    APPROVE_BASE,
    APPROVE_DAY,
    APPROVE_MONTH,
    APPROVE_YEAR,
    APPROVE_BODY,
    APPROVE_MATERIAL,
    APPROVE_WHY,
    APPROVE_MINUTE,
    APPROVE_FIELDS
};
enum { TURN_DOWN_ORDER, TURN_DOWN_VERSION, TURN_DOWN_REASON, TURN_DOWN_FIELDS };
extern const struct field version_send_fields[], version_approve_fields[],
    version_turn_down_fields[];

void versions_page(struct visit *visit);
void version_send_page(struct visit *visit);
void version_send_answer(struct visit *visit);
void version_paste_answer(struct visit *visit);
void version_page(struct visit *visit);
void version_text_page(struct visit *visit); /* policy.c */
void version_approve_answer(struct visit *visit);
void version_refuse_answer(struct visit *visit);
void version_withdraw_answer(struct visit *visit);

/* ---- what they share ---- */

/* A colour and the words for how it stands. */
void version_tag(struct visit *visit, const struct version_seen *version);
/* The version that the path ends with; false: answered. */
MUST_USE bool version_of_path(struct visit *visit, struct slice before,
                              struct version_seen *ret_version);
/* What it changes for whom, as a section of the page (version_changes.c). */
void version_changes_write(struct visit *visit, const struct version_look *look);
/* The forms that decide on it, those that open to the visitor (version_decide.c). */
struct version_wrong {
    struct slice day, body, material, why, reason; /* what to put right; empty: nothing */
};
void version_forms_write(struct visit *visit, const struct version_seen *version,
                         const struct version_look *look, const struct version_wrong *wrong);
/* The errors of the forms, for the top of the page; gives their number. */
size_t version_wrong_list(const struct version_wrong *wrong, struct ui_question ret_list[5]);
/* The page with these errors. */
void version_show(struct visit *visit, const struct version_seen *version,
                  const struct version_wrong *wrong);
