/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: a table of commands, a table of options, one file per command. */
#ifndef TRADEOFF_CLI_CLI_H
#define TRADEOFF_CLI_CLI_H

#include <stdio.h>

#include "tradeoff/tradeoff.h"

enum {
    CLI_MANY = 64,      /* how often --set and --limit may stand */
    CLI_OPERANDS = 4096 /* a scenario and ballots, or parts */
};

typedef struct cli_program cli_program;

/* What the user typed, parsed. */
typedef struct cli_args {
    const char *operand[CLI_OPERANDS]; /* what stands after the command: SCENARIO, ID, ... */
    size_t n_operands;
    const char *output;   /* -o; NULL: none */
    const char *html;     /* --html */
    const char *format;   /* --format */
    const char *rule;     /* --rule */
    const char *against;  /* --against */
    const char *expect;   /* --expect */
    const char *write_lp; /* --write-lp */
    const char *mix_rule; /* --rule of mix */
    const char *splits;   /* --frontier of mix: criteria, stakeholders */
    const char *set[CLI_MANY];
    size_t n_set;
    const char *limit[CLI_MANY];
    size_t n_limit;
    const char *candidates;     /* --candidates all */
    const char *new_candidates; /* --candidates FILE (recheck) */
    const char *choose;         /* --choose */
    const char *because;        /* --because */
    const char *date;           /* --date */
    const char *decided_by[CLI_MANY];
    size_t n_decided_by;
    const char *dissent[CLI_MANY];
    size_t n_dissent;
    const char *accept[CLI_MANY];
    size_t n_accept;
    const char *data;   /* --data */
    const char *colour; /* --color */
    bool quiet;
    bool full; /* --full */
    bool force;
    bool allow_outside;         /* --allow-outside */
    const char *samples;        /* --samples */
    const char *seed;           /* --seed */
    const char *threads;        /* --threads */
    const char *merge;          /* --merge */
    const char *blank;          /* --blank */
    const char *who;            /* --who */
    const char *until;          /* --until */
    const char *answers;        /* --answers */
    const char *transcript;     /* --transcript */
    const char *ballot;         /* --ballot */
    const char *by;             /* --by */
    const char *accepted;       /* --accept of agree */
    const char *accepted_share; /* --accept-share */
    const char *unit;           /* --in */
    const char *csv;            /* --csv */
    const char *routes;         /* --routes */
    const char *shard;          /* --shard */
    const char *after;          /* --after */
    bool partial;               /* --partial */
    const char *max_memory;     /* --max-memory */
    const char *max_work;       /* --max-work */
    const char *layers;         /* --layers */
    bool volumes;               /* --hypervolume */
    bool help;
    bool mix;                   /* not typed: set by tradeoff mix */
    bool sample;                /* not typed: set by tradeoff robust */
    bool facts_only;            /* not typed: set by tradeoff frontier */
    bool warns_later;           /* not typed: the command shows the warnings, after its answer */
    const char *command;        /* not typed: the name of the command */
    tdo_bytes draft;            /* not typed: the scenario that was guessed for a CSV file, */
    const tdo_starter *starter; /*   what it was made of, */
    tdo_draft drafted;          /*   and what its answer says of that */
    bool set_by_file;           /* not typed: set by tradeoff recheck, of a record */
    const tdo_fleet *fleet;     /* not typed: the processes that share the work; NULL: none */
    const cli_program *program; /* not typed */
} cli_args;

/* The options, as bits: what a command takes is their sum. Some stand for several that go together.
 */
#define CLI_OPT(bit)            (UINT64_C(1) << (bit))
#define CLI_OPT_OUTPUT          CLI_OPT(0)
#define CLI_OPT_HTML            CLI_OPT(1)
#define CLI_OPT_FORMAT          CLI_OPT(2)
#define CLI_OPT_RULE            CLI_OPT(3)
#define CLI_OPT_SET             CLI_OPT(4)
#define CLI_OPT_LIMIT           CLI_OPT(5)
#define CLI_OPT_AGAINST         CLI_OPT(6)
#define CLI_OPT_CANDIDATES      CLI_OPT(7)
#define CLI_OPT_COLOUR          CLI_OPT(8)
#define CLI_OPT_QUIET           CLI_OPT(9)
#define CLI_OPT_HELP            CLI_OPT(10)
#define CLI_OPT_DIFF_FORMAT     CLI_OPT(11)
#define CLI_OPT_INSPECT_FORMAT  CLI_OPT(12)
#define CLI_OPT_FORCE           CLI_OPT(13)
#define CLI_OPT_MIX_FORMAT      CLI_OPT(14)
#define CLI_OPT_MIX_RULE        CLI_OPT(15)
#define CLI_OPT_WRITE_LP        CLI_OPT(16)
#define CLI_OPT_NEW_CANDIDATES  CLI_OPT(17)
#define CLI_OPT_CHOOSE          CLI_OPT(18)
#define CLI_OPT_BECAUSE         CLI_OPT(19)
#define CLI_OPT_DECIDED_BY      CLI_OPT(20)
#define CLI_OPT_DISSENT         CLI_OPT(21)
#define CLI_OPT_DATE            CLI_OPT(22)
#define CLI_OPT_ACCEPT          CLI_OPT(23)
#define CLI_OPT_SAMPLING        CLI_OPT(24)
#define CLI_OPT_GATE_FORMAT     CLI_OPT(25)
#define CLI_OPT_FRONTIER_FORMAT CLI_OPT(26)
#define CLI_OPT_ROBUST_FORMAT   CLI_OPT(27)
#define CLI_OPT_OUTSIDE         CLI_OPT(28)
#define CLI_OPT_EXPECT          CLI_OPT(29)
#define CLI_OPT_GATHER          CLI_OPT(30)
#define CLI_OPT_AGREE           CLI_OPT(31)
#define CLI_OPT_FULL            CLI_OPT(32)
#define CLI_OPT_ASK             CLI_OPT(33)
#define CLI_OPT_SPLITS          CLI_OPT(34)
#define CLI_OPT_PLAN            CLI_OPT(36)
#define CLI_OPT_PART            CLI_OPT(37)
#define CLI_OPT_MERGE           CLI_OPT(38)
#define CLI_OPT_MEMORY          CLI_OPT(39)
#define CLI_OPT_DATA            CLI_OPT(40)
#define CLI_OPT_WORK            CLI_OPT(41)
#define CLI_OPT_DEPTH           CLI_OPT(42)
#define CLI_DIVIDES             CLI_OPT(61) /* no option: processes can share the work */
#define CLI_TELLS               CLI_OPT(62) /* no option: at a terminal it says what it wrote */
#define CLI_REWRITES            CLI_OPT(63) /* no option: the first operand may be written over */

typedef struct cli_option {
    uint64_t id;          /* CLI_OPT_... */
    char letter;          /* 0: none */
    const char *name;     /* without the dashes */
    const char *argument; /* NULL: takes none */
    const char *choices;  /* "table|json": the words allowed; NULL: any */
    const char *help;
    size_t
        offset;   /* where in cli_args the value goes: a const char *; a bool where it takes none */
    size_t count; /* where in cli_args values are counted, [CLI_MANY] at most; 0: the last counts */
    enum { CLI_WORD, CLI_FILE_READ, CLI_FILE_WRITTEN } is; /* what the value names */
} cli_option;

/* What a file is, by its first bytes. */
typedef enum cli_kind {
    CLI_ANY, /* not asked, or not known */
    CLI_SCENARIO,
    CLI_CSV,
    CLI_RESULT,
    CLI_DECISION,
    CLI_BALLOT,
    CLI_PART,
    CLI_RECORD, /* of a decision, for people */
    CLI_PLAN,
    CLI_PAGE,
    CLI_KINDS
} cli_kind;

typedef struct cli_command {
    const char *name;
    const char *operands; /* "SCENARIO ID" */
    size_t n_required, n_allowed;
    uint64_t options;    /* CLI_OPT_..., added */
    const char *choices; /* the words allowed as first operand; NULL: any */
    const char *help;    /* one line */
    const char *more;    /* a paragraph; NULL: none */
    int (*run)(const cli_args *args);
    cli_kind kind[2]; /* of the files that the operands name, the last of all that follow; or both
                         of the one operand */
} cli_command;

/* command_table.c, option_table.c */
extern const cli_command cli_commands[];
extern const size_t cli_n_commands;
extern const cli_option cli_options[];
extern const size_t cli_n_options;

/* What main.c makes of the tables. */
struct cli_program {
    const cli_command *command; /* [n_commands] */
    size_t n_commands;
    const cli_option *option; /* [n_options] */
    size_t n_options;
};

/* ---- reading the words typed (options.c, limit_memory.c) ---- */

/* 0, or the exit status after the message was written. */
int cli_parse(const cli_program *p, const cli_command *command, int argc, char **argv,
              cli_args *out);
/* --max-memory in bytes, 0: none. 0, or the exit status (limit_memory.c). */
int cli_read_memory(const cli_args *args, size_t *bytes);
/* NULL: there is none of this name. */
const cli_command *cli_find_command(const cli_program *p, const char *name);

/* ---- kinds of files (kinds.c) ---- */

cli_kind cli_kind_of(const char *path);
/* Complains where an operand is a file of another kind than the command reads, and names the
 * command that reads it. 0, or the exit status. */
int cli_check_kinds(const cli_command *command, const cli_args *args);

/* ---- the commands ---- */

int cli_run(const cli_args *args);
int cli_check(const cli_args *args);
int cli_frontier(const cli_args *args);
int cli_mix(const cli_args *args);
int cli_robust(const cli_args *args);
int cli_plan(const cli_args *args);
int cli_part(const cli_args *args);
int cli_merge(const cli_args *args);
int cli_ask(const cli_args *args);
int cli_explain(const cli_args *args);
int cli_view(const cli_args *args);
int cli_diff(const cli_args *args);
int cli_verify(const cli_args *args);
int cli_inspect(const cli_args *args);
int cli_init(const cli_args *args);
int cli_record(const cli_args *args);
int cli_recheck(const cli_args *args);
int cli_log(const cli_args *args);
int cli_agree(const cli_args *args);
int cli_gather(const cli_args *args);
int cli_schema(const cli_args *args);
int cli_help(const cli_args *args);
int cli_version(const cli_args *args);
int cli_completion(const cli_args *args);
int cli_manual(const cli_args *args);

/* ---- manners (terminal.c, load.c, find.c) ---- */

void cli_prepare_process(void);
/* Do both names lead to one file, or to where one is to be, or are they the same name? */
bool cli_same_file(const char *a, const char *b);
/* Writes to a stream, as a sink does: nothing in it that a terminal would obey. */
void cli_say(FILE *to, const char *fmt, ...) TDO_PRINTF(2, 3);
/* "tradeoff: error: ..." or "file:line:column: error: ..." on stderr; returns the exit status. */
int cli_complain(const tdo_error *e);
int cli_usage_error(const char *fmt, ...) TDO_PRINTF(1, 2);
/* The same of what was typed: "--rule nahs: error: ...". */
int cli_typed_error(const char *option, const char *value, const char *fmt, ...) TDO_PRINTF(3, 4);
/* What a reading reported; status decides where the report is empty. */
int cli_complain_all(tdo_status status, const tdo_report *report);
void cli_show_warnings(const tdo_warnings *w, const cli_args *args);
/* Do they come before the answer? Where both stand on one terminal: below it they would push up the
 * lines that matter. */
bool cli_warns_first(void);
tdo_table_style cli_style(const cli_args *args);

/* A run on its way out. */
typedef struct cli_job {
    const tdo_run *run;
    const cli_args *args;
    tdo_table_style style;
    tdo_error *err; /* what writing an LP complains about; NULL: nothing is */
} cli_job;

/* How far a run goes: samples are taken where they are asked for, or by default, too. */
typedef enum cli_depth { CLI_READ_ONLY, CLI_UNSAMPLED, CLI_SAMPLED } cli_depth;

/* Reads and runs the scenario of the first operand with the overrides typed (load.c). 0, or an
 * exit status after the messages were written. The run is to be freed in either case. */
int cli_load(const cli_args *args, cli_depth how, tdo_run *run);

/* --threads; untouched where it is not typed. 0, or an exit status after the message. */
int cli_read_threads(const cli_args *args, int *threads);

/* The candidate with this id; complains with the nearest one where there is none (find.c). option:
 * by which it was typed; "explain": it is an operand. */
int cli_find_candidate(const tdo_run *run, const char *option, const char *id, size_t *out);
/* The stakeholder with this id, or this label (find.c). 0, or the exit status. */
int cli_find_stakeholder(const tdo_run *run, const char *name, size_t *out);
/* Complains where path is there already, and is not to be written over (terminal.c). */
int cli_check_new(const char *path, bool force);

/* ---- what is written (outputs.c, load.c) ---- */

typedef tdo_status (*cli_write_fn)(const void *what, tdo_sink *o);

/* One of the things that a command writes. */
typedef struct cli_out {
    const char *path; /* "-": standard output; NULL: it is not wanted */
    cli_write_fn write;
    const void *what;
    const char *over;     /* the file that it may replace though it was read; NULL: none */
    bool copy;            /* the bytes of a file, which go into another one as they are */
    const tdo_error *why; /* what `write` complains about; NULL: nothing of its own */
} cli_out;

enum { CLI_OUTS = 4 };

/* Writes up to CLI_OUTS things, whole or not at all: no file is put in its place, in the order
 * given, before all are written; standard output comes last. What would be written over something
 * that was read, or written just now, is refused. 0, or the exit status after the messages. */
int cli_write_all(const cli_out *out, size_t n);
/* The same for one. */
int cli_write(const char *path, cli_write_fn write, const void *what);
/* Nothing is to be written over this file, which was read. The operands, the options that name
 * files and what cli_load reads are known already. 0, or the exit status. */
int cli_note_read(const char *path);
/* The same for the files that a run read beside the candidates. */
int cli_note_side_tables(const tdo_run *run);
/* Complains, before any work, where the options of a command name one place twice, or one that is
 * read. */
int cli_check_outputs(const cli_command *command, const cli_args *args);

/* ---- a run's result (result_out.c) ---- */

typedef tdo_status cli_table(const tdo_run *run, const tdo_table_style *style, tdo_sink *o);

/* The exit status of a command that runs a scenario, unless it has failed before. */
int cli_outcome(const tdo_run *run, int failed);

/* --candidates all */
bool cli_wants_all(const cli_args *args);
/* Writes the result of a cli_job as JSON; all of its candidates where that was asked for. */
tdo_status cli_write_result(const void *job, tdo_sink *o);
/* Complains where -o - and --format would both write to standard output. 0, or the exit status. */
int cli_check_result(const cli_args *args);
/* The result to --output, and the table, or by --format json the result, to standard output. 0, or
 * the exit status after the messages. */
int cli_write_shown(const tdo_run *run, const cli_args *args, cli_table *table);

/* ---- a draft from a CSV file (draft.c) ---- */

/* Guesses a scenario for the CSV file of the first operand: *out asks for its run. 0, or the exit
 * status after the messages. */
int cli_draft(const cli_args *args, tdo_arena *a, cli_args *out);
/* Writes the guesses that matter most, each with whom its contrary would put first. */
int cli_write_doubts(const cli_args *draft, const tdo_run *run);

/* ---- decision records (recheck.c) ---- */

/* Reads a record and runs its scenario again. 0, or the exit status after the messages; *record is
 * then what could be read, or NULL. */
int cli_recheck_record(const cli_args *args, const char *file, tdo_arena *a, tdo_record **record,
                       tdo_recheck *out);

/* ---- help (help_pages.c, topics.c) ---- */

typedef enum cli_group {
    CLI_GROUP_ANSWER,
    CLI_GROUP_ASK,
    CLI_GROUP_PEOPLE,
    CLI_GROUP_BEFORE,
    CLI_GROUP_AFTER,
    CLI_GROUP_FILES,
    CLI_GROUP_OTHER,
    CLI_GROUPS
} cli_group;

extern const char *const cli_group_name[CLI_GROUPS];

typedef struct cli_help_page {
    const char *command;
    cli_group group;
    const char *example; /* runs at the top of the checkout, after the examples of run and record;
                                   NULL: there is none */
    const char *exits;   /* what its exit status says; NULL: nothing of its own */
    const char *writes;  /* what -o gets; NULL: it has no -o */
} cli_help_page;

/* Never NULL. */
const cli_help_page *cli_help_page_of(const char *command);
/* The k-th topic and what it is about; NULL: there are no more. */
const char *cli_topic_name(size_t k, const char **about);
/* Its Markdown; NULL: there is none of this name. */
const char *cli_topic_text(const char *name);
/* Markdown for a terminal of so many columns. */
void cli_put_topic(tdo_sink *o, const char *text, size_t width, tdo_arena *a);

/* ---- formats of scheduled jobs (gate.c) ---- */

/* Is one of them asked for? */
bool cli_is_gate(const cli_args *args);
/* Writes the findings, and after them the run's warnings (NULL: none), on standard output, where a
 * format of jobs is asked for. The exit status. */
int cli_write_findings(const cli_args *args, const tdo_finding *of, size_t n, const tdo_run *run);
/* The errors of a reading, as findings. The exit status. */
int cli_write_errors(const cli_args *args, const tdo_report *report);

/* ---- paths (paths.c) ---- */

/* What `relative`, written in a file, names from the current folder. NULL: out of memory. */
const char *cli_path_beside(const char *file, const char *relative, tdo_arena *a);
/* How a file at `from` names `to`, so that both can move together: relative, by folders without
 * links.
 * Errors: TDO_E_IO, TDO_E_MEMORY. */
tdo_status cli_relative_path(const char *from, const char *to, tdo_arena *a, const char **out,
                             tdo_error *err);

#endif
