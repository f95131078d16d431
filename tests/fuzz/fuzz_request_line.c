/* Fuzzes the parts of a request that we read ourselves: address, Host, Origin, Cookie, one a line. Promises: no crash; a
 * path that is taken is plain; a host that is known is ours whatever the port. */
#include <stdlib.h>

#include "web/html.h"
#include "web/request.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct slice line(struct slice *rest)
{
    struct slice found = SLICE_EMPTY;
    return slice_line(rest, &found) ? found : SLICE_EMPTY;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice rest = {(const char *)data, size};
    struct web_request request = {.method = METHOD_POST};
    if (size == 0) return 0;
    if (web_request_address(line(&rest), &request)) {
        struct slice path = request.path;
        if (path.length == 0 || path.at[0] != '/' || !html_address_safe(path)) abort();
        if (slice_search(path, SLICE("/.")) < path.length || slice_find(path, '%') < path.length)
            abort();
    }
    request.host = line(&rest);
    if (web_request_host_known(request.host, NULL, 0) && request.host.length > 15) abort();
    request.origin = line(&rest);
    request.fetch_site = line(&rest);
    if (web_request_same_origin(&request) && request.origin.length > request.host.length + 8)
        abort();
    struct slice cookie = web_request_cookie(line(&rest), SLICE("lanyard-session"));
    if (slice_find(cookie, ';') < cookie.length) abort();
    (void)web_request_is_form(line(&rest));
    return 0;
}
