import type { Family } from '../../contract/families.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import type { ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, isFilledIn, written } from '../visit.ts';

/** Fields that name a place of a request, of an answer or of a slice, by the family of their component. */
const naming: Readonly<Partial<Record<Family, readonly string[]>>> = {
  RequestOption: ['field_name'],
  BackoffStrategy: ['header'],
  IncrementalSync: ['cursor_field'],
  PartitionRouter: ['cursor_field'],
  ParentStreamConfig: ['parent_key', 'partition_field'],
};

/** Fields that are a mapping of such names to values. */
const mappings: Readonly<Partial<Record<Family, readonly string[]>>> = {
  Requester: ['request_parameters', 'request_headers', 'request_body_data', 'request_body_json'],
  RequestBody: ['value'],
  Authenticator: ['refresh_request_headers', 'refresh_request_body'],
};

/** A parameter, a header or a field has a name: one without is sent to nobody, and found nowhere. */
export function* emptyNames(at: ComponentAt): Iterable<Diagnostic> {
  if (isFilledIn(at)) return;
  for (const field of naming[at.family] ?? []) {
    const node = written(at, field);
    if (node?.kind === 'scalar' && isEmpty(String(node.value)))
      yield warningAt(
        node,
        `"${field}" is empty, and there is no parameter, header or field without a name.`,
      );
  }
  if (at.isHook) return;
  for (const field of mappings[at.family] ?? []) yield* emptyKeys(field, written(at, field));
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
