import { dirname } from 'node:path';
import { hasFileIn } from '../../connector/file-reader.ts';
import { loadWithHooks } from '../../connector/load-with-hooks.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import type { Source } from '../../error/place.ts';
import { printError } from '../../error/print-location.ts';
import type { Hook } from '../../language/hook.ts';
import { validateManifest } from '../../validate/validate-manifest.ts';
import type { Environment } from '../environment.ts';
import { readInputText, readStdin } from '../read-input.ts';
import { manifestFiles } from './manifest-files.ts';
import type { Report } from './report.ts';
import { asGithub } from './report-github.ts';
import { asJson } from './report-json.ts';
import { asSarif } from './report-sarif.ts';
import { asText } from './report-text.ts';

const formats = { text: asText, json: asJson, github: asGithub, sarif: asSarif };

export type ReportFormat = keyof typeof formats;

export interface ValidateCommandOptions {
  readonly hooks?: readonly string[];
  /** Warnings count as errors. */
  readonly strict?: boolean;
  readonly format?: ReportFormat;
}

/**
 * `validate`: every finding in the manifests, each with its place. A folder stands for the manifests in it, `-` for one
 * that comes in. Exit code 1 when one has an error.
 */
export async function validate(
  paths: readonly string[],
  { hooks = [], strict = false, format = 'text' }: ValidateCommandOptions,
  environment: Environment,
): Promise<number> {
  const fromCommandLine = await environment.loadHooks(hooks);
  const reports: Report[] = [];
  for (const file of await manifestFiles(paths)) {
    reports.push(await reportOn(file, fromCommandLine, environment));
  }
  await environment.write(formats[format](reports));
  const isWrong = ({ severity }: Diagnostic) => strict || severity === 'error';
  return reports.some(({ findings }) => findings.some(isWrong)) ? 1 : 0;
}

async function reportOn(path: string, hooks: readonly Hook[], environment: Environment): Promise<Report> {
  const file = path === '-' ? '<stdin>' : path;
  try {
    const text =
      path === '-' ? await readStdin(environment, 'manifest') : await readInputText(path, 'manifest');
    return { file, findings: await findingsIn({ name: file, text }, path, hooks, environment) };
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    const message = error.nodes.length > 0 ? error.message : printError(error);
    return { file, findings: [{ severity: 'error', message, places: error.nodes, rule: 'manifest' }] };
  }
}

async function findingsIn(
  source: Source,
  path: string,
  hooks: readonly Hook[],
  { hasBundledSchema, bundledHooks }: Environment,
): Promise<readonly Diagnostic[]> {
  const hasFile = (name: string) => hasFileIn(dirname(path), name) || hasBundledSchema?.(name) === true;
  const manifest = await loadWithHooks(source, { hooks }, bundledHooks);
  const found = validateManifest(manifest, path === '-' ? {} : { hasFile });
  return distinct(found).toSorted((a, b) => startOf(a) - startOf(b));
}

function startOf({ places: [place] }: Diagnostic): number {
  return place?.start ?? 0;
}

/** What is in a shared definition is found once for each of its users. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const place = diagnostic.places[0];
    const key = `${place?.source.name}:${place?.start}:${place?.pointer}:${diagnostic.message}`;
    if (!seen.has(key)) seen.set(key, diagnostic);
  }
  return [...seen.values()];
}
