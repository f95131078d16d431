/* How mail stands, in a few rows for those who look after the record: what waits to be sent, and why it does. */
#include "page/record_mail.h"

struct reason_words {
    const char *reason;
    struct slice words;
};
static const struct reason_words reasons[] = {
    {"no-host", SLICE("nobody knows a machine of the mail server's name")},
    {"no-connection", SLICE("the mail server could not be reached")},
    {"slow", SLICE("the mail server did not answer in time")},
    {"tls", SLICE("no encrypted connection to the mail server could be made")},
    {"sign-in", SLICE("the mail server refused our user or password")},
    {"cut-off", SLICE("the mail server parted in the middle")},
    {"address", SLICE("a person's address is none that mail can go to")},
};

static struct slice said(const char *reason, struct arena *arena)
{
    struct slice word = slice_of(reason);
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (slice_is(word, reasons[i].reason)) return reasons[i].words;
    if (slice_starts(word, SLICE("smtp-")))
        return arena_format(arena, "the mail server answered %.*s",
                            SLICE_PRINT(slice_part(word, 5, word.length)));
    return SLICE("it could not be sent");
}

static struct slice waiting(const struct mail_state *state, struct arena *arena)
{
    if (state->waiting == 0) return SLICE("None");
    if (state->due == 0)
        return arena_format(arena, "%lld, the next to be tried %.*s", (long long)state->waiting,
                            SLICE_PRINT(keeping_when(state->next, arena)));
    return arena_format(arena, "%lld, the oldest since %.*s", (long long)state->waiting,
                        SLICE_PRINT(keeping_when(state->next, arena)));
}

void record_mail_rows(struct visit *visit, const struct mail_state *state)
{
    struct text *out = visit->out;
    struct arena *arena = visit->arena;
    if (!state->on) {
        ui_summary_row(out, SLICE("Mail"),
                       SLICE("Off: people see what waits for them when they sign in"));
        return;
    }
    ui_summary_row(out, SLICE("Mail waiting to be sent"), waiting(state, arena));
    ui_summary_row(out, SLICE("Last mail sent"),
                   state->sent != 0 ? keeping_when(state->sent, arena)
                                    : SLICE("None since the server started"));
    if (state->failed == 0) return;
    ui_summary_row(out, SLICE("Last mail that failed"),
                   arena_format(arena, "%.*s: %.*s",
                                SLICE_PRINT(keeping_when(state->failed, arena)),
                                SLICE_PRINT(said(state->reason, arena))));
}
