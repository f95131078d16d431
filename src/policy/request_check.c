/* What a request may not be: without an act, with an actor who is nobody, in contradiction with itself. */
#include "policy/request.h"

static bool check_ages(const struct request *request, const struct value *facts,
                       struct error *error)
{
    const struct words *words = &request->policy->words;
    for (size_t i = 0; i < words->facts.count; i++) {
        const struct value *value = &facts[i];
        if (!value->born) {
            continue;
        }
        int age = date_age(date_from_day(value->value), date_from_day(request->on.day));
        if (age < words->facts.at[i].low || age > words->facts.at[i].high) {
            return error_set(error, ERROR_REQUEST, "'%.*s': on that date the age would be %d",
                             SLICE_PRINT(words->facts.at[i].word.phrase), age);
        }
    }
    return true;
}

/* A picture said to show a pupil beside a list said to be empty. The facts that say so are those whose id begins `shows-`. */
static bool check_shown(const struct request *request, struct error *error)
{
    const struct words *words = &request->policy->words;
    int fact = (int)map_get(&words->ids[WORD_FACT], SLICE("shows-pupil"));
    bool shows =
        fact >= 0 && request->facts[fact].known == KNOWN && request->facts[fact].value != 0;
    if (shows && request->shown_given && request->shown.count == 0) {
        (void)error_set(error, ERROR_REQUEST,
                        "the picture shows a pupil, but the list of people shown is empty");
        return error_advise(error,
                            "name each person shown, or say that the picture shows no pupil");
    }
    return true;
}

bool request_check(const struct request *request, struct error *error)
{
    const struct words *words = &request->policy->words;
    if (request->acts.count == 0) {
        (void)error_set(error, ERROR_REQUEST, "no act was given");
        return error_advise(error, "say what is to be done: act: accept a friend request");
    }
    for (size_t i = 0; i < request->acts.count; i++) {
        const struct act *act = &words->acts.at[request->acts.at[i]];
        if (act->kind == ACT_DUTY) {
            (void)error_set(error, ERROR_REQUEST,
                            "'%.*s' is a duty, which can be owed but not asked about",
                            SLICE_PRINT(act->word.phrase));
            return error_advise(error,
                                "ask about an act or an event; lanyard ask --acts lists them");
        }
    }
    if (request->actor_given && request->actor.list.count == 0) {
        return error_set(error, ERROR_REQUEST, "somebody has to act: the actor is nobody");
    }
    for (size_t i = 0; i < request->shown.count; i++) {
        if (!check_ages(request, request->shown.at[i].facts, error)) {
            return false;
        }
    }
    return check_ages(request, request->facts, error) && check_shown(request, error);
}
