import { leadingPaths } from '../../../../engine/validate/rules/leading-paths.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(leadingPaths);

const extractor = (path: string) => withRetriever(`record_selector: { extractor: { field_path: ${path} } }`);
const change = (fields: string) => withRetriever('', `transformations: [{ ${fields} }]`);

const empty = (field: string, at: string) => ({
  message: `This name in "${field}" is empty, and no field is without one.`,
  at,
  severity: 'warning' as const,
});

describe('leadingPaths', () => {
  it('lead to a field, or say the whole where that has a meaning', () => {
    expectValid(extractor('[]'));
    expectValid(extractor('[data, "*"]'));
    expectValid(change('type: RemoveFields, field_pointers: [[a], [b, "**"]]'));
    // The values decide then, wherever they are.
    expectValid(change('type: RemoveFields, condition: "{{ property == 1 }}", field_pointers: [[]]'));
  });

  it('have no empty name', () => {
    expectErrors(extractor('[data, ""]'), [empty('field_path', '""')]);
    expectErrors(change('type: RemoveFields, field_pointers: [[a, ""]]'), [empty('field_pointers', '""')]);
    expectErrors(withRetriever('', 'primary_key: [id, ""]'), [empty('primary_key', '""')]);
    expectErrors(change('type: AddFields, fields: [{ path: [""], value: x }]'), [empty('path', '""')]);
  });

  it('name what is removed', () => {
    expectErrors(change('type: RemoveFields, field_pointers: [[a], []]'), [
      {
        message: 'This path is empty, so nothing is removed: name the field, or leave it out.',
        at: '[]]',
        severity: 'warning',
      },
    ]);
  });
});
