import { emptySlice } from '../../../engine/contract/slice.ts';
import {
  toTemplateHeaders,
  toTemplateRecord,
  toTemplateSlice,
} from '../../../engine/language/template-values.ts';
import { testResponse } from '../../kit/response.ts';
import { fakeClock } from '../../kit/scope.ts';
import { testTemplates } from '../../kit/templates.ts';

const evaluate = (text: string, context: Record<string, unknown>) =>
  testTemplates(fakeClock()).string(text)(context);

describe('what templates see', () => {
  const slice = { partition: { parent: 'p' }, cursor: { start: 's' }, extraFields: { colour: 'red' } };

  it.each([
    ["{{ stream_slice['parent'] }}", 'p'],
    ['{{ stream_slice.start }}', 's'],
    ["{{ stream_slice.extra_fields['colour'] }}", 'red'],
    ["{{ stream_slice.get('colour', 'none') }}", 'none'],
  ])('of a slice: %s', (text, expected) => {
    expect(evaluate(text, { stream_slice: toTemplateSlice(slice) })).toBe(expected);
  });

  it('of no slice is an empty mapping', () => {
    expect(
      evaluate("{{ stream_slice.get('a', 'none') }}", { stream_slice: toTemplateSlice(undefined) }),
    ).toBe('none');
  });

  it('of one slice is made once', () => {
    expect(toTemplateSlice(slice)).toBe(toTemplateSlice(slice));
    expect(toTemplateSlice(undefined)).toBe(toTemplateSlice(emptySlice));
  });

  it.each([
    ["{{ last_record['id'] }}", 7],
    ['{{ last_record.stream_name }}', 'users'],
  ])('of a record: %s', (text, expected) => {
    expect(evaluate(text, { last_record: toTemplateRecord({ id: 7 }, 'users') })).toBe(expected);
  });

  it('of headers has links by their relation', () => {
    const response = testResponse({
      headers: { Link: '<https://a.b/2>; rel="next", <https://a.b/9>; rel="last"', 'X-Left': '3' },
    });
    const headers = toTemplateHeaders(response);
    expect(evaluate("{{ headers['link']['next']['url'] }}", { headers })).toBe('https://a.b/2');
    expect(evaluate("{{ headers['link'].get('prev', 'none') }}", { headers })).toBe('none');
  });
});
