/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of its own for a test. Include after cmocka.h. */
#ifndef TRADEOFF_TESTS_TEMP_FILE_H
#define TRADEOFF_TESTS_TEMP_FILE_H

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TEMP_PATH = 512 };

/* Opens a new one. path: [TEMP_PATH] */
static inline int temp_file_open(char *path)
{
    const char *folder = getenv("TMPDIR");
    (void)snprintf(path, TEMP_PATH, "%s/tradeoff-test-XXXXXX",
                   !folder || *folder == '\0' ? "/tmp" : folder);
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    return fd;
}

/* One that holds these bytes. */
static inline void temp_file_write(char *path, const char *bytes, size_t length)
{
    int fd = temp_file_open(path);
    for (size_t done = 0; done < length;) {
        ssize_t n = write(fd, bytes + done, length - done);
        assert_true(n > 0);
        done += (size_t)n;
    }
    assert_int_equal(close(fd), 0);
}

#endif
