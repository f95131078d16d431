/* Words, shapes and colours of the verdicts; see verdict.h. The classes stand in assets/lanyard.css. */
#include "page/verdict.h"

#include "page/may.h"
#include "web/html.h"

struct slice verdict_heading(const struct decision *decision)
{
    switch (decision->verdict) {
    case VERDICT_ALLOWED:
        if (decision->noted && decision->duties.count == 0)
            return SLICE("Nothing more is asked of you");
        if (decision->noted) return SLICE("This is what to do now");
        if (decision->strength == STRENGTH_REQUIRED) return SLICE("Yes, and you have to");
        return SLICE("Yes, you may");
    case VERDICT_NO_CLAUSE: return SLICE("The policy does not say");
    case VERDICT_ADVISED_AGAINST: return SLICE("Better not");
    case VERDICT_ALLOWED_IF: return SLICE("Not yet");
    case VERDICT_REFER: return SLICE("Ask first");
    case VERDICT_NOT_ALLOWED:
        return decision->strength == STRENGTH_SHOULD ? SLICE("No, you should not") : SLICE("No");
    case VERDICT_STOP: return SLICE("Stop. Do not do this");
    default: return SLICE("One more answer is needed");
    }
}

static struct slice silence_line(const struct decision *decision, struct arena *arena)
{
    const struct policy_line *advice = decision->advice;
    if (advice == NULL)
        return SLICE("No clause speaks about this. Use your judgement, or ask a leader.");
    struct slice roles = may_roles(decision->policy, &advice->roles, "or", arena);
    if (advice->kind == LINE_SILENCE_TELL)
        return arena_format(arena, "No clause speaks about this. Tell %.*s afterwards.",
                            SLICE_PRINT(roles));
    return arena_format(arena, "No clause speaks about this. Ask %.*s before you do it.",
                        SLICE_PRINT(roles));
}

struct slice verdict_line(const struct decision *decision, struct arena *arena)
{
    switch (decision->verdict) {
    case VERDICT_ALLOWED:
        if (decision->noted) return SLICE("It has happened; the policy says what comes next.");
        return decision->duties.count > 0 ? SLICE("The policy allows it. Some things go with it.")
                                          : SLICE("The policy allows it.");
    case VERDICT_NO_CLAUSE: return silence_line(decision, arena);
    case VERDICT_ADVISED_AGAINST:
        return SLICE("It is not forbidden, but the policy advises against it.");
    case VERDICT_ALLOWED_IF: return SLICE("You may, once you have what is listed below.");
    case VERDICT_REFER:
        return arena_format(
            arena, "%.*s decides. Wait for the answer before you go on.",
            SLICE_PRINT(
                may_capital(may_roles(decision->policy, &decision->refer, "or", arena), arena)));
    case VERDICT_NOT_ALLOWED:
        return decision->strength == STRENGTH_SHOULD
                   ? SLICE(
                         "If you still have a good reason, write it down and be ready to give it.")
                   : SLICE("The policy does not allow it.");
    case VERDICT_STOP: return SLICE("The law forbids it. Nobody here can allow it.");
    default: return SLICE("The policy cannot say yet.");
    }
}

struct slice verdict_short(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_ALLOWED: return SLICE("yes, you may");
    case VERDICT_NO_CLAUSE: return SLICE("the policy no longer speaks against it");
    case VERDICT_ADVISED_AGAINST: return SLICE("better not, but not forbidden");
    case VERDICT_ALLOWED_IF: return SLICE("yes, once something else is there");
    case VERDICT_REFER: return SLICE("somebody has to decide");
    case VERDICT_NOT_ALLOWED: return SLICE("no");
    case VERDICT_STOP: return SLICE("stop");
    default: return SLICE("it would still be open");
    }
}

/* Each shape is a different outline, so that it is told apart without colour. */
static void draw(struct text *out, enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_ALLOWED: /* a circle with a tick */
        HTML(out, "<circle cx=\"42\" cy=\"42\" r=\"36\"/><path d=\"M24 43l13 14 24-29\"/>");
        break;
    case VERDICT_NO_CLAUSE: /* an empty page with a question mark */
        HTML(out,
             "<path d=\"M16 6h36l16 16v56H16z\"/><path d=\"M33 38c0-12 19-12 19 0 0 8-9 8-9 16\"/>"
             "<path d=\"M43 65v.5\"/>");
        break;
    case VERDICT_ADVISED_AGAINST: /* a triangle with a mark */
        HTML(out, "<path d=\"M42 8l36 66H6z\"/><path d=\"M42 34v18\"/><path d=\"M42 63v.5\"/>");
        break;
    case VERDICT_ALLOWED_IF: /* a padlock */
        HTML(out, "<path d=\"M16 38h52v38H16z\"/><path d=\"M27 38V26a15 15 0 0 1 30 0v12\"/><path "
                  "d=\"M42 52v10\"/>");
        break;
    case VERDICT_REFER: /* a speech bubble */
        HTML(out,
             "<path d=\"M8 12h68v46H42L26 74V58H8z\"/><path d=\"M24 35h.5M42 35h.5M60 35h.5\"/>");
        break;
    case VERDICT_NOT_ALLOWED: /* a square with a cross */
        HTML(out, "<path d=\"M8 8h68v68H8z\"/><path d=\"M27 27l30 30M57 27L27 57\"/>");
        break;
    case VERDICT_STOP: /* an octagon with a bar */
        HTML(out, "<path d=\"M27 6h30l21 21v30L57 78H27L6 57V27z\"/><path d=\"M24 42h36\"/>");
        break;
    default: /* a circle with a question mark */
        HTML(out, "<circle cx=\"42\" cy=\"42\" r=\"36\"/><path d=\"M33 36c0-12 19-12 19 0 0 8-9 "
                  "8-9 14\"/><path d=\"M43 61v.5\"/>");
        break;
    }
}

#define STROKES                                                                                    \
    " fill=\"none\" stroke=\"currentColor\" stroke-width=\"7\" stroke-linecap=\"round\" "          \
    "stroke-linejoin=\"round\">"

static void shape(struct text *out, enum verdict verdict)
{
    HTML(out, "<svg viewBox=\"0 0 84 84\" aria-hidden=\"true\" focusable=\"false\"" STROKES);
    draw(out, verdict);
    HTML(out, "</svg>");
}

/* ---- several on one page ---- */

void verdict_signs(struct text *out)
{
    HTML(out, "<svg class=\"lanyard-signs\" width=\"0\" height=\"0\" aria-hidden=\"true\" "
              "focusable=\"false\">");
    for (int at = VERDICT_ALLOWED; at <= VERDICT_STOP; at++) {
        HTML(out, "<symbol id=\"sign-");
        html_string(out, verdict_word((enum verdict)at));
        HTML(out, "\" viewBox=\"0 0 84 84\"" STROKES);
        draw(out, (enum verdict)at);
        HTML(out, "</symbol>");
    }
    /* noted: a dot in a circle */
    HTML(out, "<symbol id=\"sign-noted\" viewBox=\"0 0 84 84\"" STROKES
              "<circle cx=\"42\" cy=\"42\" r=\"36\"/><path d=\"M42 42v.5\" stroke-width=\"20\"/>"
              "</symbol></svg>\n");
}

static void use_sign(struct text *out, const char *name)
{
    HTML(out, "<svg class=\"lanyard-sign\" aria-hidden=\"true\" focusable=\"false\"><use "
              "href=\"#sign-");
    html_string(out, name);
    HTML(out, "\"/></svg>");
}

struct slice verdict_mark_words(const struct compared_cell *cell)
{
    if (cell->noted) return SLICE("Noted");
    switch (cell->verdict) {
    case VERDICT_ALLOWED:
        return cell->strength == STRENGTH_REQUIRED ? SLICE("Yes, must") : SLICE("Yes");
    case VERDICT_NO_CLAUSE: return SLICE("Silent");
    case VERDICT_ADVISED_AGAINST: return SLICE("Better not");
    case VERDICT_ALLOWED_IF: return SLICE("Only if");
    case VERDICT_REFER: return SLICE("Ask first");
    case VERDICT_NOT_ALLOWED:
        return cell->strength == STRENGTH_SHOULD ? SLICE("Should not") : SLICE("No");
    case VERDICT_STOP: return SLICE("Stop");
    default: return SLICE("Depends");
    }
}

void verdict_mark(struct text *out, const struct compared_cell *cell)
{
    const char *name = cell->noted ? "noted" : verdict_word(cell->verdict);
    HTML(out, "<span class=\"lanyard-mark lanyard-mark--");
    html_string(out, name);
    if (cell->strength == STRENGTH_SHOULD) HTML(out, " lanyard-mark--should");
    HTML(out, "\">");
    use_sign(out, name);
    html_text(out, verdict_mark_words(cell));
    HTML(out, "</span>");
}

void verdict_band(struct text *out, const struct decision *decision, struct arena *arena)
{
    HTML(out, "<div class=\"lanyard-band lanyard-verdict--");
    html_string(out, verdict_word(decision->verdict));
    HTML(out, "\">");
    use_sign(out, decision->noted ? "noted" : verdict_word(decision->verdict));
    HTML(out, "<p class=\"lanyard-band-words\">");
    html_text(out, verdict_heading(decision));
    HTML(out, "</p><p>");
    html_text(out, verdict_line(decision, arena));
    HTML(out, "</p></div>\n");
}

/* ---- one ---- */

void verdict_write(struct text *out, const struct decision *decision, struct arena *arena)
{
    HTML(out, "<div class=\"lanyard-verdict lanyard-verdict--");
    html_string(out, verdict_word(decision->verdict));
    HTML(out, "\">");
    shape(out, decision->verdict);
    HTML(out, "<div><h1>");
    html_text(out, verdict_heading(decision));
    HTML(out, "</h1><p>");
    html_text(out, verdict_line(decision, arena));
    HTML(out, "</p></div></div>\n");
}
