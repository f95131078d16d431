/* Findings as answers to facts; see screened.h. Each finding is held against the rows of screened.def; what has to stand beside it is
 * looked for among the few findings next to it, so that a text of any kind takes time by its length alone. */
#include "service/screened.h"

#include <stdlib.h>
#include <string.h>

/* ---- the rows ------------------------------------------------------------------------------------- */

enum beside { BESIDE_ALONE, BESIDE_PERSON, BESIDE_PEOPLE, BESIDE_STAFF, BESIDE_US, BESIDE_LISTED };
enum row_way { ROW_YES, ROW_SEEN, ROW_ASK, ROW_NAMED, ROW_NONE };
struct row {
    enum row_way way;
    enum finding_kind kind;
    enum beside beside;
    enum name_kind whom;
    const char *fact;
};
static const struct row rows[] = {
#define YES(KIND, BESIDE, fact) {ROW_YES, FINDING_##KIND, BESIDE_##BESIDE, NAME_OTHER, fact},
#define SEEN(KIND, BESIDE, fact) {ROW_SEEN, FINDING_##KIND, BESIDE_##BESIDE, NAME_OTHER, fact},
#define ASK(KIND, BESIDE, fact) {ROW_ASK, FINDING_##KIND, BESIDE_##BESIDE, NAME_OTHER, fact},
#define NAMED(WHOM, fact) {ROW_NAMED, FINDING_NAME, BESIDE_ALONE, NAME_##WHOM, fact},
#define NONE(fact) {ROW_NONE, FINDING_KINDS, BESIDE_ALONE, NAME_OTHER, fact},
#include "service/screened.def"
#undef YES
#undef SEEN
#undef ASK
#undef NAMED
#undef NONE
};
#define ROWS (sizeof rows / sizeof *rows)

struct screener {
    const struct policy *policy;
    const struct screen_plan *plan;
    struct screen_work *work;
    struct detect_work detect; /* for what the allow list lets through */
    struct findings let;
    bool (*hidden)(const void *context, struct slice id); /* NULL: nobody is */
    const void *hidden_context;
    int facts[ROWS];                             /* -1: the policy has no such word */
    uint16_t first[FINDING_KINDS + 1], of[ROWS]; /* the rows of each kind */
};

static void sort_rows(struct screener *screener)
{
    uint16_t at = 0;
    for (size_t kind = 0; kind < FINDING_KINDS; kind++) {
        screener->first[kind] = at;
        for (size_t i = 0; i < ROWS; i++)
            if (rows[i].kind == (enum finding_kind)kind && rows[i].way != ROW_NONE)
                screener->of[at++] = (uint16_t)i;
    }
    screener->first[FINDING_KINDS] = at;
}

struct screener *screener_new(const struct policy *policy, const struct screen_plan *plan)
{
    struct screener *screener = memory_grow(NULL, sizeof *screener);
    *screener = (struct screener){.policy = policy, .plan = plan, .work = screen_work_new()};
    for (size_t i = 0; i < ROWS; i++)
        screener->facts[i] = words_find_id(&policy->words, WORD_FACT, slice_of(rows[i].fact));
    sort_rows(screener);
    return screener;
}

void screener_free(struct screener *screener)
{
    if (screener == NULL) return;
    screen_work_free(screener->work);
    detect_work_clear(&screener->detect);
    findings_clear(&screener->let);
    free(screener);
}

void screener_hide(struct screener *screener, bool (*hidden)(const void *context, struct slice id),
                   const void *context)
{
    screener->hidden = hidden;
    screener->hidden_context = context;
}

/* ---- the wording ---------------------------------------------------------------------------------- */

/* A name of the organisation that can stand in a line of wording: letters, digits and what joins them, in at most eight words. */
static bool is_wording(struct slice name)
{
    size_t words = 1;
    for (size_t i = 0; i < name.length; i++) {
        char c = name.at[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && (c == '\0' || strchr(" '&-", c) == NULL)) return false;
        words += c == ' ' || c == '-';
    }
    return name.length > 2 && words <= LEXICON_WORDS;
}

struct lexicon *screened_lexicon(const struct policy *policy, struct slice own, struct error *error)
{
    AUTO_TEXT struct text lines;
    text_init(&lines, (size_t)LEXICON_LINES_LARGEST * (LEXICON_LINE_LARGEST + 1));
    text_add(&lines, own);
    text_add_char(&lines, '\n');
    for (size_t i = 0; i < policy->document.organisation.count; i++) {
        struct slice name = slice_trim(policy->document.organisation.at[i]);
        if (!is_wording(name)) continue;
        text_format(&lines, "about-school hold %.*s\n", SLICE_PRINT(name));
    }
    if (lines.overflowed) {
        (void)error_set(error, ERROR_LIMIT, "The wording is too long.");
        (void)error_advise(error, "Leave out what the built-in list has already.");
        return NULL;
    }
    return lexicon_new(&(struct lexicon_plan){.own = text_slice(&lines), .topics = true}, error);
}

/* ---- what stands beside --------------------------------------------------------------------------- */

struct matching {
    struct screener *screener;
    struct arena *arena;
    struct screened *screened;
    uint32_t *sentences; /* of each finding: the number of the sentence it begins in */
    int *places;         /* of each fact: its place in the list, or -1 */
    bool tags;           /* the allow list names hashtags */
};

/* Whether a sentence ends at the stop: not behind a short word with a capital, as in "Mr. Byron". */
static bool stop_ends(struct slice text, size_t at)
{
    size_t from = at;
    char next = at + 1 < text.length ? text.at[at + 1] : ' ';
    if (next != ' ' && next != '\n' && next != '\r' && next != '"' && next != ')') return false;
    while (from > 0 && at - from < 4 && text.at[from - 1] > ' ') from--;
    return at - from > 3 || at == from || text.at[from] < 'A' || text.at[from] > 'Z';
}

static bool ends_sentence(struct slice text, size_t at)
{
    char c = text.at[at];
    return c == '\n' || c == '!' || c == '?' || (c == '.' && stop_ends(text, at));
}

static void number_sentences(struct matching *matching)
{
    const struct screened *screened = matching->screened;
    uint32_t sentence = 0;
    size_t at = 0;
    for (size_t i = 0; i < screened->finding_count; i++) {
        for (; at < screened->findings[i].start; at++)
            sentence += ends_sentence(screened->text, at);
        matching->sentences[i] = sentence;
    }
}

enum name_kind screened_whom(const struct screened *screened, const struct finding *finding)
{
    enum name_kind kind = NAME_OTHER;
    for (size_t i = 0; i < finding->who_count && screened->plan->names != NULL; i++) {
        enum name_kind one = names_person(screened->plan->names, finding->who[i]).kind;
        if (one < kind) kind = one; /* pupils first: of namesakes the child is taken */
    }
    return kind;
}

/* A name that is only looked at may be anybody's. */
static bool is_named(const struct finding *finding)
{
    return finding->kind == FINDING_NAME && finding->level == LEVEL_HOLD;
}

static bool is_staff(const struct screened *screened, const struct finding *finding)
{
    if (finding->kind == FINDING_ABOUT_COLLEAGUE) return true;
    return is_named(finding) && screened_whom(screened, finding) == NAME_STAFF;
}

static bool is_beside(const struct screened *screened, const struct finding *finding,
                      enum beside beside)
{
    switch (beside) {
    case BESIDE_PERSON:
        if (finding->kind == FINDING_SOMEBODY || finding->kind == FINDING_NAME) return true;
        break;
    case BESIDE_PEOPLE: break;
    case BESIDE_STAFF: return is_staff(screened, finding);
    case BESIDE_US: return finding->kind == FINDING_ABOUT_SCHOOL || is_staff(screened, finding);
    default: return false;
    }
    return is_named(finding) || finding->kind == FINDING_ABOUT_PUPIL ||
           finding->kind == FINDING_ABOUT_COLLEAGUE || finding->kind == FINDING_ABOUT_PARENT;
}

#define LOOKED_AT 24   /* findings on either side */
#define GAP_LARGEST 80 /* bytes */
#define GAP_SMALL 4    /* to what is only looked at: "the head's" */

static bool is_near(const struct matching *matching, size_t one, size_t other)
{
    const struct finding *a = &matching->screened->findings[one];
    const struct finding *b = &matching->screened->findings[other];
    size_t gap = b->start > a->end ? b->start - a->end : a->start > b->end ? a->start - b->end : 0;
    if (matching->sentences[one] != matching->sentences[other]) return false;
    return gap <= (b->level == LEVEL_HOLD ? GAP_LARGEST : GAP_SMALL);
}

static bool stands_beside(const struct matching *matching, size_t at, enum beside beside)
{
    const struct screened *screened = matching->screened;
    size_t from = at > LOOKED_AT ? at - LOOKED_AT : 0;
    if (beside == BESIDE_ALONE) return true;
    if (beside == BESIDE_LISTED) return matching->tags;
    for (size_t i = from; i < screened->finding_count && i <= at + LOOKED_AT; i++) {
        if (i != at && is_beside(screened, &screened->findings[i], beside) &&
            is_near(matching, at, i))
            return true;
    }
    return false;
}

/* ---- facts ---------------------------------------------------------------------------------------- */

static void add_place(struct screened_fact *fact, size_t place)
{
    if (fact->count > 0 && fact->places[fact->count - 1] == place) return;
    if (fact->count < SCREENED_SHOWN)
        fact->places[fact->count++] = (uint32_t)place;
    else
        fact->more++;
}

static void say(struct matching *matching, int fact, enum screened_answer answer, size_t place)
{
    struct screened *screened = matching->screened;
    if (fact < 0) return;
    if (matching->places[fact] < 0) {
        matching->places[fact] = (int)screened->facts.count;
        *LIST_ADD(matching->arena, &screened->facts) =
            (struct screened_fact){.fact = fact, .answer = answer};
    }
    struct screened_fact *said = &screened->facts.at[matching->places[fact]];
    if (answer > said->answer) *said = (struct screened_fact){.fact = fact, .answer = answer};
    if (answer == said->answer && place != SCREENED_NOWHERE) add_place(said, place);
}

static void take_row(struct matching *matching, size_t at, const struct row *row, int fact)
{
    const struct finding *finding = &matching->screened->findings[at];
    bool yes = row->way == ROW_SEEN || (row->way != ROW_ASK && finding->level == LEVEL_HOLD);
    if (row->way == ROW_NAMED && screened_whom(matching->screened, finding) != row->whom) return;
    if (fact < 0 || !stands_beside(matching, at, row->beside)) return;
    say(matching, fact, yes ? SCREENED_YES : SCREENED_ASK, at);
}

static void take_finding(struct matching *matching, size_t at)
{
    const struct screener *screener = matching->screener;
    enum finding_kind kind = matching->screened->findings[at].kind;
    for (size_t i = screener->first[kind]; i < screener->first[kind + 1]; i++)
        take_row(matching, at, &rows[screener->of[i]], screener->facts[screener->of[i]]);
}

static void take_none(struct matching *matching)
{
    for (size_t i = 0; i < ROWS; i++) {
        int fact = matching->screener->facts[i];
        if (rows[i].way == ROW_NONE && fact >= 0 && matching->places[fact] < 0)
            say(matching, fact, SCREENED_NO, SCREENED_NOWHERE);
    }
}

/* ---- what the allow list lets through -------------------------------------------------------------- */

static bool is_link(enum finding_kind kind)
{
    return kind == FINDING_URL || kind == FINDING_HOST || kind == FINDING_WHATSAPP;
}

/* Links that are all on the list are links all the same: given, and looked at by whoever made the list. */
static void take_let(struct matching *matching)
{
    struct screener *screener = matching->screener;
    const struct words *words = &screener->policy->words;
    int given = words_find_id(words, WORD_FACT, SLICE("has-link"));
    int verified = words_find_id(words, WORD_FACT, SLICE("link-verified"));
    bool links = false;
    if (screener->plan->allow == NULL || given < 0 || matching->places[given] >= 0) return;
    screener->let.count = 0;
    detect_all(&screener->detect, matching->screened->text, NULL, &screener->let);
    for (size_t i = 0; i < screener->let.count; i++)
        links = links || is_link(screener->let.at[i].kind);
    if (!links) return;
    say(matching, given, SCREENED_YES, SCREENED_NOWHERE);
    if (verified >= 0 && matching->places[verified] < 0)
        say(matching, verified, SCREENED_YES, SCREENED_NOWHERE);
}

/* ---- people --------------------------------------------------------------------------------------- */

static bool is_full(enum name_form form)
{
    return form == FORM_FULL || form == FORM_KNOWN_AS || form == FORM_LAST_FIRST ||
           form == FORM_HANDLE;
}

/* A pupil who alone bears the name, given in full or with an initial. */
static void take_person(struct matching *matching, size_t at)
{
    struct screened *screened = matching->screened;
    const struct finding *finding = &screened->findings[at];
    bool full = is_full(finding->form);
    if (finding->kind != FINDING_NAME || finding->who_count != 1 || finding->more) return;
    if (screened_whom(screened, finding) != NAME_PUPIL) return;
    if (!full && finding->form != FORM_FIRST_INITIAL) return;
    for (size_t i = 0; i < screened->pupils.count; i++) {
        struct screened_person *person = &screened->pupils.at[i];
        if (person->who != finding->who[0]) continue;
        if (full && !person->full)
            *person = (struct screened_person){person->who, (uint32_t)at, true};
        return;
    }
    if (screened->pupils.count == SCREENED_PEOPLE) return;
    LIST_PUSH(matching->arena, &screened->pupils,
              (struct screened_person){finding->who[0], (uint32_t)at, full});
}

static bool is_detail(const struct finding *finding)
{
    return finding->level == LEVEL_HOLD &&
           (finding->kind == FINDING_PHONE_MOBILE || finding->kind == FINDING_EMAIL_PERSONAL ||
            finding->kind == FINDING_EMAIL_DISGUISED || finding->kind == FINDING_WHATSAPP);
}

/* ---- a text --------------------------------------------------------------------------------------- */

static bool find(struct screener *screener, struct slice text, const struct findings **ret_findings,
                 struct error *error)
{
    enum screen_result result = screen(screener->plan, screener->work, text, ret_findings);
    if (result == SCREEN_NOT_UTF8) {
        (void)error_set(error, ERROR_ENCODING, "The text is not UTF-8.");
        return error_advise(error, "Save it as UTF-8 and try again.");
    }
    if (result == SCREEN_TOO_LONG) {
        (void)error_set(error, ERROR_LIMIT, "The text has more than %zu bytes.",
                        SCREEN_TEXT_LARGEST);
        return error_advise(error, "Ask about one post at a time.");
    }
    return true;
}

/* Leaves the hidden people out of a name; false where nobody is left. Those behind `more` are not known, and stay. */
static bool leave_hidden(const struct screener *screener, struct finding *finding)
{
    uint16_t kept = 0;
    if (screener->hidden == NULL || finding->kind != FINDING_NAME) return true;
    for (uint16_t i = 0; i < finding->who_count; i++) {
        struct slice id = names_id(screener->plan->names, finding->who[i]);
        if (!screener->hidden(screener->hidden_context, id)) finding->who[kept++] = finding->who[i];
    }
    finding->who_count = kept;
    return kept > 0 || finding->more;
}

static void copy_findings(struct matching *matching, const struct findings *findings)
{
    struct screened *screened = matching->screened;
    struct finding *copy = ARENA_ARRAY(matching->arena, struct finding, findings->count + 1);
    for (size_t i = 0; i < findings->count; i++) {
        copy[screened->finding_count] = findings->at[i];
        if (leave_hidden(matching->screener, &copy[screened->finding_count]))
            screened->finding_count++;
    }
    screened->findings = copy;
}

static void read_begin(struct matching *matching, const struct findings *findings)
{
    struct screened *screened = matching->screened;
    size_t facts = matching->screener->policy->words.facts.count;
    copy_findings(matching, findings);
    screened->part = findings->full;
    matching->sentences = ARENA_ARRAY(matching->arena, uint32_t, screened->finding_count + 1);
    matching->places = ARENA_ARRAY(matching->arena, int, facts + 1);
    for (size_t i = 0; i < facts; i++) matching->places[i] = -1;
    number_sentences(matching);
}

bool screened_read(struct screener *screener, struct slice text, struct arena *arena,
                   struct screened *ret_screened, struct error *error)
{
    const struct findings *findings;
    struct matching matching = {.screener = screener, .arena = arena, .screened = ret_screened};
    if (!find(screener, text, &findings, error)) return false;
    *ret_screened = (struct screened){.text = text,
                                      .plan = screener->plan,
                                      .names = screener->plan->names != NULL,
                                      .details = SCREENED_NOWHERE};
    matching.tags = allow_has_hashtags(screener->plan->allow);
    read_begin(&matching, findings);
    for (size_t i = 0; i < ret_screened->finding_count; i++) {
        take_finding(&matching, i);
        take_person(&matching, i);
        if (ret_screened->details == SCREENED_NOWHERE && is_detail(&ret_screened->findings[i]))
            ret_screened->details = (uint32_t)i;
    }
    take_let(&matching);
    if (!ret_screened->part) take_none(&matching);
    return true;
}

void screened_at(struct slice text, size_t byte, size_t *ret_line, size_t *ret_column)
{
    *ret_line = *ret_column = 1;
    for (size_t i = 0; i < byte && i < text.length; i++) {
        if (text.at[i] == '\n') {
            *ret_line += 1;
            *ret_column = 1;
        } else if (((unsigned char)text.at[i] & 0xC0) != 0x80) {
            *ret_column += 1;
        }
    }
}

/* ---- acts ----------------------------------------------------------------------------------------- */

static bool answers(const struct words *words, int fact)
{
    struct slice id = words->facts.at[fact].word.id;
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].way != ROW_ASK && slice_is(id, rows[i].fact)) return true;
    return false;
}

bool screened_offered(const struct policy *policy, int act, struct arena *arena)
{
    struct request *request = ARENA_NEW(arena, struct request);
    struct in_play play = {.list = {.count = 0}};
    if (policy->words.acts.at[act].actor > ACTOR_ANYONE)
        return false; /* an organisation's own deed */
    request_init(policy, false, arena, request);
    LIST_PUSH(arena, &request->acts, act);
    request->act_given = true;
    question_in_play(request, act, arena, &play);
    for (size_t i = 0; i < play.list.count; i++) {
        const struct question *question = &play.list.at[i];
        if (question->kind == QUESTION_FACT && question->shown < 0 &&
            answers(&policy->words, question->fact))
            return true;
    }
    return false;
}
