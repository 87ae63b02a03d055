import { manifestFindings } from '../../connector/manifest-findings.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import type { Diagnostic } from '../../error/diagnostic.ts';
import { printError } from '../../error/print-location.ts';
import type { Hook } from '../../language/hook.ts';
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
    const { bundledHooks, hasBundledSchema } = environment;
    const options = { path: path === '-' ? undefined : path, hooks, bundledHooks, hasBundledSchema };
    return { file, findings: await manifestFindings({ name: file, text }, options) };
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    const message = error.nodes.length > 0 ? error.message : printError(error);
    return { file, findings: [{ severity: 'error', message, places: error.nodes, rule: 'manifest' }] };
  }
}
