import { ConstantBackoffStrategy } from '../../../../engine/components/backoff-strategies/constant-backoff-strategy.ts';
import { ExponentialBackoffStrategy } from '../../../../engine/components/backoff-strategies/exponential-backoff-strategy.ts';
import { WaitTimeFromHeader } from '../../../../engine/components/backoff-strategies/wait-time-from-header.ts';
import { WaitUntilTimeFromHeader } from '../../../../engine/components/backoff-strategies/wait-until-time-from-header.ts';
import type { Component } from '../../../../engine/language/component.ts';
import type { JsonObject } from '../../../../engine/util/json/json.ts';
import { findingsIn, manifestOf } from '../../../kit/read-manifest.ts';
import { testResponse } from '../../../kit/response.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

const now = 1_600_000_000;

function waits(
  component: Component<'BackoffStrategy'>,
  fields: JsonObject,
  headers: Record<string, string> = {},
  attempt = 1,
) {
  const scope = testScope({ config: { seconds: 30 }, now: now * 1000, random: () => 0.5 });
  return makeComponent(component, { type: component.type, ...fields }, scope).backoff(
    { response: testResponse({ headers }) },
    attempt,
  );
}

describe('ConstantBackoffStrategy', () => {
  it('waits what it says, a number or a template', () => {
    expect(waits(ConstantBackoffStrategy, { backoff_time_in_seconds: 2.5 })).toBe(2.5);
    expect(waits(ConstantBackoffStrategy, { backoff_time_in_seconds: "{{ config['seconds'] }}" })).toBe(30);
    expect(() => waits(ConstantBackoffStrategy, { backoff_time_in_seconds: 'soon' })).toThrow('not "soon"');
  });

  it('adds up to twice its jitter', () => {
    expect(waits(ConstantBackoffStrategy, { backoff_time_in_seconds: 10, jitter_range_in_seconds: 3 })).toBe(
      13,
    );
  });
});

describe('ExponentialBackoffStrategy', () => {
  it('doubles with every attempt', () => {
    expect([1, 2, 3].map((attempt) => waits(ExponentialBackoffStrategy, {}, {}, attempt))).toEqual([
      10, 20, 40,
    ]);
    expect(waits(ExponentialBackoffStrategy, { factor: 0.5 }, {}, 2)).toBe(2);
    expect(waits(ExponentialBackoffStrategy, { factor: 0 }, {}, 2)).toBe(20);
  });
});

describe('WaitTimeFromHeader', () => {
  it.each([
    ['60', 60],
    ['1.5', 1.5],
    ['soon', undefined],
    ['', undefined],
  ])('reads %p', (header, expected) => {
    expect(waits(WaitTimeFromHeader, { header: 'Retry-After' }, { 'retry-after': header })).toBe(expected);
  });

  it('takes the part that its regex matches at the beginning', () => {
    const fields = { header: 'h', regex: '[-+]?\\d+' };
    expect(waits(WaitTimeFromHeader, fields, { h: '60,5' })).toBe(60);
    expect(waits(WaitTimeFromHeader, fields, { h: 'in 60' })).toBeUndefined();
  });

  it('ends the stream rather than wait as long as the limit', () => {
    const fields = { header: 'h', max_waiting_time_in_seconds: 60 };
    expect(waits(WaitTimeFromHeader, fields, { h: '59' })).toBe(59);
    expect(() => waits(WaitTimeFromHeader, fields, { h: '60' })).toThrow('The API asks to wait 60 seconds');
    expect(waits(WaitTimeFromHeader, { header: 'h', max_waiting_time_in_seconds: 0 }, { h: '0' })).toBe(0);
  });
});

describe('WaitUntilTimeFromHeader', () => {
  it('waits for the difference to now', () => {
    expect(waits(WaitUntilTimeFromHeader, { header: 'h' }, { h: String(now + 60) })).toBe(60);
    expect(waits(WaitUntilTimeFromHeader, { header: 'h' }, { h: String(now - 60) })).toBeUndefined();
    expect(waits(WaitUntilTimeFromHeader, { header: 'h' })).toBeUndefined();
  });

  it('waits at least its minimum', () => {
    const fields = { header: 'h', min_wait: 20 };
    expect(waits(WaitUntilTimeFromHeader, fields, { h: String(now + 5) })).toBe(20);
    expect(waits(WaitUntilTimeFromHeader, fields)).toBe(20);
    expect(() => waits(WaitUntilTimeFromHeader, { ...fields, max_waiting_time_in_seconds: 20 })).toThrow(
      'The API asks to wait',
    );
  });
});

describe('seconds of a strategy', () => {
  it.each<[Component<'BackoffStrategy'>, string]>([
    [ConstantBackoffStrategy, 'backoff_time_in_seconds'],
    [ExponentialBackoffStrategy, 'factor'],
    [WaitTimeFromHeader, 'max_waiting_time_in_seconds'],
    [WaitUntilTimeFromHeader, 'min_wait'],
  ])('are told to be none before there is a config: %j', ({ type }, field) => {
    const needed = type.includes('Header') ? 'header: Retry-After' : '';
    const findings = findingsIn(
      manifestOf(
        `
type: DeclarativeStream
name: items
retriever:
  type: SimpleRetriever
  requester:
    type: HttpRequester
    url: https://api.test/items
    error_handler:
      type: DefaultErrorHandler
      backoff_strategies: [{ type: ${type}, ${field}: soon, ${needed} }]
  record_selector: { type: RecordSelector, extractor: { type: DpathExtractor, field_path: [] } }
schema_loader: { type: InlineSchemaLoader, schema: {} }`.trimStart(),
      ),
    );
    expect(findings.map((finding) => finding.split('\n')[0])).toEqual([
      `error: "${field}" of ${type} is wrong: a number of seconds is expected, not "soon".`,
    ]);
  });

  it('are read as Python reads them', () => {
    const wait = (text: string) => waits(ConstantBackoffStrategy, { backoff_time_in_seconds: text });
    expect(['{{ "1_0" }}', '{{ " 2.5 " }}', '{{ true }}', '{{ 1e2 }}'].map(wait)).toEqual([10, 2.5, 1, 100]);
    expect(() => wait("{{ config['missing'] }}")).toThrow(
      '"backoff_time_in_seconds" must be a number of seconds, not ""',
    );
    expect(() => wait('{{ "inf" }}')).toThrow('must be a number of seconds');
  });

  it('at least to wait may be left to a config that says nothing', () => {
    const fields = { header: 'h', min_wait: "{{ config['missing'] }}" };
    expect(waits(WaitUntilTimeFromHeader, fields, { h: String(now + 5) })).toBe(5);
    expect(waits(WaitUntilTimeFromHeader, fields)).toBeUndefined();
  });
});
