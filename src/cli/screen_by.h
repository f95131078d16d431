/* What a text is screened by, read from the files that options name: a roster, an allow list, a school's own wording. */
#pragma once

#include "policy/policy.h"
#include "screen/screen.h"

struct screen_by {
    const char *roster, *allow, *words; /* files; NULL: none */
    struct name_index *names;
    struct lexicon *lexicon;
    struct allow_list *allowed;
};
/* With a policy also the wording that answers facts. Gives an exit code; what is wrong stands on stderr, and screen_by_clear is due in any
 * case. */
int screen_by_load(const char *command, const struct policy *policy, struct screen_by *by);
struct screen_plan screen_by_plan(const struct screen_by *by);
void screen_by_clear(struct screen_by *by);
