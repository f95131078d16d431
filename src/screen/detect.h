/* Structured things in the raw bytes, each by a small machine behind the bytes that announce it,
 * each with what proves it: check digits, area codes, the grammar of postcodes. detect_*.c, a kind
 * a file; docs/screening.md says what each takes and leaves. */
#pragma once

#include "base/error.h"
#include "screen/finding.h"

/* What a school lets through: lines `host bbc.co.uk` (with subdomains), `only maps.example.com`,
 * `hashtag #WorldBookDay`, `mail school.example.org` (with subdomains); a line that begins with #
 * is a comment. */
struct allow_list;
#define ALLOW_LINES_LARGEST 100000
/* Copies what it needs. NULL with the error, which names the line. */
struct allow_list *allow_new(struct slice lines, struct error *error);
void allow_free(struct allow_list *allow);
/* All three without regard to capitals; NULL allows nothing. */
bool allow_host(const struct allow_list *allow, struct slice host);
bool allow_hashtag(const struct allow_list *allow,
                   struct slice hashtag); /* its # may be left out */
bool allow_mail(const struct allow_list *allow, struct slice domain);
/* Whether it names any hashtag, so that one that is not on it was not agreed. */
bool allow_has_hashtags(const struct allow_list *allow);

/* Work memory of one thread, zeroed at birth, kept from text to text: the text without its
 * full-width signs and invisible characters, where it has any. */
struct detect_run;
struct scan;
struct detect_work {
    char *at;
    size_t length, space;
    struct detect_run *runs;
    size_t run_count, run_space;
    struct scan *scans; /* see detect_scan.h */
    size_t scan_space;
};
void detect_work_clear(struct detect_work *work);

/* Well-formed UTF-8 of less than 4 GiB. `allow` may be NULL: nothing is. */
void detect_all(struct detect_work *work, struct slice text, const struct allow_list *allow,
                struct findings *findings);
/* The same without SIMD, for tests: gives the same findings. */
void detect_all_scalar(struct detect_work *work, struct slice text, const struct allow_list *allow,
                       struct findings *findings);
