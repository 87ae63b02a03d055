"""What pyairbyte.sh runs: PyAirbyte's cache must hold what reads of the executable give, before and after changes.

Usage: pyairbyte.py EXECUTABLE FOLDER
"""
import json
import os
import subprocess
import sys
from pathlib import Path

os.environ |= {"DO_NOT_TRACK": "1", "AIRBYTE_OFFLINE_MODE": "1"}
import airbyte as ab  # noqa: E402

executable, folder = (Path(argument).resolve() for argument in sys.argv[1:3])
config_path = folder / "config.json"
disagreements = []


def agree(what: str, found: object, expected: object) -> None:
    """Prints what was found, and remembers it when it is not as expected."""
    same = found == expected
    print(f"  {what}: {found}" + ("" if same else f", NOT {expected}"), flush=True)
    if not same:
        disagreements.append(what)


def helper(name: str, *arguments: Path) -> str:
    command = ["node", f"dist/test/container/{name}.js", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def read_directly() -> dict[str, dict[str, object]]:
    """Every record that a read without state gives: stream name -> primary key -> `updated_at`, if it has one."""
    discovered, catalog = folder / "discovered.jsonl", folder / "catalog.json"
    with discovered.open("w") as out:
        subprocess.run([executable, "discover", "--config", config_path], check=True, stdout=out)
    catalog.write_text(helper("configure-catalog", discovered))
    keys = {
        entry["stream"]["name"]: [path[0] for path in entry["primary_key"]]
        for entry in json.loads(catalog.read_text())["streams"]
    }
    command = [executable, "read", "--config", config_path, "--catalog", catalog]
    lines = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    records: dict[str, dict[str, object]] = {name: {} for name in keys}
    for message in map(json.loads, lines):
        if message["type"] == "RECORD":
            stream, data = message["record"]["stream"], message["record"]["data"]
            key = "/".join(str(data[field]) for field in keys[stream])
            records[stream][key] = data.get("updated_at")
    return records


def compare(cache: ab.caches.CacheBase, result: ab.ReadResult) -> None:
    for stream, expected in read_directly().items():
        rows = list(result.streams[stream])
        agree(f"{stream}, rows", len(rows), len(expected))
        versions = sorted(str(row["updated_at"]) for row in rows if row.get("updated_at") is not None)
        wanted = sorted(str(version) for version in expected.values() if version is not None)
        if versions != wanted:
            agree(f"{stream}, versions of rows", versions, wanted)


simulator = subprocess.Popen(
    ["node", "dist/test/intercom-api/serve.js", "--config", str(config_path)],
    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
)
try:
    print("A simulated Intercom listens on", simulator.stdout.readline().strip())
    config = json.loads(config_path.read_text())
    source = ab.get_source(
        "source-manifold", local_executable=executable, config=config, install_if_missing=False
    )
    source.check()
    print("check: passed")
    source.select_all_streams()
    print("discover:", ", ".join(source.get_selected_streams()))
    cache = ab.caches.DuckDBCache(db_path=folder / "cache.duckdb", cache_dir=folder)

    first = source.read(cache=cache)
    print(f"read: {first.processed_records} records; in the cache")
    compare(cache, first)

    simulator.stdin.write("live on\n")
    simulator.stdout.readline()
    second = source.read(cache=cache)
    print(f"second read, after changes: {second.processed_records} records; in the cache")
    compare(cache, second)
    agree("the second read is much smaller", second.processed_records < first.processed_records / 5, True)
finally:
    simulator.stdin.close()
    simulator.wait()
print(f"{len(disagreements)} disagreements" + "".join(f"\n  {what}" for what in disagreements))
sys.exit(1 if disagreements else 0)
