# SPDX-License-Identifier: GPL-3.0-or-later
# Real monitoring servers run the shipped definitions against the simulator; see tests/integration/run.
EXTRA_DIST += tests/integration/lib.sh tests/integration/run
EXTRA_DIST += tests/integration/nagios.sh tests/integration/test_nagios tests/integration/test_nrpe

integration: all
	$(srcdir)/tests/integration/run
.PHONY: integration
