import { connectorCommands } from '../../bin/commands.ts';
import { readProtocolArguments } from '../../bin/protocol-arguments.ts';

it('reads what a platform passes', () => {
  const args = 'read --config c.json --catalog k.json --state s.json --manifest-path m.yaml --debug';
  expect(readProtocolArguments(args.split(' '))).toEqual({
    command: connectorCommands['read'],
    options: { config: 'c.json', catalog: 'k.json', state: 's.json', manifestPath: 'm.yaml', debug: true },
  });
});

it('a state need not be given, and spec needs nothing', () => {
  expect(readProtocolArguments('read --config c --catalog k'.split(' '))?.options).toEqual({
    config: 'c',
    catalog: 'k',
  });
  expect(readProtocolArguments(['spec'])?.options).toEqual({});
});

it.each([
  '',
  '--help',
  'sync --config c',
  'constructor',
  'check',
  'check --config',
  'check --config --debug',
  'check --config=c',
  'check --config c --catalog k',
  'check --config c extra',
  'check --config c --hooks h.js',
  'spec --help',
])('leaves %j to the library for command lines', (line) => {
  expect(readProtocolArguments(line === '' ? [] : line.split(' '))).toBeUndefined();
});
