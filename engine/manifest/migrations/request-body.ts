import { fieldOf, type ManifestNode, type MappingEntry, type MappingNode } from '../node.ts';
import type { Migration } from './migration.ts';
import { renameField } from './rename-field.ts';

/**
 * `request_body_json` and `request_body_data` of a requester become a `request_body` with a type. A JSON body written
 * as text stays as it is: it is a template whose shape is known only when it is rendered.
 */
export const jsonAndDataToRequestBody: Migration = {
  name: 'HttpRequesterRequestBodyJsonDataToRequestBody',
  componentType: 'HttpRequester',
  apply(component) {
    let migrated = component;
    const json = fieldOf(component, 'request_body_json');
    if (json?.kind === 'mapping') {
      const query = fieldOf(json, 'query');
      const graphQl = query?.kind === 'scalar' && typeof query.value === 'string';
      migrated = typed(
        migrated,
        'request_body_json',
        graphQl ? 'RequestBodyGraphQL' : 'RequestBodyJsonObject',
        json,
      );
    }
    const data = fieldOf(component, 'request_body_data');
    if (data) migrated = typed(migrated, 'request_body_data', 'RequestBodyUrlEncodedForm', data);
    return migrated === component ? undefined : migrated;
  },
};

function typed(component: MappingNode, field: string, type: string, value: ManifestNode): MappingNode {
  const entry = (name: string, node: ManifestNode): [string, MappingEntry] => [
    name,
    { key: { kind: 'scalar', value: name, place: value.place }, value: node },
  ];
  const entries = new Map([
    entry('type', { kind: 'scalar', value: type, place: value.place }),
    entry('value', value),
  ]);
  return renameField(component, field, 'request_body', { kind: 'mapping', entries, place: value.place });
}
