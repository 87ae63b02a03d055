import { urlJoin } from '../../util/url/url-reference.ts';
import { fieldOf, type ManifestNode, type MappingNode } from '../node.ts';
import { type Migration, UnmigratableError } from './migration.ts';
import { renameField } from './rename-field.ts';

/** `path` of a requester becomes part of its `url`. */
export const pathToUrl: Migration = {
  name: 'HttpRequesterPathToUrl',
  componentType: 'HttpRequester',
  apply(component) {
    const path = fieldOf(component, 'path');
    if (path === undefined) return undefined;
    const url = text(component, 'url');
    const relative = text(component, 'path').replace(/^\/+/, '');
    const joined = relative === '' ? url : urlJoin(url.endsWith('/') ? url : `${url}/`, relative);
    const value: ManifestNode = { kind: 'scalar', value: joined, place: path.place };
    return renameField(component, 'path', 'url', value);
  },
};

function text(component: MappingNode, name: string): string {
  const node = fieldOf(component, name);
  if (node?.kind === 'scalar' && typeof node.value === 'string') return node.value;
  throw new UnmigratableError(`"${name}" of an HttpRequester must be a text to be migrated.`);
}
