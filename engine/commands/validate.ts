import { type BundledHooks, loadWithHooks } from '../connector/load-with-hooks.ts';
import { isConnectorError } from '../error/connector-error.ts';
import type { Diagnostic } from '../error/diagnostic.ts';
import { printDiagnostic, printError } from '../error/print-location.ts';
import type { Hook } from '../language/hook.ts';
import { validateManifest } from '../validate/validate-manifest.ts';
import type { Environment } from './environment.ts';
import { readInputText } from './read-input.ts';

/** `validate`: every finding in the manifests, each with its place. Exit code 1 when one has an error. */
export async function validate(
  files: readonly string[],
  options: { readonly hooks?: readonly string[] },
  environment: Environment,
): Promise<number> {
  const fromCommandLine = await environment.loadHooks(options.hooks ?? []);
  let hasErrors = false;
  for (const file of files) {
    const found = await validateFile(file, fromCommandLine, environment.bundledHooks);
    const errors = found.filter(({ severity }) => severity === 'error').length;
    hasErrors ||= errors > 0;
    for (const diagnostic of found)
      await environment.write(`${diagnostic.severity}: ${printDiagnostic(diagnostic)}\n\n`);
    const warnings = found.length - errors;
    await environment.write(
      found.length === 0
        ? `${file}: valid\n`
        : `${file}: ${count(errors, 'error')}, ${count(warnings, 'warning')}\n`,
    );
  }
  return hasErrors ? 1 : 0;
}

async function validateFile(
  file: string,
  hooks: readonly Hook[],
  bundledHooks: BundledHooks,
): Promise<readonly Diagnostic[]> {
  try {
    const source = { name: file, text: await readInputText(file, 'manifest') };
    const manifest = await loadWithHooks(source, { hooks }, bundledHooks);
    return distinct(validateManifest(manifest));
  } catch (error) {
    if (!isConnectorError(error)) throw error;
    return [
      {
        severity: 'error',
        message: error.nodes.length > 0 ? error.message : printError(error),
        places: error.nodes,
      },
    ];
  }
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

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
