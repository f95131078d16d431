/* Reading and serving of the front-end files; see assets.h. Which files there are is this file's business. */
#include "web/assets.h"

#include <sodium.h>

#include "base/file.h"

static const struct {
    const char *name, *type;
} files[] = {
    {"govuk-frontend.min.css", "text/css; charset=utf-8"},
    {"govuk-frontend.min.js", "text/javascript; charset=utf-8"},
    {"lanyard.css", "text/css; charset=utf-8"},
    {"lanyard.js", "text/javascript; charset=utf-8"},
    {"lanyard.svg", "image/svg+xml"},
};

static struct slice hex(struct arena *arena, const unsigned char hash[crypto_hash_sha256_BYTES])
{
    char written[2 * crypto_hash_sha256_BYTES + 1];
    sodium_bin2hex(written, sizeof written, hash, crypto_hash_sha256_BYTES);
    return arena_copy(arena, (struct slice){written, 32});
}

static bool read_one(const char *folder, size_t at, struct arena *arena, struct asset *ret_asset,
                     struct error *error)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    struct slice path = arena_format(arena, "%s/%s", folder, files[at].name);
    struct asset asset = {.name = slice_of(files[at].name), .type = files[at].type};
    if (!file_read(path.at, ASSET_SIZE_LARGEST, arena, &asset.content, error))
        return error_advise(
            error, "The pages' style is missing; `script/bootstrap web` and `make` bring it.");
    crypto_hash_sha256(hash, (const unsigned char *)asset.content.at, asset.content.length);
    asset.etag = arena_format(arena, "\"%.*s\"", SLICE_PRINT(hex(arena, hash)));
    *ret_asset = asset;
    return true;
}

bool assets_read(const char *folder, struct arena *arena, struct assets *ret_assets,
                 struct error *error)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_state state;
    struct assets assets = {.count = 0};
    crypto_hash_sha256_init(&state);
    for (size_t at = 0; at < sizeof files / sizeof *files; at++) {
        struct asset *asset = &assets.at[assets.count++];
        if (!read_one(folder, at, arena, asset, error)) return false;
        crypto_hash_sha256_update(&state, (const unsigned char *)asset->etag.at,
                                  asset->etag.length);
    }
    crypto_hash_sha256_final(&state, hash);
    assets.base = arena_format(arena, "/assets/%.16s/", hex(arena, hash).at);
    *ret_assets = assets;
    return true;
}

bool assets_answer(const struct assets *assets, struct visit *visit)
{
    struct slice path = visit->request->path;
    if (!slice_starts(path, assets->base)) return false;
    struct slice name = slice_part(path, assets->base.length, path.length);
    for (size_t at = 0; at < assets->count; at++) {
        const struct asset *asset = &assets->at[at];
        if (!slice_equal(asset->name, name)) continue;
        bool known = slice_equal(visit->request->if_none_match, asset->etag);
        visit->response->status = known ? 304 : 200;
        visit->response->content_type = asset->type;
        visit->response->is_asset = true;
        visit->response->asset = known ? SLICE_EMPTY : asset->content;
        visit->response->etag = asset->etag;
        return true;
    }
    return false;
}
