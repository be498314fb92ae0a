# SPDX-License-Identifier: GPL-3.0-or-later
# The manual page: prose around the lists that contrib/generate makes from the plugin's tables.
man8_MANS = contrib/man/check_smspartner_status.8

contrib/man/check_smspartner_status.8: contrib/man/check_smspartner_status.8.in \
		contrib/man/options.mdoc contrib/man/metrics.mdoc Makefile
	$(AM_V_GEN)$(MKDIR_P) contrib/man && sed \
	    -e '/^@OPTIONS@$$/r $(srcdir)/contrib/man/options.mdoc' -e '/^@OPTIONS@$$/d' \
	    -e '/^@METRICS@$$/r $(srcdir)/contrib/man/metrics.mdoc' -e '/^@METRICS@$$/d' \
	    -e 's|@VERSION[@]|$(VERSION)|' -e 's|@plugindir[@]|$(plugindir)|' -e 's|@docdir[@]|$(docdir)|' \
	    $(srcdir)/contrib/man/check_smspartner_status.8.in >$@.new && mv $@.new $@

EXTRA_DIST += \
	contrib/man/check_smspartner_status.8.in \
	contrib/man/metrics.mdoc \
	contrib/man/options.mdoc
CLEANFILES += contrib/man/check_smspartner_status.8
