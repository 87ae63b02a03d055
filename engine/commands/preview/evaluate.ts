import { ConnectorError } from '../../error/connector-error.ts';
import { printThrown } from '../../error/print-location.ts';
import { lookedInto } from '../../preview/looked-into.ts';
import { preview } from '../../preview/preview.ts';
import { createSeenContexts } from '../../preview/seen-contexts.ts';
import { slotAt } from '../../preview/slot-at.ts';
import { secretsOf } from '../../protocol/secrets.ts';
import { specificationIn } from '../../protocol/specification.ts';
import { inspectTemplate } from '../../template/template.ts';
import { systemClock } from '../../time/clock.ts';
import type { Environment } from '../environment.ts';
import { type AuthorOptions, namedManifest, openForPreview, refuseManifest } from './open-preview.ts';
import { wholeNumber } from './preview.ts';

export interface EvaluateOptions extends AuthorOptions {
  readonly at: string;
  readonly page: string;
  readonly manifestPath?: string;
}

/** The manifest and the template; without the manifest, that of `-m` is meant, or the bundled one. */
export type EvaluatedNames = readonly [template: string] | readonly [file: string, template: string];

/**
 * `eval FILE TEMPLATE --at SLOT`: what a template comes to at a place of the manifest, with what that place sees on a page of
 * the API's answers. Exit code 1 when it cannot be evaluated.
 */
export async function evaluate(
  names: EvaluatedNames,
  { at, page: pageText, manifestPath, ...options }: EvaluateOptions,
  environment: Environment,
): Promise<number> {
  const [file, template] = names.length === 2 ? names : [undefined, ...names];
  if (file === undefined) refuseManifest(template, 'the template', 'manifold eval FILE TEMPLATE --at SLOT');
  const path = namedManifest(file, manifestPath);
  const page = wholeNumber(pageText, '--page');
  // What cannot be read need not be asked for.
  const { error, names: read } = inspectTemplate(template);
  if (error !== undefined)
    throw new ConnectorError(`The template cannot be read: ${error.message}`, { kind: 'config_error' });
  const opened = await openForPreview(path, options, environment);
  const { stream, node } = slotAt(opened.manifest.root, at);
  const contexts = createSeenContexts(stream);
  const shown = await preview(opened.manifest, opened.config, {
    stream,
    states: opened.states,
    limits: { pagesPerSlice: Math.max(page, 2), slices: 1, records: 10_000 },
    surroundings: opened.surroundings,
    onDecision: contexts.decision,
    onEvaluation: contexts.evaluation,
  });
  const print = (text: string) => environment.write(opened.redactor.text(`${text}\n`));
  const evaluation = contexts.at(node, page);
  if (evaluation === undefined) {
    const pages = contexts.pagesOf(node);
    const where =
      pages.length > 0
        ? `only on page ${pages.join(', ')}`
        : 'nowhere in what was read, so nothing is known of what it sees';
    const [failure] = shown.errors;
    throw new ConnectorError(
      `"${at}" is evaluated ${where}.${failure === undefined ? '' : `\n\n${opened.redactor.text(printThrown(failure))}`}`,
      { kind: 'config_error', nodes: [node.place] },
    );
  }
  const clock = environment.clock ?? systemClock;
  const context = { ...evaluation.context };
  const hidden = secretsOf(
    specificationIn(opened.manifest.root)?.connectionSpecification ?? {},
    opened.config,
  );
  const missing = read.map(({ name }) => name).filter((name) => !isKnown(context, name));
  if (missing.length > 0) {
    await print(
      missing.map((name) => missingName(name, at, Object.keys(context), contexts.knowing(name))).join('\n'),
    );
    return 1;
  }
  const looked = lookedInto(template, context, clock, hidden);
  await print(`${looked.failed ? 'error  ' : 'sent   '} ${looked.result}`);
  const [whole, ...parts] = looked.parts;
  if (whole !== undefined) await print(`value   ${cut(whole.shown)}   ${whole.type}`);
  const width = Math.min(44, Math.max(0, ...parts.map(({ text, depth }) => text.length + depth * 2)));
  for (const { text, depth, shown: value, type } of parts) {
    await print(`${`${' '.repeat(depth * 2)}${text}`.padEnd(width + 2)}  ${cut(value)}   ${type}`);
  }
  return whole !== undefined && /Error$/.test(whole.type) ? 1 : 0;
}

function isKnown(context: object, name: string): boolean {
  return (
    Object.hasOwn(context, name) ||
    (/^stream_(?:interval|partition)$/.test(name) && 'stream_slice' in context)
  );
}

function missingName(name: string, at: string, known: readonly string[], fields: readonly string[]): string {
  const where =
    fields.length === 0
      ? 'no template of this stream sees it'
      : `${fields.slice(0, 8).join(', ')} see${fields.length === 1 ? 's' : ''} it`;
  return `"${name}" is not known at ${at}: ${where}. Known here: ${known.join(', ')}.`;
}

const longest = 60;

function cut(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
