# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034,SC2100 # its variables are for those who source it
# What the tests with real servers share; sourced at the top of the repository. Gives $work, a folder
# that goes away with the test, and ends all that it started.
set -euo pipefail

simulator=$PWD/contrib/simulator/smspartner-simulator
key=simulator-demo-key
work=$(mktemp -d)
chmod 755 "$work"
# Whoever runs the servers may not be let into the checkout.
plugin=$work/plugins/check_smspartner_status
install -D -m 755 plugin/check_smspartner_status "$plugin"
started=()

end_test() {
    local status=$? id
    for id in "${started[@]}"; do
        kill "$id" 2>/dev/null || true
    done
    for id in "${started[@]}"; do
        for _ in {1..50}; do
            kill -0 "$id" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$id" 2>/dev/null || true
    done
    if ((status != 0)) && [[ -n ${KEEP-} ]]; then
        echo "kept: $work" >&2
    else
        rm -rf "$work"
    fi
}
trap end_test EXIT
trap 'exit 143' TERM INT

# install_packages PACKAGE...: from Debian, without starting what they would start.
install_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    ((${#missing[@]} > 0)) || return 0
    local policy=/usr/sbin/policy-rc.d
    local own_policy=
    [[ -e $policy ]] || { printf '#!/bin/sh\nexit 101\n' >"$policy" && chmod 755 "$policy" && own_policy=yes; }
    apt-get update -q >"$work/apt.log" 2>&1 || true
    local result=0
    DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends -o DPkg::Lock::Timeout=300 \
        "${missing[@]}" >>"$work/apt.log" 2>&1 || result=$?
    [[ -z $own_policy ]] || rm -f "$policy"
    ((result == 0)) || { tail -n 30 "$work/apt.log"; return 1; }
}

# unpack_package PACKAGE FOLDER: Debian's own files, whatever this machine made of them.
unpack_package() {
    (
        cd "$work"
        download=(apt-get download -q -o APT::Sandbox::User=root "$1")
        "${download[@]}" >>apt.log 2>&1 || { apt-get update -q >>apt.log 2>&1 && "${download[@]}" >>apt.log 2>&1; } ||
            { tail -n 30 apt.log; exit 1; }
        dpkg-deb -x "$1"_*.deb "$2"
    )
}

# free_port: prints a port of loopback that nothing listens on.
free_port() {
    local port
    while port=$((20000 + RANDOM % 10000)) && (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        :
    done
    echo "$port"
}

# start NAME COMMAND...: in the background, its output in $work/NAME.log. Sets $started_id.
start() {
    local name=$1
    shift
    "$@" >"$work/$name.log" 2>&1 </dev/null &
    started_id=$!
    started+=("$started_id")
}

# start_simulator SCENARIO [OPTION...]: sets $url. Change the scenario by renaming a file over it.
start_simulator() {
    local scenario=$1
    shift
    rm -f "$work/simulator.log"
    start simulator "$simulator" --port 0 --key "$key" --scenario "$scenario" "$@"
    wait_until 'the simulator' 10 test -s "$work/simulator.log"
    url=$(head -n 1 "$work/simulator.log")
    # shellcheck disable=SC2034
    simulator_id=$started_id
}

# wait_until WHAT SECONDS COMMAND...: until the command succeeds.
wait_until() {
    local what=$1 end=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        ((SECONDS < end)) || { echo "waited in vain for $what" >&2; return 1; }
        sleep 0.3
    done
}

# messages ID SENT STATUS=N...: prints a scenario of N messages of each status, sent at SENT, the delivered
# ones 5 seconds on their way.
messages() {
    local id=$1 sent=$2 outcome status date n number=0
    shift 2
    for outcome in "$@"; do
        status=${outcome%=*}
        date=
        [[ $status != Delivered ]] || date=$((sent + 5))
        for ((n = 0; n < ${outcome##*=}; n++)); do
            printf '+3363998%04d,%s,%s,%s\n' $((number++)) "$id" "$status" "$date"
        done
    done
}

# batch_of SENT: makes a batch of the scenario on standard input.
batch_of() {
    cut -d , -f 1,2 | sed "s/\$/,$1/"
}

passed() {
    printf '  ok   %s\n' "$1"
    echo passed >>"${RESULTS:-/dev/null}"
}

failed() {
    printf '  FAIL %s\n' "$1"
    echo failed >>"${RESULTS:-/dev/null}"
    failures=$((${failures:-0} + 1))
}

# expect_equal WHAT EXPECTED FOUND
expect_equal() {
    if [[ $2 == "$3" ]]; then
        passed "$1"
    else
        failed "$1: expected '$2', found '$3'"
    fi
}

# expect_match WHAT REGEX FOUND
expect_match() {
    if [[ $3 =~ $2 ]]; then
        passed "$1"
    else
        failed "$1: expected to match '$2', found '$3'"
    fi
}

# expect_perfdata WHAT PERFDATA REGEX...: an item for each, in this order.
expect_perfdata() {
    local what=$1 found i=0 pattern
    read -ra found <<<"$2"
    shift 2
    expect_equal "$what: number of perfdata items" $# ${#found[@]}
    for pattern in "$@"; do
        expect_match "$what: perfdata ${pattern%%=*}" "^$pattern\$" "${found[i++]-}"
    done
}

# finish: the last line of a test.
finish() {
    ((${failures:-0} == 0))
}
