/* faults [EVERY]: a script of acts on a disk that fails or is full at its Nth write, sync, truncation or deletion, for every N (or
 * every so many), once and from then on. Each act is done, or fails with a sentence that helps and leaves nothing behind;
 * afterwards the record opens, verifies and its tables are what the events make of them. Prints TAP. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "after.h"
#include "faulty.h"
#include "service/mail_queue.h"

#define SCRIPT_LARGEST 20

struct script {
    struct record *record;
    struct arena *arena;
    struct id admin, head, teacher, made[SCRIPT_LARGEST];
    struct id orders[SCRIPT_LARGEST];
    bool done[SCRIPT_LARGEST];
    size_t steps, failed, wordless;
    char words[500]; /* of the act that failed last */
};

struct faults {
    char root[40], folder[60], key[60], first[60];
    struct record_place place;
    struct faulty *faulty;
    struct after after;
    struct id confirmed[SCRIPT_LARGEST];
    uint64_t acts; /* of the record that each run begins with */
    uint64_t runs, refused_to_open, acts_failed;
    bool goes_on; /* the disk fails from then on */
    size_t in_doubt, wrong;
};

/* ---- the script ---- */

/* What a step works on may be missing because an earlier one failed: then it is bad, which is no fault of the disk's. */
static void step(struct script *script, enum record_act what, struct id actor,
                 const struct given *values)
{
    struct order order;
    struct outcome outcome;
    struct error error = {.code = ERROR_NONE};
    size_t at = script->steps++;
    script->done[at] =
        crowd_act(script->record, what, actor, values, script->arena, &order, &outcome, &error);
    script->orders[at] = order.id;
    if (script->done[at]) {
        script->made[at] = outcome.made;
        return;
    }
    script->failed++;
    (void)snprintf(script->words, sizeof script->words, "%s: %s", act_id(what), error.sentence);
    script->wordless += error.sentence[0] == '\0' || error.code == ERROR_NONE;
}

static const char *made(struct script *script, size_t at)
{
    return crowd_hex(script->arena, script->made[at]);
}

static void run_people(struct script *script)
{
    const char *top = crowd_hex(script->arena, record_top(script->record));
    const struct given person[] = {
        {"org", top}, {"given", "Sam"}, {"family", "Erased"}, {"email", "sam@f.example"}, {0}};
    step(script, ACT_ADD_PERSON, script->admin, person); /* 0 */
    const struct given role[] = {{"person", made(script, 0)}, {"role", "pupil"}, {"org", top}, {0}};
    step(script, ACT_GIVE_ROLE, script->admin, role);
    const struct given other[] = {
        {"org", top}, {"given", "Kim"}, {"family", "Invited"}, {"email", "kim@f.example"}, {0}};
    step(script, ACT_ADD_PERSON, script->admin, other); /* 2 */
    const struct given invited[] = {{"person", made(script, 2)}, {0}};
    step(script, ACT_INVITE, script->admin, invited);
    const struct given tell[] = {{"text", "Something I saw online."}, {0}};
    step(script, ACT_TELL, script->teacher, tell);
}

static void run_own(struct script *script)
{
    const struct given away[] = {
        {"person", crowd_hex(script->arena, script->teacher)}, {"since", "2026-11-30"}, {0}};
    step(script, ACT_RECORD_ABSENCE, script->teacher, away); /* 5 */
    const struct given back[] = {{"absence", made(script, 5)}, {0}};
    step(script, ACT_END_ABSENCE, script->teacher, back);
    const struct given answer[] = {{"question", "May I?"}, {"answer", "Yes, by clause 5.1."}, {0}};
    step(script, ACT_KEEP_ANSWER, script->teacher, answer); /* 7 */
    const struct given drop[] = {{"answer", made(script, 7)}, {0}};
    step(script, ACT_DROP_ANSWER, script->teacher, drop);
    const struct given no[] = {
        {"org", crowd_hex(script->arena, record_top(script->record))}, {"given", "No"}, {0}};
    step(script, ACT_ADD_PERSON, script->teacher, no); /* is refused, which is an event too */
}

static void run_erasure(struct script *script)
{
    const struct given ask[] = {{"person", made(script, 0)}, {"reason", "a mistake"}, {0}};
    step(script, ACT_ASK_ERASURE, script->admin, ask); /* 10 */
    const struct given yes[] = {{"erasure", made(script, 10)}, {0}};
    step(script, ACT_CONFIRM_ERASURE, script->head, yes);
    const struct given answer[] = {{"question", "And now?"}, {"answer", "It goes on."}, {0}};
    step(script, ACT_KEEP_ANSWER, script->teacher, answer);
    const struct given terms[] = {{"org", crowd_hex(script->arena, record_top(script->record))},
                                  {"nation", "scotland"},
                                  {"terms", "2 November 2026 to 18 December 2026"},
                                  {0}};
    step(script, ACT_SET_CALENDAR, script->admin, terms);
    const struct given report[] = {{"stage", "done"},
                                   {"said", "actor=teacher\nact=find-abuse\n"},
                                   {"tell", "yes"},
                                   {"words", "I found abuse online"},
                                   {0}};
    step(script, ACT_REPORT_ACT, script->teacher, report);
}

static bool run(const struct record_place *place, struct script *script, struct error *error)
{
    if (!record_open(place, &script->record, error)) return false;
    mail_switch(script->record, true);
    bool known = crowd_person(script->record, "admin@crash.example", &script->admin, error) &&
                 crowd_person(script->record, "head@crash.example", &script->head, error) &&
                 crowd_person(script->record, "teacher0@crash.example", &script->teacher, error);
    if (known) {
        run_people(script);
        run_own(script);
        run_erasure(script);
    }
    record_close(script->record);
    return known;
}

/* ---- one run ---- */

static void command(const char *const words[])
{
    int status;
    pid_t process = fork();
    if (process == 0) {
        execvp(words[0], (char *const *)(uintptr_t)words);
        _exit(127);
    }
    if (waitpid(process, &status, 0) < 0 || status != 0) {
        printf("Bail out! %s failed\n", words[0]);
        exit(1);
    }
}

static void start_afresh(struct faults *faults)
{
    char list[80];
    (void)snprintf(list, sizeof list, "%s.erased", faults->folder);
    command((const char *const[]){"rm", "-rf", faults->folder, list, NULL});
    command((const char *const[]){"cp", "-r", faults->first, faults->folder, NULL});
}

static void complain(struct faults *faults, const char *kind, uint64_t nth, const char *words)
{
    if (faults->wrong++ < 20)
        printf("# %s at call %llu: %s\n", kind, (unsigned long long)nth, words);
}

/* An act that failed is not there. One alone may be, where the disk goes on failing: its commit was written and the sync of it
 * failed, and nothing could take it back. It is whole then, and the same order sent again finds it done. */
static void judge_failed(struct faults *faults, uint64_t acts, const char *kind, uint64_t nth)
{
    if (acts == faults->acts) return;
    if (faults->goes_on && acts == faults->acts + 1)
        faults->in_doubt++;
    else
        complain(faults, kind, nth, "an act that failed is there all the same");
}

/* Nothing of an act that failed may be there, everything of one that was done. */
static void judge(struct faults *faults, const struct script *script, const char *kind,
                  uint64_t nth)
{
    struct after_found found;
    struct after after = faults->after; /* each run begins at the same checkpoint */
    size_t done = 0;
    for (size_t i = 0; i < script->steps; i++)
        if (script->done[i]) faults->confirmed[done++] = script->orders[i];
    after.place = &faults->place;
    after.confirmed = faults->confirmed;
    after.count = done;
    after_look(&after, &found);
    if (found.lost + found.half + found.wrong > 0) complain(faults, kind, nth, found.words);
    judge_failed(faults, found.acts - done, kind, nth);
    if (nth == 0 && script->failed > 0) complain(faults, kind, nth, script->words);
    if (script->wordless > 0) complain(faults, kind, nth, "an act failed without a word");
    faults->acts_failed += script->failed;
}

static uint64_t one_run(struct faults *faults, enum faulty_what what, bool on, uint64_t nth,
                        const char *kind)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct error error = {.code = ERROR_NONE};
    struct script script = {.arena = arena};
    start_afresh(faults);
    faults->goes_on = on;
    faulty_strike(faults->faulty, FAULTY_CHANGES, nth, what, on);
    if (!run(&faults->place, &script, &error)) {
        faults->refused_to_open++;
        if (error.sentence[0] == '\0') complain(faults, kind, nth, "it did not open, wordless");
    }
    uint64_t calls = faulty_counted(faults->faulty);
    faulty_strike(faults->faulty, 0, 0, FAULTY_ERROR, false);
    judge(faults, &script, kind, nth);
    faults->runs++;
    return calls;
}

/* ---- all of them ---- */

static void make_first(struct faults *faults)
{
    struct error error = {.code = ERROR_NONE};
    struct after_found found;
    (void)snprintf(faults->root, sizeof faults->root, "/tmp/lanyard-faults-XXXXXX");
    if (mkdtemp(faults->root) == NULL) {
        printf("Bail out! %s\n", strerror(errno));
        exit(1);
    }
    (void)snprintf(faults->folder, sizeof faults->folder, "%s/school", faults->root);
    (void)snprintf(faults->first, sizeof faults->first, "%s/first", faults->root);
    (void)snprintf(faults->key, sizeof faults->key, "%s/first.key", faults->root);
    faults->place = (struct record_place){.folder = faults->first, .key_file = faults->key};
    faults->after.place = &faults->place;
    faults->after.arena = arena_new();
    if (!crowd_make(&faults->place, CROWD_POLICY, &error)) {
        printf("Bail out! %s\n", error.sentence);
        exit(1);
    }
    after_look(&faults->after, &found);
    faults->acts = found.acts;
    faults->place.folder = faults->folder;
    faults->place.vfs = "faults";
}

static bool all_runs(struct faults *faults, enum faulty_what what, bool on, uint64_t every,
                     const char *kind)
{
    size_t before = faults->wrong;
    uint64_t calls = one_run(faults, what, on, 0, kind);
    uint64_t failed = faults->acts_failed;
    for (uint64_t nth = 1; nth <= calls; nth += every) one_run(faults, what, on, nth, kind);
    printf("# %s: %llu calls, %llu acts failed\n", kind, (unsigned long long)calls,
           (unsigned long long)(faults->acts_failed - failed));
    return faults->wrong == before && calls > 100;
}

int main(int count, char **words)
{
    static const struct {
        const char *kind;
        enum faulty_what what;
        bool on;
    } kinds[] = {{"an error once", FAULTY_ERROR, false},
                 {"errors from then on", FAULTY_ERROR, true},
                 {"no room once", FAULTY_FULL, false},
                 {"no room from then on", FAULTY_FULL, true}};
    struct faults faults = {.runs = 0};
    int64_t every = 1;
    if (count > 1 && (!slice_number(slice_of(words[1]), &every) || every < 1)) return 2;
    make_first(&faults);
    faults.faulty = faulty_new("faults", true, 7);
    bool good = true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        bool held = all_runs(&faults, kinds[i].what, kinds[i].on, (uint64_t)every, kinds[i].kind);
        printf("%sok %zu - %s: nothing half, nothing confirmed lost\n", held ? "" : "not ", i + 1,
               kinds[i].kind);
        good = good && held;
    }
    printf("# %llu runs, %llu of them did not get to open the record; %zu acts in doubt\n1..4\n",
           (unsigned long long)faults.runs, (unsigned long long)faults.refused_to_open,
           faults.in_doubt);
    faulty_free(faults.faulty);
    arena_free(faults.after.arena);
    command((const char *const[]){"rm", "-rf", faults.root, NULL});
    return good ? 0 : 1;
}
