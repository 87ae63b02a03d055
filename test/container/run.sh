#!/usr/bin/env bash
# Builds the image and runs it as a platform does, against a simulated Intercom on the loopback interface: files mounted
# read-only, stdout piped, killed in mid-sync and started again with the last state. Needs `npm ci` and docker, or other
# tools that are called as
#   $CONTAINER_BUILD CONTEXT TAG
#   $CONTAINER_RUN TAG [-v HOST:CONTAINER:ro]… [-e NAME=VALUE]… -- ARGUMENTS…      (on the network of this machine)
set -euo pipefail
cd "$(dirname "$0")/../.."
tag=${TAG:-manifold:test}
work=$(mktemp -d)
chmod 755 "$work"
helpers=dist/test/container
simulator=

finish() {
  if [ -n "$simulator" ]; then kill "$simulator" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT

say() { printf '%s\n' "$*"; }
fail() { say "FAILED: $*"; exit 1; }

build_image() {
  if [ -n "${CONTAINER_BUILD:-}" ]; then $CONTAINER_BUILD . "$tag"; else docker build --quiet --tag "$tag" .; fi
}

# run ARGUMENTS…: the image's entrypoint, with $work under /data.
run() {
  if [ -n "${CONTAINER_RUN:-}" ]; then
    $CONTAINER_RUN "$tag" -v "$work:/data/input:ro" -e LOG_LEVEL=info -- "$@"
  else
    docker run --rm --interactive --network host --name "manifold-$$" \
      --volume "$work:/data/input:ro" --env LOG_LEVEL=info "$tag" "$@"
  fi
}

# stop PID: SIGTERM to process 1 of the container. Where there is no docker, that is the last child of the tool that runs it.
stop() {
  if [ -z "${CONTAINER_RUN:-}" ]; then
    docker kill --signal TERM "manifold-$$" >/dev/null
    return
  fi
  local process=$1 child
  while child=$(pgrep -P "$process" | head -1) && [ -n "$child" ]; do process=$child; done
  kill -TERM "$process"
}

# ask COMMAND: the simulator does it before this returns.
ask() {
  printf '%s\n' "$1" >&"${SIMULATOR[1]}"
  read -r answer <&"${SIMULATOR[0]}"
  [ "$answer" = "done" ] || fail "the simulator answered $answer"
}

read_all() { run read --config /data/input/config.json --catalog /data/input/catalog.json "$@"; }
sum_up() { node $helpers/sum-up.js "$1"; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

npm run --silent build
grep -q "^ARG VERSION=$(node -p "require('./package.json').version")$" Dockerfile ||
  fail "the Dockerfile names another version than package.json"

build_image >"$work/build.log" 2>&1 || { cat "$work/build.log"; fail "the image was not built"; }
say "build: $tag"

run spec >"$work/spec.jsonl"
say "spec: $(node -p "Object.keys(JSON.parse(require('fs').readFileSync('$work/spec.jsonl', 'utf8')).spec.connectionSpecification.properties).join(', ')")"

coproc SIMULATOR { exec node dist/test/intercom-api/serve.js --config "$work/config.json" --contacts 2000; }
simulator=$SIMULATOR_PID
read -r url <&"${SIMULATOR[0]}"
chmod 644 "$work"/*.json

node $helpers/expect-inside.js >"$work/expected.json"
cp test/container/look-inside.mjs "$work"
run check --config /data/input/config.json --hooks /data/input/look-inside.mjs >"$work/check.jsonl" 2>"$work/inside.txt" ||
  { cat "$work/inside.txt" "$work/check.jsonl"; fail "the image is not as it should be"; }
grep "on top of" "$work/inside.txt" || fail "nobody looked inside the image"
say "inside: Node 24, no root, nothing writable, no build tools, every manifest, hook and schema"
grep -q '"status":"SUCCEEDED"' "$work/check.jsonl" || { cat "$work/check.jsonl"; fail "check"; }
say "check: succeeded"

run discover --config /data/input/config.json >"$work/discover.jsonl"
node $helpers/configure-catalog.js "$work/discover.jsonl" >"$work/catalog.json"
say "discover: $(node -p "JSON.parse(require('fs').readFileSync('$work/catalog.json', 'utf8')).streams.length") streams"

read_all | cat >"$work/first.jsonl"
say "read: $(sum_up "$work/first.jsonl")"

ask "live on"
node $helpers/last-state.js "$work/first.jsonl" >"$work/state.json"
read_all --state /data/input/state.json | cat >"$work/second.jsonl"
say "second read, after changes: $(sum_up "$work/second.jsonl")"
read_all | cat >"$work/whole.jsonl"
node $helpers/compare-reads.js --versions "$work/whole.jsonl" "$work/first.jsonl" "$work/second.jsonl" || fail "changes were lost"

ask "slow 200"
mkfifo "$work/pipe"
: >"$work/killed.jsonl"
cat "$work/pipe" >"$work/killed.jsonl" &
read_all >"$work/pipe" 2>"$work/killed.err" &
reader=$!
until [ "$(grep -c '"stream":"contacts"' "$work/killed.jsonl")" -ge 200 ]; do
  kill -0 "$reader" 2>/dev/null || fail "the read ended before it was killed"
  sleep 0.1
done
since=$(milliseconds)
stop "$reader"
code=0
wait "$reader" || code=$?
took=$(($(milliseconds) - since))
[ "$code" -eq 143 ] || { cat "$work/killed.err"; fail "a killed read ended with exit code $code"; }
[ "$took" -lt 5000 ] || fail "a killed read took $took ms to end"
say "read, killed by SIGTERM: exit code 143 after $took ms; $(sum_up "$work/killed.jsonl")"

ask "slow 0"
node $helpers/last-state.js "$work/killed.jsonl" >"$work/state.json"
read_all --state /data/input/state.json | cat >"$work/resumed.jsonl"
say "read again with the last state: $(sum_up "$work/resumed.jsonl")"
node $helpers/compare-reads.js "$work/whole.jsonl" "$work/killed.jsonl" "$work/resumed.jsonl" || fail "records were lost"
say "all is well"
