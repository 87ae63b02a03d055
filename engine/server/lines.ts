import type { OperationName } from './perform.ts';
import { createPlaces, type Places, type PlacesOptions } from './places.ts';

/** In which line a request waits for its place. */
type Line = 'local' | 'check' | 'read';

/** Where the request stands, by its operation and the text of its body. */
export type ChoosePlaces = (name: OperationName, body: string) => Places;

/**
 * A line for each kind of request, with places of its own, so that an API that is silent holds up those alone that ask for
 * the same: what needs no API is answered at once behind any number of test reads, and a check waits behind checks.
 */
export function createLines(options: PlacesOptions): ChoosePlaces {
  const share = (of: number) => Math.max(1, Math.ceil(options.concurrency / of));
  const lines: Readonly<Record<Line, Places>> = {
    local: createPlaces({ ...options, concurrency: share(4) }),
    check: createPlaces({ ...options, concurrency: share(2) }),
    read: createPlaces(options),
  };
  return (name, body) => lines[lineOf(name, body)];
}

function lineOf(name: OperationName, body: string): Line {
  if (name === 'check') return 'check';
  if (name === 'resolve') return 'local';
  // Of the components that a full resolution looks at, this one asks an API.
  return name === 'fullResolve' && !body.includes('HttpComponentsResolver') ? 'local' : 'read';
}
