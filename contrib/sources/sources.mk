# SPDX-License-Identifier: GPL-3.0-or-later
# Recipes: batches from databases. contrib/packaging/packaging.mk installs them.
EXTRA_DIST += \
	contrib/sources/README.md \
	contrib/sources/check_query \
	contrib/sources/mysql.sql \
	contrib/sources/postgresql.sql \
	contrib/sources/sqlite.sql \
	tests/integration/test_sources
