import type { Family } from '../../contract/families.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, isFilledIn, written } from '../visit.ts';

/** Fields that name a place of a request or of an answer, by the family of their component. */
const naming: Readonly<Partial<Record<Family, string>>> = {
  RequestOption: 'field_name',
  BackoffStrategy: 'header',
  IncrementalSync: 'cursor_field',
};

/** A parameter or header has a name: one without is sent to nobody, and found nowhere. */
export function* emptyNames(at: ComponentAt): Iterable<Diagnostic> {
  const field = naming[at.family];
  const node = field === undefined || isFilledIn(at) ? undefined : written(at, field);
  if (node?.kind !== 'scalar' || String(node.value).trim() !== '') return;
  yield warningAt(node, `"${field}" is empty, and there is no parameter, header or field without a name.`);
}
