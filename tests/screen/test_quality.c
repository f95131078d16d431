/* How good the wording is that the engine finds, over the whole pipeline: sentences of a school of which none may be held, wording that has
 * to be found, and public lists of innocent and disguised text where they are at hand (they are not part of the project). */
#include "base/file.h"
#include "screen/screen.h"
#include "testing.h"

struct desk {
    struct arena *arena;
    struct lexicon *lexicon;
    struct screen_work *work;
};

static void open_desk(struct desk *desk)
{
    struct lexicon_plan plan = {.own = SLICE_EMPTY};
    struct error error = {0};
    *desk = (struct desk){arena_new(), lexicon_new(&plan, &error), screen_work_new()};
    if (desk->lexicon == NULL) fail_msg("%s", error.sentence);
}

static void close_desk(struct desk *desk)
{
    screen_work_free(desk->work);
    lexicon_free(desk->lexicon);
    arena_free(desk->arena);
}

/* Empty where there is none. */
static struct slice source(struct arena *arena, const char *name)
{
    const char *top = getenv("LANYARD_SOURCE");
    struct slice path = arena_format(arena, "%s/%s", top != NULL ? top : ".", name), all;
    struct error error;
    if (!file_read(path.at, 1 << 20, arena, &all, &error)) return SLICE_EMPTY;
    return all;
}

static const struct findings *findings_of(struct desk *desk, struct slice text)
{
    struct screen_plan plan = {.lexicon = desk->lexicon};
    const struct findings *findings = NULL;
    if (screen(&plan, desk->work, text, &findings) != SCREEN_DONE) return NULL;
    return findings;
}

/* The gravest of the lexicon's findings, of one kind or (FINDING_KINDS) of any: 0 none, 1 look, 2 hold. */
static int gravest(const struct findings *findings, enum finding_kind kind)
{
    int grave = 0;
    for (size_t i = 0; findings != NULL && i < findings->count; i++) {
        const struct finding *finding = &findings->at[i];
        if (kind == FINDING_KINDS ? finding->kind < FINDING_PROFANITY : finding->kind != kind)
            continue;
        int level = finding->level == LEVEL_HOLD ? 2 : 1;
        if (level > grave) grave = level;
    }
    return grave;
}

struct tally {
    size_t lines, held, looked;
};

static struct tally tally(struct desk *desk, struct slice lines, bool tell)
{
    struct tally tally = {0};
    for (struct slice line; slice_line(&lines, &line);) {
        if (line.length == 0 || slice_starts(line, SLICE("# "))) continue;
        int grave = gravest(findings_of(desk, line), FINDING_KINDS);
        tally.lines++;
        tally.held += grave == 2;
        tally.looked += grave == 1;
        if (tell && grave == 2) print_error("held: %.*s\n", SLICE_PRINT(line));
    }
    return tally;
}

static void sentences_of_a_school(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk);
    struct tally all = tally(&desk, source(desk.arena, "tests/screen/innocent.txt"), true);
    assert_true(all.lines >= 300);
    assert_int_equal(all.held, 0);
    assert_true(all.looked <= 8);
    close_desk(&desk);
}

static enum finding_kind kind_of(struct slice name)
{
    for (size_t i = 0; i < FINDING_KINDS; i++) {
        if (slice_is(name, finding_kind_name((enum finding_kind)i))) return (enum finding_kind)i;
    }
    fail_msg("'%.*s' is no kind", SLICE_PRINT(name));
    return FINDING_KINDS;
}

struct score {
    size_t count, missed;
};

static struct score must_be_found(struct desk *desk, const char *name)
{
    struct score score = {0};
    struct slice lines = source(desk->arena, name);
    for (struct slice line; slice_line(&lines, &line);) {
        struct slice kind = SLICE_EMPTY, level = SLICE_EMPTY;
        if (slice_starts(line, SLICE("#"))) continue;
        assert_true(slice_split(&line, '\t', &kind) && slice_split(&line, '\t', &level));
        int grave = gravest(findings_of(desk, line), kind_of(kind));
        score.count++;
        if (grave >= (slice_is(level, "hold") ? 2 : 1)) continue;
        print_error("missed: %.*s %.*s\n", SLICE_PRINT(kind), SLICE_PRINT(line));
        score.missed++;
    }
    return score;
}

static void wording_that_must_be_found(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk);
    struct score score = must_be_found(&desk, "tests/screen/wording.tsv");
    assert_true(score.count >= 200);
    assert_int_equal(score.missed, 0);
    close_desk(&desk);
}

/* Written without the lexicon in view: what it missed and held at first sight is in docs/screening.md. */
static void a_second_list_of_sentences(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk);
    struct tally all = tally(&desk, source(desk.arena, "tests/screen/innocent_fresh.txt"), true);
    assert_true(all.lines >= 380);
    assert_int_equal(all.held, 0);
    assert_true(all.looked <= 20);
    close_desk(&desk);
}

static void a_second_list_of_wording(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk);
    struct score score = must_be_found(&desk, "tests/screen/wording_fresh.tsv");
    assert_true(score.count >= 240);
    assert_true(score.missed <= 11); /* found, but of another class or to be looked at */
    close_desk(&desk);
}

/* ---- lists of others ---------------------------------------------------------------------------- */

static void innocent_places(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk);
    struct slice lines = source(desk.arena, "../shared/data/scunthorpe/school-scunthorpe-139.txt");
    struct tally all = tally(&desk, lines, true);
    close_desk(&desk);
    if (all.lines == 0) skip();
    print_message("innocent sentences: %zu held, %zu looked at, of %zu\n", all.held, all.looked,
                  all.lines);
    assert_true(all.held <= 1);
    assert_true(all.looked <= 4);
}

static void innocent_phrases(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk);
    struct slice lines = source(desk.arena, "../shared/data/rustrict/false_positives.txt");
    struct tally all = tally(&desk, lines, true);
    close_desk(&desk);
    if (all.lines == 0) skip();
    print_message("innocent phrases: %zu held, %zu looked at, of %zu\n", all.held, all.looked,
                  all.lines);
    assert_true(all.held <= 4);
    assert_true(all.looked * 50 <= all.lines);
}

static void disguised_and_plain(void **state)
{
    (void)state;
    struct desk desk;
    open_desk(&desk);
    struct slice lines = source(desk.arena, "../shared/data/rustrict/test_positive.txt");
    struct tally all = tally(&desk, lines, false);
    close_desk(&desk);
    if (all.lines == 0) skip();
    size_t found = all.held + all.looked;
    print_message("swearing, plain and disguised: %zu held, %zu looked at, of %zu\n", all.held,
                  all.looked, all.lines);
    assert_true(all.held * 100 >= all.lines * 50);
    assert_true(found * 100 >= all.lines * 68);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_of_a_school),
        cmocka_unit_test(wording_that_must_be_found),
        cmocka_unit_test(a_second_list_of_sentences),
        cmocka_unit_test(a_second_list_of_wording),
        cmocka_unit_test(innocent_places),
        cmocka_unit_test(innocent_phrases),
        cmocka_unit_test(disguised_and_plain),
    };
    return cmocka_run_group_tests_name("screen quality", tests, NULL, NULL);
}
