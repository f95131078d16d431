/* Findings gathered, put in order and freed of what another one says already; see finding.h. */
#include "screen/finding.h"

#include <stdlib.h>

static const struct {
    const char *name, *title;
} kinds[FINDING_KINDS] = {
#define KIND(CODE, name, title) {name, title},
#include "screen/kinds.def"
#undef KIND
};

static const char *const forms[NAME_FORMS] = {
    [FORM_NONE] = "",
    [FORM_FULL] = "full",
    [FORM_FIRST_INITIAL] = "first_initial",
    [FORM_INITIAL_LAST] = "initial_last",
    [FORM_KNOWN_AS] = "known_as",
    [FORM_LAST_FIRST] = "last_first",
    [FORM_HANDLE] = "handle",
    [FORM_FIRST_ONLY] = "first_only",
    [FORM_LAST_ONLY] = "last_only",
};

const char *finding_kind_name(enum finding_kind kind)
{
    return kinds[kind].name;
}

const char *finding_kind_title(enum finding_kind kind)
{
    return kinds[kind].title;
}

const char *finding_form_name(enum name_form form)
{
    return forms[form];
}

void findings_add(struct findings *findings, const struct finding *finding)
{
    size_t most = finding->level == LEVEL_HOLD ? FINDINGS_LARGEST : FINDINGS_LARGEST / 2;
    if (findings->count >= most) {
        findings->full = true;
        return;
    }
    if (findings->count == findings->space) {
        findings->space = findings->space * 2 + 16;
        findings->at = memory_grow(findings->at, findings->space * sizeof *findings->at);
    }
    findings->at[findings->count++] = *finding;
}

/* By where they begin; of those the longer first, then the graver, so that what is covered stands behind what covers it. */
static int by_place(const void *a, const void *b)
{
    const struct finding *one = a, *other = b;
    if (one->start != other->start) return one->start < other->start ? -1 : 1;
    if (one->end != other->end) return one->end > other->end ? -1 : 1;
    if (one->kind != other->kind) return one->kind < other->kind ? -1 : 1;
    if (one->level != other->level) return one->level > other->level ? -1 : 1;
    return (one->entry > other->entry) - (one->entry < other->entry);
}

static bool covers(const struct finding *one, const struct finding *other)
{
    return one->kind == other->kind && one->level >= other->level && one->start <= other->start &&
           one->end >= other->end;
}

/* People that two findings of one name and form name, in one: of a base and of an edit beside it each says its own. */
static void join_who(struct finding *kept, const struct finding *other)
{
    if (kept->start != other->start || kept->end != other->end || kept->form != other->form) return;
    for (size_t i = 0; i < other->who_count; i++) {
        size_t k = 0;
        while (k < kept->who_count && kept->who[k] != other->who[i]) k++;
        if (k < kept->who_count) continue;
        if (k == FINDING_WHO_LARGEST)
            kept->more = true;
        else
            kept->who[kept->who_count++] = other->who[i];
    }
    kept->more = kept->more || other->more;
}

#define FEW                                                                                        \
    24 /* findings that are sorted where they stand: most texts have no more, nearly in order */

static void sort(struct findings *findings)
{
    struct finding *at = findings->at;
    size_t order = 1; /* findings that stand in order already: often all */
    while (order < findings->count && by_place(&at[order - 1], &at[order]) <= 0) order++;
    if (order >= findings->count) return;
    if (findings->count > FEW) {
        qsort(at, findings->count, sizeof *at, by_place);
        return;
    }
    for (size_t i = order; i < findings->count; i++) {
        if (by_place(&at[i - 1], &at[i]) <= 0) continue;
        struct finding moved = at[i];
        size_t k = i;
        for (; k > 0 && by_place(&at[k - 1], &moved) > 0; k--) at[k] = at[k - 1];
        at[k] = moved;
    }
}

void findings_settle(struct findings *findings)
{
    size_t kept = 0;
    int64_t last[FINDING_KINDS]; /* the newest kept of each kind that reaches furthest */
    for (size_t i = 0; i < FINDING_KINDS; i++) last[i] = -1;
    sort(findings);
    for (size_t i = 0; i < findings->count; i++) {
        const struct finding finding = findings->at[i];
        int64_t before = last[finding.kind];
        if (before >= 0 && covers(&findings->at[before], &finding)) {
            join_who(&findings->at[before], &finding);
            continue;
        }
        findings->at[kept] = finding;
        if (before < 0 || findings->at[before].end <= finding.end)
            last[finding.kind] = (int64_t)kept;
        kept++;
    }
    findings->count = kept;
}

void findings_clear(struct findings *findings)
{
    free(findings->at);
    *findings = (struct findings){0};
}
