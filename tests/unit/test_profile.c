/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a profile says about cells, columns and files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "inspect/profile_parts.h"
#include "near.h"
#include "profile_case.h"

/* ---- one cell ---- */

static void classes_of_cells(void **state)
{
    (void)state;
    static const struct {
        const char *cell;
        tdo_cell_class is;
        double number; /* where it reads as one */
        bool percent;
    } cases[] = {
        {"", TDO_CELL_MISSING, 0, false},
        {"N/A", TDO_CELL_MISSING, 0, false},
        {"n/a", TDO_CELL_MISSING, 0, false},
        {"N.A.", TDO_CELL_NEAR, 0, false},
        {"nan", TDO_CELL_MISSING, 0, false},
        {"nan(7)", TDO_CELL_NEAR, 0, false},
        {"#DIV/0!", TDO_CELL_MISSING, 0, false},
        {"Not Reported", TDO_CELL_NEAR, 0, false},
        {"\xE2\x80\x94", TDO_CELL_NEAR, 0, false},
        {"1.5", TDO_CELL_PLAIN, 1.5, false},
        {"-2e3", TDO_CELL_PLAIN, -2000, false},
        {"77.4%", TDO_CELL_PERCENT, 77.4, true},
        {"77.4 %", TDO_CELL_WORD, 0, false},
        {"%", TDO_CELL_WORD, 0, false},
        {"1,013.0", TDO_CELL_GROUPED, 1013, false},
        {"1,013%", TDO_CELL_GROUPED, 1013, true},
        {"1'234'567", TDO_CELL_GROUPED, 1234567, false},
        {"1 000", TDO_CELL_GROUPED, 1000, false},
        {"0,97", TDO_CELL_COMMA, 0.97, false},
        {"-12,5", TDO_CELL_COMMA, -12.5, false},
        {"0,812", TDO_CELL_COMMA, 0.812, false}, /* no 812 */
        {"81,2%", TDO_CELL_COMMA, 81.2, true},
        {"1.234,5", TDO_CELL_COMMA, 1234.5, false},
        {"1.2,5", TDO_CELL_WORD, 0, false},
        {"1,2,3", TDO_CELL_WORD, 0, false},
        {",", TDO_CELL_WORD, 0, false},
        {"'-0.5", TDO_CELL_APOSTROPHE, 0, false},
        {"\xE2\x80\x99+3%", TDO_CELL_APOSTROPHE, 0, false},
        {"'", TDO_CELL_WORD, 0, false},
        {"'a", TDO_CELL_WORD, 0, false},
        {"inf", TDO_CELL_INFINITE, 0, false},
        {"-Infinity", TDO_CELL_INFINITE, 0, false},
        {"\xE2\x88\x9E", TDO_CELL_INFINITE, 0, false},
        {"1e400", TDO_CELL_RANGE, 0, false},
        {"1e-400", TDO_CELL_RANGE, 0, false},
        {"2026-03-01", TDO_CELL_DATE, 0, false},
        {"2026-03-01 09:00:00.120000+00:00", TDO_CELL_DATE, 0, false},
        {"2026-03-01T09:00:00Z", TDO_CELL_DATE, 0, false},
        {"01/03/2026", TDO_CELL_DATE, 0, false},
        {"1.3.2026", TDO_CELL_DATE, 0, false},
        {"2026-03", TDO_CELL_WORD, 0, false},
        {"1-2-3", TDO_CELL_WORD, 0, false},
        {"2026-03-01 noon", TDO_CELL_WORD, 0, false},
        {"1.2.3", TDO_CELL_WORD, 0, false},
        {"20ms", TDO_CELL_WORD, 0, false},
        {"true", TDO_CELL_WORD, 0, false},
    };

    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        char separator = '\0';
        double x = 0;
        bool percent = false;
        tdo_cell_class is =
            profile_classify(cases[k].cell, strlen(cases[k].cell), &separator, &x, &percent);
        if (is != cases[k].is || percent != cases[k].percent)
            fail_msg("\"%s\" is %d, not %d", cases[k].cell, (int)is, (int)cases[k].is);
        if (is == TDO_CELL_PLAIN || is == TDO_CELL_PERCENT || is == TDO_CELL_GROUPED ||
            is == TDO_CELL_COMMA)
            near(x, cases[k].number, 0, 0);
    }
}

/* A column has one separator: what another one would be is no number. */
static void one_separator_a_column(void **state)
{
    (void)state;
    char separator = '\0';
    double x = 0;
    bool percent = false;

    assert_int_equal(profile_classify("1'000", 5, &separator, &x, &percent), TDO_CELL_GROUPED);
    assert_int_equal(separator, '\'');
    assert_int_equal(profile_classify("1,000", 5, &separator, &x, &percent), TDO_CELL_COMMA);
}

/* ---- columns ---- */

/* The same commas are decimal signs or part thousands: the column says which, or the file. */
static void commas_of_columns(void **state)
{
    (void)state;
    static const struct {
        const char *csv;
        char decimal, thousands;
        double min, max, median;
        bool exact;
    } table[] = {
        {"m;x\na;0,812\nb;0,920\nc;1,100\n", ',', 0, 0.812, 1.1, 0.92, true},
        {"m;x\na;1,100\nb;0,920\nc;0,812\n", ',', 0, 0.812, 1.1, 0.92, true},
        {"m;x\na;1,100\nb;1,250\nc;2,500\n", ',', 0, 1.1, 2.5, 1.25, true},
        {"m;x\na;950\nb;1,250\nc;2,500\n", 0, ',', 950, 2500, 1250, true},
        {"m;x\na;1,100\nb;1,250,000\nc;2,500\n", 0, ',', 1100, 1250000, 2500, true},
        {"m,x\na,\"1,100\"\nb,\"1,250\"\nc,\"2,500\"\n", 0, ',', 1100, 2500, 1250, true},
        {"m,x\na,\"1,100\"\nb,\"0,250\"\nc,\"2,500\"\n", ',', 0, 0.25, 2.5, 1.1, true},
        {"m;x\na;1.200,50\nb;900,00\nc;12.400,00\n", ',', '.', 900, 12400, 1200.5, true},
        {"m;x\na;7\nb;0,5\nc;12\n", ',', 0, 0.5, 12, 7, true},
        {"m;x\na;81,2%\nb;79,5%\nc;90%\n", ',', 0, 79.5, 90, 81.2, true},
        {"m;x\na;0,5 ms\nb;1,5 ms\nc;2 ms\n", ',', 0, 0.5, 2, 1.5, true},
        {"m;x\na;1.200,5 ms\nb;1,5 ms\nc;2 ms\n", ',', '.', 1.5, 1200.5, 2, true},
        /* neither all of the one, nor of the other */
        {"m;x\na;0,812\nb;0.920\nc;1,100\n", 0, ',', 0, 0, 0, false},
        {"m;x\na;0,812\nb;1,200,300\nc;1,100\n", 0, ',', 0, 0, 0, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        profile_case c = profile_of(table[i].csv);
        const tdo_profiled *x = &c.profile.column[1];
        if (x->exact != table[i].exact || (x->exact && (x->style.decimal != table[i].decimal ||
                                                        x->style.thousands != table[i].thousands)))
            fail_msg("%s: '%c' '%c'", table[i].csv, x->style.decimal, x->style.thousands);
        for (unsigned r = 0; r < 3 && x->exact; r++)
            assert_true(!isnan(c.profile.number[2u * r + 1u]));
        if (table[i].exact) {
            near(x->min, table[i].min, 0, 0);
            near(x->max, table[i].max, 0, 0);
            near(x->median, table[i].median, 0, 0);
        }
        profile_case_free(&c);
    }
}

static void kinds_of_columns(void **state)
{
    (void)state;
    profile_case c = profile_of("id,empty,same,x,p,t,when,grade,note,half,yes\n"
                                "1,,k,0.5,10%,\"1,000\",2026-01-01,low,a,1,yes\n"
                                "2,NA,k,-0.5,11%,900,2026-01-02,High,a,x,no\n"
                                "3,-,,2,12,800,2026-01-03,medium,b,2,no\n"
                                "4,,k,0,12%,\"2,000\",2026-01-04,low,c,y,no\n");
    static const tdo_kind kinds[] = {TDO_KIND_ID,     TDO_KIND_EMPTY,   TDO_KIND_CONSTANT,
                                     TDO_KIND_NUMBER, TDO_KIND_PERCENT, TDO_KIND_THOUSANDS,
                                     TDO_KIND_DATE,   TDO_KIND_ORDINAL, TDO_KIND_TEXT,
                                     TDO_KIND_ID,     TDO_KIND_TEXT};

    assert_int_equal(c.profile.n_columns, 11);
    assert_int_equal(c.profile.rows, 4);
    for (size_t i = 0; i < 11; i++)
        if (c.profile.column[i].kind != kinds[i])
            fail_msg("\"%s\" is %s", c.profile.column[i].name,
                     tdo_kind_name[c.profile.column[i].kind]);
    const tdo_profiled *x = &c.profile.column[3], *t = &c.profile.column[5];
    near(x->min, -0.5, 0, 0);
    near(x->median, 0.25, 0, 0);
    near(x->max, 2, 0, 0);
    assert_int_equal(x->zeros, 1);
    assert_int_equal(x->negatives, 1);
    assert_int_equal(t->style.thousands, ',');
    assert_int_equal(t->integers, 4);
    near(t->median, 950, 0, 0);
    assert_int_equal(c.profile.column[1].n_marks, 3);
    assert_int_equal(c.profile.column[1].mark[0].n, 2);
    const tdo_profiled *grade = &c.profile.column[7];
    assert_int_equal(grade->n_levels, 3);
    assert_string_equal(grade->level[0], "low");
    assert_string_equal(grade->level[2], "High");
    assert_false(grade->more_is_better);
    profile_case_free(&c);
}

static void scales_that_are_none(void **state)
{
    (void)state;
    profile_case c = profile_of("twice,unique,flag,other\n"
                                "low,poor,yes,good\nLow,fair,no,bad\nhigh,good,no,green\n"
                                "high,excellent,no,good\n");

    for (size_t i = 0; i < 4; i++)
        assert_null(c.profile.column[i].level);
    profile_case_free(&c);
}

static void partners(void **state)
{
    (void)state;
    static const struct {
        size_t of;
        tdo_partner is;
    } expected[] = {{TDO_NONE, TDO_PARTNER_NONE},    {0, TDO_PARTNER_STANDARD_ERROR},
                    {TDO_NONE, TDO_PARTNER_NONE},    {2, TDO_PARTNER_DEVIATION},
                    {TDO_NONE, TDO_PARTNER_NONE},    {4, TDO_PARTNER_HALF_WIDTH},
                    {4, TDO_PARTNER_HALF_WIDTH},     {TDO_NONE, TDO_PARTNER_NONE},
                    {7, TDO_PARTNER_STANDARD_ERROR}, {TDO_NONE, TDO_PARTNER_NONE},
                    {9, TDO_PARTNER_DEVIATION},      {TDO_NONE, TDO_PARTNER_NONE},
                    {11, TDO_PARTNER_HALF_WIDTH},    {11, TDO_PARTNER_HALF_WIDTH},
                    {0, TDO_PARTNER_BOUND},          {TDO_NONE, TDO_PARTNER_NONE},
                    {2, TDO_PARTNER_VARIANCE},       {TDO_NONE, TDO_PARTNER_NONE}};
    profile_case c = profile_of(
        "auc,auc_se,mean_test_x,std_test_x,elo,elo+,elo-,\"t.acc,none\",\"t.acc_stderr,none\","
        "impact_ratio,impact_sd,lift,lift_ci_plus,lift_ci_minus,auc_ci_lower,var_share,"
        "mean_test_x_var,std_of_nothing\n"
        "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18\n"
        "2,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18\n");

    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        const tdo_profiled *p = &c.profile.column[i];
        if (p->partner != expected[i].is || p->partner_of != expected[i].of)
            fail_msg("\"%s\": %s of %td", p->name, tdo_partner_name[p->partner],
                     (ptrdiff_t)p->partner_of);
    }
    profile_case_free(&c);
}

/* ---- files ---- */

static void notes_are_located(void **state)
{
    (void)state;
    profile_case c = profile_of("a,a,,cost,accuracy\n"
                                "x,1,,0,0.97\n"
                                "\n"
                                "y,2,z,3,96.8\n"
                                "z,n/a,,4,91.5,6\n"
                                "w,unknown,,5ms,90.1\n"
                                "v,4,,2,\n");
    const tdo_note *n = note_of(&c, TDO_NONE, "ragged_rows");

    assert_non_null(n);
    assert_int_equal(n->line, 5);
    assert_int_equal(n->count, 1);
    assert_true(n->refused);
    assert_int_equal(c.profile.ragged, 1);
    assert_int_equal(c.profile.rows, 4);
    n = note_of(&c, 1, "same_name");
    assert_non_null(n);
    assert_int_equal(n->line, 1);
    assert_int_equal(n->at, 3);
    n = note_of(&c, 2, "no_name");
    assert_non_null(n);
    assert_int_equal(n->line, 4);
    assert_true(n->refused);
    n = note_of(&c, 1, "no_missing_mark");
    assert_non_null(n);
    assert_int_equal(n->line, 6);
    assert_int_equal(n->at, 3);
    n = note_of(&c, 3, "not_numbers");
    assert_non_null(n);
    assert_int_equal(n->line, 6);
    n = note_of(&c, 3, "zeros");
    assert_non_null(n);
    assert_false(n->refused);
    n = note_of(&c, 4, "mixed_scales");
    assert_non_null(n);
    assert_int_equal(n->line, 2);
    profile_case_free(&c);
}

/* A percentage below 1 among others is no fraction. */
static void small_percentages_are_no_fractions(void **state)
{
    (void)state;
    profile_case c = profile_of("m,pass_rate,latency\na,0.9,0.4\nb,3.6,90\nc,20,95\nd,52,88\n");

    assert_null(note_of(&c, 1, "mixed_scales"));
    assert_null(note_of(&c, 2, "mixed_scales")); /* a time may be anything */
    profile_case_free(&c);
}

static void delimiters(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char delimiter;
        bool named;
    } cases[] = {
        {"a,b\n1,2\n", ',', true},  {"a;b\n1;2\n", ';', false},       {"a\tb\n1\t2\n", '\t', false},
        {"a|b\n1|2\n", '|', false}, {"sep=;\na;b\n1;2\n", ';', true}, {"a\n1\n", ',', true},
    };

    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        profile_case c = profile_of(cases[k].text);
        assert_int_equal(c.profile.delimiter, cases[k].delimiter);
        assert_int_equal(c.profile.delimiter_named, cases[k].named);
        assert_int_equal(c.profile.n_columns, k == 5 ? 1 : 2);
        assert_int_equal(c.profile.rows, 1);
        profile_case_free(&c);
    }
}

static void shapes(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        tdo_shape shape;
    } cases[] = {
        {"run_id,status,metrics.auc\na,FINISHED,1\n", TDO_SHAPE_MLFLOW},
        {"Start Time,Run ID,Status,auc\n2026-01-01,a,FINISHED,1\n", TDO_SHAPE_MLFLOW_PAGE},
        {"Name,State,Runtime,auc\na,finished,3,1\n", TDO_SHAPE_WANDB},
        {"number,values_0,params_x,state\n0,1,2,COMPLETE\n", TDO_SHAPE_OPTUNA},
        {"mean_fit_time,params,mean_test_score\n1,a,2\n", TDO_SHAPE_SKLEARN},
        {"model,sex,auc\na,f,1\na,m,2\nb,f,3\nb,m,4\n", TDO_SHAPE_GROUPS},
        {"model,\"x.acc,none\"\na,1\n", TDO_SHAPE_LM_EVAL},
        {"Rank,Model,Acc\n1,a,77%\n2,b,70%\n", TDO_SHAPE_LEADERBOARD},
        {"model,sex,auc\na,f,1\nb,m,2\n", TDO_SHAPE_PLAIN},
        {"country,model,auc\nfr,a,1\nde,b,2\n", TDO_SHAPE_PLAIN},
    };

    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        profile_case c = profile_of(cases[k].text);
        if (c.profile.shape != cases[k].shape)
            fail_msg("%s is %s", cases[k].text, tdo_shape_name[c.profile.shape]);
        profile_case_free(&c);
    }
}

/* ---- many rows and columns ---- */

/* Beyond the sample the extremes stay exact, and the median is near; twice the same. */
static void a_sample_is_fair(void **state)
{
    (void)state;
    enum { COLUMNS = 100, ROWS = 60000 };
    char *text = malloc((size_t)ROWS * (COLUMNS * 2 + 12) + COLUMNS * 8), *to = text;
    double median[2] = {0};

    assert_non_null(text);
    for (int i = 0; i < COLUMNS; i++)
        to += sprintf(to, "%sx%d", i > 0 ? "," : "", i);
    for (int r = 0; r < ROWS; r++) {
        to += sprintf(to, "\n%d", r);
        for (int i = 1; i < COLUMNS; i++)
            to += sprintf(to, ",%d", i % 10);
    }
    for (int k = 0; k < 2; k++) {
        profile_case c;
        profile_case_make(&c, text, (size_t)(to - text));
        assert_int_equal(c.status, TDO_OK);
        const tdo_profiled *x = &c.profile.column[0];
        assert_false(c.profile.whole);
        assert_int_equal(c.profile.sampled, TDO_PROFILE_SAMPLE / COLUMNS);
        assert_true(x->median_estimated);
        near(x->min, 0, 0, 0);
        near(x->max, ROWS - 1, 0, 0);
        near(x->median, ROWS / 2.0, 0, 0.03); /* 5 standard errors of a median of 20000 */
        assert_true(x->distinct_more);
        assert_int_equal(x->distinct, TDO_PROFILE_DISTINCT_ALL / COLUMNS);
        assert_false(x->repeats);
        assert_int_equal(c.profile.column[1].kind, TDO_KIND_CONSTANT);
        median[k] = x->median;
        profile_case_free(&c);
    }
    near(median[0], median[1], 0, 0);
    free(text);
}

static void many_words(void **state)
{
    (void)state;
    char text[8192], *to = text;

    to += sprintf(to, "few,many\n");
    for (int r = 0; r < 200; r++)
        to += sprintf(to, "w%d,v%d\n", r % TDO_PROFILE_WORDS, r % (TDO_PROFILE_WORDS + 1));
    profile_case c = profile_of(text);
    assert_int_equal(c.profile.column[0].n_words, TDO_PROFILE_WORDS);
    assert_int_equal(c.profile.column[0].word[0].n, 4);
    assert_null(c.profile.column[1].word);
    assert_int_equal(c.profile.column[1].distinct, TDO_PROFILE_WORDS + 1);
    profile_case_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_of_cells),
        cmocka_unit_test(one_separator_a_column),
        cmocka_unit_test(commas_of_columns),
        cmocka_unit_test(kinds_of_columns),
        cmocka_unit_test(scales_that_are_none),
        cmocka_unit_test(partners),
        cmocka_unit_test(notes_are_located),
        cmocka_unit_test(small_percentages_are_no_fractions),
        cmocka_unit_test(delimiters),
        cmocka_unit_test(shapes),
        cmocka_unit_test(a_sample_is_fair),
        cmocka_unit_test(many_words),
    };
    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
