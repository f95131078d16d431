/* libmicrohttpd behind http.h. Traps it knows about (each has a test): an answer queued in the callback's first call
 * closes the connection; what is not consumed of an upload must be said; nothing limits a body but us; the notice of
 * completion also comes for broken connections and is the one place where a request's memory is freed. */
#include "web/http.h"
#include "web/upload.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Bytes read and thrown away beyond the body's limit, so that the sender hears 413; then the line is cut. */
#define DISCARD_LARGEST (1u << 20)
/* And behind a fault in a file: its sender waits for the end before it listens. */
#define UPLOAD_DISCARD_LARGEST (UPLOAD_LARGEST + DISCARD_LARGEST)

struct http {
    struct MHD_Daemon *daemon;
    struct site *site;
    uint16_t port;
    struct upload_slots slots;
};

/* One request while it arrives. */
struct exchange {
    struct arena *arena;
    struct web_request request;
    struct text body;
    struct upload *upload; /* of a page that takes a file, else NULL */
    size_t discarded;
    bool seen; /* the handler was called before */
};

static struct exchange *exchange_new(void)
{
    struct arena *arena = arena_new();
    struct exchange *exchange = ARENA_NEW(arena, struct exchange);
    exchange->arena = arena;
    exchange->request = (struct web_request){.arena = arena,
                                             .path = SLICE_EMPTY,
                                             .query = SLICE_EMPTY,
                                             .host = SLICE_EMPTY,
                                             .origin = SLICE_EMPTY,
                                             .fetch_site = SLICE_EMPTY,
                                             .cookie = SLICE_EMPTY,
                                             .content_type = SLICE_EMPTY,
                                             .if_none_match = SLICE_EMPTY,
                                             .client = SLICE_EMPTY,
                                             .body = SLICE_EMPTY,
                                             .file = SLICE_EMPTY,
                                             .file_name = SLICE_EMPTY};
    text_init(&exchange->body, REQUEST_BODY_LARGEST);
    return exchange;
}

/* Called once the request line is read: the only place that shows the address as it was sent. */
static void *take_address(void *context, const char *address, struct MHD_Connection *connection)
{
    (void)context;
    (void)connection;
    struct exchange *exchange = exchange_new();
    struct slice sent = slice_of(address);
    if (sent.length > REQUEST_ADDRESS_LARGEST)
        exchange->request.address_too_long = true;
    else if (!web_request_address(arena_copy(exchange->arena, sent), &exchange->request))
        exchange->request.path = SLICE_EMPTY;
    return exchange;
}

static void forget(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode why)
{
    (void)context;
    (void)connection;
    (void)why;
    struct exchange *exchange = *state;
    if (exchange == NULL) return;
    *state = NULL;
    explicit_bzero(exchange->body.at, exchange->body.length);
    text_clear(&exchange->body);
    upload_free(exchange->upload);
    arena_free(exchange->arena);
}

/* The size of all, and what must not be there twice or at all: a lookup by name shows only the first of several. */
static enum MHD_Result count_header(void *context, enum MHD_ValueKind kind, const char *name,
                                    const char *value)
{
    (void)kind;
    struct web_request *request = context;
    request->headers_size += slice_of(name).length + slice_of(value).length + 4;
    if (web_request_header_forwards(slice_of(name))) request->forwarded = true;
    if (strcasecmp(name, MHD_HTTP_HEADER_HOST) != 0) return MHD_YES;
    if (request->has_host) request->many_hosts = true;
    request->has_host = true;
    return MHD_YES;
}

static struct slice header_of(struct MHD_Connection *connection, const char *name)
{
    return slice_of(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name));
}

/* The address at the other end. Behind a proxy of ours, which is then the only one that can reach us from this machine, the
 * last address that it forwards for. */
static struct slice client_of(struct exchange *exchange, struct MHD_Connection *connection)
{
    char name[INET6_ADDRSTRLEN] = "";
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *peer = info != NULL ? info->client_addr : NULL;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    if (peer != NULL && peer->sa_family == AF_INET) {
        memcpy(&v4, peer, sizeof v4);
        inet_ntop(AF_INET, &v4.sin_addr, name, sizeof name);
    } else if (peer != NULL && peer->sa_family == AF_INET6) {
        memcpy(&v6, peer, sizeof v6);
        inet_ntop(AF_INET6, &v6.sin6_addr, name, sizeof name);
    }
    struct slice client = arena_copy(exchange->arena, slice_of(name));
    struct slice forwarded = header_of(connection, "X-Forwarded-For"), last = SLICE_EMPTY;
    if (!slice_starts(client, SLICE("127.")) && !slice_is(client, "::1")) return client;
    while (slice_split(&forwarded, ',', &last)) continue;
    last = slice_trim(last);
    return last.length > 0 ? last : client;
}

static bool is_multipart(struct slice content_type)
{
    return slice_starts(content_type, SLICE("multipart/form-data"));
}

/* Whether a file comes with it, and may. Gives what may be announced: of a file that is somewhat too large the end is
 * waited for, so that its sender hears why it was not taken. */
static size_t begin_upload(struct http *http, struct exchange *exchange)
{
    struct web_request *request = &exchange->request;
    const char *field =
        is_multipart(request->content_type) ? site_takes_file(http->site, request) : NULL;
    if (field == NULL) return REQUEST_BODY_LARGEST;
    exchange->upload = upload_new(http->site->upload_folder, request->content_type, request->cookie,
                                  field, &http->slots);
    return UPLOAD_LARGEST * 2;
}

static void take_headers(struct http *http, struct exchange *exchange,
                         struct MHD_Connection *connection, const char *method)
{
    struct web_request *request = &exchange->request;
    int64_t length = 0;
    request->method = web_request_method(slice_of(method));
    MHD_get_connection_values(connection, MHD_HEADER_KIND, count_header, request);
    request->host = header_of(connection, MHD_HTTP_HEADER_HOST);
    request->origin = header_of(connection, MHD_HTTP_HEADER_ORIGIN);
    request->fetch_site = header_of(connection, "Sec-Fetch-Site");
    request->cookie = header_of(connection, MHD_HTTP_HEADER_COOKIE);
    request->content_type = header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE);
    request->if_none_match = header_of(connection, MHD_HTTP_HEADER_IF_NONE_MATCH);
    request->client = client_of(exchange, connection);
    struct slice announced = header_of(connection, MHD_HTTP_HEADER_CONTENT_LENGTH);
    size_t largest = begin_upload(http, exchange);
    if (announced.length > 0 &&
        (!slice_number(announced, &length) || length < 0 || (size_t)length > largest))
        request->body_too_large = true;
}

/* False where the sender goes on and on. */
static bool take_upload(struct exchange *exchange, const char *data, size_t size)
{
    struct web_request *request = &exchange->request;
    if (exchange->upload != NULL && upload_feed(exchange->upload, (struct slice){data, size}))
        return true;
    if (exchange->upload != NULL) {
        exchange->discarded += size;
        return exchange->discarded <= UPLOAD_DISCARD_LARGEST;
    }
    if (!request->body_too_large) {
        text_add(&exchange->body, (struct slice){data, size});
        request->body_too_large = exchange->body.overflowed;
    }
    if (request->body_too_large) exchange->discarded += size;
    return exchange->discarded <= DISCARD_LARGEST;
}

/* Hands the bytes over to the library: an asset stays ours, a page is given away. */
static struct MHD_Response *wrap(struct response *response)
{
    if (response->is_asset) {
        /* the library asks for a pointer to bytes it may write, and does not write persistent ones */
        union {
            const char *in;
            void *out;
        } bytes = {.in = response->asset.at};
        return MHD_create_response_from_buffer(response->asset.length, bytes.out,
                                               MHD_RESPMEM_PERSISTENT);
    }
    struct MHD_Response *wrapped = MHD_create_response_from_buffer(
        response->body.length, response->body.at, MHD_RESPMEM_MUST_FREE);
    if (wrapped != NULL) response->body = (struct text){0};
    return wrapped;
}

static enum MHD_Result send_response(struct MHD_Connection *connection, struct response *response,
                                     struct arena *arena)
{
    struct header headers[RESPONSE_HEADERS_LARGEST];
    size_t count = response_headers(response, arena, headers);
    struct MHD_Response *wrapped = wrap(response);
    enum MHD_Result result = MHD_NO;
    if (wrapped == NULL) return MHD_NO;
    for (size_t at = 0; at < count; at++)
        MHD_add_response_header(wrapped, headers[at].name, headers[at].value);
    result = MHD_queue_response(connection, response->status, wrapped);
    MHD_destroy_response(wrapped);
    return result;
}

static enum MHD_Result answer(struct http *http, struct exchange *exchange,
                              struct MHD_Connection *connection)
{
    struct response response;
    response_init(&response);
    exchange->request.body = text_slice(&exchange->body);
    if (exchange->upload != NULL && !exchange->request.body_too_large) {
        upload_end(exchange->upload, &exchange->request);
        exchange->request.upload_status = exchange->upload->status;
        exchange->request.upload_error = &exchange->upload->error;
    }
    site_answer(http->site, &exchange->request, &response);
    upload_leave(exchange->upload);
    enum MHD_Result result = send_response(connection, &response, exchange->arena);
    response_clear(&response);
    return result;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *data_size, void **state)
{
    (void)url;
    (void)version;
    struct exchange *exchange = *state;
    if (exchange == NULL) return MHD_NO;
    if (!exchange->seen) {
        exchange->seen = true;
        take_headers(context, exchange, connection, method);
        /* a refused upload is answered here and now, which closes the connection, as it should */
        return exchange->request.body_too_large ? answer(context, exchange, connection) : MHD_YES;
    }
    if (*data_size > 0) {
        bool going = take_upload(exchange, data, *data_size);
        *data_size = 0;
        return going ? MHD_YES : MHD_NO;
    }
    return answer(context, exchange, connection);
}

static bool make_address(const struct http_options *options, struct sockaddr_storage *ret_address,
                         struct error *error)
{
    const char *name = options->address != NULL ? options->address : "127.0.0.1";
    struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(options->port)};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(options->port)};
    memset(ret_address, 0, sizeof *ret_address);
    if (inet_pton(AF_INET, name, &v4.sin_addr) == 1)
        memcpy(ret_address, &v4, sizeof v4);
    else if (inet_pton(AF_INET6, name, &v6.sin6_addr) == 1)
        memcpy(ret_address, &v6, sizeof v6);
    else
        return error_set(error, ERROR_USAGE, "'%s' is no address to listen on.", name);
    return true;
}

/* The library's own complaints name addresses of callers, so none of them is printed. */
static void silent(void *context, const char *format, va_list arguments)
{
    (void)context;
    (void)format;
    (void)arguments;
}

static struct MHD_Daemon *start_daemon(struct http *http, const struct http_options *options,
                                       struct sockaddr *address)
{
    unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD |
                     MHD_USE_POLL | MHD_USE_ERROR_LOG | MHD_USE_ITC;
    unsigned per_address =
        options->per_address > 0 ? options->per_address : HTTP_CONNECTIONS_PER_ADDRESS;
    if (address->sa_family == AF_INET6) flags |= MHD_USE_IPv6;
    /* untyped values: each is exactly of the type that microhttpd.h names for its option */
    return MHD_start_daemon(flags, options->port, NULL, NULL, handle, http,                      //
                            MHD_OPTION_EXTERNAL_LOGGER, silent, NULL,                            //
                            MHD_OPTION_SOCK_ADDR, address,                                       //
                            MHD_OPTION_URI_LOG_CALLBACK, take_address, NULL,                     //
                            MHD_OPTION_NOTIFY_COMPLETED, forget, NULL,                           //
                            MHD_OPTION_CONNECTION_LIMIT, (unsigned int)HTTP_CONNECTIONS_LARGEST, //
                            MHD_OPTION_PER_IP_CONNECTION_LIMIT, per_address,                     //
                            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)HTTP_IDLE_SECONDS,      //
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_CONNECTION_MEMORY,  //
                            MHD_OPTION_STRICT_FOR_CLIENT, (int)1, MHD_OPTION_END);
}

bool http_start(const struct http_options *options, struct site *site, struct http **ret_http,
                struct error *error)
{
    struct sockaddr_storage address;
    if (!make_address(options, &address, error)) return false;
    struct http *http = calloc(1, sizeof *http);
    if (http == NULL) abort();
    http->site = site;
    pthread_mutex_init(&http->slots.lock, NULL);
    http->daemon = start_daemon(http, options, (struct sockaddr *)&address);
    if (http->daemon == NULL) {
        free(http);
        error_set(error, ERROR_READ, "I cannot listen on port %u.", (unsigned)options->port);
        return error_advise(error, "Perhaps another program uses it; --port chooses another.");
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
    http->port = info != NULL ? info->port : options->port;
    *ret_http = http;
    return true;
}

uint16_t http_port(const struct http *http)
{
    return http->port;
}

void http_stop(struct http *http)
{
    if (http == NULL) return;
    MHD_stop_daemon(http->daemon);
    pthread_mutex_destroy(&http->slots.lock);
    free(http);
}
