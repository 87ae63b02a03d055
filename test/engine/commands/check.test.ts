import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from '../../../engine/commands/check.ts';
import { testEnvironment } from '../../kit/environment.ts';
import { fakeTransport } from '../../kit/scope.ts';
import { answers, apiKey, manifest, streamAt } from '../../protocol/manifests.ts';
import { type Given, runCommand } from '../../protocol/run-command.ts';

async function statusOf(given: Partial<Given>) {
  const ran = await runCommand(check, { manifest, answers, config: { api_key: apiKey }, ...given });
  return { exitCode: ran.exitCode, status: ran.of('CONNECTION_STATUS')[0]?.connectionStatus, ran };
}

describe('check', () => {
  it('succeeds with a config that works', async () => {
    expect(await statusOf({})).toMatchObject({ exitCode: 0, status: { status: 'SUCCEEDED' } });
  });

  it('says why the API refuses, without the secret that it repeats', async () => {
    const { exitCode, status, ran } = await statusOf({
      answers: () => ({ status: 403, body: { error: `No plan for ${apiKey}` } }),
    });
    expect(exitCode).toBe(0);
    expect(status).toMatchObject({
      status: 'FAILED',
      message: expect.stringMatching(/No plan for \*\*\*\*/),
    });
    expect(ran.stdout).not.toContain(apiKey);
  });

  it('says nothing of the config when it is told to stop', async () => {
    const stop = new AbortController();
    const { exitCode, status } = await statusOf({
      environment: { signal: stop.signal },
      answers: () => {
        stop.abort(new Error('Stop.'));
        throw new Error('Stop.');
      },
    });
    expect({ exitCode, status }).toEqual({ exitCode: 1, status: undefined });
  });

  it('names the fields of the config that do not fit', async () => {
    const { exitCode, status } = await statusOf({ config: {} });
    expect(exitCode).toBe(0);
    expect(status).toMatchObject({ status: 'FAILED', message: expect.stringMatching(/api_key/) });
  });

  it('shows the place of what is wrong in the manifest', async () => {
    const broken = streamAt('items', '/items', { retriever: { paginator: { type: 'DefaultPaginater' } } });
    const { status } = await statusOf({ manifest: { ...manifest, streams: [broken] } });
    expect(status).toMatchObject({
      status: 'FAILED',
      message: expect.stringMatching(
        /^Unknown Paginator type "DefaultPaginater"\. .*\n\n.*manifest\.yaml:1:\d+\n/s,
      ),
    });
  });

  it('tells a person in a sentence, and a script by its exit code when asked to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'check-'));
    const run = async (config: object, exitCode: boolean) => {
      const environment = testEnvironment({ isReadByPerson: true, transport: fakeTransport(answers) });
      await writeFile(join(folder, 'config.json'), JSON.stringify(config));
      await writeFile(join(folder, 'manifest.yaml'), JSON.stringify(manifest));
      const options = { config: join(folder, 'config.json'), manifestPath: join(folder, 'manifest.yaml') };
      return { code: await check({ ...options, exitCode }, environment), text: environment.written() };
    };
    expect(await run({ api_key: apiKey }, true)).toEqual({ code: 0, text: 'The config works.\n' });
    const refused = await run({}, true);
    expect(refused.text).toMatch(/^The config does not work: .*api_key/);
    expect(refused.code).toBe(1);
    expect((await run({}, false)).code).toBe(0);
    await rm(folder, { recursive: true });
  });
});
