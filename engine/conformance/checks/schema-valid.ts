import { nodeAt } from '../../manifest/node-at.ts';
import { draft07 } from '../../util/schema/draft-07.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { eachSchema } from '../each-schema.ts';
import { violation } from '../events.ts';
import { recalled } from '../recalled.ts';
import type { SchemaAt, StreamAt } from '../subject.ts';

export const schemaValid = defineCheck({
  id: 'schema-valid',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  saysMoreThan: ['json-schemas', 'schema-types'],
  doc: 'the schema of each stream is a JSON schema of draft 7',
  run: (subject) =>
    eachSchema(subject, (schema, stream) =>
      recalled(subject, stream.name, async function* () {
        yield* invalid(schema, stream);
      }),
    ),
});

function* invalid({ value, node }: SchemaAt, { name, at: stream }: StreamAt): Generator<CheckEvent> {
  for (const { path, message } of validateAgainstSchema(value, draft07)) {
    const at = path.length === 0 ? '' : ` at "${path.join('.')}"`;
    const [said, severity] =
      path.at(-1) === 'type' ? aboutType(valueAt(value, path)) : [`${message}.`, 'error' as const];
    yield violation(
      node ? nodeAt(node, path) : stream.node,
      `The schema of stream "${name}" is no JSON schema${at}: it ${said}`,
      { stream: name, severity },
    );
  }
}

const types = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'];

function aboutType(type: unknown): [string, 'error' | 'warning'] {
  const names = (Array.isArray(type) ? type : [type]).map(String);
  const odd = names.find((name) => !types.includes(name));
  // It means what it would mean without the repetition.
  if (odd === undefined)
    return [`lists "${names.find((name, index) => names.indexOf(name) !== index)}" twice.`, 'warning'];
  const longer = types.find((each) => odd !== '' && each.startsWith(odd));
  const meant = longer === undefined ? didYouMean(odd, types) : ` Did you mean "${longer}"?`;
  return [`has the type "${odd}", which is none.${meant}`, 'error'];
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value;
  for (const step of path) at = (at as Readonly<Record<string | number, unknown>> | undefined)?.[step];
  return at;
}
