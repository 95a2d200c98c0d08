/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run is written as. */
#ifndef TRADEOFF_OUTPUT_H
#define TRADEOFF_OUTPUT_H

#include "tradeoff/ballot.h"
#include "tradeoff/explain.h"
#include "tradeoff/starter.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The result, format "tradeoff-result/1". all_candidates: list every one, however many.
 * Errors: TDO_E_MEMORY, TDO_E_IO (the sink failed). */
TDO_API TDO_MUST_USE tdo_status tdo_write_result(const tdo_run *run, bool all_candidates,
                                                 tdo_sink *o);

/* Runs a scenario and writes its result, in one call for callers that know no structs. message:
 * gets the first error ("file:line:column: text"), "" where there is none; NULL: nobody wants it.
 * Errors: as tdo_run_scenario, tdo_write_result. */
TDO_API TDO_MUST_USE tdo_status tdo_result_of(const char *scenario_file, tdo_write_fn write,
                                              void *user, char *message, size_t size);

typedef struct tdo_table_style {
    size_t width; /* columns of the terminal; 0: as wide as it needs */
    bool colour;
    bool ascii;    /* no characters beyond ASCII of its own */
    size_t height; /* lines of the terminal: the answer comes again at the end where all is longer;
                      0: it is none */
    bool full;     /* all candidates, every reason */
    const tdo_draft *draft; /* the scenario is made of guesses; NULL: it is not */
    const char *expected;   /* whom the user expects to be chosen; NULL: nobody was named */
    tdo_overrides what_if;  /* set and limit: what is not as in the scenario */
    const char *typed;      /* the scenario as it was typed, for hints; NULL: none are wanted */
    const char
        *warnings; /* where the words of warnings are, "see above"; NULL: on standard error */
} tdo_table_style;

/* For the terminal. Errors: as above. */
TDO_API TDO_MUST_USE tdo_status tdo_write_table(const tdo_run *run, const tdo_table_style *style,
                                                tdo_sink *o);
/* The split alone, where the run has one. Errors: as above. */
TDO_API TDO_MUST_USE tdo_status tdo_write_mix_table(const tdo_run *run,
                                                    const tdo_table_style *style, tdo_sink *o);
/* Whom nobody beats outright; no wishes are needed. Errors: as above. */
TDO_API TDO_MUST_USE tdo_status tdo_write_frontier_table(const tdo_run *run,
                                                         const tdo_table_style *style, tdo_sink *o);
/* How sure the choice is, alone, where samples were drawn. Errors: as above. */
TDO_API TDO_MUST_USE tdo_status tdo_write_robust_table(const tdo_run *run,
                                                       const tdo_table_style *style, tdo_sink *o);
/* Where an agreement is near, where the run has that. Errors: as above. */
TDO_API TDO_MUST_USE tdo_status tdo_write_agree_table(const tdo_run *run,
                                                      const tdo_table_style *style, tdo_sink *o);

/* Who is asked about. */
typedef struct tdo_why {
    size_t candidate, against; /* against TDO_NONE: the recommended one; of that the runner-up */
    tdo_deciding deciding;
    tdo_portfolio_turned turned; /* where a set is wanted */
} tdo_why;

/* Why a candidate stands where it stands, beside another one. Errors: as above. */
TDO_API TDO_MUST_USE tdo_status tdo_write_why_table(const tdo_run *run, const tdo_why *why,
                                                    const tdo_table_style *style, tdo_sink *o);
/* Candidate and share, the largest first. */
TDO_API TDO_MUST_USE tdo_status tdo_write_mix_csv(const tdo_run *run, tdo_sink *o);
/* All listed candidates, one row each; cells that a spreadsheet would run are guarded by a "'". */
TDO_API TDO_MUST_USE tdo_status tdo_write_csv(const tdo_run *run, bool all_candidates, tdo_sink *o);
/* The frontier only, best rank first. */
TDO_API TDO_MUST_USE tdo_status tdo_write_frontier_csv(const tdo_run *run, tdo_sink *o);
/* The answer, the limits and the candidates in Markdown. */
TDO_API TDO_MUST_USE tdo_status tdo_write_markdown(const tdo_run *run, tdo_sink *o);

/* The frontier with what was measured, format "tradeoff-frontier/1"; without stakeholders nobody
 * has a rank, a score or a utility, and ids stand by their bytes. Errors: TDO_E_MEMORY, TDO_E_IO.
 */
TDO_API TDO_MUST_USE tdo_status tdo_write_frontier_json(const tdo_run *run, tdo_sink *o);

/* What a scheduled job is told: one thing that was asked, or noticed. */
typedef struct tdo_finding {
    enum { TDO_FINDING_HOLDS, TDO_FINDING_WARNING, TDO_FINDING_FAILS } state;
    const char *rule;      /* what was asked, in a word: "recommended"; of warnings their code */
    const char *file;      /* "": nowhere */
    unsigned line, column; /* 1-based; 0: none */
    const char *text;      /* a sentence */
} tdo_finding;

typedef enum tdo_gate_format {
    TDO_GATE_GITHUB,     /* workflow commands of GitHub Actions: annotations */
    TDO_GATE_JUNIT,      /* JUnit XML: a test case each */
    TDO_GATE_SARIF,      /* SARIF 2.1.0: those that do not hold */
    TDO_GATE_PROMETHEUS, /* text exposition: 1 holds, 0 fails */
    TDO_GATE_FORMATS
} tdo_gate_format;

/* "github", ...; in the order of the enum. */
TDO_API extern const char *const tdo_gate_format_name[TDO_GATE_FORMATS];

/* about: the command that asked. The same bytes for the same findings. Errors: TDO_E_IO. */
TDO_API TDO_MUST_USE tdo_status tdo_write_findings(const tdo_finding *of, size_t n,
                                                   const char *about, tdo_gate_format format,
                                                   tdo_sink *o);

/* A profile (tradeoff inspect). Errors: TDO_E_MEMORY, TDO_E_IO. */
TDO_API TDO_MUST_USE tdo_status tdo_write_profile(const tdo_profile *p,
                                                  const tdo_table_style *style, tdo_sink *o);
/* The same, format "tradeoff-profile/1". */
TDO_API TDO_MUST_USE tdo_status tdo_write_profile_json(const tdo_profile *p, tdo_sink *o);

/* A starter scenario, in the scenario's format. Errors: TDO_E_MEMORY, TDO_E_IO. */
TDO_API TDO_MUST_USE tdo_status tdo_write_starter(const tdo_starter *s, tdo_sink *o);
/* What was guessed in it and is to be checked. scenario: its name, as the user gave it; NULL: it
 * has none. */
TDO_API TDO_MUST_USE tdo_status tdo_write_guesses(const tdo_starter *s, const char *scenario,
                                                  const tdo_table_style *style, tdo_sink *o);

/* What was gathered from ballots: how far people are apart, what did not fit, who objects.
 * Errors: TDO_E_MEMORY, TDO_E_IO. */
TDO_API TDO_MUST_USE tdo_status tdo_write_gathered(const tdo_run *run, const tdo_gathered *g,
                                                   const tdo_table_style *style, tdo_sink *o);

/* The page with a result (JSON text, UTF-8) inside, inert there whatever it holds.
 * Errors: TDO_E_USAGE (this build has no page: see tdo_no_page), TDO_E_MEMORY, TDO_E_IO. */
TDO_API TDO_MUST_USE tdo_status tdo_write_html(const char *result_json, size_t length, tdo_sink *o);
/* Why this build has no page, in one line with what to install; NULL: it has one. */
TDO_API const char *tdo_no_page(void);

/* The JSON Schema (2020-12) of the scenario or the result; a constant text. */
TDO_API const char *tdo_scenario_schema(void);
TDO_API const char *tdo_result_schema(void);

/* A file that is there whole or not at all: written without a name, or under another one beside the
 * target, fsync, rename. What a process that was killed left in the folder is removed. */
typedef struct tdo_file tdo_file;

/* path "-": standard output. *out is set before anything is made, and NULL on error.
 * Errors: TDO_E_IO, TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_file_create(const char *path, tdo_file **out, tdo_sink *sink,
                                                tdo_error *err);
/* Writes what is left and closes it; the target is as it was until tdo_file_close. Of several files
 * that belong together each is finished before any is put in its place.
 * Errors: TDO_E_IO (also one that a write had met), TDO_E_MEMORY. */
TDO_API TDO_MUST_USE tdo_status tdo_file_finish(tdo_file *f, tdo_error *err);
/* What is to be removed where the process ends now; NULL: nothing. May be asked in a signal handler
 * while another function works on f. */
TDO_API const char *tdo_file_temporary(const tdo_file *f);
/* Puts the file in its place (keep; finishes it first), or leaves everything as it was. Frees f;
 * NULL is allowed. Errors: TDO_E_IO (the target is then as it was), also without keep when a write
 * had failed. */
TDO_API TDO_MUST_USE tdo_status tdo_file_close(tdo_file *f, bool keep, tdo_error *err);

#ifdef __cplusplus
}
#endif

#endif
