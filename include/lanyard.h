/* Lanyard's library: compile a social media policy from memory, put questions to it, read the
 * answers; screen texts for names, contact details and wording. These comments are the contract.
 * Link with `pkg-config --cflags --libs lanyard`.
 *
 * Nothing is global: a policy, a lexicon and an allow list never change once made and any number of
 * threads may share them, as they may share names, which can change meanwhile; a request, a
 * decision, a list of problems and the work memory of screening belong to one thread at a time.
 * Text handed over is UTF-8 and is copied; text handed out is UTF-8, ends in NUL and lives as long
 * as the object it came from, or as long as is said. Every _free accepts NULL. Where memory runs
 * out the program is aborted. */
#ifndef LANYARD_H
#define LANYARD_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct lanyard_policy lanyard_policy;
typedef struct lanyard_problems lanyard_problems;
typedef struct lanyard_request lanyard_request;
typedef struct lanyard_decision lanyard_decision;
typedef struct lanyard_names lanyard_names;
typedef struct lanyard_lexicon lanyard_lexicon;
typedef struct lanyard_allow lanyard_allow;
typedef struct lanyard_screen_work lanyard_screen_work;

/* What went wrong, as a kind; the sentence says more. */
typedef enum lanyard_code {
    LANYARD_DONE,
    LANYARD_USAGE,    /* wrong use of the library */
    LANYARD_READ,     /* not given by this library, which reads no files */
    LANYARD_LIMIT,    /* too large, too deep, too many */
    LANYARD_ENCODING, /* not UTF-8 */
    LANYARD_SYNTAX,   /* a document, rule or JSON text that cannot be read */
    LANYARD_WORD,     /* a phrase nobody knows */
    LANYARD_MEANING,  /* readable, but means nothing sound */
    LANYARD_REQUEST,  /* a question that contradicts itself or is out of range */
    LANYARD_INTERNAL  /* a promise of ours broken */
} lanyard_code;

/* The verdicts, best first; an answer on several acts is the worst of them. */
typedef enum lanyard_verdict {
    LANYARD_ALLOWED,
    LANYARD_NO_CLAUSE,
    LANYARD_ADVISED_AGAINST,
    LANYARD_ALLOWED_IF,
    LANYARD_NEED_ANSWER,
    LANYARD_REFER,
    LANYARD_NOT_ALLOWED,
    LANYARD_STOP
} lanyard_verdict;

/* A document: the name by which problems call it, and its text. */
typedef struct lanyard_source {
    const char *name, *text;
    size_t length; /* of the text, in bytes */
} lanyard_source;

/* The version of the library, such as "0.1.0". */
const char *lanyard_version(void);

/* ---- compiling ---- */

/* Compiles words.md and policy.md; law may be NULL. Gives NULL where a document has an error.
 * Where ret_problems is not NULL it always gets a list, to be freed; warnings do not hinder. A
 * policy outlives the requests made from it. */
lanyard_policy *lanyard_compile(const lanyard_source *words, const lanyard_source *policy,
                                const lanyard_source *law, lanyard_problems **ret_problems);
void lanyard_policy_free(lanyard_policy *policy);
/* The short name, the title and the version of its front matter. */
const char *lanyard_policy_name(const lanyard_policy *policy);
const char *lanyard_policy_title(const lanyard_policy *policy);
const char *lanyard_policy_version(const lanyard_policy *policy);
/* SHA-256 in hexadecimal, of what people read and of what is enforced. */
const char *lanyard_policy_prose_hash(const lanyard_policy *policy);
const char *lanyard_policy_meaning_hash(const lanyard_policy *policy);

/* Problems count from 0; at most the first 200 are kept. Out of range gives NULL or 0. */
size_t lanyard_problem_count(const lanyard_problems *problems);
int lanyard_problem_is_warning(const lanyard_problems *problems, size_t index);
const char *lanyard_problem_file(const lanyard_problems *problems, size_t index);
size_t lanyard_problem_line(const lanyard_problems *problems,
                            size_t index); /* from 1; 0: the whole file */
size_t lanyard_problem_column(const lanyard_problems *problems,
                              size_t index); /* from 1, in characters */
const char *lanyard_problem_sentence(const lanyard_problems *problems, size_t index);
const char *lanyard_problem_advice(const lanyard_problems *problems,
                                   size_t index); /* may be empty */
void lanyard_problems_free(lanyard_problems *problems);

/* ---- asking ---- */

/* An empty question. In an open world what is not given is not asked yet, and the answer may be
 * need-answer with the next question; where closed_world is not 0 it is taken as no, missing or
 * nobody. The policy must outlive the request. */
lanyard_request *lanyard_request_new(const lanyard_policy *policy, int closed_world);
void lanyard_request_free(lanyard_request *request);
/* One key and its value: "actor" "a teacher"; "act" "accept a friend request"; "fact age of the
 * other person" "14"; "record approval" "given 2026-01-10 FROM the headteacher"; "don't know" is a
 * value. Ids do as well as phrases. On an error the request is left with what it had before. */
lanyard_code lanyard_request_set(lanyard_request *request, const char *key, const char *value);
/* The JSON form, as docs/request.schema.json says it: {"actor":["teacher"],"act":"accept-
 * request"}. Adds to what is set; on an error the request is left with what it had before. */
lanyard_code lanyard_request_add_json(lanyard_request *request, const char *json, size_t length);
/* The last error of this request, as a sentence and as what to do next; both empty where there was
 * none. They stay until the next call on it. */
const char *lanyard_request_error(const lanyard_request *request);
const char *lanyard_request_advice(const lanyard_request *request);
lanyard_code lanyard_request_code(const lanyard_request *request);

/* The answer, or NULL with the request's error set: no act given, or a question that contradicts
 * itself. The request may be changed and asked again; it must outlive its decisions. */
lanyard_decision *lanyard_decide(lanyard_request *request);
void lanyard_decision_free(lanyard_decision *decision);

/* ---- reading the answer ---- */

lanyard_verdict lanyard_decision_verdict(const lanyard_decision *decision);
/* "not-allowed"; NULL for a number that is no verdict. */
const char *lanyard_verdict_word(lanyard_verdict verdict);
/* "must", "should" or "required"; empty where the verdict has none. */
const char *lanyard_decision_strength(const lanyard_decision *decision);
/* Everything, as docs/decision.schema.json says it. */
const char *lanyard_decision_json(const lanyard_decision *decision,
                                  size_t *ret_length); /* ret_length may be NULL */

/* The clauses that say so, and the norms that each serves. Out of range gives NULL or 0. */
size_t lanyard_decision_cite_count(const lanyard_decision *decision);
const char *lanyard_decision_cite_clause(const lanyard_decision *decision, size_t cite);
/* "applies", "exception", "lifted", "lifts", "duty", "defines" or "ground" */
const char *lanyard_decision_cite_part(const lanyard_decision *decision, size_t cite);
size_t lanyard_decision_cite_norm_count(const lanyard_decision *decision, size_t cite);
const char *lanyard_decision_cite_norm(const lanyard_decision *decision, size_t cite, size_t norm);

/* What has to be on record first, and what is owed, each as a sentence for people; a conditional
 * duty hangs on a question that is still open. */
size_t lanyard_decision_need_count(const lanyard_decision *decision);
const char *lanyard_decision_need(const lanyard_decision *decision, size_t need);
size_t lanyard_decision_duty_count(const lanyard_decision *decision);
const char *lanyard_decision_duty(const lanyard_decision *decision, size_t duty);
int lanyard_decision_duty_is_conditional(const lanyard_decision *decision, size_t duty);

/* need-answer: the next question, and the key whose value answers it; else empty. */
const char *lanyard_decision_question(const lanyard_decision *decision);
const char *lanyard_decision_question_key(const lanyard_decision *decision);

/* ---- what is screened by ---- */

/* Where one of these gives NULL or another code than LANYARD_DONE, *ret_problems is a list of one
 * problem; else it is NULL. ret_problems may be NULL. */

typedef enum lanyard_person_kind {
    LANYARD_PUPIL,
    LANYARD_STAFF,
    LANYARD_PARENT,
    LANYARD_OTHER
} lanyard_person_kind;

/* Somebody on the roster. What is NULL is empty; id and one of given and family are not. At most
 * 120 bytes each. */
typedef struct lanyard_person {
    const char *id, *given, *family, *known_as, *year, *school;
    lanyard_person_kind kind;
} lanyard_person;

/* The index of everybody's name in all its forms, at most 4,000,000 people: from an array, or from
 * CSV with the header id,kind,given,family,known_as,year,school. */
lanyard_names *lanyard_names_new(const lanyard_person *people, size_t count,
                                 lanyard_problems **ret_problems);
lanyard_names *lanyard_names_read(const lanyard_source *csv, lanyard_problems **ret_problems);
/* No work memory may have it in its plan any more. */
void lanyard_names_free(lanyard_names *names);
/* Changes, while others screen by it: a text being screened keeps the names that it began with.
 * One thread at a time may change. Set adds somebody or, by id, puts them in another's place;
 * remove takes out whom it may not know; reload takes a new roster. Where it fails, nothing
 * changed. */
lanyard_code lanyard_names_set(lanyard_names *names, const lanyard_person *person,
                               lanyard_problems **ret_problems);
lanyard_code lanyard_names_remove(lanyard_names *names, const char *id,
                                  lanyard_problems **ret_problems);
lanyard_code lanyard_names_reload(lanyard_names *names, const lanyard_source *csv,
                                  lanyard_problems **ret_problems);

/* The built-in wording and, behind it, lines of your own; own may be NULL. The format of both this
 * and the allow list is in docs/screening.md. */
lanyard_lexicon *lanyard_lexicon_new(const lanyard_source *own, lanyard_problems **ret_problems);
void lanyard_lexicon_free(lanyard_lexicon *lexicon);
/* What is let through: `host bbc.co.uk`, `hashtag #WorldBookDay`, `mail school.example.org`. */
lanyard_allow *lanyard_allow_new(const lanyard_source *lines, lanyard_problems **ret_problems);
void lanyard_allow_free(lanyard_allow *allow);

/* ---- screening ---- */

/* What a work memory screens by; any may be NULL, and what is not has to outlive it. */
typedef struct lanyard_screen_plan {
    lanyard_names *names;
    const lanyard_lexicon *lexicon;
    const lanyard_allow *allow;
} lanyard_screen_plan;

/* The work memory of one thread: keep it from text to text. */
lanyard_screen_work *lanyard_screen_work_new(const lanyard_screen_plan *plan);
void lanyard_screen_work_free(lanyard_screen_work *work);
/* Screens a text of at most 1 MiB. The findings, and all that is handed out of them, stay until the
 * next text; they give no verdict. LANYARD_ENCODING where the text is not UTF-8, LANYARD_LIMIT
 * where it is too long: then nothing is found. */
lanyard_code lanyard_screen(lanyard_screen_work *work, const char *text, size_t length);

/* Findings count from 0, in order of where they start. Out of range gives NULL or 0. */
size_t lanyard_finding_count(const lanyard_screen_work *work);
/* Not 0 where there were more than 10,000: the rest are left out. */
int lanyard_finding_is_full(const lanyard_screen_work *work);
/* "name", "phone-mobile", "profanity" ...: docs/screening.md lists them. The title is for people:
 * "A mobile number". */
const char *lanyard_finding_kind(const lanyard_screen_work *work, size_t finding);
const char *lanyard_finding_title(const lanyard_screen_work *work, size_t finding);
/* Not 0: to be held, the text does not go out as it is; 0: somebody should look at it. */
int lanyard_finding_is_hold(const lanyard_screen_work *work, size_t finding);
/* Bytes of the text, the end not included; always on the edges of characters. */
size_t lanyard_finding_start(const lanyard_screen_work *work, size_t finding);
size_t lanyard_finding_end(const lanyard_screen_work *work, size_t finding);
/* Of a name: "full", "first_initial", "initial_last", "known_as", "last_first", "handle",
 * "first_only" or "last_only"; empty for other kinds. */
const char *lanyard_finding_form(const lanyard_screen_work *work, size_t finding);
/* Ids of the people that a name may mean, at most 8; more is not 0 where others bear it too. */
size_t lanyard_finding_who_count(const lanyard_screen_work *work, size_t finding);
const char *lanyard_finding_who(const lanyard_screen_work *work, size_t finding, size_t who);
int lanyard_finding_has_more(const lanyard_screen_work *work, size_t finding);
/* Of wording: what the list has; empty for other kinds. */
const char *lanyard_finding_entry(const lanyard_screen_work *work, size_t finding);
/* What could stand in its place: "Ada B" for a full name, "" where leaving it out is best, NULL
 * where there is no proposal. */
const char *lanyard_finding_fix(const lanyard_screen_work *work, size_t finding);

/* From findings to a decision: a finding answers questions of a policy that you map it to. Where a
 * finding of kind "name" is held, say
 *     lanyard_request_set(request, "fact full name given", "yes")
 * with the phrase of your words.md, and where nothing of a kind was found "no" or nothing, as the
 * engine may miss what is hidden well; then lanyard_decide. tests/library/screen.c is a program in
 * one screen. `lanyard ask POLICY --text FILE` does this with the mapping for Lanyard's own
 * vocabulary. */

#ifdef __cplusplus
}
#endif

#endif
