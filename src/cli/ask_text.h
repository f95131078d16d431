/* A question about a text: what was found in it answers facts, and is shown with its place and with the clauses that turn on it. */
#pragma once

#include "cli/screen_by.h"
#include "service/ask.h"
#include "service/screened.h"

struct ask_text {
    const char *path;    /* of the text; "-": standard input; NULL: no text was given */
    struct screen_by by; /* cleared by ask_text_clear */
    struct screen_plan plan;
    struct screener *screener;
    struct screened screened;
    struct screened_uses uses; /* of the last decision */
};
/* Reads the text and all it is screened by. Gives an exit code; what is wrong stands on stderr. ask_text_clear is due in any case. */
int ask_text_open(struct ask_text *about, const struct policy *policy, struct arena *arena);
void ask_text_clear(struct ask_text *about);
/* Decides with what the text says. Fails as ask_decide does. */
MUST_USE bool ask_text_decide(struct ask_text *about, const struct ask *ask, struct arena *arena,
                              struct request *ret_request, struct decision *ret_decision,
                              struct error *error);
/* The same for a request that is whole already; the text's answers are put into it. */
MUST_USE bool ask_text_decide_request(struct ask_text *about, struct request *request,
                                      struct arena *arena, struct decision *ret_decision,
                                      struct error *error);
/* What the text says to the question that is put next; nothing where it says nothing. */
void ask_text_hint(const struct ask_text *about, const struct question *question, struct text *out);
/* Behind the decision: the text with its marks, what each answered, and which clauses turn on it. */
void ask_text_print(const struct ask_text *about, const struct request *request, bool colour,
                    struct arena *arena, struct text *out);
/* The same as the member `text` of a decision's JSON. */
void ask_text_json(const struct ask_text *about, const struct request *request,
                   struct json_writer *writer);
