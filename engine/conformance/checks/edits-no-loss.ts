import { seededRandom } from '../../simulator/seeded-random.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { defineCheck, type Severity } from '../check.ts';
import { looked, violation } from '../events.ts';
import { type Alike, eachUnlike } from '../simulated/alike.ts';
import { createApi } from '../simulated/api.ts';
import { pagesOf } from '../simulated/each-pager.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { identityOf, runStream, valueAt } from '../simulated/run.ts';
import type { StreamAt, Subject } from '../subject.ts';

const day = 86_400_000;

export const editsNoLoss = defineCheck({
  id: 'edits-no-loss',
  group: 'incremental',
  level: 'simulated',
  severity: 'warning',
  doc: 'what is created or updated while a sync reads is emitted by it or by the next one',
  run: (subject) =>
    eachUnlike(subject, whatReads, async function* ({ stream }) {
      const { incremental, strategy } = partsOf(stream);
      yield looked(stream.name);
      const lost = await lostOf(subject, stream);
      if (lost.length === 0) return;
      const { counts } = strategy?.traits ?? {};
      const isCounted = counts === 'pages' || counts === 'records';
      // Records that go from a page before move those of the next one up: no manifest can help it, and whoever reads may know.
      const severity: Severity = isCounted ? 'note' : 'warning';
      yield violation(
        fieldIn(incremental, 'cursor_field'),
        `Of the records of stream "${stream.name}" that were created or updated while it was read, ${lost.length} ${lost.length === 1 ? 'is' : 'are'} in neither this sync nor the next, such as ${lost[0]}.`,
        { stream: stream.name, severity },
      );
    }),
});

const whatReads: Alike = (glimpse) => {
  const { stream, records, isComplete, paging } = glimpse;
  const { incremental, router } = partsOf(stream);
  // Of partitions only their parents know; a hook may know of changes what no API of this kind says.
  if (incremental?.traits.compares !== 'datetimes' || router !== undefined) return undefined;
  if (stream.definition?.primaryKey === undefined) return undefined;
  if (records === 0 || !isComplete || paging !== undefined) return undefined;
  return [...(pagesOf(glimpse) ?? []), toJsonText(stream.definition.primaryKey)];
};

/** Keys of what there is in the end and was not emitted as it is. */
async function lostOf(subject: Subject, stream: StreamAt): Promise<readonly string[]> {
  const api = createApi(subject, {
    volume: (name, isPartition, size) =>
      name === stream.name ? Math.min(6 * (size ?? 4), 60) : isPartition ? 2 : 6,
    isDense: (name) => name === stream.name,
  });
  const random = seededRandom(11);
  let edits = 0;
  const first = await runStream(subject, stream, api, {
    listens: false,
    interfere: async (_request, { stream: asked }, answer) => {
      const given = await answer();
      if (asked === stream.name && edits < mostEdits) {
        api.simulator.edit(random);
        edits += 1;
      }
      return given;
    },
  });
  const { state } = first.states.at(-1) ?? {};
  if (!first.isComplete || state === undefined) return [];
  const next = await runStream(subject, stream, api, { state, listens: false, now: subject.now + day });
  if (!next.isComplete) return [];
  const version = versionOf(stream);
  const seen = new Set([...first.records, ...next.records].map(version));
  const lost: string[] = [];
  const model = await api.simulator.model(stream.name);
  // A config may name the end of all reading.
  const ends = next.asked.flatMap(({ about }) => model?.cursor?.windowOf(about.slice).end ?? []);
  for (const { answered, inRequest = 0 } of api.simulator.current(stream.name)) {
    if (!ends.some((end) => inRequest <= end)) continue;
    const emitted = await model?.emitted(answered, undefined).catch(() => undefined);
    // What only a slice gives a record says nothing of when it has changed.
    if (emitted === undefined || !hasCursor(stream, emitted)) continue;
    if (!seen.has(version(emitted))) lost.push(version(emitted));
  }
  return lost;
}

const mostEdits = 12;

/** A record with what its cursor says of it. */
function versionOf(stream: StreamAt): (record: JsonObject) => string {
  const identity = identityOf(stream);
  return (record) => `${identity(record)} of ${cursorOf(stream, record)}`;
}

function hasCursor(stream: StreamAt, record: JsonObject): boolean {
  return cursorOf(stream, record) !== '';
}

function cursorOf({ definition }: StreamAt, record: JsonObject): string {
  const field = definition?.cursorField;
  return String(valueAt(record, field === undefined ? [] : [field].flat()) ?? '');
}
