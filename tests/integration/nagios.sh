# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# A Nagios Core in $work with the configuration that Debian ships, for scripts that have sourced lib.sh.
: "${work:?lib.sh comes first}"

nagios=$work/nagios
nagios_config=$nagios/etc/nagios4/nagios.cfg
monitored_host=localhost

# install_nagios: the server, and Debian's configuration moved to $nagios, with the shipped definitions.
# Checks run when they are forced, nobody is notified, and what is recorded shows up within seconds.
install_nagios() {
    install_packages nagios4-core
    unpack_package nagios4-common "$nagios"
    sed -i -E "s#=/(etc/nagios4|var)/#=$nagios/\1/#" "$nagios_config"
    mkdir -p "$nagios/var/run/nagios4" "$nagios/tmp" "$nagios/plugins"
    cat >>"$nagios_config" <<END
temp_path=$nagios/tmp
query_socket=$nagios/var/lib/nagios4/rw/nagios.qh
use_syslog=0
check_for_updates=0
enable_notifications=0
execute_service_checks=0
execute_host_checks=0
check_result_reaper_frequency=1
status_update_interval=1
process_performance_data=1
service_perfdata_file=$nagios/var/lib/nagios4/service-perfdata
service_perfdata_file_template=\$SERVICEDESC\$\t\$SERVICEPERFDATA\$
END
    install -m 755 "$plugin" "$nagios/plugins"
    install -m 640 -g nagios /dev/stdin "$nagios/smspartner.key" <<<"$key"
    cat >>"$nagios/etc/nagios4/resource.cfg" <<END
\$USER1\$=$nagios/plugins
\$USER20\$=$nagios/smspartner.key
END
    cp contrib/nagios/*.cfg "$nagios/etc/nagios4/conf.d"
    chown -R nagios: "$nagios/var" "$nagios/tmp"
    chgrp nagios "$nagios/etc/nagios4/resource.cfg"
}

# start_nagios: with as little environment as from systemd.
start_nagios() {
    start nagios env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin nagios4 "$nagios_config"
    wait_until 'Nagios' 20 test -p "$nagios/var/lib/nagios4/rw/nagios.cmd" -a -s "$nagios/var/lib/nagios4/status.dat"
}

# nagios_command COMMAND: an external command.
nagios_command() {
    printf '[%s] %s\n' "$(date +%s)" "$1" | timeout 10 tee "$nagios/var/lib/nagios4/rw/nagios.cmd" >/dev/null
}

# recorded SERVICE FIELD: what Nagios' status file says.
recorded() {
    awk -v service="service_description=$1" -v field="$2=" '
        { sub(/^\t/, "") }
        $0 == "servicestatus {" { inside = 1 }
        $0 == "}" { inside = found = 0 }
        inside && $0 == service { found = 1 }
        found && index($0, field) == 1 { print substr($0, length(field) + 1); exit }
    ' "$nagios/var/lib/nagios4/status.dat"
}

# set_variable SERVICE NAME VALUE: a custom variable, which a user would write into the service.
set_variable() {
    nagios_command "CHANGE_CUSTOM_SVC_VAR;$monitored_host;$1;$2;$3"
    wait_until "$2 of $1" 10 is_recorded "$1" "_$2" "1;$3"
}

is_recorded() {
    [[ $(recorded "$1" "$2") == "$3" ]]
}

# force_check SERVICE: checks at once, and waits until the result is recorded.
force_check() {
    local before
    before=$(recorded "$1" last_check)
    ((before < $(date +%s))) || sleep 1
    nagios_command "SCHEDULE_FORCED_SVC_CHECK;$monitored_host;$1;$(date +%s)"
    wait_until "a check of $1" 20 was_checked "$1" "$before"
}

was_checked() {
    (($(recorded "$1" last_check) > $2))
}
