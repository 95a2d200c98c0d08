/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of quantities in cells: 12 ms, 1.5 GB, $0.15, 1.2M. */
#ifndef TRADEOFF_CSV_UNIT_H
#define TRADEOFF_CSV_UNIT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum unit_dimension {
    UNIT_COUNT, /* of anything */
    UNIT_TIME,
    UNIT_SIZE,
    UNIT_MONEY
} unit_dimension;

typedef struct unit_of {
    unit_dimension dimension;
    double by;         /* nanoseconds, bytes, or things; a whole number below 2^53 */
    char currency[4];  /* of money: three letters */
    const char *spelt; /* as a scenario would name it: "us" for "\xC2\xB5s"; "" for things */
} unit_of;

/* The unit that the whole text names, a count's factor (k, M) aside; any three capital letters are
 * money. False: none. spelt points into tables, or to text for a currency's letters. */
bool unit_read(const char *s, size_t length, unit_of *out);

/* The factor of a count: k K M G B T. 0: it is none. */
double unit_factor(char c);

/* Is it a code of ISO 4217 that is often met? For guesses: GPT 4 is no money. */
bool unit_is_usual_currency(const char code[4]);

/* What the unit of a criterion ("ms", "USD/week", "ms per request", "") converts to. A count by 1
 * where it is none of the units that are known. *tail: what follows the unit in it, "" nothing. */
unit_of unit_of_criterion(const char *unit, const char **tail);

#endif
