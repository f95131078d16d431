/* Writes, for each scenario of a policy folder, the request and the decision as one line of JSON
 * each, for check.py to hold against the schemas. The request is read back from its JSON first and
 * must come to the same decision. */
#include <stdio.h>

#include "policy/scenario.h"
#include "service/folder.h"

#define LINE_LARGEST (4u << 20)

static void decided(const struct request *request, struct arena *arena, struct text *out)
{
    struct decision decision;
    struct json_writer writer;
    json_writer_init(&writer, out, false);
    decide(request, arena, &decision);
    decision_to_json(&decision, &writer);
}

static bool read_back(const struct request *request, struct slice json, struct arena *arena,
                      struct request *ret_request)
{
    struct error error = {0};
    struct json *tree;
    request_init(request->policy, false, arena, ret_request);
    if (!json_read(json, arena, &tree, &error) || !request_from_json(tree, ret_request, &error)) {
        fprintf(stderr, "a request written cannot be read: %s\n%.*s\n", error.sentence,
                SLICE_PRINT(json));
        return false;
    }
    return true;
}

static bool write_one(const struct scenario *scenario, struct arena *arena)
{
    struct text asked AUTO_TEXT, first AUTO_TEXT, second AUTO_TEXT;
    struct json_writer writer;
    struct request again;
    text_init(&asked, LINE_LARGEST);
    text_init(&first, LINE_LARGEST);
    text_init(&second, LINE_LARGEST);
    json_writer_init(&writer, &asked, false);
    request_to_json(&scenario->request, &writer);
    decided(&scenario->request, arena, &first);
    if (!read_back(&scenario->request, text_slice(&asked), arena, &again)) {
        return false;
    }
    decided(&again, arena, &second);
    printf("%s\n%s\n", asked.at, first.at);
    bool same = slice_equal(text_slice(&first), text_slice(&second));
    if (!same) {
        fprintf(stderr, "'%.*s': the request read back is decided otherwise\n%s\n%s\n%s\n",
                SLICE_PRINT(scenario->name), asked.at, first.at, second.at);
    }
    return same;
}

int main(int argc, char **argv)
{
    struct folder folder AUTO_FOLDER = {0};
    struct error error = {0};
    struct scenarios scenarios;
    if (argc != 2 || !folder_open(argv[1], &folder, &error) || folder.policy == NULL ||
        !scenarios_read(folder.policy, folder.arena, &folder.problems, &scenarios)) {
        fprintf(stderr, "cannot read the scenarios: %s\n", error.sentence);
        return 1;
    }
    bool done = true;
    for (size_t i = 0; i < scenarios.list.count; i++) {
        AUTO(arena) struct arena *arena = arena_new();
        done = (scenarios.list.at[i].review || write_one(&scenarios.list.at[i], arena)) && done;
    }
    return done ? 0 : 1;
}
