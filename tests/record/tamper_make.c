/* tamper-make FOLDER POLICY: the record that is tampered with: people with roles, a barred parent, holds, an erasure, deputies,
 * linked records, kept answers, reports, a policy with its files, and what 64 clients write, over two days and the
 * midnight between. Lines `NAME ID` say what is what. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "crowd.h"
#include "service/record_parts.h"

/* The clock of this program stands in for the system's, so that a day can pass: the one thing here that is global. */
static atomic_long clock_ahead; /* seconds */
int clock_gettime(clockid_t clock, struct timespec *ret_now)
{
    int code = (int)syscall(SYS_clock_gettime, clock, ret_now);
    if (clock == CLOCK_REALTIME) ret_now->tv_sec += clock_ahead;
    return code;
}

struct made {
    struct record *record;
    struct arena *arena;
    const char *top;
    struct id admin, head, lead, teacher;
};

static void stop(const char *what, const char *why)
{
    fprintf(stderr, "tamper-make: %s: %s\n", what, why);
    exit(1);
}

/* Does it, says under which name, gives the id of what was made. */
static const char *must(struct made *made, const char *name, enum record_act what, struct id actor,
                        const struct given *values)
{
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    if (!crowd_act(made->record, what, actor, values, made->arena, &order, &outcome, &error))
        stop(act_id(what), error.sentence);
    if (!outcome.done) stop(act_id(what), arena_copy(made->arena, outcome.sentence).at);
    const char *hex = crowd_hex(made->arena, outcome.made);
    if (name != NULL) printf("%s %s\n", name, hex);
    return hex;
}

#define MUST(name, what, actor, ...)                                                               \
    must(made, name, ACT_##what, actor, (const struct given[]){__VA_ARGS__, {NULL, NULL}})

static const char *add(struct made *made, const char *name, const char *email, const char *role)
{
    const char *person = MUST(name, ADD_PERSON, made->admin, {"org", made->top}, {"given", "Pat"},
                              {"family", name}, {"email", email}, {"born", "1999-01-02"});
    if (role != NULL)
        MUST(NULL, GIVE_ROLE, made->admin, {"person", person}, {"role", role}, {"org", made->top});
    return person;
}

static void make_family(struct made *made)
{
    const char *child = add(made, "child", "child@t.example", "pupil");
    const char *one = add(made, "parent", "one@t.example", "parent");
    const char *barred = add(made, "barred", "barred@t.example", "parent");
    MUST(NULL, LINK_PARENT, made->admin, {"child", child}, {"parent", one});
    MUST("tie", LINK_PARENT, made->admin, {"child", child}, {"parent", barred});
    MUST(NULL, BAR_PARENT, made->lead, {"child", child}, {"parent", barred}, {"reason", "a court"});
}

static void make_kept(struct made *made)
{
    const char *held = add(made, "held", "held@t.example", "teacher");
    const char *gone = add(made, "gone", "gone@t.example", "pupil");
    const char *twin = add(made, "twin", "", NULL);
    MUST("hold", PLACE_HOLD, made->head, {"person", held}, {"reason", "an inquiry"});
    const char *asked = MUST(NULL, ASK_ERASURE, made->admin, {"person", gone}, {"reason", "asked"});
    MUST(NULL, CONFIRM_ERASURE, made->head, {"erasure", asked});
    MUST("erasure", ASK_ERASURE, made->admin, {"person", twin}, {"reason", "asked"});
    MUST("same", LINK_SAME, made->admin, {"one", held}, {"other", twin});
    MUST(NULL, OPEN_SEALED, made->head, {"what", "whole-record"}, {"person", held},
         {"reason", "to see what is there"});
    MUST("answer", KEEP_ANSWER, made->teacher, {"question", "May I?"}, {"answer", "Yes: 5.1."});
    MUST("absence", RECORD_ABSENCE, made->head, {"person", held}, {"since", "2026-11-30"});
    MUST("deputy", NAME_DEPUTY, made->admin, {"role", "headteacher"}, {"org", made->top},
         {"person", crowd_hex(made->arena, made->lead)});
}

static void make_school(struct made *made)
{
    const char *school =
        MUST("school", ADD_ORGANISATION, made->admin, {"name", "Brook School"}, {"kind", "school"});
    MUST("brook", ADD_PERSON, made->admin, {"org", school}, {"given", "Bo"}, {"family", "Brook"});
    MUST(NULL, SET_CALENDAR, made->admin, {"org", school}, {"nation", "england-and-wales"},
         {"terms", "2 November 2026 to 18 December 2026"}, {"inset", "2 November 2026"});
    MUST("report", TELL, made->teacher, {"text", "Something I saw online."});
}

static void adopt(struct made *made, const char *policy)
{
    struct version_said said;
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    order_init(&order, ACT_ADOPT_POLICY, made->admin);
    if (!record_policy_upload(made->record, policy, made->arena, &said, &error))
        stop(policy, error.sentence);
    version_order(&order, &said, made->arena);
    if (!desk_do(made->record, &order, made->arena, &outcome, &error)) stop(policy, error.sentence);
    if (!outcome.done) stop(policy, "adopting it was refused");
}

static void crowd(struct made *made, uint64_t seed, uint64_t acts)
{
    struct error error = {.code = ERROR_NONE};
    if (!crowd_acts(made->record, -1, seed, acts, &error)) stop("the clients", error.sentence);
}

/* Tomorrow has come, while clients are at work. */
static void *be_tomorrow(void *context)
{
    (void)context;
    usleep(20000);
    clock_ahead = 24 * 3600;
    return NULL;
}

static void pass_midnight(struct made *made)
{
    pthread_t clock;
    if (pthread_create(&clock, NULL, be_tomorrow, NULL) != 0) stop("the clock", "none");
    crowd(made, 2, 400);
    pthread_join(clock, NULL);
}

static void find_people(struct made *made)
{
    struct error error = {.code = ERROR_NONE};
    if (!crowd_person(made->record, "admin@crash.example", &made->admin, &error) ||
        !crowd_person(made->record, "head@crash.example", &made->head, &error) ||
        !crowd_person(made->record, "lead@crash.example", &made->lead, &error) ||
        !crowd_person(made->record, "teacher0@crash.example", &made->teacher, &error))
        stop("the people", error.sentence);
    printf("top %s\nadmin %s\nteacher %s\n", made->top, crowd_hex(made->arena, made->admin),
           crowd_hex(made->arena, made->teacher));
}

int main(int count, char **words)
{
    if (count != 3) stop("wrong use", "tamper-make FOLDER POLICY");
    struct error error = {.code = ERROR_NONE};
    struct record_place place = {.folder = words[1]};
    struct made made = {.arena = arena_new()};
    if (!crowd_make(&place, NULL, &error) || !record_open(&place, &made.record, &error))
        stop(words[1], error.sentence);
    made.top = crowd_hex(made.arena, record_top(made.record));
    find_people(&made);
    make_family(&made);
    make_kept(&made);
    make_school(&made);
    adopt(&made, words[2]);
    crowd(&made, 1, 60);
    pass_midnight(&made);
    crowd(&made, 3, 60);
    record_close(made.record);
    arena_free(made.arena);
    return 0;
}
