/* The tree of the ledger: RFC 6962 section 2.1, SHA-256, a leaf an event. Keeps only the roots of its full subtrees, so
 * that appending and the root cost a logarithm; proofs are made from leaf hashes that the caller keeps. */
#pragma once

#include "base/error.h"
#include "base/text.h"

#define TREE_HASH_SIZE 32
#define TREE_LEVELS 64
#define TREE_PROOF_LARGEST 64

struct tree_hash {
    unsigned char at[TREE_HASH_SIZE];
};

struct tree {
    uint64_t size; /* leaves */
    struct tree_hash
        peaks[TREE_LEVELS]; /* [i]: the full subtree of 2^i leaves, where bit i of size is set */
};

struct tree_proof {
    size_t count;
    struct tree_hash at[TREE_PROOF_LARGEST];
};

/* SHA-256(0x00 || body) */
struct tree_hash tree_leaf(struct slice body);
void tree_append(struct tree *tree, const struct tree_hash *leaf);
/* Of no leaves: SHA-256 of nothing. */
struct tree_hash tree_root(const struct tree *tree);
bool tree_hash_same(const struct tree_hash *a, const struct tree_hash *b);
/* The tree's peaks as bytes (size u64 big-endian, then the peaks that are there, highest first), and back. */
void tree_write(const struct tree *tree, struct text *out);
MUST_USE bool tree_read(struct slice bytes, struct tree *ret_tree);

/* RFC 6962 2.1.1 and 2.1.2 over the hashes of leaves 0..size-1. */
struct tree_proof tree_inclusion(const struct tree_hash *leaves, uint64_t size, uint64_t leaf);
struct tree_proof tree_consistency(const struct tree_hash *leaves, uint64_t size, uint64_t earlier);
/* The same proof, from roots of full subtrees that the caller looks up: of 2^level leaves, the `index`-th from the left. False
 * where one cannot be had. */
typedef bool tree_subtree(void *context, unsigned level, uint64_t index, struct tree_hash *ret_root,
                          struct error *error);
MUST_USE bool tree_inclusion_from(tree_subtree *subtree, void *context, uint64_t size,
                                  uint64_t leaf, struct tree_proof *ret_proof, struct error *error);
bool tree_inclusion_holds(const struct tree_proof *proof, uint64_t size, uint64_t leaf,
                          const struct tree_hash *hash, const struct tree_hash *root);
bool tree_consistency_holds(const struct tree_proof *proof, uint64_t size, uint64_t earlier,
                            const struct tree_hash *root, const struct tree_hash *earlier_root);
