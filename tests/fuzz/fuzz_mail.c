/* Fuzzes the writing of mail. Promises: no crash; what is written is 7-bit lines of at most 78 bytes, of headers that we know,
 * one blank line and a body; one receiver; and what cannot be written leaves nothing. */
#include <stdlib.h>
#include <string.h>

#include "link/mail_message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The lines of the input before the last part, which is the body: to, from, id, subject. */
static void read_message(struct slice all, struct mail_message *message)
{
    struct slice *const parts[] = {&message->to, &message->from, &message->id, &message->subject};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        *parts[i] = SLICE_EMPTY;
        if (!slice_split(&all, '|', parts[i])) return;
    }
    message->body = all;
}

static bool known(struct slice line)
{
    static const char *const names[] = {
        "From: ",         "To: ",           "Subject: ",         "Date: ",    "Message-ID",
        "Auto-Submitted", "X-Auto-Respons", "MIME-Version: 1.0", "Content-T", " =?utf-8?B?"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (slice_starts(line, slice_of(names[i]))) return true;
    return false;
}

static bool printable(char c, bool in_body)
{
    return (c >= ' ' && c <= '~') || (c == '\t' && in_body);
}

static void check(struct slice all)
{
    size_t receivers = 0, end;
    bool body = false;
    while (all.length > 0) {
        end = slice_search(all, SLICE("\r\n"));
        if (end == all.length || end > 80 + MAIL_ADDRESS_LARGEST) abort();
        struct slice line = slice_part(all, 0, end);
        for (size_t i = 0; i < line.length; i++)
            if (!printable(line.at[i], body)) abort();
        if (line.length == 0) body = true;
        if (body && line.length > 78) abort();
        if (!body && !known(line)) abort();
        if (!body && slice_starts(line, SLICE("To: "))) receivers++;
        all = slice_part(all, end + 2, all.length);
    }
    if (!body || receivers != 1) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mail_message message = {
        .subject = SLICE_EMPTY, .body = SLICE_EMPTY, .at = 1793836805000};
    struct error error = {.code = ERROR_NONE};
    AUTO_TEXT struct text out;
    AUTO(arena) struct arena *arena = arena_new();
    message.to = message.from = message.id = SLICE_EMPTY;
    text_init(&out, (size_t)200000);
    read_message(arena_copy(arena, (struct slice){(const char *)data, size}), &message);
    if (mail_message_write(&message, &out, &error))
        check(text_slice(&out));
    else if (error.code == ERROR_NONE || out.length > 0)
        abort();
    return 0;
}
