import type { Parameter } from './api.ts';
import type { Guess } from './guess.ts';
import type { PagingGuess } from './guess-paging.ts';
import { marked, quoted } from './yaml-lines.ts';

/** The paginator of a stream. `key` is the field that a token may be the last one's value of. */
export function pagingLines(paging: Guess<PagingGuess> | undefined, key: string): string[] {
  if (paging === undefined)
    return [
      '# guess 0.5: no parameter and no field of the answer looks like paging',
      'paginator: { type: NoPagination }',
    ];
  const { kind, parameter, sizeParameter, size, tokenPath, first } = paging.value;
  const option = (field: string, parameter: Parameter) => [
    `  ${field}:`,
    '    type: RequestOption',
    ...placeLines(parameter).map((line) => `    ${line}`),
  ];
  const token =
    kind === 'link' || kind === 'header'
      ? ['  page_token_option: { type: RequestPath }']
      : parameter === undefined
        ? []
        : option('page_token_option', parameter);
  const pageSize = sizeParameter === undefined ? [] : option('page_size_option', sizeParameter);
  const number =
    sizeParameter === undefined
      ? []
      : [
          size !== undefined && size.confidence > 0.8
            ? `    page_size: ${size.value}`
            : marked(
                `    page_size: ${size?.value ?? 100}`,
                size ?? { confidence: 0.5, why: 'the largest page is not documented' },
              ),
        ];
  return [
    marked('paginator:', paging),
    '  type: DefaultPaginator',
    '  pagination_strategy:',
    ...strategyLines(kind, tokenPath, first, key),
    ...number,
    ...pageSize,
    ...token,
  ];
}

function strategyLines(
  kind: PagingGuess['kind'],
  tokenPath: readonly string[],
  first: number,
  key: string,
): string[] {
  const at = (steps: readonly string[]) =>
    steps
      .reduce((found, step) => `(${found} or {}).get('${step}')`, 'response')
      .replace(/^\(response or \{\}\)/, 'response');
  switch (kind) {
    case 'page':
      return ['    type: PageIncrement', `    start_from_page: ${first}`];
    case 'offset':
      return ['    type: OffsetIncrement'];
    case 'header':
      return [
        '    type: CursorPagination',
        `    cursor_value: "{{ headers.link.next.url }}"`,
        `    stop_condition: "{{ not headers.link.next }}"`,
      ];
    case 'last record':
      return [
        '    type: CursorPagination',
        `    cursor_value: "{{ last_record['${key}'] }}"`,
        `    stop_condition: "{{ response.get('has_more') == false or not last_record }}"`,
      ];
    default:
      return [
        '    type: CursorPagination',
        `    cursor_value: "{{ ${at(tokenPath)} }}"`,
        `    stop_condition: "{{ not ${at(tokenPath)} }}"`,
      ];
  }
}

/** Where a RequestOption puts its value. */
export function placeLines({ in: place, name, field }: Parameter): readonly string[] {
  if (place !== 'body')
    return [
      `inject_into: ${place === 'form' ? 'body_data' : 'request_parameter'}`,
      `field_name: ${quoted(name)}`,
    ];
  return ['inject_into: body_json', `field_path: ${JSON.stringify(field ?? [name])}`];
}
