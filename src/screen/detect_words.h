/* Short lists of words that the detectors ask, sorted, so that a word is found in a few steps. */
#pragma once

#include "base/slice.h"

enum word_set {
    WORDS_STREET,         /* ends a street's name, in capitals or not */
    WORDS_STREET_CAPITAL, /* the same, but a word like any other where it has no capital */
    WORDS_STREET_FIRST,   /* begins a street's name in Welsh */
    WORDS_FLATS,          /* ends the name of a house of flats */
    WORDS_NOT_STREET,     /* behind a number it is no street */
    WORDS_NOT_HOUSE,      /* the number behind it is no house */
    WORDS_PLACE_NAME,     /* behind a street's name it makes it the name of something else */
    WORDS_AT_HOUSE,       /* the number behind it may be a house */
    WORDS_LIVES,          /* and before such a word it is one */
    WORDS_CONTACT,        /* announces a telephone number */
    WORDS_LABEL,          /* the number behind it is no telephone, card or device */
    WORDS_LABEL_SURE,     /* the same, however it is written */
    WORDS_SKIPPED,        /* may stand between a label and its number */
    WORDS_CARD,           /* announces a card */
    WORDS_NHS,            /* a number of ten digits near it is an NHS number */
    WORDS_PROVIDER,       /* gives e-mail addresses to anybody */
    WORDS_JOINER,         /* between two words of a mailbox's name */
    WORDS_NOT_LOCAL,      /* in front of " at " it is no name of a mailbox */
    WORDS_TLD_SURE,       /* ends a host */
    WORDS_TLD_UNSURE,     /* ends a host, but is also a word or the end of a file's name */
    WORDS_FILE_HOST,      /* looks like a host and is none */
    WORDS_TLD_SPOKEN,     /* ends a host behind dot */
    WORDS_NOT_DOTTED,     /* before dot com it is no host */
    WORDS_BEHIND_DOTTED,  /* behind dot com neither */
    WORDS_FILE_END,       /* ends a host and, far more often, a file's name */
    WORDS_KNOWN_HOST,     /* a host though its ending is a word */
    WORDS_CHAT_APP,       /* a scheme that opens a chat */
    WORDS_NOT_HANDLE,     /* behind an @ it names nobody */
    WORDS_DIRECTIVE,      /* of a program, behind a # */
    WORDS_ACCOUNT,        /* a site: what follows its colon may be a name there */
    WORDS_OWNER,          /* whose name on a site follows */
    WORDS_MAIL,           /* announces an e-mail address */
    WORDS_ORDINAL_OF,     /* behind "2ND" it is no half of a postcode */
    WORDS_POSTCODE,       /* announces one */
    WORDS_POSTCODE_UNIT,  /* letters behind a digit that are a unit or an ordinal */
    WORDS_NINO_NOT,       /* two small letters that are a word and no prefix */
    WORDS_NINO_WORD,      /* announces a National Insurance number */
    WORDS_IMEI_WORD,      /* announces a device */
    WORD_SETS
};

#define WORD_SET_LONGEST 16
/* Without regard to capitals. */
bool word_in(enum word_set set, struct slice word);
/* The words themselves, in their order; for tests. */
size_t word_set_count(enum word_set set);
struct slice word_set_word(enum word_set set, size_t i);
