import type { CheckResult, StreamDefinition } from '../../contract/families.ts';
import { isConnectorError } from '../../error/connector-error.ts';
import { printThrown } from '../../error/print-location.ts';

/** Reads the first record of each stream. The first stream that cannot be read ends the check. */
export async function checkAll(streams: readonly (() => StreamDefinition)[]): Promise<CheckResult> {
  for (const define of streams) {
    try {
      const stream = define();
      const problem = await tryToRead(stream);
      if (problem !== undefined)
        return { succeeded: false, message: `Stream "${stream.name}" is not available: ${problem}` };
    } catch (error) {
      const places = isConnectorError(error) && error.nodes.length > 0 ? { places: error.nodes } : {};
      return { succeeded: false, message: printThrown(error), ...places };
    }
  }
  return { succeeded: true };
}

async function tryToRead(stream: StreamDefinition): Promise<string | undefined> {
  const opened = stream.open({ state: undefined, isPreview: true });
  for await (const slice of opened.slices()) {
    for await (const page of opened.read(slice)) {
      if (page.records.length > 0) return undefined;
    }
    return undefined;
  }
  return 'it has no slices to read. If it is a child stream, its parent has no records.';
}
