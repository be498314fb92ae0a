# SPDX-License-Identifier: GPL-3.0-or-later
# The fuzz targets, each linked with a program that replays its seeds, so that make check runs them
# with any compiler. tests/fuzz/run fuzzes them, tests/fuzz/sweep makes allocations fail.
FUZZ_SHARED = tests/fuzz/fuzz.c tests/fuzz/fuzz.h tests/fuzz/replay.c
FUZZ_INPUT = tests/fuzz/input.c tests/fuzz/input.h
FUZZ_REPLY = tests/fuzz/reply_pieces.c tests/fuzz/reply_pieces.h
FUZZ_LDADD = lib/libsmspartner.a $(SMSP_LIBS)

fuzz_programs = \
	tests/fuzz/fuzz_batch \
	tests/fuzz/fuzz_reply_json \
	tests/fuzz/fuzz_text \
	tests/fuzz/fuzz_threshold

tests_fuzz_fuzz_batch_SOURCES = tests/fuzz/fuzz_batch.c $(FUZZ_INPUT) $(FUZZ_SHARED)
tests_fuzz_fuzz_batch_LDADD = $(FUZZ_LDADD)
tests_fuzz_fuzz_reply_json_SOURCES = tests/fuzz/fuzz_reply_json.c $(FUZZ_REPLY) $(FUZZ_SHARED)
tests_fuzz_fuzz_reply_json_LDADD = $(FUZZ_LDADD)
tests_fuzz_fuzz_text_SOURCES = tests/fuzz/fuzz_text.c $(FUZZ_SHARED)
tests_fuzz_fuzz_text_LDADD = $(FUZZ_LDADD)
tests_fuzz_fuzz_threshold_SOURCES = tests/fuzz/fuzz_threshold.c $(FUZZ_SHARED)
tests_fuzz_fuzz_threshold_LDADD = $(FUZZ_LDADD)

if HAVE_EXPAT
fuzz_programs += tests/fuzz/fuzz_reply_xml
tests_fuzz_fuzz_reply_xml_SOURCES = tests/fuzz/fuzz_reply_xml.c $(FUZZ_REPLY) $(FUZZ_SHARED)
tests_fuzz_fuzz_reply_xml_LDADD = $(FUZZ_LDADD)
endif

if HAVE_INIH
fuzz_programs += tests/fuzz/fuzz_option_file
tests_fuzz_fuzz_option_file_SOURCES = tests/fuzz/fuzz_option_file.c $(FUZZ_INPUT) $(FUZZ_SHARED)
tests_fuzz_fuzz_option_file_LDADD = $(FUZZ_LDADD)
endif

check_PROGRAMS += $(fuzz_programs)
TESTS += $(fuzz_programs)

EXTRA_DIST += \
	tests/fuzz/allocfail.c \
	tests/fuzz/corpus \
	tests/fuzz/run \
	tests/fuzz/sweep
