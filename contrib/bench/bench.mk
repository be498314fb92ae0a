# SPDX-License-Identifier: GPL-3.0-or-later
# The benchmark: make bench. Its programs are built on demand only, with the plugin's own flags.
EXTRA_PROGRAMS = \
	contrib/bench/batch \
	contrib/bench/floor \
	contrib/bench/measure \
	contrib/bench/server

contrib_bench_batch_SOURCES = contrib/bench/batch.c contrib/bench/messages.h

contrib_bench_floor_SOURCES = contrib/bench/floor.c contrib/bench/messages.h
contrib_bench_floor_CFLAGS = $(AM_CFLAGS) $(CURL_CFLAGS) $(YAJL_CFLAGS)
contrib_bench_floor_LDADD = $(CURL_LIBS) $(YAJL_LIBS)

contrib_bench_measure_SOURCES = contrib/bench/measure.c

contrib_bench_server_SOURCES = contrib/bench/server.c contrib/bench/messages.h
contrib_bench_server_CFLAGS = $(AM_CFLAGS) $(MICROHTTPD_CFLAGS) -pthread
contrib_bench_server_LDADD = $(MICROHTTPD_LIBS)

CLEANFILES += $(EXTRA_PROGRAMS)

EXTRA_DIST += \
	contrib/bench/README.md \
	contrib/bench/lab.py \
	contrib/bench/regress \
	contrib/bench/rivals/check_sms.pl \
	contrib/bench/rivals/check_sms.py \
	contrib/bench/rivals/check_sms.sh \
	contrib/bench/run

if HAVE_MICROHTTPD
bench-programs: $(plugin_PROGRAMS) $(EXTRA_PROGRAMS)
else
bench-programs:
	@echo 'The benchmark needs the package libmicrohttpd-dev, and configure to find it.' >&2; exit 1
endif

# make bench BENCH_FLAGS=--quick
bench:
	BUILDDIR=$(abs_builddir) $(srcdir)/contrib/bench/run $(BENCH_FLAGS)
