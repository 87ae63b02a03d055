import { toJsonText } from '../../util/json/to-json-text.ts';
import { type ComponentAt, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { fieldIn, partsOf } from '../simulated/places.ts';

export const sharedFilters = defineCheck({
  id: 'shared-filters',
  group: 'errors',
  level: 'static',
  severity: 'warning',
  saysMoreThan: ['near-copies', 'streams-agree'],
  doc: 'the error handler of a stream answers every status that those of several others answer, which are like it but for that one',
  async *run(subject) {
    const streams = (await subject.streams()).flatMap((stream) => {
      const { errorHandler } = partsOf(stream);
      // What a hook answers nobody can tell.
      if (errorHandler === undefined || visit(errorHandler).some(({ isHook }) => isHook)) return [];
      return [{ name: stream.name, errorHandler, answers: answersOf(errorHandler) }];
    });
    const isNew = once();
    for (const stream of streams) {
      if (!isNew(stream.errorHandler.node)) continue;
      yield looked(stream.name);
      yield* compared(
        stream,
        streams.filter(({ name }) => name !== stream.name),
      );
    }
  },
});

/** What is done with one status, or with what else a filter asks for. */
interface Answer {
  readonly action: string;
  readonly code: string;
  /** What else it depends on. */
  readonly more: string;
  readonly filter: ComponentAt;
}

interface Handled {
  readonly name: string;
  readonly errorHandler: ComponentAt;
  readonly answers: ReadonlyMap<string, Answer>;
}

function answersOf(errorHandler: ComponentAt): ReadonlyMap<string, Answer> {
  const found = new Map<string, Answer>();
  for (const filter of visit(errorHandler)) {
    if (filter.family !== 'ResponseFilter') continue;
    const { action, http_codes, error_message_contains: text, predicate } = filter.fields;
    const listed = [...((http_codes as Iterable<unknown> | undefined) ?? [])].map(String);
    const more = toJsonText([text, (predicate as { readonly text?: string } | undefined)?.text]);
    for (const code of listed.length === 0 ? [''] : listed)
      found.set(toJsonText([action, code, more]), { action: String(action), code, more, filter });
  }
  return found;
}

function* compared(
  { name, errorHandler, answers }: Handled,
  others: readonly Handled[],
): Generator<CheckEvent> {
  const key = (each: Handled) => toJsonText([...each.answers.keys()].sort());
  const groups = new Map<string, Handled[]>();
  for (const each of others) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  // What another stream does as well is meant.
  if (groups.has(toJsonText([...answers.keys()].sort()))) return;
  for (const alike of groups.values()) {
    const [first] = alike;
    if (first === undefined || alike.length < 2) continue;
    const missing = without(first.answers, answers);
    const extra = without(answers, first.answers);
    const [lost, changed] = [missing[0], extra[0]];
    if (lost === undefined || new Set(missing.map(({ filter }) => filter.node)).size > 1) continue;
    const names = `${alike
      .slice(0, 2)
      .map((each) => `"${each.name}"`)
      .join(', ')}${alike.length > 2 ? ` and ${alike.length - 2} more` : ''}`;
    const also = [lost.filter.node.place];
    if (changed === undefined) {
      yield violation(
        // What only compares the lists points there.
        fieldIn(errorHandler, 'error_handlers', 'response_filters'),
        `Stream "${name}" does not ${what(missing)}, as streams ${names} do beside all that it has: is that left out on purpose?`,
        { stream: name, also },
      );
      return;
    }
    const isCode = missing.length === 1 && extra.length === 1 && lost.code !== '' && changed.code !== '';
    if (!isCode || lost.action !== changed.action || lost.more !== changed.more) continue;
    yield violation(
      codeAt(changed),
      `Stream "${name}" has the action ${changed.action} for the status ${changed.code}, and streams ${names}, which have the same filters, for ${lost.code}: which one does the API answer?`,
      { stream: name, also },
    );
    return;
  }
}

function without(these: ReadonlyMap<string, Answer>, those: ReadonlyMap<string, Answer>): readonly Answer[] {
  return [...these].flatMap(([key, answer]) => (those.has(key) ? [] : [answer]));
}

/** `ignore answers with the status 403`. */
function what(answers: readonly Answer[]): string {
  const [{ action, code } = { action: '', code: '' }] = answers;
  const codes = answers.map((each) => each.code).join(', ');
  const answer = code === '' ? 'some answers' : `answers with the status ${codes}`;
  return action === 'IGNORE' ? `ignore ${answer}` : `filter ${answer} (${action})`;
}

function codeAt({ filter, code }: Answer) {
  const listed = written(filter, 'http_codes');
  const items = listed?.kind === 'sequence' ? listed.items : [];
  return items.find((item) => item.kind === 'scalar' && String(item.value) === code) ?? filter.node;
}
