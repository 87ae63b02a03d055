import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { codesOf, noCodes, type Taken, takenBefore, unreachable } from '../taken-statuses.ts';

export const filterCodes = defineCheck({
  id: 'filter-codes',
  group: 'errors',
  level: 'static',
  severity: 'warning',
  doc: 'a response filter is for statuses that there are and that its action and its message fit: a rate limit is 429, good answers are no failures, what was refused is not asked for again, and what was not is tried more than once, but not for ever',
  *run({ source }) {
    const seen = new Set<number>();
    // Streams that are only parents, and logins, fail too.
    for (const errorHandler of visit(source)) {
      if (errorHandler.field !== 'error_handler' || errorHandler.isHook) continue;
      const stream = textIn(ancestorOf(errorHandler, 'Stream'), 'name');
      for (const handler of visit(errorHandler)) {
        const node = written(handler, 'max_retries');
        if (node?.kind !== 'scalar' || seen.has(node.place.start)) continue;
        seen.add(node.place.start);
        if (node.value === 0)
          yield violation(
            node,
            'Nothing is tried a second time here: an outage of a second, or a rate limit, fails the stream.',
            { stream },
          );
        else if (Number(node.value) > mostTries)
          yield violation(
            node,
            `A request is tried ${node.value} times here: what does not mend itself keeps the sync busy for hours, and nobody is told.`,
            { stream },
          );
      }
      const taken = takenBefore(errorHandler);
      for (const filter of visit(errorHandler)) {
        if (filter.family !== 'ResponseFilter' || filter.isHook) continue;
        yield looked(stream);
        if (seen.has(filter.node.place.start)) continue;
        seen.add(filter.node.place.start);
        yield* whatIsMissing(filter, taken.get(filter) ?? noCodes, stream);
      }
      yield* unreachable(errorHandler, taken, seen, stream);
    }
  },
});

/** With a wait of a minute each, this is a night. */
const mostTries = 500;

/** How APIs say that it is too much; 403 and 503 in disguise. */
const limits: readonly number[] = [429, 403, 503, 420];

const outOfOrder: readonly number[] = [500, 502, 503, 504, 520, 521, 522, 524];

/** Messages of people, with a word for the status that they have in mind. */
const words: readonly (readonly [RegExp, readonly number[]])[] = [
  [/rate.?limit|too many requests|throttl|quota/i, limits],
  [/unauthori[sz]ed|invalid (?:api.?)?(?:key|token)/i, [401, 403, 400]],
  [/\bforbidden\b/i, [403, 401]],
  [/\bnot found\b/i, [404, 410, 400, 422]],
  [/\bpermissions?\b|\bpremium\b|access denied|credentials/i, [403, 401, 402, 400]],
  [/\bunprocessable\b/i, [422, 400]],
  [/\binvalid (?:\w+ )?(?:parameters?|arguments?)\b/i, [400, 422, 403, 409]],
  [/payment required/i, [402, 403]],
  [/method not allowed/i, [405, 403, 404, 501]],
  [/\bconflict(?:s|ed)?\b/i, [409, 400, 412, 422, 423]],
  [/(?:payload|entity|request|body|file) (?:is )?too large/i, [413, 400, 414, 431]],
  [/(?:gateway|request) time-?out/i, [504, 408, 502, 503, 500, 522, 524]],
  [/bad request|malformed|missing (?:a )?(?:required )?param|configuration error/i, [400, 422, 403, 401]],
  [/server error|wrong with (?:the )?api/i, outOfOrder],
  // What is deleted or hidden is unavailable, too, with a server in the best of order.
  [/(?:service|server|api|temporarily|currently) (?:\w+ )?unavailable|maintenance/i, [503, ...outOfOrder]],
];

function* whatIsMissing(
  filter: ComponentAt,
  taken: Taken,
  stream: string | undefined,
): Generator<CheckEvent> {
  const { error_message_contains: text, predicate } = filter.fields;
  yield* pointlessRetry(filter, stream);
  yield* hastyFailure(filter, stream);
  const codes = codesOf(filter);
  if (codes.length === 0) return;
  // Of what an earlier filter takes nothing that is said here comes about.
  yield* oddCodes(
    filter,
    codes.filter((code) => !taken.has(code)),
    text === undefined && predicate === undefined,
    stream,
  );
  // Good answers that tell of a failure may speak of any.
  if (predicate !== undefined || (text !== undefined && codes.some((code) => code < 400))) return;
  const node = written(filter, text === undefined ? 'error_message' : 'error_message_contains');
  const message = node?.kind === 'scalar' ? String(node.value) : '';
  const shown = codes.join(', ');
  const named = [...message.matchAll(/(?<![\d.])[45]\d\d(?![\d.])/g)].map(([code]) => Number(code));
  const at = written(filter, 'http_codes') ?? filter.node;
  const missing = named.find((code) => !codes.includes(code));
  if (missing !== undefined) {
    yield violation(at, `The message of this filter is about status ${missing}, and it is for ${shown}.`, {
      stream,
    });
    return;
  }
  for (const [word, expected] of words)
    if (word.test(message) && !codes.some((code) => expected.includes(code))) {
      yield violation(
        at,
        `The message of this filter speaks of "${word.exec(message)?.[0]}", which APIs tell with ${expected[0]}, and it is for ${shown}.`,
        { stream },
      );
      return;
    }
}

/** What no wait changes, in the words of people. */
const lasting =
  /permission|premium|subscri|invalid|unauthori[sz]ed|credential|configur|not (?:found|available|allowed)|missing|does not exist/i;

function* pointlessRetry(filter: ComponentAt, stream: string | undefined): Generator<CheckEvent> {
  const node = written(filter, 'error_message_contains') ?? written(filter, 'error_message');
  const action = textIn(filter, 'action');
  if (node?.kind !== 'scalar' || (action !== 'RETRY' && action !== 'RATE_LIMITED')) return;
  const word = lasting.exec(String(node.value))?.[0];
  if (word === undefined || words.some(([pattern], index) => index === 0 && pattern.test(String(node.value))))
    return;
  yield violation(
    written(filter, 'action'),
    `The message of this filter speaks of "${word}", which no wait changes, and its action is ${action}.`,
    { stream, also: [node.place] },
  );
}

/** What a wait does mend, in the words of people. */
const passing = /rate.?limit|too many requests|throttl|(?:will |, )retry(?:ing)?\b|try(?:ing)? again/i;

/** A filter that is about a limit, and gives up. Of a quota nobody knows when it is filled up again. */
function* hastyFailure(filter: ComponentAt, stream: string | undefined): Generator<CheckEvent> {
  const action = textIn(filter, 'action');
  const codes = codesOf(filter);
  if (action !== 'FAIL' && action !== 'IGNORE') return;
  // A status that is no limit is another slip.
  if (codes.length > 0 && !codes.some((code) => limits.includes(code))) return;
  const texts = ['error_message', 'error_message_contains'].map((field) => written(filter, field));
  const said = texts.find((node) => node?.kind === 'scalar' && passing.test(String(node.value)));
  if (said?.kind !== 'scalar') return;
  const word = passing.exec(String(said.value))?.[0].replace(/^, /, '');
  yield violation(
    written(filter, 'action'),
    `The message of this filter speaks of "${word}", after which the same request is answered later, and its action is ${action}.`,
    { stream, also: [said.place] },
  );
}

/** Statuses that servers do send, besides those of the HTTP standards: of nginx, Cloudflare, Shopify, Twitter and others. */
const ownCodes = new Set([
  419, 420, 430, 440, 444, 449, 450, 460, 463, 494, 495, 496, 497, 498, 499, 509, 561, 598, 599,
]);
const isKnown = (code: number) =>
  (code >= 100 && code <= 103) ||
  (code >= 200 && code <= 208) ||
  code === 226 ||
  (code >= 300 && code <= 308) ||
  (code >= 400 && code <= 418) ||
  (code >= 421 && code <= 426) ||
  [428, 429, 431, 451].includes(code) ||
  (code >= 500 && code <= 511) ||
  (code >= 520 && code <= 530) ||
  ownCodes.has(code);

/** Statuses after which the same request has the same answer. */
const refusals = new Set([400, 404, 405, 406, 410, 411, 413, 414, 415, 422, 428, 431, 501]);

/** What a server in between answers when the one behind it does not. */
const outages = new Set([502, 503, 504]);

/** So have these, but for some APIs 403 is a limit in disguise. */
const denials = new Set([401, 402, 403, 407]);

function* oddCodes(
  filter: ComponentAt,
  codes: readonly number[],
  isForAll: boolean,
  stream: string | undefined,
): Generator<CheckEvent> {
  if (codes.length === 0) return;
  const action = textIn(filter, 'action');
  const at = written(filter, 'http_codes') ?? filter.node;
  const unknown = codes.find((code) => !isKnown(code));
  if (unknown !== undefined) {
    yield violation(at, `No API answers with the status ${unknown}: was another one meant?`, { stream });
    return;
  }
  const good = codes.find((code) => code >= 200 && code < 300);
  // 202 is the answer to who asks before there is something to give.
  const isNotYet = codes.every((code) => code === 202) && action === 'RETRY';
  if (good !== undefined && isForAll && action !== undefined && action !== 'SUCCESS' && !isNotYet) {
    yield violation(at, `An answer with the status ${good} is a good one, and it is taken for ${action}.`, {
      stream,
    });
    return;
  }
  const isAgain = action === 'RETRY' || action === 'RATE_LIMITED';
  const node = written(filter, 'action');
  const isRefused = codes.every((code) => refusals.has(code) || denials.has(code));
  if (isAgain && isForAll && isRefused && codes.some((code) => code === 401 || refusals.has(code)))
    yield violation(
      node,
      `An API that answers ${codes.join(', ')} refuses the request as it is, and would refuse it again: ${action} only waits.`,
      { stream, also: [at.place] },
    );
  const failed = codes.find((code) => code === 401 || code === 429 || code >= 500);
  const told = written(filter, 'error_message');
  if (action === 'SUCCESS' && told !== undefined && failed === undefined)
    yield violation(
      node,
      'Nobody is told the message of this filter: SUCCESS takes the answer for a good one, and reads records from it.',
      { stream, also: [told.place] },
    );
  if (action === 'SUCCESS' && isForAll && failed !== undefined)
    yield violation(
      node,
      `An answer with status ${failed} has no records, and its body is read as if it had: SUCCESS is for answers that an API only calls failures.`,
      { stream, also: [at.place] },
    );
  if (isAgain && isForAll && codes.includes(420) && !codes.includes(429))
    yield violation(
      at,
      'A rate limit is 429; with 420 hardly any API has answered since 2012. What fits no filter is handled as if there were none.',
      { stream },
    );
  if (action === 'IGNORE' && isForAll && codes.includes(429))
    yield violation(
      node,
      'An API that answers 429 has been asked too often, and has all records later: IGNORE leaves them out, RATE_LIMITED waits for them.',
      { stream, also: [at.place] },
    );
  if (action === 'IGNORE' && isForAll && codes.every((code) => outages.has(code)))
    yield violation(
      node,
      `An API that answers ${codes.join(', ')} is out of order for a while, and has all records later: IGNORE leaves them out.`,
      { stream, also: [at.place] },
    );
  if (action === 'IGNORE' && isForAll && codes.includes(401))
    yield violation(
      node,
      'With an expired or mistyped credential every answer is 401, and is ignored here: the stream is empty, and nobody is told.',
      { stream, also: [at.place] },
    );
}
