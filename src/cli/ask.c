/* lanyard ask: a question from arguments, from JSON or answered step by step at a terminal. */
#include "service/ask.h"

#include "cli/answer.h"
#include "cli/ask_text.h"
#include "cli/cli.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define INPUT_LARGEST (1u << 20)
#define LINE_LARGEST 4096
#define OUTPUT_LARGEST (4u << 20)
#define TEXT_OUTPUT_LARGEST (1u << 30)

struct asked {
    struct folder folder;
    struct arena *arena;
    struct ask ask;
    struct ask_text text;   /* its path NULL: the question is about no text */
    struct request request; /* of the last decision, with what the text says */
    bool json, acts, any;
};

static bool add_fact(struct asked *asked, const char *text, struct error *error)
{
    struct slice all = slice_of(text);
    size_t equals = slice_find(all, '=');
    if (equals == all.length) {
        (void)error_set(error, ERROR_USAGE, "'%s' has no '='", text);
        return error_advise(error, "write --fact 'KEY=VALUE', such as --fact 'actor=a teacher'");
    }
    struct slice key = slice_trim(slice_part(all, 0, equals));
    bool adds = slice_is(key, "also") || slice_is(key, "shown");
    if (!adds && ask_value(&asked->ask, key).length > 0) {
        /* a conversation replaces an answer; on one line neither of two was meant to be lost */
        (void)error_set(error, ERROR_USAGE, "'%.*s' is said twice", SLICE_PRINT(key));
        return error_advise(error, "say it once; entries of a record stand in one value with ';' "
                                   "between them");
    }
    return ask_answer(&asked->ask, key, slice_trim(slice_part(all, equals + 1, all.length)), error);
}

/* Everything that stands on standard input, up to the limit. */
static bool read_input(struct arena *arena, struct slice *ret_text, struct error *error)
{
    struct text text AUTO_TEXT;
    char piece[LINE_LARGEST];
    text_init(&text, INPUT_LARGEST);
    for (size_t got = 0; (got = fread(piece, 1, sizeof piece, stdin)) > 0;) {
        text_add(&text, (struct slice){piece, got});
    }
    *ret_text = arena_copy(arena, text_slice(&text));
    return !text.overflowed ||
           error_set(error, ERROR_LIMIT, "the request has more than %u bytes", INPUT_LARGEST);
}

static void print_json(const struct asked *asked, const struct decision *decision)
{
    struct text text AUTO_TEXT;
    struct json_writer writer;
    text_init(&text, OUTPUT_LARGEST);
    json_writer_init(&writer, &text, true);
    json_open_object(&writer);
    decision_members_to_json(decision, &writer);
    if (asked->text.path != NULL) {
        json_key(&writer, SLICE("text"));
        ask_text_json(&asked->text, &asked->request, &writer);
    }
    json_close_object(&writer);
    text_add_char(&text, '\n');
    cli_print(stdout, text_slice(&text));
}

static void print_answer(const struct asked *asked, const struct decision *decision)
{
    struct text text AUTO_TEXT;
    bool colour = isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR") == NULL;
    bool about = asked->text.path != NULL;
    text_init(&text, about ? TEXT_OUTPUT_LARGEST : OUTPUT_LARGEST);
    answer_print(decision, &asked->request, asked->arena, &text);
    if (about && decision->verdict == VERDICT_NEED_ANSWER)
        ask_text_hint(&asked->text, &decision->question, &text);
    if (about) ask_text_print(&asked->text, &asked->request, colour, asked->arena, &text);
    cli_print(stdout, text_slice(&text));
}

static int print_decision(const struct asked *asked, const struct decision *decision)
{
    if (asked->json)
        print_json(asked, decision);
    else
        print_answer(asked, decision);
    return answer_exit(decision->verdict);
}

/* What is asked so far, decided; the request it was decided on is kept. */
static bool decide_asked(struct asked *asked, struct decision *ret_decision, struct error *error)
{
    if (asked->text.path != NULL)
        return ask_text_decide(&asked->text, &asked->ask, asked->arena, &asked->request,
                               ret_decision, error);
    return ask_request(&asked->ask, asked->arena, &asked->request, error) &&
           ask_decide(&asked->ask, asked->arena, ret_decision, error);
}

static int ask_json(struct asked *asked)
{
    struct error error = {0};
    struct slice input;
    struct json *json;
    struct request *request = &asked->request;
    struct decision decision;
    request_init(asked->folder.policy, asked->ask.closed, asked->arena, request);
    if (!read_input(asked->arena, &input, &error) ||
        !json_read(input, asked->arena, &json, &error) ||
        !request_from_json(json, request, &error) || !request_check(request, &error)) {
        error.code = ERROR_USAGE; /* a request is no document: what is wrong with it is wrong use */
        if (error.line > 0 && error.file[0] == '\0') {
            (void)error_at(&error, SLICE("standard input"), error.line, error.column);
        }
        return cli_fail("ask", &error);
    }
    if (asked->text.path == NULL)
        decide(request, asked->arena, &decision);
    else if (!ask_text_decide_request(&asked->text, request, asked->arena, &decision, &error))
        return cli_fail("ask", &error);
    return print_decision(asked, &decision);
}

static void list_acts(const struct asked *asked)
{
    const struct words *words = &asked->folder.policy->words;
    struct acts_offered acts;
    ask_acts(asked->folder.policy, asked->arena, &acts);
    printf("Acts this policy speaks about\n");
    for (size_t i = 0; i < acts.spoken.count; i++) {
        const struct act *act = &words->acts.at[acts.spoken.at[i]];
        printf("  %-28.*s %.*s%s\n", SLICE_PRINT(act->word.id), SLICE_PRINT(act->word.phrase),
               act->kind == ACT_EVENT ? " (has happened)" : "");
    }
    printf("Others of the vocabulary\n");
    for (size_t i = 0; i < acts.others.count; i++) {
        const struct act *act = &words->acts.at[acts.others.at[i]];
        printf("  %-28.*s %.*s\n", SLICE_PRINT(act->word.id), SLICE_PRINT(act->word.phrase));
    }
}

/* One line from the person, without its end; false at the end of input. */
static bool read_line(char *line, size_t size, struct slice *ret_line)
{
    if (fgets(line, (int)size, stdin) == NULL) {
        return false;
    }
    *ret_line = slice_trim(slice_of(line));
    return true;
}

static void put_hint(const struct asked *asked, const struct question *question)
{
    struct text hint AUTO_TEXT;
    text_init(&hint, OUTPUT_LARGEST);
    if (asked->text.path != NULL) ask_text_hint(&asked->text, question, &hint);
    cli_print(stdout, text_slice(&hint));
}

static void put_question(const struct asked *asked, const struct question *question)
{
    printf("\n%.*s\n", SLICE_PRINT(question->text));
    put_hint(asked, question);
    for (size_t i = 0; i < question->answers.count; i++) {
        printf("  %zu  %.*s\n", i + 1, SLICE_PRINT(question->answers.at[i]));
    }
    if (question->kind == QUESTION_FACT || question->kind == QUESTION_RECORD) {
        printf("  ?  don't know\n");
    }
    printf("> ");
    (void)fflush(stdout);
}

/* The value that a typed line stands for: a number picks from the list, ? is don't know. */
static struct slice typed_value(const struct question *question, struct slice line)
{
    int64_t number;
    if (slice_is(line, "?")) {
        return SLICE("don't know");
    }
    if (question->answers.count > 0 && slice_number(line, &number) && number >= 1 &&
        (size_t)number <= question->answers.count) {
        return question->answers.at[number - 1];
    }
    return line;
}

/* Asks until the answer is accepted; false at the end of input. */
static bool put_until_answered(struct asked *asked, const struct question *question)
{
    char line[LINE_LARGEST];
    struct slice typed;
    for (;;) {
        struct error error = {0};
        put_question(asked, question);
        if (!read_line(line, sizeof line, &typed)) {
            return false;
        }
        if (typed.length == 0) {
            continue;
        }
        if (ask_answer(&asked->ask, question->key, typed_value(question, typed), &error)) {
            return true;
        }
        printf("%s%s%s\n", error.sentence, error.advice[0] != '\0' ? "; " : "", error.advice);
    }
}

static bool ask_the_frame(struct asked *asked)
{
    static const struct {
        const char *key, *text;
    } frame[] = {
        {"actor", "Who is it about: you? Name your roles, with commas (a teacher, a parent)."},
        {"act", "What is to be done? (`lanyard ask POLICY --acts` lists the acts)"},
        {"other", "With whom? Name every role that fits, or nobody."},
        {"via", "How: which service, account or device? Name all, or none."},
    };
    for (size_t i = 0; i < sizeof frame / sizeof *frame; i++) {
        struct question question = {.kind = QUESTION_ACTOR,
                                    .fact = -1,
                                    .key = slice_of(frame[i].key),
                                    .text = slice_of(frame[i].text)};
        if (ask_value(&asked->ask, question.key).length == 0 &&
            !put_until_answered(asked, &question)) {
            return false;
        }
    }
    return true;
}

static int converse(struct asked *asked)
{
    bool terminal = isatty(STDIN_FILENO) == 1 && !asked->json;
    if (terminal && !ask_the_frame(asked)) {
        fprintf(stderr, "\nlanyard ask: the question was not finished, so there is no answer\n");
        return EXIT_USAGE;
    }
    if (ask_value(&asked->ask, SLICE("act")).length == 0) {
        return cli_wrong("ask", "no act was given; add --act 'accept a friend request', or see "
                                "--acts for a list");
    }
    for (;;) {
        struct error error = {0};
        struct decision decision;
        if (!decide_asked(asked, &decision, &error)) {
            return cli_fail("ask", &error);
        }
        if (!terminal || decision.verdict != VERDICT_NEED_ANSWER ||
            decision.question.kind == QUESTION_NONE) {
            if (terminal) {
                printf("\n");
            }
            return print_decision(asked, &decision);
        }
        if (!put_until_answered(asked, &decision.question)) {
            return print_decision(asked, &decision);
        }
    }
}

enum {
    OPTION_ACT = 1000,
    OPTION_ACTS,
    OPTION_FACT,
    OPTION_JSON,
    OPTION_TEXT,
    OPTION_ROSTER,
    OPTION_ALLOW,
    OPTION_WORDS
};
static const struct option options[] = {
    {"act", required_argument, NULL, OPTION_ACT},
    {"acts", no_argument, NULL, OPTION_ACTS},
    {"fact", required_argument, NULL, OPTION_FACT},
    {"json", no_argument, NULL, OPTION_JSON},
    {"text", required_argument, NULL, OPTION_TEXT},
    {"roster", required_argument, NULL, OPTION_ROSTER},
    {"allow", required_argument, NULL, OPTION_ALLOW},
    {"words", required_argument, NULL, OPTION_WORDS},
    {NULL, 0, NULL, 0},
};

/* Files of a question about a text. */
static void take_text_option(struct ask_text *text, int option)
{
    if (option == OPTION_TEXT) text->path = optarg;
    if (option == OPTION_ROSTER) text->by.roster = optarg;
    if (option == OPTION_ALLOW) text->by.allow = optarg;
    if (option == OPTION_WORDS) text->by.words = optarg;
}

static bool check_text_options(const struct asked *asked)
{
    const struct screen_by *by = &asked->text.by;
    bool here = asked->text.path != NULL && strcmp(asked->text.path, "-") == 0;
    if (asked->text.path == NULL && (by->roster != NULL || by->allow != NULL || by->words != NULL))
        (void)cli_wrong("ask", "--roster, --allow and --words go with --text FILE");
    else if (here && asked->json && !asked->any)
        (void)cli_wrong("ask", "standard input holds the text or the question, not both");
    else
        return true;
    return false;
}

/* Options that need no policy yet; the rest is read once it is open. False on wrong use. */
static bool scan_options(struct asked *asked, int argc, char **argv)
{
    int option;
    optind = 1;
    opterr = 0;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        asked->json = asked->json || option == OPTION_JSON;
        asked->acts = asked->acts || option == OPTION_ACTS;
        asked->any = asked->any || option == OPTION_ACT || option == OPTION_FACT;
        take_text_option(&asked->text, option);
        if (option == '?') {
            (void)cli_wrong("ask", "I do not understand '%s'", argv[optind - 1]);
            return false;
        }
    }
    if (argc - optind != 1) {
        (void)cli_wrong("ask",
                        argc == optind ? "name the folder of a policy" : "one policy at a time");
        return false;
    }
    return check_text_options(asked);
}

static bool take_options(struct asked *asked, int argc, char **argv, struct error *error)
{
    int option;
    optind = 1;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == OPTION_ACT &&
            !ask_answer(&asked->ask, SLICE("act"), slice_of(optarg), error)) {
            return false;
        }
        if (option == OPTION_FACT && !add_fact(asked, optarg, error)) {
            return false;
        }
    }
    return true;
}

static int run(struct asked *asked, int argc, char **argv)
{
    struct error error = {0};
    ask_init(&asked->ask, asked->folder.policy, false, asked->arena);
    if (!take_options(asked, argc, argv, &error)) {
        return cli_fail("ask", &error);
    }
    if (asked->acts) {
        list_acts(asked);
        return EXIT_DONE;
    }
    if (asked->text.path != NULL) {
        int result = ask_text_open(&asked->text, asked->folder.policy, asked->arena);
        if (result != EXIT_DONE) return result;
    }
    return asked->json && !asked->any ? ask_json(asked) : converse(asked);
}

int command_ask(int argc, char **argv)
{
    struct asked asked = {0};
    int result = EXIT_USAGE;
    struct error error = {0};
    if (!scan_options(&asked, argc, argv)) {
        return result;
    }
    bool opened = asked.json ? folder_open(argv[optind], &asked.folder, &error)
                             : folder_open_light(argv[optind], &asked.folder, &error);
    if (!cli_opened("ask", opened, &error, &asked.folder, &result)) {
        return result;
    }
    asked.arena = arena_new();
    result = run(&asked, argc, argv);
    ask_text_clear(&asked.text);
    arena_free(asked.arena);
    folder_close(&asked.folder);
    return result;
}
