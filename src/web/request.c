/* Splitting and checking of the parts of a request that are ours to read: address, host, origin, cookie. */
#include "web/request.h"

#include <strings.h>

enum method web_request_method(struct slice word)
{
    if (slice_is(word, "GET")) return METHOD_GET;
    if (slice_is(word, "HEAD")) return METHOD_HEAD;
    if (slice_is(word, "POST")) return METHOD_POST;
    return METHOD_OTHER;
}

static bool path_plain(struct slice path)
{
    for (size_t at = 0; at < path.length; at++) {
        unsigned char c = (unsigned char)path.at[at];
        if (c <= 0x20 || c >= 0x7f || c == '%' || c == '\\' || c == '"' || c == '<' || c == '>')
            return false;
        if (c == '/' && at + 1 < path.length && (path.at[at + 1] == '/' || path.at[at + 1] == '.'))
            return false;
    }
    return path.length > 0 && path.at[0] == '/';
}

bool web_request_address(struct slice address, struct web_request *request)
{
    size_t mark = slice_find(address, '?');
    request->path = slice_part(address, 0, mark);
    request->has_query = mark < address.length;
    request->query = slice_part(address, mark + 1, address.length);
    return path_plain(request->path);
}

struct slice web_request_cookie(struct slice header, struct slice name)
{
    struct slice pair, found = SLICE_EMPTY;
    size_t times = 0;
    while (slice_split(&header, ';', &pair)) {
        pair = slice_trim(pair);
        size_t equals = slice_find(pair, '=');
        if (equals == pair.length || !slice_equal(slice_part(pair, 0, equals), name)) continue;
        found = slice_part(pair, equals + 1, pair.length);
        times++;
    }
    return times == 1 ? found : SLICE_EMPTY;
}

static bool same_name(struct slice a, struct slice b)
{
    return a.length == b.length && strncasecmp(a.at, b.at, a.length) == 0;
}

/* The host without its port; a bracketed IPv6 address keeps its brackets. Empty where the port is no number. */
static struct slice host_name(struct slice host)
{
    size_t end = 0;
    if (host.length > 0 && host.at[0] == '[') end = slice_find(host, ']');
    size_t colon = end + slice_find(slice_part(host, end, host.length), ':');
    if (colon >= host.length) return host;
    struct slice port = slice_part(host, colon + 1, host.length);
    if (port.length > 5) return SLICE_EMPTY;
    for (size_t at = 0; at < port.length; at++)
        if (port.at[at] < '0' || port.at[at] > '9') return SLICE_EMPTY;
    return slice_part(host, 0, colon);
}

bool web_request_host_known(struct slice host, const char *const *hosts, size_t count)
{
    static const char *const ours[] = {"127.0.0.1", "localhost", "[::1]"};
    if (count == 0) {
        hosts = ours;
        count = sizeof ours / sizeof *ours;
    }
    struct slice name = host_name(host);
    for (size_t at = 0; at < count; at++)
        if (name.length > 0 && same_name(name, slice_of(hosts[at]))) return true;
    return false;
}

/* 0 to 255 as inet_ntop writes it, without a zero in front. */
static bool is_octet(struct slice part)
{
    int number = 0;
    if (part.length == 0 || part.length > 3 || (part.length > 1 && part.at[0] == '0')) return false;
    for (size_t at = 0; at < part.length; at++) {
        if (part.at[at] < '0' || part.at[at] > '9') return false;
        number = number * 10 + (part.at[at] - '0');
    }
    return number <= 255;
}

static bool ipv4_loopback(struct slice name)
{
    struct slice part;
    int parts = 0;
    if (!slice_starts(name, SLICE("127.")) || slice_ends(name, SLICE("."))) return false;
    while (slice_split(&name, '.', &part)) {
        if (!is_octet(part)) return false;
        parts++;
    }
    return parts == 4;
}

bool web_request_host_loopback(struct slice host)
{
    struct slice name = host_name(host);
    return same_name(name, SLICE("localhost")) || slice_is(name, "[::1]") || ipv4_loopback(name);
}

bool web_request_header_forwards(struct slice name)
{
    static const char *const whole[] = {"Forwarded", "Via", "X-Real-IP"};
    struct slice prefix = SLICE("X-Forwarded");
    for (size_t at = 0; at < sizeof whole / sizeof *whole; at++)
        if (same_name(name, slice_of(whole[at]))) return true;
    return same_name(slice_part(name, 0, prefix.length), prefix);
}

bool web_request_same_origin(const struct web_request *request)
{
    struct slice origin = request->origin, site = request->fetch_site;
    if (site.length > 0 && !slice_is(site, "same-origin")) return false;
    if (origin.length == 0 || slice_is(origin, "null")) return true;
    if (slice_starts(origin, SLICE("http://")))
        return same_name(slice_part(origin, 7, origin.length), request->host);
    if (slice_starts(origin, SLICE("https://")))
        return same_name(slice_part(origin, 8, origin.length), request->host);
    return false;
}

bool web_request_is_form(struct slice content_type)
{
    struct slice kind = slice_trim(slice_part(content_type, 0, slice_find(content_type, ';')));
    return same_name(kind, SLICE("application/x-www-form-urlencoded"));
}
