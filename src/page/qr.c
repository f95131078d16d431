/* libqrencode's squares as one path of an SVG: no style, no script, nothing fetched. See qr.h. */
#include "page/qr.h"

#include <qrencode.h>
#include <string.h>

#define MARGIN 4 /* white squares around, as the standard asks */
#define WORDS_LARGEST 600

static void row_write(struct text *out, const QRcode *code, int row)
{
    for (int column = 0; column < code->width; column++) {
        if ((code->data[row * code->width + column] & 1) == 0) continue;
        HTML(out, "M");
        html_number(out, column + MARGIN);
        HTML(out, " ");
        html_number(out, row + MARGIN);
        HTML(out, "h1v1h-1z");
    }
}

bool qr_write(struct text *out, struct slice words, struct slice label)
{
    char whole[WORDS_LARGEST + 1];
    if (words.length > WORDS_LARGEST) return false;
    memcpy(whole, words.at, words.length);
    whole[words.length] = '\0';
    QRcode *code = QRcode_encodeString8bit(whole, 0, QR_ECLEVEL_M);
    explicit_bzero(whole, sizeof whole);
    if (code == NULL) return false;
    HTML(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"264\" height=\"264\" "
              "shape-rendering=\"crispEdges\" viewBox=\"0 0 ");
    html_number(out, code->width + 2 * MARGIN);
    HTML(out, " ");
    html_number(out, code->width + 2 * MARGIN);
    HTML(out, "\"");
    html_attribute(out, "aria-label", label);
    HTML(out,
         "><rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/><path fill=\"#000000\" d=\"");
    for (int row = 0; row < code->width; row++) row_write(out, code, row);
    HTML(out, "\"/></svg>\n");
    QRcode_free(code);
    return true;
}
