/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs every target on what is kept of it: the files of tests/fuzz/corpus/TARGET, and the inputs of
 * tests/fuzz/corpus/TARGET.pack, each "LENGTH\n", its bytes and "\n". Prints TAP. */
#include "targets.h"

#include <dirent.h>
#include <limits.h>
#include <unistd.h>

typedef struct corpus_text {
    char *bytes;
    size_t length;
} corpus_text;

static corpus_text slurp(const char *path)
{
    corpus_text t = {0};
    FILE *f = fopen(path, "rb");
    if (!f)
        return t;
    FUZZ_MUST(fseek(f, 0, SEEK_END) == 0);
    long size = ftell(f);
    FUZZ_MUST(size >= 0 && fseek(f, 0, SEEK_SET) == 0);
    t.length = (size_t)size;
    t.bytes = malloc(t.length + 1);
    FUZZ_MUST(t.bytes && fread(t.bytes, 1, t.length, f) == t.length && fclose(f) == 0);
    t.bytes[t.length] = '\0';
    return t;
}

/* In a block of its own size, so that a sanitizer sees what is read behind it. */
static void run_bytes(const fuzz_target *target, const char *bytes, size_t length)
{
    uint8_t *copy = malloc(length ? length : 1);
    FUZZ_MUST(copy);
    memcpy(copy, bytes, length);
    target->run(copy, length);
    free(copy);
}

static size_t run_pack(const fuzz_target *target, const char *path)
{
    corpus_text t = slurp(path);
    size_t n = 0;
    for (char *p = t.bytes; p && p < t.bytes + t.length; n++) {
        char *end = NULL;
        size_t length = strtoul(p, &end, 10), left = (size_t)(t.bytes + t.length - end);
        FUZZ_MUST(end > p && *end == '\n' && length + 2 <= left);
        run_bytes(target, end + 1, length);
        p = end + 1 + length + 1;
    }
    free(t.bytes);
    return n;
}

static size_t run_folder(const fuzz_target *target, const char *path)
{
    char file[PATH_MAX + NAME_MAX + 2];
    size_t n = 0;
    DIR *d = opendir(path);
    for (struct dirent *e = NULL; d && (e = readdir(d)) != NULL;) {
        if (e->d_name[0] == '.')
            continue;
        (void)snprintf(file, sizeof file, "%s/%s", path, e->d_name);
        corpus_text t = slurp(file);
        FUZZ_MUST(t.bytes);
        run_bytes(target, t.bytes, t.length);
        free(t.bytes);
        n++;
    }
    if (d)
        (void)closedir(d);
    return n;
}

int main(void)
{
    char top[PATH_MAX], home[PATH_MAX], path[PATH_MAX];
    int failed = 0;
    FUZZ_MUST(getcwd(top, sizeof top));
    FUZZ_MUST(snprintf(home, sizeof home, "%s/tests/fuzz/corpus", top) < PATH_MAX);
    fuzz_enter_folder();
    (void)printf("1..%zu\n", fuzz_n_targets);
    for (size_t k = 0; k < fuzz_n_targets; k++) {
        const fuzz_target *t = &fuzz_targets[k];
        FUZZ_MUST(snprintf(path, sizeof path, "%s/%s", home, t->name) < PATH_MAX);
        size_t n = run_folder(t, path);
        FUZZ_MUST(snprintf(path, sizeof path, "%s/%s.pack", home, t->name) < PATH_MAX);
        n += run_pack(t, path);
        failed += n == 0;
        (void)printf("%s %zu - fuzz %s: %zu inputs\n", n ? "ok" : "not ok", k + 1, t->name, n);
        (void)fflush(stdout);
    }
    return failed != 0;
}
