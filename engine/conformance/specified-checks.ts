import type { Check } from './check.ts';
import { catalog } from './checks/catalog.ts';
import { specRefs } from './checks/spec-refs.ts';

/** All checks, in the order in which they run and are listed. */
export const specifiedChecks: readonly Check[] = Object.freeze([
  // The spec.
  specRefs,
  // The catalog.
  catalog,
]);
