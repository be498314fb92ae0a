# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154 # lib.sh and the test give variables
# What the tests with Icinga 2 share; sourced behind lib.sh. Each node has a folder in $work; the test
# gives nodes, and master is the one that is asked. Needs $url, of the simulator.
declare -A port
password=$(openssl rand -hex 16)

# icinga NODE COMMAND...: becomes icinga2 with the folders of that node.
icinga() {
    local root=$work/$1 what=$2
    shift 2
    exec icinga2 "$what" "$@" -D ConfigDir="$root/etc" -D ZonesDir="$root/etc/zones.d" \
        -D DataDir="$root/data" -D CacheDir="$root/cache" -D LogDir="$root/log" \
        -D InitRunDir="$root/run" -D SpoolDir="$root/spool"
}

make_certificates() {
    local node folder
    (icinga master pki new-ca)
    for node in "${nodes[@]}"; do
        folder=$work/$node/data/certs
        (icinga master pki new-cert --cn "$node" --key "$folder/$node.key" --csr "$folder/$node.csr")
        (icinga master pki sign-csr --csr "$folder/$node.csr" --cert "$folder/$node.crt")
        cp "$work/master/data/ca/ca.crt" "$folder/ca.crt"
    done
}

# write_node NODE: what Debian's own files have, for folders of our own. The simulator's address comes as
# a variable of the application, so that the shipped files stay as they are.
write_node() {
    port[$1]=$(free_port)
    mkdir -p "$work/$1"/{etc/conf.d,etc/zones.d,data/certs,cache,log,run,spool}
    : >"$work/$1/etc/constants.conf"
    cat >"$work/$1/etc/icinga2.conf" <<END
const PluginDir = "$(dirname "$plugin")"
const NodeName = "$1"
const ZoneName = NodeName
include "constants.conf"
include "zones.conf"
include <itl>
include_recursive "conf.d"
object CheckerComponent "checker" { }
object IcingaApplication "app" { vars.smspartner_url = "$url" }
object ApiUser "test" {
  password = "$password"
  permissions = [ "*" ]
}
object ApiListener "api" {
  bind_host = "127.0.0.1"
  bind_port = ${port[$1]}
  accept_config = true
  accept_commands = true
}
END
}

# finish_nodes: certificates, the file with the key, owners.
finish_nodes() {
    printf '%s\n' "$key" >"$work/key"
    chown root:nagios "$work/key"
    chmod 640 "$work/key"
    chown -R nagios:nagios "${nodes[@]/#/$work/}"
    make_certificates >"$work/pki.log"
    chown -R nagios:nagios "${nodes[@]/#/$work/}"
}

start_node() {
    start "$1" icinga "$1" daemon -c "$work/$1/etc/icinga2.conf"
}

# api METHOD PATH [JSON]
api() {
    curl -sS -f --max-time 10 --cacert "$work/master/data/certs/ca.crt" -u "test:$password" \
        --resolve "master:${port[master]}:127.0.0.1" -H 'Accept: application/json' \
        -X "$1" ${3+-d "$3"} "https://master:${port[master]}/v1/$2"
}

# service NAME FILTER: what the master knows of HOST!SERVICE, through jq.
service() {
    api GET "objects/services/$1" | jq -r ".results[0].attrs | $2"
}

# evaluate SCRIPT: its value inside the master.
evaluate() {
    api POST console/execute-script "$(jq -n --arg command "$1" '{command: $command}')" |
        jq -r '.results[0].result'
}

was_checked_since() {
    [[ $(service "$1" ".last_check > $2") == true ]]
}

# check SERVICE...: each now, and their results.
check() {
    local before name
    before=$(date +%s.%N)
    for name in "$@"; do
        api POST actions/reschedule-check \
            "{\"type\": \"Service\", \"service\": \"$name\", \"force\": true}" >"$work/reschedule.json"
    done
    for name in "$@"; do
        wait_until "the check of $name" 20 was_checked_since "$name" "$before"
    done
}

output_of() {
    service "$1" .last_check_result.output
}

# Icinga keeps the blank before the performance data.
first_line() {
    output_of "$1" | sed -n '1s/ *$//p'
}

# parsed SERVICE LABEL: value, unit, warning, critical, min and max as Icinga reads them.
parsed() {
    evaluate "var found = null
for (item in get_service(\"${1%!*}\", \"${1#*!}\").last_check_result.performance_data) {
  var metric = parse_performance_data(item)
  if (metric.label == \"$2\") { found = [ metric.value, metric.unit, metric.warn, metric.crit, metric.min, metric.max ] }
}
found" | jq -r 'map(. // "" | tostring) | join(";")'
}

# states SERVICE...: 0 to 3 for each.
states() {
    local name
    for name in "$@"; do
        service "$name" .last_check_result.state
    done | paste -sd' '
}

# option_values: the custom variable of every option but the key, a blank, and a value; two where it
# repeats; flags are true.
option_values() {
    contrib/generate/generate options | while IFS=$'\t' read -r name letter argument kind _; do
        case $kind,$argument in
        secret,*) continue ;;
        repeats,-) value=2 ;;
        repeats,*) value="[\"$letter-one\", \"$letter-two\"]" ;;
        *,-) value=true ;;
        *) value="\"of $name\"" ;;
        esac
        printf 'smspartner_%s %s\n' "${name//-/_}" "$value"
    done
}

# option_arguments: what those lead to, a line each, in the table's order.
option_arguments() {
    contrib/generate/generate options | while IFS=$'\t' read -r name letter argument kind _; do
        case $kind,$name,$argument in
        secret,*) ;;
        repeats,*,-) printf -- '-%s%s\n' "$letter" "$letter" ;;
        repeats,*) printf -- '--%s %s-one\n--%s %s-two\n' "$name" "$letter" "$name" "$letter" ;;
        *,extra-opts,*) printf -- '--%s=of %s\n' "$name" "$name" ;;
        *,-) printf -- '--%s\n' "$name" ;;
        *) printf -- '--%s of %s\n' "$name" "$name" ;;
        esac
    done
}

# expect_every_option SERVICE: its command line, which Icinga sorts by names, has them all.
expect_every_option() {
    check "$1"
    expect_equal 'every option reaches the command line' "$(option_arguments | sort)" \
        "$(service "$1" '.last_check_result.command[1:] | join(" ")' | sed -E 's/ (-[-a-z])/\n\1/g' | sort)"
}
