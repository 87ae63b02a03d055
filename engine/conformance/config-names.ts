import { schemasIn } from './schema-walk.ts';
import type { SpecAt } from './subject.ts';

/** The names of all properties that a spec asks for, however deep. */
export function configNames(spec: SpecAt | undefined): readonly string[] {
  return [...schemasIn(spec?.node)].flatMap(({ path }) =>
    path.slice(-1).filter((name) => name !== '[]' && name !== '*'),
  );
}
