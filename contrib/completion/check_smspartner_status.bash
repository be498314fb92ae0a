# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# bash completion for check_smspartner_status. Made from the table of options by make generate.

# Each candidate is offered as what bash takes for the current word: it cuts behind = and :, and before @.
_check_smspartner_status_offer()
{
    local before=$1 candidate mark head cut=''
    for mark in = : @; do
        if [[ $COMP_WORDBREAKS == *$mark* && $2 == *$mark* ]]; then
            head=${2%"$mark"*}${mark#@}
            ((${#head} > ${#cut})) && cut=$head
        fi
    done
    while IFS= read -r candidate; do
        candidate=$before$candidate
        COMPREPLY+=("${candidate#"$cut"}")
    done
}

_check_smspartner_status_zones()
{
    echo UTC
    while read -r _ _ zone _; do
        case $zone in */*) echo "$zone" ;; esac
    done 2>/dev/null </usr/share/zoneinfo/zone.tab
}

_check_smspartner_status()
{
    local current='' option='' value before='' i glue='^[=:@]+$'
    COMPREPLY=()
    for ((i = 0; i <= COMP_CWORD; i++)); do
        if [[ $i -gt 1 && (${COMP_WORDS[i]} =~ $glue || ${COMP_WORDS[i - 1]} =~ $glue) ]]; then
            current+=${COMP_WORDS[i]}
        else
            option=$current current=${COMP_WORDS[i]}
        fi
    done
    value=$current
    if [[ $current == --*=* ]]; then
        option=${current%%=*} value=${current#*=} before=$option=
    fi
    local -a metrics=(
        delivered_ratio=
        failed_ratio=
        messages=
        delivered=
        undelivered=
        waiting=
        overdue=
        not_found=
        unknown=
        spam=
        stop=
        duplicates=
        invalid=
        requests=
        time=
        latency_p50=
        latency_p95=
        latency_max=
        oldest_waiting=
    )
    case $option in
    -b | --batch)
        _check_smspartner_status_offer "$before" "$current" < <(compgen -W '-' -- "$value")
        compopt -o filenames 2>/dev/null
        _check_smspartner_status_offer "$before" "$current" < <(compgen -f -- "$value")
        ;;
    --timezone)
        _check_smspartner_status_offer "$before" "$current" < <(compgen -W "$(_check_smspartner_status_zones)" -- "$value")
        ;;
    -k | --api-key-file)
        compopt -o filenames 2>/dev/null
        _check_smspartner_status_offer "$before" "$current" < <(compgen -f -- "$value")
        ;;
    -w | --warning)
        before+=${value%"${value##*,}"}
        compopt -o nospace 2>/dev/null
        _check_smspartner_status_offer "$before" "$current" < <(compgen -W "${metrics[*]}" -- "${value##*,}")
        ;;
    -c | --critical)
        before+=${value%"${value##*,}"}
        compopt -o nospace 2>/dev/null
        _check_smspartner_status_offer "$before" "$current" < <(compgen -W "${metrics[*]}" -- "${value##*,}")
        ;;
    --no-data)
        _check_smspartner_status_offer "$before" "$current" < <(compgen -W 'ok warning critical unknown' -- "$value")
        ;;
    --unreachable)
        _check_smspartner_status_offer "$before" "$current" < <(compgen -W 'ok warning critical unknown' -- "$value")
        ;;
    -t | --timeout)
        [[ $value == *:* ]] || return 0
        _check_smspartner_status_offer "$before${value%%:*}:" "$current" < <(compgen -W 'ok warning critical unknown' -- "${value#*:}")
        ;;
    -f | --format)
        _check_smspartner_status_offer "$before" "$current" < <(compgen -W 'json xml' -- "$value")
        ;;
    --ca-file)
        compopt -o filenames 2>/dev/null
        _check_smspartner_status_offer "$before" "$current" < <(compgen -f -- "$value")
        ;;
    -o | --output)
        _check_smspartner_status_offer "$before" "$current" < <(compgen -W 'text json' -- "$value")
        ;;
    --perfdata)
        _check_smspartner_status_offer "$before" "$current" < <(compgen -W 'all known none' -- "$value")
        ;;
    --extra-opts)
        [[ $value == *@* ]] || return 0
        compopt -o nospace 2>/dev/null # filenames would quote the @
        _check_smspartner_status_offer "$before${value%%@*}@" "$current" < <(compgen -f -- "${value#*@}")
        ;;
    -m | --message | --since | --last | --shard | --country-code | --api-key | -g | --grace | --min-sample | -u | --url | --connections | --retries | --rate-limit | --proxy | -l | --list) ;;
    *)
        [[ $current == -* ]] || return 0
        _check_smspartner_status_offer '' "$current" < <(compgen -W '-b --batch
            -m --message
            --since
            --last
            --shard
            --country-code
            --timezone
            --skip-invalid
            -k --api-key-file
            --api-key
            -w --warning
            -c --critical
            -g --grace
            --min-sample
            --no-data
            --unreachable
            -t --timeout
            -u --url
            -f --format
            --connections
            --retries
            --rate-limit
            --proxy
            --ca-file
            -4 --ipv4
            -6 --ipv6
            --allow-http
            -o --output
            --perfdata
            -l --list
            --show-numbers
            -v --verbose
            -V --version
            -h --help
            --extra-opts' -- "$current")
        ;;
    esac
}
complete -F _check_smspartner_status check_smspartner_status
