# SPDX-License-Identifier: GPL-3.0-or-later
# The simulator of the API and its samples; included from the top Makefile.am.

noinst_PROGRAMS += contrib/simulator/smspartner-simulator

contrib_simulator_smspartner_simulator_SOURCES = \
	contrib/simulator/answer.c \
	contrib/simulator/answer.h \
	contrib/simulator/api_error.c \
	contrib/simulator/api_error.h \
	contrib/simulator/bytes.c \
	contrib/simulator/bytes.h \
	contrib/simulator/complaint.c \
	contrib/simulator/complaint.h \
	contrib/simulator/endpoint.c \
	contrib/simulator/endpoint.h \
	contrib/simulator/exchange.c \
	contrib/simulator/exchange.h \
	contrib/simulator/fate.c \
	contrib/simulator/fate.h \
	contrib/simulator/fault.c \
	contrib/simulator/fault.h \
	contrib/simulator/file.c \
	contrib/simulator/file.h \
	contrib/simulator/flow.c \
	contrib/simulator/flow.h \
	contrib/simulator/halt.c \
	contrib/simulator/halt.h \
	contrib/simulator/help.c \
	contrib/simulator/help.h \
	contrib/simulator/item.c \
	contrib/simulator/item.h \
	contrib/simulator/json.c \
	contrib/simulator/json.h \
	contrib/simulator/limit.c \
	contrib/simulator/limit.h \
	contrib/simulator/log.c \
	contrib/simulator/log.h \
	contrib/simulator/main.c \
	contrib/simulator/memory.c \
	contrib/simulator/memory.h \
	contrib/simulator/number.c \
	contrib/simulator/number.h \
	contrib/simulator/oddity.c \
	contrib/simulator/oddity.h \
	contrib/simulator/options.c \
	contrib/simulator/options.h \
	contrib/simulator/order.c \
	contrib/simulator/order.h \
	contrib/simulator/phone.c \
	contrib/simulator/phone.h \
	contrib/simulator/reply.c \
	contrib/simulator/reply.h \
	contrib/simulator/request.c \
	contrib/simulator/request.h \
	contrib/simulator/sabotage.c \
	contrib/simulator/sabotage.h \
	contrib/simulator/scenario.c \
	contrib/simulator/scenario.h \
	contrib/simulator/scenario_line.c \
	contrib/simulator/scenario_line.h \
	contrib/simulator/script.c \
	contrib/simulator/script.h \
	contrib/simulator/server.c \
	contrib/simulator/server.h \
	contrib/simulator/service.c \
	contrib/simulator/service.h \
	contrib/simulator/tls.c \
	contrib/simulator/tls.h \
	contrib/simulator/utf8.c \
	contrib/simulator/utf8.h \
	contrib/simulator/watch.c \
	contrib/simulator/watch.h \
	contrib/simulator/wire.c \
	contrib/simulator/wire.h \
	contrib/simulator/wording.c \
	contrib/simulator/wording.h \
	contrib/simulator/writer.c \
	contrib/simulator/writer.h \
	contrib/simulator/xml.c \
	contrib/simulator/xml.h

contrib_simulator_smspartner_simulator_CFLAGS = \
	$(AM_CFLAGS) $(MICROHTTPD_CFLAGS) $(YAJL_CFLAGS) $(ZLIB_CFLAGS) -pthread

contrib_simulator_smspartner_simulator_LDADD = \
	$(MICROHTTPD_LIBS) $(YAJL_LIBS) $(ZLIB_LIBS)

EXTRA_DIST += \
	contrib/simulator/README.md \
	contrib/samples/campaign.csv \
	contrib/samples/campaign.scenario \
	contrib/samples/documentation.csv \
	contrib/samples/documentation.scenario \
	contrib/samples/otp.ndjson \
	contrib/samples/otp.scenario \
	contrib/samples/request.json
