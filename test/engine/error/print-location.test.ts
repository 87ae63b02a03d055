import { ConnectorError } from '../../../engine/error/connector-error.ts';
import type { Place } from '../../../engine/error/place.ts';
import {
  locationOf,
  printDiagnostic,
  printError,
  printLocation,
} from '../../../engine/error/print-location.ts';

function placeOf(text: string, needle: string): Place {
  const start = text.indexOf(needle);
  return {
    source: { name: 'manifests/x.yaml', text },
    start,
    end: start + needle.length,
    pointer: '/a',
    style: 'plain',
  };
}

it('prints the place, the line and a caret', () => {
  const text = 'streams:\n  - type: OffsetIncrement\n    pagesize: 2\n';
  expect(printLocation(placeOf(text, 'pagesize'))).toBe(
    ['manifests/x.yaml:3:5', '3 |     pagesize: 2', '  |     ^'].join('\n'),
  );
});

it('makes room for long line numbers', () => {
  const text = `${'\n'.repeat(99)}a: b\r\nc: d`;
  expect(printLocation(placeOf(text, 'b'))).toBe(
    ['manifests/x.yaml:100:4', '100 | a: b', '    |    ^'].join('\n'),
  );
});

it('keeps tabs, so the caret stands right whatever their width', () => {
  expect(printLocation(placeOf('\ta:\tb', 'b'))).toBe(
    ['manifests/x.yaml:1:5', '1 | \ta:\tb', '  | \t  \t^'].join('\n'),
  );
});

it('counts wide characters twice and marks not at all', () => {
  expect(printLocation(placeOf('名: "e\u0301😀" x', 'x'))).toBe(
    ['manifests/x.yaml:1:11', '1 | 名: "e\u0301😀" x', `  | ${' '.repeat(10)}^`].join('\n'),
  );
});

it('shows a window of a very long line', () => {
  const text = `${'a'.repeat(500)}X${'b'.repeat(500)}`;
  expect(printLocation(placeOf(text, 'X'))).toBe(
    ['manifests/x.yaml:1:501', `1 | …${'a'.repeat(49)}X${'b'.repeat(49)}…`, `  | ${' '.repeat(50)}^`].join(
      '\n',
    ),
  );
  expect(printLocation(placeOf(`X${'b'.repeat(500)}`, 'X'))).toBe(
    ['manifests/x.yaml:1:1', `1 | X${'b'.repeat(99)}…`, '  | ^'].join('\n'),
  );
  expect(printLocation(placeOf(`${'a'.repeat(500)}X`, 'X'))).toBe(
    ['manifests/x.yaml:1:501', `1 | …${'a'.repeat(99)}X`, `  | ${' '.repeat(100)}^`].join('\n'),
  );
});

it('prints the reference that led there', () => {
  const text = 'd: {x: 1}\ns: {$ref: "#/d"}\n';
  const via = placeOf(text, '"#/d"');
  expect(printLocation({ ...placeOf(text, '1'), via })).toBe(
    [
      'manifests/x.yaml:1:8',
      '1 | d: {x: 1}',
      '  |        ^',
      '',
      'manifests/x.yaml:2:11, referenced here',
      '2 | s: {$ref: "#/d"}',
      '  |           ^',
    ].join('\n'),
  );
});

it('points into a template by its offset in the value', () => {
  const text = "a: 'x''{{ confg.a }}'\n";
  const place: Place = { ...placeOf(text, "'x''{{ confg.a }}'"), style: 'single' };
  const message = 'Unknown name "confg". Did you mean "config"?';
  expect(printDiagnostic({ severity: 'error', message, places: [place], offset: 5 })).toBe(
    [message, '', 'manifests/x.yaml:1:11', "1 | a: 'x''{{ confg.a }}'", '  |           ^'].join('\n'),
  );
});

it('prints every place of a diagnostic, each once', () => {
  const text = 'a: 1\nb: 2\n';
  const places = [placeOf(text, 'a'), placeOf(text, 'b'), placeOf(text, 'a')];
  expect(printDiagnostic({ severity: 'error', message: 'No.', places })).toBe(
    [
      'No.',
      '',
      'manifests/x.yaml:1:1',
      '1 | a: 1',
      '  | ^',
      '',
      'manifests/x.yaml:2:1',
      '2 | b: 2',
      '  | ^',
    ].join('\n'),
  );
});

it('prints a JSON pointer where there is no text', () => {
  const place: Place = { source: { name: '<config>' }, start: 0, end: 0, pointer: '/streams/0/name' };
  expect(printLocation(place, 3)).toBe('<config>#/streams/0/name');
  expect(locationOf(place)).toBe('<config>#/streams/0/name');
});

it('prints an error of a run', () => {
  expect(printError(new ConnectorError('No such page.', { nodes: [placeOf('a: 1', '1')] }))).toBe(
    ['No such page.', '', 'manifests/x.yaml:1:4', '1 | a: 1', '  |    ^'].join('\n'),
  );
  expect(printError(new ConnectorError('No such page.'))).toBe('No such page.');
});
