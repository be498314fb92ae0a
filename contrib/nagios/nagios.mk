# SPDX-License-Identifier: GPL-3.0-or-later
# Definitions for Nagios and NRPE; tests/integration has real servers run them.
EXTRA_DIST += contrib/nagios/README.md contrib/nagios/smspartner.cfg contrib/nagios/smspartner-services.cfg
EXTRA_DIST += contrib/nrpe/README.md contrib/nrpe/smspartner.cfg
EXTRA_DIST += contrib/screenshots/nagios contrib/screenshots/nagios.png
