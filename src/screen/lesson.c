/* What a lesson makes milder; see lesson.h. The signs are entries of the lexicon (lexicon_lesson.def), found like any other. */
#include "screen/lesson.h"

/* The sign that makes it milder; FINDING_KINDS where none does. */
static enum finding_kind sign_for(enum finding_kind kind)
{
    if (kind == FINDING_THREAT || kind == FINDING_SELF_HARM) return FINDING_FICTION;
    return kind == FINDING_GROOMING ? FINDING_SAFETY : FINDING_KINDS;
}

static void soften_after_signs(struct findings *findings)
{
    int64_t reach[FINDING_KINDS + 1] = {0}; /* of the signs of each kind so far; of none 0 */
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->at[i];
        if (finding_is_sign(finding->kind))
            reach[finding->kind] = (int64_t)finding->end + LESSON_REACH;
        if (finding->start < reach[sign_for(finding->kind)]) finding->level = LEVEL_LOOK;
    }
}

static void soften_before_signs(struct findings *findings)
{
    int64_t reach[FINDING_KINDS + 1];
    for (size_t i = 0; i <= FINDING_KINDS; i++) reach[i] = INT64_MAX;
    for (size_t i = findings->count; i-- > 0;) {
        struct finding *finding = &findings->at[i];
        if (finding_is_sign(finding->kind))
            reach[finding->kind] = (int64_t)finding->start - LESSON_REACH;
        if (reach[sign_for(finding->kind)] != INT64_MAX &&
            finding->end > reach[sign_for(finding->kind)])
            finding->level = LEVEL_LOOK;
    }
}

static bool has_signs(const struct findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        if (finding_is_sign(findings->at[i].kind)) return true;
    return false;
}

static void drop_signs(struct findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        if (finding_is_sign(findings->at[i].kind)) continue;
        if (kept < i) findings->at[kept] = findings->at[i];
        kept++;
    }
    findings->count = kept;
}

void lesson_settle(struct findings *findings)
{
    if (!has_signs(findings)) return;
    soften_after_signs(findings);
    soften_before_signs(findings);
    drop_signs(findings);
}
