/* lanyard-serve: the pages over HTTP. A program of its own, so that no other command loads a network library; `lanyard
 * serve` runs it. Reads the policy and the pages' style, listens, and waits for SIGTERM or SIGINT. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "page/may.h"
#include "page/pages.h"
#include "service/folder.h"
#include "web/http.h"

#ifndef LANYARD_DATADIR
#define LANYARD_DATADIR "/usr/share/lanyard"
#endif

struct settings {
    struct http_options http;
    const char *folder, *assets;
    const char *hosts[REQUEST_HOSTS_LARGEST];
    size_t host_count;
    bool secure;
};

static void usage(FILE *out)
{
    fputs("usage: lanyard serve [--port N] [--address IP] [--host NAME]... [--secure] [--assets "
          "DIR] POLICY\n"
          "Serves the policy in the folder POLICY: its text, and May I? for the people it binds.\n"
          "  --port N      port to listen on (8080; 0: any free one)\n"
          "  --address IP  address to listen on (127.0.0.1)\n"
          "  --host NAME   name under which people reach it; may be given several times\n"
          "                (127.0.0.1, localhost and [::1] where none is given)\n"
          "  --secure      a proxy in front speaks TLS: cookies are marked so\n"
          "  --assets DIR  the pages' style sheet and script\n",
          out);
}

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
    case 'h': usage(stdout); exit(0);
    default: return false;
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
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    struct settings settings = {.http = {.port = 8080}};
    int option;
    while ((option = getopt_long(count, words, "h", options, NULL)) != -1)
        if (!take_option(&settings, option, optarg)) return false;
    if (optind != count - 1) return false;
    settings.folder = words[optind];
    *ret_settings = settings;
    return true;
}

static int complain(const struct error *error)
{
    fprintf(stderr, "lanyard serve: %s\n", error->sentence);
    if (error->advice[0] != '\0') fprintf(stderr, "  %s\n", error->advice);
    return error_exit_code(error->code);
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

static int serve(const struct settings *settings, struct site *site)
{
    sigset_t signals;
    struct error error = {.code = ERROR_NONE};
    struct http *http;
    int signal_number;
    block_signals(&signals);
    if (!http_start(&settings->http, site, &http, &error)) return complain(&error);
    const char *address = settings->http.address != NULL ? settings->http.address : "127.0.0.1";
    bool v6 = slice_find(slice_of(address), ':') < slice_of(address).length;
    printf("%s is served at http://%s%s%s:%u/\n", settings->folder, v6 ? "[" : "", address,
           v6 ? "]" : "", (unsigned)http_port(http));
    fflush(stdout);
    sigwait(&signals, &signal_number);
    http_stop(http);
    return 0;
}

static int run(const struct settings *settings, const struct policy *policy, struct arena *arena)
{
    struct error error = {.code = ERROR_NONE};
    struct assets assets;
    struct pages pages;
    if (!find_assets(settings, arena, &assets, &error)) return complain(&error);
    pages_init(&pages, policy, &assets);
    struct site site = {.routes = page_routes,
                        .route_count = page_route_count,
                        .hosts = settings->hosts,
                        .host_count = settings->host_count,
                        .sessions = sessions_new(SESSIONS_LARGEST, SESSION_IDLE_SECONDS, may_free),
                        .secure = settings->secure,
                        .pages = &pages,
                        .error_page = error_page};
    int status = serve(settings, &site);
    sessions_free(site.sessions);
    pages_clear(&pages);
    return status;
}

static int refuse_policy(const struct folder *folder)
{
    AUTO_TEXT struct text report;
    text_init(&report, 1 << 20);
    folder_report(folder, &report);
    fwrite(report.at, 1, report.length, stderr);
    return error_exit_code(ERROR_SYNTAX);
}

int main(int count, char **words)
{
    struct settings settings;
    struct error error = {.code = ERROR_NONE};
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_FOLDER struct folder folder = {0};
    if (!take_arguments(count, words, &settings)) {
        usage(stderr);
        return error_exit_code(ERROR_USAGE);
    }
    if (!folder_open(settings.folder, &folder, &error)) return complain(&error);
    if (folder.policy == NULL) return refuse_policy(&folder);
    return run(&settings, folder.policy, arena);
}
