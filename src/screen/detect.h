/* Structured things in the raw bytes, each by a small machine behind the bytes that announce it, each with what proves it: check digits,
 * area codes, the grammar of postcodes. detect_*.c, a kind a file. */
#pragma once

#include "base/error.h"
#include "screen/finding.h"

/* What a school lets through: lines `host bbc.co.uk` (with subdomains), `only maps.example.com`, `hashtag #WorldBookDay`, `mail
 * school.example.org`. */
struct allow_list;
struct allow_list *allow_new(struct slice lines,
                             struct error *error); /* NULL with the error, which names the line */
void allow_free(struct allow_list *allow);
bool allow_host(const struct allow_list *allow, struct slice host);
bool allow_hashtag(const struct allow_list *allow, struct slice hashtag);
bool allow_mail(const struct allow_list *allow, struct slice domain);

/* Well-formed UTF-8. `allow` may be NULL: nothing is. */
void detect_all(struct slice text, const struct allow_list *allow, struct findings *findings);
void detect_all_scalar(struct slice text, const struct allow_list *allow,
                       struct findings *findings);
