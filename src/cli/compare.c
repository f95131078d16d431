/* lanyard compare: one question to several policies, or all acts in a table. What is decided stands in service/compare.c;
 * here it is printed. */
#include "service/compare.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/several.h"
#include "policy/print.h"
#include "service/ask.h"

#define OUTPUT_LARGEST (8u << 20)
#define NAME_WIDTH 16
#define CELL_WIDTH 20
#define PHRASE_WIDTH 44

struct comparing {
    struct several several;
    const struct policy **policies;
    struct compare_question question;
    struct arena *arena;
    bool act, json, colour, world;
};

enum { OPTION_ACT = 1000, OPTION_FACT, OPTION_JSON };
static const struct option options[] = {
    {"act", required_argument, NULL, OPTION_ACT},
    {"fact", required_argument, NULL, OPTION_FACT},
    {"json", no_argument, NULL, OPTION_JSON},
    {NULL, 0, NULL, 0},
};

/* ---- one question ---------------------------------------------------------------------------------- */

/* The colour of a verdict at a terminal; the word and the sign say the same. */
static const char *colour_of(enum verdict verdict)
{
    static const char *const colours[] = {
        [VERDICT_ALLOWED] = "\033[32m",         [VERDICT_NO_CLAUSE] = "\033[90m",
        [VERDICT_ADVISED_AGAINST] = "\033[33m", [VERDICT_ALLOWED_IF] = "\033[36m",
        [VERDICT_NEED_ANSWER] = "\033[35m",     [VERDICT_REFER] = "\033[34m",
        [VERDICT_NOT_ALLOWED] = "\033[31m",     [VERDICT_STOP] = "\033[1;31m"};
    return colours[verdict];
}

static void add_verdict(const struct comparing *comparing, const struct compared_cell *cell,
                        size_t width, struct text *out)
{
    if (comparing->colour) text_add_string(out, colour_of(cell->verdict));
    size_t start = out->length;
    text_format(out, "%s %s", compare_shape(cell->verdict, cell->noted),
                cell->noted ? "noted" : verdict_word(cell->verdict));
    if (cell->strength == STRENGTH_SHOULD || cell->strength == STRENGTH_REQUIRED)
        text_format(out, " %s", strength_word(cell->strength));
    size_t shown = utf8_length(slice_part(text_slice(out), start, out->length));
    if (comparing->colour) text_add_string(out, "\033[0m");
    for (; shown < width; shown++) text_add_char(out, ' ');
}

static void add_needs(const struct decision *decision, struct text *out)
{
    for (size_t i = 0; i < decision->needs.count; i++) {
        text_format(out, "%*s needs: ", NAME_WIDTH, "");
        print_need_sentence(&decision->policy->words, decision->needs.at[i].need, out);
        text_format(out, " (%.*s)\n", SLICE_PRINT(decision->needs.at[i].clause->id));
    }
}

static void add_duties(const struct compared *compared, struct arena *arena, struct text *out)
{
    const struct decision *decision = &compared->decision;
    for (size_t i = 0; i < decision->duties.count; i++) {
        const struct owed *owed = &decision->duties.at[i];
        struct slice sentence = ask_duty_sentence(decision, owed, compared->request, arena);
        text_format(out, "%*s to do: %.*s (%s%s", NAME_WIDTH, "", SLICE_PRINT(sentence),
                    stage_word(owed->stage), owed->conditional ? "; conditional" : "");
        for (size_t k = 0; k < owed->clauses.count; k++)
            text_format(out, "%s %.*s", k == 0 ? ";" : ",", SLICE_PRINT(owed->clauses.at[k]->id));
        text_add_string(out, ")\n");
    }
}

static void add_roles(const struct words *words, const struct roles *roles, struct text *out)
{
    for (size_t i = 0; i < roles->list.count; i++)
        text_format(out, "%s%.*s", i == 0 ? "" : " or ",
                    SLICE_PRINT(words->people.at[roles->list.at[i]].word.phrase));
}

/* Whom to turn to: of a referral, of silence, or what is asked next. */
static void add_next(const struct decision *decision, struct text *out)
{
    const struct words *words = &decision->policy->words;
    if (decision->verdict == VERDICT_REFER) {
        text_format(out, "%*s for ", NAME_WIDTH, "");
        add_roles(words, &decision->refer, out);
        text_add_string(out, " to decide\n");
    }
    if (decision->advice != NULL) {
        text_format(out, "%*s %s ", NAME_WIDTH, "",
                    decision->advice->kind == LINE_SILENCE_ASK ? "ask" : "tell");
        add_roles(words, &decision->advice->roles, out);
        text_add_char(out, '\n');
    }
    if (decision->question.kind != QUESTION_NONE)
        text_format(out, "%*s asks: %.*s\n", NAME_WIDTH, "", SLICE_PRINT(decision->question.text));
}

static void add_answer(const struct comparing *comparing, size_t index,
                       const struct compared *compared, struct text *out)
{
    const struct decision *decision = &compared->decision;
    struct compared_cell cell = {
        .noted = decision->noted, .verdict = decision->verdict, .strength = decision->strength};
    struct slice name = several_name(&comparing->several.at[index]);
    text_format(out, "%-*.*s ", NAME_WIDTH, SLICE_PRINT(name));
    add_verdict(comparing, &cell, 0, out);
    text_add_char(out, '\n');
    add_next(decision, out);
    add_needs(decision, out);
    add_duties(compared, comparing->arena, out);
    text_format(out, "%*s clauses: ", NAME_WIDTH, "");
    size_t before = out->length;
    compare_clauses(decision, out);
    text_add_string(out, out->length == before ? "none\n" : "\n");
    for (size_t i = 0; i < compared->unknown.count; i++)
        text_format(out, "%*s does not know '%.*s'\n", NAME_WIDTH, "",
                    SLICE_PRINT(compared->unknown.at[i]));
}

static void json_question(const struct comparing *comparing, struct json_writer *writer)
{
    json_key(writer, SLICE("question"));
    json_open_object(writer);
    for (size_t i = 0; i < comparing->question.answers.count; i++) {
        const struct compare_answer *answer = &comparing->question.answers.at[i];
        json_key(writer, answer->key);
        json_string(writer, answer->value);
    }
    json_close_object(writer);
}

static void json_answers(const struct comparing *comparing, const struct comparison *comparison,
                         struct text *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, true);
    json_open_object(&writer);
    json_question(comparing, &writer);
    json_key(&writer, SLICE("different"));
    json_number(&writer, (int64_t)comparison->kinds);
    json_key(&writer, SLICE("answers"));
    json_open_array(&writer);
    for (size_t i = 0; i < comparison->list.count; i++)
        decision_to_json(&comparison->list.at[i].decision, &writer);
    json_close_array(&writer);
    json_close_object(&writer);
    text_add_char(out, '\n');
}

static bool answer_question(const struct comparing *comparing, struct text *out,
                            struct error *error)
{
    struct comparison comparison;
    size_t count = comparing->several.count;
    if (!compare_ask(comparing->policies, count, &comparing->question, comparing->arena,
                     &comparison, error))
        return false;
    if (comparing->json) {
        json_answers(comparing, &comparison, out);
        return true;
    }
    for (size_t i = 0; i < count; i++) add_answer(comparing, i, &comparison.list.at[i], out);
    text_format(out, "%zu polic%s, %zu different answer%s\n", count, count == 1 ? "y" : "ies",
                comparison.kinds, comparison.kinds == 1 ? "" : "s");
    return true;
}

/* ---- every act ------------------------------------------------------------------------------------- */

static void json_acts(const struct comparing *comparing, const struct compared_acts *acts,
                      struct text *out)
{
    struct json_writer writer;
    json_writer_init(&writer, out, true);
    json_open_object(&writer);
    json_question(comparing, &writer);
    json_key(&writer, SLICE("acts"));
    json_open_array(&writer);
    for (size_t a = 0; a < acts->list.count; a++) {
        const struct compared_act *act = &acts->list.at[a];
        json_open_object(&writer);
        json_key(&writer, SLICE("act"));
        json_string(&writer, act->id);
        json_key(&writer, SLICE("differs"));
        json_bool(&writer, act->differs);
        json_key(&writer, SLICE("verdicts"));
        json_open_object(&writer);
        for (size_t i = 0; i < comparing->several.count; i++) {
            json_key(&writer, several_name(&comparing->several.at[i]));
            json_string(&writer, slice_of(act->cells[i].known ? verdict_word(act->cells[i].verdict)
                                                              : "unknown"));
        }
        json_close_object(&writer);
        json_close_object(&writer);
    }
    json_close_array(&writer);
    json_close_object(&writer);
    text_add_char(out, '\n');
}

/* Without the blanks that the last column ends in. */
static void end_line(struct text *out)
{
    while (out->length > 0 && out->at[out->length - 1] == ' ') text_cut(out, out->length - 1);
    text_add_char(out, '\n');
}

static void add_act(const struct comparing *comparing, const struct compared_act *act,
                    struct text *out)
{
    size_t shown = utf8_length(act->phrase);
    text_format(out, "%c %.*s", act->differs ? '*' : ' ', SLICE_PRINT(act->phrase));
    for (; shown < PHRASE_WIDTH; shown++) text_add_char(out, ' ');
    for (size_t i = 0; i < comparing->several.count; i++) {
        text_add_char(out, ' ');
        if (act->cells[i].known)
            add_verdict(comparing, &act->cells[i], CELL_WIDTH, out);
        else
            text_format(out, "%-*s", CELL_WIDTH, "-");
    }
    end_line(out);
}

static void add_acts(const struct comparing *comparing, const struct compared_acts *acts,
                     struct text *out)
{
    size_t differ = 0;
    for (size_t i = 0; i < comparing->question.answers.count; i++) {
        const struct compare_answer *answer = &comparing->question.answers.at[i];
        text_format(out, "%s%.*s: %.*s", i == 0 ? "Asked with " : "; ", SLICE_PRINT(answer->key),
                    SLICE_PRINT(answer->value));
    }
    text_format(out, "; what is not said is %s\n\n  %-*s",
                comparing->question.closed ? "no" : "open", PHRASE_WIDTH, "act");
    for (size_t i = 0; i < comparing->several.count; i++) {
        struct slice name = several_name(&comparing->several.at[i]);
        text_format(out, " %-*.*s", CELL_WIDTH, SLICE_PRINT(name));
    }
    end_line(out);
    for (size_t i = 0; i < acts->list.count; i++) {
        add_act(comparing, &acts->list.at[i], out);
        differ += acts->list.at[i].differs;
    }
    text_format(out, "%zu acts, %zu answered differently (*)\n", acts->list.count, differ);
}

static void default_answer(struct comparing *comparing, struct slice key, struct slice value)
{
    for (size_t i = 0; i < comparing->question.answers.count; i++) {
        if (slice_equal(comparing->question.answers.at[i].key, key)) return;
    }
    LIST_PUSH(comparing->arena, &comparing->question.answers, (struct compare_answer){key, value});
}

static bool answer_acts(struct comparing *comparing, struct text *out, struct error *error)
{
    struct compared_acts acts;
    if (comparing->question.answers.count == 0) {
        default_answer(comparing, SLICE("actor"), SLICE("a teacher"));
        default_answer(comparing, SLICE("other"), SLICE("a pupil of ours"));
    }
    default_answer(comparing, SLICE("actor"), SLICE("a teacher"));
    comparing->question.closed = !comparing->world;
    if (!compare_acts(comparing->policies, comparing->several.count, &comparing->question,
                      comparing->arena, &acts, error))
        return false;
    if (comparing->json)
        json_acts(comparing, &acts, out);
    else
        add_acts(comparing, &acts, out);
    return true;
}

/* ---- the command ----------------------------------------------------------------------------------- */

static bool take_fact(struct comparing *comparing, const char *text)
{
    struct slice all = slice_of(text);
    size_t equals = slice_find(all, '=');
    if (equals == all.length) {
        (void)cli_wrong("compare", "'%s' has no '='; write --fact 'actor=a teacher'", text);
        return false;
    }
    struct compare_answer answer = {slice_trim(slice_part(all, 0, equals)),
                                    slice_trim(slice_part(all, equals + 1, all.length))};
    comparing->act = comparing->act || slice_is(answer.key, "act");
    comparing->world = comparing->world || slice_is(answer.key, "world");
    LIST_PUSH(comparing->arena, &comparing->question.answers, answer);
    return true;
}

static bool read_options(struct comparing *comparing, int argc, char **argv)
{
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        switch (option) {
        case OPTION_ACT:
            comparing->act = true;
            LIST_PUSH(comparing->arena, &comparing->question.answers,
                      (struct compare_answer){SLICE("act"), slice_of(optarg)});
            break;
        case OPTION_FACT:
            if (!take_fact(comparing, optarg)) return false;
            break;
        case OPTION_JSON: comparing->json = true; break;
        default:
            (void)cli_wrong("compare", "I do not understand '%s'", argv[optind - 1]);
            return false;
        }
    }
    if (optind == argc) (void)cli_wrong("compare", "name the folders of some policies");
    return optind < argc;
}

static int compare_opened(struct comparing *comparing)
{
    struct error error = {0};
    AUTO_TEXT struct text out;
    text_init(&out, OUTPUT_LARGEST);
    comparing->policies =
        ARENA_ARRAY(comparing->arena, const struct policy *, comparing->several.count);
    for (size_t i = 0; i < comparing->several.count; i++)
        comparing->policies[i] = comparing->several.at[i].folder.policy;
    comparing->colour =
        !comparing->json && isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == NULL;
    bool answered = comparing->act ? answer_question(comparing, &out, &error)
                                   : answer_acts(comparing, &out, &error);
    if (!answered) {
        error.code = ERROR_USAGE;
        return cli_fail("compare", &error);
    }
    cli_print(stdout, text_slice(&out));
    return EXIT_DONE;
}

int command_compare(int argc, char **argv)
{
    int result = EXIT_USAGE;
    AUTO(arena) struct arena *arena = arena_new();
    struct comparing comparing = {.arena = arena};
    if (!read_options(&comparing, argc, argv)) return result;
    result = EXIT_DONE;
    if (several_open("compare", (const char *const *)argv + optind, (size_t)(argc - optind),
                     &comparing.several, &result))
        result = compare_opened(&comparing);
    several_close(&comparing.several);
    return result;
}
