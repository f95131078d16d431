/* For the fuzzers of rosters: an input of several files, each after a line "@NAME", as a folder;
 * and what must hold of every roster. */
#pragma once

#include <stdlib.h>

#include "base/utf8.h"
#include "format/bundle.h"
#include "format/roster.h"

static inline void require(bool kept)
{
    if (!kept) abort();
}

static inline void split_files(struct bundle *bundle, struct slice all, struct arena *arena)
{
    bundle_folder(bundle, SLICE("fuzz"), arena);
    while (slice_starts(all, SLICE("@"))) {
        struct slice name;
        if (!slice_line(&all, &name)) return;
        size_t end = slice_search(all, SLICE("\n@"));
        /* a name twice is refused, and that is fine */
        (void)!bundle_add(bundle, slice_part(name, 1, name.length), slice_part(all, 0, end + 1),
                          NULL);
        all = slice_part(all, end + 1, all.length);
    }
}

static inline void require_text(struct slice text, size_t most)
{
    require(text.at != NULL && text.length <= most && utf8_check(text) == text.length);
    for (size_t i = 0; i < text.length; i++) require((unsigned char)text.at[i] >= ' ');
}

static inline void require_date(struct date date)
{
    require(date.year == 0 || date_valid(date));
}

static inline void require_person(const struct roster *roster, const struct roster_person *person)
{
    require_text(person->id, 200);
    require_text(person->given, 200);
    require_text(person->family, 200);
    require_text(person->known_as, 401);
    require_text(person->email, 254);
    require_text(person->phone, 200);
    require_text(person->username, 200);
    require_date(person->birth);
    require_date(person->left);
    require(person->id.length > 0);
    require(person->status != ROSTER_PRESENT || person->given.length + person->family.length > 0);
    require(person->status != ROSTER_UNREAD || person->roles == NULL);
    for (const struct roster_held *held = person->roles; held != NULL; held = held->next) {
        require(held->role < ROSTER_ROLE_COUNT);
        require(held->org == ROSTER_NONE || held->org < roster->orgs.count);
        require_date(held->from);
        require_date(held->until);
    }
}

static inline void require_terms(const struct roster *roster)
{
    int64_t before = 0;
    for (size_t i = 0; i < roster->terms.count; i++) {
        const struct roster_term *term = &roster->terms.at[i];
        require(date_valid(term->first) && date_valid(term->last));
        require(date_to_day(term->first) <= date_to_day(term->last));
        require(i == 0 || before <= date_to_day(term->first));
        before = date_to_day(term->first);
    }
}

static inline void require_roster(const struct roster *roster)
{
    require_terms(roster);
    for (size_t i = 0; i < roster->people.count; i++) {
        const struct roster_person *person = &roster->people.at[i];
        require(roster_person_find(roster, person->id) == i);
        require_person(roster, person);
    }
    for (size_t i = 0; i < roster->orgs.count; i++) {
        size_t at = i;
        for (int steps = 0; at != ROSTER_NONE; steps++) {
            require(at < roster->orgs.count && steps <= ROSTER_PARENTS_DEEPEST);
            at = roster->orgs.at[at].parent;
        }
    }
    for (size_t i = 0; i < roster->links.count; i++) {
        const struct roster_link *link = &roster->links.at[i];
        require(link->parent != link->child);
        require(roster_holds(&roster->people.at[link->parent], ROSTER_PARENT));
        require(roster_holds(&roster->people.at[link->child], ROSTER_PUPIL));
    }
    require(roster->problem_count >= roster->problems.count);
    require(roster->agents.count == 0 || !roster->whole_people);
}
