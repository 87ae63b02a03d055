import type { OutgoingRequest } from '../../contract/families.ts';
import type { HttpResponse } from '../../contract/http-response.ts';
import type { Transport, TransportOptions } from '../../contract/scope.ts';
import { emptySlice } from '../../contract/slice.ts';
import { createResponse, responseHeaders } from '../../http/wire/response.ts';
import type { SimulatedAnswer } from '../../simulator/answers.ts';
import { isJobField } from '../../simulator/jobs.ts';
import type { Interfere } from '../../simulator/simulator.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { validateAgainstSchema } from '../../util/schema/validate-against-schema.ts';
import { configOf, type SimulatedApi } from '../simulated/api.ts';
import { type Run, runStream } from '../simulated/run.ts';
import type { StreamAt, Subject } from '../subject.ts';
import { createExchanges, credentialsOf, type Exchange, type Exchanges } from './exchanges.ts';

/** One stream by two manifests, both read from the API that is made out of the first. */
export interface CrossRead {
  readonly stream: StreamAt;
  readonly was: Run;
  readonly is: Run;
  /** What the second asks and the first does not; the second's own API has answered it. */
  readonly unknown: readonly OutgoingRequest[];
  /** Of those, what is asked of another host or path, or by another method. */
  readonly elsewhere: readonly OutgoingRequest[];
  /** Requests of the second with what the first has asked in their place. */
  readonly met: readonly { readonly was: Exchange; readonly is: Omit<Exchange, 'answer'> }[];
  /** Whether both were configured alike. */
  readonly hasOneConfig: boolean;
}

/** A manifest with its API. */
export interface Side {
  readonly subject: Subject;
  readonly stream: StreamAt;
  readonly api: SimulatedApi;
}

export interface CrossReadOptions {
  /** What has other parameters is answered, too, as if it had those of before: for who looks at what becomes of any answer. */
  readonly takesNear?: boolean;
}

/** What one manifest has asked and was answered is what the other one finds: whatever it does not ask, it does not get. */
export async function crossRead(
  first: Side,
  second: Side,
  { takesNear = false }: CrossReadOptions = {},
): Promise<CrossRead> {
  const exchanges = createExchanges();
  const was = await runStream(first.subject, first.stream, keeping(first.api, exchanges), { listens: false });
  const unknown: OutgoingRequest[] = [];
  const elsewhere: OutgoingRequest[] = [];
  const met: { was: Exchange; is: Omit<Exchange, 'answer'> }[] = [];
  const { config, isSame } = configFor(first.subject, second.subject);
  const api = answering(second.api, (request, options) => {
    const credentials = credentialsOf(request, options);
    const found = exchanges.find(request, credentials);
    if (found !== undefined) met.push({ was: found, is: { request, credentials } });
    else {
      unknown.push(request);
      if (!exchanges.knows(request)) elsewhere.push(request);
    }
    return (found ?? (takesNear ? exchanges.findNear(request) : undefined))?.answer;
  });
  const is = await runStream(second.subject, second.stream, api, { config, listens: false });
  return { stream: first.stream, was, is, unknown, elsewhere, met, hasOneConfig: isSame };
}

/** Whoever has synced with the first has a config of it. */
function configFor(first: Subject, second: Subject): { config: JsonObject; isSame: boolean } {
  const [old, own] = [configOf(first), configOf(second)];
  const fits = (config: JsonObject) =>
    second.asks === undefined || validateAgainstSchema(config, second.asks).length === 0;
  if (fits(old)) return { config: old, isSame: true };
  const both = { ...own, ...old };
  return { config: fits(both) ? both : own, isSame: false };
}

/** An API whose exchanges are kept. */
function keeping(api: SimulatedApi, exchanges: Exchanges): SimulatedApi {
  return {
    ...api,
    transport: {
      ...api.transport,
      async send(request, options) {
        const asked = { ...request, url: new URL(request.url.href), headers: { ...request.headers } };
        const response = await api.transport.send(request, options);
        const answer = await answerOf(response);
        exchanges.keep({ request: asked, credentials: credentialsOf(asked, options), answer });
        return response;
      },
    },
  };
}

/** An API in whose place somebody else may answer. */
function answering(
  own: SimulatedApi,
  answer: (request: OutgoingRequest, options: TransportOptions | undefined) => SimulatedAnswer | undefined,
): SimulatedApi {
  let interfering: Interfere | undefined;
  const transport: Transport = {
    ...own.transport,
    async send(request, options) {
      options?.signal?.throwIfAborted();
      const given = async () =>
        answer(request, options) ?? answerOf(await own.transport.send(request, options));
      const about = aboutPage(own, options);
      const { status, headers, body } =
        interfering === undefined || about === undefined
          ? await given()
          : await interfering(request, about, given);
      return createResponse({ url: request.url.href, status, headers: responseHeaders(headers), body });
    },
  };
  return {
    ...own,
    transport,
    interfereWith(interfere) {
      interfering = interfere;
    },
  };
}

/** What a request for records is for; undefined for all others. */
function aboutPage({ simulator }: SimulatedApi, { occasion }: TransportOptions = {}) {
  if (occasion === undefined) return undefined;
  const found = simulator.facts.world().ownerOf(occasion.requester);
  if (found === undefined || found.owner.family !== 'Retriever' || isJobField(found.field)) return undefined;
  const { stream = '', requester, slice = emptySlice, token } = occasion;
  return { stream, owner: found.owner, requester, slice, token };
}

async function answerOf(response: HttpResponse): Promise<SimulatedAnswer> {
  return {
    status: response.status,
    headers: [...response.headers.entries()].map(([name, value]) => [name, value] as const),
    body: await response.bytes(),
  };
}
