/* OneRoster 1.1 and 1.2 as CSV files, whole ("bulk") or only changes ("delta").
 *
 * Read: manifest, orgs, users, roles (1.2), demographics (the birth date alone), academicSessions
 * (when there is school; only where they are whole). Not read: classes, courses, enrollments and the
 * rest, because the policy asks what somebody is in
 * the school and not in which lesson, and the end of a class is nobody's leaving; userProfiles,
 * because it holds passwords. The password column is never looked at, nor is enabledUser: a pupil
 * who may not log in has not left. A "relative" is no parent here and gets no role: the school
 * gives one where it is right. */
#pragma once

#include "format/bundle.h"
#include "format/roster.h"

/* Whether the bundle has a manifest.csv. */
bool oneroster_looks_like(const struct bundle *bundle);
/* Fills the roster, whose arena outlives the bundle. False where the set of files is unusable: the
 * manifest, a file that it promises, or one that cannot be read to its end. */
MUST_USE bool oneroster_read(const struct bundle *bundle, struct arena *arena,
                             struct roster *ret_roster, struct error *error);
