/* Headers of an answer. One table holds the security headers; pages cannot change them. */
#include "web/response.h"

static const char html_type[] = "text/html; charset=utf-8";

/* No inline script or style anywhere, so no nonce is needed: everything comes from our own files or not at all. */
static const struct header always[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; "
     "frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types "
     "'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy",
     "accelerometer=(), autoplay=(), bluetooth=(), browsing-topics=(), camera=(), "
     "clipboard-read=(), clipboard-write=(), display-capture=(), encrypted-media=(), "
     "fullscreen=(), gamepad=(), geolocation=(), gyroscope=(), hid=(), idle-detection=(), "
     "local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), "
     "picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(), serial=(), "
     "storage-access=(), usb=(), web-share=(), window-management=(), xr-spatial-tracking=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Origin-Agent-Cluster", "?1"},
    {"X-DNS-Prefetch-Control", "off"},
    {"X-Permitted-Cross-Domain-Policies", "none"},
    {"X-Robots-Tag", "noindex, nofollow"},
};

void response_init(struct response *response)
{
    *response = (struct response){.status = 200, .content_type = html_type};
    text_init(&response->body, RESPONSE_LARGEST);
}

void response_clear(struct response *response)
{
    text_clear(&response->body);
}

void response_see(struct response *response, struct slice path)
{
    response->status = 303;
    response->location = path;
}

void response_leave(struct response *response, struct slice address)
{
    response->refresh = address;
    response->clear_site = true;
}

static const char *string_of(struct arena *arena, struct slice value)
{
    return arena_copy(arena, value).at;
}

size_t response_headers(const struct response *response, struct arena *arena,
                        struct header ret_headers[RESPONSE_HEADERS_LARGEST])
{
    size_t count = 0;
    for (; count < sizeof always / sizeof *always; count++) ret_headers[count] = always[count];
    ret_headers[count++] = (struct header){
        "Cache-Control", response->is_asset ? "public, max-age=31536000, immutable" : "no-store"};
    if (response->status != 304)
        ret_headers[count++] = (struct header){"Content-Type", response->content_type};
    if (response->etag.length > 0)
        ret_headers[count++] = (struct header){"ETag", string_of(arena, response->etag)};
    if (response->location.length > 0)
        ret_headers[count++] = (struct header){"Location", string_of(arena, response->location)};
    if (response->refresh.length > 0)
        ret_headers[count++] = (struct header){
            "Refresh", arena_format(arena, "0; url=%.*s", SLICE_PRINT(response->refresh)).at};
    if (response->allow != NULL) ret_headers[count++] = (struct header){"Allow", response->allow};
    if (response->cookie[0] != '\0')
        ret_headers[count++] = (struct header){"Set-Cookie", response->cookie};
    for (size_t at = 0; at < response->more_cookie_count; at++)
        ret_headers[count++] = (struct header){"Set-Cookie", response->more_cookies[at]};
    if (response->clear_site)
        ret_headers[count++] =
            (struct header){"Clear-Site-Data", "\"cache\", \"cookies\", \"storage\""};
    return count;
}

const char *response_reason(unsigned status)
{
    switch (status) {
    case 200: return "OK";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 413: return "Payload Too Large";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 421: return "Misdirected Request";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
    }
}
