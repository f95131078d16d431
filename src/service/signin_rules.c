/* What a new password must be: long enough, and not among the first that anybody would try. No rules about digits or signs:
 * they make people choose worse ones (NCSC). */
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "service/signin_parts.h"

/* What passwords are most often made of, in schools too; a password is refused that is nothing but these, digits and signs. */
static const char common[] =
    "password passwort passphrase passw pass welcome letmein login admin administrator "
    "qwertyuiop qwerty qwertz azerty asdfghjkl asdfgh asdf zxcvbnm zxcvbn qazwsx "
    "abcdefghijklmnopqrstuvwxyz abcdefgh abcdef abcd abc iloveyou ilove loveyou love "
    "sunshine princess football baseball rugby cricket liverpool arsenal chelsea everton "
    "manchester united rangers celtic tottenham charlie monkey dragon superman batman "
    "pokemon starwars minecraft summer winter spring autumn january february march april "
    "june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday london england scotland wales ireland britain school "
    "college academy teacher headteacher staff pupil student classroom education learning "
    "lanyard secret changeme change default temporary temp test testing hello goodbye "
    "please trustnoone trustno master shadow computer internet google facebook whatsapp "
    "microsoft chocolate cheese cookie flower butterfly family mother father daughter "
    "jesus angel heaven freedom money lovely my me the new is one two three four five six "
    "seven eight nine ten am im ok xxx";

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Without the digits and signs at either end: those are a year or a habit, and stand in for nothing. */
static struct slice bare(struct slice words)
{
    while (words.length > 0 && !is_letter(words.at[0])) words = slice_part(words, 1, words.length);
    while (words.length > 0 && !is_letter(words.at[words.length - 1]))
        words = slice_part(words, 0, words.length - 1);
    return words;
}

/* Small letters, with the signs and digits that stand in for letters read as those; all else left out. */
static struct slice letters_of(struct slice words, struct arena *arena)
{
    static const char from[] = "013457@$!", to[] = "oieastasi";
    char *letters = ARENA_ARRAY(arena, char, words.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < words.length; i++) {
        char c = words.at[i];
        const char *stand_in = c != '\0' ? strchr(from, c) : NULL;
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (stand_in != NULL) c = to[stand_in - from];
        if ((c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80) letters[length++] = c;
    }
    return (struct slice){letters, length};
}

/* The same without reading digits as letters: `summer2026` is `summer`. */
static struct slice plain_letters(struct slice words, struct arena *arena)
{
    char *letters = ARENA_ARRAY(arena, char, words.length + 1);
    size_t length = 0;
    for (size_t i = 0; i < words.length; i++) {
        char c = words.at[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80) letters[length++] = c;
    }
    return (struct slice){letters, length};
}

/* Whether `letters` is made of the words alone, one behind the other: a walk over the places that a word can end at. */
static bool made_of(struct slice letters, const struct slice *words, size_t count,
                    struct arena *arena)
{
    bool *ends = ARENA_ARRAY(arena, bool, letters.length + 1);
    ends[0] = true;
    for (size_t at = 0; at < letters.length; at++) {
        struct slice rest = slice_part(letters, at, letters.length);
        for (size_t i = 0; ends[at] && i < count; i++)
            if (words[i].length > 0 && slice_starts(rest, words[i]))
                ends[at + words[i].length] = true;
    }
    return ends[letters.length];
}

static bool few_signs(struct slice password)
{
    bool seen[256] = {false};
    size_t different = 0;
    for (size_t i = 0; i < password.length; i++) {
        bool *sign = &seen[(unsigned char)password.at[i]];
        if (!*sign) different++;
        *sign = true;
    }
    return different < 5;
}

/* Each sign one more, or one less, than the one before, nearly all the way: 1234567890, abcdefghij. */
static bool a_row(struct slice password)
{
    size_t steps = 0;
    for (size_t i = 1; i < password.length; i++)
        if (abs(password.at[i] - password.at[i - 1]) <= 1) steps++;
    return steps + 3 >= password.length;
}

static size_t known_words(const struct slice *own, size_t own_count, struct arena *arena,
                          struct slice **ret_words)
{
    LIST(struct slice) words = {0};
    for (size_t i = 0; i < own_count; i++) {
        struct slice rest = own[i], word;
        while (slice_split(&rest, ' ', &word)) {
            struct slice letters = plain_letters(word, arena);
            if (letters.length >= 2) LIST_PUSH(arena, &words, letters);
        }
    }
    struct slice all = slice_of(common), one;
    while (slice_split(&all, ' ', &one)) LIST_PUSH(arena, &words, one);
    *ret_words = words.at;
    return words.count;
}

struct slice password_fault(struct slice password, const struct slice *own, size_t own_count,
                            struct arena *arena)
{
    struct slice *words;
    if (password.length == 0) return SLICE("Enter a password");
    if (utf8_length(password) < SIGNIN_PASSWORD_SHORTEST)
        return SLICE("Your password must have at least 10 characters. Three words that have "
                     "nothing to do with each other make a good one");
    if (password.length > SIGNIN_PASSWORD_LARGEST)
        return SLICE("Your password is too long: 500 letters are the most we can take");
    size_t count = known_words(own, own_count, arena, &words);
    if (few_signs(password) || a_row(password) ||
        made_of(plain_letters(password, arena), words, count, arena) ||
        made_of(letters_of(bare(password), arena), words, count, arena))
        return SLICE(
            "This password is one of the first that somebody would try. Choose one without "
            "your name, the school's name or a word that many use");
    return SLICE_EMPTY;
}
