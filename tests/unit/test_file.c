/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are there whole or not at all, tried in a folder of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tradeoff/output.h"

enum { PATH_BYTES = 512 };

typedef struct place {
    char folder[PATH_BYTES];
    char path[PATH_BYTES]; /* the last one that at() made */
} place;

static const char *at(place *p, const char *name)
{
    assert_true((size_t)snprintf(p->path, sizeof p->path, "%.255s/%s", p->folder, name) <
                sizeof p->path);
    return p->path;
}

static int enter(void **state)
{
    place *p = calloc(1, sizeof *p);
    const char *tmp = getenv("TMPDIR");
    assert_non_null(p);
    (void)snprintf(p->folder, sizeof p->folder, "%s/tradeoff-file-XXXXXX", tmp ? tmp : "/tmp");
    assert_non_null(mkdtemp(p->folder));
    (void)umask(022);
    *state = p;
    return 0;
}

/* The names in the folder: how many, not counting "." and "..". */
static size_t names_in(const char *folder)
{
    size_t n = 0;
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d));)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    closedir(d);
    return n;
}

static int leave(void **state)
{
    place *p = *state;
    char command[3 * PATH_BYTES];
    (void)snprintf(command, sizeof command, "chmod -R u+w '%s' && rm -r '%s'", p->folder,
                   p->folder);
    int failed = system(command);
    free(p);
    return failed;
}

static void put_there(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void assert_holds(const char *path, const char *text)
{
    char got[256] = "";
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    size_t n = fread(got, 1, sizeof got - 1, f);
    got[n] = '\0';
    fclose(f);
    assert_string_equal(got, text);
}

static mode_t mode_of(const char *path)
{
    struct stat is;
    assert_int_equal(stat(path, &is), 0);
    return is.st_mode & 0777;
}

static tdo_status write_text(const char *path, const char *text, bool keep, tdo_error *err)
{
    tdo_file *f = NULL;
    tdo_sink o = {0};
    tdo_status status = tdo_file_create(path, &f, &o, err);
    if (status != TDO_OK) {
        assert_null(f);
        return status;
    }
    tdo_puts(&o, text);
    return tdo_file_close(f, keep, err);
}

static void assert_refused(const char *path, const char *why)
{
    tdo_error err = {0};
    assert_int_equal(write_text(path, "x", true, &err), TDO_E_IO);
    assert_int_equal(err.status, TDO_E_IO);
    if (!strstr(err.text, why))
        fail_msg("\"%s\" does not say \"%s\"", err.text, why);
}

static void a_new_file_is_readable_by_all(void **state)
{
    place *p = *state;
    assert_int_equal(write_text(at(p, "new.json"), "new\n", true, NULL), TDO_OK);
    assert_holds(p->path, "new\n");
    assert_int_equal(mode_of(p->path), 0644);
    assert_int_equal(names_in(p->folder), 1);
}

static void the_umask_is_respected(void **state)
{
    place *p = *state;
    mode_t before = umask(077);
    assert_int_equal(write_text(at(p, "private.json"), "x", true, NULL), TDO_OK);
    (void)umask(before);
    assert_int_equal(mode_of(p->path), 0600);
}

static void an_old_file_keeps_its_mode(void **state)
{
    place *p = *state;
    put_there(at(p, "old.json"), "old");
    assert_int_equal(chmod(p->path, 0666), 0);
    assert_int_equal(write_text(p->path, "new", true, NULL), TDO_OK);
    assert_holds(p->path, "new");
    assert_int_equal(mode_of(p->path), 0666);
}

static void nothing_shows_before_it_is_whole(void **state)
{
    place *p = *state;
    tdo_file *f = NULL;
    tdo_sink o = {0};
    put_there(at(p, "old.json"), "old");
    assert_int_equal(tdo_file_create(p->path, &f, &o, NULL), TDO_OK);
    for (int k = 0; k < 100000; k++) /* beyond any buffer */
        tdo_puts(&o, "not yet ");
    assert_false(o.failed);
    assert_holds(p->path, "old");
    assert_int_equal(tdo_file_close(f, false, NULL), TDO_OK);
    assert_holds(p->path, "old");
    assert_int_equal(names_in(p->folder), 1);
}

static void every_byte_arrives(void **state)
{
    place *p = *state;
    enum { BYTES = 300000 };
    char *sent = malloc(BYTES), *got = malloc(BYTES + 1);
    tdo_file *f = NULL;
    tdo_sink o = {0};
    assert_true(sent && got);
    for (size_t k = 0; k < BYTES; k++)
        sent[k] = (char)(k * 2654435761u >> 13);
    assert_int_equal(tdo_file_create(at(p, "bytes"), &f, &o, NULL), TDO_OK);
    o.raw = true; /* of texts, what is no text is made visible (test_text) */
    for (size_t k = 0, n = 1; k < BYTES;
         k += n, n = n * 3 + 1) /* pieces below and above the buffer */
        tdo_put(&o, sent + k, n = n < BYTES - k ? n : BYTES - k);
    assert_int_equal(tdo_file_close(f, true, NULL), TDO_OK);
    FILE *in = fopen(p->path, "rb");
    assert_non_null(in);
    assert_int_equal(fread(got, 1, BYTES + 1, in), BYTES);
    fclose(in);
    assert_memory_equal(got, sent, BYTES);
    free(sent);
    free(got);
}

static void links_stay_links(void **state)
{
    place *p = *state;
    char real[PATH_BYTES], link[PATH_BYTES];
    assert_int_equal(mkdir(at(p, "deep"), 0755), 0);
    strcpy(real, at(p, "deep/real.json"));
    put_there(real, "old");
    assert_int_equal(symlink("deep/real.json", at(p, "one")), 0);
    assert_int_equal(symlink("one", at(p, "two")), 0);
    strcpy(link, p->path);
    assert_int_equal(write_text(link, "through two links", true, NULL), TDO_OK);
    assert_holds(real, "through two links");
    struct stat is;
    assert_int_equal(lstat(link, &is), 0);
    assert_true(S_ISLNK(is.st_mode));
    assert_int_equal(names_in(p->folder), 3); /* the temporary file was beside the real one */
}

static void a_link_to_nothing_yet_is_filled(void **state)
{
    place *p = *state;
    assert_int_equal(symlink("later.json", at(p, "link")), 0);
    assert_int_equal(write_text(p->path, "now", true, NULL), TDO_OK);
    assert_holds(at(p, "later.json"), "now");
}

static void what_cannot_be_written_is_said(void **state)
{
    place *p = *state;
    char longest[PATH_BYTES];
    memset(longest, 'n', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    assert_refused(p->folder, "it is a folder");
    assert_refused(at(p, "not-there/"), "it is a folder");
    assert_refused(at(p, "not-there/x.json"), "the folder does not exist");
    put_there(at(p, "file"), "x");
    assert_refused(at(p, "file/x.json"), "not a folder");
    assert_refused("", "is empty");
    assert_int_equal(symlink("round", at(p, "round")), 0);
    assert_refused(p->path, "too many symbolic links");
    assert_refused(longest, "the name is too long");
    assert_int_equal(names_in(p->folder), 2);
}

/* Is writing to path refused for want of permission? Asked as somebody who is not root. */
static bool is_forbidden(const char *path)
{
    int status = 0;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        tdo_error err = {0};
        bool low = geteuid() != 0 || setuid(65534) == 0;
        tdo_status wrote = low ? write_text(path, "x", true, &err) : TDO_OK;
        _exit(wrote == TDO_E_IO && strstr(err.text, "no permission") ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void permission_is_asked_first(void **state)
{
    place *p = *state;
    assert_int_equal(chmod(p->folder, 0777), 0);
    put_there(at(p, "kept.json"), "kept");
    assert_int_equal(chmod(p->path, 0444), 0);
    assert_true(is_forbidden(p->path));
    assert_holds(p->path, "kept");
    assert_int_equal(mkdir(at(p, "closed"), 0555), 0);
    assert_true(is_forbidden(at(p, "closed/x.json")));
    assert_int_equal(names_in(at(p, "closed")), 0);
}

static void a_full_device_is_an_error(void **state)
{
    tdo_error err = {0};
    (void)state;
    assert_refused("/dev/full", "no space left");
    assert_int_equal(write_text("/dev/null", "x", true, &err), TDO_OK);
    struct stat is;
    assert_int_equal(lstat("/dev/null", &is), 0);
    assert_true(S_ISCHR(is.st_mode)); /* written into, not replaced */
}

/* What writing to "-" says while standard output is the file descriptor fd (-1: closed). */
static tdo_status write_stdout(int fd, size_t times, bool keep, tdo_error *err)
{
    tdo_file *f = NULL;
    tdo_sink o = {0};
    fflush(stdout);
    int kept = dup(STDOUT_FILENO);
    if (fd >= 0)
        dup2(fd, STDOUT_FILENO);
    else
        close(STDOUT_FILENO);
    tdo_status status = tdo_file_create("-", &f, &o, err);
    for (size_t k = 0; status == TDO_OK && k < times; k++)
        tdo_puts(&o, "some text\n");
    bool failed = o.failed;
    if (status == TDO_OK)
        status = tdo_file_close(f, keep, err);
    if (kept >= 0) {
        dup2(kept, STDOUT_FILENO);
        close(kept);
    }
    if (failed)
        assert_int_not_equal(status, TDO_OK);
    return status;
}

static void standard_output_fails_aloud(void **state)
{
    place *p = *state;
    int full = open("/dev/full", O_WRONLY), out = open(at(p, "out"), O_WRONLY | O_CREAT, 0600);
    assert_true(full >= 0 && out >= 0);
    for (size_t times = 1; times < 100000; times *= 10) { /* within the buffer, and beyond it */
        tdo_error err = {0};
        assert_int_equal(write_stdout(full, times, true, &err), TDO_E_IO);
        assert_string_equal(err.text, "cannot write standard output: no space left on the device");
    }
    tdo_error beyond = {0}; /* the reason survives, though nothing is to be kept */
    assert_int_equal(write_stdout(full, 100000, false, &beyond), TDO_E_IO);
    assert_non_null(strstr(beyond.text, "no space left"));
    tdo_error closed = {0};
    assert_int_equal(write_stdout(-1, 1, true, &closed), TDO_E_IO);
    assert_string_equal(closed.text, "cannot write standard output: it is closed");
    assert_int_equal(write_stdout(out, 2, true, NULL), TDO_OK);
    assert_holds(p->path, "some text\nsome text\n");
    close(full);
    close(out);
}

static void closing_nothing_is_fine(void **state)
{
    (void)state;
    assert_int_equal(tdo_file_close(NULL, true, NULL), TDO_OK);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_new_file_is_readable_by_all),
        TEST(the_umask_is_respected),
        TEST(an_old_file_keeps_its_mode),
        TEST(nothing_shows_before_it_is_whole),
        TEST(every_byte_arrives),
        TEST(links_stay_links),
        TEST(a_link_to_nothing_yet_is_filled),
        TEST(what_cannot_be_written_is_said),
        TEST(permission_is_asked_first),
        TEST(a_full_device_is_an_error),
        TEST(standard_output_fails_aloud),
        TEST(closing_nothing_is_fine),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
