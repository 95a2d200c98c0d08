/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which places of libtradeoff.so a program runs (MODE=mutate): at its end their addresses in the
 * library, a line each, in a file of the folder REACHED. A mutant takes this library's place, and
 * then nothing is noted. */
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned char *seen; /* a byte for each byte of the code */
static uintptr_t from;
static size_t length;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    const uintptr_t at = (uintptr_t)__builtin_return_address(0) - from;
    if (seen && at < length)
        seen[at] = 1;
}

static int find(struct dl_phdr_info *object, size_t size, void *unused)
{
    (void)size;
    (void)unused;
    if (!strstr(object->dlpi_name, "/libtradeoff.so"))
        return 0;
    from = object->dlpi_addr;
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &object->dlpi_phdr[i];
        if (part->p_type == PT_LOAD && part->p_flags & PF_X)
            length = part->p_vaddr + part->p_memsz;
    }
    return 1;
}

__attribute__((constructor)) static void begin(void)
{
    if (getenv("REACHED") && dl_iterate_phdr(find, NULL))
        seen = calloc(length, 1);
}

__attribute__((destructor)) static void end(void)
{
    char name[4096];
    if (!seen)
        return;
    snprintf(name, sizeof name, "%s/%ld", getenv("REACHED"), (long)getpid());
    FILE *out = fopen(name, "a");
    for (size_t i = 0; out && i < length; i++) {
        if (seen[i])
            fprintf(out, "0x%zx\n", i);
    }
    if (out)
        fclose(out);
}
