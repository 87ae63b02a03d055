import { execFile } from 'node:child_process';

/**
 * In a process of its own, where a history takes half of the time that it takes inside of jest.
 * `npm run converge -- --seeds 5000` goes further; what fails is printed with how to see it again.
 */
it('a replica equals the workspace after a quiet sync, whatever happened before', async () => {
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, ['dist/test/converge/run.js', '--seeds', '200'], (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  expect(said.trim().split('\n')).toEqual([
    '100 histories, 0 failed',
    '200 histories, 0 failed',
    '200 histories from seed 1: 0 failed.',
  ]);
});
