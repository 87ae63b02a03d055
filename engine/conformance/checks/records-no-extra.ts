import { isObject } from '../../util/json/json.ts';
import { isUnknownHook } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { smallApiFor } from '../simulated/api.ts';
import { eachStream } from '../simulated/each-stream.ts';

export const recordsNoExtra = defineCheck({
  id: 'records-no-extra',
  group: 'records',
  level: 'simulated',
  severity: 'warning',
  doc: 'no record has a column that the schema does not declare',
  run: (subject) =>
    eachStream(subject, async function* ({ stream, run }) {
      const schema = await stream.schema();
      if (!isObject(schema?.value.properties) || run.records.length === 0) return;
      const declared = schema.value.properties;
      // A hook that is not loaded may take out again what another transformation adds.
      if (stream.at.children.some((each) => each.field === 'transformations' && isUnknownHook(each))) return;
      yield looked(stream.name);
      const { simulator } = smallApiFor(subject, stream);
      // A record that is a whole answer has what the answer says of pages.
      if ((await simulator.model(stream.name))?.placing.isSingle === true) return;
      // What the API has is its own affair; what a transformation adds is the manifest's.
      const given = new Set(simulator.offered(stream.name).flatMap(({ raw }) => Object.keys(raw)));
      const names = run.records.flatMap((record) => Object.keys(record));
      const extra = new Set(names.filter((name) => !Object.hasOwn(declared, name) && !given.has(name)));
      if (extra.size === 0 || Object.keys(declared).length === 0) return;
      const listed = [...extra].map((name) => `"${name}"`).join(', ');
      yield violation(
        schema.node ?? stream.at.node,
        `Stream "${stream.name}" emits ${listed}, which its schema does not declare: a destination may leave ${extra.size === 1 ? 'it' : 'them'} out.`,
        { stream: stream.name },
      );
    }),
});
