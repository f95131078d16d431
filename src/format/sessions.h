/* academicSessions.csv, which OneRoster and School Data Sync share: when there is school, for all schools of a set of files.
 * Sessions lie within each other (a school year, its terms, their halves) and what lies between two halves is a holiday, so the
 * finest that fill a session take its place; one that they do not fill stays whole, and no school day is lost. A school year
 * alone says nothing of holidays and is not taken. */
#pragma once

#include "format/bundle.h"
#include "format/roster.h"

#define SESSIONS_LARGEST ((size_t)1000)

/* Fills roster->terms, by first days; they may overlap. What cannot be used is noted as a problem. Nothing happens where the
 * file is not there. */
MUST_USE bool sessions_read(const struct bundle *bundle, struct roster *roster,
                            struct error *error);
