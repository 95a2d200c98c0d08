/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every allocation of a profile, a starter and their writers fails once: each ends in
 * TDO_E_MEMORY. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../unit/profile_case.h"
#include "deny.h"
#include "tradeoff/output.h"

/* Between them: every kind of column and note, filters, averages, groups, several id columns, and
 * tables for which there is no starter. */
static const struct {
    const char *text;
    tdo_status starter;
} tables[] = {
    {"Rank;Model;Acc;acc_se;Cost ($);grade;when;x;\n1;a;77%;1%;1'000;low;2026-01-01;'-1;\n"
     "2;b;0.7;1%;0;high;2026-01-02;n/"
     "a;\n3;c;60%;2%;5;medium;2026-01-03;2;\n4;c2;61%;2%;5;low;;3;z\n",
     TDO_E_INPUT},
    {"Name,State,Runtime,val_acc,val_acc_std,params_b,co2_kg,note\na,finished,5,0.5,0.1,1,0,u\n"
     "b,finished,6,0.6,0.1,2,1,v\nc,crashed,7,,,3,2,w\nd,finished,8,0.7,0.2,4,3,u\n",
     TDO_OK},
    {"model,sex,accuracy,selection_rate,count\na,f,0.5,0.1,10\na,m,0.6,0.2,20\nb,f,0.7,0.3,10\n"
     "b,m,0.65,0.1,20\n",
     TDO_OK},
    {"model,seed,f1,ms\na,1,0.5,3\na,2,0.6,4\nb,1,0.7,8\nb,2,0.8,9\n", TDO_OK},
    {"m,o,f1,ms\na,x,0.5,3\na,y,0.6,4\nb,x,0.7,8\nb,y,0.8,9\n", TDO_OK},
    {"m,f1\na,0.5\na,0.6\n", TDO_E_INPUT},
    {"m,f1\na,\"0,5\"\nb,\"0,6\"\n", TDO_OK},
    {"m,f1\na,x5\nb,x6\n", TDO_E_INPUT},
    {"sex,f1\nf,0.5\nm,0.6\n", TDO_E_INPUT},
    {"a,a,\n1,2,3\n4,5\n", TDO_E_INPUT},
    {"model,auc (std),latency,price,state,loss,odd\n"
     "a,0.8 (0.1),12 ms,$3,COMPLETE,1,<10\nb,0.9 (0.1),1 s,\"$1,000\",COMPLETE,inf,20\n"
     "c,0.7 (0.2),3 s,unknown,FAILED,2,30\nMean,0.8 (0.1),1 s,$5,COMPLETE,2,20\n"
     "d,0.75 (0.2),2 s,$5,COMPLETE,2,20\n",
     TDO_OK},
    {"model;cost\na;950\nb;1.200\nc;2.100\n", TDO_E_INPUT},
    {"model,metric,value\na,auc,1\na,ms,2\nb,auc,1\nb,ms,3\n", TDO_E_INPUT},
    {"metric,a,b\nauc,1,2\nms,2,3\n", TDO_E_INPUT},
    {"m,x,y\n,mean,std\na,1,2\nb,2,3\n", TDO_E_INPUT},
};

/* All of it with so many allocations granted (-1: all). */
static tdo_status try_all(const char *path, long granted, tdo_status *starter)
{
    const tdo_profile_request request = {.file = "c.csv", .path = path};
    const tdo_table_style style = {.width = 70};
    tdo_profile p = {.file = NULL};
    tdo_starter s = {.profile = NULL};
    tdo_error err = {.status = TDO_OK};
    tdo_arena *a = tdo_arena_new();
    assert_non_null(a);
    deny_asked = 0;
    deny_after = granted;
    tdo_status status = tdo_profile_read(&request, a, &p, &err);
    tdo_sink o = tdo_sink_memory(a);
    if (status == TDO_OK)
        status = tdo_write_profile(&p, &style, &o);
    if (status == TDO_OK && tdo_write_profile_json(&p, &o) != TDO_OK)
        status = TDO_E_MEMORY; /* a sink that could not grow has failed to write */
    if (status == TDO_OK) {
        *starter = tdo_starter_make(&p, "c.csv", a, &s, &err);
        status = *starter == TDO_E_MEMORY ? TDO_E_MEMORY : TDO_OK;
    }
    if (status == TDO_OK && *starter == TDO_OK) {
        status = tdo_write_guesses(&s, "s.json", &style, &o);
        if (status == TDO_OK && tdo_write_starter(&s, &o) != TDO_OK)
            status = TDO_E_MEMORY;
    }
    deny_after = -1;
    tdo_arena_free(a);
    return status == TDO_E_IO ? TDO_E_MEMORY : status;
}

static void every_allocation(void **state)
{
    (void)state;
    for (size_t k = 0; k < sizeof tables / sizeof tables[0]; k++) {
        profile_case c;
        tdo_status starter = TDO_OK;
        profile_case_write(&c, tables[k].text, strlen(tables[k].text));
        assert_int_equal(try_all(c.path, -1, &starter), TDO_OK);
        assert_int_equal(starter, tables[k].starter);
        const long asked = deny_asked;
        assert_true(asked > 50);
        for (long granted = 0; granted < asked; granted++) {
            starter = TDO_OK;
            tdo_status status = try_all(c.path, granted, &starter);
            if (status != TDO_E_MEMORY)
                fail_msg("table %zu, allocation %ld of %ld: status %d, starter %d", k, granted,
                         asked, (int)status, (int)starter);
        }
        assert_int_equal(unlink(c.path), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation)};
    return cmocka_run_group_tests_name("profile and starter, memory out", tests, NULL, NULL);
}
