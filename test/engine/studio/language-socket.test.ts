import { once } from 'node:events';
import { WebSocket } from 'ws';
import { manifestOf, openStudio } from './harness.ts';

test('a language server on a socket: a message each; `exit` of one editor ends nothing', async () => {
  const studio = await openStudio(manifestOf('http://127.0.0.1:9'));
  const connect = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${studio.port}/lsp`, {
      headers: { cookie: studio.cookie, origin: studio.origin },
    });
    await once(socket, 'open');
    const say = (message: object) => socket.send(JSON.stringify({ jsonrpc: '2.0', ...message }));
    const initialize = async () => {
      say({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
      const [data] = await once(socket, 'message');
      return JSON.parse(String(data));
    };
    return { socket, say, initialize };
  };
  const first = await connect();
  expect(await first.initialize()).toMatchObject({ id: 1, result: { serverInfo: { name: 'manifold' } } });
  socketNoise(first.socket);
  first.say({ method: 'exit' });
  first.socket.close();
  const second = await connect();
  expect(await second.initialize()).toMatchObject({
    id: 1,
    result: { capabilities: { hoverProvider: true } },
  });
  second.socket.close();
  await studio.close();
});

/** What is no message is left alone. */
function socketNoise(socket: WebSocket): void {
  socket.send('not JSON');
  socket.send(Buffer.from([1, 2, 3]));
}
