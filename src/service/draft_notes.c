/* Findings of a draft in words for a person, and the draft as it is proposed; see drafts.h. */
#include "service/drafts_parts.h"

#define FIX_LARGEST ((size_t)4096)

/* ---- in words ------------------------------------------------------------------------------------- */

static const char *whose(enum name_kind whom)
{
    switch (whom) {
    case NAME_PUPIL: return "a pupil";
    case NAME_STAFF: return "somebody who works here";
    case NAME_PARENT: return "a parent";
    default: return "somebody known here";
    }
}

static struct slice name_title(enum name_form form, enum name_kind whom, struct arena *arena)
{
    const char *who = whose(whom);
    switch (form) {
    case FORM_FIRST_INITIAL:
    case FORM_INITIAL_LAST: return arena_format(arena, "A name and an initial, as of %s", who);
    case FORM_FIRST_ONLY: return arena_format(arena, "A first name, as of %s", who);
    case FORM_LAST_ONLY: return arena_format(arena, "A family name, as of %s", who);
    case FORM_HANDLE: return arena_format(arena, "The full name of %s, in one word", who);
    default: return arena_format(arena, "The full name of %s", who);
    }
}

/* Which of the people shown the place names; 0: none. */
static size_t pupil_at(const struct screened *screened, const struct finding *finding)
{
    if (finding->kind != FINDING_NAME || finding->who_count != 1) return 0;
    for (size_t i = 0; i < screened->pupils.count; i++)
        if (screened->pupils.at[i].who == finding->who[0]) return i + 1;
    return 0;
}

static void note(const struct screened *screened, const struct finding *finding,
                 struct draft_note *ret_note, struct arena *arena)
{
    AUTO_TEXT struct text fix;
    text_init(&fix, FIX_LARGEST);
    *ret_note = (struct draft_note){.title = slice_of(finding_kind_title(finding->kind)),
                                    .fix = SLICE_EMPTY,
                                    .whom = NAME_OTHER,
                                    .pupil = pupil_at(screened, finding)};
    if (finding->kind == FINDING_NAME) {
        ret_note->whom = screened_whom(screened, finding);
        ret_note->title = name_title(finding->form, ret_note->whom, arena);
    }
    if (finding_is_topic(finding->kind)) return;
    ret_note->has_fix = screen_fix(screened->plan, screened->text, finding, &fix);
    if (ret_note->has_fix) ret_note->fix = arena_copy(arena, text_slice(&fix));
}

static uint64_t people_of(const struct screened *screened)
{
    uint64_t hash = 1;
    for (size_t i = 0; i < screened->pupils.count; i++) {
        struct slice id = names_id(screened->plan->names, screened->pupils.at[i].who);
        hash = (hash ^ slice_hash(id)) * UINT64_C(0x9FB21C651E98DF25);
    }
    return hash;
}

void draft_notes(struct draft *draft, struct arena *arena)
{
    struct screened *screened = &draft->screened;
    screened->unnamed = true;
    draft->notes = ARENA_ARRAY(arena, struct draft_note, screened->finding_count + 1);
    for (size_t i = 0; i < screened->finding_count; i++)
        note(screened, &screened->findings[i], &draft->notes[i], arena);
    draft->people = people_of(screened);
}

/* ---- as it is proposed ----------------------------------------------------------------------------- */

static bool is_proposed(const struct draft *draft, const struct screened_view *view, uint32_t place)
{
    const struct finding *finding = &draft->screened.findings[place];
    if (!draft->notes[place].has_fix) return false;
    for (size_t i = 0; i < view->uses->list.count; i++)
        if (view->uses->list.at[i].yes && screened_tells(view, &view->uses->list.at[i], place))
            return true;
    return finding->level == LEVEL_HOLD &&
           (finding->kind != FINDING_NAME || draft->notes[place].whom == NAME_PUPIL);
}

static bool is_blank(struct slice words, size_t at)
{
    return at >= words.length || words.at[at] == ' ' || words.at[at] == '\n' ||
           words.at[at] == '\t';
}

static bool is_stop(char c)
{
    return c == '.' || c == ',' || c == '!' || c == '?' || c == ';' || c == ':';
}

/* Where something is left out the blank in front goes with it, if one follows, or a stop. */
static void leave_out(struct slice words, size_t end, struct text *out)
{
    bool before = out->length == 0 || out->at[out->length - 1] == ' ';
    if (!before || (!is_blank(words, end) && !is_stop(words.at[end]))) return;
    if (out->length > 0) text_cut(out, out->length - 1);
}

/* Of several that begin here the longest: what lies in it goes with it. */
static size_t longest(const struct draft *draft, const struct screened_view *view, size_t at)
{
    const struct finding *findings = draft->screened.findings;
    size_t best = at;
    for (size_t i = at + 1; i < view->count; i++) {
        if (findings[view->chosen[i]].start != findings[view->chosen[at]].start) break;
        if (is_proposed(draft, view, view->chosen[i])) best = i;
    }
    return best;
}

struct slice draft_proposed(const struct draft *draft, const struct screened_view *view,
                            struct arena *arena)
{
    AUTO_TEXT struct text out;
    struct slice words = draft->screened.text;
    size_t reach = 0, fixed = 0;
    text_init(&out, 2 * DRAFT_LARGEST);
    for (size_t i = 0; i < view->count; i++) {
        uint32_t place = view->chosen[i];
        if (draft->screened.findings[place].start < reach || !is_proposed(draft, view, place))
            continue;
        place = view->chosen[longest(draft, view, i)];
        const struct finding *finding = &draft->screened.findings[place];
        text_add(&out, slice_part(words, reach, finding->start));
        if (draft->notes[place].fix.length == 0) leave_out(words, finding->end, &out);
        text_add(&out, draft->notes[place].fix);
        reach = finding->end;
        fixed++;
    }
    text_add(&out, slice_part(words, reach, words.length));
    if (fixed == 0 || out.overflowed || out.length > DRAFT_LARGEST) return SLICE_EMPTY;
    return arena_copy(arena, slice_trim(text_slice(&out)));
}
