/* certificate-make FOLDER: a school whose people sign; leaves certificates and the log's key in FOLDER, for the test that shows
 * them to both programs: first and last, of a record with more events than one run of the tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../service/versions.h"
#include "service/certificate.h"
#include "service/record_parts.h"
#include "service/signoff.h"

#define REFUSALS 1100

static const char *folder;

static void put(const char *name, struct slice content)
{
    char path[400];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(content.at, 1, content.length, file), content.length);
    assert_int_equal(fclose(file), 0);
}

static struct outcome sign(struct school *school, struct id actor, struct id version)
{
    struct error error = {.code = ERROR_NONE};
    const struct policy *policy = record_policy_version(school->record, &version, &error);
    assert_non_null(policy);
    struct slice seen = signoff_text(policy, school->arena);
    record_policy_let_go(school->record, policy);
    return school_do(school, ACT_SIGN_POLICY, actor, "person", school_hex(school, actor), "version",
                     school_hex(school, version), "seen", seen.at, NULL);
}

static void keep(struct school *school, struct id signature, const char *name)
{
    struct certificate certificate;
    struct error error = {.code = ERROR_NONE};
    AUTO_TEXT struct text text;
    text_init(&text, CERTIFICATE_LARGEST);
    if (!certificate_make(school->record, &signature, school->arena, &certificate, &error))
        fail_msg("%s", error.sentence);
    certificate_write(&certificate, &text);
    put(name, text_slice(&text));
}

static void make(void **state)
{
    struct school school;
    (void)state;
    school_open(&school);
    struct id version =
        version_first(&school, &(struct version_plan){.binds = "staff", .said = "We sign it."});
    struct id first = sign(&school, school.teacher, version).made;
    for (int i = 0; i < REFUSALS; i++) assert_false(sign(&school, school.pupil, version).done);
    struct id last = sign(&school, school.other, version).made;
    keep(&school, first, "first");
    keep(&school, last, "last");
    put("vkey", school.record->vkey);
    school_close(&school);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(make)};
    if (argc != 2) return 2;
    folder = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
