/* From options to a worker that sends mail; see serve_mail.h. */
#include "cli/serve_mail.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "link/mail.h"
#include "service/mail_queue.h"

#define PASSWORD_LARGEST 1000
#define SITE_LARGEST 200

struct serve_mail {
    struct arena *arena;
    struct mail_server server;
    struct mail *mail;
    struct mail_way way;
    struct mail_worker *worker;
    char *password; /* wiped when it ends */
    size_t password_length;
};

/* ---- options ---- */

bool mail_option(struct mail_options *options, int option, const char *value)
{
    switch (option) {
    case MAIL_OPTION_URL: options->url = value; break;
    case MAIL_OPTION_FROM: options->from = value; break;
    case MAIL_OPTION_USER: options->user = value; break;
    case MAIL_OPTION_PASSWORD: options->password_file = value; break;
    case MAIL_OPTION_AUTHORITY: options->authority = value; break;
    case MAIL_OPTION_PLAIN: options->plain = true; break;
    case MAIL_OPTION_SITE: options->site = value; break;
    default: return false;
    }
    options->any = true;
    return true;
}

/* It stands in every mail as people click it: an address and nothing else. */
static bool site_good(const char *site)
{
    struct slice all = slice_of(site);
    bool secure = slice_starts(all, SLICE("https://"));
    if (!secure && !slice_starts(all, SLICE("http://"))) return false;
    for (size_t i = 0; i < all.length; i++)
        if (all.at[i] <= ' ' || (unsigned char)all.at[i] >= 0x7f || strchr("<>\"'`\\", all.at[i]))
            return false;
    return all.length > (secure ? 8U : 7U) && all.length <= SITE_LARGEST;
}

static bool check(const struct mail_options *options, struct error *error)
{
    if (options->from == NULL || options->site == NULL) {
        error_set(error, ERROR_USAGE, "--mail goes with --mail-from and --site");
        return error_advise(error, "Mail says from whom it comes, and where people sign in");
    }
    if (!site_good(options->site)) {
        error_set(error, ERROR_USAGE, "'%.80s' is no address where people sign in", options->site);
        return error_advise(error, "Write it as https://policy.school.example/");
    }
    if (options->user != NULL && options->password_file == NULL)
        return error_set(error, ERROR_USAGE, "--mail-user goes with --mail-password-file");
    return true;
}

/* systemd's credentials are readable by their group; by everybody nothing may be. */
static bool kept_close(const char *path, struct error *error)
{
    struct stat found;
    if (stat(path, &found) != 0 || (found.st_mode & S_IRWXO) == 0) return true;
    error_set(error, ERROR_USAGE, "%s can be read by everybody on this machine", path);
    return error_advise(error, "Take that away: chmod 600 %s", path);
}

static bool read_password(const char *path, struct serve_mail *mail, struct error *error)
{
    struct slice content;
    if (!kept_close(path, error)) return false;
    if (!file_read(path, PASSWORD_LARGEST, mail->arena, &content, error)) return false;
    while (content.length > 0 &&
           (content.at[content.length - 1] == '\n' || content.at[content.length - 1] == '\r'))
        content.length--;
    mail->password = memory_grow(NULL, content.length + 1);
    mail->password_length = content.length;
    memcpy(mail->password, content.at, content.length);
    mail->password[content.length] = '\0';
    mail->server.password = mail->password;
    return memchr(mail->password, '\0', content.length) == NULL ||
           error_set(error, ERROR_USAGE, "%s holds no password", path);
}

/* ---- the way out ---- */

static void send_one(void *context, const struct mail_message *message,
                     struct mail_answer *ret_answer)
{
    mail_send(context, message, ret_answer);
}

static void rest(void *context)
{
    mail_rest(context);
}

static void hurry(void *context)
{
    mail_hurry(context);
}

static bool authority_readable(const char *path, struct error *error)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct slice content;
    return path == NULL || file_read(path, (size_t)8 << 20, arena, &content, error);
}

static bool start(const struct mail_options *options, struct record *record,
                  struct serve_mail *mail, struct error *error)
{
    if (options->password_file != NULL && !read_password(options->password_file, mail, error))
        return false;
    if (!authority_readable(options->authority, error) || !mail_server_check(&mail->server, error))
        return false;
    mail->mail = mail_new(&mail->server);
    if (mail->mail == NULL)
        return error_set(error, ERROR_INTERNAL, "mail cannot be sent from this machine");
    mail->way = (struct mail_way){.send = send_one,
                                  .rest = rest,
                                  .hurry = hurry,
                                  .context = mail->mail,
                                  .from = slice_of(options->from),
                                  .site = slice_of(options->site)};
    mail_switch(record, true);
    mail->worker = mail_worker_start(record, &mail->way, &mail_pace_usual);
    return mail->worker != NULL ||
           error_set(error, ERROR_INTERNAL, "no thread can be had for sending mail");
}

bool serve_mail_start(const struct mail_options *options, struct record *record,
                      struct serve_mail **ret_mail, struct error *error)
{
    *ret_mail = NULL;
    if (!options->any) return true;
    if (options->url == NULL)
        return error_set(error, ERROR_USAGE, "options of mail go with --mail");
    if (!check(options, error)) return false;
    struct serve_mail *mail = memory_grow(NULL, sizeof *mail);
    *mail = (struct serve_mail){.arena = arena_new(),
                                .server = {.url = options->url,
                                           .from = options->from,
                                           .user = options->user,
                                           .authority = options->authority,
                                           .plain = options->plain}};
    if (start(options, record, mail, error)) {
        *ret_mail = mail;
        return true;
    }
    serve_mail_stop(mail);
    return false;
}

struct mail_worker *serve_mail_worker(struct serve_mail *mail)
{
    return mail != NULL ? mail->worker : NULL;
}

void serve_mail_stop(struct serve_mail *mail)
{
    if (mail == NULL) return;
    mail_worker_stop(mail->worker);
    mail_free(mail->mail);
    if (mail->password != NULL) explicit_bzero(mail->password, mail->password_length);
    free(mail->password);
    arena_free(mail->arena);
    free(mail);
}
