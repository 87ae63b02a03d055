import { settablePlaces } from '../../../../engine/validate/rules/settable-places.ts';
import { harness } from '../harness.ts';

const { expectValid, expectErrors } = harness(settablePlaces);

/** A template of streams, with what is set in it, as a flow mapping each. */
const group = (mappings: readonly string[], type = 'ConfigComponentsResolver') => `version: 6.0.0
type: DeclarativeSource
check: { type: CheckDynamicStream, stream_count: 1 }
dynamic_streams:
  - type: DynamicDeclarativeStream
    name: tables
    stream_template:
      name: table
      retriever: { requester: { url: https://a.b, request_parameters: { a: b } }, record_selector: { extractor: { field_path: [x] } } }
    components_resolver:
      type: ${type}
      ${
        type === 'ConfigComponentsResolver'
          ? 'stream_config: { configs_pointer: [tables] }'
          : 'retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } }'
      }
      components_mapping:
${mappings.map((mapping) => `        - { value: "{{ components_values.a }}", ${mapping} }`).join('\n')}
`;
const nowhere = (path: string) =>
  `The template of the streams has nothing at "${path}", so nothing is set there. Write the place into the template.`;

describe('settablePlaces', () => {
  it('are in the template', () => {
    expectValid(
      group([
        'field_path: [name]',
        'field_path: [retriever, "*", url]',
        'field_path: ["**", field_path, "0"]',
      ]),
    );
    expectValid(group(['field_path: [retriever, "{{ config.part }}", url]', 'field_path: [nowhere]']));
    expectErrors(group(['field_path: [retriever, requestr, url]', 'field_path: ["**", field_path, "3"]']), [
      { message: nowhere('retriever.requestr.url'), at: '[retriever, requestr', severity: 'warning' },
      { message: nowhere('**.field_path.3'), at: '["**", field_path, "3"]', severity: 'warning' },
    ]);
  });

  it('are made where that is said, if they can be', () => {
    expectValid(
      group([
        'field_path: [retriever, requester, request_headers, X], create_or_update: true',
        'field_path: [retriever, requester, request_headers, X, y]',
      ]),
    );
    expectErrors(group(['field_path: [name, first], create_or_update: true']), [
      { message: 'Nothing can be set at "name.first": "name" is a single value.', at: '[name, first]' },
    ]);
  });

  it('are never made by a resolver that makes none', () => {
    expectErrors(group(['field_path: [nowhere], create_or_update: true'], 'HttpComponentsResolver'), [
      { message: nowhere('nowhere'), at: '[nowhere]', severity: 'warning' },
    ]);
  });
});
