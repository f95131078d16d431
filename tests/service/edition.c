/* See edition.h. The vocabulary is the one that all policies share, beside $LANYARD_POLICY. */
#include "edition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/file.h"

#define WORDS_SIZE_LARGEST (1u << 20)

static struct slice shared_words(struct school *school)
{
    struct error error = {.code = ERROR_NONE};
    struct slice text;
    const char *policy = getenv("LANYARD_POLICY");
    assert_non_null(policy);
    struct slice path = arena_format(school->arena, "%s/../words.md", policy);
    if (!file_read(path.at, WORDS_SIZE_LARGEST, school->arena, &text, &error))
        fail_msg("%s", error.sentence);
    return text;
}

/* With a row more behind the act that clause 2 is about. */
static struct slice words_of(struct school *school, const struct edition *edition)
{
    struct slice words = shared_words(school);
    if (edition->act == NULL) return words;
    size_t at = slice_search(words, SLICE("| accept-request |"));
    assert_true(at < words.length);
    size_t end = at + slice_find(slice_part(words, at, words.length), '\n') + 1;
    return arena_format(school->arena, "%.*s%s\n%.*s", SLICE_PRINT(slice_part(words, 0, end)),
                        edition->act, SLICE_PRINT(slice_part(words, end, words.length)));
}

static const char *said_or(const char *word, const char *otherwise)
{
    return word != NULL ? word : otherwise;
}

struct slice edition_text(struct school *school, const struct edition *edition)
{
    const char *body = said_or(edition->approved_by, "a governor or the chair of the board");
    return arena_format(
        school->arena,
        "---\npolicy: hill\ntitle: Hill School social media policy\nversion: %s\n"
        "in force from: 2026-09-01\nnorms: hill\n---\n# Social media at Hill School\n\n"
        "## Start\n\n### Whom it binds {#c-1}\nIt binds all who work here.\nnorms: hill-1\n"
        "```policy\nTHIS POLICY BINDS staff\nWHEN no clause speaks: ASK the headteacher\n"
        "%s%s%s```\n\n"
        "### Friends {#c-2}\n%s\nnorms: hill-2\n```rule\n%s\n```\n\n"
        "### Telling {#c-3}\nWhoever is approached says so.\nnorms: hill-3\n"
        "```rule\nWHEN staff find worrying content\nstaff MUST tell %s WITHIN immediately\n```\n",
        said_or(edition->number, "1"), body[0] != '\0' ? "APPROVED BY " : "", body,
        body[0] != '\0' ? "\n" : "", said_or(edition->prose, "Nobody befriends a pupil."),
        said_or(edition->rule, "staff MUST NOT accept a friend request from a pupil"),
        said_or(edition->told, "the headteacher"));
}

static void show_problems(const struct version_brought *brought)
{
    AUTO_TEXT struct text all;
    text_init(&all, 8000);
    for (size_t i = 0; i < brought->problems.list.count; i++) {
        const struct problem *problem = &brought->problems.list.at[i];
        problem_print(problem, version_source(brought, problem->file), &all);
    }
    fail_msg("%.*s", SLICE_PRINT(text_slice(&all)));
}

bool edition_bring(struct school *school, const struct edition *edition, struct id actor,
                   struct id *ret_version, struct outcome *ret_outcome, struct error *ret_error)
{
    struct version_sent sent = {.policy = edition_text(school, edition),
                                .words = words_of(school, edition),
                                .law = SLICE_EMPTY};
    struct version_brought brought;
    struct order order;
    *ret_error = (struct error){.code = ERROR_NONE};
    if (!version_read(school->record, &sent, &brought, ret_error))
        fail_msg("%s", ret_error->sentence);
    if (brought.policy == NULL) show_problems(&brought);
    order_init(&order, ACT_BRING_VERSION, actor);
    order.matter = &brought;
    bool done = desk_do(school->record, &order, school->arena, ret_outcome, ret_error);
    if (done && ret_version != NULL) *ret_version = ret_outcome->made;
    version_brought_clear(&brought);
    return done;
}

struct id edition_brought(struct school *school, const struct edition *edition, struct id actor)
{
    struct id version;
    struct outcome outcome;
    struct error error;
    if (!edition_bring(school, edition, actor, &version, &outcome, &error))
        fail_msg("%s", error.sentence);
    if (!outcome.done) fail_msg("%.*s", SLICE_PRINT(outcome.sentence));
    return version;
}

static void set(struct school *school, struct order *order, const char *key, const char *value)
{
    if (value != NULL) order_set(order, school->arena, key, slice_of(value));
}

bool edition_approve(struct school *school, struct id version, struct id actor,
                     const struct approval *approval, struct outcome *ret_outcome,
                     struct error *ret_error)
{
    struct version_look look;
    struct order order;
    *ret_error = (struct error){.code = ERROR_NONE};
    if (!version_look(school->record, &version, school->arena, &look, ret_error)) return false;
    order_init(&order, ACT_APPROVE_VERSION, actor);
    order.matter = &look;
    set(school, &order, "version", school_hex(school, version));
    set(school, &order, "in-force", approval->day != NULL ? approval->day : edition_day(school, 0));
    set(school, &order, "material", said_or(approval->material, "no"));
    set(school, &order, "why", approval->why);
    set(school, &order, "body", approval->body);
    set(school, &order, "minute", approval->minute);
    bool done = desk_do(school->record, &order, school->arena, ret_outcome, ret_error);
    version_look_clear(&look);
    return done;
}

const char *edition_day(struct school *school, int64_t days)
{
    char day[11];
    date_format(date_from_day(record_today(school->record) + days), day);
    return arena_copy(school->arena, slice_of(day)).at;
}

const struct approval edition_today = {.day = NULL};

struct outcome edition_decide(struct school *school, struct id version, struct id actor,
                              const struct approval *approval)
{
    struct outcome outcome;
    struct error error;
    if (!edition_approve(school, version, actor, approval, &outcome, &error))
        fail_msg("%s", error.sentence);
    return outcome;
}

struct id edition_begin(struct school *school)
{
    struct edition first = {.number = "1"};
    struct id version = edition_brought(school, &first, school->office);
    assert_true(edition_decide(school, version, school->governor, &edition_today).done);
    return version;
}

void edition_says(struct outcome outcome, const char *words)
{
    struct slice sentence = outcome.sentence;
    if (slice_search(sentence, slice_of(words)) == sentence.length)
        fail_msg("not in: %.*s", SLICE_PRINT(sentence));
}
