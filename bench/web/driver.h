/* The parts of web-driver, the C side of the benchmark: each is one measurement or one thing to measure on, and prints a line
 * of figures. Arguments come from run.py alone. */
#pragma once

#include <stdint.h>

#include "base/error.h"
#include "service/record.h"

int64_t driver_nanoseconds(void);
/* Ends the program with the sentence where it is not good. */
void driver_need(bool good, const char *what, const struct error *error);
int64_t driver_number(const char *word);

/* people FOLDER COUNT POLICY: a new record of a school with so many people; prints the administrator's link. */
int driver_people(char **words);
/* acts FOLDER MILLISECONDS BATCH SLOW: 64 clients record absences; prints acts a second and how many of those that were
 * confirmed are not there afterwards. BATCH 0: as many as wait. SLOW: milliseconds that each sync takes longer. */
int driver_acts(char **words);
/* plain FILE MILLISECONDS: commits of one row each, WAL and synchronous FULL, by SQLite alone; prints commits a second. */
int driver_plain(char **words);
/* ledger FROM FOLDER COUNT: a ledger of so many events, made of those of another record with new numbers. */
int driver_ledger(char **words);
/* verify FOLDER: prints the nanoseconds that checking it takes, tied to its key and newest checkpoint. */
int driver_verify(char **words);
/* scan FOLDER: prints the nanoseconds of one scan of its events with OpenSSL's SHA-256 over each. */
int driver_scan(char **words);
