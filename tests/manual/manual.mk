# SPDX-License-Identifier: GPL-3.0-or-later
# What the manual, the schema and the completion promise, tried out; CI runs these scripts, which need
# more than a build does.
EXTRA_DIST += \
	tests/manual/completion \
	tests/manual/examples \
	tests/manual/lab.py \
	tests/manual/messages \
	tests/manual/schema \
	tests/manual/terminal
