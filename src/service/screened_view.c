/* What of a text is shown beside a decision; see screened.h. How it looks is the command's and the page's. */
#include "service/screened.h"

static bool in_play(const struct screened_view *view, int fact)
{
    for (size_t i = 0; i < view->play.list.count; i++) {
        const struct question *question = &view->play.list.at[i];
        if (question->kind == QUESTION_FACT && question->fact == fact && question->shown < 0)
            return true;
    }
    return false;
}

bool screened_asks(const struct screened_view *view, const struct screened_fact *fact)
{
    return fact->answer == SCREENED_ASK && in_play(view, fact->fact);
}

bool screened_is_place(const struct screened_fact *fact, uint32_t place)
{
    for (size_t i = 0; i < fact->count; i++)
        if (fact->places[i] == place) return true;
    return false;
}

/* The answer that the text gave to this fact, if a clause turns on it. */
static bool turns(const struct screened_view *view, int fact)
{
    for (size_t i = 0; i < view->uses->list.count; i++) {
        const struct screened_used *used = &view->uses->list.at[i];
        if (used->kind == USED_FACT && used->fact == fact) return used->clauses.count > 0;
    }
    return false;
}

/* Whether the finding says something to this question, beside what it is itself. */
static bool matters(const struct screened_view *view, uint32_t place)
{
    for (size_t i = 0; i < view->screened->facts.count; i++) {
        const struct screened_fact *fact = &view->screened->facts.at[i];
        if (!screened_is_place(fact, place)) continue;
        if (screened_asks(view, fact) || turns(view, fact->fact)) return true;
    }
    return false;
}

void screened_view(const struct screened *screened, const struct screened_uses *uses,
                   const struct request *request, struct arena *arena,
                   struct screened_view *ret_view)
{
    *ret_view = (struct screened_view){.screened = screened, .uses = uses};
    if (request->acts.count > 0)
        question_in_play(request, request->acts.at[0], arena, &ret_view->play);
    ret_view->chosen = ARENA_ARRAY(arena, uint32_t, screened->finding_count + 1);
    for (uint32_t i = 0; i < screened->finding_count; i++)
        if (!finding_is_topic(screened->findings[i].kind) || matters(ret_view, i))
            ret_view->chosen[ret_view->count++] = i;
}

bool screened_tells(const struct screened_view *view, const struct screened_used *used,
                    uint32_t place)
{
    bool here = used->place == place;
    for (size_t i = 0; used->kind == USED_FACT && i < view->screened->facts.count; i++) {
        const struct screened_fact *fact = &view->screened->facts.at[i];
        here = here || (fact->fact == used->fact && screened_is_place(fact, place));
    }
    return here && (used->clauses.count > 0 || used->against);
}
