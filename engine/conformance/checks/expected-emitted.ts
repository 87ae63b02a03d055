import { isObject, type JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { knownRecords } from '../simulated/api.ts';
import { eachStream, type Simulated } from '../simulated/each-stream.ts';
import { identityOf } from '../simulated/run.ts';
import type { Subject } from '../subject.ts';
import { shown } from '../subset.ts';

export const expectedEmitted = defineCheck({
  id: 'expected-emitted',
  group: 'records',
  level: 'simulated',
  severity: 'warning',
  doc: "from an API that has the records of the folder's `expected_records.jsonl`, these records come out, with the values that are expected",
  run: (subject) => eachStream(subject, (simulated) => compare(subject, simulated)),
});

function* compare(subject: Subject, { stream, run }: Simulated): Generator<CheckEvent> {
  const { name, definition, at } = stream;
  const known = knownRecords(subject, name);
  // Which partition a listed record belongs to is not said, so those of partitions are not the listed ones.
  const isSplit = run.asked.some(
    ({ about }) => about.stream === name && Object.keys(about.slice.partition).length > 0,
  );
  if (known.length === 0 || isSplit || !run.isComplete || (definition?.primaryKey ?? []).length === 0) return;
  const identity = identityOf(stream);
  const emitted = new Map(run.records.map((record) => [identity(record), record]));
  const ignored = new Set([
    ...(subject.acceptance?.ignoredFields.get(name) ?? []),
    // When a record changed follows the windows of the run, and what is added may follow anything.
    ...(definition?.cursorField === undefined ? [] : [definition.cursorField.split('.')[0]]),
    ...at.children.flatMap(({ traits }) => (traits.adds ?? []).flatMap(({ path }) => path.slice(0, 1))),
  ]);
  for (const expected of known) {
    yield looked(name);
    const record = emitted.get(identity(expected));
    const field =
      record && Object.keys(expected).find((each) => !ignored.has(each) && !isSame(expected, record, each));
    if (record !== undefined && field === undefined) continue;
    const place = subject.acceptance?.expectedRecords.find(
      ({ stream: of, data }) => of === name && data === expected,
    )?.place;
    yield violation(
      place && { place },
      record === undefined
        ? `A record that is expected of "${name}" does not come out of an API that has it.`
        : `"${field}" of a record of "${name}" is expected as ${shown(expected[field ?? ''])}, and comes out as ${shown(record[field ?? ''])} of an API that has it.`,
      { stream: name, also: [at.node.place] },
    );
    return;
  }
}

function isSame(expected: JsonObject, record: JsonObject, field: string): boolean {
  const [a, b] = [expected[field], record[field]];
  // Fields that are null here and missing there are both without a value.
  if (isEmpty(a) && isEmpty(b)) return true;
  return toJsonText(a) === toJsonText(b) || (isObject(a) && isObject(b) && isWithin(a, b));
}

function isWithin(expected: JsonObject, record: JsonObject): boolean {
  return Object.keys(expected).every((field) => isSame(expected, record, field));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null;
}
