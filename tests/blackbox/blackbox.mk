# SPDX-License-Identifier: GPL-3.0-or-later
# The black-box tests: one program with all suites, run against the built plugin and simulator.

check_PROGRAMS += tests/blackbox/blackbox
TESTS += tests/blackbox/blackbox

tests_blackbox_blackbox_SOURCES = \
	tests/blackbox/blackbox.c \
	tests/blackbox/canned.c \
	tests/blackbox/canned.h \
	tests/blackbox/canned_server.c \
	tests/blackbox/canned_server.h \
	tests/blackbox/cases.c \
	tests/blackbox/cases.h \
	tests/blackbox/expect.c \
	tests/blackbox/harness.c \
	tests/blackbox/harness.h \
	tests/blackbox/json.c \
	tests/blackbox/json.h \
	tests/blackbox/output_readers.c \
	tests/blackbox/output_readers.h \
	tests/blackbox/perfdata_reader.c \
	tests/blackbox/perfdata_reader.h \
	tests/blackbox/process.c \
	tests/blackbox/process.h \
	tests/blackbox/servers.h \
	tests/blackbox/side_by_side.c \
	tests/blackbox/side_by_side.h \
	tests/blackbox/simulator.c \
	tests/blackbox/store.c \
	tests/blackbox/store.h \
	tests/blackbox/suites.h \
	tests/blackbox/test_batch.c \
	tests/blackbox/test_batch_errors.c \
	tests/blackbox/test_endings.c \
	tests/blackbox/test_extra_opts.c \
	tests/blackbox/test_failure.c \
	tests/blackbox/test_faults.c \
	tests/blackbox/test_harness.c \
	tests/blackbox/test_hostile.c \
	tests/blackbox/test_http2.c \
	tests/blackbox/test_key.c \
	tests/blackbox/test_latency.c \
	tests/blackbox/test_options.c \
	tests/blackbox/test_outcomes.c \
	tests/blackbox/test_partial.c \
	tests/blackbox/test_proxy.c \
	tests/blackbox/test_report.c \
	tests/blackbox/test_retries.c \
	tests/blackbox/test_slices.c \
	tests/blackbox/test_terminal.c \
	tests/blackbox/test_thresholds.c \
	tests/blackbox/test_tls.c \
	tests/blackbox/test_unreachable.c \
	tests/blackbox/test_wall_clock.c \
	tests/blackbox/test_xml.c \
	tests/blackbox/tools.c \
	tests/blackbox/tools.h \
	tests/blackbox/verify.c \
	tests/blackbox/verify.h
tests_blackbox_blackbox_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(YAJL_CFLAGS)
tests_blackbox_blackbox_LDADD = $(CHECK_LIBS) $(YAJL_LIBS)
