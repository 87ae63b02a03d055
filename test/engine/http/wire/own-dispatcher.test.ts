import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent } from 'undici';
import { createTransport } from '../../../../engine/http/wire/transport.ts';

test('a dispatcher of your own sends all requests, and stays open', async () => {
  const server = createServer((_request, response) => void response.end('{}'));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent();
  const dispatched = jest.spyOn(agent, 'dispatch');
  try {
    const request = { method: 'GET', url: new URL(`http://127.0.0.1:${port}/a`), headers: {} };
    for (const timeouts of [undefined, { connect: 5000 }]) {
      const transport = createTransport({ dispatcher: agent });
      expect(await (await transport.send(request, { timeouts })).json()).toEqual({});
      await transport.close();
    }
    expect(dispatched).toHaveBeenCalledTimes(2);
    expect(agent.destroyed).toBe(false);
  } finally {
    await agent.close();
    server.close();
  }
});
