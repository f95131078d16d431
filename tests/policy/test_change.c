/* The version test: for each change to a policy the roles for whom policy_changes says that something differs are exactly those
 * that brute force finds (brute.h), which puts every question there is to small policies; of the acts of a real policy with
 * more questions than can be put, some are drawn at random, most of them near what was changed. */
#include "brute.h"
#include "front_end.h"
#include "scenario_policy.h"

#include "policy/change.h"
#include <time.h>

/* One change: the first place where `from` stands says `to`; several with | between. */
struct edit {
    const char *name, *from, *to;
    const char
        *expected; /* roles with blanks between, `none`, or NULL: whatever brute force says */
};

struct versions {
    struct arena *arena;
    struct policy *old, *new;
};

static struct policy *compile(struct arena *arena, const struct policy_sources *sources,
                              struct slice text, const char *name)
{
    struct problems problems;
    struct policy_sources changed = *sources;
    AUTO_TEXT struct text out;
    text_init(&out, 1 << 20);
    changed.policy.text = text;
    problems_init(&problems, arena);
    struct policy *policy = policy_new(&changed, &problems);
    for (size_t i = 0; i < problems.list.count; i++)
        problem_print(&problems.list.at[i], SLICE_EMPTY, &out);
    if (policy == NULL) fail_msg("%s does not compile:\n%s", name, out.at);
    return policy;
}

static struct slice replaced(struct arena *arena, struct slice text, const struct edit *edit)
{
    struct slice from = slice_of(edit->from), to = slice_of(edit->to), one, other;
    while (slice_split(&from, '|', &one)) {
        other = SLICE_EMPTY;
        (void)slice_split(&to, '|', &other);
        size_t at = slice_search(text, one);
        if (at == text.length)
            fail_msg("%s: '%.*s' is not in the policy", edit->name, SLICE_PRINT(one));
        text = arena_format(arena, "%.*s%.*s%.*s", SLICE_PRINT(slice_part(text, 0, at)),
                            SLICE_PRINT(other),
                            SLICE_PRINT(slice_part(text, at + one.length, text.length)));
    }
    return text;
}

static void expect_same(const struct edit *edit, const struct changes *changes,
                        const struct brute *brute)
{
    AUTO_TEXT struct text wrong;
    AUTO_TEXT struct text found;
    text_init(&wrong, 1 << 16);
    text_init(&found, 1 << 16);
    for (size_t r = 0; r < brute->count; r++) {
        struct slice name = brute->roles[r].name;
        bool said = changes->roles.at[r].meaning;
        if (said) text_format(&found, "%s%.*s", found.length > 0 ? " " : "", SLICE_PRINT(name));
        if (said != brute->changed[r])
            text_format(&wrong, "%.*s: %s\n", SLICE_PRINT(name),
                        said ? "said to change, brute force finds nothing"
                             : "missed, brute force finds it");
    }
    if (wrong.length > 0) fail_msg("%s:\n%s%s", edit->name, wrong.at, brute->why.at);
    if (changes->untried) fail_msg("%s: something was too much to try", edit->name);
    const char *names = found.length > 0 ? found.at : "none";
    if (edit->expected != NULL && strcmp(edit->expected, names) != 0)
        fail_msg("%s: changes for %s, not for %s", edit->name, names, edit->expected);
}

/* What is met has its change, and a change that matters is met. */
static void expect_whole(const struct edit *edit, const struct changes *changes)
{
    for (size_t r = 0; r < changes->roles.count; r++) {
        const struct change_for *to = &changes->roles.at[r];
        if (to->meaning != (to->list.count > 0)) fail_msg("%s: a change of nothing", edit->name);
        for (size_t i = 0; i < to->list.count; i++)
            assert_true(changes->list.at[to->list.at[i].change].matters);
    }
    for (size_t i = 0; i < changes->list.count; i++) {
        const struct policy_change *change = &changes->list.at[i];
        if (change->old_text.length + change->new_text.length == 0)
            fail_msg("%s: a change without words", edit->name);
    }
}

static void expect_other_way(const struct edit *edit, struct arena *arena,
                             const struct brute *brute, const struct changes *changes)
{
    struct changes back;
    policy_changes(brute->new, brute->old, brute->roles, brute->count, arena, &back);
    for (size_t r = 0; r < brute->count; r++) {
        if (back.roles.at[r].meaning != changes->roles.at[r].meaning)
            fail_msg("%s: %.*s changes one way and not the other", edit->name,
                     SLICE_PRINT(brute->roles[r].name));
    }
}

struct suite {
    const struct policy_sources *sources;
    const struct change_role *roles;
    size_t count, largest;
    bool alone;
    const char *const *shown;
    size_t shown_count;
    size_t asked, drawn, acts;
    double slowest; /* milliseconds of policy_changes */
};

static double milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void run_edit(struct suite *suite, const struct edit *edit)
{
    struct arena *arena = arena_new();
    struct slice text = suite->sources->policy.text;
    struct policy *old = compile(arena, suite->sources, text, "the policy");
    struct policy *new = compile(arena, suite->sources, replaced(arena, text, edit), edit->name);
    struct changes changes;
    struct brute brute = {.old = old,
                          .new = new,
                          .roles = suite->roles,
                          .count = suite->count,
                          .shown = suite->shown,
                          .shown_count = suite->shown_count,
                          .alone = suite->alone,
                          .largest = suite->largest};
    double began = milliseconds();
    policy_changes(old, new, suite->roles, suite->count, arena, &changes);
    double took = milliseconds() - began;
    suite->slowest = took > suite->slowest ? took : suite->slowest;
    brute_run(&brute, arena);
    expect_same(edit, &changes, &brute);
    expect_whole(edit, &changes);
    expect_other_way(edit, arena, &brute, &changes);
    suite->asked += brute.asked;
    suite->drawn += brute.drawn;
    suite->acts += brute.acts;
    brute_clear(&brute);
    policy_free(old);
    policy_free(new);
    arena_free(arena);
}

/* How many of the slow ones are run. */
static size_t slow(size_t count)
{
    return getenv("LANYARD_CASES") != NULL ? count : 0;
}

static void run_suite(struct suite *suite, const struct edit *edits, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        double began = milliseconds();
        run_edit(suite, &edits[i]);
        if (getenv("LANYARD_VERBOSE") != NULL)
            print_message("%s: %.0f ms\n", edits[i].name, milliseconds() - began);
    }
    print_message(
        "%zu changes, %zu acts looked at, %zu pairs of questions, drawn at random for %zu "
        "lists of them; slowest comparison %.1f ms\n",
        count, suite->acts, suite->asked, suite->drawn, suite->slowest);
}

#define ROLE(id)                                                                                   \
    {                                                                                              \
        .name = SLICE(id), .words = {SLICE(id), SLICE(""), SLICE("")}, .takes_on = true            \
    }
#define APART(id)                                                                                  \
    {                                                                                              \
        .name = SLICE(id), .words = { SLICE(id), SLICE(""), SLICE("") }                            \
    }
#define CAPACITY(id)                                                                               \
    {                                                                                              \
        .name = SLICE(id), .words = {SLICE(id), SLICE(""), SLICE("")}, .capacity = true            \
    }

/* ---- a small policy, every question ---------------------------------------------------------------- */

#define MORE                                                                                       \
    "## More {#c-8}\nMore.\n```rule\n"                                                             \
    "a parent MAY befriend a pupil via a school account\n\n"                                       \
    "the coordinator SHOULD NOT keep a diary\nIF NOT it is a lesson\n\n"                           \
    "the work is ours MEANS all of:\n- it is a lesson\n- the channel is a school account\n\n"      \
    "staff MAY copy an image\nIF the work is ours\nNEEDS approval FROM the headteacher\n"          \
    "REMIND \"Think.\"\n```\n"
static const char small[] = SCENARIO_POLICY MORE;
static const struct change_role small_roles[] = {
    ROLE("teacher"), ROLE("headteacher"), ROLE("lead"),       ROLE("coordinator"),
    APART("pupil"),  APART("parent"),     CAPACITY("visitor")};
static const char *const small_shown[] = {
    "a pupil", "a pupil; record photo consent given FROM a parent",
    "a pupil; record photo consent refused FROM a parent", "a parent"};
#define STAFF "teacher headteacher lead coordinator"

static const struct edit small_edits[] = {
    {"nothing", "No private contact.", "No private contact.", "none"},
    {"a comma in the prose", "No private contact.", "No, private contact.", "none"},
    {"clauses renumbered", "{#c-5}", "{#c-50}", "none"},
    {"a clause and what names it renumbered", "{#c-1}|DESPITE 1|CLASHES WITH 1",
     "{#c-11}|DESPITE 11|CLASHES WITH 11", "none"},
    {"norms cited", "norms: n-3", "norms: n-3, n-9", "none"},
    {"the review", "REVIEW DUE June 2025", "REVIEW DUE June 2026", "none"},
    {"order of statements",
     "anyone NEEDS approval FROM the headteacher or the safeguarding lead TO publish a photo\n\n"
     "anyone NEEDS photo consent FROM a parent FOR EVERY pupil shown TO publish a photo\n",
     "anyone NEEDS photo consent FROM a parent FOR EVERY pupil shown TO publish a photo\n\n"
     "anyone NEEDS approval FROM the headteacher or the safeguarding lead TO publish a photo\n",
     "none"},
    {"a new ban", "staff SHOULD keep a diary\n",
     "a visitor MUST NOT keep a diary\n\nstaff SHOULD "
     "keep a diary\n",
     STAFF " visitor"},
    {"should becomes must", "staff SHOULD NOT contact", "staff MUST NOT contact", STAFF},
    {"a ban taken out", "staff MUST NOT befriend a pupil\nUNLESS the tie is sound\n", "", NULL},
    {"an exception added", "UNLESS the tie is sound\n",
     "UNLESS the tie is sound\nUNLESS it is an emergency\n", NULL},
    {"an exception gone",
     "UNLESS it is an emergency\nAND THEN the member of staff MUST tell the "
     "headteacher WITHIN 2 hours\n",
     "", NULL},
    {"another deadline", "WITHIN 2 hours", "WITHIN 3 hours", NULL},
    {"a duty of two by name", "safeguarding lead and the coordinator", "safeguarding lead", NULL},
    {"how long to keep", "FOR 3 months", "FOR 4 months", NULL},
    {"who is told where it is late", "ELSE TELL the headteacher", "ELSE TELL a parent", NULL},
    {"who gives the approval", "FROM the headteacher or the safeguarding lead",
     "FROM the headteacher", NULL},
    {"a need for everybody", "anyone NEEDS approval", "staff NEED approval", NULL},
    {"a need shown people have", "FOR EVERY pupil shown", "FOR EVERY parent shown", NULL},
    {"who decides", "the headteacher DECIDES WHETHER", "the coordinator DECIDES WHETHER", NULL},
    {"an age", "at least 11", "at least 12", NULL},
    {"a permission lifts no more", "UNDER R6: DESPITE 1\nCLASHES WITH 1\n", "", NULL},
    {"a reading taken out", "reads: R6\n", "", NULL},
    {"to ask is to tell", "ASK the headteacher BEFOREHAND", "TELL the headteacher AFTERWARDS",
     NULL},
    {"another to ask", "ASK the headteacher", "ASK the coordinator", NULL},
    {"a sanction", "OUTCOMES \"a word with the head\"", "OUTCOMES \"a word\"", NULL},
    {"a role swapped", "a parent MAY befriend", "a visitor MAY befriend", NULL},
    {"a channel added", "via a school account\n\n",
     "via a school account or a personal account\n\n", NULL},
    {"a channel gone", "contact a pupil via a personal account", "contact a pupil", NULL},
    {"one role's advice", "IF NOT it is a lesson\n", "", "coordinator"},
    {"a definition widened", "MEANS all of:\n- it is a lesson\n",
     "MEANS any of:\n- it is a lesson\n", NULL},
    {"a definition said otherwise", "IF the work is ours\n",
     "IF it is a lesson\nIF the channel is a school account\n", "none"},
    {"a definition renamed", "the work is ours MEANS|IF the work is ours",
     "the job is ours MEANS|IF the job is ours", "none"},
    {"another reminder", "REMIND \"Think.\"", "REMIND \"Think twice.\"", NULL},
    {"a ban that was there already", "## Diaries",
     "## Twice {#c-9}\nTwice.\n```rule\n"
     "a teacher MUST NOT befriend a pupil\nUNLESS the tie is sound\n```\n## Diaries",
     "none"},
    {"a ban that was there in two halves", "## Diaries",
     "## Twice {#c-9}\nTwice.\n```rule\n"
     "a teacher MUST NOT copy an image\nIF the image may be unlawful\nIF it is a lesson\n```\n"
     "## Diaries",
     "none"},
    {"only for two roles at once", "## Diaries",
     "## Both {#c-9}\nBoth.\n```rule\na parent MUST NOT keep a diary\nIF the actor is a "
     "pupil\n```\n"
     "## Diaries",
     "pupil parent"},
    {"a duty of one for another's act", "## Diaries",
     "## Other {#c-9}\nOther.\n```rule\nWHEN a pupil receives a request from a parent\n"
     "the coordinator MUST tell the headteacher\n```\n## Diaries",
     NULL},
    {"in whose name", "REVIEW DUE June 2025 [0b]\n",
     "REVIEW DUE June 2025 [0b]\nAPPROVED BY the headteacher\n", "none"},
    {"a way closed", "REVIEW DUE June 2025 [0b]\n",
     "REVIEW DUE June 2025 [0b]\na teacher DOES NOT COUNT AS staff\n", NULL},
    {"a don't know read otherwise", "IF age of the other person is at least 11\n",
     "IF age of the other person is at least 11\n"
     "NOT KNOWN age of the other person: treat as 12\n",
     NULL},
};
/* Every act has to be asked about: `make long`. */
static const struct edit slow_small_edits[] = {
    {"pupils are bound no more", "BINDS staff, pupils", "BINDS staff", NULL},
    {"parents are bound too", "BINDS staff, pupils", "BINDS staff, pupils, a parent", NULL},
    {"a stand-in", "REVIEW DUE June 2025 [0b]\n",
     "the coordinator STANDS IN FOR the safeguarding lead IF it is a lesson\n"
     "REVIEW DUE June 2025 [0b]\n",
     NULL},
    {"a door", "REVIEW DUE June 2025 [0b]\n",
     "a teacher MAY DEPART FROM this policy: TELL the headteacher\nREVIEW DUE June 2025 [0b]\n",
     "teacher"},
};

static void test_small(void **state)
{
    (void)state;
    const struct policy_sources sources = {.words = {SLICE("words.md"), SLICE(SCENARIO_WORDS)},
                                           .law = {SLICE("law.md"), SLICE(SCENARIO_LAW)},
                                           .policy = {SLICE("p.md"), slice_of(small)}};
    struct suite suite = {.sources = &sources,
                          .roles = small_roles,
                          .count = sizeof small_roles / sizeof *small_roles,
                          .shown = small_shown,
                          .shown_count = sizeof small_shown / sizeof *small_shown,
                          .largest = 100000};
    run_suite(&suite, small_edits, sizeof small_edits / sizeof *small_edits);
    run_suite(&suite, slow_small_edits, slow(sizeof slow_small_edits / sizeof *slow_small_edits));
    assert_int_equal(suite.drawn, 0);
}

/* ---- real policies ---------------------------------------------------------------------------------- */

/* The register's roles (service/roles.def), as words. */
static const struct change_role real_roles[] = {
    ROLE("teacher"),
    ROLE("teaching-assistant"),
    ROLE("technician"),
    ROLE("employee"),
    ROLE("agency-worker"),
    ROLE("line-manager"),
    ROLE("office"),
    {.name = SLICE("slt-member"),
     .words = {SLICE("slt-member"), SLICE("leadership-team"), SLICE("")},
     .takes_on = true},
    ROLE("headteacher"),
    ROLE("managing-partner"),
    ROLE("dsl"),
    ROLE("safeguarding-team"),
    ROLE("osc"),
    ROLE("administrator"),
    ROLE("governor"),
    ROLE("chair"),
    ROLE("director"),
    ROLE("programme-champion"),
    ROLE("hr"),
    ROLE("volunteer"),
    ROLE("contractor"),
    ROLE("third-party"),
    APART("our-pupil"),
    APART("former-pupil"),
    APART("former-employee"),
    APART("parent"),
    ROLE("visitor"),
    CAPACITY("account-owner"),
    CAPACITY("applicant"),
};
static const char *const real_shown[] = {
    "a pupil", "a pupil; record written photo consent refused FROM a parent"};
#define EMPLOYED "teacher teaching-assistant technician employee agency-worker line-manager"
#define EARLY_STAFF EMPLOYED " slt-member headteacher managing-partner dsl osc"
#define GEEKS_STAFF EMPLOYED " slt-member administrator programme-champion volunteer"

static const struct edit early_edits[] = {
    {"norms cited", "norms: earlylife-5.2a", "norms: earlylife-5.2a, earlylife-9.9", "none"},
    {"order of statements",
     "anyone MUST NOT post\nIF all of:\n- the account bears our name\n- the link is unsuitable or "
     "unsafe\nanyone MUST NOT post\nIF all of:\n- the account bears our name\n- a link is given\n"
     "UNLESS the link was verified\n",
     "anyone MUST NOT post\nIF all of:\n- the account bears our name\n- a link is given\nUNLESS "
     "the "
     "link was verified\nanyone MUST NOT post\nIF all of:\n- the account bears our name\n- the "
     "link is "
     "unsuitable or unsafe\n",
     "none"},
    {"a comma", "Keep your personal accounts closed to our pupils.",
     "Keep your personal accounts closed, to our pupils.", "none"},
    {"should becomes must", "staff SHOULD NOT befriend a pupil", "staff MUST NOT befriend a pupil",
     EARLY_STAFF},
    {"a ban that others keep up",
     "staff SHOULD NOT contact a pupil via own phone or personal email\n",
     "staff SHOULD NOT contact a pupil via own phone, personal email\n", "none"},
    {"the review", "REVIEW DUE June 2025", "REVIEW DUE June 2027", "none"},
    {"a deadline",
     "the member of staff MUST tell the designated safeguarding lead and the online safety "
     "coordinator WITHIN immediately",
     "the member of staff MUST tell the designated safeguarding lead and the online safety "
     "coordinator WITHIN 1 working day",
     EARLY_STAFF},
    {"a deadline for whoever runs an account", "the account owner SHOULD remove the content WITHIN",
     "the account owner MUST remove the content WITHIN", EARLY_STAFF " account-owner"},
    {"who is told", "staff deviate in an emergency\nthe member of staff MUST tell the line manager",
     "staff deviate in an emergency\nthe member of staff MUST tell the headteacher", EARLY_STAFF},
    {"an age", "ADVISED NOT TO contact a former pupil\nIF age of the other person is at least 18",
     "ADVISED NOT TO contact a former pupil\nIF age of the other person is at least 21",
     EARLY_STAFF},
    {"a role swapped", "THEN the organisation MUST tell the account owner",
     "THEN the headteacher MUST tell the account owner", "headteacher"},
    {"a clause gone", "staff SHOULD NOT mention the organisation as employer\n",
     "staff SHOULD NOT mention the organisation as employer\nIF it refers to us\n", NULL},
    {"an exception",
     "staff MUST NOT communicate one to one with a pupil via social media or Google Meet\n",
     "staff MUST NOT communicate one to one with a pupil via social media or Google Meet\n"
     "UNLESS it is an emergency\n",
     EARLY_STAFF},
    {"a channel added", "staff SHOULD NOT befriend a pupil via a personal account",
     "staff SHOULD NOT befriend a pupil via a personal account or an official account", NULL},
};
/* Every act has to be asked about: `make long`. */
static const struct edit slow_early_edits[] = {
    {"who gives approval",
     "IF the circumstances are special\nNEEDS prior approval FROM the managing",
     "IF the circumstances are special\nNEEDS prior approval FROM another managing", NULL},
    {"who decides", "the managing partner DECIDES WHETHER", "the headteacher DECIDES WHETHER",
     NULL},
    {"who is staff", "- the online safety coordinator\n```",
     "- the online safety coordinator\n- a volunteer\n```", "volunteer parent"},
    {"visitors are bound", "THIS POLICY BINDS staff,", "THIS POLICY BINDS staff, a visitor,",
     "visitor"},
};

static const struct edit geeks_edits[] = {
    {"a comma", "Work email and our own Slack are tools of work, not social media.",
     "Work email and our own Slack are tools of work, and not social media.", "none"},
    {"who is told", "WHEN staff have a doubt\nstaff SHOULD tell the line manager",
     "WHEN staff have a doubt\nstaff SHOULD tell the administrator", GEEKS_STAFF},
    {"clauses renumbered", "{#c-child-harm}", "{#c-child-hurt}", NULL},
    {"a ban lifted", "staff MUST NOT use a social media site\nIF it gets in the way of work\n",
     "staff MAY use a social media site\nIF it gets in the way of work\n", NULL},
    {"somebody else answers", "the programme champion SHOULD answer the question",
     "the programme champion MUST answer the question", "programme-champion"},
    {"a route", "staff MUST tell the child protection route WITHIN immediately",
     "staff MUST tell the child protection route WITHIN 2 hours", NULL},
    {"what a proper route is",
     "- a director\n- the leadership team\n- a member of the leadership "
     "team\n- the child protection route",
     "- a director\n- a governor\n- the leadership team\n- a member of the leadership team\n- the "
     "child protection route",
     NULL},
    {"a reminder", "Write as if they will.", "Write as if they do.", NULL},
    {"one more to ask",
     "WHEN staff join the organisation\nthe administrator SHOULD require training",
     "WHEN staff join the organisation\nthe administrator MUST require training", "administrator"},
};
/* Every act has to be asked about: `make long`. */
static const struct edit slow_geeks_edits[] = {
    {"another to ask", "ASK the line manager BEFOREHAND", "ASK the administrator BEFOREHAND", NULL},
    {"face to face counts too", "BINDS staff UNLESS the talk is face to face", "BINDS staff", NULL},
    {"social media is more", "- YouTube\n- Flickr\n", "- YouTube\n- Flickr\n- a forum\n", NULL},
    {"volunteers are staff no more", "- a volunteer\n- the administrator\n",
     "- the administrator\n", NULL},
};

static void run_real(const char *folder, const struct edit *edits, size_t count)
{
    struct arena *arena = arena_new();
    char *path = NULL;
    assert_true(asprintf(&path, "policies/%s/policy.md", folder) > 0);
    struct slice words = project_file("policies/words.md", 1 << 22, arena);
    struct slice law = project_file("policies/law.md", 1 << 22, arena);
    struct slice policy = project_file(path, 1 << 22, arena);
    const struct policy_sources sources = {.words = {SLICE("words.md"), words},
                                           .law = {SLICE("law.md"), law},
                                           .policy = {SLICE("p.md"), policy}};
    struct suite suite = {.sources = &sources,
                          .roles = real_roles,
                          .count = sizeof real_roles / sizeof *real_roles,
                          .alone = true,
                          .shown = real_shown,
                          .shown_count = sizeof real_shown / sizeof *real_shown,
                          .largest = 200};
    run_suite(&suite, edits, count);
    free(path);
    arena_free(arena);
}

static void test_early_life(void **state)
{
    (void)state;
    run_real("early-life", early_edits, sizeof early_edits / sizeof *early_edits);
    run_real("early-life", slow_early_edits,
             slow(sizeof slow_early_edits / sizeof *slow_early_edits));
}

static void test_geeks_room(void **state)
{
    (void)state;
    run_real("geeks-room", geeks_edits, sizeof geeks_edits / sizeof *geeks_edits);
    run_real("geeks-room", slow_geeks_edits,
             slow(sizeof slow_geeks_edits / sizeof *slow_geeks_edits));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_early_life),
                                       cmocka_unit_test(test_geeks_room),
                                       cmocka_unit_test(test_small)};
    return cmocka_run_group_tests_name("change", tests, NULL, NULL);
}
