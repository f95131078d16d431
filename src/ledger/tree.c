/* RFC 6962's tree over the full subtrees that a size is made of: 2^i leaves for each bit i of the size, the larger ones to
 * the left. Proofs walk from the root down and are turned round, as the RFC lists them from the leaf up. */
#include "ledger/tree.h"

#include <assert.h>
#include <string.h>

#include "ledger/bytes.h"
#include "ledger/sha256.h"

struct tree_hash tree_leaf(struct slice body)
{
    struct tree_hash hash;
    sha256_prefixed(0x00, body, SLICE_EMPTY, hash.at);
    return hash;
}

static struct tree_hash node(const struct tree_hash *left, const struct tree_hash *right)
{
    struct tree_hash hash;
    sha256_prefixed(0x01, BYTES(left->at), BYTES(right->at), hash.at);
    return hash;
}

bool tree_hash_same(const struct tree_hash *a, const struct tree_hash *b)
{
    return memcmp(a->at, b->at, sizeof a->at) == 0;
}

void tree_append(struct tree *tree, const struct tree_hash *leaf)
{
    assert(tree->size < UINT64_MAX);
    struct tree_hash hash = *leaf;
    size_t level = 0;
    for (; tree->size >> level & 1; level++) hash = node(&tree->peaks[level], &hash);
    tree->peaks[level] = hash;
    tree->size++;
}

struct tree_hash tree_root(const struct tree *tree)
{
    struct tree_hash root;
    bool begun = false;
    for (size_t level = 0; level < TREE_LEVELS; level++) {
        if (!(tree->size >> level & 1)) continue;
        root = begun ? node(&tree->peaks[level], &root) : tree->peaks[level];
        begun = true;
    }
    if (!begun) sha256(SLICE_EMPTY, root.at);
    return root;
}

void tree_write(const struct tree *tree, struct text *out)
{
    bytes_add_number(out, tree->size, 8);
    for (size_t level = TREE_LEVELS; level-- > 0;) {
        if (tree->size >> level & 1) text_add(out, BYTES(tree->peaks[level].at));
    }
}

bool tree_read(struct slice bytes, struct tree *ret_tree)
{
    struct cursor cursor;
    cursor_init(&cursor, bytes);
    struct tree tree = {0};
    if (!bytes_take_number(&cursor, 8, &tree.size)) return false;
    for (size_t level = TREE_LEVELS; level-- > 0;) {
        struct slice peak;
        if (!(tree.size >> level & 1)) continue;
        if (!bytes_take(&cursor, TREE_HASH_SIZE, &peak)) return false;
        memcpy(tree.peaks[level].at, peak.at, TREE_HASH_SIZE);
    }
    if (!cursor_done(&cursor)) return false;
    *ret_tree = tree;
    return true;
}

/* The root of leaves from..to-1. */
static struct tree_hash root_of(const struct tree_hash *leaves, uint64_t from, uint64_t to)
{
    struct tree tree = {0};
    for (uint64_t i = from; i < to; i++) tree_append(&tree, &leaves[i]);
    return tree_root(&tree);
}

/* The largest power of two below size, which is at least 2: where the RFC splits. */
static uint64_t split(uint64_t size)
{
    return (uint64_t)1 << (63 - __builtin_clzll(size - 1));
}

static void turn_round(struct tree_proof *proof)
{
    for (size_t i = 0; i < proof->count / 2; i++) {
        struct tree_hash other = proof->at[i];
        proof->at[i] = proof->at[proof->count - 1 - i];
        proof->at[proof->count - 1 - i] = other;
    }
}

struct tree_proof tree_inclusion(const struct tree_hash *leaves, uint64_t size, uint64_t leaf)
{
    assert(leaf < size);
    struct tree_proof proof = {0};
    uint64_t from = 0;
    uint64_t to = size;
    while (to - from > 1) {
        uint64_t middle = from + split(to - from);
        if (leaf < middle) {
            proof.at[proof.count++] = root_of(leaves, middle, to);
            to = middle;
        } else {
            proof.at[proof.count++] = root_of(leaves, from, middle);
            from = middle;
        }
    }
    turn_round(&proof);
    return proof;
}

/* The root of leaves from..to-1, at least one, where every full subtree of that range begins at a multiple of its size: as it is with the
 * ranges of proofs. The subtrees become smaller to the right, and are put together from there. */
static bool root_from(tree_subtree *subtree, void *context, uint64_t from, uint64_t to,
                      struct tree_hash *ret_root, struct error *error)
{
    struct tree_hash found[TREE_LEVELS];
    size_t count = 0;
    do {
        unsigned level = (unsigned)(63 - __builtin_clzll(to - from));
        if (!subtree(context, level, from >> level, &found[count++], error)) return false;
        from += (uint64_t)1 << level;
    } while (from < to);
    struct tree_hash root = found[--count];
    while (count > 0) root = node(&found[--count], &root);
    *ret_root = root;
    return true;
}

bool tree_inclusion_from(tree_subtree *subtree, void *context, uint64_t size, uint64_t leaf,
                         struct tree_proof *ret_proof, struct error *error)
{
    assert(leaf < size);
    uint64_t from = 0;
    uint64_t to = size;
    ret_proof->count = 0;
    while (to - from > 1) {
        uint64_t middle = from + split(to - from);
        struct tree_hash *place = &ret_proof->at[ret_proof->count++];
        bool left = leaf < middle;
        if (!root_from(subtree, context, left ? middle : from, left ? to : middle, place, error))
            return false;
        if (left)
            to = middle;
        else
            from = middle;
    }
    turn_round(ret_proof);
    return true;
}

struct tree_proof tree_consistency(const struct tree_hash *leaves, uint64_t size, uint64_t earlier)
{
    assert(earlier <= size);
    struct tree_proof proof = {0};
    if (earlier == 0 || earlier == size) return proof;
    uint64_t from = 0;
    uint64_t to = size;
    while (earlier != to) {
        uint64_t middle = from + split(to - from);
        if (earlier <= middle) {
            proof.at[proof.count++] = root_of(leaves, middle, to);
            to = middle;
        } else {
            proof.at[proof.count++] = root_of(leaves, from, middle);
            from = middle;
        }
    }
    /* From 0, the subtree is the earlier tree itself, whose root the verifier has. */
    if (from > 0) proof.at[proof.count++] = root_of(leaves, from, to);
    turn_round(&proof);
    return proof;
}

/* One step up the path of RFC 9162: `node_at` among `last` + 1 nodes of its level, until it is a right child. */
static void climb(uint64_t *node_at, uint64_t *last)
{
    while (!(*node_at & 1) && *node_at != 0) {
        *node_at >>= 1;
        *last >>= 1;
    }
}

bool tree_inclusion_holds(const struct tree_proof *proof, uint64_t size, uint64_t leaf,
                          const struct tree_hash *hash, const struct tree_hash *root)
{
    if (leaf >= size || proof->count > TREE_PROOF_LARGEST) return false;
    uint64_t at = leaf;
    uint64_t last = size - 1;
    struct tree_hash found = *hash;
    for (size_t i = 0; i < proof->count; i++) {
        if (last == 0) return false;
        if (at & 1 || at == last) {
            found = node(&proof->at[i], &found);
            climb(&at, &last);
        } else {
            found = node(&found, &proof->at[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && tree_hash_same(&found, root);
}

/* RFC 9162 2.1.4.2: walks up from the last leaf of the earlier tree, whose own subtree is `before`. */
static bool walk_consistency(const struct tree_hash *path, size_t count, uint64_t size,
                             uint64_t earlier, struct tree_hash *before, struct tree_hash *now)
{
    uint64_t at = earlier - 1;
    uint64_t last = size - 1;
    for (; at & 1; at >>= 1) last >>= 1;
    for (size_t i = 0; i < count; i++) {
        if (last == 0) return false;
        if (at & 1 || at == last) {
            *before = node(&path[i], before);
            *now = node(&path[i], now);
            climb(&at, &last);
        } else {
            *now = node(now, &path[i]);
        }
        at >>= 1;
        last >>= 1;
    }
    return last == 0;
}

bool tree_consistency_holds(const struct tree_proof *proof, uint64_t size, uint64_t earlier,
                            const struct tree_hash *root, const struct tree_hash *earlier_root)
{
    if (earlier > size || proof->count > TREE_PROOF_LARGEST) return false;
    struct tree_hash nothing = tree_root(&(struct tree){0});
    if (earlier == size) return proof->count == 0 && tree_hash_same(root, earlier_root);
    if (earlier == 0) return proof->count == 0 && tree_hash_same(&nothing, earlier_root);
    bool full = (earlier & (earlier - 1)) == 0; /* one full subtree: its root opens the path */
    size_t first = full ? 0 : 1;
    if (proof->count == 0) return false;
    struct tree_hash before = full ? *earlier_root : proof->at[0];
    struct tree_hash now = before;
    return walk_consistency(proof->at + first, proof->count - first, size, earlier, &before,
                            &now) &&
           tree_hash_same(&before, earlier_root) && tree_hash_same(&now, root);
}
