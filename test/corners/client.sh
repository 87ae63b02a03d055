#!/usr/bin/env bash
# client.sh PORT ARGUMENTS: lets a host (host.ts) run a protocol command, as if it were run here.
port=$1
shift
EXIT_CODE_FILE=$DIFF_WAIT_LOG.code
exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
printf '%s\0' "$#" "$@" "$HTTP_PROXY" "$DIFF_CLOCK" "$DIFF_FROZEN_TIME" "$DIFF_WAIT_LOG" "$EXIT_CODE_FILE" >&3
cat <&3
exit "$(<"$EXIT_CODE_FILE")"
