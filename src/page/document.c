/* The standalone document; see document.h. Clauses come from clause.h. */
#include "page/document.h"

#include "page/clause.h"
#include "page/markdown.h"
#include "service/review.h"
#include "web/html.h"

struct slice document_style(void)
{
    return SLICE(
        ":root{color-scheme:light}\n"
        "body{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica "
        "Neue\",arial,sans-serif;"
        "color:#0b0c0c;background:#fff;line-height:1.5;max-width:46rem;margin:2rem auto;padding:0 "
        "1rem}\n"
        "h1{font-size:2.2rem;line-height:1.15;margin:0 0 1rem}\n"
        "h2{font-size:1.5rem;margin:2.5rem 0 .75rem;border-top:2px solid "
        "#12436d;padding-top:.75rem}\n"
        "h3,h4,h5,h6{font-size:1.15rem;margin:1.75rem 0 .4rem}\n"
        "p,ul,ol{margin:0 0 .75rem}\n"
        "a{color:#12436d}\n"
        "table{border-collapse:collapse;width:100%;margin:0 0 1rem}\n"
        "th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px "
        "solid #b1b4b6}\n"
        ".lanyard-number{color:#484949;font-weight:400}\n"
        ".lanyard-short{background:#f3f5f6;border-left:4px solid #12436d;padding:.6rem .9rem "
        ".1rem;margin:0 0 .75rem}\n"
        ".lanyard-short-title{font-weight:700;font-size:.9rem;margin:0 0 .25rem}\n"
        ".lanyard-short p,.lanyard-short li{font-size:.95rem;margin:0 0 .5rem}\n"
        ".lanyard-note{border-left:4px solid #b1b4b6;padding:.1rem .9rem;margin:0 0 .75rem}\n"
        ".lanyard-note p{font-size:.95rem;margin:0 0 .5rem}\n"
        ".lanyard-norms{color:#484949;font-size:.8rem}\n"
        ".lanyard-norms code{font-size:inherit;overflow-wrap:anywhere}\n"
        ".lanyard-contents{list-style:none;padding:0;columns:2;column-gap:2rem;font-size:.95rem}\n"
        ".lanyard-contents li{break-inside:avoid;margin-bottom:.25rem}\n"
        ".lanyard-contents-section{font-weight:700;padding-top:.4rem}\n"
        ".facts th{width:11rem}\n"
        ".facts code{overflow-wrap:anywhere}\n"
        ".sign td,.sign th{height:3rem;vertical-align:bottom}\n"
        ".sign th{width:9rem}\n"
        "pre{white-space:pre-wrap}\n"
        "@media(max-width:40em){.lanyard-contents{columns:1}}\n"
        "@page{margin:18mm 16mm}\n"
        "@media "
        "print{body{margin:0;max-width:none;font-size:10.5pt}a{color:inherit;text-decoration:none}"
        ".lanyard-policy-clause,.sign{break-inside:avoid}h2,h3{break-after:avoid}}\n");
}

static void fact_row(struct text *out, struct slice key, struct slice value)
{
    if (value.length == 0) return;
    HTML(out, "<tr><th scope=\"row\">");
    html_text(out, key);
    HTML(out, "</th><td>");
    html_text(out, value);
    HTML(out, "</td></tr>\n");
}

static struct slice date_or_month(struct date date, bool month_only, struct arena *arena)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    if (!date_valid(date)) return SLICE_EMPTY;
    const char *month = months[date.month - 1];
    if (month_only) return arena_format(arena, "%s %d", month, date.year);
    return arena_format(arena, "%d %s %d", date.day, month, date.year);
}

struct slice document_review(const struct document *document, struct arena *arena)
{
    for (size_t at = 0; at < document->lines.count; at++) {
        const struct policy_line *line = &document->lines.at[at];
        if (line->kind == LINE_REVIEW) return date_or_month(line->review, line->month_only, arena);
    }
    return SLICE_EMPTY;
}

static void write_facts(struct text *out, const struct policy *policy,
                        const struct document_approved *approved, struct arena *arena)
{
    const struct document *document = &policy->document;
    HTML(out, "<table class=\"facts\">\n");
    fact_row(out, SLICE("Version"), document->version);
    fact_row(out, SLICE("In force from"),
             approved != NULL ? approved->in_force
                              : date_or_month(document->in_force, document->in_force_month, arena));
    if (approved != NULL) fact_row(out, SLICE("Approved by"), approved->body);
    fact_row(out, SLICE("Review due"), document_review(document, arena));
    fact_row(out, SLICE("Based on"), document->based_on);
    HTML(out, "<tr><th scope=\"row\">Fingerprint of the text</th><td><code>");
    html_string(out, policy->hashes.prose);
    HTML(out, "</code></td></tr>\n<tr><th scope=\"row\">Fingerprint of the rules</th><td><code>");
    html_string(out, policy->hashes.meaning);
    HTML(out, "</code></td></tr>\n</table>\n");
}

static void write_readings(struct text *out, const struct policy *policy)
{
    const struct words *words = &policy->words;
    if (words->readings.count == 0) return;
    HTML(out,
         "<h2 id=\"readings\">Appendix: how this policy is read</h2>\n"
         "<p>Where a text can be taken in two ways, an organisation chooses. These are the choices "
         "made here.</p>\n<table><thead><tr><th scope=\"col\">Reading</th>"
         "<th scope=\"col\">Question</th><th scope=\"col\">In this "
         "policy</th></tr></thead><tbody>\n");
    for (size_t at = 0; at < words->readings.count; at++) {
        const struct reading *reading = &words->readings.at[at];
        bool adopted = policy_awake(policy->document.reads, reading->number, false);
        HTML(out, "<tr><th scope=\"row\">");
        html_text(out, reading->id);
        HTML(out, "</th><td>");
        html_text(out, reading->phrase);
        HTML(out, "</td><td>");
        if (adopted)
            HTML(out, "Adopted: ");
        else
            HTML(out, "Not adopted: ");
        html_text(out, adopted ? reading->adopted : reading->not_adopted);
        HTML(out, "</td></tr>\n");
    }
    HTML(out, "</tbody></table>\n");
}

static void write_signature(struct text *out, const struct policy *policy)
{
    HTML(out, "<h2 id=\"sign\">Signature</h2>\n<p>I have read ");
    html_text(out, policy->document.title);
    HTML(out, ", version ");
    html_text(out, policy->document.version);
    HTML(out, ", and will act by it.</p>\n<table class=\"sign\">\n"
              "<tr><th scope=\"row\">Name</th><td></td></tr>\n<tr><th "
              "scope=\"row\">Role</th><td></td></tr>\n"
              "<tr><th scope=\"row\">Signature</th><td></td></tr>\n<tr><th "
              "scope=\"row\">Date</th><td></td></tr>\n"
              "</table>\n");
}

static void write_head(struct text *out, const struct policy *policy, struct slice style_address)
{
    HTML(out, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n<title>");
    html_text(out, policy->document.title);
    HTML(out,
         "</title>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    if (style_address.length > 0) {
        HTML(out, "<link rel=\"stylesheet\"");
        html_href(out, style_address);
        HTML(out, ">\n");
    } else {
        HTML(out, "<style>\n");
        text_add(out, document_style());
        HTML(out, "</style>\n");
    }
    HTML(out, "</head>\n<body>\n<main>\n<h1>");
    html_text(out, policy->document.title);
    HTML(out, "</h1>\n");
}

/* At the top, so that whoever signs knows it. */
static void write_review(struct text *out, const struct policy *policy, int64_t day)
{
    AUTO_TEXT struct text review;
    text_init(&review, 1000);
    if (!review_overdue(policy, day, &review)) return;
    HTML(out, "<p><strong>");
    html_text(out, text_slice(&review));
    HTML(out, "</strong></p>\n");
}

void document_page(struct text *out, const struct policy *policy, int64_t day,
                   struct slice style_address)
{
    document_page_approved(out, policy, day, style_address, NULL);
}

void document_page_approved(struct text *out, const struct policy *policy, int64_t day,
                            struct slice style_address, const struct document_approved *approved)
{
    AUTO(arena) struct arena *arena = arena_new();
    struct clause_view view = {
        .policy = policy, .document = &policy->document, .arena = arena, .norms = true};
    write_head(out, policy, style_address);
    write_review(out, policy, day);
    write_facts(out, policy, approved, arena);
    markdown_write(out, policy->document.preamble);
    HTML(out, "<h2 id=\"contents\">Contents</h2>\n<nav aria-label=\"Contents\">\n");
    clauses_contents(out, &view);
    HTML(out, "</nav>\n");
    clauses_write(out, &view);
    write_readings(out, policy);
    write_signature(out, policy);
    HTML(out, "</main>\n</body>\n</html>\n");
}
