/* The lists by which a server looks at drafts: files that options name, read once. */
#pragma once

#include "service/drafts.h"

struct words_options {
    const char *allow, *words; /* files; NULL: none */
};
/* Options for getopt_long, from this character code on. */
enum words_option { WORDS_OPTION_ALLOW = 1100, WORDS_OPTION_WORDS };
#define WORDS_LONG_OPTIONS                                                                         \
    {"allow", required_argument, NULL, WORDS_OPTION_ALLOW},                                        \
    {                                                                                              \
        "words", required_argument, NULL, WORDS_OPTION_WORDS                                       \
    }
/* Takes one; false where it is none of these. */
bool words_option(struct words_options *options, int option, const char *value);
/* Reads the files, and makes the wording of the policy (NULL: it is made with the first draft). */
MUST_USE bool words_load(const struct words_options *options, struct drafts *drafts,
                         const struct policy *policy, struct error *error);
