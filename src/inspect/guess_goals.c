/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which way is better, from the words of a name. The strongest phrase decides: the "gap" in
 * accuracy_gap over the "accuracy", the "payoff" in payoff_usd over the currency; among equally
 * strong ones the last, since the last word of an English name is what the thing is. */
#include "inspect/guess.h"

#include <string.h>

const char *const tdo_topic_name[TDO_TOPICS] = {
    [TDO_TOPIC_UNKNOWN] = "unknown", [TDO_TOPIC_QUALITY] = "quality",
    [TDO_TOPIC_GAIN] = "gain",       [TDO_TOPIC_TIME] = "time",
    [TDO_TOPIC_COST] = "cost",       [TDO_TOPIC_FAIRNESS] = "fairness",
    [TDO_TOPIC_SIZE] = "size",       [TDO_TOPIC_ENERGY] = "energy",
    [TDO_TOPIC_FAULTS] = "faults",   [TDO_TOPIC_CAPACITY] = "capacity",
    [TDO_TOPIC_SETTING] = "setting", [TDO_TOPIC_RANK] = "rank",
    [TDO_TOPIC_SPREAD] = "spread",
};

typedef enum direction { NONE, MAX, MIN, TO_ONE } direction;

/* Phrases that say the same, separated by bars. */
typedef struct meaning {
    unsigned strength;
    direction direction;
    tdo_topic topic;
    const char *phrases;
} meaning;

static const meaning meanings[] = {
    /* what a column is, whatever its other words */
    {9, NONE, TDO_TOPIC_RANK, "rank|ranking|position|place"},
    {8, NONE, TDO_TOPIC_SPREAD,
     "std|stdev|stddev|sd|se|sem|stderr|standard error|standard deviation|std err|std dev|variance|"
     "var|ci|confidence interval|moe|ci plus|ci minus|ci lower|ci upper"},
    {8, NONE, TDO_TOPIC_SETTING,
     "seed|random state|fold|split|split0|split1|split2|split3|split4|split5|split6|split7|split8|"
     "split9|epoch|epochs|step|steps|iteration|iterations|n iter|learning rate|lr|batch size|"
     "max depth|depth|n estimators|estimators|num leaves|min child weight|subsample|colsample|"
     "n layers|layers|hidden|dropout|momentum|weight decay|alpha|lambda|gamma|l1 ratio|l2|"
     "temperature|top k|top p|img size|image size|input size|resolution|window size|vocab|"
     "vocab size|sample size|test size|group size|n test|n train|n rows|test cases|n samples|"
     "num samples|samples|support|runs|n runs|repeats|shots|n shot|fewshot|version|^year|^years|"
     "release year|model year|timestamp|"
     "created|index|id|run id|embedding size|embedding dim|embedding dims|embedding dimension|"
     "emb size|emb dim|embed size|embed dim|hidden size|hidden dim|layer size|kernel size|"
     "filter size|pool size|patch size|crop size|chunk size|block size|buffer size|beam size|"
     "beam width|population size|tile size|leaf size|train size|dim|dims|dimension|dimensions|"
     "heads|n heads|num heads|clusters|n clusters|neighbors|n neighbors|components|"
     "n components|patience|warmup|max len|max length|seq len|seq length|sequence length|"
     "threshold|cutoff|share imputed|imputed share|unreported"},
    /* comparisons between groups */
    {7, TO_ONE, TDO_TOPIC_FAIRNESS,
     "disparate impact|impact ratio|dp ratio|demographic parity ratio|parity ratio|eo ratio|"
     "equalized odds ratio|selection rate ratio|four fifths|parity"},
    {7, MIN, TDO_TOPIC_FAIRNESS,
     "gap|disparity|dp difference|demographic parity difference|eo difference|"
     "equalized odds difference|equal opportunity difference|parity difference|odds difference|"
     "statistical parity difference|bias|unfairness|theil"},
    {7, MIN, TDO_TOPIC_FAIRNESS, "worst group error|worst group loss|worst slice error"},
    {7, MAX, TDO_TOPIC_FAIRNESS, "worst group|min group|worst slice|fairness"},
    /* gains and savings over what is gained or saved */
    {6, MAX, TDO_TOPIC_GAIN, "savings|saved|saving|improvement|uplift|lift|reduction"},
    /* the usual measurements */
    {6, MIN, TDO_TOPIC_FAULTS, "exhausted|malformed|timeouts|failures|crashes"},
    {5, MIN, TDO_TOPIC_FAULTS,
     "errors|timeout|failure|failed|failure rate|"
     "crash|incidents|violations|complaints|churn|bounce|drift|staleness|unsubscribes|retries|"
     "defects|bugs|tickets|escalations|outages|downtime|risk|lazy comments|"
     "waste|scrap|noise db|noise level"},
    {5, MIN, TDO_TOPIC_QUALITY,
     "loss|logloss|log loss|error|error rate|err|mae|mse|rmse|mape|smape|rmsle|nll|perplexity|ppl|"
     "wer|cer|ter|ece|brier|fid|fpr|fnr|false positive|false negative|false alarm|eer|kl|regret|"
     "distortion|cross entropy|crossentropy|deviance|hallucination|toxicity|misclassification|"
     "improvability|max delta"},
    {5, MAX, TDO_TOPIC_GAIN,
     "revenue|profit|margin|payoff|gmv|sales|income|earnings|roi|return|return on|clicks|ctr|"
     "click through|conversion|conversions|cvr|retention|engagement|dwell|watch time|views|users|"
     "active users|orders|bookings|impressions|basket|ltv|reach|people reached|adoption|downloads"},
    {5, MIN, TDO_TOPIC_COST,
     "cost|costs|price|pricing|spend|expense|expenses|fte|maintenance|upkeep|budget|tco|capex|"
     "opex"},
    {5, MIN, TDO_TOPIC_TIME,
     "latency|latencies|delay|wait|time|duration|runtime|elapsed|ttft|tpot|lag|response time|"
     "seconds per|ms per|s per|minutes per|hours per|wall clock|wallclock|walltime"},
    {5, MIN, TDO_TOPIC_SIZE,
     "^memory|^mem|peak memory|max memory|gpu memory|memory usage|memory used|memory footprint|"
     "memory peak|vram|ram|rss|params|param count|parameters|n params|num params|flops|gflops|"
     "tflops|macs|gmacs|macts|footprint|disk|model size|file size|size|storage|gpus|cores|"
     "replicas"},
    {5, MIN, TDO_TOPIC_ENERGY,
     "co2|co2e|carbon|emissions|energy|power|kwh|joules|watts|watt|water"},
    {5, MAX, TDO_TOPIC_CAPACITY,
     "^context|context length|context window|context size|max input tokens|max output tokens|"
     "max tokens|capacity"},
    {5, MAX, TDO_TOPIC_TIME,
     "throughput|qps|rps|fps|tps|tokens per second|tokens per sec|samples per second"},
    /* what is good by its name */
    {4, MAX, TDO_TOPIC_QUALITY,
     "accuracy|acc|auc|auroc|roc auc|roc|auprc|prauc|pr auc|average precision|ap|map|m ap|gini|f1|"
     "f2|fbeta|precision|recall|sensitivity|specificity|tpr|tnr|ppv|npv|hit rate|hits|mrr|ndcg|"
     "n dcg|dcg|iou|io u|dice|jaccard|bleu|rouge|meteor|chrf|bertscore|comet|r2|explained variance|"
     "true positive|true negative|mcc|kappa|correlation|spearman|pearson|kendall|psnr|ssim|elo|"
     "winrate|win rate|wins|pass rate|"
     "pass|passed|solved|resolved|correct|success|success rate|exact match|em|accept rate|"
     "acceptance|quality|relevance|coverage|diversity|novelty|originality|satisfaction|csat|nps|"
     "rating|ratings|interpretability|explainability|clarity|robustness|calibration|top1|top5|"
     "mmlu|gpqa|ifeval|bbh|musr|math|gsm8k|arc|hellaswag|winogrande|truthfulqa|humaneval|mbpp|swe|"
     "availability|uptime|utility|worth|benefit|value delivered|well formed"},
    {4, MAX, TDO_TOPIC_TIME, "per s|per sec|per second|per minute|per hour|per h"},
    {3, MAX, TDO_TOPIC_QUALITY, "score|points|detection|reward|fitness"},
    /* units say it where nothing else does */
    {2, MIN, TDO_TOPIC_COST, "usd|eur|gbp|dollars|dollar|euro|euros|cents"},
    {1, MIN, TDO_TOPIC_TIME,
     "ms|s|us|ns|sec|secs|seconds|second|minutes|mins|hours|p50|p90|p95|p99|50th|90th|95th|99th"},
    {1, MIN, TDO_TOPIC_SIZE, "kb|mb|gb|tb|kib|mib|gib|bytes"},
    {1, MIN, TDO_TOPIC_ENERGY, "kg|wh|joule"},
};

/* Prefixes that say that the column was chosen, not measured; */
static const char *const settings[] = {"params.",       "tags.",    "config.",  "config/",
                                       "system_attrs_", "hparams/", "hparams.", "attributes."};
/*   that somebody noted it of a trial, what it measured or how: the rest of the name tells; */
static const char noted[] = "user_attrs_";
/*   and where the file is one of trials (params_m alone may be millions of parameters) */
static const char *const tuned[] = {"params_", "param_", "hp_"};

/* ---- one phrase ---- */

static size_t word_length(const char *s)
{
    return strcspn(s, " |");
}

/* Is the word at s this one: as it is, or without digits at its end (ndcg10) or a plural s? */
static bool same_word(const char *s, const char *word, size_t length)
{
    size_t have = strcspn(s, " ");
    if (have == length && memcmp(s, word, length) == 0)
        return true;
    if (have == length + 1 && length > 3 && s[length] == 's' && memcmp(s, word, length) == 0)
        return true;
    if (have <= length || length < 3 || memcmp(s, word, length) != 0)
        return false;
    return strspn(s + length, "0123456789") == have - length;
}

/* Where the phrase (up to a bar) ends in the words that start at s; NULL: it is not there. One that
 * starts with ^ must be the whole name. */
static const char *match_phrase(const char *words, const char *s, const char *phrase)
{
    const bool whole = *phrase == '^';
    phrase += whole;
    for (;;) {
        size_t length = word_length(phrase);
        if (!same_word(s, phrase, length))
            return NULL;
        s += strcspn(s, " ");
        phrase += length;
        if (*phrase != ' ')
            return !whole || (s[1] == '\0' && strchr(words + 1, ' ') == s) ? s : NULL;
        phrase++;
        if (*s != ' ' || s[1] == '\0')
            return NULL;
        s++;
    }
}

/* The longest phrase of a meaning that starts at s; NULL: none. */
static const char *match_meaning(const meaning *m, const char *words, const char *s)
{
    const char *longest = NULL;
    for (const char *p = m->phrases; p; p = strchr(p, '|')) {
        p += *p == '|';
        const char *end = match_phrase(words, s, p);
        if (end && (!longest || end > longest))
            longest = end;
    }
    return longest;
}

/* ---- a name ---- */

static bool starts_with_any(const char *name, const char *const *with, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (guess_starts_with(name, with[i]))
            return true;
    return false;
}

static bool is_setting(const char *name, bool trials)
{
    return starts_with_any(name, settings, sizeof settings / sizeof settings[0]) ||
           (trials && starts_with_any(name, tuned, sizeof tuned / sizeof tuned[0])) ||
           (name[0] == '_' && !guess_starts_with(name, "_runtime")); /* W&B's: _step, _timestamp */
}

/* Does it say for how much of a time: "per s ", "per minute "? */
static bool is_rate(const char *s)
{
    static const char *const units[] = {"s ", "sec ", "second ", "min ", "minute ",
                                        "h ", "hr ",  "hour ",   "day "};
    if (strncmp(s, "per ", 4) != 0)
        return false;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (strncmp(s + 4, units[i], strlen(units[i])) == 0)
            return true;
    return false;
}

/* GPU h per day: what is used up, not what is done. */
static bool is_used_up(const char *words, const char *per)
{
    static const char *const units[] = {" h ",   " hr ",   " hrs ", " gpu ",
                                        " cpu ", " core ", " node "};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        size_t length = strlen(units[i]);
        if ((size_t)(per - words) >= length && strncmp(per - length, units[i], length) == 0)
            return true;
    }
    return false;
}

/* samples per second: a rate, whatever is counted, unless that is better the less there is of it
 * (errors, dollars). */
static bool counts_up(const tdo_goal_guess *g)
{
    return g->topic == TDO_TOPIC_UNKNOWN || g->topic == TDO_TOPIC_SETTING ||
           g->topic == TDO_TOPIC_SIZE || (!g->known && g->topic != TDO_TOPIC_SPREAD);
}

/* step_time, epoch duration: what is set only says what is timed. */
static bool is_timed(const meaning *m, const char *s, const tdo_goal_guess *g, const char *to)
{
    return to && s >= to && m->topic == TDO_TOPIC_TIME && m->strength >= 5 &&
           g->topic == TDO_TOPIC_SETTING;
}

/* What a header says outright. */
static const struct {
    const char *phrase;
    tdo_goal goal;
} stated[] = {
    {"\xE2\x86\x91", TDO_GOAL_MAX},     {"\xE2\x86\x93", TDO_GOAL_MIN},
    {"\xE2\xAC\x86", TDO_GOAL_MAX},     {"\xE2\xAC\x87", TDO_GOAL_MIN},
    {"higher is better", TDO_GOAL_MAX}, {"lower is better", TDO_GOAL_MIN},
    {"larger is better", TDO_GOAL_MAX}, {"smaller is better", TDO_GOAL_MIN},
    {"higher better", TDO_GOAL_MAX},    {"lower better", TDO_GOAL_MIN},
};

static void take_stated(const char *words, tdo_goal_guess *out)
{
    for (size_t k = 0; k < sizeof stated / sizeof stated[0]; k++) {
        if (!guess_has_words(words, stated[k].phrase) || out->topic == TDO_TOPIC_SPREAD)
            continue;
        out->known = true;
        out->goal = stated[k].goal;
        out->because = stated[k].phrase;
        if (out->topic == TDO_TOPIC_UNKNOWN || out->topic == TDO_TOPIC_SETTING ||
            out->topic == TDO_TOPIC_RANK)
            out->topic = TDO_TOPIC_QUALITY;
        return;
    }
}

/* Is the word before s "neg", as in scikit-learn's neg_log_loss? */
static bool is_negated(const char *words, const char *s)
{
    return s - words >= 5 && strncmp(s - 5, " neg ", 5) == 0;
}

static void take_meaning(const meaning *m, bool negated, tdo_goal_guess *out)
{
    out->topic = m->topic;
    out->known = m->direction != NONE;
    out->goal = m->direction == TO_ONE             ? TDO_GOAL_TARGET
                : (m->direction == MIN) != negated ? TDO_GOAL_MIN
                                                   : TDO_GOAL_MAX;
    out->target = m->direction == TO_ONE ? 1 : 0;
}

/* What is measured, in whatever manner, is no setting. */
static bool is_measured(const tdo_goal_guess *g, unsigned strength)
{
    return g->known && strength >= 3 &&
           (g->topic == TDO_TOPIC_QUALITY || g->topic == TDO_TOPIC_FAIRNESS ||
            g->topic == TDO_TOPIC_GAIN);
}

/* ---- a name's phrases ---- */

/* The guess by the strongest phrase. Returns its strength; 0: none. Words that say how it was
 * measured count only where manners is set. */
static unsigned find_strongest(const char *words, bool manners, tdo_goal_guess *out,
                               const char **from, const char **to)
{
    unsigned strength = 0;
    *from = *to = NULL;
    *out = (tdo_goal_guess){.topic = TDO_TOPIC_UNKNOWN, .because = ""};
    for (const char *s = words + 1; *s != '\0'; s += strcspn(s, " "), s += *s == ' ') {
        if (!manners && guess_is_manner(words, s))
            continue;
        if (is_rate(s) && counts_up(out) && !is_used_up(words, s)) {
            *out = (tdo_goal_guess){.known = true, .goal = TDO_GOAL_MAX, .topic = TDO_TOPIC_TIME};
            *from = s;
            *to = s + 4 + strcspn(s + 4, " ");
            break;
        }
        if (*from && (strncmp(s, "per ", 4) == 0 || strncmp(s, "at ", 3) == 0))
            break; /* cost per order: a cost */
        for (size_t k = 0; k < sizeof meanings / sizeof meanings[0]; k++) {
            const meaning *m = &meanings[k];
            const char *end = match_meaning(m, words, s);
            bool later = !*to || end > *to || (end == *to && s < *from);
            if (end && is_timed(m, s, out, *to))
                strength = m->strength; /* and it is not set, but measured */
            if (!end || m->strength < strength || (m->strength == strength && !later))
                continue;
            strength = m->strength;
            *from = is_negated(words, s) ? s - 4 : s;
            *to = end;
            take_meaning(m, *from < s, out);
        }
    }
    return strength;
}

static void find_goal(const char *words, tdo_goal_guess *out, const char **from, const char **to)
{
    tdo_goal_guess measured;
    const char *start, *end;
    (void)find_strongest(words, true, out, from, to);
    if (out->topic != TDO_TOPIC_SETTING)
        return;
    const unsigned strength = find_strongest(words, false, &measured, &start, &end);
    if (is_measured(&measured, strength)) {
        *out = measured;
        *from = start;
        *to = end;
    }
}

tdo_status guess_goal(const char *name, bool trials, tdo_arena *a, tdo_goal_guess *out)
{
    const bool is_noted = guess_starts_with(name, noted);
    const char *words = guess_name_words(a, is_noted ? name + strlen(noted) : name);
    const char *from = NULL, *to = NULL;
    *out = (tdo_goal_guess){.topic = TDO_TOPIC_UNKNOWN, .because = ""};
    if (!words)
        return TDO_E_MEMORY;
    if (is_setting(name, trials)) {
        out->topic = TDO_TOPIC_SETTING;
        return TDO_OK;
    }
    find_goal(words, out, &from, &to);
    if (from)
        out->because = tdo_copy(a, from, (size_t)(to - from));
    if (out->because)
        take_stated(words, out);
    if (is_noted && !out->known)
        out->topic = TDO_TOPIC_SETTING;
    return !out->because ? TDO_E_MEMORY : TDO_OK;
}

tdo_status guess_goals(tdo_profile *p, tdo_arena *a)
{
    const bool trials = guess_column_named(p, "state") != TDO_NONE ||
                        guess_column_named(p, "params") != TDO_NONE;
    tdo_status status = TDO_OK;
    for (size_t i = 0; i < p->n_columns && status == TDO_OK; i++) {
        tdo_profiled *c = &p->column[i];
        const bool spreads = c->style.as == TDO_CELLS_PLUS_MINUS ||
                             c->style.as == TDO_CELLS_INTERVAL;
        const char *name = spreads ? guess_without_spread(a, c->name) : c->name;
        status = name ? guess_goal(name, trials, a, &c->guess) : TDO_E_MEMORY;
        /* a difference with a sign is best at 0, not as far below it as can be */
        if (c->guess.topic == TDO_TOPIC_FAIRNESS && c->guess.known && c->negatives > 0) {
            c->guess.goal = TDO_GOAL_TARGET;
            c->guess.target = 0;
        }
    }
    return status;
}
