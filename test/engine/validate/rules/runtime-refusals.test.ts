import { runtimeRefusals } from '../../../../engine/validate/rules/runtime-refusals.ts';
import { harness, withRetriever } from '../harness.ts';

const { expectValid, expectErrors } = harness(runtimeRefusals);

const spec = 'spec: { connection_specification: { type: object } }';
const severity = 'warning' as const;
const refused = 'It runs here, but the Python runtime refuses such a manifest.';

describe('runtimeRefusals', () => {
  it('are none in most manifests', () => {
    expectValid(withRetriever('', '', spec));
  });

  it('are null, dates without quotes, and no spec', () => {
    expectErrors(withRetriever('paginator: null', '', spec), [
      {
        severity,
        message: `"paginator" of SimpleRetriever is null; leave it out. ${refused}`,
        at: 'paginator: null',
      },
    ]);
    const cursor =
      'incremental_sync: { type: DatetimeBasedCursor, cursor_field: at, datetime_format: "%Y-%m-%d", start_datetime: 2024-01-01 }';
    expectErrors(withRetriever('', cursor, spec), [
      {
        severity,
        message: `An unquoted date is not a text in YAML; put it in quotes. ${refused}`,
        at: '2024-01-01 }',
      },
    ]);
    expectErrors(
      withRetriever(
        'requester: { url: https://a.b, request_parameters: { since: 2024-01-01, to: "2024-02-01" } }',
        '',
        spec,
      ),
      [
        {
          severity,
          message: `An unquoted date is not a text in YAML; put it in quotes. ${refused}`,
          at: '2024-01-01, to',
        },
      ],
    );
    expectErrors(withRetriever(''), [
      {
        severity,
        message: `The manifest has no "spec", so nobody knows what config it needs. ${refused}`,
        at: 'version',
      },
    ]);
  });
});
