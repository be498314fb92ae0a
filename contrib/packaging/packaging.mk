# SPDX-License-Identifier: GPL-3.0-or-later
# Packages, and what they hold beside the program. Included from the top Makefile.am.
PACKAGING = \
	contrib/packaging/build-deb \
	contrib/packaging/build-rpm \
	contrib/packaging/reproducible \
	contrib/packaging/try-deb \
	contrib/packaging/try-install
EXTRA_DIST += $(PACKAGING) contrib/packaging/check_smspartner_status.spec contrib/packaging/debian

# The folders of contrib/ that are installed as examples, as far as they exist.
EXAMPLES = icinga2 nagios nrpe samples sources zabbix
examplesdir = $(docdir)/examples
list_examples = (cd $(srcdir)/contrib && for folder in $(EXAMPLES); do \
	test ! -d $$folder || find $$folder -type f ! -name '*.mk'; done)

INSTALL_LOCAL += install-examples
UNINSTALL_LOCAL += uninstall-examples
install-examples:
	@$(list_examples) | while read -r file; do \
		$(MKDIR_P) "$(DESTDIR)$(examplesdir)/$${file%/*}" || exit 1; \
		mode=644; test ! -x "$(srcdir)/contrib/$$file" || mode=755; \
		$(INSTALL) -m $$mode "$(srcdir)/contrib/$$file" "$(DESTDIR)$(examplesdir)/$$file" || exit 1; \
	done
uninstall-examples:
	@$(list_examples) | while read -r file; do rm -f "$(DESTDIR)$(examplesdir)/$$file"; done
	@find "$(DESTDIR)$(examplesdir)" -depth -type d -exec rmdir {} ';' 2>/dev/null || :
.PHONY: install-examples uninstall-examples
