import { createRedactor } from '../../http/wire/redact.ts';
import { secretsOf } from '../../protocol/secrets.ts';
import { jsonAnswer } from '../../simulator/answers.ts';
import { tryTo } from '../../util/flow/try-to.ts';
import { isObject, type JsonObject } from '../../util/json/json.ts';
import { toJsonText } from '../../util/json/to-json-text.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { configOf, smallApiFor } from '../simulated/api.ts';
import { eachHandler } from '../simulated/each-handler.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';
import { runStream } from '../simulated/run.ts';
import type { Subject } from '../subject.ts';

export const secretCanary = defineCheck({
  id: 'secret-canary',
  group: 'protocol',
  level: 'simulated',
  severity: 'error',
  doc: 'no secret of the config stands in a log or an error, whatever the API repeats of it',
  run: (subject) =>
    eachHandler(subject, async function* ({ stream }) {
      const config = withCanaries(subject);
      if (config === undefined) return;
      const redactor = createRedactor();
      const canaries = secretsOf(subject.spec?.schema ?? {}, config);
      for (const canary of canaries) redactor.add(canary);
      const run = await runStream(subject, stream, smallApiFor(subject, stream), {
        config,
        listens: false,
        async interfere(request, { stream: name }, regular) {
          if (name !== stream.name) return regular();
          const said = `${request.url.href} ${toJsonText(request.headers)} ${request.body ?? ''}`;
          return jsonAnswer({ message: `Forbidden: ${said}`, error: said }, 403);
        },
      });
      yield looked(stream.name);
      // What leaves the process goes through the same redaction of messages.
      const told = [
        ...run.logs.map(({ message }) => message),
        ...run.errors.map(({ message }) => redactor.text(message)),
      ];
      const leak = told.find((text) =>
        canaries.some((canary) => forms(canary).some((form) => text.includes(form))),
      );
      if (leak === undefined) return;
      yield violation(
        fieldIn(partsOf(stream).requester),
        `A secret of the config is in what stream "${stream.name}" says: ${redactor.text(leak).slice(0, 160)}`,
        { stream: stream.name },
      );
    }),
});

function forms(canary: string): readonly string[] {
  return [canary, Buffer.from(canary).toString('base64').replace(/=+$/, ''), encodeURIComponent(canary)];
}

/** The config with secrets that nobody would write; undefined when there are none, or when they do not fit. */
function withCanaries(subject: Subject): JsonObject | undefined {
  return subject.shared('config with canaries', () => {
    const secrets = new Set(secretsOf(subject.spec?.schema ?? {}, configOf(subject)));
    if (secrets.size === 0) return undefined;
    let count = 0;
    const replaced = (value: unknown): unknown => {
      if (typeof value === 'string') return secrets.has(value) ? `cAnary/${count++}+${value}` : value;
      if (Array.isArray(value)) return value.map(replaced);
      if (!isObject(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replaced(each)]));
    };
    const config = replaced(configOf(subject)) as JsonObject;
    return tryTo(() => subject.configure(config)) === undefined ? undefined : config;
  });
}
