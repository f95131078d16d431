/* lanyard-serve: the pages over HTTP. A program of its own, so that no other command loads a network library; `lanyard
 * serve` runs it. Reads the policy and the pages' style, listens, and waits for SIGTERM or SIGINT. */
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/serve_help.h"
#include "cli/serve_mail.h"
#include "cli/serve_words.h"
#include "cli/several.h"
#include "page/here.h"
#include "page/may.h"
#include "page/pages.h"
#include "service/timekeeper.h"
#include "web/http.h"

#ifndef LANYARD_DATADIR
#define LANYARD_DATADIR "/usr/share/lanyard"
#endif

struct settings {
    struct http_options http;
    const char *const *folders;
    size_t folder_count;
    const char *assets;
    const char *key_file;
    const char *hosts[REQUEST_HOSTS_LARGEST];
    size_t host_count;
    bool secure;
    struct mail_options mail;
    struct words_options words;
};

/* The one command of this program, for what the commands share. */
const struct command cli_commands[] = {
    {"serve", SERVE_ARGUMENTS, SERVE_SUMMARY, NULL, SERVE_HELP},
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;

/* False on wrong use, said on stderr. */
static bool take_host(struct settings *settings, const char *name)
{
    if (settings->host_count == REQUEST_HOSTS_LARGEST) {
        fprintf(stderr, "lanyard serve: at most %d hosts\n", REQUEST_HOSTS_LARGEST);
        return false;
    }
    settings->hosts[settings->host_count++] = name;
    return true;
}

static bool take_port(struct settings *settings, const char *word)
{
    int64_t port;
    if (!slice_number(slice_of(word), &port) || port < 0 || port > 65535) {
        fprintf(stderr, "lanyard serve: '%s' is no port; it is a number from 0 to 65535\n", word);
        return false;
    }
    settings->http.port = (uint16_t)port;
    return true;
}

/* What getopt says of one option; false on wrong use. */
static bool take_option(struct settings *settings, int option, const char *value)
{
    switch (option) {
    case 'p': return take_port(settings, value);
    case 'a': settings->http.address = value; return true;
    case 'n': return take_host(settings, value);
    case 's': settings->secure = true; return true;
    case 'd': settings->assets = value; return true;
    case 'k': settings->key_file = value; return true;
    case 'h': cli_usage(stdout, cli_commands, true); exit(EXIT_DONE);
    default:
        return words_option(&settings->words, option, value) ||
               mail_option(&settings->mail, option, value);
    }
}

static bool take_arguments(int count, char **words, struct settings *ret_settings)
{
    static const struct option options[] = {
        {"port", required_argument, NULL, 'p'},
        {"address", required_argument, NULL, 'a'},
        {"host", required_argument, NULL, 'n'},
        {"secure", no_argument, NULL, 's'},
        {"assets", required_argument, NULL, 'd'},
        {"key", required_argument, NULL, 'k'},
        {"help", no_argument, NULL, 'h'},
        MAIL_LONG_OPTIONS,
        WORDS_LONG_OPTIONS,
        {NULL, 0, NULL, 0},
    };
    struct settings settings = {.http = {.port = 8080}};
    int option;
    while ((option = getopt_long(count, words, "h", options, NULL)) != -1)
        if (!take_option(&settings, option, optarg)) return false;
    if (optind >= count) return false;
    settings.folders = (const char *const *)words + optind;
    settings.folder_count = (size_t)(count - optind);
    *ret_settings = settings;
    return true;
}

/* Beside the program in a build (build/assets), else where the package puts them. */
static bool find_assets(const struct settings *settings, struct arena *arena,
                        struct assets *ret_assets, struct error *error)
{
    char program[4096];
    if (settings->assets != NULL) return assets_read(settings->assets, arena, ret_assets, error);
    ssize_t length = readlink("/proc/self/exe", program, sizeof program);
    if (length > 0 && (size_t)length < sizeof program) {
        while (length > 0 && program[length - 1] != '/') length--;
        struct slice beside = arena_format(arena, "%.*sassets", (int)length, program);
        if (access(beside.at, R_OK | X_OK) == 0)
            return assets_read(beside.at, arena, ret_assets, error);
    }
    return assets_read(LANYARD_DATADIR "/assets", arena, ret_assets, error);
}

/* Threads inherit the block, so that the signal comes to the one that waits here. */
static void block_signals(sigset_t *ret_signals)
{
    sigemptyset(ret_signals);
    sigaddset(ret_signals, SIGTERM);
    sigaddset(ret_signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, ret_signals, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static void say_mail(const struct mail_options *mail)
{
    if (mail->url != NULL)
        printf("Mail goes out by %s, from %s\n", mail->url, mail->from);
    else
        printf("No mail is sent: people see what waits for them when they sign in\n");
}

static int serve(const struct settings *settings, size_t policies, struct site *site)
{
    sigset_t signals;
    struct error error = {.code = ERROR_NONE};
    struct http *http;
    int signal_number;
    block_signals(&signals);
    if (!http_start(&settings->http, site, &http, &error)) return cli_fail("serve", &error);
    const char *address = settings->http.address != NULL ? settings->http.address : "127.0.0.1";
    bool v6 = slice_find(slice_of(address), ':') < slice_of(address).length;
    printf("%s is served at http://%s%s%s:%u/\n", settings->folders[0], v6 ? "[" : "", address,
           v6 ? "]" : "", (unsigned)http_port(http));
    if (site->upload_folder != NULL) say_mail(&settings->mail);
    if (policies > 1) printf("Compare puts a question to %zu policies\n", policies);
    fflush(stdout);
    sigwait(&signals, &signal_number);
    http_stop(http);
    return 0;
}

static bool same_folder(const char *a, const char *b)
{
    char whole_a[PATH_MAX], whole_b[PATH_MAX];
    return realpath(a, whole_a) != NULL && realpath(b, whole_b) != NULL &&
           strcmp(whole_a, whole_b) == 0;
}

/* The policies in order, each once: in the folder of policies `early-life *` names the first and then all. */
static size_t list_policies(const struct several *several, const struct policy **ret_policies)
{
    size_t count = 0;
    for (size_t i = 0; i < several->count; i++) {
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || same_folder(several->at[k].path, several->at[i].path);
        if (!again) ret_policies[count++] = several->at[i].folder.policy;
    }
    return count;
}

/* Serves pages that were made, and clears them. */
static int run(const struct settings *settings, struct pages *pages, struct arena *arena)
{
    static const char demo_alone[] =
        "Whoever reaches this demo is let in as anybody, so it answers the browser of its own "
        "computer alone. Open it there as http://localhost, with its port, and without a proxy.";
    bool demo = pages->record != NULL && record_is_demo(pages->record);
    size_t count, upload_count;
    const struct route *routes = pages_routes(pages, arena, &count);
    const struct site_upload *uploads = pages_uploads(arena, &upload_count);
    struct site site = {.routes = routes,
                        .route_count = count,
                        .hosts = settings->hosts,
                        .host_count = settings->host_count,
                        .sessions = sessions_new(SESSIONS_LARGEST, SESSION_IDLE_SECONDS, may_free),
                        .secure = settings->secure,
                        .loopback_only = demo ? demo_alone : NULL,
                        .pages = pages,
                        .error_page = error_page,
                        .uploads = uploads,
                        .upload_count = upload_count,
                        .upload_folder = pages->record != NULL ? settings->folders[0] : NULL,
                        .gate = pages->record != NULL ? here_gate : NULL,
                        .before = pages_before,
                        .after = pages_after};
    int status = serve(settings, pages->policy_count, &site);
    sessions_free(site.sessions);
    pages_clear(pages);
    return status;
}

static int fail_pages(struct pages *pages, const struct error *error)
{
    pages_clear(pages);
    return cli_fail("serve", error);
}

static int run_policies(const struct settings *settings, const struct several *several,
                        struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct assets assets;
    struct pages pages;
    if (!find_assets(settings, arena, &assets, &error)) return cli_fail("serve", &error);
    const struct policy **policies = ARENA_ARRAY(arena, const struct policy *, several->count);
    pages_init(&pages, policies, list_policies(several, policies), &assets);
    if (words_load(&settings->words, pages.drafts, policies[0], &error))
        return run(settings, &pages, arena);
    return fail_pages(&pages, &error);
}

/* A demo answers this machine's own browser alone, whatever stands in front of it. */
static bool demo_can_be_served(const struct settings *settings, struct error *error)
{
    const char *address = settings->http.address;
    if (address != NULL && strcmp(address, "::1") != 0 &&
        (strncmp(address, "127.", 4) != 0 || !web_request_host_loopback(slice_of(address))))
        error_set(error, ERROR_USAGE, "a demo is not served at %s", address);
    else if (settings->host_count > 0)
        error_set(error, ERROR_USAGE, "a demo is not served under a name");
    else if (settings->secure)
        error_set(error, ERROR_USAGE, "a demo is not served behind a proxy");
    else if (settings->mail.any)
        return error_set(error, ERROR_USAGE, "a demo sends no mail: its people are made up");
    else
        return true;
    return error_advise(error, "Whoever reaches a demo is let in as anybody, so it answers this "
                               "computer alone: leave --address, --host and --secure away");
}

/* The wording of the policy in force; a record without one makes it with the first draft. */
static bool ready_record(const struct settings *settings, struct pages *pages, struct error *error)
{
    struct id version;
    struct record *record = pages->record;
    const struct policy *policy = record_policy_on(record, record_today(record), &version);
    bool ready = words_load(&settings->words, pages->drafts, policy, error);
    if (policy != NULL) record_policy_let_go(record, policy);
    return ready;
}

static int watch_and_run(const struct settings *settings, struct pages *pages, struct arena *arena)
{
    struct keeper *keeper = pages->keeper = keeper_start(pages->record);
    struct timekeeper *timekeeper = timekeeper_start(pages->record);
    int status = run(settings, pages, arena);
    timekeeper_stop(timekeeper);
    keeper_stop(keeper);
    return status;
}

static int run_record(const struct settings *settings, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct record_place place = {.folder = settings->folders[0], .key_file = settings->key_file};
    struct record *record;
    struct serve_mail *mail;
    struct assets assets;
    struct pages pages;
    if (settings->folder_count > 1)
        return cli_wrong("serve", "a data folder is served alone: it has a policy of its own");
    if (!find_assets(settings, arena, &assets, &error) || !record_open(&place, &record, &error))
        return cli_fail("serve", &error);
    if (record_is_demo(record) && !demo_can_be_served(settings, &error)) {
        record_close(record);
        return cli_fail("serve", &error);
    }
    if (!serve_mail_start(&settings->mail, record, &mail, &error)) {
        record_close(record);
        return cli_fail("serve", &error);
    }
    pages_init_record(&pages, record, &assets);
    pages.mail = serve_mail_worker(mail);
    int status = ready_record(settings, &pages, &error) ? watch_and_run(settings, &pages, arena)
                                                        : fail_pages(&pages, &error);
    serve_mail_stop(mail);
    record_close(record);
    return status;
}

static bool holds(const struct settings *settings, const char *name, struct arena *arena)
{
    return access(arena_format(arena, "%s/%s", settings->folders[0], name).at, F_OK) == 0;
}

/* Every command that reads policies says what a policy's folder holds; here a data folder would do as well. */
static int no_such_folder(const char *folder)
{
    struct error error = {.code = ERROR_NONE};
    if (access(folder, F_OK) != 0)
        error_set(&error, ERROR_READ, "there is no folder %s", folder);
    else
        error_set(&error, ERROR_READ, "%s holds neither a record nor a policy", folder);
    error_advise(&error, "Name a data folder, which `lanyard init` makes, or a folder that holds a "
                         "policy.md, such as policies/early-life");
    return cli_fail("serve", &error);
}

static int open_and_run(const struct settings *settings, struct arena *arena)
{
    int status = EXIT_DONE;
    const char *folder = settings->folders[0];
    /* a data folder is told from a policy's by its database */
    if (holds(settings, "lanyard.db", arena)) return run_record(settings, arena);
    if (!holds(settings, "policy.md", arena) && !slice_ends(slice_of(folder), SLICE("policy.md")))
        return no_such_folder(folder);
    if (settings->mail.any)
        return cli_wrong("serve", "mail is sent for a record: a policy alone knows nobody");
    AUTO_SEVERAL struct several several = {0};
    if (!several_open("serve", settings->folders, settings->folder_count, &several, &status))
        return status;
    if (several.count > COMPARE_POLICIES_LARGEST)
        return cli_wrong("serve", "at most %d policies can be compared", COMPARE_POLICIES_LARGEST);
    return run_policies(settings, &several, arena);
}

int main(int count, char **words)
{
    struct settings settings;
    AUTO(arena) struct arena *arena = arena_new();
    if (!take_arguments(count, words, &settings)) {
        cli_usage(stderr, cli_commands, true);
        return EXIT_USAGE;
    }
    return open_and_run(&settings, arena);
}
