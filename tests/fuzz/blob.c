/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An input of several files: its parts, and the folder that they are put into. */
#include "fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

const char *const fuzz_file_names[FUZZ_FILES] = {
    "scenario.json", "c.csv", "j.csv", "g.csv", "i.csv", "b.json", "r.json", "s.json", "args"};

static char folder[PATH_MAX], home[PATH_MAX];
static bool there[FUZZ_FILES];

/* The place of a name of that length; FUZZ_FILES: it is none. */
static size_t name_at(const char *s, size_t length)
{
    size_t k = 0;
    while (k < FUZZ_FILES &&
           (strlen(fuzz_file_names[k]) != length || memcmp(fuzz_file_names[k], s, length) != 0))
        k++;
    return k;
}

static size_t line_length(const char *s, size_t left)
{
    const char *end = left ? memchr(s, '\n', left) : NULL;
    return end ? (size_t)(end - s) + 1 : left;
}

static void take_option(const char *s, size_t length, tdo_arena *a, fuzz_blob *out)
{
    char *text = tdo_copy(a, s, length);
    FUZZ_MUST(text);
    text[strcspn(text, "\n")] = '\0';
    if (strncmp(text, "set ", 4) == 0 && out->overrides.n_set < FUZZ_ARGS)
        out->set[out->overrides.n_set++] = text + 4;
    else if (strncmp(text, "limit ", 6) == 0 && out->overrides.n_limit < FUZZ_ARGS)
        out->limit[out->overrides.n_limit++] = text + 6;
    else if (strncmp(text, "rule ", 5) == 0)
        out->overrides.rule = text + 5;
    else if (strncmp(text, "splits ", 7) == 0)
        out->overrides.splits = text + 7;
    else if (strcmp(text, "mix") == 0)
        out->overrides.mix = true;
    else if (strcmp(text, "robust") == 0)
        out->overrides.robust = true;
}

static void take_options(tdo_bytes args, tdo_arena *a, fuzz_blob *out)
{
    for (size_t i = 0; args.s && i < args.length;) {
        size_t n = line_length(args.s + i, args.length - i);
        take_option(args.s + i, n, a, out);
        i += n;
    }
    out->overrides.set = out->set;
    out->overrides.limit = out->limit;
}

void fuzz_part_blob(const uint8_t *bytes, size_t length, tdo_arena *a, fuzz_blob *out)
{
    const char *s = (const char *)bytes;
    size_t now = FUZZ_FILES;
    memset(out, 0, sizeof *out);
    for (size_t i = 0; i < length;) {
        size_t n = line_length(s + i, length - i);
        if (n > 4 && memcmp(s + i, "=== ", 4) == 0) {
            now = name_at(s + i + 4, n - 4 - (s[i + n - 1] == '\n'));
            if (now < FUZZ_FILES)
                out->file[now] = (tdo_bytes){s + i + n, 0};
        } else if (now < FUZZ_FILES)
            out->file[now].length += n;
        i += n;
    }
    take_options(fuzz_file(out, "args"), a, out);
}

tdo_bytes fuzz_file(const fuzz_blob *b, const char *name)
{
    return b->file[name_at(name, strlen(name))];
}

void fuzz_put_file(const char *name, tdo_bytes text)
{
    int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    FUZZ_MUST(fd >= 0);
    for (size_t done = 0; done < text.length;) {
        ssize_t n = write(fd, text.s + done, text.length - done);
        FUZZ_MUST(n > 0 || errno == EINTR);
        done += n > 0 ? (size_t)n : 0;
    }
    FUZZ_MUST(close(fd) == 0);
    there[name_at(name, strlen(name))] = true;
}

void fuzz_put_files(const fuzz_blob *b)
{
    for (size_t k = 0; k < FUZZ_FILES; k++)
        if (b->file[k].s)
            fuzz_put_file(fuzz_file_names[k], b->file[k]);
        else if (there[k]) {
            FUZZ_MUST(unlink(fuzz_file_names[k]) == 0);
            there[k] = false;
        }
}

static void leave_folder(void)
{
    for (size_t k = 0; k < FUZZ_FILES; k++)
        if (there[k])
            (void)unlink(fuzz_file_names[k]);
    if (chdir(home) != 0 || rmdir(folder) != 0)
        (void)fprintf(stderr, "%s is left behind\n", folder);
}

void fuzz_enter_folder(void)
{
    const char *above = getenv("TMPDIR");
    if (!above)
        above = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    (void)snprintf(folder, sizeof folder, "%s/tradeoff-fuzz-XXXXXX", above);
    FUZZ_MUST(getcwd(home, sizeof home) && mkdtemp(folder) && chdir(folder) == 0);
    FUZZ_MUST(atexit(leave_folder) == 0);
}
