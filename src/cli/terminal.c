/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Manners: messages, colours, progress, signals. */
#define _DEFAULT_SOURCE 1 /* TIOCGWINSZ, struct winsize; SIGXFSZ */
#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/plain.h"
#include "files/place.h"

static void interrupted(int sig)
{
    (void)sig;
    _exit(130);
}

/* A closed standard stream must not become the number of a file that is opened later; a closed
 * pipe and a file that may grow no more are write errors like any other. */
void cli_prepare_process(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) == -1)
            _exit(4);
    struct sigaction ignore = {.sa_handler = SIG_IGN}, stop = {.sa_handler = interrupted};
    sigaction(SIGPIPE, &ignore, NULL);
    sigaction(SIGXFSZ, &ignore, NULL);
    sigaction(SIGINT, &stop, NULL);
}

bool cli_same_file(const char *a, const char *b)
{
    const place x = place_of(a), y = place_of(b);
    return strcmp(a, b) == 0 || place_same(&x, &y);
}

int cli_check_new(const char *path, bool force)
{
    struct stat is;
    tdo_error err = {0};
    if (force || lstat(path, &is) != 0 || S_ISCHR(is.st_mode) || S_ISFIFO(is.st_mode))
        return 0;
    (void)tdo_fail_at(
        &err, TDO_E_IO, path, 0, 0,
        "the file is there already and was left as it is: --force writes over it, -o takes "
        "another name");
    return cli_complain(&err);
}

static bool to_stream(void *user, const char *bytes, size_t length)
{
    FILE *f = user;
    return fwrite(bytes, 1, length, f) == length;
}

TDO_PRINTF(2, 0)
static void sayv(FILE *to, const char *fmt, va_list args)
{
    tdo_sink o = {.write = to_stream, .user = to};
    tdo_putv(&o, fmt, args);
}

void cli_say(FILE *to, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    sayv(to, fmt, args);
    va_end(args);
}

/* A place as the user can find it. What was typed stands as the shell took it: "--limit "a<=1"". */
static void put_place(const char *file)
{
    const char *value = strncmp(file, "--limit ", 8) == 0 ? file + 8 : NULL;
    if (value)
        cli_say(stderr, "--limit \"%s\"", value);
    else
        cli_say(stderr, "%s", file);
}

int cli_complain(const tdo_error *e)
{
    put_place(e->file[0] ? e->file : "tradeoff");
    if (e->file[0] && e->line && e->column)
        cli_say(stderr, ":%u:%u", e->line, e->column);
    else if (e->file[0] && e->line)
        cli_say(stderr, ":%u", e->line);
    cli_say(stderr, ": error: %s\n", e->text);
    return tdo_exit_status(e->status);
}

int cli_typed_error(const char *option, const char *value, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    cli_say(stderr, "%s %s: error: ", option, value);
    sayv(stderr, fmt, args);
    cli_say(stderr, "\n");
    va_end(args);
    return tdo_exit_status(TDO_E_USAGE);
}

int cli_usage_error(const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    cli_say(stderr, "tradeoff: error: ");
    sayv(stderr, fmt, args);
    cli_say(stderr, "\n");
    va_end(args);
    return tdo_exit_status(TDO_E_USAGE);
}

int cli_complain_all(tdo_status status, const tdo_report *report)
{
    size_t shown = report->count < TDO_REPORT_SHOWN ? report->count : TDO_REPORT_SHOWN;
    for (size_t k = 0; k < shown; k++)
        cli_complain(&report->item[k]);
    if (report->count > shown)
        cli_say(stderr, "tradeoff: and %zu more errors\n", report->count - shown);
    if (!report->count)
        cli_say(stderr, "tradeoff: error: %s\n",
                status == TDO_E_MEMORY ? "out of memory" : "something went wrong inside");
    return tdo_exit_status(status);
}

/* A number of columns or lines that the environment gives; 0: none. */
static size_t size_from(const char *name)
{
    const char *text = getenv(name);
    const int n = text ? atoi(text) : 0;
    return n > 0 && n < 10000 ? (size_t)n : 0;
}

/* The columns of the terminal that standard error is; 0: it is none. */
static size_t width_of_messages(void)
{
    struct winsize size;
    if (!isatty(STDERR_FILENO) || ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size_from("COLUMNS") ? size_from("COLUMNS") : size.ws_col;
}

void cli_show_warnings(const tdo_warnings *w, const cli_args *args)
{
    enum { INDENT = 9 };
    const size_t width = width_of_messages();
    tdo_sink o = {.write = to_stream, .user = stderr};
    for (size_t k = 0; k < w->n && !args->quiet; k++) {
        cli_say(stderr, "warning: %s: ", w->item[k].code);
        plain_put_folded(&o, w->item[k].message, width, INDENT + 2 + strlen(w->item[k].code),
                         INDENT);
        cli_say(stderr, "\n");
    }
}

bool cli_warns_first(void)
{
    return isatty(STDOUT_FILENO) && isatty(STDERR_FILENO);
}

/* Does the locale say that it has no UTF-8? Where nothing says anything it is taken for granted. */
static bool lacks_utf8(void)
{
    static const char *const by[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    const char *locale = NULL;
    for (size_t k = 0; k < sizeof by / sizeof *by && !(locale && *locale); k++)
        locale = getenv(by[k]);
    return locale && *locale && !strstr(locale, "UTF-8") && !strstr(locale, "utf8");
}

tdo_table_style cli_style(const cli_args *args)
{
    enum { PIPED = 100, LEAST = 40 };
    tdo_table_style style = {
        .width = PIPED, .full = args->full, .draft = args->draft.s ? &args->drafted : NULL};
    const size_t own = args->draft.s ? 1 : 0; /* a draft's title */
    struct winsize size;
    style.expected = args->expect;
    style.what_if = (tdo_overrides){.set = args->set + own,
                                    .n_set = args->n_set - own,
                                    .limit = args->limit,
                                    .n_limit = args->n_limit};
    const char *plain = getenv("NO_COLOR"), *term = getenv("TERM");
    const char *when = args->colour ? args->colour : "auto";
    /* mpirun gives its processes a terminal in any case, and hands on what they write there */
    const bool terminal = isatty(STDOUT_FILENO) && !args->fleet;
    if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col) {
        style.width = size.ws_col;
        style.height = size.ws_row;
    }
    style.width = size_from("COLUMNS") ? size_from("COLUMNS") : style.width;
    style.width = style.width < LEAST ? LEAST : style.width;
    style.height = size_from("LINES") ? size_from("LINES") : style.height;
    style.ascii = terminal && lacks_utf8(); /* a file has the same bytes in any locale */
    if (args->quiet)
        style.warnings = "their words come without -q";
    else if (cli_warns_first())
        style.warnings = "see above";
    if (style.height && !args->quiet && args->n_operands)
        style.typed = args->operand[0];
    style.colour = strcmp(when, "always") == 0 ||
                   (strcmp(when, "auto") == 0 && terminal && !(plain && *plain) &&
                    !(term && strcmp(term, "dumb") == 0));
    return style;
}
