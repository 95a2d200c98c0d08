/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a cell in one of the forms, or which key would read it. */
#include <string.h>

#include "csv/cell.h"

static void put_key(tdo_sink *o, tdo_cell_form as)
{
    tdo_putf(o, "\"as\": \"%s\"", tdo_cell_form_name[as]);
}

/* A form that the column is not read in. */
static void put_form(tdo_sink *o, const csv_form *f)
{
    switch (f->as) {
    case TDO_CELLS_PLUS_MINUS:
        tdo_puts(o, "holds two numbers: where the second is the standard error, the criterion "
                    "needs ");
        put_key(o, f->as);
        break;
    case TDO_CELLS_INTERVAL:
        tdo_puts(o, "holds a number and its interval: the criterion needs ");
        put_key(o, f->as);
        break;
    case TDO_CELLS_QUANTITY:
        tdo_puts(o, !f->has_unit                      ? "has a factor after the number"
                    : f->unit.dimension == UNIT_MONEY ? "has a currency sign"
                                                      : "has a unit after the number");
        tdo_puts(o, f->has_unit ? "; write the number alone or, where every cell has one, "
                                : "; write the number in full, or ");
        put_key(o, f->as);
        if (f->has_unit)
            tdo_putf(o, " with a \"unit\" such as \"%s\"",
                     f->unit.dimension == UNIT_MONEY ? f->unit.currency : f->unit.spelt);
        tdo_puts(o, " in the criterion");
        break;
    case TDO_CELLS_PLAIN:
    case TDO_CELL_FORMS:
        break;
    }
}

static const char *const wanted[TDO_CELL_FORMS] = {
    [TDO_CELLS_PLAIN] = "",
    [TDO_CELLS_PLUS_MINUS] = "is no number with its error, such as 0.82 \xC2\xB1 0.02 or "
                             "0.82 (0.02), which ",
    [TDO_CELLS_INTERVAL] = "is no number with its interval, such as 0.93 (0.87-0.98) or "
                           "0.93 [0.87, 0.98], which ",
    [TDO_CELLS_QUANTITY] = "is no number with its unit, such as 12 ms, 1.5 GB, $0.15 or 1.2M, "
                           "which ",
};

static void put_quantity_reason(tdo_sink *o, const tdo_reading_style *style, csv_form *f)
{
    (void)csv_form_convert(style, f);
    tdo_puts(o, f->reason ? f->reason : "is beyond the range of a double");
    if (f->reason && style->unit && style->unit[0])
        tdo_putf(o, ", and the criterion is measured in \"%s\"", style->unit);
    else if (f->reason)
        tdo_putf(o, ": the criterion needs a \"unit\" such as \"%s\"",
                 f->unit.dimension == UNIT_MONEY ? f->unit.currency : f->unit.spelt);
}

/* In its own form, but not as it has to be; or in another one. */
static void put_misfit(tdo_sink *o, const char *s, size_t length, const tdo_reading_style *style)
{
    csv_form f;
    tdo_reading_style with = *style;
    with.percent = true;
    if (csv_form_read(s, length, style, &f) == TDO_NUMBER_OK && style->as == TDO_CELLS_QUANTITY) {
        put_quantity_reason(o, style, &f);
        return;
    }
    if (f.reason) {
        tdo_puts(o, f.reason);
        if (style->as == TDO_CELLS_QUANTITY)
            tdo_puts(o, ": ns us ms s min h d, B kB MB GB TB KiB MiB GiB TiB, $ \xE2\x82\xAC "
                        "\xC2\xA3 or three capital letters, k M G B T");
        return;
    }
    if (!style->percent && style->as != TDO_CELLS_QUANTITY &&
        csv_form_read(s, length, &with, &f) == TDO_NUMBER_OK) {
        tdo_puts(o, "has a percent sign; where percentages are meant, the criterion needs "
                    "\"percent\": true");
        return;
    }
    tdo_puts(o, wanted[style->as]);
    put_key(o, style->as);
    tdo_puts(o, " needs");
    if (csv_form_guess(s, length, style, &f) && f.as != style->as) {
        tdo_puts(o, "; it reads as ");
        put_key(o, f.as);
    }
}

bool csv_form_explain(tdo_sink *o, const char *s, size_t length, const tdo_reading_style *style)
{
    csv_form f;
    tdo_reading_style with = *style;
    if (style->as != TDO_CELLS_PLAIN) {
        put_misfit(o, s, length, style);
        return true;
    }
    if (csv_form_guess(s, length, style, &f)) {
        put_form(o, &f);
        return true;
    }
    for (int as = TDO_CELLS_PLUS_MINUS; as < TDO_CELLS_QUANTITY; as++) {
        with.as = (tdo_cell_form)as;
        (void)csv_form_read(s, length, &with, &f);
        if (f.reason) {
            tdo_puts(o, f.reason);
            return true;
        }
    }
    with.percent = true;
    if (!style->percent && csv_form_guess(s, length, &with, &f) && f.as != TDO_CELLS_QUANTITY) {
        put_form(o, &f);
        tdo_puts(o, " and \"percent\": true");
        return true;
    }
    return false;
}
