import { pathsRead, readsUnseen } from '../../simulator/texts-in.ts';
import { childIn } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { eachStream, type Simulated } from '../simulated/each-stream.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';

export const recordsSome = defineCheck({
  id: 'records-some',
  group: 'records',
  level: 'simulated',
  severity: 'error',
  doc: 'a stream whose API has records emits some',
  run: (subject) =>
    eachStream(subject, function* (simulated) {
      yield looked(simulated.stream.name);
      if (simulated.run.records.length === 0) yield* whyNone(simulated);
    }),
});

function* whyNone({ stream, run, offered }: Simulated): Generator<CheckEvent> {
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
    if (pathsRead(filter?.node, ['config']).length > 0) {
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
