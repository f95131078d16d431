/* What changed since somebody's last signature, for their roles: said at the top of the page on which they sign. */
#include "page/clause.h"
#include "page/signing.h"
#include "policy/change.h"

/* The roles of the register that the person holds, as the two policies know them. */
static size_t change_roles(uint64_t roles, struct change_role ret_roles[ROLES])
{
    size_t count = 0;
    for (int role = 0; role < ROLES; role++) {
        const struct role_row *row = role_row((enum role)role);
        if ((roles & role_bit((enum role)role)) != 0)
            ret_roles[count++] =
                (struct change_role){.name = row->code, .words = {row->word}, .capacity = true};
    }
    return count;
}

static void write_said(struct text *out, const char *words, struct slice said)
{
    if (said.length == 0) return;
    HTML(out, "<p class=\"govuk-body\">");
    html_string(out, words);
    HTML(out, " ");
    html_text(out, said);
    HTML(out, "</p>\n");
}

static void write_change(struct visit *visit, const struct policy_change *change)
{
    struct text *out = visit->out;
    const struct clause *clause =
        change->new_clause != NULL ? change->new_clause : change->old_clause;
    HTML(out, "<div class=\"govuk-inset-text\">\n<p class=\"govuk-body\"><strong>");
    if (clause != NULL) {
        html_text(out, clause_name(clause, visit->arena));
        HTML(out, ": ");
    }
    html_string(out, change_word(change->kind));
    HTML(out, "</strong></p>\n");
    write_said(out, "Before:", change->old_text);
    write_said(out, "Now:", change->new_text);
    HTML(out, "</div>\n");
}

/* Each change once, though it may meet somebody in several roles. */
static size_t write_changes(struct visit *visit, const struct changes *changes)
{
    bool *shown = ARENA_ARRAY(visit->arena, bool, changes->list.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < changes->roles.count; i++) {
        const struct change_for *role = &changes->roles.at[i];
        for (size_t k = 0; role->meaning && k < role->list.count; k++) {
            size_t at = role->list.at[k].change;
            if (shown[at]) continue;
            shown[at] = true;
            if (count++ == 0)
                ui_heading(visit->out, 2, UI_LARGE, SLICE("changed"),
                           SLICE("What changed for you since you last signed"));
            write_change(visit, &changes->list.at[at]);
        }
    }
    return count;
}

static void compare(struct visit *visit, const struct signoff *signoff, const struct policy *before,
                    const struct policy *now)
{
    struct change_role roles[ROLES];
    struct changes changes;
    size_t count = change_roles(signoff->roles, roles);
    policy_changes(before, now, roles, count, visit->arena, &changes);
    if (write_changes(visit, &changes) == 0)
        ui_paragraph(visit->out,
                     SLICE("Since you last signed, nothing changed in what it means for you."));
}

void signing_changes(struct visit *visit, const struct signoff *signoff)
{
    struct record *record = visit_record(visit);
    struct error ignored = {.code = ERROR_NONE};
    if (!signoff->signed_before || id_same(&signoff->signature.version, &signoff->version)) return;
    const struct policy *before =
        record_policy_version(record, &signoff->signature.version, &ignored);
    const struct policy *now = record_policy_version(record, &signoff->version, &ignored);
    if (before != NULL && now != NULL) compare(visit, signoff, before, now);
    if (before != NULL) record_policy_let_go(record, before);
    if (now != NULL) record_policy_let_go(record, now);
}
