# SPDX-License-Identifier: GPL-3.0-or-later
# What is made from the table of options: one program writes it all, the results are committed, and
# make check fails when one lags behind. make generate writes them anew. A build that leaves options
# out can do neither.
noinst_PROGRAMS += contrib/generate/generate
contrib_generate_generate_SOURCES = \
	contrib/generate/generate.h \
	contrib/generate/bash.c \
	contrib/generate/main.c \
	contrib/generate/man.c \
	contrib/generate/options.c \
	contrib/generate/values.c contrib/generate/values.h \
	contrib/generate/zsh.c \
	plugin/help.c plugin/help.h \
	plugin/options.c plugin/options.h \
	plugin/zone.c plugin/zone.h
contrib_generate_generate_LDADD = lib/libsmspartner.a $(SMSP_LIBS)

# Each as WHAT:FILE.
GENERATED = \
	bash:contrib/completion/check_smspartner_status.bash \
	man-metrics:contrib/man/metrics.mdoc \
	man-options:contrib/man/options.mdoc \
	zsh:contrib/completion/_check_smspartner_status

contrib_generate_generate_CFLAGS = $(AM_CFLAGS) $(YAJL_CFLAGS)
contrib_generate_generate_SOURCES += \
	contrib/generate/director.c \
	contrib/generate/icinga.c contrib/generate/icinga.h \
	contrib/generate/icinga2.c
GENERATED += \
	director:contrib/icinga2/director-basket.json \
	icinga2:contrib/icinga2/check_smspartner_status.conf

generate: contrib/generate/generate
	@for pair in $(GENERATED); do \
		contrib/generate/generate "$${pair%%:*}" >"$(srcdir)/$${pair#*:}" || exit 1; \
	done
check-generated: contrib/generate/generate
	@for pair in $(GENERATED); do \
		contrib/generate/generate "$${pair%%:*}" | diff -u "$(srcdir)/$${pair#*:}" - || \
			{ echo "$${pair#*:} lags behind the table of options: run make generate" >&2; exit 1; }; \
	done
if HAVE_EXPAT
if HAVE_INIH
check-local: check-generated
endif
endif
.PHONY: generate check-generated
