import type { Diagnostic } from '../../error/diagnostic.ts';
import { warningAt } from '../../manifest/node-diagnostic.ts';
import { type ComponentAt, isFilledIn, written } from '../visit.ts';

/** Lists of HTTP statuses, in whichever component they stand. */
const statusLists = [
  'http_codes',
  'status_codes_for_ratelimit_hit',
  'refresh_token_error_status_codes',
  'unavailable_status_codes',
  'exhaustion_status_codes',
];

/** The least that a number can sensibly be, and what a smaller one does. */
const least: Readonly<Record<string, readonly [number, string]>> = {
  max_retries: [0, 'so a request is never repeated, as with 0'],
  factor: [0, 'and there is no waiting for less than no time'],
  token_duration: [1, 'so the token is over as soon as it is made'],
  property_limit: [1, 'and nothing fits into so little'],
  default_concurrency: [1, 'so slices are read one after the other, as with 1'],
  max_concurrency: [1, 'so slices are read one after the other, as with 1'],
};

/** A number stands for something that there can be: a status is one of HTTP, and nothing happens less than never. */
export function* possibleNumbers(at: ComponentAt): Iterable<Diagnostic> {
  if (at.isHook || at.component === undefined || isFilledIn(at)) return;
  const known = at.component.fields();
  for (const field of statusLists) {
    const list = Object.hasOwn(known, field) ? written(at, field) : undefined;
    for (const node of list?.kind === 'sequence' ? list.items : []) {
      const status = node.kind === 'scalar' ? Number(node.value) : 100;
      if (status >= 100 && status <= 599) continue;
      yield warningAt(node, `No response has the status ${status}: those of HTTP are 100 to 599.`);
    }
  }
  for (const [field, [limit, effect]] of Object.entries(least)) {
    const node = Object.hasOwn(known, field) ? written(at, field) : undefined;
    // An empty text is none; what a template gives nobody knows.
    if (node?.kind !== 'scalar' || node.value === '' || !(Number(node.value) < limit)) continue;
    yield warningAt(node, `"${field}" is below ${limit}, ${effect}.`);
  }
}
