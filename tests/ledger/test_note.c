/* Signed notes against the vectors of Go's note package and RFC 8032; checkpoints; what must be refused. */
#include <sodium.h>
#include <string.h>

#include "../base/testing.h"
#include "ledger/note.h"

#define PETER_KEY "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
#define TEXT                                                                                       \
    "If you think cryptography is the answer to your problem,\n"                                   \
    "then you don't know what your problem is.\n"
#define PETER                                                                                      \
    "\xE2\x80\x94 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXg"   \
    "KvqfqdngotpRZb6KE6RyyBwJnAM=\n"
#define ENOCH                                                                                      \
    "\xE2\x80\x94 EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01"  \
    "oOTGwnWLox33WWd1RvMc+QQ=\n"

static struct note_verifier peter(void)
{
    struct note_verifier verifier;
    assert_true(note_vkey_read(SLICE(PETER_KEY), &verifier, NULL));
    return verifier;
}

static void opens_notes_that_others_signed(void **state)
{
    (void)state;
    struct note_verifier verifier = peter();
    struct slice text;
    assert_true(note_open(SLICE(TEXT "\n" PETER), &verifier, &text, NULL));
    assert_slice(text, TEXT);
    assert_true(note_open(SLICE(TEXT "\n" ENOCH PETER), &verifier, &text, NULL));
    assert_true(note_open(SLICE(TEXT "\n" PETER ENOCH), &verifier, &text, NULL));
    struct text vkey;
    text_init(&vkey, 1000);
    note_vkey_write(&verifier, &vkey);
    assert_slice(text_slice(&vkey), PETER_KEY);
    text_clear(&vkey);
}

static void refuses_notes(void **state)
{
    (void)state;
    struct note_verifier verifier = peter();
    static const struct {
        struct slice note;
        enum error_code code;
    } bad[] = {
        {SLICE(TEXT "\n" ENOCH), ERROR_MEANING},     /* nobody we know */
        {SLICE("X" TEXT "\n" PETER), ERROR_MEANING}, /* another text */
        {SLICE(TEXT "\n" TEXT "\n" PETER), ERROR_MEANING},
        {SLICE(TEXT PETER), ERROR_SYNTAX}, /* no blank line */
        {SLICE(TEXT "\n"), ERROR_SYNTAX},  /* no signature */
        {SLICE(TEXT), ERROR_SYNTAX},
        {SLICE(""), ERROR_SYNTAX},
        {SLICE("\n"), ERROR_SYNTAX},
        {SLICE("\n\n"), ERROR_SYNTAX},
        {SLICE(TEXT "\n" PETER "x"), ERROR_SYNTAX},
        {SLICE(TEXT "\n" PETER "x\n"), ERROR_SYNTAX},
        {SLICE(TEXT "\n" PETER "\xE2\x80\x94 a+b AAAAAAAA\n"), ERROR_SYNTAX},
        {SLICE(TEXT "\n" PETER "\xE2\x80\x94 a AAA\n"), ERROR_SYNTAX},
        {SLICE(TEXT "\n" PETER "\xE2\x80\x94 a AAAA=AAA\n"), ERROR_SYNTAX},
        {SLICE(TEXT "\n" PETER "\xE2\x80\x94 a \n"), ERROR_SYNTAX},
        {SLICE(TEXT "\n" PETER "\xE2\x80\x94  AAAAAAAA\n"), ERROR_SYNTAX},
        {SLICE("a\tb\n\n" PETER), ERROR_SYNTAX},
        {SLICE("a\r\n\n" PETER), ERROR_SYNTAX},
        {SLICE("a\xFF\n\n" PETER), ERROR_SYNTAX},
        /* ours, and wrong: whatever else stands there */
        {SLICE(TEXT "\n" PETER "\xE2\x80\x94 PeterNeumann x08go/ZJ\n"), ERROR_MEANING},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error error = {0};
        struct slice text;
        if (note_open(bad[i].note, &verifier, &text, &error)) fail_msg("note %zu opens", i);
        if (error.code != bad[i].code) fail_msg("note %zu: %s", i, error.sentence);
    }
}

static void takes_sixteen_signatures(void **state)
{
    (void)state;
    struct note_verifier verifier = peter();
    struct text note;
    struct slice text;
    text_init(&note, 10000);
    text_add_string(&note, TEXT "\n");
    for (size_t i = 0; i < 15; i++) text_add_string(&note, ENOCH);
    text_add_string(&note, PETER);
    assert_true(note_open(text_slice(&note), &verifier, &text, NULL));
    text_add_string(&note, ENOCH);
    assert_false(note_open(text_slice(&note), &verifier, &text, NULL));
    text_clear(&note);
}

/* RFC 8032, 7.1: the key of its first test signs what its own library signs. */
static void signs_with_the_rfcs_key(void **state)
{
    (void)state;
    struct note_signer signer = {.name = "rfc8032.example"};
    unsigned char seed[32];
    static const char secret[] = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
    static const char public[] = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
    unsigned char expected[32];
    assert_int_equal(sodium_hex2bin(seed, 32, secret, 64, NULL, NULL, NULL), 0);
    assert_int_equal(sodium_hex2bin(expected, 32, public, 64, NULL, NULL, NULL), 0);
    crypto_sign_seed_keypair(signer.public, signer.secret, seed);
    assert_memory_equal(signer.public, expected, 32);
    struct note_verifier verifier = note_verifier_of(&signer);
    struct note_verifier again;
    struct text vkey;
    struct text note;
    struct slice text;
    text_init(&vkey, 1000);
    text_init(&note, 1000);
    note_vkey_write(&verifier, &vkey);
    assert_true(note_vkey_read(text_slice(&vkey), &again, NULL));
    note_sign(SLICE("one line\n\nanother\n"), &signer, &note);
    assert_true(note_open(text_slice(&note), &again, &text, NULL));
    assert_slice(text, "one line\n\nanother\n");
    for (size_t bit = 0; bit < 8 * note.length; bit++) {
        note.at[bit / 8] = (char)(note.at[bit / 8] ^ 1 << bit % 8);
        assert_false(note_open(text_slice(&note), &again, &text, NULL));
        note.at[bit / 8] = (char)(note.at[bit / 8] ^ 1 << bit % 8);
    }
    text_clear(&vkey);
    text_clear(&note);
}

static void refuses_verifier_keys(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a3+",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct note_verifier verifier;
        struct error error = {0};
        if (note_vkey_read(slice_of(bad[i]), &verifier, &error)) fail_msg("'%s' is read", bad[i]);
        assert_int_equal(error.code, ERROR_SYNTAX);
    }
    struct note_verifier verifier;
    assert_true(note_vkey_read(SLICE(PETER_KEY "\n"), &verifier, NULL));
}

static void makes_keys(void **state)
{
    (void)state;
    struct note_signer one;
    struct note_signer other;
    note_signer_make(SLICE("school.example/lanyard"), &one);
    note_signer_make(SLICE("school.example/lanyard"), &other);
    assert_string_equal(one.name, "school.example/lanyard");
    assert_memory_not_equal(one.public, other.public, 32);
    struct note_verifier verifier = note_verifier_of(&other);
    struct text note;
    struct slice text;
    struct error error = {0};
    text_init(&note, 1000);
    note_sign(SLICE("text\n"), &one, &note);
    assert_false(note_open(text_slice(&note), &verifier, &text, &error));
    assert_int_equal(error.code, ERROR_MEANING); /* the same name, another key: nobody we know */
    text_clear(&note);
}

static void checkpoints_come_back(void **state)
{
    (void)state;
    static const uint64_t sizes[] = {0, 1, 20852163, UINT64_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct checkpoint made = {SLICE("school.example/lanyard"), sizes[i], {{9, 8, 7}}};
        struct checkpoint again;
        struct text text;
        text_init(&text, 1000);
        checkpoint_write(&made, &text);
        assert_true(checkpoint_read(text_slice(&text), &again, NULL));
        assert_true(again.size == sizes[i] && tree_hash_same(&again.root, &made.root));
        assert_slice(again.origin, "school.example/lanyard");
        text_add_string(&text, "an extension\n");
        assert_true(checkpoint_read(text_slice(&text), &again, NULL));
        text_clear(&text);
    }
}

#define ROOT "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"

static void refuses_checkpoints(void **state)
{
    (void)state;
    static const struct slice bad[] = {
        SLICE(""),
        SLICE("\n1\n" ROOT),
        SLICE("a\n\n" ROOT),
        SLICE("a\n01\n" ROOT),
        SLICE("a\n-1\n" ROOT),
        SLICE("a\n1 \n" ROOT),
        SLICE("a\n18446744073709551616\n" ROOT),
        SLICE("a\n1\nCsUYapGGPo4dkMgIAUqom\n"),
        SLICE("a\n1\n" ROOT "\n"),
        SLICE("a\n1\n" ROOT "no end"),
        SLICE("a\n1\n"),
        SLICE("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n"), /* stray bits */
    };
    struct checkpoint checkpoint;
    assert_true(checkpoint_read(SLICE("a\n1\n" ROOT), &checkpoint, NULL));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error error = {0};
        if (checkpoint_read(bad[i], &checkpoint, &error)) fail_msg("checkpoint %zu is read", i);
        assert_int_equal(error.code, ERROR_SYNTAX);
    }
}

static void knows_the_day(void **state)
{
    (void)state;
    const int64_t day = INT64_C(86400000);
    assert_true(checkpoint_day(0) == 0 && checkpoint_day(day - 1) == 0);
    assert_true(checkpoint_day(day) == 1);
    assert_true(checkpoint_day(-1) == -1 && checkpoint_day(-day) == -1);
    assert_true(checkpoint_day(-day - 1) == -2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_notes_that_others_signed),
        cmocka_unit_test(refuses_notes),
        cmocka_unit_test(takes_sixteen_signatures),
        cmocka_unit_test(signs_with_the_rfcs_key),
        cmocka_unit_test(refuses_verifier_keys),
        cmocka_unit_test(makes_keys),
        cmocka_unit_test(checkpoints_come_back),
        cmocka_unit_test(refuses_checkpoints),
        cmocka_unit_test(knows_the_day),
    };
    return cmocka_run_group_tests_name("note", tests, NULL, NULL);
}
