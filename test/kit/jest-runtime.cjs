/**
 * Jest's runtime, which loads the modules under test once more for each test file, in a context of its own. Here each is
 * read, transformed and compiled once per worker, and only run once more: for a file that uses all of the engine that is
 * two thirds of its start.
 */
const { statSync } = require('node:fs');
const { Script } = require('node:vm');
const { default: JestRuntime } = require('jest-runtime');

/** Looking up a global of a context is slow: these are handed to each module as parameters. */
const handedIn = [
  'Array',
  'ArrayBuffer',
  'BigInt',
  'Boolean',
  'Error',
  'JSON',
  'Map',
  'Math',
  'Number',
  'Object',
  'Promise',
  'Proxy',
  'RegExp',
  'Set',
  'String',
  'Symbol',
  'TypeError',
  'Uint8Array',
  'WeakMap',
  'WeakSet',
].join(', ');

// A worker has half a second to end. To give its memory back piece by piece takes longer, and the system takes it at once.
if (process.send !== undefined) process.once('beforeExit', () => process.exit());

/** By file: what it was compiled from, and the script, which runs in any context. */
const scripts = new Map();

/** By file: when it was written, and what it was transformed to. */
const transforms = new Map();

class Runtime extends JestRuntime {
  constructor(...given) {
    super(...given);
    const { executor, transformCache } = this;
    if (typeof executor?.compile !== 'function' || typeof transformCache?.transform !== 'function')
      throw new Error(
        'Jest’s runtime has other parts than test/kit/jest-runtime.cjs knows: bring the file up to date.',
      );
    executor.compile = compileOnce(executor);
    transformCache.transform = transformOnce(transformCache);
  }
}

function compileOnce(executor) {
  const compile = executor.compile.bind(executor);
  const head = `(function (${executor.injectedModuleParameters.join(', ')}, ${handedIn}) {`;
  let globals;
  return (source, filename) => {
    const context = executor.environment.getVmContext();
    // The test itself runs once, and what is no script is explained by jest.
    const script =
      filename === executor.testPath ? scriptOf(head, source, filename) : known(head, source, filename);
    if (context === null || script === undefined) return compile(source, filename);
    globals ??= new Script(`[${handedIn}]`).runInContext(context);
    const run = script.runInContext(context);
    return function (...injected) {
      return run.call(this, ...injected, ...globals);
    };
  };
}

function known(head, source, filename) {
  const before = scripts.get(filename);
  if (before?.source === source) return before.script;
  const script = scriptOf(head, source, filename);
  scripts.set(filename, { source, script });
  return script;
}

function scriptOf(head, source, filename) {
  try {
    return new Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
  } catch {
    return undefined;
  }
}

function transformOnce(cache) {
  const transform = cache.transform.bind(cache);
  return (filename, options) => {
    if (options?.isInternalModule) return transform(filename, options);
    const { mtimeMs, size } = statSync(filename);
    const before = transforms.get(filename);
    if (before?.mtimeMs !== mtimeMs || before.size !== size) {
      const code = transform(filename, options);
      transforms.set(filename, { mtimeMs, size, made: cache.transforms.get(filename) });
      return code;
    }
    const { made } = before;
    cache.transforms.set(filename, made);
    if (made.sourceMapPath) cache.sourceMaps.set(filename, made.sourceMapPath);
    return made.code;
  };
}

module.exports = { __esModule: true, default: Runtime };
