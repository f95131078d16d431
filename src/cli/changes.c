/* lanyard changes: what a new version of a policy changes, for whom, with a case for each. What is found stands in
 * policy/change.c; here it is printed, roles that meet the same changes together. */
#include "cli/cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "service/change_roles.h"

#define OUTPUT_LARGEST (8u << 20)

struct showing {
    struct change_role roles[CHANGE_ROLES];
    struct changes changes;
    struct arena *arena;
    bool json;
};

/* ---- who ---------------------------------------------------------------------------------------------- */

static struct slice title_of(const struct change_for *to)
{
    enum role role = role_of(to->role->name);
    if (role != ROLES) return role_row(role)->title;
    return slice_is(to->role->name, "applicant") ? SLICE("Account applicant")
                                                 : SLICE("Account owner");
}

/* Whether two roles meet the same changes in the same way. */
static bool alike(const struct change_for *a, const struct change_for *b)
{
    bool same = a->meaning == b->meaning && a->list.count == b->list.count;
    for (size_t i = 0; same && i < a->list.count; i++)
        same = a->list.at[i].change == b->list.at[i].change &&
               a->list.at[i].bears == b->list.at[i].bears &&
               slice_equal(a->list.at[i].together, b->list.at[i].together);
    return same;
}

static bool met_before(const struct showing *showing, size_t role)
{
    for (size_t i = 0; i < role; i++) {
        if (alike(&showing->changes.roles.at[i], &showing->changes.roles.at[role])) return true;
    }
    return false;
}

static void add_titles(const struct showing *showing, size_t first, struct text *out)
{
    const struct changes *changes = &showing->changes;
    bool any = false;
    for (size_t i = first; i < changes->roles.count; i++) {
        if (!alike(&changes->roles.at[first], &changes->roles.at[i])) continue;
        text_format(out, "%s%.*s", any ? ", " : "", SLICE_PRINT(title_of(&changes->roles.at[i])));
        any = true;
    }
}

/* ---- what --------------------------------------------------------------------------------------------- */

static void add_clause(const struct policy_change *change, struct text *out)
{
    const struct clause *old = change->old_clause;
    const struct clause *new = change->new_clause;
    const struct clause *clause = new != NULL ? new : old;
    if (clause == NULL) return;
    text_format(out, "%s%.*s %.*s", change->law ? "law " : "", SLICE_PRINT(clause->id),
                SLICE_PRINT(clause->title));
    if (old != NULL && new != NULL && !slice_equal(old->id, new->id))
        text_format(out, " (it was %.*s)", SLICE_PRINT(old->id));
}

static void add_change(const struct policy_change *change, struct text *out)
{
    text_format(out, "  %s: ", change_word(change->kind));
    add_clause(change, out);
    text_add_char(out, '\n');
    if (change->old_text.length > 0)
        text_format(out, "    - %.*s\n", SLICE_PRINT(change->old_text));
    if (change->new_text.length > 0)
        text_format(out, "    + %.*s\n", SLICE_PRINT(change->new_text));
}

static void add_verdict(enum verdict verdict, enum strength strength, struct text *out)
{
    text_add_string(out, verdict_word(verdict));
    if (strength != STRENGTH_NONE) text_format(out, " %s", strength_word(strength));
}

static void add_case(const struct change_met *met, struct text *out)
{
    bool same = met->old_verdict == met->new_verdict && met->old_strength == met->new_strength;
    if (met->together.length > 0)
        text_format(out, "    together with: %.*s\n", SLICE_PRINT(met->together));
    if (met->untried) text_add_string(out, "    too much to try; counted as changed\n");
    if (met->example.length == 0) return;
    text_format(out, "    for instance %.*s: ", SLICE_PRINT(met->example));
    add_verdict(met->old_verdict, met->old_strength, out);
    if (same) {
        text_add_string(out, " as before, but what goes with it differs\n");
        return;
    }
    text_add_string(out, " before, ");
    add_verdict(met->new_verdict, met->new_strength, out);
    text_add_string(out, " now\n");
}

static void add_role(const struct showing *showing, size_t role, struct text *out)
{
    const struct change_for *to = &showing->changes.roles.at[role];
    text_add_string(out, "For ");
    add_titles(showing, role, out);
    text_add_string(out, "\n");
    for (size_t i = 0; i < to->list.count; i++) {
        add_change(&showing->changes.list.at[to->list.at[i].change], out);
        add_case(&to->list.at[i], out);
    }
    text_add_char(out, '\n');
}

static void add_rest(const struct showing *showing, struct text *out)
{
    const struct changes *changes = &showing->changes;
    bool any = false;
    for (size_t i = 0; i < changes->list.count; i++) {
        if (changes->list.at[i].matters) continue;
        if (!any)
            text_add_string(out, "Said otherwise, and no answer to any of these roles differs\n");
        add_change(&changes->list.at[i], out);
        any = true;
    }
    if (any) text_add_char(out, '\n');
}

static void add_all(const struct showing *showing, struct text *out)
{
    const struct changes *changes = &showing->changes;
    size_t changed = 0;
    for (size_t r = 0; r < changes->roles.count; r++) {
        changed += changes->roles.at[r].meaning;
        if (changes->roles.at[r].meaning && !met_before(showing, r)) add_role(showing, r, out);
    }
    add_rest(showing, out);
    for (size_t r = 0; changed > 0 && r < changes->roles.count; r++) {
        if (changes->roles.at[r].meaning || met_before(showing, r)) continue;
        text_add_string(out, "Nothing changes for ");
        add_titles(showing, r, out);
        text_add_string(out, "\n\n");
    }
    if (changes->list.count == 0)
        text_add_string(out, changes->prose ? "The prose is not the same; what it means is.\n"
                                            : "The two say the same.\n");
    else
        text_format(out, "%zu change%s; something differs for %zu of %zu roles\n",
                    changes->list.count, changes->list.count == 1 ? "" : "s", changed,
                    changes->roles.count);
}

/* ---- the command ---------------------------------------------------------------------------------------- */

static bool read_options(struct showing *showing, int argc, char **argv)
{
    static const struct option options[] = {{"json", no_argument, NULL, 'j'}, {NULL, 0, NULL, 0}};
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option != 'j') {
            (void)cli_wrong("changes", "I do not understand '%s'", argv[optind - 1]);
            return false;
        }
        showing->json = true;
    }
    if (argc - optind != 2)
        (void)cli_wrong("changes", "name the folder of the old version and that of the new one");
    return argc - optind == 2;
}

static void print_changes(struct showing *showing)
{
    AUTO_TEXT struct text out;
    text_init(&out, OUTPUT_LARGEST);
    if (showing->json) {
        struct json_writer writer;
        json_writer_init(&writer, &out, true);
        changes_to_json(&showing->changes, &writer);
        text_add_char(&out, '\n');
    } else {
        add_all(showing, &out);
    }
    cli_print(stdout, text_slice(&out));
}

int command_changes(int argc, char **argv)
{
    int result = EXIT_USAGE;
    struct folder old, new;
    AUTO(arena) struct arena *arena = arena_new();
    struct showing showing = {.arena = arena};
    if (!read_options(&showing, argc, argv)) return result;
    if (!cli_open("changes", argv[optind], &old, &result)) return result;
    if (cli_open("changes", argv[optind + 1], &new, &result)) {
        change_roles(showing.roles);
        policy_changes(old.policy, new.policy, showing.roles, CHANGE_ROLES, arena,
                       &showing.changes);
        print_changes(&showing);
        result = showing.changes.list.count > 0 ? EXIT_FOUND : EXIT_DONE;
        folder_close(&new);
    }
    folder_close(&old);
    return result;
}
