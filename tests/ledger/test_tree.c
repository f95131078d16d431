/* The tree against the values that RFC 6962's authors publish, and every proof of small trees against brute force. */
#include <sodium.h>
#include <string.h>

#include "../base/testing.h"
#include "base/random.h"
#include "ledger/sha256.h"
#include "ledger/tree.h"

enum { LARGEST = 70 };

static void assert_hash(const struct tree_hash *hash, const char *hex)
{
    unsigned char expected[TREE_HASH_SIZE];
    assert_int_equal(sodium_hex2bin(expected, sizeof expected, hex, strlen(hex), NULL, NULL, NULL),
                     0);
    assert_memory_equal(hash->at, expected, sizeof expected);
}

/* The leaves and roots of certificate-transparency's own tests. */
static void gives_the_known_roots(void **state)
{
    (void)state;
    static const struct slice leaves[] = {
        {"", 0},
        {"\x00", 1},
        {"\x10", 1},
        {"\x20\x21", 2},
        {"\x30\x31", 2},
        {"\x40\x41\x42\x43", 4},
        {"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
        {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16},
    };
    static const char *const roots[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    };
    struct tree tree = {0};
    for (size_t i = 0; i <= 8; i++) {
        struct tree_hash root = tree_root(&tree);
        assert_hash(&root, roots[i]);
        if (i == 8) break;
        struct tree_hash leaf = tree_leaf(leaves[i]);
        tree_append(&tree, &leaf);
    }
}

struct grown {
    struct tree_hash leaves[LARGEST];
    struct tree_hash roots[LARGEST + 1];
};

/* MTH of RFC 6962 2.1, as it is written there. */
static struct tree_hash brute_root(const struct tree_hash *leaves, size_t count)
{
    struct tree_hash hash;
    unsigned char node[1 + 2 * TREE_HASH_SIZE] = {1};
    if (count == 0) crypto_hash_sha256(hash.at, node, 0);
    if (count == 1) hash = leaves[0];
    if (count < 2) return hash;
    size_t split = 1;
    while (split * 2 < count) split *= 2;
    struct tree_hash left = brute_root(leaves, split);
    struct tree_hash right = brute_root(leaves + split, count - split);
    memcpy(node + 1, left.at, TREE_HASH_SIZE);
    memcpy(node + 1 + TREE_HASH_SIZE, right.at, TREE_HASH_SIZE);
    crypto_hash_sha256(hash.at, node, sizeof node);
    return hash;
}

static void grow(struct grown *grown)
{
    struct tree tree = {0};
    grown->roots[0] = tree_root(&tree);
    for (size_t i = 0; i < LARGEST; i++) {
        char byte = (char)i;
        grown->leaves[i] = tree_leaf((struct slice){&byte, 1});
        tree_append(&tree, &grown->leaves[i]);
        grown->roots[i + 1] = tree_root(&tree);
    }
}

static void agrees_with_the_definition(void **state)
{
    (void)state;
    struct grown grown;
    grow(&grown);
    for (size_t size = 0; size <= LARGEST; size++) {
        struct tree_hash root = brute_root(grown.leaves, size);
        assert_true(tree_hash_same(&root, &grown.roots[size]));
    }
}

static void proves_every_leaf(void **state)
{
    (void)state;
    struct grown grown;
    grow(&grown);
    for (size_t size = 1; size <= LARGEST; size++) {
        const struct tree_hash *root = &grown.roots[size];
        for (size_t leaf = 0; leaf < size; leaf++) {
            struct tree_proof proof = tree_inclusion(grown.leaves, size, leaf);
            const struct tree_hash *hash = &grown.leaves[leaf];
            assert_true(tree_inclusion_holds(&proof, size, leaf, hash, root));
            assert_false(tree_inclusion_holds(&proof, size, leaf,
                                              &grown.leaves[(leaf + 1) % LARGEST], root));
            assert_false(tree_inclusion_holds(&proof, size, leaf, hash, &grown.roots[size - 1]));
            assert_false(tree_inclusion_holds(&proof, size, size, hash, root));
            if (leaf > 0) assert_false(tree_inclusion_holds(&proof, size, leaf - 1, hash, root));
            for (size_t i = 0; i < proof.count; i++) {
                proof.at[i].at[i % TREE_HASH_SIZE] ^= 1;
                assert_false(tree_inclusion_holds(&proof, size, leaf, hash, root));
                proof.at[i].at[i % TREE_HASH_SIZE] ^= 1;
            }
            proof.at[proof.count++] = *hash;
            assert_false(tree_inclusion_holds(&proof, size, leaf, hash, root));
            proof.count -= 2;
            if (size > 1) assert_false(tree_inclusion_holds(&proof, size, leaf, hash, root));
        }
    }
}

static void proves_every_growth(void **state)
{
    (void)state;
    struct grown grown;
    grow(&grown);
    for (size_t size = 0; size <= LARGEST; size++) {
        const struct tree_hash *root = &grown.roots[size];
        for (size_t earlier = 0; earlier <= size; earlier++) {
            struct tree_proof proof = tree_consistency(grown.leaves, size, earlier);
            const struct tree_hash *before = &grown.roots[earlier];
            struct tree_hash other = *before;
            other.at[3] ^= 1;
            assert_true(tree_consistency_holds(&proof, size, earlier, root, before));
            assert_false(tree_consistency_holds(&proof, size, earlier, root, &other));
            assert_false(tree_consistency_holds(&proof, size, size + 1, root, before));
            for (size_t i = 0; i < proof.count; i++) {
                proof.at[i].at[i % TREE_HASH_SIZE] ^= 1;
                assert_false(tree_consistency_holds(&proof, size, earlier, root, before));
                proof.at[i].at[i % TREE_HASH_SIZE] ^= 1;
            }
            proof.at[proof.count++] = *before;
            assert_false(tree_consistency_holds(&proof, size, earlier, root, before));
        }
    }
}

static void is_kept_and_read_again(void **state)
{
    (void)state;
    struct grown grown;
    grow(&grown);
    struct tree tree = {0};
    struct text text;
    text_init(&text, 10000);
    for (size_t i = 0; i < LARGEST; i++) {
        struct tree again;
        text_cut(&text, 0);
        tree_write(&tree, &text);
        assert_true(tree_read(text_slice(&text), &again));
        assert_int_equal(again.size, i);
        struct tree_hash root = tree_root(&again);
        assert_true(tree_hash_same(&root, &grown.roots[i]));
        for (size_t length = 0; length < text.length; length++)
            assert_false(tree_read(slice_part(text_slice(&text), 0, length), &again));
        text_add_char(&text, 'x');
        assert_false(tree_read(text_slice(&text), &again));
        tree_append(&tree, &grown.leaves[i]);
    }
    text_clear(&text);
}

static void hashes_like_libsodium(void **state)
{
    (void)state;
    struct random random;
    char bytes[1000];
    random_init(&random, 7);
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (char)random_next(&random);
    for (size_t length = 0; length < sizeof bytes; length++) {
        unsigned char expected[SHA256_SIZE];
        unsigned char found[SHA256_SIZE];
        struct slice all = {bytes, length};
        crypto_hash_sha256(expected, (const unsigned char *)bytes, length);
        sha256(all, found);
        assert_memory_equal(found, expected, SHA256_SIZE);
        struct sha256 hash;
        size_t cut = random_below(&random, length + 1);
        sha256_begin(&hash);
        sha256_add(&hash, slice_part(all, 0, cut));
        sha256_add(&hash, slice_part(all, cut, length));
        sha256_end(&hash, found);
        assert_memory_equal(found, expected, SHA256_SIZE);
        if (length == 0) continue;
        cut = 1 + random_below(&random, length);
        sha256_prefixed((unsigned char)bytes[0], slice_part(all, 1, cut),
                        slice_part(all, cut, length), found);
        assert_memory_equal(found, expected, SHA256_SIZE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_known_roots),  cmocka_unit_test(agrees_with_the_definition),
        cmocka_unit_test(proves_every_leaf),      cmocka_unit_test(proves_every_growth),
        cmocka_unit_test(is_kept_and_read_again), cmocka_unit_test(hashes_like_libsodium),
    };
    return cmocka_run_group_tests_name("tree", tests, NULL, NULL);
}
