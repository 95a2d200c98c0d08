/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes as a CSV file, read as the library reads it. Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_CSV_CASE_H
#define TRADEOFF_TESTS_CSV_CASE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "csv/table.h"
#include "temp_file.h"

/* One reading: what is asked, and what came. */
typedef struct csv_case {
    tdo_table_request request;
    csv_limits limits;
    tdo_arena *arena;
    tdo_status status;
    tdo_table table;
    tdo_warnings warnings;
    tdo_report report;
} csv_case;

static const char *const csv_case_id[] = {"id"};
static const tdo_wanted csv_case_wanted[] = {
    {.column = "cost"}, {.column = "accuracy"}, {.column = "latency_ms"}};

/* Asks for id, cost, accuracy, latency_ms. */
static inline csv_case csv_case_new(void)
{
    return (csv_case){.request = {.file = "c.csv",
                                  .id_columns = csv_case_id,
                                  .n_id_columns = 1,
                                  .wanted = csv_case_wanted,
                                  .n_wanted = 3},
                      .limits = csv_stated_limits};
}

static inline void csv_case_read_file(csv_case *c, const char *path)
{
    c->arena = tdo_arena_new();
    assert_non_null(c->arena);
    c->request.path = path;
    c->status = csv_table_read_within(&c->request, &c->limits, c->arena, &c->table, &c->warnings,
                                      &c->report);
    assert_int_equal(c->status == TDO_OK, c->report.count == 0);
}

static inline void csv_case_read(csv_case *c, const char *bytes, size_t length)
{
    char path[TEMP_PATH];
    temp_file_write(path, bytes, length);
    csv_case_read_file(c, path);
    assert_int_equal(unlink(path), 0);
}

static inline void csv_case_free(csv_case *c)
{
    tdo_arena_free(c->arena);
    c->arena = NULL;
}

#endif
