/* A certificate holds, and shows each line that somebody changed; in short records and in those of more than one run of the
 * tree. tests/record/certificates shows them to both programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "service/certificate.h"
#include "service/record_parts.h"
#include "service/signoff.h"
#include "versions.h"

static struct school school;
static struct id first;

static int set_up(void **state)
{
    (void)state;
    school_open(&school);
    first = version_first(
        &school, &(struct version_plan){.binds = "staff", .said = "We read it, and sign it."});
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    school_close(&school);
    return 0;
}

static struct outcome sign(struct id person)
{
    struct error error = {.code = ERROR_NONE};
    const struct policy *policy = record_policy_version(school.record, &first, &error);
    assert_non_null(policy);
    struct slice seen = signoff_text(policy, school.arena);
    record_policy_let_go(school.record, policy);
    return school_do(&school, ACT_SIGN_POLICY, person, "person", school_hex(&school, person),
                     "version", school_hex(&school, first), "seen", seen.at, NULL);
}

static struct certificate certified(struct id signature)
{
    struct certificate certificate;
    struct error error = {.code = ERROR_NONE};
    if (!certificate_make(school.record, &signature, school.arena, &certificate, &error))
        fail_msg("%s", error.sentence);
    return certificate;
}

static bool holds(const struct certificate *certificate)
{
    struct error error = {.code = ERROR_NONE};
    return certificate_holds(certificate, school.record->vkey, school.arena, &error);
}

static void a_certificate_holds_and_each_changed_line_shows(void **state)
{
    (void)state;
    struct id signature = sign(school.teacher).made;
    assert_true(sign(school.other).done);
    struct certificate certificate = certified(signature), again;
    struct error error = {.code = ERROR_NONE};
    assert_true(slice_is(certificate.lines[CERTIFICATE_NAME], "Tom Teacher"));
    AUTO_TEXT struct text text;
    text_init(&text, CERTIFICATE_LARGEST);
    certificate_write(&certificate, &text);
    assert_true(certificate_read(text_slice(&text), &again, &error));
    assert_true(holds(&again));
    for (int line = CERTIFICATE_VERSION; line < CERTIFICATE_LINES; line++) {
        struct slice was = again.lines[line];
        again.lines[line] = arena_format(school.arena, "%.*s0", SLICE_PRINT(was));
        if (holds(&again)) fail_msg("line %d was changed and it holds", line);
        again.lines[line] = was;
    }
    assert_true(holds(&again));
}

static void a_certificate_of_another_log_or_event_does_not_hold(void **state)
{
    (void)state;
    struct error error = {.code = ERROR_NONE};
    struct certificate one = certified(sign(school.teacher).made);
    struct certificate other = certified(sign(school.other).made);
    assert_true(holds(&one));
    assert_true(holds(&other));
    other.lines[CERTIFICATE_BYTES] = one.lines[CERTIFICATE_BYTES];
    assert_false(holds(&other));
    assert_false(certificate_holds(
        &one, SLICE("elsewhere+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        school.arena, &error));
    one.note = arena_format(school.arena, "%.*sA", SLICE_PRINT(one.note));
    assert_false(holds(&one));
    struct id nobody = id_make();
    struct certificate none;
    assert_false(certificate_make(school.record, &nobody, school.arena, &none, &error));
}

/* More events than one run of the tree: what is remembered and what is read anew lead to the same root. */
static void a_certificate_in_a_longer_record(void **state)
{
    (void)state;
    struct id signature = sign(school.teacher).made;
    for (int i = 0; i < 1100; i++)
        assert_false(sign(school.pupil).done); /* refusals are events too */
    struct certificate early = certified(signature);
    struct certificate late = certified(sign(school.other).made);
    assert_true(holds(&early));
    assert_true(holds(&late));
    assert_true(school.record->run_count >= 1);
    assert_true(holds(&early));
}

#define ONE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        ONE(a_certificate_holds_and_each_changed_line_shows),
        ONE(a_certificate_of_another_log_or_event_does_not_hold),
        ONE(a_certificate_in_a_longer_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
