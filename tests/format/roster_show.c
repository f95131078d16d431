/* Rosters as text, for the tests of this room. */
#include "roster_show.h"

#include <assert.h>

static const char *date_text(struct date date, char room[11])
{
    if (date.year == 0) return "";
    date_format(date, room);
    return room;
}

static void show_person(const struct roster_person *person, struct text *text)
{
    static const char *const statuses[] = {"present", "removed", "partial", "unread"};
    char room[11];
    text_format(text, "person %.*s %s %.*s|%.*s|%.*s|%s", SLICE_PRINT(person->id),
                statuses[person->status], SLICE_PRINT(person->given), SLICE_PRINT(person->family),
                SLICE_PRINT(person->known_as), date_text(person->birth, room));
    text_format(text, "|%.*s|%.*s|%.*s", SLICE_PRINT(person->email), SLICE_PRINT(person->phone),
                SLICE_PRINT(person->username));
    if (person->left.year != 0) text_format(text, " left %s", date_text(person->left, room));
    text_add_char(text, '\n');
    for (const struct roster_held *held = person->roles; held != NULL; held = held->next) {
        char from[11];
        char until[11];
        text_format(text, "role %.*s %s@%.*s%s", SLICE_PRINT(person->id),
                    roster_role_code(held->role), SLICE_PRINT(held->org_id),
                    held->org_id.length > 0 && held->org == ROSTER_NONE ? "?" : "");
        if (held->from.year != 0 || held->until.year != 0)
            text_format(text, " %s..%s", date_text(held->from, from),
                        date_text(held->until, until));
        text_add_string(text, held->removed ? " removed\n" : "\n");
    }
}

static void show_org(const struct roster *roster, const struct roster_org *org, struct text *text)
{
    static const char *const kinds[] = {"other", "school", "trust"};
    text_format(text, "org %.*s %.*s %s", SLICE_PRINT(org->id), SLICE_PRINT(org->name),
                kinds[org->kind]);
    if (org->parent != ROSTER_NONE)
        text_format(text, " < %.*s", SLICE_PRINT(roster->orgs.at[org->parent].id));
    text_add_string(text, org->removed ? " removed\n" : "\n");
}

static void show_terms(const struct roster *roster, struct text *text)
{
    for (size_t i = 0; i < roster->terms.count; i++) {
        char first[11];
        char last[11];
        text_format(text, "term %s..%s\n", date_text(roster->terms.at[i].first, first),
                    date_text(roster->terms.at[i].last, last));
    }
}

void roster_show(const struct roster *roster, struct text *text)
{
    static const char *const done[] = {"row left out", "field left out", "noted"};
    for (size_t i = 0; i < roster->orgs.count; i++) show_org(roster, &roster->orgs.at[i], text);
    for (size_t i = 0; i < roster->people.count; i++) show_person(&roster->people.at[i], text);
    for (size_t i = 0; i < roster->links.count; i++) {
        const struct roster_link *link = &roster->links.at[i];
        assert(slice_equal(link->parent_id, roster->people.at[link->parent].id));
        assert(slice_equal(link->child_id, roster->people.at[link->child].id));
        text_format(text, "link %.*s>%.*s\n", SLICE_PRINT(link->parent_id),
                    SLICE_PRINT(link->child_id));
    }
    for (size_t i = 0; i < roster->agents.count; i++)
        text_format(text, "claim %.*s?%.*s\n", SLICE_PRINT(roster->agents.at[i].from),
                    SLICE_PRINT(roster->agents.at[i].to));
    show_terms(roster, text);
    for (size_t i = 0; i < roster->problems.count; i++) {
        const struct roster_problem *problem = &roster->problems.at[i];
        text_format(text, "problem %.*s:%zu:%zu %.*s %.*s: %s (%s)\n", SLICE_PRINT(problem->file),
                    problem->line, problem->column, SLICE_PRINT(problem->id),
                    SLICE_PRINT(problem->field), problem->what, done[problem->done]);
    }
}

void folder_of(struct bundle *bundle, struct arena *arena, const char *const *parts)
{
    bundle_folder(bundle, SLICE("folder"), arena);
    for (; parts[0] != NULL; parts += 2) {
        bool added = bundle_add(bundle, slice_of(parts[0]), slice_of(parts[1]), NULL);
        assert(added);
        (void)added;
    }
}
