#!/usr/bin/env bash
# Runs PyAirbyte, a real client, against our executable on a simulated Intercom: check, discover, a read into its local
# DuckDB cache, and an incremental second read after the workspace changed. Needs `npm ci`, Python 3.10 to 3.12 (PYTHON
# names another than python3) and PyPI: `airbyte` is installed into a virtual environment in a temporary folder, or is
# taken from the one that VENV names.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

venv=${VENV:-$work/venv}
if [ ! -x "$venv/bin/python" ]; then
  "${PYTHON:-python3}" -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check airbyte==0.71.3
fi

npm run --silent build
printf '#!/bin/sh\nexec node %s/dist/bin/manifold.js "$@"\n' "$PWD" >"$work/source-manifold"
chmod +x "$work/source-manifold"
"$venv/bin/python" -W ignore test/clients/pyairbyte.py "$work/source-manifold" "$work"
