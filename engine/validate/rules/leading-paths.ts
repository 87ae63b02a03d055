import type { Diagnostic } from '../../error/diagnostic.ts';
import { fieldOf, type ManifestNode } from '../../manifest/node.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, isFilledIn, written } from '../visit.ts';

/** Fields that are the path of something. */
const paths = [
  ...['field_path', 'property_field_path', 'parent_path', 'expand_records_from_field'],
  ...['schema_pointer', 'key_pointer', 'primary_key'],
];

/** Fields that are a list of such paths. */
const pathLists = ['field_pointers', 'extra_fields'];

/** A path leads somewhere: no field has an empty name, and what is removed is named. */
export function* leadingPaths(at: ComponentAt): Iterable<Diagnostic> {
  if (at.isHook || at.component === undefined || isFilledIn(at)) return;
  const known = at.component.fields();
  const given = (field: string) => (Object.hasOwn(known, field) ? itemsOf(written(at, field)) : []);
  for (const field of paths) yield* emptySteps(field, given(field));
  for (const field of pathLists) for (const path of given(field)) yield* emptySteps(field, itemsOf(path));
  if (at.traits.adds !== undefined)
    for (const field of given('fields')) yield* emptySteps('path', itemsOf(fieldOf(field, 'path')));
  // With a condition the values decide, wherever they are.
  if (written(at, 'condition') !== undefined) return;
  for (const path of given('field_pointers'))
    if (path.kind === 'sequence' && path.items.length === 0)
      yield warningAt(path, 'This path is empty, so nothing is removed: name the field, or leave it out.');
}

function* emptySteps(field: string, steps: readonly ManifestNode[]): Iterable<Diagnostic> {
  for (const step of steps)
    if (step.kind === 'scalar' && step.value === '')
      yield warningAt(step, `This name in "${field}" is empty, and no field is without one.`);
}

function itemsOf(node: ManifestNode | undefined): readonly ManifestNode[] {
  return node?.kind === 'sequence' ? node.items : [];
}
