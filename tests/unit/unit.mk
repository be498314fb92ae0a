# SPDX-License-Identifier: GPL-3.0-or-later
# The unit tests: one suite per file of lib/. Included from the top Makefile.am. Run one suite with
# CK_RUN_SUITE=range tests/unit/unit, without what takes long with CK_EXCLUDE_TAGS=slow.
check_PROGRAMS += tests/unit/unit
TESTS += tests/unit/unit
tests_unit_unit_CFLAGS = $(AM_CFLAGS) $(CHECK_CFLAGS) $(YAJL_CFLAGS)
tests_unit_unit_LDADD = lib/libsmspartner.a $(CHECK_LIBS) $(SMSP_LIBS)
tests_unit_unit_SOURCES = \
	tests/unit/check_answer.c \
	tests/unit/check_api_error.c \
	tests/unit/check_batch.c \
	tests/unit/check_batch_delimited.c \
	tests/unit/check_batch_delimited_limits.c \
	tests/unit/check_batch_json.c \
	tests/unit/check_buf.c \
	tests/unit/check_ca_directory.c \
	tests/unit/check_clock.c \
	tests/unit/check_datetime.c \
	tests/unit/check_detail.c \
	tests/unit/check_error.c \
	tests/unit/check_failure.c \
	tests/unit/check_judge.c \
	tests/unit/check_judge_failure.c \
	tests/unit/check_key.c \
	tests/unit/check_message.c \
	tests/unit/check_metric.c \
	tests/unit/check_number.c \
	tests/unit/check_outcome.c \
	tests/unit/check_perfdata.c \
	tests/unit/check_phone.c \
	tests/unit/check_range.c \
	tests/unit/check_rate.c \
	tests/unit/check_reader.c \
	tests/unit/check_reader_limits.c \
	tests/unit/check_record.c \
	tests/unit/check_reply.c \
	tests/unit/check_reply_entry.c \
	tests/unit/check_reply_failure.c \
	tests/unit/check_reply_xml.c \
	tests/unit/check_report_json.c \
	tests/unit/check_report_text.c \
	tests/unit/check_report_text_failure.c \
	tests/unit/check_request.c \
	tests/unit/check_state.c \
	tests/unit/check_tally.c \
	tests/unit/check_text.c \
	tests/unit/check_text_secrets.c \
	tests/unit/check_threshold.c \
	tests/unit/check_trace.c \
	tests/unit/check_transport.c \
	tests/unit/check_wipe.c \
	tests/unit/fixture_batch.c tests/unit/fixture_batch.h \
	tests/unit/fixture_reader.c tests/unit/fixture_reader.h \
	tests/unit/fixture_reply.c tests/unit/fixture_reply.h \
	tests/unit/fixture_report.c tests/unit/fixture_report.h \
	tests/unit/json_reader.c tests/unit/json_reader.h \
	tests/unit/suites.h \
	tests/unit/support.c tests/unit/support.h \
	tests/unit/unit.c

if HAVE_INIH
tests_unit_unit_SOURCES += tests/unit/check_extra_opts.c
endif
