import { pathsRead, readsUnseen } from '../../simulator/texts-in.ts';
import { childIn } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { configOf, smallApiWith } from '../simulated/api.ts';
import { eachStream, type Simulated } from '../simulated/each-stream.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { runStream } from '../simulated/run.ts';
import type { Subject } from '../subject.ts';

export const recordsSome = defineCheck({
  id: 'records-some',
  group: 'records',
  level: 'simulated',
  severity: 'error',
  doc: 'a stream whose API has records emits some',
  run: (subject) =>
    eachStream(subject, async function* (simulated) {
      yield looked(simulated.stream.name);
      if (simulated.run.records.length === 0) yield* whyNone(simulated);
      else yield* noneByDefault(subject, simulated);
    }),
});

/** What the filter of a stream reads at the top of the config. */
function configured({ stream }: Simulated): readonly string[] {
  const read = pathsRead(partsOf(stream).filter?.node, ['config']);
  return [...new Set(read.flatMap(({ path }) => (typeof path[0] === 'string' ? path[0] : [])))];
}

/** Whoever may leave a list in the config out, or leaves it empty, wants all records and not none. */
async function* noneByDefault(subject: Subject, simulated: Simulated): AsyncGenerator<CheckEvent> {
  const { stream } = simulated;
  const whole = configOf(subject);
  const lists = configured(simulated).filter(
    (name) => Array.isArray(whole[name]) && subject.config[name] === undefined,
  );
  if (lists.length === 0) return;
  const config = Object.fromEntries(Object.entries(whole).filter(([name]) => !lists.includes(name)));
  const run = await runStream(subject, stream, smallApiWith(subject, config), { config });
  const drop = run.decisions.find(({ kind, stream: name }) => kind === 'record.drop' && name === stream.name);
  if (run.records.length > 0 || run.errors.length > 0 || drop === undefined) return;
  const names = lists.map((name) => `"${name}"`).join(' and ');
  yield violation(
    fieldIn(partsOf(stream).filter, 'condition'),
    `Without ${names}, which the config may leave out, every record of stream "${stream.name}" is left out: is an empty list to let all pass?`,
    { stream: stream.name, severity: 'warning' },
  );
}

function* whyNone(simulated: Simulated): Generator<CheckEvent> {
  const { stream, run, offered } = simulated;
  const { retriever, filter, extractor, router } = partsOf(stream);
  const { name } = stream;
  // That it fails is told by its status.
  if (run.errors.length > 0) return;
  if (retriever?.isHook === true || extractor?.isHook === true) {
    yield notRun('its code is a hook, which may look for more than what was made up', name);
    return;
  }
  const drop = run.decisions.find((each) => each.kind === 'record.drop' && each.stream === name);
  if (drop !== undefined) {
    if (readsUnseen(filter?.node)) {
      yield notRun('its filter reads fields by names that are only known when it runs', name);
      return;
    }
    if (configured(simulated).length > 0) {
      yield notRun('its filter compares records with the config that it is tried with', name);
      return;
    }
    const place = drop.place;
    yield violation(
      place === undefined ? fieldIn(filter, 'condition') : { place },
      `Every record of stream "${name}" is left out: no value of the fields that the filter reads was found with which it keeps one.`,
      { stream: name },
    );
    return;
  }
  if (offered === 0 && router !== undefined) {
    if (router.traits.listsPartitions === true) {
      yield notRun('the list of its partitions is empty in the config that it is tried with', name);
      return;
    }
    const other = run.decisions.find(({ kind }) => kind === 'record.drop');
    if (other !== undefined) {
      yield notRun(`every record of its parent "${other.stream}" is left out by a filter`, name);
      return;
    }
    const parent = childIn(router, 'parent_stream_configs');
    yield violation(
      fieldIn(parent ?? router, 'parent_key', 'values'),
      `Stream "${name}" has no partition: no record of its parent has the value that "parent_key" names.`,
      { stream: name },
    );
    return;
  }
  yield violation(
    fieldIn(extractor, 'field_path'),
    `Stream "${name}" emits none of the ${offered} records of its API.`,
    {
      stream: name,
    },
  );
}
