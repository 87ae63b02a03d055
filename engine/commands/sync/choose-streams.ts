import type { Connector } from '../../connector/connector.ts';
import type { StreamDefinition } from '../../contract/families.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { unknownStream } from '../../error/unknown-stream.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { addProblem, type Problems } from './problems.ts';
import type { Selection } from './selection.ts';

export interface Choice {
  readonly chosen: readonly StreamDefinition[];
  readonly problems: Problems;
  /** Of all streams that there are. */
  readonly names: readonly string[];
}

/** The streams to read. Throws ConnectorError (config_error) when one is named that the connector does not have. */
export async function chooseStreams(
  connector: Connector,
  wanted: readonly string[] | undefined,
  selection: Selection,
): Promise<Choice> {
  const problems: Problems = new Map();
  const broken = new Set<string>();
  const isWanted = (name: string) =>
    (wanted === undefined || wanted.includes(name)) && selection.keepsStream(name);
  const definitions = await connector.streams((name, error) => {
    broken.add(name);
    if (isWanted(name)) addProblem(problems, name, error);
  });
  const names = [...definitions.map(({ name }) => name), ...broken];
  const unknown = (wanted ?? []).filter((name) => !names.includes(name));
  const idle = selection.idle(names);
  if (unknown.length > 0 || idle.length > 0)
    throw new ConnectorError(
      [
        ...unknown.map((name) => unknownStream(name, names)),
        ...(idle.length > 0 ? [`No stream is called as --select ${quotedList(idle)} says.`] : []),
      ].join('\n'),
      { kind: 'config_error' },
    );
  return { chosen: definitions.filter(({ name }) => isWanted(name)), problems, names };
}
