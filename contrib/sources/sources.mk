# SPDX-License-Identifier: GPL-3.0-or-later
# Recipes: batches from databases.
sourcesdir = $(docdir)/sources
dist_sources_DATA = \
	contrib/sources/README.md \
	contrib/sources/mysql.sql \
	contrib/sources/postgresql.sql \
	contrib/sources/sqlite.sql
dist_sources_SCRIPTS = contrib/sources/check_query
EXTRA_DIST += tests/integration/test_sources
