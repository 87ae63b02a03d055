import { givenParameters } from '../../../../engine/validate/rules/given-parameters.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(givenParameters);

const path = (template: string, own = '') =>
  withRetriever(
    `requester: { url_base: https://api.test, path: "${template}"${own} }`,
    '$parameters: { path_of_items: items }',
  );

const missing = (name: string, at: string, hint = '') => [
  {
    message: `No $parameters named "${name}" reach this place, so nothing stands here.${hint}`,
    at,
    severity: 'warning' as const,
  },
];

describe('givenParameters', () => {
  it('come from the component, from those around it, or from a part of it', () => {
    expectValid(path('{{ parameters.path_of_items }}'));
    expectValid(path("{{ parameters['own'] }}", ', $parameters: { own: 1 }'));
    expectValid(
      withRetriever(
        '',
        'transformations: [{ type: AddFields, fields: [{ path: [a], value: "{{ parameters.own }}", $parameters: { own: 1 } }] }]',
      ),
    );
  });

  it('may be missing where the template can do without', () => {
    expectValid(path("{{ parameters.a or 'b' }}"));
    expectValid(path("{{ parameters.a | default('b') }}"));
    expectValid(path("{{ parameters.get('a', 'b') }}"));
    expectValid(path("{{ 'a' if parameters.a else parameters.b }}"));
    expectValid(path('{% if parameters.a is defined %}{{ parameters.a }}{% endif %}'));
  });

  it('are told where nothing would stand instead', () => {
    expectErrors(
      path('{{ parameters.path_of_item }}'),
      missing('path_of_item', 'parameters.path_of_item', ' Did you mean "path_of_items"?'),
    );
    expectErrors(path("/{{ parameters['typo'] | lower }}/x"), missing('typo', "parameters['typo']"));
    // What a component beside it was given does not reach it.
    expectErrors(
      withRetriever(`
requester: { url_base: https://api.test, path: "{{ parameters.there }}" }
record_selector: { extractor: { field_path: [] }, $parameters: { there: 1 } }`),
      missing('there', 'parameters.there'),
    );
  });

  it('may be missing for some of those who share a definition, but not for all', () => {
    const shared = (given: string) => `
version: 6.0.0
type: DeclarativeSource
check: { type: CheckStream, stream_names: [a] }
definitions:
  base:
    type: DeclarativeStream
    retriever:
      type: SimpleRetriever
      requester: { type: HttpRequester, url_base: https://api.test, path: "/items{{ parameters.suffix }}" }
      record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    $parameters: { ${given}: /base }
streams:
  - { $ref: "#/definitions/base", name: a, $parameters: { name: a, ${given}: /a } }
  - { $ref: "#/definitions/base", name: b, $parameters: { name: b } }`;
    expectValid(shared('suffix'));
    expectErrors(shared('sufix'), [
      ...missing('suffix', 'parameters.suffix', ' Did you mean "sufix"?'),
      ...missing('suffix', 'parameters.suffix'),
    ]);
  });

  it('of a template for streams may be put in when the streams are made', () => {
    expectValid(`
version: 6.0.0
type: DeclarativeSource
check: { type: CheckDynamicStream, stream_count: 1 }
dynamic_streams:
  - type: DynamicDeclarativeStream
    stream_template:
      type: DeclarativeStream
      name: a
      retriever:
        type: SimpleRetriever
        requester: { type: HttpRequester, url: "https://api.test/{{ parameters.later }}" }
        record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
    components_resolver:
      type: ConfigComponentsResolver
      stream_config: { type: StreamConfig, configs_pointer: [items] }
      components_mapping: [{ type: ComponentMappingDefinition, field_path: [name], value: b }]`);
  });
});
