/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose export a file is, by its header. */
#include "inspect/guess.h"

#include <string.h>

const char *const tdo_shape_name[TDO_SHAPES] = {
    [TDO_SHAPE_PLAIN] = "plain",
    [TDO_SHAPE_MLFLOW] = "mlflow",
    [TDO_SHAPE_MLFLOW_PAGE] = "mlflow-page",
    [TDO_SHAPE_WANDB] = "wandb",
    [TDO_SHAPE_OPTUNA] = "optuna",
    [TDO_SHAPE_SKLEARN] = "sklearn",
    [TDO_SHAPE_GROUPS] = "by-group",
    [TDO_SHAPE_LM_EVAL] = "lm-eval",
    [TDO_SHAPE_LEADERBOARD] = "leaderboard",
};

const char *const tdo_shape_words[TDO_SHAPES] = {
    [TDO_SHAPE_PLAIN] = "a plain table",
    [TDO_SHAPE_MLFLOW] = "runs of MLflow",
    [TDO_SHAPE_MLFLOW_PAGE] = "runs downloaded from the page of MLflow",
    [TDO_SHAPE_WANDB] = "runs of Weights & Biases",
    [TDO_SHAPE_OPTUNA] = "trials of Optuna",
    [TDO_SHAPE_SKLEARN] = "cv_results_ of scikit-learn",
    [TDO_SHAPE_GROUPS] = "a row for each candidate and subgroup, as fairlearn's by_group",
    [TDO_SHAPE_LM_EVAL] = "results of lm-evaluation-harness",
    [TDO_SHAPE_LEADERBOARD] = "a leaderboard",
};

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool guess_starts_with(const char *name, const char *with)
{
    for (; *with != '\0'; name++, with++)
        if (lower(*name) != lower(*with))
            return false;
    return true;
}

size_t guess_column_named(const tdo_profile *p, const char *name)
{
    for (size_t i = 0; i < p->n_columns; i++)
        if (guess_starts_with(p->column[i].name, name) && strlen(p->column[i].name) == strlen(name))
            return i;
    return TDO_NONE;
}

static bool has(const tdo_profile *p, const char *name)
{
    return guess_column_named(p, name) != TDO_NONE;
}

static bool has_start(const tdo_profile *p, const char *with)
{
    for (size_t i = 0; i < p->n_columns; i++)
        if (guess_starts_with(p->column[i].name, with))
            return true;
    return false;
}

/* "hellaswag.acc,none", "exact_match,strict-match": a metric and the filter it went through. */
static bool has_filter_key(const tdo_profile *p)
{
    static const char *const filters[] = {
        "none",       "strict-match",  "flexible-extract", "remove_whitespace",
        "get-answer", "custom-extract"};
    for (size_t i = 0; i < p->n_columns; i++) {
        const char *comma = strrchr(p->column[i].name, ',');
        for (size_t k = 0; comma && k < sizeof filters / sizeof filters[0]; k++)
            if (strcmp(comma + 1, filters[k]) == 0)
                return true;
    }
    return false;
}

/* Percent signs, or a currency in the header, beside a rank. */
static bool is_leaderboard(const tdo_profile *p)
{
    size_t percents = 0;
    bool rank = false;
    for (size_t i = 0; i < p->n_columns; i++) {
        percents += p->column[i].kind == TDO_KIND_PERCENT ||
                    strstr(p->column[i].name, "($") != NULL;
        rank = rank || p->column[i].guess.topic == TDO_TOPIC_RANK;
    }
    return percents > 0 && rank;
}

tdo_status guess_shape(tdo_profile *p, tdo_arena *a)
{
    guess_groups found;
    tdo_status status = guess_find_groups(p, a, &found);
    if (status != TDO_OK)
        return status;
    if (has_start(p, "metrics.") &&
        (has(p, "run_id") || has_start(p, "params.") || has_start(p, "tags.")))
        p->shape = TDO_SHAPE_MLFLOW;
    else if (has(p, "Run ID") && has(p, "Status") &&
             (has(p, "Source Name") || has(p, "Start Time") || has(p, "Source Type")))
        p->shape = TDO_SHAPE_MLFLOW_PAGE;
    else if (has(p, "Name") && has(p, "State") &&
             (has(p, "Created") || has(p, "Runtime") || has(p, "Sweep") || has(p, "_step")))
        p->shape = TDO_SHAPE_WANDB;
    else if (has(p, "state") && (has(p, "value") || has_start(p, "values_")) &&
             (has(p, "number") || has_start(p, "params_")))
        p->shape = TDO_SHAPE_OPTUNA;
    else if (has(p, "params") && has(p, "mean_fit_time"))
        p->shape = TDO_SHAPE_SKLEARN;
    else if (found.group != TDO_NONE)
        p->shape = TDO_SHAPE_GROUPS;
    else if (has_filter_key(p))
        p->shape = TDO_SHAPE_LM_EVAL;
    else if (is_leaderboard(p))
        p->shape = TDO_SHAPE_LEADERBOARD;
    return TDO_OK;
}
