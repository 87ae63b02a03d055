import type { Scope } from '../contract/scope.ts';
import { type ComponentAt, childIn } from '../validate/visit.ts';
import { segmentsOf } from './place-records.ts';
import type { ValueRead } from './read-paths.ts';

/** Where a record says which file belongs to it. */
export interface FileTarget extends ValueRead {
  readonly name: string;
}

/** What the file uploader of a stream reads of its records; undefined where there is none, or nobody can tell. */
export function fileTarget(stream: ComponentAt | undefined, scope: Scope): FileTarget | undefined {
  const extractor = childIn(childIn(stream, 'file_uploader'), 'download_target_extractor');
  if (extractor?.traits.looksAtPath !== true) return undefined;
  const path = segmentsOf(extractor, 'field_path', scope);
  const index = path.findIndex((segment) => typeof segment === 'number' || segment === '*');
  const [above, below] = index === -1 ? [path, undefined] : [path.slice(0, index), path.slice(index + 1)];
  if (above.length === 0) return undefined;
  return {
    name: String((below ?? path).at(-1) ?? above.at(-1)),
    path: above,
    ...(below !== undefined && below.length > 0 && { items: [below] }),
  };
}
