import { isObject, type JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { createApi } from '../simulated/api.ts';
import { eachStream } from '../simulated/each-stream.ts';
import { runStream } from '../simulated/run.ts';
import { propertyNode } from '../stream-schema.ts';

export const intsExact = defineCheck({
  id: 'ints-exact',
  group: 'records',
  level: 'simulated',
  severity: 'error',
  doc: 'integers beyond 2^53 come out to the last digit',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run: usual }) {
      const schema = await stream.schema();
      if (schema === undefined || usual.records.length === 0 || !hasIntegers(schema.value)) return;
      const api = subject.shared('simulated: large integers', () =>
        createApi(subject, { volume: () => 1, hasLargeIntegers: true }),
      );
      const run = await runStream(subject, stream, api, { listens: false });
      const [record] = run.records;
      if (record === undefined) return;
      yield looked(stream.name);
      const raws = api.simulator.offered(stream.name).map(({ raw }) => raw);
      for (const name of Object.keys(record)) {
        const had = raws.map((raw) => raw[name]).filter((value) => typeof value === 'bigint');
        if (had.length === 0 || had.some((value) => String(value) === String(record[name]))) continue;
        const near = had.find((value) => isRounded(value, record[name]));
        if (near === undefined) continue;
        yield violation(
          propertyNode(schema, [name]) ?? stream.at.node,
          `"${name}" of stream "${stream.name}" is ${near} in the answer and ${toJsonText(record[name])} in the record: digits are lost.`,
          { stream: stream.name },
        );
      }
    }),
});

function hasIntegers({ properties }: JsonObject): boolean {
  return (
    isObject(properties) &&
    Object.values(properties).some((each) => isObject(each) && /integer/.test(String(each.type)))
  );
}

/** About the same number, and not the same. */
function isRounded(raw: unknown, emitted: unknown): boolean {
  if (typeof raw !== 'bigint' || emitted === undefined) return false;
  // As it is written in its message: a float of the template language is an object until then.
  const text = toJsonText(emitted).replaceAll('"', '');
  return text !== String(raw) && /^[\d.e+]+$/.test(text) && Math.abs(Number(text) - Number(raw)) <= 4096;
}
