import { readPaths } from '../simulator/read-paths.ts';
import { type ComponentAt, childIn, textIn } from '../validate/visit.ts';

/** What asks for the pages of a stream; undefined where its retriever asks otherwise, as for the result of a job. */
export function requesterOf(stream: ComponentAt | undefined): ComponentAt | undefined {
  return childIn(childIn(stream, 'retriever'), 'requester');
}

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
