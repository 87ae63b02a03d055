import { fieldOf, type ManifestNode, type ScalarNode } from '../../manifest/node.ts';
import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { oppositeAsked } from '../named-states.ts';
import { once } from '../once.ts';
import { questionFields } from '../request-fields.ts';
import { schemaNode } from '../stream-schema.ts';
import { plainName, wordsOf } from '../words.ts';

export const askedStates = defineCheck({
  id: 'asked-states',
  group: 'requests',
  level: 'static',
  severity: 'warning',
  doc: 'a request asks for what its stream is named after, such as past appointments, not for the opposite, and leaves out no field that the schema has',
  async *run({ source, readNode }) {
    const isNew = once();
    for (const at of visit(source)) {
      if (at.family !== 'Requester' || at.isHook) continue;
      const stream = ancestorOf(at, 'Stream');
      const name = textIn(stream, 'name');
      if (stream === undefined || name === undefined) continue;
      for (const { label, node } of sentIn(at)) {
        if (!isNew(node)) continue;
        yield looked(name);
        const said = oppositeAsked(label, node.value, name);
        if (said !== undefined)
          yield violation(node, `This asks for what is ${said}, and the stream is called "${name}".`, {
            stream: name,
          });
        const left = isOff(node.value) ? includedBy(label) : undefined;
        const schema = left === undefined ? undefined : await schemaNode(stream, name, readNode);
        const properties = schema && fieldOf(schema, 'properties');
        const field =
          properties?.kind === 'mapping'
            ? [...properties.entries.keys()].find((each) => plainName(each) === left)
            : undefined;
        if (field !== undefined)
          yield violation(
            node,
            `"${label}" is off, and the schema of stream "${name}" has "${field}", which records come without then.`,
            { stream: name },
          );
      }
    }
  },
});

interface Sent {
  readonly label: string;
  readonly node: ScalarNode;
}

/** What a requester sends word for word, with the names of it. */
function* sentIn(at: ComponentAt): Generator<Sent> {
  for (const field of questionFields) yield* constantsIn(written(at, field), '');
}

function* constantsIn(node: ManifestNode | undefined, label: string): Generator<Sent> {
  if (node?.kind === 'mapping') for (const [key, { value }] of node.entries) yield* constantsIn(value, key);
  // Of several, each is asked for.
  if (node?.kind === 'scalar' && label !== '' && !String(node.value).includes('{{')) yield { label, node };
}

function isOff(value: unknown): boolean {
  return /^(?:false|0|no)$/i.test(String(value));
}

/** "suppliers" of `include_suppliers`. */
function includedBy(label: string): string | undefined {
  const [verb, ...rest] = wordsOf(label);
  return /^(?:include|with|show|expand|fetch|return)s?$/.test(verb ?? '') && rest.length > 0
    ? rest.join('')
    : undefined;
}
