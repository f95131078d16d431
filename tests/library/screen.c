/* Screens a text, says what was found in it, and asks the policy about it. */
#include <lanyard.h>

#include <stdio.h>
#include <string.h>

#include "texts.h"

static void say(const lanyard_screen_work *work, size_t i)
{
    const char *form = lanyard_finding_form(work, i), *fix = lanyard_finding_fix(work, i);
    printf("%s, bytes %zu to %zu%s%s", lanyard_finding_kind(work, i),
           lanyard_finding_start(work, i), lanyard_finding_end(work, i), form[0] ? ", " : "", form);
    if (fix != NULL && fix[0] != '\0') printf(": %s would do", fix);
    if (fix != NULL && fix[0] == '\0') printf(": better left out");
    printf("\n");
}

int main(void)
{
    const char *text = "Well done Ada Byron! Ring me 07700 900123.";
    lanyard_source words = {"words.md", words_text, strlen(words_text)};
    lanyard_source prose = {"policy.md", policy_text, strlen(policy_text)};
    lanyard_policy *policy = lanyard_compile(&words, &prose, NULL, NULL);
    lanyard_request *request = lanyard_request_new(policy, 1);
    lanyard_request_set(request, "actor", "staff");
    lanyard_request_set(request, "act", "post");

    lanyard_person ada = {.id = "P1", .given = "Ada", .family = "Byron", .kind = LANYARD_PUPIL};
    lanyard_names *names = lanyard_names_new(&ada, 1, NULL);
    lanyard_screen_plan plan = {.names = names};
    lanyard_screen_work *work = lanyard_screen_work_new(&plan);
    lanyard_screen(work, text, strlen(text));
    for (size_t i = 0; i < lanyard_finding_count(work); i++) {
        say(work, i);
        if (strcmp(lanyard_finding_kind(work, i), "name") == 0 && lanyard_finding_is_hold(work, i))
            lanyard_request_set(request, "fact a pupil's full name is given", "yes");
    }
    lanyard_decision *decision = lanyard_decide(request);
    printf("%s, says clause %s\n", lanyard_verdict_word(lanyard_decision_verdict(decision)),
           lanyard_decision_cite_clause(decision, 0));

    lanyard_decision_free(decision);
    lanyard_screen_work_free(work);
    lanyard_names_free(names);
    lanyard_request_free(request);
    lanyard_policy_free(policy);
    return 0;
}
