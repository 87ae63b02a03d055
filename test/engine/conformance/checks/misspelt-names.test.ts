import { misspeltNames } from '../../../../engine/conformance/checks/misspelt-names.ts';
import { harness, itemsWith } from '../harness.ts';

const { expectPass, expectViolations } = harness(misspeltNames);

const paged = (stop: string, cursor: string, field = 'cursor') =>
  itemsWith({
    paginator: `type: DefaultPaginator
page_token_option: { type: RequestOption, inject_into: request_parameter, field_name: ${field} }
pagination_strategy:
  type: CursorPagination
  cursor_value: "{{ response.${cursor} }}"
  stop_condition: "{{ not response.${stop} }}"`,
  });

describe('misspelt-names', () => {
  it('passes for names that are alike in what they mean', async () => {
    await expectPass(paged('paging.next', 'paging.next'));
    await expectPass(paged('next_page', 'nextPage'));
    await expectPass(paged('item1.x', 'item2.x'));
    await expectPass(paged('link', 'links'));
    // Words of their own, a letter away from others.
    await expectPass(paged('stats.x', 'context.y', 'contract'));
  });

  it('takes no words for one that a slash parts', async () => {
    const sent = (path: string) =>
      itemsWith({ path: `/${path}` }).replace('field_path: [data]', 'field_path: [zodiac_sign_parts]');
    await expectPass(sent('zodiac-signs/parts'));
    await expectViolations(sent('zodiac-signs-parts'), [
      { message: /"zodiac_sign_parts" is written once, and "zodiacsignsparts" is what the manifest calls/ },
    ]);
  });

  it('finds a name that is spelt in another way elsewhere', async () => {
    await expectViolations(paged('zodiac.sign', 'zodaic.sign'), [
      {
        message: '"zodaic" is written once, and "zodiac" elsewhere in this manifest: is it a typo?',
      },
    ]);
  });

  it('tells the two ends of a range from a slip', async () => {
    const range = (start: string, end: string) =>
      itemsWith({
        incremental: `type: DatetimeBasedCursor
cursor_field: updated_at
datetime_format: "%Y-%m-%d"
start_datetime: { type: MinMaxDatetime, datetime: "2026-01-01" }
start_time_option: { type: RequestOption, inject_into: request_parameter, field_name: "${start}" }
end_time_option: { type: RequestOption, inject_into: request_parameter, field_name: "${end}" }`,
      });
    await expectPass(range('zodiac[gte]', 'zodiac[lte]'));
    await expectPass(range('zodiac_gt_day', 'zodiac_lt_day'));
    await expectPass(range('zodiacGteDay', 'zodiacLteDay'));
    await expectViolations(range('zodiac[gte]', 'zodaic[gte]'), [
      { message: /"zodiac\[gte\]" is written once, and "zodaic\[gte\]" elsewhere/ },
    ]);
    await expectViolations(range('zodiac[gte]', 'zodiac[gtw]'), [
      { message: /"zodiac\[gte\]" is written once, and "zodiac\[gtw\]" elsewhere/ },
    ]);
  });

  it('finds a name that APIs have otherwise', async () => {
    await expectViolations(paged('x', 'y', 'offste'), [
      {
        message: '"offste" is written once, and "offset" is what APIs call it: is it a typo?',
        at: 'offste',
      },
    ]);
  });

  it('finds a short word of all APIs that lacks a letter', async () => {
    await expectViolations(itemsWith().replace('field_path: [data]', 'field_path: [daa]'), [
      {
        message: '"daa" is written once, and "data" is what APIs call it: is it a typo?',
        at: 'daa',
      },
    ]);
  });

  it('finds a slip from the name of its stream, and within a part of a name', async () => {
    const manifest = itemsWith({ path: '/gadgets' }).replaceAll('name: items', 'name: gadgets');
    await expectViolations(manifest.replace('field_path: [data]', 'field_path: [gagdets]'), [
      {
        message:
          '"gagdets" is written once, and "gadgets" is what the manifest calls a stream, a part of a path or a field of the config: is it a typo?',
        at: 'gagdets',
      },
    ]);
    await expectViolations(
      manifest.replace(
        'type: BearerAuthenticator',
        'type: ApiKeyAuthenticator, inject_into: { type: RequestOption, inject_into: header, field_name: X-Shop-Secrret }',
      ),
      [
        {
          message: /"X-Shop-Secrret" is written once, and "secret" is what APIs call it/,
          at: 'X-Shop-Secrret',
        },
      ],
    );
  });

  it('finds a slip from the name of the host, and a letter twice at the end of a word', async () => {
    const sent = (name: string) =>
      itemsWith()
        .replace('api.test', 'api.simplesat.test')
        .replace(
          'type: BearerAuthenticator',
          `type: ApiKeyAuthenticator, inject_into: { type: RequestOption, inject_into: header, field_name: ${name} }`,
        );
    await expectPass(sent('X-Simplesat-Token'));
    await expectViolations(sent('X-iSmplesat-Token'), [
      { message: /and "simplesat" is what the manifest calls/ },
    ]);
    await expectViolations(sent('X-Eventt-Token'), [{ message: /and "event" is what APIs call it/ }]);
  });

  it('finds a blank at the end of a name, which hardly anybody sees', async () => {
    await expectViolations(paged('next', 'next', '"cursor "'), [
      {
        message: '"cursor " has a blank at its end: to an API it is another name than "cursor".',
        at: '"cursor "',
      },
    ]);
    await expectViolations(paged('next', "paging[' next']"), [
      { message: '" next" has a blank at its beginning: to an API it is another name than "next".' },
    ]);
    await expectViolations(paged('next', 'next', '"&cursor"'), [
      {
        message:
          '"&cursor" has what joins parameters at its beginning: to an API it is another name than "cursor".',
      },
    ]);
    // Columns of a sheet have the names that people give them.
    await expectPass(
      itemsWith({
        selector: `record_filter: { condition: "{{ record['Name '] }}" }`,
        schema: '"Name ": { type: string }',
      }),
    );
  });
});
