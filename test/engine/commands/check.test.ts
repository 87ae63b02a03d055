import { check } from '../../../engine/commands/check.ts';
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
});
