import { execFile } from 'node:child_process';

/**
 * In a process of its own, where a history takes half of the time that it takes inside of jest.
 * `.ci/run` goes further, and `npm run converge -- --seeds 5000` as far as somebody likes; what fails is printed with how
 * to see it again.
 */
it('a replica equals the workspace after a quiet sync, whatever happened before', async () => {
  const said = await new Promise<string>((resolve) => {
    execFile(process.execPath, ['dist/test/converge/run.js', '--seeds', '40'], (_error, stdout, stderr) =>
      resolve(stdout + stderr),
    );
  });
  expect(said.trim().split('\n')).toEqual(['40 histories from seed 1: 0 failed.']);
});
