/* SMTP by libcurl; see mail.h. One handle keeps its connection from message to message. How far a message came is seen in the
 * commands that were sent: a 550 is the receiver's or the message's only behind RCPT. */
#include "link/mail.h"

#include <assert.h>
#include <curl/curl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#define CONNECT_MS 10000L
#define WHOLE_MS 60000L
#define ANSWER_SECONDS 30L /* for one answer of the server */
#define PORT_LARGEST 65535
#define HOST_LARGEST 253
#define WORD_LARGEST 255 /* a user's name, a password */
#define MESSAGE_LARGEST ((size_t)128 * 1024)
#define CODE_LATER 400
#define CODE_REFUSED 500
#define CODE_END 600
#define CODE_CLOSING 421 /* whatever was asked: the server shuts down, or has too much to do */

struct mail {
    const struct mail_server *server;
    CURL *handle;
    char *url;
    bool to_receiver; /* RCPT was sent: what is refused now is this message */
    atomic_bool hurried;
};

/* ---- settings ---- */

struct place {
    struct slice host;
    struct slice port; /* with its colon; may be empty */
    bool encrypted;    /* smtps */
};

static bool host_good(struct slice host)
{
    static const struct slice name = {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-", 64};
    static const struct slice number = {"0123456789abcdefABCDEF:.", 24};
    bool v6 = host.length > 2 && host.at[0] == '[' && host.at[host.length - 1] == ']';
    struct slice bare = v6 ? slice_part(host, 1, host.length - 1) : host;
    struct slice allowed = v6 ? number : name;
    for (size_t i = 0; i < bare.length; i++)
        if (slice_find(allowed, bare.at[i]) == allowed.length) return false;
    return bare.length > 0 && bare.length <= HOST_LARGEST && bare.at[0] != '-';
}

static bool port_good(struct slice port)
{
    int64_t number;
    if (port.length == 0) return true;
    return port.length <= 6 && slice_number(slice_part(port, 1, port.length), &number) &&
           number >= 1 && number <= PORT_LARGEST;
}

/* Host and port and nothing more: a name, a password or a path in the address would go somewhere unseen. */
static bool read_url(const char *url, struct place *ret_place)
{
    struct slice rest = slice_of(url);
    struct place place = {.encrypted = slice_starts(rest, SLICE("smtps://"))};
    if (!place.encrypted && !slice_starts(rest, SLICE("smtp://"))) return false;
    rest = slice_part(rest, place.encrypted ? 8 : 7, rest.length);
    if (slice_ends(rest, SLICE("/"))) rest.length--;
    size_t close = slice_find(rest, ']');
    size_t host = close < rest.length ? close + 1 : slice_find(rest, ':');
    place.host = slice_part(rest, 0, host);
    place.port = slice_part(rest, host, rest.length);
    *ret_place = place;
    return host_good(place.host) && (place.port.length == 0 || place.port.at[0] == ':') &&
           port_good(place.port);
}

/* By its name alone: what a name server says could be said by anybody. */
static bool on_this_machine(struct slice host)
{
    static const struct slice number = {"0123456789.", 11};
    for (size_t i = 0; i < host.length; i++)
        if (slice_find(number, host.at[i]) == number.length)
            return slice_is(host, "localhost") || slice_is(host, "[::1]");
    return slice_starts(host, SLICE("127."));
}

/* Control characters would end the command in which it is sent. */
static bool word_good(const char *word)
{
    struct slice all = slice_of(word);
    for (size_t i = 0; i < all.length; i++)
        if ((unsigned char)all.at[i] < 0x20 || all.at[i] == 0x7f) return false;
    return all.length > 0 && all.length <= WORD_LARGEST;
}

static bool check_user(const struct mail_server *server, const struct place *place,
                       struct error *error)
{
    if (server->user == NULL && server->password == NULL) return true;
    if (server->user == NULL || server->password == NULL) {
        error_set(error, ERROR_USAGE, "signing in to the mail server takes a user and a password");
        return error_advise(error, "Give both, or neither");
    }
    if (!word_good(server->user) || !word_good(server->password))
        return error_set(error, ERROR_USAGE,
                         "the user or the password for the mail server is empty, too long, or "
                         "holds characters that cannot be sent");
    if (!server->plain || place->encrypted || on_this_machine(place->host)) return true;
    error_set(error, ERROR_USAGE, "the password would go over the network for all to read");
    return error_advise(error, "Leave out --mail-plain, or send without a user");
}

bool mail_server_check(const struct mail_server *server, struct error *error)
{
    struct place place;
    if (!read_url(server->url, &place)) {
        error_set(error, ERROR_USAGE, "'%.80s' is no address of a mail server", server->url);
        return error_advise(error, "Write smtp://HOST:PORT or smtps://HOST:PORT, and nothing "
                                   "behind it; a user has an option of its own");
    }
    if (!mail_address_good(slice_of(server->from))) {
        error_set(error, ERROR_USAGE, "'%.80s' is no address that mail can come from",
                  server->from);
        return error_advise(error, "Write it as NAME@DOMAIN");
    }
    return check_user(server, &place, error);
}

/* ---- a connection ---- */

/* The name by which we greet the server is the sender's domain: the machine's own is nobody's business. */
static char *greeting_url(const struct mail_server *server, const struct place *place)
{
    struct text url;
    struct slice domain = mail_address_domain(slice_of(server->from));
    text_init(&url, 1000);
    text_format(&url, "%s://%.*s%.*s/%.*s", place->encrypted ? "smtps" : "smtp",
                SLICE_PRINT(place->host), SLICE_PRINT(place->port), SLICE_PRINT(domain));
    return url.at; /* freed by mail_free */
}

static bool wants_encryption(const struct mail_server *server, const struct place *place)
{
    if (place->encrypted || server->authority != NULL) return true;
    return !server->plain && !on_this_machine(place->host);
}

/* Only where the conversation stands is looked at; what else libcurl tells here, passwords too, goes nowhere. */
static int see_command(CURL *handle, curl_infotype type, char *data, size_t size, void *context)
{
    struct mail *mail = context;
    (void)handle;
    if (type == CURLINFO_HEADER_OUT && size >= 4 && memcmp(data, "RCPT", 4) == 0)
        mail->to_receiver = true;
    return 0;
}

/* Asked about once a second. What the server may have taken over already is waited for, or it would be sent twice. */
static int see_progress(void *context, curl_off_t to_get, curl_off_t got, curl_off_t to_send,
                        curl_off_t sent)
{
    struct mail *mail = context;
    (void)to_get, (void)got, (void)to_send, (void)sent;
    return atomic_load(&mail->hurried) && !mail->to_receiver;
}

struct reading {
    struct slice rest;
};

static size_t read_more(char *buffer, size_t size, size_t count, void *context)
{
    struct reading *reading = context;
    size_t most = size * count;
    size_t length = reading->rest.length < most ? reading->rest.length : most;
    memcpy(buffer, reading->rest.at, length);
    reading->rest = slice_part(reading->rest, length, reading->rest.length);
    return length;
}

/* What holds for every message. Whatever the environment says of proxies or other protocols is not listened to. */
static bool set_up(struct mail *mail, const struct place *place)
{
    const struct mail_server *server = mail->server;
    CURL *handle = mail->handle;
    long connect = server->connect_ms > 0 ? server->connect_ms : CONNECT_MS;
    long whole = server->whole_ms > 0 ? server->whole_ms : WHOLE_MS;
    long answer = whole / 1000 < ANSWER_SECONDS ? whole / 1000 + 1 : ANSWER_SECONDS;
    long encrypted = wants_encryption(server, place) ? CURLUSESSL_ALL : CURLUSESSL_NONE;
    bool good = curl_easy_setopt(handle, CURLOPT_URL, mail->url) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps") == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_PROXY, "") == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, connect) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, whole) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, answer) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_USE_SSL, encrypted) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_READFUNCTION, read_more) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, see_command) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_DEBUGDATA, mail) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, see_progress) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_XFERINFODATA, mail) == CURLE_OK;
    good &= curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L) == CURLE_OK;
    if (server->authority != NULL) {
        good &= curl_easy_setopt(handle, CURLOPT_CAINFO, server->authority) == CURLE_OK;
        good &= curl_easy_setopt(handle, CURLOPT_CAPATH, NULL) == CURLE_OK;
    }
    if (server->user == NULL) return good;
    good &= curl_easy_setopt(handle, CURLOPT_USERNAME, server->user) == CURLE_OK;
    return good & (curl_easy_setopt(handle, CURLOPT_PASSWORD, server->password) == CURLE_OK);
}

static void part(struct mail *mail)
{
    if (mail->handle != NULL) curl_easy_cleanup(mail->handle);
    mail->handle = NULL;
}

static bool meet(struct mail *mail)
{
    struct place place;
    if (mail->handle != NULL) return true;
    bool known = read_url(mail->server->url, &place);
    assert(known);
    (void)known;
    if (mail->url == NULL) mail->url = greeting_url(mail->server, &place);
    mail->handle = curl_easy_init();
    if (mail->handle != NULL && set_up(mail, &place)) return true;
    part(mail);
    return false;
}

struct mail *mail_new(const struct mail_server *server)
{
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return NULL;
    struct mail *mail = memory_grow(NULL, sizeof *mail);
    *mail = (struct mail){.server = server};
    if (meet(mail)) return mail;
    mail_free(mail);
    return NULL;
}

void mail_hurry(struct mail *mail)
{
    atomic_store(&mail->hurried, true);
}

void mail_rest(struct mail *mail)
{
    part(mail);
}

void mail_free(struct mail *mail)
{
    if (mail == NULL) return;
    part(mail);
    free(mail->url);
    free(mail);
    curl_global_cleanup();
}

/* ---- a message ---- */

static const char *reason_of(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST: return "no-host";
    case CURLE_COULDNT_CONNECT: return "no-connection";
    case CURLE_OPERATION_TIMEDOUT: return "slow";
    case CURLE_LOGIN_DENIED:
    case CURLE_AUTH_ERROR: return "sign-in";
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_USE_SSL_FAILED: return "tls";
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_WEIRD_SERVER_REPLY: return "cut-off";
    default: return "other";
    }
}

static void say(struct mail_answer *answer, enum mail_result result, bool server,
                const char *reason)
{
    struct slice words = slice_of(reason);
    size_t length = words.length < MAIL_REASON_LARGEST ? words.length : MAIL_REASON_LARGEST - 1;
    *answer = (struct mail_answer){.result = result, .server = server};
    memcpy(answer->reason, words.at, length);
}

/* What the server said last counts where it refused something; a number from before a cut is not that. */
static void judge(const struct mail *mail, CURLcode code, struct mail_answer *answer)
{
    long said = 0;
    if (code == CURLE_OK) {
        say(answer, MAIL_SENT, false, "sent");
        return;
    }
    bool known = curl_easy_getinfo(mail->handle, CURLINFO_RESPONSE_CODE, &said) == CURLE_OK;
    const char *reason = reason_of(code);
    bool of_server = slice_is(slice_of(reason), "tls") || slice_is(slice_of(reason), "sign-in");
    if (!known || said < CODE_LATER || said >= CODE_END || of_server) {
        say(answer, MAIL_LATER, true, reason);
        return;
    }
    bool for_good = mail->to_receiver && said >= CODE_REFUSED;
    bool server = !mail->to_receiver || said == CODE_CLOSING;
    say(answer, for_good ? MAIL_REFUSED : MAIL_LATER, server, "smtp-");
    size_t length = slice_of(answer->reason).length;
    for (long unit = 100; unit > 0; unit /= 10)
        answer->reason[length++] = (char)('0' + said / unit % 10);
}

static CURLcode perform(struct mail *mail, struct slice from, struct slice to, struct slice content)
{
    struct reading reading = {content};
    struct curl_slist *receivers = curl_slist_append(NULL, to.at);
    CURL *handle = mail->handle;
    CURLcode code = CURLE_OUT_OF_MEMORY;
    mail->to_receiver = false;
    if (receivers != NULL && curl_easy_setopt(handle, CURLOPT_MAIL_FROM, from.at) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, receivers) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_READDATA, &reading) == CURLE_OK &&
        curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE, (curl_off_t)content.length) == CURLE_OK)
        code = curl_easy_perform(handle);
    (void)curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, NULL); /* freed now */
    (void)curl_easy_setopt(handle, CURLOPT_READDATA, NULL);
    curl_slist_free_all(receivers);
    return code;
}

void mail_send(struct mail *mail, const struct mail_message *message,
               struct mail_answer *ret_answer)
{
    AUTO(arena) struct arena *arena = arena_new();
    AUTO_TEXT struct text content;
    struct error ignored = {.code = ERROR_NONE};
    struct mail_message own = *message;
    own.from = slice_of(mail->server->from);
    text_init(&content, MESSAGE_LARGEST);
    if (!mail_message_write(&own, &content, &ignored)) {
        say(ret_answer, MAIL_REFUSED, false, "address");
        return;
    }
    if (!meet(mail)) {
        say(ret_answer, MAIL_LATER, true, "other");
        return;
    }
    judge(mail, perform(mail, own.from, arena_copy(arena, own.to), text_slice(&content)),
          ret_answer);
}
