/* From a message to its bytes; see mail_message.h. Text that is plain ASCII in short lines travels as it is, any other as
 * quoted-printable: no server on the way has to know more than 7 bits. */
#include "link/mail_message.h"

#include <sodium.h>

#include "base/date.h"
#include "base/utf8.h"

#define DAY_MILLISECONDS (24LL * 3600 * 1000)
#define PLAIN_LINE 76 /* bytes of a line that is sent as it is, and of one in quoted-printable */
#define ENCODED_WORD_BYTES 42 /* of UTF-8 in one: 56 of base64, and with its frame below 75 */

/* ---- addresses ---- */

static bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 5322's atom and the dots between; quotes, which servers disagree on, are left out. */
static bool name_good(struct slice name)
{
    static const struct slice others = {"!#$%&'*+-/=?^_`{|}~.", 20};
    if (name.length == 0 || name.length > 64) return false;
    if (name.at[0] == '.' || name.at[name.length - 1] == '.') return false;
    for (size_t i = 0; i < name.length; i++) {
        if (!is_letter_or_digit(name.at[i]) && slice_find(others, name.at[i]) == others.length)
            return false;
        if (i > 0 && name.at[i] == '.' && name.at[i - 1] == '.') return false;
    }
    return true;
}

static bool label_good(struct slice label)
{
    if (label.length == 0 || label.length > 63) return false;
    if (label.at[0] == '-' || label.at[label.length - 1] == '-') return false;
    for (size_t i = 0; i < label.length; i++)
        if (!is_letter_or_digit(label.at[i]) && label.at[i] != '-') return false;
    return true;
}

static bool domain_good(struct slice domain)
{
    struct slice label;
    if (domain.length == 0 || domain.at[domain.length - 1] == '.') return false;
    while (slice_split(&domain, '.', &label))
        if (!label_good(label)) return false;
    return true;
}

bool mail_address_good(struct slice address)
{
    size_t at = slice_find(address, '@');
    return address.length <= MAIL_ADDRESS_LARGEST && at < address.length &&
           name_good(slice_part(address, 0, at)) &&
           domain_good(slice_part(address, at + 1, address.length));
}

struct slice mail_address_domain(struct slice address)
{
    return slice_part(address, slice_find(address, '@') + 1, address.length);
}

/* ---- headers ---- */

static bool is_control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7f;
}

static bool plain_ascii(struct slice words)
{
    for (size_t i = 0; i < words.length; i++)
        if ((unsigned char)words.at[i] >= 0x7f || is_control(words.at[i])) return false;
    return true;
}

/* Where an encoded word that starts at `from` ends: never inside a character. */
static size_t word_end(struct slice words, size_t from)
{
    size_t end = from + ENCODED_WORD_BYTES;
    if (end >= words.length) return words.length;
    while (((unsigned char)words.at[end] & 0xc0) == 0x80) end--;
    return end;
}

/* RFC 2047: encoded words, one a line. */
static void write_encoded(struct slice words, struct text *out)
{
    char base64[sodium_base64_ENCODED_LEN(ENCODED_WORD_BYTES, sodium_base64_VARIANT_ORIGINAL)];
    for (size_t from = 0; from < words.length;) {
        size_t end = word_end(words, from);
        struct slice part = slice_part(words, from, end);
        sodium_bin2base64(base64, sizeof base64, (const unsigned char *)part.at, part.length,
                          sodium_base64_VARIANT_ORIGINAL);
        text_format(out, "%s=?utf-8?B?%s?=", from > 0 ? "\r\n " : "", base64);
        from = end;
    }
}

static void write_subject(struct slice subject, struct text *out)
{
    text_add_string(out, "Subject: ");
    if (plain_ascii(subject) && subject.length <= PLAIN_LINE - 10)
        text_add(out, subject);
    else
        write_encoded(subject, out);
    text_add_string(out, "\r\n");
}

static void write_date(int64_t at, struct text *out)
{
    static const char days[7][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t day = at / DAY_MILLISECONDS, second = at % DAY_MILLISECONDS / 1000;
    struct date date = date_from_day(day);
    text_format(out, "Date: %s, %02d %s %04d %02d:%02d:%02d +0000\r\n", days[day % 7], date.day,
                months[date.month - 1], date.year, (int)(second / 3600), (int)(second / 60 % 60),
                (int)(second % 60));
}

/* ---- the body ---- */

static bool body_plain(struct slice body)
{
    struct slice line;
    while (slice_line(&body, &line))
        if (line.length > PLAIN_LINE || !plain_ascii(line)) return false;
    return true;
}

/* A blank at a line's end is lost on the way unless it is quoted. */
static bool quoted_as_it_is(struct slice line, size_t i)
{
    char c = line.at[i];
    if (c == ' ' || c == '\t') return i + 1 < line.length;
    return c > ' ' && c < 0x7f && c != '=';
}

static void write_quoted_line(struct slice line, struct text *out)
{
    size_t column = 0;
    for (size_t i = 0; i < line.length; i++) {
        bool plain = quoted_as_it_is(line, i);
        size_t wide = plain ? 1 : 3;
        if (column + wide > PLAIN_LINE - 1) {
            text_add_string(out, "=\r\n");
            column = 0;
        }
        if (plain)
            text_add_char(out, line.at[i]);
        else
            text_format(out, "=%02X", (unsigned)(unsigned char)line.at[i]);
        column += wide;
    }
}

static void write_body(struct slice body, struct text *out)
{
    bool plain = body_plain(body);
    struct slice line;
    text_format(out, "Content-Transfer-Encoding: %s\r\n\r\n", plain ? "7bit" : "quoted-printable");
    while (slice_line(&body, &line)) {
        if (plain)
            text_add(out, line);
        else
            write_quoted_line(line, out);
        text_add_string(out, "\r\n");
    }
}

/* ---- the whole ---- */

static bool id_good(struct slice id)
{
    for (size_t i = 0; i < id.length; i++)
        if (!is_letter_or_digit(id.at[i])) return false;
    return id.length > 0 && id.length <= 64;
}

static bool subject_good(struct slice subject)
{
    for (size_t i = 0; i < subject.length; i++)
        if (is_control(subject.at[i])) return false;
    return subject.length > 0 && subject.length <= MAIL_SUBJECT_LARGEST &&
           utf8_check(subject) == subject.length;
}

/* The sentence names no address: it may come into a log. */
static bool check(const struct mail_message *message, struct error *error)
{
    if (!mail_address_good(message->from))
        return error_set(error, ERROR_REQUEST, "the sender's address of a mail is none");
    if (!mail_address_good(message->to))
        return error_set(error, ERROR_REQUEST, "the receiver's address of a mail is none");
    if (!id_good(message->id)) return error_set(error, ERROR_REQUEST, "the id of a mail is none");
    if (!subject_good(message->subject))
        return error_set(error, ERROR_REQUEST, "the subject of a mail is missing, or no text");
    if (message->body.length > MAIL_BODY_LARGEST ||
        utf8_check(message->body) != message->body.length)
        return error_set(error, ERROR_LIMIT, "the text of a mail is too long, or no text");
    return message->at >= 0 || error_set(error, ERROR_REQUEST, "the time of a mail is none");
}

bool mail_message_write(const struct mail_message *message, struct text *out, struct error *error)
{
    struct slice domain = mail_address_domain(message->from);
    if (!check(message, error)) return false;
    text_format(out, "From: Lanyard <%.*s>\r\nTo: <%.*s>\r\n", SLICE_PRINT(message->from),
                SLICE_PRINT(message->to));
    write_subject(message->subject, out);
    write_date(message->at, out);
    text_format(out, "Message-ID: <%.*s@%.*s>\r\n", SLICE_PRINT(message->id), SLICE_PRINT(domain));
    text_add_string(out, "Auto-Submitted: auto-generated\r\n"
                         "X-Auto-Response-Suppress: All\r\n"
                         "MIME-Version: 1.0\r\n"
                         "Content-Type: text/plain; charset=utf-8\r\n");
    write_body(message->body, out);
    if (!out->overflowed) return true;
    text_cut(out, 0);
    return error_set(error, ERROR_LIMIT, "a mail is too long");
}
