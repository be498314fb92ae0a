# SPDX-License-Identifier: GPL-3.0-or-later
# Real monitoring servers run the shipped definitions against the simulator; see tests/integration/run.
EXTRA_DIST += tests/integration/lib.sh tests/integration/run
EXTRA_DIST += tests/integration/nagios.sh tests/integration/test_nagios tests/integration/test_nrpe

integration: all
	$(srcdir)/tests/integration/run
.PHONY: integration

EXTRA_DIST += tests/integration/icinga.sh tests/integration/test_icinga2 tests/integration/test_director \
	contrib/icinga2/README.md contrib/icinga2/check_smspartner_status.conf contrib/icinga2/director-basket.json \
	contrib/icinga2/sms_services.conf contrib/icinga2/sms_shards.conf contrib/icinga2/zones.conf
