import { bundled, connect } from 'manifold-connectors';

/** The names of all tags of an Intercom workspace. */
export async function tagNames(config: Record<string, unknown>, signal?: AbortSignal): Promise<string[]> {
  const connector = await connect(bundled('intercom'), config);
  const names: string[] = [];
  try {
    for await (const tag of connector.records('tags', { signal })) names.push(String(tag.name));
  } finally {
    await connector.close();
  }
  return names;
}
