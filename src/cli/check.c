/* lanyard check: compile, and say what is wrong or doubtful. */
#include "cli/cli.h"
#include "policy/lint.h"
#include "policy/scenario.h"
#include "service/review.h"

#include <assert.h>
#include <string.h>

/* No warning: nothing in the text is doubtful. */
static void print_review(const char *path, const struct policy *policy)
{
    struct text review AUTO_TEXT;
    text_init(&review, 1000);
    if (review_overdue(policy, moment_now().day, &review)) {
        printf("%s: %.*s\n", path, SLICE_PRINT(text_slice(&review)));
    }
}

static int check_one(const char *path, bool quiet)
{
    struct folder folder AUTO_FOLDER = {0};
    struct error error = {0};
    if (!folder_open(path, &folder, &error)) {
        return cli_fail("check", &error);
    }
    if (folder.policy != NULL) {
        struct scenarios scenarios;
        bool read = scenarios_read(folder.policy, folder.arena, &folder.problems, &scenarios);
        lint_policy(folder.policy, folder.norms, read ? &scenarios : NULL, &folder.problems);
    }
    size_t errors = folder.problems.errors;
    if (quiet) {
        cli_drop_warnings(&folder.problems);
    }
    struct text report AUTO_TEXT;
    text_init(&report, 4u << 20);
    folder_report(&folder, &report);
    cli_print(errors > 0 ? stderr : stdout, text_slice(&report));
    if (errors == 0) {
        assert(folder.policy != NULL); /* see folder_open */
        print_review(path, folder.policy);
        printf("%s: compiles, %zu clauses, %zu rules\n", path,
               folder.policy->document.clauses.count, folder.policy->rules.count);
    }
    return errors > 0 ? EXIT_DOCUMENT : EXIT_DONE;
}

int command_check(int argc, char **argv)
{
    bool quiet = false;
    int result = EXIT_DONE, checked = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--quiet") == 0) {
            quiet = true;
        } else if (argv[i][0] == '-') {
            return cli_wrong("check", "there is no option %s", argv[i]);
        }
    }
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-') {
            int one = check_one(argv[i], quiet);
            result = one > result ? one : result;
            checked++;
        }
    }
    return checked > 0 ? result : cli_wrong("check", "name the folder of a policy");
}
