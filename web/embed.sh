#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The built page as a C source for the program: sh web/embed.sh viewer.html > viewer_page.c
set -eu
echo '#include <stddef.h>'
echo 'extern const char tdo_viewer_page[]; extern const size_t tdo_viewer_page_length;'
echo 'const char tdo_viewer_page[] = {'
od -An -v -t d1 "$1" | sed 's/  */,/g; s/^,//; s/$/,/'
echo '};'
echo 'const size_t tdo_viewer_page_length = sizeof tdo_viewer_page;'
