/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libFuzzer's entry: FUZZ_TARGET names the target. Paths on its command line must be absolute. */
#include "targets.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const fuzz_target *target;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *name = getenv("FUZZ_TARGET");
    (void)argc;
    (void)argv;
    for (size_t k = 0; name && k < fuzz_n_targets; k++)
        if (strcmp(fuzz_targets[k].name, name) == 0)
            target = &fuzz_targets[k];
    if (!target) {
        (void)fprintf(stderr, "FUZZ_TARGET names no target\n");
        exit(2);
    }
    fuzz_enter_folder();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    target->run(bytes, length);
    return 0;
}
