/* What the register knows of a question put to a policy, so that it need not be asked: what the asker is here, and, where the
 * asker may see them, what another person is, how old, whose parent. Only what the asker may know is given: nothing hangs on a
 * bar for anybody who could not see the bar itself, and nobody finds somebody they are barred from. A fact that the register
 * cannot answer is left to be asked; it never says no where it only does not know. */
#pragma once

#include "service/keeping_read.h"

/* Who may choose people here: those who could see, and lay, a bar. */
#define KNOWN_ACT ACT_BAR_PARENT

struct known_about {
    struct id asker;
    struct id other; /* the other person of the question; none: not chosen from the register */
    struct id shown; /* who is in the picture; none: the same */
};
struct known_fact {
    struct slice key,
        value; /* as grammar.md section 17 has them, keys with ids: `fact other.age` */
};
struct known_facts {
    LIST(struct known_fact) list;
};
struct known_here {
    struct slice asker, other,
        shown; /* ids of the policy's words for what they are, with commas; may be empty */
    struct known_facts of_asker, of_other;
    struct slice shown_age; /* in years; empty: not known */
};
/* People whom the asker may not see are as if they were not chosen. Everything in the arena. */
void known_of(struct record *record, const struct policy *policy, const struct known_about *about,
              struct arena *arena, struct known_here *ret_known);
