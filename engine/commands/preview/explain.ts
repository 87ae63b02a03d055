import { existsSync } from 'node:fs';
import { withConnector } from '../../connector/with-connector.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { streamNames } from '../../manifest/written-streams.ts';
import { countSlices } from '../../preview/count-slices.ts';
import { codeExplanations } from '../../preview/explain-code.ts';
import { explainStream, explanationMarkdown, explanationText } from '../../preview/explain-stream.ts';
import { systemClock } from '../../time/clock.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import type { Environment } from '../environment.ts';
import { type AuthorOptions, type OpenedForPreview, openForPreview, requireStream } from './open-preview.ts';

export interface ExplainOptions extends AuthorOptions {
  readonly md?: boolean;
}

/** When a check passes. Throws ConnectorError (config_error) for what is no check. */
async function aboutCheck(id: string): Promise<string> {
  if (/\.(?:ya?ml|json)$/.test(id))
    throw new ConnectorError(`The manifest ${id} could not be read: there is no such file.`, {
      kind: 'config_error',
    });
  const { specifiedChecks } = await import('../../conformance/specified-checks.ts');
  const check = specifiedChecks.find((each) => each.id === id);
  if (check !== undefined) return `${id} (${check.level}, ${check.severity}) passes when ${check.doc}.\n`;
  const codes = [...codeExplanations.keys()];
  const near = didYouMean(id, [...codes, ...specifiedChecks.map((each) => each.id)]);
  throw new ConnectorError(
    `"${id}" is neither a manifest nor a code of "manifold validate" or "manifold test".${near || ` Codes of "manifold validate": ${codes.join(', ')}. "manifold test --list" lists the others.`}`,
    { kind: 'config_error' },
  );
}

/** `explain FILE [STREAM]`: how each stream is read; `explain CODE`: what a finding of `validate` means, or when a check passes. */
export async function explain(
  subject: string,
  stream: string | undefined,
  options: ExplainOptions,
  environment: Environment,
): Promise<number> {
  const code = codeExplanations.get(subject);
  if (code !== undefined) {
    const { why, wrong, right } = code;
    await environment.write(`${subject}: ${why}\n\n  not   ${wrong}\n  but   ${right}\n`);
    return 0;
  }
  if (!existsSync(subject)) {
    await environment.write(await aboutCheck(subject));
    return 0;
  }
  const opened = await openForPreview(subject, options, environment);
  if (stream !== undefined) requireStream(opened.manifest, stream);
  const names = stream === undefined ? streamNames(opened.manifest.root) : [stream];
  const counts = options.config === undefined ? undefined : await slicesOf(names, opened);
  for (const [index, name] of names.entries()) {
    const found = explainStream(opened.manifest, name);
    if (found === undefined)
      throw new ConnectorError(`There is no stream "${name}".`, { kind: 'config_error' });
    const count = counts?.get(name);
    const parts =
      count === undefined
        ? found.parts
        : found.parts.map((part) =>
            part.title === 'slices'
              ? {
                  ...part,
                  lines: [
                    ...part.lines,
                    `now: ${count}, so at least ${count} request${count === 1 ? '' : 's'}`,
                  ],
                }
              : part,
          );
    const explained = { name, parts };
    const text = options.md === true ? explanationMarkdown(explained) : explanationText(explained);
    await environment.write(opened.redactor.text(`${index === 0 ? '' : '\n'}${text}`));
  }
  return 0;
}

/** How many slices there are from the state on; none for streams that have to be asked for that. */
async function slicesOf(
  names: readonly string[],
  { manifest, config, states, surroundings }: OpenedForPreview,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  await withConnector(
    manifest,
    config,
    { clock: systemClock, ...surroundings },
    {
      async work(connector) {
        for (const name of names) {
          const definition = await connector.find(name);
          const count = definition && (await countSlices(manifest, definition, states?.get(name), 1));
          if (count !== undefined) counts.set(name, count);
        }
      },
    },
  );
  return counts;
}
