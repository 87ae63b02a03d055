import { discover } from '../../../engine/commands/discover.ts';
import { answers, apiKey, manifest, streamAt } from '../../protocol/manifests.ts';
import { runCommand } from '../../protocol/run-command.ts';

const broken = streamAt('broken', '/broken', { retriever: { paginator: { type: 'DefaultPaginater' } } });
const run = (streams: readonly object[]) =>
  runCommand(discover, { manifest: { ...manifest, streams }, answers, config: { api_key: apiKey } });

describe('discover', () => {
  it('leaves out a stream that cannot be made, and says why', async () => {
    const ran = await run([broken, streamAt('items', '/items')]);
    expect(ran.exitCode).toBe(0);
    expect(ran.of('CATALOG')[0]?.catalog.streams.map(({ name }) => name)).toEqual(['items']);
    expect(ran.of('LOG').map(({ log }) => [log.level, log.message.split('\n')[0]])).toEqual([
      [
        'WARN',
        'A stream is left out of the catalog. Unknown Paginator type "DefaultPaginater". Did you mean "DefaultPaginator"?',
      ],
    ]);
  });

  it('fails when no stream can be made', async () => {
    const ran = await run([broken]);
    expect(ran.exitCode).toBe(1);
    expect(ran.of('CATALOG')).toEqual([]);
  });

  it('asks the API for nothing', async () => {
    const ran = await runCommand(discover, { manifest, config: { api_key: apiKey }, answers: [] });
    expect(ran.exitCode).toBe(0);
  });
});
