import type { Environment } from '../../engine/commands/environment.ts';
import { fakeClock } from './scope.ts';

export interface TestEnvironment extends Environment {
  /** All that went to stdout. */
  readonly written: () => string;
  /** All that was said to people. */
  readonly said: () => string;
}

/** A process that remembers what is written, without bundled manifests or hooks. */
export function testEnvironment(parts: Partial<Environment> = {}): TestEnvironment {
  let written = '';
  let said = '';
  return {
    env: {},
    write: async (text) => {
      written += text;
    },
    writeError: (text) => {
      said += text;
    },
    bundledManifest: '',
    bundledHooks: async () => [],
    loadHooks: async () => [],
    clock: fakeClock(),
    ...parts,
    written: () => written,
    said: () => said,
  };
}
