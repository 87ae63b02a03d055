import type { TestCommandOptions } from '../test-run.ts';
import type { Testable } from '../testables.ts';

/** Variables that the engine looks at while it tests: limits, folders, what Node itself is told. */
const seenVariable = /^(?:MANIFOLD_|AIRBYTE_|DEPLOYMENT_MODE$|NODE_|TZ$)/;

/** What the outcome of a test depends on besides files. */
export function surroundingsOf(
  { name, manifest, testFile, folder }: Testable,
  { checks, grep, openapi }: TestCommandOptions,
  program: string,
): string {
  const { version, arch, platform, execArgv, env } = process;
  const { locale, timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  const variables = Object.entries(env).filter(([variable]) => seenVariable.test(variable));
  return JSON.stringify([
    [program, version, arch, platform, execArgv, locale, timeZone, variables.sort()],
    // Paths are told as they are given, from the folder where the program was started.
    [process.cwd(), name, manifest, testFile, folder],
    [checks, grep, openapi],
  ]);
}
