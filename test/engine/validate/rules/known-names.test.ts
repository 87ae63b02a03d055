import { findingsIn, manifestOf } from '../../../kit/read-manifest.ts';

const stream = (requester: string, rest = '') => `name: items
retriever:
  requester: ${requester}
  record_selector: { extractor: { field_path: [] } }${rest}`;

const told = (yaml: string) => findingsIn(yaml).map((finding) => finding.split('\n\n'));

describe('names in templates', () => {
  it('that are likely misspelt are pointed at', () => {
    const yaml = manifestOf(
      stream(`{ url: "https://a.b/{{ confg['x'] }}", request_headers: { A: "{{ recrd }}" } }`),
    );
    expect(told(yaml)).toEqual([
      [
        'error: Templates know nothing named "confg". Did you mean "config"?',
        expect.stringMatching(/^x\.yaml:8:/),
      ],
      [
        'error: Templates know nothing named "recrd". Did you mean "record"?',
        expect.stringMatching(/^x\.yaml:8:/),
      ],
    ]);
    const caret = findingsIn(yaml)[0]?.split('\n').slice(-2) ?? [];
    expect(caret[0]?.slice(caret[1]?.indexOf('^'))).toMatch(/^confg/);
  });

  it('are those of no object in Python', () => {
    const path = (text: string) =>
      told(manifestOf(stream(`{ url: "https://a.b/${text}" }`))).map(([message]) => message);
    expect(path('{{ self.name }}')).toEqual([
      'warning: Nothing stands where a template reads "self.name": "self" has its blocks, and it has none.',
    ]);
    expect(path('{% block name %}x{% endblock %}{{ self.name() }}')).toEqual([]);
  });

  it('are told once, however often their definition is used', () => {
    const yaml = manifestOf(
      stream('{ $ref: "#/definitions/requester" }', '\n  paginator: { $ref: "#/definitions/p" }'),
      'definitions:\n  requester: { url: "{{ confg.u }}" }\n  p: { type: NoPagination }\n',
    );
    expect(told(yaml).map(([message]) => message)).toEqual([
      'error: Templates know nothing named "confg". Did you mean "config"?',
    ]);
  });

  it('may be set in the template, or be the extra fields of a parent', () => {
    const text = `{% set confi = 1 %}{{ confi }}{% for recor in [1] %}{{ recor }}{% endfor %}{{ recrd }}`;
    const router = `
  partition_router:
    type: SubstreamPartitionRouter
    parent_stream_configs:
      - parent_key: id
        partition_field: id
        extra_fields: [[owner, recrd]]
        request_option: { inject_into: request_parameter, field_name: id }
        stream: { name: p, retriever: { requester: { url: https://a.b }, record_selector: { extractor: { field_path: [] } } } }`;
    expect(told(manifestOf(stream(`{ url: "${text}" }`, router)))).toEqual([]);
  });

  it('in what a hook reads are its own', () => {
    const custom = `{ type: CustomRequester, class_name: my.Requester, url: "{{ confg }}" }`;
    expect(told(manifestOf(stream(custom))).map(([message]) => message)).toEqual([
      expect.stringContaining('needs a hook named "Requester"'),
    ]);
  });

  it('are filters, tests and methods that something has, in branches never taken too', () => {
    const text =
      "{{ config.a | bas64encode }}{{ 1 if config.a is strng else config.a.isoformt() if config.b else '' | uper }}";
    expect(told(manifestOf(stream(`{ url: "https://a.b/{{ config.a | uper }}" }`))).map(([m]) => m)).toEqual([
      `error: "url" of HttpRequester is wrong: the template cannot be read: No filter named 'uper'. Did you mean "upper"?`,
    ]);
    const soft = text.replace('{{ config.a | bas64encode }}', '');
    expect(told(manifestOf(stream(`{ url: "https://a.b/${soft}" }`))).map(([m]) => m)).toEqual([
      'error: Templates have no test "strng". Did you mean "string"?',
      'error: Templates have no method "isoformt". Did you mean "isoformat"?',
      'error: Templates have no filter "uper". Did you mean "upper"?',
    ]);
  });

  it('are methods of any value', () => {
    const text =
      "{% for a in [1] %}{{ loop.cycle(1, 2) }}{% endfor %}{{ config.a.split(',').pop().strip() }}{{ now_utc().strftime('%Y') }}{{ config.get('a', {}).items() }}";
    expect(told(manifestOf(stream(`{ url: "https://a.b/${text}" }`)))).toEqual([]);
  });
});
