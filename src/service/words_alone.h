/* Which phrases of a vocabulary only one policy uses, among the policies that stand beside it and share it. Worked out from
 * their rules each time, never kept. A policy and those based on it are one text here. */
#pragma once

#include "base/text.h"
#include "policy/words.h"

#define WORDS_ALONE_POLICIES_LARGEST 32

struct lone_word {
    struct slice phrase;
    size_t line;    /* in words.md */
    uint32_t users; /* bit i: policies.at[i] names it */
};

struct words_alone {
    LIST(struct slice) policies; /* names of their folders, in order */
    LIST(struct slice) bad;      /* folders that do not compile, and are left out */
    LIST(struct lone_word) list; /* in the order of words.md */
    size_t phrases;
    bool families; /* some policy is based on another of them */
};

/* `words` as read from a words.md, without an error. A policy in a folder beside that file shares it where it compiles with the
 * same text. Fails where a folder cannot be read or there are more policies than fit. */
MUST_USE bool words_alone_find(const struct words *words, struct arena *arena,
                               struct words_alone *ret_alone, struct error *error);
/* `geeks-room`, or `geeks-room and imbue-ventures`. */
void words_alone_users(const struct words_alone *alone, uint32_t users, struct text *out);
