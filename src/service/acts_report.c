/* An act of one's own, recorded: the version in force on its day decides it, and each duty that is owed becomes a task. What was
 * said, and whom it is about, is sealed under the actor's key. Duties that hang on something not known open none: they are
 * shown with the answer. Clause 6.3. */
#include "base/london.h"
#include "policy/print.h"
#include "service/duties.h"
#include "service/duty.h"
#include "service/keeping_parts.h"
#include "service/people.h"

#define DAY_MILLISECONDS (24LL * 3600 * 1000)

/* A duty that is owed, as far as its task needs it. */
struct owed_here {
    struct slice deed, clause;
    const char *strength, *kind;
    struct span within;
    bool own;       /* the actor's, or to be seen to by them */
    bool escalates; /* somebody is told when the time is up */
    bool once;
    struct duty_offices line; /* own: who is told, where it tells somebody of the register */
    bool tells, each;
};

struct found_report {
    struct slice stage, why, words, sentence, said;
    int64_t day, event; /* event: milliseconds, from which time is counted */
    struct id subject, second, version;
    struct slice act, verdict, clauses;
    bool tell;
    LIST(struct owed_here) owed;
};

void report_add(struct text *said, struct slice key, struct slice value)
{
    text_format(said, "%.*s=%.*s\n", SLICE_PRINT(key), SLICE_PRINT(value));
}

/* ---- what is owed --------------------------------------------------------------------------------- */

/* A kind of people that the actor is by the rule's own words, though the vocabulary does not say so. */
static bool is_kind_of_people(const struct words *words, int person)
{
    struct slice id = words_word(words, WORD_PERSON, person)->id;
    if (slice_is(id, "staff")) return true;
    for (int role = 0; role < ROLES; role++)
        if (slice_equal(role_row((enum role)role)->word, id)) return true;
    return false;
}

static bool bears(const struct request *request, const struct roles *bearer)
{
    for (size_t b = 0; b < bearer->list.count; b++)
        for (size_t a = 0; a < request->actor.list.count; a++)
            if (policy_counts(request->policy, WORD_PERSON, request->actor.list.at[a],
                              bearer->list.at[b]))
                return true;
    return false;
}

/* The actor's own, an office's, or somebody's whom the register does not know. */
static void find_bearer(const struct request *request, const struct owed *owed,
                        struct owed_here *here)
{
    const struct words *words = &request->policy->words;
    struct duty_offices offices = {.count = 0};
    bool people = owed->bearer.list.count == 0;
    duty_offices(words, &owed->bearer, &offices);
    for (size_t i = 0; i < owed->bearer.list.count; i++)
        people = people || is_kind_of_people(words, owed->bearer.list.at[i]);
    bool actor = owed->duty->actor || bears(request, &owed->bearer);
    here->own = actor || offices.count == 0;
    here->kind = actor || offices.count > 0 || people ? TASK_DUTY : TASK_REMIND;
}

static void add_owed(struct desk *desk, struct found_report *found, const struct request *request,
                     const struct owed *owed)
{
    const struct policy *policy = request->policy;
    const struct clause *clause;
    const struct statement *statement;
    const struct duty *duty = duty_place(policy, owed, &clause, &statement);
    struct owed_here here = {.within = owed->within, .once = owed->duty->once};
    here.deed = duty_deed(&policy->words, duty, desk->arena);
    here.clause = arena_copy(desk->arena, clause->id);
    here.strength = owed->duty->modal == DUTY_MUST ? "must" : "should";
    here.escalates = owed->duty->otherwise.list.count > 0;
    here.tells = duty_tells(&policy->words, owed->duty);
    here.each = owed->object.each;
    find_bearer(request, owed, &here);
    if (here.own)
        duty_offices(&policy->words, &owed->object, &here.line);
    else
        duty_line(policy, statement, owed->duty, &owed->bearer, &owed->object, &here.line);
    LIST_PUSH(desk->arena, &found->owed, here);
}

static bool is_due(const struct owed *owed, bool arisen)
{
    if (owed->conditional || owed->duty->modal == DUTY_MAY || owed->clauses.count == 0)
        return false;
    return !arisen || owed->stage != STAGE_WITH;
}

/* Where the policy says to tell or ask somebody, in a line of its own. */
static void add_line(struct desk *desk, struct found_report *found, const struct policy *policy,
                     const struct policy_line *line)
{
    AUTO_TEXT struct text deed;
    struct owed_here here = {.strength = "should", .kind = TASK_DUTY, .own = true, .tells = true};
    text_init(&deed, EVENT_FIELD_LARGEST);
    print_policy_line(&policy->words, line, &deed);
    for (size_t i = 0; i < deed.length; i++)
        if ((unsigned char)deed.at[i] < ' ') deed.at[i] = ' ';
    here.deed = arena_copy(desk->arena, slice_trim(text_slice(&deed)));
    here.clause = arena_copy(desk->arena, policy->document.clauses.at[line->clause].id);
    duty_offices(&policy->words, &line->roles, &here.line);
    LIST_PUSH(desk->arena, &found->owed, here);
}

static void add_lines(struct desk *desk, struct found_report *found,
                      const struct decision *decision)
{
    const struct policy_line *advice = decision->advice;
    bool done = slice_is(found->stage, REPORT_DONE);
    if (slice_is(found->stage, REPORT_ARISEN)) return;
    if (advice != NULL && (done || advice->kind == LINE_SILENCE_TELL))
        add_line(desk, found, decision->policy, advice);
    if (decision->door != NULL && done) add_line(desk, found, decision->policy, decision->door);
}

/* ---- the decision --------------------------------------------------------------------------------- */

bool report_may_do(const struct decision *decision, bool *ret_why)
{
    *ret_why =
        decision->verdict == VERDICT_ALLOWED_IF || decision->verdict == VERDICT_ADVISED_AGAINST;
    return !decision->noted && (*ret_why || decision->verdict == VERDICT_ALLOWED ||
                                decision->verdict == VERDICT_NO_CLAUSE);
}

bool report_tells(const struct decision *decision, bool arisen, bool *ret_now)
{
    const struct words *words = &decision->policy->words;
    bool tells = false;
    *ret_now = false;
    for (size_t i = 0; i < decision->duties.count; i++) {
        const struct owed *owed = &decision->duties.at[i];
        struct duty_offices offices = {.count = 0};
        if (!is_due(owed, arisen) || !duty_tells(words, owed->duty)) continue;
        duty_offices(words, &owed->object, &offices);
        if (offices.count == 0) continue;
        tells = true;
        if (owed->within.unit == SPAN_IMMEDIATELY || owed->within.unit == SPAN_SAME_DAY)
            *ret_now = true;
    }
    return tells;
}

static bool set_said(struct request *request, struct slice said, struct error *error)
{
    struct slice line;
    while (slice_split(&said, '\n', &line)) {
        size_t at = slice_find(line, '=');
        struct slice key = slice_part(line, 0, at);
        if (line.length == 0 || slice_is(key, "done") || slice_is(key, "on")) continue;
        if (at == line.length || request->shown.count > REQUEST_SHOWN_LARGEST)
            return error_set(error, ERROR_REQUEST, "what was said cannot be read");
        if (!request_set(request, key, slice_part(line, at + 1, line.length), error)) {
            if (error->code != ERROR_REQUEST) return false;
            return error_advise(error, "The policy of that day does not speak of this: ask May I? "
                                       "again, and record it from there");
        }
    }
    return true;
}

static bool set_stage(struct desk *desk, const struct found_report *found, struct request *request,
                      struct error *error)
{
    bool done = slice_is(found->stage, REPORT_DONE);
    if (found->day != desk->today) {
        char day[11];
        date_format(date_from_day(found->day), day);
        if (!request_set(request, SLICE("on"), slice_of(day), error)) return false;
    }
    return request_set(request, SLICE("done"), done ? SLICE("yes") : SLICE("no"), error) &&
           request_check(request, error);
}

static bool check_answer(const struct found_report *found, const struct request *request,
                         const struct decision *decision, struct error *error)
{
    bool why;
    if (request->asker_given)
        return error_set(error, ERROR_REQUEST,
                         "you asked for somebody else: only what you do yourself is recorded here");
    if (decision->verdict == VERDICT_NEED_ANSWER) {
        error_set(error, ERROR_REQUEST, "the policy needs one more answer for this");
        return error_advise(error, "Ask May I? again, say that it has happened, and answer on");
    }
    if (!slice_is(found->stage, REPORT_DOING)) return true;
    if (!report_may_do(decision, &why))
        return error_set(error, ERROR_REQUEST, "the policy does not let you go on with this");
    return !why || found->why.length > 0 ||
           error_set(error, ERROR_REQUEST, "say what you have, or why you go on");
}

static struct slice clauses_of(const struct decision *decision, struct arena *arena)
{
    AUTO_TEXT struct text list;
    text_init(&list, EVENT_FIELD_LARGEST);
    for (size_t i = 0; i < decision->cites.count; i++) {
        struct slice id = decision->cites.at[i].clause->id;
        bool before = list.length + id.length + 1 > EVENT_FIELD_LARGEST;
        for (size_t k = 0; k < i; k++)
            before = before || decision->cites.at[k].clause == decision->cites.at[i].clause;
        if (before) continue;
        text_add_string(&list, list.length > 0 ? " " : "");
        text_add(&list, id);
    }
    return arena_copy(arena, text_slice(&list));
}

/* All that is needed later is copied, so that the policy can be let go. */
static bool decide_it(struct desk *desk, struct found_report *found, const struct policy *policy,
                      struct error *error)
{
    struct request *request = ARENA_NEW(desk->arena, struct request);
    struct decision *decision = ARENA_NEW(desk->arena, struct decision);
    request_init(policy, false, desk->arena, request);
    if (!set_said(request, found->said, error) || !set_stage(desk, found, request, error))
        return false;
    decide(request, desk->arena, decision);
    if (!check_answer(found, request, decision, error)) return false;
    found->act =
        arena_copy(desk->arena, words_word(&policy->words, WORD_ACT, request->acts.at[0])->id);
    found->verdict = slice_of(verdict_word(decision->verdict));
    found->clauses = clauses_of(decision, desk->arena);
    for (size_t i = 0; i < decision->duties.count; i++)
        if (is_due(&decision->duties.at[i], slice_is(found->stage, REPORT_ARISEN)))
            add_owed(desk, found, request, &decision->duties.at[i]);
    add_lines(desk, found, decision);
    return true;
}

static bool decide_then(struct desk *desk, struct found_report *found, struct error *error)
{
    const struct policy *policy = record_policy_on(desk->record, found->day, &found->version);
    if (policy == NULL)
        return error_set(error, ERROR_REQUEST, "no policy was in force on that day");
    bool decided = decide_it(desk, found, policy, error);
    record_policy_let_go(desk->record, policy);
    return decided;
}

/* ---- facts ---------------------------------------------------------------------------------------- */

static bool read_when(struct desk *desk, struct found_report *found, struct error *error)
{
    struct slice time = order_value(desk->order, "time");
    int minute;
    found->day = desk->today;
    if (order_value(desk->order, "happened").length > 0 &&
        !desk_day(desk, "happened", "the day on which it happened", &found->day, error))
        return false;
    if (found->day > desk->today)
        return error_set(error, ERROR_REQUEST, "that day is still to come");
    if (found->day < desk->today - REPORT_DAYS_LARGEST)
        return error_set(error, ERROR_REQUEST, "that is more than ten years ago");
    found->event = found->day == desk->today ? desk->now : london_day_start(found->day);
    if (time.length == 0 || !slice_is(found->stage, REPORT_DONE)) return true;
    if (!clock_parse(time, &minute)) {
        error_set(error, ERROR_REQUEST, "the time is none");
        return error_advise(error, "Write it as 18:05, or leave it out");
    }
    found->event = london_milliseconds((struct moment){found->day, minute});
    return found->event <= desk->now ||
           error_set(error, ERROR_REQUEST, "that time is still to come");
}

static bool read_person(struct desk *desk, const char *key, struct id *ret_person,
                        struct error *error)
{
    struct person_row row;
    bool found;
    *ret_person = (struct id){{0}};
    if (order_value(desk->order, key).length == 0) return true;
    if (!desk_id(desk, key, "the person it is about", ret_person, error) ||
        !person_get(desk->db, ret_person, desk->arena, &row, &found, error))
        return false;
    if (!found)
        return error_set(error, ERROR_REQUEST, "the person it is about is not one that we know");
    return desk_unbarred(desk, ret_person, "the person it is about", error);
}

static bool read_values(struct desk *desk, struct found_report *found, struct error *error)
{
    found->stage = order_value(desk->order, "stage");
    found->why = slice_trim(order_value(desk->order, "why"));
    found->words = slice_trim(order_value(desk->order, "words"));
    found->sentence = slice_trim(order_value(desk->order, "sentence"));
    found->tell = slice_is(order_value(desk->order, "tell"), "yes");
    if (!slice_is(found->stage, REPORT_DONE) && !slice_is(found->stage, REPORT_DOING) &&
        !slice_is(found->stage, REPORT_ARISEN))
        return error_set(error, ERROR_REQUEST, "say whether it has happened or is being done");
    if (found->why.length > REASON_LARGEST || found->words.length > REPORT_WORDS_LARGEST ||
        found->sentence.length > REASON_LARGEST)
        return error_set(error, ERROR_LIMIT, "what you wrote is too long");
    return desk_text(desk, "said", "what was said", REPORT_SAID_LARGEST, &found->said, error);
}

struct lately {
    int64_t since;
    size_t count;
};

static bool count_lately(void *context, const void *row, struct error *error)
{
    struct lately *lately = context;
    const struct occurrence_row *occurrence = row;
    (void)error;
    if (occurrence->at > lately->since) lately->count++;
    return true;
}

/* Whoever tells is never stopped; whoever fills the lists of others is. */
static bool not_too_many(struct desk *desk, const struct found_report *found, struct error *error)
{
    struct lately lately = {.since = desk->now - DAY_MILLISECONDS};
    if (found->tell) return true;
    if (!occurrences_of(desk->db, &desk->order->actor, desk->arena, count_lately, &lately, error))
        return false;
    if (lately.count < REPORTS_A_DAY_LARGEST) return true;
    error_set(error, ERROR_LIMIT, "you recorded %d acts within a day, and no more are taken",
              REPORTS_A_DAY_LARGEST);
    return error_advise(error, "Record the rest tomorrow. You can tell somebody at any time");
}

bool facts_report_act(struct desk *desk, struct error *error)
{
    struct found_report *found = ARENA_NEW(desk->arena, struct found_report);
    struct person_row actor;
    bool known;
    desk->found = found;
    if (!person_get(desk->db, &desk->order->actor, desk->arena, &actor, &known, error))
        return false;
    if (known) desk->scope = actor.org;
    return !known ||
           (read_values(desk, found, error) && not_too_many(desk, found, error) &&
            read_when(desk, found, error) && read_person(desk, "about", &found->subject, error) &&
            read_person(desk, "shown", &found->second, error) && decide_then(desk, found, error));
}

/* ---- tasks ---------------------------------------------------------------------------------------- */

struct opening {
    struct desk *desk;
    const struct found_report *found;
    struct id occurrence;
    struct calendar_here calendar;
    unsigned notes;
    struct people_ids told; /* who got a report by this act */
};

static struct task_plan plan_of(const struct opening *opening, const struct owed_here *owed,
                                struct duty_time time)
{
    return (struct task_plan){.kind = owed->kind,
                              .role = ROLES,
                              .org = &opening->desk->scope,
                              .about = &opening->occurrence,
                              .due = time.due,
                              .goes_on = time.goes_on,
                              .version = &opening->found->version,
                              .clause = owed->clause,
                              .deed = owed->deed,
                              .strength = slice_of(owed->strength)};
}

static bool has_it(const struct people_ids *told, const struct route *route)
{
    size_t have = 0;
    for (size_t i = 0; i < route->count; i++)
        for (size_t k = 0; k < told->list.count; k++)
            if (id_same(&route->people[i], &told->list.at[k])) {
                have++;
                break;
            }
    return route->count > 0 && have == route->count;
}

/* Nobody gets the same report twice. */
static bool tell_role(struct opening *opening, enum role role, bool *ret_told, struct error *error)
{
    struct desk *desk = opening->desk;
    struct route route;
    struct route_plan plan = {.role = role,
                              .org = desk->scope,
                              .subject = opening->found->subject,
                              .second = opening->found->second,
                              .teller = desk->order->actor,
                              .day = desk->today};
    if (!telling_route(desk->record, desk->db, &plan, &route, error)) return false;
    *ret_told = has_it(&opening->told, &route);
    if (*ret_told) return true;
    if (!tell_on(desk, &plan, opening->found->words, &route, error)) return false;
    for (size_t i = 0; i < route.count; i++)
        LIST_PUSH(desk->arena, &opening->told.list, route.people[i]);
    *ret_told = route.count > 0;
    return true;
}

static bool tell_them(struct opening *opening, const struct owed_here *owed, bool *ret_told,
                      struct error *error)
{
    *ret_told = false;
    if (!opening->found->tell || !owed->tells || owed->line.count == 0) return true;
    for (size_t i = 0; i < (owed->each ? owed->line.count : 1); i++)
        if (!tell_role(opening, owed->line.at[i], ret_told, error)) return false;
    return true;
}

struct earlier {
    const struct owed_here *owed;
    bool there;
};

static bool see_earlier(void *context, const void *row, struct error *error)
{
    struct earlier *earlier = context;
    const struct task_row *task = row;
    bool open = slice_is(task->state, "open");
    (void)error;
    if (slice_equal(task->clause, earlier->owed->clause) &&
        slice_equal(task->deed, earlier->owed->deed) &&
        (open || (earlier->owed->once && slice_is(task->state, "done"))))
        earlier->there = true;
    return true;
}

/* What is owed once is not asked for again, nor is what waits for them without a deadline already: how they behave online, say,
 * is one task and not one for each post. */
static bool owed_before(struct opening *opening, const struct owed_here *owed, bool *ret_before,
                        struct error *error)
{
    struct earlier earlier = {owed, false};
    bool standing = !owed->tells && owed->within.unit == SPAN_NONE;
    if ((owed->once || standing) && !tasks_ever(opening->desk->db, &opening->desk->order->actor,
                                                opening->desk->arena, see_earlier, &earlier, error))
        return false;
    *ret_before = earlier.there;
    return true;
}

/* Theirs, and after them the head's: whoever leaves does not take it along. */
static bool open_own(struct opening *opening, const struct owed_here *owed, struct error *error)
{
    struct desk *desk = opening->desk;
    struct duty_time time = duty_time(&opening->calendar.calendar, owed->within,
                                      opening->found->event, desk->now, owed->escalates);
    struct task_plan plan = plan_of(opening, owed, time);
    struct id task;
    bool told, before;
    opening->notes |= time.notes;
    if (!owed_before(opening, owed, &before, error)) return false;
    if (before) return true;
    if (!tell_them(opening, owed, &told, error)) return false;
    if (told) plan.goes_on = 0;
    plan.owner = &desk->order->actor;
    plan.role = ROLE_HEADTEACHER;
    return desk_task(desk, &plan, &task, error) && (!told || desk_task_close(desk, &task, error));
}

/* They could not know before it was recorded: their time runs from then. */
static bool open_office(struct opening *opening, const struct owed_here *owed, struct error *error)
{
    struct desk *desk = opening->desk;
    struct line_plan line = {.count = owed->line.count,
                             .org = desk->scope,
                             .subject = opening->found->subject,
                             .second = opening->found->second,
                             .day = desk->today};
    struct duty_time time =
        duty_time(&opening->calendar.calendar, owed->within, desk->now, desk->now, owed->escalates);
    struct task_plan plan = plan_of(opening, owed, time);
    struct people_ids holders = {0};
    struct route route;
    opening->notes |= time.notes;
    for (size_t i = 0; i < line.count; i++) line.roles[i] = owed->line.at[i];
    if (!duty_route(desk->record, desk->db, &line, &route, error) ||
        !people_holders(desk->db, line.roles[0], &desk->scope, desk->today, desk->arena, &holders,
                        error))
        return false;
    if (holders.list.count == 0 && !vacancy_open(desk, line.roles[0], &desk->scope, error))
        return false;
    plan.role = route.count > 0 ? route.role : line.roles[0];
    if (route.count == 0) return desk_task(desk, &plan, NULL, error);
    for (size_t i = 0; i < route.count; i++) {
        plan.owner = &route.people[i];
        if (!desk_task(desk, &plan, NULL, error)) return false;
    }
    return true;
}

static bool see_terms(void *context, const void *row, struct error *error)
{
    const struct task_row *task = row;
    bool *asked = context;
    (void)error;
    if (slice_is(task->kind, TASK_TERMS) && slice_is(task->state, "open")) *asked = true;
    return true;
}

/* A deadline ran past the calendar: whoever keeps it is asked for the terms. */
static bool ask_for_terms(struct opening *opening, struct error *error)
{
    struct desk *desk = opening->desk;
    bool asked = false;
    struct people_ids office = {0};
    struct task_plan plan = {.kind = TASK_TERMS,
                             .role = ROLE_OFFICE,
                             .org = &desk->scope,
                             .about = &desk->scope,
                             .due = TASK_NO_DEADLINE};
    if ((opening->notes & CALENDAR_NO_TERMS) == 0) return true;
    if (!tasks_about(desk->db, &desk->scope, desk->arena, see_terms, &asked, error) ||
        !people_holders(desk->db, ROLE_OFFICE, &desk->scope, desk->today, desk->arena, &office,
                        error))
        return false;
    if (office.list.count == 0) plan.role = ROLE_HEADTEACHER;
    return asked || desk_task(desk, &plan, NULL, error);
}

/* ---- handler -------------------------------------------------------------------------------------- */

static struct slice hex_of(struct desk *desk, const struct id *id)
{
    char hex[2 * ID_SIZE + 1];
    if (id_is_none(id)) return SLICE_EMPTY;
    id_hex(id, hex);
    return arena_copy(desk->arena, slice_of(hex));
}

static bool emit_reported(struct desk *desk, const struct found_report *found,
                          const struct id *occurrence, struct error *error)
{
    struct event *event = desk_event(desk, "act-reported");
    struct pairs pairs = {0};
    desk_set_id(desk, event, "occurrence", occurrence);
    desk_set_id(desk, event, "org", &desk->scope);
    desk_set_id(desk, event, "version", &found->version);
    desk_set(desk, event, "policy-act", found->act);
    desk_set(desk, event, "policy-verdict", found->verdict);
    desk_set(desk, event, "policy-clauses", found->clauses);
    desk_set(desk, event, "stage", found->stage);
    desk_set_number(desk, event, "happened", found->day);
    pairs_add(&pairs, desk->arena, "said", found->said);
    pairs_add(&pairs, desk->arena, "sentence", found->sentence);
    pairs_add(&pairs, desk->arena, "why", found->why);
    pairs_add(&pairs, desk->arena, "time", order_value(desk->order, "time"));
    pairs_add(&pairs, desk->arena, "about", hex_of(desk, &found->subject));
    pairs_add(&pairs, desk->arena, "shown", hex_of(desk, &found->second));
    return desk_part(desk, event, &desk->order->actor, &pairs, error) &&
           desk_emit(desk, event, error);
}

bool do_report_act(struct desk *desk, struct error *error)
{
    const struct found_report *found = desk->found;
    struct opening opening = {.desk = desk, .found = found, .occurrence = id_make()};
    if (found->tell && found->words.length == 0)
        return error_set(error, ERROR_REQUEST, "what you want to tell is missing");
    if (!emit_reported(desk, found, &opening.occurrence, error) ||
        !calendar_of(desk->db, &desk->scope, desk->arena, &opening.calendar, error))
        return false;
    for (size_t i = 0; i < found->owed.count; i++) {
        const struct owed_here *owed = &found->owed.at[i];
        if (!(owed->own ? open_own(&opening, owed, error) : open_office(&opening, owed, error)))
            return false;
    }
    desk->outcome->made = opening.occurrence;
    desk->outcome->sentence = SLICE("It is recorded, and what follows from it is a task.");
    return ask_for_terms(&opening, error);
}
