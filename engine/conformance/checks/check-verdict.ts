import type { CheckResult as ConnectionResult } from '../../contract/families.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import type { MappingNode } from '../../manifest/node.ts';
import { jsonAnswer } from '../../simulator/answers.ts';
import { inspectTemplate } from '../../template/template.ts';
import { virtualClock } from '../../time/virtual-clock.ts';
import { childIn, isUnknownHook, textIn, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';
import { saysNothing } from '../says-nothing.ts';
import { configOf, configProblem, needsConfig, smallApi } from '../simulated/api.ts';
import { simulatedOnce } from '../simulated/each-stream.ts';
import type { Subject } from '../subject.ts';

export const checkVerdict = defineCheck({
  id: 'check-verdict',
  group: 'catalog',
  level: 'simulated',
  severity: 'error',
  tellsOutcome: true,
  doc: '`check` succeeds with an API that answers, and fails, with a reason that somebody can act on, with one that answers every request with 401',
  async *run(subject) {
    const at = childIn(subject.source, 'check');
    if (at === undefined) return;
    const problem = configProblem(subject);
    if (problem === undefined) yield* verdicts(subject, at.node);
    else yield notRun(problem);
  },
});

async function* verdicts(subject: Subject, node: MappingNode): AsyncGenerator<CheckEvent> {
  const api = smallApi(subject);
  const good = await verdict(subject);
  const cannot = api.simulator.reports().find(({ reason }) => reason !== undefined);
  if (!good.succeeded && cannot !== undefined) {
    yield notRun(`its stream "${cannot.stream}" cannot be simulated: ${cannot.reason}`);
    return;
  }
  const hook = good.succeeded ? undefined : missingHook(subject, good.message);
  if (hook !== undefined) {
    yield notRun(`it needs the hook "${hook}", which is not loaded`);
    return;
  }
  const filtered = good.succeeded ? undefined : await leftOut(subject, good.message);
  if (filtered !== undefined) {
    yield notRun(`every record of stream "${filtered}" that was made up is left out by a filter`);
    return;
  }
  const lacking = good.succeeded ? undefined : needsConfig(subject, subject.source);
  if (lacking !== undefined) {
    yield notRun(lacking);
    return;
  }
  yield looked();
  if (!good.succeeded)
    yield violation(
      node,
      `\`check\` fails although the API answers: ${sentence(good.message) || 'it says nothing'}`,
      {
        also: good.places ?? [],
      },
    );
  let asked = 0;
  api.interfereWith(async () => {
    asked += 1;
    return jsonAnswer({ message: 'Unauthorized', error: 'invalid_token' }, 401);
  });
  const bad = await verdict(subject);
  api.interfereWith(undefined);
  if (bad.succeeded && asked > 0)
    yield violation(
      node,
      'An API that answers every request with 401 makes `check` succeed: whoever mistypes a credential is not told.',
      { severity: 'warning' },
    );
  if (!bad.succeeded) yield* reasonProblem(subject, node, bad);
}

/** A message that reads the answer may say more of a real one. */
function* reasonProblem(
  { source }: Subject,
  node: MappingNode,
  { message = '' }: ConnectionResult,
): Generator<CheckEvent> {
  const text = sentence(message).trim();
  if (!saysNothing(text)) return;
  const own = visit(source).flatMap((at) => {
    const message = at.family === 'ResponseFilter' ? textIn(at, 'error_message') : undefined;
    return message === undefined ? [] : [{ at, message }];
  });
  if (own.some((each) => !inspectTemplate(each.message).isPlain)) return;
  const said = own.find((each) => each.message.trim() === text);
  yield violation(
    (said && written(said.at, 'error_message')) ?? node,
    `Where an API answers every request with 401, \`check\` only says ${text === '' ? 'nothing' : `"${text}"`}: whoever mistypes a credential reads neither a status nor a reason.`,
    { severity: 'warning' },
  );
}

/** What it would do nobody knows. */
function missingHook({ source }: Subject, message = ''): string | undefined {
  for (const at of visit(source)) {
    const name = textIn(at, 'class_name')?.split('.').at(-1);
    if (isUnknownHook(at) && name !== undefined && message.includes(`"${name}"`)) return name;
  }
  return undefined;
}

/** The parent with the filter, where the stream that is told of has no slices for its sake: `records-some` tells of the filter. */
async function leftOut(subject: Subject, message = ''): Promise<string | undefined> {
  for (const stream of await subject.streams()) {
    if (!message.startsWith(`Stream "${stream.name}" `)) continue;
    const simulated = await simulatedOnce(subject, stream);
    if (typeof simulated === 'string') return undefined;
    const { records, errors, decisions, asked } = simulated.run;
    // One that is asked for nothing itself fails for want of a parent's record.
    const isAsked = asked.some(({ about }) => about.stream === stream.name);
    if (records.length > 0 || errors.length > 0 || isAsked) return undefined;
    return decisions.find(({ kind }) => kind === 'record.drop')?.stream;
  }
  return undefined;
}

/** Without the lines of the manifest, which a report shows at the places. */
function sentence(message = ''): string {
  return message.split('\n\n')[0] ?? '';
}

async function verdict(subject: Subject): Promise<ConnectionResult> {
  const api = smallApi(subject);
  try {
    const connector = subject.configure(configOf(subject), {
      clock: virtualClock(subject.now),
      transport: api.transport,
    });
    try {
      return await connector.check();
    } finally {
      await connector.close();
    }
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    return { succeeded: false, message: error.message, places: error.nodes };
  }
}
