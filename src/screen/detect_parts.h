/* What the detectors share among themselves: the text as the machines read it, classes of bytes,
 * and how a finding is given. Nobody else includes this. */
#pragma once

#include "screen/detect.h"
#include "screen/detect_words.h"

struct detect {
    const char *at; /* the text, or its plain view */
    size_t length;
    const struct detect_work
        *view; /* leads back to the original; NULL where `at` is the original */
    const struct allow_list *allow;
    struct findings *findings;
    size_t done; /* nothing before this is looked at again: it is in a finding or let through */
    size_t hosts_done;    /* no host begins before this */
    size_t words_done;    /* no host with its dot in words */
    size_t accounts_done; /* no name on a site that was not looked at */
};

enum byte_class {
    BYTE_DIGIT = 1,
    BYTE_UPPER = 2,
    BYTE_LOWER = 4,
    BYTE_HIGH = 8,     /* of a character beyond ASCII */
    BYTE_LOCAL = 16,   /* stands in front of an @: . _ + ' % - */
    BYTE_BLANK = 32,   /* blank or tab */
    BYTE_BETWEEN = 64, /* between the digits of a number: blank - . ( ) / */
    BYTE_LINK = 128,   /* of a path or query */
    BYTE_LETTER = BYTE_UPPER | BYTE_LOWER,
    BYTE_WORD = BYTE_LETTER | BYTE_DIGIT
};
extern const unsigned char detect_classes[256];

/* The byte at `i`; 0 before the beginning and behind the end. */
static inline unsigned char byte_at(const struct detect *detect, size_t i)
{
    return i < detect->length ? (unsigned char)detect->at[i] : 0;
}

static inline bool byte_is(const struct detect *detect, size_t i, unsigned classes)
{
    return (detect_classes[byte_at(detect, i)] & classes) != 0;
}

/* 0 for a and A, 25 for z and Z, more for what is no letter. */
static inline unsigned letter_number(unsigned char c)
{
    return (c | 0x20U) - (unsigned)'a';
}

static inline size_t skip_blanks(const struct detect *detect, size_t i)
{
    while (byte_is(detect, i, BYTE_BLANK)) i++;
    return i;
}

/* Back over at most `most` blanks before `i`, never into what is done. */
static inline size_t back_over_blanks(const struct detect *detect, size_t i, size_t most)
{
    while (most-- > 0 && i > detect->done && byte_is(detect, i - 1, BYTE_BLANK)) i--;
    return i;
}

static inline struct slice detect_part(const struct detect *detect, size_t start, size_t end)
{
    return (struct slice){detect->at + start, end - start};
}

/* Letters that stand before `i` (with no blank between), at most `most`: where they begin. */
size_t letters_before(const struct detect *detect, size_t i, size_t most);
/* A letter of any script ends before `i` / begins at `i`. */
bool letter_before(const struct detect *detect, size_t i);
bool letter_at(const struct detect *detect, size_t i);
/* The word (letters) whose end is the last before `i`, over blanks and , : ' = ( and the like;
 * empty where another kind of byte stands there. Bounded. */
struct slice word_before(const struct detect *detect, size_t i);
struct slice word_at(const struct detect *detect, size_t i);
/* Whether the text goes on at `i` with these small letters and signs, in capitals or not. */
bool text_says(const struct detect *detect, size_t i, const char *small);

/* A finding at the kind's own level over these bytes of the view; they are done with. */
void detect_give(struct detect *detect, enum finding_kind kind, size_t start, size_t end);
void detect_give_level(struct detect *detect, enum finding_kind kind, enum finding_level level,
                       size_t start, size_t end);
/* Whether some character in there was not written as the plain one it stands for. */
bool detect_disguised(const struct detect *detect, size_t start, size_t end);

/* The machines: each looks at what is announced at `i`; true where it gave a finding. */
bool detect_number(struct detect *detect, size_t i); /* a run of digits begins */
bool detect_phone(struct detect *detect, size_t i);
bool detect_spoken(struct detect *detect, size_t i); /* zero, oh or seven may begin */
/* "plus four four", "+forty four" before `i`: where it begins; `i`: there is none. */
size_t country_said(const struct detect *detect, size_t i);
bool detect_place(struct detect *detect, size_t i);                  /* a house number begins */
bool detect_postcode(struct detect *detect, size_t start, size_t i); /* letters, then digits at i */
/* A house with a name and no number in front of the postcode at `end`, if one stands there. */
void detect_named_house(struct detect *detect, size_t end);
bool detect_forces(struct detect *detect, size_t i); /* BFPO 57, GIR 0AA: the digits are at i */
void detect_at(struct detect *detect, size_t i);
void detect_hash(struct detect *detect, size_t i);
void detect_stop(struct detect *detect, size_t i);  /* . */
void detect_colon(struct detect *detect, size_t i); /* : */
bool detect_dot_word(struct detect *detect, size_t i);
bool detect_at_word(struct detect *detect, size_t i);      /* the blank before "at" */
bool detect_spelled_mail(struct detect *detect, size_t i); /* letters apart, around the @ */
bool detect_joined_mail(struct detect *detect, size_t i);  /* ada_at_example_dot_com: dot */
bool detect_account(struct detect *detect, size_t i);      /* within a name on a social site */
/* An e-mail address whose `at` is written out and whose domain begins at `domain`. */
bool detect_mail_before(struct detect *detect, size_t domain);

/* Behind a number that ends before `end` a word begins without a blank: "call 07700900123now". No hexadecimal digits, no file's name. */
bool word_runs_on(const struct detect *detect, size_t end);
/* Some word of the set among the few that stand before. */
bool word_near(const struct detect *detect, size_t start, enum word_set set, int words);
/* "Order no. 07...": a word before it says that it is a number of something else. Written as a
 * telephone number is (`spaced`), only a word that no telephone is announced by says so. */
bool number_labelled(const struct detect *detect, size_t start, bool spaced);

/* A telephone number's digits, from the trunk 0 or behind the country code on. */
#define PHONE_DIGITS_LARGEST 16
struct phone_kind {
    enum finding_kind kind;
    size_t length; /* digits behind the trunk 0 */
};
/* What the digits behind the trunk 0 begin; length 0: no number of the United Kingdom. */
struct phone_kind phone_plan(const unsigned char *digits, size_t count);
/* Whether the area still has numbers of nine digits behind the trunk 0. */
bool phone_area_short(const unsigned char *digits);

#define DOMAIN_LARGEST 253
struct domain {
    char at[DOMAIN_LARGEST + 1]; /* small letters, plain dots */
    size_t length, labels;
    size_t end;     /* in the text */
    bool disguised; /* some dot was not a plain one */
    size_t last;    /* where the last label begins in `at` */
    size_t before;  /* where the text of the domain without its last label ends */
};
/* Labels from `i` on; false where not even one begins there. */
bool domain_read(const struct detect *detect, size_t i, bool disguised, struct domain *ret_domain);
/* Without the last label; of two and more, and only once. */
void domain_cut(struct domain *domain);
enum tld { TLD_NONE, TLD_UNSURE, TLD_SURE }; /* unsure: also a word or the end of a file's name */
enum tld domain_tld(const struct domain *domain);
