/* What a version changes, and for whom: roles that meet the same changes together, each with the clause, what it said and what
 * it says. What only reads differently is said so. */
#include "page/clause.h"
#include "page/may.h"
#include "page/versions.h"

#define CHANGES_SHOWN 200

/* A role of the register by its title; what staff take on besides, such as `an account owner`, in the policy's words. */
static struct slice title_of(const struct version_look *look, struct slice name,
                             struct arena *arena)
{
    enum role role = role_of(name);
    int word = words_find_id(&look->policy->words, WORD_PERSON, name);
    if (role != ROLES) return role_row(role)->title;
    return word < 0 ? name : may_capital(may_phrase(look->policy, WORD_PERSON, word), arena);
}

/* ---- one change ---- */

static struct slice kind_words(const struct policy_change *change, struct arena *arena)
{
    struct slice word = slice_of(change_word(change->kind));
    char first = word.length > 0 ? word.at[0] : '\0';
    if (first < 'a' || first > 'z') return word;
    return arena_format(arena, "%c%.*s", first - 'a' + 'A',
                        SLICE_PRINT(slice_part(word, 1, word.length)));
}

static void write_clause(struct visit *visit, const struct policy_change *change,
                         const struct version_look *look)
{
    const struct clause *clause =
        change->new_clause != NULL ? change->new_clause : change->old_clause;
    const struct id *where = change->new_clause != NULL ? &look->version : &look->base;
    if (clause == NULL) return;
    AUTO_TEXT struct text anchor;
    text_init(&anchor, 400);
    clause_anchor(&anchor, change->law, clause->id);
    HTML(visit->out, ", ");
    html_link(visit->out,
              arena_format(visit->arena, "/versions/text/%.*s#%.*s",
                           SLICE_PRINT(keeping_hex(where, visit->arena)),
                           SLICE_PRINT(text_slice(&anchor))),
              arena_format(visit->arena, "%sclause %.*s",
                           change->law ? "the law\xe2\x80\x99s " : "",
                           SLICE_PRINT(clause_name(clause, visit->arena))));
    if (change->new_clause == NULL) HTML(visit->out, " of the version before");
}

static void write_text(struct visit *visit, struct slice before, struct slice text, bool old)
{
    struct text *out = visit->out;
    if (text.length == 0) return;
    if (old)
        HTML(out, "<p class=\"govuk-body lanyard-was\"><del>");
    else
        HTML(out, "<p class=\"govuk-body lanyard-is\"><ins>");
    HTML(out, "<span class=\"lanyard-mark\">");
    html_text(out, before);
    HTML(out, "</span> ");
    html_text(out, text);
    if (old)
        HTML(out, "</del></p>\n");
    else
        HTML(out, "</ins></p>\n");
}

static void write_change(struct visit *visit, const struct version_look *look,
                         const struct policy_change *change, const struct change_met *met)
{
    struct text *out = visit->out;
    HTML(out, "<li class=\"lanyard-change\"><p class=\"govuk-body\"><strong>");
    html_text(out, kind_words(change, visit->arena));
    HTML(out, "</strong>");
    write_clause(visit, change, look);
    HTML(out, "</p>\n");
    write_text(visit, SLICE("It said:"), change->old_text, true);
    write_text(visit, SLICE("It says:"), change->new_text, false);
    if (met != NULL && met->example.length > 0) {
        HTML(out, "<p class=\"govuk-body-s lanyard-soft\">For example: ");
        html_text(out, met->example);
        HTML(out, "</p>\n");
    }
    if (met != NULL && met->together.length > 0) {
        HTML(out, "<p class=\"govuk-body-s lanyard-soft\">For whoever is also: ");
        html_text(out, title_of(look, met->together, visit->arena));
        HTML(out, "</p>\n");
    }
    if (met != NULL && met->untried)
        HTML(out, "<p class=\"govuk-body-s lanyard-soft\">Too much hangs on it to try it all: "
                  "taken for a change.</p>\n");
    HTML(out, "</li>\n");
}

/* ---- by role ---- */

static bool same_changes(const struct change_for *a, const struct change_for *b)
{
    if (a->list.count != b->list.count) return false;
    for (size_t i = 0; i < a->list.count; i++)
        if (a->list.at[i].change != b->list.at[i].change ||
            !slice_equal(a->list.at[i].together, b->list.at[i].together))
            return false;
    return true;
}

/* Those that meet the same come together, under the first of them; `done` marks them. */
static void write_group(struct visit *visit, const struct version_look *look, size_t first,
                        bool *done)
{
    const struct changes *changes = &look->changes;
    const struct change_for *mine = &changes->roles.at[first];
    AUTO_TEXT struct text titles;
    text_init(&titles, 2000);
    for (size_t i = first; i < changes->roles.count; i++) {
        const struct change_for *other = &changes->roles.at[i];
        if (done[i] || !other->meaning || !same_changes(mine, other)) continue;
        done[i] = true;
        if (titles.length > 0) text_add_string(&titles, ", ");
        text_add(&titles, title_of(look, other->role->name, visit->arena));
    }
    ui_heading(visit->out, 3, UI_SMALL, SLICE_EMPTY, text_slice(&titles));
    HTML(visit->out, "<ul class=\"govuk-list\">\n");
    for (size_t i = 0; i < mine->list.count && i < CHANGES_SHOWN; i++)
        write_change(visit, look, &changes->list.at[mine->list.at[i].change], &mine->list.at[i]);
    HTML(visit->out, "</ul>\n");
    if (mine->list.count == 0)
        ui_paragraph(visit->out, SLICE("Whom the policy binds, or what its words mean, differs."));
}

static bool write_roles(struct visit *visit, const struct version_look *look)
{
    const struct changes *changes = &look->changes;
    bool *done = ARENA_ARRAY(visit->arena, bool, changes->roles.count + 1), any = false;
    for (size_t i = 0; i < changes->roles.count; i++) {
        if (done[i] || !changes->roles.at[i].meaning) continue;
        write_group(visit, look, i, done);
        any = true;
    }
    return any;
}

/* ---- what only reads differently ---- */

static bool is_met(const struct changes *changes, size_t change)
{
    for (size_t i = 0; i < changes->roles.count; i++)
        for (size_t k = 0; k < changes->roles.at[i].list.count; k++)
            if (changes->roles.at[i].list.at[k].change == change) return true;
    return false;
}

static void write_rest(struct visit *visit, const struct version_look *look)
{
    const struct changes *changes = &look->changes;
    bool any = false;
    for (size_t i = 0; i < changes->list.count; i++) {
        if (is_met(changes, i)) continue;
        if (!any) {
            ui_details_open(visit->out, SLICE("Said otherwise, with nothing different for anybody "
                                              "here"));
            HTML(visit->out, "<ul class=\"govuk-list\">\n");
        }
        any = true;
        write_change(visit, look, &changes->list.at[i], NULL);
    }
    if (!any) return;
    HTML(visit->out, "</ul>\n");
    ui_details_close(visit->out);
}

void version_changes_write(struct visit *visit, const struct version_look *look)
{
    struct text *out = visit->out;
    ui_heading(out, 2, UI_MEDIUM, SLICE("changes"), SLICE("What changes for whom"));
    if (id_is_none(&look->base)) {
        ui_paragraph(out, SLICE("It is the first version: everybody whom it binds signs it."));
        return;
    }
    bool any = write_roles(visit, look);
    if (!any && look->changes.prose)
        ui_paragraph(out,
                     SLICE("Only the wording is different. It means the same for everybody, so "
                           "nobody is asked to sign again."));
    else if (!any)
        ui_paragraph(out, SLICE("It means the same for everybody, so nobody is asked to sign "
                                "again."));
    else
        ui_paragraph(out, SLICE("These people are asked to sign again, and nobody else, unless you "
                                "say that it matters to everybody."));
    write_rest(visit, look);
}
