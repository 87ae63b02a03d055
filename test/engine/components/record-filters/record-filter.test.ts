import { RecordFilter } from '../../../../engine/components/record-filters/record-filter.ts';
import { makeComponent, testScope } from '../../../kit/scope.ts';

function filter(condition: string) {
  const scope = testScope({ config: { wanted: 2 }, parameters: { kind: 'a' } });
  return makeComponent(RecordFilter, { type: 'RecordFilter', condition }, scope);
}

describe('RecordFilter', () => {
  it('sees the record, config and parameters', () => {
    expect(filter("{{ record['id'] == config['wanted'] }}").keeps({ id: 2 }, {})).toBe(true);
    expect(filter("{{ record['kind'] == parameters['kind'] }}").keeps({ kind: 'b' }, {})).toBe(false);
  });

  it('sees the slice and its extra fields', () => {
    const slice = { partition: { id: 1 }, cursor: { from: '5' }, extraFields: { since: '6' } };
    expect(filter("{{ record.at >= stream_slice['from'] }}").keeps({ at: '5' }, { slice })).toBe(true);
    expect(
      filter("{{ record.at >= stream_slice.extra_fields['since'] }}").keeps({ at: '5' }, { slice }),
    ).toBe(false);
  });

  it('knows no page: every page is filtered alike', () => {
    const token = { next_page_token: 7 };
    expect(filter('{{ next_page_token is none }}').keeps({ at: 8 }, { token })).toBe(true);
  });

  it('drops everything without a condition', () => {
    expect(makeComponent(RecordFilter, { type: 'RecordFilter' }).keeps({ id: 1 }, {})).toBe(false);
  });
});
