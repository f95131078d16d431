/* What a copy of a database must not carry along: keys, and what is used to sign in or still to be sent. */
#pragma once

#include "base/error.h"
#include "store/db.h"

/* Takes all of it out, in one transaction; db_scrub afterwards takes it out of the file. */
MUST_USE bool backup_strip(struct db *db, struct error *error);
