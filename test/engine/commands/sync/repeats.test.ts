import { createRepeats } from '../../../../engine/commands/sync/repeats.ts';

test('what comes again is told every ten seconds, and at the end, with how often it came', () => {
  const said: string[] = [];
  let now = 0;
  const repeats = createRepeats(
    (text) => said.push(text),
    () => now,
  );
  for (now of [0, 1000, 9000]) repeats.tell('INFO trying again');
  repeats.tell('WARN once');
  expect(said.splice(0)).toEqual(['INFO trying again\n', 'WARN once\n']);
  now = 10_000;
  repeats.tell('INFO trying again');
  expect(said.splice(0)).toEqual(['INFO trying again (4 times so far)\n']);
  repeats.tell('INFO trying again');
  repeats.end();
  repeats.end();
  expect(said).toEqual(['INFO trying again (5 times so far)\n']);
});
