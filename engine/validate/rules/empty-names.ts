import type { Family } from '../../contract/families.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, isFilledIn, written } from '../visit.ts';

/** Fields that name a place of a request or of an answer, by the family of their component. */
const naming: Readonly<Partial<Record<Family, string>>> = {
  RequestOption: 'field_name',
  BackoffStrategy: 'header',
  IncrementalSync: 'cursor_field',
};

/** Fields that are a mapping of such names to values. */
const mappings = ['request_parameters', 'request_headers', 'request_body_data', 'request_body_json'];

/** A parameter or header has a name: one without is sent to nobody, and found nowhere. */
export function* emptyNames(at: ComponentAt): Iterable<Diagnostic> {
  if (isFilledIn(at)) return;
  const field = naming[at.family];
  const node = field === undefined ? undefined : written(at, field);
  if (node?.kind === 'scalar' && isEmpty(String(node.value)))
    yield warningAt(node, `"${field}" is empty, and there is no parameter, header or field without a name.`);
  if (at.family !== 'Requester' || at.isHook) return;
  for (const name of mappings) yield* emptyKeys(name, written(at, name));
  yield* emptyKeys('request_body', written(at, 'request_body', 'value'));
}

function* emptyKeys(field: string, given: ManifestNode | undefined): Iterable<Diagnostic> {
  if (given?.kind !== 'mapping') return;
  for (const [name, { key }] of given.entries)
    if (isEmpty(name))
      yield warningAt(
        key,
        `A name in "${field}" is empty, and there is no parameter, header or field without one.`,
      );
}

function isEmpty(name: string): boolean {
  return name.trim() === '';
}
