import { gzipSync } from 'node:zlib';
import { type Answering, type Fault, good, http, once } from './show.ts';

const page = JSON.stringify({ data: [{ id: 1, u: '2024-01-10' }], next: null });
const status =
  (line: string, body = '{}', headers: readonly string[] = []): Answering =>
  () =>
    http(line, body, headers);

/** An answer whose body comes otherwise than it was announced. */
const announced =
  (length: number, body: string): Answering =>
  () =>
    http('200 OK', body, [`Content-Length: ${length}`]);

const again = 'is asked for again';
const sixTimes = 'is asked for six times, then the stream fails and its state stays';

export const faults: readonly Fault[] = [
  {
    what: 'the connection is reset',
    outcome: again,
    answers: once((_nth, socket) => void socket.resetAndDestroy()),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'the connection is closed without an answer',
    outcome: again,
    answers: once((_nth, socket) => void socket.end()),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'half of a body comes',
    outcome: again,
    answers: once(announced(page.length, page.slice(0, 20))),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'half of a chunked body comes',
    outcome: again,
    answers: once(
      () =>
        `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n14\r\n${page.slice(0, 20)}\r\n`,
    ),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'a body is announced shorter than it is',
    outcome: `what was announced is no JSON: it ${sixTimes}`,
    answers: announced(20, page),
    ends: 'INCOMPLETE',
    records: 0,
    asked: 6,
    says: 'cannot be read as JSON',
  },
  {
    what: 'the body is empty',
    outcome: sixTimes,
    answers: status('200 OK', ''),
    ends: 'INCOMPLETE',
    records: 0,
    asked: 6,
    says: 'cannot be read as JSON',
  },
  {
    what: 'HTML with the status of a success',
    outcome: `${again}, and quoted when it never is anything else`,
    answers: status('200 OK', '<html>down for maintenance</html>', ['Content-Type: text/html']),
    ends: 'INCOMPLETE',
    records: 0,
    asked: 6,
    says: 'down for maintenance',
  },
  {
    what: 'gzip that is cut off',
    outcome: again,
    answers: once(() => http('200 OK', gzipSync(page).subarray(0, 25), ['Content-Encoding: gzip'])),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'gzip that is none',
    outcome: again,
    answers: once(() => http('200 OK', Buffer.from([1, 2, 3, 4]), ['Content-Encoding: gzip'])),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'gzip that unfolds to a thousand times its size',
    outcome: 'fails with the limit; memory stays bounded',
    answers: () => http('200 OK', gzipSync(Buffer.alloc(50_000_000, ' ')), ['Content-Encoding: gzip']),
    ends: 'INCOMPLETE',
    records: 0,
    asked: 'as often as it takes',
  },
  {
    what: 'a body beyond the limit',
    outcome: 'fails with the limit; memory stays bounded',
    answers: () => http('200 OK', JSON.stringify({ data: [{ id: 'x'.repeat(300_000) }] })),
    ends: 'INCOMPLETE',
    records: 0,
    asked: 'as often as it takes',
  },
  {
    what: '429 with Retry-After in seconds',
    outcome: 'waits that long',
    answers: once(status('429 Too Many Requests', '{}', ['Retry-After: 7'])),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: '429 with Retry-After as a date',
    outcome: 'waits until then',
    answers: once(status('429 Too Many Requests', '{}', ['Retry-After: Mon, 01 Jan 2024 00:00:30 GMT'])),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: '429 that says nothing more',
    outcome: 'waits a little longer each time',
    answers: (nth) => (nth < 4 ? http('429 Too Many Requests', '') : good()),
    ends: 'COMPLETE',
    records: 1,
    asked: 4,
  },
  {
    what: 'a burst of 500, 502, 503 and 504',
    outcome: 'waits a little longer each time',
    answers: (nth) => (nth < 5 ? http(`${[500, 502, 503, 504][nth - 1]} Trouble`, 'no JSON') : good()),
    ends: 'COMPLETE',
    records: 1,
    asked: 5,
  },
  {
    what: '500 for ever',
    outcome: sixTimes,
    answers: status('500 Trouble'),
    ends: 'INCOMPLETE',
    records: 0,
    asked: 6,
  },
  {
    what: '401, 403, 404 and other refusals',
    outcome: 'fails at once with what the API says',
    answers: status('403 Forbidden', '{"message": "not for you"}'),
    ends: 'INCOMPLETE',
    records: 0,
    asked: 1,
    says: 'not for you',
  },
  {
    what: 'no answer at all',
    outcome: 'after the timeout it is asked for again',
    answers: once(() => undefined),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'a body that stops coming',
    outcome: 'after the timeout it is asked for again',
    answers: once((_nth, socket) => {
      socket.write(http('200 OK', page.slice(0, 20), [`Content-Length: ${page.length}`]));
      return undefined;
    }),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'a body that comes a byte at a time',
    outcome: 'is given up when it stays below a kilobyte a second, and asked for again',
    answers: once((_nth, socket) => {
      socket.write(http('200 OK', '{', ['Content-Length: 100000']));
      const drip = setInterval(() => socket.write(' '), 50);
      socket.once('close', () => clearInterval(drip));
      return undefined;
    }),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'a redirect',
    outcome: 'is followed; credentials do not leave their origin',
    answers: (_nth, _socket, path) =>
      path.startsWith('/items') ? http('302 Found', '', ['Location: /elsewhere']) : good(),
    ends: 'COMPLETE',
    records: 1,
    asked: 2,
  },
  {
    what: 'redirects without an end',
    outcome: 'end after thirty',
    answers: status('302 Found', '', ['Location: /items']),
    ends: 'INCOMPLETE',
    records: 0,
    asked: 'as often as it takes',
  },
  {
    what: 'a redirect without a place',
    outcome: 'is no empty page: the stream fails',
    answers: status('302 Found', ''),
    ends: 'INCOMPLETE',
    records: 0,
    asked: 'as often as it takes',
  },
  {
    what: 'the next page is the page itself',
    outcome: 'fails with the token that leads nowhere; what came stays',
    answers: () => good(1, 'same'),
    ends: 'INCOMPLETE',
    records: 4,
    asked: 'as often as it takes',
    says: 'same',
  },
  {
    what: 'two pages that name each other',
    outcome: 'fails with the token that leads nowhere; what came stays',
    answers: (nth) => good(nth % 2, nth % 2 === 0 ? 'a' : 'b'),
    ends: 'INCOMPLETE',
    records: 6,
    asked: 'as often as it takes',
  },
  {
    what: 'pages that become shorter, and one that is empty',
    outcome: 'are all read: only the API says which page is the last',
    answers: (nth) =>
      nth === 2
        ? http('200 OK', JSON.stringify({ data: [], next: 'third' }))
        : good(nth, nth < 3 ? `page ${nth + 1}` : undefined),
    ends: 'COMPLETE',
    records: 2,
    asked: 3,
  },
  {
    what: 'a record that is nested 5,000 levels deep',
    outcome: 'is a record like any other',
    answers: () =>
      http('200 OK', `{"data": [{"u": "2024-01-10", "id": ${'['.repeat(5000)}${']'.repeat(5000)}}]}`),
    ends: 'COMPLETE',
    records: 1,
    asked: 1,
  },
  {
    what: 'bytes that are no UTF-8',
    outcome: 'become replacement characters, as in Python',
    answers: () =>
      http(
        '200 OK',
        Buffer.concat([
          Buffer.from('{"data": [{"id": "'),
          Buffer.from([0xff, 0xfe]),
          Buffer.from('", "u": "2024-01-10"}]}'),
        ]),
      ),
    ends: 'COMPLETE',
    records: 1,
    asked: 1,
  },
  {
    what: 'a byte order mark',
    outcome: 'is no part of the body',
    answers: () => http('200 OK', `\ufeff${page}`),
    ends: 'COMPLETE',
    records: 1,
    asked: 1,
  },
  {
    what: 'a host that refuses connections',
    outcome: sixTimes,
    answers: () => undefined,
    at: () => 'http://127.0.0.1:9/items',
    ends: 'INCOMPLETE',
    records: 0,
    asked: 'as often as it takes',
    says: 'refused',
  },
  {
    what: 'a host name that does not exist',
    outcome: 'fails with the name',
    answers: () => undefined,
    at: () => 'http://no-such-host.invalid/items',
    ends: 'INCOMPLETE',
    records: 0,
    asked: 'as often as it takes',
    says: 'no-such-host.invalid',
  },
  {
    what: 'a port that does not speak TLS',
    outcome: sixTimes,
    answers: status('400 Bad Request'),
    at: (origin) => `${origin.replace('http:', 'https:')}/items`,
    ends: 'INCOMPLETE',
    records: 0,
    asked: 'as often as it takes',
  },
];
