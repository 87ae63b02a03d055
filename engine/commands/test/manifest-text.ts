import { readFile } from 'node:fs/promises';

/** A folder of others may hold more than manifests: workflows, schemas, tests, catalogs. */
const declared = /^\s*["']?type["']?\s*:\s*["']?DeclarativeSource\b/m;
const yamlStreams = /^(?:dynamic_)?streams:[ \t]*(?:\[|#|$)/m;
const jsonStreams = /^\s*"(?:dynamic_)?streams"\s*:\s*\[/m;
/** Catalogs have streams too. */
const syncMode = /"?\b(?:sync_mode|supported_sync_modes)"?\s*:/;

export function isManifestText(text: string): boolean {
  return declared.test(text) || ((yamlStreams.test(text) || jsonStreams.test(text)) && !syncMode.test(text));
}

export function readText(path: string): Promise<string> {
  return readFile(path, 'utf8');
}
