/* A real record in a temporary directory with the people that tests need: the school at the top, its administrator, head and
 * safeguarding lead put in by the keeper, an office, teachers, a governor, pupils and parents. */
#pragma once

#include "service/desk.h"
#include "service/register.h"

struct school {
    char folder[64];
    struct record *record;
    struct arena *arena;
    struct id top, admin, head, dsl, office, teacher, other, governor, pupil, parent, keeper;
};

void school_open(struct school *school);
/* The same in a demo. */
void school_open_demo(struct school *school);
void school_close(struct school *school);
/* Closes the record and opens it again. */
void school_again(struct school *school);

/* One act; pairs of key and value, NULL behind the last. Fails the test where the desk itself fails. */
struct outcome school_do(struct school *school, enum record_act act, struct id actor, ...);
/* The same, expected to fail as bad: gives what is to be mended. */
const char *school_bad(struct school *school, enum record_act act, struct id actor, ...);
const char *school_hex(struct school *school, struct id id);
struct id school_person(struct school *school, const char *given, const char *family);
struct id school_role(struct school *school, struct id person, const char *role);
/* Whether the refusal rests on that clause. */
bool school_refused(const struct outcome *outcome, const char *clause);
/* What the register says of a role over the top, today. */
bool school_has(struct school *school, struct id person, enum role role);
