import { readPaths } from '../simulator/read-paths.ts';
import { type ComponentAt, textIn } from '../validate/visit.ts';

/** The path that a requester asks for as it is written, or its whole address; '' where it has neither. */
export function askedPath(requester: ComponentAt | undefined): string {
  return textIn(requester, 'path') ?? textIn(requester, 'url') ?? '';
}

/** Whether a path has a word before the value of a partition, which says what that is one of: `surveys/{{ … }}`. */
export function hasWordBefore(path: string, partitionField: string): boolean {
  return [...path.matchAll(/[\w-]\/(\{\{[^}]*\}\})/g)].some(([, template = '']) =>
    readPaths(template).some((read) => read.path.at(-1) === partitionField),
  );
}
