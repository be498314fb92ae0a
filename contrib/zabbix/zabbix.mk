# SPDX-License-Identifier: GPL-3.0-or-later
# The Zabbix template. make check fails when it lags behind the plugin; tests/integration/test_zabbix runs it.
EXTRA_DIST += contrib/zabbix/README.md tests/zabbix/template contrib/zabbix/template_smspartner.yaml \
	contrib/screenshots/zabbix contrib/screenshots/zabbix.png \
	tests/integration/test_zabbix tests/integration/zabbix.sh
TESTS += tests/zabbix/template
