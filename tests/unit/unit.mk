# SPDX-License-Identifier: GPL-3.0-or-later
# The unit tests: one suite per file of lib/. Included from the top Makefile.am.
