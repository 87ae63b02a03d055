import { fieldOf, type ManifestNode, type ScalarNode } from '../manifest/node.ts';
import { walk } from '../manifest/walk.ts';
import type { ReadPath } from '../simulator/read-paths.ts';
import { textsOf } from '../validate/texts.ts';
import { type ComponentAt, visit, written } from '../validate/visit.ts';
import { addedFields } from './added-fields.ts';
import { once } from './once.ts';
import { namedFields } from './request-fields.ts';
import { templatesIn } from './text-templates.ts';

/** What a template gives, with the name that stands beside it: a key, or a word before it, as in `since={{ … }}`. */
export interface LabelledValue {
  readonly label: string;
  /** What a filter compares by, where one stands beside the value or before it. */
  readonly operator: string | undefined;
  readonly reads: readonly ReadPath[];
  readonly node: ScalarNode;
  /** Where the template begins in the text. */
  readonly offset: number;
  /** The name or the operator is a part of the text, or of an object in it. */
  readonly isInText: boolean;
  readonly at: ComponentAt;
}

/** Fields whose keys are the names of an API. */
const keyed = [
  ...namedFields,
  ...['refresh_request_body', 'refresh_request_headers', 'fetch_properties_from_endpoint'],
];

/** All of them in requests and in fields that records are given, each as often as it is written. */
export function* labelledValues(source: ComponentAt): Generator<LabelledValue> {
  const isNew = once();
  for (const at of visit(source)) {
    if (at.isHook) continue;
    const keys = new Map<ManifestNode, Key>();
    if (at.family === 'Requester' || at.family === 'Authenticator')
      for (const field of keyed) for (const [node, key] of keysIn(written(at, field))) keys.set(node, key);
    if (at.family === 'RequestBody')
      for (const [node, key] of keysIn(written(at, 'value'))) keys.set(node, key);
    if (at.family === 'Stream')
      for (const { node, path } of addedFields(at))
        if (isNew(node)) yield* valuesIn(node, { name: path.at(-1) }, at);
    for (const { node } of textsOf(at)) if (isNew(node)) yield* valuesIn(node, keys.get(node) ?? {}, at);
  }
}

/** A name and what joins it with a value: `id=`, `"id": "`, `id:`. */
const nameBefore = /([A-Za-z_$][\w.$[\]-]*)["']?\s*[=:]\s*["']?$/;

/** An operator before a value: `created >= '`, `lastSeen:>`, `updated_at ge datetime'`, `less-than(created,`. */
const operatorsBefore = [
  /([<>]=?)\s*(?:datetime)?["']?$/,
  /\s(gte?|ge|lte?|le)\s+(?:datetime)?["']?$/i,
  /\b((?:greater|less)-(?:than|or-equal)|[gl]te?)\(\s*[\w.]+\s*,\s*["']?$/i,
];

/** An operator beside a value in one object: `{"operator": "gteq", "value": "`. */
const operatorBeside = /["']?(?:operator|op|comparison|comparator)["']?\s*[:=]\s*["']?([^"',}\s]+)[^{}]*$/i;

function* valuesIn(
  node: ScalarNode,
  { name: key, operator }: Key,
  at: ComponentAt,
): Generator<LabelledValue> {
  if (typeof node.value !== 'string') return;
  const templates = templatesIn(node.value);
  for (const { before, reads, start } of templates) {
    const name = nameBefore.exec(before)?.[1];
    const sign = operatorsBefore.map((each) => each.exec(before)?.[1]).find((each) => each !== undefined);
    const inText = sign ?? operatorBeside.exec(before)?.[1];
    const isKey = name === undefined && templates.length === 1 && before.trim() === '';
    const of = inText ?? (isKey ? operator : undefined);
    const label = name ?? (isKey ? key : undefined) ?? of;
    const isInText = name !== undefined || of !== undefined;
    if (label !== undefined) yield { label, operator: of, reads, node, offset: start, isInText, at };
  }
}

/** The name that a value stands under in a mapping, and the operator that stands beside it there. */
interface Key {
  readonly name?: string | undefined;
  readonly operator?: string | undefined;
}

function* keysIn(root: ManifestNode | undefined): Generator<readonly [ManifestNode, Key]> {
  for (const { node } of walk(root, ({ name }) => name === '$parameters')) {
    if (node.kind !== 'mapping') continue;
    const beside = ['operator', 'op', 'comparison', 'comparator'].map((field) => fieldOf(node, field));
    const operator = beside.find((each) => each?.kind === 'scalar');
    for (const [name, { value }] of node.entries)
      yield [value, { name, operator: operator?.kind === 'scalar' ? String(operator.value) : undefined }];
  }
}
