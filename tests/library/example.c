/* Compiles a policy from memory, asks one question, prints the verdict and the clause behind it. */
#include <lanyard.h>

#include <stdio.h>
#include <string.h>

#include "texts.h"

int main(void)
{
    lanyard_source words = {"words.md", words_text, strlen(words_text)};
    lanyard_source text = {"policy.md", policy_text, strlen(policy_text)};
    lanyard_policy *policy = lanyard_compile(&words, &text, NULL, NULL);
    lanyard_request *request = lanyard_request_new(policy, 1);
    const char *question = "{\"actor\":[\"teacher\"],\"act\":\"befriend\",\"other\":[\"pupil\"]}";
    lanyard_request_add_json(request, question, strlen(question));
    lanyard_decision *decision = lanyard_decide(request);
    printf("%s, says clause %s\n", lanyard_verdict_word(lanyard_decision_verdict(decision)),
           lanyard_decision_cite_clause(decision, 0));
    lanyard_decision_free(decision);
    lanyard_request_free(request);
    lanyard_policy_free(policy);
    return 0;
}
